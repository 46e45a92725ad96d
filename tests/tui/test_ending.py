"""The real program on a real terminal: it ends at once, however it is ended, and loses nothing."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from coach.bootstrap import open_coach
from coach.paths import Places

pytestmark = [pytest.mark.slow, pytest.mark.real]

DEADLINE = 150
STUCK = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from coach.paths import Places
from coach.tui.run import run_app
from tests.tui.fakes import FakeCoach

class Stuck(FakeCoach):
    def warm_up(self, on_progress=print):
        ThreadPoolExecutor().submit(threading.Event().wait).result()

home = Path(sys.argv[1])
sys.exit(run_app(Stuck, places=Places(home=home, cache=home)))
"""


def ends(child: pexpect.spawn[bytes]) -> None:
    """Wait until the process is gone, however much it has still to write."""
    until = time.monotonic() + DEADLINE
    while child.isalive():
        assert time.monotonic() < until, "it did not end"
        try:
            child.read_nonblocking(65_536, timeout=0.1)
        except (pexpect.TIMEOUT, pexpect.EOF, OSError, ValueError):
            continue


def test_quitting_does_not_wait_for_what_a_model_computes(tmp_path: Path) -> None:
    child = pexpect.spawn(sys.executable, ["-c", STUCK, str(tmp_path)], timeout=DEADLINE)
    child.expect("Quit")
    child.send("\x11")
    ends(child)
    assert child.exitstatus == 0


def term(child: pexpect.spawn[bytes]) -> None:
    assert child.pid
    os.kill(child.pid, signal.SIGTERM)


def hang_up(child: pexpect.spawn[bytes]) -> None:
    os.close(child.child_fd)


def quit_by_key(child: pexpect.spawn[bytes]) -> None:
    child.send("\x11")


@pytest.mark.parametrize(
    ("end", "code"),
    [(quit_by_key, 0), (term, 128 + signal.SIGTERM), (hang_up, 128 + signal.SIGHUP)],
)
def test_what_is_being_typed_is_kept(
    real_places: Places, end: Callable[[pexpect.spawn[bytes]], None], code: int
) -> None:
    coach = open_coach()
    pair = coach.add_pair("Amara Osei", "mentor")
    coach.close()
    child = pexpect.spawn(
        str(Path(sys.executable).with_name("coach")), ["chat", "amara"], timeout=DEADLINE,
        dimensions=(30, 100),
    )  # fmt: skip
    child.expect("Ask, or tell")
    # One key at a time, and the end right behind the last: it has not been drawn yet.
    for letter in "half":
        child.send(letter)
    child.expect("h.*a.*l.*f")
    child.send("!")
    child.expect("!")
    end(child)
    ends(child)
    assert child.exitstatus == code
    again = open_coach()
    assert again.draft(pair, "message") == "half!"
    again.close()
