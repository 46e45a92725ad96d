"""The user's own documents in the library: adding and removing them, with what is going on."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen
from textual.worker import Worker, WorkerState

from coach.tui.notices import show_error
from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.library.documents import Taken
    from coach.library.shelf import Entry
    from coach.tui.service import Service


class DocumentKeys(Screen[None]):
    """What the keys for documents do; one piece of work at a time."""

    WRITES: ClassVar[frozenset[str]] = frozenset({"add", "remove"})

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.service = service
        self._working: Worker[None] | None = None

    @property
    @abstractmethod
    def entry(self) -> Entry | None:
        """The card or document that the keys act on."""

    @abstractmethod
    def look(self) -> None:
        """Show what there is now."""

    @abstractmethod
    def tell(self, said: str) -> None:
        """Say what is going on; nothing for ""."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        entry = self.entry
        if action in {"add", "remove"} and (self._working or self.service.read_only):
            return None
        return bool(entry and entry.is_document) if action == "remove" else True

    def action_add(self) -> None:
        from coach.tui.screens.line import LineScreen

        async def take(path: str) -> str:
            if not path:
                return "Write where the file is."
            try:
                target = Path(path).expanduser()
                found = await asyncio.to_thread(target.exists)
            except (OSError, RuntimeError, ValueError) as error:
                return f"{path} cannot be looked at: {error}"
            if not found:
                return f"There is nothing at {path}."
            self._work(self._add(target))
            return ""

        self.app.push_screen(
            LineScreen(
                "Add a document to the library",
                "Where is it? A file (Markdown, text, HTML, PDF, DOCX), or a folder of them.",
                "Enter reads it. It is kept on this computer, encrypted. Esc leaves it.",
                take, "~/",
            )
        )  # fmt: skip

    async def _add(self, path: Path) -> None:
        taken = await asyncio.to_thread(self.service.add_documents, [path], self._step)
        self._done(_summary(taken))

    def action_remove(self) -> None:
        from coach.tui.screens.confirm import ConfirmScreen

        entry = self.entry
        if entry is None or not entry.is_document:
            return
        asked = ConfirmScreen(
            f"Remove “{one_line(entry.title)}” from the library?",
            "The file itself stays where it is.", "Remove",
        )  # fmt: skip
        self.app.push_screen(asked, lambda yes: self._work(self._remove(entry)) if yes else None)

    async def _remove(self, entry: Entry) -> None:
        await asyncio.to_thread(self.service.remove_document, entry.key, self._step)
        self._done(f"{one_line(entry.title)} is removed.")

    def _work(self, task: Coroutine[None, None, None]) -> None:
        self._working = self.run_worker(task, exit_on_error=False)
        self.refresh_bindings()

    def _done(self, said: str) -> None:
        self.tell("")
        self.notify(said, timeout=10, markup=False)
        self.look()

    def _step(self, step: str) -> None:
        self.app.call_from_thread(self.tell, f"{step} …")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)
            self.tell("")
        if event.worker is self._working and event.worker.is_finished:
            self._working = None
            self.refresh_bindings()


def _summary(taken: list[Taken]) -> str:
    added = sum(one.outcome == "added" for one in taken)
    wrong = [f"{Path(one.path).name}: {one.note}" for one in taken if one.outcome != "added"]
    said = f"{added} document{'s' if added != 1 else ''} added."
    more = f" And {len(wrong) - 3} more." if len(wrong) > 3 else ""
    return one_line(f"{said} {'; '.join(wrong[:3])}") + more
