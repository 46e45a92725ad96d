"""Dates in notes: what is found, against which day, and what is left alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory.dates import DateMention, Locale, find_dates
from coach.memory.dates.calendar import week_of, weekday_in_week

ON = date(2026, 3, 10)  # a Tuesday
MONTH_FIRST = Locale(day_first=False)
LOCALES = st.builds(Locale, st.booleans(), st.booleans(), st.booleans())
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))

# text | when or the interval "first..last" | relation (on if empty) | "past" where it is
DATED = """
See you on Friday. | 2026-03-13
she sits it on the twenty ninth of june | 2026-06-29
the camp is september fourteenth through sixteenth | 2026-09-14..2026-09-16 | between
The conference runs from 17.-19. September. | 2026-09-17..2026-09-19 | between
I will open the account by next week Wednesday. | 2026-03-18 | by
He counts the stock before the month is out. | 2026-03-31 | by
The answer comes on the 12th of the next month. | 2026-04-12
It went well on Friday. | 2026-03-06 | | past
She presented last Friday. | 2026-03-06 | | past
We meet next Friday. | 2026-03-20
He calls her this Thursday. | 2026-03-12
The board sits next Monday. | 2026-03-16
I'll hand it in on Tuesday week. | 2026-03-24
The viva is a week on Monday. | 2026-03-23
Let's talk Friday fortnight. | 2026-03-27
On Saturday night the pump failed. | 2026-03-07 | | past
He said he would ring on Sunday. | 2026-03-15
She told me on Thursday that it was over. | 2026-03-05 | | past
We agreed to meet on Wednesday. | 2026-03-11
The call was moved to Thursday. | 2026-03-12
She moved to Leeds in September. | 2025-09-01..2025-09-30 | | past
He moved out on Sunday. | 2026-03-08 | | past
The viva has moved to room 4 on Friday. | 2026-03-13
It was due on Friday. | 2026-03-06 | by | past
Numbers due Friday. | 2026-03-13 | by
She'll send the draft by Wed. | 2026-03-11 | by
draft to me by fri | 2026-03-13 | by
Nothing before Monday, please. | 2026-03-16 | by
Away until Thursday. | 2026-03-12 | by
Off sick since Monday. | 2026-03-09 | from | past
Starting Monday she leads the team. | 2026-03-16 | from
Friday: she'll have the keys. | 2026-03-13
Met him Sunday, all fine. | 2026-03-08 | | past
Seen it Sunday. | 2026-03-08 | | past
I have to get the forms to her on Thursday. | 2026-03-12
She was supposed to send it on Friday. | 2026-03-06 | | past
The interview's on Monday morning. | 2026-03-16
She's going in on Friday the 13th. | 2026-03-13
Sat 14 March, Leeds. | 2026-03-14
the deadline is Mon 16th | 2026-03-16
He asked me to look at it on Saturday. | 2026-03-14
She went to see the dean on Friday. | 2026-03-06 | | past
He hasn't slept since Saturday. | 2026-03-07 | from | past
They want an answer by the Friday after next. | 2026-03-27 | by
Monday's rehearsal went badly. | 2026-03-09 | | past
I'm seeing him today. | 2026-03-10
tomorrow she flies | 2026-03-11
will drop it off tmrw | 2026-03-11
tonight's the night | 2026-03-10
She wrote to me yesterday. | 2026-03-09 | | past
He rang last night. | 2026-03-09 | | past
Results the day after tomorrow. | 2026-03-12
It happened the day before yesterday. | 2026-03-08 | | past
I'll write this evening. | 2026-03-10
The audit is in two weeks. | 2026-03-24
She starts in a fortnight. | 2026-03-24
We'll know in three weeks' time. | 2026-03-31
back in ten days | 2026-03-20
The lease ends in a month. | 2026-04-10
He retires in two years. | 2028-03-10
He wants it within six months. | 2026-09-10 | by
She hopes to know in the next two weeks. | 2026-03-24 | by
The move is in about three weeks. | 2026-03-31 | about
in a couple of weeks she'll decide | 2026-03-24 | about
It was ten days ago. | 2026-02-28 | | past
Hired two months ago. | 2026-01-10 | | past
She left about a year ago. | 2025-03-10 | about | past
The hearing is a month from now. | 2026-04-10
two weeks from Friday we fly | 2026-03-27
three weeks tomorrow it opens | 2026-04-01
Done by the end of the week. | 2026-03-13 | by
by the end of the month he'll know | 2026-03-31 | by
before the end of next month | 2026-04-30 | by
Report by the end of the quarter. | 2026-03-31 | by
Promotion by the end of the year. | 2026-12-31 | by
By the end of March she'll have a draft. | 2026-03-31 | by
He retires at the end of September. | 2026-09-30
by end of June | 2026-06-30 | by
by month-end | 2026-03-31 | by
by year-end | 2026-12-31 | by
I'll have it by the end of the day. | 2026-03-10 | by
At the end of next week she hears. | 2026-03-20
by the end of 2027 | 2027-12-31 | by
by the end of Q3 | 2026-09-30 | by
We launch mid-April. | 2026-04-11..2026-04-20 | about
She's back in early June. | 2026-06-01..2026-06-10 | about
In late May he defends. | 2026-05-21..2026-05-31 | about
at the beginning of May | 2026-05-01..2026-05-10 | about
in the middle of August | 2026-08-11..2026-08-20 | about
the first week of May | 2026-05-01..2026-05-07
the last week of April | 2026-04-24..2026-04-30
the first Monday in May | 2026-05-04
the last Friday of April | 2026-04-24
the second Tuesday of next month | 2026-04-14
The practical is on the 22nd. | 2026-03-22
The letter came on the 9th. | 2026-03-09 | | past
She handed it in on the 28th. | 2026-02-28 | | past
Slides by the 23rd, please. | 2026-03-23 | by
Rent is due the 1st. | 2026-04-01 | by
Before the 30th I'd like an answer. | 2026-03-30 | by
the 5th of next month | 2026-04-05
The exam is on the 31st. | 2026-03-31
On the twenty-second she speaks. | 2026-03-22
The course starts on 9 April. | 2026-04-09
The course starts April 9th. | 2026-04-09
The course starts on the 9th of April. | 2026-04-09
The course starts on the ninth of April. | 2026-04-09
Talk on 26 March, in Hull. | 2026-03-26
OSCE: 27 Jan | 2027-01-27
the vote was on 4 March | 2026-03-04 | | past
We signed on Feb 20. | 2026-02-20 | | past
Feb. 20 was a disaster | 2026-02-20 | | past
Chapter went in on 28 October. | 2025-10-28 | | past
My review is on 2 February. | 2027-02-02
due 30 april | 2026-04-30 | by
Party on 31 December 2026 | 2026-12-31
On May 4, 2027 it closes. | 2027-05-04
15th June 2026 | 2026-06-15
She wants the role by 1 September next year. | 2027-09-01 | by
The exam is on 3 May this year. | 2026-05-03
He rang on 3/3. | 2026-03-03 | | past
Please reply by 9/4. | 2026-04-09 | by
Signed 3/9/2025. | 2025-09-03 | | past
It's 12.05.2026 then | 2026-05-12
2026-04-09: oral exam | 2026-04-09
on 2026-01-05 she wrote | 2026-01-05 | | past
due 1/4/26 | 2026-04-01 | by
Away from 3 to 9 May. | 2026-05-03..2026-05-09 | between
3-9 May in Oslo | 2026-05-03..2026-05-09 | between
3–9 May in Oslo | 2026-05-03..2026-05-09 | between
between the 23rd and the 27th | 2026-03-23..2026-03-27 | between
May 3 to 9 she's in Rome | 2026-05-03..2026-05-09 | between
May 3-9, Rome | 2026-05-03..2026-05-09 | between
Interviews on 26 and 27 May. | 2026-05-26..2026-05-27 | between
from 28 March to 1 April | 2026-03-28..2026-04-01 | between
from 1 june to the 14th | 2026-06-01..2026-06-14 | between
15 June - 31 July | 2026-06-15..2026-07-31 | between
between now and 15 April | 2026-03-10..2026-04-15 | between
from Monday to Wednesday she's in court | 2026-03-16..2026-03-18 | between
from March 28 through April 2 | 2026-03-28..2026-04-02 | between
between Christmas and New Year | 2026-12-25..2027-01-01 | between
from April to June she's abroad | 2026-04-01..2026-06-30 | between
between October and December | 2026-10-01..2026-12-31 | between
She moves in October. | 2026-10-01..2026-10-31
In March she starts. | 2026-03-01..2026-03-31
He has been there since October. | 2025-10-01 | from | past
She failed it in November. | 2025-11-01..2025-11-30 | | past
by October she wants out | 2026-10-01 | by
next April | 2026-04-01..2026-04-30
last June she quit | 2025-06-01..2025-06-30 | | past
in June 2027 | 2027-06-01..2027-06-30
In the autumn he applies. | 2026-09-01..2026-11-30
this summer she'll travel | 2026-06-01..2026-08-31
next spring | 2027-03-01..2027-05-31
last winter was hard | 2025-12-01..2026-02-28 | | past
We'll decide before the summer. | 2026-06-01 | by
by spring 2027 | 2027-03-01 | by
Done before Easter. | 2026-04-05 | by
after Christmas we'll see | 2026-12-25 | from
She hasn't been home since Christmas. | 2025-12-25 | from | past
by New Year he'll be gone | 2027-01-01 | by
We'll talk after Whitsun. | 2026-05-24 | from
They fly out on Good Friday. | 2026-04-03
Thanksgiving is hard, so before Thanksgiving. | 2026-11-26 | by
by Christmas Eve | 2026-12-24 | by
by Midsummer | 2026-06-24 | by
Launch in Q3. | 2026-07-01..2026-09-30
in the third quarter | 2026-07-01..2026-09-30
next quarter | 2026-04-01..2026-06-30
I'll read it this weekend. | 2026-03-14..2026-03-15
at the weekend she's on call | 2026-03-14..2026-03-15
We did it at the weekend. | 2026-03-07..2026-03-08 | | past
last weekend | 2026-03-07..2026-03-08 | | past
next weekend | 2026-03-21..2026-03-22
in 2027 she'd like to move | 2027-01-01..2027-12-31
She qualified in 2019. | 2019-01-01..2019-12-31 | | past
next year | 2027-01-01..2027-12-31
next week | 2026-03-16..2026-03-22
next month | 2026-04-01..2026-04-30
last month | 2026-02-01..2026-02-28 | | past
the week after next | 2026-03-23..2026-03-29
two days before Christmas | 2026-12-23
a week before 9 May | 2026-05-02
the day after the 22nd | 2026-03-23
around the 20th | 2026-03-20 | about
no later than 3 April | 2026-04-03 | by
not before 3 April | 2026-04-03 | from
as of 1 July | 2026-07-01 | from
Not sent yet, promised for Thursday. | 2026-03-12
Resit failed twice, next one on 14 May. | 2026-05-14
Deck at 3pm on Friday. | 2026-03-13
review is w/c 23 March | 2026-03-23..2026-03-29
the week of 6 April is bad for her | 2026-04-06..2026-04-12
deadline's 31/3 | 2026-03-31
Next meeting 24/03 at 14:00 | 2026-03-24
Baby due mid May | 2026-05-11..2026-05-20 | by
Thursday or Friday next week | 2026-03-19..2026-03-20 | between
Friday of next week | 2026-03-20
back in 2 wks | 2026-03-24
two Fridays from now | 2026-03-20
He opens the shop in May or June. | 2026-05-01..2026-06-30 | between
New Year's Eve | 2026-12-31
last Easter | 2025-04-20 | | past
first half of 2027 | 2027-01-01..2027-06-30
on 3rd | 2026-04-03
the night before the 20th | 2026-03-19
not until May | 2026-05-01 | from
I promised it by last Friday and forgot | 2026-03-06 | by | past
over the next three months | 2026-03-10..2026-06-10 | between
14-May-2026 | 2026-05-14
I wed him and left a fortnight ago | 2026-02-24 | | past
"""

UNDATED = """
25 min late, night shift
for two hours
She has worked there for two weeks.
He is 42 and has three sons.
82 on calculations
Room 9, then room 12.
a 9 to 5 job
It cost 1.2M and 300 euros.
version 2.3.1 of the template
We meet at 3pm.
at ten she's free
chapter 3 and chapter 4
scored 7/10 on confidence
Beat them 24-19.
Next time we talk money.
Before the week is out he'll tell her.
this week she has three talks
He'll write soon.
some day she'd like to teach
By the end of term she'll know.
It took her two weeks, she wrote it in three days.
She did it in two weeks.
the first time in two years
May is my sister.
She may leave in a hurry.
We march on.
a second chance, the third floor
the 9th floor, on the 5th floor
the 1st draft
on the 2nd attempt
the summer timetable
a spring in her step
The fall was bad.
At the end of the day it's her choice.
the other day
in a few weeks
a while ago
sat with him for an hour
the sun was out
They wed young.
a quarter of the team
second thoughts
two of five
24/7 on call
10% by volume
page 6
level 3 practical
the March meeting
the Monday meeting was cancelled
The Friday reports stay.
in the first year
one year older
He was born to lead.
Ring 555 0199 on arrival.
the 2009 leaflet
wine from 12 barrels
some Friday
Black Friday sales
the Sunday paper
over the Easter holidays
the past two weeks were awful
April called.
We sat in the sun.
Half of them came.
"""

RECURRING = """
every Monday
We meet the second Tuesday of each month.
on Sundays
Tuesdays are bad
weekly
every other Thursday
every two weeks
once a month
twice a week
She swims on Tuesday nights and Thursday mornings.
each Friday he lets me know
the first Monday of every month
fortnightly
at weekends
Mondays and Wednesdays
every second Tuesday, 45 minutes
daily
one evening each week
"""


def _cases(table: str) -> list[list[str]]:
    return [[c.strip() for c in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize("case", _cases(DATED), ids=lambda c: c[0])
def test_a_dated_phrase_is_resolved_against_the_day_it_was_said(case: list[str]) -> None:
    text, span, relation, past = [*case, "", ""][:4]
    first, _, last = span.partition("..")
    found = [m for m in find_dates(text, ON) if not m.recurring]
    assert len(found) == 1, found
    (mention,) = found
    assert (mention.when, mention.until) == (
        date.fromisoformat(first),
        date.fromisoformat(last) if last else None,
    ), mention
    assert (mention.relation, mention.past) == (relation or "on", past == "past"), mention


@pytest.mark.parametrize("text", [c[0] for c in _cases(UNDATED)])
def test_what_has_no_date_gets_none(text: str) -> None:
    assert find_dates(text, ON) == []


@pytest.mark.parametrize("text", [c[0] for c in _cases(RECURRING)])
def test_what_repeats_has_no_day_of_its_own(text: str) -> None:
    found = find_dates(text, ON)
    assert found
    assert all(m.recurring and m.when is None for m in found), found


def test_a_repeat_with_a_start_begins_there() -> None:
    (mention,) = find_dates("every Monday, starting 4 May", ON)
    assert (mention.recurring, mention.when, mention.until) == (True, date(2026, 5, 4), None)


@pytest.mark.parametrize(
    ("text", "on", "when"),
    [
        ("The exam is on 9 January.", date(2025, 12, 15), date(2026, 1, 9)),
        ("The exam is on the 3rd.", date(2025, 12, 15), date(2026, 1, 3)),
        ("The exam was on 28 December.", date(2026, 1, 5), date(2025, 12, 28)),
        ("She wrote on the 29th.", date(2026, 1, 5), date(2025, 12, 29)),
        ("Rent is due on the 31st.", date(2026, 2, 10), date(2026, 3, 31)),
        ("The lease ends on 29 February.", date(2027, 6, 1), date(2028, 2, 29)),
        ("in a month", date(2026, 1, 31), date(2026, 2, 28)),
        ("in a year it ends", date(2028, 2, 29), date(2029, 2, 28)),
        ("by the end of February", date(2028, 1, 3), date(2028, 2, 29)),
        ("tomorrow", date(2025, 12, 31), date(2026, 1, 1)),
        ("by Monday", date(2025, 12, 30), date(2026, 1, 5)),
        ("on Easter Monday she ran", date(2026, 5, 1), date(2026, 4, 6)),
        ("See you on Friday.", date(2026, 3, 13), date(2026, 3, 20)),
        ("We spoke on Friday.", date(2026, 3, 13), date(2026, 3, 6)),
        ("by the end of the week", date(2026, 3, 14), date(2026, 3, 20)),
    ],
)  # fmt: skip
def test_ends_of_months_and_years(text: str, on: date, when: date) -> None:
    assert [m.when for m in find_dates(text, on)] == [when]


def test_numeric_dates_follow_the_setting() -> None:
    assert find_dates("on 9/3/2026", ON)[0].when == date(2026, 3, 9)
    assert find_dates("on 9/3/2026", ON, MONTH_FIRST)[0].when == date(2026, 9, 3)
    assert find_dates("by 13/4", ON, MONTH_FIRST)[0].when == date(2026, 4, 13)


@pytest.mark.parametrize(
    ("text", "on", "from_monday", "from_sunday"),
    [
        ("next week", date(2026, 3, 10), date(2026, 3, 16), date(2026, 3, 15)),
        ("next week", date(2026, 3, 15), date(2026, 3, 16), date(2026, 3, 22)),
        ("last week", date(2026, 3, 15), date(2026, 3, 2), date(2026, 3, 8)),
        ("on Sunday of next week", date(2026, 3, 10), date(2026, 3, 22), date(2026, 3, 15)),
        ("by the end of the week", date(2026, 3, 15), date(2026, 3, 20), date(2026, 3, 20)),
        ("by the end of next week", date(2026, 3, 15), date(2026, 3, 20), date(2026, 3, 27)),
        ("the week before 22 March", date(2026, 3, 10), date(2026, 3, 9), date(2026, 3, 15)),
        ("this weekend", date(2026, 3, 15), date(2026, 3, 14), date(2026, 3, 14)),
    ],
)
def test_weeks_begin_where_the_setting_says(
    text: str, on: date, from_monday: date, from_sunday: date
) -> None:
    said = f"She will tell me {text}."
    assert find_dates(said, on)[0].when == from_monday
    assert find_dates(said, on, Locale(sunday_first=True))[0].when == from_sunday


@given(DAYS, st.integers(0, 6), st.booleans())
def test_a_week_holds_its_day_and_each_weekday_once(
    day: date, weekday: int, sunday_first: bool
) -> None:
    first, last = week_of(day, sunday_first)
    assert first <= day <= last
    assert (last - first).days == 6
    assert first.weekday() == (6 if sunday_first else 0)
    found = weekday_in_week(weekday, day, sunday_first)
    assert found.weekday() == weekday
    assert first <= found <= last


@pytest.mark.parametrize(
    ("language", "hemisphere", "locale"),
    [
        ("en-GB", "north", Locale()),
        ("en-US", "north", Locale(day_first=False, sunday_first=True)),
        ("en-AU", "south", Locale(southern=True)),
        ("en-CA", "north", Locale(sunday_first=True)),
        ("en-ZA", "south", Locale(sunday_first=True, southern=True)),
        ("en", "north", Locale()),
    ],
)
def test_a_language_says_how_days_are_counted(
    language: str, hemisphere: Literal["north", "south"], locale: Locale
) -> None:
    assert Locale.of(language, hemisphere) == locale


@given(st.dates(date(2001, 1, 1), date(2089, 12, 31)))
def test_a_numeric_date_is_read_back_in_its_own_order(day: date) -> None:
    on = date(2026, 3, 10)
    day_first, month_first = f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}"
    assert find_dates(f"The exam: {day_first}.", on)[0].when == day
    assert find_dates(f"The exam: {month_first}.", on, MONTH_FIRST)[0].when == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Pitching on 3/11. The round with Kim is 4/16.", ["2026-03-11", "2026-04-16"]),
        ("She scored 18/20 and then 7/15.", []),
        ("He must send them within the 20.", ["2026-03-20"]),
        ("I'll have it cleaned up by the first.", ["2026-04-01"]),
        ("the week beginning 21st, and again at Hogmanay", ["2026-03-21", "2026-12-31"]),
        ("The exam she has moved to November because of work.", ["2026-11-01"]),
        ("i check it over wed 11th", ["2026-03-11"]),
    ],
)
def test_days_as_other_hands_write_them(text: str, days: list[str]) -> None:
    found = find_dates(text, date(2026, 3, 4))
    assert [str(one.when) for one in found] == days


def test_seasons_turn_round_in_the_south() -> None:
    (mention,) = find_dates("She will move in the summer.", ON, Locale(southern=True))
    assert (mention.when, mention.until) == (date(2026, 12, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The talk is on 14 April. He sends me his notes the day after that.", date(2026, 4, 15)),
        ("Deadline the 29th of May; she shows me the essay a week before that.", date(2026, 5, 22)),
        ("He is back on 2 April. I'll have the list by then.", date(2026, 4, 2)),
        ("Trial on 15 April, and I asked for her slides two days before.", date(2026, 4, 13)),
        ("The viva is on 20 April. Until then she rests.", date(2026, 4, 20)),
        ("We meet on 14 April, and she reports on the following Friday.", date(2026, 4, 17)),
        ("Opening on 12 June. I'm off that day.", date(2026, 6, 12)),
    ],
)
def test_a_date_told_from_the_one_before(text: str, when: date) -> None:
    assert find_dates(text, ON)[-1].when == when


def test_a_reference_to_nothing_gives_nothing() -> None:
    assert find_dates("By then she will know, and the day after that she flies.", ON) == []


WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
PIECES = st.lists(
    st.sampled_from(
        [
            "on",
            "by",
            "the",
            "of",
            "9",
            "31",
            "29th",
            "3/9",
            "2026-02-30",
            "May",
            "march",
            "2027",
            "Friday",
            "next",
            "last",
            "week",
            "in",
            "two",
            "days",
            "before",
            "after",
            "from",
            "to",
            "and",
            "-",
            "–",
            "from",
            "between",
            "then",
            "that",
            "tomorrow",
            "end",
            "Easter",
            "Q3",
            "month",
            "every",
            "Mondays",
            "a",
            "year",
            "ago",
            "she",
            "went",
            "will",
            ",",
            ".",
            "summer",
            "since",
            "until",
            "first",
            "99",
            "couple",
            "weekend",
        ]
    ),
    max_size=14,
).map(" ".join)


def check(text: str, on: date, found: list[DateMention]) -> None:
    assert all(text[m.start : m.end] == m.text and m.text.strip() == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for m in found:
        assert m.when is not None or m.recurring
        assert m.until is None or (m.when is not None and m.when <= m.until)


@given(st.one_of(st.text(), PIECES), DAYS, LOCALES)
def test_any_text_gives_verbatim_spans_in_order(text: str, on: date, locale: Locale) -> None:
    check(text, on, find_dates(text, on, locale))


@given(DAYS, DAYS)
def test_an_iso_date_is_itself(day: date, on: date) -> None:
    (mention,) = find_dates(f"The exam: {day.isoformat()}.", on)
    assert (mention.when, mention.past) == (day, day < on)


@given(DAYS, DAYS)
def test_a_full_date_in_words_is_itself(day: date, on: date) -> None:
    for text in (f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%d/%m/%Y}"):
        assert [m.when for m in find_dates(f"on {text}", on)] == [day]


@given(st.sampled_from(WEEKDAYS), DAYS)
def test_a_weekday_to_come_is_within_a_week(name: str, on: date) -> None:
    when = find_dates(f"She will call on {name}.", on)[0].when
    assert when is not None
    assert f"{when:%A}" == name
    assert on < when <= on + timedelta(days=7)


@given(st.sampled_from(WEEKDAYS), DAYS)
def test_a_weekday_gone_is_within_a_week(name: str, on: date) -> None:
    mention = find_dates(f"She called on {name}.", on)[0]
    assert mention.when is not None
    assert f"{mention.when:%A}" == name
    assert on - timedelta(days=7) <= mention.when < on
    assert mention.past


@given(st.integers(1, 31), DAYS)
def test_a_day_of_the_month_is_near_and_on_the_right_side(day: int, on: date) -> None:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")
    ahead = find_dates(f"She will sit it on the {day}{suffix}.", on)[0].when
    back = find_dates(f"She sat it on the {day}{suffix}.", on)[0].when
    assert ahead is not None
    assert back is not None
    assert ahead.day == back.day == day
    assert on <= ahead <= on + timedelta(days=62)
    assert on - timedelta(days=62) <= back <= on


@given(st.integers(1, 40), st.sampled_from(["days", "weeks"]), DAYS)
def test_counted_days_are_counted(count: int, unit: str, on: date) -> None:
    span = timedelta(**{unit: count})
    assert find_dates(f"It starts in {count} {unit}.", on)[0].when == on + span
    assert find_dates(f"It started {count} {unit} ago.", on)[0].when == on - span


def test_a_day_belongs_to_the_month_named_just_before_it() -> None:
    found = find_dates("In June they decide, on the 20th. She rests on the 21st.", ON)
    assert [one.when for one in found] == [date(2026, 6, 1), date(2026, 6, 20), date(2026, 3, 21)]
