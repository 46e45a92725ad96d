"""What the app says of its own accord, apart from the service's texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.storage.pairs import Pair

STILL_OPENING = "Your conversations are still being opened; this follows as soon as they are."

_EXAMPLES = {
    "mentor": (
        "What should {name} and I settle in our first meetings?",
        "How do I give {name} feedback that is hard to hear?",
        "What can I ask {name} instead of giving advice?",
    ),
    "mentee": (
        "How do I get the most out of my next meeting with {name}?",
        "How do I tell {name} what I need?",
        "What if {name} rarely has time for me?",
    ),
    "none": (
        "What makes a good first meeting?",
        "How do I set limits without sounding cold?",
        "What should I ask when I don't know what to say?",
    ),
}


def examples(pair: Pair | None) -> tuple[str, ...]:
    """Three questions to start with, for this pair."""
    if pair is None:
        return _EXAMPLES["none"]
    name = one_line(pair.first_name)
    return tuple(text.replace("{name}", name) for text in _EXAMPLES[pair.role])


def pair_line(pair: Pair | None) -> str:
    """Who the conversation is about: "Amara Osei, your mentee"."""
    return f"{one_line(pair.name)}, your {pair.their_role}" if pair else "no one in particular"


def as_coach_error(error: BaseException) -> CoachError:
    """``error`` itself if it is meant for the user, else what can be said of an unexpected one."""
    if isinstance(error, CoachError):
        return error
    return CoachError(
        "Something went wrong",
        f"this did not work ({type(error).__name__})",
        "Try it again; if it keeps happening, `coach doctor` shows what to look at.",
    )
