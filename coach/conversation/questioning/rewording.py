"""A better wording of a question, in its own words: open, one thought, no advice, no answer."""

from __future__ import annotations

import re

from coach.conversation.questioning.clauses import (
    AUX,
    PRONOUN,
    TAG,
    WH,
    Polar,
    core,
    is_adjective,
    is_state,
    parts,
    polar,
    tidy,
)
from coach.conversation.questioning.facts import open_wh
from coach.conversation.questioning.forms import turned
from coach.conversation.questioning.opening import open_polar
from coach.conversation.questioning.small_talk import beyond_small_talk
from coach.conversation.questioning.soundness import about_thing, is_sound, shortened
from coach.conversation.questioning.verbs import base_of, gerund, ing_of, is_base

_TELL_ME = "What can you tell me about it?"
_STRIPPED = re.compile(
    r"^(?:surely|obviously|clearly|certainly|no doubt|presumably|of course|so|then|well|but|and"
    r"|(?:i|you) (?:guess|suppose|assume|bet|imagine|take it|expect)"
    r"|(?:do|would|don't|wouldn't) you (?:not )?(?:agree|say)|you(?: would|'d) (?:say|agree)"
    r"|(?:isn't it|is it not|wasn't it) (?:true|obvious|clear|fair to say|a fact|strange|odd|sad)"
    r"|are you (?:really |quite |absolutely )?(?:sure|certain|serious)(?: about)?"
    r"|(?:do|don't|did) you (?:really |seriously |honestly )?(?:not )?(?:think|believe|feel|find)"
    rf"(?= (?:that )?(?:{PRONOUN}|the|your|my|our|his|her|their|a|an)\b))[, ]+"
    rf"(?:that (?=(?:{PRONOUN}|the|your|my|our|his|her|their|a|an)\b))?",
    re.IGNORECASE,
)
_ASKS_VIEW = re.compile(
    r",? (?:what do you (?:think|say|reckon)|what would you say|how about (?:it|that)|do you think"
    r"|or not|ok(?:ay)?|right)$",
    re.IGNORECASE,
)
_MUST = re.compile(rf"^(?P<who>{PRONOUN}|\w+ \w+) must (?P<rest>(?:be|have|feel) .*)$", re.I)
_BE = {"i": "am", "he": "is", "she": "is", "it": "is", "this": "is", "that": "is"}

# What a suggestion proposes to do, as an infinitive ("vp") or already an "-ing" form ("ing").
_WHO = r"(?:you|he|she|they|we|it|your \w+|the \w+)"
_SHOULD = (
    r"(?:(?:really |just |definitely |maybe |perhaps |simply )*(?:should|ought to|could(?: always)?"
    r"|can(?: always)?|need to|needs to|must|have to|had better|might want to|may want to"
    r"|might|would))"
)
_SOFT = r"(?:just |simply |maybe |perhaps |always |at least |rather |really |even |ever |first )*"
_PROPOSED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:did|do|have) you (?:ever |even |already )?(?:try|tried|consider) to (?P<vp>.+)$",
        rf"\b(?:have|has|haven't) {_WHO} (?:not )?(?:\w+ )?(?:considered|tried|contemplated"
        rf"|looked into|thought (?:about|of)) (?P<ing>.+)$",
        r"^(?:did|do) you (?:ever |even |already )?(?:try|consider|think (?:of|about))"
        r" (?P<ing>.+)$",
        r"^is there (?:any|a|some) reason (?:why |that )?you (?:have not|haven't|had not|hadn't)"
        r" (?P<past>.+)$",
        r"^is there (?:any|a|some) reason (?:why |that )?you (?:do not|don't|did not|didn't|can't)"
        r" (?P<vp>.+)$",
        r"^(?:how|what) about (?P<ing>.+)$",
        rf"^(?:shouldn't|should) {_WHO} (?:not )?have (?P<had>.+)$",
        rf"\bif i were you\b,? i(?:'d| would) {_SOFT}(?P<vp>.+)$",
        r"\b(?:in your (?:place|shoes),? )?i(?:'d| would) (?:suggest|recommend|advise)"
        r"(?: that)?(?: you)?(?: to)? (?P<vp>.+)$",
        rf"\bwhy (?:don't|doesn't) {_WHO} {_SOFT}(?P<vp>.+)$",
        rf"^why not {_SOFT}(?P<vp>.+)$",
        rf"^what if {_WHO} {_SOFT}(?P<past>.+)$",
        r"\b(?:help|better|easier|wiser|worth|idea|useful|sense|wise|sensible|safer|best|good"
        r"|helpful|time)(?: to you| for you| it)? (?:if|when) you {SOFT}(?P<past>.+)$".replace(
            "{SOFT}", _SOFT
        ),
        rf"\btime (?:for you )?(?:(?:that )?{_WHO} (?P<past>.+)|to (?P<vp>.+))$",
        r"\b(?:worth|help|idea|makes?|easier|better) (?:it )?(?P<ing>\w+ing .+)$",
        r"\b(?:help|better|easier|wiser|idea|sense|wise|sensible|safer|best|good|useful|helpful|pay"
        r"|work|smarter)(?: for you| you)? (?:not )?to (?P<vp>.+)$",
        rf"^(?:don't|doesn't|do) {_WHO} (?:not )?{_SOFT}(?:need to|have to|want to)"
        rf" {_SOFT}(?P<vp>.+)$",
        rf"^(?:shouldn't|should|oughtn't|ought|can't|couldn't|can|could) {_WHO} (?:not )?(?:to )?"
        rf"{_SOFT}(?P<vp>.+)$",
        r"\b(?:think|feel|believe) (?:that )?(?P<ing>\w+ing\b .+?)"
        r"(?: (?:would|could|might|may) .+)?$",
        rf"\b{_WHO} {_SHOULD} {_SOFT}(?P<vp>.+)$",
        r"\b(?:think|feel|believe) (?:that )?(?:you|he|she|they|we) needs? (?P<ing>(?!to\b)\w+.*)$",
        r"^would (?P<ing>\w+ing\b.*?) (?:help|work|be)\b.*$",
        rf"^(?:isn't|aren't|are|is|wouldn't|might|would|mightn't) {_WHO} (?:not )?(?P<be>be )?"
        r"(?P<state>(?:\w+ )?(?:better|happier|wiser|smarter|easier|safer)(?: off)?\b.*)$",
        r"^wouldn't (?P<thing>(?:a|an|some|more|another|the) .+?) (?:help|solve|do|fix|be)\b.*$",
    )
]


