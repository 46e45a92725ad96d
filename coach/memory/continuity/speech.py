"""A remembered clause turned into what the user says to the other person.

Items are kept in the third person ("Tendai presents the bundle", "You are to look over Tendai's
slides", where "you" is the user; or in the user's own words). Spoken, the other person is "you"
and the user is "I". Where that cannot be done safely, nothing is returned and the asker quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from coach.memory.dates.words import MONTHS, WEEKDAYS, word_set
from coach.memory.items import Item, Person
from coach.memory.noticing.closed import NOT_OWNED
from coach.memory.noticing.lexicon import lexicon
from coach.text import first_name

_PRONOUNS = {
    "she": ("she", "her", "her", "hers", "herself"),
    "he": ("he", "him", "his", "his", "himself"),
    "they": ("they", "them", "their", "theirs", "themselves"),
}
_SHORT_FOR = {"going": "you are", "not": "you are", "been": "you have", "got": "you have"}
_TITLE = r"(?:dr|mr|mrs|ms|prof|professor|engr|adv|sir|madam)\.?"
_ANY_PRONOUN = re.compile(
    r"\b(she|her|hers|herself|he|him|his|himself|they|them|their|theirs|themselves)\b", re.I
)
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\s+|.", re.DOTALL)
_TO_YOU = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't",
           "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't"}  # fmt: skip
_TAKES_ITS_OBJECT = frozenset(
    ("a", "an", "the", "to", "my", "your", "her", "his", "their", "it", "him", "them", "me", "us")
)
_AFTER_A_VERB = _TAKES_ITS_OBJECT | {"at", "badly", "too", "well", "nothing", "everything"}
_TO_ME = {"are": "am", "were": "was", "aren't": "am not", "weren't": "wasn't"}
_ADVERBS = word_set("also still now often always never already really just only then")
# After one of these, "you" or "her" is an object.
_TAKES_OBJECT = word_set(
    "to for with from by at on of about after before behind between without like than and or"
)
_PROMISED = re.compile(r"^(?:You|I) (?:promised|offered|owe) (?P<name>\w+) (?P<rest>.+)$")
_JOINS = word_set("before after than and")
_CONTRACTED = (
    (re.compile(r"\b(i)['’]?m\b", re.I), "I am"),
    (re.compile(r"\b(he|she|they|i|we|you|it)['’]ll\b", re.I), r"\1 will"),
    (re.compile(r"\b(he|she|they|i|we|you|it)['’]d\b", re.I), r"\1 would"),
    (re.compile(r"\b(i|we|you|they)['’]ve\b", re.I), r"\1 have"),
    (re.compile(r"\b(we|you|they)['’]re\b", re.I), r"\1 are"),
    (re.compile(r"\b(he|she|it)['’]s(?= (?:got|had|been|\w+ed)\b)", re.I), r"\1 has"),
    (re.compile(r"\b(he|she|it)['’]s\b", re.I), r"\1 is"),
)  # fmt: skip
_REPORT = re.compile(
    r"^(?:and |but |so |then )?(?:you|I) (?:also )?(?:said|told (?:me|you)|mentioned|admitted"
    r"|confessed|shared(?: in confidence)?|told me in confidence|think|thought|reckon"
    r"|say|feel|felt|let slip|ha(?:ve|d) to (?:admit|confess|say))(?: that)?,?"
    r" (?=(?:you|I|your|my|the)\b)",
    re.I,
)


def pronoun_of(them: Person, items: Iterable[Item]) -> str:
    """The other person's pronoun: the known one, else the one most used of them, or ""."""
    if them.pronoun:
        return them.pronoun
    found: Counter[str] = Counter()
    for item in items:
        if item.about != "them":
            continue
        for match in _ANY_PRONOUN.finditer(f"{item.text} {item.quote}"):
            word = match.group().lower()
            found.update(key for key, forms in _PRONOUNS.items() if word in forms)
    if not found:
        return ""
    (first, often), *rest = found.most_common()
    return first if often >= 2 * (rest[0][1] if rest else 0) else ""


