"""Mentoring pairs: who they are, and finding one by name or slug."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, Literal

from sqlalchemy import Row, delete, func, insert, select

from coach.errors import NotFoundError, UsageError
from coach.storage.database import Database
from coach.storage.schema import conversations, messages, pairs
from coach.text import clean, first_name, join_names, slugify

Role = Literal["mentor", "mentee"]

MAX_NAME = 120


@dataclass(frozen=True)
class Pair:
    """One mentoring relationship: the user, in ``role``, and the person called ``name``."""

    id: int
    slug: str
    name: str
    role: Role
    created_at: datetime

    @property
    def first_name(self) -> str:
        """The name to use when speaking of them."""
        return first_name(self.name)

    @property
    def their_role(self) -> Role:
        return "mentee" if self.role == "mentor" else "mentor"


class PairStore:
    """The pairs in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, role: Role) -> Pair:
        """Keep a new pair; its slug is made from the name and unique.

        Raises :class:`UsageError` for a name without a letter or over 120 characters.
        """
        name = " ".join(clean(name, None).split())
        if not any(c.isalpha() for c in name):
            raise UsageError("Pair", "the name has no letter in it", "Give the person's name.")
        if len(name) > MAX_NAME:
            raise UsageError("Pair", f"the name is over {MAX_NAME} characters", "Shorten it.")
        with self._database.write() as connection:
            taken = set(connection.scalars(select(pairs.c.slug)))
            slug = _free_slug(slugify(name), taken)
            created = datetime.now(UTC).replace(microsecond=0)
            result = connection.execute(
                insert(pairs).values(slug=slug, name=name, role=role, created_at=created)
            )
            key = result.inserted_primary_key
        assert key is not None
        return Pair(id=key[0], slug=slug, name=name, role=role, created_at=created)

    def all(self) -> list[Pair]:
        """Every pair, oldest first."""
        with self._database.read() as connection:
            return [_pair(row) for row in connection.execute(select(pairs).order_by(pairs.c.id))]

    def find(self, wanted: str) -> Pair:
        """The pair with this slug, full name, or part of a name that only one pair has.

        Raises :class:`NotFoundError`, listing the choices, when none or several match.
        """
        everyone = self.all()
        key = " ".join(clean(wanted, None).split()).casefold()
        exact = [p for p in everyone if p.slug == key]
        named = exact or [p for p in everyone if p.name.casefold() == key]
        partly = named or [p for p in everyone if key in p.name.casefold().split()]
        if len(partly) == 1:
            return partly[0]
        if len(partly) > 1:
            choices = join_names([f"{p.slug} ({p.name})" for p in partly], "or")
            raise NotFoundError(
                "Pair", f"{wanted!r} fits more than one", f"Say which by its short form: {choices}."
            )
        if not everyone:
            raise NotFoundError(
                "Pair", f"there is no pair {wanted!r}, and none yet at all",
                f'Add one: coach pair add "{wanted}" --as mentor',
            )  # fmt: skip
        near = get_close_matches(key, [p.slug for p in everyone], n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        listed = join_names([p.slug for p in everyone[:12]], "and")
        more = f" and {len(everyone) - 12} more" if len(everyone) > 12 else ""
        raise NotFoundError(
            "Pair", f"there is no pair {wanted!r}", f"{hint}There are: {listed}{more}."
        )

    def delete(self, pair: Pair) -> None:
        """Remove the pair and all that is kept of it, and leave no trace of it in the file."""
        with self._database.write() as connection:
            connection.execute(delete(pairs).where(pairs.c.id == pair.id))
        self._database.scrub()

    def counts(self, pair: Pair) -> dict[str, int]:
        """How many conversations and messages the pair has."""
        with self._database.read() as connection:
            chats = select(func.count()).where(conversations.c.pair_id == pair.id)
            said = (
                select(func.count())
                .select_from(messages.join(conversations))
                .where(conversations.c.pair_id == pair.id)
            )
            return {
                "conversations": connection.scalar(chats) or 0,
                "messages": connection.scalar(said) or 0,
            }


def _free_slug(slug: str, taken: set[str]) -> str:
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _pair(row: Row[Any]) -> Pair:
    return Pair(row.id, row.slug, row.name, row.role, row.created_at)
