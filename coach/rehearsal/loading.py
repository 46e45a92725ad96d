"""Loading scenarios, and what they share, from ``knowledge``; whatever is wrong is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import cast, get_args

from coach.errors import NotFoundError
from coach.paths import content_root
from coach.rehearsal.fields import Fields
from coach.rehearsal.reading import Subtype
from coach.rehearsal.scenario import (
    OVER,
    Beat,
    Common,
    Counterpart,
    Cue,
    Difficulty,
    Habit,
    Line,
    Model,
    Role,
    Scenario,
    Skill,
)
from coach.rehearsal.state import LEVELS, Level, State

LEAST_LINES = 30
"""Texts that a counterpart has to have of their own: with fewer they soon run dry."""
LEAST_MODELS = 4
SLOTS = frozenset({"name", "quote", "thing", "limit"})
"""``{quote}``: a few of the user's own words; ``{thing}``: something from the pair's memory."""
_SLOT = re.compile(r"\{(\w*)\}")
_ID = re.compile(r"[a-z][a-z0-9-]*")


@cache
def common() -> Common:
    """What all scenarios share: ``knowledge/rehearsal.toml``, ``knowledge/temperaments.toml``."""
    folder = content_root() / "knowledge"
    fields = Fields.of_file(folder / "rehearsal.toml")
    moves = fields.table("moves")
    effects = {name: moves.feelings(name) for name in moves.names()}
    skills = {name: _skill(name, one) for name, one in fields.named("skills")}
    habits = {name: _habit(name, one) for name, one in fields.named("habits")}
    cues = {name: _cue(name, one, skills) for name, one in fields.named("cues")}
    levels = {level: _level(fields.table("levels").table(level)) for level in LEVELS}
    voices = Fields.of_file(folder / "temperaments.toml")
    replies = [*effects, *cues]
    lines = {
        voice: tuple(
            Line(inner.texts(move, least=2), () if move == "else" else (move,))
            for move in inner.names_among([*replies, "else"])
        )
        for voice, inner in voices.named("voice")
    }
    return Common(cues, effects, lines, skills, habits, levels)


def folders(home: Path | None = None) -> tuple[Path, ...]:
    """Where scenarios lie: those that ship, then the user's own in ``home/scenarios``."""
    own = (home / "scenarios",) if home else ()
    return (content_root() / "knowledge" / "scenarios", *own)


def scenarios(home: Path | None = None) -> list[Scenario]:
    """All scenarios, in the order of their files' names within a folder.

    Raises :class:`CoachError` for the first file that is not as docs/rehearsal.md has it.
    """
    found: dict[str, Scenario] = {}
    for folder in folders(home):
        for path in sorted(folder.glob("*.toml")):
            one = load(path)
            if one.id in found:
                raise Fields(path, "", {}).wrong("id", f"there is a scenario {one.id!r} already")
            found[one.id] = one
    return list(found.values())


def scenario(name: str, home: Path | None = None) -> Scenario:
    """The scenario with the id ``name``; raises :class:`NotFoundError` listing those there are."""
    known = scenarios(home)
    for one in known:
        if one.id == name.strip().casefold():
            return one
    listed = ", ".join(one.id for one in known)
    raise NotFoundError("Rehearsal", f"there is no scenario {name!r}", f"There is: {listed}.")


@cache
def load(path: Path) -> Scenario:
    """The scenario in ``path``."""
    shared = common()
    fields = Fields.of_file(path)
    name = fields.text("id")
    if name != path.stem or not _ID.fullmatch(name):
        raise fields.wrong("id", f"it has to be the file's own name, {path.stem!r}, in a-z and '-'")
    cues = {key: _cue(key, one, shared.skills) for key, one in fields.named("cues")}
    heard = [*cues, *shared.cues, *shared.moves]
    beats = tuple(_beat(one, heard) for one in fields.tables("beats"))
    if len(beats) < 2:
        raise fields.wrong("beats", "at least two beats are needed: an opening and a closing")
    names = [one.name for one in beats]
    lines = tuple(_line(one, heard, [*names, OVER]) for one in fields.tables("lines"))
    made = Scenario(
        id=name,
        title=fields.text("title"),
        role=cast("Role", fields.choice("for", get_args(Role))),
        aim=fields.text("aim"),
        setting=fields.text("setting"),
        skills=fields.choices("skills", shared.skills),
        cards=_cards(fields, "cards"),
        counterpart=_counterpart(fields.table("counterpart"), shared.lines),
        cues=cues,
        beats=beats,
        lines=lines,
        models=tuple(_model(one, shared.skills, names) for one in fields.tables("models")),
        levels=_levels(fields, shared),
    )
    fields.end()
    _check(fields, made)
    return made


