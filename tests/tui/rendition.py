"""How a screen looks, as text that can be read and compared line by line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from string import ascii_letters

from rich.color import Color
from rich.style import Style
from textual.strip import Strip

_MARKS = ("bold", "dim", "italic", "underline", "reverse", "strike")


def rendition(strips: Iterable[Strip]) -> str:
    """The characters, then rows of styles in runs, then what each style stands for.

    A row such as ``3-5 a2 b78`` says that in lines 3 to 5 two cells have style ``a`` and 78
    style ``b``; the styles are named in the order in which they come.
    """
    names: dict[str, str] = {}
    rows = [_runs(strip, names) for strip in strips]
    text = [strip.text.rstrip() for strip in strips]
    legend = [f"{name} {style}" for style, name in names.items()]
    return "\n".join([*text, "---", *_merged(rows), "---", *legend, ""])


def _runs(strip: Strip, names: dict[str, str]) -> str:
    cells = [(_name(segment.style, names), segment.cell_length) for segment in strip]
    return " ".join(
        f"{name}{sum(length for _, length in run)}" for name, run in groupby(cells, lambda c: c[0])
    )


def _merged(rows: list[str]) -> list[str]:
    made, line = [], 1
    for row, same in groupby(rows):
        count = len(list(same))
        made.append(f"{line}-{line + count - 1} {row}" if count > 1 else f"{line} {row}")
        line += count
    return made


def _name(style: Style | None, names: dict[str, str]) -> str:
    return names.setdefault(_said(style or Style()), ascii_letters[len(names)])


def _said(style: Style) -> str:
    marks = [mark for mark in _MARKS if getattr(style, mark)]
    return " ".join([_colour(style.color), "on", _colour(style.bgcolor), *marks])


def _colour(colour: Color | None) -> str:
    return "none" if colour is None else colour.get_truecolor().hex
