"""``coach questions``: questions to ask, which were asked, and reading one's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from coach.cli.common import emit, json_option, on_option, opened_for, writable
from coach.errors import UsageError
from coach.text import clean

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.conversation.questioning.asking import Suggestion
    from coach.library.cards import Depth
    from coach.storage.pairs import Pair


@click.command()
@click.argument("pair_name", metavar="[PAIR]", required=False)
@click.option("--about", metavar="TEXT", help="What the questions should be about.")
@click.option(
    "--depth", type=click.Choice(["opening", "exploring", "deeper", "closing"]),
    help="Only questions of this depth; closing: the three to end with first.",
)  # fmt: skip
@click.option("-n", "count", type=click.IntRange(1, 20), help="How many: 5, or the 3 to end with.")
@click.option("--asked", metavar="TEXT", multiple=True,
              help="You asked this one: its words, or its number in the list.")  # fmt: skip
@click.option("--read", "own", metavar="TEXT",
              help="A question of your own: what kind it is, and a better wording.")  # fmt: skip
@on_option
@json_option
def questions(
    pair_name: str | None, about: str | None, depth: Depth | None, count: int | None,
    asked: tuple[str, ...], own: str | None, on: date | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Good questions to ask the other person of PAIR, now.

    A question counts as asked once you say so with --asked; it then rests for two sessions.
    """
    if own is not None:
        read(own, as_json=as_json)
        return
    if pair_name is None:
        raise UsageError(
            "Questions", "there is no pair named", "Name one, or give a question with --read."
        )
    with opened_for(pair_name, on, warm=True) as (coach, pair):
        found = coach.questions(pair, about, count, depth)
        if asked:
            told = _mark(coach, pair, found, asked)
            day = coach.today.isoformat()
            emit(
                as_json, {"asked": told, "on": day}, lambda: "\n".join(f"Asked: {q}" for q in told)
            )
            return
        closed = coach.questioner.closed(pair, about, coach.today) if about and not found else None
    document = {"questions": [one.as_json() for one in found]}
    emit(as_json, document, lambda: f"No questions: {closed}." if closed else _shown(found))


def read(text: str, *, as_json: bool) -> None:
    """Print what kind of question ``text`` is; raises :class:`UsageError` when it has no word."""
    from coach.conversation.questioning.reading import read_question

    question = " ".join(clean(writable(text)).split())
    if not any(char.isalpha() for char in question):
        raise UsageError("Questions", "there is no question to read", "Write it behind --read.")
    found = read_question(question)
    lines = [f"{found.kind}: {found.why}"]
    lines += [found.remark] if found.remark else []
    lines += [f"Better: {found.better}"] if found.better else []
    emit(as_json, {"question": question, **found.as_json()}, lambda: "\n".join(lines))


def _mark(coach: Coach, pair: Pair, found: list[Suggestion], asked: tuple[str, ...]) -> list[str]:
    told = []
    for text in asked:
        if text.strip().isdigit():
            place = int(text)
            if not 1 <= place <= len(found):
                raise UsageError(
                    "Questions",
                    f"there is no question number {place} in this list",
                    f"Give a number from 1 to {len(found)}, or the question's words.",
                )
            told.append(found[place - 1].question)
        elif any(char.isalpha() for char in text):
            told.append(" ".join(clean(writable(text)).split()))
        else:
            raise UsageError("Questions", "--asked names no question", "Give its words or number.")
    coach.asked(pair, told)
    return told


def _shown(found: list[Suggestion]) -> str:
    if not found:
        return (
            "Nothing to ask that was not asked lately. Log a session, or name a subject: --about."
        )
    lines = []
    for number, one in enumerate(found, 1):
        cards = f" [{', '.join(one.cards)}]" if one.cards else ""
        lines.append(f"{number}. {one.depth}: {one.question}{cards}\n   {one.why}")
    return "\n".join(lines)
