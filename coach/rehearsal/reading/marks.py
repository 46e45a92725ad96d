"""What can be seen of a sentence without knowing what its words mean: its form, its address, its
stock phrases, and what it shares with the words before it. One number a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.rehearsal.reading.lexicon import alternatives, lexicon
from coach.rehearsal.reading.segments import Sentence

_LEAD = re.compile(
    r"^(?:(?:so|and|but|or|well|okay|ok|right|alright|all right|now|then|yeah|yes|no|oh|sure"
    r"|great|good"
    r"|mm-hmm|mhm|uh-huh|hey|hi|hello|because|anyway|actually|just|also|first of all|(?:mr|mrs"
    r"|ms|dr)"
    r" \w+|i guess|i mean|i'm (?:just )?(?:wondering|curious)|let me ask(?: you)?(?: this)?"
    r"|can i ask(?: you)?|tell me)\b[\s,:;-]*)+(?=\w)"
)
_WORDS = lexicon()
_IMPERATIVE = alternatives(_WORDS.imperatives)
_FEELING = alternatives(_WORDS.feelings)
_WH = r"(?:what|how|why|where|when|who|which|whose|what kind|how much|how many|how often|how long)"
_AUX = (
    r"(?:do|does|did|are|is|was|were|have|has|had|can|could|will|would|should|might|may|don't"
    r"|doesn't|didn't|aren't|isn't|wasn't|weren't|haven't|hasn't|can't|couldn't|won't|wouldn't"
    r"|shouldn't)"
)
_WHO = r"(?:you|he|she|it|they|we|i|there|that|this|these|those|your \w+|the \w+|anyone|anybody)"

_PATTERNS: dict[str, str] = {
    # Asking
    "wh and verb": rf"\b{_WH}(?:'s|'re|'d|'ve|'ll|\s+(?:\w+ ){{0,2}}{_AUX})\b",
    "wh verb at the end": rf"\b{_WH}(?:'s|'re|'d|\s+(?:\w+ ){{0,2}}{_AUX})\b(?: \S+){{0,9}}$",
    "wh do you": rf"\b{_WH} (?:\w+ ){{0,3}}(?:do|did|would|are|were|have|can|could|will) you\b",
    "fact wh": r"\bhow (?:many|much|often|long|old|far|big|soon)\b|\bwhen (?:is|are|was|were|did|do"
               r"|does|will)\b|\bwhat (?:time|day|grade|year|age)\b|\bwho (?:is|was|did|does)\b",
    "open wh": r"\b(?:what|how) (?:do|did|would|does|is|are|was|were|will|might|could|has|have"
        r"|makes?"
               r"|brings?|made|happen\w*|worries|else|about)\b|\b(?:what|how)(?:'s|'d)\b",
    "verb you": rf"\b{_AUX} you\b",
    "verb you at the end": rf"\b{_AUX} {_WHO}(?: \S+){{0,8}}$",
    "invites": r"\b(?:tell me|describe|walk me through|talk (?:to )?me (?:through|about)|take me"
               r" through|help me (?:to )?understand|fill me in|say (?:a (?:little|bit) )?more"
               r"|i wonder"
               r"|i'm (?:curious|wondering|interested)|let's hear|(?:like|love"
               r"|interested) to (?:hear"
               r"|know)|give me an (?:example|idea)|explain)\b",
    "asks leave": r"\b(?:(?:can|could|may|would it be|is it|do you|would you) (?:i|okay|ok"
        r"|all right"
                  r"|alright|mind)\b|if (?:that's|it's) (?:okay|ok|all right|alright))",
    "how about": r"^(?:how|what) about\b|\bwhat if\b",
    "elliptic": r"^(?:any|ever|like what|such as|since when|how come|which one|and then)\b",
    "scale": r"\bscale (?:of|from)\b|\bone (?:to|and) ten\b|\bzero to ten\b",
    "or at the end": r"\bor(?: not| something| what| is it)?$",
    "tag": rf"(?:, (?:right|correct|okay|yeah|huh|no|is that right|am i right)|, {_AUX} {_WHO})$",
    # Reflecting
    "it sounds": r"\b(?:it )?(?:sounds?|seems?|looks?|feels?|felt) (?:like|as (?:if|though)|that)\b"
                 r"|\bsounds\b",
    "you feel": r"\byou(?:'re| are| were|'ve been)? (?:kind of |sort of |really |a bit )*(?:feel\w*"
                r"|felt)\b",
    "you mind": r"\byou (?:don't |do |really |also |just |already |kind of |sort of "
        r"|still )*(?:want"
                r"|like|love|hate|know|think|believe|see|miss|wish|enjoy|care|notice|value"
                r"|need to be"
                r"|expect|wonder|figure|hope)\w*\b|\byou'd (?:\w+ )?(?:like|rather|love|want|prefer"
                r"|miss|hate)\b|\byou're (?:\w+ )*(?:worried|afraid|hoping|wondering|thinking"
                r"|noticing|saying|trying|looking|starting|sure|tired|torn|proud|concerned"
                r"|interested)",
    "you say": r"\byou(?:'re| are|'ve)? (?:saying|said|say|mentioned|told me|described|telling)\b"
               r"|\bwhat (?:i'm hearing|i hear|you're saying)\b|\bi hear (?:you|that)\b",
    "you have": r"\byou(?:'ve| have) (?:\w+ )?(?:been|had|got|tried|done|come|\w+ed)\b",
    "you did": r"\byou (?:\w+ed|were|had|went|got|did|didn't|came|made|took|saw|lost|thought|knew"
               r"|put|quit|gave|found|couldn't|weren't|used to)\b",
    "you are": r"\byou(?:'re| are|'re not| aren't)\b",
    "you do": r"\byou (?:don't|can't|do|can|get|have|go|drink|smoke|take|eat)\b",
    "so you": r"^(?:okay |right |yeah |and |mm-hmm )*,? ?(?:so|and|but|then|because) (?:\w+ )?"
              r"(?:you|your|you're|you've|you'd)\b",
    "so it": r"^(?:so|and|but) (?:it's|it|that's|that|there's|the|part|for you|on|in|at|when)\b",
    "i hear you": r"\b(?:i(?:'m| can)? (?:hear\w*|heard|notice\w*|sens\w+|imagine|guess\w*"
        r"|understand|see|tell|picking up|get(?:ting)? the (?:sense|feeling)|think i heard)"
        r"|my guess|if i(?:'m| understand| got| heard)|strikes me)\b.*\b(?:you\w*|that|it)\b",
    "both sides": r"\b(?:on (?:the )?one (?:hand|side)|on the other|at the same time|part of you"
                  r"|and yet|even though|as much as|in a way|half of you|both)\b",
    "matters": r"\b(?:important|matters?|means a lot|big deal|hard|tough|scary|difficult) (?:to"
        r"|for)"
               r" you\b|\bmatters\b",
    "that must": r"\b(?:that|it|this) (?:must|had to|would) (?:have been|be|feel|sound)\b",
    "that is": r"^(?:and |so |well |but )?(?:that's|it's|that was|it was|it's been|that|it) ",
    "for you": r"\b(?:for|to|with|on|of|about|at) you\b",
    "feeling": rf"\b{_FEELING}\b",
    "as if": r"\b(?:almost|kind of|sort of|a bit|a little|somehow|as if|as though|like a)\b",
    "not but": r"\bnot (?:so much|just|only|that)\b|\bmore than\b|\brather than\b|\bisn't\b",
    "to sum up": r"\b(?:let me see if|to sum up|recap|let me (?:just )?(?:summari[sz]e|make sure"
                 r"|check)|so far|put this together|got this right|did i (?:miss|get))\b",
    # Telling what to do
    "you must": r"\byou(?:'ve| have)?(?:'ll)? ?(?:really |just |definitely |probably |also "
        r"|all )*(?:"
                r"should(?:n't)?|need(?:s)? to|must(?:n't)?|have to|got to|ought to|had better"
                r"|'d better"
                r"|gotta|can't just|better)\b",
    "you could": r"\byou (?:could|might|may|can)\b",
    "going to": r"\b(?:you're|you are|you'll) (?:going to|gonna|never|end up|have|be)\b",
    "threat": r"\bif you (?:don't|keep|carry|come|stop|wait|miss|leave|test|get|want|lose)\b"
              r"|\botherwise\b|\byour risk\b|\b(?:damage|damaging|causes?|kills?|dangerous|die"
              r"|worse)\b",
    "suggests": r"\b(?:i(?:'d| would)? (?:\w+ )?(?:suggest|recommend|advise|start|put|go|try|get"
        r"|keep"
                r"|take|write|cut|ask|say)|my (?:advice|suggestion)|if i were you"
                r"|in your (?:place|shoes)"
                r"|why (?:don't you|not)|have you (?:tried|thought|considered)|best thing|good idea"
                r"|it(?:'d| would) be better|i want you to|i'd like you to|i think you (?:should"
                r"|need)"
                r"|what you (?:should|need|want)|all you (?:need|have)|make sure)\b",
    "others do": r"\b(?:some|other|lots of|many|most|a lot of) (?:people|patients|families|parents"
                 r"|students|guys|folks|of them)\b|\b(?:what's|what has) worked\b",
    "imperative": rf"^(?:please |just |maybe |now |then |always |never )*{_IMPERATIVE}\b",
    "do not": r"^(?:just )?(?:don't|never|do not|stop|quit|avoid)\b",
    # Speaking of oneself, and the rest
    "i": r"\b(?:i|i'm|i've|me|my|i'd|i'll|myself|mine)\b",
    "i begin": r"^(?:so |and |but |well |okay |yeah |now )*(?:i|i'm|i've|my|i'd|i'll)\b",
    "i past": r"\bi (?:was|had|used to|felt|lost|went|grew|did|cried|got|changed|remember|\w+ed)\b",
    "i feel": r"\bi(?:'m| am| feel| find| get| struggle| hate| love| felt| tend)\b",
    "i will": r"\b(?:i'll|i will|i'm going to|i am going to|let me|i promise|from now on"
        r"|you'll have)\b",
    "i will not": r"\bi(?:'m)? (?:won't|can't|don't|cannot|will not|not (?:going|available|prepared"
                  r"|able)|'d rather not|would rather not)\b|\boff limits\b|\brather not\b"
                  r"|\bprivate\b",
    "i would like": r"\bi(?:'d| would) (?:\w+ )?(?:like|want|expect|hope|wish|love|need)\b"
        r"|\bi (?:expect"
                    r"|hope|need|want|wish|assume|hoped)\b|\bmy (?:hope|understanding)\b"
                    r"|\bmy part\b",
    "us": r"\b(?:us|each of us|both of us|the two of us|we both|we agreed)\b",
    "please": r"\bplease\b|^(?:could|can|would|will) you (?!tell|say|describe|walk|explain)\b",
    "i think": r"\bi (?:think|guess|believe|mean|suppose)\b",
    "we": r"\b(?:we|we'll|we're|let's|our)\b",
    "today": r"\b(?:today|next (?:time|week)|appointment|results?|minutes|form|leaflet"
        r"|confidential)\b",
    "there is": r"^(?:so |and |well |but )?there(?:'s| are| is| was)\b",
    "others": r"\b(?:he|she|they|him|her|them|his|their|people)\b",
    "the begin": r"^(?:so |and |but |well )?(?:the|a|an|some|these|those|this|one)\b",
    "number": r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred|percent|thousand"
        r"|fifty)\b",
    "thanks": r"\b(?:thank|thanks|grateful|i appreciate|cheers|owe you)\b",
    "sorry": r"\b(?:sorry|apologi[sz]e|apologies|forgive|excuse me)\b",
    "praise": r"\b(?:great|good|nice|proud|impress\w+|admire|well done|amazing|awesome|fantastic"
              r"|wonderful|excellent|lovely|congratulations|strength|courage|brave|determined"
              r"|strong"
              r"|resourceful|persistent|patient|effort|insight|smart|clever|wise|achievement"
              r"|commitment"
              r"|skill|discipline|takes? (?:a lot|guts|real|some|courage)|took (?:a lot|guts"
              r"|some|real)"
              r"|shows?|says a lot|glad)\b",
    "greeting": r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|come (?:on )?in|bye"
        r"|goodbye|take"
                r" care|see you|nice to (?:meet|see))\b|\b(?:nice|good) to (?:meet|see) you\b",
}  # fmt: skip
PATTERNS = tuple(_PATTERNS.values())
"""What the marks look for; another pattern means that what was learnt before does not hold."""
_COMPILED: dict[str, Callable[[str], object]] = {
    name: re.compile(pattern).search for name, pattern in _PATTERNS.items()
}
_AT_START = {
    "starts wh": re.compile(rf"{_WH}\b"),
    "starts verb": re.compile(rf"{_AUX} {_WHO}\b"),
    "starts you": re.compile(r"(?:you|your|you're|you've|you'd|yours)\b"),
    "starts it": re.compile(r"(?:it|it's|that|that's)\b"),
    "starts imperative": re.compile(rf"{_IMPERATIVE}\b"),
}
_ASKS_ADVICE = re.compile(
    r"\b(?:what (?:should|would|can|could|do) (?:i|you)|how (?:do|can|should|would) (?:i|you|we"
    r"|they"
    r"|other)|any (?:tips|ideas|advice|suggestions)|tell me what|(?:can|could) you (?:help|give"
    r"|tell)"
    r"|is (?:it|there)|which|who (?:could|should)|do i have|advice|what about|what do|can i"
    r"|go (?:ahead"
    r"|on)|please)\b"
)

NAMES: tuple[str, ...] = (
    *_PATTERNS, *_AT_START,
    "asks", "asks statement", "noise", "length", "one word", "few words", "long", "you share",
    "i share", "before asks", "before asks advice", "echo", "echo and you", "echo, short",
    "only you", "neither",
)  # fmt: skip


@dataclass(frozen=True)
class Before:
    """What is needed to know of the other person's last words."""

    stems: frozenset[str]
    asks: bool
    asks_advice: bool

    @classmethod
    def of(cls, sentences: list[Sentence]) -> Before | None:
        """None when nothing was said before."""
        if not sentences:
            return None
        words = {
            _stem(word) for one in sentences for word in one.words if word not in _WORDS.common
        }
        asks = any(one.asks for one in sentences[-2:])
        wanted = any(_ASKS_ADVICE.search(one.text) for one in sentences[-2:])
        return cls(frozenset(words), asks, wanted and asks)


