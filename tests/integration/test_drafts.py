"""Unsent texts in the database: kept, replaced, cleared, and gone with what is forgotten."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from memory_fixtures import opened

from coach.bootstrap import Coach
from coach.memory.items import Draft, Noticed
from coach.storage.drafts import DraftStore
from coach.storage.pairs import PairStore

SAID = "Her divorce is hard."


def test_the_last_text_is_read_back_and_a_blank_one_clears(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        store = DraftStore(database)
        rosa = PairStore(database).add("Rosa Lind", "mentor")
        texts = st.text(st.characters(codec="utf-8"), max_size=200)

        @given(st.sampled_from([None, rosa.id]), st.sampled_from(["message", "note"]), texts, texts)
        def check(pair: int | None, place: str, first: str, second: str) -> None:
            other = "note-day"
            store.keep(pair, other, "2026-05-04")
            store.keep(pair, place, first)  # type: ignore[arg-type]
            store.keep(pair, place, second)  # type: ignore[arg-type]
            assert store.read(pair, place) == (second if second.strip() else "")  # type: ignore[arg-type]
            assert store.read(pair, other) == "2026-05-04"

        check()


def test_another_process_reads_it_and_the_file_does_not_tell_it(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        DraftStore(database).keep(None, "message", "a canary called qzx")
        with opened(tmp_path) as other:
            assert DraftStore(other).read(None, "message") == "a canary called qzx"
        for path in tmp_path.rglob("*"):
            assert not path.is_file() or b"canary" not in path.read_bytes()


def test_drafts_go_with_their_pair(coach: Coach) -> None:
    rosa, li = coach.add_pair("Rosa Lind", "mentor"), coach.add_pair("Li Wei", "mentor")
    for pair in (rosa, li, None):
        coach.keep_draft(pair, "message", "not sent")
    coach.pair_store.delete(rosa)
    assert [coach.draft(pair, "message") for pair in (rosa, li, None)] == [
        "", "not sent", "not sent",
    ]  # fmt: skip


def test_forgetting_takes_the_sentence_out_of_a_draft(coach: Coach) -> None:
    rosa = coach.add_pair("Rosa Lind", "mentor")
    draft = Draft("fact", "them", None, "Rosa is getting divorced", SAID, 0, len(SAID))
    logged = coach.memory.store.add_session(rosa, coach.today, SAID, Noticed((draft,)))
    coach.keep_draft(rosa, "note", f"We met. {SAID} She was tired.")
    coach.forget_items(rosa, [logged.items[0].id])
    assert "divorce" not in coach.draft(rosa, "note")
    assert "She was tired." in coach.draft(rosa, "note")


def test_forgetting_takes_along_what_was_being_made_of_the_item(coach: Coach) -> None:
    rosa = coach.add_pair("Rosa Lind", "mentor")
    draft = Draft("fact", "them", None, "Rosa is getting divorced", SAID, 0, len(SAID))
    logged = coach.memory.store.add_session(rosa, coach.today, SAID, Noticed((draft,)))
    item = logged.items[0].id
    coach.keep_draft(rosa, f"item:{item}.0", "She parts from him")
    coach.keep_draft(rosa, f"item:{item}1.0", "Another item")
    coach.keep_draft(rosa, "message", "not of a dialog")
    assert set(coach.dialog_drafts(rosa)) == {f"item:{item}.0", f"item:{item}1.0"}
    coach.forget_items(rosa, [item])
    assert coach.dialog_drafts(rosa) == {f"item:{item}1.0": "Another item"}
