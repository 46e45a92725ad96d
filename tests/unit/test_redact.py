from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.memory.redact import MARK, cut, find, moved, redact, redact_value, widen

NOTE = "She passed. Her divorce is through, and she is relieved. We meet on Friday."


def test_a_sentence_goes_whole() -> None:
    assert redact(NOTE, ["divorce is through"]) == f"She passed. {MARK} We meet on Friday."


def test_white_space_and_case_do_not_hide_it() -> None:
    assert "relieved" not in redact(
        NOTE.replace("is through", "IS\n through"), ["Divorce is through"]
    )


def test_short_needles_are_not_searched_for() -> None:
    assert redact(NOTE, ["She", "Friday."]) == NOTE


def test_a_line_of_a_list_goes_alone() -> None:
    note = "resit booked for May\nher divorce is through\nwants a new post"
    assert redact(note, ["divorce is through"]) == f"resit booked for May\n{MARK}\nwants a new post"


def test_a_wrapped_sentence_goes_with_all_its_lines() -> None:
    note = (
        "We began late. She told me at length and in confidence that her\n"
        "divorce is through and that she will move to another town.\nThen we ate."
    )
    assert redact(note, ["divorce is through"]) == f"We began late. {MARK}\nThen we ate."


def test_values_within_a_reply_are_redacted() -> None:
    detail = {"items": [3], "quotes": ["her divorce is through"], "n": None}
    assert redact_value(detail, ["divorce is through"]) == {
        "items": [3], "quotes": [MARK], "n": None,
    }  # fmt: skip


@given(st.text(alphabet="ab .\n-A", max_size=80), st.data())
def test_what_stays_can_still_be_found(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    spans = [tuple(sorted((data.draw(places), data.draw(places)))) for _ in range(2)]
    gone = widen(text, [span for span in spans if span[0] < span[1]])
    left = cut(text, gone)
    start, end = sorted((data.draw(places), data.draw(places)))
    if (new := moved((start, end), gone)) is not None:
        assert left[new[0] : new[1]] == text[start:end]


@given(st.text(max_size=60), st.text(min_size=8, max_size=20))
def test_a_needle_is_never_left(text: str, needle: str) -> None:
    assert not find(redact(text + needle + text, [needle]), [needle])
