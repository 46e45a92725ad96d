"""What the app does with what a pair plans: ticking off a brief, files, and undoing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from coach.bootstrap.coach import Coach
from coach.errors import NotFoundError, UsageError
from coach.memory.items import Draft, Noticed
from coach.planning.page import Ref, page
from coach.storage.pairs import Pair

NOTE = "I send her the list. She has her viva soon."


@pytest.fixture
def pair(coach: Coach) -> Pair:
    """Amara, with a promise of the user's, an event, and a goal."""
    made = coach.add_pair("Amara Osei", "mentor")
    day = coach.today - timedelta(days=20)
    mine = Draft("commitment", "me", "me", "You promised to send the list", NOTE[:20], 0, 20,
                 day + timedelta(days=2))  # fmt: skip
    viva = Draft("event", "them", None, "Amara has her viva", NOTE[21:], 21, len(NOTE),
                 coach.today - timedelta(days=3))  # fmt: skip
    coach.memory.store.add_session(made, day, NOTE, Noticed((mine, viva)))
    coach.add_goal(made, "Give three talks")
    return made


def test_each_kind_of_line_settles_what_it_says(coach: Coach, pair: Pair) -> None:
    on, lines = coach.brief_page(pair)
    assert "\n".join(line.text for line in lines) + "\n" == page(coach.brief(pair))
    refs = [line.ref for line in lines if line.ref]
    assert {ref.what for ref in refs} == {"promise", "thread", "topic", "question"}
    covered = next(ref.key for ref in refs if ref.what == "topic")
    questions = [ref.key for ref in refs if ref.what == "question"]
    coach.tick_off(pair, on, [*refs, Ref("promise", "999"), Ref("topic", "t999")])
    mine, viva = coach.remembered(pair)
    assert (mine.status, mine.closed_on) == ("done", on)
    assert (viva.status, viva.surfaced_on) == ("open", on)
    assert next(one for one in coach.roadmap(pair) if one.key == covered).state == "covered"
    assert coach.asked(pair, questions) == 0, "they were marked as asked already"
    coach.tick_off(pair, on, refs)
    assert coach.remembered(pair)[1].surfaced == 1, "the same ticks again change nothing"


@pytest.mark.parametrize("ending", [".md", ".pdf"])
def test_a_page_is_printed_once(coach: Coach, pair: Pair, tmp_path: Path, ending: str) -> None:
    _, lines = coach.brief_page(pair)
    text = "\n".join(line.text for line in lines)
    file = coach.print_page(text, tmp_path / f"page{ending}")
    assert file.read_bytes()[:5] == {".md": b"# Bef", ".pdf": b"%PDF-"}[ending]
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(UsageError, match="there already"):
        coach.print_page(text, file)


def test_another_ending_is_refused(coach: Coach, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.docx"):
        coach.print_page("# x", tmp_path / "page.docx")
    assert not list(tmp_path.glob("*.docx"))


def test_an_earlier_agreement_holds_again_as_a_new_version(coach: Coach, pair: Pair) -> None:
    coach.put_agreement(pair, "place", {"agreed": "the library"})
    coach.put_agreement(pair, "place", {"agreed": "the lab"})
    coach.put_back_agreement(pair, 1)
    now = coach.agreement(pair)
    assert [one.number for one in now.versions] == [1, 2, 3]
    assert coach.agreements.current(pair).entry("place").agreed == "the library"
    coach.put_back_agreement(pair, 0)
    assert coach.agreements.current(pair).empty
    with pytest.raises(NotFoundError):
        coach.put_back_agreement(pair, 9)


def test_histories_are_those_of_the_pair(coach: Coach, pair: Pair) -> None:
    other = coach.add_pair("Li Wen", "mentor")
    item = coach.remembered(pair)[0]
    coach.change_item(pair, item.id, text="You promised to send the book")
    ((key, (version,)),) = coach.histories(pair).items()
    assert (key, version.was["text"]) == (item.id, item.text)
    assert coach.histories(other) == {}


def test_looking_at_the_roadmap_read_only_writes_nothing(coach: Coach, pair: Pair) -> None:
    coach.read_only = coach.database.read_only = True
    assert coach.roadmap(pair)
    assert coach.brief_page(pair)[1]
