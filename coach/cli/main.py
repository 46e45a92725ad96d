"""The ``coach`` command: finds the group that a command belongs to, and reports errors."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from coach import __version__
from coach.errors import CoachError

# Name -> where it is. A command's module is imported when it is run or when its help is shown.
_COMMANDS = {
    "chat": ("coach.cli.chat:chat", "Talk with the coach: in the app, or line by line."),
    "serve": ("coach.cli.serve:serve", "The app in a browser, on this machine."),
    "ask": ("coach.cli.talk:ask", "Ask for advice, questions or words to say."),
    "questions": ("coach.cli.questions:questions", "Good questions to ask the other person."),
    "script": ("coach.cli.agreement:script", "Words to say for one conversation."),
    "agreement": ("coach.cli.agreement:agreement", "Settle how the two of you work together."),
    "pair": ("coach.cli.pair:pair", "Add, list, show or delete mentoring pairs."),
    "kb": ("coach.cli.kb:kb", "Search the knowledge library; add your own documents."),
    "log": ("coach.cli.memory:log", "Keep a note about a session."),
    "followups": ("coach.cli.memory:followups", "What to come back to, now."),
    "memory": ("coach.cli.memory:memory", "List, search, change or forget what is remembered."),
    "session": ("coach.cli.session:session", "Plan sessions; exchange them with a calendar."),
    "prep": ("coach.cli.prep:prep", "One page for the next session."),
    "debrief": ("coach.cli.prep:debrief", "Keep what came out of a session."),
    "goal": ("coach.cli.goal:goal", "Set, list and follow goals."),
    "roadmap": ("coach.cli.roadmap:roadmap", "Topics over the coming sessions."),
    "rehearse": ("coach.cli.rehearse:rehearse", "Try out a conversation beforehand."),
    "check": ("coach.cli.check:check", "How the relationship is going, from both sides."),
    "model": ("coach.cli.model:model", "Which model words the replies."),
    "export": ("coach.cli.transfer:export", "Print all that is kept of a pair."),
    "backup": ("coach.cli.transfer:backup", "Write everything into one encrypted file."),
    "restore": ("coach.cli.transfer:restore", "Put a backup in the database's place."),
    "prepare": ("coach.cli.upkeep:prepare", "Get the model and the index ready."),
    "doctor": ("coach.cli.upkeep:doctor", "Show where everything lies and what to mend."),
    "manual": ("coach.cli.manual:manual", "Write the manual pages."),
    "completion": ("coach.cli.upkeep:completion", "Print the completion script of a shell."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on demand, so that ``--help`` stays light."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in _COMMANDS.items()])


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__, prog_name="coach")
@click.option("--demo", is_flag=True, help="Open the app on an invented pair.")
@click.option("--traceback", is_flag=True, help="On an unexpected error, show where it happened.")
@click.pass_context
def cli(ctx: click.Context, *, demo: bool, traceback: bool) -> None:
    """A coaching assistant for mentoring pairs. Without a command it opens the app."""
    ctx.ensure_object(dict)["traceback"] = traceback
    if demo and ctx.invoked_subcommand is not None:
        raise click.UsageError("--demo stands alone.", ctx)
    if ctx.invoked_subcommand is None:
        from coach.cli.alone import show, show_demo

        if demo:
            show_demo()
        else:
            show()


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0, 1 for a failure, 2 for wrong use."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result = cli.main(args, prog_name="coach", standalone_mode=False)
    except CoachError as error:
        return _report(str(error), error.exit_code)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "coach"
        said = " ".join(error.format_message().split()).rstrip(".")
        return _report(f"Usage: {said}. See `{where} --help`.", 2)
    except click.ClickException as error:
        return _report(f"Usage: {error.format_message()}", 2)
    except (click.Abort, KeyboardInterrupt):
        return _report("Stopped: as you asked.", 130)
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        sys.stderr.close()
        return 0
    except Exception as error:
        if "--traceback" in args:
            raise
        what = f"{type(error).__name__}. This is a defect in coach; nothing you wrote is lost."
        return _report(f"Unexpected error: {what} `coach --traceback ...` shows where.", 1)
    return result if isinstance(result, int) else 0


def _report(message: str, code: int) -> int:
    from coach.text import clean

    click.echo(" ".join(clean(message).split()), err=True)
    return code
