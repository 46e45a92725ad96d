"""What the words of a sentence say of the state of something: past, done, dropped, moved, open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from coach.memory.dates.words import word_set
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten, tokens

_FUTURE = re.compile(
    r"\b(?:will|shall|going to|gonna|is to|am to|are to|wants? to|would|might|'ll)\b|'ll\b"
)
_NOT_YET = re.compile(
    r"\b(?:not yet|still haven't|hasn't|haven't|has not|have not|still hasn't|still has|still to"
    r"|forgot\w*|clean forgotten|yet to|(?<!for )nothing|didn't|did not|no \w+ yet)\b"
)
_OPEN_STILL = re.compile(
    r"\b(?:forg[eo]t\w*|has not|have not|as yet|not (?:yet|gone|sent|done|written|ready)"
    r"|no (?:\w+ ){1,2}(?:as )?yet|late|behind|slipped|never|half[ -](?:done|finished|way|written)"
    r"|halfway|not (?:get|got|come|gotten) (?:a?round )?to|still (?:looking|waiting|working|open)"
    r"|aint|ain't|isn't (?:done|ready|finished)|(?:has|have|had) not)\b"
    r"|\bstill (?:haven't|hasn't|has|have|to|owes?|not)\b"
)
_WELL_AGAIN = re.compile(
    r"(?:\b(?:is|are|am|was|feels?)|['’](?:s|re|m)) (?:\w+ )?(?:grand|fine|well|right|ok|okay|good"
    r"|happy"
    r"|(?:whistl|smil|laugh|sleep|eat|talk|speak|sing|play|walk)ing|(?:him|her|my)self)"
    r" again\b"
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
    r"|(?:paid|pays) (?:\w+ ){1,2}back|paid (?:it|them|that) off|in full|off (?:my|his|her"
    r"|their) mind"
    r"|laid to rest|all clear|a stone fell|weight off|mended|repaired|fixed|replaced|sorted out"
    r"|out of (?:danger|the woods)|home again|back (?:home|at work|on (?:her|his|my|their) feet)"
    r"|(?:on|to) speaking terms|on good terms|gets? on (?:well|fine|now)|all's well"
    r"|been (?:all right|alright|fine|better|good)\b|(?:hasn't|haven't|has not"
    r"|have not) (?:\w+ )+since"
    r"|not once|(?:fixed|sorted|settled) (?:it|that|this)|found (?:a|an|one|somebody|someone"
    r"|somewhere)"
    r"|(?:talk|speak|sleep|eat)(?:s|ing) (?:\w+ )?again|signed off as fine"
    r"|(?:is|are|'s|'re) (?:back (?:in|at|with|home)|home)|since then it (?:runs|works|goes)"
    r"|came (?:clean|round|good)|makes? peace|made (?:it )?up|reported it)\b"
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
    r"|(?:never|no longer|not|n't|needn't) (?:had|have|has) to\b(?! (?:wait|be|go|do) )"
    r"|(?:let|lets) (?:it |that |this |them )?fall|(?:falls?|fell|fallen) (?:away|flat)"
    r"|(?:is|are|it's|that's|'s) buried|(?:hardly|no longer|doesn't|does not) matters?(?: now"
    r"| any)?"
    r"|no (?:reason|point|use|sense)(?: in it| to)?(?: now| any ?more| left)|forget (?:that|it"
    r"|this|about|the)|moot|pointless now|too (?:far|expensive|dear)|(?:that|it),? (?:i|we|he"
    r"|she) (?:leaves?|drops?)|out of the picture"
    r"|no \w+(?: \w+){0,3} for (?:me|him|her|them|us) (?:this|after all|any more|now)"
    r"|(?:won't|isn't|is not|aren't|not) (?:be )?(?:going to (?:happen|chase|pursue)|chas\w+"
    r"|pursu\w+)"
    r"|(?:won't|will not) (?:do|chase|pursue|go for|go after|go ahead with) (?:it|that|this)"
    r"|not going (?:for|ahead with|after) (?:it|that|this)|decided (?:against|not to)"
    r"|changed (?:his|her|my|their) mind"
    r"|(?:doesn't|don't|does not|do not|no longer) wants? (?:to|it|that|the)\b.*\bany ?more)\b"
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
_CORRECTS = re.compile(
    r"\b(?:actually|in fact|instead|correction|not \w+ but|rather than"
    r"|changed (?:her|his|my|their) mind"
    r"|(?:now|would now) (?:wants?|prefers?|hopes?|means?|plans?|aims?)"
    r"|(?:wants?|prefers?|hopes?|plans?|aims?) now|turns? out|it is \w+ after all)\b"
)
_STANDS = re.compile(
    r"\b(?:is|are|'s|'re|stands?|hangs?|lies?) (?:now |all )?(?:up|in place|up and running|through"
    r"|on the (?:wall|table|desk)|with (?:me|him|her|them|us))(?=\W*$|[,.;:]| )"
)
_REACHED = re.compile(
    r"\b(?:got|passed|won|adopted|approved|accepted|admitted|granted|signed|began|begun|started"
    r"|launched|opened|promoted|appointed|qualified|graduated|published|offered me|offer from"
    r"|is live|are live|up and running|made it|achieved|reached|came true|said yes"
    r"|works now|is in place|(?:has|have|'s|'ve) (?:\w+ )?(?:got|won|made|done|finished))\b"
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
_REPORT = re.compile(
    r"(?:^\W*[^:]{2,40}: (?:\w+ ){0,2}|^\W*(?:\w+ ){1,3}|, )(?:(?:read|sent|written|done|made"
    r"|heard|given|set|put|met|seen|told|found|kept|held|rung|sat|shut|used"
    r"|(?!need|speed|hundred)\w{3,}ed)(?:[ ,.;!]|$)|(?:up|in|out|off)(?:[,.;!]|$))"
    r"(?!(?<= )(?:by|until|to|for (?:next|the)) )"
    r"|^\W*[^:]{2,30}: (?:all |down to |\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|nil|none)\b)"
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
        return bool(lexicon().closing["done"].search(self.low) or _STANDS.search(self.low))

    @cached_property
    def dropped(self) -> bool:
        """Whether something is given up, called off or not needed."""
        return self.called_off or bool(lexicon().closing["dropped"].search(self.first))

    @cached_property
    def called_off(self) -> bool:
        """Whether the words leave no doubt that something is given up."""
        return bool(_CALLED_OFF.search(self.first))

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
        return bool(_CORRECTS.search(self.low))

    @cached_property
    def reached(self) -> bool:
        """Whether an aim is told as attained."""
        return bool(_REACHED.search(self.low)) and not self.not_yet

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
        open_still = _OPEN_STILL.search(self.low) or self.not_yet
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
        return bool(_TURN.search(self.low))

    @cached_property
    def lifted(self) -> bool:
        """Whether a burden is gone."""
        return self.well_again or bool(_LIFTED.search(self.low))

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
