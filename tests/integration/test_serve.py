"""The app in a real browser: opened with its key, asked, read and copied from; locked to others."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

from coach.cli.main import run
from coach.paths import Places
from coach.web.server import PageServer

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocket

CHROMIUM = shutil.which("chromium") or ""
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
LONG = 300.0
"""Seconds after which something that should have come is missing."""

needs_a_browser = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("CI"), reason="needs the package chromium"
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(**environment: str) -> Iterator[str]:
    """Where ``coach serve`` says that it is; in the end it must have had nothing to complain of."""
    command = [sys.executable, "-m", "coach", "serve", "--port", str(free_port())]
    given = {**os.environ, **environment}
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=given, **piped) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://\S+", said)
            assert found, said
            yield found.group()
        finally:
            process.terminate()
            complaints = process.communicate(timeout=LONG)[1]
    assert complaints == ""


@pytest.fixture
def address(places: Places) -> Iterator[str]:
    """The address of a page on a home of this test's own."""
    with serving() as found:
        yield found


class Watched:
    """A page, and what its terminal shows, read from what the app sends to it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._screen = pyte.Screen(120, 40)
        self._stream = pyte.ByteStream(self._screen)
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, payload: str | bytes) -> None:
        size = re.match(r'\["resize",\{"width":(\d+),"height":(\d+)', str(payload))
        if size:
            self._screen.resize(int(size[2]), int(size[1]))

    def _received(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self._stream.feed(payload)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait(self, what: str, holds: Callable[[str], object]) -> None:
        """Return once what is shown ``holds``."""
        end = time.monotonic() + LONG
        while not holds(self.text):
            if time.monotonic() > end:
                pytest.fail(f"no {what}:\n{self.text}")
            self.page.wait_for_timeout(50)


@needs_a_browser
@pytest.mark.real
def test_a_question_is_asked_answered_and_copied_in_a_page(address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        shown = Watched(page)
        page.goto(address)
        shown.wait("first page", lambda text: "Just ask" in text)
        page.keyboard.press("c")
        shown.wait("chat", lambda text: "Just ask" not in text and "F1" in text.upper())
        page.keyboard.type("We sit down and nobody knows what to talk about.")
        page.keyboard.press("Enter")
        shown.wait("cited answer", lambda text: re.search(r"\[\d\]|\[\w+/[\w-]+\]", text))
        page.keyboard.press("Control+g")
        shown.wait("word that it is copied", lambda text: "in the clipboard" in text)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert len(copied) > 80
        assert copied.split()[0] in shown.text
        here = address.partition("?")[0]
        assert all(url.startswith((here, here.replace("http", "ws"), "data:")) for url in asked)
        browser.close()


@needs_a_browser
@pytest.mark.slow
def test_a_password_is_asked_for_and_the_right_one_lets_in(places: Places) -> None:
    from playwright.sync_api import sync_playwright

    with serving(COACH_SERVE_PASSWORD="long enough") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = browser.new_page()
        page.set_default_timeout(LONG * 1000)
        page.goto(address)
        for given in ("long", "enough"):
            page.fill("#password", given)
            page.keyboard.press("Enter")
            page.get_by_role("alert").wait_for()
        page.fill("#password", "long enough")
        page.keyboard.press("Enter")
        page.locator("body.-first-byte").wait_for()
        browser.close()


def test_without_the_key_there_is_nothing_to_see(address: str) -> None:
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    here, _, key = address.partition("?key=")
    assert len(key) >= 24

    def status(path: str = "", **headers: str) -> int:
        try:
            with urlopen(Request(here + path, headers=headers)) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code

    assert status() == 401
    assert status("?key=guess") == 401
    assert status("static/js/textual.js") == 403
    assert status("ws") == 403
    cookie = f"coach-key={key}"
    assert status(Cookie=cookie) == 200
    assert status("static/js/textual.js", Cookie=cookie) == 200
    assert status(Cookie="coach-key=\xff") == 401
    assert status(Cookie=cookie, Host="elsewhere.example") == 403
    assert status(Cookie=cookie, Origin="http://[") == 403
    assert status(Cookie=cookie, Origin="null") == 403
    assert status("ws", Cookie=cookie, Origin="http://elsewhere.example") == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "coach.example"])
def test_an_address_that_others_reach_needs_a_password(
    host: str, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", "--host", host]) == 2
    assert "no password is set" in capsys.readouterr().err
    address = PageServer(host, 8000, password="long enough").address
    assert address.endswith(":8000/")
    assert not re.search(r"//(?:0\.0\.0\.0|\[::\])", address)


def test_a_port_in_use_is_said(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run(["serve", "--port", str(taken.getsockname()[1])]) == 1
    assert "Choose another --port" in capsys.readouterr().err


def test_pages_name_no_other_place() -> None:
    pages = Path(PageServer.__module__.replace(".", "/")).parent / "pages"
    for page in (Path(__file__).parents[2] / pages).glob("*.html"):
        assert not re.search(r"(?:https?:)?//[\w.-]+\.\w", page.read_text("utf-8")), page
