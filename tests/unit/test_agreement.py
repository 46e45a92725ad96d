"""The agreement: what each says by topic, gaps and the middle ground, forms, hours, sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.agreement import forms
from coach.agreement.agreement import SIDES, Agreement, difference
from coach.agreement.clock import windows
from coach.agreement.facts import Known, facts
from coach.agreement.gaps import gaps, middle, state_of, unsaid
from coach.agreement.hours import open_hours, overlap
from coach.agreement.limits import limits_of
from coach.agreement.measures import length, rhythm, span
from coach.agreement.scripts import script
from coach.agreement.sheet import markdown, sheet
from coach.agreement.slots import told_in
from coach.agreement.topics import find_topic, terms, topic
from coach.content import wordings
from coach.errors import UsageError
from coach.memory.items import Item, Person
from coach.storage.pairs import Pair

DAY = date(2026, 5, 1)
LATER = date(2026, 6, 1)
TOPICS = list(terms().topics)
PAIR = Pair(1, "amara-osei", "Amara Osei", "mentor", datetime(2026, 1, 1, tzinfo=UTC))


def both(name: str, mine: str, theirs: str) -> Agreement:
    return Agreement().put(name, "mine", mine, DAY).put(name, "theirs", theirs, DAY)


# -- topics ----------------------------------------------------------------------------------------


def test_the_twelve_topics_in_their_order() -> None:
    assert " ".join(TOPICS) == (
        "role expectations covered out-of-bounds frequency length place channel hours "
        "confidentiality follow-up ending"
    )


@pytest.mark.parametrize(
    ("said", "name"),
    [("How often", "frequency"), ("OUT OF BOUNDS", "out-of-bounds"), ("follow up", "follow-up"),
     ("limits", "out-of-bounds"), ("Areas covered:", "covered"), ("hours", "hours")],
)  # fmt: skip
def test_a_topic_by_any_of_its_names(said: str, name: str) -> None:
    assert topic(said).name == name


def test_an_unknown_topic_lists_them() -> None:
    with pytest.raises(UsageError, match="role, expectations"):
        topic("weather")


# -- what is said ----------------------------------------------------------------------------------

PUTS = st.lists(
    st.tuples(st.sampled_from(TOPICS), st.sampled_from(SIDES), st.text(max_size=30), st.dates())
)


@given(PUTS)
def test_an_agreement_comes_back_from_its_values_as_it_was(
    puts: list[tuple[str, str, str, date]],
) -> None:
    now = Agreement()
    for name, side, text, on in puts:
        now = now.put(name, side, text, on)  # type: ignore[arg-type]
    again = Agreement.from_body(now.as_body())
    assert difference(now, again) == []
    assert again.as_body() == now.as_body()


def test_since_when_is_the_day_of_the_words_not_of_the_last_touch() -> None:
    now = Agreement().put("hours", "agreed", "until six", DAY)
    assert now.put("hours", "agreed", " until  six ", LATER) == now
    assert now.entry("hours").agreed_on == DAY
    assert now.put("hours", "agreed", "until five", LATER).entry("hours").agreed_on == LATER
    assert now.put("hours", "agreed", "", LATER).entry("hours").empty


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="2001 characters"):
        Agreement().put("role", "mine", "x" * 2001, DAY)


def test_the_difference_between_two_versions() -> None:
    old = both("hours", "until six", "")
    new = replace(old.put("hours", "theirs", "mornings", LATER), review=LATER)
    found = [(c.topic, c.side, c.before, c.after) for c in difference(old, new)]
    assert found == [("hours", "theirs", "", "mornings"), ("review", "agreed", "", "2026-06-01")]


# -- gaps ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "theirs", "agreed", "state"),
    [
        ("", "", "", "unsaid"), ("weekly", "", "", "silent-theirs"),
        ("", "weekly", "", "silent-mine"),
        ("weekly", "monthly", "", "differ"), ("weekly", "once a week", "", "same"),
        ("weekly", "monthly", "every two weeks", "settled"),
    ],
)  # fmt: skip
def test_the_state_of_a_topic(mine: str, theirs: str, agreed: str, state: str) -> None:
    now = both("frequency", mine, theirs).put("frequency", "agreed", agreed, DAY)
    assert state_of(now.entry("frequency"), topic("frequency")) == state
    assert bool(gaps(now, "Amara")) == (state in {"silent-theirs", "silent-mine", "differ"})


def test_a_new_answer_after_it_was_agreed_opens_it_again() -> None:
    now = Agreement().put("hours", "agreed", "until six", DAY)
    now = now.put("hours", "theirs", "until six.", LATER)
    assert gaps(now, "Amara") == []
    [gap] = gaps(now.put("hours", "theirs", "mornings only", LATER), "Amara")
    assert (gap.state, gap.agreed) == ("reopened", "until six")
    assert "until six" in gap.say


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "found"),
    [
        ("frequency", "every week", "once a month", "every two weeks"),
        ("frequency", "I'd say every 2 weeks", "every six weeks", "every three weeks"),
        ("frequency", "weekly", "fortnightly",
         "every week for the first three meetings, then every two weeks"),
        ("length", "30 minutes", "an hour", "45 minutes"),
        ("length", "half an hour", "90 min", "an hour"),
        ("length", "1h30", "60 to 90 minutes", "80 minutes"),
        ("ending", "six months", "a year", "nine months"),
        ("follow-up", "an answer within a day", "within a week", "three days"),
        ("hours", "weekdays until six", "after four in the afternoon, not on Fridays",
         "Monday to Thursday from 16:00 to 18:00"),
        ("hours", "9-17", "mornings", "every day from 9:00 to 12:00"),
        ("channel", "e-mail", "phone or e-mail", "e-mail, since both of you named it"),
        ("channel", "by e-mail, I read it in the evening", "please write me an e-mail",
         "e-mail, since both of you named it"),
    ],
)  # fmt: skip
def test_a_happy_medium(name: str, mine: str, theirs: str, found: str) -> None:
    for one, other in ((mine, theirs), (theirs, mine)):
        got = middle(one, other, topic(name))
        if found == "80 minutes":
            assert length(got.text) == pytest.approx(82.5, abs=8)
        else:
            assert got.text == found
        assert got.computed == (name != "channel")


@pytest.mark.parametrize("name", TOPICS)
def test_every_topic_has_a_middle_ground_and_words_in_every_state(name: str) -> None:
    known = wordings("agreement-gaps")
    for now in (
        both(name, "this way", "that way"), both(name, "this way", ""), both(name, "", "that way"),
        both(name, "this way", "x").put(name, "agreed", "so", DAY).put(name, "theirs", "y", LATER),
    ):  # fmt: skip
        [gap] = gaps(now, "Amara")
        assert "{" not in gap.say + gap.middle
        assert "Amara" in gap.say or "You" in gap.say
        assert bool(gap.middle) == (gap.state in {"differ", "reopened"})
    assert all(lines for lines in known.values())
    assert [one.name for one in unsaid(both(name, "x", ""))] == [t for t in TOPICS if t != name]


@given(st.sampled_from(TOPICS), st.text(max_size=40), st.text(max_size=40))
def test_no_answer_breaks_the_gaps(name: str, mine: str, theirs: str) -> None:
    for gap in gaps(both(name, mine, theirs), "{mine}"):
        assert gap.say


@given(st.floats(1, 60), st.floats(1, 60))
def test_a_length_between_two_lies_between_them(one: float, other: float) -> None:
    low, high = sorted((round(one) * 5, round(other) * 5))
    found = length(middle(f"{low} minutes", f"{high} minutes", topic("length")).text)
    assert found is not None
    assert low <= found <= high


@pytest.mark.parametrize(
    ("text", "days"),
    [("weekly", 7), ("every other Tuesday", 14), ("twice a month", 15), ("every 3 weeks", 21),
     ("first Monday of each month", 30), ("three times a year", 122), ("fortnightly", 14),
     ("whenever", None), ("as needed", None)],
)  # fmt: skip
def test_rhythms(text: str, days: float | None) -> None:
    found = rhythm(text)
    assert found is None if days is None else found == pytest.approx(days, abs=1.5)


@pytest.mark.parametrize(
    ("text", "days"),
    [("within 48 hours", 2), ("the same day", 0.5), ("a year and a half", 547), ("soon", None)],
)
def test_spans(text: str, days: float | None) -> None:
    found = span(text)
    assert found is None if days is None else found == pytest.approx(days, rel=0.01)


# -- hours -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("before nine", "after eight in the morning", "every day from 8:00 to 9:00"),
        ("mornings", "evenings", ""),
        ("weekdays", "not on Mondays", "Tuesday to Friday at any time"),
        ("any time", "Saturdays until noon", "Saturday until 12:00"),
        ("whatever", "mornings", None),
    ],
)
def test_the_hours_that_suit_both(one: str, other: str, found: str | None) -> None:
    assert overlap(one, other) == overlap(other, one) == found


@given(st.sets(st.integers(0, 6), min_size=1), st.integers(7, 12), st.integers(13, 20))
def test_hours_are_read_as_they_are_written(days: set[int], start: int, end: int) -> None:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    full = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    said = " and ".join(f"{full[d]}s" for d in sorted(days))
    found = open_hours(f"{said} from {start}:00 to {end}:00")
    assert found == {(d, q) for d in days for q in range(start * 4, end * 4)}
    assert open_hours(f"{names[min(days)]}-{names[min(days)]} {start}-{end}") is not None


@given(st.text(max_size=60), st.booleans(), st.booleans())
def test_no_text_breaks_the_reading_of_times(text: str, negated: bool, proposal: bool) -> None:
    for window in windows(text, negated=negated, proposal=proposal):
        start, end = window.hours
        assert 0 <= start <= 1441
        assert 0 <= end <= 1441


# -- the form --------------------------------------------------------------------------------------

ANSWER = st.lists(
    st.text(st.characters(exclude_categories=("C",), exclude_characters="\\"), min_size=1)
    .map(lambda line: " ".join(line.split()))
    .filter(lambda line: any(c.isalnum() for c in line) and line[0].isalnum()),
    min_size=1, max_size=3,
)  # fmt: skip


def fill(text: str, answers: dict[str, str]) -> str:
    """The form with answers written below the questions, as a person would."""
    out = []
    current = ""
    for line in text.splitlines():
        out.append(line)
        if line.startswith("## "):
            found = find_topic(line.split(". ", 1)[1])
            current = found.name if found else ""
        if line.startswith("Answer:") and current in answers:
            out += ["", answers[current]]
    return "\n".join(out)


@given(st.dictionaries(st.sampled_from(TOPICS), ANSWER))
def test_what_is_written_into_the_form_is_read_from_it(given_lines: dict[str, list[str]]) -> None:
    answers = {name: "\n".join(lines) for name, lines in given_lines.items()}
    asked = both("role", "mine alone", "").put("hours", "agreed", "until six; not later", DAY)
    text = forms.form(asked, "amara-osei")
    assert "mine alone" not in text
    taken = forms.read(fill(text, answers), "amara-osei")
    assert taken.unread == ()
    expected = {name: Agreement().put(name, "theirs", said, DAY).entry(name).theirs
                for name, said in answers.items()}  # fmt: skip
    got = {name: Agreement().put(name, "theirs", said, DAY).entry(name).theirs
           for name, said in taken.answers.items()}  # fmt: skip
    blank = {"leave empty", "leave blank", "na", "empty", "blank"}
    assert got == {k: v for k, v in expected.items() if v.lower() not in blank}


def test_a_form_that_somebody_wrote_freely() -> None:
    text = """Hi, here are mine!

