"""Conversations: kept in order, resumed, told apart by pair."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bootstrap import Coach
from coach.errors import StorageError
from coach.paths import Places
from coach.storage.conversations import Conversation, ConversationStore
from coach.storage.database import open_database
from coach.storage.keys import Key


@pytest.fixture
def chats(coach: Coach) -> ConversationStore:
    return coach.conversation_store


plain_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("chats")
    database = open_database(Places(folder, folder), Key("file", "0c" * 32))
    yield ConversationStore(database)
    database.close()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["user", "coach"]),
            st.text(min_size=1),
            st.sampled_from(["complete", "interrupted", "failed"]),
            st.dictionaries(st.text(max_size=5), plain_json, max_size=3),
        ),
        max_size=6,
    )
)
def test_what_is_said_comes_back_as_it_was_in_order(shared: ConversationStore, said: Any) -> None:
    chat = shared.start(None)
    added = [shared.add(chat, who, text, status=s, detail=d) for who, text, s, d in said]
    kept = shared.messages(chat)
    assert kept == added
    assert [(m.author, m.text, m.status, m.detail) for m in kept] == said
    assert shared.messages(chat, 2) == added[-2:]


def test_the_newest_conversation_of_a_pair_is_resumed(coach: Coach) -> None:
    amara, bea = coach.add_pair("Amara", "mentor"), coach.add_pair("Bea", "mentee")
    first = coach.resume(amara)
    assert coach.resume(amara) == first
    assert coach.resume(bea) != first
    assert coach.resume(None).pair_id is None
    newer = coach.new_conversation(amara)
    assert coach.resume(amara) == newer


def test_a_conversation_is_titled_by_its_first_message(chats: ConversationStore) -> None:
    chat = chats.start(None)
    chats.add(chat, "coach", "Hello.")
    chats.add(chat, "user", "She  cancels\nagain and " + "again " * 40)
    chats.add(chat, "user", "Something else")
    found = chats.latest(None)
    assert found is not None
    assert found.title.startswith("She cancels again and again")
    assert len(found.title) <= 60


def test_recent_replies_are_those_of_the_pair_over_all_its_conversations(coach: Coach) -> None:
    chats = coach.conversation_store
    amara, bea = coach.add_pair("Amara", "mentor"), coach.add_pair("Bea", "mentor")
    for pair, words in [(amara, "one"), (bea, "two"), (amara, "three"), (None, "four")]:
        chat = coach.new_conversation(pair)
        chats.add(chat, "user", f"asked {words}")
        chats.add(chat, "coach", words)
    assert [m.text for m in chats.recent_replies(amara.id, 5)] == ["one", "three"]
    assert [m.text for m in chats.recent_replies(amara.id, 1)] == ["three"]
    assert [m.text for m in chats.recent_replies(None, 5)] == ["four"]


def test_a_message_to_a_conversation_that_is_gone_is_refused(coach: Coach) -> None:
    pair = coach.add_pair("Amara", "mentor")
    chat = coach.resume(pair)
    coach.pair_store.delete(pair)
    with pytest.raises(StorageError, match="deleted meanwhile"):
        coach.conversation_store.add(chat, "user", "hello")


def test_history_survives_a_new_start(coach: Coach, places: Places) -> None:
    pair = coach.add_pair("Amara", "mentor")
    said = coach.conversation_store.add(coach.resume(pair), "user", "hello")
    coach.close()
    again = Coach(places, coach.settings)
    (found,) = again.pairs()
    chat = again.resume(found)
    assert isinstance(chat, Conversation)
    assert again.history(chat) == [said]
    again.close()


def test_proposals_are_withdrawn_one_by_one(shared: ConversationStore) -> None:
    conversation = shared.start(None)
    first, second = {"text": "one", "importance": 0.5}, {"text": "two", "importance": 0.5}
    detail = {"intent": "advice", "proposals": [first, second]}
    reply = shared.add(conversation, "coach", "Yes.", detail=detail)
    shared.withdraw(reply.id, [first])
    kept = shared.message(reply.id)
    assert kept is not None
    assert kept.detail == {"intent": "advice", "proposals": [second]}
    shared.withdraw(reply.id, [first, second])
    shared.withdraw(reply.id + 1, [second])
    kept = shared.message(reply.id)
    assert kept is not None
    assert kept.detail["proposals"] == []


def test_the_conversation_in_use_last_comes_first(chats: ConversationStore) -> None:
    first, second = chats.start(None), chats.start(None)
    assert chats.latest(None) == second
    chats.add(first, "user", "How do I set limits?")
    resumed = chats.latest(None)
    assert resumed is not None
    assert (resumed.id, resumed.title) == (first.id, "How do I set limits?")
    assert [one.messages for one in chats.listed(None)] == [1, 0]
    chats.rename(first, "  Limits,\n and  more ")
    assert chats.listed(None)[0].conversation.title == "Limits, and more"


def test_a_message_that_is_taken_back_is_kept_but_not_shown(chats: ConversationStore) -> None:
    chat = chats.start(None)
    assert chats.take_back(chat) is None
    for author, text in (("user", "First"), ("coach", "One"), ("user", "Scond"), ("coach", "Two")):
        chats.add(chat, author, text, detail={"wording": [text]} if author == "coach" else None)
    gone = chats.take_back(chat)
    assert gone is not None
    assert gone.text == "Scond"
    assert [m.text for m in chats.messages(chat)] == ["First", "One"]
    assert [m.text for m in chats.messages(chat, last=1)] == ["One"]
    assert [m.text for _, m in chats.said(None)] == ["One", "First"]
    assert chats.listed(None)[0].messages == 2
    kept = [m for m in chats.recent_replies(None, 9) if m.text == "Two"]
    assert kept[0].detail["wording"] == ["Two"], "so that another answer has other words"
    chats.take_back(chat)
    assert chats.messages(chat) == []
    chats.add(chat, "user", "Second")
    assert chats.listed(None)[0].conversation.title == "Second"
