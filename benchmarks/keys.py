"""From a key to what it paints: while a reply streams, and in a long conversation.

The app runs headless, as its tests run it, over a service that answers from a script: what is
measured is the app. A key counts as painted when the screen that a terminal would be sent holds
its letter.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual._compositor import CompositorUpdate
from textual.events import Key

from coach.conversation.events import Event, Reply, TextDelta, TurnFinished, TurnStarted
from coach.paths import Places
from tests.tui.driving import WIDE, open_chat, running, screen_text, wait_until
from tests.tui.fakes import FakeCoach, Memory

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from coach.storage.conversations import Conversation
    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp

BAR = 50
"""Milliseconds within which 95 of 100 keys are to be painted while a reply streams."""
KEYS = 100
LINE = 40
"""Keys after which the line is begun anew."""
MESSAGES = 200
PIECE_EVERY = 0.02
"""Seconds between two pieces of the reply: fifty words a second, a fast model."""
ANSWER = re.findall(
    r"\S+\s*",
    "Tell her **plainly** what you saw, and what it did. Then ask *how she sees it*"
    " [engage/build-trust].\n\n- one thing at a time\n- `soon`, and in private\n\n",
)
_CSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


class Streaming(FakeCoach):
    """Answers without an end, piece by piece, until the turn is stopped."""

    async def turn(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> AsyncIterator[Event]:
        user = self.memory.add_message(conversation, "user", text)
        yield TurnStarted(user.id)
        said = ""
        for number in range(5_000):
            piece = ANSWER[number % len(ANSWER)]
            said += piece
            yield TextDelta(piece)
            await asyncio.sleep(PIECE_EVERY)
        yield TurnFinished(user.id + 1, Reply(said, "advice", ()))


def scripted(messages: int) -> FakeCoach:
    """A service with a pair, and a conversation of that many messages."""
    memory = Memory()
    made = Streaming(memory)
    pair = made.add_pair("Rosa Example", "mentor")
    chat = made.new_conversation(pair)
    for number in range(messages // 2):
        memory.add_message(chat, "user", f"Question {number}: how do I tell her?")
        memory.add_message(chat, "coach", "".join(ANSWER * 2))
    return made


class Paints:
    """Renders each update of the screen as a terminal would be sent it, and keeps the last ones.

    Headless, Textual makes updates and does not render them; that is part of the time too.
    """

    def __init__(self, app: CoachApp) -> None:
        self._app = app
        self._shown = ""
        self._more = asyncio.Event()
        app._display = self._display  # type: ignore[method-assign]

    def _display(self, screen: object, update: object) -> None:
        if isinstance(update, CompositorUpdate):
            self._shown += _CSI.sub("", update.render_segments(self._app.console))
            self._more.set()

    async def of(self, letter: str, wanted: str) -> float:
        """Milliseconds from the key ``letter`` until ``wanted`` is painted."""
        assert self._app._driver is not None
        self._shown = ""
        start = time.perf_counter()
        # Not pilot.press: that waits until the app is idle, which it is not while it streams.
        self._app._driver.process_message(Key(letter, letter))
        while wanted not in self._shown:
            self._more.clear()
            await self._more.wait()
        return (time.perf_counter() - start) * 1000


async def key_times(app: CoachApp, pilot: Pilot[None], count: int) -> list[float]:
    """Milliseconds from each of ``count`` keys to the screen that shows it."""
    paints, took = Paints(app), []
    for number in range(count):
        if number % LINE == 0:
            app.chat.composer.text = ""
            await pilot.pause()
        letter = "abcdefghij"[number % 10]
        took.append(await paints.of(letter, app.chat.composer.text + letter))
    return took


async def measured(*, messages: int, streaming: bool) -> list[float]:
    """Key times in a chat with that many messages, while a reply streams or not."""
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        places = Places(home=Path(folder), cache=Path(folder))
        places.database.touch()
        service = scripted(messages)
        async with running(lambda: service, places, WIDE) as (app, pilot):
            await open_chat(app, pilot)
            if streaming:
                app.chat.composer.text = "Tell me all of it"
                await pilot.press("enter")
                await wait_until(pilot, lambda: "how she sees it" in screen_text(app))
            await key_times(app, pilot, 10)
            return await key_times(app, pilot, KEYS)


def main() -> None:
    print(f"{'key to paint':44} {'p50':>8} {'p95':>8}")
    for what, messages, streaming in (
        ("in a new conversation", 0, False),
        ("while a reply streams", 0, True),
        (f"in a conversation of {MESSAGES} messages", MESSAGES, False),
        (f"the same, while a reply streams (bar {BAR} ms)", MESSAGES, True),
    ):
        took = asyncio.run(measured(messages=messages, streaming=streaming))
        p95 = statistics.quantiles(took, n=20)[-1]
        print(f"{what:44} {statistics.median(took):5.1f} ms {p95:5.1f} ms")
