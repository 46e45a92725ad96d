"""A chat model behind our port that says what a script says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field

from coach.models.chat import ChatError, Payload, Prompt

Script = Callable[[Prompt], str]


@dataclass
class ScriptedModel:
    """Answers with what ``script`` makes of the prompt, a few letters at a time.

    ``fails`` are raised by the first calls, before a word; ``dies`` behind the last one. ``hangs``
    never says a word.
    """

    script: Script
    remote: bool = False
    name: str = "scripted"
    fails: list[ChatError] = field(default_factory=list)
    dies: ChatError | None = None
    hangs: bool = False
    prompts: list[Prompt] = field(default_factory=list)
    sent: list[Payload] = field(default_factory=list)
    closed: int = 0
    step: int = 7

    async def payload(self, prompt: Prompt, max_tokens: int) -> Payload:
        body = json.dumps([prompt.system, prompt.user, max_tokens]).encode()
        return Payload("POST", "http://scripted/", body)

    async def stream(
        self, prompt: Prompt, max_tokens: int, approved: Payload | None = None
    ) -> AsyncGenerator[str, None]:
        self.prompts.append(prompt)
        self.sent.append(await self.payload(prompt, max_tokens))
        try:
            if self.fails:
                raise self.fails.pop(0)
            if self.hangs:
                await asyncio.Event().wait()
            text = self.script(prompt)
            for start in range(0, len(text), self.step):
                yield text[start : start + self.step]
                await asyncio.sleep(0)
            if self.dies:
                raise self.dies
        finally:
            self.closed += 1

    def shut(self) -> None:
        pass


def part(prompt: Prompt, name: str) -> str:
    """What stands between the marks of that name in a prompt."""
    return prompt.user.partition(f"<{name}>\n")[2].partition(f"\n</{name}>")[0]


def draft_of(prompt: Prompt) -> str:
    """An honest model: it says the draft as it is, without its marks."""
    return part(prompt, "draft")
