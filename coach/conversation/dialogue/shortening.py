"""The same again, shorter: what of a reply is left when the user has no time for all of it."""

from __future__ import annotations

import re

from coach.text import cited, sentences, shorten

_SPOKEN = re.compile(r'^> "(?P<said>.+)"$', re.MULTILINE)
_QUOTED = re.compile(r'"(?P<said>[^"\n]{12,240})"')
_BULLET = re.compile(r"^- (?P<said>.+)$", re.MULTILINE)
_BULLETS = 3
_LONGEST = 160


def shortened(reply: str, intent: str) -> str:
    """The core of a ``reply`` to ``intent``; "" when there is nothing to leave out.

    Of a script the opening and the question; of a page how things stand and the first lines of
    it; of advice the first thought and what could be said aloud.
    """
    if intent == "script":
        return _script(reply)
    if intent in {"brief", "followups", "roadmap", "agreement"}:
        return _page(reply)
    return _advice(reply)


def _script(reply: str) -> str:
    said = [found["said"] for found in _SPOKEN.finditer(reply)]
    if not said:
        lines = [found["said"] for found in _QUOTED.finditer(reply)]
        card = "".join(f" [{one}]" for one in cited(reply)[:1])
        return f'"{min(lines, key=len)}"{card}' if len(lines) > 1 else ""
    asked = [one for text in said[1:] for one in sentences(text) if one.endswith("?")]
    lines = [said[0], *([] if said[0].endswith("?") else asked[:1])]
    return "\n\n".join(f'> "{one}"' for one in lines)


def _page(reply: str) -> str:
    parts = [part for part in reply.split("\n\n") if not part.startswith("#")]
    stands = next((part for part in parts if "**" not in part and "\n" in part), "")
    bullets = [found["said"] for found in _BULLET.finditer(reply)][:_BULLETS]
    if not bullets or len(reply) < 2 * sum(map(len, bullets)):
        return ""
    stands = "" if stands.startswith("-") else stands
    return "\n\n".join(part for part in (stands, "\n".join(f"- {one}" for one in bullets)) if part)


def _advice(reply: str) -> str:
    paragraphs = [part for part in reply.split("\n\n") if part.strip()]
    core = next((part for part in paragraphs if cited(part)), "")
    if not core or len(paragraphs) < 2:
        return ""
    first = shorten(sentences(core)[0], _LONGEST)
    card = cited(core)[0]
    rest = reply.partition(core)[2]
    said = _QUOTED.search(rest)
    mark = "" if f"[{card}]" in first else f" [{card}]"
    return "\n\n".join([f"{first}{mark}", *([f'"{said["said"]}"'] if said else [])])
