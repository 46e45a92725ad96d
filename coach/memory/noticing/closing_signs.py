"""What the words of a sentence say of the state of something: past, done, dropped, moved, open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from coach.content import from_toml, knowledge
from coach.memory.dates.words import word_set
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten, has_verb, tokens

_FUTURE = re.compile(
    r"\b(?:will|shall|going to|gonna|is to|am to|are to|wants? to|would|might|'ll)\b|'ll\b"
)
_NOT_YET = re.compile(
    r"\b(?:not yet|still haven't|hasn't|haven't|has not|have not|still hasn't|still has|still to"
    r"|forgot\w*|clean forgotten|yet to|(?<!for )nothing|didn'?t|did not|hasnt|havent"
    r"|no \w+ yet)\b"
)
_OPEN_STILL = re.compile(
    r"\b(?:forg[eo]t\w*|has not|have not|as yet|not (?:yet|gone|sent|done|written|ready)"
    r"|no (?:\w+ ){1,2}(?:as )?yet|late|behind|slipped|never|half[ -](?:done|finished|way|written)"
    r"|halfway|not (?:get|got|come|gotten) (?:a?round )?to|still (?:looking|waiting|working|open)"
    r"|aint|ain't|isn't (?:done|ready|finished)|(?:has|have|had) not)\b"
    r"|\bstill (?:haven't|hasn't|has|have|to|owes?|not|no|nothing|without)\b|\bno sign of\b"
    r"|\b(?:haven't|hasn't|not) (?:\w+ )?an? (?:word|line|page|stroke|thing)\b"
)
_IN_TURN = re.compile(r"\b(?:first|next|then|later|soon)\b")
"""Without a verb, what will be done: "Dirk first, then the list"."""
_WELL_AGAIN = re.compile(
    r"(?:\b(?:is|are|am|was|feels?)|['’](?:s|re|m)) (?:\w+ )?(?:grand|fine|well|right|ok|okay|good"
    r"|happy"
    r"|(?:whistl|smil|laugh|sleep|eat|talk|speak|sing|play|walk)ing|(?:him|her|my)self)"
    r" again\b"
)
_GOES_ON = re.compile(r"\b(?:still|yet to|not yet|keeps?|goes on|again|continues?|outstanding)\b")
_AFTER_ALL = re.compile(
    r"\b(?:did(?! not)|already|finally|at last|after all|in the end|sent|done|arrived|delivered"
    r"|reached (?:me|him|her|them|us)|turned up|came (?:in|through)|handed (?:\w+ )?(?:in|over)"
    r"|posted|emailed|landed)\b"
)
"""What tells that it was done, be it late: "the forms reached him late"."""
# What stands right before a verb that it denies: "I never sent it", "it has not even been done".
_DENIES = re.compile(
    r"(?:n't|\b(?:not|never|nor|nothing|without|yet to|nobody|(?:ai|did|has|have|had|was|were"
    r"|is)nt))"
    r"(?: \w+){0,3} $"
)
_EMPTY_VERBS = frozenset(
    {"be", "do", "have", "get", "go", "come", "make", "take", "promise", "say", "tell", "want"}
)
_LEAD = r"[^\w\"“]*(?:(?:please|so|and|now|ok|okay|also|then|just|well|hi|hello|thanks) ?,? )*"
_BEFORE_SUBJECT = word_set(
    "and but so also then now well yes oh still already finally today yesterday"
)
_WHO = "(?:i|you|we|he|she|they)"
_ASKS = re.compile(
    rf"{_LEAD}(?:please|(?:can|could|would|will|shall|should|do|did|does|is|are|has|have) {_WHO}"
    r"|(?:what|which|how|when|where|why|who|whom|whose)(?: \w+){0,2}?"
    rf" (?:should|shall|can|could|would|will|do|does|did|is|are|was|were|has|have) {_WHO}"
    r"|how (?:to|about)|what (?:to|about)|any (?:ideas?|advice|tips?|suggestions?)"
    r"|(?:i|we) (?:need|want|would like|'d like) (?:some|a few|you to|advice|help|ideas?)"
    r"|let's|let us)\b"
)
_ASKS_LATER = re.compile(
    rf"(?:,|;| -| –| —|\band|\bbut|\bso) (?:and |but |so )?(?:how|what|when|where|why|who|which)"
    rf" (?:do|does|should|shall|can|could|would|will|to|is|are) ?(?:{_WHO})?\b"
)
_WISHES = re.compile(
    r"(?:i|we)(?:'d| would| really)?(?: really)? (?:like|love|want|need|hope|wish|plan) to\b"
)
_ORDER = re.compile(
    rf"{_LEAD}(?!forget|drop|cancel|scrap|skip|ignore|leave|remove|delete|close|mark|tick)"
    r"(?P<verb>[a-z]+) (?P<next>me|us|my|her|his|their|the|a|an|some|it|him|them|about|what|how)\b"
)
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|some|half|part|most|\d+)"
_SOME_OF = re.compile(
    rf"\b(?:one|{_COUNT}) (?:out )?of (?:the|his|her|my|their|our|an?|{_COUNT})\b"
    rf"|\b{_COUNT} of them\b|\b(?:once|twice|{_COUNT} times) out of (?!ten|a hundred)\b"
)
_NOT_ALL = re.compile(
    r"\b(?:half|partly|partially|nearly|almost|not quite) (?:done|finished|written|read|ready|there"
    r"|through|way|painted|packed|drafted)\b"
    r"|\bin (?:its|the|his|her|my) \w+ week\b|\b(?:under ?way|in progress)\b"
    r"|\b(?:more|rest|others?) (?:is |are |still )*(?:to (?:go|come|do|follow)|missing|open)\b"
    r"|\b(?:the )?(?:other|rest|second|third|fourth|last)(?: (?:one|half|part|two|three))?"
    r" (?:(?:is|are|was|were|she's|he's|i'm|they're) )?(?:still|to come|to go|to follow|missing"
    r"|misses|chasing|outstanding|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|next)\b"
)
_PUT_OFF = re.compile(
    r"\b(?:puts?|putting|pushed|moved|shifted) (?:the|it|that|this|his|her|my|their|our)"
    r"(?: \w+){0,3} (?:off|back|out)\b|\b(?:puts?|putting) off\b|\bpostponed\b"
)
_DEPARTS = re.compile(
    r"\b(?:has|have|had|'s|is) (?:\w+ )?(?:moved (?:on|to|away)|left|gone|retired|leaving"
    r"|replaced)\b"
    r"|\b(?:retired|resigned|got poached|handed in (?:his|her) notice|moved to)\b"
)
_STANDS = re.compile(
    r"\b(?:is|are|'s|'re|stands?|hangs?|lies?) (?:now |all )?(?:up|in place|up and running|through"
    r"|on the (?:wall|table|desk)|with (?:me|him|her|them|us))(?=\W*$|[,.;:]| )"
)
_SERVED = re.compile(r"\b(?:done|finished|had it|served)\b")
_NO_DEED = re.compile(
    r"\b(?:proud of|fond of|looks? forward|(?:sent|sends|gave|gives|send) (?:\w+ ){0,2}?(?:love"
    r"|flowers"
    r"|regards|greetings|wishes|kisses|a card|a hug)"
    r"|(?:has|have|had|is having|got|expects?|expecting) (?:an?|her|his|their) (?:\w+ )?(?:baby"
    r"|child"
    r"|boy|girl|birthday|cold|dog|cat)|got (?:married|engaged|divorced)|turned \w+ty)\b"
)
_TAKES_UP = re.compile(
    r"\W*(?:(?:and|but|so|well|now|then) )*(?:all )?(?:that|this|it)(?:'s|'d|s)?"
    r"(?: \w+(?= (?:is|was|has|went|did|will)\b))? "
    r"(?!(?:he|she|they|i|we|you|the|my|his|her|their|our|an?)\b)"
)
_REPORT = re.compile(
    r"(?:^\W*[^:]{2,40}: (?:\w+ ){0,2}|^\W*(?:\w+ ){1,3}|, )(?:(?:read|sent|written|done|made"
    r"|heard|given|set|put|met|seen|told|found|kept|held|rung|sat|shut|used"
    r"|(?!need|speed|hundred)\w{3,}ed)(?:[ ,.;!]|$)|(?:up|in|out|off)(?:[,.;!]|$))"
    r"(?!(?<= )(?:by|until|to|for (?:next|the)) )"
    r"|^\W*[^:]{2,30}: (?:all |down to |\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|nil|none)\b)"
)


@cache
def signs() -> Mapping[str, re.Pattern[str]]:
    """The phrases of ``knowledge/closings.toml`` by what they say.

    Raises :class:`ContentError` for a missing or broken file.
    """
    return from_toml(
        knowledge("closings.toml"),
        lambda raw: {name: re.compile(rf"\b(?:{'|'.join(told)})\b") for name, told in raw.items()},
        "it needs lists of phrases",
    )


@dataclass(frozen=True)
class Says:
    """What the nearest clauses of a sentence (flattened) say; ``first`` is the nearest one.

    ``written`` is that one as it stands in the text, with its capitals.
    """

    low: str
    first: str
    written: str = ""

    @cached_property
    def past(self) -> bool:
        """Whether there is a verb in the past or the perfect."""
        return is_past(self.low)

    @cached_property
    def future(self) -> bool:
        """Whether it speaks of what will be, or might."""
        return bool(_FUTURE.search(self.low))

    @cached_property
    def done(self) -> bool:
        """Whether a word tells that something is finished."""
        return bool(lexicon().closing["done"].search(self.low) or _STANDS.search(self.low))

    @cached_property
    def dropped(self) -> bool:
        """Whether something is given up, called off or not needed."""
        return self.called_off or bool(lexicon().closing["dropped"].search(self.first))

    @cached_property
    def called_off(self) -> bool:
        """Whether the words leave no doubt that something is given up."""
        return bool(signs()["called_off"].search(self.first))

    @cached_property
    def moot(self) -> bool:
        """Whether what was not done has no need to be any more: "never printed, she got them"."""
        return bool(signs()["moot"].search(self.low)) and not self.future

    @cached_property
    def put_off(self) -> bool:
        """Whether a day is put off, to another one or to none."""
        return bool(_PUT_OFF.search(self.first))

    @cached_property
    def no_deed(self) -> bool:
        """Whether the words tell a greeting, a feeling or news of life, and nothing done."""
        return bool(_NO_DEED.search(self.first))

    @cached_property
    def corrects(self) -> bool:
        """Whether the words put something else in the place of what was said."""
        return bool(signs()["corrects"].search(self.low))

    @cached_property
    def reached(self) -> bool:
        """Whether an aim is told as attained."""
        return bool(signs()["reached"].search(self.low)) and not self.not_yet

    @cached_property
    def doer(self) -> str:
        """The first word of the nearest clause, where it may name who did it."""
        return next((t for t in tokens(self.first) if t not in _BEFORE_SUBJECT), "")

    @cached_property
    def served(self) -> bool:
        """Whether what is put away has done its service."""
        return bool(_SERVED.search(self.low))

    @cached_property
    def moved(self) -> bool:
        """Whether a day is put off or a promise is renewed."""
        return bool(lexicon().closing["moved"].search(self.low) or _NOT_YET.search(self.low))

    @cached_property
    def not_yet(self) -> bool:
        """Whether something has not happened."""
        return bool(_NOT_YET.search(self.low))

    @cached_property
    def still_open(self) -> bool:
        """Whether something has not been done, and no word says that it was after all."""
        listed = _IN_TURN.search(self.low) and not has_verb(self.low, lexicon())
        open_still = _OPEN_STILL.search(self.low) or self.not_yet or listed
        return bool(open_still) and not any(
            not _DENIES.search(self.low[: told.start()]) for told in _AFTER_ALL.finditer(self.low)
        )

    @cached_property
    def partly(self) -> bool:
        """Whether only a part is done: "two of the three quotes are in"."""
        return bool(_SOME_OF.search(self.first) or _NOT_ALL.search(self.low))

    @cached_property
    def done_verbs(self) -> frozenset[str]:
        """The base forms of the verbs told in the past and not denied: "I emailed it" (email)."""
        forms, found = lexicon().forms, set()
        for word in re.finditer(r"[a-z'-]+", self.low):
            verb = forms.get(word.group())
            if verb is None or verb.base in _EMPTY_VERBS or word.group() == verb.base:
                continue
            told = word.group() in (verb.past, verb.participle)
            if told and not _DENIES.search(self.low[: word.start()]):
                found.add(verb.base)
        return frozenset(found)

    @cached_property
    def goes_on(self) -> bool:
        """Whether something lasts or comes again."""
        return bool(_GOES_ON.search(self.low))

    @cached_property
    def turned(self) -> bool:
        """Whether there is a change for the better."""
        return bool(signs()["turn"].search(self.low))

    @cached_property
    def lifted(self) -> bool:
        """Whether a burden is gone."""
        return self.well_again or bool(signs()["lifted"].search(self.low))

    @cached_property
    def well_again(self) -> bool:
        """Whether somebody or something is as it was before: "the knee's fine again"."""
        return bool(_WELL_AGAIN.search(self.low))

    @cached_property
    def departs(self) -> bool:
        """Whether somebody has gone elsewhere: "he has moved to another department"."""
        return bool(_DEPARTS.search(self.low))

    @cached_property
    def lapsed(self) -> bool:
        """Whether a rule or a wish no longer holds."""
        return self.dropped or bool(signs()["lapsed"].search(self.first))

    @cached_property
    def reported(self) -> bool:
        """Whether a heading with a bare participle or a count reports: "CV: sent"."""
        return bool(_REPORT.search(self.first))


def takes_up(low: str) -> bool:
    """Whether a flattened sentence has for its subject what the one before it tells."""
    return _TAKES_UP.match(low) is not None


def is_past(low: str) -> bool:
    """Whether flattened text has a verb in the past or the perfect."""
    for token in tokens(low):
        if token in {"was", "were", "had", "did", "has", "have", "been"} or token.endswith("'ve"):
            return True
        verb = lexicon().forms.get(token)
        if verb is not None and token in (verb.past, verb.participle) and token != verb.base:
            return True
    return False


def is_taken_back(after: str) -> bool:
    """Whether what follows a promise or an offer in the note ends it: "..., so I shan't".

    ``after`` is the rest of its sentence.
    """
    return bool(signs()["taken_back"].search(flatten(after)))


def is_request(text: str) -> bool:
    """Whether a sentence asks, orders or wishes and so reports nothing: "Give me an idea", "She
    is still tired, how do I raise it without a fuss".

    An order is a base form with what it is to be done to or for, and nothing told as past;
    "give me" and "tell us" are orders whatever comes after.
    """
    low = flatten(text).strip()
    if low.rstrip("\"'”’) ").endswith("?") or _ASKS.match(low):
        return True
    if (later := _ASKS_LATER.search(low)) and not is_past(low[: later.start()]):
        return True
    if (wish := _WISHES.match(low)) and not is_past(low[wish.end() :]):
        return True
    order = _ORDER.match(low)
    verb = lexicon().forms.get(order["verb"]) if order else None
    if order is None or verb is None or order["verb"] != verb.base:
        return False
    if order["verb"] in (verb.past, verb.participle):
        return False
    return order["next"] in {"me", "us"} or not is_past(low)
