from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_fixtures import BagEmbedder
from numpy.typing import NDArray
from sqlalchemy import select

from coach.errors import ModelError, UsageError
from coach.memory.store import MemoryStore
from coach.memory.transcript import MAX_LINE, Fault, Turn, read_transcript
from coach.memory.transfer import ImportReport, import_turns
from coach.storage.database import Database
from coach.storage.pairs import Pair, PairStore
from coach.storage.schema import turns


@pytest.fixture
def pair(database: Database) -> Pair:
    return PairStore(database).add("Rosa Lind", "mentor")


def write(path: Path, lines: Sequence[object]) -> Path:
    content = b"\n".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    path.write_bytes(content)
    return path


def said(number: int, **more: object) -> dict[str, object]:
    return {"id": f"t{number}", "speaker": "Rosa", "text": f"sentence {number}", **more}


def kept(database: Database, pair: Pair) -> list[str]:
    query = select(turns.c.text).where(turns.c.pair_id == pair.id).order_by(turns.c.position)
    with database.read() as connection:
        return list(connection.scalars(query))


def test_a_transcript_is_kept_in_order_with_its_times(
    tmp_path: Path, database: Database, pair: Pair
) -> None:
    at = [
        "2024-05-09T13:56:00",
        "2024-05-09",
        "2024-05-09T23:30:00-07:00",
        "1:56 pm on 8 May, 2023",
    ]
    path = write(tmp_path / "t.jsonl", [said(n, at=each) for n, each in enumerate(at)])
    report = import_turns(database, pair, path, None)
    assert report == ImportReport(4, 0, ())
    with database.read() as connection:
        rows = connection.execute(select(turns).order_by(turns.c.position)).all()
    assert [row.said_at for row in rows] == [
        "2024-05-09T13:56:00", "2024-05-09", "2024-05-09T23:30:00-07:00", "2023-05-08T13:56:00",
    ]  # fmt: skip
    assert [row.said_on for row in rows] == [date(2024, 5, 9)] * 3 + [date(2023, 5, 8)]
    assert [row.external_id for row in rows] == ["t0", "t1", "t2", "t3"]


def test_the_same_file_again_adds_nothing(tmp_path: Path, database: Database, pair: Pair) -> None:
    same = {"speaker": "Rosa", "text": "Yes."}
    path = write(tmp_path / "t.jsonl", [said(1), same, same, said(2)])
    assert import_turns(database, pair, path, None).added == 4
    version = MemoryStore(database).version(pair)
    assert import_turns(database, pair, path, None) == ImportReport(0, 4, ())
    assert MemoryStore(database).version(pair) == version
    write(path, [same, said(3), same, same])
    assert import_turns(database, pair, path, None) == ImportReport(2, 2, ())
    assert kept(database, pair).count("Yes.") == 3


def test_another_pair_takes_the_same_file_for_itself(
    tmp_path: Path, database: Database, pair: Pair
) -> None:
    path = write(tmp_path / "t.jsonl", [said(1)])
    import_turns(database, pair, path, None)
    other = PairStore(database).add("Rosa Berg", "mentor")
    assert import_turns(database, other, path, None).added == 1


def test_of_two_lines_with_one_id_the_first_counts(
    tmp_path: Path, database: Database, pair: Pair
) -> None:
    path = write(tmp_path / "t.jsonl", [said(1), said(2), said(1, text="other")])
    report = import_turns(database, pair, path, None)
    assert report.faults == (Fault(3, "the id is that of line 1 already"),)
    write(path, [said(2, text="changed"), said(9)])
    report = import_turns(database, pair, path, None)
    assert (report.added, report.known) == (1, 1)
    assert report.faults == (Fault(1, "is there already with another text, which stays"),)
    assert kept(database, pair) == ["sentence 1", "sentence 2", "sentence 9"]


def test_bad_lines_are_named_and_the_rest_is_kept(
    tmp_path: Path, database: Database, pair: Pair
) -> None:
    lines = [
        b"\xef\xbb\xbf" + json.dumps(said(1)).encode(),
        b"{not json",
        b'{"speaker": "A", "text": "caf\xe9"}',
        [1, 2],
        {"speaker": "Rosa"},
        {"text": " \x1b[31m"},
        said(7, at="last Tuesday or so"),
        said(8, at="May 2023"),
        b'{"speaker": "A", "text": "' + b"x" * MAX_LINE + b'"}',
        b"",
        said(11, id=11),
        said(12, id=["x"]),
        said(13, text="y" * 30_000),
        b"[" * 100_000,
        said(15, text="The \u202elast\x00 one"),
    ]
    report = import_turns(database, pair, write(tmp_path / "t.jsonl", lines), None)
    assert [(fault.line, fault.what) for fault in report.faults] == [
        (2, "not JSON"),
        (3, "not valid UTF-8"),
        (4, "not a JSON object"),
        (5, "no text"),
        (6, "no speaker and no text"),
        (7, "kept without its time, which is not ISO 8601"),
        (8, "kept without its time, which is not ISO 8601"),
        (9, "over 1,000,000 bytes"),
        (12, "the id is not a string of 1 to 200 characters"),
        (13, "kept without what is beyond 20,000 characters"),
        (14, "not JSON"),
    ]
    texts = kept(database, pair)
    assert texts[:4] == ["sentence 1", "sentence 7", "sentence 8", "sentence 11"]
    assert len(texts[4]) == 20_000
    assert texts[5:] == ["The last one"]


@pytest.mark.parametrize("content", [None, "x".encode("utf-16")])
def test_a_file_that_cannot_be_read_is_one_clear_error(
    tmp_path: Path, database: Database, pair: Pair, content: bytes | None
) -> None:
    path = tmp_path / "t.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=r"t\.jsonl"):
        import_turns(database, pair, path, None)


@given(st.binary(max_size=200))
def test_no_content_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(content)
    try:
        found = list(read_transcript(path))
    except UsageError:
        assert content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    else:
        assert all(isinstance(each, Turn | Fault) for each in found)


class FailingEmbedder(BagEmbedder):
    """Fails after some texts, as when the process is stopped."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def embed(self, texts: Sequence[str], *, threads: int | None = None) -> NDArray[np.float32]:
        if self.embedded >= self.after:
            raise ModelError("Embedding model", "it stopped", "Start again.")
        return super().embed(texts, threads=threads)


def test_an_import_goes_on_where_it_stopped(tmp_path: Path, database: Database, pair: Pair) -> None:
    path = write(tmp_path / "t.jsonl", [said(n) for n in range(600)])
    stopped = FailingEmbedder(after=256)
    with pytest.raises(ModelError):
        import_turns(database, pair, path, stopped)
    assert len(kept(database, pair)) == 600
    told: list[tuple[str, int, int]] = []
    rest = BagEmbedder()
    report = import_turns(
        database, pair, path, rest, lambda step, done, total: told.append((step, done, total))
    )
    assert (report.added, report.known, report.embedded) == (0, 600, 344)
    assert rest.embedded == 344
    assert told[0] == ("keeping", 250, 600)
    assert told[-1] == ("reading for meaning", 344, 344)
    assert told == sorted(told)
