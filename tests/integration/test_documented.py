"""What the pages of documentation name is there: commands, their options, files, pictures."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pexpect
import pytest

from coach.cli.main import cli, run
from coach.paths import Places
from coach.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "CHANGELOG.md", *sorted(f"docs/{one.name}" for one in ROOT.glob("docs/*.md")))
_FENCED = re.compile(r"```console\n(.*?)```", re.DOTALL)
_LINE = re.compile(r"^\$ (?:.*\| )?(?:\.venv/bin/)?coach\b(?P<rest>.*)$", re.MULTILINE)
_INLINE = re.compile(r"`(?:\.venv/bin/)?coach (?P<rest>[^`\n]+)`")
_LINK = re.compile(r"\]\((?P<to>[^)#:]+)(?:#[^)]*)?\)")


def commands(page: str) -> Iterator[str]:
    """The arguments of each ``coach`` command in a page, as they stand there."""
    text = (ROOT / page).read_text("utf-8")
    for block in _FENCED.findall(text):
        yield from (found["rest"].strip() for found in _LINE.finditer(block))
    for found in _INLINE.finditer(text):
        yield found["rest"].strip()


def unknown(line: str) -> str:
    """What of a command line ``coach`` does not know, or ""."""
    command: click.Command = cli
    context = click.Context(cli, info_name="coach")
    words = [word.strip("[]") for word in shlex.split(line, comments=True)]
    for word in words[: words.index(">")] if ">" in words else words:
        if word.startswith("--"):
            known = {name for one in command.get_params(context) for name in one.opts}
            if word.partition("=")[0] not in known:
                return f"{context.command_path}: {word}"
        elif isinstance(command, click.Group):
            try:
                _, below, _ = command.resolve_command(context, [word])
            except click.UsageError:
                below = None
            if below is None:
                return f"{context.command_path}: {word}"
            command, context = below, click.Context(below, info_name=word, parent=context)
    return ""


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_is_one(page: str) -> None:
    assert [wrong for line in commands(page) if (wrong := unknown(line))] == []


def test_an_unknown_command_or_option_is_seen() -> None:
    assert unknown("session plan rosa 2026-05-12 --at 15:00 | cat") == ""
    assert unknown("session plann rosa") == "coach session: plann"
    assert unknown("prep rosa --when 2026-05-12 > page.md") == "coach prep: --when"
    assert sum(1 for _ in commands("docs/user-guide.md")) > 60


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    here = (ROOT / page).parent
    text = (ROOT / page).read_text("utf-8")
    assert [one["to"] for one in _LINK.finditer(text) if not (here / one["to"]).exists()] == []


def test_the_guide_names_every_setting() -> None:
    guide = (ROOT / "docs/user-guide.md").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"`{name}`" not in guide] == []


@pytest.mark.slow
@pytest.mark.real
def test_the_worked_example_of_the_guide_comes_out_as_it_stands_there(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    guide = (ROOT / "docs/user-guide.md").read_text("utf-8")
    note, log = _shown(guide, "cat note.md"), _shown(guide, "coach log")
    (tmp_path / "note.md").write_text("\n".join(note[1:]), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["pair", "add", "Rosa Example", "--as", "mentor"]) == 0
    capsys.readouterr()
    for shown in (log, _shown(guide, "coach followups")):
        assert run(shlex.split(shown[0])[1:]) == 0
        assert capsys.readouterr().out.splitlines() == shown[1:]


def _shown(page: str, command: str) -> list[str]:
    """The last place where ``command`` has its output below it: the command, then the output."""
    blocks = [
        part.rstrip().split("\n") for one in _FENCED.findall(page) for part in one.split("$ ")
    ]
    return [block for block in blocks if block[0].startswith(command) and len(block) > 1][-1]


_INTO = {"bash": "coach", "zsh": "_coach", "fish": "coach.fish"}
"""What the file is called that the guide tells to write for each shell."""


@pytest.mark.parametrize("shell", _INTO)
@pytest.mark.slow
def test_completion_completes(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], places: Places
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    assert run(["completion", shell]) == 0
    script = tmp_path / _INTO[shell]
    script.write_text(capsys.readouterr().out, "utf-8")
    folder = Path(sys.executable).parent
    env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    env |= {"TERM": "dumb", "PS1": "", "ENV": ""}
    if shell == "fish":
        typed = f'source {script}; complete -C "coach session pl"; complete -C "coach mem"'
        shown = subprocess.check_output(["fish", "--no-config", "-c", typed], text=True, env=env)
        plan, memory = shown.splitlines()
        assert plan.split("\t")[0] == "plan"
        assert "," in memory, "what it tells is told to its end"
        return
    begin = {
        "bash": f"source {script}",
        "zsh": f"fpath=({tmp_path} $fpath); autoload -Uz compinit; compinit -u -D",
    }[shell]
    bare = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"]}[shell]
    child = pexpect.spawn(shell, [*bare, "-i"], env=env, encoding="utf-8", timeout=150)
    child.sendline(f"{begin}; echo begun-$((6*7))")
    child.expect("begun-42")
    child.send("coach session pl\t")
    child.expect("coach session plan ")
    child.close(force=True)
