"""Reading the question that the user wants to ask: what kind it is, and a better wording."""

from __future__ import annotations

import re

from coach.conversation.questioning.reading import QuestionKind, QuestionReading, read_question

_CARD = "fain/ask-good-questions"
_CARDS: dict[QuestionKind, tuple[str, ...]] = {
    "open": (_CARD,),
    "closed": (_CARD,),
    "leading": ("argonne/questions-and-active-listening",),
    "double": (_CARD,),
    "advice in disguise": ("engage/active-listening", "keijzer/open-to-ideas"),
    "small talk": (_CARD,),
}
_KINDS: dict[QuestionKind, str] = {
    "open": "an open question", "closed": "a closed question", "leading": "a leading question",
    "double": "a double question", "advice in disguise": "advice in disguise",
    "small talk": "small talk",
}  # fmt: skip
_QUESTION = r"(?:(?:this|my|the|that|a) )?(?:following )?(?:question|one|way (?:to ask|of asking))"
_REQUESTS = [
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"^(?:is|would|was|does|do you think) (?:this|it|that)(?: (?:be|is|sound|look))?(?: like)?"
        r" (?:a |an |too )?(?:\w+ )?(?:good|ok|okay|open|closed|leading|fair|right|fine|decent"
        r"|proper|bad|loaded)(?: (?:question|one))?(?: to (?:ask|put)(?:"
        r" \w+)*?)?\s*[:,–—-]\s*(?P<q>.+)$",
        r"^(?:[\w ]{1,25}[,.;:] )?(?:is|would) (?P<q>[\"“'‘].+[\"”'’])(?: be)? (?:a |an )?(?:\w+ )?"
        r"(?:question|good|ok\w*).*$",
        r"^(?:how|what) (?:can|could|should|would|do|might) (?:i|you|we) (?:best |better )?"
        r"(?:ask|word|phrase|put|rephrase|reword|say|improve|make)"
        r"(?: (?:this|it|that|the question|my question|this question|this one))?(?: \w+)?"
        r"(?: (?:better|more open|well|differently|instead))?\s*[:,–—?-]\s*(?P<q>.+)$",
        rf"^(?:please |can you |could you |help me )*(?:to )?(?:improve|rephrase|reword|rewrite"
        rf"|check"
        rf"|rate|judge|read|fix|mend|assess|review|better|test|look at|evaluate|polish)"
        rf" {_QUESTION}(?: for me)?(?: please)?\s*[:,–—-]\s*(?P<q>.+)$",
        r"^(?:please |can you |could you |help me )*(?:to )?(?:make|turn|ask|word|phrase|put)"
        r" (?:this|it|my question|this question|the question|the following)(?: sound)?"
        r" (?:into )?(?:more |a |an )?(?:open|better|less \w+|neutral|good|well)\w*"
        r"(?: (?:question|one|way))?(?: please)?\s*[:,–—-]\s*(?P<q>.+)$",
        r"^what (?:kind|sort|type) of (?:a )?question is (?:this|that|it|the"
        r" following)?\s*[:,–—-]?\s*(?P<q>.+)$",
        r"^(?:a )?better (?:wording|way to ask|question)(?: (?:for|than|of))?(?:"
        r" this)?\s*[:,–—-]\s*(?P<q>.+)$",
        r"^(?:i(?:'d| would)? (?:want|like|plan|am going|was going|wanted|intend|am thinking of)"
        r"(?: to)? ask\w*)(?: (?:her|him|them|my \w+|[A-Z]\w+))?(?: (?:this|about))?\s*[:,]?\s*"
        r"(?P<q>[\"“'‘].+?[\"”'’]|(?<=:).+?\?)[\s,.]*(?:(?:what do you think|is (?:that|this|it)"
        r"|how (?:is|does)"
        r"|any good|ok|okay|does (?:that|it)|good or|would that|can i|how could i|better).*)?$",
        r"^is it (?:ok|okay|all right|alright|fine|good|wise|fair) to ask(?: (?:her|him|them|my \w+"
        r"|[A-Z]\w+))?\s*[:,]?\s*(?P<q>[\"“'‘].+[\"”'’]|(?<=:).+)\??$",
        r"^(?P<q>(?:[\"“].+[\"”]|[A-Z][^?]+\?))\s*[–—-]?\s*(?:is (?:this|that|it) (?:a )?(?:good"
        r"|ok|okay|open"
        r"|fair|leading|closed)(?: question)?|how (?:can|could) i (?:ask|word|put|phrase) (?:this"
        r"|that|it)"
        r" better|good question|(?:can|could) (?:you|i) (?:improve|ask|word|put) (?:this|that"
        r"|it)(?: better)?"
        r"|better wording|what (?:kind|sort) of question is (?:this|that))\W*$",
    )
]  # fmt: skip


def question_in(message: str) -> str | None:
    """The question that a message asks to be read: "is this a good question: ..."; else None."""
    text = " ".join(message.split())
    for pattern in _REQUESTS:
        found = pattern.match(text)
        if found and re.search(r"\w+\W+\w", found["q"]):
            return found["q"].strip().strip("\"“”'‘’ ")
    return None


_FURTHER = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|so|now|then|what about|how about|or|next|also)\b[\s,:;-]*)*"
    r"(?:(?:this|that|the next|another|the following)(?: one| question)?\s*[:,;-]+\s*)?"
    r"(?P<q>[\"“']?[^:]+\?[\"”']?)\s*$",
    re.IGNORECASE | re.DOTALL,
)


_GOING_ON = re.compile(r"\W*(?:and|or|what about|how about|this|next)\b", re.IGNORECASE)


def further_question(message: str) -> str | None:
    """The question in "and this one: ...?", said after a question was read; None when there is
    none: a request of another kind is no question to read."""
    found = _FURTHER.match(" ".join(message.split()))
    if found is None or not _GOING_ON.match(message):
        return None
    told = found["q"].strip().strip("\"“”'‘’ ")
    return told if re.search(r"\w+\W+\w", told) else None


def answer_reading(question: str) -> tuple[str, tuple[str, ...]]:
    """What to say about a question that the user wants to ask, with the cards behind it."""
    read = read_question(question)
    cards = _CARDS[read.kind]
    return f"{_said(read)} [{cards[0]}]", cards


def _said(read: QuestionReading) -> str:
    kind = _KINDS[read.kind]
    if read.kind == "open":
        said = f"That is {kind}. {read.why}"
        return f"{said} {read.remark} You could ask: *{read.better}*" if read.remark else said
    said = f"That is {kind}. {read.why} You could ask instead: *{read.better}*"
    return f"{said} And when that is answered: *{read.then}*" if read.then else said
