"""Which sentences a mark of confidence governs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from coach.memory.noticing.layout import Block
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.marks import Mark, content, find_mark, lifted, unmarked
from coach.memory.noticing.passages import passages
from coach.memory.noticing.segments import Segments, flatten

_ANNOUNCED = re.compile(
    r"\b(?:something|a thing|now the thing|one (?:more |last )?thing"
    r"|(?:some|a piece of|her|his) news(?!,? (?:and )?not\b)|the next|this next)\b"
)
_LITTLE = 2
_FEW = 4
_NEAR = 8
_NEARLY = 4
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
_PART = re.compile(r"\W*(?:and |but |so )?the (?P<of>[\w-]+(?: [\w-]+)?) ")
_ATTENDING = re.compile(
    r"\b(?:lawyers?|solicitor|doctors?|surgeon|consultant|therapist|clinic|hospital|courts?|judge"
    r"|police|treatment|papers|letter|offer|appeal|union|bank|buyers?|agency|news)\b"
)
"""Something that goes with what was told: "she has applied. The interview is on 14 April"."""
_TITLED = re.compile(r"\W*(?:about|as to|on|regarding|re|concerning)\b")
_TAKEN_UP = re.compile(
    r"\b(?:he|she|they|him|them|it|his|her|hers|their|its|that|this|these|those|so|no|not|nobody"
    r"|nothing|yet|still)\b|n't\b"
)
_TURNS = re.compile(
    r"\b(?:otherwise|apart from|besides|as for|on another|other news|next time|homework|also"
    r"|anyway|back to|on to|meanwhile|separately|elsewhere|in other|turning to|my part|on my side"
    r"|mine|undertakes?|promis\w+|goal|target|dream|ambition"
    r"|no (?:phone |text )?(?:calls?|messages?|e?-?mails?|texts?|visits?|meetings?|pings?))\b"
)
_HOW_TO = re.compile(
    r"\W*(?:and |but )?(?:he|she|they) (?:wants? (?:me|it|that i|to be|a|an|numbers|straight)"
    r"|prefers?|likes?|asked me (?:to|not to)|asks? (?:me|that i)|would (?:rather|prefer|like)"
    r"|(?:doesn't|does not|don't) (?:like|want) (?:me|to|it when|when|being|\w+ing))\b"
)
"""How somebody would like to work together: another matter than a secret before it."""
_THIS = re.compile(r"\b(?:this|it|these|that(?! (?:he|she|they|i|we|the|his|her|their|my)\b))\b")
_LEFT_OUT = re.compile(
    r"\b(?:know|knows|told|tell|hear|find out|found out|learn|say|mention|aware|repeat|share"
    r"|let on)"
    r"(?: (?:yet|anyone|anybody|a soul|people|him|her|them|me))?"
    r"(?=\W*$| (?:till|until|before|for now|at (?:work|home)|so|and|but)\b)"
)
_TOLD_AFTER = re.compile(r"\bit\b.*\bthat (?:he|she|they|i|we|the|his|her|their|my)\b")
_MATTER = re.compile(
    r"\b(?:that (?:he|she|they|i|we|the|his|her|their|my|it)\b"
    r"|(?:about|of) (?!this\b|that\b|it\b|these\b|here\b|us\b)\w+)"
)
_SAID_HERE = re.compile(
    r"(?::|\s[–—-])\s|,? but (?!that\b|it\b|so\b|only\b)"
    r"|\bthat (?:he|she|they|i|we|there|his|her|their|my|our|the|a)\b"
)
"""What stands between a mark and the news it asks to keep: "keep this quiet, but ..."."""
_NUMBERED = re.compile(r"^\W*(?:item|point|section|part|topic) \d+\W*")
_WAS_TOLD = re.compile(r"\b(?:told|said|heard|mentioned|confided|let slip)\b")
_MATTER_NAMED = re.compile(
    r"\b(?:about|of|regarding|concerning) (?:the|his|her|their|my|our|this|that) (?P<what>\w{4,})\b"
)
_ANAPHOR = re.compile(r"\b(?:this|that|it|these|he|she|they|him|so|which)\b")


def private_sentences(
    source: str,
    segments: Segments,
    blocks: list[Block],
    telling: frozenset[int] = frozenset(),
    felt: Mapping[int, Mark] = MappingProxyType({}),
) -> tuple[set[int], set[int]]:
    """Numbers of the sentences of ``source`` that are under a mark of confidence, and of those that
    only say where a passage told in confidence ends.

    A mark governs its own sentence. Alone in its sentence it governs the one before ("This stays
    in this room."), or the next when it announces one; "the rest" and "above" reach as far as
    they say, and a heading governs all that stands under it. ``telling`` are the sentences in
    which something was noticed: a mark looks back over up to two others to find one. ``felt``
    are marks that no pattern finds, by sentence. Where the text says that what is told in
    confidence ends, a mark reaches as far, and not back over what stands before it.
    """
    spans = segments.sentences
    marks = _marks(source, spans, felt)
    ends = passages(source, spans, blocks, marks)
    last = {first: end for end, first in ends.items()}
    told = telling | marks.keys()
    governed: set[int] = set()
    for number, mark in marks.items():
        if number in ends:
            continue
        low = flatten(source[slice(*spans[number])])
        if lexicon().private["whole"].search(low):
            return set(range(len(spans))), set()
        reach = _governed(number, low, mark, source, spans, blocks, told)
        if number in last:
            inside = range(number, last[number])
            reach = set(inside) | {i for i in reach if i < number and len(inside) == 1}
        governed |= {i for i in reach if not any(number < end < i for end in ends)}
    for end, first in ends.items():
        governed.update(range(first, end))
    for number, (start, _) in enumerate(spans):
        block = next((b for b in blocks if b.start <= start < b.end), None)
        if block and block.heading and find_mark(flatten(block.heading)):
            governed.add(number)
    return governed - ends.keys(), set(ends)


def _marks(source: str, spans: list[tuple[int, int]], felt: Mapping[int, Mark]) -> dict[int, Mark]:
    """The mark of confidence in each sentence that has one."""
    plain = lexicon().private["plain"]
    found: dict[int, Mark] = {}
    for number, (start, end) in enumerate(spans):
        low = flatten(source[start:end])
        if lifted(low):
            continue
        harmless = plain.search(low) is not None
        if mark := find_mark(low) or (None if harmless else felt.get(number)):
            found[number] = mark
    return found


def _governed(
    number: int,
    low: str,
    mark: Mark,
    source: str,
    spans: list[tuple[int, int]],
    blocks: list[Block],
    telling: frozenset[int],
) -> set[int]:
    """The sentences that the mark in sentence ``number`` governs, as far as nothing ends it."""
    reach = _reach(number, low, mark, source, spans, blocks)
    governed = {number, *reach}
    if find_mark(low) is None:
        return governed
    if number - 1 in reach:
        governed.update(_back(number, spans, blocks, telling))
    if not unmarked(low) and _opens(number, spans, blocks):
        governed.update(_passage(number, source, spans, blocks))
    if number - 1 not in reach:
        governed.update(_onward(max(governed), low, mark, source, spans, blocks))
    return governed


def _reach(
    number: int,
    low: str,
    mark: Mark,
    source: str,
    spans: list[tuple[int, int]],
    blocks: list[Block],
) -> list[int]:
    """The other sentences that the mark in sentence ``number`` governs."""
    words = lexicon().private
    after = low[mark.start :]
    if words["above"].search(low):
        return list(range(number))
    if words["rest"].search(low) and ("," not in after or len(unmarked(low)) <= _FEW):
        return list(range(number + 1, len(spans)))
    if low.rstrip(" *_)").endswith((":", "…", "...")) or source[spans[number][1] :][:1] == ":":
        return _following(number, spans, blocks)
    own = len(unmarked(low))
    if _ANNOUNCED.search(low) and own <= _LITTLE and not _colon(low, mark):
        return _following(number, spans, blocks)
    if _alone(low, mark) and not _colon(low, mark):
        return _around(number, low, source, spans, blocks)
    if number and _points_back(low, mark, own):
        return [number - 1]
    return _named_before(number, low, source, spans)


def _named_before(number: int, low: str, source: str, spans: list[tuple[int, int]]) -> list[int]:
    """The nearest of two sentences before that has the matter that a mark names.

    "His father is in hospital. Nobody is to hear about his father."
    """
    matter = _MATTER_NAMED.search(low)
    if matter is None:
        return []
    named = re.compile(rf"\b{re.escape(matter['what'])}")
    near = range(number - 1, max(-1, number - 3), -1)
    return [i for i in near if named.search(flatten(source[slice(*spans[i])]))][:1]


def _points_back(low: str, mark: Mark, own: int) -> bool:
    """Whether the mark is about what was said before it and not about its own sentence.

    ``own`` is how many words the sentence says besides. "Nobody is to know" leaves out what
    nobody is to know; "that she applied" and "of the loan" say it.
    """
    after = low[mark.start :]
    before = low[: mark.start]
    if _colon(low, mark) or _says_what(after):
        return False
    if len(before.split()) > _NEAR:
        return len(content(before)) <= _NEARLY and _THIS.search(before) is not None
    if _THAT.search(after):
        return True
    if len(content(low[: mark.start])) > 1:
        return False
    clause = after[: mark.end - mark.start] + re.split(r"[,;:.]", low[mark.end :], maxsplit=1)[0]
    if points(clause) or (own <= _FEW and _THIS.search(after)):
        return True
    if own < _LITTLE and _LEFT_OUT.search(after):
        return True
    return own < _LITTLE and bool(_ANAPHOR.search(after)) and not _MATTER.search(after)


def _says_what(after: str) -> bool:
    """Whether the words from a mark on go over to the news ("... that she has applied").

    "But" does not where the mark has taken up what was said before: "that stays here, but ...".
    """
    for turn in _SAID_HERE.finditer(after):
        back = "but" in turn.group() and re.search(
            r"\b(?:that|it|these|all)\b", after[: turn.start()]
        )
        news = re.split(r"[,;]", after[turn.end() :], maxsplit=1)[0]
        telling = "but" in turn.group() or _WAS_TOLD.search(after, 0, turn.start())
        if not back and len(content(news)) >= (1 if telling else _LITTLE):
            return True
    return False


def points(low: str) -> bool:
    """Whether a mark names what is to be kept by "this" or "it", or leaves it out."""
    if _TOLD_AFTER.search(low):
        return False
    return _THIS.search(low) is not None or _LEFT_OUT.search(low) is not None


def _onward(
    number: int,
    low: str,
    mark: Mark,
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
    words = lexicon()
    own = bool(unmarked(low))
    titled = _TITLED.match(low) is not None
    headed = bool(_NEWS.match(low[mark.start :]))
    line = headed and spans[number][0] <= block.start + 2 and not _words_before(low, mark)
    reach: list[int] = []
    for i in range(number + 1, len(spans)):
        raw = source[slice(*spans[i])]
        text = flatten(raw)
        brief = len(text.split()) <= _FEW and not re.search(r"^(?:we|i)\b|[:=–—?]", text)
        named = headed and re.match(r"[A-ZÀ-Þ][\w'-]+ (?:[a-z]+s|will|has|had|did)\b", raw)
        taken_up = titled or _TAKEN_UP.search(text)
        goes_on = taken_up and (_STAYS if headed and line else _GOES_ON).match(text)
        of = _PART.match(text) if i == number + 1 and own else None
        part = of and (_ATTENDING.search(of["of"]) or words.event_noun.search(of["of"]))
        follows = (line and block.bullet) or brief or named or goes_on or part
        turns = _TURNS.search(text) or (own and _HOW_TO.match(text))
        if spans[i][0] >= block.end or not follows or turns:
            break
        reach.append(i)
        if not headed:
            break
    return reach


def _opens(number: int, spans: list[tuple[int, int]], blocks: list[Block]) -> bool:
    """Whether a sentence is the first of a paragraph of more than one."""
    block = next((b for b in blocks if b.start <= spans[number][0] < b.end), None)
    more = number + 1 < len(spans) and block is not None and spans[number + 1][0] < block.end
    return block is not None and more and spans[number][0] <= block.start + 2


def _passage(
    number: int, source: str, spans: list[tuple[int, int]], blocks: list[Block]
) -> list[int]:
    """What a mark that opens a paragraph governs: the paragraph, until the subject changes."""
    block = next(b for b in blocks if b.start <= spans[number][0] < b.end)
    reach: list[int] = []
    for i in range(number + 1, len(spans)):
        if spans[i][0] >= block.end or _TURNS.search(flatten(source[slice(*spans[i])])):
            break
        reach.append(i)
    return reach


def _words_before(low: str, mark: Mark) -> bool:
    return bool(content(low[: mark.start]))


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


def _alone(low: str, mark: Mark) -> bool:
    """Whether the sentence is nothing but its mark."""
    before = len(content(_NUMBERED.sub("", low[: mark.start])))
    if (before and not points(low)) or (not before and _says_what(low[mark.start :])):
        return False
    besides = before + len(content(low[mark.end :]))
    return besides <= _LITTLE and not (besides and _MATTER.search(low, mark.start))


def _colon(low: str, mark: Mark) -> bool:
    after = low[mark.start :]
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
    goes_on = after is not None and (
        not points(low) or _GOES_ON.match(flatten(source[slice(*spans[after])]))
    )
    return [before, after] if goes_on and after is not None else [before]
