"""Whole journeys through the real program, with the real model, in tmux."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach.bootstrap import open_coach
from coach.paths import Places

pytestmark = pytest.mark.real

COACH = str(Path(sys.executable).with_name("coach"))
DEADLINE = 300
"""Seconds after which what is waited for is not going to come."""


class Tmux:
    """One window of a tmux server of its own, with the app in it."""

    def __init__(self, folder: Path, places: Places) -> None:
        self._socket = folder / "tmux"
        self._process, self._status = folder / "process", folder / "status"
        self._environment = {
            "COACH_HOME": str(places.home), "COACH_CACHE": str(places.cache),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "LANG": "C.UTF-8",
        }  # fmt: skip

    def run(self, *arguments: str) -> str:
        command = ["tmux", "-S", str(self._socket), "-f", "/dev/null", *arguments]
        # The size of the pane holds, not that of the terminal in which the tests run.
        env = {key: os.environ[key] for key in os.environ.keys() - {"COLUMNS", "LINES", "TMUX"}}
        return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout

    def start(self, *arguments: str) -> None:
        """Open the app in a new session of 120 by 40."""
        given = [
            item for name, value in self._environment.items() for item in ("-e", f"{name}={value}")
        ]
        # A shell stays in the pane: it knows the process of the app, and how the app ended.
        process, status = shlex.quote(str(self._process)), shlex.quote(str(self._status))
        app = f"echo $$ > {process}; exec {shlex.join([COACH, *arguments])}"
        command = f"sh -c {shlex.quote(app)}; echo $? > {status}; exec cat"
        self._status.unlink(missing_ok=True)
        size = ("-x", "120", "-y", "40")
        self.run("new-session", "-d", "-s", "coach", *size, *given, "sh", "-c", command)

    @property
    def text(self) -> str:
        return self.run("capture-pane", "-p", "-t", "coach")

    def wait(self, true: Callable[[str], object], what: str) -> str:
        until = time.monotonic() + DEADLINE
        while not true(text := self.text):
            assert time.monotonic() < until, f"{what}; on the screen:\n{text}"
            time.sleep(0.05)  # each look is a process, and the app needs the processor
        return text

    def see(self, *shown: str) -> str:
        """Wait until all of it is on the screen."""
        return self.wait(lambda text: all(one in text for one in shown), f"no {shown}")

    def press(self, *keys: str) -> None:
        self.run("send-keys", "-t", "coach", *keys)

    def type(self, text: str) -> None:
        self.run("send-keys", "-t", "coach", "-l", text)

    def ends_with(self, status: int) -> None:
        """Wait until the app is gone, and see that it left ``status`` (128 + the signal)."""
        self.wait(lambda _: self._status.is_file() and self._status.read_text(), "it did not end")
        assert int(self._status.read_text()) == status

    def kill_app(self) -> None:
        """Kill the app without a warning, and wait until it is gone."""
        os.kill(int(self._process.read_text()), signal.SIGKILL)
        self.ends_with(128 + signal.SIGKILL)
        self.run("kill-session", "-t", "coach")


@pytest.fixture
def tmux(tmp_path: Path, real_places: Places) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        assert not os.environ.get("CI"), "CI needs tmux: the journeys of the real program run in it"
        pytest.skip("tmux is not installed: `apt install tmux`")
    with_pair()
    made = Tmux(tmp_path, real_places)
    yield made
    # There is no server any more where nothing was started.
    subprocess.run(["tmux", "-S", str(tmp_path / "tmux"), "kill-server"], check=False)


def with_pair() -> None:
    """Amara, whom the user met last week, with something promised."""
    coach = open_coach()
    pair = coach.add_pair("Amara Osei", "mentor")
    coach.log_session(
        pair, coach.today - timedelta(days=7),
        "Amara is worried about her viva in three weeks. I promised to send her the reading list.",
    )  # fmt: skip
    coach.put_agreement(pair, "length", {"mine": "30 minutes", "theirs": "60 minutes"})
    coach.close()


@pytest.mark.slow
def test_ask_and_see_an_answer_that_names_its_sources(tmux: Tmux) -> None:
    tmux.start()
    tmux.see("Amara Osei")
    tmux.press("c")
    tmux.see("Ask, or tell what happened")
    tmux.type("How do I give her feedback that is hard to hear?")
    tmux.press("Enter")
    tmux.see("[engage/", "Sources:")
    tmux.press("C-q")
    tmux.ends_with(0)


@pytest.mark.slow
def test_what_is_typed_before_the_app_is_there_is_not_lost(tmux: Tmux) -> None:
    tmux.start("chat", "amara")
    tmux.type("typed early")
    tmux.see("│ typed early", "Enter sends")


@pytest.mark.slow
def test_prepare_and_tick_a_line_off(tmux: Tmux) -> None:
    tmux.start()
    tmux.see("Amara Osei")
    tmux.press("p")
    tmux.see("Before you meet Amara", "[ ]", "reading list")
    tmux.press("Space")
    tmux.wait(lambda text: "[x]" in text.lower() or "✓" in text, "nothing was ticked off")
    tmux.press("Escape")
    tmux.see("your pairs")


@pytest.mark.slow
def test_write_up_a_session_and_find_it_remembered(tmux: Tmux) -> None:
    tmux.start()
    tmux.see("Amara Osei")
    tmux.press("w")
    tmux.see("You met on")
    tmux.type("She handed in her draft. I promised to introduce her to Jonas by Friday.")
    tmux.see("introduce her to Jonas")
    tmux.press("C-s")
    tmux.see("Remembered from this note", "introduce Amara to Jonas")
    tmux.press("Escape")
    tmux.see("your pairs")


@pytest.mark.slow
def test_settle_a_topic_of_the_agreement(tmux: Tmux) -> None:
    tmux.start()
    tmux.see("Amara Osei")
    tmux.press("s")
    tmux.see("Agreement with Amara", "45 minutes")
    # Both at once: the second key is for the form that the first one opens.
    tmux.press("s", "C-s")
    tmux.see("It makes version 2")


@pytest.mark.slow
def test_rehearse_two_turns_and_hear_what_worked(tmux: Tmux) -> None:
    tmux.start()
    tmux.see("Amara Osei")
    tmux.press("r")
    tmux.see("Rehearse, before you talk with Amara", "Enter begins")
    tmux.press("Enter")
    tmux.see("Say it as you would")
    for said in ("What has this week been like for you?", "So it has been a lot at once."):
        tmux.type(said)
        tmux.see(said)
        tmux.press("Enter")
        tmux.wait(lambda text: "is thinking" not in text and "Say it as you" in text, "no answer")
    tmux.press("F5")
    tmux.see("of 3")


@pytest.mark.slow
def test_a_killed_app_has_the_draft_when_it_starts_again(tmux: Tmux) -> None:
    tmux.start("chat", "amara")
    tmux.see("Ask, or tell what happened")
    tmux.type("She told me that she wants to")
    tmux.see("She told me that she wants to")
    # The draft goes to the disk within half a second: another process sees it there.
    coach = open_coach()
    pair = coach.find_pair("amara")
    tmux.wait(lambda _: coach.draft(pair, "message").endswith("wants to"), "no draft")
    coach.close()
    tmux.type(" leave")
    tmux.kill_app()
    tmux.start("chat", "amara")
    tmux.see("She told me that she wants to")


@pytest.mark.slow
def test_a_killed_app_has_a_half_written_goal_when_it_starts_again(tmux: Tmux) -> None:
    tmux.start()
    tmux.see("Amara Osei")
    tmux.press("g")
    tmux.see("Goals and roadmap with Amara")
    tmux.press("a")
    tmux.see("What is to be reached")
    tmux.type("three talks in")
    tmux.see("three talks in")
    coach = open_coach()
    pair = coach.find_pair("amara")
    tmux.wait(lambda _: "three talks in" in coach.dialog_drafts(pair).values(), "no draft")
    coach.close()
    tmux.kill_app()
    tmux.start()
    tmux.see("Amara Osei")
    tmux.press("g")
    tmux.see("Goals and roadmap with Amara")
    tmux.press("a")
    tmux.see("three talks in")


@pytest.mark.slow
def test_another_size_loses_nothing(tmux: Tmux) -> None:
    tmux.start("chat", "amara")
    tmux.see("Ask, or tell what happened")
    tmux.type("half a thought")
    tmux.see("half a thought")
    for width, height in ((80, 24), (200, 60), (20, 6), (120, 40)):
        tmux.run("resize-window", "-t", "coach", "-x", str(width), "-y", str(height))
        if width >= 80:
            tmux.see("half a thought")
    tmux.press("C-q")
    tmux.ends_with(0)
