"""What the page of settings lists: pure functions from settings and keys to rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from coach.tui.keys import Doing, chosen, say_keys
from coach.tui.memory_rows import Row, Section
from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.settings_file import SettingState

KEYS = "keys"
"""The setting that is shown key by key instead."""
_PLACES = {
    "app": "Everywhere", "chat": "In the chat", "home": "On the first page",
    "proposal": "On what was noticed in a message", "thread": "On a thread below an answer",
    "answers": "Answering the check", "form": "In a form", "pages": "On the pages of a pair",
    "forget": "Before something is forgotten", "leave": "Before something is sent to a model",
}  # fmt: skip


def setting_sections(states: Iterable[SettingState]) -> list[Section]:
    """A row for each setting but the keys; what one is likelier to change comes first."""
    listed = sorted(states, key=lambda one: (one.secret, not one.at_once))
    rows = (_setting_row(one) for one in listed if one.name != KEYS)
    return [Section("Settings", tuple(rows))]


def key_sections(known: Iterable[Doing], keymap: Mapping[str, str]) -> list[Section]:
    """A row for each thing that has a key, by the page it is on."""
    own = {one.id: one for one in known}
    found: dict[str, list[Row]] = {}
    for one in chosen(own.values(), keymap):
        found.setdefault(one.place, []).append(_key_row(one, own[one.id]))
    return [Section(place_name(place), tuple(rows)) for place, rows in found.items()]


def place_name(place: str) -> str:
    """Where something can be done, in words."""
    return _PLACES.get(place, f"On the page: {place.replace('_', ' ')}")


def say_name(name: str) -> str:
    """A setting's name as one reads it."""
    return name.replace("_", " ").capitalize()


def origin(state: SettingState) -> str:
    """Where the value comes from, in words."""
    if state.variable:
        return f"from the environment ({state.variable})"
    return {"settings.toml": "from settings.toml"}.get(state.origin, "the default")


def value(state: SettingState) -> str:
    """The value in words."""
    if state.secret:
        return "set, not shown" if state.text else "not set"
    return one_line(state.text) or "not set"


def _setting_row(one: SettingState) -> Row:
    lines = [
        ("", say_name(one.name)),
        ("What it does", one_line(one.description)),
        ("Now", f"{value(one)}, {origin(one)}"),
        ("Default", one_line(one.default) or "not set"),
        ("It can be", ", ".join(one.choices)),
        ("A change holds", "at once" if one.at_once else "from the next start"),
        ("In the file", f"{one.name} = …" if not one.secret else ""),
    ]
    detail = tuple((label, text) for label, text in lines if text)
    return Row(one.name, (), say_name(one.name), f"{value(one)} ({origin(one)})", detail)


def _key_row(now: Doing, own: Doing) -> Row:
    changed = now.keys != own.keys
    said = say_keys(now.keys)
    detail = [
        ("", now.name),
        ("Key", said),
        ("Its own key", say_keys(own.keys)),
        ("In the file", f'"{now.id}" = "{",".join(now.keys)}", under [keys]'),
    ]
    meta = f"{said} (yours; its own is {say_keys(own.keys)})" if changed else said
    return Row(f"{KEYS}:{now.id}", (), now.name, meta, tuple(detail))
