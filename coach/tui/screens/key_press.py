"""A dialog that asks for a key by having it pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from coach.errors import CoachError
from coach.tui.keys import Doing, fault, say_key, say_keys
from coach.tui.plain import one_line
from coach.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from coach.tui.service import Service


class KeyScreen(Dialog[bool]):
    """Gives True once ``doing`` has another key, or its own again; False when it was left."""

    def __init__(
        self, service: Service, known: Sequence[Doing], keymap: Mapping[str, str], doing: Doing
    ) -> None:
        super().__init__()
        self._service, self._known, self._keymap, self._doing = service, known, keymap, doing

    def compose(self) -> ComposeResult:
        own = next(one for one in self._known if one.id == self._doing.id)
        with Vertical(classes="dialog"):
            yield Static(f"Press the new key for: {one_line(self._doing.name)}", classes="title",
                         markup=False)  # fmt: skip
            yield Static("", classes="problem", markup=False)
            yield Static(
                f"Backspace restores {say_keys(own.keys)}. Esc leaves it as it is.",
                classes="hint", markup=False,
            )  # fmt: skip

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        if self.app.screen is not self:
            return  # a key that came while the one before it was kept
        if event.key == "escape":
            self.dismiss(False)
            return
        wanted = "" if event.key == "backspace" else event.key
        problem = fault(self._known, self._keymap, self._doing.id, wanted) if wanted else ""
        if not problem:
            problem = await self._keep(wanted)
        if not problem:
            self.dismiss(True)
            return
        said = self.query_one(".problem", Static)
        said.update(one_line(f"{say_key(event.key)}: {problem}"))
        said.add_class("-shown")

    async def _keep(self, keys: str) -> str:
        try:
            await asyncio.to_thread(self._service.change_key, self._doing.id, keys)
        except CoachError as error:
            return f"{error.what}. {error.remedy}"
        return ""
