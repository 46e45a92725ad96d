"""Where things lie on disk. Pure look-ups, except for :func:`private_folder`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "coach"


@dataclass(frozen=True)
class Places:
    """The folders and files of one user's installation."""

    home: Path
    cache: Path

    @property
    def database(self) -> Path:
        return self.home / "coach.db"

    @property
    def key_file(self) -> Path:
        return self.home / "coach.key"

    @property
    def key_choice(self) -> Path:
        """Names how the database was locked (keyring, passphrase or file); holds no secret."""
        return self.home / "key-storage"

    @property
    def settings_file(self) -> Path:
        return self.home / "settings.toml"

    @property
    def index(self) -> Path:
        return self.home / "index"

    @property
    def backups(self) -> Path:
        return self.home / "backups"

    @property
    def models(self) -> Path:
        return self.cache / "models"


def default_places(environ: dict[str, str] | None = None) -> Places:
    """The places for this environment: ``COACH_HOME`` and ``COACH_CACHE``, else the platform's."""
    env = os.environ if environ is None else environ
    home = env.get("COACH_HOME") or platformdirs.user_data_dir(APP_NAME, appauthor=False)
    cache = env.get("COACH_CACHE") or platformdirs.user_cache_dir(APP_NAME, appauthor=False)
    return Places(
        home=Path(home).expanduser().absolute(), cache=Path(cache).expanduser().absolute()
    )


def private_folder(path: Path) -> Path:
    """Make ``path`` (and parents) if needed, readable by the owner alone; return it."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path


def content_root() -> Path:
    """Where ``knowledge/`` and ``prompts/`` are: in the wheel's data, else in the checkout."""
    package = Path(__file__).resolve().parent
    packaged = package / "_data"
    return packaged if (packaged / "knowledge").is_dir() else package.parent
