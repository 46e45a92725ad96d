"""Feasts and holidays by name: fixed days, days counted from Easter, and n-th weekdays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.easter import easter

from coach.memory.dates.calendar import Interval, month_of, nth_weekday, pick, weekday_before

_FIXED = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25),
    "boxing day": (12, 26), "hogmanay": (12, 31), "new year's eve": (12, 31),
    "new year's day": (1, 1), "new year": (1, 1), "new year's": (1, 1), "epiphany": (1, 6),
    "burns night": (1, 25), "candlemas": (2, 2), "valentine's day": (2, 14),
    "st david's day": (3, 1), "st patrick's day": (3, 17),
    "st george's day": (4, 23), "anzac day": (4, 25),
    "lady day": (3, 25), "lammas": (8, 1),
    "may day": (5, 1), "midsummer's eve": (6, 23), "midsummer eve": (6, 23),
    "midsummer's day": (6, 24), "midsummer day": (6, 24), "midsummer": (6, 24),
    "juneteenth": (6, 19), "canada day": (7, 1), "independence day": (7, 4),
    "bastille day": (7, 14), "michaelmas": (9, 29), "halloween": (10, 31), "hallowe'en": (10, 31),
    "all saints' day": (11, 1), "all saints": (11, 1), "bonfire night": (11, 5),
    "guy fawkes night": (11, 5), "remembrance day": (11, 11), "veterans day": (11, 11),
    "martinmas": (11, 11), "st andrew's day": (11, 30),
}  # fmt: skip
_FROM_EASTER = {
    "easter": 0, "easter sunday": 0, "easter day": 0, "easter monday": 1, "easter saturday": -1,
    "good friday": -2, "maundy thursday": -3, "palm sunday": -7, "ash wednesday": -46,
    "shrove tuesday": -47, "pancake day": -47, "mardi gras": -47, "ascension day": 39,
    "ascension": 39, "whitsun": 49, "whit sunday": 49, "pentecost": 49, "whit monday": 50,
    "corpus christi": 60,
}  # fmt: skip
# The n-th weekday (0 is Monday) of a month: (month, n, weekday).
_NTH = {
    "martin luther king day": (1, 3, 0), "mlk day": (1, 3, 0), "presidents' day": (2, 3, 0),
    "memorial day": (5, -1, 0), "labor day": (9, 1, 0), "columbus day": (10, 2, 0),
    "thanksgiving": (11, 4, 3), "thanksgiving day": (11, 4, 3), "black friday": (11, 4, 3),
}  # fmt: skip

_NAMES = sorted({*_FIXED, *_FROM_EASTER, *_NTH, "advent sunday", "advent"}, key=len, reverse=True)
FEAST = "(?:" + "|".join(re.escape(n).replace("'", "['’]?") for n in _NAMES) + r")\b(?!['’])"
_BY_BARE_NAME = {name.replace("'", ""): name for name in _NAMES}


def feast_in(name: str, year: int) -> date:
    """The day of the feast in ``year``; ``name`` as :data:`FEAST` matched it."""
    key = _BY_BARE_NAME[re.sub(r"\s+", " ", name.lower().replace("’", "").replace("'", ""))]
    if key in _FIXED:
        return date(year, *_FIXED[key])
    if key in _FROM_EASTER:
        return easter(year) + timedelta(days=_FROM_EASTER[key])
    if key in _NTH:
        month, nth, weekday = _NTH[key]
        found = nth_weekday(nth, weekday, month_of(date(year, month, 1)))
        assert found is not None
        return found + timedelta(days=1) if key == "black friday" else found
    # The first of the four Sundays before Christmas.
    return weekday_before(6, date(year, 12, 25)) - timedelta(weeks=3)


def feast(name: str, on: date, tense: str) -> date:
    """The occurrence of a feast that is meant on the day ``on``."""
    days = [feast_in(name, year) for year in range(on.year - 1, on.year + 3)]
    spans: list[Interval] = [(d, d) for d in days]
    return pick(spans, on, tense)[0]
