"""A walk through every page of the app, as somebody would take it who tries every key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.pilot import Pilot
from textual.screen import Screen

from coach.tui.app import CoachApp

from .driving import screen_text, wait_until

Look = Callable[[str], None]

FITTING = 900
"""Seconds after which a first answer is not going to come; on a busy machine, what reads messages
is fitted for minutes."""


@dataclass(frozen=True)
class Stop:
    """A page: the keys that lead to it from the first page, and what is pressed on it.

    Each of ``opens`` is a key that opens a page above it; ``keys`` move about on it.
    """

    page: str
    leads: tuple[str, ...]
    keys: tuple[str, ...] = ()
    opens: tuple[tuple[str, str], ...] = ()


STOPS = (
    Stop("BriefScreen", ("p",), ("down", "space", "down", "space", "tab", "tab")),
    Stop("WriteUpScreen", ("w",), ("x", "y")),
    Stop(
        "MemoryScreen", ("m", "5"),
        ("1", "right", "down", "p", "a", "d", "down", "k", "k", "u", "left", "f"),
        (("e", "EditScreen"), ("f1", "HelpScreen")),
    ),
    Stop(
        "AgreementScreen", ("s",), ("down", "down"),
        (("e", "FormScreen"), ("s", "FormScreen"), ("o", "ReadingPage"), ("v", "VersionsScreen"),
         ("r", "FormScreen"), ("x", "FormScreen")),
    ),
    Stop(
        "GoalsScreen", ("g",), ("down", "2", "down", "plus", "minus", "d", "u", "3", "1", "d", "u"),
        (("a", "FormScreen"), ("e", "FormScreen"), ("m", "FormScreen"), ("n", "FormScreen")),
    ),
    Stop("CheckScreen", ("k",), ("pagedown",), (("a", "AnswerScreen"), ("t", "AnswerScreen"))),
    Stop("TimelineScreen", ("t",), ("1", "2", "3", "4")),
    Stop("SessionsScreen", ("f10", "n"), ("down", "down")),
    Stop("RehearseScreen", ("r",), ("l", "m", "down", "down", "m"), (("enter", "TalkScreen"),)),
    Stop(
        "ConversationsScreen", ("ctrl+t",), ("down", "slash", *"her", "enter", "down"),
    ),
    Stop("LibraryScreen", ("ctrl+o",), ("down", "right", "down", "slash", *"trust", "enter")),
    Stop(
        "SettingsScreen", ("f12",), ("down", "down", "slash", *"theme", "enter"),
        (("enter", "LineScreen"),),
    ),
    Stop("HelpScreen", ("f1",), ("pagedown",)),
    Stop("PagesScreen", ("f10",), ("down",)),
    Stop("SetupScreen", ("a",), (*"Al", "enter")),
)  # fmt: skip


def name_of(screen: Screen[object]) -> str:
    return type(screen).__name__


async def arrive(app: CoachApp, pilot: Pilot[None], page: str) -> None:
    """Wait until that page is in front and has loaded what it shows."""
    await wait_until(pilot, lambda: name_of(app.screen) == page and app.screen.is_mounted)
    await rest(app, pilot)


async def rest(app: CoachApp, pilot: Pilot[None]) -> None:
    """Wait until the pages' own loading is done."""
    await wait_until(
        pilot,
        lambda: not [one for one in app.workers if one.group == "load" and not one.is_finished],
    )
    await pilot.pause()


async def back(app: CoachApp, pilot: Pilot[None], to: Screen[object]) -> None:
    """Press Escape until the page ``to`` is in front."""
    for _ in range(6):
        if app.screen is to:
            return
        before = app.screen
        await pilot.press("escape")
        await rest(app, pilot)
        if app.screen is before:
            await pilot.pause()
    await wait_until(pilot, lambda: app.screen is to)


async def walk(app: CoachApp, pilot: Pilot[None], look: Look) -> None:
    """Go to every page from the first one, try its keys, and ``look`` after each step."""
    await wait_until(pilot, lambda: app.home and app.home.loaded)
    home = app.screen
    look("HomeScreen")
    for stop in STOPS:
        await pilot.press(*stop.leads)
        await arrive(app, pilot, stop.page)
        look(stop.page)
        page = app.screen
        for key, above in stop.opens:
            await pilot.press(key)
            await arrive(app, pilot, above)
            look(f"{stop.page} > {above}")
            if above == "TalkScreen":
                await _talk(app, pilot, look)
            await back(app, pilot, page)
        for key in stop.keys:
            await pilot.press(key)
            await rest(app, pilot)
            look(f"{stop.page} {key}")
        await back(app, pilot, home)
    await _chat(app, pilot, look)


async def _talk(app: CoachApp, pilot: Pilot[None], look: Look) -> None:
    talking = app.screen
    for key in ("f2", "f4", "f4"):
        await pilot.press(key)
        await rest(app, pilot)
        look(f"TalkScreen {key}")
    await pilot.press(*"What is it?", "enter")
    # What reads a talk is fitted with the first message.
    await wait_until(pilot, lambda: talking.talk.turns, FITTING)  # type: ignore[attr-defined]
    await rest(app, pilot)
    look("TalkScreen after a turn")
    await pilot.press("f5")
    await arrive(app, pilot, "ToldScreen")
    look("ToldScreen")
    await pilot.press("k")
    await wait_until(pilot, lambda: "kept as a script" in screen_text(app))


async def _chat(app: CoachApp, pilot: Pilot[None], look: Look) -> None:
    await pilot.press("c")
    await wait_until(pilot, lambda: app.chat.session is not None and app.screen is app.chat)
    await rest(app, pilot)
    look("ChatScreen")
    await pilot.press("f3")
    for key, page in (("f2", "PairsScreen"), ("ctrl+p", "CommandPalette")):
        await pilot.press(key)
        await arrive(app, pilot, page)
        await pilot.press(*"am")
        await rest(app, pilot)
        look(page)
        await back(app, pilot, app.chat)
    told = app.chat.reading.transcript
    before = len(told.replies)
    app.chat.composer.text = "How do I build trust with her?"
    await pilot.press("enter")
    # What reads a message is fitted with the first one.
    await wait_until(
        pilot,
        lambda: len(told.replies) > before and told.replies[-1].text and not app.chat.busy,
        FITTING,
    )
    look("ChatScreen after an answer")
