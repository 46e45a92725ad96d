"""The keys of the app: which there are, other ones that the user chose, and clashes. Pure.

A binding's id is "place.what"; the place "app" is everywhere. One id may stand in several places:
it means the same thing there, and gets the same key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.keys import Keys, format_key

if TYPE_CHECKING:
    from textual.dom import DOMNode

EVERYWHERE = "app"
_NAMED = {key.value for key in Keys} | {"space", "slash"}
_NAMED_IN = re.compile(r"\{([^{}|]+)\|([a-z_0-9.]+)\}")
_MODIFIERS = {"ctrl", "alt", "shift"}
_SAID = {"enter": "Enter", "pageup": "Page Up", "pagedown": "Page Down", "up": "Up",
         "down": "Down", "left": "Left", "right": "Right", "backspace": "Backspace"}  # fmt: skip
_FIXED = {"escape", "enter", "tab", "shift+tab", "up", "down", "left", "right", "ctrl+q", "ctrl+c"}
"""Keys that mean the same in all of the terminal's programs; they stay what they are."""


@dataclass(frozen=True)
class Doing:
    """Something that has a key: its id, what it is called, and its keys."""

    id: str
    name: str
    keys: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where it can be done: "app" for everywhere."""
        return self.id.partition(".")[0]


def doings(classes: Iterable[type[Any]]) -> list[Doing]:
    """What can be given another key in these screens and widgets, each once."""
    found: dict[str, Doing] = {}
    for one in classes:
        for binding in bindings_of(one):
            if binding.id and binding.description:
                keys = tuple(key.strip() for key in binding.key.split(","))
                found.setdefault(binding.id, Doing(binding.id, binding.description, keys))
    return sorted(found.values(), key=lambda one: (one.place != EVERYWHERE, one.id))


def bindings_of(kind: type[Any]) -> list[Binding]:
    """The bindings that a screen or widget of ours has, its own first, without Textual's."""
    found: list[Binding] = []
    for one in kind.__mro__:
        if one.__module__.startswith("coach."):
            found += [
                binding if isinstance(binding, Binding) else Binding(*binding)
                for binding in one.__dict__.get("BINDINGS", ())
            ]
    return found


def action_for(node: DOMNode, key: str) -> str:
    """What ``key`` does on a widget of its own accord, with the user's own keys; "" for nothing."""
    bindings = node._bindings.copy()
    bindings.apply_keymap(node.app._keymap)
    found = bindings.key_to_bindings.get(key, ())
    return next((one.action for one in found), "")


def chosen(known: Iterable[Doing], keymap: Mapping[str, str]) -> list[Doing]:
    """What there is, with the keys that ``keymap`` gives."""
    return [
        replace(one, keys=tuple(keymap[one.id].split(","))) if keymap.get(one.id) else one
        for one in known
    ]


def fault(known: Iterable[Doing], keymap: Mapping[str, str], changed: str, keys: str) -> str:
    """Why ``changed`` cannot have ``keys`` beside all else, in words; "" when it can."""
    asked = [key.strip() for key in keys.split(",")]
    now = chosen(known, keymap)
    place = changed.partition(".")[0]
    for key in asked:
        if key in _FIXED:
            return f"{say_key(key)} keeps its meaning everywhere. Choose another key."
        if not _is_key(key):
            return f"{key!r} is no key. Write one such as alt+r, shift+f7 or f11."
        if len(key) == 1 and place in {EVERYWHERE, "chat"}:
            return f"{key} alone is typed into the message. Choose it with Ctrl, or another key."
        for other in now:
            near = EVERYWHERE in {place, other.place} or place == other.place
            if other.id != changed and near and key in other.keys:
                return f"{say_key(key)} is {other.name} already ({other.id}). Change that first."
    return ""


def sound(known: Iterable[Doing], keymap: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The part of ``keymap`` that can hold, and what is wrong with the rest, in words."""
    listed = list(known)
    names = {one.id for one in listed}
    holds: dict[str, str] = {}
    wrong: list[str] = []
    for key, keys in keymap.items():
        others = {**{k: v for k, v in keymap.items() if k in names}, **holds}
        others.pop(key, None)
        why = fault(listed, others, key, keys) if key in names else "there is nothing of that name"
        if why:
            wrong.append(f"keys.{key}: {why}")
        else:
            holds[key] = keys
    return holds, wrong


def say_key(key: str) -> str:
    """A key as one reads it: "Ctrl+G", "F7"."""
    *held, last = key.split("+")
    shown = _SAID.get(last) or format_key(last)
    named = shown[:1].upper() + shown[1:] if len(shown) > 1 or held else shown
    return "+".join([*(one.capitalize() for one in held), named])


def keyed(node: DOMNode, text: str) -> str:
    """``text`` with the keys that it names as the user has them: "{F5|chat.write_up}"."""
    return with_keys(text, node.app._keymap)


def with_keys(text: str, keymap: Mapping[str, str]) -> str:
    """``text`` with each "{key|id}" as the first key that ``keymap`` gives, else the one named."""

    def said(found: re.Match[str]) -> str:
        own = keymap.get(found[2], "").partition(",")[0]
        return say_key(own) if own else found[1]

    return _NAMED_IN.sub(said, text)


def say_keys(keys: Iterable[str]) -> str:
    """Several keys that do the same."""
    return ", ".join(map(say_key, keys))


def _is_key(key: str) -> bool:
    *held, last = key.split("+")
    if not set(held) <= _MODIFIERS or len(set(held)) != len(held):
        return False
    return key in _NAMED or last in _NAMED or (len(last) == 1 and last.isprintable())
