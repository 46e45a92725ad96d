from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from memory_fixtures import DAY, BagEmbedder, decrypted_pages, draft, dump, noticed

from coach.errors import NotFoundError
from coach.memory.forget import forget, forget_turn, matching, would_forget
from coach.memory.items import Closing
from coach.memory.store import MemoryStore
from coach.memory.transfer import import_turns
from coach.memory.vectors import ensure_vectors
from coach.storage.conversations import ConversationStore
from coach.storage.database import Database
from coach.storage.pairs import Pair, PairStore

CANARY = "zanzibarquux"
NOTE = (
    f"Rosa passed her exam. She told me that her divorce from {CANARY} is through, and that she "
    "will move. I will send her the list. She likes e-mail best."
)
LATER = DAY + timedelta(days=7)


def log(store: MemoryStore, pair: Pair) -> list[int]:
    given = noticed(
        draft(NOTE, "Rosa passed her exam", kind="win"),
        draft(NOTE, f"her divorce from {CANARY} is through", f"Rosa left {CANARY}"),
        draft(NOTE, f"from {CANARY} is through, and that she will move", "Rosa moves"),
        draft(NOTE, "I will send her the list", kind="commitment", owner="me"),
    )
    return [item.id for item in store.add_session(pair, DAY, NOTE, given).items]


def test_nothing_is_left_anywhere(
    tmp_path: Path, database: Database, store: MemoryStore, rosa: Pair
) -> None:
    pytest.importorskip("cryptography")
    won, secret, moves, promise = log(store, rosa)
    store.edit(rosa, secret, text=f"{CANARY} and Rosa are divorced")
    store.edit(rosa, secret, text="A private matter")
    chats = ConversationStore(database)
    chat = chats.start(rosa.id)
    chats.add(chat, "user", f"Why does her divorce from {CANARY} is through matter?")
    quoted = {"quotes": [f"her divorce from {CANARY} is through"], "items": [secret]}
    reply = f"You wrote: “her divorce from {CANARY} is through”. Ask how she is."
    chats.add(chat, "coach", reply, detail=quoted)
    turns = tmp_path / "turns.jsonl"
    turns.write_text(
        f'{{"speaker": "Rosa", "text": "I said her divorce from {CANARY} is through. Odd."}}\n'
    )
    import_turns(database, rosa, turns, BagEmbedder())
    database.path.with_name("backups").mkdir(exist_ok=True)
    old_copy = database.path.parent / "backups" / "20250101T000000-schema-0001.db"
    old_copy.write_text("an automatic copy")
    assert CANARY in dump(database)

    gone = forget(store, rosa, [secret])

    assert [item.id for item in gone.items] == [secret, moves]
    assert gone.texts == 4
    assert CANARY not in dump(database)
    assert not old_copy.exists()
    assert [item.id for item in store.items(rosa)] == [won, promise]
    log_file = database.path.with_name("coach.db-wal")
    assert not log_file.exists() or log_file.stat().st_size == 0
    assert b"Rosa passed her exam" in decrypted_pages(database.path)
    assert CANARY.encode() not in decrypted_pages(database.path)
    turns.unlink()
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes()


def test_the_rest_of_the_note_and_its_quotes_stay_verbatim(
    database: Database, store: MemoryStore, rosa: Pair
) -> None:
    ids = log(store, rosa)
    forget(store, rosa, ids[1:2])
    (session,) = store.sessions(rosa)
    assert session.note == (
        "Rosa passed her exam. […] I will send her the list. She likes e-mail best."
    )
    forget(store, rosa, ids[3:])
    assert store.sessions(rosa)[0].note == "Rosa passed her exam. […] […] She likes e-mail best."
    assert [i.quote for i in store.items(rosa)] == ["Rosa passed her exam"]
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT span_start, span_end FROM items").all()
    assert rows == [(0, 20)]


def test_it_can_be_seen_before_it_is_done(store: MemoryStore, rosa: Pair) -> None:
    ids = log(store, rosa)
    shown = [item.id for item in would_forget(store, rosa, ids[1:2])]
    assert shown == ids[1:3]
    assert len(store.items(rosa)) == 4


