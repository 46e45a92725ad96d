"""The settings as front ends see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.bootstrap.parts import Parts
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.paths import Places
    from coach.settings_file import SettingState


class Preferences(Parts):
    """What the user can choose."""

    @property
    def settings_places(self) -> Places:
        """The folders whose ``settings.toml`` holds here."""
        return self.places

    @property
    def key_choices(self) -> dict[str, str]:
        """The keys that the user chose, by what they do."""
        return dict(self.settings.keys)

    def setting_states(self) -> list[SettingState]:
        """Every setting, its value, and where that comes from."""
        from coach.settings_file import setting_states

        return setting_states(self.settings_places)

    def change_setting(self, name: str, text: str) -> None:
        """Write a setting into the file; "" is the default. Raises :class:`UsageError`."""
        from coach.settings_file import change_setting

        self._may_change()
        change_setting(self.settings_places, name, text)
        self._take_up()

    def change_key(self, action: str, keys: str) -> None:
        """Give an action of the app other keys; "" restores its own."""
        from coach.settings_file import change_key

        self._may_change()
        change_key(self.settings_places, action, keys)
        self._take_up()

    def _may_change(self) -> None:
        if self.read_only:
            raise UsageError(
                "Read-only", "coach is open elsewhere, and only one app at a time writes",
                "Close the other one, then press Ctrl+R here.",
            )  # fmt: skip

    def _take_up(self) -> None:
        from coach.settings import load_settings

        self.settings = load_settings(self.settings_places)
        # Made anew with the next message: it holds the length of replies and whom to call.
        self.__dict__.pop("_turns", None)
