"""Dates in what people write: found, and resolved against the day it was written.

The words are read by rules of our own, because what a date means in a note depends on the note:
"on Friday" is the last one after a verb in the past and the coming one otherwise. The calendar
arithmetic is dateutil's (relativedelta, the date of Easter). Nothing is invented: "soon", "next
time" and "this week" give no date.
"""

from coach.memory.dates.finder import find_dates
from coach.memory.dates.locale import HERE, Locale
from coach.memory.dates.mention import DateMention, Relation

__all__ = ["HERE", "DateMention", "Locale", "Relation", "find_dates"]
