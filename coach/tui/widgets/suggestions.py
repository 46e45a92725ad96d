"""The commands that begin as what is being written, above the line one writes in."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from coach.tui.slash import Command

SHOWN = 10
"""How many commands are shown at once; with the arrow keys come the others."""
HINT = "Tab completes, arrow keys choose, Esc leaves it"


class Suggestions(Static):
    """Shows nothing until :meth:`offer` has something to show."""

    DEFAULT_CSS = """
    Suggestions {
        display: none;
        height: auto;
        padding: 0 2;
        background: $surface;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def offer(self, commands: Sequence[Command], place: int) -> None:
        """Show ``commands`` with the one at ``place`` marked; nothing for none."""
        self.display = bool(commands)
        first = max(0, min(place - SHOWN // 2, len(commands) - SHOWN))
        lines = [
            _line(one, marked=number == place)
            for number, one in enumerate(commands)
            if first <= number < first + SHOWN
        ]
        more = f"; {len(commands)} in all" if len(commands) > SHOWN else ""
        self.update(Content("\n").join([*lines, Content.styled(HINT + more, "$text-muted")]))


def _line(one: Command, *, marked: bool) -> Content:
    name = f"{'>' if marked else ' '} {'/' + one.name + ' ' + one.follows:22}"
    return Content.styled(name, "bold" if marked else "").append(
        Content.styled(one.does, "$text-muted")
    )
