"""What a script may have to know of a pair, and how to ask for what is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coach.agreement.topics import terms
from coach.storage.pairs import Role

KNOWN = frozenset({"name"})
"""Slots that always have a value."""

PRACTICAL = ("frequency", "length", "place", "channel", "hours")
"""The topics that make up "practical" and "settled"."""

# Slot -> how to ask for it, {name} being the other person; "" for what is no lack when unknown.
SLOTS: Mapping[str, str] = {
    "hope": "@expectations", "offer": "@role", "covered": "@covered", "limits": "@out-of-bounds",
    "frequency": "@frequency", "rhythm": "@frequency", "length": "@length", "place": "@place",
    "channel": "@channel", "hours": "@hours", "confidentiality": "@confidentiality",
    "ending": "@ending", "practical": "@practical", "settled": "@practical",
    "their_limit": "", "review": "", "sessions": "", "gap": "", "thread": "",
    "goal": "@goal", "goal_by": "",
    "win": "@win",
    "promise": "@promise", "promise_by": "", "promise_note": "", "promise_others": "",
    "their_promise": "what {name} had promised, and by when", "their_promise_by": "",
    "last_session": "when you last met",
    "unknown": "which question it is that you can't answer",
    "reason": "the honest reason, in one sentence",
    "new_date": "by which day you can do it",
    "change": "what you would change, and the moment in which you saw it",
    "unhappy": "what you are not happy with in your own work yet",
    "helped": "what has helped you most so far",
    "mishap": "a small mishap of your own to tell",
    "copy": "what {name} does that you would copy",
}  # fmt: skip
"""``@topic`` is asked as the agreement asks for it; ``@goal``, ``@win``, ``@promise`` by role."""

_BY_ROLE: Mapping[tuple[str, Role], str] = {
    ("@goal", "mentor"): "what {name} wants to get to",
    ("@goal", "mentee"): "a goal of your own",
    ("@win", "mentor"): "something that {name} did well lately",
    ("@win", "mentee"): "something that went well for you lately",
    ("@promise", "mentor"): "which promise of yours is open",
    ("@promise", "mentee"): "which promise of yours is open",
}
# Here a promise of one's own is only by the way, so none is no lack.
_OWNING = "owning-a-missed-promise"
# A gift to the script where it is known; elsewhere it is what the script is about.
_ABOUT_A_WIN = frozenset({"feedback", "levity", "passing-it-on"})


_LIMIT_OF_HOURS = re.compile(
    r"\b(?:no|not any|without)(?: more)? (?:\w+ )?(?:calls?|messages?|e-?mails?|texts?|contact"
    r"|work) [^.;:!?,\"]*?\b(?:after|before|between|on|at) [^.;:!?,\"]+",
    re.IGNORECASE,
)


def told_in(request: str) -> dict[str, str]:
    """The slots that a request for a script fills by itself: "how do I say no calls after 8"."""
    found = _LIMIT_OF_HOURS.search(request)
    return {"hours": " ".join(found[0].split())} if found else {}


def asks(
    kind: str, role: Role, name: str, slots: tuple[str, ...], known: Mapping[str, str]
) -> tuple[str, ...]:
    """What to ask the user for: the slots of a script of ``kind`` that are not ``known``."""
    wanted: list[str] = []
    for slot in slots:
        ask = SLOTS.get(slot, "")
        noted = "promise_note" in known
        by_the_way = (ask == "@promise" and (kind != _OWNING or noted)) or (
            ask == "@win" and kind not in _ABOUT_A_WIN
        )
        if ask == "@practical":
            wanted += [terms().topics[t].ask for t in PRACTICAL if t not in known and t != "place"]
        elif slot not in known and ask and not by_the_way:
            wanted.append(_BY_ROLE.get((ask, role)) or _asked(ask))
    return tuple(dict.fromkeys(one.replace("{name}", name) for one in wanted))


def _asked(ask: str) -> str:
    return terms().topics[ask[1:]].ask if ask.startswith("@") else ask