_AND_DO = re.compile(r"\band ([a-z]+)\b(?= |$)")
_CONSIDERING = re.compile(
    r"^(?:considering|trying|thinking (?:about|of)|looking into|needing|having) (?=(?:a|an|the"
    r"|some|more|another|\w+ing)\b)",
    re.IGNORECASE,
)
_SHORT = [
    (re.compile(rf"\b({PRONOUN})'{short}\b", re.IGNORECASE), rf"\1 {full}")
    for short, full in (("ll", "will"), ("re", "are"), ("ve", "have"), ("m", "am"))
]


def better(text: str, kind: str) -> str:
    """A better wording of ``text``, which was read as ``kind``; plain rather than broken."""
    made = _better(text, kind)
    return made if not made or is_sound(made) else _cleaned(about_thing(core(tidy(text))))


def _better(text: str, kind: str) -> str:
    text = tidy(text)
    for pattern, full in _SHORT:
        text = pattern.sub(full, text)
    found = parts(text)
    asked = [piece for piece in found if piece.endswith("?")] or found[-1:]
    if not asked:
        return ""
    if kind == "advice in disguise":
        return _cleaned(_from_advice(found))
    if kind == "small talk":
        return _cleaned(beyond_small_talk(asked[0]))
    if kind == "double":
        return _cleaned(_one_of(asked))
    if kind == "leading":
        return _cleaned(_from_leading(asked[0]))
    short = shortened(core(asked[-1]))
    return _cleaned(open_wh(short) or _opened(short))


def _opened(question: str) -> str:
    asked = polar(question)
    if asked is None:
        return _elliptic(question)
    return open_polar(asked) or _TELL_ME


def _elliptic(question: str) -> str:
    told = re.match(r"(?:any|some) (.+)$", question, re.IGNORECASE)
    if told:
        return f"what {told[1]} do you have?"
    you = re.match(r"you (?=\w)(?P<state>.+)$", question, re.IGNORECASE)
    if you and is_state(you["state"]):
        return _opened(f"are you {you['state']}")
    first = question.split(maxsplit=1)[0].lower() if question else ""
    if is_adjective(first) or first in {"still", "already", "ready"}:
        return _opened(f"are you {question[:1].lower()}{question[1:]}")
    return f"what can you tell me about {question[:1].lower()}{question[1:]}?" if question else ""


# -- advice ----------------------------------------------------------------


