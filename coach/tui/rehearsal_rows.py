"""What the pages of rehearsals show, as plain lines. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.rehearsal.feedback import Feedback, Try
    from coach.rehearsal.scenario import Scenario
    from coach.rehearsal.scoring import Scored
    from coach.rehearsal.talk import Talk

MOST = 3
_BAR = 24
_SHOWN = 8
LEVELS = ("easy", "plain", "hard")
FROM_MEMORY = ("no", "yes", "yes, and what is private too")


def bar(points: float) -> str:
    """``points`` of 3 as a bar."""
    full = round(points / MOST * _BAR)
    return "█" * full + "░" * (_BAR - full)


def chart(tries: Sequence[Try]) -> list[str]:
    """The newest tries, one a line: which, a bar, the points in figures, the level."""
    first = max(0, len(tries) - _SHOWN)
    return [
        f"try {number:<3} {bar(one.total)} {one.total:.1f} of {MOST}  {one.level}"
        for number, one in enumerate(tries[first:], first + 1)
    ]


def about(one: Scenario, tries: Sequence[Try], words: str, name: str) -> str:
    """A scenario in full; ``words`` is the script kept for it, ``name`` the counterpart's."""
    who = one.counterpart
    lines = [
        one.title, "", one.setting.replace("{name}", name), "",
        f"Your aim: {one.aim}", "", f"{name}: {who.described}",
        f"Wants: {who.wants}", f"Fears: {who.fears}",
    ]  # fmt: skip
    if tries:
        lines += ["", "So far", *chart(tries)]
    if words:
        lines += ["", "A script of your own words is kept: “Your words” shows it."]
    return "\n".join(lines)


def said_line(one: Scored) -> str:
    """What one message came to."""
    marks = "●" * one.points + "○" * (MOST - one.points) if one.counted else "·" * MOST
    return f"{marks}  {one.reason} [{one.card}]"


def feedback_lines(found: Feedback, tries: Sequence[Try]) -> list[tuple[str, str]]:
    """The feedback as (kind, text); kinds are "heading" and "text"."""
    lines = [("heading", "What worked"), ("text", found.worked)]
    lines += [("heading", "One thing to try"), ("text", f"{found.attempt} [{found.card}]")]
    if found.better:
        swap = f"Instead of “{found.better.instead_of}”\nsay “{found.better.say}”"
        lines += [("heading", "A better wording"), ("text", swap)]
    if found.listening:
        heard = found.listening
        told = (
            f"Given back: {heard.reflections}. Asked: {heard.questions} ({heard.open} open)."
            f" That is {heard.level}: one for each question is fair, two is good."
        )
        lines += [("heading", "Listening"), ("text", told)]
    each = "\n".join(said_line(one) for one in found.messages)
    lines += [("heading", "Message by message"), ("text", each)]
    lines += [("heading", "Over the tries"), ("text", "\n".join([found.earlier, *chart(tries)]))]
    return lines


def talk_lines(talk: Talk) -> list[tuple[str, str]]:
    """The talk as (who, text): "them" and "me"."""
    lines = [("them", talk.opening.text)]
    for turn in talk.turns:
        lines += [("me", turn.heard.text), ("them", turn.reply.shown)]
    return lines
