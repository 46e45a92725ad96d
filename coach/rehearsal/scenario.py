"""What a scenario is: data from ``knowledge/scenarios``, checked by :mod:`.loading`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coach.rehearsal.reading import Subtype
from coach.rehearsal.state import ALWAYS, Condition, Level, State

Role = Literal["mentor", "mentee"]
OVER = "over"
"""The beat of a counterpart who ends the talk; every scenario has lines for it."""


@dataclass(frozen=True)
class Cue:
    """Something that the user may say, known by examples of it.

    ``does`` names the skills that it shows, ``effect`` how it changes the counterpart's state. A
    ``dodge`` goes round the matter, a ``setback`` does what the counterpart fears.
    """

    name: str
    hears: tuple[str, ...]
    does: tuple[str, ...] = ()
    effect: Mapping[str, float] = field(default_factory=dict)
    dodge: bool = False
    setback: bool = False

    @property
    def helps(self) -> bool:
        """Whether saying it is of any use."""
        return not (self.dodge or self.setback)


@dataclass(frozen=True)
class Line:
    """What the counterpart may say: one of ``says``, in reply to any of ``to``, in ``beats``.

    Nothing in ``to`` or ``beats`` means that anything, or anywhere, will do.
    """

    says: tuple[str, ...]
    to: tuple[str, ...] = ()
    beats: tuple[str, ...] = ()
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Beat:
    """A stage of the talk. It is entered from the one before by any cue or move in ``after``."""

    name: str
    after: tuple[str, ...] = ()
    when: Condition = ALWAYS


@dataclass(frozen=True)
class Model:
    """An exemplary line of the user's, showing ``skill`` in ``beat``."""

    skill: str
    beat: str
    say: str


@dataclass(frozen=True)
class Counterpart:
    """Who the user talks to; ``temperament`` names a section of the common lines.

    An ``outsider`` is not the other person of the pair, and takes nothing from its memory.
    """

    name: str
    temperament: str
    described: str
    wants: str
    fears: str
    start: State
    outsider: bool = False


@dataclass(frozen=True)
class Difficulty:
    """What a level changes: the state at the start, and how much is gained and lost on the way.

    The second beat, where the counterpart pushes back, lasts at least ``pushes`` messages.
    """

    start: Mapping[str, float]
    ups: float
    downs: float
    pushes: int


@dataclass(frozen=True)
class Scenario:
    """A conversation to rehearse; ``role`` is the user's."""

    id: str
    title: str
    role: Role
    aim: str
    setting: str
    skills: tuple[str, ...]
    cards: tuple[str, ...]
    counterpart: Counterpart
    cues: Mapping[str, Cue]
    beats: tuple[Beat, ...]
    lines: tuple[Line, ...]
    models: tuple[Model, ...]
    levels: Mapping[Level, Difficulty]

    def after(self, name: str) -> Beat | None:
        """The beat that follows ``name``; None for the last one."""
        place = [one.name for one in self.beats].index(name) + 1
        return self.beats[place] if place < len(self.beats) else None

    @property
    def texts(self) -> tuple[str, ...]:
        """What a user reads of it, but for the models: none of it is the user's own words."""
        who = self.counterpart
        spoken = [text for line in self.lines for text in line.says]
        told = (self.title, self.aim, self.setting, who.described, who.wants, who.fears)
        return (*told, *spoken)

    def as_json(self) -> dict[str, object]:
        """The scenario as the command line lists it."""
        who = self.counterpart
        return {
            "id": self.id,
            "title": self.title,
            "for": self.role,
            "aim": self.aim,
            "setting": self.setting.replace("{name}", who.name),
            "skills": list(self.skills),
            "cards": list(self.cards),
            "counterpart": {
                "name": who.name,
                "temperament": who.temperament,
                "wants": who.wants,
                "fears": who.fears,
            },
            "difficulties": list(self.levels),
        }


@dataclass(frozen=True)
class Skill:
    """Something that a rehearsal practises, and how it is read.

    ``reads`` says how much each subtype of an utterance counts for it; cues may show it too.
    One that is ``only_practised`` counts in no scenario but those that practise it.
    """

    name: str
    title: str
    card: str
    hint: str
    reads: Mapping[Subtype, float]
    only_practised: bool = False


@dataclass(frozen=True)
class Habit:
    """Something that costs: how much at most, and the card that says why."""

    name: str
    title: str
    card: str
    costs: float
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Common:
    """What all scenarios share; ``moves`` are the effects of what the user does, by name."""

    cues: Mapping[str, Cue]
    moves: Mapping[str, Mapping[str, float]]
    lines: Mapping[str, tuple[Line, ...]]
    skills: Mapping[str, Skill]
    habits: Mapping[str, Habit]
    levels: Mapping[Level, Difficulty]
