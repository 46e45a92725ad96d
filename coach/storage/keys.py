"""Where the database's key comes from: a passphrase, the OS keyring, or a key file."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from coach.errors import StorageError
from coach.paths import Places, private_folder

KeyStorage = Literal["keyring", "passphrase", "file"]

_PLACES: tuple[KeyStorage, ...] = get_args(KeyStorage)
_SERVICE = "coach"
_KEY_BYTES = 32


@dataclass(frozen=True)
class Key:
    """A key as SQLCipher takes it, and where it is kept.

    ``secret`` is 64 hexadecimal digits (a raw 256-bit key, no derivation) unless it is a
    passphrase, which SQLCipher derives a key from (PBKDF2-HMAC-SHA512, 256,000 rounds).
    """

    storage: KeyStorage
    secret: str

    def __repr__(self) -> str:  # a key must not appear in a log or a traceback
        return f"Key(storage={self.storage!r})"

    @property
    def pragma(self) -> str:
        """The statement that unlocks a connection."""
        if self.storage == "passphrase":
            return "PRAGMA key = '{}'".format(self.secret.replace("'", "''"))
        return f"PRAGMA key = \"x'{self.secret}'\""


def find_key(
    places: Places,
    passphrase: str | None = None,
    ask: Callable[[], str] | None = None,
) -> Key:
    """The key of the database in ``places``, made on first use.

    On first use a passphrase that the user has set wins, then the OS keyring, then a key file.
    The choice is recorded, and later starts follow the record. ``ask`` prompts for a passphrase
    when one is needed and not given.

    Raises :class:`StorageError` when the recorded place no longer holds the key.
    """
    chosen = key_storage(places)
    if chosen is None:
        return _first_key(places, passphrase)
    if chosen == "passphrase":
        secret = passphrase or (ask() if ask else None)
        if not secret:
            raise StorageError(
                "Locked", "the database is locked with a passphrase", "Set COACH_PASSPHRASE."
            )
        return Key("passphrase", secret)
    secret = _from_keyring(places) if chosen == "keyring" else _from_file(places.key_file)
    if not secret:
        raise StorageError(
            "Locked",
            f"the key of {places.database} is no longer in the "
            + ("system's keyring" if chosen == "keyring" else f"file {places.key_file}"),
            "Restore it from where you keep backups; without the key the data cannot be read.",
        )
    return Key(chosen, secret)


def key_storage(places: Places) -> KeyStorage | None:
    """Where the key is kept, or None before the first use."""
    try:
        recorded = places.key_choice.read_text(encoding="ascii", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        if places.key_file.exists():
            return "file"
        return "passphrase" if places.database.exists() else None
    except OSError as error:
        raise _unreadable(places.key_choice, error) from None
    for known in _PLACES:
        if recorded == known:
            return known
    raise StorageError(
        "Locked",
        f"{places.key_choice} names no known place for the key",
        "Write one of keyring, passphrase or file into it.",
    )


def _first_key(places: Places, passphrase: str | None) -> Key:
    try:
        private_folder(places.home)
        if passphrase:
            _write_private(places.key_choice, "passphrase\n")
            return Key("passphrase", passphrase)
        secret = secrets.token_hex(_KEY_BYTES)
        if _into_keyring(places, secret):
            _write_private(places.key_choice, "keyring\n")
            return Key("keyring", secret)
        try:
            _write_private(places.key_file, secret + "\n", exclusive=True)
        except FileExistsError:  # another process made it between our look and our write
            return Key("file", _from_file(places.key_file))
        _write_private(places.key_choice, "file\n")
    except OSError as error:
        raise StorageError(
            "Storage",
            f"{places.home} cannot be written: {error.strerror}",
            "Choose another folder with COACH_HOME, or mend its permissions.",
        ) from None
    return Key("file", secret)


def _write_private(path: Path, text: str, *, exclusive: bool = False) -> None:
    """Write and sync ``text``, readable by the owner alone from the first byte on."""
    final = path
    if not exclusive:
        path = path.with_name(f".{path.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if exclusive else os.O_TRUNC)
    handle = os.open(path, flags, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if not exclusive:
        path.replace(final)


def _from_file(path: Path) -> str:
    try:
        secret = path.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(secret) != 2 * _KEY_BYTES or any(c not in "0123456789abcdef" for c in secret):
        raise StorageError(
            "Locked", f"{path} does not hold a key", "Restore the key file from a backup."
        )
    return secret


def _unreadable(path: Path, error: OSError) -> StorageError:
    return StorageError(
        "Storage", f"{path} cannot be read: {error.strerror}", "Mend the file's permissions."
    )


def _usable_keyring() -> bool:
    # A keyring that would open a dialogue is no use to a command in a pipe.
    if sys.platform.startswith("linux") and not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    import keyring

    return float(keyring.get_keyring().priority) > 0


def _into_keyring(places: Places, secret: str) -> bool:
    if not _usable_keyring():
        return False
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, str(places.home), secret)
        return keyring.get_password(_SERVICE, str(places.home)) == secret
    except KeyringError:
        return False  # locked or refused: the key file is the documented next choice


def _from_keyring(places: Places) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, str(places.home)) or ""
    except KeyringError as error:
        raise StorageError(
            "Locked", f"the system's keyring did not answer: {error}", "Unlock it and try again."
        ) from None
