"""What an utterance is read as: the kinds, after the manual Motivational Interviewing Treatment
Integrity (MITI) 4.2.1 (Moyers, Manuel and Ernst, 2014), and further ones that mentoring needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Kind = Literal["question", "reflection", "advice", "affirmation", "other"]

Subtype = Literal[
    "open_question",  # leaves the answer to the other; "tell me about ..." is one (MITI)
    "closed_question",  # yes, no, one fact, or a choice; also asking leave; a statement with "?"
    "simple_reflection",  # gives back what was said with little added
    "complex_reflection",  # adds meaning, feeling, a guess at what lies behind, a metaphor
    "affirmation",  # names a strength, effort or success of the other
    "advice_asked",  # told what to do after asking for it, or with leave
    "advice_unasked",  # told what to do, warned or persuaded without
    "self_disclosure",  # the speaker's own life and feelings
    "request",  # asks the other to do something for the speaker
    "commitment",  # what the speaker will do
    "expectation",  # what the speaker expects of, or hopes for from, the work together
    "boundary",  # what the speaker will not do, or wants kept out
    "thanks",
    "apology",
    "other",  # listening noises, greetings, information, how the talk will go
]

KIND_OF: dict[Subtype, Kind] = {
    "open_question": "question",
    "closed_question": "question",
    "simple_reflection": "reflection",
    "complex_reflection": "reflection",
    "affirmation": "affirmation",
    "advice_asked": "advice",
    "advice_unasked": "advice",
    "self_disclosure": "other",
    "request": "other",
    "commitment": "other",
    "expectation": "other",
    "boundary": "other",
    "thanks": "other",
    "apology": "other",
    "other": "other",
}
"""The kind of each subtype. A request that is put as a question has the kind "question"."""


@dataclass(frozen=True)
class Utterance:
    """One turn of talk; ``before`` are the other person's last words, "" when not known."""

    text: str
    before: str = ""


@dataclass(frozen=True)
class Reading:
    """What an utterance mainly does.

    ``confidence`` (0 to 1) is the share of belief that goes to ``kind``; ``scores`` gives the
    share of each subtype over the whole utterance (they sum to 1): a long turn can hold several.
    """

    kind: Kind
    subtype: Subtype
    confidence: float
    scores: Mapping[Subtype, float] = field(default_factory=dict, compare=False)


class Reader(Protocol):
    """Reads utterances, each by itself: order and company do not change a reading."""

    def read(self, turns: Sequence[Utterance]) -> list[Reading]:
        """One reading a turn, in the order given."""
        ...
