"""Scripts as they are written: prompts/script-<kind>-<role>.md, read and checked.

A file has a title (``# Owning up to {name}``) and sections. A section's heading names its part, and
what it says to the reader, and the cards behind it: ``## open: To open [argonne/follow-through]``.
Lines after ``>`` are said aloud, others are hints to the user. ``[[a || b || c]]`` is the first of
its alternatives whose slots are all known, nothing when there is none; a slot that may be unknown
stands only there, unless it is marked as one to leave out (``{promise_by?}``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coach import paths
from coach.agreement.slots import KNOWN, SLOTS
from coach.content import prompt
from coach.errors import ContentError
from coach.storage.pairs import Role
from coach.text import cited

KINDS = (
    "expectations", "boundaries", "first-meeting", "goals", "roadmap", "confidentiality",
    "feedback", "accountability", "owning-a-missed-promise", "saying-i-dont-know", "check-in",
    "levity", "ending-well", "restart-after-a-gap", "passing-it-on",
)  # fmt: skip
PARTS = ("open", "offer", "ask", "pushback", "close")

_HEADING = re.compile(
    r"## (?P<part>\w+): (?P<title>[^\[\]]+?)(?P<cards>(?:\s*\[[a-z]+/[a-z0-9-]+\])*)\s*$"
)
_CHOICE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_SLOT = re.compile(r"\{(\w+)(\?)?\}")


@dataclass(frozen=True)
class Line:
    """One paragraph: said aloud, or a hint to the user."""

    text: str
    aloud: bool

    def filled(self, values: Mapping[str, str]) -> str:
        """The paragraph with what is known; "" when nothing is left of it."""
        out = []
        for place, piece in enumerate(_CHOICE.split(self.text)):
            options = piece.split("||") if place % 2 else [piece]
            known = [o.strip() if place % 2 else o for o in options if _needs(o) <= values.keys()]
            out.append(_SLOT.sub(lambda m: values.get(m[1], ""), known[0]) if known else "")
        return " ".join(re.sub(r" +([.,;?!])", r"\1", "".join(out)).split())


@dataclass(frozen=True)
class Section:
    """One part of a script, with what it is called and the cards behind it."""

    part: str
    title: str
    cards: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Template:
    """One script as written."""

    title: str
    notes: tuple[Line, ...]
    sections: tuple[Section, ...]

    @property
    def cards(self) -> tuple[str, ...]:
        """The cards behind it, in order."""
        return tuple(dict.fromkeys(card for section in self.sections for card in section.cards))

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that it would fill, in order, without those to leave out silently."""
        texts = [*self.notes, *(line for section in self.sections for line in section.lines)]
        found = [m[1] for line in texts for m in _SLOT.finditer(line.text) if not m[2]]
        return tuple(dict.fromkeys(found))


@cache
def template(kind: str, role: Role) -> Template:
    """The script of ``kind`` for a user in ``role``.

    Raises :class:`ContentError`, with file and line, for a file that is not as described above.
    """
    name = f"script-{kind}-{role}"
    path = paths.content_root() / "prompts" / f"{name}.md"
    title, notes, sections = "", list[Line](), list[tuple[int, Section]]()
    for number, raw in enumerate(prompt(name).splitlines(), 1):
        line = raw.strip()
        if line.startswith("# "):
            title = line[2:].strip()
        elif line.startswith("##"):
            sections.append((number, _section(path, number, line)))
        elif line:
            said = _line(path, number, line)
            if sections:
                at, last = sections[-1]
                sections[-1] = (at, Section(last.part, last.title, last.cards, (*last.lines, said)))
            elif said.aloud:
                raise ContentError(path, number, "something is said before the first section")
            else:
                notes.append(said)
    _check(path, title, sections)
    return Template(title, tuple(notes), tuple(section for _, section in sections))


def _section(path: Path, number: int, line: str) -> Section:
    match = _HEADING.match(line)
    if match is None or match["part"] not in PARTS:
        raise ContentError(
            path, number, f"{line!r} is no heading such as '## open: To open [source/card]' "
            f"with one of {', '.join(PARTS)}",
        )  # fmt: skip
    return Section(match["part"], match["title"].strip(), cited(match["cards"]), ())


def _line(path: Path, number: int, line: str) -> Line:
    bare = line.removeprefix("[[") if line.startswith("[[>") else line
    aloud = bare.startswith(">")
    text = bare[1:].strip() if aloud else bare
    text = f"[[{text}" if bare != line else text
    if text.count("[[") != text.count("]]"):
        raise ContentError(path, number, "'[[' and ']]' do not pair up")
    if cited(text):
        raise ContentError(path, number, "a card is cited outside a heading")
    for match in _SLOT.finditer(text):
        if match[1] not in SLOTS and match[1] not in KNOWN:
            raise ContentError(path, number, f"there is no slot {{{match[1]}}}")
    needed = _needs(_CHOICE.sub("", text))
    if needed:
        raise ContentError(
            path, number, f"{{{sorted(needed)[0]}}} may be unknown: put its sentence into '[[ ]]'"
        )
    return Line(text, aloud)


def _needs(text: str) -> set[str]:
    """The slots of ``text`` that must be known for it to be said."""
    return {m[1] for m in _SLOT.finditer(text) if not m[2] and m[1] not in KNOWN}


def _check(path: Path, title: str, sections: list[tuple[int, Section]]) -> None:
    if not title:
        raise ContentError(path, 1, "there is no '# title'")
    parts = [section.part for _, section in sections]
    missing = [part for part in PARTS if part not in parts]
    if missing:
        raise ContentError(path, 1, f"there is no section for {', '.join(missing)}")
    nothing = dict.fromkeys(KNOWN, "x")
    for number, section in sections:
        if not any(line.aloud and line.filled(nothing) for line in section.lines):
            raise ContentError(
                path, number, f"nothing is left to say of {section.title!r} when nothing is known"
            )
    if not any(section.cards for _, section in sections):
        raise ContentError(path, 1, "no card is cited")
