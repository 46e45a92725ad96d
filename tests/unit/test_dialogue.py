"""Where a conversation stands, how a problem is given back, and the GROW route."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.dialogue import grow
from coach.conversation.dialogue.answers import Answer
from coach.conversation.dialogue.needs import several
from coach.conversation.dialogue.offering import offer_for, word
from coach.conversation.dialogue.reflecting import reflect
from coach.conversation.dialogue.state import Listed, Offer, Route, State, state_of
from coach.conversation.dialogue.walking import walk
from coach.conversation.events import Reply
from coach.conversation.wording import Voice
from coach.library.cards import load_deck
from coach.paths import content_root
from tests.builders import said

TEXTS = st.text(max_size=30)
OFFERS = st.builds(Offer, st.sampled_from(["script", "keep", "grow"]), TEXTS)
LISTED = st.builds(Listed, st.sampled_from(["item", "need", "question"]), TEXTS, TEXTS)
ROUTES = st.builds(
    Route, st.sampled_from(grow.STAGES), TEXTS, st.lists(TEXTS, max_size=3).map(tuple),
    st.booleans(),
)  # fmt: skip
STATES = st.builds(
    State,
    need=TEXTS,
    card=TEXTS,
    waiting=st.booleans(),
    offers=st.lists(OFFERS, max_size=2).map(tuple),
    listed=st.lists(LISTED, max_size=3).map(tuple),
    route=st.none() | ROUTES,
    earlier=st.lists(TEXTS, max_size=3).map(tuple),
)


@given(STATES)
def test_a_state_survives_being_kept_as_json(state: State) -> None:
    kept = json.loads(json.dumps(state.as_json()))
    assert kept == state.as_json()
    assert State.from_json(kept) == state


def test_the_newest_whole_reply_says_where_the_conversation_stands() -> None:
    first, second = State(need="one"), State(need="two")
    history = [
        said("coach", detail={"state": first.as_json()}),
        said("user"),
        said("coach", detail={"state": second.as_json()}),
        said("user"),
        said("coach", status="interrupted", detail={}),
    ]
    assert state_of(history) == second
    assert state_of([]) == State()


def test_a_new_need_keeps_the_one_before_and_drops_offers() -> None:
    state = State(need="one", offers=(Offer("grow"),), listed=(Listed("item", "1", "x"),))
    turned = state.turned_to("two", "six/roadmap")
    assert (turned.need, turned.card, turned.earlier) == ("two", "six/roadmap", ("one",))
    assert not turned.offers
    assert not turned.listed
    assert turned.turned_to("one").earlier == ("two",)


@pytest.mark.parametrize(
    ("text", "given_back"),
    [
        ("She never prepares and I end up talking.", "Rosa never prepares and you end up talking"),
        ("I was late again and my mentor was cold with me.",
         "you were late again and your mentor was cold with you"),
        ("The problem is that we never have enough time.", "you never have enough time"),
        ("Hi, my mentee hardly says a word.", "Rosa hardly says a word"),
        ("I'm not sure she trusts me.", "you're not sure she trusts you"),
        ("Our meetings don't lead anywhere!", "your meetings don't lead anywhere"),
        ("rosa burst into tears yesterday", "Rosa burst into tears yesterday"),
        ("he hasn't written. how do i remind him", "Rosa hasn't written"),
        ("it doesnt help me, I guess", "it doesn't help you"),
        ("she keeps cancelling and I feel stupid", "Rosa keeps cancelling"),
        ("My mentor he is always on the phone", "Rosa is always on the phone"),
    ],
)  # fmt: skip
def test_a_problem_is_given_back_in_the_users_own_terms(text: str, given_back: str) -> None:
    assert reflect(text, "Rosa") == given_back


@pytest.mark.parametrize(
    "text",
    [
        "How do I get her to talk?",
        "Tell me what to do",
        "questions please",
        "Too late",
        "they are useless",
        "we talk too much I never get a word in",
        "I don't want to",
        "You said she would come",
        'She said "I hate this"',
        "",
        "<script>alert(1)</script> is what she wrote",
    ],
)
def test_what_cannot_be_turned_around_safely_is_not(text: str) -> None:
    assert reflect(text, "Rosa") == ""


@given(st.text(max_size=200))
def test_a_reflection_never_speaks_as_the_user(text: str) -> None:
    given_back = reflect(text, "Rosa")
    assert not re.search(r"\b(?:I|my|me|we|our|us)\b", given_back, re.IGNORECASE) or not given_back


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("She never prepares. Also, I forgot to send her the paper.",
         ("She never prepares.", "I forgot to send her the paper.")),
        ("1. how often should we meet?\n2. what do I do when he is late every time?",
         ("how often should we meet?", "what do I do when he is late every time?")),
        ("She is shy. She also never asks questions.",
         ("She is shy. She also never asks questions.",)),
        ("He is great, and he also helps me.", ("He is great, and he also helps me.",)),
    ],
)  # fmt: skip
def test_several_needs_are_told_apart_by_an_explicit_turn(
    text: str, needs: tuple[str, ...]
) -> None:
    assert several(text) == needs


@given(st.text(max_size=300))
def test_a_message_has_one_to_three_needs_made_of_its_own_words(text: str) -> None:
    needs = several(text)
    assert 1 <= len(needs) <= 3
    if len(needs) > 1:
        assert all(set(need.split()) <= set(text.split()) | set(need.split(" ")) for need in needs)


def test_the_route_goes_through_its_four_stages_and_ends() -> None:
    route: Route | None = grow.begin("she never replies")
    stages = []
    for answer in ("that she answers", "she forgets", "I could call", "I'll call on Friday"):
        assert route is not None
        stages.append(route.stage)
        route = grow.advance(route, answer, unsure=False)
    assert tuple(stages) == grow.STAGES
    assert route is None


def test_who_is_unsure_is_asked_once_more_and_then_led_on() -> None:
    route = grow.begin("x")
    again = grow.advance(route, "no idea", unsure=True)
    assert again is not None
    assert (again.stage, again.asked_again) == ("goal", True)
    on = grow.advance(again, "no idea", unsure=True)
    assert on is not None
    assert (on.stage, on.answers) == ("reality", ("",))


def test_the_place_on_the_route_is_visible() -> None:
    route = Route("options", "x", ("a", "b"))
    text = grow.ask(route, Voice(name="Rosa"))
    assert "3" in text
    assert "**options**" in text
    assert text.rstrip().endswith(("?", "choose.", "too."))


def test_a_summary_has_the_users_words_and_leaves_out_what_was_not_answered() -> None:
    text = grow.summary(("more trust", "", "ask her", "on Friday"), Voice(name="Rosa"))
    assert all(words in text for words in ('"more trust"', '"ask her"', '"on Friday"'))
    assert text.count("\n- ") == 3


def test_offers_belong_to_cards_that_exist_and_each_kind_is_worded() -> None:
    file = content_root() / "knowledge" / "offers.toml"
    offered = tomllib.loads(file.read_text(encoding="utf-8"))["cards"]
    assert offered.keys() <= load_deck().cards.keys()
    for card in offered:
        offer = offer_for(card)
        assert offer is not None
        assert word(offer, Voice(name="Rosa")).endswith("?")


def test_on_the_route_a_plainer_question_is_asked_at_the_same_place() -> None:
    route = grow.begin("he never brings topics")
    asked: list[Route] = []

    def ask(at: Route) -> Reply:
        asked.append(at)
        return Reply("?", "grow", state=State(route=at))

    for answer in (Answer("rephrase"), Answer("rephrase")):
        walk(State(route=route), route, "what do you mean?", answer, ask, Voice(), keeps=True)
    assert {at.stage for at in asked} == {"goal"}
    left = walk(State(route=route), route, "stop", Answer("stop"), ask, Voice(), keeps=True)
    assert left.state.route is None


def test_the_last_answer_on_the_route_is_offered_to_be_kept() -> None:
    route = Route("will", "topic", ("a goal", "a fact", "a way"))

    def ask(_: Route) -> Reply:
        raise AssertionError("the route is at its end")

    reply = walk(State(route=route), route, "I'll call on Friday", None, ask, Voice(), keeps=True)
    assert reply.state.offers == (Offer("keep", "I'll call on Friday"),)
    alone = walk(State(route=route), route, "I'll call on Friday", None, ask, Voice(), keeps=False)
    assert not alone.state.offers


def test_not_every_conversation_opens_alike() -> None:
    first = {Voice(seed=f"message {n}").say("reflection", sheet="dialogue") for n in range(20)}
    assert len(first) > 2
    assert Voice(seed="x").say("heard", sheet="dialogue") == Voice(seed="x").say(
        "heard", sheet="dialogue"
    )
