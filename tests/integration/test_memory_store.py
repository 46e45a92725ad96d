from __future__ import annotations

from datetime import date, timedelta

import pytest
from memory_fixtures import DAY, draft, noticed

from coach.errors import NotFoundError, StorageError, UsageError
from coach.memory.items import Closing
from coach.memory.memory import Memory
from coach.memory.store import MemoryStore
from coach.storage.conversations import ConversationStore
from coach.storage.database import Database
from coach.storage.pairs import Pair, PairStore
from coach.text import MAX_NOTE

NOTE = "Rosa defends her thesis on Friday. I will send her the reading list. She likes e-mail best."
LATER = DAY + timedelta(days=7)


def log(store: MemoryStore, pair: Pair) -> list[int]:
    given = noticed(
        draft(NOTE, "Rosa defends her thesis", kind="event", when=DAY, until=None),
        draft(NOTE, "I will send her the reading list", kind="commitment", owner="me"),
        draft(NOTE, "She likes e-mail best", kind="preference", private=True),
    )
    return [item.id for item in store.add_session(pair, DAY, NOTE, given).items]


def test_what_is_logged_is_read_back_with_its_source(store: MemoryStore, rosa: Pair) -> None:
    ids = log(store, rosa)
    event = store.item(rosa, ids[0])
    assert (event.kind, event.when, event.session, event.said_on) == ("event", DAY, 1, DAY)
    assert (event.status, event.surfaced, event.quote) == ("open", 0, "Rosa defends her thesis")
    assert [s.note for s in store.sessions(rosa)] == [NOTE]
    assert store.counts(rosa) == {"sessions": 1, "items": 3, "turns": 0}


def test_the_same_note_for_the_same_day_is_kept_once(store: MemoryStore, rosa: Pair) -> None:
    ids = log(store, rosa)
    again = store.add_session(rosa, DAY, NOTE, noticed(draft(NOTE, "She likes e-mail best")))
    assert (again.new, again.session.number) == (False, 1)
    assert [item.id for item in again.items] == ids
    other_day = store.add_session(rosa, LATER, NOTE, noticed())
    assert (other_day.new, other_day.session.number) == (True, 2)


def test_a_note_that_is_too_long_is_refused_whole(store: MemoryStore, rosa: Pair) -> None:
    memory = Memory(store, lambda: None)
    with pytest.raises(UsageError, match=r"400,001 characters, and 400,000 is the most"):
        memory.log(rosa, DAY, "x" * (MAX_NOTE + 1))
    assert store.counts(rosa)["sessions"] == 0


def test_a_quote_that_is_not_in_the_note_is_refused(store: MemoryStore, rosa: Pair) -> None:
    wrong = noticed(draft("Another text altogether", "Another text"))
    with pytest.raises(ValueError, match="not verbatim"):
        store.add_session(rosa, DAY, NOTE, wrong)
    assert store.counts(rosa)["sessions"] == 0


def test_a_note_closes_what_it_says_is_over(store: MemoryStore, rosa: Pair) -> None:
    event, promise, liking = log(store, rosa)
    text = "The defence is on the 14th now. I sent the list."
    given = noticed(
        draft(text, "The defence is on the 14th now", kind="event"),
        closings=[
            Closing(event, "superseded", "The defence is on the 14th now", replacement=0),
            Closing(promise, "done", "I sent the list"),
            Closing(9_999, "done", "I sent the list"),
        ],
    )
    (new,) = store.add_session(rosa, LATER, text, given).items
    old = store.item(rosa, event)
    assert (old.status, old.superseded_by, old.closed_on) == ("superseded", new.id, LATER)
    assert store.item(rosa, promise).status == "done"
    assert [item.id for item in store.items(rosa, status="open")] == [liking, new.id]


def test_what_was_closed_is_not_closed_again(store: MemoryStore, rosa: Pair) -> None:
    promise = log(store, rosa)[1]
    store.drop(rosa, promise, DAY)
    store.add_session(rosa, LATER, "Sent.", noticed(closings=[Closing(promise, "done", "Sent.")]))
    assert store.item(rosa, promise).status == "dropped"


def test_filters_join(store: MemoryStore, rosa: Pair) -> None:
    event, promise, liking = log(store, rosa)
    store.done(rosa, promise, DAY)
    assert [i.id for i in store.items(rosa, kind="event", status="open")] == [event]
    assert [i.id for i in store.items(rosa, session=1)] == [event, promise, liking]
    assert store.items(rosa, session=2) == []