How often: every second Tuesday
2) Hours:
mornings, please

> not before nine

**Place**
the café at the corner
"""
    taken = forms.read(text)
    assert taken.answers == {
        "frequency": "every second Tuesday",
        "hours": "mornings, please\n\nnot before nine",
        "place": "the café at the corner",
    }
    assert taken.unread == ("Hi, here are mine!",)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "".join(f"> {line}\n" for line in text.splitlines()),
        lambda text: text.replace("## ", "### ").replace(". ", "\\. "),
        lambda text: text.replace("Answer:", "**Answer:**"),
        lambda text: text.replace("## ", ""),
        lambda text: text.replace("\n", "\r\n"),
    ],
)
def test_a_form_that_a_mail_or_an_editor_changed_is_read(change: Callable[[str], str]) -> None:
    filled = forms.form(Agreement(), "ben-okri")
    for title, said in (("Place", "a quiet café"), ("Hours", "mornings. Not before nine")):
        head, _, rest = filled.partition(f"{title}\n")
        filled = f"{head}{title}\n" + rest.replace("Answer:", f"Answer: {said}", 1)
    taken = forms.read(change(filled), "ben-okri")
    assert taken.answers == {"place": "a quiet café", "hours": "mornings. Not before nine"}
    assert taken.unread == ()


def test_clauses_about_channels_are_not_set_into_a_sentence() -> None:
    found = middle("by e-mail, I read it in the evening", "ring me, any time", topic("channel"))
    assert found.text.endswith("try phone for quick questions to them and e-mail for those to you")


def test_a_place_that_is_ruled_out_is_no_half_of_a_middle() -> None:
    found = middle("in my office", "not the office, a café", topic("place"))
    assert "not the office" not in found.text


def test_nothing_is_lost_under_a_heading_of_no_topic() -> None:
    taken = forms.read(
        "## Hours\nmornings\n\n## Also\nI sing in a choir\n\n### How often?\nweekly\n"
    )
    assert taken.answers["hours"] == "mornings"
    assert taken.unread == ("## Also", "I sing in a choir")


@pytest.mark.parametrize("text", ["", "hello", "# How we work together\n\nnothing here"])
def test_a_file_without_topics_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no topic"):
        forms.read(text)


def test_the_form_of_another_pair_is_refused() -> None:
    with pytest.raises(UsageError, match="form for ben-okri, not for amara-osei"):
        forms.read(forms.form(Agreement(), "ben-okri"), "amara-osei")


# -- the sheet -------------------------------------------------------------------------------------


def test_the_sheet_names_both_says_what_is_open_and_has_lines_to_sign() -> None:
    now = both("frequency", "every | week", "<b>monthly").put("hours", "agreed", "until six", DAY)
    page = sheet(replace(now, review=LATER), 3, PAIR, LATER, "Jo Lang")
    text = markdown(page)
    assert "**Mentor:** Jo Lang" in text
    assert "**Mentee:** Amara Osei" in text
    assert "| Hours | until six | 1 May 2026 |" in text
    assert "| How often | Open.<br>Mentor: every \\| week<br>Mentee: &lt;b>monthly |  |" in text
    assert "We look at this again on 1 June 2026." in text
    assert "|  | Name | Signature | Date |" in text
    assert "version 3" in text


# -- what scripts draw on --------------------------------------------------------------------------


def item(number: int, kind: str, text: str, **fields: object) -> Item:
    values = {
        "id": number, "kind": kind, "about": "them", "owner": None, "text": text, "quote": text,
        "when": None, "until": None, "status": "open", "private": False, "session": 1,
        "said_on": DAY, **fields,
    }  # fmt: skip
    return Item(**values)  # type: ignore[arg-type]


def known(*items: Item, agreement: Agreement | None = None, on: date = LATER) -> Known:
    now = agreement or Agreement()
    them = Person("Priya Nair", "mentee", "she")
    return Known("mentor", them, on, items, [DAY], now, limits_of(now, items, "Priya Nair"))


PROMISE = item(1, "commitment", "You promised to send Priya the slide template", about="me",
               owner="me", when=date(2026, 5, 11))  # fmt: skip
LATER_PROMISE = item(2, "commitment", "You are to read Priya's budget plan", about="me", owner="me",
                     when=date(2026, 5, 20))  # fmt: skip


def test_what_the_user_will_not_speak_of_is_told_in_the_talk_about_limits() -> None:
    own = item(3, "boundary", "You would rather not discuss your health", about="me")
    assert "discuss my health" in facts(known(own)).values["limits"]


def test_the_promise_that_is_longest_overdue_is_named_with_its_day() -> None:
    found = facts(known(LATER_PROMISE, PROMISE)).values
    assert found["promise"] == "send you the slide template"
    assert found["promise_by"] == " by 11 May"
    assert "due 11 May" in found["promise_note"]
    assert "budget plan" in found["promise_others"]


def test_their_promise_without_a_day_is_known_on_a_later_day() -> None:
    theirs = item(7, "commitment", "Priya will draw up a study week", owner="them")
    found = facts(known(theirs)).values
    assert found["their_promise"] == "draw up a study week"
    assert "their_promise_by" not in found
    assert "their_promise" not in facts(known(theirs, on=DAY)).values


def test_what_a_request_tells_is_not_asked_for() -> None:
    asked = told_in("what can I say to her: no calls after 8, please")
    assert asked == {"hours": "no calls after 8"}
    assert told_in("how do I call it a day") == {}
    plain, said = (script("boundaries", "mentor", "Priya", one) for one in ({}, asked))
    assert len(said.missing) == len(plain.missing) - 1
    assert "no calls after 8" in said.markdown


@pytest.mark.parametrize(
    "changes", [{"status": "done"}, {"owner": "them"}, {"when": date(2026, 7, 1)}, {"when": None}]
)
def test_what_is_not_owed_yet_or_no_more_is_no_missed_promise(changes: dict[str, object]) -> None:
    assert "promise" not in facts(known(replace(PROMISE, **changes))).values  # type: ignore[arg-type]


def test_a_promise_without_a_day_is_missed_once_the_two_have_met_again() -> None:
    undated = replace(known(replace(PROMISE, when=None)), sessions=[DAY, date(2026, 5, 15)])
    found = facts(undated).values
    assert (found["promise"], found["promise_by"]) == ("send you the slide template", "")
    assert "promise" not in facts(replace(undated, on=DAY)).values


def test_a_private_promise_is_used_only_when_there_is_no_other_and_marked() -> None:
    hidden = replace(PROMISE, private=True)
    assert facts(known(hidden)).private == {"promise": PROMISE.text}
    found = facts(known(hidden, LATER_PROMISE))
    assert found.private == {}
    assert "template" not in " ".join(found.values.values())


@pytest.mark.parametrize("kind", ["goal", "win", "boundary", "struggle"])
def test_what_is_private_is_not_put_into_words_to_say(kind: str) -> None:
    secret = item(1, kind, "Priya wants to leave the zebra company", owner="them", private=True)
    told = item(2, kind, "Priya passed the zebra exam", private=True)
    assert "zebra" not in " ".join(facts(known(secret, told)).values.values())


def test_a_limit_keeps_a_win_and_a_promise_out_of_a_script() -> None:
    win = item(3, "win", "Priya won the salary review")
    assert facts(known(win)).values["win"] == "you won the salary review"
    barred = Agreement().put("out-of-bounds", "agreed", "salary", DAY)
    assert "win" not in facts(known(win, agreement=barred)).values


def test_goals_sessions_and_what_is_settled() -> None:
    goal = item(4, "goal", "Priya wants to run her own team", owner="them", when=date(2026, 12, 31))
    now = Agreement().put("frequency", "agreed", "every two weeks", DAY)
    now = replace(now.put("role", "mine", "A sounding board.", DAY), review=date(2026, 9, 1))
    found = facts(known(goal, agreement=now)).values
    assert (found["goal"], found["goal_by"]) == ("run your own team", " by 31 December")
    assert (found["settled"], found["offer"]) == ("every two weeks", "a sounding board")
    assert (found["review"], found["last_session"]) == ("on 1 September", "on 1 May")
    assert found["gap"] == "four weeks"
