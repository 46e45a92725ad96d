"""The words that dates are made of, as regular expression pieces and tables."""

from __future__ import annotations

import re
from datetime import date


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b(?:\.(?=\s*[\d,]))?)"
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
WEEKDAY = rf"(?:{FULL_WEEKDAY}\b|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b(?:\.(?=\s*\d))?)"
# Short weekdays that are also words need a preposition or a capital.
RISKY_WEEKDAYS = {"mon", "wed", "sat", "sun", "fri"}
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
ORDINAL = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)"
YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
YEAR_TAIL = rf"(?:(?:,\s*|\s+)(?P<y>{YEAR})\b|,?\s+(?:of\s+)?(?P<ry>next|this|last)\s+year)?"
MONTH_TAIL = rf"(?:(?P<mod>next|last|this)\s+)?(?P<month>{MONTH}){YEAR_TAIL}"
WHICH = r"(?P<which>first|second|third|fourth|fifth|last)"
PART_OF_DAY = r"(?:early |late )?(?:morning|afternoon|evening|night|lunchtime|noon|midday)"

_SMALL = (
    "one two three four five six seven eight nine ten eleven "
    "twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: n for n, word in enumerate(_SMALL.split(), 1)} | {
    "a": 1, "an": 1, "couple": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
COUNT = (
    r"(?:\d{1,3}|(?:a )?couple(?: of)?|an?|"
    + "|".join(sorted((w for w in NUMBERS if len(w) > 2 and w != "couple"), key=len, reverse=True))
    + ")"
)
UNIT = r"(?:day|week|wk|fortnight|month|mth|quarter|year|yr)"

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
    "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINAL_WORDS = {word: n for n, word in enumerate(_ORDINALS.split(), 1)} | {
    f"twenty-{word}": 20 + n for n, word in enumerate(_ORDINALS.split()[:9], 1)
} | {"thirtieth": 30, "thirty-first": 31}  # fmt: skip
ORDINAL_WORD = (
    "(?:" + "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True)).replace("-", "[- ]") + ")"
)

# Words that can follow a whole date. Another lower-case word after "the 9th" or "in the summer" is
# most often the noun that they belong to ("the 9th floor", "the summer timetable").
_AFTER_A_DATE = word_set(
    """
    i he she it we they you me him her us them his its our their your my mine hers who whom whose
    the a an this that these those some any all both each every no none most many more much few
    several one two three another other what which when where why how if whether because since
    unless as at in on to for with without from by about after before until till than then so and
    or but nor not never yet though although while whereas is are was were be been being am has
    have had do does did will would shall should can could may might must isn't wasn't won't
    didn't he's she's it's i'm i'll he'll she'll we'll they'll i've we've i'd he'd she'd we'd
    they'd already again too only still now there here latest maybe perhaps probably finally
    instead just also even onwards onward sharp through into onto over up out off down away back
    early late around between during near per via plus minus either neither once twice except
    apart rather please hopefully ideally definitely certainly works suits followed w b/c cos coz
    """
)
IRREGULAR_PASTS = word_set(
    """
    was were did had went gave took came got saw met sent lost won broke spoke wrote made began
    ran fell felt found heard held kept knew led paid rang sat sold spent stood taught thought
    threw understood woke wore brought bought built chose drew drove ate flew forgot grew hid hung
    laid lent rode rose sang shook slept stole swam swore tore became blew caught dealt dug drank
    fought froze left meant showed shone shot sank slid struck stuck swept bent beat crept fled
    flung sped withdrew overcame said told lay
    """
)
_NOT_PAST = word_set(
    """
    need feed speed indeed bed red hundred exceed proceed embed seed wicked naked bleed breed
    greed creed weed deed shed sled fed bred wed med ted ned fred unspecified tired excited
    worried
    """
)

_NEXT_WORD = re.compile(r"\s*([^\W\d_]+(?:['’/][^\W\d_]+)*|.|$)", re.DOTALL)


def year_in(text: str) -> int:
    """The year in "2026" or "'26"."""
    return int(text) if len(text) == 4 else 2000 + int(text[-2:])


def on_year(match: re.Match[str], on: date) -> int | None:
    """The year that a match names, directly or as "next year"; None when it names none."""
    groups = match.groupdict()
    if groups.get("y"):
        return year_in(groups["y"])
    if groups.get("ry"):
        return on.year + {"next": 1, "this": 0, "last": -1}[groups["ry"].lower()]
    return None


def looks_past(word: str) -> bool:
    """Whether the lower-case ``word`` has the form of a past tense or participle."""
    if word in IRREGULAR_PASTS:
        return True
    return len(word) > 3 and word.endswith("ed") and word not in _NOT_PAST


def stands_alone(text: str, end: int) -> bool:
    """Whether the phrase that ends at ``end`` is not the modifier of a noun that follows it."""
    match = _NEXT_WORD.match(text, end)
    word = match.group(1) if match else ""
    if not word or not word[0].isalpha() or word[0].isupper():
        return not text[end : end + 1].isalnum() and text[end : end + 1] not in ("%", "-")
    low = word.lower().replace("’", "'")
    return low in _AFTER_A_DATE or looks_past(low)


def number(text: str) -> int:
    """The value of what :data:`COUNT` matched: "two", "a couple of", "14"."""
    low = text.lower()
    if "couple" in low:
        return 2
    return int(low) if low.isdigit() else NUMBERS[low]


def month_number(text: str) -> int:
    """1 to 12 for a month's name or its short form."""
    return MONTHS.index(text[:3].lower()) + 1


def weekday_number(text: str) -> int:
    """0 (Monday) to 6 for a weekday's name or its short form."""
    return WEEKDAYS.index(text[:3].lower())