def _check(fields: Fields, made: Scenario) -> None:
    total = sum(len(line.says) for line in made.lines)
    if total < LEAST_LINES:
        raise fields.wrong("lines", f"{total} texts to say are too few: write {LEAST_LINES}")
    if len(made.models) < LEAST_MODELS:
        raise fields.wrong("models", f"at least {LEAST_MODELS} exemplary lines are needed")
    if not made.skills:
        raise fields.wrong("skills", "name what the scenario practises, the most important first")
    seen: set[str] = set()
    for text in (text for line in made.lines for text in line.says):
        if text in seen:
            raise fields.wrong("lines", f"{text!r} stands here twice: reword one")
        seen.add(text)
    first = made.beats[0].name
    if not any("opening" in line.to and first in line.beats for line in made.lines):
        raise fields.wrong("lines", f'nothing opens the talk: to = "opening", in = {first!r}')
    if not any(OVER in line.beats for line in made.lines):
        raise fields.wrong("lines", f"nothing ends the talk early: write lines with in = {OVER!r}")
    for beat in made.beats:
        if not any(beat.name in line.beats for line in made.lines):
            raise fields.wrong("lines", f"there is no line for the beat {beat.name!r}: write some")


def _cue(name: str, fields: Fields, skills: Iterable[str]) -> Cue:
    made = Cue(
        name, fields.texts("hears", least=3), fields.choices("does", skills),
        fields.feelings("effect"),
        fields.flag("dodge"),
        fields.flag("setback"),
    )  # fmt: skip
    fields.end()
    return made


def _beat(fields: Fields, heard: Sequence[str]) -> Beat:
    made = Beat(fields.text("name"), fields.choices("after", heard), fields.condition("if"))
    fields.end()
    return made


def _line(fields: Fields, heard: Sequence[str], beats: Sequence[str]) -> Line:
    says = fields.texts("say", least=1)
    for text in says:
        unknown = {m[1] for m in _SLOT.finditer(text)} - SLOTS
        if unknown:
            slots = ", ".join(f"{{{slot}}}" for slot in sorted(SLOTS))
            raise fields.wrong("say", f"there is no slot {{{unknown.pop()}}}; there are {slots}")
    made = Line(
        says, fields.choices("to", heard), fields.choices("in", beats), fields.condition("if")
    )
    fields.end()
    return made


def _model(fields: Fields, skills: Iterable[str], beats: Sequence[str]) -> Model:
    made = Model(fields.choice("skill", skills), fields.choice("in", beats), fields.text("say"))
    fields.end()
    return made


def _counterpart(fields: Fields, voices: Iterable[str]) -> Counterpart:
    start = dict.fromkeys(("warmth", "openness"), 0.5) | {"patience": 0.7}
    made = Counterpart(
        fields.text("name"),
        fields.choice("temperament", voices),
        fields.text("described"),
        fields.text("wants"),
        fields.text("fears"),
        State(**start | fields.feelings("start", 0.0)),
        fields.flag("outsider"),
    )
    fields.end()
    return made


def _levels(fields: Fields, shared: Common) -> dict[Level, Difficulty]:
    inner = fields.table("levels")
    made = {
        level: _level(inner.table(level)) if level in inner else shared.levels[level]
        for level in LEVELS
    }
    inner.end()
    return made


def _level(fields: Fields) -> Difficulty:
    made = Difficulty(
        fields.feelings("start"),
        fields.figure("ups", 1, 0, 3),
        fields.figure("downs", 1, 0, 3),
        int(fields.figure("pushes", 1, 1, 3)),
    )
    fields.end()
    return made


def _skill(name: str, fields: Fields) -> Skill:
    inner = fields.table("reads")
    inner.names_among(get_args(Subtype))
    reads: dict[Subtype, float] = {
        one: inner.figure(one, 0.0, 0.0, 2.0) for one in get_args(Subtype) if one in inner
    }
    made = Skill(
        name, fields.text("title"), _card(fields, fields.text("card")), fields.text("hint"), reads,
        fields.flag("only_practised"),
    )  # fmt: skip
    fields.end()
    return made


def _habit(name: str, fields: Fields) -> Habit:
    made = Habit(
        name, fields.text("title"), _card(fields, fields.text("card")),
        fields.figure("costs", 0, 0, 3),
        cast("tuple[Role, ...]", fields.choices("for", get_args(Role))),
    )  # fmt: skip
    fields.end()
    return made


def _cards(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(_card(fields, one) for one in fields.texts(key, least=1))


def _card(fields: Fields, card: str) -> str:
    if not (content_root() / "knowledge" / "cards" / f"{card}.md").is_file():
        raise fields.wrong("card", f"there is no card {card!r}; `coach kb search` finds one")
    return card
