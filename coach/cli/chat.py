"""``coach chat``: the app on one pair, or a plain conversation, line by line."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import json_line, json_option, on_option, opened, writable
from coach.errors import CoachError
from coach.text import clean

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.memory.items import Draft
    from coach.storage.conversations import Conversation
    from coach.storage.pairs import Pair

_PROMPT = "You: "
_MORE = "...  "
_PAGES = frozenset({"prep", "log", "pair", "help", "quit"})
_HEAD = "A conversation with the coach{about}. /help lists what there is, /quit leaves."


@click.command()
@click.argument("pair_name", metavar="[PAIR]", required=False)
@click.option("--plain", is_flag=True, help="Line by line, for a screen reader or a pipe.")
@on_option
@json_option
def chat(pair_name: str | None, on: date | None, *, plain: bool, as_json: bool) -> None:
    """Talk with the coach about PAIR, or about mentoring in general.

    In a terminal this opens the app. With --plain, and where there is no terminal, it is a plain
    conversation: one message a line, and a backslash at the end of a line goes on with the next.
    With --json each turn is one line: {"reply", "intent", "citations", "items", ...}.
    """
    if not (plain or as_json or on) and sys.stdin.isatty() and sys.stdout.isatty():
        from coach.cli.app import open_app

        raise click.exceptions.Exit(open_app(pair_name or ""))
    with opened(on, warm=True) as coach:
        Talk(coach, coach.find_pair(pair_name) if pair_name else None, as_json=as_json).run()


class Talk:
    """One plain conversation, until the input ends or the user leaves."""

    def __init__(self, coach: Coach, pair: Pair | None, *, as_json: bool) -> None:
        self._coach = coach
        self._pair = pair
        self._as_json = as_json
        self._conversation: Conversation = coach.resume(pair)
        self._prompts = sys.stdin.isatty() and not as_json

    def run(self) -> None:
        """Answer each message. A failed turn is told, and the conversation goes on."""
        from coach.tui.slash import COMMANDS, Goto, Said, Wrong, read

        if self._prompts:
            self._say(_HEAD.replace("{about}", f" about {self._pair.name}" if self._pair else ""))
        known = [one for one in COMMANDS if one.full or one.name in _PAGES]
        for message in messages(prompts=self._prompts):
            try:
                match read(message, known):
                    case Said(text=text):
                        self._answer(text)
                    case Goto(page="quit"):
                        return
                    case Goto(page=page, rest=rest):
                        self._go(page, rest)
                    case Wrong(why=why):
                        self._fail("Command", why)
            except CoachError as error:
                self._fail(error.title, f"{error.what}. {error.remedy}")

    def _answer(self, text: str) -> None:
        from coach.cli.talk import say

        reply = say(self._coach, self._conversation, self._pair, text)
        if not self._as_json:
            from coach.tui.copying import plain_text

            # Marks of Markdown are read aloud one by one.
            said = plain_text(reply.text, sources=True)
            self._say("\n".join([f"Coach: {said}", *_offers(reply.proposals)]))
            self._say_more()
            return
        detail = {key: value for key, value in reply.detail().items() if key != "wording"}
        self._emit({"reply": reply.text, **detail})

    def _say_more(self) -> None:
        """What a chosen model points at beside; it is asked when the answer has been told."""
        *_, asked, reply = self._coach.history(self._conversation)
        if self._pair is not None:
            drafts = asyncio.run(self._coach.more_noticed(self._pair, asked.id, reply.id))
            if drafts:
                self._say("\n".join(_offers(drafts)[1:]))

    def _go(self, page: str, rest: str) -> None:
        from coach.tui.slash import COMMANDS, listing

        if page == "help":
            self._tell(page, listing(one for one in COMMANDS if one.full or one.name in _PAGES))
        elif page == "pair":
            self._change(rest)
        elif self._pair is None:
            self._fail("Pair", "this belongs to one person; /pair NAME says whom")
        elif page == "prep":
            _, written = self._coach.brief_page(self._pair)
            self._tell(page, "\n".join(line.text for line in written))
        elif not rest:
            self._fail("Log", "write the note behind it: /log TEXT")
        else:
            logged = self._coach.log_session(self._pair, self._coach.today, rest)
            lines = [f"- {item.text} ({item.kind})" for item in logged.items]
            number = logged.session.number
            self._tell(page, "\n".join([f"Session {number} is kept. Noticed in it:", *lines]))

    def _change(self, wanted: str) -> None:
        if wanted:
            self._pair = self._coach.find_pair(wanted)
            self._conversation = self._coach.resume(self._pair)
            self._tell("pair", f"This is about {self._pair.name} now.")
            return
        names = [f"- {pair.name} ({pair.slug})" for pair in self._coach.pairs()]
        self._tell("pair", "\n".join(["/pair NAME goes to one of these:", *names]))

    def _tell(self, page: str, text: str) -> None:
        if self._as_json:
            self._emit({"reply": text.rstrip(), "intent": page, "citations": [], "items": []})
        else:
            self._say(f"Coach: {text.rstrip()}")

    def _fail(self, title: str, what: str) -> None:
        if self._as_json:
            self._emit({"error": {"title": title, "what": what}})
        else:
            self._say(f"{title}: {what}")

    def _say(self, text: str) -> None:
        click.echo(clean(text, None) + "\n")
        sys.stdout.flush()

    def _emit(self, document: dict[str, Any]) -> None:
        click.echo(json_line(document))
        sys.stdout.flush()


def messages(*, prompts: bool) -> Iterator[str]:
    """The messages on standard input: a line each, or more where one ends in a backslash."""
    begun: list[str] = []
    while True:
        if prompts:
            # Not through a line editor: that would write control sequences of its own.
            click.echo(_MORE if begun else _PROMPT, nl=False)
            sys.stdout.flush()
        raw = sys.stdin.buffer.readline()
        line = writable(raw.decode("utf-8", "replace")).rstrip("\r\n")
        if line.endswith("\\") and raw:
            begun.append(line[:-1])
            continue
        message = clean("\n".join([*begun, line]), None)
        begun = []
        if message:
            yield message
        if not raw:
            if prompts:
                click.echo()
            return


def _offers(drafts: Sequence[Draft]) -> list[str]:
    """What was noticed and is not kept, and how to keep it."""
    if not drafts:
        return []
    lines = [f"- {one.text} ({one.kind})" for one in drafts]
    return ["", "Noticed, and not kept unless you say so with /remember:", *lines]
