"""Takes out of a document what is not guidance: contact details, forms, advertising, furniture.

Rules, no model: text is left out only for a reason that can be named (:data:`REASONS`). They work
on *units*: a heading, a list item, or a paragraph, joined where it is wrapped over lines. From the
coarse to the fine:

* units that are boilerplate as a whole ("Required fields are marked *");
* sections: a label ("You may also like", "About the author") and the units that belong to it;
* sentences that solicit, in a paragraph whose rest may be guidance;
* details: an address or number in a sentence that stays (``contacts.py``).

Where a rule is unsure it keeps the text: advice on *how* to keep in touch, words to say that stand
in quotation marks or in a block quote, and paragraphs that mention a book or a person are guidance.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coach.library import boilerplate_rules as rules
from coach.library.boilerplate_rules import REASONS
from coach.library.contacts import DETAIL, LINK, WEB, linkless, without_details
from coach.text import sentence_spans, word_count

__all__ = ["REASONS", "Cleaned", "clean_document"]

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s")
_MARKER = re.compile(r"\s*(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|>|\||```|~~~)")
_MARKERS = re.compile(r"\s*(?:(?:#{1,6}|[-*+•]|\d{1,3}[.)]|>)\s+)*")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![\w*])[*_](?=\w)|(?<=[\w.!?])[*_](?!\w)")
_ORNAMENTS = "👉➡️→►▶★☆✨📩📧💌🎁🔥!*-— "
_QUOTATION = re.compile(r"[\"“”«»]")
_NARROWEST, _WIDEST = 45, 110
"""Characters of a line that may be wrapped; where lines are longer, each is a paragraph."""

_LONGEST = 200
"""Words of a sentence or postscript that is looked at as one."""

_MOST_PASSES = 8
_MOST_TITLES = 15
_THREAD_AFTER = 60
"""Words that stand before a thread of comments; nearer the top "3 comments" is a line alone."""


@dataclass(frozen=True)
class Cleaned:
    """``text`` without boilerplate; ``removed`` holds the reason of each removal, in order."""

    text: str
    removed: tuple[str, ...]


@dataclass
class _Unit:
    """Source lines judged together; ``level`` is a heading's or 0, ``gone`` why it is left out."""

    text: str
    level: int = 0
    gone: str = ""

    def __post_init__(self) -> None:
        heading = _HEADING.match(self.text)
        self.level = len(heading.group(1)) if heading else 0
        self.plain = _plain(self.text)
        self.words = word_count(self.plain)


@dataclass(frozen=True)
class _Section:
    """A kind of section: which of the units after its label belong to it, given how many have."""

    reason: str
    label: re.Pattern[str]
    takes: Callable[[_Unit, int], bool]
    needs_members: bool = False


def clean_document(markdown: str) -> Cleaned:
    """``markdown`` without boilerplate; what stays keeps its order. Idempotent."""
    removed: list[str] = []
    text = markdown.strip()
    # What one pass takes away can uncover more, such as a biography that now closes the document.
    for _ in range(_MOST_PASSES):
        before, text = text, _one_pass(text, removed)
        if text == before:
            break
    return Cleaned(text, tuple(removed))


def _one_pass(markdown: str, removed: list[str]) -> str:
    units = list(_units(markdown))
    for unit in units:
        unit.gone = _reason(unit)
    _mark_sections(units)
    _mark_menus(units)
    _mark_biography(units)
    for unit in units:
        if not unit.gone:
            unit.text = _without_sentences(unit, removed)
            unit.text, cut = without_details(unit.text)
            removed.extend(["contact details"] * cut)
    _mark_bare_headings(units)
    removed.extend(unit.gone for unit in units if unit.gone)
    kept = "\n".join(unit.text for unit in units if not unit.gone)
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", kept).strip()


# -- units -----------------------------------------------------------------------------------------


