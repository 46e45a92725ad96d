"""``coach prepare``, ``doctor`` and ``completion``."""

from __future__ import annotations

import click

from coach.cli.common import emit, json_option
from coach.errors import CoachError


@click.command()
def prepare() -> None:
    """Get the model and the index ready, so that the first answer comes at once."""
    from coach.bootstrap import open_coach

    def tell(message: str) -> None:
        click.echo(f"  {message} ...", err=True)

    coach = open_coach()
    try:
        coach.warm_up(tell)
        if coach.search_state:
            raise CoachError("Prepare", coach.search_state, "`coach doctor` says more.")
        coach.read_examples(tell)
    finally:
        coach.close()
    click.echo("  ready", err=True)


@click.command()
@json_option
def doctor(*, as_json: bool) -> None:
    """Show where everything lies, versions, and what to mend."""
    from coach.cli.examination import examine

    findings = examine()
    emit(as_json, findings.as_json(), findings.as_text)
    if findings.problems:
        raise CoachError(
            "Doctor", f"{len(findings.problems)} to mend", "The lines marked with ! say what to do."
        )


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of SHELL; see the user guide for where to put it."""
    from click.shell_completion import get_completion_class

    from coach.cli.main import cli

    found = get_completion_class(shell)
    assert found is not None
    script = found(cli, {}, "coach", "_COACH_COMPLETE").source()
    # click 8.3 ends what fish tells about a command at its first comma.
    click.echo(script.replace('string split ","', 'string split -m 1 ","'))
