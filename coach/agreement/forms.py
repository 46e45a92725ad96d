"""A form for the other side: questions as Markdown, filled in with any editor, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from coach.agreement.agreement import Agreement
from coach.agreement.gaps import inline
from coach.agreement.topics import find_topic, terms
from coach.errors import UsageError
from coach.text import clean, words

_INTRO = """# How we work together: your side

Two people work better together when each has said what they expect. Below are {count} questions.
Write your answer under each one, in your own words and over as many lines as you like. Leave empty
what you would rather talk about. Nobody marks the answers: they show what to talk about.
"""
_AGREED = "So far we have agreed:"
_FOR = "<!-- coach form: {slug} -->"
_FORM_OF = re.compile(r"<!--\s*coach form:\s*([a-z0-9-]+)\s*-->")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MAILED = re.compile(r"^(?:[ \t]?>)+ ?", re.MULTILINE)
_HEADING = re.compile(r"\s{0,3}(?:#{1,6})\s+(?:\d+\s*[.):]\s*)?(?P<title>.+?)\s*#*\s*$")
_PLAIN_HEADING = re.compile(
    r"\s*(?:\d+\s*[.)]\s*)?(?:\*\*|__)?(?P<title>[A-Za-z][A-Za-z -]{2,30})\??"
    r"(?:(?:\*\*|__)?\s*:\s*(?:\*\*|__)?\s*(?P<rest>.*)|\s*(?:\*\*|__)?\s*)$"
)
_ANSWER = re.compile(
    r"^\s*(?:\*\*|_)?(?:my |your )?answers?(?:\*\*|_)?\s*[:=-](?:\*\*|_)?\s*", re.IGNORECASE
)
_NOTHING = re.compile(r"^[\s._…–—>*-]*$|^\(?(?:leave )?(?:empty|blank|n/?a)\)?$", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")


@dataclass(frozen=True)
class Taken:
    """What was read from a form: answers by topic, and text that belongs to no topic."""

    answers: Mapping[str, str]
    unread: tuple[str, ...] = ()


def form(agreement: Agreement, slug: str) -> str:
    """The form for the other person of the pair with ``slug``.

    What is agreed is shown; what the user said is not, so that each answers for themselves.
    """
    parts = [_INTRO.format(count=len(terms().topics))]
    for number, topic in enumerate(terms().topics.values(), 1):
        parts.append(f"## {number}. {topic.title}\n\n{topic.question}")
        agreed = agreement.entry(topic.name).agreed
        if agreed:
            parts.append(f"{_AGREED} {inline(agreed)}")
        parts.append("Answer:\n\n")
    return "\n\n".join(parts) + _FOR.format(slug=slug) + "\n"


def read(text: str, slug: str = "") -> Taken:
    """What was written into a form; ``slug`` is the pair that it must be for, "" for any.

    Headings may be renumbered, reworded to another name of the topic or written without "#";
    questions left in place are not taken for answers. What stands under no topic is given back in
    ``unread`` rather than lost. Raises :class:`UsageError` for the form of another pair, and for a
    text without any topic.
    """
    # As an editor may have escaped it, or a mail program quoted it.
    body = _MAILED.sub("", _ESCAPED.sub(r"\1", clean(text, None)))
    owner = _FORM_OF.search(body)
    if slug and owner and owner[1] != slug:
        raise UsageError(
            "Form", f"this is the form for {owner[1]}, not for {slug}",
            f"Import it with: coach agreement import {owner[1]} FILE.",
        )  # fmt: skip
    lines = _COMMENT.sub("", body).splitlines()
    marked = any(_topic_of(match["title"]) for line in lines if (match := _HEADING.match(line)))
    answers: dict[str, list[str]] = {}
    unread: list[str] = []
    current: list[str] = unread
    for line in lines:
        name, rest = _heading(line, marked=marked)
        if name == "":
            current = unread
            unread.append(line.strip())
        elif name:
            current = answers.setdefault(name, [])
            current.extend([rest] if rest else [])
        elif current is not unread or not _ours(line):
            current.append(line)
    if not answers:
        raise UsageError(
            "Form", "no topic of the agreement is in this file",
            f"It needs headings such as: ## {next(iter(terms().topics.values())).title}.",
        )  # fmt: skip
    said = {name: answer for name, written in answers.items() if (answer := _answer(written))}
    left = tuple(line.strip() for line in unread if line.strip() and not _NOTHING.match(line))
    return Taken(said, left)


def _heading(line: str, *, marked: bool) -> tuple[str | None, str]:
    """The topic that a line opens and what follows on it; "" for a heading of no topic, else None.

    ``marked`` says that the file's topics stand in headings with "#"; else "Hours: ..." will do.
    """
    match = _HEADING.match(line)
    if match:
        found = _topic_of(match["title"])
        if found:
            return found, ""
        title, colon, rest = match["title"].partition(":")
        found = _topic_of(title) if colon else None
        if found:
            return found, rest.strip()
        return (None, "") if _ours(line) else ("", "")
    plain = None if marked else _PLAIN_HEADING.match(line)
    found = _topic_of(plain["title"]) if plain else None
    if plain and found:
        return found, (plain["rest"] or "").strip()
    return None, ""


def _topic_of(title: str) -> str | None:
    found = find_topic(re.sub(r"[*_`]", "", title).strip(" :.?!"))
    return found.name if found else None


def _answer(written: list[str]) -> str:
    kept = [_ANSWER.sub("", line).rstrip() for line in written if not _ours(line)]
    text = "\n".join(kept).strip()
    text = re.sub(r"\n{3,}", "\n\n", text)
    return "" if _NOTHING.match(text) else text


@cache
def _own_lines() -> frozenset[tuple[str, ...]]:
    lines = [topic.question for topic in terms().topics.values()]
    lines += _INTRO.format(count=len(terms().topics)).splitlines()
    return frozenset(tuple(words(line)) for line in lines if line.strip())


def _ours(line: str) -> bool:
    """Whether the line is one that the form itself has."""
    return line.strip().startswith(_AGREED) or (
        bool(line.strip()) and tuple(words(line)) in _own_lines()
    )
