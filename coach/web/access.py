"""Who may see the page: whoever has the key, and no page of another site."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

COOKIE = "coach-key"
_PAUSE = 1.0
"""Seconds that a wrong key or password costs whoever tries them, one at a time."""

POLICY = {
    # The terminal in the page writes its colours as style elements; nothing is from elsewhere.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; form-action 'self'; "
    "base-uri 'none'",
    # Not "no-referrer": the form with the password would then come from the origin "null".
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine alone: localhost or an address of the loopback range."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_unspecified(host: str) -> bool:
    """Whether ``host`` stands for every address of this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return False


def host_of(authority: str) -> str:
    """The host in ``host:port``, "" for one that is none."""
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return ""


class Access:
    """Lets in whoever shows ``key`` once, by address or, where there is a password, by that.

    A browser keeps the key as a cookie that no script and no other site can use.
    """

    def __init__(self, key: str, password: str = "") -> None:
        self._key = key
        self._password = password
        self._one_at_a_time = asyncio.Lock()

    @property
    def asks(self) -> bool:
        """Whether a password is asked for."""
        return bool(self._password)

    def known(self, request: web.Request) -> bool:
        """Whether this browser has shown the key before."""
        return _same(request.cookies.get(COOKIE, ""), self._key)

    async def by_address(self, request: web.Request) -> bool:
        """Whether the address holds the key."""
        return not self.asks and await self._fits(request.query.get("key", ""), self._key)

    async def by_password(self, given: str) -> bool:
        """Whether the password is the right one."""
        return self.asks and await self._fits(given, self._password)

    def admit(self) -> web.HTTPSeeOther:
        """The way in, with the key for the browser to keep."""
        answer = web.HTTPSeeOther("/")
        answer.set_cookie(COOKIE, self._key, httponly=True, samesite="Strict", path="/")
        return answer

    async def _fits(self, given: str, wanted: str) -> bool:
        if _same(given, wanted):
            return True
        if given:
            async with self._one_at_a_time:
                await asyncio.sleep(_PAUSE)
        return False


def guard(access: Access, *, loopback: bool) -> Middleware:
    """A middleware that turns away other sites' pages and whoever has no key."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        # A page elsewhere can point its own name at this address, or open a socket to it.
        if loopback and not is_loopback(host_of(request.host)):
            raise web.HTTPForbidden(text="This page is for the machine that it runs on.")
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != request.host:
            raise web.HTTPForbidden(text="This page answers to itself alone.")
        if request.path not in {"/", "/enter"} and not access.known(request):
            raise web.HTTPForbidden(text="Open the page first.")
        return await handler(request)

    return guarded


async def harden(_: web.Request, response: web.StreamResponse) -> None:
    """Say in each answer that nothing is loaded from, shown in or told to another place."""
    for name, value in POLICY.items():
        response.headers.setdefault(name, value)


def _same(given: str, wanted: str) -> bool:
    # What is no UTF-8 comes as surrogates, which cannot be encoded without these.
    return hmac.compare_digest(given.encode(errors="surrogatepass"), wanted.encode())
