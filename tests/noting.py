"""Notes about an invented person, as tests of noticing write them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from coach.memory.items import Draft, Person
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.notice import notice

ON = date(2026, 3, 2)  # a Monday


def drafts_of(
    text: str, role: Literal["mentor", "mentee"] = "mentor", similarity: Similarity | None = None
) -> tuple[Draft, ...]:
    """What is noticed in a note of :data:`ON` on Anna Berg, by the user as her ``role``."""
    them = Person("Anna Berg", "mentee" if role == "mentor" else "mentor", "she")
    return notice(text, on=ON, them=them, my_role=role, similarity=similarity).drafts
