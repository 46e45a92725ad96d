"""Later notes close what earlier ones opened."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.memory.items import Closing, Item, Noticed, Person
from coach.memory.noticing import notice

ROSA = Person("Rosa Lind", "mentee", "she")
EARLIER, LATER = date(2026, 3, 4), date(2026, 4, 1)


def later(first: str, second: str) -> tuple[list[Item], Noticed]:
    """The items of a first note, and what a second one makes of them."""
    drafts = notice(first, on=EARLIER, them=ROSA, my_role="mentor").drafts
    items = [
        Item(
            n,
            d.kind,
            d.about,
            d.owner,
            d.text,
            d.quote,
            d.when,
            d.until,
            "open",
            d.private,
            1,
            EARLIER,
        )
        for n, d in enumerate(drafts, 1)
    ]
    return items, notice(second, on=LATER, them=ROSA, my_role="mentor", open_items=items)


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("I'll send her the reading list.", "I did send her the reading list.", "done"),
        ("Her viva is on 20 March.", "The viva went well.", "done"),
        ("She will ask the dean for leave.", "She asked the dean about the leave.", "done"),
        ("I promised to introduce her to Marek.", "Marek: introduced them, sorted.", "done"),
        ("She is thinking of moving to Oslo.", "She has dropped the idea of Oslo.", "dropped"),
        ("I'll find her a statistics tutor.", "No need for the tutor any more.", "dropped"),
        ("Her audition is on 20 April.", "The audition has been moved to 27 April.", "superseded"),
        (
            "She will send me the abstract by 20 March.",
            "She hasn't sent the abstract; she'll send the abstract on Friday.",
            "superseded",
        ),
        ("Her board exam is on 20 March.", "She passed!", "done"),
        ("I'll write down my questions.", "Wrote it all down.", "done"),
        ("The loan must be signed before 30 April.", "The loan: signed on Monday.", "done"),
        (
            "She struggles with Blessing at the till.",
            "Blessing has left the shop.",
            "done",
        ),
        (
            "She struggles with the landlord, he shouts at her.",
            "We spoke of the landlord again. That is over now.",
            "done",
        ),
    ],
)  # fmt: skip
def test_closes(first: str, second: str, how: str) -> None:
    items, noticed = later(first, second)
    assert len(items) == 1
    assert [c.how for c in noticed.closings] == [how]
    (closing,) = noticed.closings
    assert closing.quote in second
    if how == "superseded":
        assert closing.replacement is not None
        assert noticed.drafts[closing.replacement].kind == items[0].kind


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I'll send her the reading list.", "We talked about the weather."),
        ("Her viva is on 20 April.", "She is preparing for the viva on 20 April."),
        ("I'll send her the reading list.", "I still haven't sent the reading list."),
        ("She will ask the dean for a sabbatical.", "I told the caretaker about the heating."),
    ],
)
def test_leaves_open(first: str, second: str) -> None:
    items, noticed = later(first, second)
    assert items
    assert noticed.closings == ()


def test_likeness_helps_where_words_differ() -> None:
    items = [
        Item(
            1,
            "commitment",
            "me",
            "me",
            "You will lend Rosa the textbook",
            "I'll lend her the textbook",
            None,
            None,
            "open",
            False,
            1,
            EARLIER,
        )
    ]

    def alike(first: list[str], second: list[str]):  # type: ignore[no-untyped-def]
        import numpy as np

        return np.array(
            [[1.0 if "volume" in a and "textbook" in b else 0.0 for b in second] for a in first],
            dtype=np.float32,
        )

    text = "The volume has been handed over."
    assert notice(text, on=LATER, them=ROSA, my_role="mentor", open_items=items).closings == ()
    found = notice(
        text, on=LATER, them=ROSA, my_role="mentor", open_items=items, similarity=alike
    ).closings
    assert found == (Closing(1, "done", text, None),)


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("I'll read the hypertension guideline.", "Guideline read, twice.", "done"),
        ("The inspection is on 20 March.", "The inspectors came on 20 March and left.", "done"),
        ("She will apply for the diploma.", "Application for the diploma: in.", "done"),
        ("Her hearing is on 20 March.", "Committee on the 20th: twenty minutes, no votes.", "done"),
        ("She is struggling with nightmares.", "The nightmares stopped, she says.", "done"),
    ],
)
def test_closes_by_root_heading_or_day(first: str, second: str, how: str) -> None:
    items, noticed = later(first, second)
    assert items
    assert how in [c.how for c in noticed.closings]


def test_a_rule_is_not_dropped_by_the_way() -> None:
    _, noticed = later(
        "I expect honesty about the hours she studies.", "She will stop studying on 10 April."
    )
    assert noticed.closings == ()


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("She defends her thesis on 20 March.", "Her defence went really well.", "done"),
        ("She will hand in the report by 20 March.", "She handed it in early.", "done"),
        ("Her interview is on 20 March.", "She got the job.", "done"),
        ("Her talk is on 20 March.", "The talk is behind her.", "done"),
        ("Her trip to Lund is on 20 March.", "It went well.", "done"),
        ("She is scared of presentations.", "Presentations no longer scare her.", "done"),
        ("She has trouble with the alarms.", "The alarms are no problem any more.", "done"),
        ("She will ask Marek for the data.", "Marek gave her the data.", "done"),
        ("Her review is on 20 April.", "The review was postponed to 4 May.", "superseded"),
        ("She wants to lead a dig.", "She now wants to lead a museum instead.", "superseded"),
        ("She prefers to be rung.", "Actually she prefers e-mail.", "superseded"),
        ("She wants to move to Oslo.", "She changed her mind about Oslo.", "dropped"),
    ],
)  # fmt: skip
def test_closes_by_paraphrase_object_or_correction(first: str, second: str, how: str) -> None:
    items, noticed = later(first, second)
    assert [(c.item_id, c.how) for c in noticed.closings] == [(items[0].id, how)]
    replaced = noticed.closings[0].replacement
    assert (replaced is not None) == (how == "superseded")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I'll lend her the book.", "I forgot the book again."),
        ("I'll lend her the book.", "The book is a good one."),
        ("She will ring the dean.", "She has not rung the dean."),
        ("I told her I'd ring Petra about a placement.", "She did ring her manager already."),
        ("Her review is on 20 April.", "The room for the review is booked."),
        ("She is afraid of her boss.", "Her boss shouted again."),
        ("She has an exam on 20 March. Her hearing is on 20 March.", "It went well."),
    ],
)
def test_what_is_not_settled_stays_open(first: str, second: str) -> None:
    items, noticed = later(first, second)
    assert items
    assert noticed.closings == ()


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("I'll print the rates.", "I never printed the rates, she got them off Baz.", "dropped"),
        ("She will ring the Trust.", "Never did ring the Trust, she doesn't need it.", "dropped"),
        ("I'll introduce her to Piet.", "She was introduced to Piet.", "done"),
        ("I'll ring Petra.", "She rang Petra.", None),
        ("She will speak with Piet.", "She talked to Hanneke.", None),
        ("She will send her CV.", "Still no CV.", None),
        ("I promised to write the reference.", "I haven't written a word of the reference.", None),
        ("I'll ring Dirk and Piet about the room.", "Dirk first, then Piet.", None),
    ],
)  # fmt: skip
def test_a_promise_ends_by_its_own_deed_or_when_nobody_needs_it(
    first: str, second: str, how: str | None
) -> None:
    items, noticed = later(first, second)
    assert [c.how for c in noticed.closings if c.item_id == items[0].id] == ([how] if how else [])


WORDS = st.sampled_from(
    ["she", "I sent", "the reading list", "went well", "no longer", "thesis", "moved to 20 April",
     "still not", "defence", ".", ";", "her", "dropped", "is done", "instead", "talk", "scared of"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_text_closes_each_item_once_with_its_own_words(text: str) -> None:
    items, noticed = later(
        "I'll send her the reading list. Her thesis defence is on 20 March. She fears talks.",
        text,
    )
    closed = [c.item_id for c in noticed.closings]
    assert len(closed) == len(set(closed))
    assert set(closed) <= {item.id for item in items}
    assert all(c.quote in text for c in noticed.closings)
    places = [c.replacement for c in noticed.closings if c.replacement is not None]
    assert all(0 <= place < len(noticed.drafts) for place in places)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I'll send Helen the chapter by 20 March.", "I never sent Helen the chapter."),
        (
            "I'll send Helen the chapter by 20 March.",
            "I still haven't even sent Helen the chapter.",
        ),
        ("I'll send Helen the chapter by 20 March.", "Did I send Helen the chapter?"),
        ("She will send me her slides by 20 March.", "Give me some good questions on her slides."),
        ("She will send me her slides by 20 March.", "What should I ask her about the slides?"),
        ("She will draft a rota by 20 March.", "I'd like to talk about the rota without a fuss."),
        (
            "Her locum left without notice, and she worries about it.",
            "she looks tired, how do I bring up the locum thing without sounding like a boss",
        ),
    ],
)
def test_what_was_denied_or_asked_for_is_not_done(first: str, second: str) -> None:
    items, noticed = later(first, second)
    assert items
    assert all(closing.how == "superseded" for closing in noticed.closings)


def test_a_promise_kept_late_is_kept() -> None:
    _, noticed = later("I'll email her the script by 20 March.", "I emailed the script, too late.")
    assert [closing.how for closing in noticed.closings] == ["done"]


@pytest.mark.parametrize(
    "told",
    [
        "I offered to ring the dean, and she asked me to hold off, so I shan't.",
        "I offered to ring the dean, but she said no.",
    ],
)
def test_an_offer_taken_back_in_its_sentence_is_no_promise(told: str) -> None:
    drafts = notice(told, on=EARLIER, them=ROSA, my_role="mentor").drafts
    assert not [draft for draft in drafts if draft.kind == "commitment"]
