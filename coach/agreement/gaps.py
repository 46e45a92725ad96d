"""Where the two differ or one is silent: a middle ground, and words to bring it up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from coach.agreement.agreement import Agreement, Entry, same
from coach.agreement.channels import named
from coach.agreement.hours import open_hours, overlap
from coach.agreement.measures import (
    Middle,
    length,
    middle_length,
    middle_rhythm,
    middle_span,
    rhythm,
    span,
)
from coach.agreement.topics import Topic, terms
from coach.content import wordings
from coach.text import join_names

State = Literal["settled", "same", "differ", "silent-mine", "silent-theirs", "reopened", "unsaid"]
OPEN: frozenset[State] = frozenset({"differ", "silent-mine", "silent-theirs", "reopened"})
"""The states that make a gap."""

_SAID = {"call": "phone", "video": "video call", "message": "message", "email": "e-mail",
         "letter": "letter", "visit": "visit", "meeting": "meeting"}  # fmt: skip
_CLOSE = 1.06
"""Two figures are the same when one is at most this many times the other."""


@dataclass(frozen=True)
class Gap:
    """One topic that is not settled; ``middle`` is what to suggest and ``say`` how to bring it up.

    ``computed`` tells whether the middle ground was worked out from figures or hours.
    """

    topic: str
    title: str
    state: State
    mine: str
    theirs: str
    agreed: str
    middle: str
    computed: bool
    say: str
    card: str

    def as_json(self) -> dict[str, Any]:
        """The gap as the command line prints it."""
        return {**vars(self)}


def state_of(entry: Entry, topic: Topic) -> State:
    """How far the two have got on one topic."""
    if entry.settled:
        return "settled"
    if entry.reopened:
        return "reopened"
    if not (entry.mine or entry.theirs):
        return "unsaid"
    if not entry.theirs:
        return "silent-theirs"
    if not entry.mine:
        return "silent-mine"
    return "same" if agree(entry.mine, entry.theirs, topic) else "differ"


def gaps(agreement: Agreement, name: str) -> list[Gap]:
    """The topics on which the two differ or one is silent; ``name`` is what to call the other."""
    found = []
    for place, topic in enumerate(terms().topics.values()):
        entry = agreement.entry(topic.name)
        state = state_of(entry, topic)
        if state in OPEN:
            found.append(_gap(topic, entry, state, name, place))
    return found


def unsaid(agreement: Agreement) -> list[Topic]:
    """The topics about which neither has said anything."""
    return [t for t in terms().topics.values() if agreement.entry(t.name).empty]


def agree(one: str, other: str, topic: Topic) -> bool:
    """Whether two answers come to the same: "fortnightly" and "every two weeks" do."""
    if same(one, other):
        return True
    if topic.measure == "hours":
        left, right = open_hours(one), open_hours(other)
        return left is not None and left == right
    if topic.measure == "channel":
        ways = [_ways(text) for text in (one, other)]
        return bool(ways[0]) and ways[0] == ways[1] and not any(map(_more, (one, other)))
    figures = _figures(topic, one, other)
    return figures is not None and max(figures) <= _CLOSE * min(figures)


def middle(one: str, other: str, topic: Topic) -> Middle:
    """A happy medium between two answers: worked out where they name figures, else in words."""
    figures = _figures(topic, one, other)
    if figures is not None:
        between = {"rhythm": middle_rhythm, "length": middle_length}.get(topic.measure, middle_span)
        return between(*figures)
    if topic.measure == "hours":
        both = overlap(one, other)
        if both:
            return Middle(both, computed=True)
        return _worded("hours apart" if both == "" else "text", one, other)
    if topic.measure == "channel":
        left, right = _ways(one), _ways(other)
        shared = [way for way in left if way in right]
        if shared:
            return _worded("channel both", one, other, _by_name(shared))
        if left and right:
            return _worded("channel apart", _by_name(left), _by_name(right))
        return _worded("text", one, other)
    known = wordings("agreement-gaps")
    if topic.name == "place" and (_more(one) or _more(other)):
        # "Take turns: once not in the office" is no middle.
        return _worded("text", one, other)
    heading = topic.name if f"middle {topic.name}" in known else topic.measure
    return _worded(heading, one, other)


def _figures(topic: Topic, one: str, other: str) -> tuple[float, float] | None:
    read = {"rhythm": rhythm, "length": length, "span": span}.get(topic.measure)
    left, right = (read(one), read(other)) if read else (None, None)
    return (left, right) if left and right else None


def _ways(text: str) -> list[str]:
    return list(dict.fromkeys(one.channel for one in named(text) if one.channel != "contact"))


def _by_name(ways: list[str]) -> str:
    """Channels in words that stand within a sentence, whatever was written of them."""
    return join_names([_SAID.get(way, way) for way in ways])


def _more(text: str) -> bool:
    return bool(re.search(r"\b(?:no|not|never|only|except)\b|n't", text.lower()))


def _worded(heading: str, one: str, other: str, both: str = "") -> Middle:
    line = wordings("agreement-gaps")[f"middle {heading}"][0]
    return Middle(_filled(line, mine=one, theirs=other, both=both), computed=False)


def _gap(topic: Topic, entry: Entry, state: State, name: str, place: int) -> Gap:
    found = Middle("", computed=False)
    if state in {"differ", "reopened"} and entry.mine and entry.theirs:
        found = middle(entry.mine, entry.theirs, topic)
    heading = f"say {state.replace('-', ' ')}"
    if state == "differ" and found.computed:
        heading += " computed"
    options = wordings("agreement-gaps")[heading]
    say = _filled(
        options[place % len(options)],
        name=name,
        mine=inline(entry.mine),
        theirs=inline(entry.theirs),
        agreed=inline(entry.agreed),
        middle=found.text,
        question=topic.question,
    )
    return Gap(
        topic.name, topic.title, state, entry.mine, entry.theirs, entry.agreed,
        found.text, found.computed, say, topic.card,
    )  # fmt: skip


def inline(text: str) -> str:
    """``text`` as it can stand within a sentence: one line, without its full stop."""
    return " ".join(text.replace('"', "'").split()).rstrip(" .;,")


def _filled(line: str, **slots: str) -> str:
    """``line`` with its slots filled, once each, so that a text with braces stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda match: slots.get(match[1], match[0]), line)
