"""What a chosen chat model does beside wording replies: proposals, summaries, the counterpart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from coach.bootstrap.parts import Parts
from coach.errors import CoachError, NotFoundError

if TYPE_CHECKING:
    from datetime import date

    from coach.conversation.voice.acting import Actor, Role
    from coach.conversation.voice.proposing import Proposed, Proposer, Told
    from coach.conversation.voice.summarising import Summariser, Summary
    from coach.memory.items import Draft, Item
    from coach.memory.meetings import Meeting
    from coach.memory.store import Session
    from coach.rehearsal.service import Reworder
    from coach.rehearsal.talk import Talk
    from coach.storage.pairs import Pair

_SECONDS = 60.0
"""What a model points at later than that belongs to a talk that has gone on."""


class Helped(Parts):
    """Sessions read once more, by a language model where one is chosen."""

    @property
    def proposer(self) -> Proposer | None:
        """What proposes more of a note; None for the built-in engine."""
        from coach.conversation.voice.proposing import Proposer

        return Proposer(self.speaker.calls, self.memory) if self.speaker else None

    @property
    def summariser(self) -> Summariser | None:
        """What sums meetings up in other words; None for the built-in engine."""
        from coach.conversation.voice.summarising import Summariser

        return Summariser(self.speaker.calls, self._similarity) if self.speaker else None

    def session(self, pair: Pair, number: int | None = None) -> Session:
        """The session with that number, else the newest. Raises :class:`NotFoundError`."""
        held = self.memory.store.sessions(pair)
        found = [one for one in held if number in {None, one.number}]
        if not found:
            what = "no session" if number is None else f"no session {number}"
            raise NotFoundError(
                "Session", f"{pair.name} has {what}",
                f"`coach session list {pair.slug}` shows those there are.",
            )  # fmt: skip
        return found[-1]

    async def proposals(self, pair: Pair, number: int | None = None) -> Proposed | None:
        """What the chosen model would keep of a session's note beside what is kept; None for none.

        Nothing is kept: :meth:`keep_proposed` does that with what the user agrees to.
        """
        from coach.conversation.voice.proposing import Proposed
        from coach.conversation.voice.reasons import because, reason

        try:
            proposer = self.proposer
        except CoachError as error:  # what the model needs is not there
            return Proposed((), "built-in", reason(because(error)))
        if proposer is None:
            return None
        return await proposer.propose(pair, self.told(pair, self.session(pair, number)))

    def told(self, pair: Pair, session: Session) -> Told:
        """A session's note, as something to propose from."""
        from coach.conversation.voice.proposing import Told

        kept = self.memory.store.items(pair, session=session.number)
        return Told(session.note, session.on, tuple(item.quote for item in kept))

    async def more_noticed(self, pair: Pair, message_id: int, reply_id: int) -> tuple[Draft, ...]:
        """What the chosen model would keep of a message beside what was noticed; () without one.

        It is asked when the answer is there, never asks for leave by itself, and what it does not
        say in time is not waited for. What it proposes is kept with the reply, as proposals are.
        """
        import asyncio

        try:
            ready = await asyncio.to_thread(self._to_notice, pair, message_id, reply_id)
            if ready is None:
                return ()
            proposer, told = ready
            async with asyncio.timeout(_SECONDS):
                found = (await proposer.propose(pair, told)).drafts
        except (CoachError, TimeoutError):
            # What was noticed by rule is there, and the reply said how the model is.
            return ()
        if found:
            drafts = [draft.as_json() for draft in found]
            await asyncio.to_thread(self.conversation_store.propose, reply_id, drafts)
        return found

    def _to_notice(
        self, pair: Pair, message_id: int, reply_id: int
    ) -> tuple[Proposer, Told] | None:
        """A message as something to propose from, and who does; None where nobody should."""
        from coach.conversation.voice.proposing import Told, tells
        from coach.models.chosen import read_choice

        proposer = self.proposer
        message, reply = map(self.conversation_store.message, (message_id, reply_id))
        if proposer is None or message is None or reply is None:
            return None
        if proposer.calls.model.remote and not read_choice(self.places).lets("notes"):
            return None
        if not tells(message.text, reply.detail.get("intent", "")):
            return None
        on = self._today or message.created_at.astimezone(self.settings.zone).date()
        offered = [str(one["quote"]) for one in reply.detail.get("proposals", ())]
        kept = [item.quote for item in self.memory.store.items(pair)]
        return proposer, Told(message.text, on, (*offered, *kept), chat=True)

    def keep_proposed(self, pair: Pair, number: int, drafts: Sequence[Draft]) -> list[Item]:
        """Keep what the user agreed to of what was proposed of a session's note."""
        return self.memory.store.keep_of_session(pair, self.session(pair, number), drafts)

    def meeting(self, pair: Pair, on: date | None = None) -> Meeting:
        """What was said on that day, else in the newest session. Raises :class:`NotFoundError`."""
        from coach.memory.meetings import read_meeting

        return read_meeting(self.memory, pair, on or self.session(pair).on)

    def helper(self) -> str:
        """The name of the chosen model; "" for the built-in engine."""
        from coach.models.chosen import read_choice

        choice = read_choice(self.places)
        return "" if choice.how == "built-in" else choice.name

    def meeting_days(self, pair: Pair) -> list[date]:
        """The days of which a note or a transcript is kept, newest first."""
        from coach.memory.meetings import meeting_days

        return meeting_days(self.memory, pair)

    async def summary(self, pair: Pair, on: date | None = None, *, worded: bool = True) -> Summary:
        """The meeting of that day, else the newest, in a few sentences with their quotes.

        ``worded`` lets a chosen model word a long one.
        """
        import asyncio

        from coach.conversation.voice.reasons import because, reason
        from coach.conversation.voice.summarising import by_rules

        await asyncio.to_thread(self.embedder)
        meeting = await asyncio.to_thread(self.meeting, pair, on)
        try:
            helper = self.summariser if worded else None
        except CoachError as error:
            return by_rules(meeting, reason(because(error)))
        return by_rules(meeting) if helper is None else await helper.summary(pair, meeting)


