"""The shape of a note: headings, bullets and paragraphs, and the sentences in them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BULLET = re.compile(
    r"\s*(?:(?:[-*•·–—>+]|\d{1,2}[.)]|\(?[a-z]\)|\[[ xX]?\]|[-*] \[[ xX]?\])\s+|[→➢☐✓]\s*)"
)
_HASHES = re.compile(r"\s*#{1,6}\s+")
_HEADING = re.compile(r"\s*(?:\*\*|__)?([A-ZÀ-Þ][^.!?;,\d]{1,48}?):?(?:\*\*|__)?:?\s*$")
_INLINE = re.compile(r"(?:\*\*|__)([^*_\n]{1,48})(?:\*\*|__)[.:]?\s*(?=\S)")
_END = re.compile(r"[.!?…]+[\"'”’)\]*]*(?=\s|$)")
_TITLE = re.compile(
    r"(?:\b(?<!['’])(?:dr|mr|mrs|ms|prof|adv|engr|eng|rev|st|sr|sra|jr|hon|capt|sgt|lt|col|fr"
    r"|hr|vs|e\.g|i\.e|approx|nr|ca|cf|[a-z])"
    r"|^\s*\d{1,2})\.$",
    re.IGNORECASE,
)
_INITIAL = 2
_SOME = 40
_OPEN = re.compile(
    r"(?:,|\b(?:a|an|the|of|on|at|in|by|to|for|from|with|and|or|but|that|which|my|his|their|our|is"
    r"|are|was|were|will|has|have|before|after|until|about|than|because|every|each|next|this))\s*$",
    re.IGNORECASE,
)
"""The end of a line that no sentence ends with."""
_NAMES_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|I)\b"
)
_NTH = re.compile(r"(?<![\d.:/-])[0-3]?\d\.$")
_MONTH = re.compile(
    r"(?:of )?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
    r"(?! (?:I|we|he|she|it|be|is|was|will|has|had|have|may|can|could|would|should|not)\b)"
)
_HOUR = re.compile(r"\b[ap]\.?m\.$", re.IGNORECASE)
_SHORT = re.compile(
    r"\b(?:etc|no|min|mins|hrs|dept|ext|tel|incl|resp|a\.m|p\.m|jan|feb|mar|apr|jun"
    r"|jul|aug|sept?|oct|nov|dec|mon|tue"
    r"|tues|wed|thu|thur|thurs|fri|sat|sun)\.$",
    re.IGNORECASE,
)
_QUOTES = re.compile(
    r"“[^“”\n]{1,600}”|\"[^\"\n]{1,600}\"|(?<!\w)['‘](?:[^'‘’\n]"
    r"|(?<=\w)['’](?=\w)){2,300}['’](?!\w)"
)
_VOW = re.compile(r"(?:I|We|i|we)(?:['’]ll| will| shall)\s+\w+\s+\w")
_SPEECH_WORDS = 4
_CAPITAL = re.compile(r"[.!?]\s+[A-ZÀ-Þ]|^[A-ZÀ-Þ]")
_CALENDAR = re.compile(
    r"\d(?:st|nd|rd|th)? (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$"
    r"|\bin (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$"
    r"|\b(?:mon|tues?|wed|thu|thurs?|fri|sat|sun)\.$",
    re.IGNORECASE,
)
_DICTATED = 40
"""A sentence of so many words without one comma was dictated, or written like it."""
_STOPS = re.compile(r"[,;:()–—]|\s-\s")
_STARTS = re.compile(
    r"(?<= )(?:(?:and|but|so|oh and|oh|also|now|then) )?"
    r"(?:(?:i|he|she|they|we)(?:['’](?:ll|s|m|ve|d|re)\b| (?:also )?(?:will|said|told|wants?|want"
    r"|asked|promised|is|was|has|have|had|are|were|am|doesn['’]t|didn['’]t|don['’]t|can['’]?t"
    r"|could(?:n['’]t)?|found|got|gave|went|says|thinks|hates|likes|found|threw|made)\b)"
    r"|(?:the|my|his|her|their|our) (?:\w+ ){1,3}?(?:is|was|are|were|has|have|went|opened|came)\b"
    r"|just between |between (?:us|you and)|please no )",
    re.IGNORECASE,
)
"""Where a new part of dictated talk begins: a subject with its verb."""
_BOUND = re.compile(
    r"\b(?:that|which|who|whom|what|how|when|where|why|if|whether|because|since|while|until|before"
    r"|after|as|than|of|to|with|for|from|by|on|in|at|about|and|or|whatever|everything|all|said|says"
    r"|told (?:me|him|her|them)|the (?!\w+(?:st|nd|rd|th)\b)(?:\w+ )?\w+|people|a|an|and|but|so"
    r"|oh|also|now|then|between us|called|is|was|he|she|they|we|i)\s+$",
    re.IGNORECASE,
)
"""What binds the words after it to those before: "the book she lent me", "she said he is ill"."""
_REACH = 120
"""Characters before a cut in which that is looked for."""


@dataclass(frozen=True)
class Block:
    """A bullet, or a paragraph: ``source[start:end]``, under ``heading`` ("" for none)."""

    start: int
    end: int
    heading: str
    bullet: bool


@dataclass(frozen=True)
class Quoted:
    """Words between quotation marks; ``speech`` when long enough to have been said so."""

    start: int
    end: int
    speech: bool


def blocks(source: str) -> list[Block]:
    """The bullets and paragraphs of ``source`` in order; hard-wrapped lines are joined."""
    found: list[Block] = []
    heading = ""
    last = ""
    filled = _filled(source)
    for start, end in _lines(source):
        line = source[start:end]
        if not line.strip():
            last = ""
            continue
        if title := _title(source, start, end):
            heading, last = title, ""
            continue
        match = _BULLET.match(line)
        if last and not match and _wrapped(last, line, filled=filled):
            previous = found.pop()
            found.append(Block(previous.start, end, previous.heading, previous.bullet))
        else:
            begin = start + (match.end() if match else len(line) - len(line.lstrip()))
            inline = _INLINE.match(source, begin, end)
            if inline:
                begin = inline.end()
            if begin < end:
                title = inline.group(1).strip(" .:") if inline else heading
                found.append(Block(begin, end, title, match is not None))
        last = line
    return found


def sentences(source: str, block: Block) -> list[tuple[int, int]]:
    """Offsets of the sentences of ``block``; titles, initials and "asked" speech do not end one."""
    spans: list[tuple[int, int]] = []
    start = block.start
    casual = _CAPITAL.search(source, block.start, block.end) is None
    for match in _END.finditer(source, block.start, block.end):
        before, after = source[start : match.end()], source[match.end() : block.end].lstrip()
        if match.group() == "." and _abbreviated(before, after, casual=casual):
            continue
        asked = match.group()[-1] in "\"”'’" and after[:1].islower()
        if asked or (match.group().startswith("…") and after[:1].islower()):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, block.end))
    parts = [part for a, b in spans for part in _breaths(source, a, b)]
    return [trimmed for a, b in parts if (trimmed := trim(source, a, b)) is not None]


def _breaths(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence in the parts in which it was spoken: dictated notes come without any stops."""
    if len(source[start:end].split()) < _DICTATED or _STOPS.search(source, start, end):
        return [(start, end)]
    cuts = [m.start() for m in _STARTS.finditer(source, start + 1, end)]
    bound = (_BOUND.search(source[max(start, cut - _REACH) : cut]) for cut in cuts)
    marks = [start, *(cut for cut, found in zip(cuts, bound, strict=True) if not found), end]
    return list(itertools.pairwise(marks))


