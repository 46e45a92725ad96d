"""A picture on a page: its title, what it shows in words, the drawing, and what its signs mean."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach.tui.pictures.drawing import draw
from coach.tui.pictures.model import Picture

_STYLES = {
    "+": "bold $success", "!": "bold $error", "●": "$primary", "○": "$primary", "◆": "$accent",
    "o": "bold $accent", "x": "bold $primary", "*": "bold $foreground", "-": "$text-muted",
    ":": "$accent",
}  # fmt: skip
_BESIDE = 2
_WIDEST = 132
"""Columns that a picture takes at most: more would pull it apart."""
_TALLEST = 22
_LEAST_WIDE, _LEAST_TALL = 40, 7


def prepare() -> None:
    """Load what draws, in a thread: it takes too long for the event loop."""
    import plotille  # noqa: F401


class PictureView(VerticalScroll):
    """Draws a picture anew for each size; it scrolls when it is higher than its place."""

    DEFAULT_CSS = """
    PictureView {
        height: 1fr;
        padding: 0 1;
        scrollbar-size-vertical: 1;
    }

    PictureView > .title {
        text-style: bold;
        color: $primary;
        margin-bottom: 1;
    }

    PictureView > .words {
        max-width: 90;
        margin-bottom: 1;
    }

    PictureView > .drawing {
        text-wrap: nowrap;
        text-overflow: clip;
    }

    PictureView > .key {
        color: $text-muted;
        margin-top: 1;
    }

    PictureView.-bare > .title, PictureView.-bare > .drawing, PictureView.-bare > .key {
        display: none;
    }

    PictureView:focus > .title {
        text-style: bold underline;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.tab(-1)", "Tab before", show=False),
        Binding("right", "screen.tab(1)", "Next tab", show=False),
    ]

    def __init__(self, *, id: str | None = None, fixed: int = 0) -> None:  # noqa: A002
        """With ``fixed`` the drawing is that many lines high, whatever room it has."""
        super().__init__(id=id)
        self.fixed = fixed
        self._picture: Picture | None = None

    def compose(self) -> ComposeResult:
        yield Static("", classes="title", markup=False)
        yield Static("", classes="words", markup=False)
        yield Static("", classes="drawing", markup=False)
        yield Static("", classes="key", markup=False)

    def show(self, picture: Picture) -> None:
        """Show ``picture`` in the place of the one before."""
        self._picture = picture
        self.query_one(".title", Static).update(picture.title)
        self.query_one(".words", Static).update(picture.words)
        said = "  ".join(f"{sign} {what}" for sign, what in picture.key)
        self.query_one(".key", Static).update(said)
        self.set_class(picture.drawn is None, "-bare")
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        picture, size = self._picture, self.size
        if picture is None or picture.drawn is None or not size.width:
            return
        width = min(_WIDEST, max(_LEAST_WIDE, size.width - _BESIDE))
        words = -(-len(picture.words) // min(90, width)) + 6
        height = self.fixed or max(_LEAST_TALL, min(_TALLEST, size.height - words))
        lines = draw(picture.drawn, width, height)
        made = [
            Content(line.words).append(_coloured(line.signs)) if line.signs
            else Content.styled(line.words, "$text-muted")
            for line in lines
        ]  # fmt: skip
        self.query_one(".drawing", Static).update(Content("\n").join(made))


def _coloured(signs: str) -> Content:
    """What is drawn: lines keep in the background, and each sign has a colour besides itself."""
    made = Content.styled(signs, "$text-muted")
    for place, sign in enumerate(signs):
        if style := _STYLES.get(sign):
            made = made.stylize(style, place, place + 1)
    return made
