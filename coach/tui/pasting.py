"""What is pasted stays text: no byte of it becomes a key.

Textual 8.2 goes on looking for keys in a bracketed paste: a sequence that is too long, or an
Escape before another, is given to the app as keys that somebody pressed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from types import ModuleType
from typing import Any

from textual import events
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

Token = Callable[[Message], Any]


class PasteParser(XTermParser):
    """Reads a terminal as Textual does, and takes a paste as it is, from its start to its end."""

    def parse(self, token_callback: Token) -> Generator[Read1 | Peek1, str, None]:
        def but_pastes(token: Message) -> None:
            if not isinstance(token, events.Paste):
                token_callback(token)

        inner = super().parse(but_pastes)
        recent = ""
        try:
            awaited = next(inner)
            while True:
                try:
                    character = yield awaited
                except (ParseTimeout, ParseEOF) as ended:
                    awaited = inner.throw(ended)
                    continue
                awaited = inner.send(character)
                recent = (recent + character)[-len(BRACKETED_PASTE_START) :]
                if recent == BRACKETED_PASTE_START:
                    text = yield from self._pasted()
                    token_callback(events.Paste(text.replace("\x00", "")))
                    for character in BRACKETED_PASTE_END:
                        awaited = inner.send(character)
        except (StopIteration, ParseEOF):
            return

    def _pasted(self) -> Generator[Read1 | Peek1, str, str]:
        """What comes before the end of the paste."""
        taken: list[str] = []
        last, length = BRACKETED_PASTE_END[-1], len(BRACKETED_PASTE_END)
        while True:
            character = yield self.read1()
            taken.append(character)
            if character == last and "".join(taken[-length:]) == BRACKETED_PASTE_END:
                return "".join(taken[:-length])


def guard_pastes(driver: type[Any]) -> None:
    """Have a driver of Textual's, which makes its parser by that name, read pastes as text."""
    module: ModuleType | None = sys.modules.get(driver.__module__)
    if hasattr(module, XTermParser.__name__):
        setattr(module, XTermParser.__name__, PasteParser)
