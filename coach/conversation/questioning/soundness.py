"""Whether a made wording can be said aloud, and a plain one where it cannot."""

from __future__ import annotations

import re

from coach.conversation.questioning.verbs import base_of, is_base

_MOST_WORDS = 22
_WHOSE = r"(?:the|my|your|our|his|her|their)"
_WRONG = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r" ,|\b(\w+) \1\b(?<!that that)(?<!had had)",
        r"\b(?:of|about|with|into|from|between|to) (?:back|of|from|about|with|at|by|into|if|whether"
        r"|that you|that he|that she|that they|that I|n't)\b",
        # What is left of a clause: "since they brought?", "sitting on your desk for?"
        r"\b(?:because|since|although|though|so|than|if|unless|and|or|but|the|a|an|my|your|very|too)"
        r"\W*$",
        r"\b(?:did|do|does) (?:you|he|she|they|we|I|it) (?:not )?(?:been|had|was|were|gone|done)\b",
        r"\b(?:do|does|did|can|will) (?:you|he|she|they|we) (?:haven't|hasn't|don't|didn't"
        r"|can't)\b",
        # Two questions, or one with its answers.
        r", or\b|\band (?:do|does|did|is|are|was|were|have|has|will|would|can|could) \w+ \w+",
        r"^how are things with you (?!with|at|in|on|about|now|at the)\w",
        r"\bany for you\b|\bany \w+er\b",
        r"^how \w+ed (?:is|are|was|were) (?!you\b|it\b)|\btell me about (?:who|when|where)\b",
        r"^what would being (?:told|given|shown|\w+ed)\b",
    )
]
_ASKED = re.compile(r"\b(?:do|does|did) (?:you|he|she|they|we|I|it) (?:\w+ly )?(?P<verb>[a-z]+)\b")
_NAMED = re.compile(rf"\b(?P<whose>{_WHOSE}) (?P<rest>[a-z][\w' -]*)", re.IGNORECASE)
_NAMED_AT = re.compile(rf"\b{_WHOSE} ", re.IGNORECASE)
_NOT_OF_A_NAME = re.compile(
    r"(?:what|which|who|that|how|if|when|where|to|of|or|and|any|so|in|on|at|for|with|by|from|about|be|been"
    r"|has|have|had|is|are|was|were|will|would|can|could|do|does|did|not|you|he|she|they|we|I|it"
    r"|the|a|an|my|your|our|his|her|their|this|next|last|\w+ed|\w+n't)$",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"(?<=\w),? (?:since (?!then\b)|because |although |though |even if |now that |so that |or is "
    r"|or are |or was |or do |or did |or has |or have |or not\b).*$",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:,| -)? (?:yet|for now|at all|so far|already)$", re.IGNORECASE)


def shortened(question: str) -> str:
    """A question without the clause at its side: a reason, an alternative."""
    plain = question.rstrip("?.! ")
    short = _TRAILING.sub("", _SIDE.sub("", plain))
    return short if len(short.split()) >= _LEAST_WORDS else plain


_LEAST_WORDS = 4


def is_sound(question: str) -> bool:
    """Whether a made question is one that somebody would say."""
    if len(question.split()) > _MOST_WORDS or any(wrong.search(question) for wrong in _WRONG):
        return False
    asked = _ASKED.search(question)
    verb = asked["verb"] if asked else ""
    return not verb or is_base(verb) or base_of(verb) in {None, verb}


def about_thing(asked: str) -> str:
    """A plain question about what ``asked`` names, whatever its grammar."""
    found = [
        f"{match['whose']} {' '.join(name)}"
        for start in [m.start() for m in _NAMED_AT.finditer(asked)]
        if (match := _NAMED.match(asked, start)) and (name := _name(match["rest"].split()))
    ]
    return f"what can you tell me about {found[-1]}?" if found else "how do you see it yourself?"


def _name(following: list[str]) -> list[str]:
    """The words after "the" or "your" up to the first that cannot be part of a name."""
    end = next((n for n, word in enumerate(following) if _NOT_OF_A_NAME.match(word)), 3)
    return following[: min(end, 3)]
