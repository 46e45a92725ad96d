"""Cleaning, sentences, slugs, names."""

from __future__ import annotations

import string
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.text import (
    clean,
    first_name,
    join_names,
    sentence_spans,
    sentences,
    shorten,
    slugify,
    words,
)

# What a terminal would obey, or an eye would not see, between ordinary characters.
HOSTILE = [
    "\x1b", "\x1b[31m", "\x1b]52;c;aGk=\x07", "\x9d52;c;aGk=\x9c", "\x1bP1$r\x1b\\", "\x9b2J",
    "\x90q", "\x07", "\x00", "\x7f", "\x85", "\r", "\r\n", "\u200b", "\u202e", "\u2066",
    "\U000e0041", "\ufeff", "\u00ad", "\ud800", "\udcff", "e\u0301", "\n", "\t", " ", "[", "]", "m",
]  # fmt: skip
messages = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=())),
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=4))).map("".join),
)


def survivors(text: str) -> list[str]:
    """Characters of ``text`` that a terminal could obey or a reader could not see."""
    return [
        c
        for c in text
        if (unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t")
        or 0xE0000 <= ord(c) <= 0xE0FFF
        or c in "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    ]


@given(messages)
@example("\x1b\u200b[31mred")
@example("\x1b[\x1b[31m31m")
@example("\x1b]\x1b]52;c;x\x07\x07")
def test_cleaning_leaves_nothing_to_obey_or_hide_and_is_idempotent(text: str) -> None:
    once = clean(text)
    assert survivors(once) == []
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet=string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "")))
def test_cleaning_keeps_plain_text(text: str) -> None:
    assert clean(text) == text.strip()


@pytest.mark.parametrize(
    ("dirty", "plain"),
    [
        ("before\x1b]52;c;cm0gLXJmIC8=\x07after", "beforeafter"),
        ("before\x1b]52;c;cm0gLXJmIC8=\x1b\\after", "beforeafter"),
        ("before\x9d52;c;cm0gLXJmIC8=\x9cafter", "beforeafter"),
        ("a\x1b]8;;https://example.com\x07link\x1b]8;;\x07b", "alinkb"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x9b31mred\x9b0m", "red"),
        ("\x1bPq#0;2;0;0;0\x1b\\drawn", "drawn"),
        ("ab\u202edc", "abdc"),
        ("hi\U000e0069\U000e0067\U000e006e there", "hi there"),
        ("tab\there\r\nnew\rline", "tab\there\nnew\nline"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("family 👩\u200d👧", "family 👩\u200d👧"),
        ("cafe\u0301", "café"),
    ],
)
def test_cleaning_examples(dirty: str, plain: str) -> None:
    assert clean(dirty) == plain


@given(messages, st.integers(1, 40))
def test_cleaning_keeps_to_the_limit(text: str, limit: int) -> None:
    assert len(clean(text, limit)) <= limit
    assert clean(clean(text, limit), limit) == clean(text, limit)


def test_there_is_a_limit_for_a_message_and_none_for_a_document() -> None:
    assert len(clean("a" * 50_000)) == 20_000
    assert len(clean("a" * 50_000, None)) == 50_000


@given(st.text())
def test_sentences_hold_all_of_the_text_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She met Dr. Osei. He was kind.", ["She met Dr. Osei.", "He was kind."]),
        ('"Why now?" He left. (Really!) Yes.', ['"Why now?"', "He left.", "(Really!)", "Yes."]),
        ("Ask A. B. Lind first! Then go", ["Ask A. B. Lind first!", "Then go"]),
        ("It took 3.5 hours. no capital here", ["It took 3.5 hours. no capital here"]),
        ("One\n\nTwo\n- three\n- four", ["One", "Two", "- three", "- four"]),
        ("   ", []),
    ],
)
def test_sentence_examples(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text())
def test_a_slug_is_short_plain_and_stable(name: str) -> None:
    slug = slugify(name)
    assert slug
    assert len(slug) <= 60
    assert set(slug) <= set(string.ascii_lowercase + string.digits + "-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert slugify(slug) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Zoë Álvarez", "zoe-alvarez"), ("", "pair"), ("李雷", "pair"), ("O’Brien-Ng", "obrien-ng"),
     ("  Dr. Amara   Osei ", "dr-amara-osei")],
)  # fmt: skip
def test_slug_examples(name: str, slug: str) -> None:
    assert slugify(name) == slug


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Amara", "Amara"),
        ("Amara Osei", "Amara"),
        ("Dr Amara Osei", "Amara"),
        ("Prof. Lind", "Prof. Lind"),
        ("Prof. Dr. Maria Keller", "Maria"),
        ("Prof. Dr. Keller", "Prof. Dr. Keller"),
        ("Miss Jones", "Miss Jones"),
        ("Dr", "Dr"),
        ("", ""),
    ],
)
def test_the_name_to_call_someone_by(name: str, called: str) -> None:
    assert first_name(name) == called


@given(st.text(), st.integers(2, 80))
def test_shortening_keeps_to_the_limit_and_says_that_it_cut(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    if len(text) <= limit:
        assert short == text
    else:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


def test_words_and_lists_of_names() -> None:
    assert words("Don’t ASK — it's 2nd_best") == ["don't", "ask", "it's", "2nd", "best"]
    assert join_names([]) == ""
    assert join_names(["a"]) == "a"
    assert join_names(["a", "b", "c"], "or") == "a, b or c"
