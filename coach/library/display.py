"""Cards and passages as Markdown to read in full."""

from __future__ import annotations

from collections.abc import Iterable

from coach.library.cards import Card, Source
from coach.library.search import Passage
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
    heading = f"## {passage.heading}\n\n" if passage.heading else ""
    quoted = "\n".join(f"> {line}" for line in passage.text.splitlines())
    return (
        f"# {passage.title}\n\n{heading}{quoted}\n\n---\n\n`{passage.id}`, from your own document."
    )


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _named(text: str) -> str:
    return fill(text, "", thread="what you have open", goal="your goal")
