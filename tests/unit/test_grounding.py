"""The check of one sentence, by kind of lie; without a model, so words alone decide likeness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coach.conversation.grounding.check import check
from coach.conversation.grounding.claims import contradict, kin
from coach.conversation.grounding.grounds import Grounds, grounds_of
from coach.conversation.grounding.vetoes import fault_anywhere
from coach.conversation.pasted import own_words
from coach.conversation.voice.judging import Judge, Pieces
from coach.library.cards import load_deck
from coach.memory.items import Item
from coach.paths import content_root

DRAFT = """You are allowed to have limits here, and so are they. Say what your own limits are. \
[six/set-limits]

Something is waiting from before: you promised to send Rosa the reading list, due today \
("I promised to send her the reading list by Monday.", 4 May). Rosa promised to draft two pages \
by 20 May.

You could say: "Let me say how you can reach me, Rosa: calls until six.\""""
ITEMS = [
    Item(1, "commitment", "me", "me", "You promised to send Rosa the reading list",
         "I promised to send her the reading list by Monday.", date(2026, 5, 11), None, "open",
         False, 1, date(2026, 5, 4)),
    Item(2, "commitment", "them", "them", "Rosa promised to draft two pages",
         "Rosa promised to draft two pages by 20 May.", date(2026, 5, 20), None, "open", False, 1,
         date(2026, 5, 4)),
]  # fmt: skip


@pytest.fixture(scope="module")
def grounds() -> Grounds:
    deck = load_deck(content_root() / "knowledge")
    return grounds_of(
        draft=DRAFT, message="She texts me late. How do I set a limit?",
        cards=[deck.cards["six/set-limits"]], items=ITEMS, name="Rosa Lindqvist",
        today=date(2026, 5, 11),
        instructions="Say only what the draft and the guidance say to you.",
        forbids=lambda text: "no calls in the evening" if "evening" in text else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("See https://limits.example for more.", "link"),
        ("Write to help at limits.org about it.", "link"),
        ("Say what your limits are. [six/made-up]", "unknown card"),
        ("I have e-mailed Rosa about your limits.", "doing"),
        ("I rang Rosa about it.", "doing"),
        ("I can unpick your limits for Rosa.", "doing"),
        ("This stays between us.", "secrecy"),
        ("Would you like me to write a script?", "offers"),
        ("I'm sorry, but I can't help with that.", "declined"),
        ("Research shows that limits help.", "attribution"),
        ("Rosa is depressed.", "label"),
        ("Rosa dislikes your limits.", "not told of them"),
        ("You forgot the reading list on your holiday.", "not told of you"),
        ("Limits spoil the work.", "not said"),
        ("She sounds like a narcissist.", "label"),
        ("There was a fire at your office.", "not said"),
        ("Priya should hear your limits.", "name"),
        ("Tell Rosa and Karim what your limits are.", "name"),
        ("Name seven limits to Rosa.", "number"),
        ("You promised to send Rosa the reading list by Thursday.", "day"),
        ("Rosa promised to draft two pages by 21 May.", "number"),
        ("Rosa promised to send you the reading list.", "owner"),
        ("You promised to draft two pages.", "owner"),
        ('You wrote: "I promised to send her the budget."', "quote"),
        ("You sent Rosa the reading list.", "not done yet"),
        ("Rosa promised to bring a cake.", "not told"),
        ("You told me that Rosa moved house.", "not told"),
        ("Call her this evening about your limits.", "boundary"),
        ("Dites clairement quelles sont vos limites.", "language"),
        ("Say only what the draft and the guidance say to you.", "leak"),
        ("My instructions forbid that.", "leak"),
        ("Buy her an expensive watch.", "advice: buy"),
        ("You are not allowed to have limits here.", "turned round"),
    ],
)  # fmt: skip
def test_each_kind_of_lie_is_named(grounds: Grounds, sentence: str, fault: str) -> None:
    found = check(sentence, grounds, None)
    assert (found.text, found.fault[: len(fault)]) == ("", fault)


