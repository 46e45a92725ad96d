"""Whether a clause is a promise, whose, and how plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from coach.memory.items import Owner
from coach.memory.noticing import promise_words as says
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.closed import AUXILIARY, STATIVE
from coach.memory.noticing.implied import fragment, implied
from coach.memory.noticing.lexicon import Lexicon, lexicon
from coach.memory.noticing.segments import Clause
from coach.memory.noticing.standing import finite
from coach.memory.noticing.subject import Subject


@dataclass(frozen=True)
class Promise:
    """A promise: who must act, and how plainly it was made (points as in kinds)."""

    owner: Owner
    points: float
    verb: str = ""


def promise(
    clause: Clause,
    subject: Subject,
    cast: Cast,
    *,
    labelled: Owner | None,
    todo: bool,
    dated: bool,
    by: bool = False,
    around: str = "",
) -> Promise | None:
    """The promise in ``clause``, or None.

    ``labelled`` is the person its label names; ``todo`` says that it stands under a heading for
    tasks; ``dated`` that a day ahead goes with it, ``by`` that this is a deadline; ``around`` is
    its whole sentence, flattened.
    """
    words = lexicon()
    low = clause.low
    if says.EMPTY.search(low) and not dated:
        return None
    if says.UNDONE.search(low) and not re.search(r"\b(?:won't|shan't|will not|not) forget\b", low):
        return None
    if listed := _listed(clause, subject, words, labelled, todo, cast, dated=dated):
        return listed
    owner: Owner | None = subject.who if subject.who in ("me", "them", "both") else None
    if said := _said(clause, subject, cast, words, around):
        return replace(said, points=max(said.points, 4.0)) if dated else said
    if passed := _received(low, subject):
        return passed
    if dated and (owner is None or subject.elided) and (handed := says.HANDED.search(low)):
        mine = (handed["who"] in ("me", "us")) == (handed["prep"] == "from")
        return Promise("me" if mine else "them", 4.5)
    if hinted := implied(low, subject, around, by=by, dated=dated):
        return Promise(hinted[0], 5.0, hinted[1])
    if owner is None:
        return _owed(clause, subject, cast) if by else None
    if undone := _not_yet(low[subject.end :], words):
        return Promise(owner, 4.5, undone)
    return _going_to(low, owner, subject, cast, words, dated=dated, by=by)


def _owed(clause: Clause, subject: Subject, cast: Cast) -> Promise | None:
    """A task told by its object and its deadline, without who must do it."""
    if not subject.elided and says.HAS_TO_BE.search(clause.low):
        return Promise(cast.role, 4.5, "be")
    debtor = fragment(clause.low, cast) if clause.first else None
    return Promise(debtor, 4.0) if debtor else None


def _going_to(
    low: str,
    owner: Owner,
    subject: Subject,
    cast: Cast,
    words: Lexicon,
    *,
    dated: bool,
    by: bool,
) -> Promise | None:
    """What the verb alone says: "will", "is to", "must", or a present that means the future."""
    rest = says.ASIDE.sub("", low[subject.end :].removeprefix("."))
    if owner == "me" and dated and says.ATTENDS.match(rest) and cast.mentions_them(rest):
        return Promise("me", 4.5, "be")
    match = says.IS_TO.match(rest)
    if match and _is_set(match["verb"], rest, words, dated=dated, by=by):
        return Promise(owner, 5.0, match["verb"])
    if match and subject.pronoun and _is_deed(match["verb"], rest):
        return Promise(owner, 3.2, match["verb"])
    if (match := says.WILL.match(rest)) and _is_deed(match["verb"], rest):
        return Promise(owner, 4.5, match["verb"])
    would = says.WOULD.match(low[subject.start :] if subject.elided else rest) if by else None
    if would and _is_deed(would["verb"], low[subject.end :]):
        return Promise(owner, 4.5, would["verb"])
    if match := says.MUST.match(rest):
        if match["verb"] in words.deliver:
            return Promise(
                owner, 4.0 if dated or says.ROLE_OBJECT.search(rest) else 3.0, match["verb"]
            )
        return Promise(owner, 3.0, match["verb"]) if dated else None
    if dated and (match := says.INTENDS.match(rest)) and match["verb"] in words.deliver:
        return Promise(owner, 4.5, match["verb"])
    to = says.TO.match(low[subject.start :] if subject.elided else rest)
    if to and to["verb"] in words.verbs and to["verb"] not in STATIVE:
        return Promise(owner, 5.0, to["verb"])
    return _present(low, rest, owner, subject, cast, words, dated=dated)


def _not_yet(rest: str, words: Lexicon) -> str:
    """The verb of a task that is told as not done yet; "" where none is."""
    match = says.NOT_YET.match(rest)
    if match is None or not re.search(r"\b(?:still|yet)\b", rest):
        return ""
    verb = words.forms.get(match["base"] or match["done"])
    known = verb is not None and verb.base in words.deliver
    told = match["base"] or (verb is not None and match["done"] == verb.participle)
    return verb.base if verb is not None and known and told else ""


def _is_set(verb: str, rest: str, words: Lexicon, *, dated: bool, by: bool) -> bool:
    """Whether "is to" with ``verb`` sets a task; "redraw" is a verb as "draw" is."""
    if verb in words.verbs or verb.removeprefix("re").lstrip("-") in words.verbs:
        return True
    return _is_deed(verb, rest) and (by or (dated and verb == "have"))


def _is_deed(verb: str, rest: str) -> bool:
    """Whether "will" or "would" with ``verb`` tells of something to do, not of a state."""
    ready = verb == "have" and says.HAVE_READY.search(rest) is not None
    return verb not in STATIVE or ready or says.DOES.match(rest) is not None


def _received(low: str, subject: Subject) -> Promise | None:
    """A promise told by who receives: "let me look", "she'll have my remarks on Monday"."""
    if subject.elided and says.LET_ME.match(low):
        return Promise("me", 4.0)
    if subject.who not in ("me", "them") or not (match := says.RECEIVES.match(low[subject.end :])):
        return None
    mine = match["whose"] in ("my", "mine", "from me")
    if mine and subject.who == "them":
        return Promise("me", 4.5, "have")
    future = re.match(r"\s*(?:'ll|ll|will|shall)\b", low[subject.end :]) is not None
    return Promise("them", 4.5, "have") if future and not mine and subject.who == "me" else None


def _listed(
    clause: Clause,
    subject: Subject,
    words: Lexicon,
    labelled: Owner | None,
    todo: bool,
    cast: Cast,
    *,
    dated: bool,
) -> Promise | None:
    """A task in a list: "Me – send her the list", or a bullet under "Actions"."""
    body = clause.low[len(clause.joiner) :].strip(' ,"')
    head = says.BARE.match(body)
    to = says.TO.match(body)
    bare = bool(head and head["verb"] in words.deliver) or to is not None
    if labelled is not None:
        said = head["verb"] if head else ""
        known = words.forms.get(said)
        bare = bare or (known is not None and said == known.third and known.base in words.deliver)
        if todo and (bare or clause.first):
            return Promise(labelled, 6.0)
        due = (
            clause.first
            and (dated or says.SOON.search(body) or says.TASK.match(body))
            and subject.who in ("none", "other", labelled)
        )
        due = due or (not clause.first and _goes_on(clause, subject))
        due = due or (clause.first and len(clause.label.split()) == 1 and _is_errand(body, words))
        return Promise(labelled, 6.0) if (bare and subject.elided) or due else None
    if not todo:
        return None
    if subject.elided and bare:
        return Promise("me" if cast.mentions_them(clause.low) else _doer(clause, cast), 6.0)
    if subject.who in ("me", "them", "both"):
        return Promise(subject.who, 5.0)
    return None


def _goes_on(clause: Clause, subject: Subject) -> bool:
    """Whether a clause is one more thing in a list of what is owed: "I owe him: a call; notes"."""
    listed = says.OWES.search(clause.label.lower()) is not None and subject.elided
    return listed and not any(word in AUXILIARY for word in clause.low.split())


def _is_errand(body: str, words: Lexicon) -> bool:
    """Whether a line after a name is only the object of a task, and tells no state or news."""
    body = says.TILL.split(body)[0]
    if not says.ERRAND.match(body) or any(w in AUXILIARY or finite(w) for w in body.split()):
        return False
    told = (*words.strong["struggle"], *words.strong["win"], words.event_noun)
    return not any(pattern.search(body) for pattern in told)


def _doer(clause: Clause, cast: Cast) -> Owner:
    return "them" if cast.mentions_me(clause.low) or cast.role == "them" else "me"


def _said(
    clause: Clause, subject: Subject, cast: Cast, words: Lexicon, around: str
) -> Promise | None:
    """A promise that says so: "promised to", "she'd offered to", "owes me", "my job is to"."""
    low = says.INSERTED.sub(" ", clause.low)
    match = words.promise.search(low)
    if match and _was_done(low, match, words):
        match = None
    if match and not says.REFERRED.search(low) and not says.GRANTED.search(low):
        owner: Owner | None = subject.who if subject.who in ("me", "them", "both") else None
        if owner == "both":
            return Promise("both", 6.0)
        owner = _named(match.group(), clause) or owner
        return Promise(owner, 6.0) if owner else None
    if agreed := _agreed_that(low, cast, words):
        return agreed
    if subject.who == "them" and says.ASKED_ME.search(low) and not says.USUAL.search(low):
        verb = re.search(r"\bme (?:\w+ )?(?:\w+ )?to (?:\w+ly )?([a-z-]+)", low)
        if verb and (verb.group(1) in words.deliver or says.I_AGREED.search(around)):
            return Promise("me", 6.0 if says.I_AGREED.search(around) else 3.2, verb.group(1))
    if subject.who == "them" and says.ASKED_FOR.search(low) and says.I_AGREED.search(around):
        return Promise("me", 4.5)
    if says.ASKED_THEM.search(low) and subject.who in ("me", "both"):
        return Promise("them", 3.5 if " to " in low and not says.AGREED.search(around) else 5.0)
    return None


def _was_done(low: str, match: re.Match[str], words: Lexicon) -> bool:
    """Whether "told her she'd" goes on with a participle: what had been, and no promise."""
    following = re.match(r"\s+([a-z-]+)", low[match.end() :])
    if following is None or not match.group().endswith("'d"):
        return False
    verb = words.forms.get(following[1])
    return verb is not None and following[1] != verb.base and following[1] == verb.participle


def _named(words: str, clause: Clause) -> Owner | None:
    """Whom the ``words`` of a promise themselves name: "told her I'd", "falls to him"."""
    reported = None if clause.quoted else says.REPORTED.search(clause.low)
    if reported is not None:
        return "me" if reported["who"] == "i" else "both"
    if says.ON_ME.match(words):
        return "me"
    return "them" if says.ON_THEM.match(words) else None


def _agreed_that(low: str, cast: Cast, words: Lexicon) -> Promise | None:
    """What was settled as somebody's task: "we agreed that he writes a page"."""
    match = says.THAT.search(low)
    if match is None:
        return None
    verb = words.forms.get(match["verb"])
    if (
        verb is None
        or verb.base not in words.deliver
        or match["verb"] not in (verb.base, verb.third)
    ):
        return None
    who = match["who"]
    if who == "i":
        return Promise("me", 5.0, verb.base)
    if who == "we":
        return Promise("both", 3.0, verb.base)
    named = (who in {"he", "she", "they"} and cast.pronoun in {who, ""}) or cast.is_name(who)
    return Promise("them", 5.0, verb.base) if named else None


