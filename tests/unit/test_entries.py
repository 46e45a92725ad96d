"""What search looks through: every text of every card once, under a key that follows the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import ContentError
from coach.library.cards import Deck, load_deck
from coach.library.entries import Entry, card_entries, out_of_scope_entries

DECK = load_deck()


def test_every_text_of_every_card_can_be_found_once() -> None:
    entries = card_entries(DECK)
    assert len({entry.key for entry in entries}) == len(entries)
    held = {(entry.owner, entry.text) for entry in entries}
    for card in DECK.cards.values():
        texts = {
            card.title, card.answer, *card.openings, *card.moves, *card.back, *card.pitfalls,
            *card.situations, *card.cues, *(q.text for q in card.questions),
            *(line.text for line in card.say),
        }  # fmt: skip
        assert {text for owner, text in held if owner == card.id} == texts


def test_a_changed_text_changes_its_key_and_no_other() -> None:
    before = {entry.key for entry in card_entries(DECK)}
    card = DECK.get("six/check-in")
    changed = replace(card, answer=card.answer + " And so on.")
    after = {e.key for e in card_entries(Deck({**DECK.cards, card.id: changed}, DECK.sources))}
    assert len(before - after) == len(after - before) == 1


@given(st.lists(st.builds(Entry, st.sampled_from("ab"), st.sampled_from("xy"), st.text()),
                unique=True))  # fmt: skip
def test_different_entries_have_different_keys(entries: list[Entry]) -> None:
    assert len({entry.key for entry in entries}) == len(entries)


def test_the_shipped_examples_of_what_no_card_answers() -> None:
    entries = out_of_scope_entries()
    assert len(entries) >= 30
    assert all(entry.owner == "" and entry.kind and entry.text for entry in entries)
    assert not {e.text for e in entries} & {e.text for e in card_entries(DECK)}


@pytest.mark.parametrize("content", ["", "[[kind]]\nname = 'a'\n", "kind = [3]", "[[kind", "\xff"])
def test_a_broken_list_of_them_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "scope.toml"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(ContentError, match=r"scope\.toml:1"):
        out_of_scope_entries(path)
    path.unlink()
    with pytest.raises(ContentError, match=r"scope\.toml:1"):
        out_of_scope_entries(path)
