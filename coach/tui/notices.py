"""Failures, shown as a notice: what happened and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.tui.plain import one_line
from coach.tui.wording import as_coach_error

if TYPE_CHECKING:
    from textual.app import App


def show_error(app: App[Any], error: BaseException) -> None:
    """Show ``error`` for long enough to read it."""
    seen = as_coach_error(error)
    app.notify(
        one_line(f"{seen.what}. {seen.remedy}"),
        title=one_line(seen.title),
        severity="error",
        timeout=12,
        markup=False,
    )
