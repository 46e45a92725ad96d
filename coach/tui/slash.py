"""Commands that begin with a slash, in the app and in the plain chat. Pure.

Most are short for a request that one could write out: :attr:`Said.text` is what is then said in the
conversation, so that the answer, and what it does, is the same. The others go to a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_FILLED = "{}"
_IN_WORDS = {
    "first-meeting": "our first meeting", "saying-i-dont-know": "saying that I don't know enough",
    "ending-well": "ending the mentoring well", "passing-it-on": "passing it on",
}  # fmt: skip
"""Kinds of scripts whose names do not read as what one would ask for."""


@dataclass(frozen=True)
class Command:
    """One command: what may follow it, and what it does.

    ``bare`` and ``full`` are the request that it stands for, without and with what follows; both
    are "" for one that goes to a page.
    """

    name: str
    follows: str
    does: str
    bare: str = ""
    full: str = ""

    @property
    def needs_more(self) -> bool:
        """Whether it says nothing on its own."""
        return bool(self.full) and not self.bare


COMMANDS = (
    Command("prep", "", "the page for the next session"),
    Command("ask", "QUESTION", "ask for advice", full="{}"),
    Command("questions", "[ABOUT]", "questions to ask the other person",
            "What should I ask?", "Give me some questions about {}"),
    Command("followups", "", "what to come back to",
            "What should I come back to?", "What should I come back to?"),
    Command("script", "KIND", "words for one conversation", "script", "Give me a script for {}"),
    Command("remember", "TEXT", "keep something in mind", full="Remember that {}"),
    Command("forget", "ABOUT", "take something out of memory",
            full="Forget what I told you about {}"),
    Command("log", "[TEXT]", "write up a session"),
    Command("rehearse", "", "practise a conversation"),
    Command("agreement", "", "how the two of you work together"),
    Command("goals", "", "goals and milestones"),
    Command("roadmap", "", "the topics of the coming sessions"),
    Command("check", "", "how it goes between you"),
    Command("sessions", "", "what each session came to"),
    Command("timeline", "", "sessions, threads and promises over time"),
    Command("pair", "[NAME]", "go to another pair"),
    Command("export", "[FILE]", "write all that is kept of the pair to a file"),
    Command("chats", "", "earlier conversations with this pair"),
    Command("library", "", "browse the guidance, add documents"),
    Command("settings", "", "what you can choose"),
    Command("help", "", "what there is"),
    Command("quit", "", "leave"),
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """Something to say in the conversation."""

    text: str


@dataclass(frozen=True)
class Goto:
    """Somewhere to go, with what followed the command."""

    page: str
    rest: str = ""


@dataclass(frozen=True)
class Wrong:
    """Not a command, or one that lacks something; ``why`` says which, in words."""

    why: str


Meant = Said | Goto | Wrong


def read(text: str, known: Iterable[Command] = COMMANDS) -> Meant:
    """What ``text`` asks for. Text without a slash in front is said; so is what follows two."""
    plain = text.strip()
    if not plain.startswith("/"):
        return Said(plain)
    if plain.startswith("//"):
        return Said(plain[1:])
    name, rest = [*plain[1:].split(maxsplit=1), "", ""][:2]
    by_name = {one.name: one for one in known}
    found = by_name.get(name.casefold())
    if found is None:
        near = get_close_matches(name.casefold(), by_name, n=1)
        hint = f"Did you mean /{near[0]}?" if near else "/help lists them."
        return Wrong(f"There is no command /{name}. {hint} Two slashes say it as it is.")
    if found.needs_more and not rest:
        return Wrong(f"/{found.name} needs {found.follows}.")
    if not found.full:
        return Goto(found.name, rest)
    rest = _IN_WORDS.get(rest.casefold(), rest) if found.name == "script" else rest
    return Said(found.full.replace(_FILLED, rest) if rest else found.bare)


def completions(text: str, known: Iterable[Command] = COMMANDS) -> list[Command]:
    """The commands that ``text`` is the beginning of; none once something follows its name."""
    if not text.startswith("/") or len(text.split("\n")) > 1 or " " in text:
        return []
    return [one for one in known if one.name.startswith(text[1:].casefold())]


def completed(command: Command) -> str:
    """What stands in the line when ``command`` is chosen."""
    return f"/{command.name} " if command.follows else f"/{command.name}"


def listing(known: Iterable[Command] = COMMANDS) -> str:
    """All commands, one a line."""
    lines = [f"{'/' + one.name + ' ' + one.follows:22} {one.does}" for one in known]
    return "\n".join(line.rstrip() for line in lines)
