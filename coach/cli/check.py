"""``coach check``: how the relationship is going, as both sides see it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import emit, json_option, on_option, opened_for, pair_argument
from coach.cli.files import read_text
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.planning.check import Answers
    from coach.planning.check_views import CheckStanding
    from coach.storage.pairs import Pair


@click.command()
@pair_argument
@click.option("--side", type=click.Choice(["me", "them"]), default="me", show_default=True,
              help="Who answers.")  # fmt: skip
@click.option("--answers", metavar="N,N,...", help="Answers in order, or by name: trust=4.")
@click.option("--file", "file", type=click.Path(path_type=Path), help="A filled-in form.")
@click.option("--form", "empty", is_flag=True, help="Print an empty form for that side.")
@click.option("--ask", is_flag=True, help="Ask on the terminal, statement by statement.")
@on_option
@json_option
def check(
    pair_name: str, side: Any, answers: str | None, file: Path | None, on: date | None,
    *, empty: bool, ask: bool, as_json: bool,
) -> None:  # fmt: skip
    """Answer a few statements about PAIR from 1 to 5, or see how the answers moved.

    Without answers it shows what there is, and where to invest.
    """
    from coach.planning.check import form, read_answers

    if sum(map(bool, (answers, file, empty, ask))) > 1:
        raise UsageError("Check", "give one of --answers, --file, --ask and --form", "See --help.")
    with opened_for(pair_name, on) as (coach, pair):
        today = coach.today
        name = pair.first_name if side == "me" else f"your {pair.role}"
        if empty:
            made = form(name, today)
            emit(as_json, {"side": side, "form": made}, lambda: made)
            return
        given = None
        if file is not None:
            given = _from_file(side, today, file)
        elif answers is not None:
            given = read_answers(side, today, answers)
        elif ask:
            given = _asked(side, today, name)
        if given is not None:
            coach.planning.keep_check(pair, given)
        found = coach.check(pair)
    document = _document(pair, found)
    emit(as_json, document, lambda: _text(pair, found, document))


def _from_file(side: Any, today: date, file: Path) -> Answers:
    from coach.planning.check import read_form

    return read_form(side, today, read_text("Check", file))


def _asked(side: Any, today: date, name: str) -> Answers:
    from coach.planning.check import checked, statements

    if not sys.stdin.isatty():
        raise UsageError("Check", "--ask needs a terminal", "Use --answers or --file.")
    given = {
        one.id: click.prompt(
            one.text.replace("{name}", name), type=click.IntRange(1, 5), err=True
        )
        for one in statements()
    }  # fmt: skip
    return checked(side, today, given)


def _document(pair: Pair, found: CheckStanding) -> dict[str, Any]:
    from coach.planning.check import statements

    advice = found.advice
    return {
        "statements": [
            {"id": one.id, "area": one.area, "text": one.text.replace("{name}", pair.first_name)}
            for one in statements()
        ],
        "trend": [one.as_json() for one in found.trend],
        "change": dict(advice.change),
        "invest": {
            "area": advice.area or None, "lines": list(advice.lines), "cards": list(advice.cards),
            "moves": [move for move, _ in found.moves],
        },
        "ending": advice.ending,
    }  # fmt: skip


def _text(pair: Pair, found: CheckStanding, document: dict[str, Any]) -> str:
    if not found.trend:
        return (
            "Nothing is answered yet. `coach check PAIR --ask` asks you here;"
            " `--form --side them` prints a form for the other side."
        )
    who = {"me": "you", "them": pair.first_name}
    lines = [
        f"{one['on']}  {who[one['side']]:12} "
        + "  ".join(f"{area} {value:g}" for area, value in one["areas"].items())
        for one in document["trend"]
    ]
    lines += ["", *found.advice.lines]
    lines += [f"- {move} [{card}]" for move, card in found.moves]
    if found.advice.ending:
        lines.append("Words for it: `coach script PAIR ending-well`.")
    return "\n".join(lines)