def _from_advice(found: list[str]) -> str:
    for piece in found:
        for text in (core(piece), piece.rstrip("?.! ")):
            plain = _ASKS_VIEW.sub("", _untagged(text))
            for pattern in _PROPOSED:
                match = pattern.search(plain)
                proposed = _change(match.groupdict()) if match else None
                if proposed:
                    return proposed
    return "what have you thought of doing yourself?"


def _change(named: dict[str, str | None]) -> str | None:
    """ "What would talking to your boss change?" for whatever form the proposal has."""
    if named.get("had"):
        return f"what would have been different if you had {named['had']}?"
    if named.get("state"):
        what = re.sub(r"^(?:being )", "", str(named["state"]))
        return f"what would being {what} change for you?"
    if named.get("thing"):
        return f"what would {named['thing']} change?"
    done = named.get("ing") or _gerund(named)
    if not done:
        return None
    done = _CONSIDERING.sub("", done)
    if re.match(rf"(?:{WH})\b", done, re.IGNORECASE):
        asks = turned(done)
        return f"{asks}?" if asks else None
    if re.match(r"(?:that|if|whether) ", done):
        return f"what do you make of the idea that {done.partition(' ')[2]}?"
    done = re.sub(r"^(?:just|simply|maybe|perhaps|actually) ", "", done)
    return f"what would {done} change?"


def _gerund(named: dict[str, str | None]) -> str | None:
    if named.get("past"):
        first, _, rest = str(named["past"]).partition(" ")
        base = base_of(first)
        return f"{ing_of(base)} {rest}".strip() if base else None
    done = gerund(str(named["vp"])) if named.get("vp") else None
    return _AND_DO.sub(lambda m: f"and {ing_of(m[1])}" if is_base(m[1]) else m[0], done or "")


# -- leading ---------------------------------------------------------------


def _from_leading(sentence: str) -> str:
    plain = sentence.strip().rstrip("?.! ")
    told = _untagged(plain)
    for _ in range(3):
        told = _STRIPPED.sub("", told)
    loved = re.match(
        r"how much (?:did|do|does) (?P<who>\w+) (?:love|enjoy|hate|like|miss|dislike)"
        r" (?P<what>.+)$",
        told, re.IGNORECASE,
    )  # fmt: skip
    if loved:
        who = {"he": "does he", "she": "does she", "they": "do they"}.get(
            loved["who"].lower(), "did you"
        )
        return f"what {who} make of {loved['what']}?"
    loaded = re.match(
        r"how (?:\w+ly )?[\w-]+ (?P<be>is|was|were|are) (?P<what>.+)$", told, re.IGNORECASE
    )
    if loaded:
        you = re.match(r"you\b ?(.*)$", loaded["what"], re.IGNORECASE)
        if you:
            return f"how did you feel {you[1]}?"
        return f"how {loaded['be'].lower()} {loaded['what']} for you?"
    if re.match(rf"(?:{WH})\b", told, re.IGNORECASE):
        return "what do you make of it yourself?"
    asked = polar(told) if re.match(rf"(?:{AUX})(?:n't)?\b", told, re.I) else as_polar(told)
    if asked is None:
        return "how do you see it yourself?"
    asked = Polar(asked.aux, asked.subject, re.sub(r"^(?:not|n't) ", "", asked.rest))
    accused = re.match(r"being\b", asked.rest) or (
        asked.subject.lower() in {"he", "she", "they"} and re.match(r"\w+ing\b", asked.rest)
    )
    if accused:
        # Turned round it would still say what is held against somebody.
        return "how do you see it yourself?"
    return open_polar(asked) or "how do you see it yourself?"


def _untagged(plain: str) -> str:
    tag = TAG.search(plain)
    if tag and tag.start() > 0 and (tag.group().startswith((",", ";", "-", "–"))):
        return plain[: tag.start()].strip(" ,")
    return plain


