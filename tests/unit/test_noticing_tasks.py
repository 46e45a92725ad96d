"""Several tasks in one breath, records in the third person, dictated notes, and moved days."""

from __future__ import annotations

from datetime import date

import pytest

from coach.memory.items import Draft, Person
from coach.memory.noticing import notice

ON = date(2026, 3, 4)  # a Wednesday
MAYA = Person("Maya Ruiz", "mentee", "she")


def read(text: str) -> tuple[Draft, ...]:
    return notice(text, on=ON, them=MAYA, my_role="mentor").drafts


def owed(text: str) -> list[tuple[str | None, str, str | None]]:
    """Owner, quote and day of each promise."""
    return [
        (d.owner, d.quote, d.when.isoformat() if d.when else None)
        for d in read(text)
        if d.kind == "commitment"
    ]


def test_a_list_of_three_tasks_is_three_promises_each_with_its_own_day() -> None:
    assert owed(
        "She will ask her boss for leave, write the plan by 20 March, and call the printer."
    ) == [
        ("them", "She will ask her boss for leave", None),
        ("them", "write the plan by 20 March", "2026-03-20"),
        ("them", "call the printer.", None),
    ]


def test_two_deeds_of_one_task_stay_together() -> None:
    (one,) = owed("She will write out the first ten minutes and send them to me by the 12th.")
    assert one[2] == "2026-03-12"


@pytest.mark.parametrize(
    ("text", "owner", "when"),
    [
        ("The mentee will prepare one point for each meeting.", "them", None),
        ("The mentor will provide the address by 17 March.", "me", "2026-03-17"),
        ("MR: asks the foundation for a form", "them", None),
        ("She means to tell him on Friday.", "them", "2026-03-06"),
    ],
)
def test_who_owes_it_in_records_and_short_hand(text: str, owner: str, when: str | None) -> None:
    assert [(who, day) for who, _, day in owed(text)] == [(owner, when)]


@pytest.mark.parametrize(
    "text",
    ["Board demo moved 6 March -> 12 March", "The demo has been moved from 6 to 12 March."],
)
def test_what_is_moved_falls_on_its_new_day(text: str) -> None:
    assert {d.when for d in read(text) if d.kind == "event"} == {date(2026, 3, 12)}


def test_a_dictated_note_is_heard_in_its_breaths() -> None:
    said = (
        "okay so Maya is just back from leave and the opening of the new ward is on the nineteenth"
        " of March and I said I would send her the rota and she will ring the agency by Friday and"
        " her team is short of two nurses which worries her"
    )
    assert {owner for owner, _, _ in owed(said)} == {"me", "them"}
    assert all(len(quote.split()) < 12 for _, quote, _ in owed(said))
    assert any(d.kind == "event" and d.when == date(2026, 3, 19) for d in read(said))


def test_a_day_in_the_next_breath_belongs_to_the_promise() -> None:
    (one,) = owed("I said I'd print off last year's rates for her. By Friday.")
    assert one[2] == "2026-03-06"
    assert [w for _, _, w in owed("I owe her the slides. She wants them by Friday.")] == [
        "2026-03-06"
    ]
    (it,) = (d for d in read("She asked for the reference. I promised it for 3 April."))
    assert it.text == "You promised the reference for 3 April"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("gotta hand my notice in by fri", "me"),
        ("Maya says bring it to her on the 10th", "me"),
        ("I am to redraw the map. Agreed for 17 April.", "me"),
    ],
)
def test_who_owes_what_is_told_without_saying_so(text: str, owner: str) -> None:
    noticed = notice(text, on=ON, them=Person("Maya Ruiz", "mentor", "she"), my_role="mentee")
    assert [(d.kind, d.owner) for d in noticed.drafts] == [("commitment", owner)]
    assert all(d.when for d in noticed.drafts)


def test_what_a_stranger_has_or_wants_stays_theirs() -> None:
    (lost,) = read("Mum's lost her job.")
    assert lost.text == "Mum's lost her job"
    assert all(
        d.kind not in ("goal", "plan") for d in read("Tom wants me to take the job in Hull.")
    )
    (resits,) = read("Resits on 14 April, on 14 April.")
    assert resits.kind == "event"


def test_an_agreement_on_silence_hides_nothing_by_itself() -> None:
    noticed = read("We keep what we say between the two of us. She has trouble with her boss.")
    assert not any(d.private for d in noticed)
