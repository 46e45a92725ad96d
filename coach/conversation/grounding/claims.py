"""What a sentence claims was said or done, and whether the sources say so of the same person."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any, Literal

from coach.conversation.grounding.grounds import Grounds, Source
from coach.conversation.grounding.rules import rules
from coach.conversation.grounding.sentences import CALENDAR_STEMS, base, content
from coach.lexical import stems
from coach.memory.noticing.closed import AUXILIARY
from coach.memory.noticing.lexicon import lexicon
from coach.text import sentences, words

_RELATED = 0.3
Near = Callable[[list[str], list[str]], Any]
"""The cosine of each of some texts with each of others: an array of shape (a, b)."""
Actor = Literal["me", "them", "both", "other"]

_ROOT = 5
"""Letters that two words built on one have in common, at least."""
SAME_WORD = 0.66
"""A word of a paraphrase may stand for one of the sources' from this cosine on."""
_CLAUSE = re.compile(
    r"\s*[;:]\s*|,\s+(?=with no\b|without\b)|,\s+(?:and|but|so|while|whereas|yet)\s+|"
    r"\s+(?:but|while|whereas)\s+|\s[–—-]\s"
)
_NOT = re.compile(
    r"\b(?:not|never|no(?! further)|none|nobody(?!')|nothing|without|cannot|neither|nor|rarely|"
    r"seldom|hardly|scarcely)\b|n't\b"
)
_LACKS = re.compile(
    r"\b(?:miss(?:es|ing)|lack(?:s|ed|ing)?|wrong|absent|fail(?:s|ed)?|unable|hard(?:er)?|difficult|"
    r"struggles?|trouble|doubts?|doubtful|quiet|silen(?:t|ce))\b"
)
"""Words that deny without a negation: "missing" is "not there"."""
_SCOPE = 3
"""A negation bears on so many words before and behind it."""
_UNTIL = re.compile(r"\b(?:not|nothing|don't|never)\b.*\buntil\b")
"""A denial up to a moment, which is to do the other thing "before"."""
_BARE = re.compile(
    r"(?!\w+(?:ing|ly|ed|s)\b)\w+ (?:the|a|an|her|him|them|it|your|their|everything|nothing|to|off|"
    r"on|up|out|whether|that|all|somebody|someone|nobody)\b"
)
_BIDS = re.compile(
    r"(?<!something )(?<!thing )(?<!things )(?<!what )(?<!that )(?<!as )"
    r"\byou (?:should|must|need to|have to|ought|had better|could|can|might|may)\b|"
    r"^\W*I(?:'d| would)\b(?! (?:say|think|guess|imagine|suppose)\b)|"
    r"\b(?:best|better|wise|time) to\b|\byou'd better\b",
    re.IGNORECASE,
)
_NO_NEWS = re.compile(
    r"\bno news since\b|\bnot (?:every|all|only|just)\b|"
    r",? (?:and|but) (?:not|no) (?:an? |the |just |only )?[\w-]+(?=\W*$|,)|"
    r",? and (?:what|which) (?:could|can|does|do|is|are)(?:n't| not)\b.*|"
    r"(?:^|(?<=[.!?:] ))\W*(?:if|when|where|unless)\b[^,;:]*,",
    re.IGNORECASE,
)
"""What denies nothing of the matter: "not every ...", "... and not a solution", "if not, "."""
_COMMITS = re.compile(
    r"\b(?:promised|promises|agreed|offered|swore|sworn|vowed|committed|pledged|undertook)\b",
    re.IGNORECASE,
)
_ANSWERABLE = re.compile(
    r"(?<!how )(?<!what )(?<!when )(?<!where )(?<!who )(?<!which )(?<!why )"
    r"\b(?:can|may|could|should|shall|must) (?:i|we)\b|"
    r"\bis it (?:ok|okay|fine|all right|allowed)\b",
    re.IGNORECASE,
)
_PERMITS = re.compile(
    r"^\W*(?:yes|sure|of course|absolutely|certainly|definitely|by all means|no problem)\b|"
    r"\byou (?:can|may|could|should)\b(?! ask| say| tell| try| open| begin| start| put| might)|"
    r"\b(?:it's|it is|that's|that is) (?:\w+ )?(?:fine|ok|okay|all right|allowed|harmless)\b",
    re.IGNORECASE,
)
_DEEDS = frozenset({"promise", "offer", "plan", "commitment", "intention"})
"""What somebody has who means to do something: "your promise to write"."""
_AHEAD = re.compile(
    r"\b(?:promis\w+|would|might|will|'ll|'d|am to|is to|are to|due|overdue|goal|plans?|planned|"
    r"planning|offer\w*|owes?|(?:have|has) (?:\w+ ){1,4}to|still|yet|wants?|going to|thinking of|"
    r"hopes?|intends?|agreed|until|by (?:the |\d|\w+day|next|end)|said (?:i|he|she|they|you))\b|"
    r"'ll\b|'d\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:have|has|had|already|did|done|was|were|been|finally|\w{3,}ed|sent|wrote|written|told|"
    r"gave|given|made|took|taken|met|spoke|found|finished|got|rewrote|won|lost|read|"
    r"(?<!are )(?<!is )(?<!days )(?<!weeks )left|"
    r"(?:is|are|am) \w+ing)\b|'ve\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(r"\b(?:if|whether|should) (?:you|i|she|he|they)\b", re.IGNORECASE)
_ALIKE = frozenset({"has", "have", "had", "read", "put", "set", "cut", "let"})
"""Past forms that are the base form too, and the auxiliary: they show nothing as done."""
_SUBJECT = re.compile(r"\b(?:i|we|you|she|he|they)(?=\b|')", re.IGNORECASE)


def clauses(text: str) -> list[str]:
    """The parts of a sentence that each say something."""
    return [part for part in _CLAUSE.split(text) if part and words(part)]


def is_report(text: str, grounds: Grounds) -> bool:
    """Whether a text says what somebody told, promised or did before."""
    known = grounds.names | grounds.others
    told = " ".join("she" if word in known else word for word in words(text))
    pattern = rules().patterns["told"]
    return bool(pattern.search(text) or pattern.search(told))


def is_advice(text: str) -> bool:
    """Whether a text tells the reader what to do."""
    told = words(rules().patterns["imperative"].sub("", text))
    first = told[0] if told else ""
    verb = lexicon().forms.get(first)
    bids = (verb is not None and verb.base == first) or first in {"don't", "do", "never", "let's"}
    bids = bids or (first not in rules().english and bool(_BARE.match(" ".join(told))))
    return bids or bool(_BIDS.search(text))


def kin(one: str, other: str) -> bool:
    """Whether two words are built on one: "introduce" and "introduction", "measure" and "-able"."""
    alike = takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False))
    root = sum(1 for _ in alike)
    ends = {one[root:], other[root:]}
    return root >= _ROOT and ends <= rules().endings


