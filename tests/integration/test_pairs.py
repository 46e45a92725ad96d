"""Pairs: kept under any name, found by what one would type, deleted with all they had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from coach.errors import NotFoundError, UsageError
from coach.paths import Places
from coach.storage import schema
from coach.storage.conversations import ConversationStore
from coach.storage.database import Database, open_database
from coach.storage.keys import Key
from coach.storage.pairs import PairStore


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all the examples of a property."""
    folder = tmp_path_factory.mktemp("pairs")
    database = open_database(Places(folder, folder), Key("file", "0c" * 32))
    yield database
    database.close()


@pytest.fixture
def store(shared: Database) -> Iterator[PairStore]:
    made = PairStore(shared)
    yield made
    for pair in made.all():
        made.delete(pair)


names = st.text(min_size=1, max_size=40).filter(lambda name: any(c.isalpha() for c in name))


@settings(max_examples=40, deadline=None)
@given(st.lists(names | st.sampled_from(["Zoë", "Zoe", "zoe", "李雷", "أمارة"]), max_size=6))
def test_any_names_have_slugs_of_their_own_and_are_found_by_them(
    shared: Database, wanted: list[str]
) -> None:
    store = PairStore(shared)
    made = []
    for name in wanted:
        try:
            made.append(store.add(name, "mentor"))
        except UsageError:  # nothing to call them by is left once it is cleaned
            continue
    try:
        assert store.all() == made
        assert len({pair.slug for pair in made}) == len(made)
        for pair in made:
            assert pair.slug.isascii()
            assert store.find(pair.slug) == pair
            assert pair.name == " ".join(pair.name.split())
    finally:
        for pair in made:
            store.delete(pair)


@pytest.mark.parametrize("name", ["", "   ", "123", "\u200b", "\x1b[31m", "…!"])
def test_a_name_without_a_letter_is_refused(store: PairStore, name: str) -> None:
    with pytest.raises(UsageError, match="no letter"):
        store.add(name, "mentor")


def test_a_name_is_cleaned_and_bounded(store: PairStore) -> None:
    pair = store.add("  Dr\x1b[31m  Amara\u202e\nOsei ", "mentee")
    assert pair.name == "Dr Amara Osei"
    assert (pair.first_name, pair.role, pair.their_role) == ("Amara", "mentee", "mentor")
    assert store.add("a" * 120, "mentor").name == "a" * 120
    with pytest.raises(UsageError, match="over 120"):
        store.add("a" * 121, "mentor")


@pytest.mark.parametrize(
    "wanted", ["amara-osei", "Amara Osei", "amara osei", " AMARA  OSEI ", "Amara", "osei"]
)
def test_a_pair_is_found_by_slug_name_or_a_part_of_it(store: PairStore, wanted: str) -> None:
    amara = store.add("Amara Osei", "mentor")
    store.add("Bea Lind", "mentor")
    assert store.find(wanted) == amara


def test_a_part_that_fits_several_lists_the_choices(store: PairStore) -> None:
    store.add("Amara Osei", "mentor")
    store.add("Amara Lind", "mentee")
    with pytest.raises(NotFoundError, match=r"amara-osei \(Amara Osei\) or amara-lind"):
        store.find("amara")


def test_the_same_name_twice_is_told_apart_by_slug(store: PairStore) -> None:
    one, two, three = (store.add("Amara", "mentor") for _ in range(3))
    assert [one.slug, two.slug, three.slug] == ["amara", "amara-2", "amara-3"]
    assert store.find("amara") == one
    assert store.find("amara-3") == three
    store.delete(two)
    assert store.add("Amara", "mentor").slug == "amara-2"


def test_an_unknown_name_lists_those_there_are_and_the_nearest(store: PairStore) -> None:
    with pytest.raises(NotFoundError, match=r"none yet at all.*coach pair add"):
        store.find("amara")
    store.add("Amara Osei", "mentor")
    store.add("Bea Lind", "mentor")
    with pytest.raises(NotFoundError, match=r"Did you mean amara-osei\?.*amara-osei and bea-lind"):
        store.find("amaro-osei")
    with pytest.raises(NotFoundError, match="There are: amara-osei and bea-lind"):
        store.find("")
    for number in range(15):
        store.add(f"Extra {number}", "mentor")
    with pytest.raises(NotFoundError, match="and 5 more"):
        store.find("nobody")


def test_deleting_a_pair_takes_all_of_its_own_and_nothing_else(
    store: PairStore, shared: Database
) -> None:
    chats = ConversationStore(shared)
    pairs = [store.add(name, "mentor") for name in ("Amara", "Bea")]
    for pair in pairs:
        for _ in range(2):
            chat = chats.start(pair.id)
            chats.add(chat, "user", "hello")
            chats.add(chat, "coach", "hello")
    assert store.counts(pairs[0]) == {"conversations": 2, "messages": 4}
    store.delete(pairs[0])
    assert store.all() == [pairs[1]]
    assert store.counts(pairs[0]) == {"conversations": 0, "messages": 0}
    assert store.counts(pairs[1]) == {"conversations": 2, "messages": 4}
    with shared.read() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.messages)) == 4
