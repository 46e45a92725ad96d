"""Jobs that end in a page: scripts, questions, the brief, goals, roadmap, agreement, check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coach.conversation.desk import Desk, Page
from coach.conversation.dialogue.offering import script_of
from coach.conversation.dialogue.state import OfferKind, State
from coach.conversation.events import Reply
from coach.conversation.skills.script_kinds import script_kind
from coach.conversation.wording import Role, Voice
from coach.storage.pairs import Pair
from coach.text import cited, sentences, word_count, words

_SHEET = "dialogue"
_COUNT = 5
_MOST = 12
_TELLING = 8

JOBS = frozenset(
    {
        "questions", "closing-questions", "script", "brief", "goals", "roadmap", "agreement",
        "check", "debrief", "rehearse",
    }
)  # fmt: skip
"""Intents that are jobs."""

_ALONE = frozenset({"questions", "closing-questions", "script"})
"""Jobs that can be done without a pair."""

_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_HOW_MANY = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_COUNTS)})\b(?:\W+\w+){{0,3}}?\W+questions?\b", re.IGNORECASE
)
_ONE = re.compile(r"\b(?:just|only) one\b|\bone only\b|\ba single one\b", re.IGNORECASE)


def work(
    job: str,
    desk: Desk,
    pair: Pair | None,
    message: str,
    need: str,
    role: Role,
    state: State,
    voice: Voice,
) -> Reply:
    """The page for ``job``; ``message`` says what is wanted and ``need`` what it is for."""
    state = replace(state, offers=(), waiting=False)
    if pair is None and job not in _ALONE:
        return Reply(voice.say("needs a pair", sheet=_SHEET), job, state=state)
    if job in {"debrief", "rehearse"}:
        state = state.turned_to(message) if message and job == "rehearse" else state
        return Reply(voice.say(f"how to {job}", sheet=_SHEET), job, state=state)
    lead, page = _made(job, desk, pair, message, need, role, state, voice)
    text = f"{lead}\n\n{page.markdown}" if lead else page.markdown
    card = page.cards[0] if page.cards and job == "script" else state.card
    if job in {"brief", "script"} and word_count(message) > _TELLING:
        # "First session with him tomorrow, and I have no idea how to start" tells a need, too.
        state = state.turned_to(message)
    empty = job == "goals" and not page.listed
    state = replace(state, listed=page.listed, card=card, slot="goal" if empty else "")
    return Reply(text, job, page.cards or cited(text), page.items, state=state)


def _made(
    job: str,
    desk: Desk,
    pair: Pair | None,
    message: str,
    need: str,
    role: Role,
    state: State,
    voice: Voice,
) -> tuple[str, Page]:
    if job == "script":
        kind = script_for(message, need, state.card)
        return voice.say("script"), desk.script(pair, kind, role, message)
    if job == "closing-questions":
        return voice.say("closing questions", sheet=_SHEET), desk.closing_questions(pair)
    if job == "questions":
        about = subject(message) or in_hand(state) or (need if _OF_IT.search(message) else "")
        return "", desk.questions(pair, message, about, need, how_many(message), role, voice)
    assert pair is not None
    if job == "brief":
        return voice.say("page brief", sheet=_SHEET), desk.brief(pair, message)
    make = {
        "goals": desk.goals, "roadmap": desk.roadmap,
        "agreement": desk.agreement, "check": desk.check,
    }[job]  # fmt: skip
    return voice.say(f"page {job}", sheet=_SHEET), make(pair)


def in_hand(state: State) -> str:
    """The one thing from memory that was told just now; "" when there were none or several."""
    told = [entry for entry in state.listed if entry.kind == "item"]
    return told[0].text if len(told) == 1 == len(state.listed) else ""


def how_many(message: str) -> int:
    """How many questions are asked for; five when the message does not say."""
    found = _HOW_MANY.search(message)
    if not found:
        return 1 if _ONE.search(message) else _COUNT
    said = found[1].lower()
    return max(1, min(_MOST, _COUNTS.get(said) or int(said)))


def matter(message: str, before: Sequence[str]) -> str:
    """What words are wanted for, as the user tells it: in this message, or in the one ``before``
    it; "" when both are too brief to tell."""
    return next((one for one in (message, *before) if word_count(one) > _TELLING), "")


_UNMISTAKABLE = frozenset(
    {
        "owning-a-missed-promise", "accountability", "ending-well", "restart-after-a-gap",
        "confidentiality",
    }
)  # fmt: skip
"""Occasions that a need names in words of its own."""


def script_for(message: str, need: str, card: str) -> str:
    """Which script is asked for: the occasion that the message names, else the one that the need
    names beyond doubt, else the one that goes with the card of the talk, else what the need
    resembles; "" when nothing tells."""
    # What was said last counts most: "he is late again. I haven't sent my notes".
    kinds = (script_kind(one) for one in [*reversed(sentences(need)), need])
    told = next(filter(None, kinds), "")
    sure = told if told in _UNMISTAKABLE else ""
    return script_kind(message) or sure or script_of(card) or told


_REQUEST_WORDS = frozenset(
    words(
        """a an the some any few more good better great deep deeper nice useful question questions
        to for ask asking me my our her him them with i we you can could should would shall please
        give giv suggest list need want what which next time session meeting mentor mentee tomorrow
        today first one two three four five of in at on and it is do help find have get us if were
        yes okay ok that this those these about now see meet talk call later then before after week
        monday tuesday wednesday thursday friday saturday sunday tonight evening morning quick pls
        again other different another so how something anything she he they open opening closing
        day days following might
        really there instead else maybe just best most well all ones put use be say get"""
    )
)
_OF_IT = re.compile(
    r"\b(?:about|on|after) (?:it|that|this)\b|\b(?:day|morning|evening|week) after\b"
    r"|\bafterwards\b",
    re.IGNORECASE,
)
"""Questions on what is talked of."""
_ABOUT = re.compile(
    r"\b(?:about|on|regarding|around|concerning|to do with|for|with)\s+"
    r"(?:what happened (?:with|at) )?(?P<about>[^?!.]+)",
    re.IGNORECASE,
)
_AFTER_ASKING = re.compile(
    r"\b(?:questions?|ask(?:ing)?(?: (?:her|him|them))?)\b(?P<about>[^?!.]*)", re.IGNORECASE
)
_BACK_TO = re.compile(r"^\W*(?:back|returning|going back) to (?P<about>[^:;,.?!]+)[:;,.]", re.I)
_NAMED_FIRST = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|now|then|what about|as for),? )*"
    r"(?P<about>(?:the|her|his|their|my|that|this) [\w' -]{2,40})[,.:;] "
    r"(?=what|which|how|give|any)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:after|before|during|for|about|on|regarding|around|to|how|what|whether|if)\s+)+", re.I
)


def subject(message: str) -> str:
    """What questions should be about, as the message names it; "" when it names nothing."""
    plain = " ".join(message.split())
    for pattern in (_BACK_TO, _NAMED_FIRST, _ABOUT, _AFTER_ASKING):
        for found in pattern.finditer(plain):
            told = _LEADING.sub("", found["about"].strip(" ,;:-"))
            told = re.sub(
                r"[\s,]+(?:please|pls|then|thanks|(?:just |right )?now|tomorrow|today)\b.*$",
                "",
                told,
            )
            if set(words(told)) - _REQUEST_WORDS:
                return told
    return ""


def is_job(kind: OfferKind | str) -> bool:
    """Whether an intent or an offer is a job of this module."""
    return kind in JOBS
