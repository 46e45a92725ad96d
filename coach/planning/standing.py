"""How things stand with each pair, for the page that one starts from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.memory.continuity import FollowUp
from coach.memory.items import Item

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.storage.planned import Planned

_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Standing:
    """One pair on one day.

    ``coming`` is the next planned session, the day itself included; ``last`` the day of the
    newest session held. ``overdue`` are promises past their day, the latest first, ``due`` those
    of the coming fortnight; ``threads`` is what to come back to, most pressing first.
    """

    pair: Pair
    coming: Planned | None
    last: date | None
    sessions: int
    overdue: tuple[Item, ...]
    due: tuple[Item, ...]
    threads: tuple[FollowUp, ...]


def standing(
    pair: Pair, on: date, *, items: Iterable[Item], planned: Sequence[Planned],
    held: Sequence[date], threads: Sequence[FollowUp],
) -> Standing:  # fmt: skip
    """What is known of the pair, as it stands on that day."""
    promised = sorted(
        ((item.until or item.when, item.id, item) for item in items
         if item.kind == "commitment" and item.status == "open" and (item.until or item.when)),
    )  # fmt: skip
    past = [day for day in held if day <= on]
    return Standing(
        pair=pair,
        coming=next((one for one in planned if one.on >= on), None),
        last=max(past, default=None),
        sessions=len(past),
        overdue=tuple(item for day, _, item in promised if day and day < on),
        due=tuple(item for day, _, item in promised if day and on <= day <= on + _SOON),
        threads=tuple(threads),
    )


def order(found: Iterable[Standing]) -> list[Standing]:
    """The pairs in the order of their next session; those without one last, newest first."""
    return sorted(found, key=lambda one: (one.coming.on if one.coming else date.max, -one.pair.id))