def same_word(word: str, row: Any, vocabulary: list[str]) -> bool:
    """Whether a word means what one of the vocabulary does, and the opposite of none."""
    close = [other for other, cosine in zip(vocabulary, row, strict=True) if cosine >= _RELATED]
    if any(frozenset(stems(f"{word} {other}")) in rules().opposites for other in close):
        return False
    return bool(row.max() >= SAME_WORD) or any(kin(word, other) for other in vocabulary)


def matching(text: str, sources: Sequence[Source]) -> list[Source]:
    """The sources that share most of the claiming words of ``text``; none without any shared."""
    told = set(content(text))
    shared = [len(told & source.stems) for source in sources]
    most = max(shared, default=0)
    if not most:
        return []
    return [s for s, count in zip(sources, shared, strict=True) if count >= max(1, 0.6 * most)]


def actor(text: str, *, spoken: bool, shared: set[str], grounds: Grounds) -> Actor | None:
    """Who does what ``text`` tells, as the subject before its first word among ``shared``."""
    subject: Actor | None = None
    me, them, owned = ("i", "you", "my") if spoken else ("you", "i", "your")
    told = words(text)
    for word, following in zip(told, [*told[1:], ""], strict=True):
        base = me if word == owned and following in _DEEDS else word.partition("'")[0]
        if base in grounds.others and tells(following):
            subject = "other"
        if following == "to" and base in {"her", "him", "them"}:
            base = "they"  # "get her to tell you": she tells
        if shared & set(stems(word)):
            if subject is not None:
                return subject
            continue  # "the list you promised": its subject comes behind
        if base == me:
            subject = "me"
        elif base == them:
            # Told to the user, "I" is the assistant: nobody of the pair.
            subject = "them" if spoken else None
        elif base in {"she", "he", "they", "mentee", "mentor"} or (
            base in grounds.names and not word.endswith("'s")
        ):
            subject = "them"
        elif base == "we":
            subject = "both"
    return None


