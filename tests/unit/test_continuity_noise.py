"""Follow-ups when the memory holds more than a careful reader would have kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content import wordings
from coach.memory.continuity import FollowUp, follow_ups, told_once
from coach.memory.continuity.occasions import granted
from coach.memory.continuity.phrases import deed, sound, thing, whole
from coach.memory.continuity.signs import is_forbidden_till, is_opening, is_over, is_until
from coach.memory.continuity.speech import spoken
from coach.memory.items import Item, Kind, Person

ON = date(2026, 5, 12)
ROSA = Person("Rosa Lind", "mentee", "she")
SESSIONS = [date(2026, 3, 10), date(2026, 4, 7), date(2026, 4, 28)]
FIRST, MIDDLE, LAST = SESSIONS


def item(kind: Kind, text: str, /, **fields: object) -> Item:
    base = Item(
        id=1, kind=kind, about="them", owner=None, text=text, quote=text, when=None, until=None,
        status="open", private=False, session=3, said_on=LAST,
    )  # fmt: skip
    found = replace(base, **fields)  # type: ignore[arg-type]
    owes = found.kind == "commitment" and found.owner is None
    return replace(found, owner=found.about) if owes else found


def ask(*items: Item, limit: int = 6) -> list[FollowUp]:
    return follow_ups(
        [replace(one, id=number) for number, one in enumerate(items, 1)],
        ON, me_role="mentor", them=ROSA, next_session=None, sessions=SESSIONS, limit=limit,
    )  # fmt: skip


def order(*items: Item) -> list[int]:
    return [found.items[0] for found in ask(*items, limit=9)]


def test_a_promise_of_the_last_session_comes_before_one_of_an_older_session() -> None:
    old = item("commitment", "Rosa will ring the archive", when=FIRST, said_on=FIRST)
    new = item("commitment", "Rosa will draft the poster", when=LAST + timedelta(days=3))
    assert order(old, new) == [2, 1]


def test_what_a_later_session_came_back_to_presses_less() -> None:
    old = item("commitment", "Rosa will ring the archive in Lund", said_on=MIDDLE)
    other = item("fact", "The archive in Lund is an old mill")
    alone, retold = ask(old)[0].score, ask(old, other)[0].score
    assert retold < alone


def test_an_aim_with_a_day_comes_before_a_wish() -> None:
    wish = item("goal", "Rosa wants to sing more", owner="them")
    aim = item("goal", "Rosa wants to hand the thesis in", owner="them", when=date(2026, 12, 1))
    assert order(wish, aim) == [2, 1]


def test_the_session_itself_is_no_thread() -> None:
    assert ask(item("event", "Good talk today", when=LAST)) == []
    assert ask(item("event", "Her interview is this afternoon", when=LAST))


@pytest.mark.parametrize(
    "words",
    ["The job at the museum I've turned down", "That is settled now", "We are done with the move"],
)
def test_words_that_tell_an_ending_are_no_thread(words: str) -> None:
    assert ask(item("struggle", words)) == []


@pytest.mark.parametrize(
    "words",
    [
        "Rosa was turned down by the bank", "Rosa can no longer sleep",
        "Rosa's flat was cut off from water", "It isn't settled who leads",
    ],
)  # fmt: skip
def test_a_setback_is_no_ending(words: str) -> None:
    assert not is_over(item("struggle", words))


def test_a_journey_is_not_called_off() -> None:
    assert not is_over(item("event", "She is off to Lund on 20 May", when=date(2026, 5, 20)))
    assert is_over(item("event", "The trip on 20 May is off", when=date(2026, 5, 20)))


def test_a_burden_that_is_denied_is_none() -> None:
    assert ask(item("struggle", "Rosa isn't ashamed")) == []


def test_an_offer_waits_for_an_answer() -> None:
    offer = item("win", "A museum offered Rosa a post")
    assert is_opening(offer)
    assert ask(offer)[0].score > ask(item("win", "Rosa won the poster prize"))[0].score
    assert not is_opening(item("win", "The offer of a post is settled"))


def test_a_silence_that_ends_is_no_event() -> None:
    day = date(2026, 5, 20)
    assert is_forbidden_till(item("event", "Nobody is to know before 20 May", when=day))
    assert not is_forbidden_till(item("event", "We won't know until 20 May", when=day))
    assert is_until(item("event", "He is away until 20 May", when=day))
    assert not is_until(item("event", "She has until 20 May to reply", when=day))


def test_what_was_confided_in_one_breath_is_one_thread() -> None:
    parts = [
        item("fact", text, private=True)
        for text in ("Rosa and Emil have separated", "The flat in Lund is his")
    ]
    assert [found.items for found in ask(*parts)] == [(1, 2)]
    assert len(ask(parts[0], replace(parts[1], session=2, said_on=MIDDLE))) == 2


def test_a_boundary_that_names_the_person_closes_not_everything() -> None:
    boundary = item("boundary", "She doesn't want me to talk to her boss about Rosa")
    assert ask(item("struggle", "Rosa can't say no"), boundary)


def test_kinds_are_mixed() -> None:
    troubles = [
        item("struggle", f"Rosa is afraid of {what}")
        for what in ("exams", "editors", "silence", "flying", "cameras", "crowds")
    ]
    goal = item("goal", "Rosa wants to lead a dig", owner="them", when=date(2026, 12, 1))
    coming = item("event", "Rosa's interview is on 20 May", when=date(2026, 5, 20))
    assert {7, 8} <= set(order(*troubles, goal, coming)[:6])


@given(st.integers(0, 40), st.integers(1, 40), st.sampled_from(["me", "them", "both"]))
def test_a_debt_never_presses_less_as_days_pass(days: int, more: int, owner: str) -> None:
    debt = item("commitment", "the list of names", owner=owner, about=owner, when=LAST)

    def points(after: int) -> float:
        return follow_ups(
            [debt], LAST + timedelta(days=1 + after), me_role="mentor", them=ROSA,
            next_session=None, sessions=SESSIONS, limit=1,
        )[0].score  # fmt: skip

    assert points(days + more) >= points(days)


@pytest.mark.parametrize(
    "clause",
    [
        "you will have ready for me", "I shall do", "you will prepare until next meeting",
        "I must let your have that page", "I would love you on the panel",
    ],
)  # fmt: skip
def test_no_deed_is_made_of_what_has_no_object(clause: str) -> None:
    assert deed(clause) is None


@pytest.mark.parametrize(
    "clause",
    [
        "the first council meeting is, and your chair speaks", "you have, to reply",
        "you: close the round", "I will make with your one trial", "you are at the sea bc of it",
    ],
)  # fmt: skip
def test_no_clause_is_said_with_a_hole_in_it(clause: str) -> None:
    assert whole(clause) is None


@pytest.mark.parametrize("phrase", ["send me the slides", "your mother is ill", "we both go"])
def test_a_clean_phrase_is_sound(phrase: str) -> None:
    assert sound(phrase)


def test_a_label_is_no_name() -> None:
    named = thing("New situation: in summer you take over the shop")
    assert named is None or not named.alone


def test_whose_loss_it_is_stays_open() -> None:
    assert spoken("Her old man has lost her ring", ROSA, "she") is None
    assert spoken("Rosa and you will both go", ROSA, "she") == "you and I will both go"


def test_a_broken_sentence_is_quoted() -> None:
    (found,) = ask(
        item("commitment", "Rosa will have ready for you", quote="she'll have ready for me by May")
    )
    assert '"you will have ready for me by May"' in found.ask
    assert found.quote == "she'll have ready for me by May"


def test_a_success_that_lies_ahead_is_coming_up() -> None:
    invited = item("win", "Rosa is to speak in Bern on 20 May", when=date(2026, 5, 20))
    (found,) = ask(invited)
    assert found.why.startswith("coming up")


def test_a_burden_told_in_one_word_is_no_scrap() -> None:
    short, scrap = item("struggle", "She's not sleeping"), item("struggle", "The bus was cold")
    assert order(scrap, short) == [2, 1]


def test_what_was_told_again_as_open_is_as_fresh_as_that_word_of_it() -> None:
    early = item("commitment", "Rosa will ring the broker about cover", session=1, said_on=FIRST)
    kept = item("struggle", "The cover: she still hasn't rung the broker", session=3)
    assert not ask(early)
    assert any(1 in found.items for found in ask(early, kept))


def test_how_an_earlier_matter_went_on_is_no_burden() -> None:
    earlier = item("struggle", "Rosa is afraid of the mortar", session=1, said_on=FIRST)
    news = item("struggle", "The mortar is now mixed by a machine", session=3)
    assert all(found.items[0] == 1 for found in ask(earlier, news))
    assert ask(news)


def test_an_intention_of_the_past_is_over() -> None:
    assert ask(item("plan", "Rosa is thinking of retiring", owner="them"))
    assert not ask(item("plan", "Rosa had been thinking of retiring", owner="them"))


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("Carol said yes to two days of shadowing", "the two days of shadowing"),
        ("the deputy agreed to a trial shift", "the trial shift"),
        ("your supervisor has approved the visit on Friday", "the visit"),
        ("the board approved the budget", None),
    ],
)
def test_an_occasion_that_was_granted_has_a_name(clause: str, name: str | None) -> None:
    assert granted(clause) == name


def test_a_turn_of_phrase_is_no_promise() -> None:
    assert ask(item("commitment", "I offered")) == []
    assert ask(item("commitment", "She will see", importance=0.2)) == []
    assert ask(item("commitment", "She will see", importance=0.2, when=LAST))
    assert ask(item("struggle", "She hums at night", importance=0.05)) == []


def test_a_turn_of_life_is_a_thread_though_it_is_no_secret() -> None:
    assert ask(item("fact", "Her brother is getting divorced"))
    assert ask(item("fact", "The office has five floors")) == []


def test_what_is_said_later_of_a_secret_is_a_secret() -> None:
    secret = item("struggle", "Her mother is in hospital", private=True, said_on=MIDDLE, session=2)
    news = item("struggle", "Her mother is out of hospital, at home")
    (found,) = ask(secret, news)
    assert set(found.items) == {1, 2}
    assert found.private
    assert found.cards[0] == "keijzer/discretion"


def test_another_event_that_is_over_answers_no_event() -> None:
    mock = item("event", "The mock paper D", when=FIRST, status="done", said_on=MIDDLE)
    exam = item("event", "Paper D is on 8 May", when=date(2026, 5, 8), said_on=FIRST, session=1)
    assert [found.items for found in ask(mock, exam)] == [(2,)]


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("I'll visit the archive on 8 May", "last Friday"),
        ("I'll visit the archive by 8 May", "by 8 May"),
    ],
)
def test_a_promise_for_a_day_is_not_due_by_it(quote: str, said: str) -> None:
    text = "You will visit the archive"
    day = date(2026, 5, 8)
    (found,) = ask(item("commitment", text, quote=quote, about="me", owner="me", when=day))
    assert said in found.ask


def test_what_is_done_regularly_is_asked_about_as_such() -> None:
    weekly = item("commitment", "Rosa will write every Sunday")
    (found,) = ask(weekly)
    assert any(found.ask.endswith(line) for line in wordings("followups")["ask regular"])


def test_a_note_is_said_to_their_face() -> None:
    (found,) = ask(item("struggle", "Third winter without heating in her flat"))
    assert '"Third winter without heating in your flat"' in found.ask


@pytest.mark.parametrize("kind", ["struggle", "fact"])
def test_what_went_in_is_over(kind: Kind) -> None:
    assert is_over(item(kind, "The application went in a day before the deadline"))
    assert is_over(item("event", "The letters had been sent by the 9th", when=LAST))
    assert not is_over(item("event", "She had been told it will be on 20 May", when=ON))


def test_the_news_that_a_promise_was_kept_is_no_thread_of_its_own() -> None:
    promise = item(
        "commitment", "I will email the negotiation script", said_on=MIDDLE, session=2,
        owner="me", status="done", closed_on=LAST,
    )  # fmt: skip
    told = item("struggle", "I emailed the negotiation script, too late", about="me")
    assert ask(promise, told) == []
    assert ask(told)


def test_what_a_later_note_tells_as_done_is_left_out() -> None:
    open_still = item("commitment", "Rosa will ring the archive in Lund", said_on=MIDDLE)
    done = item("fact", "She rang the archive in Lund, it is done")
    ahead = item("fact", "The archive in Lund will get a cellar")
    assert not any(1 in found.items for found in ask(open_still, done))
    assert any(1 in found.items for found in ask(open_still, ahead))


def test_beyond_the_first_few_only_what_has_points_enough_is_suggested() -> None:
    due = [
        item("commitment", f"Rosa will {what}", when=LAST + timedelta(days=3))
        for what in ("ring the archive", "draft the poster", "paint the boat", "sell the piano")
    ]
    stale = item("struggle", "Rosa found the chairs uneven", said_on=FIRST, session=1)
    assert ask(stale)
    assert not [f for f in ask(*due, stale) if 5 in f.items]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rosa is going to chair the retro", "you are going to chair the retro today"),
        ("The budget meeting", "the budget meeting is today"),
    ],
)
def test_what_is_today_is_still_ahead(text: str, said: str) -> None:
    (found,) = ask(item("event", text, when=ON))
    assert said in found.ask.lower() or found.ask.startswith("Today it is")
    assert "while it lasts" not in found.ask


@pytest.mark.parametrize(
    "text", ["Her goal is a first patent this year", "a first patent this year"]
)
def test_an_aim_is_said_once(text: str) -> None:
    (found,) = ask(item("goal", text, owner="them"))
    assert "a first patent" in found.ask
    assert "your goal" not in found.ask


# -- at the date -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Rosa gives her first conference talk on 8 May", "your first conference talk"),
        ("Rosa will visit the archive on 8 May", "visit the archive"),
        ("Rosa will do a first run with the choir on 8 May", "your first run"),
    ],
)
def test_an_occasion_that_has_passed_is_asked_about_in_the_past_tense(
    words: str, asked: str
) -> None:
    (found,) = ask(item("commitment", words, when=date(2026, 5, 8)))
    assert found.why.startswith("it was on Friday 8 May")
    assert "How far did you get" not in found.ask
    assert asked in found.ask.lower()


def test_work_that_is_late_is_no_occasion() -> None:
    for words in ("Rosa will send the report on 8 May", "Rosa gives me the contract on 8 May"):
        (found,) = ask(item("commitment", words, when=date(2026, 5, 8)))
        assert found.overdue


@pytest.mark.parametrize(
    "words",
    [
        "No word from Petra but it hardly matters now, forget that one",
        "The knee's grand again after the swimming", "We met late because she was ill",
        "Dad's out and grumpy, all clear",
    ],
)  # fmt: skip
def test_a_burden_told_as_gone_is_no_thread(words: str) -> None:
    assert ask(item("struggle", words)) == []


def test_relief_in_one_thing_is_none_in_another() -> None:
    assert ask(item("struggle", "The old fear is quieter, though she still can't sleep"))


def test_the_dread_of_an_event_ends_with_it() -> None:
    event = item("event", "The loan interview is on 5 May", when=date(2026, 5, 5), said_on=MIDDLE,
                 session=2, status="done", closed_on=LAST)  # fmt: skip
    dread = item("struggle", "She can't eat for nerves", said_on=MIDDLE, session=2)
    assert ask(event, dread) == []
    assert ask(replace(event, status="open", closed_on=None), dread)


def test_the_next_meeting_of_the_two_is_no_thread() -> None:
    assert ask(item("event", "We meet again on 20 May", when=date(2026, 5, 20))) == []


def test_a_pronoun_right_after_the_name_is_theirs_though_it_is_not_known() -> None:
    nobody = Person("Grace Hall", "mentor", "")
    told = spoken("You promised Grace to send her your project outline", nobody, "")
    assert told == "I promised you to send you my project outline"
    assert spoken("You promised Grace to ask Anna about her talk", nobody, "") is None


def test_a_promise_that_is_only_said_to_be_open_still_is_told_once() -> None:
    first = item("commitment", "I promised to send her the atlas", id=1, owner="me", when=FIRST,
                 said_on=FIRST)  # fmt: skip
    again = item("commitment", "I still owe her the atlas", id=2, owner="me")
    other = item("commitment", "I still owe her a call", id=3, owner="me")
    assert told_once([first, again, other], ROSA) == [first, other]
