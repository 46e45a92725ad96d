"""Where a message goes over from the user's own words to somebody else's, pasted in."""

from __future__ import annotations

import re

_PASTED = re.compile(
    r"(?:^|\n)\s*(?:>|from:|subject:|to:|sent:|-{3,}|_{3,}|```)"
    r"|\b(?:wrote|writes|written|sent|says|said|mails?|mailed|messages?|letter|texts?|texted|e-?mail|"
    r"document|pasted|forwarded)\b[^.?!\n:]{0,60}:\s",
    re.IGNORECASE,
)


def own_words(message: str) -> str:
    """What of a message the user says: its beginning, up to a text that is pasted in.

    Only this can ask for anything to be done; the rest is material.
    """
    found = _PASTED.search(message)
    return message[: found.start()] if found else message
