"""Runs :mod:`coach.models.export` in a process of its own and passes on what it reports."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from coach.errors import ModelError

_TITLE = "Embedding model"


def run_export(models: Path, name: str, say: Callable[[str], None]) -> None:
    """Export the model ``name`` under ``models``, telling ``say`` of each step; 10 to 30 seconds.

    Raises :class:`ModelError` with what stopped it.
    """
    # The child sees the modules that this process sees, however it was started (a wheel, an
    # editable install, a checkout); -P keeps the current folder from adding others.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    command = [sys.executable, "-P", "-m", "coach.models.export", str(models), name]
    with tempfile.TemporaryFile() as noise:
        try:
            child = subprocess.Popen(  # noqa: S603
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=noise,
                encoding="utf-8",
            )
        except OSError as error:
            raise ModelError(_TITLE, f"Python cannot be started: {error.strerror}") from None
        with child:
            error_told = _relay(child, say)
        if error_told:
            raise ModelError(_TITLE, *error_told)
        if child.returncode:
            raise ModelError(
                _TITLE,
                f"the export stopped ({_ending(child.returncode, noise)})",
                "Reinstall the requirements, or see that 1 GB of memory is free; then start again.",
            )


def _relay(child: subprocess.Popen[str], say: Callable[[str], None]) -> list[str]:
    """Pass on each progress line; return the error's [what, remedy], or an empty list.

    An interruption, or a ``say`` that raises, ends the child.
    """
    assert child.stdout is not None
    told: list[str] = []
    try:
        for line in child.stdout:
            message = json.loads(line)
            if "say" in message:
                say(message["say"])
            else:
                told = message["error"]
    except BaseException:
        child.kill()
        raise
    return told


def _ending(code: int, noise: IO[bytes]) -> str:
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    noise.seek(0)
    lines = [line for line in noise.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip()[:300] if lines else f"exit code {code}"
