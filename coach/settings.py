"""Settings: environment variables ``COACH_*`` over ``settings.toml`` over the defaults."""

from __future__ import annotations

import os
import tomllib
from difflib import get_close_matches
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from coach.errors import UsageError
from coach.paths import Places, default_places

# Read where no Settings exist yet (folders), or by the shell; known, but not fields.
_OUTSIDE = {"COACH_HOME", "COACH_CACHE"}


class Settings(BaseSettings):
    """What a user can choose. Every field is shown by ``coach doctor`` with its description."""

    model_config = SettingsConfigDict(env_prefix="COACH_", extra="forbid", frozen=True)

    embedding_model: str = Field(
        default="all-MiniLM-L6-v2",
        description="Sentence-transformers model, by packaged name or by path to its folder.",
    )
    embedding_threads: int = Field(
        default=1, ge=1, le=64, description="Processor threads to embed one query with."
    )
    reply_words: int = Field(
        default=120, ge=40, le=400, description="About how many words a reply may have at most."
    )
    passphrase: SecretStr | None = Field(
        default=None, description="Passphrase of the database; better set in the environment only."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # What is passed in is the settings file's content; see load_settings.
        return env_settings, init_settings


def load_settings(places: Places | None = None) -> Settings:
    """The settings in force.

    Raises :class:`UsageError` for an unknown key (naming the nearest known one), a value that
    does not fit, or a settings file that is not TOML.
    """
    known = list(Settings.model_fields)
    for variable in os.environ:
        if variable.startswith("COACH_") and variable not in _OUTSIDE:
            _check_key(variable.removeprefix("COACH_").lower(), known, f"variable {variable}")
    written = _read_file(places or default_places())
    for key in written:
        _check_key(key, known, f"key {key!r} in settings.toml")
    try:
        return Settings(**written)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            "Settings", f"{name}: {first['msg']}", "Mend settings.toml or the COACH_ variable."
        ) from None


def _check_key(key: str, known: list[str], where: str) -> None:
    if key in known:
        return
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
    raise UsageError("Settings", f"the {where} is not a setting", hint)


def _read_file(places: Places) -> dict[str, Any]:
    try:
        with places.settings_file.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            "Settings", f"{places.settings_file} is not valid TOML: {error}", "Mend that line."
        ) from None
    except OSError as error:
        raise UsageError(
            "Settings",
            f"{places.settings_file} cannot be read: {error.strerror}",
            "Check who owns the file.",
        ) from None
