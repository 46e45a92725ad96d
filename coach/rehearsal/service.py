"""Rehearsals of a pair: scenarios, talks, feedback, and the tries that are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from coach.errors import UsageError
from coach.rehearsal import loading
from coach.rehearsal.background import NOTHING, Background, background
from coach.rehearsal.feedback import Feedback, Try, feedback, hint
from coach.rehearsal.hearing import Ear
from coach.rehearsal.mood import mood
from coach.rehearsal.rewording import Reword
from coach.rehearsal.scenario import Scenario
from coach.rehearsal.state import LEVELS, Level
from coach.rehearsal.swapping import model_reply
from coach.rehearsal.talk import Talk, begin, replay, rewind, say
from coach.storage.pairs import Pair
from coach.storage.tries import PausedTalk, TalkStore, TryStore

Known = Callable[[Pair, bool], Background]
"""What the counterpart takes from a pair's memory; with True, what is private too."""

Reworder = Callable[[Talk], Awaitable[Talk]]
"""Gives the talk with its last reply in a language model's words, or as it is with a reason."""


@dataclass(frozen=True)
class Told:
    """What is told at the end of a talk; ``trend`` are the totals of all tries, oldest first."""

    feedback: Feedback
    trend: tuple[float, ...]


class Rehearsals:
    """What the front ends call to rehearse."""

    def __init__(
        self,
        ear: Callable[[], Ear],
        tries: TryStore,
        known: Known,
        reword: Reword,
        home: Path,
        talks: TalkStore | None = None,
        reworder: Callable[[], Reworder | None] = lambda: None,
    ) -> None:
        self._reworder = reworder
        self._make_ear = ear
        self._tries = tries
        self._known = known
        self._reword = reword
        self._home = home
        self._talks = talks
        self._paused: dict[int, Talk] = {}
        self._pairs: dict[int, Pair] = {}

    def scenarios(self, role: str | None = None) -> list[Scenario]:
        """All scenarios; those for ``role`` first when one is given."""
        found = loading.scenarios(self._home)
        return sorted(found, key=lambda one: role is not None and one.role != role)

    def begin(
        self,
        pair: Pair,
        name: str,
        level: str = "plain",
        *,
        from_memory: bool = False,
        private: bool = False,
    ) -> Talk:
        """A talk that the counterpart opens; with ``from_memory`` as the pair's other person.

        Raises :class:`UsageError` for a scenario or a level that does not exist.
        """
        chosen: Level | None = next((one for one in LEVELS if one == level), None)
        if chosen is None:
            raise UsageError(
                "Rehearsal", f"there is no level {level!r}", f"There is: {', '.join(LEVELS)}."
            )
        scenario = loading.scenario(name, self._home)
        taken = from_memory and not scenario.counterpart.outsider
        known = self._known(pair, private) if taken else NOTHING
        self._pairs[pair.id] = pair
        return replace(begin(scenario, chosen, known), pair=pair.id)

    def say(self, talk: Talk, text: str) -> Talk:
        """The talk after the user says ``text`` and is answered; kept, in case the program ends."""
        after = say(talk, text, self._make_ear())
        self._keep(after)
        return after

    def _keep(self, talk: Talk) -> None:
        """Keep what was said in a talk that goes on; nothing where nothing was."""
        pair = self._pairs.get(talk.pair) if talk.pair is not None else None
        if pair is None or self._talks is None:
            return
        if not talk.turns:
            self._talks.drop(pair)
            return
        known = talk.background
        self._talks.keep(
            pair,
            PausedTalk(talk.scenario.id, talk.level, tuple(talk.mine),
                       known != NOTHING, known.private),
        )  # fmt: skip

    async def worded(self, talk: Talk) -> Talk:
        """The talk with its last reply in the words of the chosen model, where one is chosen.

        The line itself stays what the talk goes on from: no state and no score depends on it.
        """
        reworder = await asyncio.to_thread(self._reworder)
        return talk if reworder is None or not talk.turns else await reworder(talk)

    async def play(self, talk: Talk, texts: Sequence[str]) -> Talk:
        """The talk from its opening with ``texts``, each answered in the chosen model's words."""
        talk = replace(talk, turns=(), ending="")
        ear = await asyncio.to_thread(self._make_ear)
        for text in texts:
            if talk.ending:
                break
            talk = await self.worded(await asyncio.to_thread(say, talk, text, ear))
        return talk

    def replay(self, talk: Talk, texts: Sequence[str]) -> Talk:
        """The talk from its opening with ``texts``."""
        return replay(talk, texts, self._make_ear())

    def rewind(self, talk: Talk) -> Talk:
        """The talk without the last message and its answer; kept like that."""
        after = rewind(talk)
        self._keep(after)
        return after

    def hint(self, talk: Talk) -> str:
        """What to do next."""
        return hint(talk)

    def mood(self, talk: Talk) -> str:
        """How the counterpart seems now."""
        return mood(talk)

    def pause(self, pair: Pair, talk: Talk | None) -> None:
        """Keep a talk at hand to go on with; None for none. Does not block.

        What was said in it was kept when it was said.
        """
        if talk is None:
            self._paused.pop(pair.id, None)
        else:
            self._paused[pair.id] = talk

    def has_paused(self, pair: Pair) -> bool:
        """Whether there is a talk to go on with."""
        kept = self._talks.of(pair) if self._talks is not None else None
        return pair.id in self._paused or kept is not None

    def paused(self, pair: Pair) -> Talk | None:
        """The talk to go on with; one of an earlier run of the program is gone through anew."""
        if pair.id in self._paused or self._talks is None:
            return self._paused.get(pair.id)
        kept = self._talks.of(pair)
        if kept is None:
            return None
        try:
            talk = self.begin(pair, kept.scenario, kept.level, from_memory=kept.from_memory,
                              private=kept.private)  # fmt: skip
        except UsageError:
            # The user's own scenario is gone: so is the talk.
            self._talks.drop(pair)
            return None
        return self.replay(talk, kept.said)

    def swapped(self, talk: Talk, text: str, said: Sequence[str]) -> str:
        """What the user might say to ``text``, which they speak as the counterpart."""
        likeness = self._make_ear().likeness
        return model_reply(talk.scenario, talk.called, text, said, likeness)

    def finish(self, pair: Pair, talk: Talk, on: date) -> Told:
        """Feedback on the talk, compared with earlier tries; this one is kept."""
        earlier = self.tries(pair, talk.scenario.id)
        told = feedback(talk, self._reword, earlier)
        if self._talks is not None and talk.pair is not None:
            self._talks.drop(pair)
        if talk.turns:
            points = [one.points for one in told.messages]
            self._tries.keep(pair, talk.scenario.id, talk.level, talk.mine, points, told.total,
                             told.shown, on)  # fmt: skip
        trend = [*(one.total for one in earlier), *([told.total] if talk.turns else [])]
        return Told(told, tuple(trend))

    def tries(self, pair: Pair, name: str) -> list[Try]:
        """Earlier tries of a scenario, oldest first."""
        return [Try(one.level, one.total, one.shown) for one in self._tries.of(pair, name)]

    def keep_words(self, pair: Pair, talk: Talk, on: date) -> str:
        """Keep what the user said last time round as a script; returns it as Markdown."""
        return self._tries.keep_words(pair, talk.scenario.id, script(talk), on)

    def words(self, pair: Pair, name: str) -> str:
        """The script kept for a scenario; "" for none."""
        return self._tries.words(pair, name)


def script(talk: Talk) -> str:
    """The user's own words as a script for the real conversation, as Markdown."""
    scenario = talk.scenario
    said = [turn.heard.text for turn in talk.turns if not turn.heard.problem]
    lines = [f"# {scenario.title}", f"*{scenario.aim}*", *(f"> {text}" for text in said)]
    cards = " ".join(f"[{card}]" for card in scenario.cards)
    return "\n\n".join([*lines, cards]).replace("{name}", talk.called)


__all__ = ["Background", "Rehearsals", "Told", "background", "script"]
