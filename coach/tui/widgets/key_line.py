"""The keys of the page, in the line at its bottom.

One widget that draws them all: Textual's own footer has a widget for each key, which it makes
anew, and styles in several rounds, whenever any of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from coach.tui.keys import say_key

if TYPE_CHECKING:
    from textual.app import RenderResult
    from textual.binding import ActiveBinding, Binding
    from textual.screen import Screen

    from coach.tui.app import CoachApp

_MORE = "… "
_BETWEEN = ","
"""What stands between keys that share a word, where there is room for it."""
_LASTING = frozenset({"quit", "app.help"})
"""Actions whose keys are shown however little room there is, beside that of Escape."""


@dataclass(frozen=True)
class Press:
    """One key: ``key`` is what is pressed, ``shown`` how one reads it, ``does`` what it does."""

    key: str
    shown: str
    does: str
    enabled: bool = True


@dataclass(frozen=True)
class Part:
    """Keys that stand together, with one word for them; a ``lasting`` one is always shown."""

    presses: tuple[Press, ...]
    said: str
    lasting: bool = False

    @property
    def width(self) -> int:
        """Columns that it takes: the keys, a space, the word, and a space behind it."""
        return sum(cell_len(one.shown) for one in self.presses) + cell_len(self.said) + 2

    @property
    def short(self) -> Part:
        """The same with its keys as short as they can be: "^S", and "xfi" for three of them."""
        pressed = (replace(one, shown=_short(one.shown)) for one in self.presses)
        return replace(self, presses=tuple(pressed))


def _short(shown: str) -> str:
    return shown.removeprefix(_BETWEEN).replace("Ctrl+", "^")


def fitted(parts: Sequence[Part], width: int) -> tuple[list[Part | None], int]:
    """The parts that fit into ``width`` columns, in their order; None stands for those left out.

    Also how many spaces stand before each. Keys are short where that makes all of them fit. The
    last ones that may go, go first.
    """
    short = [one.short for one in parts]
    for tried, gap in ((parts, 1), (short, 1), (parts, 0), (short, 0)):
        if sum(one.width + gap for one in tried) + (1 - gap) <= width:
            return list(tried), gap
    kept = short
    place = len(kept)
    for n in range(len(kept) - 1, -1, -1):
        if 1 + sum(one.width for one in kept) + len(_MORE) <= width:
            break
        if not kept[n].lasting:
            del kept[n]
            place = n
    return [*kept[:place], None, *kept[place:]], 0


def parts_of(found: Iterable[tuple[ActiveBinding, str]]) -> Iterator[Part]:
    """What is shown of bindings, each given with the name of its key."""
    by_action: dict[str, tuple[ActiveBinding, str]] = {}
    for active, shown in found:
        if active.binding.show:
            by_action.setdefault(active.binding.action, (active, shown))
    for group, listed in groupby(by_action.values(), lambda one: one[0].binding.group):
        made = [
            (one.binding, Press(one.binding.key, shown, one.binding.description, one.enabled))
            for one, shown in listed
        ]
        if group is not None and len(made) > 1:
            apart = (replace(press, shown=f"{_BETWEEN}{press.shown}") for _, press in made[1:])
            yield Part((made[0][1], *apart), group.description)
            continue
        for binding, press in made:
            lasting = binding.action in _LASTING or binding.key == "escape"
            yield Part((press,), press.does, lasting)


def _named(active: ActiveBinding, screen: Screen[Any], shown: set[str]) -> ActiveBinding:
    """The binding to show for Enter: a list chooses its row with it, and the page's own binding
    says what that does, unless that is among those ``shown`` with another key."""
    if active.binding.action != "select" or active.node is screen:
        return active
    own = screen._bindings.key_to_bindings.get(active.binding.key, [])
    says = own and own[0].action not in shown
    return active._replace(node=screen, binding=own[0]) if says else active


def _said(binding: Binding) -> str:
    return binding.key_display or say_key(binding.key)


class KeyLine(Widget):
    """Shows the keys that do something now; a click on one presses it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
        text-wrap: nowrap;
        pointer: pointer;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self._places: list[tuple[int, Press]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _changed(self, screen: Screen[Any]) -> None:
        if not (self.is_attached and screen is self.screen):
            return
        app = cast("CoachApp", self.app)
        active = screen.active_bindings.values()
        shown = {one.binding.action for one in active if one.binding.show}
        known = [_named(one, screen, shown) for one in active]
        found = [
            one._replace(enabled=False) if app.guard.blocks(one.binding.action, one.node) else one
            for one in known
        ]
        made = tuple(parts_of((one, _said(one.binding)) for one in found))
        if made != self._parts:
            self._parts = made
            self.refresh()

    def render(self) -> RenderResult:
        parts, gap = fitted(self._parts, self.size.width)
        line, self._places = Content(" " * (1 - gap)), []
        for part in parts:
            if part is None:
                line = line.append(Content.styled(_MORE, "dim"))
                continue
            line = line.append(" " * gap)
            for press in part.presses:
                style = "bold $footer-key-foreground" + ("" if press.enabled else " dim")
                behind = " " if press is part.presses[-1] else ""
                line = line.append(Content.styled(press.shown + behind, style))
                self._places.append((line.cell_length, press))
            word = f"{part.said} "
            dim = not any(press.enabled for press in part.presses)
            line = line.append(Content.styled(word, "dim") if dim else word)
            self._places.append((line.cell_length, part.presses[-1]))
        return line

    def _at(self, x: int) -> Press | None:
        return next((press for end, press in self._places if x < end), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        press = self._at(event.x)
        self.tooltip = press.does if press else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        press = self._at(event.x)
        if press is not None and press.enabled:
            self.app.simulate_key(press.key)
