"""A long meeting summed up: in a chat model's words where each sentence holds, else by rules."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from coach.conversation.grounding.check import Verdict, check
from coach.conversation.grounding.claims import Near
from coach.conversation.grounding.grounds import Grounds, Source, days_in
from coach.conversation.voice.asking_model import MARKS, portions, shortened, within
from coach.conversation.voice.judging import Judge
from coach.conversation.voice.reasons import because, note, reason
from coach.errors import CoachError
from coach.lexical import stems
from coach.memory.meetings import Line, Meeting, openly
from coach.models.calling import Calls, HeldBackError, Material
from coach.models.chat import Payload, Prompt, estimated_tokens
from coach.models.egress import StandIns
from coach.models.prompts import parts, render
from coach.storage.pairs import Pair
from coach.text import first_name, word_count, words

PROMPT = "session-summary"
_MEETING_TOKENS = 1300
"""What one request tells of a meeting; a longer one is read in so many parts as it takes."""
_LINES_TOKENS = 1000
"""The room of its lines in that; what matters most of them comes before."""
_ANSWER_TOKENS = 240
_LEAST, _FEWEST = 15, 2
"""A summary has at least so many words, and sentences."""
_MOST = 6
"""Sentences of a summary; of a meeting in many parts each gives one."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a summary, with the words that it rests on and what is remembered of them."""

    text: str
    quote: str
    items: tuple[int, ...] = ()
    private: bool = False


@dataclass(frozen=True)
class Summary:
    """What a meeting came to. ``why`` says why a model that was asked did not word it."""

    on: str
    sentences: tuple[Sentence, ...]
    engine: str = "built-in"
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """The summary as plain JSON values."""
        lines = [{**asdict(one), "items": list(one.items)} for one in self.sentences]
        return {"on": self.on, "sentences": lines, "engine": self.engine, "why": self.why}


def by_rules(meeting: Meeting, why: str = "") -> Summary:
    """The most important things of a meeting, as they are remembered or were said."""
    told = [Sentence(_ended(one.text), one.quote, one.items, one.private)
            for one in meeting.important]  # fmt: skip
    return Summary(meeting.on.isoformat(), tuple(told), why=why)


