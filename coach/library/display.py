"""Cards, passages and documents as Markdown to read in full."""

from __future__ import annotations

from collections.abc import Iterable

from coach.library.cards import Card, Source
from coach.library.search import Passage
from coach.library.shelf import Entry
from coach.library.slots import fill

_SPOKEN = {"mentor": "as the mentor", "mentee": "as the mentee"}


def card_markdown(card: Card, source: Source) -> str:
    """The whole card, with whom to credit for it."""
    questions = [f"*{q.depth}*: {_named(q.text)}" for q in card.questions]
    say = [f"*{_SPOKEN[line.role]}*: “{_named(line.text)}”" for line in card.say]
    parts = [
        f"# {card.title}",
        _named(card.answer),
        "## What to do", _bullets(map(_named, card.moves)),
        "## Questions to ask", _bullets(questions),
        "## Things to say", _bullets(say),
        "## Easy to get wrong", _bullets(map(_named, card.pitfalls)),
        "---",
        f"`{card.id}`, in our words after *{source.title}* ({source.author}).",
    ]  # fmt: skip
    return "\n\n".join(parts)


def passage_markdown(passage: Passage) -> str:
    """A passage of a document of the user's, quoted."""
    end = f"`{passage.id}`, from your own document."
    return "\n\n".join([f"# {passage.title}", *_quoted(passage), "---", end])


def document_markdown(entry: Entry, passages: Iterable[Passage]) -> str:
    """A document of the user's to read: its passages, in order, quoted."""
    told = [part for one in passages for part in _quoted(one)]
    return "\n\n".join([f"# {entry.title}", entry.about, *told])


def _quoted(passage: Passage) -> list[str]:
    heading = [f"## {passage.heading}"] if passage.heading else []
    return [*heading, "\n".join(f"> {line}" for line in passage.text.splitlines())]


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _named(text: str) -> str:
    return fill(text, "", thread="what you have open", goal="your goal")
