"""Prompts for language models: ``prompts/<name>.md``, a part each for "system" and "user"."""

from __future__ import annotations

from coach import paths
from coach.content import prompt
from coach.errors import ContentError
from coach.models.chat import Prompt

_PARTS = ("\n## system\n", "\n## user\n")


def render(name: str, **slots: str) -> Prompt:
    """The prompt of that name with its slots filled; what fills a slot is never read as a slot.

    Raises :class:`ContentError` for a file without the two parts, or with other slots than given.
    """
    from langchain_core.prompts import ChatPromptTemplate

    system, user = parts(name)
    template = ChatPromptTemplate.from_messages([("system", system), ("human", user)])
    if set(template.input_variables) != set(slots):
        raise ContentError(
            paths.content_root() / "prompts" / f"{name}.md", 1,
            f"the slots are {sorted(template.input_variables)}, and not {sorted(slots)}",
        )  # fmt: skip
    first, second = template.format_messages(**slots)
    return Prompt(str(first.text), str(second.text))


def parts(name: str) -> tuple[str, str]:
    """The texts under "system" and "user", as they stand in the file."""
    head, _, user = prompt(name).partition(_PARTS[1])
    _, found, system = head.partition(_PARTS[0])
    if not (found and user.strip()):
        raise ContentError(
            paths.content_root() / "prompts" / f"{name}.md", 1,
            'the prompt needs a part "## system" and then one "## user"',
        )  # fmt: skip
    return system.strip(), user.strip()
