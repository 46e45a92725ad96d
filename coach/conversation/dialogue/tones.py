"""How soft, firm, short or simple a line to say sounds: a rough measure to choose among lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from coach.conversation.dialogue.variation import Tone
from coach.text import word_count

_SOFT = re.compile(
    r"\b(?:would|could|might|may|perhaps|maybe|wonder\w*|glad|happy|thank\w*|like|feel\w*|if|help"
    r"|together|enjoy\w*|hope\w*|appreciate\w*|sorry|no hurry|as much as)\b|\?",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\b(?:need|must|annoyed|disappointed|expect|want|will|missed|without|never|no longer|not|by"
    r"|agreed|said|count on|when|what exactly|\w+n't)\b",
    re.IGNORECASE,
)


def softness(line: str) -> float:
    """How many signs of tact a line has more than of plain speaking, by its length."""
    return (len(_SOFT.findall(line)) - len(_FIRM.findall(line))) / max(1, word_count(line))


def brevity(line: str) -> float:
    """The fewer words, the higher."""
    return float(-word_count(line))


def simplicity(line: str) -> float:
    """The fewer words to a line and letters to a word, the higher."""
    return -0.2 * word_count(line) - len(line) / max(1, word_count(line))


TONE_OF: Mapping[Tone, Callable[[str], float]] = {
    "shorter": brevity,
    "softer": softness,
    "firmer": lambda line: -softness(line),
    "simpler": simplicity,
}
"""For each tone how far a line has it."""