def spoken(text: str, them: Person, pronoun: str) -> str | None:
    """``text`` as the user would say it to the other person; None where a "she" is uncertain."""
    for pattern, full in _CONTRACTED:
        text = pattern.sub(full, text)
    names = _names(them)
    pronoun = pronoun or _meant(text, names)
    titled = rf"\b{_TITLE} (?=(?:{'|'.join(map(re.escape, sorted(names)))})\b)"
    text = re.sub(titled, "", text.replace("’", "'"), flags=re.I)
    tokens = [t for t in _TOKEN.findall(text) if t]
    out: list[str] = []
    subject = shared = ""
    for place, token in enumerate(tokens):
        word = token.lower()
        if not token[0].isalnum():
            out.append(token)
            continue
        previous = _previous(tokens, place)
        if word in _PRONOUNS.get(pronoun, ("",))[:1] and _foreign(tokens[:place], names, word):
            return None
        owned = _PRONOUNS[pronoun][2] if pronoun else ""
        possessive = word == owned and (owned != "her" or _is_noun(_following(tokens, place)))
        if possessive and _third_person(tokens[:place], names, pronoun):
            return None
        following = _following(tokens, place)
        if following in _ORDERS and _is_thing(_following(tokens, place, 1)):
            following = _following(tokens, place, 1)
        if _is_doing(word, following, _following(tokens, place, 1)):
            following = "going"
        if not subject and _goes_on(word, previous, following):
            subject = shared
        told, subject = _turned(token, word, previous, following, names, pronoun, subject)
        shared = subject or shared
        if told is None:
            return None
        out.append(told)
    said = re.sub(r"\s+", " ", "".join(out)).strip()
    said = re.sub(r"^you and me\b", "you and I", said)
    shorter = _REPORT.sub("", said)
    return shorter if shorter else None


def _meant(text: str, names: frozenset[str]) -> str:
    """The pronoun of the one person named right before it: "you promised Grace to send her ..."."""
    told = _PROMISED.match(text)
    if told is None or told["name"].lower() not in names:
        return ""
    found = {
        key
        for word in _ANY_PRONOUN.findall(told["rest"])
        for key, forms in _PRONOUNS.items()
        if word.lower() in forms
    }
    others = re.search(r" [A-Z]|\b(?:and|for|with) (?:a|an|the|my|your)\b", told["rest"])
    kin = any(word in lexicon().relatives for word in told["rest"].lower().split())
    return found.pop() if len(found) == 1 and not (others or kin) else ""


def _foreign(before: list[str], names: frozenset[str], nominative: str) -> bool:
    """Whether a pronoun may stand for somebody else who was named last before it."""
    for place in range(len(before) - 1, -1, -1):
        token, word = before[place], before[place].lower()
        if word.partition("'s")[0] in names or word == nominative:
            return nominative == "they" and place < len(before) - 8
        if word in lexicon().relatives or (
            nominative == "they" and re.fullmatch(r"\w{3,}[^s]s", word)
        ):
            return True
        calendar = word[:3] in MONTHS or word[:3] in WEEKDAYS
        if place and token[0].isupper() and word != "i" and not calendar:
            return True
    return False


def _third_person(before: list[str], names: frozenset[str], pronoun: str) -> bool:
    """Whether somebody else became the subject before a "his": "his father has lost his job"."""
    low = [token.lower().partition("'s")[0] for token in before if token[0].isalnum()]
    starts = [n for n, word in enumerate(low) if word in names or word == _PRONOUNS[pronoun][0]]
    after = low[starts[-1] + 1 :] if starts else low
    people = [n for n, w in enumerate(after) if w in lexicon().relatives or w in _PEOPLE]
    return bool(people) and any(_is_verb(word) for word in after[people[0] + 1 :])


def _turned(
    token: str, word: str, previous: str, following: str, names: frozenset[str], pronoun: str,
    subject: str,
) -> tuple[str | None, str]:  # fmt: skip
    """What becomes of one word, and the subject that the next verb agrees with."""
    base, _, ending = word.partition("'s")
    named = token[0].isupper() or (base == word and not _is_a_word(word, previous))
    if base in names and named:
        if "'s" in word and not ending:
            return _SHORT_FOR.get(following, "your"), ""
        joined = previous in {"and", "but"} and _is_verb(following)
        takes = not joined and (previous in _TAKES_OBJECT or _acts_on(previous))
        return "you", ("" if takes else "you")
    if word in {"i", "you"}:
        helped = previous in _BARE_VERB_AFTER and following not in _TO_ME
        object_here = helped or previous in _TAKES_OBJECT - _JOINS
        subject_here = previous == "" or (not object_here and _is_verb(following))
        if word == "you" and not subject_here:
            return "me", ""
        return "I", "me" if word == "you" else ""
    mine = {"your": "my", "yours": "mine", "yourself": "myself"}.get(word)
    if mine is not None:
        return mine, subject
    forms = _PRONOUNS.get(pronoun, ())
    if word in forms:
        return _you(word, forms, "" if previous in _BARE_VERB_AFTER else following)
    if pronoun == "" and _ANY_PRONOUN.fullmatch(word):
        return None, ""
    if subject and word in _ADVERBS:
        return token, subject
    agreeing = {"me": _TO_ME.get(word, token), "you": _agreeing(token, word)}
    return agreeing.get(subject, token), ""


