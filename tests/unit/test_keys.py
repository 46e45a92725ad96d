"""The keys: which there are, and which others can stand in their place."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from coach.tui.app import CoachApp
from coach.tui.keys import Doing, bindings_of, chosen, fault, say_key, sound, with_keys
from coach.tui.looks import all_doings
from coach.tui.palette import screens

KNOWN = [
    Doing("app.help", "Help", ("f1",)),
    Doing("chat.copy", "Copy", ("f7",)),
    Doing("chat.search", "Search", ("ctrl+f",)),
    Doing("library.add", "Add a document", ("a",)),
]


def test_no_two_things_in_one_place_have_the_same_key() -> None:
    known = all_doings()
    assert {"app.help", "chat.copy", "library.add"} <= {one.id for one in known}
    same = {("app.retry", "chat.again")}  # either of them can be done at a time
    clashes = [
        (one.id, other.id)
        for one in known
        for other in known
        if one.id < other.id
        and ("app" in {one.place, other.place} or one.place == other.place)
        and set(one.keys) & set(other.keys)
    ]
    assert set(clashes) - same == set()


@pytest.mark.parametrize(
    ("changed", "keys", "says"),
    [
        ("chat.copy", "ctrl+g", ""),
        ("chat.copy", "ctrl+g,f11", ""),
        ("library.add", "n", ""),
        ("library.add", "f7", ""),
        ("chat.copy", "ctrl+f", "Ctrl+F is Search already (chat.search)"),
        ("chat.copy", "f1", "F1 is Help already"),
        ("app.help", "a", "typed into the message"),
        ("app.help", "f7", "F7 is Copy already"),
        ("chat.copy", "x", "typed into the message"),
        ("chat.copy", "escape", "keeps its meaning"),
        ("chat.copy", "ctrl+", "is no key"),
        ("chat.copy", "hyper+q", "is no key"),
        ("chat.copy", "banana", "is no key"),
    ],
)
def test_why_a_key_will_not_do(changed: str, keys: str, says: str) -> None:
    found = fault(KNOWN, {}, changed, keys)
    assert says in found
    assert bool(says) == bool(found)


def test_a_key_that_was_given_up_is_free() -> None:
    assert fault(KNOWN, {"chat.search": "f11"}, "chat.copy", "ctrl+f") == ""
    assert chosen(KNOWN, {"chat.search": "f11"})[2].keys == ("f11",)


def test_of_the_settings_only_what_can_hold_holds() -> None:
    holds, wrong = sound(KNOWN, {"chat.copy": "ctrl+f", "library.add": "n", "nothing": "f9"})
    assert holds == {"library.add": "n"}
    assert [line.partition(":")[0] for line in wrong] == ["keys.chat.copy", "keys.nothing"]


def test_two_things_that_swap_their_keys_do_not_clash() -> None:
    swapped = {"chat.copy": "ctrl+f", "chat.search": "f7"}
    assert sound(KNOWN, swapped) == (swapped, [])


@pytest.mark.parametrize(
    ("key", "said"),
    [("ctrl+g", "Ctrl+G"), ("f7", "F7"), ("slash", "/"), ("x", "x"), ("alt+up", "Alt+Up")],
)
def test_keys_as_one_reads_them(key: str, said: str) -> None:
    assert say_key(key) == said


def test_every_key_but_those_of_all_programs_can_be_changed() -> None:
    fixed = {"escape", "enter", "up", "down", "left", "right", "ctrl+q"}
    bound = [one for kind in (CoachApp, *screens()) for one in bindings_of(kind)]
    assert not {
        (one.key, one.description)
        for one in bound
        if not one.id and not set(one.key.split(",")) <= fixed
    }


def test_sentences_name_the_keys_that_the_user_has() -> None:
    said = "{F5|chat.note} keeps {name}, {a|x.y} answers."
    assert with_keys(said, {}) == "F5 keeps {name}, a answers."
    assert with_keys(said, {"chat.note": "ctrl+g,f7"}) == "Ctrl+G keeps {name}, a answers."


def test_the_keys_in_sentences_are_those_of_the_pages() -> None:
    folder = Path(inspect.getfile(CoachApp)).parent
    named = [
        found
        for file in folder.rglob("*.py")
        for found in re.findall(r"\{([^{}|\s]+)\|([a-z_]+\.[a-z_]+)\}", file.read_text("utf-8"))
    ]
    keys = {one.id: {say_key(key) for key in one.keys} for one in all_doings()}
    assert len(named) > 20
    assert not [(key, name) for key, name in named if key not in keys.get(name, ())]


_KEY = re.compile(r"(?<![\w'’{|.`<+%-])(?:[b-hj-z]|F\d{1,2}|[Cc]trl\+[A-Za-z])(?![\w'’.`|=>-])")


def test_no_sentence_names_a_key_that_the_user_may_have_changed() -> None:
    """A sentence names what is done as the footer does, or "{key|id}"."""
    fixed = []
    for file in Path(inspect.getfile(CoachApp)).parent.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        unsaid = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        fixed += [
            (file.name, node.value)
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if id(node) not in unsaid and len(node.value.split()) > 2 and _KEY.search(node.value)
        ]
    assert _KEY.search("Done; u takes it back.")
    assert not fixed
