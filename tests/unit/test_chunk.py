"""Passages: whole, in order, within the bound, each under its path of headings."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.library.chunk import MOST, Chunk, chunks, size
from coach.text import clean

PARAGRAPH = " ".join(["A mentor asks before they tell, and waits for the whole answer."] * 10)


def words_of(text: str) -> list[str]:
    return re.findall(r"\S+", text)


def test_heading_path_is_kept() -> None:
    found = chunks("# Handbook\n\n## Goals\n\nWrite one down.\n\n## Limits\n\n### Time\n\nAn hour.")
    assert found == [
        Chunk("Handbook > Goals", "Write one down."),
        Chunk("Handbook > Limits > Time", "An hour."),
    ]


def test_text_without_headings_has_none() -> None:
    assert chunks("#1. Own it.\n\nGo first.") == [Chunk("", "#1. Own it.\n\nGo first.")]


def test_a_heading_over_nothing_is_not_lost() -> None:
    found = chunks("# Handbook\n\nWelcome.\n\n## Say goodbye well\n")
    assert found[-1] == Chunk("Handbook", "Say goodbye well")


def test_nothing_gives_nothing() -> None:
    assert chunks("") == []
    assert chunks(" \n\n\t\n") == []


def test_long_text_is_cut_evenly_at_sentences() -> None:
    sentences = [f"A mentor asks {n} times before they tell, and waits." for n in range(60)]
    found = chunks("# Asking\n\n" + " ".join(sentences))
    sizes = [size(chunk.text) for chunk in found]
    assert len(found) > 2
    assert min(sizes) > MOST / 3
    assert all(chunk.text.endswith(".") for chunk in found)
    assert all(chunk.text.startswith("A mentor") for chunk in found)


def test_list_items_are_not_cut() -> None:
    items = [
        f"- Question {n}: what would make the next month a good one for you?" for n in range(40)
    ]
    found = chunks("## Questions\n\n" + "\n".join(items))
    assert [line for chunk in found for line in chunk.text.split("\n") if line] == items
    assert len(found) > 2


def test_a_title_line_stays_with_its_text() -> None:
    text = "\n\n".join(
        [PARAGRAPH, "When it goes wrong", PARAGRAPH, "Signs to look for:", PARAGRAPH]
    )
    for chunk in chunks(text):
        assert not chunk.text.endswith(("When it goes wrong", "Signs to look for:"))


def test_exact_duplicates_are_dropped() -> None:
    found = chunks("## A\n\nBe on time.\n\n## B\n\nListen.\n\n## A\n\nBe on time.")
    assert found == [Chunk("A", "Be on time."), Chunk("B", "Listen.")]


def test_hidden_characters_do_not_join_words() -> None:
    assert chunks("ten\u00a0minutes\tbefore\x0cthe\u2003end") == [
        Chunk("", "ten minutes before\n\nthe end")
    ]


def test_text_in_a_code_fence_is_no_heading() -> None:
    found = chunks("# Notes\n\n```\n# not a heading\n```\n\nAfter.")
    assert [chunk.heading for chunk in found] == ["Notes"]
    assert "# not a heading" in found[0].text


def test_one_endless_word_is_cut() -> None:
    word = "".join(map(str, range(1000)))
    found = chunks(word)
    assert "".join(chunk.text for chunk in found) == word
    assert all(size(chunk.text) <= MOST for chunk in found)


def test_scripts_without_spaces_are_cut() -> None:
    found = chunks("导师先问后说。" * 200)
    assert len(found) > 1
    assert all(size(chunk.text) <= MOST for chunk in found)


LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "", "```", "~~~", "# ", "#", "---", "| a | b |", "> quoted", "Title", "1. "]
    ),
    st.builds(
        "{} {}".format, st.sampled_from(["#", "##", "###", "-", "1.", "*"]), st.text(max_size=30)
    ),
    st.integers(1, 400).map(lambda n: " ".join(f"w{k}" for k in range(n))),
    st.integers(1, 60).map(lambda n: " ".join(f"Sentence {k} is here." for k in range(n))),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_bound_and_nothing_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = chunks(text)
    for chunk in found:
        assert chunk.text.strip()
        assert size(chunk.text) + size(chunk.heading) <= MOST
        assert chunk == Chunk(chunk.heading.strip(), chunk.text.strip())
    assert len(found) == len(set(found))
    visible = re.sub(r"[^\S\n]", " ", clean(text.replace("\f", "\n\n").replace("\v", "\n"), None))
    visible = "".join(c for c in visible if c == "\n" or c.isprintable())
    held = "".join(words_of(" ".join(f"{chunk.heading} {chunk.text}" for chunk in found)))
    for line in visible.split("\n"):
        for word in words_of(re.sub(r"^\s*#{1,6}(?=\s|$)", "", line)):
            if size(word) < 50:
                assert word.strip("#") in held


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=40))
def test_plain_text_is_kept_in_order(lengths: list[int]) -> None:
    counter = iter(range(10_000))
    paragraphs = [" ".join(f"w{next(counter)}" for _ in range(n)) + "." for n in lengths]
    found = chunks("\n\n".join(paragraphs))
    assert words_of(" ".join(chunk.text for chunk in found)) == words_of(" ".join(paragraphs))


@given(st.text(max_size=200), st.text(max_size=200))
def test_size_of_a_joining_is_at_most_the_sum(first: str, second: str) -> None:
    assert size(first + second) <= size(first) + size(second)
