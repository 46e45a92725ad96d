"""The only composition root: settings and places in, a working coach out."""

from coach.bootstrap.coach import Coach, open_coach
from coach.bootstrap.parts import EmbedderLoader

__all__ = ["Coach", "EmbedderLoader", "open_coach"]
