"""Five hundred strings that attack a terminal or a renderer, and a pair that is made of them.

Each string holds a word of its own, so that a test can say which of them it sees, and where.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from datetime import date, time, timedelta
from itertools import islice, product

from coach.bootstrap.coach import Coach
from coach.planning.check import read_answers
from coach.planning.goals import noted, with_milestone
from coach.storage.database import Database
from coach.storage.pairs import Pair

COUNT = 500
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
HIDDEN = "\u200b\u2060\ufeff\u00ad\u180e\ufff9\ufffa\ufffb"

_ATTACKS = (
    # OSC: title, clipboard, link, image, notification; ended by BEL, ST, the eight-bit ST, nothing.
    "\x1b]0;{w}\x07", "\x1b]2;{w}\x1b\\", "\x1b]52;c;{b}\x07 {w}", "\x1b]52;c;{w}",
    "\x1b]8;;http://{w}\x1b\\{w}\x1b]8;;\x1b\\", "\x1b]1337;File=inline=1:{w}\x07",
    "\x1b]777;notify;{w};{w}\x07", "\x9d0;{w}\x9c", "\x9d52;c;{b}\x9c{w}",
    # CSI: clear, colour, cursor, other screen, mouse, report, keys.
    "\x1b[2J{w}", "\x1b[31m{w}\x1b[0m", "\x1b[7;31337m{w}", "\x1b[31337;1H{w}", "\x1b[?1049h{w}",
    "\x1b[?1003h{w}", "\x1b[6n{w}", "\x1b[>0q{w}", "\x1b[21t{w}", "\x1b[3;5~{w}", "\x9b31m{w}",
    "\x9b2J{w}", "\x1b[38:2::1:2:3m{w}",
    # DCS, APC, PM, SOS, resets, character sets.
    "\x1bP+q{w}\x1b\\", "\x1bP$q{w}\x1b\\", "\x1b_G{w}\x1b\\", "\x1b^{w}\x1b\\", "\x1bX{w}\x1b\\",
    "\x90q{w}\x9c", "\x9f{w}\x9c", "\x98{w}\x9c", "\x1bc{w}", "\x1b(0{w}", "\x1b#8{w}",
    # Other control characters, line ends of all kinds.
    "\x07{w}\x08\x08\x08", "{w}\x7f\x0e\x0f", "\x0b{w}\x0c", "{w}\r{w}\r\n", "\x85{w}\x84\x8d",
    "{w}\u2028{w}\u2029", "\x1a{w}\x04\x03",
    # Markup of the console, Markdown, HTML.
    "[/{w}", "[/]{w}[/bold]", "[bold red]{w}[/]", "[@click=app.quit]{w}[/]", "[link={w}]{w}[/link]",
    "[[{w}]]", "[$primary on red]{w}", "{w}[", "\\[{w}\\", "[{w}](javascript:alert)",
    "![{w}](file:///etc/passwd)", "<script>{w}</script>", "| {w} |\n|---|\n| [/ |", "```{w}",
    "[engage/{w}]", "[item:999999] {w}", "# {w}\n***\n> > > {w}", "&#27;[31m{w} &lt;",
    "{{name}} {{{w}}} %s {{0}}", "{name} {day} {w}",
    # What cannot be seen, turns the line round, or takes more room than it should.
    "\u202e{w}\u202c", "\u2066{w}\u2069\u2067", "\u200b{w}\ufeff\u2060", "a\u00adb{w}\u061c",
    "\U000e0041{w}\U000e0001\U000e007f", "\ufe0f{w}\U000e0100", "e" + "\u0301" * 40 + "{w}",
    "\ufff9{w}\ufffb", "\U0001f3f4\u200d\u2620\ufe0f{w}", "\uffff{w}\ufdd0", "\uff3b/{w}\uff3d",
    "\u115f{w}\u3164", "{w}" * 60,
)  # fmt: skip

_FORMS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text[:-1] or text,
    lambda text: "\x1b" + text,
    lambda text: text * 2,
    lambda text: f"[/ {text} [bold",
    lambda text: f"\x9b{text}\x9c",
    lambda text: f'"{text}"\n- {text}',
    # One pass that takes out what is inside would make it whole.
    lambda text: text.replace("\x1b", "\x1b\x1b[0m"),
)


def _word(number: int) -> str:
    return f"payload{number:03d}x"


def _made() -> list[str]:
    found = []
    for number, (form, attack) in enumerate(islice(product(_FORMS, _ATTACKS), COUNT)):
        word = _word(number)
        coded = base64.b64encode(word.encode()).decode()
        text = attack.replace("{w}", word).replace("{b}", coded)
        found.append(form(text))
    return found


ATTACKS = _made()
WORD = re.compile(r"payload\d{3}x")
_MARK = re.compile(r"ZQ(\d+)QZ")
EACH = 8
"""Strings that stand in one place of the pair's data."""


