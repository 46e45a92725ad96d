"""A coach in a folder of its own, with the real model."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.bootstrap import Coach, open_coach

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def fresh_home() -> Iterator[dict[str, str]]:
    """Environment variables of a new, empty home; the model's cache is the checkout's."""
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as home:
        cache = os.environ.get("COACH_CACHE", str(ROOT / ".cache" / "coach"))
        added = {
            "COACH_HOME": home,
            "COACH_CACHE": cache,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        os.environ.update(added)
        yield {**os.environ}


@contextmanager
def warm_coach() -> Iterator[Coach]:
    """An opened coach with model and index ready."""
    with fresh_home():
        coach = open_coach()
        coach.warm_up()
        assert not coach.search_state, coach.search_state
        try:
            yield coach
        finally:
            coach.close()