def _hands_over(rest: str, subject: Subject, cast: Cast, *, dated: bool) -> bool:
    """Whether a present with any verb is a task, by its object and when it is due."""
    if dated and says.DUE.match(rest):
        return True
    ahead = dated or says.SOON.search(rest) is not None
    given = says.HANDS_OVER.match(rest) is not None
    return ahead and given and not subject.elided and cast.mentions_them(rest)


def _sent(form: str, words: Lexicon) -> str:
    """The verb of a task told as "sending"; "" for a noun of the calendar such as "meeting"."""
    verb = words.forms.get(form)
    task = verb is not None and verb.base in words.deliver
    return verb.base if verb and task and not words.event_noun.fullmatch(form) else ""


def _present(
    low: str, rest: str, owner: Owner, subject: Subject, cast: Cast, words: Lexicon, *, dated: bool
) -> Promise | None:
    """A plain or continuous present that speaks of what comes: "I send him on Friday the list"."""
    sending = says.SENDING.match(low[subject.start :]) if subject.elided and dated else None
    if sending and (sent := _sent(sending["verb"], words)):
        return Promise(owner, 4.0, sent)
    if continuous := says.CONTINUOUS.match(rest):
        verb = words.forms.get(continuous.group(1))
        known = verb is not None and verb.base in words.deliver
        if not known or verb is None:
            return None
        task = verb.base in says.OPEN_TASK and not says.HABIT.search(low)
        given = says.GIVING.search(low)
        task = task or (given is not None and (given["whom"] in ("me", "us")) == (owner == "them"))
        if verb.base in says.MEETING and dated:
            return None
        soon = says.SOON.search(low) is not None and verb.base not in says.HAPPENING
        return Promise(owner, 3.2, verb.base) if dated or task or soon else None
    tail = low[subject.start :] if subject.elided else rest
    if says.HABIT.search(low) or says.NOT.search(low) or says.ASKS.match(tail):
        return None
    if owner == "me" and _hands_over(rest, subject, cast, dated=dated):
        return Promise("me", 4.0)
    head = says.HEAD.match(tail)
    verb = words.forms.get(head.group(1)) if head else None
    if head is None or verb is None or verb.base not in words.deliver - {"do", "have"}:
        return None
    third = owner == "them"
    form = head.group(1)
    ambiguous = form == verb.past == verb.base and not dated
    if form != (verb.third if third else verb.base) or ambiguous:
        return None
    other = cast.mentions_me(rest) if third else cast.mentions_them(rest)
    happens = verb.base in says.HAPPENING
    if (dated and not happens) or other or says.PLAIN_TASK.match(form + rest[head.end() :]):
        return Promise(owner, 4.0, verb.base)
    return None
