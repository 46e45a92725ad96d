"""One app at a time writes; commands are short writers, which the database's own locks part."""

from __future__ import annotations

from filelock import FileLock, Timeout

from coach.errors import StorageError
from coach.paths import Places, private_folder


class AppLock:
    """Held by the app that may write; the system lets go of it when that process ends."""

    def __init__(self, places: Places) -> None:
        self._home = places.home
        # Taken in the thread that opens, given back in the one that closes.
        self._lock = FileLock(places.home / "app.lock", mode=0o600, thread_local=False)

    def take(self) -> bool:
        """Take it if nobody else has it; whether it is held here now. Raises StorageError."""
        if self._lock.is_locked:
            return True
        try:
            private_folder(self._home)
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            raise StorageError(
                "Storage", f"{self._home} cannot be locked: {error.strerror}",
                "Check who owns the folder, and whether the disk is full.",
            ) from None  # fmt: skip
        return True

    def release(self) -> None:
        """Give it back, if it is held here."""
        self._lock.release()