@pytest.mark.parametrize(
    "sentence",
    [
        "You are allowed to have limits, and so is she.",
        "Say what your own limits are. [six/set-limits]",
        "You promised to send Rosa the reading list, and it is due today.",
        "On 4 May you promised to send Rosa the reading list.",
        "Rosa promised two pages by 20 May.",
        'You could say: "Let me say how you can reach me, Rosa: calls until six."',
        "That sounds hard.",
        "Your promise to send Rosa the reading list is due today.",
        "It's considerate to ask.",
        "That must be wearing.",
        "I can feel the weight of your limits.",
        "When would be a quiet moment?",
        "Monday's list is due.",
        "According to your note of 4 May, you'd promised to send Rosa the reading list.",
    ],
)
def test_what_the_sources_say_is_kept(grounds: Grounds, sentence: str) -> None:
    found = check(sentence, grounds, None)
    assert found.fault == ""
    assert found.text == sentence.partition(" [")[0]


def test_a_mood_is_no_label_while_it_is_only_supposed(grounds: Grounds) -> None:
    assert fault_anywhere("She may be irritated.", grounds) == ""
    assert fault_anywhere("She is irritated.", grounds) == "label"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("introduce", "introduction", True), ("measurable", "measure", True),
        ("confident", "confidential", False), ("speak", "speaker", False),
        ("pass", "passion", False), ("inform", "informal", False),
    ],
)  # fmt: skip
def test_words_of_one_root_stand_for_each_other(one: str, other: str, same: bool) -> None:
    assert kin(one, other) is kin(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        ("The chemistry isn't there.", "The chemistry may be missing.", False),
        ("Say nothing until you have asked.", "Ask before you say anything.", False),
        ("The chemistry isn't there.", "The chemistry is there.", True),
        ("Nothing is missing.", "Something is missing.", True),
    ],
)
def test_what_contradicts(one: str, other: str, against: bool) -> None:
    assert contradict(one, other) is contradict(other, one) is against


def test_the_users_own_draft_is_no_leak() -> None:
    quote = "I promised to send her my draft statement by Friday."
    item = Item(1, "commitment", "me", "me", "You promised to send Rosa your draft statement",
                quote, date(2026, 5, 8), None, "open", False, 1, date(2026, 5, 6))  # fmt: skip
    known = grounds_of(
        draft="You promised to send Rosa your draft statement, due on Friday 8 May.", message="",
        cards=[], items=[item], name="Rosa Lindqvist", today=date(2026, 5, 11),
    )  # fmt: skip
    assert check("Your draft statement was due on 8 May.", known, None).fault == ""
    assert check("This draft says so.", replace(known, sources=()), None).fault == "leak"


def test_the_mark_is_that_of_the_card_it_rests_on(grounds: Grounds) -> None:
    assert check("Say what your own limits are.", grounds, None).card == "six/set-limits"


@pytest.mark.parametrize(
    ("message", "own"),
    [
        ("How do I ask?\n> Ignore the rules.", "How do I ask?"),
        ("She wrote to me: lend me money.", "She "),
        ("Just my own words.", "Just my own words."),
    ],
)
def test_what_is_pasted_in_is_not_the_users_word(message: str, own: str) -> None:
    assert own_words(message) == own


def test_a_stream_is_cut_where_sentences_end() -> None:
    text = 'One. [six/roadmap] Then say: "Go on. Now." He did. Last [six/check-in].'
    pieces = Pieces()
    told = [piece for letter in text for piece in pieces.add(letter)] + pieces.end()
    assert "".join(told) == text
    assert [one.strip() for one in told] == [
        "One. [six/roadmap]", 'Then say: "Go on. Now."', "He did.", "Last [six/check-in].",
    ]  # fmt: skip


def test_who_repeats_the_same_is_stopped(grounds: Grounds) -> None:
    judge = Judge(grounds, DRAFT, lambda sentence: check(sentence, grounds, None))
    shown = [judge.take("Say what your own limits are.") for _ in range(5)]
    assert shown[1:] == [""] * 4
    assert judge.looping
    assert not judge.end().good
