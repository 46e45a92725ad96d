"""The part of a turn that works on a pair's memory: answer from it, change it, propose for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.conversation.memory_intents import MemoryRequest
from coach.conversation.skills import remembering
from coach.conversation.wording import Voice
from coach.lexical import stems
from coach.memory.continuity import FollowUp
from coach.memory.continuity.say import say_span
from coach.memory.dates import find_dates
from coach.memory.forget import forget, forget_words, matching
from coach.memory.items import Draft, Item, Noticed
from coach.memory.memory import Memory, without
from coach.storage.conversations import Message
from coach.storage.pairs import Pair

_FOLLOW_UPS = 5
_RECALLED = 5
_NUMBER = re.compile(r"^(?:(?:number|no\.?|item|#)\s*)?(\d+)$", re.IGNORECASE)
_ALL = re.compile(
    r"^(?:all|both|every one)(?: of)?(?: these| them| those)?$|^(?:these|them|those)$", re.I
)
_SHORT_STATEMENT = 14
"""A message of so few words that only reports something settled gets a short acknowledgement."""

CONTINUITY_CARDS = frozenset(
    {
        "six/roadmap", "six/check-in", "six/follow-through", "fain/create-continuity",
        "fain/ask-good-questions", "engage/revisit-goals", "fain/keep-at-it",
    }
)  # fmt: skip
"""Cards whose advice is to come back to what was said: what is waiting goes with them."""


@dataclass(frozen=True)
class Remembered:
    """A reply from memory: its text, the items it rests on, and the cards."""

    text: str
    items: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()


class MemoryTalk:
    """Answers and changes for one pair on one day."""

    def __init__(self, memory: Memory, pair: Pair, today: date) -> None:
        self._memory = memory
        self._pair = pair
        self._today = today

    # -- answering -----------------------------------------------------------

    def answer(
        self, request: MemoryRequest, message: Message, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        """Do what is asked of memory, and say what came of it."""
        match request.name:
            case "followups":
                found = self.follow_ups()
                ids = tuple(key for one in found for key in one.items)
                cards = tuple(dict.fromkeys(one.cards[0] for one in found if one.cards))
                return Remembered(
                    remembering.follow_up_reply(found, voice, self._today), ids, cards
                )
            case "promises-mine" | "promises-theirs" | "promises-both":
                side = {"mine": "me", "theirs": "them", "both": "both"}[request.name.split("-")[1]]
                text = remembering.promises_reply(self._items(), side, voice, self._today)
                return Remembered(text, self._mentioned(text))
            case "upcoming":
                text = remembering.upcoming_reply(self._items(), voice, self._today)
                return Remembered(text, self._mentioned(text))
            case "recall":
                hits = self._memory.search(self._pair, message.text, _RECALLED, self._today)
                ids = tuple(int(h.id) for h in hits if h.kind == "item" and h.id.isdigit())
                return Remembered(remembering.recall_reply(hits, voice, self._today), ids)
            case "forget":
                return self._forget(request.about, message, history, voice)
            case "private":
                return self._make_private(history, voice)
            case "change-date":
                return self._change_date(request.about, history, voice)
            case "remember":
                return self._remember(message, voice)

    def follow_ups(self) -> list[FollowUp]:
        """What to come back to today."""
        return self._memory.follow_ups(self._pair, self._today, _FOLLOW_UPS)

    def waiting_for(self, message: str, card: str) -> list[FollowUp]:
        """The follow-ups that belong with advice from ``card`` on ``message``, at most two."""
        found = [one for one in self.follow_ups() if not one.private]
        if card in CONTINUITY_CARDS:
            return found[:2]
        asked = set(stems(message)) - set(stems(self._pair.name))
        shared = [len(asked & set(stems(f"{one.topic} {one.quote}"))) for one in found]
        return [one for one, count in zip(found, shared, strict=True) if count >= 2][:1]

    # -- noticing ------------------------------------------------------------

    def notice(self, text: str) -> Noticed:
        """What a message says that could be kept, and what it settles."""
        return self._memory.notice(self._pair, self._today, text)

    def settle(self, noticed: Noticed, message: Message, voice: Voice) -> Remembered | None:
        """Close what the message says is settled; None when it settles nothing.

        What is moved or replaced is kept with its replacement; other drafts stay proposals.
        """
        if not noticed.closings:
            return None
        before = {item.id: item for item in self._items()}
        replacements = {c.replacement for c in noticed.closings if c.replacement is not None}
        kept_drafts = [place for place in range(len(noticed.drafts)) if place in replacements]
        dropped = [p for p in range(len(noticed.drafts)) if p not in kept_drafts]
        self._memory.keep_message(
            self._pair, self._today, message.text, without(noticed, dropped), message.id
        )
        lines = []
        for closing in noticed.closings:
            situation = {"done": "closed", "dropped": "dropped", "superseded": "moved"}[closing.how]
            old = before.get(closing.item_id)
            if old is not None:
                text = old.text
                if closing.replacement is not None:
                    text = self._described(noticed, closing.replacement)
                lines.append(voice.say(situation, line=text))
        return Remembered(" ".join(lines), tuple(c.item_id for c in noticed.closings))

    # -- changing ------------------------------------------------------------

    def _forget(
        self, about: str, message: Message, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        store = self._memory.store
        number = _NUMBER.match(about)
        if number:
            chosen = [i for i in store.items(self._pair) if i.id == int(number[1])]
        elif _ALL.match(about) or not about:
            chosen = self._last_meant(history)
        else:
            chosen = matching(store, self._pair, about)
        if len(chosen) > 1 and not _ALL.match(about):
            lines = [f"- {item.id}: {item.text}" for item in chosen]
            text = "\n".join([voice.say("forget which"), "", *lines])
            return Remembered(text, tuple(item.id for item in chosen))
        if chosen:
            forget(store, self._pair, [item.id for item in chosen])
        texts = forget_words(store, self._pair, about) if stems(about) and not number else 0
        return Remembered(voice.say("forgotten" if chosen or texts else "nothing to forget"))

    def _make_private(self, history: Sequence[Message], voice: Voice) -> Remembered:
        meant = self._last_meant(history)
        if not meant:
            return Remembered(voice.say("nothing meant"))
        for item in meant:
            self._memory.store.private(self._pair, item.id)
        names = "; ".join(item.text for item in meant)
        return Remembered(voice.say("made private", line=names), tuple(i.id for i in meant))

    def _change_date(self, said: str, history: Sequence[Message], voice: Voice) -> Remembered:
        found = [d for d in find_dates(f"on {said}", self._today) if d.when is not None]
        meant = [item for item in self._last_meant(history, dated=True) if item.status == "open"]
        if not found or not meant:
            return Remembered(voice.say("nothing meant"))
        item, day = meant[-1], found[0]
        changed = self._memory.store.edit(self._pair, item.id, when=day.when, until=day.until)
        assert changed.when is not None
        line = f"{changed.text}, {say_span(changed.when, changed.until, self._today)}"
        return Remembered(voice.say("moved", line=line), (item.id,))

    def _remember(self, message: Message, voice: Voice) -> Remembered:
        noticed = self.notice(message.text)
        kept = self._memory.keep_message(self._pair, self._today, message.text, noticed, message.id)
        if not kept:
            return Remembered(voice.say("nothing meant"))
        line = "; ".join(item.text for item in kept)
        return Remembered(voice.say("kept", line=line), tuple(item.id for item in kept))

    # -- looking up ------------------------------------------------------------

    def _items(self) -> list[Item]:
        return self._memory.store.items(self._pair)

    def _last_meant(self, history: Sequence[Message], *, dated: bool = False) -> list[Item]:
        """What "that" means: the items of the latest reply that had any, else the newest one."""
        by_id = {i.id: i for i in self._items() if not dated or i.when}
        for reply in reversed(history):
            told = [by_id[key] for key in reply.detail.get("items", []) if key in by_id]
            if told:
                return told
        return list(by_id.values())[-1:]

    def _mentioned(self, text: str) -> tuple[int, ...]:
        return tuple(item.id for item in self._items() if item.text in text)

    def _described(self, noticed: Noticed, place: int) -> str:
        draft = noticed.drafts[place]
        when = f", {say_span(draft.when, draft.until, self._today)}" if draft.when else ""
        return f"{draft.text}{when}"


def only_reports(message: str, noticed: Noticed) -> bool:
    """Whether a message does nothing but report what is settled, so that no advice is wanted."""
    return (
        bool(noticed.closings) and "?" not in message and len(message.split()) <= _SHORT_STATEMENT
    )


def reports_success(message: str, drafts: Sequence[Draft]) -> bool:
    """Whether a message does nothing but tell of something that went well."""
    kinds = {draft.kind for draft in drafts}
    return "win" in kinds and kinds <= {"win", "event"} and "?" not in message
