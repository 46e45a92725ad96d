"""What is said to a sign of trouble: fixed wordings of ``prompts/safety.md``, taken in turn."""

from __future__ import annotations

from typing import Literal

from coach.content import wordings
from coach.conversation.safety.signs import Sign
from coach.library.slots import fill
from coach.text import cited, first_name

_ANY_NUMBER = "your local emergency number"


def safety_reply(
    sign: Sign, *, name: str, role: Literal["mentor", "mentee"], emergency: str, turn: int = 0
) -> tuple[str, tuple[str, ...]]:
    """The reply to ``sign`` and the ids of the cards that it cites, as ``[id]``, in its text.

    ``name`` is the other person ("" if unknown), ``role`` what the user is to that person,
    ``emergency`` the number to call ("" if none is set). ``turn`` is the id of the user's message:
    the same gives the same wording, the next one another. Ids count the coach's messages too, so
    those of a user on end are two apart.
    """
    options = wordings("safety")[f"{sign.kind} {sign.concerns}"]
    text = options[turn // 2 % len(options)]
    said = fill(text, first_name(name), role=role, emergency=emergency.strip() or _ANY_NUMBER)
    return said, cited(said)
