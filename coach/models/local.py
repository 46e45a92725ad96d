"""A GGUF file of the user's own, served to this program alone on the loopback address."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import struct
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from pathlib import Path

from coach.errors import CoachError, UsageError
from coach.models.chat import ChatError, Payload, Prompt
from coach.models.chat_langchain import LangChainModel
from coach.models.chosen import Choice

CONTEXT = 4096
"""Tokens: the longest prompt, guidance and message, and the reply."""
_TITLE = "Local model"
_MAGIC = b"GGUF"
_ROOM = 1.25
"""The memory that a model takes beside its weights, as a factor: the cache and the buffers."""
_START_SECONDS = 180.0


@dataclass(frozen=True)
class Server:
    """A running server: its process, its address and the key it asks for."""

    process: subprocess.Popen[str]
    address: str
    key: str

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


def check_file(path: Path, memory: int | None = None) -> None:
    """Raise :class:`UsageError` unless ``path`` is a GGUF file that fits into ``memory`` bytes.

    ``memory`` is what is free now, unless it is given.
    """
    try:
        with path.open("rb") as file:
            head = file.read(8)
        size = path.stat().st_size
    except OSError as error:
        raise UsageError(
            _TITLE, f"{path} cannot be read: {error.strerror}", "Give the path of a GGUF file."
        ) from None
    if len(head) < 8 or head[:4] != _MAGIC or not 2 <= struct.unpack("<I", head[4:])[0] <= 3:
        raise UsageError(
            _TITLE, f"{path} is no GGUF file of version 2 or 3", "Download it again, or another."
        )
    free = free_memory() if memory is None else memory
    if free is not None and size * _ROOM > free:
        raise UsageError(
            _TITLE,
            f"{path.name} needs about {size * _ROOM / 1e9:.1f} GB of memory; "
            f"{free / 1e9:.1f} GB are free",
            "Close other programs, or choose a smaller model.",
        )


def free_memory() -> int | None:
    """Bytes of memory that a new process can take; None where the system does not say."""
    with suppress(OSError, ValueError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            name, _, rest = line.partition(":")
            if name == "MemAvailable":
                return int(rest.split()[0]) * 1024
    with suppress(OSError, ValueError, AttributeError):
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def start(path: Path, context: int = CONTEXT) -> Server:
    """Start a server for the file, with a random key. Blocking, for seconds.

    Raises :class:`UsageError` where the wheel is missing, and :class:`CoachError` where the model
    does not load.
    """
    check_file(path)
    threads = max(1, (os.cpu_count() or 2) - 1)
    key = secrets.token_urlsafe(32)
    process = subprocess.Popen(
        [sys.executable, "-m", "coach.models.local_process"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    # The key goes through a pipe: arguments can be read by every user of the machine.
    wanted = {"file": str(path), "key": key, "context": context, "threads": threads}
    timer = threading.Timer(_START_SECONDS, process.kill)
    timer.start()
    try:
        process.stdin.write(json.dumps(wanted) + "\n")
        process.stdin.flush()
        address = json.loads(process.stdout.readline())["address"]
    except (OSError, ValueError, KeyError):
        process.kill()
        process.wait()
        raise CoachError(
            _TITLE, f"{path.name} could not be loaded", "Try another file, or a smaller model."
        ) from None
    finally:
        timer.cancel()
    return Server(process, f"{address}/v1", key)


def stop(server: Server) -> None:
    """End a server, and wait until it has gone."""
    server.process.kill()
    server.process.wait()
    for pipe in (server.process.stdin, server.process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


class LocalModel:
    """A GGUF file as a chat model.

    Its server starts with the first prompt, and again if it died.
    """

    def __init__(self, choice: Choice, timeout: float, context: int = CONTEXT) -> None:
        self._choice = choice
        self._timeout = timeout
        self._context = context
        self._server: Server | None = None
        self._starting = threading.Lock()

    @property
    def name(self) -> str:
        return self._choice.name

    @property
    def remote(self) -> bool:
        return False

    @property
    def server(self) -> Server | None:
        """The server that runs now, if any."""
        return self._server

    async def payload(self, prompt: Prompt, max_tokens: int) -> Payload:
        """The request as it goes to the server on this machine."""
        return await (await self._model()).payload(prompt, max_tokens)

    async def stream(
        self, prompt: Prompt, max_tokens: int, approved: Payload | None = None
    ) -> AsyncGenerator[str, None]:
        """The answer in pieces; closing the iterator ends the work on it."""
        model = await self._model()
        async with aclosing(model.stream(prompt, max_tokens, approved)) as pieces:
            async for piece in pieces:
                yield piece

    def shut(self) -> None:
        """End the server, from wherever it is called."""
        if self._server is not None:
            stop(self._server)
            self._server = None

    async def _model(self) -> LangChainModel:
        server = await asyncio.to_thread(self._running)
        return LangChainModel(self._choice, self._timeout, address=server.address, key=server.key)

    def _running(self) -> Server:
        with self._starting:
            if self._server is None or not self._server.alive:
                self.shut()
                try:
                    self._server = start(Path(self._choice.model), self._context)
                except UsageError:
                    raise
                except CoachError as error:
                    raise ChatError("down", error.what, error.remedy) from None
            return self._server
