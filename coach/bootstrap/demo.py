"""The demonstration: an invented pair with a year behind it, apart from everybody's real data."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from time import time as time_now
from typing import TYPE_CHECKING, Any

from coach.bootstrap.coach import Coach
from coach.bootstrap.parts import EmbedderLoader
from coach.content import from_toml, knowledge
from coach.paths import Places, default_places, private_folder
from coach.settings import load_settings

if TYPE_CHECKING:
    from coach.agreement.agreement import Side
    from coach.planning.goals import Goal
    from coach.storage.pairs import Pair

PREFIX = "coach-demo-"
"""How the temporary folder of a demonstration begins."""
_LEFT_BEHIND = 24 * 3600.0
"""Seconds after which the folder of a demonstration that was killed is taken away."""
_MEETING_DAY = 3
"""Thursday, as :meth:`date.weekday` counts."""
_SLOT = re.compile(r"\{(day|today)([+-]\d+)?\}")


class Demo(Coach):
    """A coach over a folder of its own, which goes when it is closed."""

    @property
    def settings_places(self) -> Places:
        """The user's own settings hold here too."""
        return default_places()

    def close(self) -> None:
        """Give back files and locks, and remove all that the demonstration wrote."""
        super().close()
        shutil.rmtree(self.places.home, ignore_errors=True)


def open_demo(*, today: date | None = None, load_embedder: EmbedderLoader | None = None) -> Demo:
    """The demonstration, built anew in a temporary folder. Blocks for seconds.

    The user's settings hold; their database, key and index are not touched. Raises
    :class:`ContentError` when ``knowledge/demo.toml`` is missing or broken.
    """
    real = default_places()
    _remove(lambda made: made.stat().st_mtime < time_now() - _LEFT_BEHIND)
    home = private_folder(Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")))
    places = Places(home=home, cache=real.cache)
    demo = Demo(places, load_settings(real), today=today, load_embedder=load_embedder)
    try:
        # A key of its own beside it: the keyring and the user's passphrase are left alone.
        places.key_file.touch(mode=0o600)
        places.key_file.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
        fill(demo, demo.today)
    except BaseException:
        demo.close()
        raise
    return demo


def remove_own() -> None:
    """Remove all that demonstrations of this process wrote, closed or not."""
    own = f"{PREFIX}{os.getpid()}-"
    _remove(lambda made: made.name.startswith(own))


def _remove(which: Callable[[Path], bool]) -> None:
    for made in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # Somebody else's, or gone in the meantime: both are no matter of ours.
        with suppress(OSError):
            if not made.is_symlink() and made.stat().st_uid == os.getuid() and which(made):
                shutil.rmtree(made, ignore_errors=True)


def fill(coach: Coach, today: date) -> Pair:
    """Put the invented pair into ``coach``, through what everybody uses; the same for each day."""
    return from_toml(
        knowledge("demo.toml"),
        lambda told: _tell(coach, told, today),
        "the demonstration cannot be told",
    )


def _tell(coach: Coach, told: Mapping[str, Any], today: date) -> Pair:
    pair = coach.add_pair(told["name"], told["role"])
    for one in told["session"]:
        day = _meeting(today - timedelta(days=one["days_ago"]))
        coach.memory.log(pair, day, written(one["note"], day, today).strip())
    coming = told["next"]
    day = _meeting(today + timedelta(days=coming["days_ahead"] + 6))
    at = time.fromisoformat(coming["at"])
    coach.planned.add(pair, day, at, coming["minutes"], coming["place"])
    for one in told["goal"]:
        _set_goal(coach, pair, one, today)
    for one in told["agreement"]:
        said: dict[Side, str] = {
            side: one[side] for side in ("mine", "theirs", "agreed") if side in one
        }
        coach.agreements.put(pair, one["topic"], said, today - timedelta(days=one["days_ago"]))
    for one in told["check"]:
        _answer_check(coach, pair, one, today)
    coach.planning.roadmap(pair, today)
    asyncio.run(_talk(coach, pair, told["conversation"]))
    return pair


def written(text: str, day: date, today: date) -> str:
    """``text`` with ``{day+7}`` and ``{today-2}`` as days: "Friday 8 May", counted from each.

    A day of another year than ``day``'s has its year with it.
    """

    def said(found: re.Match[str]) -> str:
        start = day if found[1] == "day" else today
        meant = start + timedelta(days=int(found[2] or 0))
        year = "" if meant.year == day.year else f" {meant.year}"
        return f"{meant:%A} {meant.day} {meant:%B}{year}"

    return _SLOT.sub(said, text)


def _meeting(day: date) -> date:
    """The last day on or before ``day`` on which the two meet."""
    return day - timedelta(days=(day.weekday() - _MEETING_DAY) % 7)


def _set_goal(coach: Coach, pair: Pair, told: Mapping[str, Any], today: date) -> None:
    from coach.planning.goals import closed, noted, with_milestone

    def on(days: int) -> date:
        return today + timedelta(days=days)

    made = on(-told["days_ago"])
    name = coach.planning.add_goal(
        pair, made, told["text"], by=on(told["by_days"]), measure=told.get("measure", ""),
        why=told.get("why", ""),
    ).name  # fmt: skip
    assert name is not None

    def lived(goal: Goal) -> Goal:
        for text, by, *done in told.get("milestones", ()):
            goal = with_milestone(goal, text, on(by))
            if done:
                reached = tuple(
                    replace(one, done_on=on(done[0])) if one.text == text else one
                    for one in goal.milestones
                )
                goal = replace(goal, milestones=reached)
        for days, text in told.get("progress", ()):
            goal = noted(goal, text, on(days))
        return closed(goal, "done", on(told["done_days"])) if "done_days" in told else goal

    coach.planning.change_goal(pair, name, made, lived)


def _answer_check(coach: Coach, pair: Pair, told: Mapping[str, Any], today: date) -> None:
    from coach.planning.check import read_answers

    day = today - timedelta(days=told["days_ago"])
    coach.planning.keep_check(pair, read_answers("me", day, ",".join(map(str, told["me"]))))
    coach.planning.keep_check(pair, read_answers("them", day, ",".join(map(str, told["them"]))))


async def _talk(coach: Coach, pair: Pair, conversations: list[Mapping[str, Any]]) -> None:
    for one in conversations:
        conversation = coach.new_conversation(pair)
        for text in one["says"]:
            async for _ in coach.turn(conversation, pair, text.replace("{name}", pair.first_name)):
                pass
