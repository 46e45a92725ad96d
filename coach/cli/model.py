"""``coach model``: which model words the replies, what it is sent, what it costs."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import emit, escaped, json_option, opened

if TYPE_CHECKING:
    from coach.models.chat import Payload
    from coach.models.chosen import Choice, Use

_EXTRAS = {
    "ollama": "langchain_ollama", "openai": "langchain_openai",
    "anthropic": "langchain_anthropic", "local": "xllamacpp",
}  # fmt: skip
_GREETING = "Answer with the one word: ready"


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def model(ctx: click.Context, *, as_json: bool) -> None:
    """Which model words the replies. The built-in engine needs none, and is the default."""
    if ctx.invoked_subcommand is None:
        listed = _listed()
        emit(as_json, listed, lambda: _shown(listed))


@model.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """The model in use, and what could be chosen."""
    listed = _listed()
    emit(as_json, listed, lambda: _shown(listed))


@model.command()
@click.argument("wanted")
@click.option("--name", default="", help="The model's name at an address.")
@click.option("--at", "base", default="", metavar="URL", help="Another address of a provider.")
@json_option
def use(wanted: str, name: str, base: str, *, as_json: bool) -> None:
    """Choose: built-in, provider:model, an OpenAI-compatible address, or a .gguf file."""
    from pathlib import Path

    from coach.models.chosen import choice_of, write_choice
    from coach.models.opening import open_model
    from coach.paths import default_places

    choice = choice_of(wanted, name, base)
    if choice.how == "file":
        from coach.models.local import check_file

        check_file(Path(choice.model))
    open_model(choice, 60.0)
    write_choice(default_places(), choice)
    emit(as_json, {"model": _told(choice)}, lambda: _chosen(choice))


@model.command()
@json_option
def test(*, as_json: bool) -> None:
    """Send one fixed sentence to the chosen model, and say how long its answer takes."""
    import asyncio

    from coach.models.trying import attempt

    with opened() as coach:
        speaker = coach.speaker
        if speaker is None:
            done: dict[str, Any] = {"name": "built-in", "ready": True, "seconds": 0.0}
        else:
            tried = asyncio.run(attempt(speaker.model, _GREETING, coach.settings.model_timeout))
            done = {"name": speaker.model.name, "ready": True, "seconds": round(tried, 2)}
    emit(as_json, {"model": done}, lambda: f"{done['name']} answers, after {done['seconds']} s.")


@model.command()
@click.argument("text")
@click.option("--pair", "pair_name", metavar="PAIR", help="The pair that it is about.")
@json_option
def preview(text: str, pair_name: str | None, *, as_json: bool) -> None:
    """The exact bytes that asking TEXT now would send. Sends nothing, keeps nothing."""
    from coach.bootstrap.previewing import preview as look
    from coach.cli.proposing import show_payload

    with opened(warm=True) as coach:
        found = look(coach, pair_name, text)
    show_payload(found, as_json=as_json)


@model.command()
@click.option(
    "--for", "use", type=click.Choice(["replies", "notes", "rehearsals"]), default="replies",
    show_default=True, help="What it is asked for.",
)  # fmt: skip
@json_option
def allow(use: Use, *, as_json: bool) -> None:
    """Let requests go to the remote model that is chosen, as the previews show them."""
    from coach.errors import UsageError
    from coach.models.chosen import allow as record
    from coach.models.chosen import read_choice
    from coach.paths import default_places

    choice = read_choice(default_places())
    if not choice.remote:
        raise UsageError("Chat model", f"{choice.name} sends nothing away", "Nothing to allow.")
    choice = record(default_places(), use)
    emit(
        as_json,
        {"model": _told(choice)},
        lambda: f"What {use} need may go to {choice.name} now.",
    )


@model.command()
def key() -> None:
    """Keep the API key of the chosen model in the system's keyring."""
    from coach.errors import UsageError
    from coach.models.chat_keys import keep_key
    from coach.models.chosen import read_choice
    from coach.paths import default_places

    choice = read_choice(default_places())
    if choice.how in {"built-in", "file"}:
        raise UsageError("Key", f"{choice.name} needs none", "Choose a model first.")
    if sys.stdin.isatty():
        secret = str(click.prompt(f"Key for {choice.name}", hide_input=True, err=True))
    else:
        secret = sys.stdin.readline().strip()
    if not secret:
        raise UsageError("Key", "it is empty", "Type it, or give it on standard input.")
    keep_key(choice, secret)
    click.echo("Kept in the keyring.", err=True)


def _listed() -> dict[str, Any]:
    from importlib.util import find_spec

    from coach.models.chosen import read_choice
    from coach.paths import default_places

    extras = {name: find_spec(module) is not None for name, module in _EXTRAS.items()}
    return {"model": _told(read_choice(default_places())), "installed": extras}


def _told(choice: Choice) -> dict[str, Any]:
    from typing import get_args

    from coach.models.chosen import Use

    return {
        "name": choice.name,
        "remote": choice.remote,
        "address": choice.address,
        "allowed": choice.allowed or not choice.remote,
        "allowed_for": [use for use in get_args(Use) if choice.lets(use) or not choice.remote],
    }


def _shown(listed: dict[str, Any]) -> str:
    told = listed["model"]
    where = "remote" if told["remote"] else "on this machine"
    lines = [f"In use: {told['name']} ({where})"]
    if not told["allowed"]:
        lines.append("Nothing is sent before you allow it: coach model preview, coach model allow")
    lines += ["", "coach model use ...", "  built-in                       needs nothing (default)"]
    about = {
        "ollama": ("ollama:MODEL", "a model that Ollama runs"),
        "openai": ("http://127.0.0.1:8080/v1 --name MODEL", "any OpenAI-compatible server"),
        "anthropic": ("anthropic:MODEL", "a model of Anthropic's"),
        "local": ("FILE.gguf", "a GGUF file of your own"),
    }
    for extra, there in listed["installed"].items():
        form, what = about[extra]
        hint = "" if there else f"; first: pip install 'mentoring-coach[{extra}]'"
        lines.append(f"  {form:<30} {what}{hint}")
    return "\n".join(lines)


def _chosen(choice: Choice) -> str:
    lacks = _lacks(choice)
    first = f"First install what it needs: pip install 'mentoring-coach[{lacks}]'\n"
    first = first if lacks else ""
    if not choice.remote:
        return f"{first}Replies are worded by {choice.name}. Nothing leaves this machine."
    return first + (
        f"Replies will be worded by {choice.name}, which is not on this machine.\n"
        "Nothing is sent before you allow it. See first what would be:\n"
        '  coach model preview "How do I give feedback?"\n'
        "  coach model allow"
    )


def _lacks(choice: Choice) -> str:
    """The extra that the choice needs and that is not installed; "" for none."""
    needed = {"address": "openai", "file": "local"}.get(choice.how, choice.provider)
    installed: dict[str, bool] = _listed()["installed"]
    return "" if installed.get(needed, True) else needed


def leave(payload: Payload, use: Use) -> bool:
    """Show a request on the terminal, and ask whether it may go."""
    click.echo(f"This would be sent to {payload.address}:", err=True)
    body = payload.body.decode("utf-8", "replace")
    with suppress(ValueError):  # what is not JSON is shown as it is
        body = json.dumps(json.loads(body), ensure_ascii=False, indent=1)
    click.echo(escaped(body), err=True)
    return click.confirm(f"Let this, and what later {use} need, be sent?", err=True)
