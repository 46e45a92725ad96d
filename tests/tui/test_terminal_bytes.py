"""The real program on a real terminal: every byte that it writes there is its own."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from coach.bootstrap import open_coach
from coach.paths import Places

from .hostile import WORD, Marks, fill, poison

pytestmark = [pytest.mark.slow, pytest.mark.real]

COACH = str(Path(sys.executable).with_name("coach"))
SIZE = (60, 200)

# What a terminal acts on: strings (OSC, DCS, APC, PM, SOS) to their end, CSI, and short escapes.
_STRING = re.compile(r"\x1b[\]PX^_](.*?)(?:\x07|\x1b\\|$)", re.DOTALL)
_CSI = re.compile(r"\x1b\[([0-?]*)([ -/]*)([@-~])")
_SHORT = re.compile(r"\x1b[ -/]*[0-Z\\^-~]")
_FINALS = set("mHJKhlutpn")
"""The last characters of the sequences with which the app itself draws."""


class Terminal:
    """The program behind a pty; keeps every byte, and what a terminal makes of them."""

    def __init__(self, arguments: list[str], places: Places, **environment: str) -> None:
        kept = os.environ.keys() - {"COLUMNS", "LINES", "NO_COLOR"}
        env = {key: os.environ[key] for key in kept} | environment
        env |= {"COACH_HOME": str(places.home), "COACH_CACHE": str(places.cache)}
        env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.child = pexpect.spawn(COACH, arguments, env=env, dimensions=SIZE, timeout=60)
        self.screen = pyte.Screen(SIZE[1], SIZE[0])
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""

    def read(self) -> None:
        """Take in what the program has written meanwhile."""
        try:
            piece = self.child.read_nonblocking(65_536, timeout=0.1)
        except pexpect.TIMEOUT:
            return
        self.written += piece
        self._stream.feed(piece)

    def wait_for(self, *shown: str) -> None:
        """Read until one of the texts is on the screen; fails after five minutes."""
        until = time.monotonic() + 300
        while not any(text in self.text for text in shown):
            assert time.monotonic() < until, f"no {shown} on the screen:\n{self.text}"
            self.read()

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def end(self) -> None:
        """Be rid of the program, however long that takes on a busy machine."""
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
            self.child.wait()
        self.child.close()


@pytest.fixture
def poisoned(real_places: Places) -> Places:
    """A home in whose database the strings stand as they are."""
    coach = open_coach()
    fill(coach, Marks())
    assert poison(coach.database) > 40
    coach.close()
    return real_places


@pytest.fixture
def terminal(poisoned: Places) -> Iterator[Terminal]:
    made = Terminal([], poisoned)
    yield made
    made.end()


def sequences(text: str) -> tuple[list[str], str]:
    """The sequences in ``text``, and what is left of it."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        found.append(match.group())
        return ""

    for pattern in (_STRING, _CSI, _SHORT):
        text = pattern.sub(take, text)
    return found, text


def faults(written: bytes) -> list[str]:
    """What in these bytes was not the app's own."""
    text = written.decode("utf-8")
    found, rest = sequences(text)
    bad = [ascii(one) for one in found if WORD.search(one) or "31337" in one or "]52" in one]
    for one in found:
        match = _CSI.fullmatch(one)
        if match and match[3] not in _FINALS:
            bad.append(f"CSI of another kind: {one!a}")
    bad += [f"control {c!a}" for c in sorted(set(rest)) if ord(c) < 32 and c not in "\r\n\t"]
    bad += [f"control {c!a}" for c in sorted(set(rest)) if 127 <= ord(c) < 160]
    return bad


def test_faults_are_seen() -> None:
    assert not faults(b"\x1b[1;31mred\x1b[0m \x1b]0;coach\x07 payload001x")
    for attack in ("\x1b]0;payload001x\x07", "\x1b]52;c;aGk=\x07", "\x1b[7;31337m", "\x9b2J", "\0",
                   "\x1bP+qpayload002x\x1b\\", "\x1b[21R", "\x07"):  # fmt: skip
        assert faults(attack.encode()), ascii(attack)


