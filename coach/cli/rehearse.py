"""``coach rehearse``: a conversation tried out beforehand, headless or line by line."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import emit, json_option, on_option, opened, writable
from coach.cli.files import STANDARD_INPUT, read_text
from coach.errors import UsageError
from coach.text import clean

if TYPE_CHECKING:
    from datetime import date

    from coach.bootstrap import Coach
    from coach.rehearsal.counterpart import Reply
    from coach.rehearsal.feedback import Feedback
    from coach.rehearsal.scenario import Scenario
    from coach.rehearsal.service import Told
    from coach.rehearsal.talk import Talk
    from coach.storage.pairs import Pair

_MOST_TURNS = 200
_COMMANDS = "/hint helps on, /rewind takes the last turn back, /end goes to the feedback."


@click.command()
@click.argument("pair_name", metavar="[PAIR]", required=False)
@click.option("--list", "listed", is_flag=True, help="The scenarios there are.")
@click.option("--scenario", "name", metavar="S", help="Which conversation; --list shows them.")
@click.option(
    "--turns", metavar="FILE", help="What you say: a line a turn, or JSON lines; - for the input."
)
@click.option(
    "--difficulty", default="plain", show_default=True, help="easy, plain or hard."
)  # fmt: skip
@click.option("--from-memory", is_flag=True, help="The counterpart is PAIR, as far as is known.")
@click.option("--private", is_flag=True, help="With --from-memory: what is private too.")
@click.option("--keep-words", is_flag=True, help="Keep what you said as a script.")
@click.option("--words", is_flag=True, help="Show the script kept for the scenario.")
@click.option("--preview", is_flag=True, help="With a model: the bytes that the last turn sends.")
@click.option("--read", "read_file", metavar="FILE", help="Read utterances alone (JSON lines).")
@on_option
@json_option
def rehearse(
    pair_name: str | None, name: str | None, turns: str | None, difficulty: str,
    read_file: str | None, on: date | None, *, listed: bool, from_memory: bool, private: bool,
    keep_words: bool, words: bool, preview: bool, as_json: bool,
) -> None:  # fmt: skip
    """Try out a conversation with PAIR beforehand, and hear what worked.

    In a terminal the counterpart answers line by line. With --turns FILE it answers each line of
    the file. Feedback follows: per message 0 to 3 and why, what worked, one thing to try.
    """
    if read_file is not None:
        from coach.cli.rehearse_read import read_utterances

        read_utterances(read_file, as_json=as_json)
        return
    if listed:
        _list(as_json=as_json)
        return
    if not name:
        raise UsageError("Rehearsal", "no scenario is named", "Name one: --scenario S; --list.")
    if not pair_name:
        raise UsageError("Rehearsal", "there is no pair named", "`coach pair list` shows them.")
    interactive = turns is None and not (words or preview) and sys.stdin.isatty() and not as_json
    said = [] if interactive or words else read_turns(turns)
    with opened(on) as coach:
        pair = coach.find_pair(pair_name)
        if words:
            _show_words(coach, pair, name, as_json=as_json)
            return
        talk = coach.rehearsals.begin(
            pair, name, difficulty, from_memory=from_memory, private=private
        )
        if preview:
            _preview(coach, coach.rehearsals.replay(talk, said), as_json=as_json)
            return
        played = coach.rehearsals.play
        talk = _talk(coach, talk) if interactive else asyncio.run(played(talk, said))
        told = coach.rehearsals.finish(pair, talk, coach.today)
        if keep_words:
            coach.rehearsals.keep_words(pair, talk, coach.today)
    document = _document(pair, talk, told, max(0, len(said) - len(talk.turns)))
    emit(as_json, document, lambda: _shown(talk, told, whole=not interactive))


def _preview(coach: Coach, talk: Talk, *, as_json: bool) -> None:
    from coach.bootstrap.helping import actor_of, role_of
    from coach.cli.proposing import show_payload, would_send

    actor = actor_of(coach)
    if actor is None:
        raise UsageError("Preview", "the built-in engine sends nothing", "It needs no preview.")
    show_payload(would_send(lambda: actor.preview(role_of(coach, talk))), as_json=as_json)


def _list(*, as_json: bool) -> None:
    from coach.paths import default_places
    from coach.rehearsal.loading import scenarios

    found = scenarios(default_places().home)
    document = {"scenarios": [one.as_json() for one in found]}
    emit(as_json, document, lambda: _listed(found))


def _listed(found: list[Scenario]) -> str:
    lines: list[str] = []
    for role in ("mentee", "mentor"):
        lines += [f"For a {role}", *(f"  {s.id:22} {s.title}" for s in found if s.role == role), ""]
    return "\n".join([*lines, "coach rehearse PAIR --scenario S [--difficulty easy|plain|hard]"])


def _show_words(coach: Coach, pair: Pair, name: str, *, as_json: bool) -> None:
    from coach.rehearsal.loading import scenario

    kept = coach.rehearsals.words(pair, scenario(name, coach.places.home).id)
    nothing = "Nothing is kept yet: rehearse with --keep-words."
    emit(as_json, {"scenario": name, "markdown": kept}, lambda: kept or nothing)


# -- what is said -----------------------------------------------------------------------------


def read_turns(source: str | None) -> list[str]:
    """The user's turns: one a line, or JSON lines with a text or ``{"text": ...}``.

    A file without a word is one empty turn. Raises :class:`UsageError` naming what is wrong.
    """
    raw = read_text("Turns", source or STANDARD_INPUT)
    if source in {None, STANDARD_INPUT} and not raw.strip():
        raise UsageError(
            "Turns", "there is nothing to say", "Give --turns FILE, or start it in a terminal."
        )
    lines = [(number, line) for number, line in enumerate(raw.splitlines(), 1) if line.strip()]
    as_objects = str(source).endswith(".jsonl") or all(
        line.lstrip().startswith("{") for _, line in lines
    )
    found = [_object(source, *one) if as_objects else one[1] for one in lines]
    if len(found) > _MOST_TURNS:
        raise UsageError(
            "Turns", f"{len(found)} turns are too many", f"Give at most {_MOST_TURNS}."
        )
    return [clean(writable(text)) for text in found] or [""]


def _object(source: str | None, number: int, line: str) -> str:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    text = value.get("text") if isinstance(value, dict) else value
    if not isinstance(text, str):
        raise UsageError(
            "Turns",
            f'{source or "the input"}:{number} is neither a text nor an object with a "text"',
            'Write lines such as {"text": "Could we meet more often?"}.',
        )
    return text


def _talk(coach: Coach, talk: Talk) -> Talk:
    """A talk line by line, until it ends, the user ends it, or the input does."""
    from coach.cli.chat import messages

    them = talk.called
    setting = talk.scenario.setting.replace("{name}", talk.name)
    _say(f"{talk.scenario.title}\n{setting}\nYour aim: {talk.scenario.aim}\n{_COMMANDS}")
    _say(f"{them}: {talk.opening.text}")
    for text in messages(prompts=True):
        match text.casefold():
            case "/end" | "/quit" | "/stop":
                break
            case "/hint":
                _say(f"Hint: {coach.rehearsals.hint(talk)}")
            case "/rewind" if talk.turns:
                talk = coach.rehearsals.rewind(talk)
                _say(f"{them}: {talk.last.shown}")
            case said if said.startswith("/"):
                _say(_COMMANDS)
            case _:
                after = coach.rehearsals.say(talk, text)
                talk = asyncio.run(coach.rehearsals.worded(after))
                _say("\n".join([f"{them}: {talk.last.shown}", *_as_written(talk.last)]))
        if talk.ending:
            break
    return talk


def _as_written(reply: Reply) -> list[str]:
    return [f"(Worded by the built-in engine: {reply.why})"] if reply.why else []


def _say(text: str) -> None:
    click.echo(clean(text, None) + "\n")
    sys.stdout.flush()


# -- what is told -----------------------------------------------------------------------------


def _document(pair: Pair, talk: Talk, told: Told, unplayed: int) -> dict[str, Any]:
    return {
        "pair": pair.slug, "scenario": talk.scenario.id, "difficulty": talk.level,
        "counterpart": talk.name, "transcript": talk.as_json(),
        "feedback": {**told.feedback.as_json(), "trend": list(told.trend)},
        "ended": talk.ending, "unplayed": unplayed,
    }  # fmt: skip


def _shown(talk: Talk, told: Told, *, whole: bool) -> str:
    lines: list[str] = []
    if whole:
        lines.append(f"{talk.called}: {talk.opening.text}")
        for turn in talk.turns:
            lines += [f"You: {turn.heard.text}", f"{talk.called}: {turn.reply.shown}"]
            lines += _as_written(turn.reply)
        lines.append("")
    return "\n".join([*lines, *_feedback(told.feedback)])


def _feedback(found: Feedback) -> list[str]:
    lines = [f"What worked: {found.worked}", found.attempt + f" [{found.card}]"]
    if found.better:
        lines.append(f"Instead of “{found.better.instead_of}”: “{found.better.say}”")
    if found.listening:
        heard = found.listening
        counts = f"{heard.reflections} given back, {heard.questions} asked"
        lines.append(f"Listening: {counts}; {heard.level} (two for each question is good).")
    lines += [
        "",
        *(
            f"{one.points if one.counted else '–'}  {one.reason} [{one.card}]"
            for one in found.messages
        ),
    ]
    return [*lines, "", f"Together {found.total:g} of 3. {found.earlier}"]
