"""Noticing memory items in what the user writes, by rules and without any language model.

:func:`notice` reads a session note or a chat message and proposes drafts and closings.
"""

from __future__ import annotations

from coach.memory.noticing.notice import notice

__all__ = ["notice"]
