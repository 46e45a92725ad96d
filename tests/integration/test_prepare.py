"""``coach prepare`` leaves nothing for the first note or the first rehearsal to wait for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.cli.main import run
from coach.memory.noticing.nearest import examples
from coach.models import embedder
from coach.paths import Places
from tests.fakes import FakeEmbedder, FakeReader

NOTE = "Rosa has her exam on Friday. I promised to send her the slides."


class Listing(FakeEmbedder):
    """Lists what it embeds."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def embed(self, texts: Sequence[str], *, threads: int | None = None) -> NDArray[np.float32]:
        self.seen |= set(texts)
        return super().embed(texts, threads=threads)


def test_what_a_note_and_a_rehearsal_are_read_by_is_there_already(
    home: Places,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    used, read = Listing(), list[str]()

    class Reader(FakeReader):
        def read(self, turns):  # type: ignore[no-untyped-def]
            read.extend(turn.text for turn in turns)
            return super().read(turns)

    monkeypatch.setattr(embedder, "load_embedder", lambda *_, **__: used)
    monkeypatch.setattr("coach.bootstrap.rehearsal.make_reader", lambda *_: Reader())
    assert run(["prepare"]) == 0
    assert capsys.readouterr().err.endswith("ready\n")
    shipped = {text for _, text in examples()}
    assert len(shipped & used.seen) > 1000  # a few are in the cache of this home
    assert read

    used.seen.clear()
    assert run(["pair", "add", "Rosa Example", "--as", "mentor"]) == 0
    (tmp_path / "note.md").write_text(NOTE, "utf-8")
    assert run(["log", "rosa", "--file", str(tmp_path / "note.md")]) == 0
    assert used.seen
    assert not used.seen & shipped
