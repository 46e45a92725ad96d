"""Changes to memory asked for in the chat: done, asked back, taken back, and honestly answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from memory_fixtures import draft, noticed, opened

from coach.conversation.dialogue.state import State
from coach.conversation.memory_editing import MemoryEditing
from coach.conversation.memory_view import MemoryView
from coach.conversation.wording import Voice
from coach.memory.memory import Memory
from coach.memory.store import MemoryStore
from coach.storage.conversations import Message
from coach.storage.pairs import PairStore

DAY = date(2026, 5, 4)
NOTE = (
    "Ewan has an interview at Shell. Ewan has an interview at BP. His divorce is through. "
    "I will send Ewan the list. There was cake."
)


class Chat:
    """A conversation of changes, without the rest of a turn."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.pair = PairStore(store.database).add("Ewan Black", "mentor")
        given = noticed(
            draft(NOTE, "Ewan has an interview at Shell", kind="event", when=date(2026, 5, 18)),
            draft(NOTE, "Ewan has an interview at BP", kind="event", when=date(2026, 5, 21)),
            draft(NOTE, "His divorce is through", "Ewan is divorced"),
            draft(
                NOTE, "I will send Ewan the list", "You will send Ewan the list",
                kind="commitment", owner="me", about="me",
            ),
        )  # fmt: skip
        store.add_session(self.pair, DAY, NOTE, given)
        self.editing = MemoryEditing(MemoryView(Memory(store, lambda: None), self.pair, DAY))
        self.history: list[Message] = []
        self.state = State()

    def say(self, text: str) -> str | None:
        """The name of the change that was made or asked back about; None for none."""
        voice = Voice()
        message = self._add("user", text, {})
        found = self.editing.chosen(message, self.state, voice)
        found = found or self.editing.edited(message, self.history, voice)
        if found is None:
            return None
        name, said = found
        self.state = State(listed=said.listed, slot=said.slot)
        self._add("coach", said.text, {"intent": name, "items": list(said.items)})
        return name

    @property
    def reply(self) -> str:
        return self.history[-1].text

    def texts(self) -> list[str]:
        return [one.text for one in self.store.items(self.pair) if one.status == "open"]

    def _add(self, author: str, text: str, detail: dict[str, object]) -> Message:
        number = len(self.history) + 1
        said = Message(number, 1, author, text, "complete", datetime.now(UTC), detail)  # type: ignore[arg-type]
        self.history.append(said)
        return said


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    with opened(tmp_path) as database:
        yield Chat(MemoryStore(database))


def test_which_one_is_asked_and_only_that_is_forgotten(chat: Chat) -> None:
    assert chat.say("forget the interview") == "forget"
    assert len(chat.texts()) == 4
    assert "Shell" in chat.reply
    assert "BP" in chat.reply
    assert chat.say("the BP one") == "forget"
    assert "Ewan has an interview at Shell" in chat.texts()
    assert "BP" not in " ".join([*chat.texts(), chat.store.sessions(chat.pair)[0].note])


def test_it_never_says_forgotten_of_what_it_did_not_know(chat: Chat) -> None:
    chat.say("forget his divorce")
    gone = chat.reply
    assert "divorce" not in chat.store.sessions(chat.pair)[0].note
    chat.say("forget about his dog")
    assert "nothing" in chat.reply
    assert "nothing" not in gone
    # A sentence that goes takes the item with it that was noticed in a part of it.
    chat.say("forget that I will send the list")
    chat.say("forget Ewan's interview at Shell")
    assert "Shell" not in " ".join([*chat.texts(), chat.store.sessions(chat.pair)[0].note])
    # What was told and never became an item is forgotten too.
    chat.say("forget the cake")
    assert "nothing" not in chat.reply
    assert "cake" not in chat.store.sessions(chat.pair)[0].note


def test_a_change_is_taken_back_and_forgetting_is_not(chat: Chat) -> None:
    before = chat.store.items(chat.pair)
    for said in (
        "it's Ewan who sends the list, not me",
        "the divorce is private",
        "the BP interview isn't happening",
        "the interview is at Vestas, not Shell",
    ):
        assert chat.say(said)
        changed = chat.store.items(chat.pair)
        assert changed != before
        assert chat.say("no, undo that") == "undo"
        assert chat.store.items(chat.pair) == before
    chat.say("forget his divorce")
    assert chat.say("bring it back please") == "undo"
    assert "for good" in chat.reply
    assert len(chat.texts()) == 3


def test_who_owes_it_and_where_it_is_are_corrected(chat: Chat) -> None:
    chat.say("it's Ewan who sends the list, not me")
    [promise] = [one for one in chat.store.items(chat.pair) if one.kind == "commitment"]
    assert (promise.owner, promise.about, promise.text) == (
        "them", "them", "Ewan will send you the list",
    )  # fmt: skip
    assert promise.quote == "I will send Ewan the list"
    chat.say("the interview is at Vestas, not Shell")
    assert "Ewan has an interview at Vestas" in chat.texts()


def test_a_question_or_an_unknown_thing_changes_nothing(chat: Chat) -> None:
    before = chat.store.items(chat.pair)
    for said in ("How do I tell him to forget the interview?", "is the divorce private?",
                 "remove the obstacle in his way", "undo my coat"):  # fmt: skip
        assert chat.say(said) is None
    chat.say("mark the tax return as done")
    assert "nothing" in chat.reply
    assert chat.store.items(chat.pair) == before
