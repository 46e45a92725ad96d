"""The render edge: whatever is shown is plain text, whoever wrote it."""

from __future__ import annotations

import re

# Control characters (an escape sequence cannot start without them), bidirectional and other
# invisible ones, and lone surrogates. Zero-width joiners stay: emoji and some scripts need them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")

CITATION = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*|#[0-9]+)")
"""A card's id (``source/slug``) or a passage of a document (``doc-4f2a#3``)."""
REMEMBERED = re.compile(r"item:[0-9]+")
"""Something remembered: its id behind "item:"."""


def shown(text: str) -> str:
    """``text`` without anything a terminal could take for a command; piece by piece or whole."""
    return _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """``text`` safe to show and on one line."""
    return " ".join(shown(text).split())
