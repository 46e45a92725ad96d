"""What front ends show of pairs as a whole: whom there is, how things stand, all that is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap.files import write_new
from coach.bootstrap.parts import Parts

if TYPE_CHECKING:
    from coach.planning.standing import Standing
    from coach.storage.pairs import Pair

_EVERY_THREAD = 1_000


class Overviews(Parts):
    """The parts of the program, looked at pair by pair."""

    def find_pair(self, wanted: str) -> Pair:
        """The pair called so; raises :class:`NotFoundError`, listing the choices."""
        return self.pair_store.find(wanted)

    def standings(self) -> list[Standing]:
        """How things stand with each pair today, in the order of their next sessions."""
        from coach.planning.standing import order, standing

        store, today = self.memory.store, self.today
        return order(
            standing(
                pair,
                today,
                items=store.items(pair, status="open"),
                planned=self.planned.all(pair),
                held=[session.on for session in store.sessions(pair)],
                threads=self.memory.follow_ups(pair, today, _EVERY_THREAD),
            )
            for pair in self.pair_store.all()
        )

    def export_to(self, pair: Pair, file: Path | None) -> Path:
        """Write all that is kept of the pair as Markdown, readable by the user alone.

        Without ``file`` it goes into the current folder under the pair's name and the day. Raises
        :class:`UsageError` for a file that is there already or cannot be written.
        """
        from coach.memory.export import as_markdown, export

        target = file or Path(f"{pair.slug}-{self.today.isoformat()}.md")
        text = as_markdown(export(self.memory.store, pair, shared=False))
        return write_new(target, text.encode(), "Export")
