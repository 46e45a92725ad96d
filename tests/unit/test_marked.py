"""Markdown laid out in lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.style import Style

from coach.tui.copying import plain_text
from coach.tui.marked import Marked, blocks


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("One *two*\n**three**", "One two three"),
        ("First.\n\nSecond.", "First.\n\nSecond."),
        ("# Head\n\nText", "Head\n\nText"),
        ("Text:\n\n- one\n- two\n\nEnd", "Text:\n\n• one\n• two\n\nEnd"),
        (
            "- one two three four\n  - five six seven",
            "• one two three\n  four\n  • five six\n    seven",
        ),
        ("9. nine\n10. ten", "9. nine\n10. ten"),
        ("- one\n\n  more\n\n- two", "• one\n\n  more\n\n• two"),
        ("> one two three four five", "▌ one two three\n▌ four five"),
        ("```\na  b\n  c\n```", "a  b\n  c"),
        ("| a | b |\n|--|--|\n| 1 | 2 |", "a  │  b\n1  │  2"),
        ("| 日本 | b |\n|--|--|\n| 1 | 2 |", "日本  │  b\n1     │  2"),
        ("a  \nb", "a\nb"),
        ("<b>x</b>", "<b>x</b>"),
        ("", ""),
    ],
)
def test_each_part_has_its_shape(markdown: str, shown: str) -> None:
    assert Marked(markdown).content(17).plain == shown


def test_sources_and_links_are_followed_and_emphasis_is_seen() -> None:
    (block,) = blocks("Say **so** [engage/build-trust], or [look](https://a.example/?q='x')")
    seen = {
        block.text.plain[span.start : span.end]: span.style
        if isinstance(span.style, str) else span.style.meta["@click"]
        for span in block.text.spans
    }  # fmt: skip
    assert seen == {
        "so": "bold",
        "[engage/build-trust]": "follow('card:engage/build-trust')",
        "look": "follow(\"https://a.example/?q='x'\")",
    }
    assert isinstance(block.text.spans[-1].style, Style)


@given(
    st.lists(
        st.sampled_from(["- ", "> ", "1. ", "\n", "\n\n", "word ", "*", "`", "日本", "\t", "# "])
    ),
    st.integers(12, 40),
)
def test_no_line_is_wider_than_the_page_and_no_word_is_lost(parts: list[str], width: int) -> None:
    markdown = "".join(parts)
    content = Marked(markdown).content(width)
    deep = max((len(block.rest) for block in blocks(markdown)), default=0)
    assert all(line.cell_length <= max(width, deep + 8) for line in content.split("\n"))
    letters = [letter for letter in plain_text(markdown) if letter in "word日本"]
    assert [letter for letter in content.plain if letter in "word日本"] == letters
