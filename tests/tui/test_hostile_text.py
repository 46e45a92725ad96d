"""Whatever someone wrote, the terminal is given text and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from coach.bootstrap.coach import Coach
from coach.paths import Places
from coach.text import clean
from coach.tui.markup import parser
from coach.tui.plain import one_line, shown

from .desk import at_home
from .driving import WIDE, ask, chatting, open_chat, running, screen_text, wait_until
from .fakes import CARDS, FakeCoach, Memory
from .hostile import ATTACKS, BIDI, COUNT, EACH, HIDDEN, WORD, Marks, fill, poison
from .walking import back, rest, walk

NEVER = {chr(n) for n in (*range(32), *range(127, 160)) if chr(n) not in "\n\t"} | set(
    BIDI + HIDDEN
)
SAY_WHAT_WAS_WRITTEN = {
    "HomeScreen", "BriefScreen", "WriteUpScreen", "MemoryScreen", "AgreementScreen", "GoalsScreen",
    "CheckScreen", "TimelineScreen", "RehearseScreen", "ConversationsScreen", "LibraryScreen",
    "PagesScreen", "ChatScreen", "PairsScreen",
}  # fmt: skip

HOSTILE = [
    "[bold red]loud[/] [/",
    "[/] [@click=app.quit]x[/] [link=file:///etc/passwd]y[/link]",
    "\x1b[2J\x1b]0;title\x07\x1b]52;c;cGF5bG9hZA==\x07 wiped",
    "\x9b31mred\x9d0;t\x9c and \x90q\x9c",
    "abc \u202egnp.exe\u202c \u2066x\u2069 \u200b\ufeff end",
    "tags \U000e0041\U000e0042 done",
    "![x](http://example.com/a.png) <script>alert(1)</script> [y](javascript:alert(1))",
    "> " * 200 + "deep",
    "`" * 999,
    "| a | b |\n|---|---|\n| \x1b[31m | [/] |",
    "word" * 5000,
    "\ud800 lone surrogate",
]


@given(st.text())
def test_no_control_reaches_the_screen(text: str) -> None:
    safe = shown(text)
    assert not {c for c in safe if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160}
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    assert shown(safe) == safe
    assert "\n" not in one_line(text)


@pytest.mark.parametrize("through", [shown, one_line, clean])
def test_each_attack_becomes_text(through: Callable[[str], str]) -> None:
    for attack in ATTACKS:
        safe = through(attack)
        assert not set(safe) & NEVER, ascii(attack)
        assert through(safe) == safe, ascii(attack)


@given(st.text(), st.integers(0, 40))
def test_it_does_not_matter_how_a_reply_is_cut(text: str, at: int) -> None:
    text = text.replace("\r", "")
    assert shown(text[:at]) + shown(text[at:]) == shown(text)


@given(st.text(alphabet="[]()/#ab-1 *_`<>!\\\n"))
def test_only_citations_become_chips(text: str) -> None:
    for token in parser().parse(text):
        for child in token.children or []:
            assert child.type not in ("image", "html_inline")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_is_only_text(
    places: Places, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory()
    fake = FakeCoach(memory)
    fake.add_pair("[bold]Eve[/] \x1b[31m\u202eOsei", "mentor")
    fake.pieces = [text[:7], text[7:], "\n\nThe end."]
    fake.degraded = text[:200]
    monkeypatch.setitem(CARDS, "engage/build-trust", (text[:200], text))
    fake.citations = ("engage/build-trust", "evil')\"/x", "a/b')")
    fake.greeting = lambda pair: text  # type: ignore[method-assign]
    memory.add_message(fake.resume(memory.pairs[0]), "user", text)
    memory.add_message(fake.resume(memory.pairs[0]), "coach", text)
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "hello " + text[:500])
        await wait_until(pilot, lambda: "The end." in screen_text(app))
        await wait_until(pilot, lambda: app.chat.reading.transcript.selected)
        seen = screen_text(app)
        assert "[bold]Eve[/]" in seen
        assert "\x1b" not in seen
        assert "\u202e" not in seen
        fake.fail_with = ValueError(text)
        await ask(app, pilot, "once more")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await pilot.press("f2")
        await wait_until(pilot, lambda: "Whom do you want" in screen_text(app))
        assert app.is_running


async def test_markup_in_a_users_message_is_shown_as_written(
    places: Places, fake: FakeCoach
) -> None:
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "a [bold]b[/bold] **c** [/")
        await wait_until(pilot, lambda: "a [bold]b[/bold] **c** [/" in screen_text(app))


async def test_a_link_is_named_and_not_opened(
    places: Places, fake: FakeCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    fake.pieces = ["Read [this](https://example.com/x).", " Done."]
    async with running(lambda: fake, places) as (app, pilot):
        monkeypatch.setattr(app, "open_url", opened.append)
        await open_chat(app, pilot)
        await ask(app, pilot, "Where?")
        await wait_until(pilot, lambda: "Read this. Done." in screen_text(app))
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "Read this" in line)
        await pilot.click(offset=(lines[y].index("this") + 1, y))
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert "https://example.com/x" in next(iter(app._notifications)).message
        assert not opened


@pytest.mark.slow
async def test_no_page_shows_more_than_text(coach: Coach) -> None:
    """Every page, over a database in which the strings stand as they are."""
    mark = Marks()
    pair = fill(coach, mark)
    document = coach.places.home / "notes.md"
    document.write_text(f"# Notes {mark()}\n\nOn trust: {mark()}\n", "utf-8")
    coach.add_documents([document], lambda _: None)
    assert mark.given * EACH >= COUNT, "each string has its place"
    assert poison(coach.database) > 40
    assert "\x1b" in coach.find_pair(pair.slug).name
    bad: list[str] = []
    seen: dict[str, set[str]] = {}
    async with at_home(coach, WIDE) as (app, pilot):

        def look(where: str) -> None:
            text = screen_text(app)
            if found := sorted(set(text) & NEVER):
                bad.append(f"{where}: {found}")
            seen.setdefault(where.split(maxsplit=1)[0], set()).update(WORD.findall(text))

        await walk(app, pilot, look)
        assert not bad
        shown_on = {page for page, found in seen.items() if found}
        assert shown_on >= SAY_WHAT_WAS_WRITTEN, SAY_WHAT_WAS_WRITTEN - shown_on
        assert len(set.union(*seen.values())) > COUNT / 2


PASTED_INTO = (
    ("w",), ("p", "tab"), ("r", "enter"), ("ctrl+t", "slash"), ("ctrl+o", "slash"), ("s", "e"),
    ("g", "a"), ("m", "slash"), ("m", "e"), ("f12", "slash"), ("a",),
)  # fmt: skip
"""The keys from the first page to each place where one writes, but for the chat."""


@pytest.mark.slow
async def test_a_very_long_paste_goes_in_everywhere(coach: Coach) -> None:
    fill(coach, lambda: "some words")
    async with at_home(coach, WIDE) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        home = app.screen
        for keys in PASTED_INTO:
            for key in keys:
                before = app.screen
                await pilot.press(key)
                await wait_until(pilot, lambda was=before: app.screen is not was or app.focused)
                await rest(app, pilot)
            for text in ("She said \x1b[2J so.\n" * 100_000, "word " * 60_000, "\n" * 50, "end"):
                app.post_message(events.Paste(text))
                await rest(app, pilot)
            await pilot.press("x")
            assert not set(screen_text(app)) & NEVER, keys
            await back(app, pilot, home)