def reworder_of(parts: Parts) -> Callable[[], Reworder | None]:
    """What words the counterpart's lines, looked up when a line is to be worded."""

    def find() -> Reworder | None:
        from coach.conversation.voice.reasons import because, reason

        why, actor = "", None
        try:
            actor = actor_of(parts)
        except CoachError as error:
            why = reason(because(error))

        async def word(talk: Talk) -> Talk:
            if actor is None:
                return talk.reworded("", "built-in", why)
            done = await actor.word(role_of(parts, talk))
            return talk.reworded(done.text, done.engine, done.why)

        return word if actor or why else None

    return find


def actor_of(parts: Parts) -> Actor | None:
    """The chosen model as the counterpart's voice; None for the built-in engine."""
    from coach.conversation.voice.acting import Actor

    speaker = parts.speaker
    return Actor(speaker.calls, parts._similarity, lambda: parts.today) if speaker else None


def role_of(parts: Parts, talk: Talk) -> Role:
    """The last line of a talk, with what a wording of it may rest on."""
    from coach.conversation.voice.acting import Role
    from coach.rehearsal.mood import mood

    pair = next((one for one in parts.pair_store.all() if one.id == talk.pair), None)
    them = talk.scenario.counterpart
    told = f"{talk.called}. {them.described} Wants: {them.wants} Fears: {them.fears}"
    return Role(
        pair, talk.called, told.replace("{name}", talk.called), mood(talk),
        talk.mine[-1] if talk.turns else "", talk.last.text,
        (talk.scenario.setting.replace("{name}", talk.name), *talk.theirs, *talk.mine),
        talk.background.private,
    )  # fmt: skip