def _units(markdown: str) -> Iterator[_Unit]:
    """Blocks between blank lines, cut where a line opens something new or the last was not full."""
    for blank, group in itertools.groupby(markdown.split("\n"), key=lambda line: not line.strip()):
        lines = list(group)
        width = max(map(len, lines))
        if blank or width > _WIDEST:
            yield from map(_Unit, lines)
            continue
        held = lines[:1]
        for line in lines[1:]:
            if _goes_on(held[-1], line, width):
                held.append(line)
            else:
                yield _Unit("\n".join(held))
                held = [line]
        yield _Unit("\n".join(held))


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether a paragraph wrapped at ``width`` goes on from ``line`` to ``following``."""
    first = following.split(maxsplit=1)[0]
    full = len(line) >= _NARROWEST and len(line) + 1 + len(first) > width
    return (
        full
        and not line.rstrip().endswith((":", "|"))
        and not _MARKER.match(following)
        and not any(_HEADING.match(text) or _alone(_Unit(text)) for text in (line, following))
    )


def _alone(unit: _Unit) -> bool:
    """Whether a line is boilerplate by itself, or the label of a section of it."""
    return bool(_reason(unit)) or any(section.label.fullmatch(unit.plain) for section in _SECTIONS)


def _plain(text: str) -> str:
    """The words alone: no markers of headings, lists, quotes, emphasis or links."""
    text = linkless(text)
    return " ".join(_EMPHASIS.sub("", text[_end_of_markers(text) :]).split())


def _end_of_markers(text: str) -> int:
    match = _MARKERS.match(text)
    return match.end() if match else 0


def _is_prose(unit: _Unit) -> bool:
    """A paragraph of sentences, not a title, a label, a list of links or a line of a form."""
    return unit.words > 14 or (unit.words > 6 and unit.plain.endswith((".", "!")))


def _is_quoted(unit: _Unit) -> bool:
    return unit.text.lstrip().startswith(">")


def _reason(unit: _Unit) -> str:
    """Why the unit is boilerplate as a whole, else an empty string."""
    if not unit.plain or _is_quoted(unit):
        return ""
    if unit.words <= _LONGEST and rules.POSTSCRIPT.match(unit.plain):
        return "postscript" if DETAIL.search(unit.text) or rules.ASKS.search(unit.plain) else ""
    for reason, most, rule in rules.UNITS:
        if unit.words <= most and rule.search(unit.plain):
            return reason
    if unit.words > 2 and rules.NETWORKS.fullmatch(unit.plain):
        return "sharing"
    return ""


# -- sections --------------------------------------------------------------------------------------


def _takes_title(unit: _Unit, taken: int) -> bool:
    return taken < _MOST_TITLES and not _is_prose(unit)


def _takes_biography(unit: _Unit, taken: int) -> bool:
    if rules.ADDRESSES_READER.search(unit.plain):
        return False
    short = unit.words < 10 and taken > 0
    about = rules.BIOGRAPHY.match(unit.plain) or rules.THIRD_PERSON.search(unit.plain)
    return taken == 0 or short or bool(about)


def _takes_someone(unit: _Unit, taken: int) -> bool:
    if taken == 0:
        return bool(rules.BIOGRAPHY.match(unit.plain))
    return _takes_biography(unit, taken)


def _takes_form(unit: _Unit, _taken: int) -> bool:
    return bool(rules.FORM_FIELD.fullmatch(unit.plain))


def _takes_mailing(unit: _Unit, taken: int) -> bool:
    return _takes_form(unit, taken) or (unit.words < 40 and bool(rules.MAILING.search(unit.plain)))


def _takes_networks(unit: _Unit, _taken: int) -> bool:
    return bool(rules.NETWORKS.fullmatch(unit.plain))


def _takes_contact(unit: _Unit, _taken: int) -> bool:
    return unit.words < 30 and bool(DETAIL.search(unit.text))


def _takes_all(_unit: _Unit, _taken: int) -> bool:
    return True


_RELATED = _Section("related links", rules.RELATED, _takes_title)
_THREAD = _Section("comment form", rules.THREAD, _takes_all)
_COMMENTS = _Section("comment form", rules.COMMENTS, _takes_all, needs_members=True)
_SECTIONS = (
    _RELATED,
    _THREAD,
    _COMMENTS,
    _Section("comment form", rules.COMMENT_FORM, _takes_form),
    _Section("about the author", rules.AUTHOR, _takes_biography, needs_members=True),
    _Section("about the author", rules.ABOUT_SOMEONE, _takes_someone, needs_members=True),
    _Section("newsletter", rules.NEWSLETTER, _takes_mailing),
    _Section("sharing", rules.SHARING, _takes_networks, needs_members=True),
    _Section("contact details", rules.CONTACT, _takes_contact, needs_members=True),
)


def _mark_sections(units: list[_Unit]) -> None:
    before = 0
    for number, unit in enumerate(units):
        for section in _SECTIONS if 0 < unit.words <= 16 and not _is_quoted(unit) else ():
            if not section.label.fullmatch(unit.plain):
                continue
            if section in (_THREAD, _COMMENTS) and before < _THREAD_AFTER:
                continue
            members = list(_members(units, number, section))
            if section is _COMMENTS and not any(map(_is_dated, members[:4])):
                continue
            if members or not section.needs_members:
                for member in (unit, *members):
                    member.gone = member.gone or section.reason
                break
        before += 0 if unit.gone else unit.words


def _is_dated(unit: _Unit) -> bool:
    return bool(rules.COMMENT_DATE.fullmatch(unit.plain))


def _members(units: list[_Unit], number: int, section: _Section) -> Iterator[_Unit]:
    """The units after ``number`` that belong to its section: at most up to a heading no lower."""
    level = units[number].level or 6
    below = False
    taken = 0
    for place in range(number + 1, len(units)):
        unit = units[place]
        if unit.level and unit.level <= level:
            return
        if not unit.plain:
            continue
        # Under a sub-heading of a list of links stands a link's excerpt, which goes with it.
        below = below or bool(unit.level)
        if not below and not unit.gone:
            if not section.takes(unit, taken):
                return
            if section is _RELATED and taken and _opens_prose(units, place):
                return
        taken += 1
        yield unit


def _opens_prose(units: list[_Unit], place: int) -> bool:
    """Whether a title-like unit stands over a paragraph, as a heading of the guidance does."""
    unit = units[place]
    if units[place - 1].plain or _MARKER.match(unit.text) or LINK.search(unit.text):
        return False
    following = next((other for other in units[place + 1 :] if other.plain), None)
    return following is not None and not following.gone and _is_prose(following)


def _mark_menus(units: list[_Unit]) -> None:
    """Three or more menu words in a row, on one line or one a line."""
    run: list[_Unit] = []
    count = 0
    for unit in [*units, _Unit("end")]:
        entries = [part.strip() for part in re.split(r"[|·•>/,]", unit.plain) if part.strip()]
        if entries and all(rules.MENU.fullmatch(entry) for entry in entries):
            run.append(unit)
            count += len(entries)
        elif unit.plain:
            for member in run if count >= 3 else []:
                member.gone = member.gone or "navigation"
            run, count = [], 0


def _mark_biography(units: list[_Unit]) -> None:
    """A paragraph on who the author is, closing the document without addressing the reader."""
    closing = [unit for unit in units if unit.plain and not unit.gone and not unit.level]
    for unit in reversed(closing[1:][-2:]):
        biography = rules.BIOGRAPHY.match(unit.plain) and not _is_quoted(unit)
        if not biography or rules.ADDRESSES_READER.search(unit.plain):
            return
        unit.gone = "about the author"


def _mark_bare_headings(units: list[_Unit]) -> None:
    """A heading whose whole section was taken out goes with it; one that never had text stays."""
    for number, unit in enumerate(units):
        if not unit.level or unit.gone:
            continue
        reasons = []
        for follower in units[number + 1 :]:
            if follower.level and follower.level <= unit.level:
                break
            if follower.plain:
                reasons.append(follower.gone)
            if follower.plain and not follower.gone:
                break
        if reasons and all(reasons):
            unit.gone = reasons[0]


# -- sentences -------------------------------------------------------------------------------------


def _without_sentences(unit: _Unit, removed: list[str]) -> str:
    """The unit's text without sentences that sell or solicit; "" if those were all of it."""
    if _is_quoted(unit) or unit.level or not unit.plain:
        return unit.text
    start = _end_of_markers(unit.text)
    marker, text = unit.text[:start], unit.text[start:]
    spans = sentence_spans(text)
    sentences = [_plain(text[begin:end]).lstrip(_ORNAMENTS) for begin, end in spans]
    reasons = [_solicits(text[begin:end]) for begin, end in spans]
    if not any(reasons):
        return unit.text
    for number, sentence in reversed(list(enumerate(sentences))):
        leads = rules.LEAD_IN.search(sentence) and any(reasons[number + 1 : number + 2])
        if leads or ("advertising" in reasons and rules.PROMOTION.search(sentence)):
            reasons[number] = reasons[number] or "advertising"
    removed.extend(reason for reason in reasons if reason)
    ends = [*(begin for begin, _ in spans[1:]), len(text)]
    parts = zip(spans, ends, reasons, strict=True)
    kept = "".join(text[begin:end] for (begin, _), end, reason in parts if not reason)
    return marker + kept.rstrip() if word_count(kept) > 3 else ""


def _solicits(sentence: str) -> str:
    """Why a sentence is boilerplate, else "". Words in quotation marks are words to say."""
    plain = _plain(sentence).lstrip(_ORNAMENTS)
    if _QUOTATION.search(plain) or word_count(plain) > _LONGEST:
        return ""
    for reason, rule in rules.SENTENCES:
        if rule.search(plain):
            return reason
    if rules.VISIT.search(plain):
        return "advertising" if WEB.search(plain) else ""
    if not rules.LEARN_MORE.search(plain):
        return ""
    linked = any(WEB.match(link.group(2)) for link in LINK.finditer(sentence))
    outside = linked or DETAIL.search(plain) or rules.PUBLISHER.search(plain)
    return "advertising" if outside else ""
