"""API keys of chat models: from the environment or the system's keyring, never from a file."""

from __future__ import annotations

import os
import sys

from coach.errors import CoachError
from coach.models.chosen import Choice

_SERVICE = "coach-model"
_TITLE = "Key"
ANY = "COACH_MODEL_KEY"
"""The variable for a model at an address of the user's own."""


def variable(choice: Choice) -> str:
    """The environment variable that holds the key of a chosen model."""
    return ANY if choice.how == "address" else f"{choice.provider.upper()}_API_KEY"


def find_key(choice: Choice) -> str:
    """The key for a chosen model; "" when there is none."""
    return os.environ.get(variable(choice), "").strip() or _from_keyring(_account(choice))


def keep_key(choice: Choice, secret: str) -> None:
    """Keep a key in the keyring. Raises :class:`CoachError` where there is none."""
    import keyring
    from keyring.errors import KeyringError

    remedy = f"Set {variable(choice)} in the environment instead."
    if not _usable():
        raise CoachError(_TITLE, "there is no keyring on this system", remedy)
    try:
        keyring.set_password(_SERVICE, _account(choice), secret)
    except KeyringError:
        raise CoachError(_TITLE, "the keyring did not take it", remedy) from None


def _account(choice: Choice) -> str:
    return choice.address if choice.how == "address" else choice.provider


def _from_keyring(account: str) -> str:
    if not _usable():
        return ""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, account) or ""
    except KeyringError:
        return ""  # locked: the call then says that a key is missing, and how to give it


def _usable() -> bool:
    # A keyring that would open a dialogue is no use to a command in a pipe.
    if sys.platform.startswith("linux") and not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    import keyring

    return float(keyring.get_keyring().priority) > 0
