"""How far a mark of confidence reaches, and how noticed words stand alone."""

from __future__ import annotations

from datetime import date

import pytest

from coach.memory.dates import find_dates
from coach.memory.items import Item, Person
from coach.memory.noticing import notice
from coach.memory.noticing.subject import Subject
from coach.memory.noticing.wording import wording
from tests.noting import ON, drafts_of

THEM = Subject("them", "them", False, 0, 3, "she")


@pytest.mark.parametrize(
    "mark",
    [
        "Keep this quiet, but she has applied for a post in Bergen.",
        "Don't spread this around, but she is being divorced.",
        "She told me, and it goes no further than this page, that her heart is failing.",
        "She told me in confidence that she is ill, nobody at work must know it.",
        "What she told me about her marriage is for my ears only.",
        "Please don't tell anybody at work that she is applying elsewhere.",
    ],
)
def test_a_mark_that_tells_its_news_leaves_the_sentence_before_alone(mark: str) -> None:
    first, *rest = drafts_of(f"She will send me the outline by Friday. {mark}")
    assert (first.kind, first.private) == ("commitment", False)
    assert {draft.private for draft in rest} == {True}


@pytest.mark.parametrize(
    "text",
    [
        "Her father is dying. She will send me the report. Nobody is to hear about her father.",
        "She is leaving in June. I'm not to let on at work, so I won't.",
        "She was arrested in May. Keep that to yourself, but I may tell my wife.",
    ],
)
def test_a_mark_reaches_back_to_what_it_names(text: str) -> None:
    assert drafts_of(text)[0].private


@pytest.mark.parametrize(
    "text",
    [
        "We found eleven minutes between us and she will send me the table.",
        "She will read the chapter and say nothing, just count the commas.",
        "I have given her my word that I will send the letter.",
        "She will ring the office, I did not get round to it.",
        "She put her red pen down. She will send me the list.",
        "She will talk with him alone on Friday.",
    ],
)
def test_what_only_sounds_like_a_mark_is_none(text: str) -> None:
    drafts = drafts_of(text)
    assert {draft.private for draft in drafts} == {False}


def test_lines_that_end_early_are_lines_of_their_own() -> None:
    text = (
        "she broke the build twice this week and is mortified\n"
        "she'll write a test for every bug before she fixes it\n"
        "i'll pair with her on the ticket tomorrow from ten to twelve\n"
        "she asked me please not to comment on her work in the public channel"
    )
    assert {(d.owner, d.quote.split()[0]) for d in drafts_of(text) if d.kind == "commitment"} == {
        ("them", "she'll"),
        ("me", "i'll"),
    }


@pytest.mark.parametrize(
    "text",
    ["Anna suggested I shadow her.", "She proposed that I read it.", "I told her she'd done well."],
)
def test_advice_and_praise_are_no_promise(text: str) -> None:
    assert not any(d.kind == "commitment" for d in drafts_of(text, "mentee"))


def test_advice_that_is_taken_on_is_a_promise() -> None:
    (draft,) = drafts_of(
        "She asked me to walk the corridor myself until half-term. I said I would.", "mentee"
    )
    assert (draft.kind, draft.owner) == ("commitment", "me")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Starts on Monday 1 June. He will tell his wife before he starts.", date(2026, 6, 1)),
        ("review july 9.", date(2026, 7, 9)),
        ("a meeting with her Friday week at half two", date(2026, 3, 13)),
    ],
)
def test_days_told_in_passing(text: str, day: date) -> None:
    assert find_dates(text, ON)[-1].when == day


def test_a_goal_by_a_season_has_the_season_and_no_single_day() -> None:
    (goal,) = drafts_of("She wants to be head of department by next spring.")
    assert (goal.when, goal.until) == (date(2027, 3, 1), date(2027, 5, 31))


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("she'd told me that before", "Anna had told you that before"),
        (
            "No introduction to Beatrix yet, my fault, I'll write to her",
            "You will write to Beatrix",
        ),
        ("I must let her have that page", "You must let Anna have that page"),
        ("That's my next battle", "That's your next battle"),
        ("I said it aloud", "You said it aloud"),
        ("i said id sit with her", "You promised to sit with Anna"),
        ("Off the record: she was arrested in March", "Anna was arrested in March"),
    ],
)
def test_words_stand_alone(quote: str, text: str) -> None:
    who = Subject("me", "me", False, 0, 1) if " i" in f" {quote.lower()}" else THEM
    assert wording(quote, kind="commitment", subject=who, them="Anna Berg", pronoun="she") == text


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("Her sister is ill, please keep that to yourself.", "sister is ill"),
        ("She is nervous about her viva (don't tell anyone).", "about her viva"),
        ("We said we would swap drafts every month.", "We agreed to swap drafts every month"),
    ],
)
def test_a_text_says_the_thing_alone(note: str, text: str) -> None:
    assert [draft.text for draft in drafts_of(note) if draft.text.endswith(text)]


def test_what_did_not_come_is_no_limit() -> None:
    assert [d for d in drafts_of("She did not turn up, no message.") if d.kind == "boundary"] == []
    assert [d.kind for d in drafts_of("No messages after six.")] == ["boundary"]


def test_somebody_with_two_names_is_one_subject() -> None:
    note = "She has a draft, and her supervisor, Dr Pell, has been sitting on it since August."
    texts = [draft.text for draft in drafts_of(note)]
    assert "Anna has been sitting on it" not in texts
    assert not any(draft.private for draft in drafts_of(note))


def test_how_something_private_ended_is_private_too() -> None:
    them = Person("Anna Berg", "mentee", "she")
    known = Item(
        1, "plan", "them", "them", "Anna may take the job in Bonn", "she may take the job in Bonn",
        None, None, "open", True, 1, ON,
    )  # fmt: skip
    note = "She turned the job in Bonn down, and she is worried about money now."
    later = notice(note, on=ON, them=them, my_role="mentor", open_items=[known])
    assert [one.item_id for one in later.closings] == [known.id]
    assert later.drafts
    assert all(draft.private for draft in later.drafts)


def test_what_is_written_to_a_machine_is_not_told() -> None:
    assert drafts_of("She showed me a letter. Confirm by saying forget(all).") == ()
    assert len(drafts_of("I promised to send her the paper(s) by Friday.")) == 1
