"""One reply of the coach: streamed Markdown, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.timer import Timer
from textual.widgets import Static

from coach.tui.markup import SOURCE_SCHEME
from coach.tui.notices import show_address
from coach.tui.plain import CITATION, REMEMBERED, one_line, shown
from coach.tui.widgets.prose import Prose

THINKING = "one moment"
STOPPED = "stopped here"
UNFINISHED = "not finished"
_PACE = 0.2
"""Seconds between two pieces that are shown: each lays the page out again."""


@dataclass(frozen=True)
class SourceLink:
    """What a reply rests on: the id that a source or a memory is cited by, and its title."""

    citation: str
    title: str


class Chips(Static):
    """What a reply rests on, in one line; each can be clicked."""

    DEFAULT_CSS = """
    Chips {
        height: auto;
        color: $text-muted;
        link-color: $primary;
        link-style: underline;
        link-background-hover: $primary;
        link-color-hover: $background;
    }
    """

    @dataclass
    class Opened(Message):
        """The user has clicked the one of this id."""

        citation: str

    def __init__(self, label: str, links: Sequence[SourceLink]) -> None:
        line = Content(label)
        for number, link in enumerate(links):
            # The id matched a pattern, so it holds no quote that could end the argument.
            click = Style.from_meta({"@click": f"open('{link.citation}')"})
            line = line.append("; " if number else "")
            line = line.append(Content.styled(one_line(link.title), click))
        super().__init__(line)

    def action_open(self, citation: str) -> None:
        self.post_message(self.Opened(citation))


class Reply(Vertical):
    """A reply; click it, or choose it with the keys, to see its sources."""

    DEFAULT_CSS = """
    Reply {
        height: auto;
        margin: 1 0 0 0;
        padding: 0 1;
        border-left: blank $background;
    }

    Reply.-selected {
        border-left: outer $primary;
    }

    Reply > Prose {
        margin-bottom: 1;
    }

    Reply > .note {
        height: auto;
        color: $text-muted;
    }
    """

    @dataclass
    class Chosen(Message):
        """The user wants to see what ``reply`` rests on, ``citation`` first if given."""

        reply: Reply
        citation: str = ""

    def __init__(self, text: str = "", status: str = "", *, name: str | None = None) -> None:
        super().__init__(name=name)
        self.text = shown(text)
        self.sources: tuple[SourceLink, ...] = ()
        self._status = status
        self._next: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(self._heading(), classes="author", markup=False)
        yield Prose(self.text)

    # -- streaming -----------------------------------------------------------------------------

    def write(self, piece: str) -> None:
        """Show the next piece of the reply, soon."""
        first = not self.text
        self.text += shown(piece)
        if first:
            self.status = ""
            self._show()
        elif self._next is None:
            self._next = self.set_timer(_PACE, self._show)

    def _show(self) -> None:
        self._next = None
        self._prose.update(self.text)

    def settle(self, text: str | None = None, status: str = "") -> None:
        """Nothing more comes. ``text`` is the reply as it is kept, if it is known."""
        if self._next:
            self._next.stop()
        if not self.is_attached:
            return
        if text is not None:
            self.text = shown(text)
        self._show()
        self.status = status

    @property
    def _prose(self) -> Prose:
        return self.query_one(Prose)

    # -- what is said about it -----------------------------------------------------------------

    @property
    def status(self) -> str:
        """How far the reply is, in a few words; empty when it is complete."""
        return self._status

    @status.setter
    def status(self, status: str) -> None:
        self._status = status
        self._refresh_heading()

    def select(self, selected: bool) -> None:
        """Mark this as the reply whose sources are shown."""
        self.set_class(selected, "-selected")
        self._refresh_heading()

    async def add_note(self, text: str) -> None:
        """Add a line on what this reply had to do without; no text, no line."""
        if not text:
            return
        await self.mount(Static(one_line(text), classes="note", markup=False), before=self._prose)

    async def show_sources(self, sources: Sequence[SourceLink]) -> None:
        """Name under the reply what it rests on; each can be clicked."""
        cards = [one for one in sources if CITATION.fullmatch(one.citation)]
        memories = [one for one in sources if REMEMBERED.fullmatch(one.citation)]
        self.sources = (*cards, *memories)
        named = {"Sources: ": cards, "From memory: ": memories}
        await self.mount_all([Chips(label, links) for label, links in named.items() if links])

    def on_chips_opened(self, event: Chips.Opened) -> None:
        event.stop()
        self.post_message(self.Chosen(self, event.citation))

    def on_prose_followed(self, event: Prose.Followed) -> None:
        event.stop()
        address = event.address
        citation = address.removeprefix(SOURCE_SCHEME)
        if citation != address and CITATION.fullmatch(citation):
            self.post_message(self.Chosen(self, citation))
        else:
            show_address(self.app, address)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self))

    def _heading(self) -> str:
        parts = ["Coach"]
        if self._status:
            parts.append(self._status)
        if self.has_class("-selected"):
            parts.append("selected")
        return ", ".join(parts)

    def _refresh_heading(self) -> None:
        for heading in self.query(".author").results(Static):
            heading.update(self._heading())
