"""What a message wants: an answer, or to be heard; and whether it goes on with the need in hand."""

from __future__ import annotations

import re

from coach.agreement.limit_words import puts_out_of_bounds
from coach.text import sentences, word_count, words

# A statement that asks for advice all the same, or says that there is no time for questions.
_WANTS = re.compile(
    r"\b(?:what to (?:do|say|try|ask|talk about|bring|raise|discuss)|how to"
    r"|(?:need|want|like|give me|looking for) (?:\w+ ){0,2}"
    r"(?:advice|help|tips?|ideas?|guidance|input)|any (?:advice|ideas?|tips?|suggestions?|thoughts)"
    r"|(?:please|pls|you) help|(?<=^)help(?: me)?|advi[sc]e|i(?:'m| am)? wonder(?:ing)?|tell me"
    r"|show me|in a (?:hurry|rush)"
    r"|no time|quick(?:ly)?|urgent(?:ly)?|minutes? (?:left|before|until)|asap)\b",
    re.IGNORECASE,
)
# A question without its mark: "how do i tell him", "and what can i say", "is it too late".
_ASKED = re.compile(
    r"(?:^|[.!;,:–—]\s+)(?:(?:and|but|so|ok(?:ay)?|hm+|well|or|then|now|please),?\s+)*"
    r"(?:(?:how|what|where|when|why|who)(?:'s\b| (?:do|does|did|can|could|should|shall|would|will"
    r"|to|if|about|else|is|are|was|am|might|i (?:can|could|should|must|do)\b"
    r"|\w+ (?:can|could|should|shall|would|do|does) (?:i|we|you|he|she|they)\b))"
    r"|who \w+(?:ed|s)?\b(?! (?:i|we) )|who (?:won|said|wrote|made)\b"
    r"|why\b|(?:suggest|propose|give|show|tell|explain|recommend|list|find|draft|write)\b"
    r"|(?:should|shall|can|could|may|must|do|would|am) (?:i|we|you)\b|is (?:it|that|this)\b"
    r"|are there\b|is there\b)",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    r"\b(?:should|shall|can|could|may|might|must) (?:i|we)\b|\b(?:i|we)(?:'ll| will|'d (?:like"
    r"|love) to| would (?:like|love) to| want to| am going to|'m going to| plan to| intend to"
    r"|'m thinking of| might| could| need to)\b|\blet(?:'s| us| me)\b|\bif i\b"
    r"|\b(?:ok|okay|fine|all right|alright|better|good idea) to\b"
    r"|\b(?:question|something|anything)s? (?:to ask )?(?:(?:her|him|them) )?(?:on|about|regarding"
    r"|around)\b|^\W*(?:(?:ok|so|then|and|but|just|please),? )*(?:talk|ask|what|how|call|ring|text"
    r"|phone|write|message)\b(?! (?:do|does|did) (?:she|he|they))",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\b(?:am i|(?:i am|i'm|i was)(?: just)?)(?: being| just)? (?:over-?reacting|over-?sensitive"
    r"|too (?:\w+ )?(?:sensitive|harsh|soft|strict|hard|needy|demanding|impatient|touchy)|unfair"
    r"|unreasonable|silly|paranoid|imagining|being \w+)\b(?=.*\?)|\bis it (?:just |only )?me\b"
    r"|^\W*(?:(?:so|and|but|or|then),? )*(?:should|could) i (?:not )?have \w+(?: \w+){0,3}\W*$"
    r"|\bam i (?:in the )?(?:wrong|right) (?:to|in)\b|\bis it (?:normal|wrong|ok(?:ay)?|bad) "
    r"(?:that i|of me|to feel)\b",
    re.IGNORECASE,
)
_ON_LIMITS = re.compile(
    r"\b(?:limits?|boundar\w+|out of bounds|off[- ]limits|agree(?:d|ment)|rules?|taboo|no calls"
    r"|settled|allowed|off the table)\b",
    re.IGNORECASE,
)
_DRAWS_LIMIT = re.compile(
    r"\b(?:we(?:'ve| have)? (?:both )?(?:agreed|settled|decided)"
    r"|(?:asked|told|begged) (?:me|us) (?:not|never|to stop|to keep|to leave)"
    r"|off the table"
    r"|(?:does not|doesn't|doesnt) want (?:me|us|it|that|to (?:talk|speak|discuss|be))"
    r"|(?:i|we) (?:won't|will not|mustn't|must not|am not to|'m not to|are not to)"
    r" (?:ask|mention|raise|bring up|talk|call|ring|text))\b"
    r"|^\W*no (?:more )?(?:calls?|messages|texts|contact|e-?mails?|meetings)"
    r" (?:after|before|on|at|in)\b",
    re.IGNORECASE,
)
_ALL_OF = re.compile(
    r"\b(?:what|everything|anything|all)(?: that| which)? (?:(?:do|have|did) )?(?:you|we|i)"
    r" (?:know|have|remember|keep|got|noted|wrote)(?: (?:down|noted|kept))? (?:about|on|of) "
)
_GOES_ON = re.compile(
    r"^\W*(?:and|but|so|also|then|or|because|yes|no|well|still|even)\b"
    r"|\b(?:he|she|they|him|her|them|it|that|this|those|these|hers|his|theirs)\b",
    re.IGNORECASE,
)
_BIDS = re.compile(r"\W*(?:please )?(?:suggest|propose|give me|explain|recommend)\b", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"^\W*(?:(?:well|so|and|but|actually|maybe|perhaps|i think|i guess|i suppose|probably|oh"
    r"|mind you|to be fair|in fact|the thing is)[, ]+)*(?:it(?:'s| is| was)|that(?:'s| is| was)"
    r"|this is)? ?(?:just |only |probably |partly |also |mainly )*because\b",
    re.IGNORECASE,
)
"""Gives a reason for what was told before."""
_ON_IT = re.compile(
    r"\b(?:what|how) do you think\b|\bdo you (?:think|agree|see)\b|\bam i\b"
    r"|\bdoes (?:that|it) matter"
    r"|\bis (?:that|this|it) (?:just me|normal|usual|fair|my fault|wrong)\b",
    re.IGNORECASE,
)
"""Asks the coach for its view of what was told, whatever that was."""
_DEMANDS = re.compile(
    r"\b(?:tell me what (?:to do|you think)|what (?:do|should|can|would) i do|just tell me"
    r"|(?:i )?(?:don't|do not|dont) want (?:any )?(?:more )?questions)\b[^a-z]*$"
    r"|\bwhat (?:do|should|can) i do (?:about|with) (?:it|that|this)\b",
    re.IGNORECASE,
)
"""Wants advice on what was told before, without naming it."""
_WORDS_FOR = re.compile(
    r"\b(?:how|what) (?:(?:do|can|should|would|could|might|to|shall|must|i|we|one|best|ever|even"
    r"|actually|exactly|then|now) )+"
    r"(?:say|tell|ask|put|word|phrase|begin|start|bring|raise|answer|explain|mention|remind"
    r"|own up)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)
_BREATHS = re.compile(r"(?<=[.;,!?])\s+")
_STATES = re.compile(
    r"^\W*(?:(?:so|and|but|well|today|yesterday|again|look|right|now)[,.]? )*"
    r"(?:he|she|they|my (?:mentor|mentee)|[A-Z][a-z]+)\s+(?:just |still |also |again |simply )?"
    r"(?:is|was|isn't|wasn't|has|had|hasn't|did|didn't|does|doesn't|don't|won't|wouldn't|can't"
    r"|couldn't|never|always|keeps?|keep|\w{2,}ed|came|went|got|said|says|told|forgot|left|rang|gave"
    r"|sent|lost|made|took|turned|shows?|seems?|looks?|sounds?|wants?|needs?|feels?|felt)\b"
)
_FEW = 5
_NAMES_THEM = re.compile(r"\bm[ey] ?(?:mentor|mentee|coachee)s?\b", re.IGNORECASE)
_BRIEFLY = 14
"""A message of so few words can go on with the need in hand."""
_LIGHT = frozenset(
    words(
        """a an the and or but so ok okay hm well now then do does did done doing have has had be am
        is are was were can could should shall would will may might must i me my we us you it that
        this what how why like about else for of to in on at more next first other time way thing
        things say said tell ask try go give get make exactly just really please examples example
        instead again there here good best better any some if not no yes where begin start talk long
        often much many suggest propose bring raise write put word words him her them avoid forget
        prepare expect careful"""
    )
)
"""Words that tell nothing about which matter is meant."""


def asks(text: str) -> bool:
    """Whether a message wants an answer now: it asks, with or without a mark, or is in a hurry."""
    plain = text.replace("’", "'")
    return "?" in plain or bool(_WANTS.search(plain)) or bool(_ASKED.search(plain))


def wants_words(text: str) -> bool:
    """Whether words to say are asked for: "how do I tell him?"."""
    return _WORDS_FOR.search(text.replace("’", "'")) is not None


def states(text: str) -> bool:
    """Whether a message tells what somebody did or is like, and asks for nothing."""
    return _STATES.match(text.replace("’", "'")) is not None and not asks(text)


def less_demand(text: str) -> str:
    """What ``text`` tells, without the demand to be told what to do; "" when it is no more."""
    parts = [part for part in _BREATHS.split(text) if not _DEMANDS.search(part)]
    return " ".join(part.strip() for part in parts if part.strip(" ,.;!")).strip(" ,")


def goes_on(text: str, name: str = "") -> bool:
    """Whether a brief message can be about what was said before, rather than a matter of its own.

    It names nobody (``name`` is the other person's); a question must lean on "he" or "that", or
    hold nothing but light words.
    """
    if _DEMANDS.search(text) or (_EXPLAINS.match(text) and not asks(text)):
        return True
    if word_count(text) > _BRIEFLY or _NAMES_THEM.search(text):
        return False
    first, *rest = sentences(text) or [text]
    tells = word_count(first) >= _FEW and not asks(first) and not _IT.search(first)
    if rest and tells and asks(text):
        return False  # what is asked is about what it tells itself
    told = [one.removesuffix("'s") for one in words(text)]
    if set(told) - {name.lower()} <= _LIGHT or (_BIDS.match(text) and len(told) <= _FEW):
        return True
    if _ON_IT.search(text):
        return True
    if name and name.lower() in told:
        return False
    return not asks(text) or bool(_GOES_ON.search(text))


def asks_verdict(text: str) -> bool:
    """Whether the user wants to be told whether what they feel or did is right."""
    return bool(_VERDICT.search(text.replace("’", "'")))


def proposes(text: str) -> bool:
    """Whether the user thinks of doing or raising something; not when it is the limits that are
    talked about."""
    plain = text.replace("’", "'")
    return bool(_PROPOSES.search(plain)) and not _ON_LIMITS.search(plain)


def draws_limit(text: str) -> bool:
    """Whether a message says plainly that the two have drawn a line between them."""
    return puts_out_of_bounds(text) or bool(_DRAWS_LIMIT.search(text.replace("’", "'")))


def asks_for_all(text: str, name: str) -> bool:
    """ "What do you know about her?": a question to memory that names nothing but the person."""
    pattern = rf"{_ALL_OF.pattern}(?:{re.escape(name)}|her|him|them|my (?:mentor|mentee))\W*$"
    return re.search(pattern, text, re.IGNORECASE) is not None