def marks(sentence: Sentence, before: Before | None) -> NDArray[np.float32]:
    """The marks of a sentence in the order of :data:`NAMES`."""
    text, words = sentence.text, sentence.words
    inner = _LEAD.sub("", text)
    found = [float(search(text) is not None) for search in _COMPILED.values()]
    starts = [float(pattern.match(inner) is not None) for pattern in _AT_START.values()]
    count = len(words)
    you = sum(word in _WORDS.you for word in words)
    own = sum(word in _WORDS.own for word in words)
    told = {_stem(word) for word in words if word not in _WORDS.common}
    echo = len(told & before.stems) / len(told) if before is not None and told else 0.0
    interrogative = starts[0] or starts[1]
    return np.array(
        [
            *found, *starts,
            sentence.asks, sentence.asks and not interrogative, sentence.is_noise,
            np.log1p(count) / 3, count == 1, count <= 4, count > 18, you / count, own / count,
            before is not None and before.asks, before is not None and before.asks_advice,
            echo, echo * (you > 0), echo * (count <= 6),
            you > 0 and own == 0, you == 0 and own == 0,
        ],
        np.float32,
    )  # fmt: skip


def _stem(word: str) -> str:
    """A word without the endings that a change of person or number gives it."""
    word = word.split("'", maxsplit=1)[0]
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
