"""What a model says aloud: some begin with their thinking, between tags of its own."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

_OPEN, _CLOSE = "<think>", "</think>"


async def spoken(pieces: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
    """``pieces`` without a leading ``<think>...</think>``; nothing of an unended one is shown."""
    held, thinking, begun = "", False, False
    async with aclosing(pieces) as source:
        async for piece in source:
            if begun:
                yield piece
                continue
            held += piece
            bare = held.lstrip()
            if not thinking and len(bare) < len(_OPEN) and _OPEN.startswith(bare):
                yield ""  # a sign of life, so that slow thinking is not taken for silence
                continue
            thinking = thinking or bare.startswith(_OPEN)
            if not thinking:
                begun = True
                yield held
            elif _CLOSE in held:
                begun = True
                yield held.partition(_CLOSE)[2].lstrip()
            else:
                yield ""
    if not begun and not thinking and held:
        yield held
