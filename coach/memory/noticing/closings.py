"""What a text says of earlier items: done, dropped, or replaced by something it says now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.memory.items import Closing, Draft, How, Item
from coach.memory.noticing.lexicon import Lexicon, lexicon
from coach.memory.noticing.likeness import ENOUGH, stems_of, told, weight_of
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.roots import named_day
from coach.memory.noticing.segments import Segments, flatten, tokens

_FUTURE = re.compile(
    r"\b(?:will|shall|going to|gonna|is to|am to|are to|wants? to|would|might|'ll)\b|'ll\b"
)
_NOT_YET = re.compile(
    r"\b(?:not yet|still haven't|hasn't|haven't|has not|have not|still hasn't|still has|still to"
    r"|forgot\w*|clean forgotten|yet to|nothing|didn't|did not|no \w+ yet)\b"
)
_TEST = re.compile(
    r"\b(?:exam|resit|test|interview|oral|viva|defen[cs]e|practical|trial|audition"
    r"|application|assessment|panel|board|mock)"
)
_RESULT = re.compile(
    r"(?:^|\b(?:i|he|she|they|and|grace i) )(?:have |has |had |'ve )?(?:passed|failed"
    r"|got (?:it|in|through|the (?:job|place|post|role|part))|didn't (?:get it|pass"
    r"|get in))\b"
)
_SERVED = re.compile(r"\b(?:done|finished|had it|served)\b")
_STILL = re.compile(r"\bstill (?:haven't|hasn't|has|have|to|owes?|not)\b")
_AFTER_ALL = re.compile(r"\b(?:did(?! not)|already|(?<!n't )(?<!not )(?:sent|done))\b")
_LIFTED = re.compile(
    r"\b(?:no longer|solved|resolved|sorted|better|gone|over|easier"
    r"|(?:is|are|'s|was|all|now|well) behind (?:him|her|me|us|them)"
    r"|apologised|fine now|settled|quieter|lifted|died|confirmed|cured|healed|recovered|forgiven"
    r"|stopped|vanished|cleared|calmer|(?:is|are|was|am|'s|'m) (?:fine|well|calm|free|safe|okay|ok)"
    r"|no more|has told|owned up|told (?:everything|everybody|everyone|him|her|them) all"
    r"|came (?:clean|round|good)|makes? peace|made (?:it )?up|reported it)\b"
)
_ALL_DONE = re.compile(
    r"(?:so |and )?(?:this|that|it)(?: is|'s)? (?:now )?"
    r"(?:done|finished|sorted|settled|behind|over)"
)
_REPORT = re.compile(
    r"(?:^\W*[^:]{2,40}: (?:\w+ ){0,2}|^\W*(?:\w+ ){1,3}|, )(?:(?:read|sent|written|done|made"
    r"|heard|given|set|put|met|seen|told|found|kept|held|rung|sat|shut|used"
    r"|(?!need|speed|hundred)\w{3,}ed)(?:[ ,.;!]|$)|(?:up|in|out|off)(?:[,.;!]|$))"
    r"(?!(?<= )(?:by|until|to|for (?:next|the)) )"
    r"|^\W*[^:]{2,30}: (?:all |down to |\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|nil|none)\b)"
)
_KNOWN = re.compile(
    r"\b(?:it's out|(?:is|are|'s|was) (?:public|out|known|official|announced)|no secret|told all"
    r"|(?:has|have|'s) told (?:everybody|everyone|them|him|her)|(?:everyone|everybody) knows)\b"
)
_RULES = frozenset({"boundary", "expectation", "preference"})
_LAPSED = re.compile(
    r"\b(?:no longer|any ?more|needn't|need not|no need|dropped|changed (?:his|her|my|their) mind"
    r"|doesn't apply|lifted|may now)\b"
)
_LIKE = 0.55


@dataclass(frozen=True)
class _Match:
    item: Item
    sentence: int
    weight: float
    how: How


def closings(
    source: str,
    segments: Segments,
    drafts: Sequence[Draft],
    items: Sequence[Item],
    on: date,
    names: frozenset[str],
    similarity: Similarity | None = None,
) -> tuple[Closing, ...]:
    """What ``source`` closes among the open ``items``, each at most once, in their order."""
    if not items or not segments.sentences:
        return ()
    words = lexicon()
    texts = [source[start:end] for start, end in segments.sentences]
    stems = [stems_of(text, names) for text in texts]
    keys = {item.id: stems_of(f"{item.text} {item.quote}", names) for item in items}
    shared = Counter(stem for key in keys.values() for stem in key)
    near = similarity(texts, [i.text for i in items]) if similarity is not None else None
    days = Counter(item.when for item in items)
    found: list[Closing] = []
    for column, item in enumerate(items):
        matches = []
        for number, text in enumerate(texts):
            weight = weight_of(keys[item.id], stems[number], shared)
            weight += told(item, text, keys[item.id], names, on, days)
            if near is not None and float(near[number, column]) >= _LIKE:
                weight += 2 * float(near[number, column]) - 0.6
            if weight < ENOUGH and _result_of(item, flatten(text), on):
                matches.append(_Match(item, number, 0.9, "done"))
            if weight < ENOUGH:
                continue
            low = _nearest_clauses(number, segments, keys[item.id], names, text)
            how = _how(item, low, number, texts, drafts, segments, on, words)
            if how is not None:
                matches.append(_Match(item, number, weight, how))
        if matches:
            best = max(matches, key=lambda m: (m.weight, -m.sentence))
            found.append(_closing(best, source, segments, drafts))
    return tuple(found)


def _result_of(item: Item, low: str, on: date) -> bool:
    """Whether the sentence gives a result and ``item`` is a test whose day has passed."""
    over = item.kind == "event" and item.when is not None and item.when <= on
    return bool(over and _TEST.search(flatten(item.quote)) and _RESULT.search(low))


def _nearest_clauses(
    number: int, segments: Segments, key: frozenset[str], names: frozenset[str], text: str
) -> list[str]:
    """The clause of a sentence that has most of ``key``, and the one after it."""
    inside = [c for c in segments.clauses if c.sentence == number]
    if len(inside) < 2:
        return [flatten(text)]
    best = max(
        range(len(inside)),
        key=lambda i: (
            len(stems_of(f"{inside[i].label if i == 0 else ''} {inside[i].text}", names) & key),
            -i,
        ),
    )
    label = f"{inside[best].label}: " if inside[best].label and best == 0 else ""
    return [
        flatten(label + inside[best].text),
        *(flatten(c.text) for c in inside[best + 1 : best + 2]),
    ]


def _closing(match: _Match, source: str, segments: Segments, drafts: Sequence[Draft]) -> Closing:
    start, end = segments.sentences[match.sentence]
    replacement = None
    if match.how == "superseded":
        replacement = _replacement(match.item, drafts, start, end)
    return Closing(match.item.id, match.how, source[start:end], replacement)


def _how(
    item: Item,
    clauses: list[str],
    number: int,
    texts: list[str],
    drafts: Sequence[Draft],
    segments: Segments,
    on: date,
    words: Lexicon,
) -> How | None:
    """What the clauses ``low`` of sentence ``number`` say of ``item``, if anything."""
    new = _replacement(item, drafts, *segments.sentences[number])
    whole, low = texts[number], ", ".join(clauses)
    first = clauses[0]
    moved = words.closing["moved"].search(low) or _NOT_YET.search(low)
    replaced = new is not None and drafts[new].when != item.when
    if moved and replaced and item.kind in ("event", "commitment"):
        return "superseded"
    if item.kind in _RULES and not _LAPSED.search(first):
        return None
    if item.private and item.kind in ("fact", "struggle", "topic") and _KNOWN.search(low):
        return "done"
    if item.kind == "struggle" and _LIFTED.search(low):
        return "done"
    if words.closing["dropped"].search(first):
        return "done" if _SERVED.search(low) else "dropped"
    if item.kind == "event":
        over = item.when is not None and item.when <= on
        return "done" if over and (_past(low, words) or not _FUTURE.search(low)) else None
    if item.kind == "struggle":
        return None
    following = flatten(texts[number + 1]) if number + 1 < len(texts) else ""
    if _STILL.search(low):
        return None
    parts = [first, low]
    if item.when is not None and item.when <= on and named_day(flatten(whole), item.when, on):
        parts.append(flatten(whole))
    done = any(_finished(item, part, following, words) for part in parts)
    return "done" if done or _reported(item, first) else None


def _finished(item: Item, low: str, following: str, words: Lexicon) -> bool:
    """Whether the clauses ``low`` report that something to be done has been done."""
    if item.kind not in ("commitment", "plan", "goal", "expectation"):
        return False
    if _STILL.search(low) or (_NOT_YET.search(low) and not _AFTER_ALL.search(low)):
        return False
    past = _past(low, words)
    if words.closing["done"].search(low):
        brief = len(low.split()) <= 9 and item.kind != "expectation"
        if past or brief:
            return True
    told = past and not _FUTURE.search(low) and item.kind == "commitment"
    return told or _ALL_DONE.match(following) is not None


def _reported(item: Item, low: str) -> bool:
    """Whether a heading with a bare participle or a count reports what was to be done."""
    if item.kind not in ("commitment", "plan") or _FUTURE.search(low) or _NOT_YET.search(low):
        return False
    return bool(_REPORT.search(low))


def _replacement(item: Item, drafts: Sequence[Draft], start: int, end: int) -> int | None:
    """The draft of the same kind in the sentence that can stand for ``item``."""
    for index, draft in enumerate(drafts):
        if start <= draft.start < end + 1 and draft.kind == item.kind and draft.owner == item.owner:
            return index
    return None


def _past(low: str, words: Lexicon) -> bool:
    """Whether the sentence has a verb in the past or the perfect."""
    for token in tokens(low):
        if token in {"was", "were", "had", "did", "has", "have", "been"} or token.endswith("'ve"):
            return True
        verb = words.forms.get(token)
        if verb is not None and token in (verb.past, verb.participle) and token != verb.base:
            return True
    return False
