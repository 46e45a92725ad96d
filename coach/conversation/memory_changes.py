"""What a message changes in a pair's memory: keep, close, move, mark as private, forget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach.conversation.dialogue.state import Listed
from coach.conversation.memory_edits import waiting
from coach.conversation.memory_intents import MemoryRequest
from coach.conversation.memory_view import MemoryView, Remembered, leans_on_last
from coach.conversation.redating import meant_by, shifted
from coach.conversation.skills import remembering
from coach.conversation.wording import Voice
from coach.lexical import stems
from coach.memory.continuity.say import plain_date
from coach.memory.forget import forget, forget_words, matching
from coach.memory.items import Draft, Item, Noticed
from coach.memory.memory import without
from coach.storage.conversations import Message

_OFFERED = 5
_NUMBER = re.compile(r"^(?:(?:number|no\.?|item|#)\s*)?(\d+)$", re.IGNORECASE)
_THEM = re.compile(
    r"\b(?:him|them|her(?=\s*$|\s+(?:the|an?|my|this|that|these|those|some|about|on|when|if|how|for"
    r"|by|at|\d)\b))\b",
    re.IGNORECASE,
)
"""The other person as an object: what is kept has to read well on its own."""
_THEN_TO = re.compile(
    r"^(?P<when>(?:on|by|next|this|tomorrow|tonight|in|before)\b.{0,25}?) to (?P<what>.+)$",
    re.IGNORECASE,
)
"""A reminder that begins with its day: "on Thursday to call her"."""
_TO_DO = re.compile(rf"^to |{_THEN_TO.pattern}", re.IGNORECASE)
_ALL = re.compile(
    r"^(?:all|both|every one)(?: of)?(?: these| them| those)?$|^(?:these|them|those)$", re.I
)


@dataclass(frozen=True)
class MemoryChanges:
    """Changes to the memory that ``view`` shows."""

    view: MemoryView

    # -- keeping and closing -------------------------------------------------

    def keep_step(self, step: str, history: Sequence[Message]) -> Item | None:
        """Keep a step that was agreed on as the user's own commitment; None when it was not said.

        Its quote is where it stands in the conversation, so that forgetting finds it there.
        """
        said = next((m for m in reversed(history) if step in m.text), None)
        if said is None:
            return None
        start = said.text.index(step)
        found = [d for d in self.view.dates(step) if d.when is not None]
        draft = Draft(
            "commitment", "me", "me", step, step, start, start + len(step),
            when=found[0].when if found else None,
        )  # fmt: skip
        kept = self._keep(said, Noticed((draft,)))
        return kept[0] if kept else None

    def keep_proposed(self, reply: Message, history: Sequence[Message]) -> list[Item]:
        """Keep what ``reply`` proposed to keep of the message before it."""
        drafts = tuple(Draft.from_json(one) for one in reply.detail.get("proposals", []))
        before = [one for one in history if one.author == "user" and one.id < reply.id]
        return self._keep(before[-1], Noticed(drafts)) if drafts and before else []

    def settle(self, noticed: Noticed, message: Message, voice: Voice) -> Remembered | None:
        """Close what the message says is settled; None when it settles nothing.

        What is moved or replaced is kept with its replacement; other drafts stay proposals.
        """
        if not noticed.closings:
            return None
        before = {item.id: item for item in self.view.items()}
        replacements = {c.replacement for c in noticed.closings if c.replacement is not None}
        kept_drafts = [place for place in range(len(noticed.drafts)) if place in replacements]
        dropped = [p for p in range(len(noticed.drafts)) if p not in kept_drafts]
        self._keep(message, without(noticed, dropped))
        told: dict[str, list[str]] = {}
        for closing in noticed.closings:
            situation = {"done": "closed", "dropped": "dropped", "superseded": "moved"}[closing.how]
            old = before.get(closing.item_id)
            if old is not None:
                text = old.text
                if closing.replacement is not None:
                    text = self._described(noticed.drafts[closing.replacement])
                told.setdefault(situation, []).append(text)
        lines = [voice.say(how, line="; ".join(texts)) for how, texts in told.items()]
        return Remembered(" ".join(lines), tuple(c.item_id for c in noticed.closings))

    def close_the_one(self, told: Sequence[Listed], voice: Voice) -> Remembered | None:
        """ "Done, I sent it", of the one promise that was just told; None when there were more."""
        ids = {int(entry.ref) for entry in told if entry.kind == "item"}
        found = [item for item in self.view.items() if item.id in ids and item.status == "open"]
        if len(found) != 1:
            return None
        view = self.view
        item = view.memory.store.done(view.pair, found[0].id, view.today)
        return Remembered(voice.say("closed", line=item.text), (item.id,))

    def remember(self, about: str, message: Message, voice: Voice) -> Remembered:
        """Keep what the user asks to be remembered, in the words of the message."""
        # As it stands in the message, with its line breaks and curly apostrophes.
        words = r"\s+".join(map(re.escape, about.split())).replace("'", "['’]")
        verbatim = re.search(words, message.text)
        start, about = (verbatim.start(), verbatim[0]) if verbatim else (0, "")
        noticed = _moved(self.view.notice(message.text[start:]), start)
        if about and (not noticed.drafts or _TO_DO.match(about)):
            # What is asked to be remembered is, even where no rule sees its kind.
            noticed = replace(noticed, drafts=(self._as_told(about, start),))
        kept = self._keep(message, noticed)
        if not kept:
            return Remembered(voice.say("nothing meant"))
        line = "; ".join(map(self._described, kept))
        said, ids = voice.say("kept", line=line), tuple(item.id for item in kept)
        item = kept[0]
        if len(kept) == 1 and (item.kind, item.owner, item.when) == ("commitment", "me", None):
            text = f"{said}\n\n{voice.say('by when')}"
            return Remembered(text, ids, listed=self.view.listed(ids), slot="when")
        return Remembered(said, ids)

    def _as_told(self, about: str, start: int) -> Draft:
        """``about`` as an item: what begins with "to" is for the user to do, else it is a fact."""
        plain = " ".join(about.split()).rstrip(" .!")
        found = [d for d in self.view.dates(about) if d.when is not None]
        span = (found[0].when, found[0].until) if found else (None, None)
        end = start + len(about)
        if late := _THEN_TO.match(plain):
            plain = f"to {late['what']} {late['when']}"
        if plain.lower().startswith("to "):
            said = _THEM.sub(self.view.pair.first_name, plain[3:])
            text = f"You will {said}"
            return Draft("commitment", "me", "me", text, about, start, end, *span)
        text = f"{plain[:1].upper()}{plain[1:]}"
        return Draft("fact", "them", None, text, about, start, end, *span)

    def _keep(self, message: Message, noticed: Noticed) -> list[Item]:
        view = self.view
        return view.memory.keep_message(view.pair, view.today, message.text, noticed, message.id)

    def _described(self, told: Draft | Item) -> str:
        """Its text, and its day where the text does not tell it."""
        today = self.view.today
        if told.when is None or plain_date(told.when, today) in told.text:
            return told.text
        if f"{told.when:%A}" in told.text:
            return f"{told.text}, {plain_date(told.when, today)}"
        return f"{told.text}, {remembering.exact_day(told.when, told.until, today)}"

    # -- forgetting and privacy ----------------------------------------------

    def forget(self, about: str, history: Sequence[Message], voice: Voice) -> Remembered:
        """Forget what is meant; where it could be several, ask which."""
        store, pair = self.view.memory.store, self.view.pair
        number = _NUMBER.match(about)
        if number:
            chosen = [i for i in store.items(pair) if i.id == int(number[1])]
        elif _ALL.match(about) or not about:
            chosen = self.view.last_meant(history)
        else:
            chosen = matching(store, pair, about)
        if len(chosen) > 1 and not _ALL.match(about):
            ids = tuple(item.id for item in chosen)
            lines = [f"- {item.text}" for item in chosen]
            text = "\n".join([voice.say("forget which"), "", *lines])
            return Remembered(text, ids, listed=self.view.listed(ids), slot=waiting("forget"))
        if chosen:
            forget(store, pair, [item.id for item in chosen])
        request = history[-1].text if history else ""
        by_words = stems(about) and not number
        texts = forget_words(store, pair, about, request=request) if by_words else 0
        return Remembered(voice.say("forgotten" if chosen or texts else "nothing to forget"))

    def privacy(
        self, request: MemoryRequest, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        """Mark what is meant as private, or say what of it is."""
        asks, about = request.name == "is-private", request.about
        meant = self.view.named(about)
        if not meant and leans_on_last(about, self.view.pair.name):
            meant = self.view.last_meant(history)
        if not meant:
            situation = "none noted" if about else "nothing meant"
            return Remembered(voice.say(situation, line=about))
        ids = tuple(item.id for item in meant)
        if asks:
            return Remembered(remembering.privacy_reply(meant[:_OFFERED], voice), ids)
        for item in meant:
            self.view.memory.store.private(self.view.pair, item.id)
        names = "; ".join(item.text for item in meant)
        return Remembered(voice.say("made private", line=names), ids)

    # -- days ----------------------------------------------------------------

    def change_date(
        self, said: str, message: Message, history: Sequence[Message], voice: Voice
    ) -> Remembered:
        """Move the one item that is meant; where it could be several, or none, ask which."""
        found = [d for d in self.view.dates(f"on {said}") if d.when is not None]
        known = [item for item in self.view.items() if item.status == "open"]
        dated = [item for item in known if item.when]
        named = self.view.dates(message.text)
        meant = meant_by(message.text, named, self.view.pair.name, known)
        if meant is None:
            meant = [i for i in self.view.last_meant(history, dated=True) if i in dated]
        meant = [item for item in meant if item.when] or meant
        # "They've moved it": a promise is moved by who made it, an event by others.
        events = [item for item in meant if item.kind == "event"]
        meant = events if len(events) == 1 else meant
        shift = shifted(said)
        if (found or shift) and len(meant) != 1:
            return self._which(meant or dated, found[0].when if found else None, voice)
        item = meant[0] if meant else None
        if shift and item and item.when:
            until = item.until + shift if item.until else None
            return self.redate(item, item.when + shift, until, voice)
        if not found or item is None or found[0].when is None:
            return Remembered(voice.say("nothing meant"))
        return self.redate(item, found[0].when, found[0].until, voice)

    def redate(self, item: Item, when: date, until: date | None, voice: Voice) -> Remembered:
        """Give ``item`` that day, or another one than it had."""
        situation = "moved" if item.when else "kept"
        text = self._redated(item, when)
        self.view.memory.store.edit(
            self.view.pair, item.id, when=when, until=until, text=text or item.text
        )
        line = self._described(replace(item, text=text or item.text, when=when, until=until))
        return Remembered(voice.say(situation, line=line), (item.id,))

    def _which(self, items: Sequence[Item], day: date | None, voice: Voice) -> Remembered:
        """Ask which of these items with a day is to be moved, to ``day`` if that was told."""
        if not items:
            return Remembered(voice.say("nothing meant"))
        chosen = sorted(items, key=lambda item: item.when or self.view.today)[:_OFFERED]
        lines = [remembering.item_line(item, self.view.today) for item in chosen]
        ids = tuple(item.id for item in chosen)
        text = "\n".join([voice.say("move which"), "", *lines])
        slot = waiting("redate", new=day.isoformat()) if day else ""
        return Remembered(text, ids, listed=self.view.listed(ids), slot=slot)

    def _redated(self, item: Item, day: date) -> str:
        """The item's text with ``day`` for the date that it names; "" when it names none."""
        for mention in self.view.dates(item.text, item.said_on):
            if mention.when == item.when:
                said = f"on {plain_date(day, self.view.today)}"
                return f"{item.text[: mention.start]}{said}{item.text[mention.end :]}"
        return ""


def _moved(noticed: Noticed, start: int) -> Noticed:
    """What was noticed in the rest of a text from ``start``, with spans of the whole text."""
    drafts = (replace(d, start=d.start + start, end=d.end + start) for d in noticed.drafts)
    return replace(noticed, drafts=tuple(drafts))
