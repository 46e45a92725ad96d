"""Words for a noticed clause that read well on their own, in the third person.

Only pronouns and auxiliaries are changed or added; every other word is the writer's own.
"""

from __future__ import annotations

import re

from coach.memory.items import Kind, Owner
from coach.memory.noticing.cast import Who
from coach.memory.noticing.closed import AUXILIARY, NOT_OWNED, PREPOSITIONS, TITLES
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.rephrasing import (
    is_next_meeting,
    named_for_initials,
    promised,
    unlabelled,
)
from coach.memory.noticing.segments import flatten
from coach.memory.noticing.standing import closed, finite, from_doer, has_verb, said_to_be
from coach.memory.noticing.subject import Subject
from coach.text import first_name

_FORMS = {
    "she": ("she", "her", "her"),
    "he": ("he", "his", "him"),
    "they": ("they", "their", "them"),
}
_TOLD_TO = re.compile(
    r"(?:(?:please|pls|do|also|and|but|just|so)[ ,]+)*(?:remember|note|bear in mind|keep in mind"
    r"|don't forget|do not forget|never forget|mind you|for the record|reminder|nb|fyi|be aware"
    r"|i should (?:add|note|remember)|worth (?:noting|remembering))"
    r"(?:[,:]? that\b|[,:](?! that\b)| (?=(?:the|my|her|his|their|our)\b))[ ,]*",
    re.IGNORECASE,
)
"""What the assistant or the writer is told to do with what follows."""
_AIM = re.compile(
    r"(?:(?:my|his|her|their|our|your|the|[\w-]+'s)\s+)(?:\w+ ){0,2}?(?:goal|aim|plan|wish|dream"
    r"|ambition|hope|target|objective|intention)\b(?: (?:for|with|in|at|of) (?:\w+ ?){1,4}?)?"
    r"(?:'s| is| remains| stays| has always been)(?: (?:now|still|clear|simple))?"
    r"[,:]?\s+(?!not\b)(?:to\s+|that\s+)?(?=\w)",
    re.IGNORECASE,
)
"""The words before the aim itself: "her goal is", "the plan for spring is to"."""
_WHICH_DAY = re.compile(r"\s+(?:next|this|coming)$", re.IGNORECASE)
"""Left of "next Thursday the 24th" when its date is taken out."""
_ITS_DAY = re.compile(
    r"(?:'s| is| are| will be| falls| takes place| happens)(?: now| set| fixed| planned| scheduled"
    r"| booked)?(?: (?:on|for|at|in|from))?$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:and|but|so|because|since|also|then|while|although|though|plus|as|hence|now"
    r"|still|anyway|btw|that|which|&)\b(?!['’])(?! (?:comes?|came|follows?|begins?|starts?)\b)[ ,]*"
    r"|(?:strictly )?(?:confidential(?:ly)?|private(?:ly)?|off the record|not for repeating|between"
    r" (?:us|ourselves)|in (?:strict(?:est)? )?confidence) ?(?::|→|[–—-] ) *"
    r"|(?:in confidence|between us|for my part|as for me|on my side|in return|in the end"
    r"|good news|by the way)[,:]? +)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[ ,;:.(–—-]+(?:(?:so|but|and|which|please|pls),? )*"
    r"(?:(?:keep|leave) (?:this|that|it) (?:\w+ ){0,2}?"
    r"(?:to (?:yourself|ourselves)|between us|private|confidential|quiet|here)"
    r"|(?:this|that|it|all)?(?: ?'s| is| stays| remains)? ?(?:strictly |just )?"
    r"(?:between (?:us|ourselves|you and me)|confidential|private|off the record"
    r"|in (?:strict )?confidence)"
    r"|(?:do not|don't) (?:tell|mention|repeat) (?:(?:it|this|that)(?: to)? ?)?"
    r"(?:any(?:one|body)|a soul)?"
    r"|not for repeating|not a word(?: to any(?:one|body))?)(?:,? please)?\W*$",
    re.IGNORECASE,
)
"""A mark of confidence behind what it governs: it is kept as such, not as a part of the text."""
_OWNED = re.compile(r"(?:his|her|their)(?= [a-z]+(?:'s)? )", re.IGNORECASE)
_WE_SAID = re.compile(r"we (?:said|agreed|decided) (?:that )?we(?: would|'d| will|'ll) ", re.I)
_SAYS_DO = re.compile(
    r"[\w'’-]+ (?:says|said|reckons) (?:to )?(?!(?:he|she|they|i|we|that)\b)", re.I
)
"""Before an order told as speech: "she says bring it on the 10th"."""
_REPORT = re.compile(
    r"(?:(?:she|he|they|\w+(?: \w+)?) (?:also |then )?(?:said|says|told me|tells me"
    r"|mentioned|admitted|confessed|explained|reckons)(?: me)?(?:, [^,]{1,30},)?"
    r"|i (?:said|admitted|told (?:him|her|them"
    r"|\w+)(?: straight)?))(?: that)?,? (?=(?:i|he|she|they|we|his|her|my|their|the"
    r"|it)\b)",
    re.IGNORECASE,
)
_TALKED = re.compile(
    r"(?:(?:we|i|he|she|they)(?: \w+)? (?:(?:talked|spoke|chatted)"
    r"(?: (?:a lot|a bit|at length|briefly|mostly|mainly|again|for (?:\w+ ){1,3}))? ?about"
    r"|discussed|touched on|went over|brought up|opened up about)|we talked(?: \w+){0,4})"
    r" (?:how|the fact that) (?=(?:i|he|she|they|we|his|her|my|their|the)\b)",
    re.IGNORECASE,
)
"""That something was talked about, before what it was."""
_CONTRACTIONS = (
    (re.compile(r"\b(i|you|we|they)'ve\b|\b(i|we)ve\b", re.IGNORECASE), r"\1\2 have"),
    (re.compile(r"\b(i)'m\b|\b(i)m\b", re.IGNORECASE), r"\1\2 am"),
    (re.compile(r"\b(we|you|they)'re\b", re.IGNORECASE), r"\1 are"),
    (re.compile(r"\b(i|he|she|we|they|you|it)'ll\b|\b(they)ll\b", re.IGNORECASE), r"\1\2 will"),
    (re.compile(
        r"\b(i|he|she|we|they|you|it)'d\b"
        r"(?= (?:been|had|gone|better|done|got|\w+ed|\w{3,}en|\w+ought)\b)", re.IGNORECASE,
    ), r"\1 had"),
    (re.compile(r"\b(i|he|she|we|they|you|it)'d\b", re.IGNORECASE), r"\1 would"),
    (re.compile(r"\b(he|she|it)'s\b(?= (?:got|had|been|lost|left|stopped|started|made|done|taken"
        r"|given|gone|agreed|offered|promised|decided|asked|passed|won|sent|finished|found"
        r"|forgotten|never|already)\b)", re.IGNORECASE), r"\1 has"),
    (re.compile(r"\b(he|she|it)'s\b", re.IGNORECASE), r"\1 is"),
)  # fmt: skip
_UNMARKED = re.compile(r"\b(i(?=d|m|ve)|s?he(?=s)|they(?=re|ve)|we(?=ve))(d|m|ve|s|re)\b(?= [a-z])")
"""Contractions as they are typed in a hurry: "id", "shes"."""
_SHORT = re.compile(r"\b(i|he|she|we|they|you|it)'(s|d) (\w+)(?= ?(\w*))", re.IGNORECASE)
_TAKES = re.compile(
    r"(?:me|him|her|them|us|my|his|their|our|the|a|an|it|this|that|up|out|off|over|back|down|two"
    r"|three|some|all|everybody|everyone|nobody|into)$",
    re.IGNORECASE,
)
_COME = frozenset((
    "come", "gone", "died", "become", "moved", "retired", "resigned", "arrived", "left", "fallen",
    "grown", "begun", "risen", "applied", "started", "stopped", "improved", "recovered", "returned",
))  # fmt: skip
_MINE = re.compile(
    r"(?<![\w'])(i am|i was|i wasn't|i|me|my|mine|myself)(?![\w']|\.\w)", re.IGNORECASE
)
_YOURS = {
    "i am": "you are", "i was": "you were", "i wasn't": "you weren't", "i": "you", "me": "you",
    "my": "your", "mine": "yours", "myself": "yourself",
}  # fmt: skip


