"""The part of a turn that works on a pair's memory: answer from it, change it, propose for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach.conversation.asked import note_asked
from coach.conversation.dialogue.state import Listed
from coach.conversation.memory_intents import MemoryRequest
from coach.conversation.pasted import own_words
from coach.conversation.redating import meant_by
from coach.conversation.skills import remembering
from coach.conversation.wording import Voice
from coach.lexical import stems
from coach.memory.continuity import FollowUp
from coach.memory.continuity.say import plain_date, say_span
from coach.memory.dates import DateMention, Locale, find_dates
from coach.memory.forget import forget, forget_words, matching
from coach.memory.items import Draft, Item, Noticed
from coach.memory.memory import Memory, without
from coach.storage.conversations import Message
from coach.storage.pairs import Pair

_FOLLOW_UPS = 5
_RECALLED = 5
_OFFERED = 5
_NEAR = 0.4
"""What is told beside the best answer has at least this share of its score."""
_ASKS = re.compile(
    r"\?|^\W*(?:how|what|when|where|why|who|which|should|shall|could|can|would|is|are|am|do|does"
    r"|did|give|tell|show|suggest|help|write|list|please)\b",
    re.IGNORECASE,
)
"""A question or a request settles nothing."""
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
    listed: tuple[Listed, ...] = ()


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
                return self.follow_ups_reply(voice)
            case "recall":
                return self._recall(message, history, voice)
            case "forget":
                return self._forget(request.about, message, history, voice)
            case "is-private" | "private":
                return self._privacy(request, history, voice)
            case "change-date":
                return self._change_date(request.about, message, history, voice)
            case "remember":
                return self._remember(request.about, message, voice)
            case "asked":
                text, ids = note_asked(
                    self._memory, self._pair, self._today, request.about, history, voice
                )
                return Remembered(text, ids)
            case "upcoming":
                return self._naming(remembering.upcoming_reply(self._items(), voice, self._today))
            case "promises-mine" | "promises-theirs" | "promises-both":
                side = {"mine": "me", "theirs": "them", "both": "both"}[request.name.split("-")[1]]
                return self._naming(
                    remembering.promises_reply(self._items(), side, voice, self._today)
                )

    def _naming(self, text: str) -> Remembered:
        """A reply that lists items by their texts."""
        ids = self._mentioned(text)
        return Remembered(text, ids, listed=self._listed(ids))

    def _recall(self, message: Message, history: Sequence[Message], voice: Voice) -> Remembered:
        if leans_on_last(message.text, self._pair.first_name):
            meant = self._last_meant(history)
            if not meant:
                return Remembered(voice.say("nothing meant"))
            return self.about_item(meant[-1].id, voice)
        found = self._memory.search(self._pair, message.text, _RECALLED, self._today)
        hits = [hit for hit in found if hit.score >= _NEAR * found[0].score]
        ids = tuple(int(h.id) for h in hits if h.kind == "item" and h.id.isdigit())
        items = {str(item.id): item for item in self._items()}
        said = remembering.recall_reply(hits, items, voice, self._today)
        return Remembered(said, ids, listed=self._listed(ids))

    @property
    def locale(self) -> Locale:
        """How the user writes and counts days."""
        return self._memory.locale

    @property
    def today(self) -> date:
        """The day of the talk."""
        return self._today

    def follow_ups_reply(self, voice: Voice) -> Remembered:
        """What to come back to, as a list with reasons and quotes."""
        found = self.follow_ups()
        ids = tuple(key for one in found for key in one.items)
        cards = tuple(dict.fromkeys(one.cards[0] for one in found if one.cards))
        listed = tuple(Listed("item", str(one.items[0]), one.topic) for one in found if one.items)
        text = remembering.follow_up_reply(found, voice, self._today)
        return Remembered(text, ids, cards, listed)

    def about_item(self, item_id: int, voice: Voice) -> Remembered:
        """All that is known of one item: what, when, who said it and when, whether it is open."""
        found = [item for item in self._items() if item.id == item_id]
        if not found:
            return Remembered(voice.say("nothing kept"))
        text = f"{voice.say('recalled')}\n\n{remembering.item_line(found[0], self._today)}"
        return Remembered(text, (item_id,), listed=self._listed((item_id,)))

    def keep_step(self, step: str, history: Sequence[Message]) -> Item | None:
        """Keep a step that was agreed on as the user's own commitment; None when it was not said.

        Its quote is where it stands in the conversation, so that forgetting finds it there.
        """
        said = next((m for m in reversed(history) if step in m.text), None)
        if said is None:
            return None
        start = said.text.index(step)
        found = [d for d in self._dates(step) if d.when is not None]
        draft = Draft(
            "commitment", "me", "me", step, step, start, start + len(step),
            when=found[0].when if found else None,
        )  # fmt: skip
        kept = self._memory.keep_message(
            self._pair, self._today, said.text, Noticed((draft,)), said.id
        )
        return kept[0] if kept else None

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
        noticed = self._memory.notice(self._pair, self._today, text)
        own = own_words(text)
        told = tuple(
            closing
            for closing in noticed.closings
            if closing.quote in own and not _ASKS.search(closing.quote)
        )
        return replace(noticed, closings=told)

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

    def close_the_one(self, told: Sequence[Listed], voice: Voice) -> Remembered | None:
        """ "Done, I sent it", of the one promise that was just told; None when there were more."""
        ids = {int(entry.ref) for entry in told if entry.kind == "item"}
        found = [item for item in self._items() if item.id in ids and item.status == "open"]
        if len(found) != 1:
            return None
        item = self._memory.store.done(self._pair, found[0].id, self._today)
        return Remembered(voice.say("closed", line=item.text), (item.id,))

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

    def _privacy(
        self, request: MemoryRequest, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        """Mark what is meant as private, or say what of it is."""
        asks, about = request.name == "is-private", request.about
        meant = self._named(about)
        if not meant and (not asks or leans_on_last(about, self._pair.name)):
            meant = self._last_meant(history)
        if not meant:
            return Remembered(voice.say("none noted" if asks else "nothing meant", line=about))
        ids = tuple(item.id for item in meant)
        if asks:
            return Remembered(remembering.privacy_reply(meant[:_OFFERED], voice), ids)
        for item in meant:
            self._memory.store.private(self._pair, item.id)
        names = "; ".join(item.text for item in meant)
        return Remembered(voice.say("made private", line=names), ids)

    def _change_date(
        self, said: str, message: Message, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        """Move the one item that is meant; where it could be several, or none, ask which."""
        found = [d for d in self._dates(f"on {said}") if d.when is not None]
        known = [item for item in self._items() if item.status == "open"]
        dated = [item for item in known if item.when]
        meant = meant_by(message.text, self._dates(message.text), self._pair.name, known)
        if meant is None:
            meant = [i for i in self._last_meant(history, dated=True) if i in dated]
        meant = [item for item in meant if item.when] or meant
        if found and len(meant) != 1:
            return self._which(meant or dated, voice)
        if not found:
            return Remembered(voice.say("nothing meant"))
        item, day = meant[0], found[0]
        assert day.when is not None
        text = self._redated(item, day.when)
        self._memory.store.edit(
            self._pair, item.id, when=day.when, until=day.until, text=text or item.text
        )
        line = text or f"{item.text}, {say_span(day.when, day.until, self._today)}"
        return Remembered(voice.say("moved", line=line), (item.id,))

    def _which(self, items: Sequence[Item], voice: Voice) -> Remembered:
        """Ask which of these items with a day is to be moved."""
        if not items:
            return Remembered(voice.say("nothing meant"))
        chosen = sorted(items, key=lambda item: item.when or self._today)[:_OFFERED]
        lines = [remembering.item_line(item, self._today) for item in chosen]
        ids = tuple(item.id for item in chosen)
        text = "\n".join([voice.say("move which"), "", *lines])
        return Remembered(text, ids, listed=self._listed(ids))

    def _dates(self, text: str, on: date | None = None) -> list[DateMention]:
        """The days in ``text`` as the user writes them, counted from ``on`` or today."""
        return find_dates(text, on or self._today, self._memory.locale)

    def _redated(self, item: Item, day: date) -> str:
        """The item's text with ``day`` for the date that it names; "" when it names none."""
        for mention in self._dates(item.text, item.said_on):
            if mention.when == item.when:
                said = f"on {plain_date(day, self._today)}"
                return f"{item.text[: mention.start]}{said}{item.text[mention.end :]}"
        return ""

    def _remember(self, about: str, message: Message, voice: Voice) -> Remembered:
        # As it stands in the message, with its line breaks and curly apostrophes.
        words = r"\s+".join(map(re.escape, about.split())).replace("'", "['’]")
        verbatim = re.search(words, message.text)
        start, about = (verbatim.start(), verbatim[0]) if verbatim else (0, "")
        noticed = _moved(self.notice(message.text[start:]), start)
        if not noticed.drafts and about:
            # What is asked to be remembered is, even where no rule sees its kind.
            text = " ".join(f"{about[:1].upper()}{about[1:]}".split()).rstrip(" .!")
            draft = Draft("fact", "them", None, text, about, start, start + len(about))
            noticed = Noticed((draft,), noticed.closings)
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

    def knows_of(self, about: str) -> bool:
        """Whether any item shares a word with ``about``."""
        return bool(self._named(about))

    def _named(self, about: str) -> list[Item]:
        """The items that share the most words with ``about``; none when no word is shared."""
        asked = set(stems(about)) - set(stems(self._pair.name))
        known = self._items()
        shared = [len(asked & set(stems(f"{item.text} {item.quote}"))) for item in known]
        most = max(shared, default=0)
        return [item for item, count in zip(known, shared, strict=True) if most and count == most]

    def _mentioned(self, text: str) -> tuple[int, ...]:
        return tuple(item.id for item in self._items() if item.text in text)

    def _listed(self, ids: Sequence[int]) -> tuple[Listed, ...]:
        texts = {item.id: item.text for item in self._items()}
        return tuple(Listed("item", str(key), texts[key]) for key in ids if key in texts)

    def _described(self, noticed: Noticed, place: int) -> str:
        draft = noticed.drafts[place]
        when = f", {say_span(draft.when, draft.until, self._today)}" if draft.when else ""
        return f"{draft.text}{when}"


_NO_MATTER = frozenset(
    stems(
        """what when where who did does do is was has have had will would say said tell told mention
        mentioned he she they him her them it that this again exactly about on at the a me us you
        remember remind please happen due happening and by"""
    )
)


def _moved(noticed: Noticed, start: int) -> Noticed:
    """What was noticed in the rest of a text from ``start``, with spans of the whole text."""
    drafts = (replace(d, start=d.start + start, end=d.end + start) for d in noticed.drafts)
    return replace(noticed, drafts=tuple(drafts))


def leans_on_last(text: str, name: str) -> bool:
    """Whether a question to memory names no matter of its own: "when is it?"."""
    return not set(stems(text)) - _NO_MATTER - set(stems(name))


def only_reports(message: str, noticed: Noticed) -> bool:
    """Whether a message does nothing but report what is settled, so that no advice is wanted."""
    return (
        bool(noticed.closings) and "?" not in message and len(message.split()) <= _SHORT_STATEMENT
    )


def reports_success(message: str, drafts: Sequence[Draft]) -> bool:
    """Whether a message does nothing but tell of something that went well."""
    kinds = {draft.kind for draft in drafts}
    return "win" in kinds and kinds <= {"win", "event"} and "?" not in message
