"""Questions in the chat: showing them, and hearing which of them was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.conversation.dialogue.answers import ORDINALS
from coach.conversation.questioning.asking import Suggestion
from coach.conversation.wording import Voice

_ASKED = re.compile(
    r"^\s*(?:(?:yes|ok|okay|so|well)[,.]?\s+)?i(?:'ve| have|'d| had)? (?:just |already |now )?"
    r"(?:asked|used|put|tried)\b(?: (?:her|him|them|it|my \w+|(?-i:[A-Z]\w+)))?(?:"
    r" about)?[:,]?\s*(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(rf"\b({'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b", re.IGNORECASE)
_PICKS = re.compile(
    r"^(?:the |number |no\.? |question |questions |and |,|&|\s|one|ones|of (?:them|these|those|the)"
    rf"|{'|'.join(ORDINALS)}|to (?:her|him|them)|\.)+$",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^(?:all|both|every one)(?: of)?(?: (?:them|these|those|the questions))?[.]?$", re.I
)


def reply(suggestions: Sequence[Suggestion], voice: Voice) -> tuple[str, tuple[str, ...]]:
    """The questions as a reply's Markdown, with its citations.

    Counts the questions as shown in ``voice``, so that others come first the next time.
    """
    if not suggestions:
        return voice.say("no questions"), ()
    for one in suggestions:
        voice.take(one.question)
    lines = [voice.say("questions"), ""]
    lines += [f"- *{s.depth}*: {s.question}{_cited(s)}" for s in suggestions]
    lines += ["", voice.say("questions close")]
    cited = dict.fromkeys(s.cards[0] for s in suggestions if s.cards)
    return "\n".join(lines), tuple(cited)


def _cited(one: Suggestion) -> str:
    return f" [{one.cards[0]}]" if one.cards else ""


def asked_in(message: str, listed: Sequence[str]) -> list[str]:
    """Which questions a message says were asked: of those ``listed`` last, or one it quotes.

    "I asked the second one", "I asked all of them", "I asked her: what did you make of it?".
    Empty when it says no such thing.
    """
    found = _ASKED.match(message.strip())
    if found is None:
        return []
    what = found["what"].strip().strip('"“”')
    # "The second one, she laughed": what came of it is told besides.
    place = re.split(r"[,;.]\s+(?=\w+ \w)|\s+and (?=he|she|they|it|we|i)\b", what, maxsplit=1)[0]
    if listed and _ALL.match(what):
        return list(listed)
    if listed and place and _PICKS.match(place):
        places = [ORDINALS[m.lower()] for m in _NUMBER.findall(re.sub(r"\bones?\b", "", place))]
        return [listed[n - 1 if n > 0 else n] for n in places if -len(listed) <= n <= len(listed)]
    return [what] if what.endswith("?") else []
