"""An answer as plain text, to paste into a letter or a message. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from coach.tui.markup import parser
from coach.tui.plain import CITATION, shown

_CITED = re.compile(rf"\s*\[{CITATION.pattern}\]")
_ENDS = {
    "paragraph_close": "\n\n", "heading_close": "\n\n", "td_close": "\t", "th_close": "\t",
    "tr_close": "\n", "table_close": "\n", "ordered_list_close": "\n", "bullet_list_close": "\n",
}  # fmt: skip
"""What stands where a part ends."""


def plain_text(markdown: str, *, sources: bool = False) -> str:
    """``markdown`` without its marks: paragraphs, and "- " before points.

    The ids of sources stay only where ``sources`` asks for them.
    """
    tokens = parser().parse(shown(markdown) if sources else _CITED.sub("", shown(markdown)))
    return re.sub(r"\n{3,}", "\n\n", "".join(_pieces(tokens))).strip()


def _pieces(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield _inline(token.children or [])
        elif token.type in {"fence", "code_block"}:
            yield f"{token.content}\n"
        elif token.type == "list_item_open":
            # Its number, where it has one; the token knows how deep it is, two steps a level.
            yield "  " * (token.level // 2) + (f"{token.info}. " if token.info else "- ")
        elif token.hidden:
            # A point of a list without space between its points.
            yield "\n" if token.nesting < 0 else ""
        else:
            yield _ENDS.get(token.type, "")


def _inline(children: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(one.type, one.content) for one in children)
