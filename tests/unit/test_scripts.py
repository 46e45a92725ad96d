"""Scripts: all kinds for both roles, filled with what is known, nothing made up, checked files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import paths
from coach.agreement.scripts import KINDS, script
from coach.agreement.slots import SLOTS
from coach.agreement.templates import PARTS, template
from coach.content import prompt
from coach.errors import ContentError, UsageError
from coach.library.cards import load_deck
from coach.storage.pairs import Role
from coach.text import words
from tests.conftest import SHARED

ROLES: tuple[Role, ...] = ("mentor", "mentee")
every_script = pytest.mark.parametrize(("kind", "role"), [*product(KINDS, ROLES)])
FULL = {slot: f"word{n}" for n, slot in enumerate(SLOTS)}


def aloud(markdown: str) -> str:
    return " ".join(re.findall(r'^> "(.+)"$', markdown, re.MULTILINE))


@every_script
@pytest.mark.parametrize("known", [{}, FULL], ids=["nothing known", "all known"])
def test_a_script_is_short_names_the_person_and_its_cards(
    kind: str, role: Role, known: dict[str, str]
) -> None:
    made = script(kind, role, "Amara", known)
    assert 150 <= len(made.markdown.split()) <= 350
    assert len(aloud(made.markdown).split()) >= 110
    assert "Amara" in aloud(made.markdown)
    assert not re.search(r"[{}]|\[\[|\]\]|\|\||  ", made.markdown)
    assert not re.search(r" [.,;?!]|[.,;]{2}|\?\.|!", aloud(made.markdown))
    assert made.cards
    assert set(made.cards) <= set(load_deck().cards)
    assert all(f"[{card}]" in made.markdown for card in made.cards)
    assert set(made.as_json()) == {"kind", "markdown", "cards", "missing"}


@every_script
def test_what_is_not_known_is_asked_for_by_name(kind: str, role: Role) -> None:
    blank, full = script(kind, role, "Amara"), script(kind, role, "Amara", FULL)
    assert full.missing == ()
    listed = re.findall(r"^- (.+)$", blank.markdown, re.MULTILINE)
    assert tuple(listed) == blank.missing
    assert not any("{" in ask for ask in blank.missing)


@every_script
def test_each_slot_is_used_when_it_is_known(kind: str, role: Role) -> None:
    for slot in template(kind, role).slots:
        if slot != "name":
            given_all = script(kind, role, "Amara", FULL).markdown
            assert FULL[slot] in given_all, slot


@pytest.mark.parametrize("kind", KINDS)
def test_the_two_sides_say_different_things(kind: str) -> None:
    said = [set(re.findall(r'^> "(.+)', script(kind, role, "Amara").markdown, re.MULTILINE))
            for role in ROLES]  # fmt: skip
    assert not said[0] & said[1]


def test_no_two_scripts_share_a_sentence() -> None:
    seen: dict[str, str] = {}
    for kind, role in product(KINDS, ROLES):
        for sentence in re.split(r"(?<=[.?])\s+", aloud(script(kind, role, "Amara").markdown)):
            if len(sentence.split()) > 7:
                assert seen.setdefault(sentence, f"{kind} {role}") == f"{kind} {role}", sentence


@pytest.mark.skipif(not (SHARED / "sources").is_dir(), reason="needs the articles")
def test_no_script_repeats_eight_words_of_an_article() -> None:
    said: set[tuple[str, ...]] = set()
    for article in (SHARED / "sources").glob("*.txt"):
        text = words(article.read_text(encoding="utf-8"))
        said |= set(zip(*(text[n:] for n in range(8)), strict=False))
    for kind, role in product(KINDS, ROLES):
        ours = words(prompt(f"script-{kind}-{role}"))
        assert not said & set(zip(*(ours[n:] for n in range(8)), strict=False)), (kind, role)


def test_a_promise_is_named_with_its_date() -> None:
    known = {"promise": "send you the template", "promise_by": " by 11 May",
             "promise_note": '"I promised the template" (said 6 May, due 11 May)'}  # fmt: skip
    for role in ROLES:
        made = script("owning-a-missed-promise", role, "Priya", known)
        assert re.search(r"I (told you|said) I'd send you the template by 11 May", made.markdown)
        assert "said 6 May" in made.markdown
        assert not any("promise" in ask for ask in made.missing)


def test_what_is_private_is_marked_before_anything_else() -> None:
    made = script("goals", "mentor", "Priya", care=["Private: say it alone."])
    assert made.markdown.split("\n\n")[1] == "*Private: say it alone.*"


@given(st.text(max_size=40).filter(lambda text: text.strip()))
def test_a_text_is_never_read_as_a_template(text: str) -> None:
    values = {"hope": text, "offer": "{name} [[a || b]] \\1"}
    made = script("expectations", "mentor", "{hope} \\1", values)
    assert "{hope} \\1" in made.markdown
    assert "{name} [[a || b]] \\1" in made.markdown
    assert "what you hope to gain from this" not in made.missing


def test_an_unknown_kind_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="expectations, boundaries"):
        script("farewell-party", "mentor", "Amara")


# -- the files -------------------------------------------------------------------------------------

GOOD = """# Talking to {name}