_ON_DAY = re.compile(
    r" (?:mon|tues|wednes|thurs|fri|satur|sun)day(?: week| fortnight| at| the|[.,;]|$)",
    re.IGNORECASE,
)
"""After "her", a day on which something is: "a meeting with her Friday week"."""
_CAUSES = re.compile(
    r"\b(?:let|lets|make|makes|made|help|helps|helped|see|saw|hear|heard|watch|watched) $"
)
"""Before "her" and a verb: "let her go"."""
_SINGULAR = {
    "are": "is", "were": "was", "have": "has", "do": "does", "don't": "doesn't",
    "haven't": "hasn't", "aren't": "isn't", "weren't": "wasn't", "am": "is",
}  # fmt: skip
_PLURAL = {"am": "are", "is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't"}
_ORDERS = frozenset(
    ("don't", "dont", "not", "never", "no", "please", "pls", "let", "let's", "only")
)
"""How a rule begins that is told as an order; it needs no subject."""
_NOT_OWNED = (
    NOT_OWNED
    | PREPOSITIONS
    | {"through", "sat", "sun", "mon", "then", "there", "alone", "twice", "down", "away", "aside"}
)
_NAMED = 7
_DANGLING = frozenset(
    {
        "the",
        "due",
        "date",
        "deadline",
        "moved",
        "to",
        "for",
        "on",
        "by",
        "down",
        "closes",
        "of",
        "at",
        "in",
        "from",
        "until",
        "till",
        "not",
        "and",
        "or",
        "before",
        "after",
        "about",
        "with",
    }
)


