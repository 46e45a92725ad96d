"""Notices that several pages show."""

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


def show_address(app: App[Any], address: str) -> None:
    """Show where a link would lead."""
    app.notify(
        f"The address is {one_line(address)[:300]}",
        title="Links are not opened from here",
        markup=False,
    )
