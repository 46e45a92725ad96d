"""What repeats ("every Monday", "second Tuesday of each month", "weekly"): no day of its own."""

from __future__ import annotations

import re

from coach.memory.dates.scene import Core, Rule, Scene, rule
from coach.memory.dates.words import COUNT, FULL_WEEKDAY, ORDINAL_WORD, WEEKDAY

_EACH = r"(?:every|each|per)"
_UNIT = r"(?:day|week|fortnight|month|quarter|year|term|morning|afternoon|evening|night|weekend)"
_TOD = r"(?:morning|afternoon|evening|night|lunchtime)"
_ON = r"(?:(?:on|at|in)\s+)?(?:the\s+)?"
_DAYS = rf"{FULL_WEEKDAY}s(?:\s*(?:,|and|or|&)\s*{FULL_WEEKDAY}s)*"


_COUNTED = re.compile(rf"\b{COUNT}\s+$", re.IGNORECASE)


def _repeats(match: re.Match[str], scene: Scene) -> Core | None:
    if _COUNTED.search(scene.text, max(0, match.start() - 12), match.start()):
        return None
    return Core(None, recurring=True)


RULES: tuple[Rule, ...] = (
    rule(
        rf"{_ON}(?:{ORDINAL_WORD}|last|\d(?:st|nd|rd|th))"
        rf"(?:\s+(?:and|or|&)\s+(?:{ORDINAL_WORD}|last))?\s+"
        rf"(?:{FULL_WEEKDAY}|week|day|working day)s?\s+(?:of|in)\s+(?:every|each|the|a)\s+"
        r"(?:month|quarter|year|term|week)",
        _repeats,
    ),
    rule(rf"{_ON}\d(?:st|nd|rd|th)\s+of\s+(?:every|each)\s+month", _repeats),
    rule(
        rf"{_EACH}\s+(?:(?:other|single|second|third|fourth|few|{COUNT})\s+)?(?:{WEEKDAY}|{_UNIT})s?"
        rf"(?:\s+{_TOD})?(?:\s+(?:and|or)\s+{WEEKDAY})?",
        _repeats,
    ),
    rule(
        rf"(?:once|twice|{COUNT}\s+times|{COUNT}\s+{_TOD}s?|{COUNT}\s+hours?)\s+"
        rf"(?:a|an|per|each|every)\s+{_UNIT}",
        _repeats,
    ),
    rule(rf"{_ON}{_DAYS}(?!['’])", _repeats),
    rule(rf"{_ON}{FULL_WEEKDAY}\s+{_TOD}s", _repeats),
    rule(
        rf"(?<!from )(?:{FULL_WEEKDAY})\s+(?:to|till|through|-|–)\s+{FULL_WEEKDAY}(?=\s*[,.;)]|$)",
        _repeats,
    ),
    rule(r"(?:at|on|over)\s+weekends|weekends", _repeats),
    rule(
        r"(?:bi-?)?weekly|fortnightly|(?:bi-?)?monthly|quarterly|daily|nightly|yearly|annually",
        _repeats,
    ),
)

STARTING = re.compile(
    r"[\s,;(–—-]*(?:\w+\s+){0,3}?(?:starting|beginning|as (?:of|from)|from|first one)\b",
    re.IGNORECASE,
)
"""What stands between something that repeats and the day it starts."""
