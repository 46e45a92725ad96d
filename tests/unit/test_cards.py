"""Cards: what the loader refuses and where, and what the shipped ones hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.errors import ContentError, NotFoundError
from coach.library.cards import Card, load_deck, read_card
from tests.conftest import ROOT, SHARED

SITUATIONS = "\n".join(f"- situation number {n}" for n in range(8))
CUES = "\n".join(f"- cue number {n}" for n in range(8))
GOOD = f"""\
---
id: fain/one
title: A card to break
audience: both
stage: any
themes: [trust, honesty]
related: [fain/two]
---

## Answer
The first sentence of the answer. It goes on
over a second line.

## Openings
- First opening.
- Second opening.
- Third opening.

## Moves
- First move with {{name}}.
- Second move, which is wrapped
  over two lines.

## Questions
- opening: What is new?
- deeper: What about {{thread}}?
- closing: And {{goal}}?

## Say
- mentor: I say this.
- mentee: I say that.

## Back
- One back?
- Two back?

## Pitfalls
- A pitfall.

## Situations
{SITUATIONS}

## Cues
{CUES}
"""


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A folder of two good cards that name each other."""
    (tmp_path / "cards" / "fain").mkdir(parents=True)
    (tmp_path / "sources.toml").write_text('[fain]\ntitle = "T"\nauthor = "A"\n')
    one, two = (tmp_path / "cards" / "fain" / f"{name}.md" for name in ("one", "two"))
    one.write_text(GOOD)
    two.write_text(GOOD.replace("fain/two", "other").replace("fain/one", "fain/two")
                   .replace("other", "fain/one"))  # fmt: skip
    return tmp_path


def test_a_good_card_is_read_whole(knowledge: Path) -> None:
    card = load_deck(knowledge).get("fain/one")
    assert card.answer == "The first sentence of the answer. It goes on over a second line."
    assert card.moves == (
        "First move with {name}.",
        "Second move, which is wrapped over two lines.",
    )
    assert [q.depth for q in card.questions] == ["opening", "deeper", "closing"]
    assert card.lines_for("mentor") == ("I say this.",)
    assert card.lines_for("mentee") == ("I say that.",)
    assert (card.source, card.themes, card.related) == ("fain", ("trust", "honesty"), ("fain/two",))
    assert len(card.situations) == len(card.cues) == 8


