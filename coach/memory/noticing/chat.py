"""What in a chat message is said to the assistant, and so is nothing to remember."""

from __future__ import annotations

import re

from coach.memory.noticing.promise_words import EMPTY
from coach.memory.noticing.segments import ASKED, Clause

_QUESTION = re.compile(
    r"(?:(?:and|so|but|also|ok|okay|hi|hey|hello|please|well)[ ,]+)*(?:(?:how|what|why"
    r"|which|who|where|when) (?:do|does|did|should|can|could|would|is|are|was|might|to"
    r"|about|if|shall|will|'s|am)\b"
    r"|how (?:much|many|often|long|far|soon|well)\b"
    r"|(?:how|what|why)'s\b|(?:should|could|can|would|do|does|did|is|are|am|shall|will"
    r"|have|has|may) (?:i|you|we|he|she|they|it|there|that|this|my)\b|any (?:ideas?"
    r"|tips?|advice|suggestions?|thoughts?)\b)"
)
_NAMES_IT = re.compile(
    r"(?:(?:and|so|but) )?what(?:'s|'re| (?!is\b|are\b|was\b|were\b)\w+)(?: [\w']+){0,6}? "
    r"(?:is|are|was|were)\b"
)
"""A statement that begins like a question: "What's next is the senior post"."""
_REQUEST = re.compile(
    r"(?:(?:and|so|but|also|please|could you|can you)[ ,]+)*(?:help me|give me|show me"
    r"|suggest|remind me (?:to|of|about)?|list|explain|tell me (?:how|what|about|more"
    r"|which|if)|advise|draft me|write me|make me"
    r"|i (?:need|want|would like|'d like) (?:some |any |your |a few |a bit of "
    r"|to know |to ask you )?(?:advice|help|ideas|tips|questions|a script|suggestions"
    r"|you to|know|ask you)\b"
    r"|i (?:wonder|was wondering|am wondering)|i'm (?:wondering|looking for (?:advice"
    r"|tips|help|ideas))|thanks?\b|thank you)"
)
_GENERAL = re.compile(
    r"\b(?:a (?:good )?(?:mentor|mentee|coach)|(?:good )?(?:mentors|mentees|coaches)"
    r"|one (?:should|must|ought)|people (?:should|often)|you should|it is important to"
    r"|it's important to)\b"
)


def asks(clause: Clause, source: str) -> bool:
    """Whether ``clause`` is a question or a request to the assistant, or general talk."""
    if clause.quoted:
        return False
    low = clause.low.strip(" \"'(")
    end = source[clause.span[0] : clause.span[1]].rstrip(" \"'”’)")
    if end.endswith("?") and (
        clause.end >= clause.span[1] - 3
        or _QUESTION.match(source[clause.span[0] : clause.span[1]].lower())
    ):
        return True
    if EMPTY.search(low) or ASKED.match(low):
        return True
    if _QUESTION.match(low) and clause.first and not clause.bullet:
        return end.endswith("?") or _NAMES_IT.match(low) is None
    if clause.bullet or clause.label:
        return False
    return bool(_REQUEST.match(low) or _GENERAL.search(low))


def supposes(low: str) -> bool:
    """Whether a clause only supposes: an "if" with a "would"."""
    return bool(
        re.search(r"\b(?:if|unless|suppose)\b", low)
        and re.search(r"\b(?:would|could|might)\b|'d\b(?! (?:like|love|rather))", low)
    )
