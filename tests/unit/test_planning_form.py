"""The debrief's form: read tolerantly, nothing lost; and what it adds to memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory.items import Closing, Draft, Noticed, Person
from coach.memory.noticing.notice import notice
from coach.planning.debrief import explicit, note_of, offered_back
from coach.planning.form import Form, NextSession, Tick, next_session, parse, render
from coach.text import clean, words

DAY = date(2026, 3, 2)

entry = st.lists(st.text("abcdefghij", min_size=2, max_size=8), min_size=2, max_size=6).map(
    " ".join
)
entries = st.lists(entry, max_size=3).map(tuple)
ticks = st.lists(st.builds(Tick, st.from_regex(r"\A(?:[1-9]\d?|t[1-9]|g1/[1-9])\Z"), entry),
                 max_size=3).map(tuple)  # fmt: skip
sessions = st.none() | st.builds(
    NextSession, st.dates(date(2026, 4, 1), date(2030, 1, 1)),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.none() | st.integers(10, 480), st.sampled_from(["", "library", "room two, upstairs"]),
)  # fmt: skip
forms = st.builds(
    Form, on=st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 2)), useful=entries,
    next_steps=entries, change=entries, mine=entries, theirs=entries, follow_up=entries,
    done=ticks, open=ticks, learnt=entries, next_session=sessions, notes=entries,
)  # fmt: skip


@given(forms, st.booleans(), st.sampled_from(["Ines", "Zoë", "Prof. Lind"]))
def test_what_is_rendered_is_read_back(form: Form, hints: bool, name: str) -> None:
    assert parse(render(form, name, hints=hints), DAY) == (form, ())


@given(st.lists(st.sampled_from(
    ["# Session, 2026-03-02", "## Useful", "## Done", "## I promised", "## Next meeting",
     "## Weather",
     "**What I learnt:**", "- [x] 4: sent", "- [ ] 5", "[x] the thing", "- send a list by Friday",
     "plain words here", "  and more of it", "28 May at 5pm", "someday", "", "* star", "3) three"]
), max_size=14).map("\n".join))  # fmt: skip
def test_no_word_of_a_filled_in_form_is_lost(text: str) -> None:
    form, _ = parse(text, DAY)
    again = set(words(render(form, "Ines")))
    body = "\n".join(
        line for line in text.splitlines() if not line.lstrip().startswith(("#", "**", "- [ ]"))
    )
    expected = set(words(body)) - {"x", "3", "at", "5pm", "28", "may"}
    assert expected <= again


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text: str) -> None:
    parse(text, DAY)


@pytest.mark.parametrize(
    ("heading", "section"),
    [("## What I learned", "learnt"), ("My promises:", "mine"), ("# Promised by Ines", "theirs"),
     ("**Ines's actions**", "theirs"), ("### FOLLOW-UP", "follow_up"),
     ("## next steps", "next_steps"),
     ("## To change next time", "change"), ("## Anything else?", "notes"),
     ("## What helped", "useful"), ("## What Ines will do", "theirs")],
)  # fmt: skip
def test_headings_are_read_as_people_write_them(heading: str, section: str) -> None:
    form, faults = parse(f"{heading}\n- read the report\n", DAY)
    assert (getattr(form, section), faults) == (("read the report",), ())


def test_what_stands_nowhere_goes_to_the_notes() -> None:
    form, _ = parse("We were late.\n\n## Weather\n- sunny\n", DAY)
    assert form.notes == ("We were late.", "Weather: sunny")


def test_hints_and_empty_words_are_no_entries() -> None:
    text = "## My promises\n<!-- one a\nline -->\n- none\n- n/a\n-\n- send the deck\n"
    assert parse(text, DAY)[0] == Form(mine=("send the deck",))


def test_wrapped_lines_are_one_entry_and_promises_one_a_line() -> None:
    text = "## Useful\nThe part on\nbudgets.\n## I promised\nsend the deck\n  to Ravi\ncall Femi\n"
    form, _ = parse(text, DAY)
    assert form.useful == ("The part on budgets.",)
    assert form.mine == ("send the deck to Ravi", "call Femi")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-05-28 at 17:00, 60 minutes, library",
      NextSession(date(2026, 5, 28), time(17), 60, "library")),
     ("28 May at 5pm, one hour", NextSession(date(2026, 5, 28), time(17), 60)),
     ("2026-05-28 at 20:00", NextSession(date(2026, 5, 28), time(20))),
     ("Thursday 12.30, cafe on the square",
      NextSession(date(2026, 3, 5), time(12, 30), None, "cafe on the square")),
     ("2026-05-28", NextSession(date(2026, 5, 28))),
     ("in two weeks, for 45 min", NextSession(date(2026, 3, 16), None, 45)),
     ("send a list by Friday", None), ("soon", None), ("2026-02-31", None), ("", None)],
)  # fmt: skip
def test_the_next_session_as_people_write_it(text: str, expected: NextSession | None) -> None:
    assert next_session(text, DAY) == expected


def test_a_day_that_is_none_is_a_fault_with_its_line_and_kept() -> None:
    form, faults = parse("## Next session\n\nsome day in spring\n", DAY)
    assert form.next_session is None
    assert [fault.line for fault in faults] == [3]
    assert form.notes == ("Next session: some day in spring",)


def test_ticks_without_a_number_are_kept_in_the_notes() -> None:
    form, faults = parse("## Done\n- [x] the slides\n- [X] #12 the list\n- [ ] 13: x\n", DAY)
    assert form.done == (Tick("12", "the list"),)
    assert form.open == (Tick("13", "x"),)
    assert form.notes == ("Done: the slides",)
    assert len(faults) == 1


def test_a_remark_beside_an_unticked_line_is_kept() -> None:
    form = Form(open=(Tick("7", "Draft it, half done"), Tick("8", "Send it")))
    back = offered_back(form, {"7": "Draft it,", "8": "Send it"})
    assert (back.open, back.notes) == ((), ("7: half done",))
    assert offered_back(back, {}) == back


# -- into memory --------------------------------------------------------------


def kept(form: Form, name: str = "Ines") -> tuple[str, list[Draft], tuple[Closing, ...]]:
    note = note_of(form, name)
    noticed = notice(note.text, on=DAY, them=Person(f"{name} Silva", "mentee"), my_role="mentor")
    done = [(int(tick.ref), tick) for tick in form.done if tick.ref.isdigit()]
    found = explicit(note, noticed, done, name, DAY)
    return note.text, list(found.drafts), found.closings


@given(forms)
def test_the_note_holds_all_that_was_said_and_quotes_are_verbatim(form: Form) -> None:
    form = replace(form, open=())
    text, drafts, closings = kept(form)
    assert text == clean(text, None)
    for key in ("useful", "next_steps", "change", "mine", "theirs", "follow_up", "learnt", "notes"):
        assert all(one in text for one in getattr(form, key))
    assert all(text[d.start : d.end] == d.quote and d.quote for d in drafts)
    assert [c.item_id for c in closings if c.quote.partition(":")[0].isdigit()] == [
        int(tick.ref) for tick in form.done if tick.ref.isdigit()
    ]


@given(entries, entries)
def test_every_listed_promise_is_kept_with_its_owner(
    mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    _, drafts, _ = kept(Form(mine=mine, theirs=theirs))
    promised = [draft for draft in drafts if draft.kind == "commitment"]
    assert sum(draft.owner in {"me", "both"} for draft in promised) >= len(mine)
    assert sum(draft.owner in {"them", "both"} for draft in promised) >= len(theirs)


@pytest.mark.parametrize(
    ("line", "owner", "text", "when"),
    [("Send the list by Friday", "me", "You are to send the list", date(2026, 3, 6)),
     ("apply for the fellowship", "them", "Ines is to apply for the fellowship", None),
     ("Give me my notes back", "them", "Ines is to give you your notes back", None),
     ("The data for chapter two", "them", "Ines promised: The data for chapter two", None)],
)  # fmt: skip
def test_a_promise_reads_well_and_has_its_day(
    line: str, owner: str, text: str, when: date | None
) -> None:
    form = Form(mine=(line,)) if owner == "me" else Form(theirs=(line,))
    _, [draft], _ = kept(form)
    assert (draft.owner, draft.text, draft.when, draft.quote) == (owner, text, when, line)


def test_private_is_a_mark_on_one_line_alone() -> None:
    text, drafts, _ = kept(Form(mine=("call the ombudsman (private)", "send the slides")))
    assert "(private)" not in text
    assert {draft.quote: draft.private for draft in drafts} == {
        "call the ombudsman": True, "send the slides": False,
    }  # fmt: skip


def test_what_to_follow_up_is_always_a_thread() -> None:
    _, drafts, _ = kept(Form(follow_up=("the offer from Leeds", "how her sister is")))
    assert [draft.quote for draft in drafts] == ["the offer from Leeds", "how her sister is"]
    assert not {draft.kind for draft in drafts} & {"win", "fact"}


def test_ticks_and_the_next_date_are_not_read_as_news() -> None:
    form = Form(
        done=(Tick("4", "You promised to send the list"),),
        next_session=NextSession(date(2026, 5, 28)),
    )
    _, drafts, closings = kept(form)
    assert drafts == []
    assert closings == (Closing(4, "done", "4: You promised to send the list"),)


def test_what_lies_ahead_ends_nothing() -> None:
    note = note_of(Form(follow_up=("her sleep before hearings",), notes=("It went well.",)), "Ines")
    read = Noticed(
        (), (Closing(3, "done", "her sleep before"), Closing(4, "done", "It went well."))
    )
    found = explicit(note, read, [], "Ines", DAY)
    assert [one.item_id for one in found.closings] == [4]


def test_a_replacement_is_followed_when_drafts_move() -> None:
    note = note_of(Form(mine=("zzz qqq",), notes=("She will draft it by Monday.",)), "Ines")
    start = note.text.index("She will")
    old = Draft(
        "fact", "them", None, "zzz", "zzz", note.text.index("zzz"), note.text.index("zzz") + 3
    )
    new = Draft("commitment", "them", "them", "drafts", note.text[start:], start, len(note.text))
    found = explicit(
        note, Noticed((old, new), (Closing(3, "superseded", "x", 1),)), [], "Ines", DAY
    )
    assert found.closings[0].replacement is not None
    assert found.drafts[found.closings[0].replacement] == new
