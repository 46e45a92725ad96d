"""``python -m benchmarks [NAME ...]``: run the measurements and print their tables."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import search_quality, speed

MEASUREMENTS: dict[str, Callable[[], None]] = {
    "search": search_quality.main,
    "launch": speed.launch,
    "cold": speed.cold_ask,
    "turn": speed.warm_turn,
}


def main(names: list[str]) -> None:
    for name in names or list(MEASUREMENTS):
        if name not in MEASUREMENTS:
            sys.exit(f"no measurement {name!r}; there are: {', '.join(MEASUREMENTS)}")
        print(f"\n== {name}\n")
        MEASUREMENTS[name]()


main(sys.argv[1:])
