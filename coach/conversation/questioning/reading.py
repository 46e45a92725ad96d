"""What kind of question the user means to ask, why that is, and a better wording of it.

Rules over the grammar of the sentence, no model: the order of the kinds in :func:`read_question`
decides where several fit.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

from coach.conversation.questioning import rewording
from coach.conversation.questioning.clauses import (
    AUX,
    PRONOUN,
    TAG,
    WH,
    core,
    is_adjective,
    is_state,
    parts,
    polar,
    tidy,
)
from coach.conversation.questioning.small_talk import is_small_talk
from coach.conversation.questioning.verbs import base_of, is_base
from coach.conversation.questioning.words import question_words

QuestionKind = Literal["open", "closed", "leading", "double", "advice in disguise", "small talk"]


@dataclass(frozen=True)
class QuestionReading:
    """The kind of a question, why it is of that kind, and a ``better`` wording.

    ``better`` is "" where the question is good as it is; ``remark`` is "" or a word of caution
    about a question that is open all the same; ``then`` is the other half of a double question,
    for when the first is answered.
    """

    kind: QuestionKind
    why: str
    better: str = ""
    remark: str = ""
    then: str = ""

    def as_json(self) -> dict[str, Any]:
        """The reading as the command line prints it."""
        return asdict(self)


_WHY: dict[QuestionKind, str] = {
    "open": "It leaves the answer to the other person and asks one thing.",
    "closed": "It can be answered with a yes, a no or a single fact.",
    "leading": "It already tells the answer that you expect.",
    "double": "It asks more than one thing at once; the second one tends to be lost.",
    "advice in disguise": "It is a suggestion with a question mark: it tells what to do.",
    "small talk": "It is friendly and fine to warm up with, but it opens nothing yet.",
}
_ACCUSES = "A why put to somebody can sound like a charge; asking what led to it is easier to take."

_ANY_NOT = (
    r"(?:do|does|did|is|are|was|were|has|have|had|would|could|can|ca|should|wo|will|might)n't"
)
_WHO = r"(?:you|he|she|they|we|it|your \w+|the \w+)"
_ADVICE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:have|has) (?:you|he|she|they) (?:\w+ )?(?:ever |already |at least )?(?:considered"
        r"|tried|thought (?:about|of)|contemplated|looked into)\b",
        r"^(?:did|do) you (?:ever |even |already )?(?:try|consider|think (?:of|about)) \w+ing\b",
        r"^(?:did|have) you (?:ever |even |already )?(?:try|tried|consider) to \w+",
        r"^is there (?:any|a|some) reason (?:why |that )?you (?:have|had|do|did|can)(?:n't| not)\b",
        rf"\bwhy (?:don't|doesn't) {_WHO} (?!\w*(?:like|want|trust|feel|know|understand)\b)\w",
        r"^why not (?!\?)\w",
        r"^(?:how|what) about (?!you\b|him\b|her\b|them\b|us\b|the \w+$|your \w+$)"
        r"(?:\w+ing\b|(?:a|an|another|some) |(?:just |simply )\w+ing)",
        r"^what if (?:you|we|he|she|they|your \w+) (?!could\b|had all)\w",
        r"^(?:would|might)(?:n't)? (?:it|this|that) (?:not |perhaps |maybe )?(?:be|make|help|pay)"
        r"\b(?!.*\b(?:suit|possible|okay|ok|all right|convenient) (?:for|with)? ?(?:you|if i)\b)",
        r"^(?:wouldn't|might(?:n't)?|isn't|aren't|would|are|is) (?:you|it|he|she|they|a|an|some)\b"
        r".*\b(?:be|not) (?:\w+ )?(?:better|happier|wiser|smarter|easier|safer|simpler)"
        r"(?: off)?\b(?! (?:now|today|lately))",
        r"^wouldn't (?:a|an|some|more|another|the) .*\b(?:help|solve|do|fix|be)\b",
        rf"^(?:should(?:n't)?|ought) {_WHO} not\b|^shouldn't {_WHO}\b|^oughtn't\b",
        rf"^(?:can't|couldn't|can|could) {_WHO} (?:not )?(?:just|simply|always|at least|rather"
        r"|perhaps|maybe)\b(?! (?:tell|describe|explain|say|give|share|show|walk))",
        rf"^(?:can't|couldn't) {_WHO} \w+|^could {_WHO} not \w+",
        rf"\bdo(?:n't)? you (?:not |really )?(?:think|feel|believe) (?:that )?(?:{_WHO}"
        r" (?:\w+ )?(?:should|ought|could|must|needs?|had better|might want|would be better)\b"
        r"|it (?:would|might|could|may|is|'s)n?'? ?(?:\w+ )?(?:be|help|make sense|time|better"
        r"|worth|wise)\b|(?:talk|speak|ask|tell|tak|mak|start|stop|chang|leav|do|go)\w*ing\b)",
        rf"^isn't it (?:\w+ )?time\b|^(?:don't|doesn't) {_WHO} (?:\w+ )?(?:need to|have to|want to"
        r"|think it's time)\b",
        r"^(?:maybe|perhaps|possibly) (?:you|we) (?:should|could|might|can|need)\b",
        r"\b(?:you|we) (?:could|can) always\b|\byou (?:might|may) want to\b",
        r"(?:^|\b(?:i think|i feel|i believe|i'd say|really|maybe|perhaps|but|so)[, ]+)"
        r"(?:that )?you (?:really |just |definitely )?(?:should|ought to|need to|must|have to"
        r"|had better)(?! (?:be|feel|have been|have felt)\b)\b",
        r"^should you (?!not\b)\w|^would \w+ing\b.* (?:help|work|be (?:\w+ )?(?:better|easier|an"
        r" option))\b",
        r"\b(?:think|feel|believe) (?:that )?(?:you|he|she|they|we) (?:need|have to|ought)\b",
        r"\bif i were you\b|\bin your (?:place|shoes),? i(?:'d| would)\b"
        r"|\bmy advice\b|\bi(?:'d| would) (?:suggest|recommend|advise)\b",
        r"\bhave you not (?:considered|tried|thought)\b|\bhaven't you (?:considered|tried"
        r"|thought)\b",
    )
]
_LEADS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:surely|obviously|clearly|certainly|no doubt|presumably|of course)\b",
        rf"^{_ANY_NOT} ",
        rf"^(?:do|does|did|is|are|was|were|would|could|will|have|has) {_WHO} not\b",
        r"^(?:do|would) you (?:not )?agree\b|^would you not say\b|^would you say (?:that )?\w+",
        r"^(?:do|did|does|can|could) (?:you|he|she|they) (?:really|seriously|honestly|actually)"
        r" (?:think|believe|want|expect|feel|mean|need)\b",
        r"^(?:could|can|might|may) it be (?:that|because)\b|^is it (?:not )?possible that\b",
        r"^are you (?:really |quite |absolutely )?(?:sure|certain|serious)\b",
        r"^how much (?:did|do|does) (?:you|he|she|they) (?:love|enjoy|hate|like|miss|dislike)\b",
        r"^what(?:'s| is| was) (?:so|the matter|wrong with you)\b|^how could you\b",
        r"^(?:i|you) (?:guess|suppose|assume|bet|imagine|take it|expect)\b",
    )
]  # fmt: skip
_LOADED = re.compile(r"^how (?:\w+ly )?(?P<word>[\w-]+) (?:is|was|were|are|did|do|does)\b", re.I)
_STATES = re.compile(
    rf"^(?:{PRONOUN}|(?:the|your|my|our|his|her|their|a|an) \w+(?: \w+)?)(?:'\w+)?\s+(?:\w+ly )?"
    rf"(?:{AUX}\b|\w+)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"^(?:(?:can|could|would|will) you (?:please |maybe |perhaps |also )?)?"
    r"(?:tell me|describe|explain|say (?:a (?:little|bit) )?more|share|walk me through"
    r"|talk me through|talk (?:a (?:little|bit) )?(?:more )?about|help me (?:to )?(?:understand"
    r"|see)"
    r"|give me (?:an example|a picture|an idea)|show me|paint|take me (?:through|back)"
    r"|let me (?:hear|know))\b",
    re.IGNORECASE,
)
_WONDERS = re.compile(
    r"\bi(?:'m| am|'d| would)? ?(?:wonder(?:ing|ed)?|(?:be )?curious|(?:be )?interested|(?:like"
    r"|love)"
    rf" to (?:hear|know|understand))(?: to (?:hear|know))?(?: about)?,? (?:{WH}|about)\b"
    r"(?! (?:if|whether))",
    re.IGNORECASE,
)
_PERMISSION = re.compile(
    rf"^(?:may|can|could) i ask (?:you )?(?:about )?(?=(?:{WH})\b)|^do you mind (?:telling"
    rf"|sharing)",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:tell me|know|say|wonder(?:ing)?|hear|curious) (?:if|whether)\b", re.I)
_CLOSED_WH = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^when(?:'s| is| are| was| were| did| does| will)\b(?! .*\b(?:most|feel|easier|best"
        r"|worst|hardest|harder)\b)",
        r"^when do (?!.*\b(?:feel|most|best|notice|get)\b)",
        r"^where (?:is|are|was|were|'s) (?:the|your|my|our|his|her|their|that|this)\b",
        r"^where (?:do|did|does|are) \w+ (?:live|work|study|sit|park|stay|grow up|go|come from"
        r"|going|from|born|based)\b",
        r"^(?:who|who's|who are) (?:is|was|are|were|your|his|her|their|the|that|this)\b",
        r"^who (?:told|said|did|wrote|made|called|runs|leads|signed|sent|decided|pays|gave)\b",
        r"^(?:what|which) (?:school|university|college|company|city|country|town|year|month|day)\b",
        r"^how (?:many|old|often|tall|long|soon|late|fast|high)\b|^how far (?:is|away)\b",
        r"^how much(?! of\b| (?:does|do|did) .*\b(?:matter|mean|depend|help|weigh)\b"
        r"|(?: \w+)? (?:say|room|freedom|influence|energy)\b)",
    )
]
_SECOND = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:,|\band|\bbut|;|\bor)\s+(?!when (?:{PRONOUN}|the|your|my|our|his|her|their"
        rf"|a)\b)(?:also,? |then |if so,? |by |for |in |with |at |on |to )?{WH}"
        rf"(?:\s+(?:else|{AUX}|\w+ing|\w+s|\w+ed|\w+)\b|$)(?<!what not)",
        rf"(?:,|\band|\bbut|;)\s+(?:also,? )?(?:and |but )?(?:{AUX})(?:n't)? (?:{PRONOUN}|(?:the"
        rf"|your"
        r"|my|our|his|her|their|a|an) \w+|[A-Z]\w+)\b",
    )
]
_NO_SECOND = re.compile(rf"\b(?:more|less|rather|other|better|sooner|that|as) {WH}\b", re.I)
_COORDINATED = re.compile(r" and (?:also |then |even |just )?(?P<verb>[a-z]+) (?P<next>\w+)")
_ACCUSING = re.compile(r"^why (?:did|do|didn't|don't|have|haven't|are|aren't|were|weren't|would"
                       r"|wouldn't|can't|couldn't) you\b", re.IGNORECASE)  # fmt: skip
_ELLIPTIC_OPEN = re.compile(
    r"^(?:what else|such as|like what|and then|meaning|because|how so|how come|in what way)\b", re.I
)


def read_question(text: str) -> QuestionReading:
    """Reads a question as the user would put it to the other person."""
    tidied = tidy(text)
    kind = kind_of(tidied)
    remark = _ACCUSES if kind == "open" and _ACCUSING.match(_last(tidied)) else ""
    better = rewording.better(tidied, kind) if kind != "open" or remark else ""
    then = rewording.rest_of_double(tidied) if kind == "double" else ""
    return QuestionReading(kind, _WHY[kind], better, remark, then)


@lru_cache(maxsize=2048)
def is_open(question: str) -> bool:
    """Whether a question is open: one thought, no answer in it, no advice."""
    return kind_of(tidy(question)) == "open"


def _last(tidied: str) -> str:
    asked = _questions(tidied)
    return core(asked[-1]) if asked else ""


def _questions(tidied: str) -> list[str]:
    """The sentences that ask; the last sentence where none has a question mark."""
    found = parts(tidied)
    asked = [piece for piece in found if piece.endswith("?")]
    return asked or found[-1:]


def kind_of(tidied: str) -> QuestionKind:
    """The kind of a tidied question."""
    everything, asked = parts(tidied), _questions(tidied)
    if not asked:
        return "closed"
    if any(_advises(piece) for piece in everything):
        return "advice in disguise"
    if all(is_small_talk(piece) for piece in everything):
        return "small talk"
    if len(asked) > 1 and _is_tag(asked[-1]):
        return "leading"
    if len(asked) > 1 or _asks_twice(asked[0]):
        return "double"
    question = asked[0]
    if _leads(question):
        return "leading"
    return "closed" if _closes(question) else "open"


def _advises(sentence: str) -> bool:
    plain, inner = sentence.strip().rstrip("?.! "), core(sentence)
    if sentence.endswith((".", "!")) and re.match(r"you\b.*\b(?:should|told|said)", plain, re.I):
        return False
    return any(pattern.search(inner) or pattern.search(plain) for pattern in _ADVICE)


def _is_tag(sentence: str) -> bool:
    return bool(TAG.fullmatch(sentence.strip().rstrip("?.! ")))


def _leads(sentence: str) -> bool:
    plain = sentence.strip().rstrip("?.! ")
    tag = TAG.search(plain)
    if tag and tag.start() > 0 and not re.match(rf"(?:{WH})\b", core(plain[: tag.start()]), re.I):
        asks = polar(core(plain[: tag.start()]))
        if tag.group().lstrip().startswith((",", "-", "–")) or asks is None:
            return not (asks and re.search(r"\bor not$", plain))
    inner = core(sentence)
    if any(pattern.search(inner) or pattern.search(plain) for pattern in _LEADS):
        return not re.match(rf"why\b|{WH} .*n't", inner, re.IGNORECASE)
    loaded = _LOADED.match(inner)
    if loaded:
        return loaded["word"].lower() in question_words().loaded
    return _is_statement(inner)


def _is_statement(inner: str) -> bool:
    """Whether a sentence is told, not asked: "You are worried about it"."""
    if re.match(rf"(?:{WH}|{AUX}(?:n't)?)\b", inner, re.IGNORECASE) or _INVITES.match(inner):
        return False
    if re.search(r"\b(?:or not(?: yet)?|yet)$", inner, re.IGNORECASE):
        return False
    if _WONDERS.search(inner) or _ELLIPTIC_OPEN.match(inner) or _PERMISSION.match(inner):
        return False
    if re.match(r"you ", inner, re.IGNORECASE) and is_state(inner[4:]):
        return False
    return bool(_STATES.match(inner)) and len(inner.split()) > 2


def _asks_twice(sentence: str) -> bool:
    inner = core(sentence)
    if _NO_SECOND.search(inner):
        return False
    for pattern in _SECOND:
        for found in pattern.finditer(inner):
            if found.start() > 0 and not _tail_only(inner, found.start()):
                return True
    if _INVITES.match(inner):
        return bool(re.search(r" and (?:then )?(?:tell|explain|describe|say|share)\b", inner, re.I))
    question = polar(inner)
    if question is None:
        return False
    joined = _COORDINATED.search(f" {question.rest}")
    if joined is None or joined.start() < 2:
        return False
    verb = joined["verb"]
    first = question.rest.split()[0].lower()
    if question.aux in {"am", "are", "is", "was", "were"}:
        return first.endswith("ing") and verb.endswith("ing") and base_of(verb) is not None
    if question.aux in {"have", "has", "had"}:
        return base_of(verb) not in {None, verb}
    return is_base(verb) and not is_adjective(verb) and is_base(first)


def _tail_only(inner: str, place: int) -> bool:
    """Whether what comes before ``place`` is no question of its own but leads in to the rest."""
    before = inner[:place].strip(" ,;")
    return not re.match(
        rf"(?:{WH}|{AUX}(?:n't)?|tell|describe|can|could|i wonder|to what)\b", before, re.IGNORECASE
    ) or bool(re.match(rf"(?:{WH})$", before, re.IGNORECASE) and "," not in inner)


def _closes(sentence: str) -> bool:
    plain, inner = sentence.strip().rstrip("?.! "), core(sentence)
    if _IF.search(plain) and not re.match(rf"(?:{WH})\b", inner, re.IGNORECASE):
        return True
    if _INVITES.match(inner) or _WONDERS.search(plain):
        return False
    asked = _PERMISSION.match(inner)
    if asked:
        return False
    if re.match(rf"{AUX}(?:n't)?\b", inner, re.IGNORECASE):
        return True
    if _ELLIPTIC_OPEN.match(inner):
        return False
    if not re.match(rf"(?:{WH})\b", inner, re.IGNORECASE):
        return True
    facts = "|".join(sorted(question_words().facts))
    named = re.match(
        rf"(?:what|which)(?:'s| is| are| was)? (?:your |the |his |her |their )?(?:\w+"
        rf" )?(?:{facts})\b"
        r"(?! (?:do|would|could|should|did|plan|of)\b)",
        inner, re.IGNORECASE,
    )  # fmt: skip
    return bool(named) or any(pattern.search(inner) for pattern in _CLOSED_WH)
