"""``docs/coverage.md`` says truly where each card is at work."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import PurePosixPath

import click
import pytest

from coach.agreement.scripts import KINDS
from coach.cli.main import cli
from coach.conversation.questioning.asking import Occasion
from coach.conversation.questioning.general import from_stage
from coach.library.cards import Deck, load_deck
from coach.memory.items import Person
from tests.conftest import ROOT, SHARED

_ROW = re.compile(r"^\| (?P<card>[a-z]+/[a-z-]+) \| (?P<what>[^|]+) \| (?P<where>[^|]+) \|$")
_LINES = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").splitlines()
ROWS = {found["card"]: found for line in _LINES if (found := _ROW.match(line))}
DAY = date(2026, 5, 4)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return load_deck()


def _named(row: re.Match[str]) -> list[str]:
    return re.findall(r"`([^`]+)`", row["where"])


def _cites(text: str, card: str) -> bool:
    return bool(re.search(rf"(?<![\w/-]){re.escape(card)}(?![\w-])", text))


def test_each_card_has_one_row(deck: Deck) -> None:
    assert sum(bool(_ROW.match(line)) for line in _LINES) == len(ROWS) == 48
    assert set(ROWS) == set(deck.cards)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the map lies beside a full checkout only")
def test_the_ids_are_those_of_the_map() -> None:
    told = tomllib.loads((SHARED / "knowledge-map.toml").read_text(encoding="utf-8"))
    assert list(ROWS) == [card["id"] for card in told["cards"]]


@pytest.mark.parametrize("card", ROWS)
def test_every_file_that_a_row_names_cites_the_card(card: str) -> None:
    files = _named(ROWS[card])
    assert files
    assert len(set(files)) == len(files)
    for name in files:
        assert PurePosixPath(name).parts[0] in {"coach", "knowledge", "prompts"}
        assert _cites((ROOT / name).read_text(encoding="utf-8"), card), name


@pytest.mark.parametrize("card", ROWS)
def test_a_card_that_only_its_own_file_names_is_put_to_a_pair(card: str, deck: Deck) -> None:
    """To be found by a search is not enough: its questions come up at some stage of some pair."""
    if any(not name.startswith("knowledge/cards/") for name in _named(ROWS[card])):
        return
    put = {
        one.cards
        for meetings in range(4)
        for occasion in (
            Occasion("mentor", Person("Rosa Diaz", "mentee"), DAY, sessions=_days(meetings)),
            Occasion("mentee", Person("Rosa Diaz", "mentor"), DAY, sessions=_days(meetings)),
        )
        for one in from_stage(occasion, deck)
    }
    assert (card,) in put


def _days(count: int) -> list[date]:
    return [DAY - timedelta(weeks=2 * n) for n in range(count)]


def test_the_commands_that_it_tells_of_exist_and_every_script_is_there() -> None:
    told = " ".join(row["what"] for row in ROWS.values())
    commands = set(re.findall(r"`coach ([a-z]+)", told))
    assert commands >= {"script", "questions", "followups", "agreement", "prep"}
    assert all(cli.get_command(click.Context(cli), name) for name in commands)
    assert all(kind in told for kind in KINDS)