def test_what_it_superseded_goes_too_and_what_replaced_it_stays(
    store: MemoryStore, rosa: Pair
) -> None:
    first = log(store, rosa)[0]
    text = "Rosa failed her exam after all."
    drafts = draft(text, "Rosa failed her exam after all")
    closing = Closing(first, "superseded", "Rosa failed her exam after all", replacement=0)
    (second,) = store.add_session(rosa, LATER, text, noticed(drafts, closings=[closing])).items
    assert [i.id for i in would_forget(store, rosa, [first])] == [first]
    assert [i.id for i in would_forget(store, rosa, [second.id])] == [first, second.id]


def test_the_sentence_that_closed_it_goes_too(store: MemoryStore, rosa: Pair) -> None:
    secret = log(store, rosa)[1]
    text = "The divorce party was fun. She eats well."
    closing = Closing(secret, "done", "The divorce party was fun.")
    store.add_session(rosa, LATER, text, noticed(closings=[closing]))
    forget(store, rosa, [secret])
    assert store.sessions(rosa)[1].note == "[…] She eats well."


def test_a_closing_in_a_forgotten_sentence_loses_its_quote(
    database: Database, store: MemoryStore, rosa: Pair
) -> None:
    promise = log(store, rosa)[3]
    text = f"I sent the list to {CANARY} street."
    given = noticed(draft(text, text), closings=[Closing(promise, "done", text)])
    (new,) = store.add_session(rosa, LATER, text, given).items
    forget(store, rosa, [new.id])
    assert store.item(rosa, promise).status == "done"
    assert f"{CANARY} street" not in dump(database)


def test_another_pairs_item_is_not_forgotten(
    database: Database, store: MemoryStore, rosa: Pair
) -> None:
    ids = log(store, rosa)
    other = PairStore(database).add("Rosa Berg", "mentor")
    theirs = log(store, other)
    with pytest.raises(NotFoundError):
        forget(store, other, [theirs[0], ids[0]])
    forget(store, other, theirs)
    assert len(store.items(rosa)) == 4
    assert store.sessions(rosa)[0].note == NOTE


def test_finding_what_to_forget_by_its_words(store: MemoryStore, rosa: Pair) -> None:
    ids = log(store, rosa)
    assert [i.id for i in matching(store, rosa, "the divorces")] == ids[1:2]
    assert matching(store, rosa, "her holiday") == []
    assert matching(store, rosa, "the") == []


def test_vectors_go_and_are_made_anew_for_what_changed(
    database: Database, store: MemoryStore, rosa: Pair
) -> None:
    ids = log(store, rosa)
    embedder = BagEmbedder()
    assert ensure_vectors(database, rosa, embedder) == 4
    assert ensure_vectors(database, rosa, embedder) == 0
    store.edit(rosa, ids[0], text="Rosa passed with honours")
    store.edit(rosa, ids[3], when=LATER)
    assert ensure_vectors(database, rosa, embedder) == 1
    assert ensure_vectors(database, rosa, BagEmbedder("bag-2")) == 4


def test_a_turn_is_forgotten_by_the_id_that_search_gives(
    tmp_path: Path, database: Database, store: MemoryStore, rosa: Pair
) -> None:
    path = tmp_path / "turns.jsonl"
    path.write_text(
        '{"id": "D1:1", "speaker": "A", "text": "one"}\n{"speaker": "B", "text": "two"}\n'
    )
    import_turns(database, rosa, path, None)
    forget_turn(store, rosa, "D1:1")
    forget_turn(store, rosa, "turn-2")
    assert store.counts(rosa)["turns"] == 0
    with pytest.raises(NotFoundError):
        forget_turn(store, rosa, "turn-2")


def test_a_title_that_says_it_loses_it(database: Database, store: MemoryStore, rosa: Pair) -> None:
    _, secret, _, _ = log(store, rosa)
    chats = ConversationStore(database)
    chat = chats.rename(chats.start(rosa.id), f"her divorce from {CANARY} is through")
    assert CANARY in chat.title
    forget(store, rosa, [secret])
    assert CANARY not in chats.listed(rosa.id)[0].conversation.title
