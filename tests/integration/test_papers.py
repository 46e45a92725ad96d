"""Papers of a pair, in the real database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.bootstrap import Coach
from coach.planning.roadmap import Roadmap, put
from coach.storage.papers import Paper, PaperStore

DAY = date(2026, 3, 2)
BODIES = st.dictionaries(st.text(max_size=8), st.one_of(st.text(max_size=20), st.integers()))


def test_keeping_again_adds_a_version_and_the_same_again_adds_none(coach: Coach) -> None:
    pair = coach.add_pair("Rosa Delgado", "mentor")
    store = PaperStore(coach.database)
    assert store.keep(pair, "goal", "patent", {"text": "file a patent"}, DAY).version == 1
    assert store.keep(pair, "goal", "patent", {"text": "file one by May"}, DAY).version == 2
    assert store.keep(pair, "goal", "patent", {"text": "file one by May"}, DAY).version == 2
    texts = [paper.body["text"] for paper in store.versions(pair, "goal", "patent")]
    assert texts == ["file a patent", "file one by May"]


def test_the_newest_of_each_in_the_order_they_were_begun(coach: Coach) -> None:
    pair = coach.add_pair("Rosa Delgado", "mentor")
    store = PaperStore(coach.database)
    for name, number in (("a", 1), ("b", 1), ("a", 2)):
        store.keep(pair, "goal", name, {"n": number}, DAY)
    found = [(paper.name, paper.body["n"]) for paper in store.newest(pair, "goal")]
    assert found == [("a", 2), ("b", 1)]


def test_a_change_builds_on_what_was_kept_meanwhile(coach: Coach) -> None:
    pair = coach.add_pair("Rosa Delgado", "mentor")
    store = PaperStore(coach.database)

    def with_mine(now: Paper | None) -> dict[str, int]:
        if now is None:
            # Another window keeps something between our reading and our writing.
            store.keep(pair, "roadmap", "", {"theirs": 1}, DAY)
        return {**(now.body if now else {}), "mine": 1}

    assert store.revise(pair, "roadmap", "", DAY, with_mine).body == {"theirs": 1, "mine": 1}
    kept = store.last(pair, "roadmap", "")
    assert kept is not None
    assert kept.body == {"theirs": 1, "mine": 1}


def test_goals_added_at_the_same_moment_have_names_of_their_own(coach: Coach) -> None:
    pair, count = coach.add_pair("Rosa Delgado", "mentor"), 6
    together = Barrier(count)

    def add(number: int) -> str:
        together.wait()
        return coach.planning.add_goal(pair, DAY, f"file patent {number}").name

    with ThreadPoolExecutor(count) as pool:
        names = list(pool.map(add, range(count)))
    assert sorted(names) == [f"g{n}" for n in range(1, count + 1)]
    assert len({goal.text for goal in coach.planning.goals(pair)}) == count


def test_looking_at_a_roadmap_takes_nothing_back(coach: Coach) -> None:
    pair = coach.add_pair("Rosa Delgado", "mentor")
    coach.roadmap(pair)
    looks: list[int] = []

    def with_topic(now: Roadmap) -> Roadmap:
        if not looks:
            looks.append(1)
            coach.change_roadmap(pair, lambda one: put(one, 1, "how to rest"))
        return put(now, 1, "how to rest well")

    coach.change_roadmap(pair, with_topic)
    topics = [one.topic for one in coach.roadmap(pair)][:2]
    assert topics == ["how to rest well", "how to rest"]


def test_another_pair_and_another_kind_are_apart(coach: Coach) -> None:
    rosa, ben = coach.add_pair("Rosa Delgado", "mentor"), coach.add_pair("Ben Okri", "mentee")
    store = PaperStore(coach.database)
    store.keep(rosa, "goal", "x", {"n": 1}, DAY)
    assert store.newest(ben, "goal") == []
    assert store.newest(rosa, "roadmap") == []
    assert store.remove(ben, "goal", "x") == 0
    assert store.remove(rosa, "goal", "x") == 1
    assert store.newest(rosa, "goal") == []


def test_deleting_the_pair_takes_its_papers(coach: Coach) -> None:
    pair = coach.add_pair("Rosa Delgado", "mentor")
    PaperStore(coach.database).keep(pair, "agreement", "", {"n": 1}, DAY)
    coach.pair_store.delete(pair)
    again = coach.add_pair("Rosa Delgado", "mentor")
    assert PaperStore(coach.database).newest(again, "agreement") == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BODIES)
def test_what_is_kept_comes_back_as_it_was(coach: Coach, body: dict[str, str | int]) -> None:
    found = coach.pairs() or [coach.add_pair("Rosa Delgado", "mentor")]
    store = PaperStore(coach.database)
    store.keep(found[0], "check", "one", body, DAY)
    assert store.newest(found[0], "check")[0].body == body
