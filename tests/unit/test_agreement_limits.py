"""Limits that act: generated limits, and suggestions that go against them or keep to them."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.agreement.agreement import Agreement
from coach.agreement.limits import Limits, limits_of
from coach.memory.items import Item

DAY = date(2026, 5, 1)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = {5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
NAMES = ("her", "him", "them", "Priya")


def agreed(topic: str, text: str) -> Limits:
    return limits_of(Agreement().put(topic, "agreed", text, DAY), (), "Priya Nair")


def noted(text: str, **changes: object) -> Limits:
    values = {
        "id": 1, "kind": "boundary", "about": "them", "owner": None, "text": text, "quote": text,
        "when": None, "until": None, "status": "open", "private": False, "session": 1,
        "said_on": DAY, **changes,
    }  # fmt: skip
    return limits_of(None, [Item(**values)], "Priya Nair")  # type: ignore[arg-type]


# -- times of the day: the same hour in many forms -------------------------------------------------


def clock(minutes: int) -> list[str]:
    """A time of the afternoon in the forms in which people write it."""
    hour, minute = divmod(minutes, 60)
    twelve = hour % 12 or 12
    forms = [f"at {hour}:{minute:02}", f"at {twelve}:{minute:02} pm", f"at {twelve}.{minute:02}pm"]
    if minute == 0:
        forms += [f"at {twelve} pm", f"at {twelve} in the evening"]
    if minute == 30:
        forms += [f"at half past {HOURS.get(twelve, twelve)} in the evening"]
    return forms


CALLS = ("Call {who} {when}", "Could you ring {who} {when}?", "Give {who} a quick call {when}",
         "Phone {who} {when} and ask how it went", "Shall we have a call {when}?")  # fmt: skip
AFTER = [
    (limit, call.format(who=NAMES[n % 4], when=when), minutes > 60 * (hour + 12))
    for n, (hour, call) in enumerate(product((5, 6, 7, 8), CALLS))
    for limit in (f"no calls after {HOURS[hour]}", f"Never ring after {hour + 12}:00, please",
                  f"I don't take phone calls after {hour} pm")
    for minutes in (60 * (hour + 12) - 30, 60 * (hour + 12) + 30)
    for when in clock(minutes)
]  # fmt: skip


def test_there_are_hundreds_of_cases() -> None:
    assert len(AFTER) + len(DAY_CASES) + len(SUBJECT_CASES) > 600


@pytest.mark.parametrize("topic", ["hours", "out-of-bounds", "channel"])
def test_no_calls_after_an_hour(topic: str) -> None:
    wrong = [
        (limit, said)
        for limit, said, forbidden in AFTER
        if bool(agreed(topic, limit).forbids(said)) != forbidden
    ]
    assert wrong == []


@pytest.mark.parametrize("hour", [8, 9, 10])
def test_not_before_an_hour(hour: int) -> None:
    limits = agreed("hours", f"no calls before {HOURS.get(hour, 'ten')}")
    assert limits.forbids(f"Call her at {hour - 1}:30 am")
    assert limits.forbids(f"Ring her at {hour - 1:02}:15")
    assert not limits.forbids(f"Call her at {hour}:30 am")
    assert not limits.forbids("Call her at noon")


# -- days ------------------------------------------------------------------------------------------

RULES = ("no calls on {day}s", "never call me on a {day}", "{day}s: no phone calls",
         "please don't ring on {day}s")  # fmt: skip
ASKS = ("Call her on {day}", "Give Priya a ring {day} morning", "Could we have a call on {day}?",
        "Phone her this {day} at ten")  # fmt: skip
DAY_CASES = [
    (rule.format(day=day), ask.format(day=asked), day == asked)
    for (rule, ask), day in product(product(RULES, ASKS), DAYS)
    for asked in DAYS
]


def test_no_calls_on_a_day() -> None:
    wrong = [
        (limit, said)
        for limit, said, forbidden in DAY_CASES
        if bool(agreed("hours", limit).forbids(said)) != forbidden
    ]
    assert wrong == []


@pytest.mark.parametrize("day", range(7))
def test_a_date_is_read_on_the_day_it_is_said(day: int) -> None:
    limits = agreed("hours", f"no messages on {DAYS[day]}s")
    on = date(2026, 6, 8 + (day - 1) % 7)
    assert (on.weekday() + 1) % 7 == day
    assert limits.forbids("Send her a message tomorrow", on)
    assert not limits.forbids("Send her a message today", on)
    assert not limits.forbids("Send her a message tomorrow")
    falls = date(2026, 6, 15 + day)
    assert limits.forbids(f"Text her on {falls.day} June", on)


@pytest.mark.parametrize("limit", ["not on weekends", "no contact at the weekend", "weekdays only"])
@pytest.mark.parametrize("way", ["Call her", "Send her a message", "E-mail her", "Drop by"])
def test_weekends(limit: str, way: str) -> None:
    limits = agreed("hours", limit)
    assert limits.forbids(f"{way} on Saturday")
    assert limits.forbids(f"{way} this weekend")
    assert not limits.forbids(f"{way} on Wednesday")
    assert not limits.forbids("How was your weekend?")


# -- hours that are open ---------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["Call her", "Message her", "Ring Priya", "E-mail her"])
@pytest.mark.parametrize(
    "limit", ["weekdays before six", "Mon-Fri 9-18", "Monday to Friday until six in the evening"]
)
def test_agreed_hours_bind(limit: str, way: str) -> None:
    limits = agreed("hours", limit)
    assert limits.forbids(f"{way} on Saturday")
    assert limits.forbids(f"{way} at 8 pm")
    assert limits.forbids(f"{way} on Tuesday evening")
    assert not limits.forbids(f"{way} on Tuesday at 4 pm")
    assert not limits.forbids(f"{way} tomorrow")


def test_hours_that_only_one_of_them_says_do_not_bind() -> None:
    said = Agreement().put("hours", "mine", "mornings", DAY)
    assert not limits_of(said).forbids("Call her at 4 pm")


def test_what_one_of_them_rules_out_is_kept_before_it_is_agreed() -> None:
    said = Agreement().put("hours", "theirs", "not after eight in the evening", DAY)
    assert limits_of(said).forbids("Call her at 9 pm")
    settled = said.put("hours", "agreed", "calls until ten in the evening", DAY)
    assert not limits_of(settled).forbids("Call her at 9 pm")


def test_each_way_has_its_own_hours() -> None:
    limits = agreed("hours", "calls until six, messages any time")
    assert limits.forbids("Call her at seven in the evening")
    assert not limits.forbids("Text her at nine at night")


# -- ways to be in touch ---------------------------------------------------------------------------

WAYS = {
    "call": ("Call her", "Give her a ring", "Ring Priya and ask", "Could we speak on the phone?"),
    "message": ("Text her", "Send her a WhatsApp", "Send a message", "Ping her on Slack"),
    "email": ("E-mail her", "Send her an email", "Write her a short e-mail"),
    "video": ("Let's do a video call", "Suggest a Zoom with her"),
}
NEVER = {"call": "no phone calls", "message": "no text messages", "email": "no e-mail, please",
         "video": "no video"}  # fmt: skip
ONLY = {"call": "only by phone", "message": "text only", "email": "only by e-mail"}


@pytest.mark.parametrize(("ruled", "asked"), product(NEVER, WAYS))
@pytest.mark.parametrize("topic", ["channel", "out-of-bounds"])
def test_a_way_that_is_ruled_out(topic: str, ruled: str, asked: str) -> None:
    limits = agreed(topic, NEVER[ruled])
    for said in WAYS[asked]:
        # A video call is a call too.
        if (ruled, asked) != ("call", "video"):
            assert bool(limits.forbids(said)) == (ruled == asked), said


@pytest.mark.parametrize(("way", "asked"), product(ONLY, WAYS))
def test_only_one_way(way: str, asked: str) -> None:
    limits = agreed("channel", ONLY[way])
    for said in WAYS[asked]:
        if (way, asked) != ("call", "video"):
            assert bool(limits.forbids(said)) == (way != asked), said
    assert not limits.forbids("Ask her at your next meeting how it went")


# -- subjects --------------------------------------------------------------------------------------

SUBJECTS = {
    "salary": ("salary", "pay", "her wages", "the bonus", "a raise"),
    "religion": ("religion", "her faith", "the church she goes to"),
    "politics": ("politics", "the election", "political parties"),
    "her divorce": ("the divorce", "divorcing"),
    "family": ("her family", "her mother", "his kids"),
    "health": ("her health", "the diagnosis", "being ill"),
    "the merger": ("the merger", "mergers"),
    "Anke": ("Anke", "Anke's new role"),
    "her old employer": ("her old employer",),
}
OFF = ("{subject}", "{subject} is out of bounds", "no talk about {subject}",
       "we don't discuss {subject}", "{Subject} is off the table.")  # fmt: skip
QUESTIONS = ("Ask how she feels about {word}", "What about {word}?", "Talk about {word} next time",
             "How did it go with {word}?")  # fmt: skip
SUBJECT_CASES = [
    (
        off.format(subject=subject, Subject=subject.capitalize()),
        ask.format(word=word),
        subject == of,
    )
    for (subject, off, ask) in product(SUBJECTS, OFF, QUESTIONS)
    for of in SUBJECTS
    for word in SUBJECTS[of]
]


def test_a_subject_that_is_out_of_bounds() -> None:
    limits = {limit: agreed("out-of-bounds", limit) for limit, _, _ in SUBJECT_CASES}
    wrong = [
        (limit, said)
        for limit, said, forbidden in SUBJECT_CASES
        if bool(limits[limit].forbids(said)) != forbidden
    ]
    assert wrong == []


def test_several_subjects_in_one_line() -> None:
    limits = agreed("out-of-bounds", "Salary, religion and her divorce. No calls after six")
    for said in (
        "How is your pay?",
        "Which church?",
        "Is the divorce through?",
        "Call her at 7 pm",
    ):
        assert limits.forbids(said)
    assert not limits.forbids("How was the audit?")


HARMLESS = (
    "Pay attention to how she sounds.",
    "How was the audit?",
    "Ask what helped her most this month.",
    "You said you would call the auditor at 7 pm. How was it?",
    "How did your call with the bank go last night?",
    "Remember: don't call her after six.",
    "Let's call it a day after six.",
    "Ask how her evening class on Sunday went.",
    "Text her about Sunday's match on Monday.",
    "Don't ask about salary.",
    "Her board meeting is on Sunday at 7 pm: ask how it went.",
    "Be polite.",
)


@pytest.mark.parametrize("said", HARMLESS)
def test_what_only_looks_like_it(said: str) -> None:
    everything = Agreement()
    for topic, text in (
        ("out-of-bounds", "salary, politics; no messages on Sundays"),
        ("hours", "no calls after six, no meetings on Sundays"),
        ("channel", "no video"),
    ):
        everything = everything.put(topic, "agreed", text, DAY)
    assert limits_of(everything, (), "Priya Nair").forbids(said) is None


# -- notes of boundaries ---------------------------------------------------------------------------

NOTES = [
    ("Priya asked that you never ring her on Sundays, since those belong to the grandchildren",
     "Call Priya on Sunday", "Call Priya on Monday"),
    ("Salary numbers are off the table with Priya", "Ask about her pay", "Ask about her audit"),
    ("Priya does not wish to discuss Anke with you", "How is Anke?", "How is Annabel?"),
    ("No sessions after half past two, please", "Could we meet at three?", "Could we meet at two?"),
    ("Work stays out of Priya's Saturdays", "Message her on Saturday", "Message her on Friday"),
    ("They can't do Mondays", "Could we meet on Monday?", "Could we meet on Tuesday?"),
    ("Priya: text only", "Call her", "Text her"),
    ("Priya doesn't want to hear from anyone before noon", "Call her at ten", "Call her at three"),
    ("Priya doesn't use video, only letters and visits", "Suggest a Zoom call", "Visit her"),
    ("Priya cannot offer slots on Wednesdays", "Could we meet on Wednesday?", "How was Wednesday?"),
    ("Priya doesn't want feedback in front of Brian", "Give her feedback in front of Brian",
     "Give her feedback on the deck"),
    ("Priya does not take calls during prayers", "Call her during prayers", "Call her at noon"),
    ("Mondays are her silent day", "Text her on Monday", "Text her on Tuesday"),
    ("We leave the divorce alone from now on", "How is the divorce going?", "How is the audit?"),
    ("Her private life stays out of our talks", "How is your husband?", "How is the audit?"),
    ("Priya asked that we keep her family out of it", "How is your son?", "How is the audit?"),
    ("hands off her health issues", "How is the treatment going?", "How is the audit?"),
    ("From now on nothing about her marriage", "How is the divorce going?", "How is the audit?"),
    ("She would rather not talk about her health", "How is the treatment going?", "How is work?"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "against", "within"), NOTES)
def test_boundaries_noted_in_memory(note: str, against: str, within: str) -> None:
    limits = noted(note)
    assert limits.forbids(against) == f'this is out of bounds: "{note}"'
    assert limits.forbids(within) is None


@pytest.mark.parametrize(
    "told",
    ["The divorce is out of bounds from now on", "I should steer clear of the divorce",
     "she wants that we don't speak of the divorce no more", "Please stop asking about my divorce",
     "Priya doesn't want the divorce mentioned any more"],
)  # fmt: skip
def test_a_limit_binds_whatever_kind_it_was_noted_as(told: str) -> None:
    limits = noted(told, kind="struggle")
    assert limits.forbids("How is the divorce going?")
    assert limits.forbids(f"You told me: {told}. What has changed since then?")
    assert limits.forbids("How is the audit going?") is None


@pytest.mark.parametrize(
    "told",
    ["Priya has trouble talking about her salary", "She never asks about the audit",
     "A raise is off the table this year", "She knows nothing about contracts",
     "Priya is not sure whether to bring up the divorce"],
)  # fmt: skip
def test_a_trouble_with_a_matter_is_no_limit(told: str) -> None:
    assert not noted(told, kind="struggle").limits


@pytest.mark.parametrize("changes", [{"status": "done"}, {"status": "dropped"}, {"kind": "fact"}])
def test_what_is_closed_or_no_boundary_does_not_bind(changes: dict[str, str]) -> None:
    assert not noted("no calls after six", **changes).forbids("Call her at 7 pm")


def test_nothing_is_forbidden_without_limits() -> None:
    assert limits_of(None).forbids("Call her at midnight about her salary") is None
    assert not agreed("out-of-bounds", "nothing, anything goes").limits


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_text_breaks_it(limit: str, said: str) -> None:
    found = agreed("out-of-bounds", limit).forbids(said, DAY)
    assert found is None or " ".join(limit.split()) in found or found


@given(st.sampled_from(AFTER), st.sampled_from(["", "By the way: ", "Next week, ", "- "]))
def test_what_comes_before_it_changes_nothing(case: tuple[str, str, bool], before: str) -> None:
    limit, said, forbidden = case
    assert bool(agreed("hours", limit).forbids(before + said)) == forbidden


# -- the same in other words -----------------------------------------------------------------------

PARAPHRASES = {
    "No calls after six": (
        ("Ring her in the evening.", "Should I phone her tonight?", "Call her after dinner.",
         "A quick zoom at 19:30?", "Phone her before bed."),
        ("Call her at lunch.", "Text her this evening.", "Ring her tomorrow morning."),
    ),
    "Salary is out of bounds": (
        ("Talk about her pay.", "Ask what she earns.", "You told me that you feel underpaid.",
         "How much does she make?", "What about a rise?"),
        ("Pay attention to the details.", "What does the new role mean to you?"),
    ),
    "We agreed: no calls after six and we do not talk about her divorce": (
        ("Ring her in the evening.", "Ask how the separation is going.", "How is your ex-husband?"),
        ("Call her at noon.", "How is the new flat?"),
    ),
    "Her family is off limits": (
        ("Ask about her sister's wedding", "How are the kids?"), ("How was the audit?",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("limit", PARAPHRASES)
def test_a_limit_holds_in_other_words(limit: str) -> None:
    against, harmless = PARAPHRASES[limit]
    limits = noted(limit)
    assert [said for said in against if not limits.forbids(said, DAY)] == []
    assert [said for said in harmless if limits.forbids(said, DAY)] == []
