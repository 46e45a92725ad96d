"""Errors a user can act on: what happened, and what to do about it."""

from __future__ import annotations


class CoachError(Exception):
    """A failure to show to the user as ``title: what. remedy``.

    ``title`` names the area in a few words, ``what`` says what happened, ``remedy`` says what the
    user can do. ``exit_code`` is the command line's: 1 for a failure, 2 for wrong use.
    """

    exit_code = 1

    def __init__(self, title: str, what: str, remedy: str = "") -> None:
        self.title = title
        self.what = what.rstrip(".")
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        return f"{self.title}: {self.what}. {self.remedy}".rstrip()


class UsageError(CoachError):
    """The command, its arguments or a setting were not of the form that is asked for."""

    exit_code = 2


class NotFoundError(UsageError):
    """A name that the user gave matches nothing, or more than one thing."""


class ContentError(CoachError):
    """A file of knowledge/ or prompts/ is not as its loader needs it; names file and line."""

    def __init__(self, path: object, line: int, what: str) -> None:
        super().__init__(
            "Content", f"{path}:{line}: {what}", "Mend that line; docs/library.md says how."
        )
        self.path = str(path)
        self.line = line


class StorageError(CoachError):
    """The database could not be opened, read or written; nothing was half done."""


class ModelError(CoachError):
    """The embedding model's weights or export are missing, damaged or not the ones expected."""


class IndexUnavailableError(CoachError):
    """The vector index cannot be used now; search goes on with words alone."""
