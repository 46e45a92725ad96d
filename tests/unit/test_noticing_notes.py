"""Short notes by many hands: what a careful reader would insist on is noticed."""

from __future__ import annotations

from datetime import date

import pytest

from coach.memory.items import Draft, Person
from coach.memory.noticing import notice

ON = date(2026, 3, 4)  # a Wednesday
ROSA = Person("Dr. Rosa Lindqvist", "mentee", "she")
OMAR = Person("Omar Sayed", "mentor", "he")


def of(text: str, them: Person = ROSA) -> tuple[Draft, ...]:
    role = "mentor" if them.role == "mentee" else "mentee"
    return notice(text, on=ON, them=them, my_role=role).drafts  # type: ignore[arg-type]


def find(drafts: tuple[Draft, ...], *words: str) -> Draft:
    hits = [d for d in drafts if all(w in d.quote for w in words)]
    assert hits, f"nothing with {words} in {[(d.kind, d.quote) for d in drafts]}"
    return hits[0]


@pytest.mark.parametrize(
    ("text", "them", "word", "kind", "about", "owner", "when"),
    [
        ("She's got an interview on Thursday.", ROSA, "interview", "event", "them", None,
         "2026-03-05"),
        ("I promised to send him the slides by Friday", OMAR, "slides", "commitment", "me", "me",
         "2026-03-06"),
        ("Lindqvist is to phone the registrar before the 12th.", ROSA, "registrar", "commitment",
         "them", "them", "2026-03-12"),
        ("Action (RL): finish the ethics form by 20 March", ROSA, "ethics", "commitment", "them",
         "them", "2026-03-20"),
        ("My viva is on 14 April at ten.", OMAR, "viva", "event", "me", None, "2026-04-14"),
        ("We are both going to read the report before Easter.", OMAR, "report", "commitment",
         "both", "both", "2026-04-05"),
        ("Omar says he'll put in a word with the dean.", OMAR, "dean", "commitment", "them",
         "them", None),
        ("He owes me a reference.", OMAR, "reference", "commitment", "them", "them", None),
        ("she's gonna ping me her budget sheet tmrw", ROSA, "budget", "commitment", "them",
         "them", "2026-03-05"),
        ("ill bring the flipchart next week tuesday", ROSA, "flipchart", "commitment", "me", "me",
         "2026-03-10"),
        ("Her driving test was moved to 30 March.", ROSA, "driving", "event", "them", None,
         "2026-03-30"),
        ("Rosa wants to run her own clinic one day.", ROSA, "clinic", "goal", "them", "them", None),
        ("I find it hard to contradict the professor.", OMAR, "contradict", "struggle", "me",
         None, None),
        ("She aced the certification!", ROSA, "aced", "win", "them", None, None),
        ("He'd rather I phoned than wrote.", OMAR, "rather", "preference", "them", None, None),
        ("No calls after 8 pm please.", ROSA, "calls", "boundary", "them", None, None),
        ("He expects me to be on time.", OMAR, "expects", "expectation", "them", None, None),
        ("Rosa is thinking of changing labs.", ROSA, "labs", "plan", "them", "them", None),
        ("She has two sons and a dog.", ROSA, "sons", "fact", "them", None, None),
        ("Dr. Lindqvist defends her thesis on 22 May.", ROSA, "thesis", "event", "them", None,
         "2026-05-22"),
    ],
)  # fmt: skip
def test_one_thing(
    text: str, them: Person, word: str, kind: str, about: str, owner: str | None, when: str | None
) -> None:
    draft = find(of(text, them), word)
    assert (draft.kind, draft.about, draft.owner) == (kind, about, owner)
    assert (draft.when.isoformat() if draft.when else None) == when


def test_minutes_with_a_list_of_actions() -> None:
    drafts = of(
        "Present: Rosa, me\n\nDecisions\n1. Meet in the library from now on.\n\nActions:\n"
        "- Rosa: talk to HR about the parental leave, by 13 March\n- Me: dig out the old grant\n"
        "- Both: read chapter 3 for next time\n"
    )
    assert find(drafts, "HR").owner == "them"
    assert find(drafts, "HR").when == date(2026, 3, 13)
    assert find(drafts, "grant").owner == "me"
    assert find(drafts, "chapter 3").owner == "both"
    assert {find(drafts, w).kind for w in ("HR", "grant", "chapter 3")} == {"commitment"}


