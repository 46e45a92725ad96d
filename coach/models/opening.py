"""From a choice to a chat model; nothing is imported or started before the first prompt."""

from __future__ import annotations

from coach.errors import UsageError
from coach.models.chat import ChatModel
from coach.models.chosen import Choice


def open_model(choice: Choice, timeout: float) -> ChatModel | None:
    """The model that was chosen; None for the built-in engine."""
    match choice.how:
        case "built-in":
            return None
        case "file":
            _need_wheel()
            from coach.models.local import LocalModel

            return LocalModel(choice, timeout)
        case _:
            from coach.models.chat_langchain import LangChainModel

            return LangChainModel(choice, timeout)


def _need_wheel() -> None:
    from importlib.util import find_spec

    if find_spec("xllamacpp") is None or find_spec("langchain_openai") is None:
        raise UsageError(
            "Local model", "what runs a GGUF file is not installed",
            "Run: pip install 'mentoring-coach[local]'",
        )  # fmt: skip
