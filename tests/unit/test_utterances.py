"""What the reader of utterances is made of: examples, sentences, marks, learning, files."""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cli.rehearse_read import utterances
from coach.errors import UsageError
from coach.rehearsal.reading.examples import SUBTYPES, examples
from coach.rehearsal.reading.grams import Grams
from coach.rehearsal.reading.learning import items, solve
from coach.rehearsal.reading.marks import NAMES, Before, marks
from coach.rehearsal.reading.port import KIND_OF, Utterance
from coach.rehearsal.reading.segments import sentences

# -- examples -----------------------------------------------------------------------------------


def test_there_are_enough_examples_of_each_subtype_over_many_scenarios() -> None:
    counts = Counter(one.subtype for one in examples())
    where = defaultdict(set)
    for one in examples():
        where[one.subtype].add(one.scenario)
    assert sum(counts.values()) >= 1500
    assert set(counts) == set(SUBTYPES) == set(KIND_OF)
    assert min(counts.values()) >= 35
    assert min(len(scenarios) for scenarios in where.values()) >= 12


def test_examples_are_hardly_ever_near_duplicates() -> None:
    known = [one.turn.text for one in examples()]
    told = [" ".join(word for s in sentences(text) for word in s.words) for text in known]
    assert [
        text for text, count in Counter(told).items() if count > 1 and len(text.split()) > 3
    ] == []
    long = sorted({text for text in told if len(text.split()) > 4})
    places = {word: n for n, word in enumerate({word for text in long for word in text.split()})}
    rows = np.zeros((len(long), len(places)), np.float32)
    for n, text in enumerate(long):
        rows[n, [places[word] for word in text.split()]] = 1.0
    shared = rows @ rows.T
    sizes = rows.sum(axis=1)
    alike = shared / (sizes[:, None] + sizes - shared)
    np.fill_diagonal(alike, 0.0)
    assert (alike.max(axis=1) >= 0.7).mean() < 0.02


def test_words_said_before_tell_nothing_of_the_subtype() -> None:
    """Else reading would hang on whether a transcript gives them."""
    heard, alone = Counter[int](), Counter[int]()
    for one in items(examples()):
        (heard if one.before else alone)[one.label] += 1
    asked = SUBTYPES.index("advice_asked")
    for label in set(heard) - {asked}:
        assert 0.4 < heard[label] / (heard[label] + alone[label]) < 0.7


# -- sentences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Okay. So how was it?", [("okay", False), ("so how was it", True)]),
        ("Dr. Farrow told you that.", [("dr farrow told you that", False)]),
        ("[laughs] Mm-hmm.", [("mm-hmm", False)]),
        (
            "So, um, it's it's been hard, you know, like, really.",
            [("so it's been hard really", False)],
        ),
        ("And, uh, how do you feel about--", [("and how do you feel about", False)]),
        ("You… you said so?!", [("you", False), ("you said so", True)]),
        ("[chuckles] ... --", []),
        (
            "thanks for driving all that way um so what brings you in",
            [("thanks for driving all that way", False), ("what brings you in", False)],
        ),
        (
            "If ten is certain, how sure are you?",
            [("if ten is certain", False), ("how sure are you", True)],
        ),
        ("I know what you mean, and I know why.", [("i know what you mean and i know why", False)]),
        ("", []),
    ],
)
def test_sentences_lose_noise_and_keep_their_question_mark(
    text: str, found: list[tuple[str, bool]]
) -> None:
    assert [(one.text.replace(",", ""), one.asks) for one in sentences(text)] == found


@given(st.text(max_size=200))
def test_any_text_is_cut_without_harm(text: str) -> None:
    for one in sentences(text):
        assert one.words
        assert np.isfinite(marks(one, Before.of([one]))).all()
    assert [one.words for one in sentences(text.upper().lower())] == [
        one.words for one in sentences(text.upper())
    ]


@given(
    st.lists(
        st.sampled_from(["so", "you", "feel", "that", "the", "tablets", "make", "it", "worse"]),
        min_size=3,
    ),
    st.sampled_from(["", ".", "...", "!", " ", "\n", ","]),
)
def test_space_case_and_what_ends_a_statement_do_not_matter(words: list[str], end: str) -> None:
    plain = sentences(" ".join(words))
    assert sentences("  ".join(words).upper() + end) == plain
    assert sentences(f"\t{' '.join(words).capitalize()}{end}") == plain


