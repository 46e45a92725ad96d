"""Which sentences a mark of confidence governs."""

from __future__ import annotations

import re

from coach.memory.noticing.closed import FILLER
from coach.memory.noticing.layout import Block
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import Segments, flatten

_LIFTED = re.compile(
    r"\b(?:no longer|not|isn't|is not|never|no|wasn't|anything but) (?:a |an |so |really )?"
    r"(?:big )?(?:secret|confidential|private|sensitive)\b|\bsecret (?:santa|service)\b"
)
_ANNOUNCED = re.compile(
    r"\b(?:something|a thing|one (?:more |last )?thing|(?:some|a piece of|her|his) news|the next)\b"
)
_SHORT = 8
_FEW = 4
_NEAR = 8
_THAT = re.compile(
    r"^(?:\W*[\w']+){0,6}?\W(?:about|of|with|on|this|that|it) (?:this|that|it|these)\b"
    r"(?! (?:he|she|they|i|we|the|his|her|their|my|a|an|there|it)\b)"
)
_GOES_ON = re.compile(
    r"\W*(?:(?:and|but|so|then|now|also|still|yet|if|when|since) )*"
    r"(?:he|she|they|it|his|her|their|its|that|this|these|those)(?:'\w+)?\b(?!.{0,24}\s[=:–—] )"
)
_NEWS = re.compile(r"[^:.;,→]{0,60}?(?::|→|[-=]+>|\s[–—-]\s)\s*\S")
_STAYS = re.compile(
    r"\W*(?:(?:and|but|so|then|now|also|still|yet|if|when|until|before|after) )*"
    r"(?:i|we|he|she|they|it|his|her|their|its|my|our|that|this|these|those|the|no|not"
    r"|nobody)(?:'\w+)?\b(?!.{0,24}\s?[=:–—] )"
)
_TURNS = re.compile(
    r"\b(?:otherwise|apart from|besides|as for|on another|other news|next time|homework|also"
    r"|anyway|back to|on to|meanwhile|separately|elsewhere|in other|turning to|my part|on my side"
    r"|mine|undertakes?|promis\w+|goal|target)\b"
)
_ANAPHOR = re.compile(r"\b(?:this|that|it|these|he|she|they|him|so|which)\b")


def private_sentences(
    source: str, segments: Segments, blocks: list[Block], telling: frozenset[int] = frozenset()
) -> set[int]:
    """Numbers of the sentences of ``source`` that are under a mark of confidence.

    A mark governs its own sentence. Alone in its sentence it governs the one before ("This stays
    in this room."), or the next when it announces one; "the rest" and "above" reach as far as
    they say, and a heading governs all that stands under it. ``telling`` are the sentences in
    which something was noticed: a mark looks back over up to two others to find one.
    """
    words = lexicon().private
    spans = segments.sentences
    governed: set[int] = set()
    for number, (start, end) in enumerate(spans):
        low = flatten(source[start:end])
        mark = find_mark(low)
        if mark is None or (_LIFTED.search(low) and find_mark(_LIFTED.sub(" ", low)) is None):
            continue
        if words["whole"].search(low):
            return set(range(len(spans)))
        reach = _reach(number, low, mark, source, spans, blocks)
        governed.update(reach, [number])
        if number - 1 in governed:
            governed.update(_back(number, spans, blocks, telling))
        if number - 1 not in reach:
            last = max([number, *reach])
            governed.update(_onward(last, low, mark, source, spans, blocks))
    for number, (start, _) in enumerate(spans):
        block = next((b for b in blocks if b.start <= start < b.end), None)
        if block and block.heading and find_mark(flatten(block.heading)):
            governed.add(number)
    return governed


def find_mark(low: str) -> re.Match[str] | None:
    """The first mark of confidence in flattened text.

    The patterns are tried one by one: joined into one they take seven times as long.
    """
    found = (pattern.search(low) for pattern in lexicon().marks)
    return min((m for m in found if m), key=lambda m: (m.start(), -m.end()), default=None)


def _reach(
    number: int,
    low: str,
    mark: re.Match[str],
    source: str,
    spans: list[tuple[int, int]],
    blocks: list[Block],
) -> list[int]:
    """The other sentences that the mark in sentence ``number`` governs."""
    words = lexicon().private
    after = low[mark.start() :]
    if words["above"].search(low):
        return list(range(number))
    if words["rest"].search(low) and "," not in after:
        return list(range(number + 1, len(spans)))
    if low.rstrip(" *_)").endswith((":", "…", "...")) or source[spans[number][1] :][:1] == ":":
        return _following(number, spans, blocks)
    if _ANNOUNCED.search(low) and len(content(low)) <= _SHORT:
        return _following(number, spans, blocks)
    if _alone(low, mark):
        return _around(number, low, source, spans, blocks)
    brief = len(content(low[: mark.start()])) <= 1
    points_back = (_ANAPHOR.search(after) and brief) or (
        _THAT.search(after) and len(low[: mark.start()].split()) <= _NEAR
    )
    return [number - 1] if number and points_back and not _colon(low, mark) else []


