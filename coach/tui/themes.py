"""The app's own themes: calm surfaces, text above 7:1 on each; one with nothing but contrast."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="coach-dark",
    primary="#86bfc4",
    secondary="#a9b8c9",
    accent="#e8bd7f",
    success="#a3d196",
    warning="#e8bd7f",
    error="#f0a0a0",
    foreground="#e6e8ea",
    background="#14181d",
    surface="#1b2027",
    panel="#232a33",
    dark=True,
    variables={
        "text-muted": "#a9b3bd",
        "text-disabled": "#8f99a4",
        "border": "#5d9aa0",
        "border-blurred": "#3a444f",
        "footer-key-foreground": "#e8bd7f",
        "block-cursor-foreground": "#14181d",
        "block-cursor-background": "#95d0d6",
        "button-color-foreground": "#14181d",
        "input-selection-background": "#86bfc4 35%",
    },
)
LIGHT = Theme(
    name="coach-light",
    primary="#1c636c",
    secondary="#4d5d6c",
    accent="#8a4b08",
    success="#2f6a2c",
    warning="#7d5200",
    error="#9c2a2a",
    foreground="#1f252b",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e7e4dc",
    dark=False,
    variables={
        "text-muted": "#4f5963",
        "text-disabled": "#59626c",
        "border": "#1c636c",
        "border-blurred": "#bfbab0",
        "footer-key-foreground": "#8a4b08",
        "block-cursor-foreground": "#fbfaf7",
        "block-cursor-background": "#144e56",
        "button-color-foreground": "#fbfaf7",
        "input-selection-background": "#1c636c 25%",
    },
)
CONTRAST = Theme(
    name="coach-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    success="#7dff7d",
    warning="#ffff00",
    error="#ffa8a8",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
    variables={
        "text-muted": "#e4e4e4",
        "text-disabled": "#d0d0d0",
        "text-error": "#ffa8a8",
        "border": "#ffff00",
        "border-blurred": "#ffffff",
        "footer-key-foreground": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#ffff00",
        "button-color-foreground": "#000000",
        "input-selection-background": "#ffff00 40%",
        "scrollbar": "#ffffff",
    },
)
THEMES = (DARK, LIGHT, CONTRAST)

_BEFORE = "coach-"


def theme_name(setting: str) -> str:
    """The theme that the setting "dark", "light" or "contrast" means; the dark one for another."""
    name = f"{_BEFORE}{setting}"
    return name if name in {theme.name for theme in THEMES} else DARK.name


def theme_setting(name: str) -> str:
    """The setting that means the theme of this name."""
    return name.removeprefix(_BEFORE)