## open: To open [six/check-in]
> {name}, have you a minute?

## offer: What you offer
> Here is what I can do. [[You said {goal}. || ]]

## ask: What you ask
> How is it?

Wait for the answer.

## pushback: If {name} says no
> I see.

## close: To sum up
> So that is what we do{goal_by?}.
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Writes one script in a folder that holds nothing else."""
    monkeypatch.setattr(paths, "content_root", lambda: tmp_path)
    (tmp_path / "prompts").mkdir()

    def write_one(text: str) -> None:
        path = tmp_path / "prompts" / "script-goals-mentor.md"
        path.write_text(text, encoding="utf-8")
        prompt.cache_clear()
        template.cache_clear()

    yield write_one
    prompt.cache_clear()
    template.cache_clear()


def test_all_thirty_scripts_are_as_the_loader_needs_them() -> None:
    found = [template(kind, role) for kind, role in product(KINDS, ROLES)]
    assert len(found) == 30
    for one in found:
        parts = [section.part for section in one.sections]
        assert set(parts) == set(PARTS)
        assert (parts[0], parts[-1]) == ("open", "close")


def test_a_script_from_a_file(write: Callable[[str], None]) -> None:
    write(GOOD)
    made = template("goals", "mentor")
    assert made.cards == ("six/check-in",)
    assert made.slots == ("name", "goal")
    assert [line.aloud for line in made.sections[2].lines] == [True, False]
    filled = [s.lines[0].filled({"name": "Bo", "goal": "to rest"}) for s in made.sections]
    assert filled[1] == "Here is what I can do. You said to rest."
    assert made.sections[1].lines[0].filled({"name": "Bo"}) == "Here is what I can do."


LINES = GOOD.splitlines()
FAULTS = {
    "there is no slot": (7, "> Here is {gaol}."),
    "may be unknown": (7, "> You said {goal}."),
    "do not pair up": (7, "> Here [[is it."),
    "is no heading": (6, "## offering: What you offer"),
    "outside a heading": (7, "> Here it is [six/check-in]."),
    "nothing is left to say": (7, "> [[You said {goal}.]]"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_line(write: Callable[[str], None], fault: str) -> None:
    place, line = FAULTS[fault]
    changed = [*LINES]
    changed[place - 1] = line
    write("\n".join(changed))
    with pytest.raises(ContentError, match=fault) as caught:
        template("goals", "mentor")
    # What a section lacks is told of its heading.
    assert caught.value.line == (6 if fault == "nothing is left to say" else place)


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_part_is_named(write: Callable[[str], None], part: str) -> None:
    starts = [n for n, line in enumerate(LINES) if line.startswith("## ")] + [len(LINES)]
    kept = [
        "\n".join(LINES[a:b]) for a, b in pairwise(starts) if not LINES[a].startswith(f"## {part}:")
    ]
    write("\n".join(["# T", *kept]))
    with pytest.raises(ContentError, match=f"no section for {part}"):
        template("goals", "mentor")
