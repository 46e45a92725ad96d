"""What is pasted is text, whatever is in it; what is pressed before and after it is keys."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver, web_driver
from textual.message import Message

from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.pasting import PasteParser, guard_pastes

from .fakes import FakeCoach

START, END = "\x1b[200~", "\x1b[201~"
PARTS = st.sampled_from(["\x1b", "\x1b[", "\x1b]52;c;", "9;", "~", "q", "\x1b[15~", "\x1b[48;5;5t",
                         "\x1b[I", "\x1b[<0;3;3M", "\r", "\x11", "201", START, "a\n"])  # fmt: skip


def said(tokens: Iterable[Message]) -> list[str]:
    """Keys by their names, a paste as its text in brackets, anything else by its kind."""
    return [
        one.key if isinstance(one, events.Key)
        else f"<{one.text}>" if isinstance(one, events.Paste) else type(one).__name__
        for one in tokens
    ]  # fmt: skip


@given(
    st.lists(PARTS, max_size=30).map("".join).filter(lambda text: END not in text + END[:-1]),
    st.integers(1, 9),
)
@example("\x1b[" + "9;" * 40 + "q", 4096)
@example("\x1b\x1b\x1b", 4096)
def test_a_paste_is_one_text(text: str, at_a_time: int) -> None:
    sent = f"x\x1b[15~{START}{text}{END}y{START}{END}\x1b[A"
    parser = PasteParser()
    got: list[Message] = []
    for at in range(0, len(sent), at_a_time):
        got += parser.feed(sent[at : at + at_a_time])
    assert said(got) == ["x", "f5", f"<{text}>", "y", "<>", "up"]


def test_escape_alone_is_still_a_key_and_the_end_is_no_fault() -> None:
    parser = PasteParser()
    assert not said(parser.feed("\x1b"))
    parser._timeout_time = 0.0
    assert said(parser.tick()) == ["escape"]
    assert said(parser.feed("q")) == ["q"]
    assert not said(parser.feed(START + "never ended"))
    assert not said(parser.feed(""))


def test_the_app_has_its_terminal_read_so(
    places: Places, fake: FakeCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (linux_driver, web_driver):
        monkeypatch.setattr(module, "XTermParser", XTermParser)
    CoachApp(lambda: fake, places=places)
    guard_pastes(web_driver.WebDriver)
    assert {vars(one)["XTermParser"] for one in (linux_driver, web_driver)} == {PasteParser}
