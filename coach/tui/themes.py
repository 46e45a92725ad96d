"""The app's own two themes: calm surfaces, text well above 7:1 on its background."""

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
        "border": "#5d9aa0",
        "border-blurred": "#3a444f",
        "footer-key-foreground": "#e8bd7f",
        "block-cursor-foreground": "#14181d",
        "block-cursor-background": "#86bfc4",
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
        "border": "#1c636c",
        "border-blurred": "#bfbab0",
        "footer-key-foreground": "#8a4b08",
        "block-cursor-foreground": "#fbfaf7",
        "block-cursor-background": "#1c636c",
        "button-color-foreground": "#fbfaf7",
        "input-selection-background": "#1c636c 25%",
    },
)
