"""Letters for a PDF: the fonts that together have every letter of a text, cut down to it.

Noto covers nearly all scripts, but in one file each; which are needed is read from the text. A
variable font is cut to the letters and fixed to a weight, so that the PDF stays small.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coach.errors import CoachError

_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
_BASE = "NotoSans[wght]"
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})
# Nothing is drawn for these: a font need not have them.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Cs", "Co"})


def fonts_for(text: str) -> list[Path]:
    """The font files to draw ``text`` with, the base font first.

    Raises :class:`CoachError` naming the letters that no font here has.
    """
    wanted = {c for c in text if unicodedata.category(c) not in _UNSEEN}
    chosen: list[Path] = []
    for path in _candidates():
        # The base font is always there: it sets the look of the page.
        has = wanted & _letters(path)
        if has or not chosen:
            chosen.append(path)
            wanted -= has
        if not wanted:
            return chosen
    raise CoachError(
        "PDF", f"no font here has the letters {' '.join(sorted(wanted)[:12])}",
        "Install a font that has them, or export to a .docx or .md file.",
    )  # fmt: skip


def cut(path: Path, text: str, weight: int, folder: Path) -> Path:
    """A font file in ``folder`` with the letters of ``text`` alone, in this weight (400, 700)."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font: Any = TTFont(path, fontNumber=0, lazy=True)
    options = Options()
    options.layout_features = ["*"]
    options.notdef_outline = True
    cutter = Subsetter(options)
    cutter.populate(text=text + " ")
    cutter.subset(font)
    made = folder / f"{path.stem.replace('[', '-').replace(']', '')}-{weight}.ttf"
    if "fvar" in font:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        # Saved once in between: a table that was cut cannot be fixed to a weight as it stands.
        font.save(made)
        font = TTFont(made)
        font = instancer.instantiateVariableFont(font, {**axes, "wght": weight})
    font.save(made)
    return made


def _candidates() -> Iterator[Path]:
    """The fonts there are: those of our packages, the base font first, then the system's."""
    own = [path for name in _PACKAGES for path in _packaged(name)]
    yield from sorted(own, key=lambda path: (path.stem != _BASE, "Italic" in path.stem, path.name))
    for folder in _system_folders():
        if folder.is_dir():
            yield from sorted(p for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES)


def _packaged(name: str) -> Iterable[Path]:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return ()
    return [p for p in Path(spec.origin).parent.iterdir() if p.suffix in _SUFFIXES]


def _system_folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts",
                    home / ".local/share/fonts")  # fmt: skip


def _letters(path: Path) -> set[str]:
    """The letters that a font has; none for a file that cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return {chr(code) for code in font.getBestCmap() or {}}
    except (TTLibError, OSError):
        return set()