def test_an_edit_keeps_what_was_before(store: MemoryStore, rosa: Pair) -> None:
    event = log(store, rosa)[0]
    store.edit(rosa, event, when=date(2025, 3, 9))
    after = store.edit(rosa, event, text="  Rosa's\x1b[31m viva ", owner="them", private=True)
    assert (after.when, after.text, after.owner) == (date(2025, 3, 9), "Rosa's viva", "them")
    assert (after.quote, after.private) == ("Rosa defends her thesis", True)
    first, second = store.history(rosa, event)
    assert (first.was["when"], second.was["when"]) == ("2025-03-04", "2025-03-09")
    assert first.valid_to == second.valid_from
    assert store.edit(rosa, event, text="Rosa's viva") == after
    assert len(store.history(rosa, event)) == 2


def test_a_date_can_be_taken_away(store: MemoryStore, rosa: Pair) -> None:
    event = log(store, rosa)[0]
    assert store.edit(rosa, event, when=None).when is None


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "rumour"}, {"owner": "Rosa"}, {"about": None}, {"text": " \x1b[0m "},
        {"text": "x" * 1_001}, {"until": DAY - timedelta(days=1)}, {"when": None, "until": DAY},
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_changes_nothing(
    store: MemoryStore, rosa: Pair, changes: dict[str, object]
) -> None:
    event = log(store, rosa)[0]
    before = store.item(rosa, event)
    with pytest.raises(UsageError):
        store.edit(rosa, event, **changes)  # type: ignore[arg-type]
    assert store.item(rosa, event) == before
    assert store.history(rosa, event) == []


def test_closing_and_opening_again(store: MemoryStore, rosa: Pair) -> None:
    event = log(store, rosa)[0]
    assert store.done(rosa, event, LATER).closed_on == LATER
    opened_again = store.reopen(rosa, event)
    assert (opened_again.status, opened_again.closed_on) == ("open", None)


def test_suggestions_are_counted_once_a_day(store: MemoryStore, rosa: Pair) -> None:
    ids = log(store, rosa)
    for day in (DAY, DAY, LATER):
        store.mark_surfaced(rosa, ids[:2], day)
    assert [(i.surfaced, i.surfaced_on) for i in store.items(rosa)] == [
        (2, LATER), (2, LATER), (0, None),
    ]  # fmt: skip


def test_what_the_chat_told_is_kept_with_its_message(
    database: Database, store: MemoryStore, rosa: Pair
) -> None:
    chats = ConversationStore(database)
    message = chats.add(chats.start(rosa.id), "user", "She fears the committee.")
    (item,) = store.keep(
        rosa, DAY, message.text, noticed(draft(message.text, "She fears the committee")),
        message_id=message.id,
    )  # fmt: skip
    assert (item.session, item.said_on) == (None, DAY)


def test_another_pairs_items_cannot_be_reached(
    database: Database, store: MemoryStore, rosa: Pair
) -> None:
    mine = log(store, rosa)[0]
    other = PairStore(database).add("Rosa Berg", "mentee")
    for reach in (
        lambda: store.item(other, mine),
        lambda: store.history(other, mine),
        lambda: store.edit(other, mine, text="x"),
        lambda: store.done(other, mine, DAY),
    ):
        with pytest.raises(NotFoundError, match="coach memory list rosa-berg"):
            reach()
    store.mark_surfaced(other, [mine], DAY)
    store.add_session(other, DAY, "Done.", noticed(closings=[Closing(mine, "done", "Done.")]))
    assert store.item(rosa, mine).status == "open"
    assert store.item(rosa, mine).surfaced == 0


def test_every_change_moves_the_version(store: MemoryStore, rosa: Pair) -> None:
    seen = [store.version(rosa)]
    ids = log(store, rosa)
    seen.append(store.version(rosa))
    store.edit(rosa, ids[0], text="Viva")
    seen.append(store.version(rosa))
    store.mark_surfaced(rosa, ids, DAY)
    seen.append(store.version(rosa))
    assert seen == sorted(set(seen))


def test_a_pair_goes_with_all_that_is_kept_of_it(
    database: Database, store: MemoryStore, rosa: Pair
) -> None:
    ids = log(store, rosa)
    store.edit(rosa, ids[0], text="Viva")
    PairStore(store.database).delete(rosa)
    assert store.items(rosa) == []
    assert store.version(rosa) == 0
    with pytest.raises(StorageError, match="deleted meanwhile"):
        store.add_session(rosa, DAY, "Anything.", noticed())
