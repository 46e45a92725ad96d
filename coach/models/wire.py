"""The one way out: transports that either show a request without sending it, or send no other.

What a client library would send is captured where it would enter the network, so that a preview
is the request itself and not a description of it.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from coach.models.chat import Payload

_TELLING = ("x-stainless-", "user-agent")
"""Headers in which client libraries tell of this machine: its system, processor and Python."""


class NotSentError(Exception):
    """The request was shown, or differed from the one that was approved; nothing was sent."""


@dataclass
class Gate:
    """What the transport does with the next request.

    ``show`` keeps it in ``shown`` and stops there; ``approved`` lets through only those bytes.
    """

    show: bool = False
    approved: Payload | None = None
    shown: list[Payload] = field(default_factory=list)

    def check(self, payload: Payload) -> None:
        """Raises :class:`NotSentError` unless the request may go."""
        if self.show:
            self.shown.append(payload)
            raise NotSentError("shown")
        if self.approved is not None and payload != self.approved:
            raise NotSentError("the request is not the one that was approved")


def gated_transport(library: Any, gate: Gate) -> Any:
    """An asynchronous transport of ``library`` (httpx, or its successor httpx2) behind ``gate``.

    Proxies of the environment are not used: what is approved for an address goes there.
    """

    class GatedTransport(library.AsyncHTTPTransport):  # type: ignore[misc]
        async def handle_async_request(self, request: Any) -> Any:
            body = await request.aread()
            gate.check(Payload(request.method, str(request.url), bytes(body)))
            # A copy goes: a client library reads its own headers again when the answer is there.
            told = [one for one in request.headers.multi_items() if not one[0].startswith(_TELLING)]
            bare = library.Request(
                request.method, request.url, headers=told, content=body,
                extensions=request.extensions,
            )  # fmt: skip
            return await super().handle_async_request(bare)

    return GatedTransport(retries=0, trust_env=False, verify=_certificates())


def gated_client(library: Any, gate: Gate, timeout: float) -> Any:
    """An asynchronous client behind ``gate``; it follows no redirect to another place."""
    return library.AsyncClient(
        transport=gated_transport(library, gate),
        timeout=library.Timeout(timeout, connect=min(timeout, 10.0)),
        trust_env=False,
        follow_redirects=False,
    )


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()