def test_only_a_short_turn_of_such_words_is_noise() -> None:
    (noise,), (more,) = sentences("Oh, okay, yeah."), sentences("Okay, so you left.")
    assert noise.is_noise
    assert not more.is_noise


# -- marks --------------------------------------------------------------------------------------


def _marked(text: str, before: str = "") -> set[str]:
    (one,) = sentences(text)
    found = marks(one, Before.of(sentences(before)))
    return {name for name, value in zip(NAMES, found, strict=True) if value}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("and how do you feel about that", "wh do you"),
        ("Okay, so, did you call him", "starts verb"),
        ("tell me about the swimming", "invites"),
        ("You've been drinking?", "asks statement"),
        ("It sounds like a lot.", "it sounds"),
        ("So you left.", "so you"),
        ("You need to stop.", "you must"),
        ("Just keep a diary.", "imperative"),
        ("That took courage.", "praise"),
        ("I won't be there.", "i will not"),
    ],
)  # fmt: skip
def test_marks_show_form(text: str, mark: str) -> None:
    assert mark in _marked(text)


def test_an_echo_is_seen_across_a_change_of_person_and_number() -> None:
    assert "echo" in _marked("You tried the patches.", "I try a patch sometimes.")
    assert "echo" not in _marked("You tried the patches.", "My wife sent me.")


def test_shapes_are_of_unit_length_and_blind_to_the_subject() -> None:
    said = [sentences(text)[0] for text in ["you were walking to the office"] * 3]
    grams = Grams([*said, sentences("nothing like it at all")[0]])
    (places, weights), (again, _) = (
        grams.row(said[0]),
        grams.row(sentences("you were smoking to the hilt")[0]),
    )
    assert np.linalg.norm(weights) == pytest.approx(1.0, abs=1e-5)
    assert set(again) == set(places)


# -- learning -----------------------------------------------------------------------------------


def test_learning_finds_the_least_loss() -> None:
    draw = np.random.default_rng(5)
    rows = draw.normal(size=(300, 6)).astype(np.float32)
    labels = (rows @ draw.normal(size=(6, 3))).argmax(axis=1)
    learnt = solve(rows, labels, 3)
    scores = rows @ learnt[:-1] + learnt[-1]
    assert (scores.argmax(axis=1) == labels).mean() > 0.95
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    slope = rows.T @ (shares - np.eye(3)[labels]) + 2.0 * learnt[:-1]
    assert np.abs(slope).max() < 1.0
    assert np.abs(learnt[:-1].sum(axis=1)).max() < 0.01


# -- files --------------------------------------------------------------------------------------


def test_lines_are_read_with_or_without_the_words_before(tmp_path: Path) -> None:
    file = tmp_path / "turns.jsonl"
    rows = [
        {"text": "Hi.\u2028there"},
        {"text": "So?", "before": "I\u0007 went."},
        {"text": "", "before": None},
    ]
    file.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8-sig")
    assert utterances(str(file)) == [
        Utterance("Hi.\u2028there"), Utterance("So?", "I went."), Utterance(""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "bad",
    ["{", "[]", "3", '"text"', '{"before": "a"}', '{"text": 3}', '{"text": "a", "before": 4}',
     '{"text": "a", "before": ["b"]}', "[" * 100_000],
)  # fmt: skip
def test_a_bad_line_is_named(bad: str, tmp_path: Path) -> None:
    file = tmp_path / "turns.jsonl"
    file.write_text(f'{{"text": "fine"}}\n{bad}\n', "utf-8")
    with pytest.raises(UsageError, match=r"turns\.jsonl:2 ") as caught:
        utterances(str(file))
    assert caught.value.exit_code == 2


def test_no_file_and_no_utf8_are_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        utterances(str(tmp_path / "none.jsonl"))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b'{"text": "\xff"}')))
    with pytest.raises(UsageError, match="standard input is not UTF-8 text"):
        utterances("-")
