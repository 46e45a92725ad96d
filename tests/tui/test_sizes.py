"""How long a screen may be: what does more is two."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from coach.tui.app import CoachApp

MOST = 300
"""Lines of a class."""


def test_no_class_of_the_app_is_too_long() -> None:
    folder = Path(inspect.getfile(CoachApp)).parent
    sizes = {
        f"{file.name}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert len(sizes) > 100
    assert not {name: size for name, size in sizes.items() if size > MOST}
