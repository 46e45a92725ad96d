"""A chat model behind our port that says what a script says, and a server that records requests."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from coach.models.chat import ChatError, Payload, Prompt

Script = Callable[[Prompt], str]


@dataclass
class ScriptedModel:
    """Answers with what ``script`` makes of the prompt, a few letters at a time.

    ``fails`` are raised by the first calls, before a word; ``dies`` behind the last one. ``hangs``
    never says a word.
    """

    script: Script
    remote: bool = False
    name: str = "scripted"
    fails: list[ChatError] = field(default_factory=list)
    dies: ChatError | None = None
    hangs: bool = False
    prompts: list[Prompt] = field(default_factory=list)
    sent: list[Payload] = field(default_factory=list)
    closed: int = 0
    step: int = 7

    async def payload(self, prompt: Prompt, max_tokens: int) -> Payload:
        body = json.dumps([prompt.system, prompt.user, max_tokens]).encode()
        return Payload("POST", "http://scripted/", body)

    async def stream(
        self, prompt: Prompt, max_tokens: int, approved: Payload | None = None
    ) -> AsyncGenerator[str, None]:
        self.prompts.append(prompt)
        self.sent.append(await self.payload(prompt, max_tokens))
        try:
            if self.fails:
                raise self.fails.pop(0)
            if self.hangs:
                await asyncio.Event().wait()
            text = self.script(prompt)
            for start in range(0, len(text), self.step):
                yield text[start : start + self.step]
                await asyncio.sleep(0)
            if self.dies:
                raise self.dies
        finally:
            self.closed += 1

    def shut(self) -> None:
        pass


def part(prompt: Prompt, name: str) -> str:
    """What stands between the marks of that name in a prompt."""
    return prompt.user.partition(f"<{name}>\n")[2].partition(f"\n</{name}>")[0]


def draft_of(prompt: Prompt) -> str:
    """An honest model: it says the draft as it is, without its marks."""
    return part(prompt, "draft")


@dataclass
class Recorder:
    """Requests as they came: path, headers and body; ``says`` makes the answer's words."""

    says: Callable[[dict[str, Any]], str]
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    address: str = ""
    wait: threading.Event = field(default_factory=threading.Event)
    held: bool = False
    free: int = 0
    """So many letters go before a held answer waits."""
    gone: threading.Event = field(default_factory=threading.Event)


@contextmanager
def openai_server(says: Callable[[dict[str, Any]], str]) -> Iterator[Recorder]:
    """An OpenAI-compatible server on the loopback address that streams what ``says`` makes."""
    recorder = Recorder(says)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            recorder.requests.append((self.path, dict(self.headers), body))
            if recorder.status != 200:
                self.send_response(recorder.status)
                self.end_headers()
                self.wfile.write(b'{"error":{"message":"no"}}')
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            text = recorder.says(json.loads(body))
            try:
                for start in range(0, len(text), 20):
                    self._chunk({"content": text[start : start + 20]}, None)
                    if recorder.held and start >= recorder.free:
                        recorder.wait.wait(30)
                self._chunk({}, "stop")
                self.wfile.write(b"data: [DONE]\n\n")
            except (BrokenPipeError, ConnectionResetError):
                recorder.gone.set()

        def _chunk(self, delta: dict[str, str], ended: str | None) -> None:
            delta = {"role": "assistant", **delta}
            choice = {"index": 0, "delta": delta, "finish_reason": ended}
            document = {
                "id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m",
                "choices": [choice],
            }  # fmt: skip
            self.wfile.write(f"data: {json.dumps(document)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    recorder.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield recorder
    finally:
        recorder.wait.set()
        server.shutdown()
        server.server_close()
