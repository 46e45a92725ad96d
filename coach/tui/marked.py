"""Markdown laid out in lines of text: one text for a whole reply, however many parts it has.

Textual's own Markdown makes a widget of each part; arranging hundreds of them anew with every word
of a streamed reply keeps keys waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token
from textual.content import Content, Span
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from coach.tui.markup import parser

_STYLES = {"em_open": "italic", "strong_open": "bold", "s_open": "strike"}
_HEADING = "bold $primary"
_CODE = "$text-warning"
_RULE = "─" * 20
_BETWEEN = "  │  "
_LEAST = 8
"""Columns that deeply nested text keeps."""


@dataclass(frozen=True)
class Block:
    """One part: its text, what stands before its first line and before the others."""

    text: Content
    first: str = ""
    rest: str = ""
    loose: bool = True
    """Whether an empty line parts it from what is above it."""

    def lines(self, width: int) -> list[Content]:
        """Its lines at that width, in cells."""
        wrapped = self.text.wrap(max(_LEAST, width - len(self.rest))) or [self.text]
        before = [self.first, *[self.rest] * (len(wrapped) - 1)]
        both = zip(before, wrapped, strict=True)
        return [Content(prefix) + line.rstrip() for prefix, line in both]


class Marked(Visual):
    """Markdown as something to draw; links run the action ``follow`` with their address."""

    def __init__(self, markdown: str) -> None:
        self._blocks = blocks(markdown)
        self._at: tuple[int, Content, int] | None = None

    def content(self, width: int) -> Content:
        """All of it, broken into lines of at most ``width`` cells."""
        return self._laid_out(width)[0]

    def _laid_out(self, width: int) -> tuple[Content, int]:
        if self._at is None or self._at[0] != width:
            lines: list[Content] = []
            for number, block in enumerate(self._blocks):
                lines += [Content("")] * (number > 0 and block.loose)
                lines += block.lines(width)
            self._at = width, Content("\n").join(lines), len(lines)
        return self._at[1:]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        drawn = self.content(width).render_strips(width, height, style, options)
        # An empty line has an empty segment, which a later drawing of the same may not have.
        return [Strip([one for one in strip if one.text], strip.cell_length) for strip in drawn]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._laid_out(width)[1]


def blocks(markdown: str) -> list[Block]:
    """The parts of a Markdown text, in their order."""
    reader = _Reader()
    for token in parser().parse(markdown):
        handle = _HANDLES.get(token.type)
        if handle is not None:
            handle(reader, token)
    return reader.blocks


class _Reader:
    """Where in lists, quotations and tables the next part stands."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._indent: list[str] = []
        """What stands before a line, by level of lists and quotations."""
        self._point = ""
        """The bullet or number of a list's point, until its text comes."""
        self._style = ""
        self._tight = False
        self._table: list[list[Content]] = []

    def begin_point(self, token: Token) -> None:
        self._point = f"{token.info}. " if token.info else "• "
        self._indent.append(" " * len(self._point))

    def begin_quotation(self, token: Token) -> None:
        self._indent.append("▌ ")

    def end_level(self, token: Token) -> None:
        self._indent.pop()

    def end_list(self, token: Token) -> None:
        self._tight = self._tight and bool(self._indent)

    def end_paragraph(self, token: Token) -> None:
        # In a list without empty lines between its points.
        self._tight = token.hidden

    def heading(self, token: Token) -> None:
        self._style = _HEADING if token.nesting > 0 else ""

    def text(self, token: Token) -> None:
        text = inline(token.children or [])
        if self._table:
            self._table[-1].append(text)
        else:
            self._add(text.stylize(self._style))

    def code(self, token: Token) -> None:
        self._add(Content.styled(token.content.rstrip("\n") or _RULE, _CODE))

    def _add(self, text: Content) -> None:
        rest = "".join(self._indent)
        first = rest[: len(rest) - len(self._point)] + self._point
        self.blocks.append(Block(text, first, rest, not self._tight))
        self._point, self._tight = "", False

    def begin_row(self, token: Token) -> None:
        self._table.append([])

    def end_table(self, token: Token) -> None:
        columns = zip(*self._table, strict=True)
        widths = [max(one.cell_length for one in column) for column in columns]
        for number, row in enumerate(self._table):
            both = zip(row, widths, strict=True)
            cells = [one.pad_right(width - one.cell_length) for one, width in both]
            line = Content(_BETWEEN).join(cells).rstrip()
            self.blocks.append(Block(line, loose=number == 0))
        self._table = []


_HANDLES: dict[str, Callable[[_Reader, Token], None]] = {
    "list_item_open": _Reader.begin_point, "list_item_close": _Reader.end_level,
    "blockquote_open": _Reader.begin_quotation, "blockquote_close": _Reader.end_level,
    "bullet_list_close": _Reader.end_list, "ordered_list_close": _Reader.end_list,
    "paragraph_close": _Reader.end_paragraph,
    "heading_open": _Reader.heading, "heading_close": _Reader.heading,
    "inline": _Reader.text, "fence": _Reader.code, "code_block": _Reader.code, "hr": _Reader.code,
    "tr_open": _Reader.begin_row, "table_close": _Reader.end_table,
}  # fmt: skip


def inline(tokens: Sequence[Token]) -> Content:
    """Text with its emphasis and links."""
    text, spans = "", list[Span]()
    begun: list[tuple[int, str | Style]] = []
    for token in tokens:
        if token.type == "link_open":
            begun.append((len(text), _link(str(token.attrs.get("href", "")))))
        elif token.nesting > 0:
            begun.append((len(text), _STYLES.get(token.type, "")))
        elif token.nesting < 0:
            start, style = begun.pop()
            spans.append(Span(start, len(text), style))
        elif token.type == "code_inline":
            spans.append(Span(len(text), len(text) + len(token.content), _CODE))
            text += token.content
        else:
            text += {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
    return Content(text, spans)


def _link(address: str) -> Style:
    return Style.from_meta({"@click": f"follow({address!r})"})
