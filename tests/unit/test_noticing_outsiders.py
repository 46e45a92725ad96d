"""What people outside the pair do, what is still to be done, and what "do that" stands for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.noting import drafts_of


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Oduya is retiring in June.",
        "Coffee in the sun. Marek is moving to Warsaw on 1 June.",
        "Dunmore retires in June, somebody will organise a dinner.",
        "Dr Holt presents to the audit committee on 30 March.",
    ],
)
def test_what_outsiders_do_for_themselves_is_no_thread(text: str) -> None:
    assert [d for d in drafts_of(text) if d.kind != "win"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mrs Oduya will observe her on 12 March.", "event"),
        ("Anna presents to the audit committee on 30 March.", "event"),
        ("The audit is on 30 March.", "event"),
        ("Her father's operation is on 30 March.", "event"),
    ],
)
def test_what_touches_the_pair_is_kept(text: str, kind: str) -> None:
    (draft,) = drafts_of(text)
    assert draft.kind == kind


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("I still haven't sent her the examples.", "me"),
        ("I have yet to introduce her to Priya.", "me"),
        ("Anna still hasn't sent me the draft.", "them"),
        ("She has not written the summary yet.", "them"),
    ],
)
def test_what_is_still_to_be_done_is_owed(text: str, owner: str) -> None:
    (draft,) = drafts_of(text)
    assert (draft.kind, draft.owner, draft.when) == ("commitment", owner, None)


@pytest.mark.parametrize(
    "text", ["I haven't slept.", "She still hasn't a clue about budgets.", "She has sent it to me."]
)
def test_what_is_not_done_is_not_always_owed(text: str) -> None:
    assert "commitment" not in [d.kind for d in drafts_of(text)]


def test_do_that_is_told_in_full() -> None:
    text = "We talked about preparing three questions. She'll do that before Friday."
    draft = drafts_of(text)[-1]
    assert draft.text == "Anna will prepare three questions before Friday"
    assert draft.quote == "She'll do that before Friday."


def test_do_that_stays_where_nothing_says_what() -> None:
    draft = drafts_of("The weather was kind. She'll do that before Friday.")[-1]
    assert "do that" in draft.text


def test_two_deeds_that_are_each_promised_are_two() -> None:
    found = drafts_of("I promised to send her two examples and to introduce her to Priya.")
    assert [d.quote for d in found] == [
        "I promised to send her two examples",
        "introduce her to Priya.",
    ]
    assert {d.owner for d in found} == {"me"}


def test_one_deed_in_two_steps_is_one() -> None:
    assert len(drafts_of("I promised to write the summary and send it to her.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "He is the first one and he said so.",
        "I gave my word to Klaus that he gets the slides by Friday.",
        "I agreed to draft a plan for the two juniors.",
        "We'll write the leaflet between us by Friday.",
        "I rewrite the opening and never reach the results.",
        "There is a mock talk, just her and me, on Friday.",
    ],
)
def test_ordinary_sentences_are_not_told_in_confidence(text: str) -> None:
    assert not any(d.private for d in drafts_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "This stays in the room: she has paid the wages out of her savings.",
        "Between me and this notebook, she has an appointment with the doctor on Friday.",
        "This must not go past Anna: I have a meeting about extra time on 20 March.",
        "She is signed off next week, and only her chair of governors knows of it.",
    ],
)
def test_marks_of_all_sorts_are(text: str) -> None:
    found = drafts_of(text)
    assert found
    assert all(d.private for d in found)


def test_a_whole_last_bit_in_confidence() -> None:
    text = (
        "She is nervous about the audit. Private, this whole last bit. The bank said yes."
        " Her husband hears from the depot on the 12th. She asked me not to be nice about it."
    )
    private = {d.quote for d in drafts_of(text) if d.private}
    assert "Her husband hears from the depot on the 12th." in private
    assert not any("audit" in quote for quote in private)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("She'll read the results if I send them by Friday.", None),
        ("She offered to read it over the weekend if I send it by Friday.", date(2026, 3, 7)),
        ("I'll send her the results by Friday if I can.", date(2026, 3, 6)),
    ],
)
def test_the_day_of_a_condition_is_no_deadline(text: str, day: date | None) -> None:
    (draft,) = drafts_of(text)
    assert (draft.kind, draft.when) == ("commitment", day)
