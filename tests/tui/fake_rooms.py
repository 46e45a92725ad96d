"""The rooms of the scripted service that are not about one pair: chats, library, settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap.chats import Engine
from coach.conversation.finding import Found, find_said
from coach.errors import UsageError
from coach.library.documents import Taken
from coach.library.search import Hit
from coach.library.shelf import DOCUMENTS, Entry
from coach.settings_file import SettingState
from coach.storage.conversations import Conversation, Listed, Message
from coach.storage.pairs import Pair

if TYPE_CHECKING:
    from .fakes import Memory

ENTRIES = [
    Entry("argonne/honest-about-limits", "Out of your depth? Say so", "Connection", "ongoing",
          ("honesty", "trust"), "for both of you"),
    Entry("engage/build-trust", "Trust comes first", "Essential steps", "first",
          ("trust",), "for both of you"),
]  # fmt: skip


def state(name: str, text: str, choices: tuple[str, ...] = (), variable: str = "") -> SettingState:
    return SettingState(
        name, text, "environment" if variable else "default", f"What {name} does.", text,
        choices, variable, True, False,
    )  # fmt: skip


class FakeRooms:
    """Keeps conversations in ``memory``, documents and settings in itself."""

    memory: Memory
    engine = Engine("built-in engine", "nothing leaves this machine")

    def __init__(self) -> None:
        super().__init__()
        self.read_only = False
        self.other_app = False
        self.chosen: dict[str, str] = {}
        self.key_choices: dict[str, str] = {}
        self.documents: list[Entry] = []
        self.states = [
            state("reply_words", "120"),
            state("theme", "dark", ("dark", "light", "contrast")),
            state("language", "en-GB", variable="COACH_LANGUAGE"),
        ]

    def may_write(self) -> bool:
        return not (self.read_only and self.other_app)

    def take_lock(self) -> bool:
        self.read_only = self.read_only and self.other_app
        return not self.read_only

    def conversations(self, pair: Pair | None) -> list[Listed]:
        key = pair.id if pair else None
        found = []
        for one in self.memory.conversations:
            said = [m for m in self.memory.messages if m.conversation_id == one.id]
            title = one.title or (said[0].text[:60] if said else "")
            last = said[-1].created_at if said else one.created_at
            if one.pair_id == key:
                found.append(Listed(replace(one, title=title), len(said), last))
        return found[::-1]

    def rename_conversation(self, conversation: Conversation, title: str) -> Conversation:
        known = self.memory.conversations
        place = next(n for n, one in enumerate(known) if one.id == conversation.id)
        known[place] = replace(known[place], title=title)
        return known[place]

    def find_said(self, pair: Pair | None, wanted: str) -> list[Found]:
        by_id = {one.conversation.id: one.conversation for one in self.conversations(pair)}
        said = [m for m in self.memory.messages if m.conversation_id in by_id]
        return find_said(((by_id[m.conversation_id], m) for m in reversed(said)), wanted)

    def take_back(self, conversation: Conversation) -> Message | None:
        mine = [m for m in self.memory.messages if m.conversation_id == conversation.id]
        last = next((m for m in reversed(mine) if m.author == "user"), None)
        if last is not None:
            gone = mine[mine.index(last) :]
            self.memory.messages[:] = [m for m in self.memory.messages if m not in gone]
        return last

    def shelf(self) -> list[Entry]:
        return [*self.documents, *ENTRIES]

    def read_entry(self, entry: Entry) -> str:
        return f"# {entry.title}\n\nAll of {entry.key}."

    def search_library(self, query: str, limit: int) -> list[Hit]:
        return [Hit("engage/build-trust", "engage", "Trust comes first", 0.9)][:limit]

    def add_documents(
        self, paths: Sequence[Path], on_progress: Callable[[str], None]
    ) -> list[Taken]:
        taken = []
        for path in paths:
            on_progress(f"reading {path.name}")
            if not path.exists():
                taken.append(Taken(str(path), "failed", "there is no such file"))
                continue
            entry = Entry(f"doc:{path.stem}", path.stem, DOCUMENTS, "", (), f"from {path}")
            self.documents.append(entry)
            taken.append(Taken(str(path), "added"))
        return taken

    def remove_document(self, key: str, on_progress: Callable[[str], None]) -> None:
        self.documents = [one for one in self.documents if one.key != key]

    def setting_states(self) -> list[SettingState]:
        return [
            replace(one, text=self.chosen[one.name], origin="settings.toml")
            if one.name in self.chosen
            else one
            for one in self.states
        ]

    def change_setting(self, name: str, text: str) -> None:
        if name == "reply_words" and not text.isdigit():
            raise UsageError("Settings", "reply_words: it is not a number", "It is as it was.")
        self.chosen[name] = text

    def change_key(self, action: str, keys: str) -> None:
        self.key_choices = {**self.key_choices, action: keys}
        if not keys:
            del self.key_choices[action]
