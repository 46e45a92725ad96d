"""A debrief as a session's note, and what it adds to memory. Pure.

The note is the form's own words under its headings. Noticing reads it like any note; what the form
says outright (whose promise a line is) is taken from the form where noticing saw something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach.memory.dates import HERE, Locale, find_dates
from coach.memory.items import Closing, Draft, Kind, Noticed, Owner
from coach.memory.noticing.lexicon import lexicon
from coach.planning.form import Form, Tick, headings

_PROMISE, _THREAD = 0.8, 0.7
"""Importance: as noticing rates a promise; a thread that is asked for by name is no small one."""
_MARK = re.compile(r"\s*\(private\)\s*$", re.IGNORECASE)
# What a thread or a word on the talk itself is not, although it may read like one.
_PASSED_OVER: dict[str, frozenset[Kind]] = {
    "follow_up": frozenset({"win", "fact", "preference"}),
    "useful": frozenset({"win", "fact", "topic"}),
    "change": frozenset({"win", "fact", "topic"}),
}
_SILENT = frozenset({"done", "next_session"})
_AHEAD = frozenset({"follow_up", "mine", "theirs"})
"""What is still to be done, or to be asked about, ends nothing."""


@dataclass(frozen=True)
class Passage:
    """One entry of the form in the note: ``note[start:end]`` is it, verbatim, less a closing
    "(private)", which ``private`` stands for."""

    key: str
    start: int
    end: int
    private: bool = False


@dataclass(frozen=True)
class Note:
    """The note of a debrief and where its entries are."""

    text: str
    passages: tuple[Passage, ...]


def offered_back(form: Form, offered: Mapping[str, str]) -> Form:
    """``form`` with what was written beside a line that was left unticked moved to its notes.

    ``offered`` are the lines as the empty form had them, by ref.
    """
    remarks = []
    for tick in form.open:
        as_offered = offered.get(tick.ref, "")
        remark = tick.text.removeprefix(as_offered).strip()
        if remark:
            remarks.append(f"{tick.ref}: {remark}")
    return replace(form, open=(), notes=(*form.notes, *remarks))


def note_of(form: Form, name: str) -> Note:
    """The form as a note: only what was filled in, under the form's headings."""
    titles = headings(name)
    text = ""
    passages: list[Passage] = []
    for key, title in titles.items():
        entries = _entries(form, key)
        if not entries:
            continue
        text += f"{chr(10) if text else ''}## {title}\n"
        for entry in entries:
            marked = _MARK.search(entry)
            plain = entry[: marked.start()] if marked and marked.start() else entry
            start = len(text) + 2
            text += f"- {plain}\n"
            passages.append(Passage(key, start, start + len(plain), plain != entry))
    return Note(text.rstrip("\n"), tuple(passages))


def _in_silence(note: Note, closing: Closing) -> bool:
    """Whether a closing was read into a tick or a date, which say all that they have to say, or
    into what lies ahead."""
    closes_nothing = _SILENT | (_AHEAD if closing.replacement is None else frozenset())
    silent = (note.text[p.start : p.end] for p in note.passages if p.key in closes_nothing)
    quote = closing.quote.strip("-# \n")
    return any(quote in said or said in quote for said in silent)


def _entries(form: Form, key: str) -> list[str]:
    if key == "done":
        return [f"{tick.ref}: {tick.text}".rstrip(": ") for tick in form.done]
    if key == "next_session":
        return [form.next_session.as_line()] if form.next_session else []
    return list(getattr(form, key))


