"""Which keys do something on a page: read from the page, the widgets on it, and the app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.actions import parse

from coach.tui.keys import Doing, bindings_of

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.dom import DOMNode
    from textual.screen import Screen

PAGE, EVERYWHERE = "On this page", "Everywhere"


@dataclass(frozen=True)
class Block:
    """What can be done in one part of a page."""

    heading: str
    doings: tuple[Doing, ...]


def blocks(screen: Screen[Any]) -> list[Block]:
    """The keys of the page, of each kind of widget on it, and of the app; each once."""
    kinds: dict[type[Any], DOMNode] = {type(screen): screen}
    for widget in screen.walk_children():
        kinds.setdefault(type(widget), widget)
    kinds.setdefault(type(screen.app), screen.app)
    keymap = screen.app._keymap
    found: list[Block] = []
    seen: set[str] = set()
    for kind, node in kinds.items():
        listed = _doings(bindings_of(kind), node, screen.app, keymap)
        doings = tuple(one for one in listed if one.id not in seen)
        seen.update(one.id for one in doings)
        if doings:
            found.append(Block(_heading(screen, node), doings))
    return found


def _heading(screen: Screen[Any], node: DOMNode) -> str:
    if node is screen:
        return PAGE
    return EVERYWHERE if node is screen.app else str(getattr(node, "HELP", None) or PAGE)


def _doings(
    bindings: Iterable[Binding], node: DOMNode, app: DOMNode, keymap: Mapping[str, str]
) -> Iterable[Doing]:
    """What has a name and can be done now, by its action, with all keys that do it."""
    by_action: dict[str, tuple[str, list[str]]] = {}
    for binding in bindings:
        place, name, parameters = parse(binding.action)
        asked = app if place == "app" else node
        if binding.description and asked.check_action(name, parameters) is not False:
            keys = (keymap.get(binding.id or "") or binding.key).split(",")
            by_action.setdefault(binding.action, (binding.description, []))[1].extend(keys)
    for action, (said, keys) in by_action.items():
        plain = action.removeprefix("app.")
        yield Doing(plain, said, tuple(dict.fromkeys(key.strip() for key in keys)))
