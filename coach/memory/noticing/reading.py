"""Reading the clauses of a text one by one: subject, promise, kind, owner and date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from coach.memory.dates import DateMention
from coach.memory.items import About, Kind, Owner
from coach.memory.noticing import chat
from coach.memory.noticing.cast import Cast, Who
from coach.memory.noticing.clause_likeness import bare, likened
from coach.memory.noticing.commitments import Promise, promise
from coach.memory.noticing.days import day_of
from coach.memory.noticing.kind_model import Signs
from coach.memory.noticing.kind_points import Setting
from coach.memory.noticing.kinds import decide
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.marks import content
from coach.memory.noticing.nearest import UNLIKE, Similarity
from coach.memory.noticing.outsiders import is_their_own_affair
from coach.memory.noticing.people import SubjectReader
from coach.memory.noticing.promise_words import ACCEPTS
from coach.memory.noticing.segments import Clause, Segments, flatten
from coach.memory.noticing.subject import Subject

_OWNED = frozenset({"commitment", "plan", "goal"})
_SOFT = frozenset({"struggle", "win", "fact", "topic", "plan", "preference"})
_MODAL = re.compile(
    r"(?:will|shall|to|gonna|going to|don'?t|can'?t|didn'?t|must|need|should|gotta|got to|have to"
    r"|ought)\b"
)
_OUGHT = re.compile(r"(?:gotta|got to|have to|need to|must|should|ought to)\b")
_I = re.compile(r"\b(?:i|im|i'm|i've|i'd|i'll)\b")
_TO_ME = re.compile(r"\b(?:me|us)\b")
_WHOSE = frozenset({"me", "mine", "for me", "his", "hers", "theirs", "ours", "both", "us"})
_TELLS = re.compile(r"\W*(?!i\b|we\b)[\w' ]+? (?:said|says|told|replied|answered|went|asked)\b")
_PRAISE = re.compile(
    r"\W*(?:(?:it was|we had|another|a|an|really|very|such|quite|so) )*(?:good|great|nice|lovely"
    r"|fine|pleasant|useful|short|long|warm|brilliant|excellent)(?: and \w+)? (?:talk|chat"
    r"|session|hour|call"
    r"|meeting|lunch|coffee|walk|conversation|evening|one|stuff|catch-up)(?: \w+){0,2}\W*$"
)
_OPENING = re.compile(
    r"\W*(?:(?:our|my|the|a|this|very|an|another|next|last|first|second|third|fourth|fifth|sixth"
    r"|proper|real|longer?|short|quick|brief|good|regular|monthly|weekly"
    r"|\d+(?:st|nd|rd|th)?) ){0,4}"
    r"(?:meeting|session|sit-down|conversation|call|coffee|chat|talk|catch-up|supervision|one-to-one"
    r"|1:1|walk|lunch|zoom|visit|minutes|mentoring|notes?|standup)\b(?! (?:is|will|has to|needs)\b)"
    r"|\W*(?:i |we |so )*(?:met|saw|caught up with|sat down with|walked with|drove (?:over )?to"
    r"|spent (?:the|an?) \w+ (?:with|at))\b"
)
"""The line that a note opens with, to say which meeting it is of."""
_TO_BE_DONE = re.compile(
    r"\b(?:to|tae|must|shall|should|will|needs?|'ll) be (?!(?:there|here|at|on|with|ready)\b)\w+"
    r"|\b(?:wants?|needs?) \w+ing\b"
)
"""A task told without a doer: "to be sent", "needs signing"."""
_BEHIND = re.compile(r"\((?P<who>[^()]+)\)\W*$")
_NAME = 2
_SURE = 3.0
_PLAIN = 2.5
_FELT = 0.5
_FEW = 4
_HEADLINE = 8


@dataclass(frozen=True)
class Reading:
    """A clause with what was read in it; ``plain`` when the rules alone would have seen it,
    ``felt`` when it reads like a mark of confidence; ``signs`` are what told its kind."""

    clause: Clause
    subject: Subject
    kind: Kind | None
    points: float
    owner: Owner | None
    about: About
    date: DateMention | None
    speaker: Who
    labelled: bool = False
    plain: bool = False
    felt: bool = False
    signs: Signs = field(default_factory=dict)


def read_clauses(
    text: str,
    segments: Segments,
    dates: list[DateMention],
    cast: Cast,
    on: date,
    similarity: Similarity | None,
) -> list[Reading]:
    """The clauses of ``text`` in order; what is asked of the assistant is left out."""
    reader = SubjectReader(cast)
    out: list[Reading] = []
    asked = _asked(text, segments)
    likenesses = likened(text, [c for c in segments.clauses if c not in asked], similarity)
    for clause in segments.clauses:
        like = likenesses.get(clause, UNLIKE)
        speaker: Who = _speaker(clause, segments, cast) if clause.quoted else "none"
        subject = reader.read(clause, speaker)
        if clause in asked:
            if not text[slice(*clause.span)].rstrip(" \"'”’)").endswith("?"):
                out.append(_unread(clause, subject, speaker))
            continue
        named = clause.label or owner_behind(clause)
        labelled = cast.labelled(named) if named else _owner_headed(clause, cast)
        labelled = None if clause.quoted else labelled
        if labelled and subject.who == "none":
            subject = replace(subject, who=labelled, about=labelled)
        subject = _filled(subject, clause, cast)
        mention = day_of(clause, dates, on)
        headed = _headed(clause)
        made = promise(
            clause,
            subject,
            cast,
            labelled=labelled,
            todo=headed == "headings",
            dated=mention is not None and not mention.past,
            by=mention is not None and not mention.past and mention.relation == "by",
            around=flatten(text[slice(*clause.span)]),
        )
        supposed = chat.supposes(clause.low)
        decided = decide(
            clause,
            Setting(
                subject,
                made,
                mention,
                headed,
                supposed,
                like,
                bool(mention and mention.when == on),
                _about(clause, subject, cast, None),
                any(d.recurring and clause.start <= d.start < clause.end for d in dates),
            ),
            cast,
        )
        kind, points = decided.kind, decided.points
        cheer = kind == "win" and clause.text.endswith("!")
        elsewhere = made is None and _named_elsewhere(subject) and not cheer
        if kind in _SOFT and elsewhere and _hollow(clause.low):
            kind, points = None, 0.0
        slight = kind in _SOFT and mention is None and _slight(clause, points)
        slight = slight or _opens(clause, kind, made, mention, on) or _says_nothing(clause, kind)
        slight = slight or (kind in ("win", "event") and _PRAISE.match(clause.low) is not None)
        if slight or (kind != "win" and is_their_own_affair(text, clause, subject, cast)):
            kind, points = None, 0.0
        promised = _owner(made, subject, clause.low, cast) if kind == "commitment" else None
        about = _about(clause, subject, cast, promised)
        owner = promised or (about if kind in _OWNED else None)
        out.append(
            Reading(
                clause,
                subject,
                kind,
                points,
                owner,
                about,
                mention,
                speaker,
                labelled is not None,
                kind is not None and points - like.votes.get(kind, 0.0) >= _PLAIN,
                like.confiding >= _FELT and len(bare(clause).split()) >= _FEW,
                decided.signs,
            )
        )
    return out


def _opens(
    clause: Clause, kind: Kind | None, made: Promise | None, day: DateMention | None, on: date
) -> bool:
    """Whether a clause only says of which meeting, and of which day, a note is."""
    if clause.sentence > 1 or not clause.first or made is not None:
        return False
    bare_day = day is not None and day.when == on and len(clause.low.split()) < _HEADLINE
    ahead = day is not None and not day.past and day.when != on
    told = _OPENING.match(clause.low) is not None and clause.sentence == 0
    heavy = kind == "struggle" and any(p.search(clause.low) for p in lexicon().strong["struggle"])
    return bare_day or (told and not ahead and not heavy)


def _says_nothing(clause: Clause, kind: Kind | None) -> bool:
    """Whether a promise is only said to have been made: "I will.", "I said I would"."""
    return kind == "commitment" and ACCEPTS.match(clause.low) is not None and not clause.quoted


def _owner(made: Promise | None, subject: Subject, low: str, cast: Cast) -> Owner:
    """Who must act: as the promise says, or the subject of what only reads like one.

    What is to be done and names nobody is the mentee's, as sessions are about their next steps.
    """
    unnamed = subject.start == subject.end and _TO_BE_DONE.search(low) is not None
    if made is not None:
        return cast.role if unnamed and made.owner != "both" else made.owner
    if subject.who in ("me", "them", "both") and not unnamed:
        return subject.who
    return cast.role


def _asked(text: str, segments: Segments) -> set[Clause]:
    """The clauses that ask the assistant something; one that opens a sentence asks with it all."""
    asked: set[Clause] = set()
    whole = -1
    for clause in segments.clauses:
        if clause.sentence == whole or chat.asks(clause, text):
            asked.add(clause)
            whole = clause.sentence if clause.first else whole
    return asked


def _unread(clause: Clause, subject: Subject, speaker: Who) -> Reading:
    """A clause with nothing in it to notice, unless a mark of confidence governs it."""
    return Reading(clause, subject, None, 0.0, None, subject.about or "both", None, speaker)


def _named_elsewhere(subject: Subject) -> bool:
    return subject.elided or subject.who in ("it", "none")


def _hollow(low: str) -> bool:
    """Whether a clause only says that something named elsewhere is over or good."""
    left = re.sub(r"\b(?:good|great|fine|nice|ok|okay|right|enough|clear|all|true|new)\b", " ", low)
    left = lexicon().closing["done"].sub(" ", left)
    return not content(left)


def _slight(clause: Clause, points: float) -> bool:
    """Whether it is an aside or a word or two that no rule is sure of."""
    aside = clause.joiner.startswith(("who", "which", "where"))
    return points < _SURE and (aside or len(clause.low.split()) < _FEW)


def owner_behind(clause: Clause) -> str:
    """The words in brackets that end a clause, as minutes name who acts: "(Ingrid)"."""
    match = _BEHIND.search(clause.text)
    alone = match is not None and clause.text.count("(") == 1
    return match["who"] if match and alone and len(match["who"].split()) <= _NAME else ""


def _owner_headed(clause: Clause, cast: Cast) -> Owner | None:
    """Whose list a heading of one pronoun ("Mine", "Hers") says that the clause is in."""
    word = flatten(clause.heading).strip(": ")
    return cast.labelled(word) if word in _WHOSE else None


def _headed(clause: Clause) -> str:
    """The list of headings that the clause's heading or label is in; "headings" are tasks."""
    headings = lexicon().headings
    heading, label = flatten(clause.heading).strip(": "), flatten(clause.label)
    for name, titles in headings.items():
        if heading in titles:
            return name
    inside = set(re.findall(r"[\w-]+", label))
    names = ("headings", "goals", "rules", "boundaries", "preferences", "wins", "struggles")
    return next((name for name in names if inside & headings[name]), "")


