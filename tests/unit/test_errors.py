"""What a user reads of an error."""

from __future__ import annotations

import pytest

from coach.errors import CoachError, ContentError, NotFoundError, StorageError, UsageError


def test_title_what_remedy() -> None:
    assert str(CoachError("Storage", "the disk is full.", "Free some space.")) == (
        "Storage: the disk is full. Free some space."
    )
    assert str(CoachError("Storage", "the disk is full")) == "Storage: the disk is full."


@pytest.mark.parametrize(
    ("kind", "code"), [(CoachError, 1), (StorageError, 1), (UsageError, 2), (NotFoundError, 2)]
)
def test_wrong_use_and_failure_have_codes_of_their_own(kind: type[CoachError], code: int) -> None:
    assert kind("a", "b").exit_code == code


def test_a_fault_of_content_names_file_and_line() -> None:
    error = ContentError("cards/a/b.md", 12, "there is no field 'x'")
    assert "cards/a/b.md:12: there is no field 'x'" in str(error)
    assert (error.path, error.line) == ("cards/a/b.md", 12)
