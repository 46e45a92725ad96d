"""Cutting a text into clauses, each with its place, its heading and the label before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from coach.memory.noticing.closed import AUXILIARY, PHRASE_STARTS
from coach.memory.noticing.layout import Quoted, blocks, quotations, sentences, trim
from coach.memory.noticing.lexicon import Lexicon, lexicon

_TOKEN = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_PRONOUN = re.compile(
    r"(?:i|we|he|she|they|it|that|this|there|who|what|im|ive|id|hes|shes|theyre|theyll|weve|lets)"
    r"(?:'(?:s|m|d|ll|ve|re))?$"
)
_PERSONAL = re.compile(
    r"(?:i|we|he|she|they|im|ive|id|hes|shes|lets|theyre|theyll|weve)(?:'(?:s|m|d|ll|ve"
    r"|re))?$"
)
ASKED = re.compile(r"(?:how|what|when|where|why) (?:do|should|shall|can|could|would) (?:i|we)\b")
"""A question to the assistant wherever it stands: "She is still tired, how do I bring it up"."""
_BETWEEN = re.compile(
    r";\s+|\s[–—]\s*|\s-\s|\s-{2,}\s|:\s+|\.\.\.\s+|…\s+"
    r"|,?\s+(?=(?:and|but|so|yet|or|because|since|while|whereas|although|though|hence"
    r"|plus|as|then|cos|cuz|n"
    r"|chiefly because|chiefly since|which|who|where|&)\s)|,\s+|\s\(|\)\s+"
)
_JOINER = re.compile(
    r"(?:(?:and|but|so|yet|or|because|since|while|whereas|although|though|hence|plus"
    r"|as|then|cos|cuz|n|chiefly"
    r"|which|who|where|also|now|still|that|therefore|&)\s+)+"
)
_LABEL = re.compile(
    r"(?P<label>(?:[Aa]ctions?|[Tt]asks?|[Tt]o-?do|[Hh]omework|[Nn]ext steps?), [\w'. ]{1,20}?"
    r"|[^\W\d_][\w'. ]{0,28}?(?:\([^)]*\))?)\s*(?::\s+|\s[–—-]\s+|\s+=\s+"
    r"|\s*[-=]+>\s*|\s*→\s*)"
)


@dataclass(frozen=True)
class Clause:
    """One clause: ``source[start:end]``; ``low`` is the same span in lower case, quotes masked.

    ``label`` is what stands before a colon or dash at the head of its sentence ("me", "Packet");
    ``sentence`` numbers the sentence, ``span`` is that sentence's place.
    """

    start: int
    end: int
    text: str
    low: str
    sentence: int
    span: tuple[int, int]
    block: int
    heading: str = ""
    label: str = ""
    quoted: bool = False
    bullet: bool = False
    first: bool = True
    joiner: str = ""


_HEADLINE_ENDS = frozenset({",", "-", "–", "—", "("})
_NEXT_ONE = re.compile(r"\W*next (?:one|time|up)\b")
_DAY_LAST = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?(?:[/.]\d{1,2}\.?)?|\b(?:mon|tues?|wed|weds|thurs?|fri|sat|sun)"
    r"(?:\w*day)?|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
    r"|\btomorrow)\W*$"
)
_APPOSED = re.compile(
    r"(?P<head>\W*(?:\w+ ){0,4}[\w'-]+), "
    r"(?:dr|prof|professor|mr|mrs|ms|miss|sir|a|an|the|called|named)\b[^,;:.!?]{1,40}(?:, |$)"
)
"""Someone with a second name for them: "her supervisor, Dr Pell," is one subject."""


@dataclass(frozen=True)
class Segments:
    """The clauses of a text, and the spans of its sentences in order."""

    clauses: list[Clause] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)


def flatten(text: str) -> str:
    """Lower case with straight apostrophes, character for character as long as ``text``."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'").replace("‘", "'").replace("`", "'")


def segment(source: str, names: frozenset[str] = frozenset()) -> Segments:
    """``source`` in clauses; ``names`` (lower case) are words that can begin one."""
    words = lexicon()
    quoted = quotations(source)
    low = _masked(source, quoted)
    out = Segments()
    titles = frozenset().union(*words.headings.values())
    for number, block in enumerate(blocks(source)):
        heading = block.heading
        for span in sentences(source, block):
            index = len(out.sentences)
            out.sentences.append(span)
            label, body = _label(source, low, span)
            if label and label.lower() in titles:
                heading, label = label, ""
            for order, (a, b, said) in enumerate(_cut(low, body, span[1], quoted, names, words)):
                trimmed = trim(source, a, b)
                if trimmed is None or not re.search(r"\w", source[slice(*trimmed)]):
                    continue
                start, end = trimmed
                joined = _JOINER.match(low[start:end])
                out.clauses.append(
                    Clause(
                        start, end, source[start:end], low[start:end], index, span, number,
                        heading, label, said, block.bullet, order == 0,
                        joined.group().strip() if joined and order else "",
                    )
                )  # fmt: skip
    return out


def tokens(low: str) -> list[str]:
    """The words of flattened text."""
    return _TOKEN.findall(low)


def is_finite(token: str, words: Lexicon) -> bool:
    """Whether ``token`` can be a finite verb without a doubt about number or tense."""
    if token in AUXILIARY:
        return True
    verb = words.forms.get(token)
    return verb is not None and token != verb.base and token in (verb.third, verb.past)


