"""A goal as it is told in the chat."""

from __future__ import annotations

import re

_WISH = re.compile(
    r"^\W*(?:(?i:ok|okay|so|and|well|yes|then|maybe|for me)[,:]? )*(?:(?:(?i:i|we)(?:'d| would)?"
    r"|(?i:my (?:mentee|mentor)|he|she|they)|[A-Z]\w+)(?: would)? (?:really |also |still )*"
    r"(?:wants?|like|loves?|hopes?|aims?|plans?|wish(?:es)?|intends?|dreams? of)(?: to)?"
    r"|(?i:my|his|her|their|the|our) (?:\w+ )?(?:goal|aim|plan|wish|dream|ambition) is(?: to)?)"
    r"\s+(?=\w)",
)


def goal_in(text: str) -> str:
    """The goal itself: "Be a ward sister in two years" for "I want to be ...". Its words stay."""
    plain = " ".join(text.replace("’", "'").split()).rstrip(" .!")
    bare = _WISH.sub("", plain, count=1)
    return bare[:1].upper() + bare[1:]
