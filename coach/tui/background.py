"""Blocking work off the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from weakref import WeakSet

T = TypeVar("T")

_begun: WeakSet[threading.Thread] = WeakSet()
"""The threads of :func:`in_daemon`."""


def at_work() -> bool:
    """Whether such a thread still works, even if nobody waits for it any more."""
    return any(thread.is_alive() for thread in _begun)


async def in_daemon(work: Callable[[], T], name: str) -> T:
    """Run ``work`` in a daemon thread and return its result, or raise what it raised.

    ``asyncio.to_thread`` would make quitting wait for the work: loading a model can take many
    seconds, and asyncio joins its own threads before it lets go.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # no error, so it is a T

    def run() -> None:
        result: T | None = None
        failure: BaseException | None = None
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - handed to the awaiting task
            failure = error
        # The loop is closed when the user has quit in the meantime: nobody waits any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, failure)

    thread = threading.Thread(target=run, name=name, daemon=True)
    _begun.add(thread)
    thread.start()
    return await future