# What is replaced by what, the text whose line is to be named, and words of the message.
FAULTS = {
    "no front matter": ("---\nid", "id", "id: fain", "front matter"),
    "front matter without end": ("fain/two]\n---", "fain/two]", "---\nid", "front matter"),
    "empty file": (GOOD, "", "", "front matter"),
    "yaml": ("title: A", "title: [A", "", "not valid YAML"),
    "a list, no fields": (GOOD.split("---")[1], "\n- a\n- b\n", "- a", "not a list of fields"),
    "missing field": ("stage: any\n", "", "---\nid", "'stage' is missing"),
    "unknown field": ("stage: any", "stage: any\nmood: glad", "mood", "no field 'mood'"),
    "audience": ("audience: both", "audience: all", "audience", "audience is one of mentor"),
    "stage": ("stage: any", "stage: middle", "stage: middle", "stage is one of before"),
    "theme": ("[trust,", "[thrust,", "themes", "no theme 'thrust'"),
    "no themes": ("[trust, honesty]", "[]", "themes", "list of at least one"),
    "related not a list": ("[fain/two]", "fain/two", "related", "list of at least one"),
    "related numbers": ("[fain/two]", "[2]", "related", "list of at least one"),
    "title too short": ("A card to break", "A", "title", "3 to 60 characters"),
    "title too long": ("A card to break", "A" * 61, "title", "3 to 60 characters"),
    "title no text": ("A card to break", "12345", "title", "3 to 60 characters"),
    "other id": ("id: fain/one", "id: fain/uno", "id: fain/uno", "'fain/uno'"),
    "text first": ("## Answer", "Hello.\n## Answer", "Hello.", "before the first section"),
    "unknown section": ("## Moves", "## Motions", "## Motions", "'Motions'"),
    "repeated section": ("## Moves", "## Openings", "", "'Openings'"),
    "section missing": ("## Pitfalls\n- A pitfall.\n", "", "", "Pitfalls has 0 entries"),
    "too few": ("- Third opening.\n", "", "## Openings", "Openings has 2 entries, not 3 to 6"),
    "too many": ("- A pitfall.", "- A.\n- B.\n- C.\n- D.", "## Pitfalls", "Pitfalls has 4"),
    "seven situations": ("- situation number 0\n", "", "## Situations", "Situations has 7"),
    "no bullet": ("- One back?", "One back?", "One back?", "list of '- ' lines"),
    "empty bullet": ("- One back?", "- ", "\n- \n", "nothing in this line"),
    "slot": ("- First move with {name}", "- Do {this}", "- Do {this}", "no slot {this}"),
    "empty slot": ("- First move with {name}", "- Do {}", "- Do {}", "no slot {}"),
    "depth": ("- opening: What", "- shallow: What", "- shallow", "one of opening, exploring"),
    "no depth": ("- opening: What", "- What", "- What", "one of opening, exploring"),
    "no question": ("- opening: What is new?", "- opening: ", "- opening", "one of opening"),
    "speaker": ("- mentor: I say", "- teacher: I say", "- teacher", "one of mentor, mentee"),
    "related card": ("[fain/two]", "[fain/six]", "---\nid", "'fain/six' does not exist"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_names_file_and_line(knowledge: Path, fault: str) -> None:
    old, new, where, message = FAULTS[fault]
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    path = knowledge / "cards" / "fain" / "one.md"
    path.write_text(text)
    with pytest.raises(ContentError) as caught:
        load_deck(knowledge)
    error = caught.value
    assert message in error.what
    assert error.path == str(path)
    assert f"{path}:{error.line}:" in str(error)
    if where:
        assert text.count(where) == 1
        at = text.index(where) + len(where) - len(where.lstrip("\n"))
        assert error.line == text.count("\n", 0, at) + 1
    else:
        assert 1 <= error.line <= max(1, len(text.splitlines()))


def test_a_file_that_is_not_utf8_names_its_line(knowledge: Path) -> None:
    path = knowledge / "cards" / "fain" / "one.md"
    path.write_bytes(GOOD.encode().replace(b"A pitfall.", b"A p\xedtfall."))
    with pytest.raises(ContentError) as caught:
        load_deck(knowledge)
    assert caught.value.line == GOOD[: GOOD.index("A pitfall.")].count("\n") + 1
    assert "UTF-8" in caught.value.what


def test_a_card_of_an_unlisted_source_is_refused(knowledge: Path) -> None:
    (knowledge / "sources.toml").write_text('[other]\ntitle = "T"\nauthor = "A"\n')
    with pytest.raises(ContentError, match=r"'fain' is not in sources.toml"):
        load_deck(knowledge)


@pytest.mark.parametrize("content", [None, "[fain", '[fain]\ntitle = "T"\n', 'fain = "T"\n'])
def test_a_broken_list_of_sources_is_named(knowledge: Path, content: str | None) -> None:
    path = knowledge / "sources.toml"
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(ContentError, match=re.escape(str(path))):
        load_deck(knowledge)


def test_an_unknown_card_names_near_ones() -> None:
    deck = load_deck()
    with pytest.raises(NotFoundError, match=r"Did you mean .*six/set-limits"):
        deck.get("six/set-limit")
    with pytest.raises(NotFoundError, match="coach kb list"):
        deck.get("0000000000000000000000000000")


# -- the shipped cards -----------------------------------------------------------------------------

DECK = load_deck()
CARDS = list(DECK.cards.values())
every_card = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)


def test_there_are_48_and_each_source_has_some() -> None:
    assert len(CARDS) == 48
    assert {card.source for card in CARDS} == set(DECK.sources)


@pytest.mark.skipif(
    not (SHARED / "knowledge-map.toml").is_file(),
    reason="the map of the guidance is not part of the repository",
)
def test_ids_audience_and_stage_are_those_of_the_map() -> None:
    wanted = tomllib.loads((SHARED / "knowledge-map.toml").read_text("utf-8"))["cards"]
    assert {card.id: (card.audience, card.stage) for card in CARDS} == {
        card["id"]: (card["audience"], card["stage"]) for card in wanted
    }


@every_card
def test_a_shipped_card_is_worth_reading(card: Card) -> None:
    assert 8 <= len(card.situations) <= 12
    assert 2 <= len(re.findall(r"[.?!](?=\s|$|[\"”])", card.answer)) <= 6
    assert card.id not in card.related
    texts = [*card.moves, *card.situations, *card.cues, *card.openings, *card.back]
    assert len(set(texts)) == len(texts)
    # Someone on either side of it finds words to say or questions to ask that need no filling in.
    assert any("{thread}" not in q.text and "{goal}" not in q.text for q in card.questions)
    if card.audience != "both":
        assert card.lines_for(card.audience)


def test_every_depth_of_question_is_there_in_every_source() -> None:
    for source in DECK.sources:
        depths = {q.depth for card in CARDS if card.source == source for q in card.questions}
        assert depths == {"opening", "exploring", "deeper", "closing"}


# -- our own words ---------------------------------------------------------------------------------

TEXTS = sorted(
    path
    for folder, kinds in {"knowledge": "*.*", "prompts": "*.md", "docs": "*.md"}.items()
    for path in (ROOT / folder).rglob(kinds)
    if path.suffix in {".md", ".toml"}
)
GUIDANCE = [path for path in TEXTS if "cards" in path.parts or "prompts" in path.parts]
_RUN = 8


def plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text.lower().replace("’", "'"))


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}


