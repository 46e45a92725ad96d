"""What the pages that are not about one pair ask of the service, room by room."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from coach.conversation.events import Event
    from coach.conversation.finding import Found
    from coach.library.documents import Taken
    from coach.library.search import Hit
    from coach.library.shelf import Entry
    from coach.models.chat import Payload
    from coach.models.chosen import Use
    from coach.settings_file import SettingState
    from coach.storage.conversations import Conversation, Listed, Message
    from coach.storage.pairs import Pair


class EngineState(Protocol):
    """What words the replies, and whether anything leaves this machine for it; both in words."""

    @property
    def name(self) -> str:
        """Such as "built-in engine"."""

    @property
    def privacy(self) -> str:
        """Such as "nothing leaves this machine"."""


class ChatRoom(Protocol):
    """The conversations of each pair; any method may raise :class:`coach.errors.CoachError`."""

    @property
    def engine(self) -> EngineState:
        """What words the replies."""

    ask_leave: Callable[[Payload, Use], bool] | None
    """Asks whether a request may go to a remote model; called in a thread, which waits for it."""

    def would_send(self, pair: Pair | None, text: str) -> Payload:
        """The request that answering ``text`` now would make; sends nothing. Takes seconds."""

    def allow_model(self) -> None:
        """Requests may go to the remote model that is chosen."""

    def resume(self, pair: Pair | None) -> Conversation:
        """The conversation in which something was said last, or a new one."""

    def new_conversation(self, pair: Pair | None) -> Conversation:
        """A new, empty conversation."""

    def history(self, conversation: Conversation) -> list[Message]:
        """The conversation's messages, oldest first."""

    def conversations(self, pair: Pair | None) -> list[Listed]:
        """The pair's conversations, the one that was in use last first."""

    def rename_conversation(self, conversation: Conversation, title: str) -> Conversation:
        """Give the conversation another title."""

    def find_said(self, pair: Pair | None, wanted: str) -> list[Found]:
        """The pair's messages that hold every word of ``wanted``, newest first."""

    def take_back(self, conversation: Conversation) -> Message | None:
        """Make room for another message in place of the user's last one, which is returned."""

    def turn(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> AsyncIterator[Event]:
        """Answer ``text``: an async generator; closing it keeps the partial reply."""

    def greeting(self, pair: Pair | None) -> str:
        """Markdown for an empty conversation: what one can ask."""


class ReadingRoom(Protocol):
    """The library; any method may raise :class:`coach.errors.CoachError`."""

    def source_markdown(self, citation: str) -> str:
        """A card or a passage in full, as Markdown."""

    def source_title(self, citation: str) -> str:
        """The title of a card or of the document a passage is from."""

    def shelf(self) -> list[Entry]:
        """Everything there is to read: the user's documents, then the cards by source."""

    def read_entry(self, entry: Entry) -> str:
        """A card or a document in full, as Markdown."""

    def search_library(self, query: str, limit: int) -> list[Hit]:
        """The cards and passages that speak to ``query``, best first."""

    def add_documents(
        self, paths: Sequence[Path], on_progress: Callable[[str], None]
    ) -> list[Taken]:
        """Add documents, telling each step in words; may take minutes."""

    def remove_document(self, key: str, on_progress: Callable[[str], None]) -> None:
        """Take a document of the user's out of the library; may take seconds."""


class SettingsRoom(Protocol):
    """What the user can choose, and who may write."""

    @property
    def read_only(self) -> bool:
        """Whether another app writes to the same data, so that nothing can be kept here."""

    def may_write(self) -> bool:
        """Whether no other app writes, or none does any more."""

    def take_lock(self) -> bool:
        """Become the app that writes, if no other one is; whether that is so now."""

    @property
    def key_choices(self) -> dict[str, str]:
        """The keys that the user chose, by the id of what they do."""

    def setting_states(self) -> list[SettingState]:
        """Every setting, its value, and where that comes from."""

    def change_setting(self, name: str, text: str) -> None:
        """Write a setting into the file; "" is the default. Raises UsageError."""

    def change_key(self, action: str, keys: str) -> None:
        """Give an action of the app other keys; "" restores its own. Raises UsageError."""
