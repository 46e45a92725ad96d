"""The coach of an app: of several on the same data, the first writes and the others read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from coach.bootstrap.coach import Coach
from coach.paths import default_places
from coach.settings import load_settings

if TYPE_CHECKING:
    from coach.storage.app_lock import AppLock


class AppCoach(Coach):
    """Holds the lock of the app that writes, or is :attr:`read_only` while another holds it."""

    @cached_property
    def _app_lock(self) -> AppLock:
        from coach.storage.app_lock import AppLock

        return AppLock(self.places)

    def may_write(self) -> bool:
        """Whether this app holds the lock, or could have it now."""
        if self.read_only and self._app_lock.take():
            self._app_lock.release()
            return True
        return not self.read_only

    def take_lock(self) -> bool:
        """Become the one that writes, if nobody else is; whether that is so now."""
        if self._app_lock.take():
            self.read_only = False
            if "database" in self.__dict__:
                self.database.read_only = False
        return not self.read_only

    def open(self) -> None:
        """Take the lock or become read-only, and open the database. Raises StorageError."""
        from coach.storage.database import being_made

        self.read_only = not self._app_lock.take()
        try:
            if self.read_only and not self.places.database.exists():
                raise being_made(self.places.database)
            _ = self.database
        except BaseException:
            self._app_lock.release()
            raise

    def close(self) -> None:
        """Give back files and locks."""
        super().close()
        self._app_lock.release()


def open_app_coach(ask_passphrase: Callable[[], str] | None = None) -> AppCoach:
    """A coach for an app; raises :class:`CoachError` for bad settings, a locked file."""
    places = default_places()
    coach = AppCoach(places, load_settings(places), ask_passphrase=ask_passphrase)
    coach.open()
    return coach