WALK = (
    ("p", "Before you meet"), ("w", "You met on"), ("m", "Memory of"), ("s", "Agreement with"),
    ("g", "Goals and roadmap"), ("k", "How it goes with"), ("t", "Looking back with"),
    ("r", "Rehearse, before"), ("\x14", "Conversations: "), ("\x1b[21~", "Pages about"),
)  # fmt: skip
"""Keys of the first page, and what is on the page that each opens."""


def test_no_string_of_the_database_reaches_the_terminal(terminal: Terminal) -> None:
    terminal.wait_for("room", "your mentee")
    for key, shown in WALK:
        terminal.child.send(key)
        terminal.wait_for(shown)
        for move in ("\x1b[B", "\x1b[B", "\t"):
            terminal.child.send(move)
            terminal.read()
        for _ in range(4):
            terminal.child.send("\x1b")
            for _ in range(6):
                terminal.read()
            if "your pairs" in terminal.text:
                break
        terminal.wait_for("your pairs")
    # None of it is a key: a sequence that is too long, Escapes in a row, a function key, Ctrl+Q.
    overlong = "\x1b[" + "9;" * 40 + "wma"
    terminal.child.send(f"\x1b[200~{overlong}\x1b\x1b[15~\x11 p\x1b[201~")
    for _ in range(20):
        terminal.read()
    assert "your pairs" in terminal.text
    terminal.child.send("c")
    terminal.wait_for("She said")
    # A terminal takes ESC out of what is pasted; the eight-bit forms come through.
    terminal.child.send("\x1b[200~\x9d0;payload700x\x9c\x9b2J\x07 pasted\x1b[201~")
    terminal.wait_for("pasted")
    terminal.child.send("\r")
    terminal.wait_for("[engage/", "Sources")
    terminal.child.send("\x11")
    terminal.child.expect(pexpect.EOF)
    terminal.written += terminal.child.before
    shown_words = set(WORD.findall(terminal.written.decode()))
    assert len(shown_words) > 100, "the strings' words were on the screen"
    assert not faults(terminal.written)
    assert terminal.child.wait() == 0


def test_a_second_app_on_the_same_data_only_reads(terminal: Terminal, poisoned: Places) -> None:
    terminal.wait_for("your mentee")
    second = Terminal([], poisoned)
    try:
        second.wait_for("READ-ONLY, coach is open elsewhere")
        second.child.send("w")
        second.wait_for("Nothing can be written here")
        terminal.child.send("\x11")
        terminal.child.expect(pexpect.EOF)
        second.wait_for("Ctrl+R")
        assert not faults(second.written)
    finally:
        second.end()


def colours(written: bytes) -> set[str]:
    """The colours that these bytes choose, other than greys: SGR parameters."""
    found: set[str] = set()
    for match in _CSI.finditer(written.decode("utf-8")):
        rest = match[1].split(";") if match[3] == "m" else []
        while rest:
            one, *rest = rest
            if one in {"38", "48", "58"}:
                width = 4 if rest[0] == "2" else 2
                chosen, rest = rest[:width], rest[width:]
                if chosen[0] != "2" or len(set(chosen[1:])) > 1:
                    found.add(";".join([one, *chosen]))
            elif re.fullmatch("(?:[349]|10)[0-7]", one):
                found.add(one)
    return found


def test_colours_are_seen() -> None:
    assert not colours(b"\x1b[1;38;2;9;9;9;48;2;0;0;0mgrey\x1b[0;39;49m \x1b[7m")
    for colour in (b"31", b"1;97", b"104", b"38;5;9", b"48;2;1;2;3", b"1;38;2;9;9;9;48;2;0;1;0"):
        assert colours(b"\x1b[%bm" % colour), colour


def test_without_colour_the_terminal_gets_only_greys(poisoned: Places) -> None:
    plain = Terminal([], poisoned, NO_COLOR="1")
    try:
        plain.wait_for("room", "your mentee")
        for key, shown in WALK:
            plain.child.send(key)
            plain.wait_for(shown)
            plain.child.send("\x1b")
            plain.wait_for("your pairs")
        plain.child.send("c")
        plain.wait_for("She said")
        plain.child.send("\x11")
        plain.child.expect(pexpect.EOF)
        plain.written += plain.child.before
    finally:
        plain.end()
    assert b"\x1b[" in plain.written
    assert not colours(plain.written)
