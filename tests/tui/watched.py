"""The service with an ear at each door: which of its parts was used on the event loop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class Watched:
    """Passes everything on to ``inner``, and notes in ``used`` the names used in this thread.

    It is made in the thread of the event loop. ``doors`` are parts that are watched for themselves.
    """

    def __init__(self, inner: Any, doors: tuple[str, ...] = (), at: str = "") -> None:
        self._inner, self._doors, self._at = inner, doors, at
        self._loop = threading.current_thread()
        self.used: set[str] = set()
        self.elsewhere: set[str] = set()
        """The names that were used in another thread."""
        self.first: dict[str, bool] = {}
        """Whether the first use of a name was on the event loop."""

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        full = f"{self._at}{name}"
        if not callable(value):
            self._note(full)
            if name in self._doors:
                behind = Watched(value, at=f"{name}.")
                behind.used, behind.elsewhere, behind._loop = self.used, self.elsewhere, self._loop
                behind.first = self.first
                return behind
            return value

        def call(*args: Any, **given: Any) -> Any:
            self._note(full)
            return value(*args, **given)

        return call

    def _note(self, name: str) -> None:
        here = threading.current_thread() is self._loop
        self.first.setdefault(name, here)
        (self.used if here else self.elsewhere).add(name)


def noted(work: Callable[..., Any], name: str, found: list[str]) -> Callable[..., Any]:
    """``work``, which adds its name to ``found`` when it is done in the thread of this call."""
    loop = threading.current_thread()

    def call(*args: Any, **given: Any) -> Any:
        if threading.current_thread() is loop:
            found.append(name)
        return work(*args, **given)

    return call
