"""The reader of utterances with the real model; it learns once a run, or finds what was learnt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.cli.main import run
from coach.models.array_cache import ArrayCache
from coach.models.embedder import load_embedder
from coach.models.vector_cache import VectorCache, embed_cached
from coach.models.weights import DEFAULT_MODEL
from coach.paths import Places
from coach.rehearsal.reading import KIND_OF, Utterance
from coach.rehearsal.reading.examples import examples
from coach.rehearsal.reading.reader import UtteranceReader
from tests.evals import utterances_eval

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def reader(model_cache: Path) -> UtteranceReader:
    embedder = load_embedder(Places(home=model_cache, cache=model_cache), DEFAULT_MODEL)
    vectors = VectorCache(model_cache / "vectors", embedder.digest, embedder.dimension)
    return UtteranceReader(
        embedder.embed,
        lambda texts: embed_cached(embedder, texts, vectors),
        embedder.digest,
        ArrayCache(model_cache / "utterance-readers"),
    )


@pytest.fixture(scope="module")
def wordy(model_cache: Path) -> UtteranceReader:
    """Without a model."""
    return UtteranceReader(kept=ArrayCache(model_cache / "utterance-readers"))


_CLEAR = [
    ("What would you like to talk about?", "", "question", "open_question"),
    ("tell me more about your sister", "", "question", "open_question"),
    ("how many do you take in a day", "", "question", "closed_question"),
    ("Did you go?", "", "question", "closed_question"),
    ("You're exhausted by it all.", "I can't keep going like this.", "reflection", None),
    ("It sounds like you feel torn about leaving.", "I don't know.", "reflection",
     "complex_reflection"),
    ("You need to stop that right now.", "", "advice", "advice_unasked"),
    ("I'm really sorry that I missed our call.", "", "other", "apology"),
    ("Thank you so much for your help.", "", "other", "thanks"),
    ("Mm-hmm.", "I went there.", "other", "other"),
    ("all right so thanks for coming over in this weather um so what would you like to look at", "",
     "question", "open_question"),
    ("You never read a single page that I send you.", "", "other", None),
    ("Okay. Right. So it's been hard for you. What has helped?", "It's hard.", "question",
     "open_question"),
    ("So you're worn out from looking after your mother, and you'd love one weekend to yourself,"
     " without anybody calling you. Is that right?", "I look after her all week.", "reflection",
     None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "before", "kind", "subtype"), _CLEAR)
def test_what_is_clear_is_read_so(
    reader: UtteranceReader, text: str, before: str, kind: str, subtype: str | None
) -> None:
    (found,) = reader.read([Utterance(text, before)])
    assert found.kind == kind
    assert subtype in {None, found.subtype}
    assert 0 < found.confidence <= 1
    assert sum(found.scores.values()) == pytest.approx(1, abs=0.01)


def test_each_turn_is_read_by_itself(reader: UtteranceReader) -> None:
    turns = [one.turn for one in examples()[::60]]
    together = reader.read(turns)
    assert reader.read(turns[::-1])[::-1] == together
    assert [reader.read([turn])[0] for turn in turns] == together
    assert reader.read([turns[0]] * 3) == [together[0]] * 3
    assert reader.read([]) == []


def test_space_case_and_final_points_do_not_matter(reader: UtteranceReader) -> None:
    turns = [one.turn for one in examples()[7::60]]
    statements = [one for one in turns if not one.text.endswith("?")]
    for change in (str.upper, lambda text: f"  {text.replace(' ', '  ')}\n"):
        changed = [Utterance(change(one.text), change(one.before)) for one in turns]
        assert reader.read(changed) == reader.read(turns)
    ended = [Utterance(one.text.rstrip(".!") + "...", one.before) for one in statements]
    assert reader.read(ended) == reader.read(statements)


def test_odd_turns_are_read_as_other(reader: UtteranceReader) -> None:
    odd = ["", "   ", "[inaudible]", "...", "?!", "\u200b"]
    assert {one.kind for one in reader.read([Utterance(text) for text in odd])} == {"other"}
    (long,) = reader.read([Utterance("What helps you then? " * 3000)])
    assert long.kind == "question"


def test_a_request_put_as_a_question_has_the_kind_question(reader: UtteranceReader) -> None:
    asked, told = reader.read(
        [Utterance("Could you introduce me to your editor?"),
         Utterance("Please send me the two drafts before Monday.")]
    )  # fmt: skip
    assert (asked.kind, asked.subtype, told.kind, told.subtype) == (
        "question", "request", "other", "request",
    )  # fmt: skip


@pytest.mark.slow
def test_words_alone_read_what_is_clear(wordy: UtteranceReader) -> None:
    found = wordy.read([Utterance(text, before) for text, before, _, _ in _CLEAR])
    right = [one.kind == kind for one, (_, _, kind, _) in zip(found, _CLEAR, strict=True)]
    assert sum(right) >= len(right) - 2


@pytest.mark.slow
def test_talks_unlike_the_examples_are_read(reader: UtteranceReader) -> None:
    said = utterances_eval.turns("dev")
    found = [one.kind for one in reader.read([one.turn for one in said])]
    scores = utterances_eval.f1_by_label(
        [utterances_eval.three(one.kind) for one in said],
        [utterances_eval.three(kind) for kind in found],
    )
    assert scores["question"] >= 0.9
    assert scores["reflection"] >= 0.8
    assert utterances_eval.macro(scores) >= 0.85
    assert utterances_eval.auc(said, found) >= 0.9
    bare = reader.read([Utterance(one.turn.text.replace("?", "")) for one in said])
    unmarked = utterances_eval.f1_by_label([one.kind for one in said], [one.kind for one in bare])
    assert unmarked["question"] >= 0.7


def test_the_command_prints_a_reading_a_line_or_one_error(
    model_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COACH_CACHE", str(model_cache))
    file = tmp_path / "turns.jsonl"
    rows = [{"text": "How was it?"}, {"text": "It hurt.", "before": "It hurt a lot."}]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert run(["rehearse", "--read", str(file), "--json"]) == 0
    out, err = capsys.readouterr()
    found = [json.loads(line) for line in out.splitlines()]
    assert err == ""
    assert [set(one) for one in found] == [{"kind", "subtype", "confidence"}] * 2
    assert [one["kind"] for one in found] == ["question", "reflection"]
    assert {one["subtype"] for one in found} <= set(KIND_OF)
    file.write_text(file.read_text("utf-8") + "\nnonsense", "utf-8")
    assert run(["rehearse", "--read", str(file), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert ":3 " in err
    assert err.count("\n") == 1
