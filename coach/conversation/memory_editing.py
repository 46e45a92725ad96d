"""Carries out the changes to memory that a message asks for, asks which is meant, takes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from coach.conversation.dialogue.answers import place_of, read_answer
from coach.conversation.dialogue.state import State
from coach.conversation.memory_changes import MemoryChanges
from coach.conversation.memory_edits import (
    WHOLE,
    Edit,
    Op,
    corrected,
    matter,
    means_all,
    meant,
    misspelt,
    narrowed,
    read_edits,
    replaced,
    role,
    turned,
    waited,
    waiting,
)
from coach.conversation.memory_view import MemoryView, Remembered
from coach.conversation.skills import remembering
from coach.conversation.wording import Voice
from coach.lexical import stems
from coach.memory.forget import forget, forget_words, would_forget
from coach.memory.items import Item, Owner
from coach.storage.conversations import Message
from coach.text import word_count

_OFFERED = 8
_A_NAME = 8
"""A message of more words does more than to name an entry of a list."""
_LONGEST_NEW = 5
_CLOSED = frozenset({"done", "dropped", "superseded"})
_SITUATIONS: dict[Op, str] = {
    "private": "made private", "public": "made public", "done": "closed", "dropped": "dropped",
    "reopen": "reopened", "correct": "moved", "spelling": "moved", "owner": "moved",
}  # fmt: skip


@dataclass(frozen=True)
class MemoryEditing:
    """Changes to the memory that ``view`` shows."""

    view: MemoryView

    def edited(
        self, message: Message, history: Sequence[Message], voice: Voice
    ) -> tuple[str, Remembered] | None:
        """What came of the change that the message asks for, and its name; None for no change."""
        name = self.view.pair.first_name
        for edit in read_edits(message.text, name):
            if edit.op == "undo":
                said = self._undo(edit, history, voice)
            elif edit.op not in WHOLE and not matter(f"{edit.about} {edit.rest}", name):
                continue  # "that's private", "forget all of these": what was last talked of
            else:
                said = self._edit(edit, message, voice)
            if said is not None:
                return edit.op, said
        return None

    def chosen(self, message: Message, state: State, voice: Voice) -> tuple[str, Remembered] | None:
        """The change that waited to hear which item is meant, done to the one that is named."""
        edit, text, listed = waited(state.slot), message.text, state.listed
        if edit is None or not listed or word_count(text) > _A_NAME or "?" in text:
            return None
        answer = read_answer(text)
        place = answer.place if answer and answer.kind == "choice" else 0
        if not place:
            if answer is not None and not answer.about:
                return None
            common = set.intersection(*(set(stems(entry.text)) for entry in listed))
            told = " ".join(s for s in stems(text) if s not in common)
            place = place_of(told, tuple(entry.text for entry in listed)) if told else 0
        if not place or place > len(listed):
            return None
        ref = int(listed[place - 1 if place > 0 else place].ref)
        found = [item for item in self.view.items() if item.id == ref]
        if not found:
            return None
        if edit.op == "redate":
            day, changes = date.fromisoformat(edit.new), MemoryChanges(self.view)
            return "change-date", changes.redate(found[0], day, None, voice)
        return edit.op, self._done(edit, found, None, voice)

    # -- what is meant -------------------------------------------------------

    def _edit(self, edit: Edit, message: Message, voice: Voice) -> Remembered | None:
        match edit.op:
            case "correct":
                return self._correct(edit, message, voice)
            case "spelling":
                pair = misspelt(message.text, self.view.items())
                if pair is None:
                    return None
                return self._correct(Edit("correct", old=pair[0], new=pair[1]), message, voice)
            case "owner":
                return self._owner(edit, voice)
        fits = self._fitting(edit.op)
        found = [item for item in meant(edit, self.view.items(), self._name) if fits(item)]
        if found and (means_all(edit) or self._one(edit.op, found)):
            return self._done(edit, found, message, voice)
        if found:
            return self._which(edit, found, voice)
        if not edit.sure:
            return None
        told = 0
        if edit.op == "forget" and matter(edit.about, self._name):
            told = self._forget_words(edit, message)
        return Remembered(voice.say("forgotten" if told else "nothing to forget"))

    @property
    def _name(self) -> str:
        return self.view.pair.first_name

    @staticmethod
    def _fitting(op: Op) -> Callable[[Item], bool]:
        """Which items a change can be meant for."""
        match op:
            case "public":
                return lambda item: item.private
            case "reopen":
                return lambda item: item.status in _CLOSED
            case "done" | "dropped":
                return lambda item: item.status == "open"
            case _:
                return lambda item: True

    def _one(self, op: Op, found: Sequence[Item]) -> bool:
        """Whether it is one thing: to be forgotten, also what rests on the same words."""
        if len(found) == 1:
            return True
        if op != "forget":
            return False
        gone = would_forget(self.view.memory.store, self.view.pair, [found[0].id])
        return {item.id for item in found} <= {item.id for item in gone}

    def _correct(self, edit: Edit, message: Message, voice: Voice) -> Remembered | None:
        """Other words for those that were wrong; a day is another matter."""
        old, new = corrected(edit)
        if not new or word_count(new) > _LONGEST_NEW or self.view.dates(f"on {old}"):
            return None
        known = self.view.items()
        found = [i for i in known if i.status == "open" and replaced(i.text, old, new) != i.text]
        if not found:
            return None
        found = narrowed(edit.about, found, self._name)
        if len(found) > 1 and not (old[0].isupper() and new[0].isupper()):
            return self._which(Edit("correct", old=old, new=new), found, voice)
        return self._done(Edit("correct", old=old, new=new), found, message, voice)

    def _owner(self, edit: Edit, voice: Voice) -> Remembered | None:
        wrong = role(edit.old)
        known = [i for i in self.view.items() if i.status == "open" and i.owner == wrong]
        if not matter(edit.about, self._name):
            return None
        found = meant(Edit("owner", rest=edit.about), known, self._name)
        if not found:
            return None
        if len(found) > 1:
            return self._which(Edit("owner", old=edit.old), found, voice)
        return self._done(Edit("owner", old=edit.old), found, None, voice)

    def _which(self, edit: Edit, found: Sequence[Item], voice: Voice) -> Remembered:
        """Ask which of these is meant."""
        shown = found[:_OFFERED]
        ids = tuple(item.id for item in shown)
        lines = [remembering.item_line(item, self.view.today) for item in shown]
        situation = "forget which" if edit.op == "forget" else "change which"
        text = "\n".join([voice.say(situation), "", *lines])
        slot = waiting(edit.op, edit.old, edit.new)
        return Remembered(text, ids, listed=self.view.listed(ids), slot=slot)

    # -- doing it ------------------------------------------------------------

    def _done(
        self, edit: Edit, found: Sequence[Item], message: Message | None, voice: Voice
    ) -> Remembered:
        store, pair, today = self.view.memory.store, self.view.pair, self.view.today
        ids = [item.id for item in found]
        if edit.op == "forget":
            forget(store, pair, ids)
            if message is not None:
                self._forget_words(edit, message)
            return Remembered(voice.say("forgotten"))
        changed = []
        for item in found:
            match edit.op:
                case "private" | "public":
                    changed.append(store.private(pair, item.id, edit.op == "private"))
                case "done":
                    changed.append(store.done(pair, item.id, today))
                case "dropped":
                    changed.append(store.drop(pair, item.id, today))
                case "reopen":
                    changed.append(store.reopen(pair, item.id))
                case "owner":
                    changed.append(self._turned(item, "them" if role(edit.old) == "me" else "me"))
                case _:
                    text = replaced(item.text, edit.old, edit.new)
                    changed.append(store.edit(pair, item.id, text=text))
        line = "; ".join(item.text for item in changed)
        return Remembered(voice.say(_SITUATIONS[edit.op], line=line), tuple(ids))

    def _turned(self, item: Item, owner: Owner) -> Item:
        text = turned(item.text, self._name)
        about = item.about if item.about == "both" else owner
        store = self.view.memory.store
        return store.edit(self.view.pair, item.id, text=text, owner=owner, about=about)

    def _forget_words(self, edit: Edit, message: Message) -> int:
        """Forget the sentences that speak of it, the request too; how many others there were."""
        about = " ".join(sorted(matter(edit.about or edit.rest, self._name)))
        return forget_words(self.view.memory.store, self.view.pair, about, request=message.text)

    # -- taking back ---------------------------------------------------------

    def _undo(self, edit: Edit, history: Sequence[Message], voice: Voice) -> Remembered | None:
        """Take back what the last message has changed; None when that was nothing."""
        replies = [message for message in history if message.author == "coach"]
        if not replies:
            return Remembered(voice.say("nothing to undo")) if edit.sure else None
        last = replies[-1]
        if last.detail.get("intent") == "forget":
            return Remembered(voice.say("not undone"))
        asked = max(m.created_at for m in history if m.author == "user" and m.id < last.id)
        store, pair = self.view.memory.store, self.view.pair
        told = {int(key) for key in last.detail.get("items", [])}
        undone = []
        for item in [one for one in self.view.items() if one.id in told]:
            versions = [v for v in store.history(pair, item.id) if v.valid_to >= asked]
            if versions:
                undone.append(store.revert(pair, item.id))
            elif item.status in _CLOSED and item.closed_on == self.view.today:
                if item.superseded_by is not None:
                    store.drop(pair, item.superseded_by, self.view.today)
                undone.append(store.reopen(pair, item.id))
        if not undone:
            return Remembered(voice.say("nothing to undo")) if edit.sure else None
        line = "; ".join(item.text for item in undone)
        return Remembered(voice.say("undone", line=line), tuple(item.id for item in undone))