class Marks:
    """Gives out marks; each stands for the next few strings, until all have their place."""

    def __init__(self) -> None:
        self.given = 0

    def __call__(self) -> str:
        self.given += 1
        return f"ZQ{self.given - 1}QZ"


def _strings(mark: re.Match[str]) -> str:
    start = int(mark[1]) * EACH
    return " ".join(ATTACKS[(start + n) % COUNT] for n in range(EACH))


def unmarked(text: str) -> str:
    """``text`` with the strings in place of its marks."""
    return _MARK.sub(_strings, text)


def poison(database: Database) -> int:
    """Put the strings where the marks are, past all cleaning; gives how many cells changed.

    So what a screen shows is what its own edge makes of them, even if a later version of the
    program, a restored file or another program's hand put them there.
    """
    changed = 0
    with database.write() as connection:
        run = connection.exec_driver_sql
        tables = [
            row[0]
            for row in run("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not row[0].startswith("sqlite_")
        ]
        for table in tables:
            names = [row[1] for row in run(f"PRAGMA table_info({table})")]
            for row in run(f"SELECT rowid, * FROM {table}").fetchall():
                for name, value in zip(names, row[1:], strict=True):
                    if isinstance(value, str) and _MARK.search(value):
                        known = (_inside(value), row[0])
                        run(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", known)
                        changed += 1
    return changed


def _inside(value: str) -> str:
    """The strings in ``value``, which is text or a JSON document."""
    try:
        json.loads(value)
    except ValueError:
        return unmarked(value)
    return _MARK.sub(lambda mark: json.dumps(_strings(mark))[1:-1], value)


def fill(coach: Coach, mark: Callable[[], str]) -> Pair:
    """A pair with something on every page, and a mark in all that a person can write."""
    today = coach.today
    pair = coach.add_pair(f"Amara {mark()} Osei", "mentor")
    for weeks in (9, 6, 3, 1):
        day = today - timedelta(weeks=weeks)
        note = (
            f"Amara is worried about her viva, {mark()} she said. I promised to send {mark()} by"
            f" Friday. She will ask {mark()} about the lab. Her brother {mark()} moved to Leeds."
            f" I feel that {mark()} went well. She wants to publish {mark()} this year."
            f" It is private that she {mark()} is thinking of leaving."
        )
        coach.log_session(pair, day, note)
    coach.planned.add(pair, today + timedelta(days=6), time(10), 60, f"room {mark()}")
    goal = coach.add_goal(
        pair, f"Finish {mark()} the thesis", by=today + timedelta(weeks=20), measure=mark(),
        why=mark(),
    )  # fmt: skip
    assert goal.name is not None
    coach.change_goal(
        pair, goal.name,
        lambda g: noted(with_milestone(g, f"Draft {mark()}", today), f"half {mark()}", today),
    )  # fmt: skip
    for one in coach.agreement(pair).topics[:6]:
        said = {"mine": f"I say {mark()}", "theirs": f"other {mark()}", "agreed": f"yes {mark()}"}
        coach.put_agreement(pair, one.topic.name, said)  # type: ignore[arg-type]
    coach.roadmap(pair)
    coach.keep_check(pair, read_answers("me", today, "4,3,4,2,5,4,3,4"))
    _talk(coach, pair, mark, today)
    return pair


def _talk(coach: Coach, pair: Pair, mark: Callable[[], str], today: date) -> None:
    store = coach.conversation_store
    for number in range(3):
        conversation = coach.new_conversation(pair)
        for _ in range(3):
            store.add(conversation, "user", f"She said {mark()} to me on {today}")
            store.add(conversation, "coach", f"Ask **her** {mark()} [engage/build-trust].")
        if number:
            coach.rename_conversation(conversation, f"Talk {mark()}")
    coach.keep_draft(pair, "message", f"half written {mark()}")
    coach.keep_draft(pair, "note", f"a note {mark()}")
