"""What is taken up, put in another tone, or asked for in fewer pieces."""

from __future__ import annotations

import pytest

from coach.conversation.dialogue.answers import kept_word, read_answer, returned_to
from coach.conversation.dialogue.grow import options_in
from coach.conversation.dialogue.listening import draws_limit, goes_on, states
from coach.conversation.dialogue.needs import clauses_of, taken_up, takes_other
from coach.conversation.dialogue.reflecting import reflect
from coach.conversation.dialogue.tones import TONE_OF
from coach.conversation.dialogue.variation import options_wanted, tone_wanted, wants_one
from coach.conversation.intents import by_rule
from coach.conversation.relating import shared_words
from coach.text import first_name


@pytest.mark.parametrize(
    ("said", "tone"),
    [
        ("too soft", "firmer"),
        ("no, far too harsh now", "softer"),
        ("hm, that first bit is rather stiff", "simpler"),
        ("simpler, she's not one for speeches", "simpler"),
        ("give it to me in two lines", "shorter"),
        ("a little warmer please", "softer"),
        ("he is too soft with her", None),
        ("my boss is too harsh", None),
        ("I want her to be softer with the team", None),
    ],
)
def test_a_wish_about_the_words_is_told_from_how_somebody_is(said: str, tone: str | None) -> None:
    assert tone_wanted(said) == tone


def test_the_tones_tell_a_reproach_from_a_request() -> None:
    blunt = "You missed two meetings and I expect you to say why."
    kind = "I wonder whether it would help if we looked at the dates together?"
    assert TONE_OF["softer"](kind) > TONE_OF["softer"](blunt)
    assert TONE_OF["firmer"](blunt) > TONE_OF["firmer"](kind)
    assert TONE_OF["shorter"](blunt) > TONE_OF["shorter"](kind)


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("now the rota", "the rota"),
        ("what about my knees", "my knees"),
        ("first the letter", "the letter"),
        ("Ines", "Ines"),
        ("the rota is what keeps me up at night", ""),
    ],
)
def test_a_matter_is_taken_up_by_its_name(said: str, about: str) -> None:
    assert taken_up(said).lower() == about.lower()


def test_one_breath_holds_several_matters() -> None:
    told = "She wants me on the rota, my knees are gone, and I must tell Ines about the move"
    assert len(clauses_of(told)) == 3
    assert returned_to("my knees", clauses_of(told)) == "my knees are gone"
    assert returned_to("her", clauses_of(told)) == ""
    assert takes_other("now the other one")
    assert not takes_other("the other day she rang")


@pytest.mark.parametrize("said", ["yes she did", "he has", "oh I've done it yesterday"])
def test_word_that_it_was_done(said: str) -> None:
    assert kept_word(said)


def test_a_no_or_a_story_is_no_word_that_it_was_done() -> None:
    assert not kept_word("no she didn't")
    assert not kept_word("yes she did and now he is furious")


def test_maybe_is_neither_yes_nor_no() -> None:
    for said in ("maybe", "perhaps a little", "could be", "not really"):
        answer = read_answer(said)
        assert answer is not None
        assert answer.kind == "unsure"


def test_the_ways_that_were_named_can_be_chosen_from() -> None:
    answers = ("a decision", "it is tiring", "I could stay, or leave in May, or ask for half days")
    assert options_in(answers) == ("stay", "leave in May", "ask for half days")
    assert options_in(("a decision", "it is tiring", "I could stay")) == ()


def test_options_and_a_single_question_are_wished_for() -> None:
    assert options_wanted("ok, give me two options") == 2
    assert options_wanted("show me some other ways forward") == 3
    assert options_wanted("she gave me three options") == 0
    assert wants_one("too many, just one")
    assert not wants_one("the second one")


@pytest.mark.parametrize(
    "said",
    [
        "my professor he don't answer me since ten days",
        "this is the third time",
        "it hurt me what she said",
    ],
)
def test_what_would_read_wrong_is_not_given_back(said: str) -> None:
    assert reflect(said) == ""


def test_she_may_be_somebody_else_later_on() -> None:
    assert reflect("she shouted at me in March", "Nadia") == "Nadia shouted at you in March"
    assert reflect("she shouted at me in March", "Nadia", sure=False).startswith("she ")


def test_a_weekday_is_nothing_in_common_and_a_phrase_is() -> None:
    uses = {"think": 30, "leav": 30}
    assert shared_words("she rings me on Sunday", "trial ends on Sunday 4 October", {}) == 0
    assert shared_words("she is thinking of leaving", "thinking of leaving the job", uses) >= 1


def test_who_tells_asks_for_no_page() -> None:
    assert states("Greg didn't turn up again")
    assert not states("what did Greg promise me")
    assert goes_on("that makes three. tell me what to do")


@pytest.mark.parametrize("said", ["how do I tell her", "how would you even say that to Tom?"])
def test_asking_how_to_say_it_asks_for_words(said: str) -> None:
    ruled = by_rule(said.replace("you", "I"))
    assert ruled is not None
    assert ruled.name == "script"


def test_limits_are_read_by_one_list() -> None:
    assert draws_limit("the divorce is off the table")
    assert draws_limit("she asked me not to bring up her brother")
    assert not draws_limit("she brought up her brother")


def test_a_title_is_no_first_name() -> None:
    assert first_name("Sister Bernadette") == "Sister Bernadette"
    assert first_name("Old Tom") == "Old Tom"
