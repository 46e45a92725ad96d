"""What the words of a sentence say of the state of something: past, done, dropped, moved, open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from coach.memory.items import Item
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten, tokens

_FUTURE = re.compile(
    r"\b(?:will|shall|going to|gonna|is to|am to|are to|wants? to|would|might|'ll)\b|'ll\b"
)
_NOT_YET = re.compile(
    r"\b(?:not yet|still haven't|hasn't|haven't|has not|have not|still hasn't|still has|still to"
    r"|forgot\w*|clean forgotten|yet to|nothing|didn't|did not|no \w+ yet)\b"
)
_OPEN_STILL = re.compile(
    r"\b(?:forg[eo]t\w*|has not|have not|as yet|not (?:yet|gone|sent|done|written|ready)"
    r"|no (?:\w+ ){1,2}(?:as )?yet|late|behind|slipped|never|half[ -](?:done|finished|way|written)"
    r"|halfway|not (?:get|got|come|gotten) (?:a?round )?to|still (?:looking|waiting|working|open)"
    r"|aint|ain't|isn't (?:done|ready|finished)|(?:has|have|had) not)\b"
    r"|\bstill (?:haven't|hasn't|has|have|to|owes?|not)\b"
)
_GOES_ON = re.compile(r"\b(?:still|yet to|not yet|keeps?|goes on|again|continues?|outstanding)\b")
_TURN = re.compile(
    r"\b(?:again|any ?more|no longer|no problem|no more|now|finally|at last|clicked|has become"
    r"|isn't|aren't|without|eas(?:y|ier|ily)|fine|better|stopped|gone|calm(?:er)?|relaxed"
    r"|enjoy\w*|laugh\w*|proud|brave|dare[sd]?)\b"
)
_AFTER_ALL = re.compile(
    r"\b(?:did(?! not)|already|finally|at last|after all|in the end|sent|done)\b"
)
# What stands right before a verb that it denies: "I never sent it", "it has not even been done".
_DENIES = re.compile(r"(?:n't|\b(?:not|never|nor|nothing|without|yet to|nobody))(?: \w+){0,3} $")
_EMPTY_VERBS = frozenset(
    {"be", "do", "have", "get", "go", "come", "make", "take", "promise", "say", "tell", "want"}
)
_LEAD = r"[^\w\"“]*(?:(?:please|so|and|now|ok|okay|also|then|just|well|hi|hello|thanks) ?,? )*"
_WHO = "(?:i|you|we|he|she|they)"
_ASKS = re.compile(
    rf"{_LEAD}(?:please|(?:can|could|would|will|shall|should|do|did|does|is|are|has|have) {_WHO}"
    r"|(?:what|which|how|when|where|why|who|whom|whose)(?: \w+){0,2}?"
    rf" (?:should|shall|can|could|would|will|do|does|did|is|are|was|were|has|have) {_WHO}"
    r"|how (?:to|about)|what (?:to|about)|any (?:ideas?|advice|tips?|suggestions?)"
    r"|(?:i|we) (?:need|want|would like|'d like) (?:some|a few|you to|advice|help|ideas?)"
    r"|let's|let us)\b"
)
_ORDER = re.compile(
    rf"{_LEAD}(?!forget|drop|cancel|scrap|skip|ignore|leave|remove|delete|close|mark|tick)"
    r"(?P<verb>[a-z]+) (?P<next>me|us|my|her|his|their|the|a|an|some|it|him|them|about|what|how)\b"
)
_LIFTED = re.compile(
    r"\b(?:no longer|solved|resolved|sorted|better|gone|over|easier"
    r"|(?:is|are|'s|was|all|now|well) behind (?:him|her|me|us|them)"
    r"|apologised|fine now|settled|quieter|lifted|died|confirmed|cured|healed|recovered|forgiven"
    r"|stopped|vanished|cleared|calmer|(?:is|are|was|am|'s|'m) (?:fine|well|calm|free|safe|okay|ok)"
    r"|no more|has told|owned up|told (?:everything|everybody|everyone|him|her|them) all"
    r"|clicked|no (?:problem|trouble|issue|complaints?)|not a problem|under control|did the trick"
    r"|unfounded|(?:enjoy\w*|sleep\w*|laugh\w*|smil\w*|eat\w*|sing\w*)\b.{0,25}?\bagain"
    r"|came (?:clean|round|good)|makes? peace|made (?:it )?up|reported it)\b"
)
_LAPSED = re.compile(
    r"\b(?:no longer|any ?more|needn't|need not|no need|dropped|changed (?:his|her|my|their) mind"
    r"|doesn't apply|lifted|may now)\b"
)
_CALLED_OFF = re.compile(
    r"\b(?:no need|not needed|needs? no|doesn't need|don't need|needn't|never mind"
    r"|called off|cancell?ed|fell through|off the table|out of the question|that's that"
    r"|(?:has|have|had|'s|'ve|i|he|she|they|we) (?:now )?turned (?:it|them|that|this"
    r"|(?:the|an?|his|her|my|their|our) (?:\w+ ){1,3}?|\w+(?='s)) ?down|said no to"
    r"|no more about (?:that|it|this)|(?:skip|skipped|parked|park) (?:it|that|this)|overtaken"
    r"|(?:left|leaves?|leaving|lets?) (?:it|that|this) (?:be|at that|there|alone|go|lie)"
    r"|not (?:more|any ?more|longer) (?:necessary|needed|relevant)|no longer relevant"
    r"|nothing (?:more )?to be (?:had|done|got)|on ice|(?:has|had|have|must) (?:to )?give up"
    r"|must give (?:\w+ ){0,3}up|(?:taken|took) (?:it|that|this|them) (?:on|over)"
    r"|need (?:of|for) (?:it|that|this) (?:is|has) (?:gone|past)"
    r"|(?:is|are|was|it's|that's|all|now) off(?! (?:to|on|for|from|sick|work))|: off\b"
    r"|(?:has|have|had|i've|'s) (?:now )?(?:dropped|abandoned|shelved|given up|withdrawn)"
    r"|(?:dropped|abandoned|shelved|gave up|given up) (?:the|that|her|his|my|on)"
    r"|decided (?:against|not to)|changed (?:his|her|my|their) mind"
    r"|(?:doesn't|don't|does not|do not|no longer) wants? (?:to|it|that|the)\b.*\bany ?more)\b"
)
_CORRECTS = re.compile(
    r"\b(?:actually|in fact|instead|correction|not \w+ but|rather than"
    r"|changed (?:her|his|my|their) mind"
    r"|(?:now|would now) (?:wants?|prefers?|hopes?|means?|plans?|aims?)"
    r"|(?:wants?|prefers?|hopes?|plans?|aims?) now|turns? out|it is \w+ after all)\b"
)
_SERVED = re.compile(r"\b(?:done|finished|had it|served)\b")
_REPORT = re.compile(
    r"(?:^\W*[^:]{2,40}: (?:\w+ ){0,2}|^\W*(?:\w+ ){1,3}|, )(?:(?:read|sent|written|done|made"
    r"|heard|given|set|put|met|seen|told|found|kept|held|rung|sat|shut|used"
    r"|(?!need|speed|hundred)\w{3,}ed)(?:[ ,.;!]|$)|(?:up|in|out|off)(?:[,.;!]|$))"
    r"(?!(?<= )(?:by|until|to|for (?:next|the)) )"
    r"|^\W*[^:]{2,30}: (?:all |down to |\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|nil|none)\b)"
)
_TEST = re.compile(
    r"\b(?:exam|resit|test|interview|oral|viva|defen[cs]e|practical|trial|audition"
    r"|application|assessment|panel|board|mock)"
)
_RESULT = re.compile(
    r"(?:^|\b(?:i|he|she|they|and|grace i) )(?:have |has |had |'ve )?(?:passed|failed"
    r"|got (?:it|in|through|the (?:job|place|post|role|part))|didn't (?:get it|pass"
    r"|get in))\b"
)
_OUTCOME = re.compile(
    r"\W*(?:(?:and|but|so|well|oh|by the way)[ ,]+)*(?:it|that|this|all)(?:'s| is| was| has)? ?"
    r"(?:all |now |really |very |so |actually |finally )*(?:went|gone|turned out|worked out|done"
    r"|over"
    r"|finished|behind|sorted|settled|happened|took place|a (?:success|disaster|hit))\b"
    r"|\W*(?:(?:and|but|so|well)[ ,]+)*(?:i|he|she|they|we)(?:'s|'ve| has| have)? "
    r"(?:did it|done it|made it|got through it|pulled it off|survived(?: it)?|nailed it)\b"
)


@dataclass(frozen=True)
class Says:
    """What the nearest clauses of a sentence (flattened) say; ``first`` is the nearest one."""

    low: str
    first: str

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
        return bool(lexicon().closing["done"].search(self.low))

    @cached_property
    def dropped(self) -> bool:
        """Whether something is given up, called off or not needed."""
        return bool(lexicon().closing["dropped"].search(self.first))

    @cached_property
    def called_off(self) -> bool:
        """Whether the words leave no doubt that something is given up."""
        return bool(_CALLED_OFF.search(self.first))

    @cached_property
    def corrects(self) -> bool:
        """Whether the words put something else in the place of what was said."""
        return bool(_CORRECTS.search(self.low))

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
        open_still = _OPEN_STILL.search(self.low) or self.not_yet
        return bool(open_still) and not any(
            not _DENIES.search(self.low[: told.start()]) for told in _AFTER_ALL.finditer(self.low)
        )

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
        return bool(_TURN.search(self.low))

    @cached_property
    def lifted(self) -> bool:
        """Whether a burden is gone."""
        return bool(_LIFTED.search(self.low))

    @cached_property
    def lapsed(self) -> bool:
        """Whether a rule or a wish no longer holds."""
        return self.dropped or bool(_LAPSED.search(self.first))

    @cached_property
    def reported(self) -> bool:
        """Whether a heading with a bare participle or a count reports: "CV: sent"."""
        return bool(_REPORT.search(self.first))


def is_past(low: str) -> bool:
    """Whether flattened text has a verb in the past or the perfect."""
    for token in tokens(low):
        if token in {"was", "were", "had", "did", "has", "have", "been"} or token.endswith("'ve"):
            return True
        verb = lexicon().forms.get(token)
        if verb is not None and token in (verb.past, verb.participle) and token != verb.base:
            return True
    return False


_TAKEN_BACK = re.compile(
    r"\b(?:(?:so|and|but) (?:\w+ )?(?:i|he|she|they|we) (?:shan't|won't|will not|shall not|didn't"
    r"|did not)(?=\W*$|[.,;!])"
    r"|hold off|(?:'d|would) (?:rather|prefer) (?:i|he|she|they|we|that i|not)\b"
    r"|(?:told|asked|begged) (?:me|him|her|them|us) not to"
    r"|(?:said|says) (?:no|no thanks?|no thank you|not to)\b"
    r"|turned (?:it|that|me|him|her|them) down"
    r"|declined|(?:didn't|doesn't|did not|does not) want (?:it|that|me to|him to|her to|them to)"
    r"|(?:won't|will not|needn't|need not|no longer|not) be (?:needed|necessary|happening)"
    r"|no need|not needed|(?:won't|will not) happen|(?:it|that)(?:'s| is| was) off\b"
    r"|thought better of it|changed (?:my|his|her|their|our) mind"
    r"|(?:took|taken|taking|withdrew|withdrawn) (?:it|that|the offer|my offer)(?: back)?"
    r"|fell through|never mind|i refused|that's that|no more about (?:it|that)"
    r"|(?:lets?|left|leaves?|leaving) (?:it|that|this|things) (?:be|go|at that|there|lie)"
    r"|(?:that|it)(?:'s| is|s)? (?:now )?(?:all )?(?:settled|sorted|solved|over and done)"
    r"|closed the matter|matter is closed|(?:is|was) the end of (?:it|that))\b"
)


def is_taken_back(after: str) -> bool:
    """Whether what follows a promise or an offer in the note ends it: "..., so I shan't".

    ``after`` is the rest of its sentence.
    """
    return bool(_TAKEN_BACK.search(flatten(after)))


def is_request(text: str) -> bool:
    """Whether a sentence asks or orders something and so reports nothing: "Give me an idea".

    An order is a base form with what it is to be done to or for, and nothing told as past;
    "give me" and "tell us" are orders whatever comes after.
    """
    low = flatten(text).strip()
    if low.rstrip("\"'”’) ").endswith("?") or _ASKS.match(low):
        return True
    order = _ORDER.match(low)
    verb = lexicon().forms.get(order["verb"]) if order else None
    if order is None or verb is None or order["verb"] != verb.base:
        return False
    if order["verb"] in (verb.past, verb.participle):
        return False
    return order["next"] in {"me", "us"} or not is_past(low)


def gives_result(item: Item, low: str) -> bool:
    """Whether a sentence gives a result ("She passed!") and ``item`` is a test."""
    return bool(_TEST.search(flatten(item.quote)) and _RESULT.search(low))


def gives_outcome(low: str) -> bool:
    """Whether a sentence says how "it" went, and not what: "It went well", "She did it"."""
    return bool(_OUTCOME.match(low))
