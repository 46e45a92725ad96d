"""Cuts a document into passages small enough for the embedder to see the whole of each.

By structure first (headings), then by paragraphs, list items, sentences and words, whichever is the
coarsest that fits. A long section is cut into passages of about equal size, so that none is a tail.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.text import clean

MOST = 180
"""The largest :func:`size` of a passage and its heading: some 220 of the embedder's 256 tokens."""

LONGEST_HEADING = 20
"""A line marked as a heading and larger than this is a paragraph; it would crowd out the text."""

LEAST_ROOM = 60
"""The room for text that even the longest path of headings leaves."""

_LETTERS_A_WORD = 6.5
_WIDE = re.compile(
    "[\u0e00-\u0eff\u1100-\u11ff\u2e80-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001f000-\U0003ffff]"
)
_HEADING = re.compile(r"(#{1,6})(?: +(.*))?")
_LEVELS = [("#" * level, str(level)) for level in range(1, 7)]
# A short line that ends no sentence is a title or leads to a list: it stays with what follows it.
_TITLE_LINE = re.compile(r"^((?![-*+•|>]|\d).{1,80}(?<![.!;,]))\n\n+(?=\S)", re.M)
_SEPARATORS = [
    r"\n\n+",
    r"\n(?=(?:[-*+•]|\d{1,3}[.)]) )",
    r"\n",
    r"(?<=[.!?…]) +|(?<=[.!?…][\"'”’)\]]) +",
    r"(?<=[,;:]) +",
    r" +",
    "",
]


@dataclass(frozen=True)
class Chunk:
    """One passage; ``heading`` is its path of headings, "Goals > First meeting", or empty."""

    heading: str
    text: str


def size(text: str) -> int:
    """How much of the embedder's window ``text`` takes, in words of ordinary English.

    Long words, addresses and scripts written without spaces count for more than their words.
    """
    wide = len(_WIDE.findall(text))
    return max(len(text.split()), math.ceil(len(text) / _LETTERS_A_WORD), wide)


def chunks(markdown: str) -> list[Chunk]:
    """The passages of ``markdown`` in order; all of its words, no passage twice.

    ``size(heading) + size(text)`` is at most :data:`MOST`. A heading over nothing but other
    headings is found in the paths of theirs; one over nothing at all becomes a passage.
    """
    sections = list(_sections(_normal(markdown)))
    paths = [path for path, _ in sections]
    found: list[Chunk] = []
    for number, (path, text) in enumerate(sections):
        following = paths[number + 1] if number + 1 < len(paths) else ()
        if text:
            pieces = (piece.strip() for piece in _pieces(text, _room(path)))
            found.extend(Chunk(" > ".join(path), piece) for piece in pieces if piece)
        elif path and following[: len(path)] != path:
            found.append(Chunk(" > ".join(path[:-1]), path[-1]))
    return list(dict.fromkeys(found))


def _room(path: tuple[str, ...]) -> int:
    return max(LEAST_ROOM, MOST - size(" > ".join(path)))


def _normal(markdown: str) -> str:
    """``markdown`` as the splitter needs it: printable, plain spaces, no paragraph as a heading."""
    text = clean(markdown.replace("\f", "\n\n").replace("\v", "\n"), limit=None)
    text = re.sub(r"[^\S\n]", " ", text)
    text = "".join(c for c in text if c == "\n" or c.isprintable())
    return "\n".join(_demoted(line.strip()) for line in text.split("\n"))


def _demoted(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    title = (heading.group(2) or "").strip() if heading else ""
    if heading and (not title or size(title) > LONGEST_HEADING):
        return title
    return line


def _sections(markdown: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each section as its path of headings and its text, in order."""
    from langchain_text_splitters import MarkdownHeaderTextSplitter

    splitter = MarkdownHeaderTextSplitter(_LEVELS, return_each_line=True, strip_headers=False)
    blocks = splitter.split_text(markdown)
    for path, group in itertools.groupby(blocks, key=lambda block: _path(block.metadata)):
        bodies = [_body(block.page_content, path) for block in group]
        yield path, "\n\n".join(body for body in bodies if body)


def _path(metadata: dict[str, str]) -> tuple[str, ...]:
    return tuple(metadata[level] for level in sorted(metadata))


def _body(block: str, path: tuple[str, ...]) -> str:
    """A block without the heading line that opens it."""
    first, _, rest = block.partition("\n")
    heading = _HEADING.fullmatch(first)
    return rest if heading and path and (heading.group(2) or "").strip() == path[-1] else block


def _pieces(text: str, room: int) -> list[str]:
    """``text`` cut into as few pieces as fit, of about equal size, each at most ``room``."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    whole = size(text)
    if whole <= room:
        return [text]
    text = _TITLE_LINE.sub(r"\1\n", text)
    fair = math.ceil(whole / math.ceil(whole / room) * 1.15)
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=min(room, fair),
        chunk_overlap=0,
        length_function=size,
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="start",
    )
    return splitter.split_text(text)
