"""Settings: environment variables ``COACH_*`` over ``settings.toml`` over the defaults."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from coach.errors import UsageError
from coach.paths import Places, default_places

Document = TypeVar("Document")

# Read where no Settings exist yet (folders), by the shell, or never kept (a key); not fields.
_OUTSIDE = {"COACH_HOME", "COACH_CACHE", "COACH_MODEL_KEY"}
_ENGLISH = re.compile(r"en(?:[-_]([a-z]{2}))?", re.IGNORECASE)


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
    time_zone: str | None = Field(
        default=None,
        description="Where you are, such as Europe/Lisbon; nothing is this computer's time zone.",
    )
    language: str = Field(
        default="en-GB",
        description="Your English: en-US reads 3/4 as 4 March and begins a week with its Sunday.",
    )
    hemisphere: Literal["north", "south"] = Field(
        default="north", description='"south" has its summer in December.'
    )
    emergency_number: str = Field(
        default="your local emergency number (112 in Europe, 911 in North America)",
        min_length=2,
        max_length=200,
        description="Whom to call in danger, as it is named in replies to signs of danger.",
    )
    theme: Literal["dark", "light", "contrast"] = Field(
        default="dark", description="Colours of the app; contrast is white and yellow on black."
    )
    keys: dict[str, str] = Field(
        default_factory=dict,
        description='Other keys for what the app can do, such as chat.copy = "ctrl+g".',
    )
    model_names: Literal["stand-ins", "real"] = Field(
        default="stand-ins",
        description="Whether a remote chat model is given stand-ins in the place of names.",
    )
    model_timeout: float = Field(
        default=60.0, ge=1, le=600, description="Seconds that a chat model may be silent."
    )
    model_daily_limit: float = Field(
        default=1.0, ge=0, description="What a remote chat model may cost a day, in your currency."
    )
    model_price_input: float = Field(
        default=5.0, ge=0, description="What a million tokens cost that a remote model reads."
    )
    model_price_output: float = Field(
        default=25.0, ge=0, description="What a million tokens cost that a remote model writes."
    )
    passphrase: SecretStr | None = Field(
        default=None, description="Passphrase of the database; better set in the environment only."
    )

    serve_password: SecretStr | None = Field(
        default=None,
        description="Password of the page of `coach serve`; better set in the environment only.",
    )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        return _zone(name).key if name else None

    @field_validator("language")
    @classmethod
    def _english(cls, tag: str) -> str:
        found = _ENGLISH.fullmatch(tag)
        if not found:
            raise ValueError(f"{tag!r} is not read here, only English, such as en-GB or en-US")
        return f"en-{found[1].upper()}" if found[1] else "en"

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone; None for the computer's own."""
        return _zone(self.time_zone) if self.time_zone else None

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


def _zone(name: str) -> ZoneInfo:
    """The zone of this IANA name. Raises ValueError, with the nearest name there is."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        known = {zone.casefold(): zone for zone in available_timezones()}
    # "Lisbon" is as good a start as "europe/lisbon".
    places = {key.rpartition("/")[2]: key for key in sorted(known, reverse=True)}
    wanted = name.casefold().replace(" ", "_")
    near = get_close_matches(wanted, [*known, *places], n=1)
    hint = f"; did you mean {known[places.get(near[0], near[0])]}?" if near else ""
    raise ValueError(f"{name!r} is no time zone such as Europe/Lisbon{hint}")


def load_settings(places: Places | None = None) -> Settings:
    """The settings in force.

    Raises :class:`UsageError` for an unknown key (naming the nearest known one), a value that
    does not fit, or a settings file that is not TOML.
    """
    known = list(Settings.model_fields)
    for variable in os.environ:
        if variable.startswith("COACH_") and variable not in _OUTSIDE:
            _check_key(variable.removeprefix("COACH_").lower(), known, f"variable {variable}")
    written = parsed(places or default_places(), tomllib.loads)
    for key in written:
        _check_key(key, known, f"key {key!r} in settings.toml")
    try:
        return Settings(**written)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            "Settings",
            f"{name}: {first['msg'].removeprefix('Value error, ')}",
            "Mend settings.toml or the COACH_ variable.",
        ) from None


def _check_key(key: str, known: list[str], where: str) -> None:
    if key in known:
        return
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
    raise UsageError("Settings", f"the {where} is not a setting", hint)


def parsed(places: Places, parse: Callable[[str], Document]) -> Document:
    """What ``parse`` makes of ``settings.toml``; of nothing where there is none.

    Raises :class:`UsageError` for a file that cannot be read or is not TOML.
    """
    try:
        return parse(places.settings_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return parse("")
    except ValueError as error:
        raise UsageError(
            "Settings", f"{places.settings_file} is not valid TOML: {error}", "Mend that line."
        ) from None
    except OSError as error:
        raise UsageError(
            "Settings",
            f"{places.settings_file} cannot be read: {error.strerror}",
            "Check who owns the file.",
        ) from None
