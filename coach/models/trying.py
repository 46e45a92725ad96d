"""Trying a chat model out with a fixed sentence."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing

from coach.models.chat import ChatError, ChatModel, Prompt

_TOKENS = 16


async def attempt(model: ChatModel, sentence: str, timeout: float) -> float:
    """Seconds until the model's first word. Raises :class:`ChatError` when there is none."""
    started = time.monotonic()
    prompt = Prompt("You answer briefly.", sentence)
    try:
        async with asyncio.timeout(timeout), aclosing(model.stream(prompt, _TOKENS)) as pieces:
            async for piece in pieces:
                if piece.strip():
                    return time.monotonic() - started
    except TimeoutError:
        raise ChatError("slow", f"{model.name} did not answer in {timeout:.0f} s") from None
    raise ChatError("empty", f"{model.name} said nothing", "Try another model.")
