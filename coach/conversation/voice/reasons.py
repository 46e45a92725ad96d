"""Why a chosen model did not do what it was asked for, in words for the user."""

from __future__ import annotations

from coach.content import wordings
from coach.errors import CoachError
from coach.models.calling import HeldBackError
from coach.models.chat import ChatError
from coach.models.chosen import Use
from coach.models.spending import SpentError

_SHEET = "model-notes"
_SEEN: dict[Use, tuple[str, str]] = {
    "replies": ('coach model preview "TEXT"', "coach model allow"),
    "notes": ("coach memory propose PAIR --preview", "coach model allow --for notes"),
    "rehearsals": ("coach rehearse PAIR --preview", "coach model allow --for rehearsals"),
}
"""The commands that show what would be sent, and that let it go."""


def note(heading: str, **slots: str) -> str:
    """The line under that heading of ``prompts/model-notes.md``, with its slots filled."""
    text = wordings(_SHEET)[heading][0]
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def because(error: HeldBackError | CoachError) -> str:
    """The line for what came between, with what the built-in engine did."""
    match error:
        case HeldBackError(heading="not allowed", slots=slots):
            show, allow = _SEEN[slots["use"]]  # type: ignore[index]
            return note("not allowed", name=slots["name"], show=show, allow=allow)
        case HeldBackError():
            return note(error.heading, **error.slots)
        case ChatError():
            return note(error.failure)
        case SpentError():
            return note("spent")
        case CoachError():
            return note("set up", why=error.what)


def reason(line: str) -> str:
    """Such a line without what the built-in engine did: the reason alone."""
    return line.partition(": ")[2]
