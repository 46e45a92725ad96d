"""Tasks that no phrase of promising gives away, read by the model in their sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from coach.memory.items import Person
from coach.memory.noticing import notice
from coach.memory.noticing.kind_model import layers_file
from coach.memory.noticing.nearest import examples
from coach.models.comparing import Comparer
from coach.models.embedder import load_embedder
from coach.models.fine_tuned import FineTuned
from coach.models.weights import DEFAULT_MODEL
from coach.paths import Places

pytestmark = pytest.mark.real
ON = date(2026, 4, 20)  # a Monday


@pytest.fixture(scope="module")
def compare(model_cache: Path) -> Comparer:
    embedder = load_embedder(Places(home=model_cache, cache=model_cache), DEFAULT_MODEL)
    public = [text for _, text in examples()]
    return Comparer(embedder, embedder.embed, public, FineTuned(layers_file()))


@pytest.mark.parametrize(
    ("text", "role", "owner", "when"),
    [
        ("Petition to be handed out by Friday.", "mentor", "them", "2026-04-24"),
        ("Petition to be handed out by Friday.", "mentee", "me", "2026-04-24"),
        ("Two chapters to be read through by me before 1 May.", "mentor", "me", "2026-05-01"),
        ("Ilse's digging me out her old timetable tomorrow.", "mentee", "them", "2026-04-21"),
        ("Me, I am to ring the harbour office on Thursday.", "mentor", "me", "2026-04-23"),
        ("The minutes are on me, by Wednesday.", "mentee", "me", "2026-04-22"),
        ("ive to post her the forms by thursday", "mentor", "me", "2026-04-23"),
    ],
)
def test_a_task_has_an_owner_and_a_day(
    compare: Comparer, text: str, role: Literal["mentor", "mentee"], owner: str, when: str
) -> None:
    them = Person("Ilse Brandt", "mentee" if role == "mentor" else "mentor", "she")
    found = notice(text, on=ON, them=them, my_role=role, similarity=compare).drafts
    assert [(one.kind, one.owner, str(one.when)) for one in found] == [("commitment", owner, when)]


@pytest.mark.parametrize(
    "text",
    [
        "Her sister is to be married on Saturday.",
        "The exhibition is to be opened by the mayor on Friday.",
        "The building was painted by him last week.",
    ],
)
def test_what_happens_is_nobodys_task(compare: Comparer, text: str) -> None:
    them = Person("Ilse Brandt", "mentee", "she")
    found = notice(text, on=ON, them=them, my_role="mentor", similarity=compare).drafts
    assert "commitment" not in {one.kind for one in found}
