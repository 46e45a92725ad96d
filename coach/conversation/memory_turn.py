"""The part of a turn that answers from a pair's memory, or hands a request on to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coach.conversation.asked import note_asked
from coach.conversation.dialogue.turning import asks_deed, asks_fact, fact_in
from coach.conversation.memory_changes import MemoryChanges
from coach.conversation.memory_intents import MemoryRequest
from coach.conversation.memory_view import MemoryView, Remembered, leans_on_last
from coach.conversation.skills import remembering
from coach.conversation.spelling import other_words
from coach.conversation.wording import Voice
from coach.memory.continuity import WEIGHTS, FollowUp, follow_ups, told_once
from coach.memory.continuity.speech import pronoun_of
from coach.memory.items import Draft, Item, Noticed, Person
from coach.memory.memory import Memory
from coach.memory.recall import RecallHit
from coach.storage.conversations import Message
from coach.storage.pairs import Pair

_FOLLOW_UPS = 5
_RECALLED = 5
_NEAR = 0.6
"""What is told beside the best answer has at least this share of its score."""
_KNOWN = 8
"""So many things are told at once of all that is kept."""
_SHORT_STATEMENT = 14
"""A message of so few words that only reports something settled gets a short acknowledgement."""


class MemoryTalk:
    """Answers for one pair on one day; ``changes`` does what a message asks to be changed."""

    def __init__(self, memory: Memory, pair: Pair, today: date) -> None:
        self.view = MemoryView(memory, pair, today)
        self.changes = MemoryChanges(self.view)

    @property
    def today(self) -> date:
        """The day of the talk."""
        return self.view.today

    @property
    def pronoun(self) -> str:
        """The other person's pronoun, as the pair's own notes use it; "" when they use none."""
        return pronoun_of(self._them, self.view.items())

    @property
    def _them(self) -> Person:
        return Person(self.view.pair.name, self.view.pair.their_role)

    def answer(
        self, request: MemoryRequest, message: Message, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        """Do what is asked of memory, and say what came of it."""
        match request.name:
            case "followups":
                return self.follow_ups_reply(voice)
            case "recall":
                return self._recall(request, message, history, voice)
            case "upcoming":
                return self._upcoming(request.about or message.text, voice)
            case "overdue":
                return self._promises("both", voice, late=True)
            case "promises-mine" | "promises-theirs" | "promises-both":
                side = {"mine": "me", "theirs": "them", "both": "both"}[request.name.split("-")[1]]
                return self._promises(side, voice)
            case _:
                return self._change(request, message, history, voice)

    def _change(
        self, request: MemoryRequest, message: Message, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        match request.name:
            case "forget":
                return self.changes.forget(request.about, history, voice)
            case "change-date":
                return self.changes.change_date(request.about, message, history, voice)
            case "remember":
                return self.changes.remember(request.about, message, voice)
            case "remember-what":
                return Remembered(voice.say("remember what"), slot="remember")
            case "asked":
                view, about = self.view, request.about
                said = note_asked(view.memory, view.pair, view.today, about, history, voice)
                return Remembered(*said)
            case _:
                return self.changes.privacy(request, history, voice)

    def _upcoming(self, asked: str, voice: Voice) -> Remembered:
        """What lies ahead; "when is her exam?" wants the exam alone."""
        items = self.view.items()
        about = [i for i in self.view.named(asked) if i.when and (i.until or i.when) >= self.today]
        one = asks_fact(asked) and len(about) == 1
        return self._naming(remembering.upcoming_reply(about if one else items, voice, self.today))

    def _promises(self, side: str, voice: Voice, *, late: bool = False) -> Remembered:
        return self._naming(
            remembering.promises_reply(self._promised(), side, voice, self.today, late=late)
        )

    def _promised(self) -> list[Item]:
        owed = [i for i in self.view.items() if i.kind == "commitment" and i.status == "open"]
        return told_once(owed, self._them)

    def _naming(self, text: str) -> Remembered:
        """A reply that lists items by their texts."""
        ids = self.view.mentioned(text)
        return Remembered(text, ids, listed=self.view.listed(ids))

    def _recall(
        self, request: MemoryRequest, message: Message, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        view = self.view
        if leans_on_last(message.text, view.pair.first_name):
            meant = view.last_meant(history)
            if not meant:
                return Remembered(voice.say("nothing meant"))
            return self.about_item(meant[-1].id, voice)
        wanted = request.about or message.text
        found = self._searched(wanted)
        if not found and (known := self._named_in(wanted)):
            text = "\n".join(remembering.item_line(item, view.today) for item in known)
            ids = tuple(item.id for item in known)
            return Remembered(f"{voice.say('recalled')}\n\n{text}", ids, listed=view.listed(ids))
        if not found and (may_be := self._may_be(message.text)):
            text = "\n".join(remembering.item_line(item, view.today) for item in may_be)
            ids = tuple(item.id for item in may_be)
            said = f"{voice.say('not by those words')}\n\n{text}"
            return Remembered(said, ids, listed=view.listed(ids))
        hits = [hit for hit in found if hit.score >= _NEAR * found[0].score]
        ids = tuple(int(h.id) for h in hits if h.kind == "item" and h.id.isdigit())
        items = {str(item.id): item for item in view.items()}
        said = remembering.recall_reply(hits, items, voice, view.today)
        return Remembered(said, ids, listed=view.listed(ids))

    def _searched(self, wanted: str) -> list[RecallHit]:
        """What memory has on it, in these words or in others that mean the same."""
        asked = (view := self.view).memory.search
        return next(
            (hits for one in (wanted, *other_words(wanted))
             if (hits := asked(view.pair, one, _RECALLED, view.today))),
            [],
        )  # fmt: skip

    def _may_be(self, asked: str) -> list[Item]:
        """What "did she do it?" may mean: what is open on that side."""
        deed = asks_deed(asked, self.view.pair.first_name)
        return [one for one in self._promised() if one.owner == deed][:_RECALLED] if deed else []

    def _named_in(self, asked: str) -> list[Item]:
        """The items that a question names by most of its words, where search finds none."""
        named, name = self.view.named(asked)[:_RECALLED], self.view.pair.name
        return named if fact_in(asked, name, [f"{i.text} {i.quote}" for i in named]) else []

    def follow_ups_reply(self, voice: Voice) -> Remembered:
        """What to come back to, as a list with reasons and quotes."""
        found = self.follow_ups()
        ids = tuple(key for one in found for key in one.items)
        cards = tuple(dict.fromkeys(one.cards[0] for one in found if one.cards))
        return Remembered(
            remembering.follow_up_reply(found, voice, self.today), ids, cards,
            remembering.listed_threads(found),
        )  # fmt: skip

    def known(self, voice: Voice) -> Remembered | None:
        """What is kept of the other person, what is open first; None when nothing is kept."""
        kept = [one for one in self.view.items() if one.status in {"open", "done"}]
        theirs = [one for one in kept if one.about != "me" or one.owner == "them"] or kept
        if not theirs:
            return None
        shown = sorted(theirs, key=lambda one: one.status != "open")[:_KNOWN]
        lines = [remembering.item_line(one, self.today) for one in shown]
        ids = tuple(one.id for one in shown)
        text = "\n".join([voice.say("recalled"), "", *lines])
        return Remembered(text, ids, listed=self.view.listed(ids))

    def about_item(self, item_id: int, voice: Voice) -> Remembered:
        """All that is known of one item: what, when, who said it and when, whether it is open."""
        found = [item for item in self.view.items() if item.id == item_id]
        if not found:
            return Remembered(voice.say("nothing kept"))
        text = f"{voice.say('recalled')}\n\n{remembering.item_line(found[0], self.today)}"
        return Remembered(text, (item_id,), listed=self.view.listed((item_id,)))

    def follow_ups(self, limit: int = _FOLLOW_UPS) -> list[FollowUp]:
        """What to come back to today, most pressing first."""
        return self.view.memory.follow_ups(self.view.pair, self.today, limit)

    def owed(self) -> list[FollowUp]:
        """Each open promise as a thread: those, too, that are too slight to be suggested."""
        view, slight = self.view, replace(WEIGHTS, least_promise=0.0)
        pair = view.pair
        return [
            thread
            for item in self._promised()
            if not item.private
            for thread in follow_ups(
                [item], view.today, me_role=pair.role, them=self._them, next_session=None,
                sessions=(), limit=1, weights=slight,
            )
        ]  # fmt: skip


def only_reports(message: str, noticed: Noticed) -> bool:
    """Whether a message does nothing but report what is settled, so that no advice is wanted."""
    return (
        bool(noticed.closings) and "?" not in message and len(message.split()) <= _SHORT_STATEMENT
    )


def reports_success(message: str, drafts: Sequence[Draft]) -> bool:
    """Whether a message does nothing but tell of something that went well."""
    kinds = {draft.kind for draft in drafts}
    return "win" in kinds and kinds <= {"win", "event"} and "?" not in message
