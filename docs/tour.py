"""``python -m docs.tour``: play the conversations of ``tour.toml`` and write ``tour.md``.

Each conversation has its own day and invented people; nothing of the machine that it runs on
reaches it, so that the page is the same wherever it is made.
"""

from __future__ import annotations

import asyncio
import io
import os
import shlex
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from coach.bootstrap import Coach, open_coach
from coach.cli.main import run
from coach.conversation.events import TurnFailed, TurnFinished
from coach.storage.pairs import Pair

HERE = Path(__file__).resolve().parent
PAGE = HERE / "tour.md"
_CACHE = HERE.parent / ".cache" / "coach"
_OPENING = """\
# A tour in ten conversations

Real output of this version: `make tour` plays the conversations and writes this page;
`docs/tour.toml` holds what the user says. The people are invented, the days fixed. No language
model and no network take part.

What the user writes stands behind **You:**, the reply in the block below it. A line such as
*Offered to keep: ...* stands for the proposals that the app shows below a reply, to keep, edit or
drop. Square brackets name the card that a sentence rests on.
"""


class TourError(Exception):
    """A step of the tour did not work out: which, and what was said."""


def conversations() -> list[dict[str, Any]]:
    """The conversations to play, in their order."""
    text = (HERE / "tour.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["conversation"]
    return found


def play(coach: Coach, told: Mapping[str, Any], number: int) -> str:
    """The conversation as the page shows it. Raises :class:`TourError` when a step fails."""
    coach._today = told["on"]
    blocks = [f"## {number}. {told['title']}", told["setting"]]
    pair = coach.add_pair(told["name"], told["role"])
    for note in told.get("notes", ()):
        coach.log_session(pair, note["on"], note["text"])
        blocks.append(f"Noted on {note['on'].isoformat()}: *{note['text']}*")
    blocks += [block for step in told["steps"] for block in _step(coach, pair, step)]
    return "\n\n".join(blocks)


def page() -> str:
    """The whole of ``tour.md``."""
    with opened() as coach:
        played = [play(coach, told, number) for number, told in enumerate(conversations(), 1)]
    return "\n\n".join([_OPENING.rstrip(), *played]) + "\n"


@contextmanager
def opened() -> Iterator[Coach]:
    """A coach with the real model in an empty home, which is the working folder meanwhile.

    Of the environment only the place of the model's cache counts.
    """
    kept = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="coach-tour-") as folder, chdir(folder):
        for name in [name for name in kept if name.startswith("COACH_")]:
            del os.environ[name]
        os.environ |= {
            "COACH_HOME": str(Path(folder) / "home"),
            "COACH_CACHE": kept.get("COACH_CACHE") or str(_CACHE),
            "COACH_TIME_ZONE": "UTC",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        try:
            coach = open_coach()
            try:
                coach.warm_up()
                if coach.search_state:
                    raise TourError(f"The library is not ready: {coach.search_state}")
                yield coach
            finally:
                coach.close()
        finally:
            os.environ.clear()
            os.environ |= kept


def _step(coach: Coach, pair: Pair, step: Mapping[str, str]) -> list[str]:
    if "run" in step:
        return [_fenced("console", f"$ {step['run']}\n{_run(coach, step['run'])}")]
    if "file" in step:
        text = step["text"].strip()
        Path(step["file"]).write_text(f"{text}\n", encoding="utf-8")
        return [_fenced("console", f"$ cat {step['file']}\n{text}")]
    return [f"**You:** {step['say']}", asyncio.run(_say(coach, pair, step["say"]))]


async def _say(coach: Coach, pair: Pair, text: str) -> str:
    async for event in coach.turn(coach.resume(pair), pair, text):
        match event:
            case TurnFinished(reply=reply):
                offered = "; ".join(draft.text for draft in reply.proposals)
                told = f"{reply.text}\n\n*Offered to keep: {offered}*" if offered else reply.text
                return "\n".join(f"> {line}".rstrip() for line in told.split("\n"))
            case TurnFailed(what=what):
                raise TourError(f"{text!r}: {what}")
    raise TourError(f"{text!r}: there was no end to it")


def _run(coach: Coach, command: str) -> str:
    """What the command prints. It works with ``coach``: to open one takes some seconds."""
    day = coach.today

    def lend(*, today: date | None = None, **_: object) -> Coach:
        coach._today = today or day
        return coach

    out = io.StringIO()
    lent = patch("coach.bootstrap.open_coach", lend), patch.object(coach, "close")
    with lent[0], lent[1], redirect_stdout(out):
        code = run(shlex.split(command)[1:])
    coach._today = day
    if code:
        raise TourError(f"{command}: exit code {code}")
    return out.getvalue().strip("\n")


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def main() -> None:
    """Write ``docs/tour.md``."""
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"Written: {PAGE}\n")


if __name__ == "__main__":
    main()
