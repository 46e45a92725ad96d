"""The command palette: everything the app can do, the pairs by name, the cards by title."""

from __future__ import annotations

import asyncio
import sys
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Provider

from coach.tui.app_commands import app_commands
from coach.tui.keys import bindings_of, say_keys
from coach.tui.pages import show_library
from coach.tui.plain import one_line
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.tui.app import CoachApp

Entry = tuple[str, str, Callable[[], Any]]
"""Title, help, and what it does."""


class Entries(Provider):
    """Offers entries: all of them at once where they are few, else those that match."""

    few = False

    @property
    def coach(self) -> CoachApp:
        return cast("CoachApp", self.app)

    @abstractmethod
    async def entries(self) -> list[Entry]:
        """What there is."""

    async def startup(self) -> None:
        self._entries = await self.entries()

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        for title, says, run in self._entries if self.few else ():
            yield DiscoveryHit(title, run, help=says)

    async def search(self, query: str) -> AsyncIterator[Hit]:
        matcher = self.matcher(query)
        for title, says, run in self._entries:
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, help=says)


class Everything(Entries):
    """What the keys of the page below do, what can be done everywhere, and the lesser keys."""

    few = True

    async def entries(self) -> list[Entry]:
        screen = self.screen
        found: dict[str, Entry] = {}
        lesser: dict[str, Entry] = {}
        for key, active in screen.active_bindings.items():
            binding, node = active.binding, active.node
            ours = binding.action in {one.action for one in bindings_of(type(node))}
            if not (ours and binding.description and active.enabled):
                continue
            if node is self.app or binding.action.startswith("app."):
                continue  # offered everywhere
            run = partial(self.app.run_action, binding.action, node)
            says = f"on this page, {say_keys([key])}"
            kept = found if binding.show else lesser
            kept.setdefault(binding.action, (binding.description, says, run))
        everywhere = [(one.title, one.help, one.callback) for one in app_commands(self.coach)]
        return [*found.values(), *everywhere, *lesser.values()]


class Pairs(Entries):
    """The conversation with each person, by name."""

    async def entries(self) -> list[Entry]:
        service = self.coach.service
        if service is None:
            return []
        pairs = await asyncio.to_thread(service.pairs)
        go = self.coach.going
        return [
            (f"Chat about {one_line(pair.name)}", pair_line(pair), partial(_go, go, pair))
            for pair in pairs
        ]


class Cards(Entries):
    """Every card and document, by title."""

    async def entries(self) -> list[Entry]:
        service = self.coach.service
        if service is None:
            return []
        shelf = await asyncio.to_thread(service.shelf)
        return [
            (f"Read: {one_line(one.title)}", one_line(one.source),
             partial(show_library, self.coach, one.key))
            for one in shelf
        ]  # fmt: skip


def _go(going: Any, pair: Any) -> None:
    going.go(going.enter(pair))


def screens() -> Iterator[type[Any]]:
    """Every screen of the app, and what stands on it that has keys of its own."""
    from coach.tui import screens as folder
    from coach.tui import widgets

    for package in (folder, widgets):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
            for one in vars(sys.modules[module.name]).values():
                own = isinstance(one, type) and one.__module__ == module.name
                if own and bindings_of(one):
                    yield one