def swapped(text: str, spoken: bool, sources: Sequence[Source], grounds: Grounds) -> bool:
    """Whether ``text`` says of one person what every matching source says of the other."""
    told = bare(text) - set(stems(grounds.name))
    if not told:
        return False
    if is_advice(text) and not _COMMITS.search(text):
        return False  # it tells of nothing that anybody did or is to do
    if words(text)[:1] == ["to"]:
        return False  # "to introduce her to ...": whoever is named is spoken of
    facts = [s for s in told_of(sources) if s.kind != "draft" or not is_advice(s.text)]
    found = [s for s in facts if len(told & s.stems) >= max(min(2, len(told)), 0.5 * len(told))]
    mine: list[Source] = []
    theirs: list[Source] = []
    for source in found:
        shared = (bare(text) & source.stems) - set(stems(grounds.name))
        one = actor(text, spoken=spoken, shared=shared, grounds=grounds)
        other = actor(source.text, spoken=source.spoken, shared=shared, grounds=grounds)
        if one not in {None, "both"} and other not in {None, "both"}:
            (mine if one == other else theirs).append(source)
    return bool(theirs) and not mine


def told_of(sources: Sequence[Source]) -> list[Source]:
    """What happened, without the lines that the draft proposes to say."""
    return [s for s in sources if s.kind != "draft" or not s.spoken]


def turned_round(text: str, sources: Sequence[Source]) -> bool:
    """Whether ``text`` denies what the sources that match it nearly word for word affirm."""
    told = bare(text)
    if len(told) < 2:
        return False
    texts = [_NO_NEWS.sub("", source.text) for source in sources]
    parts = [part for one in texts for part in (*clauses(one), *sentences(one))]
    close = [part for part in parts if len(told & bare(part)) >= 0.6 * len(told) and
             len(told & bare(part)) >= 0.5 * len(bare(part))]  # fmt: skip
    return bool(close) and all(contradict(text, part) for part in close)


def contradict(one: str, other: str) -> bool:
    """Whether one of two texts on the same matter denies what the other affirms."""
    if denies(one) == denies(other):
        return False
    no, yes = (one.lower(), other.lower()) if denies(one) else (other.lower(), one.lower())
    if "no further" in yes or not _denied_words(no) & bare(yes):
        return False
    if len(_LACKS.findall(yes)) > len(_LACKS.findall(no)):
        return False  # "isn't there", of what is "missing"
    return not (_UNTIL.search(no) and re.search(r"\bbefore\b", yes))


def _denied_words(text: str) -> set[str]:
    """The stems that the negations of ``text`` bear on: those close to them."""
    found: set[str] = set()
    for match in _NOT.finditer(_NO_NEWS.sub("", text)):
        behind, before = words(text[match.end() :])[:_SCOPE], words(text[: match.start()])[-_SCOPE:]
        found |= bare(" ".join([*before, *behind]))
    return found


def denies(text: str) -> bool:
    """Whether a text has a negation in it."""
    return bool(_NOT.search(_NO_NEWS.sub("", text).lower()))


def answers_instead(text: str, grounds: Grounds) -> bool:
    """Whether ``text`` permits what the user asked leave for, where the draft does not."""
    asked = [s for s in grounds.sources if s.kind == "message" and _ANSWERABLE.search(s.text)]
    if not asked or not _PERMITS.search(text):
        return False
    told = set(stems(text))
    draft = " ".join(s.text for s in grounds.sources if s.kind == "draft" and not s.spoken)
    return any(len(told & s.stems) >= 1 for s in asked) and not _PERMITS.search(draft)


def bare(text: str) -> set[str]:
    """All stems of ``text`` but those of function words, days and numbers; verbs' base forms."""
    idle = CALENDAR_STEMS | rules().english
    found = stems(" ".join(base(word) for word in words(text)))
    return {s for s in found if s not in idle and not s.isdigit() and "'" not in s}


def not_done_yet(text: str, grounds: Grounds) -> bool:
    """Whether ``text`` tells as done, or as settled, what its sources tell as still to come."""
    if _AHEAD.search(text) or "?" in text or denies(text):
        return False
    done = {match.lower() for match in _DONE.findall(text)}
    if not done or not (_SUBJECT.search(text) or grounds.names & set(words(text))):
        return False
    told = bare(text) - set(stems(grounds.name))
    least = max(2, 0.5 * len(told))
    found = [s for s in told_of(grounds.facts) if len(told & bare(s.text)) >= least]
    return bool(found) and all(
        _UNREAL.search(s.text)
        or (_AHEAD.search(s.text) and not done & (set(words(s.text)) - _ALIKE))
        or _begins_later(s, done, grounds)
        for s in found
    )


def _begins_later(source: Source, done: set[str], grounds: Grounds) -> bool:
    """Whether ``source`` tells of a day to come by a verb that ``done`` has in the past."""
    known = set(words(source.text))
    past = {word for word in done - known if base(word) in {base(one) for one in known}}
    return bool(past) and any(day > grounds.today for day in source.days)


def tells(word: str) -> bool:
    """Whether a word is a verb in the form that follows a name: "won", "wins"."""
    verb = lexicon().forms.get(word)
    return word in AUXILIARY or (verb is not None and word in {verb.third, verb.past})