def wording(
    quote: str,
    *,
    kind: Kind,
    subject: Subject,
    them: str,
    pronoun: str,
    label: str = "",
    speaker: Who = "none",
    owner: Owner | None = None,
    dates: tuple[tuple[int, int], ...] = (),
) -> str:
    """``quote`` told of the pair: ``them`` by first name once, the user as "you".

    ``label`` is the person's label that it begins with ("Me"), ``owner`` who does what a list
    says without a subject, ``dates`` the offsets in ``quote`` of date phrases, of which one at
    the very end is left out.
    """
    name = first_name(them)
    text = _undated(quote, dates, event=kind == "event")
    text = _UNMARKED.sub(r"\1'\2", text.replace("’", "'").replace("‘", "'"))
    text = unlabelled(text, label)
    text = " ".join(text.strip(' \t\n"“”*_(),;:.–—=-').split())
    if kind == "event" and is_next_meeting(quote, dates):
        return f"Next meeting with {name}"
    text = named_for_initials(text, them)
    text = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    text = bare if has_verb(bare := _TAIL.sub("", text)) else text
    text = promised(text) if kind == "commitment" else text
    ordered = kind == "commitment" and owner == "me" and subject.who == "them"
    order = _SAYS_DO.match(text) if ordered else None
    text = text[order.end() :] if order else text
    text = _WE_SAID.sub("We agreed to ", text) if _WE_SAID.match(text) else text
    text = _TOLD_TO.sub("", text, count=1) if _TOLD_TO.match(text) else text
    if kind in ("goal", "plan") and (aim := _AIM.match(text)):
        text = text[aim.end() :]
    if talked := _TALKED.match(text):
        text = text[talked.end() :]
    report = _REPORT.match(text)
    shorter = text[report.end() :] if report and has_verb(text[report.end() :]) else text
    shorter = from_doer(shorter) if kind in _DOINGS else shorter
    elided = (subject.elided or order is not None) and shorter == text
    owns = subject.pronoun != "named" or shorter != text
    shorter = _SHORT.sub(_had, shorter)
    for pattern, full in _CONTRACTIONS:
        shorter = pattern.sub(full, shorter)
    foreign = subject.who == "other" and subject.pronoun in ("he", "she")
    out = (
        _spoken(shorter, name, pronoun)
        if speaker == "them"
        else told(shorter, name, "" if foreign else pronoun, owns=owns)
    )
    owned = _OWNED.match(out) if foreign and pronoun in _FORMS else None
    if owned and owned.group().lower() == _FORMS[pronoun][1]:
        out = f"{name}'s{out[owned.end() :]}"
    if elided:
        plain = _completed(told(shorter, name, ""), kind, subject, owner, name)
        named = speaker != "them" and plain.startswith(f"{name} ")
        out = plain if named else _completed(out, kind, subject, owner, name)
    out = re.sub(rf"^{re.escape(name)} (?=to [a-z])", f"{name} is ", out)
    out = closed(out.strip(' ,;:–—-"“”'))
    out = said_to_be(out) if kind == "commitment" else out
    return out[:1].upper() + out[1:] if out else name


