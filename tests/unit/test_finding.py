"""Finding what was said, copying an answer, and quoting memory: pure functions of text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.finding import excerpt, find_said
from coach.storage.conversations import Conversation, Message
from coach.tui.copying import plain_text
from coach.tui.markup import parser
from coach.tui.quoting import literal

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CHAT = Conversation(1, 1, "Limits", NOW)


def said(*texts: str) -> list[tuple[Conversation, Message]]:
    return [(CHAT, Message(n, 1, "user", text, "complete", NOW)) for n, text in enumerate(texts)]


def test_a_message_is_found_by_all_of_its_words_in_any_case() -> None:
    messages = said("Her VIVA is on Friday", "the viva went well", "Friday was long")
    found = find_said(messages, "friday viva")
    assert [one.message.id for one in found] == [0]
    assert find_said(messages, " ") == []
    assert len(find_said(messages, "a", limit=2)) == 2


@given(st.text(), st.text(min_size=1, max_size=5))
def test_an_excerpt_is_one_short_line(text: str, needle: str) -> None:
    shown = excerpt(text, [needle.casefold()])
    assert "\n" not in shown
    assert len(shown) <= 170


def test_an_excerpt_shows_the_words_around_what_was_looked_for() -> None:
    shown = excerpt("word " * 60 + "viva " + "more " * 60, ["viva"])
    assert shown.startswith("… word")
    assert "viva" in shown
    assert shown.endswith(" …")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Say it **plainly** [argonne/honest-about-limits].", "Say it plainly."),
        ("- one [a/b]\n- two\n  more", "- one\n- two more"),
        ("1. first\n2. second\n   - deep", "1. first\n2. second\n  - deep"),
        ("# Head\n\n> quoted \\* as it is\n\nend", "Head\n\nquoted * as it is\n\nend"),
        ("*“Before we begin,* we said”", "“Before we begin, we said”"),
    ],
)
def test_an_answer_is_copied_without_its_marks(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_what_a_user_wrote_is_no_markup(text: str) -> None:
    written = " ".join(text.split()) or "x"
    tokens = parser().parse(f"x{literal(written)}")
    (inline,) = [token for token in tokens if token.type == "inline"]
    assert {one.type for one in inline.children or []} <= {"text", "text_special"}
