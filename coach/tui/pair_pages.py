"""The pages about one pair: which there are, and opening one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp
    from coach.tui.service import Service


@dataclass(frozen=True)
class Entry:
    """A page, the key that it has on the first page and in the list of pages, and what it shows."""

    name: str
    key: str
    title: str
    shows: str


PAGES = (
    Entry("prepare", "p", "Prepare", "one page for the next session, to tick off"),
    Entry("write_up", "w", "Write up", "a session in your own words"),
    Entry("memory", "m", "Memory", "what is remembered, with its quotes"),
    Entry("agreement", "s", "Agreement", "what is settled between you, what is open"),
    Entry("goals", "g", "Goals", "goals, milestones and how far they are"),
    Entry("roadmap", "o", "Roadmap", "the topics of the coming sessions"),
    Entry("check", "k", "Check", "how it goes, and where to invest"),
    Entry("rehearse", "r", "Rehearse", "try out a conversation before you have it"),
    Entry("sessions", "n", "Sessions", "what each came to, in a few sentences"),
    Entry("timeline", "t", "Looking back", "sessions, threads and promises over time"),
)


def open_page(app: CoachApp, name: str) -> None:
    """Open the page of that name about the pair in front, unless it is there already."""
    from coach.tui.memory_views import prepare, show_memory, subject, write_up

    ours = {"prepare": prepare, "write_up": write_up, "memory": show_memory}
    if name in ours:
        ours[name](app)
        return
    found = subject(app)
    if found is None:
        return
    made = _screen(name, *found)
    if not any(type(one) is type(made) for one in app.screen_stack):
        app.push_screen(made)


def _screen(name: str, service: Service, pair: Pair) -> Screen[Any]:
    match name:
        case "agreement":
            from coach.tui.screens.agreement import AgreementScreen

            return AgreementScreen(service, pair)
        case "check":
            from coach.tui.screens.check import CheckScreen

            return CheckScreen(service, pair)
        case "rehearse":
            from coach.tui.screens.rehearse import RehearseScreen

            return RehearseScreen(service, pair)
        case "sessions":
            from coach.tui.screens.sessions import SessionsScreen

            return SessionsScreen(service, pair)
        case "timeline":
            from coach.tui.screens.timeline import TimelineScreen

            return TimelineScreen(service, pair)
        case _:
            from coach.tui.screens.goals import GoalsScreen

            return GoalsScreen(service, pair, name)
