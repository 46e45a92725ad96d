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


_MANY = re.compile(
    r"^\W*(?:\w+ ){0,3}(?:two|three|2|3|a couple of) (?:things|questions|problems|issues|points)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:and|then|plus)\b[, ]*", re.IGNORECASE)
"""Turns to the other of several things, where several were announced."""
_NEXT_REQUEST = re.compile(
    r"(?:\s*[,;.?!]\s*|\s+-\s+|\s+)(?:and|then|plus|also|&)(?: also| then| please)?,?\s+"
    r"(?=(?:what|when|who|where|which|give|show|some|a (?:script|few|short)|the (?:words|wording"
    r"|script|questions)|words|questions|write|draft|tell me|remind me|can you|could you"
    r"|i (?:also )?need|prepare|my promises|my page"
    r"|how (?:do|can|should|could) i (?:say|put|tell|word|bring|raise|ask|remind|handle"
    r"|deal|open|start|thank))\b)",
    re.IGNORECASE,
)


_CLAUSE = re.compile(
    r"(?:[.!?;]\s+|,?\s+(?:and|but|plus|so)\s+(?:(?:also|then|now|so)\s+)?|,\s*)"
    r"(?=(?:i|I|I'm|we|he|she|they|it|my|his|her|their|there|the|nobody|everyone"
    r"|[A-Z][a-z]+ [a-z]+)\b)"
)
_FEWEST = 3
_TAKEN_UP = re.compile(
    r"^\W*(?i:(?:and|ok(?:ay)?|good|great|fine|thanks|so|right|well|then|now|first|next|but|yes|let's"
    r"|do|take|start with|what about|how about|back to|on|to|about|the bit about|it's|i mean|maybe"
    r"|i guess|perhaps|mainly|mostly)[,.:]?\s+)*"
    r"(?P<about>(?:the|my|his|her|their|that|this)\s+[a-z'-]+(?:\s[a-z'-]+)?|[A-Z][a-z]+)"
    r"(?:,?\s+(?:thing|bit|matter|one|first|then|now|please|again|what about \w+))*\W*$"
)
_OTHER_ONE = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|so|right|now|then|what about|how about|next)[,.:]?\s+)*"
    r"(?:the )?(?:other(?: one| thing| matter)?|second(?: one| thing| matter)?|rest)"
    r"(?:\s+(?:then|now|please|too))*\W*$",
    re.IGNORECASE,
)


def clauses_of(text: str) -> tuple[str, ...]:
    """The statements that ``text`` is made of, each with a subject of its own."""
    parts = [part.strip(" .,;!?") for part in _CLAUSE.split(text)]
    return tuple(part for part in parts if word_count(part) >= _FEWEST)


def taken_up(text: str) -> str:
    """What a brief message takes up of something said before ("now the calls", "the matron"), as
    it names it; "" when it says something of its own."""
    plain = text.replace("’", "'").strip()
    low = plain[:1].lower() + plain[1:]
    found = _TAKEN_UP.match(low) or _TAKEN_UP.match(plain)
    return found["about"] if found else ""


def takes_other(text: str) -> bool:
    """Whether a message turns to the other of two matters: "now the second one"."""
    return _OTHER_ONE.match(text) is not None


def requests_in(text: str) -> tuple[str, ...]:
    """The parts of a message that each begin like a request: "..., and what did I promise?"."""
    told = _ANNOUNCED.sub("", text.strip())
    return tuple(part.strip() for part in _NEXT_REQUEST.split(told) if part.strip())


def several(text: str) -> tuple[str, ...]:
    """The needs that ``text`` holds, in order, at most three; one for a message about one thing.

    Only an explicit turn ("also", "another thing", "secondly", a numbered list) parts a message:
    a story told in several sentences is one need.
    """
    many = _MANY.match(text)
    pieces = [piece for part in _INNER.split(text) for line in part.splitlines()
              for piece in sentences(line)]  # fmt: skip
    parts: list[str] = []
    for raw in pieces:
        piece = _ANNOUNCED.sub("", raw).strip()
        turned = _TURN.match(piece) or (_AND.match(piece) if many else None)
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
