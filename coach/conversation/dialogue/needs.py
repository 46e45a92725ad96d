"""Several needs in one message, told apart by what people say when they turn to another one."""

from __future__ import annotations

import re

from coach.text import sentences, word_count

_MOST = 3
_SHORTEST = 4

_TURN = re.compile(
    r"^(?:and |then |oh,? |but )*(?:also|another thing|(?:and )?separately|besides|apart from that"
    r"|on another (?:note|matter|subject)|something else|one more thing|by the way|secondly"
    r"|second(?:ly)?[,:]|the second (?:thing|is|one)|thirdly|third[,:]|the other thing"
    r"|the other is|my other (?:question|problem|issue)|unrelated|different (?:topic|question)"
    r"|2[.)]|3[.)]|b[.)])(?=\W|$)",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?:;|,| -)\s+(?=(?:and )?(?:also|another thing is|separately|secondly|the other thing is"
    r"|besides that|apart from that)\b)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"^(?:(?:i have |there are |it's |just )?(?:two|three|2|3|a couple of|several)"
    r" (?:things|questions|problems|issues|points)(?: really| today| for you)?"
    r"|firstly|first(?:ly)?[,:]|1[.)]|a[.)])\W*",
    re.IGNORECASE,
)


_NEXT_REQUEST = re.compile(
    r"(?:\s*[,;.?!]\s*|\s+-\s+|\s+)(?:and|then|plus|also|&)(?: also| then| please)?,?\s+"
    r"(?=(?:what|when|who|where|which|give|show|some|a (?:script|few|short)|the (?:words|wording"
    r"|script|questions)|words|questions|write|draft|tell me|remind me|can you|could you"
    r"|i (?:also )?need|prepare|my promises|my page"
    r"|how (?:do|can|should|could) i (?:say|put|tell|word|bring|raise|ask|remind|handle"
    r"|deal|open|start|thank))\b)",
    re.IGNORECASE,
)


def requests_in(text: str) -> tuple[str, ...]:
    """The parts of a message that each begin like a request: "..., and what did I promise?"."""
    told = _ANNOUNCED.sub("", text.strip())
    return tuple(part.strip() for part in _NEXT_REQUEST.split(told) if part.strip())


def several(text: str) -> tuple[str, ...]:
    """The needs that ``text`` holds, in order, at most three; one for a message about one thing.

    Only an explicit turn ("also", "another thing", "secondly", a numbered list) parts a message:
    a story told in several sentences is one need.
    """
    pieces = [piece for part in _INNER.split(text) for line in part.splitlines()
              for piece in sentences(line)]  # fmt: skip
    parts: list[str] = []
    for raw in pieces:
        piece = _ANNOUNCED.sub("", raw).strip()
        turned = _TURN.match(piece)
        if turned:
            piece = piece[turned.end() :].strip(" ,:;-")
        if not piece:
            continue
        if turned and parts and word_count(piece) >= _SHORTEST:
            parts.append(piece)
        elif parts:
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return tuple(parts[:_MOST]) or (text,)