def has_verb(low: str, words: Lexicon) -> bool:
    """Whether some word of ``low`` may be its verb."""
    return any(
        t in words.forms or t in AUXILIARY or ("'" in t and _PRONOUN.match(t)) for t in tokens(low)
    )


def _masked(source: str, quoted: list[Quoted]) -> str:
    low = flatten(source)
    for quote in quoted:
        if not quote.speech:
            inner = re.sub(r"[^\s]", "x", low[quote.start + 1 : quote.end - 1])
            low = f"{low[: quote.start + 1]}{inner}{low[quote.end - 1 :]}"
    return low


def _label(source: str, low: str, span: tuple[int, int]) -> tuple[str, int]:
    """The label at the head of the sentence and where its body starts."""
    match = _LABEL.match(low, span[0], span[1])
    if not match or match.end() >= span[1]:
        return "", span[0]
    label = source[match.start("label") : match.end("label")].strip()
    count = len(label.split())
    if count > 5 or (count > 3 and is_clause(low[match.start() : match.start(0) + len(label)])):
        return "", span[0]
    return label, match.end()


def is_clause(low: str) -> bool:
    """Whether ``low`` has a subject pronoun or determiner, and then a verb."""
    return _begins(low, frozenset(), lexicon(), elided=False)


def _cut(
    low: str, start: int, end: int, quoted: list[Quoted], names: frozenset[str], words: Lexicon
) -> list[tuple[int, int, bool]]:
    pieces: list[tuple[int, int, bool]] = []
    at = start
    for quote in quoted:
        a, b = max(quote.start, at), min(quote.end, end)
        if quote.speech and a < b:
            pieces += [(x, y, False) for x, y in _split(low, at, a, names, words)]
            pieces += [(x, y, True) for x, y in _split(low, a, b, names, words)]
            at = b
    pieces += [(x, y, False) for x, y in _split(low, at, end, names, words)]
    return pieces


def _split(
    low: str, start: int, end: int, names: frozenset[str], words: Lexicon
) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    for match in _BETWEEN.finditer(low, start, end):
        if match.start() < at:
            continue
        mark = match.group().strip()
        right = low[match.end() : end]
        fragment = not has_verb(low[at : match.start()], words) and mark != ";"
        if mark == "," and _apposed(low[at : match.start()], words):
            continue
        joined = _JOINER.match(right)
        if mark in _HEADLINE_ENDS and _is_headline(low[at : match.start()], right, words):
            spans.append((at, match.start()))
            at = match.end()
            continue
        if fragment and not (
            joined
            and _PERSONAL.match(right[joined.end() :].split(" ")[0])
            and len(low[at : match.start()].split()) > 3
        ):
            continue
        if (
            re.match(
                r"\W*(?:if|when|until|unless|before|after|once|as soon as)\b",
                low[at : match.start()],
            )
            and mark == ","
        ):
            continue
        if mark == ";" or _begins(right, names, words, elided=True):
            spans.append((at, match.start()))
            at = match.end()
    spans.append((at, end))
    return [s for s in spans if s[0] < s[1]]


def _is_headline(low: str, right: str, words: Lexicon) -> bool:
    """Whether ``low`` only names an event and its day, so that what follows is news of it.

    "Forklift audit 12/3, dreads it": a day or an hour after it still belongs to it.
    """
    if not _DAY_LAST.search(low) or re.match(r"\W*(?:\d|at\b|from\b|half\b)", right):
        return False
    told = any(is_finite(token, words) for token in tokens(low))
    return not told and (words.event_noun.search(low) is not None or bool(_NEXT_ONE.match(low)))


def _apposed(low: str, words: Lexicon) -> bool:
    """Whether ``low`` begins with somebody who is then called something else too."""
    found = _APPOSED.match(low)
    return found is not None and not any(is_finite(t, words) for t in tokens(found["head"]))


def _begins(right: str, names: frozenset[str], words: Lexicon, *, elided: bool) -> bool:
    """Whether a clause of its own begins here."""
    joined = _JOINER.match(right)
    body = right[joined.end() :] if joined else right
    if _apposed(body, words):
        body = _APPOSED.sub(r"\g<head> ", body, count=1)
    stop = re.search(r"[,;:.!?()]|\s[–—-]\s", body)
    near = tokens(body[: stop.start()] if stop else body)[:7]
    if not near:
        return False
    head = near[0]
    if joined and head in ("no", "not", "never", "please") and len(near) > 1:
        return True
    if head in ("ill", "hell", "shell"):
        return len(near) > 1 and near[1] in words.verbs
    if _PERSONAL.match(head) or ASKED.match(" ".join(near[:3])):
        return "'" in head or len(near) > 1
    rest = near[1:6]
    if _PRONOUN.match(head) and (joined is None or joined.group().split()[-1] != "as"):
        return "'" in head or any(is_finite(t, words) for t in rest[:3])
    stop_at = next((i for i, t in enumerate(rest) if t in {"and", "or", "to", "&"}), len(rest))
    rest = rest[:stop_at]
    if head in PHRASE_STARTS or head in names or head.removesuffix("'s") in names:
        return any(
            is_finite(t, words) or (t in words.forms and t not in ("work",))
            for t in rest[head in PHRASE_STARTS :][:4]
        )
    if joined and head.endswith("'s") and head[:-2].isalpha():
        return any(is_finite(t, words) for t in rest[1:5])
    if is_finite(head, words) or (
        head in words.lead and len(near) > 1 and is_finite(near[1], words)
    ):
        return elided and head not in ("being", "been", "be")
    return False
