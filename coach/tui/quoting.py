"""What an answer took from memory: named below it, and shown with the sentence it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coach.text import shorten
from coach.tui.memory_words import say_date_of, say_source, say_status
from coach.tui.plain import one_line, shown

if TYPE_CHECKING:
    from coach.memory.items import Item

SCHEME = "item:"
"""How the citation of something remembered begins; its id follows."""
_LENGTH = 48
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!|~-])")


def item_links(items: Iterable[Item], ids: Sequence[int]) -> list[tuple[str, str]]:
    """Citation and title of each remembered thing with one of ``ids``, in the order of these."""
    by_id = {item.id: item for item in items}
    return [
        (f"{SCHEME}{key}", shorten(one_line(by_id[key].text), _LENGTH))
        for key in dict.fromkeys(ids)
        if key in by_id
    ]


def item_markdown(items: Iterable[Item], citation: str, today: date) -> str:
    """What is remembered under ``citation``: the quote, where it is from, and how it stands."""
    key = citation.removeprefix(SCHEME)
    item = next((one for one in items if str(one.id) == key), None)
    if item is None:
        return "This is not remembered any more."
    quoted = "\n".join(f"> {literal(line)}" for line in shown(item.quote).strip().splitlines())
    said = say_source(item.said_on, item.session, today)
    lines = [
        f"# {literal(one_line(item.text))}",
        quoted,
        f"{said[:1].upper()}{said[1:]}.",
        f"- {item.kind}, {say_status(item, today)}",
        *([f"- {literal(say_date_of(item, today))}"] if say_date_of(item, today) else []),
        *(["- private: kept out of shared exports"] if item.private else []),
        "---",
        "The page Memory has all that is remembered, to be changed or forgotten.",
    ]
    return "\n\n".join(lines).replace("\n\n- ", "\n- ")


def literal(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)
