"""Requests to a pair's memory: by the patterns of ``knowledge/requests.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, cast, get_args

from coach.errors import ContentError
from coach.memory.dates import find_dates
from coach.paths import content_root

Request = Literal[
    "followups", "promises-mine", "promises-theirs", "promises-both", "upcoming", "recall",
    "forget", "private", "change-date", "remember",
]  # fmt: skip

_WHO = r"(?:he|she|they|him|her|them|my (?:mentor|mentee)|{name})"
# A question for advice that only mentions memory: "how do I follow up with her?"
_ASKS_HOW = re.compile(
    r"^\s*(?:how (?:do|should|can|could|would) (?:i|we|you)|should i|is it ok)\b", re.IGNORECASE
)
_FILLER = re.compile(
    r"^(?:\W|all|everything|anything|what(?:ever)? (?:i|we|you) (?:have )?"
    r"(?:told|said|wrote|noted|know|have)|to you|you|me|it|that"
    r"|the (?:thing|things|part|bit|item|note|stuff)|i said|about|of|on|regarding)+\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class MemoryRequest:
    """What is asked of memory; ``about`` is the rest of the message that says about what."""

    name: Request
    about: str = ""


def memory_request(text: str, name: str, today: date) -> MemoryRequest | None:
    """What ``text``, said ``today``, asks of the memory of the pair with ``name``, or None."""
    plain = " ".join(text.replace("’", "'").split())
    if _ASKS_HOW.match(plain):
        return None
    who = _WHO.replace("{name}", re.escape(name))
    for request, pattern in _patterns():
        found = re.search(pattern.replace("{who}", who), plain, re.IGNORECASE)
        if found:
            groups = found.groupdict()
            about = (groups.get("about") or groups.get("date") or "").strip()
            if request == "change-date" and not find_dates(f"on {about}", today):
                continue  # "it's on my mind" names no day
            if request == "forget":
                about = _FILLER.sub("", about).strip(" .!")
            return MemoryRequest(request, about)
    return None


@cache
def _patterns() -> tuple[tuple[Request, str], ...]:
    path = content_root() / "knowledge" / "requests.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        found = tuple((name, p) for name, entry in raw.items() for p in entry["patterns"])
        for name, pattern in found:
            if name not in get_args(Request):
                raise ContentError(path, 1, f"there is no request {name!r}")
            re.compile(pattern.replace("{who}", _WHO.replace("{name}", "x")))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise ContentError(path, 1, f"each request needs patterns: {error}") from None
    return tuple((cast(Request, name), pattern) for name, pattern in found)
