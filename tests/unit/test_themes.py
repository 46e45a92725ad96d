"""Each theme can be read: contrasts computed as WCAG 2.2 defines them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from coach.paths import Places
from coach.tui.first_look import first_look
from coach.tui.themes import CONTRAST, THEMES

GROUNDS = ("background", "surface", "panel")
MARKS = ("primary", "accent", "success", "warning", "error", "footer-key-foreground")


def luminance(color: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(Color.parse(c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    found = theme.to_color_system().generate()
    least = 7.0 if theme is CONTRAST else 4.5
    for ground in GROUNDS:
        assert contrast(found["foreground"], found[ground]) >= 7
        for mark in ("text-muted", "text-disabled", *MARKS):
            assert contrast(found[mark], found[ground]) >= least, (mark, ground)
    pair = found["block-cursor-foreground"], found["block-cursor-background"]
    assert contrast(*pair) >= least


@pytest.mark.parametrize(
    ("written", "theme", "keys"),
    [
        ("", "coach-dark", {}),
        ('theme = "contrast"', "coach-contrast", {}),
        ('theme = "nord"\n[keys]\n"chat.copy" = "f11"', "coach-dark", {"chat.copy": "f11"}),
        ("theme = [", "coach-dark", {}),
        ("theme = 3\nkeys = 4", "coach-dark", {}),
    ],
)
def test_the_first_look_takes_what_it_can(
    tmp_path: Path, written: str, theme: str, keys: dict[str, str]
) -> None:
    places = Places(tmp_path, tmp_path)
    places.settings_file.write_text(written)
    look = first_look(places)
    assert (look.theme, look.keys) == (theme, keys)


def test_the_environment_counts_for_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_THEME", "light")
    places = Places(tmp_path, tmp_path)
    places.settings_file.write_text('theme = "contrast"')
    assert first_look(places).theme == "coach-light"