def as_polar(told: str) -> Polar | None:
    """A statement as the question that it answers: "you liked it" as "did" "you" "like it"."""
    must = _MUST.match(told)
    if must:
        who = must["who"]
        first, _, rest = must["rest"].partition(" ")
        if first.lower() == "be":
            return Polar(_BE.get(who.lower(), "are"), who, rest)
        if first.lower() == "feel":
            return Polar("do", who, f"feel {rest}")
        return Polar("was", who, re.sub(r"^been ", "", rest))
    short = re.match(r"(\w+)'(s|re|m|ve|ll|d) (.+)$", told)
    if short:
        full = {"s": "is", "re": "are", "m": "am", "ve": "have", "ll": "will", "d": "would"}[
            short[2]
        ]
        told = f"{short[1]} {full} {short[3]}"
    place = _verb_at(told.split())
    if place is None:
        return None
    tokens = told.split()
    who, first, rest = (
        _small(" ".join(tokens[:place])),
        tokens[place],
        " ".join(tokens[place + 1 :]),
    )
    plain = re.sub(r"n't$", "", first.lower())
    if re.fullmatch(AUX, plain) and not (plain in {"do", "have", "has", "had"} and not rest):
        asked = polar(f"{plain} {who} {rest}")
        return Polar(plain, who, re.sub(r"^(?:not|n't) ", "", asked.rest if asked else rest))
    if re.fullmatch(r"\w+ly|still|just|also|never|always", first):
        first, _, rest = rest.partition(" ")
    base = base_of(first)
    if base is None:
        return None
    low = first.lower()
    aux = "do" if low == base else "does" if low.endswith("s") and low != "was" else "did"
    return Polar(aux, who, f"{base} {rest}".strip())


def _verb_at(tokens: list[str]) -> int | None:
    """Where the verb of a statement is; None when none is found."""
    pronoun = re.fullmatch(PRONOUN, tokens[0], re.IGNORECASE)
    if pronoun and len(tokens) > 1 and tokens[0].lower() not in {"that", "this", "these", "those"}:
        return 1
    for place, token in enumerate(tokens[1:], 1):
        low, before = token.lower(), tokens[place - 1].lower()
        if re.fullmatch(rf"(?:{AUX})(?:n't)?", low):
            return place
        determined = re.fullmatch(r"the|a|an|my|your|our|his|her|their|of|in|for|with", before)
        if not determined and base_of(low) not in {None, low} and not low.endswith("ing"):
            return place
    return None


def _small(subject: str) -> str:
    """A subject as it stands within a sentence: "The talk" is "the talk", "Anna" stays."""
    first = subject.split(" ", 1)[0]
    plain = re.fullmatch(
        rf"(?:{PRONOUN}|the|your|my|our|his|her|their|a|an)", first, re.IGNORECASE
    )  # fmt: skip
    return subject[:1].lower() + subject[1:] if plain and first != "I" else subject


# -- double -------------------------------------------------------------------


def _one_of(asked: list[str]) -> str:
    """The half that is open already, else the first half opened; the other can wait."""
    found = _parted(asked)
    already = [opened for half, opened in found if opened == f"{half}?"]
    return next((one for one in (*already, *(one for _, one in found)) if one), _TELL_ME)


def rest_of_double(text: str) -> str:
    """The other half of a double question, opened: to ask once the first is answered; "" if none
    can be asked by itself."""
    text = tidy(text)
    found = parts(text)
    asked = [piece for piece in found if piece.endswith("?")] or found[-1:]
    first = better(text, "double")
    others = [_cleaned(one) for _, one in _parted(asked) if one] if asked else []
    return next((one for one in others if one != first and not _VAGUE_HALF.search(one)), "")


_VAGUE_HALF = re.compile(r"^\W*(?:\S+\W+){0,2}\S*\W*$|^(?:and|or|why)\b", re.IGNORECASE)


def _parted(asked: list[str]) -> list[tuple[str, str]]:
    """The halves of what is asked, each with its open form, "" where there is none."""
    halves = asked if len(asked) > 1 else _halves(core(asked[0]))
    cores = [core(half) for half in halves]
    return [
        (half, f"{half}?" if _is_open(half)
         else open_wh(half) or (_opened(half) if polar(half) else ""))
        for half in cores
    ]  # fmt: skip


def _is_open(question: str) -> bool:
    from coach.conversation.questioning.reading import kind_of

    return len(question.split()) > 2 and kind_of(f"{question}?") == "open"


def _halves(question: str) -> list[str]:
    found = re.split(
        rf"(?:,\s*(?:(?:and|but|or)\s+)?|\s+(?:and|but|or)\s+)(?:also,? |then |if so,? |by |for )?"
        rf"(?=(?:{WH})\b|(?:{AUX})(?:n't)? \w+)",
        question, flags=re.IGNORECASE,
    )  # fmt: skip
    if len(found) == 1:
        return [re.sub(r" and .*$", "", question)]
    return [
        re.sub(r",? (?:and|but|or) (?:the|your|his|her|a|an) [\w'-]+$", "", one) for one in found
    ]


def _cleaned(question: str) -> str:
    text = re.sub(r"\s+", " ", question).strip().rstrip("?.! ,")
    text = re.sub(r"\s+(?:yet|already|ever|at all)$", "", text)
    return f"{text[:1].upper()}{text[1:]}?" if text else ""