def test_a_diary_in_long_sentences() -> None:
    drafts = of(
        "Omar had snow on his boots and no time, but he stayed an hour; he has undertaken to speak "
        "to the treasurer by the end of the month, and I for my part said I would rewrite the "
        "summary, which I dread, because I cannot get the first line right.",
        OMAR,
    )
    treasurer = find(drafts, "treasurer")
    assert (treasurer.kind, treasurer.owner, treasurer.when) == (
        "commitment",
        "them",
        date(2026, 3, 31),
    )
    assert find(drafts, "rewrite").owner == "me"
    assert any(d.kind == "struggle" and d.about == "me" for d in drafts)


def test_second_language() -> None:
    drafts = of(
        "Rosa has since January a new chief and with him she has big difficulties. She sends me "
        "until Monday her three ideas. I ask for her at the personnel department."
    )
    assert any(d.kind == "struggle" and "difficulties" in d.quote for d in drafts)
    ideas = find(drafts, "ideas")
    assert (ideas.kind, ideas.owner, ideas.when) == ("commitment", "them", date(2026, 3, 9))


def test_phone_style() -> None:
    drafts = of(
        "quick one. rosa nervous abt panel on 19/3. said id look at her cv tonight. no weekends pls"
    )
    assert (
        find(drafts, "panel").when == date(2026, 3, 19) or find(drafts, "panel").kind == "struggle"
    )
    cv = find(drafts, "cv")
    assert (cv.kind, cv.owner, cv.when) == ("commitment", "me", ON)
    assert find(drafts, "weekends").kind == "boundary"


def test_third_persons_do_not_promise_for_the_pair() -> None:
    drafts = of(
        "Her colleague Tim promised to write the protocol by Friday. His boss will retire in May."
    )
    assert not [d for d in drafts if d.kind == "commitment"]


def test_the_other_gender_is_somebody_else() -> None:
    drafts = of("Spoke about Viktor. He will send the contract on Monday.")
    assert not [d for d in drafts if d.owner == "them" and d.kind == "commitment"]


def test_direct_speech_is_the_speakers() -> None:
    drafts = of('"I\'ll hand in the form on Monday," said Rosa.')
    draft = find(drafts, "form")
    assert (draft.kind, draft.owner, draft.when) == ("commitment", "them", date(2026, 3, 9))
    assert draft.text.startswith("Rosa will hand in the form")


def test_what_is_only_supposed_is_no_plan() -> None:
    drafts = of("If they offered her the post she would move to Turku. Nobody has offered it.")
    assert not [d for d in drafts if d.kind in ("commitment", "event", "goal", "plan")]


def test_what_will_not_be_done_is_no_promise() -> None:
    drafts = of("She won't send the form. I'm not going to call the dean.")
    assert not [d for d in drafts if d.kind == "commitment"]


@pytest.mark.parametrize(
    "text",
    [
        "She has been offered a post in Bergen (keep this to yourself).",
        "Between us: she is applying in Bergen for a post.",
        "She is leaving for a post in Bergen. Please don't mention this to anyone.",
        "Strictly confidential, she has a post in Bergen lined up.",
        "She has a post in Bergen and her boss mustn't know.",
        "He asked me not to share the following. She is off to a new post in Bergen.",
        "## Confidential\nShe is moving to Bergen for the post.",
        "The rest is off the record. Tea was fine. She is moving to Bergen in May.",
        "She told me under the seal of secrecy that she is going to Bergen.",
        "She is moving to Bergen. This goes no further.",
    ],
)
def test_marks_of_confidence(text: str) -> None:
    drafts = of(text)
    bergen = [d for d in drafts if "Bergen" in d.quote]
    assert bergen
    assert all(d.private for d in bergen)


def test_no_mark_no_secret() -> None:
    drafts = of(
        "She is moving to Bergen in May. She works in a private clinic."
        " Her promotion is no longer a secret."
    )
    assert drafts
    assert not any(d.private for d in drafts)


@pytest.mark.parametrize(
    "message",
    [
        "what should I ask her?", "how do I set expectations?", "How can I give better feedback",
        "Mentors should ask more than they tell.", "give me three questions about goals", "thanks!",
        "Can you help me to prepare?", "what do I owe her", "It is important to listen.", "",
        "I need advice on how to deal with a mentee who never prepares", "???",
        "any tips for a first meeting",
    ],
)  # fmt: skip
def test_talk_to_the_coach_is_nothing_to_remember(message: str) -> None:
    assert of(message) == ()


def test_wording_reads_alone() -> None:
    assert find(of("She defends her thesis on 22 May."), "thesis").text == "Rosa defends her thesis"
    assert (
        find(of("I'll send her the reading list by Friday."), "list").text
        == "You will send Rosa the reading list"
    )
    assert find(of("- Me: send her the form"), "form").text == "You are to send Rosa the form"
    assert find(of("PASSED the exam"), "exam").text == "Rosa PASSED the exam"
