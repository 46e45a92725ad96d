"""What a clause states of the user, or of somebody they know, and whether memory has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coach.conversation.grounding.alignment import align, flipped
from coach.conversation.grounding.claims import Near
from coach.conversation.grounding.grounds import Grounds, Source
from coach.conversation.grounding.rules import rules
from coach.conversation.grounding.sentences import telling
from coach.lexical import stems
from coach.memory.noticing.lexicon import lexicon
from coach.text import words

_HEDGED = re.compile(
    r"\b(?:might|could|would(?! (?:like|rather|prefer|love))|perhaps|maybe|likely|seems?|seemed|"
    r"sounds?|(?-i:may)|shall|should)\b",
    re.IGNORECASE,
)
_NOT_STATED = re.compile(
    r"\b(?:if|whether|when|whenever|what|whatever|how|who|which|where|why|lets?|help|make|than|as|"
    r"(?:what|which|how) \w+)\s+$",
    re.IGNORECASE,
)
"""What stands before a subject whose verb states nothing: "ask what she fears"."""
_CAUSE = re.compile(r"\b(?:because|due to|out of (?:fear|spite|pity))\b", re.IGNORECASE)
_SHORTENED = re.compile(r"^'(?:d|ve)\b")
_VERB = re.compile(r"^'(?:s|ll|re)\b")
_WILL = re.compile(r"\s*(?:'ll|will|won't)\b", re.IGNORECASE)
_ENDS = re.compile(r"[,;:.!?…]|\s[–—-]\s|\b(?:and|but|so|because|while|until|before|after)\b")
_YOU_DID = re.compile(
    r"\byou(?:'ve|'d| have| had)?(?: \w+ly| already| also| just)? (?P<verb>\w+)|"
    r"\byour (?:\w+ ){1,3}(?:was|were|has|had|\w+ed)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\s+(?:(?:has|had|have|also|just|already|once)\s+)*(?:told|said|says|mentioned|promised|agreed|"
    r"asked|wants?|wanted|offered|admitted|wrote|complained|advised|warned|explained|suggested)\b",
    re.IGNORECASE,
)
_ADVERBS = frozenset({"also", "already", "just", "never", "always", "still"})
_FINITE = frozenset({"would", "is", "was", "has", "had", "were", "are", "does", "did", "will",
                     "won't", "isn't", "wasn't", "doesn't", "didn't", "hasn't"})  # fmt: skip
_THIRD = re.compile(r"\w{3,}[^s]s")
"""A word behind a subject that looks like a verb: "dislikes"."""
_MOST = 0.6


def misstated(clause: str, grounds: Grounds, near: Near | None) -> str:
    """What in a clause about a person no source bears out, as a fault; "" for nothing."""
    if "?" in clause:
        return ""
    for said in _of_them(clause, grounds):
        # What somebody will do can be what guidance expects; what they did cannot.
        ahead = bool(_WILL.match(said))
        sources = grounds.sources if ahead else grounds.remembered
        new = align(_VERB.sub(" ", said), grounds, near).missing(sources)
        if new := [word for word in new if not (ahead and set(stems(word)) & rules().mild)]:
            return f"not told of them: {', '.join(new)}"
    if _said_by_another(clause, grounds):
        return "owner"
    if flipped(clause, grounds.sources):
        return "turned round"
    reason = _CAUSE.split(clause, maxsplit=1)[1:]
    if reason and (left := align(reason[0], grounds, near).left(grounds.sources, (), 1)):
        return f"no such reason: {', '.join(left)}"
    for said in _of_the_user(clause):
        if new := align(said, grounds, near).missing(grounds.remembered):
            return f"not told of you: {', '.join(new)}"
    return ""


def _of_them(clause: str, grounds: Grounds) -> Iterator[str]:
    """What a clause states of the other person, or of somebody whom the sources name."""
    they = _any_of(["she", "he", *grounds.names, *grounds.others])
    owners = _any_of([f"{name}'s" for name in (*grounds.names, *grounds.others)] or ["her"])
    for match in re.finditer(
        rf"\b(?:{owners}|her|his|their)(?= (?P<own>.*))|\b{they}\b(?=(?P<rest>.*))", clause, re.I
    ):
        rest = match["own"] or match["rest"] or ""
        ends = (m for m in _ENDS.finditer(rest) if not _goes_on(rest[m.start() :]))
        end = next(ends, None)
        said = _SHORTENED.sub(" ", rest[: end.start()] if end else rest)
        if _NOT_STATED.search(clause[: match.start()]) or _HEDGED.search(said):
            continue
        if _states(said, owned=match["own"] is not None):
            yield said


def _any_of(names: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"


def _states(said: str, *, owned: bool) -> bool:
    """Whether what follows a subject states something of it: a verb in a finite form."""
    told = words(said)
    if owned:
        return any(_finite(word) for word in told[1:4])
    if said.startswith("'"):
        return True
    verbs = (word for word in told if word not in _ADVERBS and not word.endswith("ly"))
    verb = next(verbs, "")
    return _finite(verb) or (verb not in rules().light and bool(_THIRD.fullmatch(verb)))


def _finite(word: str) -> bool:
    verb = lexicon().forms.get(word)
    if verb is not None:
        return word in _FINITE or word in {verb.third, verb.past}
    return word in _FINITE or word.endswith("ed")


def _goes_on(text: str) -> bool:
    """Whether a text goes on with what the same subject does: "and likes it"."""
    told = words(text)[:2]
    return len(told) == 2 and told[0] in {"and", "but"} and _finite(told[1])


def _said_by_another(clause: str, grounds: Grounds) -> bool:
    """Whether ``clause`` lets the other person say what only the user did, or was."""
    they = re.compile(rf"\b{_any_of(['she', 'he', *grounds.names])}\b", re.IGNORECASE)
    subject = they.search(clause)
    if subject is None or not _REPORTS.match(clause[subject.end() :]):
        return False
    told = set(telling(clause[subject.end() :]).values()) - grounds.own_stems
    close: list[Source] = [
        s for s in grounds.remembered if told and len(told & s.told) >= _MOST * len(told)
    ]
    return bool(close) and not any(they.search(source.text) for source in close)


def _of_the_user(clause: str) -> Iterator[str]:
    """What a clause states that the user did, or that something of theirs was."""
    for match in _YOU_DID.finditer(clause):
        rest = clause[match.start() :]
        verb = lexicon().forms.get(match["verb"] or "")
        done = verb and match["verb"] != verb.base and match["verb"] in {verb.past, verb.participle}
        if match["verb"] and not done:
            continue
        if not (_NOT_STATED.search(clause[: match.start()]) or _HEDGED.search(rest)):
            yield rest
