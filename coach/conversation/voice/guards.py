"""What keeps a language model on its leash, each of which a test can take away."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Guards:
    """``delimit``: material cannot look like orders. ``check``: sentences are held to their
    grounds. ``private``: nothing private is sent, and only what the reply rests on is.

    The program has all of them; there is no setting for this.
    """

    delimit: bool = True
    check: bool = True
    private: bool = True


ALL = Guards()
