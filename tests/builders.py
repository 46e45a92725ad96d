"""Small makers of values that several tests need."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from coach.storage.conversations import Author, Message, Status


def said(
    author: Author,
    text: str = "x",
    *,
    status: Status = "complete",
    detail: dict[str, Any] | None = None,
) -> Message:
    """A message of a conversation."""
    return Message(1, 1, author, text, status, datetime(2026, 5, 12, tzinfo=UTC), detail or {})
