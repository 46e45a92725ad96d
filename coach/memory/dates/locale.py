"""How the user's part of the world writes and counts days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Regions whose English writes the month first, and those whose week begins with Sunday: from the
# Unicode CLDR, by the short date patterns and first days of week that Babel 2.18 has of it.
_MONTH_FIRST = frozenset(["AS", "BI", "GU", "MH", "MP", "PH", "PR", "UM", "US", "VI"])
_SUNDAY_FIRST = frozenset(
    [
        "AG",
        "AS",
        "BS",
        "BW",
        "BZ",
        "CA",
        "DM",
        "GU",
        "HK",
        "ID",
        "IL",
        "IN",
        "JM",
        "KE",
        "MH",
        "MO",
        "MT",
        "PH",
        "PK",
        "PR",
        "PT",
        "SG",
        "TT",
        "UM",
        "US",
        "VI",
        "WS",
        "ZA",
        "ZW",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Locale:
    """``day_first`` reads 9/3 as 9 March, else as 3 September; ``sunday_first`` begins a week
    with its Sunday, else with its Monday; ``southern`` has its summer in December.
    """

    day_first: bool = True
    sunday_first: bool = False
    southern: bool = False

    @classmethod
    def of(cls, language: str, hemisphere: Literal["north", "south"]) -> Locale:
        """The locale of a language tag such as "en-US"; without a region, days come first."""
        region = language.partition("-")[2]
        return cls(region not in _MONTH_FIRST, region in _SUNDAY_FIRST, hemisphere == "south")


HERE = Locale()
"""Days first, weeks from Monday, northern seasons: where nothing else is set."""
