"""``coach manual``: the manual pages, from the commands' own help."""

from __future__ import annotations

import re
from pathlib import Path

import click

from coach.cli.common import emit, json_option
from coach.errors import UsageError


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@json_option
def manual(folder: Path, *, as_json: bool) -> None:
    """Write the manual pages into FOLDER, such as ~/.local/share/man/man1; then `man coach`."""
    from coach.cli.main import cli

    made = pages(cli)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            "Manual", f"{folder} cannot be written: {error.strerror}", "Name another folder."
        ) from None
    emit(as_json, {"folder": str(folder), "pages": sorted(made)},
         lambda: f"{len(made)} pages are in {folder}.")  # fmt: skip


def pages(command: click.Command, parent: click.Context | None = None) -> dict[str, str]:
    """File name and text (roff) of the page of ``command`` and of each command below it."""
    from click_man.man import ManPage

    from coach import __version__

    context = click.Context(command, info_name=command.name if parent else "coach", parent=parent)
    below = _below(command, context)
    page = ManPage(context.command_path)
    page.version = __version__
    page.date = ""
    page.short_help = _first(command)
    page.description = _paragraphs(command.help or "")
    page.synopsis = " ".join(command.collect_usage_pieces(context))
    page.options = [
        record for one in command.get_params(context)
        if isinstance(one, click.Option) and (record := one.get_help_record(context))
    ]  # fmt: skip
    page.commands = [(one.name, _first(one)) for one in below]
    made = {f"{context.command_path.replace(' ', '-')}.1": f"{page}\n"}
    for one in below:
        made |= pages(one, context)
    return made


def _below(command: click.Command, context: click.Context) -> list[click.Command]:
    if not isinstance(command, click.Group):
        return []
    found = [command.get_command(context, name) for name in command.list_commands(context)]
    return [one for one in found if one is not None and not one.hidden]


def _first(command: click.Command) -> str:
    """The first sentence of the help."""
    whole = " ".join((command.help or "").split("\n\n")[0].split())
    return re.split(r"(?<=[a-z)\]])\.(?:\s|$)|; ", whole, maxsplit=1)[0]


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.replace("\b", "").split("\n\n"))
