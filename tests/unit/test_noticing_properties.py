"""What holds for any text: no crash, verbatim quotes, nothing invented, the same every time."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import paths
from coach.errors import ContentError
from coach.memory.items import Person
from coach.memory.noticing import nearest, notice
from coach.memory.noticing.layout import blocks, sentences
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten, segment
from coach.paths import content_root

ON = date(2026, 3, 4)
PEOPLE = (
    Person("Dr. Rosa Lindqvist", "mentee", "she"),
    Person("Omar", "mentor", "he"),
    Person("Xi", "mentee", "they"),
    Person("Ada Ada", "mentor", ""),
)
# All that wording may add: pronouns of the pair and forms of "be", "have", "will", "would".
ADDED = frozenset(
    re.findall(
        r"\w+",
        "you your yours yourself she her hers herself he his him himself they them their theirs"
        " themself i are is was were be am have has had will would to of both not do does don"
        " doesn haven hasn weren wasn didn s t ve ll re d m",
    )
)
PIECES = (
    "I'll send her the list by Friday", "she's got an interview on 9 March", "he hates e-mail",
    "Rosa is to call the dean", "between us:", "(keep this to yourself)", "- ", "* ", "\n", "\n\n",
    "## Actions\n", "Me – ", "Rosa: ", '"I will do it on Monday," she said', "if he would", "— ",
    "and", "but", "; ", ". ", "? ", "! ", "…", ", ", ": ", "Omar and I", "my wife Ann", "ill ring",
    "passed the exam", "not", "we agreed", "every second Tuesday", "what should I ask", "1. ",
    "The team and the boss", "in confidence", "the rest is off the record", "T to ask Bob", "’",
    "“no calls after eight”", "wants", "must", "by the end of June", "struggling", "é", "\u2028",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
)


def stems(text: str) -> set[str]:
    """The words of ``text``, verbs by their base form."""
    found = set()
    for word in re.findall(r"[^\W_]+", flatten(text)):
        verb = lexicon().forms.get(word)
        found |= {word, verb.base if verb else word}
    return found


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, them=st.sampled_from(PEOPLE))
def test_any_text(text: str, them: Person) -> None:
    role = "mentor" if them.role == "mentee" else "mentee"
    noticed = notice(text, on=ON, them=them, my_role=role)  # type: ignore[arg-type]
    assert notice(text, on=ON, them=them, my_role=role) == noticed  # type: ignore[arg-type]
    allowed = stems(text) | stems(them.name) | ADDED
    for draft in noticed.drafts:
        assert 0 <= draft.start < draft.end <= len(text)
        assert text[draft.start : draft.end] == draft.quote
        assert draft.quote.strip() == draft.quote
        assert draft.text.strip()
        new = set(re.findall(r"[^\W_]+", flatten(draft.text))) - allowed
        assert not {w for w in new if not stems(w) & allowed}
        for day in (draft.when, draft.until):
            assert day is None or abs(day - ON) <= timedelta(days=366 * 20)
        assert (draft.owner is not None) == (draft.kind in ("commitment", "goal", "plan"))
    assert noticed.closings == ()


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_clauses_lie_in_their_sentences(text: str) -> None:
    segments = segment(text)
    for clause in segments.clauses:
        start, end = segments.sentences[clause.sentence]
        assert start <= clause.start < clause.end <= end
        assert text[clause.start : clause.end] == clause.text
    for block in blocks(text):
        for start, end in sentences(text, block):
            assert block.start <= start < end <= block.end


@given(text=st.text(max_size=100))
def test_flattening_keeps_places(text: str) -> None:
    assert len(flatten(text)) == len(text)


def test_examples_are_many_and_varied() -> None:
    kinds = [kind for kind, _ in nearest.examples()]
    assert {"struggle", "win", "goal", "preference", "boundary", "none"} <= set(kinds)
    texts = [text for _, text in nearest.examples()]
    assert len(set(texts)) == len(texts)


def test_the_nearest_example_decides_where_no_rule_does() -> None:
    def alike(first: list[str], second: list[str]):  # type: ignore[no-untyped-def]
        import numpy as np

        target = next(text for kind, text in nearest.examples() if kind == "win")
        same = [[float(a == b or ("gargle" in a and b == target)) for b in second] for a in first]
        return np.array(same, dtype=np.float32)

    text = "She has already gargled the whole of the blue tin."
    assert notice(text, on=ON, them=PEOPLE[0], my_role="mentor").drafts == ()
    (draft,) = notice(text, on=ON, them=PEOPLE[0], my_role="mentor", similarity=alike).drafts
    assert (draft.kind, draft.about) == ("win", "them")


@pytest.mark.parametrize("text", ["not toml [", "[words]\nlead = []\n"])
def test_a_broken_word_list_is_said(
    text: str,
    tmp_path,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "noticing.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "content_root", lambda: tmp_path)
    lexicon.cache_clear()
    try:
        with pytest.raises(ContentError, match=r"noticing\.toml"):
            lexicon()
    finally:
        lexicon.cache_clear()


def test_the_word_list_is_tidy() -> None:
    path = content_root() / "knowledge" / "noticing.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {"words", "verbs", "promise", "private", "closing"} <= set(raw)
    assert lexicon().forms["sent"].base == "send"
    assert lexicon().forms["tries"].base == "try"
    assert lexicon().forms["planning"].base == "plan"
