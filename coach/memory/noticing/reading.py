"""Reading the clauses of a text one by one: subject, promise, kind, owner and date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coach.memory.dates import DateMention
from coach.memory.items import About, Kind, Owner
from coach.memory.noticing import chat
from coach.memory.noticing.cast import Cast, Who
from coach.memory.noticing.commitments import promise
from coach.memory.noticing.kinds import Setting, decide
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.nearest import votes as votes_for
from coach.memory.noticing.people import SubjectReader
from coach.memory.noticing.segments import Clause, Segments, flatten
from coach.memory.noticing.subject import Subject

_OWNED = frozenset({"commitment", "plan", "goal"})
_SOFT = frozenset({"struggle", "win", "fact", "topic", "plan", "preference"})
_MODAL = re.compile(
    r"(?:will|shall|to|don'?t|can'?t|didn'?t|must|need|should|gotta|got to|have to|ought)\b"
)
_WHOSE = frozenset({"me", "mine", "for me", "his", "hers", "theirs", "ours", "both", "us"})
_TELLS = re.compile(r"\W*(?!i\b|we\b)[\w' ]+? (?:said|says|told|replied|answered|went|asked)\b")
_PRAISE = re.compile(
    r"\W*(?:(?:it was|we had|another|a|an|really|very|such|quite|so) )*(?:good|great|nice|lovely"
    r"|fine|pleasant|useful|short|long|warm|brilliant|excellent)(?: and \w+)? (?:talk|chat"
    r"|session|hour|call"
    r"|meeting|lunch|coffee|walk|conversation|evening|one|stuff|catch-up)(?: \w+){0,2}\W*$"
)
_SURE = 3.0
_PLAIN = 2.5
_FEW = 4
_FAR = timedelta(days=366 * 15)


@dataclass(frozen=True)
class Reading:
    """A clause with what was read in it; ``plain`` when the rules alone would have seen it."""

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


def joined(clause: Clause) -> int:
    """How many characters of joining words ("and", "but") the quote does without."""
    if not clause.joiner:
        return 0
    return len(clause.joiner)


def _votes(segments: Segments, similarity: Similarity | None) -> list[dict[Kind, float]]:
    """Votes of the nearest examples for each clause; none without a similarity."""
    if similarity is None:
        return [{} for _ in segments.clauses]
    return votes_for([c.text[joined(c) :].strip(' "“”,') for c in segments.clauses], similarity)


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
    asked = -1
    out: list[Reading] = []
    for clause, vote in zip(segments.clauses, _votes(segments, similarity), strict=True):
        speaker: Who = _speaker(clause, segments, cast) if clause.quoted else "none"
        subject = reader.read(clause, speaker)
        if clause.sentence == asked or chat.asks(clause, text):
            asked = clause.sentence if clause.first else asked
            continue
        labelled = cast.labelled(clause.label) if clause.label else _owner_headed(clause, cast)
        if labelled and subject.who == "none":
            subject = replace(subject, who=labelled, about=labelled)
        subject = _filled(subject, clause, cast)
        mention = _date_of(clause, dates, on)
        headed = _headed(clause)
        made = promise(
            clause,
            subject,
            cast,
            labelled=labelled,
            todo=headed == "headings",
            dated=mention is not None and not mention.past,
            around=flatten(text[slice(*clause.span)]),
        )
        supposed = chat.supposes(clause.low)
        decided = decide(
            clause,
            Setting(
                subject, made, mention, headed, supposed, vote, bool(mention and mention.when == on)
            ),
            cast,
        )
        kind, points = decided or (None, 0.0)
        slight = kind in _SOFT and mention is None and _slight(clause, points)
        if slight or (kind in ("win", "event") and _PRAISE.match(clause.low)):
            kind, points = None, 0.0
        promised = made.owner if made and kind == "commitment" else None
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
                kind is not None and points - vote.get(kind, 0.0) >= _PLAIN,
            )
        )
    return out


def _slight(clause: Clause, points: float) -> bool:
    """Whether it is an aside or a word or two that no rule is sure of."""
    aside = clause.joiner.startswith(("who", "which", "where"))
    return points < _SURE and (aside or len(clause.low.split()) < _FEW)


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
    names = ("headings", "goals", "rules", "boundaries")
    return next((name for name in names if inside & headings[name]), "")


def _speaker(clause: Clause, segments: Segments, cast: Cast) -> Who:
    """Who says the direct speech ``clause``: the pair's other one unless the sentence tells."""
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
    if third:
        return replace(subject, who="them", about="them")
    known = verb is not None or _MODAL.match(rest) is not None
    if known and re.search(r"\b(?:him|her|them)\b", rest) and cast.mentions_them(rest):
        return replace(subject, who="me", about="me")
    if known and cast.mentions_me(rest):
        return replace(subject, who="them", about="them")
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


def _date_of(clause: Clause, dates: list[DateMention], on: date) -> DateMention | None:
    """The date that goes with ``clause``: a day ahead before a past one, a deadline first."""
    label = clause.span[0] if clause.first and clause.label else clause.start
    inside = [d for d in dates if label <= d.start < clause.end and d.when]
    inside = [d for d in inside if d.when is not None and abs(d.when - on) <= _FAR]
    ahead = [d for d in inside if not d.past and d.relation != "from"] or [
        d for d in inside if not d.past
    ]
    if ahead:
        due = [d for d in ahead if d.relation == "by"]
        coordinate = len(ahead) > 1 and re.search(r"\band [a-z]+ ", flatten(clause.text))
        return due[-1] if due else ahead[-1] if coordinate else ahead[0]
    return inside[0] if inside else None
