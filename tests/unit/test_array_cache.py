"""Arrays kept on disk: the same as made, made once, and made again when damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.models.array_cache import ArrayCache

ARRAY = np.arange(12, dtype=np.float32).reshape(3, 4)


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, NDArray[np.float32]]:
        self.times += 1
        return {"one": ARRAY, "two": ARRAY[0]}


def test_it_is_made_once_and_comes_back_as_it_was(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(2):
        found = ArrayCache(tmp_path / "a")("ab" * 32, make)
        np.testing.assert_array_equal(found["one"], ARRAY)
        np.testing.assert_array_equal(found["two"], ARRAY[0])
    assert make.times == 1


def test_another_key_makes_it_again_and_the_oldest_goes(tmp_path: Path) -> None:
    make = Maker()
    cache = ArrayCache(tmp_path)
    for key in ("aa", "bb", "cc"):
        cache(key * 32, make)
    assert make.times == 3
    names = sorted(file.name for file in tmp_path.iterdir())
    assert names == ["bb" * 16 + ".npz", "cc" * 16 + ".npz"]


@pytest.mark.parametrize("damage", [b"", b"x" * 10, b"\0" * 500])
def test_a_damaged_file_counts_as_absent(tmp_path: Path, damage: bytes) -> None:
    make = Maker()
    cache = ArrayCache(tmp_path)
    cache("aa" * 32, make)
    (tmp_path / ("aa" * 16 + ".npz")).write_bytes(damage)
    np.testing.assert_array_equal(cache("aa" * 32, make)["one"], ARRAY)
    assert make.times == 2


def test_where_nothing_can_be_written_it_is_only_made_again(tmp_path: Path) -> None:
    make = Maker()
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    for _ in range(2):
        np.testing.assert_array_equal(ArrayCache(blocked)("aa" * 32, make)["one"], ARRAY)
    assert make.times == 2
