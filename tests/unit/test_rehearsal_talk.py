"""The counterpart, rewinding, copies and nonsense, wordings and comparisons, without a model."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory.items import Item, Person
from coach.rehearsal.background import Background, background
from coach.rehearsal.feedback import Listening, Try, compared, feedback, hint
from coach.rehearsal.hearing import Ear, Sentence, asked_with
from coach.rehearsal.likeness import by_words, copied, nonsense
from coach.rehearsal.loading import scenario, scenarios
from coach.rehearsal.reading import Utterance
from coach.rehearsal.rewording import better, without_advice, without_hedges
from coach.rehearsal.scoring import score
from coach.rehearsal.state import FEELINGS, State, condition
from coach.rehearsal.swapping import model_reply
from coach.rehearsal.talk import Talk, begin, replay, rewind, say
from tests.fakes import FakeReader

EAR = Ear(FakeReader(), by_words)
IDS = [one.id for one in scenarios()]
TURNS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Hello, how are you?", "Could we meet every month?", "You never have time for me.",
                "I'm sorry, that was my mistake.", "What makes it hard?", "zxcv qwrt pqrs", "",
                "So you feel left out.", "You should just talk to him.", "Thank you, see you soon.",
                "I get stuck between our meetings.", "Okay, never mind then.", "?!",
            ]
        ),
        st.text(max_size=60),
    ),
    max_size=25,
)  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(FEELINGS), st.floats(-2, 2))),
    st.floats(0, 3),
    st.floats(0, 3),
)
def test_feelings_stay_between_0_and_1(
    steps: list[tuple[str, float]], ups: float, downs: float
) -> None:
    state = State()
    for feeling, step in steps:
        state = state.moved({feeling: step}, ups=ups, downs=downs)
    assert all(0 <= getattr(state, feeling) <= 1 for feeling in FEELINGS)


def test_conditions() -> None:
    one = condition("warmth > 0.6 and hard")
    assert one.holds(State(warmth=0.7), "hard")
    assert not one.holds(State(warmth=0.7), "easy")
    assert not one.holds(State(warmth=0.6), "hard")
    with pytest.raises(ValueError, match="love"):
        condition("love > 0.5")


@given(st.sampled_from(IDS), st.sampled_from(["easy", "plain", "hard"]), TURNS)
def test_whatever_is_said_no_line_comes_twice_and_it_can_be_replayed(
    name: str, level: str, turns: list[str]
) -> None:
    begun = begin(scenario(name), level)  # type: ignore[arg-type]
    talk = replay(begun, turns, EAR)
    said = talk.theirs
    assert len(set(said)) == len(said)
    assert all(text.strip() and "{" not in text for text in said)
    assert replay(begun, turns, EAR) == talk
    found = feedback(talk, lambda _: "")
    assert found == feedback(talk, lambda _: "")
    assert all(
        0 <= one.points <= 3 and one.quote in one.reason + one.quote for one in found.messages
    )
    assert all(
        one.quote in turn.heard.text for one, turn in zip(found.messages, talk.turns, strict=True)
    )
    if talk.turns:
        back = rewind(talk)
        assert back == replay(begun, talk.mine[:-1], EAR)
        assert say(back, talk.mine[-1], EAR) == talk


def test_a_counterpart_without_patience_ends_the_talk() -> None:
    talk = replay(begin(scenario("more-time"), "hard"), ["You should stop this."] * 12, EAR)
    assert talk.ending == "closed"
    assert talk.beat == "over"
    assert say(talk, "Wait, I'm sorry.", EAR) is talk


@pytest.mark.parametrize(
    ("text", "is_nonsense"),
    [
        ("asdkjh qwpoei", True), ("!!! ???", True), ("aaaaaaaa bbbbbbb", True), ("42 17", True),
        ("wibble glorp snarf", True), ("Could we meet?", False), ("Hm.", False), ("No", False),
        ("I met Siobhán in Reykjavík.", False), ("OK then", False), ("Why?", False),
    ],
)  # fmt: skip
def test_nonsense(text: str, is_nonsense: bool) -> None:
    assert nonsense(text) is is_nonsense


def test_copies() -> None:
    source = "I've nine standing meetings a week and I'd abolish six of them, if I could."
    assert copied(source.lower(), [source])
    assert copied("And so: nine standing meetings a week and I'd abolish six of them", [source])
    assert not copied("You have nine meetings a week, that is a lot to carry for anyone.", [source])
    assert not copied("nine standing meetings", [source])


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Why is that?", "why"), ("What makes it hard?", "why"), ("When would suit you?", "when"),
        ("How long did it take?", "when"), ("What do you need?", "what"), ("Is it urgent?", "yes"),
        ("How was it?", "how"), ("Who else knows?", "who"), ("Where shall we sit?", "where"),
    ],
)  # fmt: skip
def test_what_a_question_asks_with(question: str, word: str) -> None:
    assert asked_with(question) == word


def test_better_wordings_keep_the_users_own_words() -> None:
    assert without_advice("You should talk to your manager.") == (
        "What would it take for you to talk to your manager?"
    )
    assert without_advice("Well, you need to say no more often.") == (
        "What would it take for you to say no more often?"
    )
    assert without_advice("The bus is late.") == ""
    assert without_hedges("Sorry, I was wondering if maybe we could meet a bit more often?") == (
        "Could we meet more often?"
    )
    assert without_hedges("I'd maybe like to see you a bit more, sorry to bother you.") == (
        "I'd like to see you more."
    )
    assert without_hedges("Could we meet more often?") == ""
    assert better("Are you fine?", "closed", lambda _: "How are you?") == "How are you?"


def test_listening_after_the_manual() -> None:
    assert [Listening(r, q, 0).level for r, q in ((0, 3), (1, 2), (2, 2), (4, 2), (1, 0))] == [
        "low", "low", "fair", "good", "fair",
    ]  # fmt: skip


def test_tries_are_compared() -> None:
    first = Try("plain", 1.0, ("ask",))
    assert "first try" in compared(first, [])
    told = compared(Try("hard", 2.0, ("ask", "context")), [first])
    assert "After 1 of 3 the last time" in told
    assert "“plain”" in told
    assert "New this time: enough context" in told
    assert "best of 2 tries" in told
    assert "Not this time: a clear ask" in compared(Try("plain", 0.5, ()), [first])


def test_a_hint_goes_with_what_is_missing() -> None:
    begun = begin(scenario("more-time"), "plain")
    assert hint(begun).startswith("Say in one sentence what you would like")
    later = say(begun, "Could we meet every month instead of every two months?", EAR)
    assert hint(later) != hint(begun)


def test_sides_swapped_speak_exemplary_lines_and_run_dry() -> None:
    one = scenario("more-time")
    said: list[str] = []
    while reply := model_reply(one, "Helen", "And why should I?", said, by_words):
        said.append(reply)
    assert len(said) == len(set(said)) == len(one.models)
    assert not any("{name}" in text for text in said)


# -- from memory --------------------------------------------------------------------------------


def item(number: int, text: str, *, kind: str = "event", private: bool = False) -> Item:
    day = date(2026, 3, 2)
    return Item(
        id=number, kind=kind, about="them", owner=None, text=text, quote=text, when=None,  # type: ignore[arg-type]
        until=None, status="open", private=private, session=1, said_on=day,
    )  # fmt: skip


ROSA = Person("Rosa Example", "mentee", "she")
ITEMS = [
    item(1, "Rosa defends her thesis on Friday"),
    item(2, "Rosa starts her cure", private=True),
]


def test_the_counterpart_takes_things_but_nothing_private() -> None:
    found = background(ROSA, ITEMS, lambda _: "", name="Rosa Example")
    assert found.things == ("my thesis",)
    assert background(ROSA, ITEMS, lambda _: "", name="Rosa", private=True).things != found.things


def test_a_limit_of_the_pair_is_kept_by_the_counterpart() -> None:
    known = Background(
        "Rosa Example", (), lambda text: "Boundary: no calls after six." if "call" in text else ""
    )
    begun: Talk = begin(scenario("guarded-mentee"), "plain", known)
    talk = say(begun, "I could call you tonight at nine.", EAR)
    assert "“no calls after six”" in talk.turns[0].reply.text
    assert talk.called == "Rosa"
    assert feedback(talk, lambda _: "").messages[0].points == 0


def test_what_only_another_scenario_practises_gives_no_points() -> None:
    said = "I don't know enough about that to advise you."
    shown = {
        name: [s.name for s in score(say(begin(scenario(name), "plain"), said, EAR), 0).shown]
        for name in ("not-knowing", "more-time")
    }
    assert "honest-limit" in shown["not-knowing"]
    assert "honest-limit" not in shown["more-time"]


def test_to_announce_a_wish_is_worth_less_than_to_say_it() -> None:
    start = begin(scenario("more-time"), "plain")
    asked, announced = (
        score(say(start, said, EAR), 0).shown
        for said in ("I'd like to meet more often.", "I'd like to talk about meeting more often.")
    )
    assert asked
    assert asked[0].strength > max((sign.strength for sign in announced), default=0.0)


def test_a_greeting_is_said_not_to_count() -> None:
    one = score(say(begin(scenario("more-time"), "plain"), "Hello, how are you?", EAR), 0)
    assert not one.counted
    assert "no points" in one.reason


@pytest.mark.parametrize(
    ("said", "cues"),
    [("I'm sorry, that was my fault.", ()), ("Sorry, this is your fault.", ("blame",))],
)
def test_who_takes_the_blame_blames_nobody(said: str, cues: tuple[str, ...]) -> None:
    (read,) = FakeReader().read([Utterance(said)])
    assert Sentence(said, read, {"blame": 0.9, "own": 0.1}).cues == cues
