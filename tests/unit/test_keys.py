"""The key of the database: where it is made, kept and looked for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import keyring
import pytest

from coach.errors import StorageError
from coach.paths import Places
from coach.storage import keys
from coach.storage.keys import Key, find_key, key_storage


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class Ring:
    """The system's keyring, in memory."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, user: str) -> str | None:
        return self.held.get((service, user))

    def set_password(self, service: str, user: str, secret: str) -> None:
        self.held[service, user] = secret


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    made = Ring()
    monkeypatch.setattr(keys, "_usable_keyring", lambda: True)
    monkeypatch.setattr(keyring, "get_password", made.get_password)
    monkeypatch.setattr(keyring, "set_password", made.set_password)
    return made


def test_without_keyring_or_passphrase_a_private_file_holds_a_random_key(places: Places) -> None:
    previous = os.umask(0)
    try:
        key = find_key(places)
    finally:
        os.umask(previous)
    assert key.storage == key_storage(places) == "file"
    assert len(bytes.fromhex(key.secret)) == 32
    assert places.key_file.read_text().strip() == key.secret
    assert mode(places.key_file) == mode(places.key_choice) == 0o600
    assert mode(places.home) == 0o700
    assert find_key(places) == key


def test_each_home_has_a_key_of_its_own(tmp_path: Path) -> None:
    one, two = (find_key(Places(tmp_path / n, tmp_path / n)) for n in "ab")
    assert one.secret != two.secret


def test_a_passphrase_on_first_use_is_recorded_but_never_written(places: Places) -> None:
    key = find_key(places, "correct horse")
    assert key == Key("passphrase", "correct horse")
    assert key_storage(places) == "passphrase"
    assert not places.key_file.exists()
    assert not any(b"horse" in p.read_bytes() for p in places.home.iterdir())


def test_later_a_passphrase_is_asked_for_or_missed(places: Places) -> None:
    find_key(places, "correct horse")
    assert find_key(places, None, lambda: "typed") == Key("passphrase", "typed")
    assert find_key(places, "given", lambda: "typed") == Key("passphrase", "given")
    with pytest.raises(StorageError, match=r"locked with a passphrase.*COACH_PASSPHRASE"):
        find_key(places)
    with pytest.raises(StorageError, match="locked with a passphrase"):
        find_key(places, None, lambda: "")


def test_a_passphrase_that_comes_too_late_does_not_replace_the_key(places: Places) -> None:
    key = find_key(places)
    assert find_key(places, "correct horse") == key


def test_a_keyring_holds_the_key_and_no_file_does(places: Places, ring: Ring) -> None:
    key = find_key(places)
    assert key.storage == key_storage(places) == "keyring"
    assert list(ring.held.values()) == [key.secret]
    assert not places.key_file.exists()
    assert find_key(places) == key


def test_two_homes_share_a_keyring_and_no_key(tmp_path: Path, ring: Ring) -> None:
    one, two = (find_key(Places(tmp_path / n, tmp_path / n)) for n in "ab")
    assert one.secret != two.secret
    assert len(ring.held) == 2


def test_a_keyring_that_refuses_leads_to_the_key_file(
    places: Places, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise keyring.errors.KeyringLocked("locked")

    monkeypatch.setattr(keyring, "set_password", refuse)
    assert find_key(places).storage == "file"


def test_a_keyring_that_forgets_is_not_trusted(
    places: Places, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "set_password", lambda *_: None)
    assert find_key(places).storage == "file"


def test_a_key_gone_from_where_it_was_is_said_and_not_made_anew(places: Places, ring: Ring) -> None:
    find_key(places)
    ring.held.clear()
    with pytest.raises(StorageError, match="no longer in the system's keyring"):
        find_key(places)
    assert ring.held == {}


def test_a_key_file_gone_is_said_and_not_made_anew(places: Places) -> None:
    find_key(places)
    places.key_file.unlink()
    with pytest.raises(StorageError, match="no longer in the file"):
        find_key(places)
    assert not places.key_file.exists()


def test_a_locked_keyring_is_said(
    places: Places, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_key(places)

    def refuse(*_: Any) -> None:
        raise keyring.errors.KeyringLocked("no answer")

    monkeypatch.setattr(keyring, "get_password", refuse)
    with pytest.raises(StorageError, match=r"did not answer.*Unlock it"):
        find_key(places)


@pytest.mark.parametrize("content", ["", "\n", "xyz", "ab" * 31, "AB" * 32, "\xff" * 64])
def test_a_damaged_key_file_is_said(places: Places, content: str) -> None:
    find_key(places)
    places.key_file.write_text(content, encoding="latin-1")
    with pytest.raises(StorageError, match=r"does not hold a key|no longer in the file"):
        find_key(places)


def test_a_record_that_names_no_place_is_said(places: Places) -> None:
    find_key(places)
    places.key_choice.write_text("under the mat\n")
    with pytest.raises(StorageError, match="names no known place"):
        find_key(places)


def test_without_the_record_what_is_there_tells(places: Places) -> None:
    assert key_storage(places) is None
    key = find_key(places)
    places.key_choice.unlink()
    assert find_key(places) == key
    places.key_file.unlink()
    places.database.touch()
    assert key_storage(places) == "passphrase"


@pytest.mark.parametrize("inside", ["", "home"])
def test_a_home_that_cannot_be_made_is_said(tmp_path: Path, inside: str) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageError, match=r"cannot be written.*COACH_HOME"):
        find_key(Places(tmp_path / "taken" / inside, tmp_path))


def test_a_key_does_not_show_in_a_traceback_and_is_quoted_for_the_driver() -> None:
    assert "horse" not in repr(Key("passphrase", "horse"))
    assert Key("passphrase", "it's").pragma == "PRAGMA key = 'it''s'"
    assert Key("file", "ab").pragma == "PRAGMA key = \"x'ab'\""