def _speaker(clause: Clause, segments: Segments, cast: Cast) -> Who:
    """Who says the direct speech ``clause``: the pair's other one unless the sentence tells."""
    if named := cast.labelled(clause.label) if clause.label else None:
        return named
    around = [c for c in segments.clauses if c.sentence == clause.sentence and not c.quoted]
    for other in around:
        if cast.mentions_them(other.low) and re.match(_TELLS, other.low):
            return "them"
        if re.search(
            r"\b(?:i|we) (?:\w+ )?(?:said|told|asked|replied|admitted)\b|\bsaid i\b", other.low
        ):
            return "me"
    return "them"


def _filled(subject: Subject, clause: Clause, cast: Cast) -> Subject:
    """A left-out subject guessed from the verb and from who else is spoken of."""
    if subject.who != "none" or not subject.elided:
        return subject
    rest = clause.low[subject.start :].lstrip()
    head = re.match(r"[a-z']+", rest)
    verb = lexicon().forms.get(head.group()) if head else None
    third = (verb is not None and head is not None and head.group() == verb.third) or re.match(
        r"(?:doesn'?t|isn'?t|hasn'?t|is|has|was)\b", rest
    )
    if third and re.match(r"[a-z']+ (?:him|her|them)\b(?!self)", rest):
        return replace(subject, who="it", about="them")
    if third:
        return replace(subject, who="them", about="them")
    known = verb is not None or _MODAL.match(rest) is not None
    if known and re.search(r"\b(?:him|her|them)\b", rest) and cast.mentions_them(rest):
        return replace(subject, who="me", about="me")
    if known and cast.mentions_me(rest):
        own = _I.search(rest) or (_OUGHT.match(rest) and not _TO_ME.search(rest))
        who: About = "me" if own else "them"
        return replace(subject, who=who, about=who)
    if known:
        return replace(subject, who=cast.role, about=cast.role)
    return subject


def _about(clause: Clause, subject: Subject, cast: Cast, owner: Owner | None) -> About:
    if owner is not None:
        return owner
    if subject.who in ("me", "them", "both"):
        return subject.who
    if subject.about is not None:
        return subject.about
    if cast.mentions_both(clause.low):
        return "both"
    me, them = cast.mentions_me(clause.low), cast.mentions_them(clause.low)
    if me != them:
        return "me" if me else "them"
    return cast.role