def explicit(
    note: Note,
    noticed: Noticed,
    done: Sequence[tuple[int, Tick]],
    name: str,
    on: date,
    locale: Locale = HERE,
) -> Noticed:
    """``noticed`` set right by the form: promises have their owner, threads are there, ticked
    items (``done``: id and line) are closed, and nothing is read into ticks and dates."""
    drafts: list[Draft] = []
    # A closing points at its replacement by place, so that places have to be followed.
    place_of: dict[int, int] = {}

    def keep(place: int, private: bool = False) -> None:
        place_of[place] = len(drafts)
        draft = noticed.drafts[place]
        drafts.append(replace(draft, private=draft.private or private))

    inside = {passage: _inside(noticed, passage) for passage in note.passages}
    covered = {place for places in inside.values() for place in places}
    for passage, places in inside.items():
        if passage.key in _SILENT:
            continue
        owner: Owner | None = {"mine": "me", "theirs": "them"}.get(passage.key)  # type: ignore[assignment]
        seen = [noticed.drafts[place] for place in places]
        if owner is not None and not any(_is_promise(draft, owner) for draft in seen):
            drafts.append(_promise(note, passage, seen, owner, name, on, locale))
            continue
        passed_over = _PASSED_OVER.get(passage.key, frozenset())
        telling = [place for place in places if noticed.drafts[place].kind not in passed_over]
        for place in telling:
            keep(place, passage.private)
        if passage.key == "follow_up" and not telling:
            drafts.append(_thread(note, passage, [noticed.drafts[place] for place in places]))
    for place in range(len(noticed.drafts)):
        if place not in covered:
            keep(place)
    ticked = {key for key, _ in done}
    closings = [
        one if one.replacement is None else replace(one, replacement=place_of.get(one.replacement))
        for one in noticed.closings
        if one.item_id not in ticked and not _in_silence(note, one)
    ]
    closings += [Closing(key, "done", f"{tick.ref}: {tick.text}") for key, tick in done]
    return Noticed(tuple(drafts), tuple(closings))


def _inside(noticed: Noticed, passage: Passage) -> list[int]:
    return [
        place
        for place, draft in enumerate(noticed.drafts)
        if draft.start < passage.end and passage.start < draft.end
    ]


def _is_promise(draft: Draft, owner: Owner) -> bool:
    return draft.kind == "commitment" and draft.owner in {owner, "both"}


def _promise(
    note: Note,
    passage: Passage,
    seen: Sequence[Draft],
    owner: Owner,
    name: str,
    on: date,
    locale: Locale,
) -> Draft:
    """A promise that the form lists and noticing did not see as one of ``owner``."""
    line = note.text[passage.start : passage.end]
    quote = line
    when = until = None
    told = quote
    for mention in find_dates(quote, on, locale):
        if mention.when is not None and mention.when >= on:
            when, until = mention.when, mention.until
            rest = f"{quote[: mention.start]} {quote[mention.end :]}".strip(" .,;")
            told = rest if len(rest.split()) > 1 else quote
            break
    return Draft(
        "commitment", owner, owner, _worded(" ".join(told.split()), owner, name), quote,
        passage.start, passage.start + len(quote), when, until,
        private=passage.private or any(draft.private for draft in seen),
        importance=_PROMISE,
    )  # fmt: skip


_YOURS = {
    "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "us": "you", "our": "your",
}  # fmt: skip
_TO_USER = re.compile(rf"\b(?:{'|'.join(_YOURS)})\b", re.IGNORECASE)


def _worded(told: str, owner: Owner, name: str) -> str:
    """The promise in words that stand alone, as noticing words one: "You are to send the list"."""
    told = _TO_USER.sub(lambda found: _YOURS[found[0].lower()], told.rstrip("."))
    who, is_to = ("You", "You are to") if owner == "me" else (name, f"{name} is to")
    first = told.split(" ", 1)[0]
    verb = lexicon().forms.get(first.lower())
    if verb is not None and verb.base == first.lower():
        return f"{is_to} {told[0].lower()}{told[1:]}"
    return f"{who} promised: {told}"


def _thread(note: Note, passage: Passage, seen: Sequence[Draft]) -> Draft:
    line = note.text[passage.start : passage.end]
    return Draft(
        "topic", "them", None, line, line, passage.start, passage.end,
        private=passage.private or any(draft.private for draft in seen), importance=_THREAD,
    )  # fmt: skip
