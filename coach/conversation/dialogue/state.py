"""What a conversation is in the middle of. It is kept with each reply, so it survives the program.

The state of a conversation is what its newest reply says it is; nothing is held anywhere else, so
a conversation can be taken up after days, and another pair's conversation cannot reach into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from coach.storage.conversations import Message

OfferKind = Literal[
    "questions", "script", "roadmap", "goals", "brief", "check", "grow", "keep",
    "agreement", "followups", "goal", "close",
]  # fmt: skip
ListedKind = Literal["item", "need", "question", "option"]
Stage = Literal["goal", "reality", "options", "will"]

_REMEMBERED_NEEDS = 6


@dataclass(frozen=True)
class Offer:
    """Something the coach has offered to do; ``about`` says with what (a card, a script's kind,
    the words of a step to keep, the number of an item to close).
    """

    kind: OfferKind
    about: str = ""


@dataclass(frozen=True)
class Listed:
    """One entry of a list that the coach has shown: "the second one" means one of these."""

    kind: ListedKind
    ref: str
    text: str


@dataclass(frozen=True)
class Route:
    """A place on the GROW route: the stage that was asked about last, and what was answered.

    ``answers`` are the user's words for the stages that lie behind; ``asked_again`` says that the
    stage was put a second time in other words.
    """

    stage: Stage
    topic: str
    answers: tuple[str, ...] = ()
    asked_again: bool = False


@dataclass(frozen=True)
class State:
    """Where a conversation stands after a reply.

    ``need`` is the problem in hand in the user's own words, ``card`` the card it was answered
    from; ``waiting`` says that the coach put a question to the user before advising;
    ``earlier`` are needs that were left for another one, newest last. ``slot`` names what the
    coach has asked for to do a job: "script" for which talk it should be, "goal" for a goal.
    """

    need: str = ""
    card: str = ""
    waiting: bool = False
    offers: tuple[Offer, ...] = ()
    listed: tuple[Listed, ...] = ()
    route: Route | None = None
    earlier: tuple[str, ...] = field(default=())
    slot: str = ""

    def as_json(self) -> dict[str, Any]:
        """The state as plain JSON values, without what is empty."""
        return {key: _plain(value) for key, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> State:
        """The state that :meth:`as_json` gave ``values`` for."""
        route = values.get("route")
        return cls(
            need=values.get("need", ""),
            card=values.get("card", ""),
            waiting=values.get("waiting", False),
            offers=tuple(Offer(**one) for one in values.get("offers", ())),
            listed=tuple(Listed(**one) for one in values.get("listed", ())),
            route=Route(**{**route, "answers": tuple(route["answers"])}) if route else None,
            earlier=tuple(values.get("earlier", ())),
            slot=values.get("slot", ""),
        )

    def turned_to(self, need: str, card: str = "") -> State:
        """The state when the talk is about ``need`` from now on; offers and lists are over."""
        earlier = self.earlier
        if self.need and not need.startswith(self.need):
            kept = [one for one in earlier if one not in {self.need, need}]
            earlier = (*kept, self.need)[-_REMEMBERED_NEEDS:]
        return State(need=need, card=card, earlier=earlier)


def _plain(value: Any) -> Any:
    """``value`` as JSON gives it back: lists for tuples, all the way down."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def state_of(history: Sequence[Message]) -> State:
    """The state that the newest reply of ``history`` left; a fresh one when there is none."""
    for message in reversed(history):
        if message.author == "coach" and message.status == "complete":
            return State.from_json(message.detail.get("state", {}))
    return State()
