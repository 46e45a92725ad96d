"""Scripts: filled in with what is known, blanks for what is not."""

from __future__ import annotations

import re

import pytest

from coach.agreement.scripts import KINDS, script
from coach.errors import UsageError
from coach.library.cards import load_deck

every_script = pytest.mark.parametrize("kind", KINDS)
every_role = pytest.mark.parametrize("role", ["mentor", "mentee"])


@every_script
@every_role
def test_a_script_names_the_person_its_cards_and_what_is_missing(kind: str, role: str) -> None:
    made = script(kind, role, "Amara")
    assert "Amara" in made.markdown
    assert "{" not in made.markdown
    assert made.cards
    assert set(made.cards) <= set(load_deck().cards)
    assert all(f"[{card}]" in made.markdown for card in made.cards)
    assert made.missing
    blanks = re.findall(r"\*\*\[(.+?)\]\*\*", made.markdown)
    assert tuple(dict.fromkeys(blanks)) == made.missing
    assert set(made.as_json()) == {"kind", "markdown", "cards", "missing"}


@every_role
def test_what_is_known_is_filled_in_and_no_longer_missing(role: str) -> None:
    blank = script("expectations", role, "Amara")
    made = script("expectations", role, "Amara", {"frequency": "every second Tuesday"})
    assert "every second Tuesday" in made.markdown
    assert set(blank.missing) - set(made.missing) == {"how often you would like to meet"}


def test_the_two_sides_say_different_things() -> None:
    mentor, mentee = (script("expectations", role, "Amara") for role in ("mentor", "mentee"))
    said = [set(re.findall(r'> "(.+)', one.markdown)) for one in (mentor, mentee)]
    assert said[0]
    assert said[1]
    assert not said[0] & said[1]


def test_a_name_is_never_read_as_a_template() -> None:
    made = script("expectations", "mentor", "{hope} \\1")
    assert "{hope} \\1" in made.markdown
    assert "what you hope to gain from this" in made.missing


def test_an_unknown_kind_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="expectations"):
        script("farewell-party", "mentor", "Amara")