def _abbreviated(before: str, after: str, *, casual: bool) -> bool:
    """Whether the full stop that ends ``before`` only shortens a word ("Dr. Wu", "3 p.m. on") or
    makes an ordinal ("on the 2. April").

    In ``casual`` text, which has no capitals after its stops, a month or day may end a sentence.
    """
    if _HOUR.search(before):
        return not after[:1].isupper()
    if _NTH.search(before) and _MONTH.match(after):
        return True
    if casual and _CALENDAR.search(before):
        return after[:1].isdigit()
    title = _TITLE.search(before)
    if title and (len(title.group()) <= _INITIAL or not title.group()[:-1].isupper()):
        return True
    return _SHORT.search(before) is not None and not after[:1].isupper()


def quotations(source: str) -> list[Quoted]:
    """What stands between quotation marks, marks included."""
    found = []
    for match in _QUOTES.finditer(source):
        inner = match.group()[1:-1].strip()
        speech = _VOW.match(inner) is not None or (
            len(inner.split()) >= _SPEECH_WORDS
            and (inner[:1].isupper() or inner.startswith(("i ", "i'", "we ")))
        )
        found.append(Quoted(match.start(), match.end(), speech))
    return found


def trim(source: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space and list marks around it; None when nothing is left."""
    while start < end and (source[start].isspace() or source[start] in ",;:–—-*_)"):
        start += 1
    while end > start and (source[end - 1].isspace() or source[end - 1] in ",;:–—-*_("):
        end -= 1
    return (start, end) if end > start else None


def _lines(source: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in source.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _title(source: str, start: int, end: int) -> str:
    """The heading that this line is, or ""."""
    line = source[start:end]
    if match := _HASHES.match(line):
        return line[match.end() :].strip(" *_:#")
    if _BULLET.match(line) and not line.strip().startswith("**"):
        return ""
    match = _HEADING.match(line)
    if not match:
        return ""
    marked = line.strip().startswith(("**", "__")) or line.strip(" *_").endswith(":")
    following = source[end + 1 :].split("\n", 1)[0]
    short = len(match.group(1).split()) <= 4 and bool(_BULLET.match(following))
    return match.group(1).strip() if marked or short else ""


def _filled(source: str) -> bool:
    """Whether the lines of ``source`` are broken where they were full, as an editor breaks them.

    Elsewhere the next line's first word would mostly have had room.
    """
    lines = [line.strip() for line in source.split("\n")]
    width = max(map(len, lines))
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a and b]
    room = [len(a) + 1 + len(b.split()[0]) <= width for a, b in pairs]
    return sum(room) <= len(room) / 3


def _wrapped(last: str, line: str, *, filled: bool) -> bool:
    """Whether ``line`` goes on with the sentence of the line before it."""
    text = line.strip()
    if last.rstrip().endswith((".", "!", "?", ":", ";")):
        return False
    if _OPEN.search(last) or (len(last) >= _SOME and _NAMES_DAY.match(text)):
        return True
    return (
        filled
        and len(last) >= 50
        and (text[:1].islower() or text[:1].isdigit() or text[:1] in "\"“'(")
    )
