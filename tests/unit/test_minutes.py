"""Notes in the manner of minutes: tasks by name, initials, owners in brackets; and their asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coach.memory.continuity import follow_ups
from coach.memory.items import Item, Person
from coach.memory.noticing import notice

ON = date(2026, 1, 13)  # a Tuesday
THEM = Person("Ingrid Solheim", "mentee", "she")


def noticed(text: str, on: date = ON, known: tuple[Item, ...] = ()) -> tuple[Item, ...]:
    found = notice(text, on=on, them=THEM, my_role="mentor", open_items=known)
    gone = {one.item_id: one.how for one in found.closings}
    old = tuple(replace(i, status=gone.get(i.id, i.status), closed_on=on) for i in known)
    first = len(known) + 1
    return old + tuple(
        Item(
            first + n, d.kind, d.about, d.owner, d.text, d.quote, d.when, d.until, "open",
            d.private, 1, on, d.importance,
        )
        for n, d in enumerate(found.drafts)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "owner", "worded"),
    [
        ("- me: word with Capt. Okafor re the berth", "commitment", "me", "Word with Capt. Okafor"),
        (
            "- her: two practice runs w/ Eze before we next talk",
            "commitment",
            "them",
            "Two practice runs",
        ),
        ("Action, me: comments on the response letter", "commitment", "me", "You: comments on"),
        ("Resubmit elsewhere by 31 March (Ingrid).", "commitment", "them", "Ingrid is to resubmit"),
        ("I.S. to ask Lunde about the 2019 series.", "commitment", "them", "Ingrid is to ask"),
        ("She has agreed, with a sigh, to take Mondays off.", "commitment", "them", "has agreed"),
        ("I'm to have a draft to her by the 24th.", "commitment", "me", "have a draft to Ingrid"),
        ("I said I'd read her chapter.", "commitment", "me", "You promised to read Ingrid's"),
        ("She promised she'd send the figures.", "commitment", "them", "promised to send the"),
        ("Next time 24 January.", "event", None, "Next meeting with Ingrid"),
    ],
)
def test_who_is_to_do_it_and_in_which_words(
    text: str, kind: str, owner: str | None, worded: str
) -> None:
    (item,) = noticed(text)
    assert (item.kind, item.owner) == (kind, owner)
    assert worded in item.text


@pytest.mark.parametrize(
    "text",
    ["- her: worried about the rent", "- her: tired of waiting", "- her: good with the boys"],
)
def test_how_somebody_is_after_her_name_is_no_task(text: str) -> None:
    assert all(item.kind != "commitment" for item in noticed(text))


def test_what_came_late_has_come_all_the_same() -> None:
    known = noticed("I will send her the past questions by Friday.")
    later = noticed("The questions reached her late, she used them.", date(2026, 2, 20), known)
    assert later[0].status == "done"
    never = noticed("The questions never reached her.", date(2026, 2, 20), known)
    assert never[0].status == "open"


@pytest.mark.parametrize(
    ("text", "on", "said"),
    [
        ("- me: word with Capt. Okafor re the berth", ON, '"word with Capt. Okafor re the berth"'),
        (
            "I said I'd read the ad over before it goes in on the 17th.",
            date(2026, 1, 20),
            "read the ad over",
        ),
        ("I.S. to ask Lunde by Friday.", date(2026, 1, 14), "ask Lunde"),
        ("Forms close on 30 January.", date(2026, 1, 20), '"Forms close on 30 January"'),
        ("She is meeting the investors next Thursday the 22nd.", ON, "meet the investors."),
    ],
)
def test_the_ask_says_it_as_one_would(text: str, on: date, said: str) -> None:
    found = follow_ups(
        noticed(text), on, me_role="mentor", them=THEM, next_session=None, sessions=[ON], limit=3
    )
    assert said in found[0].ask
    assert not {"me:", "I.S."} & set(found[0].ask.split())
