"""Serving the app as a page, with textual-serve.

Each page that is open runs its own app, as a terminal would; the second one on the same data is
read-only, as it is in terminals.
"""

from __future__ import annotations

import asyncio
import secrets
import shlex
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from socket import gethostname
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server

from coach.errors import CoachError, UsageError
from coach.web.access import Access, guard, harden, is_loopback, is_unspecified

_PAGES = Path(__file__).parent / "pages"
_APP = "import sys; from coach.cli.app import open_page; sys.exit(open_page(*sys.argv[1:]))"
_FONT_SIZE = 16
"""Pixels."""
_PATIENCE = 5.0
"""Seconds that an app may take to end when the server does."""


def address_allowed(host: str, password: str) -> None:
    """Raise :class:`UsageError` where others could come to a page that no password guards."""
    if not is_loopback(host) and not password:
        raise UsageError(
            "Serve",
            f"{host} can be reached by others, and no password is set",
            "Set COACH_SERVE_PASSWORD, or leave --host out to stay on this machine.",
        )


class PageServer(Server):
    """The app at ``host:port``, behind a key.

    ``start`` names the pair whose chat opens; with ``demonstration`` it is the invented one.
    ``tell`` is called with the address to open once it can be opened.
    """

    def __init__(
        self, host: str, port: int, *, password: str = "", start: str = "",
        demonstration: bool = False, tell: Callable[[str], None] = print,
    ) -> None:  # fmt: skip
        address_allowed(host, password)
        page = "demonstration" if demonstration else "own"
        command = shlex.join([sys.executable, "-c", _APP, page, start])
        shown = f"[{host}]" if ":" in host else host
        if is_unspecified(host):  # nobody can open "every address of this machine"
            shown = gethostname()
        super().__init__(
            command, host, port, "coach", f"http://{shown}:{port}", templates_path=_PAGES
        )
        self._key = secrets.token_urlsafe(24)
        self._access = Access(self._key, password)
        self._tell = tell

    @property
    def address(self) -> str:
        """What to open in a browser; without a password it holds the key."""
        return self.public_url + ("/" if self._access.asks else f"/?key={self._key}")

    def serve(self, debug: bool = False) -> None:
        """Serve until stopped. Raises :class:`CoachError` where the port cannot be had."""
        try:
            # No log of requests: an address can hold the key.
            web.run_app(
                self._make_app(), host=self.host, port=self.port, access_log=None,
                print=lambda *_: self._tell(self.address),
            )  # fmt: skip
        except OSError as error:
            raise CoachError(
                "Serve", f"{self.public_url} cannot be used: {error.strerror or error}",
                "Choose another --port, or end what uses this one.",
            ) from None  # fmt: skip

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(guard(self._access, loopback=is_loopback(self.host)))
        app.router.add_post("/enter", self._enter)
        app.router.add_get("/page.js", _script)
        app.on_response_prepare.append(harden)
        app.on_cleanup.append(_apps_are_gone)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: the address is told once the port is open."""

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page: the app for who has the key, the way in for who has not."""
        if self._access.known(request):
            context = {"font_size": _size(request.query)}
            return aiohttp_jinja2.render_template("app_index.html", request, context)
        if await self._access.by_address(request):
            raise self._access.admit()
        return self._closed(request)

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        given = (await request.post()).get("password", "")
        if isinstance(given, str) and await self._access.by_password(given):
            raise self._access.admit()
        return self._closed(request, wrong=True)

    def _closed(self, request: web.Request, *, wrong: bool = False) -> web.Response:
        context: dict[str, Any] = {"asks": self._access.asks, "wrong": wrong}
        return aiohttp_jinja2.render_template("closed.html", request, context, status=401)


async def _script(_: web.Request) -> web.FileResponse:
    return web.FileResponse(_PAGES / "page.js")


async def _apps_are_gone(_: web.Application) -> None:
    """Wait for asyncio's threads that await the apps: they complain where their loop is gone."""
    for thread in threading.enumerate():
        if "waitpid" in thread.name:
            await asyncio.to_thread(thread.join, _PATIENCE)


def _size(query: Any) -> int:
    given = str(query.get("fontsize", ""))
    return min(max(int(given), 8), 40) if given.isdecimal() else _FONT_SIZE
