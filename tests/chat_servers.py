"""Servers on the loopback address that speak as providers of chat models do, and keep requests."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = dict[str, Any]
_LETTERS = 20


@dataclass
class Recorder:
    """Requests as they came: path, headers and body; ``says`` makes the answer's words.

    ``cut`` says that the answer reached its longest; ``breaks`` that the line goes dead before it
    has ended.
    """

    says: Callable[[Asked], str]
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    cut: bool = False
    breaks: bool = False
    address: str = ""
    wait: threading.Event = field(default_factory=threading.Event)
    held: bool = False
    free: int = 0
    """So many letters go before a held answer waits."""
    gone: threading.Event = field(default_factory=threading.Event)


Wire = Callable[[Asked, list[str], bool], Iterator[bytes]]
"""The pieces of an answer as bytes, one for each and some around them; whether it was cut off."""


def openai(_: Asked, pieces: list[str], cut: bool) -> Iterator[bytes]:
    """Chat Completions: events without names, and a last word in brackets."""

    def event(delta: dict[str, str], ended: str | None) -> bytes:
        choice = {
            "index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": ended
        }  # fmt: skip
        told = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        return f"data: {json.dumps({**told, 'choices': [choice]})}\n\n".encode()

    for piece in pieces:
        yield event({"content": piece}, None)
    yield event({}, "length" if cut else "stop")
    yield b"data: [DONE]\n\n"


def anthropic(asked: Asked, pieces: list[str], cut: bool) -> Iterator[bytes]:
    """Messages: named events; a schema is a tool, whose arguments are the answer."""

    def event(kind: str, **more: Any) -> bytes:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **more})}\n\n".encode()

    tool = asked["tools"][0]["name"] if asked.get("tools") else ""
    block = {"type": "tool_use", "id": "toolu_1", "name": tool, "input": {}} if tool else {}
    form, key = ("input_json_delta", "partial_json") if tool else ("text_delta", "text")
    message = {
        "id": "msg_1", "type": "message", "role": "assistant", "model": asked["model"],
        "content": [], "stop_reason": None, "stop_sequence": None,
        "usage": {"input_tokens": 9, "output_tokens": 1},
    }  # fmt: skip
    yield event("message_start", message=message)
    yield event("content_block_start", index=0, content_block=block or {"type": "text", "text": ""})
    yield event("ping")
    for piece in pieces:
        yield event("content_block_delta", index=0, delta={"type": form, key: piece})
    yield event("content_block_stop", index=0)
    reason = "max_tokens" if cut else "tool_use" if tool else "end_turn"
    ended = {"stop_reason": reason, "stop_sequence": None}
    yield event("message_delta", delta=ended, usage={"output_tokens": 9})
    yield event("message_stop")


def ollama(asked: Asked, pieces: list[str], cut: bool) -> Iterator[bytes]:
    """Ollama's own: one JSON document a line."""

    def line(content: str, **more: Any) -> bytes:
        told = {"model": asked["model"], "created_at": "2026-05-11T09:00:00.0Z"}
        told |= {"message": {"role": "assistant", "content": content}, "done": False, **more}
        return json.dumps(told).encode() + b"\n"

    for piece in pieces:
        yield line(piece)
    counts = {"total_duration": 9, "prompt_eval_count": 9, "eval_count": 9}
    yield line("", done=True, done_reason="length" if cut else "stop", **counts)


_EVENTS = "text/event-stream"
_KINDS = {openai: _EVENTS, anthropic: _EVENTS, ollama: "application/x-ndjson"}
_ERRORS = {
    openai: {"error": {"message": "no"}},
    anthropic: {"type": "error", "error": {"type": "overloaded_error", "message": "no"}},
    ollama: {"error": "no"},
}


def openai_server(says: Callable[[Asked], str]) -> Any:
    """An OpenAI-compatible server that streams what ``says`` makes."""
    return chat_server(openai, says, "/v1")


@contextmanager
def chat_server(wire: Wire, says: Callable[[Asked], str], base: str = "") -> Iterator[Recorder]:
    """A server that speaks ``wire``; its address ends in ``base``."""
    server = _Server(wire, Recorder(says))
    server.recorder.address = f"http://127.0.0.1:{server.server_port}{base}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.recorder
    finally:
        server.recorder.wait.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, wire: Wire, recorder: Recorder) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.wire = wire
        self.recorder = recorder


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        recorder, wire = self.server.recorder, self.server.wire
        body = self.rfile.read(int(self.headers["Content-Length"]))
        recorder.requests.append((self.path, dict(self.headers), body))
        self.close_connection = True
        if recorder.status != 200:
            told = json.dumps(_ERRORS[wire]).encode()
            self._head("application/json", "Content-Length", str(len(told)))
            self.wfile.write(told)
            return
        self._head(_KINDS[wire], "Transfer-Encoding", "chunked")
        try:
            self._answer(json.loads(body))
        except (BrokenPipeError, ConnectionResetError):
            recorder.gone.set()

    def _head(self, kind: str, *how: str) -> None:
        self.send_response(self.server.recorder.status)
        self.send_header("Content-Type", kind)
        self.send_header(*how)
        self.end_headers()

    def _answer(self, asked: Asked) -> None:
        recorder = self.server.recorder
        text = recorder.says(asked)
        pieces = [text[at : at + _LETTERS] for at in range(0, len(text), _LETTERS)]
        for number, data in enumerate(self.server.wire(asked, pieces, recorder.cut)):
            self._chunk(data)
            if recorder.held and number * _LETTERS >= recorder.free:
                recorder.wait.wait(30)
            if recorder.breaks and number >= len(pieces) // 2:
                return
        self._chunk(b"")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass
