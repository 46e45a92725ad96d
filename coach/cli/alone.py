"""``coach`` without a command and without a terminal: a real answer, and how to go on."""

from __future__ import annotations

import click

from coach.cli.common import opened
from coach.cli.talk import answer
from coach.text import clean

_QUESTION = "We sit down and nobody knows what to talk about. How do we get going?"

_NEXT = """\
How to go on
  coach                                    in a terminal: opens the app
  coach pair add "NAME" --as mentor        add the person you mentor (or --as mentee)
  coach ask "WHAT IS ON YOUR MIND"         an answer like the one above
  coach questions PAIR --about TEXT        questions to ask
  coach script PAIR expectations           words for settling expectations
  coach kb search "WORDS"                  look into the library
  coach --help                             everything else; most commands take --json"""


def show() -> None:
    """Print a question, its answer from the library, and the commands to start with."""
    with opened(warm=True) as coach:
        reply = answer(coach, None, _QUESTION)
        titles = [f"  [{card}] {coach.source_title(card)}" for card in reply.citations]
    sources = "\n".join(["Sources", *titles])
    click.echo(clean(f"You ask: {_QUESTION}\n\n{reply.text}\n\n{sources}\n\n{_NEXT}", None))