def _onward(
    number: int,
    low: str,
    mark: re.Match[str],
    source: str,
    spans: list[tuple[int, int]],
    blocks: list[Block],
) -> list[int]:
    """The sentences after ``number`` that go on about what the mark in ``low`` announced.

    A mark before a colon or an arrow, with the news after it, holds until the subject changes;
    at the head of a line it holds for the line. Any other holds for one sentence more when that
    one takes up "he", "it" or the like.
    """
    block = next((b for b in blocks if b.start <= spans[number][0] < b.end), None)
    if block is None:
        return []
    headed = bool(_NEWS.match(low[mark.start() :]))
    line = headed and spans[number][0] <= block.start + 2 and not _words_before(low, mark)
    reach: list[int] = []
    for i in range(number + 1, len(spans)):
        raw = source[slice(*spans[i])]
        text = flatten(raw)
        brief = len(text.split()) <= _FEW and not re.search(r"[:=–—?]", text)
        named = headed and re.match(r"[A-ZÀ-Þ][\w'-]+ (?:[a-z]+s|will|has|had|did)\b", raw)
        follows = line or brief or named or (_STAYS if headed else _GOES_ON).match(text)
        if spans[i][0] >= block.end or not follows or _TURNS.search(text):
            break
        reach.append(i)
        if not headed:
            break
    return reach


def _words_before(low: str, mark: re.Match[str]) -> bool:
    return bool(content(low[: mark.start()]))


def _back(
    number: int,
    spans: list[tuple[int, int]],
    blocks: list[Block],
    telling: frozenset[int],
) -> set[int]:
    """Sentences before a mark, back to the first in which something was noticed."""
    block = next((b for b in blocks if b.start <= spans[number][0] < b.end), None)
    reach: set[int] = set()
    for i in range(number - 1, max(-1, number - 4), -1):
        if block is None or spans[i][0] < block.start:
            break
        reach.add(i)
        if i in telling:
            break
    return reach


def content(low: str) -> list[str]:
    """The words of ``low`` that say something beside a mark of confidence."""
    return [w for w in re.findall(r"[^\W_]+", low) if w not in FILLER and len(w) > 1]


def _alone(low: str, mark: re.Match[str]) -> bool:
    """Whether the sentence is nothing but its mark."""
    return len(content(low[: mark.start()])) + len(content(low[mark.end() :])) <= 2


def _colon(low: str, mark: re.Match[str]) -> bool:
    after = low[mark.start() :]
    place = after.find(":")
    return place >= 0 and len(content(after[place:])) >= 2


def _following(number: int, spans: list[tuple[int, int]], blocks: list[Block]) -> list[int]:
    """The next sentence; all following bullets when the mark closes a block before a list."""
    if number + 1 >= len(spans):
        return []
    reach = [number + 1]
    place = next((i for i, b in enumerate(blocks) if b.start <= spans[number][0] < b.end), -1)
    if place < 0 or spans[number + 1][0] < blocks[place].end:
        return reach
    last = blocks[place].end
    for block in blocks[place + 1 :]:
        if not block.bullet:
            break
        last = block.end
    return reach + [i for i in range(number + 2, len(spans)) if spans[i][0] < last]


def _around(
    number: int, low: str, source: str, spans: list[tuple[int, int]], blocks: list[Block]
) -> list[int]:
    """What a mark alone in its sentence governs: before it, and what goes on about it after."""
    block = next((b for b in blocks if b.start <= spans[number][0] < b.end), None)
    inside = [i for i, (a, _) in enumerate(spans) if block and block.start <= a < block.end]
    before = (
        number - 1
        if number - 1 in inside or (block and block.bullet and _ANAPHOR.search(low))
        else None
    )
    after = number + 1 if number + 1 in inside else None
    if before is None or before < 0:
        return [after] if after is not None else [number + 1] if number + 1 < len(spans) else []
    goes_on = after is not None and re.match(
        r"(?:he|she|they|it|his|her|their|that|this|but|and|so)\b",
        flatten(source[slice(*spans[after])]),
    )
    return [before, after] if goes_on and after is not None else [before]