def _goes_on(word: str, previous: str, following: str) -> bool:
    """Whether a verb after "and" has the subject of the one before: "passed it and was proud"."""
    if previous not in {"and", "but"}:
        return False
    verb = lexicon().forms.get(word)
    finite = verb is not None and word == verb.third and following in _AFTER_A_VERB
    return word in _TO_YOU or word in _TO_ME or finite


def _is_doing(word: str, following: str, after: str) -> bool:
    """Whether "Sam's doing a course" tells what Sam does, and not whose doing it is."""
    if "'s" not in word or not following.endswith("ing"):
        return False
    if lexicon().event_noun.search(following):
        return False
    return after in _TAKES_ITS_OBJECT or after in {"back", "out", "up", "off", "down", "for"}


def _acts_on(word: str) -> bool:
    """Whether a verb takes the person after it as its object: "what frightens Rosa is money"."""
    verb = lexicon().forms.get(word)
    if verb is None or verb.base in lexicon().say or verb.base in _TELLS_THAT:
        return False
    return word in {verb.third, verb.past} and word != verb.base


def _you(word: str, forms: tuple[str, ...], following: str) -> tuple[str, str]:
    nominative, objective, possessive, alone, own = forms
    if word == nominative:
        return "you", "you"
    if word == own:
        return "yourself", ""
    if word == possessive and (possessive != objective or _is_noun(following)):
        return ("your" if possessive != alone or _is_noun(following) else "yours"), ""
    return ("you" if word == objective else "yours"), ""


def _agreeing(token: str, word: str) -> str:
    """A verb in the third person as "you" takes it."""
    if word in _TO_YOU:
        return _TO_YOU[word]
    verb = lexicon().forms.get(word)
    if verb is not None:
        return verb.base if word == verb.third else token
    if re.search(r"[^s]s$", word) and len(word) > 3:
        return (
            re.sub(r"ie$", "y", word[:-1])
            if word.endswith("ies")
            else re.sub(r"(ch|sh|x|ss|z|o)e$", r"\1", word[:-1])
        )
    return token


def _names(them: Person) -> frozenset[str]:
    parts = [p.strip(".,").lower() for p in them.name.split()]
    titles = {"dr", "mr", "mrs", "ms", "prof", "professor", "sr", "adv", "sir", "engr"}
    return frozenset({p for p in parts if p not in titles} | {first_name(them.name).lower()})


def _previous(tokens: list[str], place: int) -> str:
    for token in reversed(tokens[:place]):
        if token[0].isalnum():
            return token.lower()
        if not token.isspace():
            return ""
    return ""


def _following(tokens: list[str], place: int, further: int = 0) -> str:
    """The next word of the same clause, or the one ``further`` words after it; "" if none."""
    for token in tokens[place + 1 :]:
        if token[0].isalnum():
            if not further:
                return token.lower()
            further -= 1
        elif not token.isspace():
            return ""
    return ""


def _is_a_word(word: str, previous: str) -> bool:
    """Whether a name in small letters is an ordinary word here: "for example", "a rose"."""
    return previous in _BEFORE_A_THING or (previous, word) == ("for", "example")


def _is_thing(word: str) -> bool:
    """Whether a word after "her first" is what she owns, and no time: "her first talk"."""
    return _is_noun(word) and word not in _TIMES and word[:3] not in WEEKDAYS


def _is_verb(word: str) -> bool:
    auxiliaries = {
        "are", "were", "will", "would", "have", "had", "can", "could", "shall", "should", "must",
        "may", "might", "cannot", "am", "do", "did", "need", "ought",
    } | _ADVERBS  # fmt: skip
    return word in auxiliaries or word.endswith("n't") or word in lexicon().forms


def _is_noun(word: str) -> bool:
    """Whether what follows "her" or "his" makes it a possessive."""
    return bool(word) and word not in _NOT_OWNED and not word.endswith("ly")


_ORDERS = word_set("first second third next last two three")
_TIMES = word_set("week weeks month months year years day days time times thing morning evening")
_BEFORE_A_THING = word_set("a an the this that any no another each every some my your one good")
# "let her have it": an infinitive follows the person.
_BARE_VERB_AFTER = word_set("let lets make makes made help helps helped hear heard watch saw see")
_TELLS_THAT = word_set(
    "think hope fear know see find feel believe mean hear wish notice be have do"
)
_PEOPLE = word_set("man woman lady guy boy girl")
_NOT_OWNED = NOT_OWNED | word_set("along away home together aside apart through round around")
