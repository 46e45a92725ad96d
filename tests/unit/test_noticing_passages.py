"""What is told in confidence ends where the note says so, and reaches no further back or on."""

from __future__ import annotations

from datetime import date

import pytest

from coach.memory.items import Person
from coach.memory.noticing import notice
from coach.memory.noticing.layout import blocks
from coach.memory.noticing.privacy import private_sentences
from coach.memory.noticing.segments import segment

BEFORE = "She will send me the budget on Friday."
SECRET = "she has applied to a firm in Leeds"
AFTER = "She does not pick up the phone before ten."


def governed(text: str) -> list[str]:
    """The sentences that are under a mark of confidence."""
    segments = segment(text)
    private, _ = private_sentences(text, segments, blocks(text))
    return [text[slice(*segments.sentences[number])] for number in sorted(private)]


@pytest.mark.parametrize(
    ("mark", "end"),
    [
        ("Between us", "End of secret."),
        ("Off the record", "Okay, back on the record."),
        ("Confidential", "The confidential part ends here."),
        ("Nobody may know", "The rest is not secret."),
        ("In confidence", "From here normal again."),
        ("Keep this off the wire", "Enough of that."),
        ("Only for the two of us", "Up to here was private."),
        ("The usual matter, kindly keep it here", "Next point is open."),
        ("Under your hat", "Hat off."),
    ],
)
def test_what_is_private_ends_where_the_note_says_so(mark: str, end: str) -> None:
    text = f"{BEFORE} {mark}: {SECRET}. {end} {AFTER}"
    assert governed(text) == [f"{mark}: {SECRET}."]


def test_all_that_stands_between_a_mark_and_its_end_is_private() -> None:
    text = f"{BEFORE} Between us: {SECRET}. Her brother found it. End of secret. {AFTER}"
    assert governed(text) == [f"Between us: {SECRET}.", "Her brother found it."]


def test_an_end_that_speaks_of_a_secret_tells_that_there_was_one() -> None:
    assert governed(f"{BEFORE} She drinks. That ends the secret part. {AFTER}") == ["She drinks."]


def test_how_they_like_to_work_is_no_part_of_a_secret_before_it() -> None:
    secret = "Between us: his wife has left him."
    assert governed(f"{secret} He sleeps badly.") == [secret, "He sleeps badly."]
    assert governed(f"{secret} He wants it straight from me.") == [secret]


def test_the_end_itself_is_no_item() -> None:
    person = Person("Maya Ruiz", "mentee", "she")
    text = f"Between us: {SECRET}. So far the secret. {AFTER}"
    drafts = notice(text, on=date(2026, 3, 4), them=person, my_role="mentor").drafts
    assert [d.quote for d in drafts if "secret" in d.quote] == []
    assert [d.private for d in drafts if d.quote == AFTER] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "If it were me I would have told him.",
        "She said no to the new dog.",
        "The invoice is not mine to repair.",
        "Please don't drop in unannounced.",
        "I might fail, and I'm not saying I will.",
        "The dean is back among us on Monday.",
        "Nothing is secret with the money now.",
        "The house stays with us.",
    ],
)
def test_what_only_sounds_like_a_mark_is_none(text: str) -> None:
    assert governed(f"{BEFORE} {text}") == []


def test_a_short_secret_is_kept() -> None:
    person = Person("Maya Ruiz", "mentee", "she")
    text = "Between ourselves, she is expecting, and nobody is to hear of it."
    drafts = notice(text, on=date(2026, 3, 4), them=person, my_role="mentor").drafts
    assert any("expecting" in d.quote and d.private for d in drafts)
