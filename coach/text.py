"""Plain-text helpers: cleaning what comes in, words, sentences, slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import dropwhile

from coach.errors import UsageError

MAX_MESSAGE = 20_000
"""Characters of one chat message that are kept; a session note may be longer."""

MAX_NOTE = 400_000
"""Characters of one session's note."""

# ESC-introduced sequences (CSI, OSC, DCS and two-byte ones) and their eight-bit C1 forms.
_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c|$)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
# Zero-width, bidirectional controls, variation selectors' supplement and tag characters: invisible
# on screen, so they could hide or reorder text. ZWJ (200d) stays: emoji and some scripts need it.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Category Cc but for newline and tab.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])|\n{2,}|\n(?=[-*•] )"
)
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|vs|e\.g|i\.e|etc|approx|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|[A-Z])\.$"
)

CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()  # noqa: SIM905
)
"""Names of days and months: capitalised, and nobody's."""

_TITLES = frozenset(
    """dr mr mrs ms miss mx prof professor sir herr frau mme madame monsieur señor señora signor
    signora rev revd reverend capt captain sgt sergeant staff lt lieutenant cdr commander major
    colonel col corporal engr adv hon retd aunty auntie aunt
    uncle sister brother father mother nurse matron chef old big little""".split()  # noqa: SIM905
)
_CITED = re.compile(r"\[([a-z]+/[a-z0-9-]+)\]")


def clean(text: str, limit: int | None = MAX_MESSAGE) -> str:
    """``text`` without escapes, control and invisible characters, NFC, at most ``limit`` long.

    Newlines and tabs stay; carriage returns become newlines; lone surrogates become U+FFFD.
    Idempotent.
    """
    text = _SURROGATE.sub("\ufffd", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", _ESCAPES.sub("", text))
    text = _CONTROLS.sub("", text)
    text = unicodedata.normalize("NFC", text)
    if limit is not None and len(text) > limit:
        text = text[:limit]
    return text.strip()


def whole(title: str, text: str, limit: int) -> str:
    """``text`` as :func:`clean` leaves it. Raises :class:`UsageError` when that is too long."""
    cleaned = clean(text, None)
    if len(cleaned) > limit:
        raise UsageError(
            title, f"it has {len(cleaned):,} characters, and {limit:,} is the most",
            "Nothing of it is kept; give it in parts.",
        )  # fmt: skip
    return cleaned


def words(text: str) -> list[str]:
    """Lower-cased words of ``text``; an apostrophe inside a word is kept as a straight one."""
    return [m.group().lower().replace("’", "'") for m in _WORD.finditer(text)]


def sentences(text: str) -> list[str]:
    """``text`` cut into sentences; titles and initials ("Dr. Osei") do not end one."""
    return [text[start:end] for start, end in sentence_spans(text)]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end offset of each sentence of ``text``, without surrounding white space."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group().count("\n") == 0 and _ABBREVIATION.search(text[start : match.start()]):
            continue
        spans.append((start, match.start() + len(match.group().rstrip())))
        start = match.end()
    spans.append((start, len(text)))
    trimmed = []
    for begin, end in spans:
        piece = text[begin:end]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            trimmed.append((begin + left, begin + left + len(piece.strip())))
    return trimmed


def slugify(name: str) -> str:
    """A short ASCII key for ``name``: "Zoë Álvarez" becomes "zoe-alvarez", "" becomes "pair"."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")[:60].rstrip("-") or "pair"


def first_name(name: str) -> str:
    """The name to call someone by: "Dr Amara Osei" is "Amara", "Prof. Lind" stays "Prof. Lind"."""
    parts = name.split()
    plain = list(dropwhile(lambda part: part.strip(".()").lower() in _TITLES, parts))
    if len(plain) == len(parts):
        return parts[0] if parts else name
    return plain[0] if len(plain) > 1 else name.strip()


def shorten(text: str, limit: int) -> str:
    """``text`` cut at a word to at most ``limit`` characters, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{cut}…"


def cited(text: str) -> tuple[str, ...]:
    """The card ids that ``text`` cites as ``[source/slug]``, each once, in order of mention."""
    return tuple(dict.fromkeys(_CITED.findall(text)))


def citations(cards: Iterable[str]) -> str:
    """Card ids as a text cites them: "[source/slug] [source/slug]"."""
    return " ".join(f"[{card}]" for card in cards)


def word_count(text: str) -> int:
    """How many words ``text`` has, as a reader would count them."""
    return len(text.split())


def join_names(names: list[str], conjunction: str = "and") -> str:
    """``["a", "b", "c"]`` as "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
