"""The texts of a dialog: drafts for as long as it is open, and until what they say is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from coach.storage.drafts import Place
    from coach.storage.pairs import Pair
    from coach.tui.drafts import Drafts, Writing
    from coach.tui.service import Service

LEFT = "You were writing this when coach ended. Esc drops it."


class Unfinished:
    """What stands in the fields of one dialog, which is ``about`` something of the pair.

    ``left`` is what all dialogs about the pair were left with when the program ended.
    """

    def __init__(
        self, drafts: Drafts, service: Service, pair: Pair | None, about: str,
        left: Mapping[Place, str],
    ) -> None:  # fmt: skip
        self._drafts, self._service, self._pair = drafts, service, pair
        self._about, self._left = about, left
        self._writings: list[Writing] = []

    @property
    def found(self) -> bool:
        """Whether something was left in this dialog."""
        return any(place.rpartition(".")[0] == self._about for place in self._left)

    def text(self, number: int, given: str) -> str:
        """What the field of that number begins with: what was left there, else ``given``."""
        return self._left.get(self._place(number), given)

    def begin(self, page: DOMNode, look: Callable[[], Sequence[str]], given: Sequence[str]) -> None:
        """Keep what ``look`` finds in the fields of ``page`` where it is not as ``given``."""

        def looker(number: int) -> Callable[[], str]:
            def now() -> str:
                text = look()[number]
                return "" if text == given[number] else text

            return now

        for number in range(len(given)):
            place = self._place(number)
            kept = self._left.get(place, "")
            self._writings.append(
                self._drafts.writing(
                    page, looker(number), self._service, self._pair, place, kept
                )
            )  # fmt: skip

    def changed(self) -> None:
        """Something else stands there now."""
        for one in self._writings:
            one.changed()

    async def settle(self) -> None:
        """Keep it as it stands: it will be gone on with."""
        for one in self._writings:
            await one.settle()

    async def drop(self) -> None:
        """Nothing of it is to come back: it is kept where it belongs, or not wanted."""
        for one in self._writings:
            await one.end("")

    def _place(self, number: int) -> Place:
        return f"{self._about}.{number}"
