"""How items are worded, what is no item at all, what a mark leaves alone, what is embedded."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.memory.items import Draft, Item, Person, embedded_text
from coach.memory.noticing import notice
from coach.memory.noticing.nearest import Similarity, composed, examples

ON = date(2026, 3, 2)  # a Monday
THEM = Person("Anna Berg", "mentee", "she")


def drafts_of(text: str, similarity: Similarity | None = None) -> tuple[Draft, ...]:
    return notice(text, on=ON, them=THEM, my_role="mentor", similarity=similarity).drafts


@pytest.mark.parametrize(
    ("text", "kind", "worded"),
    [
        ("Her aim is a first novel.", "goal", "A first novel"),
        ("Her dream is to teach.", "goal", "Teach"),
        ("Her plan for the autumn is to hand over the team.", "plan", "Hand over the team"),
        ("Please remember that Anna's sailing exam is on 8 June.", "event", "Anna's sailing exam"),
        ("Don't forget that she moves house on 3 May.", "event", "Anna moves house"),
        (
            "Now comes the part that worries her.",
            "struggle",
            "Now comes the part that worries Anna",
        ),
        (
            "Please never ring her on\nSundays, she goes to church.",
            "boundary",
            "Please never ring Anna on Sundays",
        ),
    ],
)
def test_the_words_of_an_item(text: str, kind: str, worded: str) -> None:
    assert (kind, worded) in [(d.kind, d.text) for d in drafts_of(text)]


def test_the_day_of_an_event_is_not_in_its_words_but_kept() -> None:
    (exam,) = drafts_of("Note that Anna's sailing exam is on 8 June.")
    assert exam.when == date(2026, 6, 8)
    assert exam.quote == "Note that Anna's sailing exam is on 8 June."


@pytest.mark.parametrize(
    "text", ["Anna's permit has come, so that is settled.", "That is good.", "It's all done now."]
)
def test_that_something_named_elsewhere_is_over_is_no_item(text: str) -> None:
    assert not [d for d in drafts_of(text) if "permit" not in d.quote]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("I owe her the slides, which I shall do this Sunday.", date(2026, 3, 8)),
        ("I promised her the list, which I will do tomorrow.", date(2026, 3, 3)),
        ("I'll ask my aunt Eva, who has the key, by Friday.", date(2026, 3, 6)),
        ("She sends me the text and I'll return it within two days.", None),
    ],
)
def test_a_promise_and_its_day_are_one(text: str, when: date | None) -> None:
    mine = [d for d in drafts_of(text) if d.kind == "commitment" and d.owner == "me"]
    assert [d.when for d in mine] == [when]
    assert not [d for d in drafts_of(text) if d.kind == "event"]


def test_a_task_told_by_its_object_is_the_mentees() -> None:
    (task,) = drafts_of("The form has to be posted by 12 March.")
    assert (task.kind, task.owner, task.when) == ("commitment", "them", date(2026, 3, 12))


def test_a_mark_with_its_news_leaves_what_comes_after_alone() -> None:
    text = "Between us: her father is ill. The group meets on Thursday. Anna's exam is on 8 June."
    assert [d.private for d in drafts_of(text)] == [True, False, False]


def test_a_mark_that_opens_a_paragraph_governs_it() -> None:
    text = "In confidence. It was no accident. A guest hit her last week.\n\nWe meet on 9 May."
    drafts = drafts_of(text)
    assert [d.private for d in drafts if "guest" in d.quote] == [True]
    assert [d.private for d in drafts if "9 May" in d.quote] == [False]


@pytest.mark.parametrize(
    "marked",
    [
        "She would not want that to travel: her son was expelled.",
        "His illness is his to tell: lupus.",
        "He'd rather the dean heard it from him, but he has turned down the chair.",
        "On no account is this to reach the board: the money is gone.",
        "Her boss would go through the roof if he learned that she is talking to a rival.",
        "She's gay and not out at work.",
        "Please treat with care: his daughter is in rehab.",
        "He has been to the police. Let's say I never wrote this.",
        "The staff are not in the picture about her hearing loss.",
        "He is selling up. Nothing about that in any summary, please.",
    ],
)
def test_unusual_marks_of_confidence(marked: str) -> None:
    drafts = drafts_of(marked)
    assert drafts
    assert all(d.private for d in drafts)


def counted() -> tuple[Similarity, set[str]]:
    """A similarity that makes all alike, and the texts that it would have to embed."""
    seen: set[str] = set()
    known = {text for _, text in examples()}

    def alike(first: list[str], second: list[str]) -> NDArray[np.float32]:
        seen.update(t for t in [*first, *second] if t not in known)
        return np.full((len(first), len(second)), 0.1, np.float32) + np.eye(
            len(first), len(second), dtype=np.float32
        )

    return alike, seen


def test_what_is_asked_of_the_assistant_is_not_embedded() -> None:
    similarity, seen = counted()
    drafts_of("What should I ask her next time?", similarity)
    assert not seen


def test_a_message_costs_one_embedding_a_clause_and_open_item() -> None:
    similarity, seen = counted()
    kept = Item(
        1, "commitment", "me", "me", "You lend Anna the atlas", "I lend her the atlas", None, None,
        "open", False, 0, date(2026, 2, 2),
    )  # fmt: skip
    text = "She is nervous, and I gave her the atlas."
    notice(text, on=ON, them=THEM, my_role="mentor", open_items=[kept], similarity=similarity)
    known = embedded_text(kept.text, kept.quote)
    assert seen == {"She is nervous", "I gave her the atlas.", known}


def test_a_whole_is_composed_of_its_parts() -> None:
    sizes: list[int] = []

    def cosine(first: list[str], second: list[str]) -> NDArray[np.float32]:
        sizes.append(len(first) * len(second))
        return np.array([[one == other for other in second] for one in first], dtype=np.float32)

    near = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    rows = composed(near, ["a b c", "d e f", "g"], ["one", "one", "two"], cosine)
    assert rows[0] == pytest.approx([0.5**0.5, 0.5**0.5])
    assert rows[1] == pytest.approx(rows[0])
    assert rows[2] == pytest.approx([0.5, 0.5])
    parts = [str(n) for n in range(1500)] * 2
    rows = composed(np.ones((3000, 1)), parts, ["one"] * 3000, cosine)
    assert rows[0] == pytest.approx([1500**0.5])
    assert max(sizes) < 1500 * 1500 / 2, "memory grows with the parts, not with their square"
