"""Settings one by one: what each is, where its value comes from, and changing it in the file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo

from coach.errors import UsageError
from coach.paths import Places, private_folder
from coach.settings import Settings, load_settings, parsed

Origin = Literal["environment", "settings.toml", "default"]

_AT_ONCE = frozenset({"reply_words", "emergency_number", "time_zone", "theme", "keys"})
"""What is looked up each time; the rest is built into parts that are made once a run."""


@dataclass(frozen=True)
class SettingState:
    """One setting as it stands; ``text`` is its value in words, "" for none.

    ``choices`` are all values it may have, if they are few; one with ``variable`` set is given by
    that environment variable, over the file. A ``secret`` is neither shown nor kept in the file.
    """

    name: str
    text: str
    origin: Origin
    description: str
    default: str
    choices: tuple[str, ...]
    variable: str
    at_once: bool
    secret: bool


def setting_states(places: Places) -> list[SettingState]:
    """Every setting. Raises :class:`UsageError` as :func:`coach.settings.load_settings` does."""
    settings = load_settings(places)
    written = _document(places)
    return [
        _state(name, field, getattr(settings, name), written=name in written)
        for name, field in Settings.model_fields.items()
    ]


def change_setting(places: Places, name: str, text: str) -> None:
    """Write a setting into ``settings.toml``; "" takes it out, so that the default holds.

    Comments and order of the file stay. Raises :class:`UsageError` for a value that does not fit,
    before anything is written, and for a setting that the environment gives.
    """
    _may_change(name)
    _put(places, name, text.strip() or None)


def change_key(places: Places, action: str, keys: str) -> None:
    """Give an action of the app other keys, separated by commas; "" restores its own."""
    _may_change("keys")
    import tomlkit

    document = _document(places)
    table = document.setdefault("keys", tomlkit.table())
    if keys:
        table[action] = keys
    else:
        table.pop(action, None)
    if not table:
        document.pop("keys")
    _fitting("keys", {**table}, document.unwrap())
    _write(places, document.as_string())


def _state(name: str, field: FieldInfo, value: Any, *, written: bool) -> SettingState:
    variable = next((v for v in os.environ if v.upper() == f"COACH_{name.upper()}"), "")
    origin: Origin = "environment" if variable else "settings.toml" if written else "default"
    secret = isinstance(value, SecretStr) or SecretStr in get_args(field.annotation)
    literal = get_origin(field.annotation) is Literal
    return SettingState(
        name,
        ("set" if value else "") if secret else _said(value),
        origin,
        field.description or "",
        _said(field.get_default(call_default_factory=True)),
        tuple(map(str, get_args(field.annotation))) if literal else (),
        variable,
        name in _AT_ONCE,
        secret,
    )


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {keys}" for key, keys in sorted(value.items()))
    return "" if value is None else str(value)


def _may_change(name: str) -> None:
    if name not in Settings.model_fields:
        raise UsageError("Settings", f"there is no setting {name!r}", "Choose one of the list.")
    variable = f"COACH_{name.upper()}"
    if variable in os.environ:
        raise UsageError(
            "Settings", f"{variable} in the environment gives {name}, and that counts for more",
            "Unset the variable to choose here.",
        )  # fmt: skip
    if SecretStr in get_args(Settings.model_fields[name].annotation):
        raise UsageError(
            "Settings", f"{name} is a secret, and the file is not encrypted",
            f"Set it as {variable} in the environment.",
        )  # fmt: skip


def _put(places: Places, name: str, value: str | None) -> None:
    import tomlkit

    document = _document(places)
    if value is None:
        document.pop(name, None)
        _write(places, document.as_string())
        return
    fitting = _fitting(name, value, document.unwrap())
    above = ""
    if name in document or not any(isinstance(one, dict) for one in document.values()):
        document[name] = fitting  # in its place, with the comment behind it
    else:
        # A plain value has to stand above the tables, and their comments stay with them.
        above = f"{name} = {tomlkit.item(fitting).as_string()}\n"
    _write(places, above + document.as_string())


def _fitting(name: str, value: Any, others: dict[str, Any]) -> Any:
    """``value`` as the type the setting has. Raises :class:`UsageError` if it does not fit."""
    try:
        checked = Settings(**{**others, name: value})
    except ValidationError as error:
        first = next((e for e in error.errors() if e["loc"][:1] == (name,)), error.errors()[0])
        raise UsageError(
            "Settings", f"{name}: {first['msg'].removeprefix('Value error, ')}",
            "The setting is as it was.",
        ) from None  # fmt: skip
    return getattr(checked, name)


def _document(places: Places) -> Any:
    import tomlkit

    return parsed(places, tomlkit.parse)


def _write(places: Places, text: str) -> None:
    target = places.settings_file
    fresh = target.with_suffix(".new")
    try:
        private_folder(places.home)
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        fresh.replace(target)
    except OSError as error:
        raise UsageError(
            "Settings", f"{target} cannot be written: {error.strerror}", "Check who owns the file."
        ) from None
