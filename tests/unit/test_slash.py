"""Slash commands: what they stand for, and that nothing one writes is lost in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.agreement.scripts import KINDS
from coach.conversation.skills.script_kinds import script_kind
from coach.tui.slash import COMMANDS, Goto, Said, Wrong, completed, completions, listing, read

WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="/"), min_size=1)


@given(st.text())
def test_what_has_no_slash_in_front_is_said(text: str) -> None:
    meant = read(text)
    if not text.strip().startswith("/"):
        assert meant == Said(text.strip())
    assert isinstance(meant, Said | Goto | Wrong)


@given(WORDS)
def test_two_slashes_say_it_as_it_is(text: str) -> None:
    assert read(f"//{text}") == Said(f"/{text}")


@given(st.sampled_from([one for one in COMMANDS if one.full and one.follows]), WORDS)
def test_what_follows_a_request_is_in_what_is_said(command: object, rest: str) -> None:
    meant = read(f"/{command.name}  {rest} ")  # type: ignore[attr-defined]
    assert isinstance(meant, Said)
    if rest.casefold() not in KINDS:
        assert rest in meant.text


@given(st.sampled_from([one.name for one in COMMANDS if not one.full]), st.text())
def test_a_page_gets_what_followed(name: str, rest: str) -> None:
    assert read(f"/{name} {rest}") == Goto(name, rest.strip())
    assert read(f"/{name.upper()}") == Goto(name)


@pytest.mark.parametrize("name", ["ask", "remember", "forget"])
def test_a_command_that_needs_more_says_so(name: str) -> None:
    meant = read(f"/{name}")
    assert isinstance(meant, Wrong)
    assert name in meant.why


def test_an_unknown_command_names_the_nearest() -> None:
    assert read("/pre") == Wrong(
        "There is no command /pre. Did you mean /prep? Two slashes say it as it is."
    )
    assert "/help lists them" in str(read("/etc/hosts is where"))


@pytest.mark.parametrize("kind", KINDS)
def test_each_script_is_asked_for_by_its_name(kind: str) -> None:
    meant = read(f"/script {kind}")
    assert isinstance(meant, Said)
    assert script_kind(meant.text) == kind


@given(st.text())
def test_completions_begin_as_what_is_written(text: str) -> None:
    for one in completions(text):
        assert f"/{one.name}".startswith(text.casefold())
        assert isinstance(read(completed(one)), Said | Goto | Wrong)


def test_completion_ends_where_the_name_does() -> None:
    assert [one.name for one in completions("/p")] == ["prep", "pair"]
    assert len(completions("/")) == len(COMMANDS)
    assert not completions("/pair ")
    assert not completions("p")
    assert len(listing().splitlines()) == len(COMMANDS)
