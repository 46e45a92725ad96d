"""The relationship check: how both sides answered over time, and where to invest."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach.tui.keys import keyed
from coach.tui.pictures.looking_back import check_trend
from coach.tui.plain import one_line
from coach.tui.screens.pair_page import HELP, PairPage
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.picture import PictureView, prepare
from coach.tui.widgets.status import Heading
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.planning.check import Side
    from coach.planning.check_views import CheckStanding

KEPT = "Kept. {u|pages.undo} takes it back, and the answers are there to be changed."
BEGIN = "{a|check.answer} answers for yourself. It takes two minutes, and a line may stay empty."
INVEST = "Where to invest"
AREAS = "By area, from 1 to 5"
WIDE, TALL = 130, 40
"""Columns from which the areas stand beside the advice, and lines from which the trend is high."""
LOW, HIGH = 11, 22


class CheckScreen(PairPage[None]):
    """The trend, and what it suggests; both sides answer from here."""

    WRITES: ClassVar[frozenset[str]] = PairPage.WRITES | {"answer"}
    AUTO_FOCUS = "VerticalScroll"
    DEFAULT_CSS = """
    CheckScreen > VerticalScroll {
        height: 1fr;
        scrollbar-size-vertical: 1;
    }

    CheckScreen > VerticalScroll > PictureView {
        height: auto;
    }

    CheckScreen Container {
        height: auto;
    }

    CheckScreen Container > Static {
        width: 100%;
        max-width: 92;
        padding: 1 1 0 1;
    }

    CheckScreen.-wide Container {
        layout: horizontal;
    }

    CheckScreen.-wide Container > Static {
        width: auto;
    }

    CheckScreen.-wide #areas {
        padding: 1 1 0 8;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,enter", "answer('me')", "Answer", id="check.answer"),
        Binding("t", "answer('them')", "Their answers", id="check.their_answers"),
        Binding("o", "script", "Words for it", id="check.script"),
        HELP,
        Binding("escape", "dismiss", "Back"),
    ]

    _now: CheckStanding | None = None

    def compose(self) -> ComposeResult:
        yield Heading(f"How it goes with {pair_line(self.pair)}")
        with VerticalScroll():
            yield PictureView(fixed=LOW)
            with Container():
                yield Static("", id="advice", markup=False)
                yield Static("", id="areas", markup=False)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    async def load_anew(self) -> None:
        await asyncio.to_thread(prepare)
        self._now = now = await asyncio.to_thread(self.service.check, self.pair)
        name = one_line(self.pair.first_name)
        self.query_one(PictureView).show(check_trend(now.trend, name, self.service.today))
        self.query_one("#areas", Static).update(_areas(now, name))
        self.query_one("#advice", Static).update(_advice(now, keyed(self, BEGIN)))
        self.refresh_bindings()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= WIDE, "-wide")
        self.query_one(PictureView).fixed = HIGH if event.size.height >= TALL else LOW

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "script":
            return self._now is not None and self._now.advice.ending
        return super().check_action(action, parameters)

    def action_answer(self, side: Side) -> None:
        self.go(self._answer(side))

    async def _answer(self, side: Side) -> None:
        from coach.tui.screens.answering import AnswerScreen, write_given

        service, pair, about = self.service, self.pair, f"check:{side}"
        unfinished = await self.begin(about)
        given = await self.app.push_screen_wait(AnswerScreen(service, pair, side, unfinished))
        if given is None:
            self.reload()
            return
        before: list[int] = []

        def undo() -> None:
            service.take_back_check(pair, side, before[0])
            service.keep_draft(pair, f"{about}.0", write_given(given.given))

        await self.change(
            keyed(self, KEPT), lambda: before.append(service.keep_check(pair, given)), undo
        )

    def action_script(self) -> None:
        self.go(self._script())

    async def _script(self) -> None:
        from coach.tui.screens.reading_page import ReadingPage

        with self.coming():
            made = await asyncio.to_thread(self.service.script, self.pair, "ending-well")
        name = f"{self.pair.slug}-{made.kind}.md"
        self.app.push_screen(ReadingPage(self.service, "Words for it", made.markdown, name))


def _areas(now: CheckStanding, name: str) -> Content:
    """The newest answers of both sides by area, side by side."""
    newest = {one.side: one for one in now.trend}
    if not newest:
        return Content("")
    from coach.planning.texts import texts

    titles = {area: table["title"] for area, table in texts("check")["area"].items()}
    named = {"me": "you", "them": name}
    wide = max(map(len, titles.values())) + 2
    columns = [max(5, len(named[side])) + 3 for side in newest]
    head = "".join(f"{named[side]:>{w}}" for side, w in zip(newest, columns, strict=True))
    lines = [Content.styled(AREAS, "bold $primary"), Content.styled(" " * wide + head, "dim")]
    for area, title in titles.items():
        values = [answers.areas.get(area) for answers in newest.values()]
        shown = "".join(
            f"{'-' if value is None else f'{value:.1f}':>{w}}"
            for value, w in zip(values, columns, strict=True)
        )
        lines.append(Content(f"{title:{wide}}{shown}"))
    return Content("\n").join(lines)


def _advice(now: CheckStanding, begin: str) -> Content:
    if not now.trend:
        return Content(begin)
    lines = [Content.styled(INVEST, "bold $primary")]
    lines += [Content(one_line(line)) for line in now.advice.lines]
    lines += [Content(f"- {one_line(move)} [{card}]") for move, card in now.moves]
    if now.advice.ending:
        lines.append(Content("Words for it has what one can say in that talk."))
    return Content("\n").join(lines)