def shared_runs(text: str, articles: set[tuple[str, ...]]) -> list[str]:
    for source in DECK.sources.values():  # naming what one quotes from is not quoting from it
        text = text.replace(source.title, " | ")
    return sorted(" ".join(run) for run in runs(plain_words(text)) & articles)


@pytest.fixture(scope="module")
def articles() -> set[tuple[str, ...]]:
    files = sorted((SHARED / "sources").glob("*.txt"))
    if not files:
        pytest.skip("the five source articles are not part of the repository")
    assert len(files) == 5
    found = (runs(plain_words(path.read_text("utf-8"))) for path in files)
    return set().union(*found)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_eight_words_in_a_row_are_those_of_an_article(
    path: Path, articles: set[tuple[str, ...]]
) -> None:
    assert shared_runs(path.read_text("utf-8"), articles) == []


def test_the_comparison_sees_a_copied_sentence(articles: set[tuple[str, ...]]) -> None:
    copied = " ".join(sorted(articles)[len(articles) // 2])
    assert shared_runs(f"It is said: {copied.upper()}, and so on.", articles)


_NOT_GUIDANCE: dict[str, Callable[[str], list[str]]] = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+").findall,
    "a web address": re.compile(r"https?://|www\.", re.I).findall,
    "the giveaway": re.compile(r"giveaway|give-away|signed cop(?:y|ies)|winners?\b", re.I).findall,
    "the advertising": re.compile(
        r"engagementoring|sign up|subscribe|newsletter|our (?:platform|software|services)", re.I
    ).findall,
}


@pytest.mark.parametrize("what", _NOT_GUIDANCE)
def test_cards_and_prompts_hold_none_of_what_surrounds_the_articles(what: str) -> None:
    found = {
        str(path.relative_to(ROOT)): hits
        for path in GUIDANCE
        if (hits := _NOT_GUIDANCE[what](path.read_text("utf-8")))
    }
    assert found == {}


def test_no_address_of_anyone_is_in_the_other_texts() -> None:
    address = re.compile(r"[\w.+-]+@(?!example\.)[\w-]+\.(?!example)\w+")
    assert {str(p): h for p in TEXTS if (h := address.findall(p.read_text("utf-8")))} == {}


def test_reading_one_card_alone() -> None:
    path = ROOT / "knowledge" / "cards" / "six" / "set-limits.md"
    assert read_card(path) == DECK.get("six/set-limits")
