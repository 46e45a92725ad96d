"""Scripts: words to say for one conversation, filled in for a pair."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.agreement.slots import asks
from coach.agreement.templates import KINDS, template
from coach.errors import UsageError
from coach.storage.pairs import Role
from coach.text import join_names

__all__ = ["KINDS", "Script", "script"]


@dataclass(frozen=True)
class Script:
    """A filled-in script; ``missing`` says in words what would make it more the user's own."""

    kind: str
    markdown: str
    cards: tuple[str, ...]
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The script as the command line prints it."""
        return {
            "kind": self.kind, "markdown": self.markdown, "cards": list(self.cards),
            "missing": list(self.missing),
        }  # fmt: skip


def script(
    kind: str,
    role: Role,
    name: str,
    known: Mapping[str, str] | None = None,
    care: Sequence[str] = (),
) -> Script:
    """The script of ``kind`` for a user in ``role`` speaking to ``name``.

    ``known`` fills slots such as "frequency" (see :mod:`coach.agreement.slots`). A sentence whose
    slot is not known has a general form or is left out, and what would fill it is listed in
    ``missing``; nothing is made up. ``care`` are remarks on what is private in it, shown at the
    top. Raises :class:`UsageError` for an unknown kind.
    """
    if kind not in KINDS:
        raise UsageError(
            "Script", f"there is no script {kind!r}", f"There is: {join_names([*KINDS])}."
        )
    found = template(kind, role)
    values = {**{k: v for k, v in (known or {}).items() if v}, "name": name}
    missing = asks(kind, role, name, found.slots, values)
    parts = [f"# {found.title.replace('{name}', name)}"]
    parts += [f"*{remark}*" for remark in care]
    parts += [f"*{said}*" for line in found.notes if (said := line.filled(values))]
    for section in found.sections:
        cards = "".join(f" [{card}]" for card in section.cards)
        parts.append(f"**{section.title.replace('{name}', name)}**{cards}")
        for line in section.lines:
            said = line.filled(values)
            if said:
                parts.append(_said(said) if line.aloud else f"*{said}*")
    if missing:
        parts.append(
            "\n".join(["**To make it your own, tell me**", "", *(f"- {m}" for m in missing)])
        )
    return Script(kind, "\n\n".join(parts), found.cards, missing)


def _said(text: str) -> str:
    """What is said aloud, in quotation marks of which there are none inside."""
    return '> "' + re.sub('["“”]', "'", text) + '"'
