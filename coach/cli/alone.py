"""``coach`` without a command and without a terminal: a real answer, and how to go on."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from coach.cli.common import opened
from coach.cli.talk import answer
from coach.text import clean

_QUESTION = "We sit down and nobody knows what to talk about. How do we get going?"

_NEXT = (
    ("", "in a terminal: opens the app"),
    ("--demo", "an invented pair with a year behind it, apart from your data"),
    ('pair add "NAME" --as mentor', "add the person you mentor (or --as mentee)"),
    ('ask "WHAT IS ON YOUR MIND"', "an answer like the one above"),
    ("questions PAIR --about TEXT", "questions to ask"),
    ("script PAIR expectations", "words for settling expectations"),
    ("log PAIR --file NOTE", "keep a note about a session"),
    ("followups PAIR", "what to come back to"),
    ("--help", "everything else; most commands take --json"),
)


def show() -> None:
    """Print a question, its answer from the library, and the commands to start with."""
    with opened(warm=True) as coach:
        reply = answer(coach, None, _QUESTION)
        titles = [f"  [{card}] {coach.source_title(card)}" for card in reply.citations]
    sources = "\n".join(["Sources", *titles])
    called = _called()
    lines = ["How to go on", *(f"  {f'{called} {end}':44} {what}" for end, what in _NEXT)]
    following = "\n".join(lines)
    click.echo(clean(f"You ask: {_QUESTION}\n\n{reply.text}\n\n{sources}\n\n{following}", None))


def show_demo() -> None:
    """Print the demonstration's page for the next session; the user's data are not touched."""
    from coach.bootstrap.demo import open_demo

    demo = open_demo()
    try:
        pair = demo.pairs()[0]
        text = demo.brief_page(pair)[1]
    finally:
        demo.close()
    head = f"A demonstration: {pair.name} is invented. In a terminal this opens the app."
    click.echo(clean(f"{head}\n\n{text}", None))


def _called() -> str:
    """How the command is called here: by its name, or by its place when that is not on the path."""
    if shutil.which("coach"):
        return "coach"
    here = str(Path(sys.executable).with_name("coach"))
    return min(os.path.relpath(here), here, key=len)