class Summariser:
    """Sums meetings up with one chat model; ``near`` is the comparison by meaning."""

    def __init__(self, calls: Calls, near: Callable[[], Near | None]) -> None:
        self.calls = calls.for_use("notes")
        self._near = near

    async def preview(self, pair: Pair, meeting: Meeting) -> tuple[Payload, ...]:
        """The requests that :meth:`summary` would make. Raises :class:`HeldBackError`."""
        parts = _parts(meeting)
        ready = [await self.calls.ready(self._material(pair, one)) for one in parts]
        return tuple(one.payload for one in ready)

    async def summary(self, pair: Pair, meeting: Meeting) -> Summary:
        """The meeting in a few sentences; a short one is told by rules without asking."""
        if not meeting.long:
            return by_rules(meeting)
        parts = _parts(meeting)
        most = max(1, _MOST // len(parts))
        told: list[Sentence] = []
        whys: list[str] = []
        for part in parts:
            kept, why = await self._of_part(pair, part, most, whole=len(parts) == 1)
            told += kept or by_rules(part).sentences[:most]
            whys += [why] if why else []
        if len(whys) == len(parts):
            return by_rules(meeting, whys[0])
        # Where only some parts fail, their own words stand, and why is told as well.
        engine = self.calls.model.name
        return Summary(meeting.on.isoformat(), tuple(told), engine, whys[0] if whys else "")

    async def _of_part(
        self, pair: Pair, part: Meeting, most: int, *, whole: bool
    ) -> tuple[list[Sentence], str]:
        """What the model says of a part of a meeting that will do; else nothing, and why."""
        try:
            asked = await self.calls.ready(await asyncio.to_thread(self._material, pair, part))
            said, cut = await self.calls.whole(asked)
        except (HeldBackError, CoachError) as error:
            return [], reason(because(error))
        if cut:
            said = said[: _last_stop(said)]
        if not said.strip():
            return [], reason(note("cut-off" if cut else "empty"))
        kept = await asyncio.to_thread(self._checked, pair, part, said, most, whole=whole)
        return kept, "" if kept else reason(note("nonsense"))

    def _material(self, pair: Pair, meeting: Meeting) -> Material:
        lines, important = list(meeting.lines), list(meeting.important)
        if self.calls.model.remote and self.calls.private:
            lines, important = openly(lines), openly(important)
        if not lines:
            raise HeldBackError("private")
        texts = [one.text for one in (*important, *lines)]

        def make(hidden: StandIns) -> Prompt:
            def shown(found: list[Line]) -> list[str]:
                return [hidden.hide(one.text).translate(MARKS) for one in found]

            first, _ = within(shown(important), _MEETING_TOKENS - _LINES_TOKENS)
            room = _MEETING_TOKENS - estimated_tokens(first)
            # A single line that is longer than all the room is cut in its middle.
            rest, _ = within([shortened(one, room - 1) for one in shown(lines)], room)
            who = f"the {pair.role} of {hidden.hide(pair.first_name)}"
            return render(PROMPT, who=who, important=first or "(none)", session=rest)

        return Material(make, pair, "", texts, _ANSWER_TOKENS)

    def _checked(
        self, pair: Pair, meeting: Meeting, said: str, most: int, *, whole: bool
    ) -> list[Sentence]:
        grounds, near = _grounds(pair, meeting), self._near()

        def verdict(sentence: str) -> Verdict:
            return check(sentence, grounds, near)

        judge = Judge(grounds, "", verdict)
        for sentence in Judge.cut(said):
            judge.take(sentence)
            if judge.looping or len(judge.kept) >= most:
                break
        judged = judge.end()
        enough = len(judged.kept) >= _FEWEST and sum(map(word_count, judged.kept)) >= _LEAST
        if not (judged.good and (enough or not whole)):
            return []
        return [_with_its_quote(text, meeting, near) for text in judged.kept]


def _parts(meeting: Meeting) -> list[Meeting]:
    """A meeting in parts that a request has room for, each with what matters of it."""
    sizes = [estimated_tokens(line.text) for line in meeting.lines]
    return list(_cut(meeting, portions(sizes, _LINES_TOKENS)))


def _cut(meeting: Meeting, runs: list[range]) -> Iterator[Meeting]:
    for run in runs:
        lines = tuple(meeting.lines[place] for place in run)
        quotes = {line.quote for line in lines}
        matters = [one for one in meeting.important if any(one.quote in each for each in quotes)]
        yield replace(meeting, lines=lines, important=tuple(matters))


def _grounds(pair: Pair, meeting: Meeting) -> Grounds:
    """What a summary may say: each line as it was told, and nothing else."""
    told: list[Source] = []
    for line in (*meeting.lines, *meeting.important):
        days = days_in(line.quote, meeting.on)
        told.append(Source(line.text, "memory", days=days))
        # What the other one says as "I" can be quoted; the user's "I" bears out a "you" as well.
        own = line.by == "me"
        told.append(Source(line.quote, "memory" if own else "passage", spoken=True, days=days))
    return Grounds(
        tuple(told), first_name(pair.name), meeting.on, instructions=parts(PROMPT)[0],
        names=frozenset(words(pair.name)),
    )  # fmt: skip


def _with_its_quote(text: str, meeting: Meeting, near: Near | None) -> Sentence:
    """A sentence with the line that it is nearest to."""
    lines = [*meeting.important, *meeting.lines]
    asked = set(stems(text))
    shared = [len(asked & set(stems(line.text))) for line in lines]
    cosines = near([text], [line.text for line in lines])[0] if near else [0.0] * len(lines)
    best = max(range(len(lines)), key=lambda n: float(cosines[n]) + shared[n] / max(1, len(asked)))
    line = lines[best]
    return Sentence(text, line.quote, line.items, line.private)


def _ended(text: str) -> str:
    return text if text.rstrip('”"').endswith((".", "!", "?", "…")) else f"{text}."


def _last_stop(text: str) -> int:
    return max(text.rfind(mark) for mark in ".!?") + 1
