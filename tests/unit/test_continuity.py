"""What to come back to: the ranking, its limits, and the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.content import wordings
from coach.memory.continuity import FollowUp, follow_ups, say_date
from coach.memory.continuity.asks import _FORMS
from coach.memory.continuity.reasons import _BY_SITUATION, _MINE
from coach.memory.continuity.say import say_deadline, say_span
from coach.memory.continuity.speech import spoken
from coach.memory.dates import find_dates
from coach.memory.items import Item, Kind, Owner, Person
from coach.paths import content_root

ON = date(2026, 5, 12)  # a Tuesday
ROSA = Person("Rosa Lind", "mentee", "she")
SESSIONS = [date(2026, 3, 10), date(2026, 4, 28)]
LAST = SESSIONS[-1]


def item(kind: Kind, text: str, /, **fields: object) -> Item:
    base = Item(
        id=1, kind=kind, about="them", owner=None, text=text, quote=text, when=None, until=None,
        status="open", private=False, session=2, said_on=LAST,
    )  # fmt: skip
    found = replace(base, **fields)  # type: ignore[arg-type]
    if found.kind == "commitment" and found.owner is None:
        found = replace(found, owner=found.about)  # type: ignore[arg-type]
    return found


def ask(
    *items: Item, on: date = ON, them: Person = ROSA, limit: int = 6, **fields: object
) -> list[FollowUp]:
    return follow_ups(
        [replace(one, id=number) for number, one in enumerate(items, 1)],
        on, me_role="mentor", them=them, limit=limit,
        **({"next_session": None, "sessions": SESSIONS} | fields),  # type: ignore[arg-type]
    )  # fmt: skip


DEFENCE = item("event", "Rosa defends her thesis", when=date(2026, 5, 8))
MINE = item("commitment", "You will send Rosa the reading list", about="me", when=date(2026, 5, 5))
THEIRS = item("commitment", "Rosa will ring the archive", when=date(2026, 5, 5))
STRUGGLE = item("struggle", "Rosa can't say no to her lab head")
WIN = item("win", "Rosa won the poster prize")
COMING = item("event", "Rosa's interview is on 20 May", when=date(2026, 5, 20))
GOAL = item("goal", "Rosa wants to write a grant of her own", owner="them")


def test_the_order_is_what_a_good_mentor_would_do() -> None:
    found = ask(WIN, STRUGGLE, COMING, THEIRS, MINE, DEFENCE, limit=9)
    assert [f.items[0] for f in found] == [6, 5, 4, 3, 2, 1]


def test_an_event_that_has_passed_is_asked_about_with_its_date_and_reason() -> None:
    (found,) = ask(DEFENCE)
    assert "defend your thesis" in found.ask
    assert "last Friday" in found.ask
    assert found.ask.endswith("?")
    assert found.why == "it was on Friday 8 May, 4 days ago; no news since"
    assert found.cards[0] == "fain/create-continuity"
    assert (found.due, found.overdue) == (date(2026, 5, 8), False)


def test_ones_own_debt_is_owned_up_to() -> None:
    (found,) = ask(MINE)
    assert re.search(r"\b(?:I haven't yet|isn't done|did not|slip)\b", found.ask)
    assert "send you the reading list" in found.ask
    assert found.why == "due 7 days ago, on Tuesday 5 May"
    assert found.overdue
    assert "argonne/follow-through" in found.cards


def test_a_promise_told_again_as_open_keeps_its_own_words() -> None:
    first = item("commitment", "You will send Rosa the reading list", about="me", session=1,
                 said_on=SESSIONS[0])  # fmt: skip
    again = item("commitment", "You still owe Rosa the reading list, no excuses", about="me")
    found = ask(first, again)
    assert [one.quote for one in found] == [first.quote]


def test_their_debt_is_asked_about() -> None:
    (found,) = ask(THEIRS)
    assert "you would ring the archive" in found.ask or "going to ring the archive" in found.ask
    assert found.overdue


def test_words_come_from_the_user_to_the_other_person() -> None:
    (found,) = ask(STRUGGLE)
    assert "you can't say no to your lab head" in found.ask
    assert not re.search(r"\b(?:she|her|Rosa)\b", found.ask)


def test_what_has_no_clean_phrase_is_quoted() -> None:
    (found,) = ask(item("struggle", "Third weekend in a row", quote="third weekend in a row (!!)."))
    assert '"third weekend in a row (!!)"' in found.ask


@pytest.mark.parametrize("status", ["done", "dropped", "superseded"])
def test_a_closed_thread_does_not_come_back(status: str) -> None:
    for one in (DEFENCE, MINE, THEIRS, STRUGGLE, WIN, COMING, GOAL):
        assert ask(replace(one, status=status)) == []  # type: ignore[arg-type]


def test_asked_twice_is_enough_and_once_rests() -> None:
    assert ask(replace(STRUGGLE, surfaced=2, surfaced_on=date(2026, 3, 1))) == []
    assert ask(replace(STRUGGLE, surfaced=1, surfaced_on=ON - timedelta(days=9))) == []
    assert ask(replace(STRUGGLE, surfaced=1, surfaced_on=ON - timedelta(days=10)))


def test_a_resting_event_comes_back_once_it_has_passed() -> None:
    rested = replace(DEFENCE, surfaced=1, surfaced_on=date(2026, 5, 7))
    assert ask(rested)
    assert ask(rested, on=date(2026, 5, 8)) == []


@pytest.mark.parametrize(
    "words",
    [
        "Her salary is off the table",
        "She doesn't want to talk about her salary",
        "No questions about salary, please",
        "Salary is not our topic",
        "Rosa would rather not discuss salary or bonus",
    ],
)
def test_a_topic_behind_a_boundary_is_not_proposed(words: str) -> None:
    pay = item("struggle", "Rosa is unhappy with her salary")
    assert ask(pay, item("boundary", words)) == []
    assert ask(pay, item("boundary", words, status="dropped"))


def test_a_boundary_about_how_to_meet_closes_no_topic() -> None:
    boundary = item("boundary", "No phone calls after nights, and never on Sundays")
    assert ask(item("struggle", "Rosa dreads phone calls with clients"), boundary)


def test_boundaries_preferences_and_expectations_are_no_threads() -> None:
    for kind in ("boundary", "preference", "expectation", "fact"):
        assert ask(item(kind, "Rosa likes to walk while talking")) == []  # type: ignore[arg-type]


def test_related_items_make_one_thread() -> None:
    event = item("event", "Rosa's grant interview in Bern", when=date(2026, 5, 20))
    goal = item("plan", "Rosa plans slides for the grant interview in Bern", owner="them")
    (found,) = ask(event, goal)
    assert set(found.items) == {1, 2}


def test_promises_of_both_sides_stay_apart() -> None:
    mine = item("commitment", "You will comment on the grant budget slides", about="me")
    theirs = item("commitment", "Rosa will send the grant budget slides")
    assert [f.items for f in ask(mine, theirs)] == [(1,), (2,)]


def test_news_told_later_answers_an_event() -> None:
    event = item("event", "Rosa's viva is on 20 April", when=date(2026, 4, 20), said_on=SESSIONS[0])
    win = item("win", "Rosa passed the viva")
    assert [f.items for f in ask(event, win)] == [(2,)]


def test_a_struggle_overcome_gives_way_to_the_win() -> None:
    old = item("struggle", "Rosa freezes in budget meetings", said_on=SESSIONS[0])
    win = item("win", "Rosa led the budget meeting")
    assert [f.items for f in ask(old, win)] == [(2,)]


def test_what_is_private_is_marked_and_worded_with_care() -> None:
    (found,) = ask(item("fact", "Rosa and Emil have separated", private=True))
    assert found.private
    assert found.cards[0] == "keijzer/discretion"
    assert found.why.endswith("told in confidence")
    assert any(found.ask.startswith(line) for line in wordings("followups")["private"])


def test_what_lies_in_the_future_is_not_known_yet() -> None:
    assert ask(replace(STRUGGLE, said_on=ON + timedelta(days=1))) == []


def test_the_users_own_event_is_told_not_asked() -> None:
    (found,) = ask(item("event", "Your hearing is on 8 May", about="me", when=date(2026, 5, 8)))
    assert "How did" not in found.ask
    assert "hearing" in found.ask


def test_the_next_session_bounds_what_is_coming_up() -> None:
    near, far = (
        ask(COMING, next_session=date(2026, 5, 26)),
        ask(COMING, next_session=date(2026, 5, 13)),
    )
    assert near[0].score > far[0].score


def test_no_wording_comes_twice() -> None:
    many = [
        item("commitment", f"Rosa will {verb} it", said_on=LAST)
        for verb in ("send", "read", "bring", "write")
    ]
    leads = [re.sub(r"\b(?:send|read|bring|write) it\b", "", f.ask) for f in ask(*many)]
    assert len(set(leads)) == len(leads) == 4


def test_every_card_and_every_heading_exists() -> None:
    cards = {
        p.parent.name + "/" + p.stem
        for p in (content_root() / "knowledge" / "cards").glob("*/*.md")
    }
    named = {c for group in (*_BY_SITUATION.values(), *_MINE.values()) for c in group}
    assert named | {"keijzer/discretion"} <= cards
    headings = wordings("followups")
    for lead, forms in _FORMS.items():
        assert {f"{lead} {form}" for form in (*forms, "quote")} <= set(headings)
        assert f"ask {lead}" in headings
    for situation in _BY_SITUATION:
        if "-" in situation and not situation.startswith("goal"):
            assert {f"{situation} {form}" for form in ("vp", "clause", "quote")} <= set(headings)
            assert f"ask {situation}" in headings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rosa sends you her slides", "you send me your slides"),
        ("You are to look over Rosa's slides", "I am to look over your slides"),
        ("She hasn't slept", "you haven't slept"),
        ("She told you that you worry her", "I worry you"),
        ("I owe her the name", "I owe you the name"),
        ("Her mother is ill", "your mother is ill"),
        ("Rosa was not asked", "you were not asked"),
    ],
)
def test_third_person_becomes_speech(text: str, said: str) -> None:
    assert spoken(text, ROSA, "she") == said


def test_what_is_hers_and_what_is_only_called_so() -> None:
    assert spoken("Rosa wants to finish her first talk", ROSA, "she") == (
        "you want to finish your first talk"
    )
    assert spoken("You will see her next week", ROSA, "she") == "I will see you next week"
    example = Person("Example", "mentee")
    assert spoken("For example, he worries", example, "he") == "For example, you worry"
    assert spoken("You promised Example an example", example, "he") == ("I promised you an example")


def test_somebody_elses_she_is_left_alone() -> None:
    assert spoken("It's Cooper now, she's stopped coming", ROSA, "she") is None
    assert spoken("He forgot it", ROSA, "") is None


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(-200, 200))
def test_a_said_date_is_understood_as_that_date(on: date, days: int) -> None:
    day = on + timedelta(days=days)
    sentence = f"It {'was' if days < 0 else 'will be'} {say_date(day, on)}."
    assert [m.when for m in find_dates(sentence, on)] == [day]


@given(DAYS, st.integers(0, 400))
def test_a_said_deadline_is_understood_as_that_date(on: date, days: int) -> None:
    day = on + timedelta(days=days)
    (mention,) = find_dates(f"Send it {say_deadline(day, on)}.", on)
    assert (mention.when, mention.relation) == (day, "by")


def test_intervals_are_said_as_one_would() -> None:
    assert say_span(date(2026, 6, 1), date(2026, 6, 30), ON) == "in June"
    assert say_span(date(2026, 9, 1), date(2026, 11, 30), ON) == "between September and November"
    assert say_span(date(2026, 5, 16), date(2026, 5, 17), ON) == "this weekend"
    assert say_span(date(2026, 6, 3), date(2026, 6, 9), ON) == "from 3 to 9 June"
    assert say_span(date(2026, 5, 28), date(2026, 6, 1), ON) == "from 28 May to 1 June"


WORDS = [
    "thesis",
    "budget",
    "interview",
    "slides",
    "Bern",
    "grant",
    "archive",
    "poster",
    "mother",
    "salary",
    "Lund",
    "chapter",
]
OWNERS: list[Owner | None] = ["me", "them", "both", None]


@st.composite
def memories(draw: st.DrawFn) -> list[Item]:
    past = st.dates(date(2026, 1, 1), ON)
    found = []
    for number in range(draw(st.integers(0, 12))):
        when = draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)))
        later = draw(st.none() | st.integers(0, 40))
        text = f"Rosa {' '.join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))}"
        one = item(
            draw(st.sampled_from(get_args(Kind))),
            text,
            id=number + 1,
            about=draw(st.sampled_from(["me", "them", "both"])),
            owner=draw(st.sampled_from(OWNERS)),
            when=when,
            until=when + timedelta(days=later) if when and later is not None else None,
            status=draw(st.sampled_from(["open", "open", "open", "done", "dropped"])),
            private=draw(st.booleans()),
            said_on=draw(past),
            surfaced=draw(st.integers(0, 3)),
            surfaced_on=draw(st.none() | past),
        )
        found.append(one)
    return found


def listed(items: Sequence[Item], limit: int = 8) -> list[FollowUp]:
    return follow_ups(
        items, ON, me_role="mentor", them=ROSA, next_session=None, sessions=SESSIONS, limit=limit
    )


@settings(max_examples=60, deadline=None)
@given(memories(), st.randoms())
def test_the_list_is_sound_whatever_is_remembered(items: list[Item], random: object) -> None:
    found = listed(items)
    by_id = {one.id: one for one in items}
    used = [key for follow in found for key in follow.items]
    assert len(used) == len(set(used))
    assert all(by_id[k].status == "open" and by_id[k].surfaced < 2 for k in used)
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    assert all(("{" not in f.ask and f.ask.endswith("?")) or "{" not in f.ask for f in found)
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert listed(shuffled) == found
    assert listed(items, 3) == found[:3]


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["me", "them", "both"]), st.integers(1, 120), st.integers(1, 120),
    st.sampled_from([LAST, SESSIONS[0]]),
)  # fmt: skip
def test_a_debt_presses_more_the_longer_it_is_overdue(
    owner: str, days: int, more: int, said_on: date
) -> None:
    def points(overdue: int) -> float:
        one = item(
            "commitment",
            "the list",
            owner=owner,
            about=owner,
            said_on=said_on,
            when=ON - timedelta(days=overdue),
        )
        return ask(one)[0].score

    assert points(days + more) >= points(days)


@settings(max_examples=40, deadline=None)
@given(memories())
def test_asks_leave_no_slot_and_no_third_person(items: list[Item]) -> None:
    for follow in listed(items):
        assert not re.search(r"[{}]", follow.ask)
        assert follow.why
        assert follow.cards