_DOINGS = frozenset({"commitment", "plan", "goal"})


def _had(match: re.Match[str]) -> str:
    """ "she's handed me" as "she has handed me", "he'd seen" as "he had seen"."""
    who, short, word, following = match.groups()
    verb = lexicon().forms.get(word.lower())
    if (
        verb is None
        or word.lower() not in (verb.participle, verb.past)
        or word.lower() == verb.base
    ):
        return match.group()
    if short.lower() == "d":
        return f"{who} had {word}"
    perfect = word.lower() in _COME or _TAKES.match(following)
    return f"{who} has {word}" if perfect else match.group()


def _undated(quote: str, dates: tuple[tuple[int, int], ...], *, event: bool) -> str:
    for start, end in dates:
        if event and not re.search(r"\w", quote[end:]) and not quote[start:].startswith("due"):
            named = quote[:start].rstrip(" ,;:–—-(")
            if (tail := _ITS_DAY.search(named)) and _is_noun(
                _TOLD_TO.sub("", named[: tail.start()])
            ):
                return named[: tail.start()]
        if not re.search(r"\w", quote[end:]) and len(quote[:start].split()) >= 4:
            kept = _WHICH_DAY.sub("", quote[:start].rstrip(" ,;:–—-("))
            last = kept.rsplit(" ", 1)[-1].lower().strip(",")
            if last not in AUXILIARY | _DANGLING and not last.endswith("'s"):
                return kept
    return quote


def _is_noun(text: str) -> bool:
    """Whether ``text`` is something that happens and no more: "Rosa's driving exam"."""
    low = flatten(text).strip()
    words = lexicon()
    verbs = [w for w in re.findall(r"[a-z'-]+", low) if w in AUXILIARY or finite(w)]
    return not verbs and 2 <= len(low.split()) <= _NAMED and bool(words.event_noun.search(low))


def told(text: str, name: str, pronoun: str, *, owns: bool = True) -> str:
    """The writer's "I" as "you", the first pronoun for the other person as the name.

    Not ``owns``: what is had is somebody else's who is named ("Tom has lost his job").
    """
    text = re.sub(r",? (?:though|anyway|however|after all)(?=[:;.,!]|$)", "", text)
    named = rf"(?:,? (?:called |named )?{re.escape(name)}(?!\w))?"
    text = re.sub(rf"\bmy (?:mentee|mentor|coachee)\b{named}", name, text, flags=re.IGNORECASE)
    out = _MINE.sub(lambda m: _YOURS[m.group().lower()], text)
    if pronoun not in _FORMS or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", out, re.IGNORECASE):
        return out
    nominative, possessive, objective = _FORMS[pronoun]
    match = re.search(
        rf"(?<![\w'])(?:{nominative}|{possessive}|{objective})(?!\w)", out, re.IGNORECASE
    )
    if match is None:
        return out
    word, after = match.group().lower(), out[match.end() :]
    # "Her first week" is hers; "I told her first" is not.
    following = re.match(r" (?:first (?!thing\b))?([\w-]+)", after)
    made = _CAUSES.search(out[: match.start()]) and following is not None
    verb = lexicon().forms.get(following[1].lower()) if following is not None else None
    had = (
        not _ON_DAY.match(after)
        and not (made and verb and following and following[1].lower() == verb.base)
        and (word == possessive)
        and (
            possessive != objective
            or (following is not None and following.group(1).lower() not in _NOT_OWNED)
        )
    )
    if had and not owns:
        return out
    if word == "they":
        after = re.sub(r"^ ([a-z']+)\b", _third, after)
    return f"{out[: match.start()]}{name}{chr(39) + 's' if had else ''}{after}"


