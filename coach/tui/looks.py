"""Theme and keys: taken from the settings at the start, and kept there when they change."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.tui.first_look import first_look
from coach.tui.keys import Doing, doings, sound
from coach.tui.notices import show_error
from coach.tui.plain import one_line
from coach.tui.themes import THEMES, theme_setting

if TYPE_CHECKING:
    from textual.theme import Theme

    from coach.paths import Places
    from coach.tui.app import CoachApp
    from coach.tui.service import Service


class Looks:
    """Puts the user's theme and keys into the app."""

    def __init__(self, app: CoachApp, places: Places) -> None:
        self._app = app
        first = first_look(places)
        for theme in THEMES:
            app.register_theme(theme)
        for name in set(app.available_themes) - {theme.name for theme in THEMES}:
            # Only what is known to be legible everywhere is offered.
            app.unregister_theme(name)
        self._kept = first.theme
        app.theme = first.theme
        app.set_keymap(first.keys)

    def begin(self) -> None:
        """From now on a theme that is chosen is kept."""
        self._app.theme_changed_signal.subscribe(self._app, self._changed)

    async def check(self, service: Service) -> None:
        """The service is open: only keys without clashes hold, and the user hears of the rest."""
        chosen = service.key_choices
        holds, wrong = sound(await asyncio.to_thread(all_doings), chosen) if chosen else ({}, [])
        self._app.set_keymap(holds)
        if wrong:
            self._app.notify(
                one_line(" ".join(wrong)), title="Keys in the settings", severity="warning",
                timeout=15, markup=False,
            )  # fmt: skip

    def _changed(self, theme: Theme) -> None:
        if theme.name != self._kept and not self._app.guard.read_only:
            self._app.run_worker(
                self._keep(theme.name), group="theme", exclusive=True, exit_on_error=False
            )

    async def _keep(self, name: str) -> None:
        service = await self._app.opening.wait()
        try:
            await asyncio.to_thread(service.change_setting, "theme", theme_setting(name))
        except CoachError as error:
            show_error(self._app, error)
            return
        self._kept = name


def all_doings() -> list[Doing]:
    """Everything in the app that has a key which can be changed."""
    from coach.tui.app import CoachApp
    from coach.tui.palette import screens

    return doings([CoachApp, *screens()])
