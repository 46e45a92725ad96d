"""A brief's page as lines to tick off."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coach.planning.page import Written
from coach.tui.brief_lines import Line, lines_of, markdown_of, read_ticks, write_ticks

DAY = date(2026, 3, 2)
PAGE = """\
# Before you meet Amara, Monday 2 March 2026

You have met twice.

**To come back to**
- How did the viva go?
  "She has her viva" (session 2); it was last week
- The same
- The same

**Promises**
- [ ] Yours: the list *(private)* [six/follow-through]

*Left out, because of a limit you two set: 1 line.*
"""


def read(page: str) -> list[Line]:
    return lines_of([Written(line) for line in page.split("\n")])


def test_the_kinds_of_lines() -> None:
    lines = read(PAGE)
    assert [line.kind for line in lines] == [
        "title", "text", "heading", "item", "item", "item", "heading", "item", "text",
    ]  # fmt: skip
    assert lines[3].text == 'How did the viva go?\n"She has her viva" (session 2); it was last week'
    assert lines[7].text == "Yours: the list (private) [six/follow-through]"
    assert lines[8].text.startswith("Left out")
    keys = [line.key for line in lines if line.kind == "item"]
    assert len(set(keys)) == 4
    assert not any(line.key for line in lines if line.kind != "item")


@given(st.text())
def test_no_page_is_too_odd(page: str) -> None:
    lines = read(page)
    keys = [line.key for line in lines if line.key]
    assert len(keys) == len(set(keys)) == sum(line.kind == "item" for line in lines)
    assert not any("\x1b" in line.text for line in lines)


def test_what_is_ticked_is_marked_in_the_markdown() -> None:
    page = [Written(line) for line in PAGE.split("\n")]
    promise = next(line.key for line in lines_of(page) if line.text.startswith("Yours"))
    marked = markdown_of(page, {promise})
    assert "- [x] Yours: the list" in marked
    assert marked.count("[x]") == 1


@given(st.sets(st.text("abcdef0123456789", min_size=12, max_size=12)))
def test_ticks_hold_for_their_day(keys: set[str]) -> None:
    kept = write_ticks(DAY, keys)
    assert read_ticks(kept, DAY) == keys
    assert read_ticks(kept, date(2026, 3, 9)) == set()
    assert bool(kept) == bool(keys)