def _spoken(text: str, name: str, pronoun: str) -> str:
    """What they said of themselves, told of them: "I will talk" becomes "Leila will talk"."""
    nominative, possessive, objective = _FORMS.get(pronoun, _FORMS["they"])
    plural = nominative == "they"
    used = False

    def swap(match: re.Match[str]) -> str:
        nonlocal used
        word = match.group().lower()
        first, used = not used, True
        who = name if first else nominative
        singular = first or not plural
        return {
            "i am": f"{who} {'is' if singular else 'are'}",
            "i was": f"{who} {'was' if singular else 'were'}",
            "i wasn't": f"{who} {'was' if singular else 'were'} not", "i": who,
            "me": name if first else objective, "my": f"{name}'s" if first else possessive,
            "mine": f"{name}'s" if first else "hers" if possessive == "her" else "his",
            "myself": f"{objective}self",
        }[word]  # fmt: skip

    text = re.sub(r"\byour\b", "YOUR", text)
    out = _MINE.sub(swap, text).replace("YOUR", "your")
    singular = re.escape(name) if plural else rf"(?:{re.escape(name)}|{nominative})"
    return re.sub(rf"\b({singular})( [a-z']+)\b", lambda m: m[1] + _agreeing(m[2]), out)


def _third(match: re.Match[str]) -> str:
    return _agreeing(match.group())


def _agreeing(verb: str) -> str:
    """A verb after "they" or "I", with the space before it, as it stands after a name."""
    form = verb.strip()
    if form in _SINGULAR:
        return f" {_SINGULAR[form]}"
    known = lexicon().forms.get(form)
    if known is None or form != known.base or known.base in {known.past, "be"}:
        return verb
    return f" {known.third}"


def _completed(out: str, kind: Kind, subject: Subject, owner: Owner | None, name: str) -> str:
    """A clause without a subject, given the one it leaves out where that is known."""
    who = owner or (subject.who if subject.who in ("me", "them", "both") else None)
    if who is None or kind == "event" or not out:
        return out
    named = {"me": "You", "them": name, "both": "Both of you"}[who]
    head = flatten(re.split(r"[^\w'’]", out, maxsplit=1)[0])
    if head in TITLES:
        return out
    verb = lexicon().forms.get(head)
    start = out if out.split(" ", maxsplit=1)[0].isupper() else out[:1].lower() + out[1:]
    if head == "to":
        return f"{named} {'is' if who == 'them' else 'are'} {start}"
    if kind == "commitment" and verb is not None and head == verb.base:
        return f"{named} {'is' if who == 'them' else 'are'} to {start}"
    if head in _ORDERS:
        return out
    if who != "them" and verb is not None and head == verb.third != verb.past:
        return f"{named}: {start}"
    if who != "them" and head in _PLURAL:
        return f"{named} {_PLURAL[head]}{start[len(head) :]}"
    if head in AUXILIARY or (verb is not None and head in (verb.third, verb.past)):
        return f"{named} {start}"
    if re.search(rf"(?<!\w)(?:{re.escape(name.lower())}|you)(?!\w)", out.lower()):
        return out
    return f"{named}: {start}"
