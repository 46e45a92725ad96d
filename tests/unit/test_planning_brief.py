"""The page before a session: what is on it, from where, and that it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.library.cards import load_deck
from coach.memory.continuity import follow_ups
from coach.memory.items import Item, Person
from coach.planning.brief import Brief, brief, closing_questions
from coach.planning.goal_views import views
from coach.planning.goals import Goal, Milestone
from coach.planning.known import Known, Settle
from coach.planning.page import MOST_LINES, page
from coach.planning.roadmap import Roadmap, grown, slots
from coach.planning.roadmap_views import ENDING, entries, live, sources

DAY = date(2026, 5, 14)
THEM = Person("Ines Silva", "mentee", "she")
CARD = load_deck().get
KINDS = ["event", "struggle", "win", "goal", "plan", "commitment", "expectation", "fact", "topic"]


@dataclass(frozen=True)
class Met:
    number: int
    on: date
    note: str = ""


@dataclass(frozen=True)
class Ask:
    question: str
    why: str = "why"
    cards: tuple[str, ...] = ("fain/ask-good-questions",)
    items: tuple[int, ...] = field(default=())


def item(key: int, kind: str, text: str, **fields: Any) -> Item:
    known = {
        "about": "them", "owner": None, "quote": text, "when": None, "until": None,
        "status": "open", "private": False, "session": 1, "said_on": DAY - timedelta(days=10),
        **fields,
    }  # fmt: skip
    return Item(id=key, kind=kind, text=text, **known)  # type: ignore[arg-type]


def known(items: Sequence[Item] = (), role: str = "mentor", **fields: Any) -> Known:
    met = [Met(n, day) for n, day in enumerate(sorted({i.said_on for i in items}), 1)]
    goals = views(fields.pop("kept", []), items, DAY)
    held = len(met)
    mentee = "them" if role == "mentor" else "me"
    found = sources(goals, items, DAY, held, mentee=mentee)
    roadmap = grown(Roadmap(), found, live(goals, items, held), DAY)
    ahead = entries(
        roadmap, slots([DAY], [m.on for m in met], DAY, 12), goals, items, DAY, [m.on for m in met]
    )
    threads = follow_ups(
        items, DAY, me_role=role, them=THEM, next_session=None,  # type: ignore[arg-type]
        sessions=[m.on for m in met], limit=9,
    )  # fmt: skip
    settle = [Settle(n, n.title(), f"What about {n}?", "six/set-limits") for n in "abc"]
    given_ = {"questions": [Ask(f"What about {n}?") for n in range(8)], **fields}
    return Known(
        role=role, them=THEM, name="Ines", on=DAY, items=items, sessions=met, follow_ups=threads,
        goals=goals, roadmap=ahead, settle=settle, **given_,
    )  # fmt: skip


ITEMS = [
    item(1, "event", "Ines presents the audit", when=DAY - timedelta(days=2)),
    item(2, "struggle", "Ines finds delegation hard"),
    item(3, "commitment", "You promised to send Ines the template", owner="me", about="me",
         when=DAY - timedelta(days=3)),
    item(4, "commitment", "Ines will ring the auditor", owner="them"),
    item(5, "win", "Ines closed the Porto contract", status="open"),
    item(6, "goal", "Ines wants to lead the Lisbon office", when=date(2027, 1, 1)),
    item(7, "struggle", "Ines is thinking of leaving", private=True),
]  # fmt: skip


def made(**fields: Any) -> Brief:
    return brief(known(fields.pop("items", ITEMS), **fields), CARD)


def test_every_section_is_there_and_memory_says_where_it_was_said() -> None:
    found = made()
    assert len(found.stand) == 3
    assert [line.item for line in found.mine] == [3]
    assert (found.mine[0].late, found.mine[0].said) == (3, "session 1, 4 May")
    assert [line.item for line in found.theirs] == [4]
    assert found.celebrate is not None
    assert found.celebrate.quote == "Ines closed the Porto contract"
    assert found.expectation is not None
    assert len(found.questions) == 5
    assert len(found.closing) == 3
    assert sum(one.minutes for one in found.time_plan) == 60
    by_id = {one.id: one for one in ITEMS}
    for line in [*found.stand, *found.followups, *found.mine, *found.theirs, found.celebrate]:
        if line.item is not None:
            assert line.quote == by_id[line.item].quote
            assert line.said == "session 1, 4 May"


def test_the_page_has_the_quotes_the_days_and_marks_what_is_private() -> None:
    text = page(made())
    for one in ITEMS:
        if one.kind not in {"fact", "expectation"}:
            assert f'"{one.quote}"' in text
    private = [line for line in text.splitlines() if ITEMS[6].quote in line or "(private)" in line]
    assert any("(private)" in line for line in private)
    assert "due 11 May, 3 days late" in text


def test_mentor_and_mentee_have_different_pages() -> None:
    mine = [item(one.id, one.kind, one.text, about="me", owner=one.owner) for one in ITEMS]
    mentor, mentee = page(made()), page(brief(known(mine, role="mentee"), CARD))
    assert mentor.splitlines()[0] != mentee.splitlines()[0]
    heads = [
        [line for line in text.splitlines() if line.startswith("**")] for text in (mentor, mentee)
    ]
    assert not set(heads[0]) & set(heads[1]) - {"**Never settled yet**"}


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_without_memory_it_is_the_page_for_a_first_meeting(role: str) -> None:
    found = made(items=[], role=role)
    text = page(found)
    assert found.first
    assert len(found.before) >= 4
    assert len(found.questions) == 5
    assert (found.followups, found.mine, found.theirs, found.celebrate) == ((), (), (), None)
    assert all(one in text for one in found.before)
    assert not made(items=[], role=role, told=True).first


def test_what_a_limit_forbids_is_nowhere_and_its_absence_is_said() -> None:
    def forbids(text: str) -> str | None:
        return "agreed" if "auditor" in text or "7" in text else None

    found = made(forbids=forbids)
    text = page(found)
    assert "auditor" not in text
    assert "What about 7?" not in str(found.as_json()["questions"])
    assert found.theirs == ()
    assert found.left_out >= 2
    assert "Left out, because of a limit you two set" in text


def test_a_boundary_in_memory_keeps_its_subject_off_the_page() -> None:
    off = item(9, "boundary", "Ines: delegation is off the table")
    found = made(items=[*ITEMS, off])
    assert "finds delegation hard" not in page(found)
    assert not any(entry.item == 2 for entry in found.roadmap)


@pytest.mark.parametrize("role", ["mentor", "mentee"])
@pytest.mark.parametrize(("days", "long"), [(20, False), (150, True)])
def test_after_months_the_silence_comes_first(role: str, days: int, *, long: bool) -> None:
    old = [item(1, "struggle", "Ines finds delegation hard", said_on=DAY - timedelta(days=days))]
    text = page(brief(known(old, role=role), CARD))
    assert ("[argonne/never-too-late]" in text.split("**")[0]) == long


def test_there_is_always_something_to_celebrate_with() -> None:
    kept = item(5, "commitment", "Ines will write it up", owner="them", status="done",
                closed_on=DAY - timedelta(days=1))  # fmt: skip
    assert made(items=[kept]).celebrate == made(items=[ITEMS[1], kept]).celebrate
    reached = Goal("g1", "patent", "them", DAY, milestones=(Milestone("search", done_on=DAY),))
    line = made(items=[ITEMS[1]], kept=[reached]).celebrate
    assert line is not None
    assert line.text == "search"
    hint = made(items=[ITEMS[1]]).celebrate
    assert hint is not None
    assert hint.cards == ("engage/encouragement",)
    assert hint.quote == ""


def test_the_unsettled_topic_changes_from_session_to_session() -> None:
    one = made(items=[ITEMS[0]]).expectation
    two = made(items=[ITEMS[0], item(8, "fact", "x", said_on=DAY - timedelta(days=3))]).expectation
    assert one != two
    assert brief(Known("mentor", THEM, "Ines", DAY, items=ITEMS), CARD).expectation is None


def test_the_closing_questions_are_the_cards() -> None:
    asked = closing_questions(CARD("six/check-in"), "Ines")
    assert len(set(asked)) == 3
    assert all(one in {q.text for q in CARD("six/check-in").questions} for one in asked)


def test_the_latest_is_what_weighs_most_told_as_the_whole_sentence() -> None:
    note = "We met late. Her ex wants the kids more and she is sleeping badly over it. She laughed."
    told = [
        item(1, "struggle", "Ines was ill", quote="She was ill in April", importance=0.9),
        item(2, "struggle", "Ines is sleeping badly over it", importance=0.8,
             quote="she is sleeping badly over it"),
        item(3, "event", "One of them rang", importance=0.95),
        item(4, "plan", "Ines wants a dog", importance=0.1),
    ]  # fmt: skip
    met = [Met(1, DAY - timedelta(days=10), note)]
    whole = "Her ex wants the kids more and she is sleeping badly over it."
    assert brief(replace(known(told), sessions=met), CARD).stand[1].quote == whole
    told.append(item(5, "fact", "Her ex wants the kids more", private=True))
    part = brief(replace(known(told), sessions=met), CARD).stand[1].quote
    assert part == "she is sleeping badly over it"


def test_the_page_of_a_last_meeting_is_about_parting() -> None:
    found = brief(replace(known(ITEMS), last=True), CARD)
    assert found.expectation is None
    assert "how you stay in touch" in found.time_plan[-1].part
    assert len(found.closing) == 3
    assert not any("next time" in one for one in found.closing)
    ending = [Settle("ending", "Ending", "How?", "six/check-in")]
    settled = brief(replace(known(ITEMS), last=True, settle=ending), CARD).expectation
    assert settled is not None
    assert settled.text == "Ending"


def test_what_is_slight_or_over_or_the_mentors_own_is_no_topic() -> None:
    told = [
        item(1, "struggle", "Ines cried", importance=0.4),
        item(2, "struggle", "You find it hard to listen", about="me", importance=0.9),
        item(3, "struggle", "Ines finds the skippers intimidating", importance=0.3),
        item(4, "struggle", "Ines is not sure", importance=0.1),
        item(5, "struggle", "Ines froze in the viva again", importance=0.8),
    ]
    found = sources([], told, DAY, 3, mentee="them", ending=True)
    assert [one for one in found if one.startswith("item:")] == ["item:5", "item:3"]
    assert found[-1] == ENDING


many = st.lists(
    st.builds(
        item,
        st.integers(1, 10_000),
        st.sampled_from(KINDS),
        st.text(st.characters(categories=["L", "Zs", "P"]), min_size=3, max_size=300),
        about=st.sampled_from(["me", "them", "both"]),
        owner=st.sampled_from([None, "me", "them", "both"]),
        when=st.none() | st.dates(DAY - timedelta(days=60), DAY + timedelta(days=60)),
        status=st.sampled_from(["open", "done", "dropped"]),
        private=st.booleans(),
        session=st.none() | st.integers(1, 30),
        said_on=st.dates(DAY - timedelta(days=200), DAY),
    ),
    max_size=60,
    unique_by=lambda one: one.id,
)


@settings(max_examples=40)
@given(many, st.sampled_from(["mentor", "mentee"]), st.integers(10, 480))
def test_any_memory_fits_one_page_and_every_promise_is_counted(
    items: list[Item], role: str, minutes: int
) -> None:
    found = brief(known(items, role=role, minutes=minutes), CARD)
    text = page(found)
    assert len(text.rstrip("\n").split("\n")) <= MOST_LINES
    assert found.minutes == minutes
    owed = [one for one in items if one.kind == "commitment" and one.status == "open"]
    if not found.left_out:
        assert len(found.mine) + len(found.theirs) == len(owed)
