"""The agreement as one sheet that two people would sign, and as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.agreement.agreement import Agreement
from coach.agreement.topics import terms
from coach.storage.pairs import Pair


@dataclass(frozen=True)
class Row:
    """One topic on the sheet: what is agreed, or what each side says while it is not."""

    title: str
    lines: tuple[str, ...]
    since: str
    settled: bool


@dataclass(frozen=True)
class Sheet:
    """All that stands on it; ``people`` are (role, name), the name "" to be filled in by hand."""

    title: str
    people: tuple[tuple[str, str], ...]
    made: str
    rows: tuple[Row, ...]
    review: str

    @property
    def text(self) -> str:
        """Every word on it, for choosing letters to draw it with."""
        rows = [part for row in self.rows for part in (row.title, *row.lines, row.since)]
        names = [part for person in self.people for part in person]
        return "\n".join(
            [self.title, self.made, self.review, *names, *rows, *HEADS, CLOSING, *LINES]
        )


HEADS = ("Topic", "What we agreed", "Since")
CLOSING = (
    "Either of us may ask to talk about any of this again, at any time. "
    "What is marked as open is not agreed yet."
)
LINES = ("Name", "Signature", "Date")


def sheet(agreement: Agreement, version: int, pair: Pair, on: date, me: str = "") -> Sheet:
    """The sheet as it stands on that day; ``me`` is the user's own name where it is given."""
    names = {pair.role: me, pair.their_role: pair.name}
    people = tuple((role.capitalize(), names[role]) for role in ("mentor", "mentee"))
    rows = []
    for topic in terms().topics.values():
        entry = agreement.entry(topic.name)
        if entry.empty:
            continue
        if entry.settled:
            since = _day(entry.agreed_on) if entry.agreed_on else ""
            rows.append(Row(topic.title, tuple(entry.agreed.splitlines()), since, settled=True))
            continue
        said = [(pair.role, entry.mine), (pair.their_role, entry.theirs)]
        lines = [
            f"{role.capitalize()}: {' / '.join(text.split(chr(10)))}" for role, text in said if text
        ]
        if entry.agreed:
            lines.insert(0, f"Earlier: {' / '.join(entry.agreed.split(chr(10)))}")
        rows.append(Row(topic.title, ("Open.", *lines), "", settled=False))
    review = agreement.review
    return Sheet(
        "How we work together",
        people,
        f"As of {_day(on)}" + (f", version {version}" if version > 1 else ""),
        tuple(rows),
        f"We look at this again on {_day(review)}." if review
        else "We look at this again on:",
    )  # fmt: skip


def markdown(page: Sheet) -> str:
    """The sheet as Markdown."""
    who = "  \n".join(f"**{role}:** {_safe(name) or '_' * 24}" for role, name in page.people)
    table = [f"| {' | '.join(HEADS)} |", "| --- | --- | --- |"]
    for row in page.rows:
        cells = (row.title, "<br>".join(map(_safe, row.lines)), row.since)
        table.append(f"| {' | '.join(cells)} |")
    review = page.review + ("" if page.review.endswith(".") else f" {'_' * 16}")
    sign = [f"| {' | '.join(('', *LINES))} |", "| --- | --- | --- | --- |"]
    sign += [f"| {role} | {_safe(name)} |  |  |" for role, name in page.people]
    parts = [
        f"# {page.title}",
        who,
        page.made + ".",
        "\n".join(table),
        review,
        CLOSING,
        "\n".join(sign),
    ]
    return "\n\n".join(parts) + "\n"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _safe(text: str) -> str:
    """Text that stays itself inside a table."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
