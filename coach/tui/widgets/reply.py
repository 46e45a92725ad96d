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
from textual.widgets.markdown import MarkdownStream

from coach.tui.plain import CITATION, REMEMBERED, one_line, shown
from coach.tui.widgets.markdown import SafeMarkdown

THINKING = "one moment"
STOPPED = "stopped here"
UNFINISHED = "not finished"
_PACE = 0.2
"""Seconds between two pieces that are shown: each lays the whole page out again, and keys that are
typed meanwhile wait for it."""


@dataclass(frozen=True)
class SourceLink:
    """What a reply rests on: the id that a source or a memory is cited by, and its title."""

    citation: str
    title: str


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

    Reply > .sources {
        link-color: $primary;
        link-style: underline;
        link-background-hover: $primary;
        link-color-hover: $background;
    }

    Reply > .note, Reply > .sources {
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
        self._stream: MarkdownStream | None = None
        self._held = ""
        self._next: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(self._heading(), classes="author", markup=False)
        yield SafeMarkdown(self.text)

    # -- streaming -----------------------------------------------------------------------------

    async def write(self, piece: str) -> None:
        """Show the next piece of the reply."""
        piece = shown(piece)
        self.text += piece
        self._held += piece
        if not self._stream:
            self._stream = SafeMarkdown.get_stream(self._markdown)
            self.status = ""
            await self._show_held()
        elif self._next is None:
            self._next = self.set_timer(_PACE, self._show_held)

    async def _show_held(self) -> None:
        self._next = None
        held, self._held = self._held, ""
        if held and self._stream:
            await self._stream.write(held)

    async def settle(self, text: str | None = None, status: str = "") -> None:
        """Nothing more comes. ``text`` is the reply as it is kept, if it is known."""
        if self._stream:
            if self._next:
                self._next.stop()
            await self._show_held()
            await self._stream.stop()
            self._stream = None
        if not self.is_attached:
            return
        if text is not None and shown(text) != self.text:
            self.text = shown(text)
            await self._markdown.update(self.text)
        self.status = status

    @property
    def _markdown(self) -> SafeMarkdown:
        return self.query_one(SafeMarkdown)

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
        await self.mount(
            Static(one_line(text), classes="note", markup=False), before=self._markdown
        )

    async def show_sources(self, sources: Sequence[SourceLink]) -> None:
        """Name under the reply what it rests on; each can be clicked."""
        cards = [one for one in sources if CITATION.fullmatch(one.citation)]
        memories = [one for one in sources if REMEMBERED.fullmatch(one.citation)]
        self.sources = (*cards, *memories)
        named = {"Sources: ": cards, "From memory: ": memories}
        lines = [_chips(label, links) for label, links in named.items() if links]
        await self.mount_all([Static(line, classes="sources") for line in lines])

    def action_open(self, citation: str) -> None:
        self.post_message(self.Chosen(self, citation))

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


def _chips(label: str, links: Sequence[SourceLink]) -> Content:
    line = Content(label)
    for number, link in enumerate(links):
        # The id matched a pattern, so it holds no quote that could end the argument.
        click = Style.from_meta({"@click": f"open('{link.citation}')"})
        line = line.append("; " if number else "")
        line = line.append(Content.styled(one_line(link.title), click))
    return line
