"""Why a thread comes up now, in words, and the cards that say why it matters."""

from __future__ import annotations

from datetime import date
from typing import Literal

from coach.memory.continuity.ranking import Thread
from coach.memory.continuity.say import plain_date, say_age, say_days, say_span
from coach.memory.continuity.weights import Situation

_CONTINUITY = "fain/create-continuity"
_THROUGH = "six/follow-through"
_BY_SITUATION: dict[Situation, tuple[str, ...]] = {
    "passed": (_CONTINUITY, "fain/ask-good-questions"),
    "ongoing": (_CONTINUITY, "engage/know-their-aspirations"),
    "coming": (_CONTINUITY, "engage/know-their-aspirations"),
    "ahead": (_CONTINUITY,),
    "own-overdue": ("argonne/follow-through", "keijzer/match-words-and-deeds", _THROUGH),
    "own-due": ("keijzer/match-words-and-deeds", _THROUGH),
    "own-open": ("keijzer/match-words-and-deeds", _THROUGH),
    "theirs-overdue": (_THROUGH, "keijzer/hold-accountable"),
    "theirs-due": (_THROUGH,),
    "theirs-open": (_THROUGH, _CONTINUITY),
    "both-overdue": (_THROUGH, "keijzer/match-words-and-deeds"),
    "both-due": (_THROUGH,),
    "both-open": (_THROUGH,),
    "goal-passed": ("engage/revisit-goals", "six/smart-goals"),
    "goal-due": ("six/smart-goals", "engage/revisit-goals"),
    "goal": ("engage/revisit-goals", "six/smart-goals"),
    "struggle": ("fain/ask-good-questions", _CONTINUITY),
    "news": (_CONTINUITY, "engage/build-trust"),
    "opening": (_CONTINUITY, "fain/ask-good-questions"),
    "personal": (_CONTINUITY, "engage/build-trust"),
    "plan": (_CONTINUITY, "six/roadmap"),
    "win": ("engage/encouragement", "fain/ask-good-questions"),
    "topic": ("six/roadmap",),
}
# What is the user's own to tell rests on other advice than what one asks about.
_MINE: dict[Situation, tuple[str, ...]] = {
    "struggle": ("argonne/trust-allows-vulnerability", "fain/open-up"),
    "win": ("argonne/levity", "keijzer/mutual-wins"),
    "news": ("fain/open-up",),
    "personal": ("fain/open-up",),
}
_FOR_MENTEES = {"keijzer/hold-accountable": "argonne/set-clear-expectations"}


def cards_of(thread: Thread, me_role: Literal["mentor", "mentee"]) -> tuple[str, ...]:
    """The guidance behind a thread, the closest first; discretion leads for what is private.

    Holding to account is the mentor's part; a mentee is pointed to clear expectations instead.
    """
    mine = thread.items[0].about == "me"
    found = _MINE.get(thread.situation) if mine else None
    cards = found or _BY_SITUATION[thread.situation]
    if me_role == "mentee":
        cards = tuple(_FOR_MENTEES.get(card, card) for card in cards)
    private = any(item.private for item in thread.items)
    return ("keijzer/discretion", *cards) if private else cards


def is_overdue(thread: Thread) -> bool:
    """Whether a promise or a goal is past its day."""
    return thread.situation.endswith("overdue") or thread.situation == "goal-passed"


def why(thread: Thread, on: date) -> str:
    """Age and due day in words: "due 3 days ago", "it was on Friday 8 May; no news since"."""
    item = thread.items[0]
    told = _told(thread, on)
    last = item.until or item.when
    if last is None or item.when is None:
        reason = told
    elif is_overdue(thread):
        reason = f"due {say_days((on - last).days)} ago, on {_full(last, on)}"
    elif thread.situation in {"own-due", "theirs-due", "both-due", "goal-due", "goal"}:
        reason = f"due {_ahead(last, on)}; {told}"
    elif thread.situation == "passed":
        reason = f"it was {_span(item.when, item.until, on)}, {say_age(last, on)}; no news since"
    elif thread.situation == "ongoing":
        reason = f"it is now, {_span(item.when, item.until, on)}"
    elif thread.situation in {"coming", "ahead"}:
        reason = f"coming up {_span(item.when, item.until, on)}, {_until(item.when, on)}"
    else:
        reason = told
    marked = any(member.private for member in thread.items)
    return f"{reason}; told in confidence" if marked else reason


def _told(thread: Thread, on: date) -> str:
    said_on = max(item.said_on for item in thread.items)
    if thread.situation in {"win", "news", "opening"}:
        return f"told {say_age(said_on, on)}, on {plain_date(said_on, on)}"
    if said_on == on:
        return "said today"
    return f"no news since {plain_date(said_on, on)}, {say_age(said_on, on)}"


def _full(day: date, on: date) -> str:
    return f"{day:%A} {plain_date(day, on)}"


def _span(first: date, last: date | None, on: date) -> str:
    if last is None or last == first:
        return f"on {_full(first, on)}"
    return say_span(first, last, on)


def _ahead(day: date, on: date) -> str:
    days = (day - on).days
    if days == 0:
        return "today"
    return "tomorrow" if days == 1 else f"{_until(day, on)}, on {_full(day, on)}"


def _until(day: date, on: date) -> str:
    days = (day - on).days
    if days < 14:
        return {0: "today", 1: "tomorrow"}.get(days, f"in {say_days(days)}")
    return f"in {days // 7} weeks" if days < 70 else f"in {round(days / 30.4)} months"
