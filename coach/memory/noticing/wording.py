"""Words for a noticed clause that read well on their own, in the third person.

Only pronouns and auxiliaries are changed or added; every other word is the writer's own.
"""

from __future__ import annotations

import re

from coach.memory.items import Kind, Owner
from coach.memory.noticing.cast import Who
from coach.memory.noticing.closed import AUXILIARY, NOT_OWNED
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten
from coach.memory.noticing.subject import Subject
from coach.text import first_name

_FORMS = {
    "she": ("she", "her", "her"),
    "he": ("he", "his", "him"),
    "they": ("they", "their", "them"),
}
_LEAD = re.compile(
    r"(?:(?:and|but|so|because|since|also|then|while|although|though|plus|as|hence|now"
    r"|still|anyway|btw|that|which|&)\b[ ,]*"
    r"|(?:in confidence|between us|for my part|as for me|on my side|in return|in the end"
    r"|good news|by the way)[,:]? +)+",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?:(?:she|he|they|\w+(?: \w+)?) (?:also |then )?(?:said|says|told me|tells me"
    r"|mentioned|admitted|confessed|explained|reckons)(?: me)?(?:, [^,]{1,30},)?"
    r"|i (?:said|admitted|told (?:him|her|them"
    r"|\w+)(?: straight)?))(?: that)?,? (?=(?:i|he|she|they|we|his|her|my|their|the"
    r"|it)\b)",
    re.IGNORECASE,
)
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
_MINE = re.compile(
    r"(?<![\w'])(i am|i was|i wasn't|i|me|my|mine|myself)(?![\w']|\.e\b)", re.IGNORECASE
)
_YOURS = {
    "i am": "you are", "i was": "you were", "i wasn't": "you weren't", "i": "you", "me": "you",
    "my": "your", "mine": "yours", "myself": "yourself",
}  # fmt: skip


_SINGULAR = {
    "are": "is", "were": "was", "have": "has", "do": "does", "don't": "doesn't",
    "haven't": "hasn't", "aren't": "isn't", "weren't": "wasn't", "am": "is",
}  # fmt: skip
_DANGLING = frozenset(
    {"the", "due", "date", "deadline", "moved", "to", "for", "on", "by", "down", "closes"}
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
    text = _undated(quote, dates)
    text = text.replace("’", "'").replace("‘", "'")
    if label and text.lower().startswith(label.lower()):
        text = text[len(label) :]
    text = " ".join(text.strip(' \t\n"“”*_(),;:.–—-').split())
    text = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    shorter = _REPORT.sub("", text, count=1) if _REPORT.match(text) else text
    elided = subject.elided and shorter == text
    for pattern, full in _CONTRACTIONS:
        shorter = pattern.sub(full, shorter)
    foreign = subject.who == "other" and subject.pronoun in ("he", "she")
    out = (
        _spoken(shorter, name, pronoun)
        if speaker == "them"
        else told(shorter, name, "" if foreign else pronoun)
    )
    if elided:
        out = _completed(out, kind, subject, owner, name)
    out = out.strip(' ,;:–—-"“”')
    return out[:1].upper() + out[1:] if out else name


def _undated(quote: str, dates: tuple[tuple[int, int], ...]) -> str:
    for start, end in dates:
        if not re.search(r"\w", quote[end:]) and len(quote[:start].split()) >= 4:
            kept = quote[:start].rstrip(" ,;:–—-(")
            last = kept.rsplit(" ", 1)[-1].lower().strip(",")
            if last not in AUXILIARY | _DANGLING:
                return kept
    return quote


def told(text: str, name: str, pronoun: str) -> str:
    """The writer's "I" as "you", the first pronoun for the other person as the name."""
    text = re.sub(r"\bmy (?:mentee|mentor|coachee)\b", name, text, flags=re.IGNORECASE)
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
    following = re.match(r" ([\w-]+)", after)
    owns = word == possessive and (
        possessive != objective
        or (following is not None and following.group(1).lower() not in NOT_OWNED)
    )
    if word == "they":
        after = re.sub(r"^ ([a-z']+)\b", _third, after)
    return f"{out[: match.start()]}{name}{chr(39) + 's' if owns else ''}{after}"


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
    verb = lexicon().forms.get(head)
    start = out if out.split(" ", maxsplit=1)[0].isupper() else out[:1].lower() + out[1:]
    if head == "to":
        return f"{named} {'is' if who == 'them' else 'are'} {start}"
    if kind == "commitment" and verb is not None and head == verb.base:
        return f"{named} {'is' if who == 'them' else 'are'} to {start}"
    if head in AUXILIARY or (verb is not None and head in (verb.third, verb.past)):
        return f"{named} {start}"
    if re.search(rf"(?<!\w)(?:{re.escape(name.lower())}|you)(?!\w)", out.lower()):
        return out
    return f"{named}: {start}"
