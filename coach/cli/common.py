"""What commands share: options, output as text or one JSON document, an opened coach."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coach.text import clean

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.models.chat import Payload
    from coach.models.chosen import Use
    from coach.storage.pairs import Pair

# JSON itself escapes only the first 32: not what else is a control or turns the line round.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

pair_argument = click.argument("pair_name", metavar="PAIR")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document as output.")


class DateType(click.ParamType[date]):
    """An ISO 8601 calendar date, such as 2026-05-12."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2026-05-12.", param, ctx)


on_option = click.option("--on", type=DateType(), help='The day that counts as "today".')


@contextmanager
def opened(today: date | None = None, *, warm: bool = False) -> Iterator[Coach]:
    """A coach to work with; with ``warm`` the model and the index are ready too."""
    from coach.bootstrap import open_coach

    coach = open_coach(
        today=today,
        ask_passphrase=_ask_passphrase if _on_terminal() else None,
        ask_leave=_ask_leave if _on_terminal() else None,
    )
    try:
        if warm:
            coach.warm_up(progress)
            if coach.search_state:
                click.echo(f"Note: {coach.search_state}", err=True)
        yield coach
    finally:
        coach.close()


@contextmanager
def opened_for(
    pair_name: str, today: date | None = None, *, warm: bool = False
) -> Iterator[tuple[Coach, Pair]]:
    """What :func:`opened` gives, with the pair called so. Raises :class:`NotFoundError`."""
    with opened(today, warm=warm) as coach:
        yield coach, coach.pair_store.find(pair_name)


def progress(message: str) -> None:
    """Show a step of long work, where someone is watching."""
    if sys.stderr.isatty():
        click.echo(f"{message} ...", err=True)


def writable(text: str) -> str:
    """``text`` with what no UTF-8 output can hold, a lone surrogate, as "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")


def json_line(document: Any) -> str:
    """``document`` as JSON on one line that a terminal takes for text, whatever stands in it."""
    return escaped(json.dumps(document, ensure_ascii=False))


def escaped(text: str) -> str:
    """``text`` with what a terminal would act on as JSON writes it: ``\\u009b``."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def emit(as_json: bool, document: Any, text: Callable[[], str]) -> None:
    """Print ``document`` as JSON, or what ``text`` makes of it."""
    if as_json:
        click.echo(json_line(document))
    else:
        said = text()
        # The first of several lines keeps its margin: it may be a table.
        several = "\n" in said.strip()
        margin = " " * (len(said) - len(said.lstrip(" "))) if several else ""
        click.echo(margin + clean(said, None))


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask_leave(payload: Payload, use: Use) -> bool:
    from coach.cli.model import leave

    return leave(payload, use)


def _ask_passphrase() -> str:
    return str(click.prompt("Passphrase", hide_input=True, err=True))
