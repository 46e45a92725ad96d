"""What the page of the agreement lists: pure functions from how it stands to rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from coach.tui.memory_rows import Row, Section
from coach.tui.memory_words import say_day
from coach.tui.plain import one_line, shown

if TYPE_CHECKING:
    from coach.agreement.agreement import Change
    from coach.agreement.standing import AgreementStanding, TopicStanding, Version

_OPEN = "To talk about"
_SETTLED = "Agreed"
_UNSAID = "Nothing said yet"
NO_VERSION = (
    "There is no version yet. What is kept on a topic makes the first one; each change after that"
    " makes another, so that you can see what it was before."
)


def agreement_sections(now: AgreementStanding, name: str, today: date) -> list[Section]:
    """What is open first, then what is agreed, then what nobody has spoken of."""
    made: dict[str, list[Row]] = {_OPEN: [], _SETTLED: [], _UNSAID: []}
    for one in now.topics:
        place = {"settled": _SETTLED, "unsaid": _UNSAID}.get(one.state, _OPEN)
        made[place].append(_row(one, one_line(name), today))
    return [Section(heading, tuple(rows)) for heading, rows in made.items() if rows]


def _row(one: TopicStanding, name: str, today: date) -> Row:
    mark = "  " if one.state in {"settled", "unsaid"} else "! "
    return Row(
        one.topic.name,
        (),
        f"{mark}{one.topic.title}",
        _meta(one, name, today),
        tuple(pair for pair in _detail(one, name, today) if pair[1]),
    )


def _meta(one: TopicStanding, name: str, today: date) -> str:
    match one.state:
        case "settled":
            since = f", since {say_day(day, today)}" if (day := one.entry.agreed_on) else ""
            return f"{one_line(one.entry.agreed)}{since}"
        case "unsaid":
            return one_line(one.topic.question)
        case "differ":
            return f"you and {name} see it differently"
        case "same":
            return "you both say the same; Settle makes it agreed"
        case "silent-mine":
            return f"{name} has said something, you have not"
        case "silent-theirs":
            return f"you have said something, {name} has not"
        case _:
            return "something else was said since it was agreed"


def _detail(one: TopicStanding, name: str, today: date) -> list[tuple[str, str]]:
    entry, gap = one.entry, one.gap
    lines = [("", one.topic.title), ("To ask each other", one.topic.question)]
    for label, text, day in (
        ("You say", entry.mine, entry.mine_on),
        (f"{name} says", entry.theirs, entry.theirs_on),
        ("Agreed", entry.agreed, entry.agreed_on),
    ):
        lines.append((f"{label}, {say_day(day, today)}" if day else label, shown(text)))
    if gap is not None:
        lines += [("A happy medium", shown(gap.middle)), ("To bring it up", f"“{shown(gap.say)}”")]
    if entry.empty:
        lines.append(("", "Edit puts down what you say; Words has what to say in the talk."))
    return lines


def said_of(now: AgreementStanding, today: date) -> str:
    """The version, how many topics are open, and the day of the review, in a line.

    Keys are named as :func:`coach.tui.keys.keyed` reads them.
    """
    if not now.versions:
        return (
            "Nothing is put down yet. {e|agreement.edit} begins with the highlighted topic; "
            "{f|agreement.form} makes a form."
        )
    open_ones = sum(one.gap is not None for one in now.topics)
    settled = sum(one.state == "settled" for one in now.topics)
    parts = [f"Version {now.versions[-1].number}: {settled} agreed, {open_ones} to talk about"]
    if now.review is None:
        parts.append("no day to look at it again ({r|agreement.review} sets one)")
    else:
        due = ", which is due" if now.review <= today else ""
        parts.append(f"to be looked at again on {say_day(now.review, today)}{due}")
    return "; ".join(parts) + "."


# -- versions -------------------------------------------------------------------------------------


def version_rows(
    versions: Sequence[Version], changes: Mapping[int, Sequence[Change]], titles: Mapping[str, str],
    name: str, today: date, base: int | None,
) -> list[Section]:  # fmt: skip
    """The versions, newest first; ``changes`` are those to show by version, from ``base`` where
    it is set, else from the version before; ``titles`` are those of the topics."""
    rows = []
    for one in reversed(versions):
        against = f"From version {base}" if base is not None else "Changed"
        listed = [f"- {_change(change, titles, name)}" for change in changes[one.number]]
        told = "\n".join(listed) or "nothing"
        mark = " (compared with)" if one.number == base else ""
        title = f"Version {one.number}, {say_day(one.on, today)}{mark}"
        meta = (
            ", ".join(dict.fromkeys(_topic(change, titles) for change in one.changes))
            or "no change"
        )
        rows.append(Row(str(one.number), (), title, meta, (("", title), (against, told))))
    return [Section("", tuple(rows))] if rows else []


def _topic(change: Change, titles: Mapping[str, str]) -> str:
    return "Day to look at it again" if change.topic == "review" else titles[change.topic]


def _change(change: Change, titles: Mapping[str, str], name: str) -> str:
    who = {"mine": "you", "theirs": one_line(name), "agreed": "agreed"}[change.side]
    topic = _topic(change, titles) + ("" if change.topic == "review" else f", {who}")
    before, after = one_line(change.before), one_line(change.after)
    if not before:
        return f"{topic}: {after}"
    return f"{topic}: {after or 'taken back'} (before: {before})"
