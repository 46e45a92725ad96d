"""Which chat model the user has chosen: read, checked and kept in one small file."""

from __future__ import annotations

import ipaddress
import json
import os
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from coach.errors import UsageError
from coach.paths import Places, private_folder

How = Literal["built-in", "provider", "address", "file"]
Use = Literal["replies", "notes", "rehearsals"]
"""What a model is asked for: each is allowed by itself, because each sends something else."""

_FILE = "model.json"
_PROVIDER = re.compile(r"(?P<provider>[a-z][a-z0-9_-]*):(?P<model>\S+)", re.IGNORECASE)
_LOCAL_PROVIDERS = {"ollama": "http://127.0.0.1:11434"}
_TITLE = "Chat model"


@dataclass(frozen=True)
class Choice:
    """The chat model in use.

    ``how`` says what ``model`` is: a provider's model ("gpt-5"), a model's name at ``address``,
    or a GGUF file. ``allowed`` says that the user has seen what is sent for a reply, and lets it
    go; ``allowed_for`` names the other uses of which that is so.
    """

    how: How = "built-in"
    provider: str = ""
    model: str = ""
    address: str = ""
    allowed: bool = False
    allowed_for: tuple[Use, ...] = ()

    def lets(self, use: Use) -> bool:
        """Whether the user lets requests for ``use`` go."""
        return self.allowed if use == "replies" else use in self.allowed_for

    @property
    def name(self) -> str:
        """How the choice is shown, and named as the engine of a reply."""
        match self.how:
            case "built-in":
                return "built-in"
            case "provider":
                return f"{self.provider}:{self.model}"
            case "address":
                return f"{self.model} at {urlsplit(self.address).netloc}"
            case "file":
                return f"file:{Path(self.model).name}"

    @property
    def remote(self) -> bool:
        """Whether what is sent to it leaves this machine."""
        if self.how in {"built-in", "file"}:
            return False
        return not is_loopback(self.address) if self.address else True


def read_choice(places: Places) -> Choice:
    """The choice in force; the built-in engine where none was made.

    Raises :class:`UsageError` for a file that is not as :func:`write_choice` leaves it.
    """
    path = places.home / _FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Choice(**{**kept, "allowed_for": tuple(kept.get("allowed_for", ()))})
    except FileNotFoundError:
        return Choice()
    except (OSError, ValueError, TypeError, AttributeError):
        raise UsageError(
            _TITLE, f"{path} does not hold a choice of model", "Choose again: coach model use ..."
        ) from None


def write_choice(places: Places, choice: Choice) -> None:
    """Keep ``choice``, readable by the owner alone."""
    path = private_folder(places.home) / _FILE
    fresh = path.with_name(f".{_FILE}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(choice), file)
    fresh.replace(path)


def allow(places: Places, use: Use = "replies") -> Choice:
    """Record that the user lets requests for ``use`` go to the remote model that is chosen."""
    choice = read_choice(places)
    if use == "replies":
        choice = replace(choice, allowed=True)
    elif use not in choice.allowed_for:
        choice = replace(choice, allowed_for=(*choice.allowed_for, use))
    write_choice(places, choice)
    return choice


def choice_of(wanted: str, name: str = "", base: str = "") -> Choice:
    """What ``wanted`` names: "built-in", ``provider:model``, an address, or a GGUF file.

    ``name`` is the model's name at an address; ``base`` another address for a provider. Raises
    :class:`UsageError` for what is none of these.
    """
    wanted = wanted.strip()
    if wanted.casefold() in {"built-in", "builtin", "none"}:
        return Choice()
    if wanted.startswith(("http://", "https://")):
        return Choice("address", "openai", _named(name), _address(wanted))
    if wanted.casefold().endswith(".gguf"):
        path = Path(wanted).expanduser().absolute()
        if not path.is_file():
            raise UsageError(_TITLE, f"there is no file {path}", "Give the path of a GGUF file.")
        return Choice("file", "local", str(path))
    found = _PROVIDER.fullmatch(wanted)
    if not found:
        raise UsageError(
            _TITLE,
            f"{wanted!r} names no model",
            "Give built-in, provider:model (ollama:llama3.2), an http address, or a .gguf file.",
        )
    provider = found["provider"].lower()
    address = _address(base) if base else _LOCAL_PROVIDERS.get(provider, "")
    return Choice("provider", provider, found["model"], address)


def is_loopback(address: str) -> bool:
    """Whether a URL's host is this machine, judged without asking a name server."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _named(name: str) -> str:
    if not name.strip():
        raise UsageError(_TITLE, "the model at that address has no name", "Add --name NAME.")
    return name.strip()


def _address(text: str) -> str:
    """A base URL without a trailing slash. Raises :class:`UsageError`."""
    try:
        parts = urlsplit(text.strip())
        _ = parts.port
    except ValueError:
        raise UsageError(_TITLE, f"{text!r} is no address", "Give one with http://.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(_TITLE, f"{text!r} is no address", "Give one with http:// or https://.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(
            _TITLE,
            "the address holds more than a place: a key or a query",
            "Leave it out; `coach model key` keeps a key.",
        )
    if parts.scheme == "http" and not is_loopback(text):
        raise UsageError(
            _TITLE,
            f"{parts.hostname} is another machine, and http:// is not encrypted",
            "Use https://, or a tunnel that ends at 127.0.0.1.",
        )
    return text.strip().rstrip("/")
