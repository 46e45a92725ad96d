"""How the two work together, topic by topic: what each says, what is agreed, what is open."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from coach.tui.agreement_rows import agreement_sections, said_of
from coach.tui.keys import keyed
from coach.tui.plain import one_line
from coach.tui.screens.form import Field, FormScreen
from coach.tui.screens.pair_page import HELP, PairPage
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.memory_list import MemoryList
from coach.tui.widgets.status import Heading
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.agreement.agreement import Side
    from coach.agreement.standing import AgreementStanding, TopicStanding
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

LOADING = "One moment: I am looking up what the two of you said."
MOST_TEXT = 2_000
"""Characters that one side may say on one topic, as in :mod:`coach.agreement.agreement`."""


class AgreementScreen(PairPage[None]):
    """The topics; the highlighted one is what the keys are about."""

    WRITES: ClassVar[frozenset[str]] = PairPage.WRITES | {"edit", "settle", "review", "take_form"}
    AUTO_FOCUS = "MemoryList OptionList"
    _FILES = Binding.Group("Files", compact=True)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="agreement.edit"),
        Binding("s", "settle", "Settle", id="agreement.settle"),
        Binding("o,enter", "script", "Words", key_display="o", id="agreement.script"),
        Binding("v", "versions", "Versions", id="agreement.versions"),
        Binding("r", "review", "Review", id="agreement.review"),
        Binding("x", "export", "Export", group=_FILES, id="agreement.export"),
        Binding("f", "form", "Write a form", group=_FILES, id="agreement.form"),
        Binding("i", "take_form", "Take in a form", group=_FILES, id="agreement.take_form"),
        HELP,
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, service: Service, pair: Pair) -> None:
        super().__init__(service, pair)
        self._now: AgreementStanding | None = None

    def compose(self) -> ComposeResult:
        yield Heading(f"Agreement with {pair_line(self.pair)}")
        yield MemoryList(LOADING)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    async def load_anew(self) -> None:
        self._now = await asyncio.to_thread(self.service.agreement, self.pair)
        today = self.service.today
        made = agreement_sections(self._now, self.pair.first_name, today)
        self.query_one(MemoryList).show(made, "")
        self.tell(keyed(self, said_of(self._now, today)))

    @property
    def _topic(self) -> TopicStanding | None:
        row = self.query_one(MemoryList).row
        topics = self._now.topics if self._now else ()
        return next((one for one in topics if row and one.topic.name == row.key), None)

    @property
    def _version(self) -> int:
        return self._now.versions[-1].number if self._now and self._now.versions else 0

    def on_memory_list_opened(self) -> None:
        self.action_script()

    # -- one topic -----------------------------------------------------------------------------

    def action_edit(self) -> None:
        if one := self._topic:
            self.go(self._edit(one, one.entry.agreed, "mine"))

    def action_settle(self) -> None:
        if one := self._topic:
            self.go(self._edit(one, _proposed(one), "agreed"))

    async def _edit(self, one: TopicStanding, agreed: str, start: Side) -> None:
        entry, name = one.entry, one_line(self.pair.first_name)
        fields = [
            Field("mine", "You say", entry.mine, "text", MOST_TEXT),
            Field("theirs", f"{name} says", entry.theirs, "text", MOST_TEXT),
            Field("agreed", "Agreed", agreed, "text", MOST_TEXT),
        ]
        asked = FormScreen(
            one.topic.title, fields, about=one.topic.question, needed=False, start=start
        )
        given = await self.ask(asked, f"on:{one.topic.name}")
        if given is None:
            return
        sides: tuple[Side, ...] = ("mine", "theirs", "agreed")
        said = {side: given[side] for side in sides if given[side] != entry.said(side)}
        if said:
            service, pair, before = self.service, self.pair, self._version
            await self.change(
                f"Kept: {one.topic.title}. It makes version {before + 1}.",
                lambda: service.put_agreement(pair, one.topic.name, said),
                lambda: service.put_back_agreement(pair, before),
            )

    def action_script(self) -> None:
        if one := self._topic:
            self.go(self._script(one))

    async def _script(self, one: TopicStanding) -> None:
        from coach.tui.screens.reading_page import ReadingPage

        kind = one.topic.script
        with self.coming():
            made = await asyncio.to_thread(self.service.script, self.pair, kind)
        text = made.markdown
        if one.gap is not None:
            text = f"**{one.topic.title}**\n\n> {one_line(one.gap.say)}\n\n{text}"
        name = f"{self.pair.slug}-{kind}.md"
        self.app.push_screen(ReadingPage(self.service, f"Words for it: {kind}", text, name))

    # -- the whole of it -----------------------------------------------------------------------

    def action_versions(self) -> None:
        from coach.tui.screens.versions import VersionsScreen

        def closed(changed: bool | None) -> None:
            if changed:
                self.reload()

        self.app.push_screen(VersionsScreen(self.service, self.pair), closed)

    def action_review(self) -> None:
        self.go(self._review())

    async def _review(self) -> None:
        service, pair = self.service, self.pair
        now = self._now.review.isoformat() if self._now and self._now.review else ""
        given = await self._ask(
            "When to look at it again",
            [Field("day", "Day, or nothing for none", now, "day")],
            "Six months on, or when something changes, is a good time.",
        )
        if given is None or given["day"] == now:
            return
        day = date.fromisoformat(given["day"]) if given["day"] else None
        if day is not None and day < service.today:
            self.tell("That day is past. Give one to come.")
            return
        before = self._version
        await self.change(
            "Kept.",
            lambda: service.review_agreement(pair, day),
            lambda: service.put_back_agreement(pair, before),
        )

    def action_export(self) -> None:
        self.go(self._export())

    async def _export(self) -> None:
        fields = [
            Field("file", "File (.pdf, .docx or .md)", f"{self.pair.slug}-agreement.pdf"),
            Field("me", "Your own name, for the sheet"),
        ]
        given = await self._ask("The agreement as a sheet to sign", fields)
        if given is not None:
            file = Path(given["file"])
            self._written(
                await asyncio.to_thread(self.service.export_agreement, self.pair, file, given["me"])
            )

    def action_form(self) -> None:
        self.go(self._form())

    async def _form(self) -> None:
        name = one_line(self.pair.first_name)
        field = Field("file", "File (.md)", f"{self.pair.slug}-form.md", most=1_000)
        about = f"What you said is not in it: so {name} answers without leaning on it."
        given = await self._ask(f"A form for {name} to fill in", [field], about)
        if given is not None:
            file = Path(given["file"])
            self._written(await asyncio.to_thread(self.service.write_form, self.pair, file))

    def action_take_form(self) -> None:
        self.go(self._take_form())

    async def _take_form(self) -> None:
        name = one_line(self.pair.first_name)
        field = Field("file", "File", f"{self.pair.slug}-form.md", most=1_000)
        given = await self._ask(f"Take in what {name} wrote into the form", [field])
        if given is None:
            return
        service, pair, before = self.service, self.pair, self._version
        taken = await asyncio.to_thread(service.take_form, pair, Path(given["file"]))
        said = f"{name} answered: {', '.join(taken.answers) or 'nothing'}."
        if taken.unread:
            said += f" Not under any topic, and not kept: {'; '.join(taken.unread)}"
        await self.change(said, lambda: None, lambda: service.put_back_agreement(pair, before))

    async def _ask(self, title: str, fields: list[Field], about: str = "") -> dict[str, str] | None:
        service = self.service
        asked = FormScreen(
            title, fields, about=about, needed=fields[0].kind != "day", today=service.today,
            locale=service.locale,
        )  # fmt: skip
        return await self.app.push_screen_wait(asked)

    def _written(self, file: Path) -> None:
        self.notify(one_line(str(file)), title="Written", timeout=12, markup=False)


def _proposed(one: TopicStanding) -> str:
    """What is put forward as agreed: a middle ground that was worked out, or what both say."""
    if one.gap is not None and one.gap.computed:
        return one.gap.middle
    return one.entry.agreed or (one.entry.mine if one.state == "same" else "")
