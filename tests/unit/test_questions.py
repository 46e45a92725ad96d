"""Questions to ask: what they rest on, what they leave out, how they climb."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.conversation.questioning.asking import About, Occasion, Suggestion
from coach.conversation.questioning.choosing import LADDER, choose, closed_subject
from coach.conversation.questioning.marks import mark
from coach.conversation.questioning.material import concern, material
from coach.conversation.questioning.patterns import FORMS, patterns
from coach.conversation.questioning.reading import read_question
from coach.conversation.skills.questions import asked_in, reply
from coach.conversation.suggesting import depth_in, lately, subject_of
from coach.conversation.wording import Voice
from coach.library.cards import load_deck
from coach.memory.items import Item, Person
from coach.planning.stage import stage_of

DECK = load_deck()
ROSA = Person("Rosa Diaz", "mentee", "she")
HENRIK = Person("Henrik Vo", "mentor", "he")
ON = date(2026, 5, 12)
MET = [date(2026, 4, 1), date(2026, 5, 1)]


def item(key: int, kind: str, text: str, **fields: object) -> Item:
    given_ = {
        "about": "them",
        "owner": None,
        "quote": text,
        "when": None,
        "until": None,
        "status": "open",
        "private": False,
        "session": 1,
        "said_on": date(2026, 5, 1),
        **fields,
    }
    return Item(id=key, kind=kind, text=text, **given_)  # type: ignore[arg-type]


MEMORY = [
    item(1, "event", "Rosa defends her thesis", when=date(2026, 5, 8)),
    item(2, "goal", "Rosa wants to publish two papers"),
    item(3, "struggle", "Rosa is nervous about the drug calculations station"),
    item(4, "commitment", "Rosa will send you her slides", owner="them"),
    item(5, "event", "Job interview at the museum", when=date(2026, 5, 20)),
    item(6, "win", "Rosa got the travel grant"),
]


def asked(memory: list[Item], count: int = 5, **fields: object) -> list[Suggestion]:
    depth = fields.pop("depth", None)
    occasion = Occasion("mentor", ROSA, ON, memory, MET, seed="rosa")
    return choose(replace(occasion, **fields), DECK, count, depth)  # type: ignore[arg-type]


def test_they_rest_on_memory_and_say_why_with_date_quote_and_card() -> None:
    found = asked(MEMORY)
    assert len(found) == 5
    assert sum(not one.items for one in found) <= 1
    for one in found:
        assert one.cards
        assert set(one.as_json()) == {"question", "depth", "why", "cards", "items"}
        if one.items:
            lead = next(i for i in MEMORY if i.id == one.items[0])
            assert "on 1 May" in one.why
            assert lead.quote in one.why
        else:
            assert DECK.get(one.cards[0]).title in one.why


def test_tense_follows_the_day() -> None:
    before = " ".join(q.question for q in asked(MEMORY[:1], on=date(2026, 5, 3), count=6))
    after = " ".join(q.question for q in asked(MEMORY[:1], on=date(2026, 5, 9), count=6))
    assert "How did defending your thesis go" not in before
    assert "defending your thesis" in before
    assert "defending your thesis" in after
    assert any(past in after for past in ("did", "was"))


@given(
    st.integers(1, 20),
    st.sampled_from([None, "opening", "exploring", "deeper", "closing"]),
    st.sets(st.integers(0, 5)),
    st.text(max_size=3),
    st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_a_ladder_of_different_open_questions(
    count: int, depth: str | None, kept: set[int], seed: str, mentor: bool
) -> None:
    occasion = Occasion(
        "mentor" if mentor else "mentee",
        ROSA if mentor else HENRIK,
        ON,
        [MEMORY[n] for n in sorted(kept)],
        MET,
        seed=seed,
    )
    found = choose(occasion, DECK, count, depth)  # type: ignore[arg-type]
    assert 1 <= len(found) <= count
    assert len({q.question for q in found}) == len(found)
    steps = [LADDER.index(q.depth) for q in found]
    assert steps == sorted(steps)
    assert depth is None or {q.depth for q in found} == {depth}
    for one in found:
        assert read_question(one.question).kind == "open", one.question
        assert "{" not in one.question
        assert one.question.endswith("?")
        assert set(one.cards) <= set(DECK.cards)
    assert found == choose(occasion, DECK, count, depth)  # type: ignore[arg-type]


def test_five_questions_go_from_opening_to_deeper() -> None:
    assert {q.depth for q in asked(MEMORY)} == {"opening", "exploring", "deeper"}


SLOTS = {
    "np": ["your interview", "the steering group", "our site visit", "your trip to Lisbon"],
    "vp": ["send me the slides", "talk to the ward manager", "look over your draft"],
    "ing": ["passing the exam", "moving into teaching", "setting up your own practice"],
    "aim": ["a permanent post", "the team lead job", "more time for research"],
    "topic": ["the drug calculations station", "the row with your co-founder", "your workload"],
    "hard": ["saying no to extra work", "delegating", "speaking to the press"],
    "fear": ["looking ignorant", "leaving your parents"],
    "clause": [
        "you can't say no to extra shifts",
        "I have hardly slept",
        "you are behind with the budget",
    ],
    "matter": ["your father is ill", "the bank has said yes", "my paper was accepted"],
    "when": ["on Friday", "in June", "from 3 to 9 May"],
    "by": ["by Friday"],
    "said": ["last Tuesday", "on 3 May", "two weeks ago"],
    "said_day": ["3 May"],
    "is": ["is"],
    "was": ["was"],
    "has": ["has"],
}
SLOTS |= {
    "Np": [f"{one[0].upper()}{one[1:]}" for one in SLOTS["np"]],
    "Clause": [f"{one[0].upper()}{one[1:]}" for one in SLOTS["clause"]],
}
ASKS = [ask for pattern in patterns().threads for ask in pattern.asks]
GENERAL = [ask for p in (*patterns().stages, *patterns().ending) for ask in p.asks]


@given(st.sampled_from(ASKS), st.randoms(use_true_random=False))
@settings(max_examples=250)
def test_every_pattern_filled_with_any_item_is_open_and_single(ask: str, random: object) -> None:
    slots = {name: random.choice(values) for name, values in SLOTS.items()}  # type: ignore[attr-defined]
    question = ask.format_map(slots)
    question = f"{question[:1].upper()}{question[1:]}"
    assert read_question(question).kind == "open", question
    assert question.count("?") == 1


@pytest.mark.parametrize("ask", GENERAL)
def test_every_general_question_is_open_and_single(ask: str) -> None:
    assert read_question(ask).kind == "open"


def test_the_patterns_name_cards_forms_and_card_questions_that_there_are() -> None:
    found = patterns()
    named = {card for p in (*found.threads, *found.stages, *found.ending) for card in p.cards}
    assert named <= set(DECK.cards)
    assert {p.form for p in found.threads} == set(FORMS)
    own = {q.text for card in DECK.cards.values() for q in card.questions}
    use = found.cards
    assert {*use.thread, *use.only_about, *use.to_mentee, *use.later, *use.ending} <= own
    assert {text for text in own if "{thread}" in text} <= set(use.thread)


# -- what is left out -------------------------------------------------------


def test_what_is_settled_is_not_asked_about() -> None:
    for status in ("done", "dropped", "superseded"):
        memory = [replace(MEMORY[0], status=status), *MEMORY[1:]]
        assert not any(1 in q.items for q in asked(memory, 12))


def test_a_boundary_keeps_its_topic_out_of_every_question() -> None:
    memory = [
        *MEMORY,
        item(7, "boundary", "The museum is off the table"),
    ]
    assert not any("museum" in q.question for q in asked(memory, 20))
    about = About("the museum interview", ("six/set-limits",), (5,))
    assert asked(memory, about=about) == []
    assert closed_subject(Occasion("mentor", ROSA, ON, memory, MET, about=about))


def test_what_limits_forbid_is_not_asked() -> None:
    def forbids(text: str) -> str | None:
        return "not that" if "thesis" in text else None

    found = asked(MEMORY, 20, forbids=forbids)
    assert found
    assert not any("thesis" in q.question for q in found)


def test_what_was_asked_lately_is_not_suggested_again() -> None:
    seen: set[str] = set()
    for _ in range(8):
        marks = frozenset(mark(q, ROSA.name, ON) for q in seen)
        found = {q.question for q in asked(MEMORY, asked=marks)}
        assert not found & seen
        seen |= found
    assert len(seen) >= 30


@given(st.sampled_from(["How did your resit go{}?", "What are you looking forward to{}, Rosa?"]))
def test_a_mark_does_not_change_with_the_day_or_the_name(ask: str) -> None:
    one = mark(ask.format(" on Friday"), "Rosa Diaz", ON)
    assert one == mark(ask.format("").replace(", Rosa", "").upper(), "Rosa Diaz", ON)
    assert one == mark(ask.format(" on 8 May"), "Rosa Diaz", ON + timedelta(days=9))


def test_private_matters_are_asked_with_care_and_at_most_one() -> None:
    memory = [replace(one, private=True) for one in MEMORY] + [MEMORY[1]]
    found = asked(memory, 8)
    private = [q for q in found if "keijzer/discretion" in q.cards and q.items]
    assert len(private) == 1
    assert private[0].question.startswith(("Only as far", "Just between", "This stays"))


@pytest.mark.parametrize(
    ("memory", "answered"),
    [
        (item(1, "goal", "Rosa wants to run the lab"), "get out of our time together"),
        (item(1, "preference", "Rosa prefers texts to calls"), "contacted between meetings"),
        (item(1, "fact", "Rosa plays chess in a club"), "not working"),
        (item(1, "win", "Rosa got the grant"), "proud of"),
    ],
)
def test_what_memory_answers_is_not_asked(memory: Item, answered: str) -> None:
    for seed in "abcdefgh":
        occasion = Occasion("mentor", ROSA, ON, [memory], MET[:1], seed=seed)
        assert not any(answered in q.question for q in choose(occasion, DECK, 20))


# -- a pair without memory, stages, roles -------------------------------------


def test_without_memory_they_fit_the_stage_and_the_role_and_vary() -> None:
    lists = {}
    for role, them in (("mentor", ROSA), ("mentee", HENRIK)):
        for seed in "abcd":
            occasion = Occasion(role, them, ON, seed=seed)  # type: ignore[arg-type]
            lists[role, seed] = {q.question for q in choose(occasion, DECK, 5)}
            assert len(lists[role, seed]) == 5
    assert len({frozenset(one) for one in lists.values()}) == 8
    mentors = set().union(*(found for (role, _), found in lists.items() if role == "mentor"))
    mentees = set().union(*(found for (role, _), found in lists.items() if role == "mentee"))
    assert len(mentors & mentees) < min(len(mentors), len(mentees)) / 2


@pytest.mark.parametrize(
    ("sessions", "memory", "stage"),
    [
        ([], [], "before"),
        ([ON], [], "first"),
        ([ON - timedelta(days=7 * n) for n in range(4)], [], "under-way"),
        ([ON - timedelta(days=7 * n) for n in range(12)], [], "long"),
        ([ON - timedelta(days=30 * n) for n in range(2, 5)], [], "under-way"),
        ([ON - timedelta(days=90), ON - timedelta(days=97)], [], "gap"),
        (
            [ON - timedelta(days=7 * n) for n in range(4)],
            [item(1, "event", "Our last session is on 2 June", when=date(2026, 6, 2))],
            "ending",
        ),
        (
            [ON - timedelta(days=7 * n) for n in range(4)],
            [item(1, "event", "The programme ends in June", when=date(2026, 6, 1))],
            "ending",
        ),
    ],
)
def test_stages(sessions: list[date], memory: list[Item], stage: str) -> None:
    assert stage_of(sessions, memory, ON) == stage


def test_a_mentees_questions_to_a_mentor_ask_for_what_they_know() -> None:
    memory = [
        item(1, "goal", "You want to become a team lead", about="me"),
        item(2, "event", "Promotion interview", about="me", when=date(2026, 5, 20)),
    ]
    found = choose(Occasion("mentee", HENRIK, ON, memory, MET, seed="h"), DECK, 5)
    mine = [q.question for q in found if q.items]
    assert len(mine) >= 4
    assert not any("matter to you" in one or "your promotion" in one for one in mine)
    assert any("becoming a team lead" in one for one in mine)


# -- about, closing ------------------------------------------------------------


def test_about_narrows_to_items_and_cards() -> None:
    about = About("her job interview", ("engage/constructive-feedback",), (5,))
    found = asked(MEMORY, 5, about=about)
    assert {key for q in found for key in q.items} == {5}
    about = About("her teaching load", ("engage/constructive-feedback",), ())
    found = asked(MEMORY, 6, about=about)
    assert any("your teaching load" in q.question for q in found)
    assert {card for q in found for card in q.cards} == {"engage/constructive-feedback"}


def test_the_three_questions_to_end_with_come_first() -> None:
    found = asked(MEMORY, 3, depth="closing")
    assert [q.cards for q in found] == [("six/check-in",)] * 3
    text = " ".join(q.question for q in found)
    assert "useful" in text
    assert "next step" in text
    assert "next time" in text
    marks = frozenset(mark(q.question, ROSA.name, ON) for q in found)
    again = asked(MEMORY, 3, depth="closing", asked=marks)
    assert len(again) == 3
    assert not {q.question for q in again} & {q.question for q in found}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "you are nervous about the drug calculations station",
            ("topic", "the drug calculations station"),
        ),
        ("you find it hard to say no", ("hard", "saying no")),
        ("you keep putting off the quarterly report", ("topic", "the quarterly report")),
        ("you dread speaking to the press", ("hard", "speaking to the press")),
        ("you are afraid of looking silly", ("fear", "looking silly")),
        (
            "you had a row with your boss about the rota",
            ("topic", "the row with your boss about the rota"),
        ),
        ("you are worried about it", None),
        ("you slept well", None),
    ],
)
def test_what_a_difficulty_is_about(clause: str, expected: tuple[str, str] | None) -> None:
    assert concern(clause) == expected


def test_material_speaks_to_the_other_person() -> None:
    slots = material(MEMORY[0], ROSA, "she", ON).slots
    assert slots["ing"] == "defending your thesis"
    slots = material(item(1, "event", "Rosa has an interview at the museum"), ROSA, "she", ON).slots
    assert slots["np"] == "your interview at the museum"
    slots = material(item(1, "event", "Rosa is giving her first talk"), ROSA, "she", ON).slots
    assert "giving" not in slots.get("np", "")


# -- in the chat ----------------------------------------------------------------


def test_a_reply_lists_them_with_their_cards() -> None:
    voice = Voice(name="Rosa")
    found = asked(MEMORY)
    text, citations = reply(found, voice)
    for question in found:
        assert f"- *{question.depth}*: {question.question} [{question.cards[0]}]" in text
    assert set(citations) == {q.cards[0] for q in found}
    assert "{" not in text
    shown = frozenset(voice.taken)
    assert {q.question for q in asked(MEMORY, shown=shown)} != {q.question for q in found}


def test_no_question_left_is_said() -> None:
    text, citations = reply([], Voice(name="Rosa"))
    assert text
    assert citations == ()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I asked the second one", ["b?"]),
        ("I asked her the first and the third", ["a?", "c?"]),
        ("I've asked all of them", ["a?", "b?", "c?"]),
        ("I asked number 2", ["b?"]),
        ("I used the last one", ["c?"]),
        ("I asked him: What did you make of it?", ["What did you make of it?"]),
        ("I asked her about her thesis", []),
        ("ask the second one", []),
        ("I asked the fifth one", []),
        ("I asked her the second one, she laughed", ["b?"]),
        ("I asked him the first and he went quiet", ["a?"]),
    ],
)
def test_hearing_which_were_asked(message: str, expected: list[str]) -> None:
    assert asked_in(message, ["a?", "b?", "c?"]) == expected


def test_what_a_request_is_about_and_how_deep() -> None:
    assert subject_of("give me five questions about her thesis defence") == "her thesis defence"
    assert subject_of("the thesis") == "the thesis"
    assert depth_in("some deeper questions about the end of her contract") == "deeper"
    assert depth_in("what should I ask at the end?") == "closing"
    assert depth_in("a question to open with") == "opening"
    assert depth_in("questions about her goals") is None


def test_lately_is_since_the_last_session_but_one() -> None:
    assert lately([]) is None
    assert lately(MET[:1]) is None
    assert lately([*MET, ON]) == MET[1]
