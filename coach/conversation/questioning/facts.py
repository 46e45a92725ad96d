"""Questions for a single fact, and those that accuse with a "why", turned into open ones."""

from __future__ import annotations

import re

from coach.conversation.questioning.clauses import AUX, polar
from coach.conversation.questioning.forms import object_form, past_of
from coach.conversation.questioning.soundness import about_thing
from coach.conversation.questioning.verbs import base_of, gerund

_WHY = re.compile(
    r"why (?P<aux>did|do|didn't|don't|have|haven't|are|aren't|were|weren't|would|wouldn't|can't"
    r"|couldn't) you (?P<not>not )?(?P<rest>.+)$",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"(?P<wh>when|where|who|what time|what|which|how (?:many|old|often|tall|long|soon|late|fast"
    r"|high|much"
    rf"|far))\b(?P<noun>.*?)\s*(?P<aux>\b(?:{AUX})|'s)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)


def open_wh(question: str) -> str:
    """An open question for one that asks for a fact ("when", "how many"), or accuses ("why")."""
    why = _WHY.match(question)
    if why:
        return _led(why["aux"].lower(), bool(why["not"]) or "n't" in why["aux"], why["rest"])
    found = _FACT.match(question)
    if found is None:
        return ""
    aux = "is" if found["aux"] == "'s" else found["aux"].lower()
    noun, wh, rest = found["noun"].strip(), found["wh"].lower(), found["rest"]
    if wh in {"how many", "how much"} and noun:
        there = aux in {"is", "are", "was", "were"} and rest.lower().startswith("there")
        if aux == "did":
            who, _, done = rest.partition(" ")
            first, _, more = done.partition(" ")
            rest = f"{who} {past_of(first)} {more}".strip() if first else rest
        return f"what can you tell me about the {noun} {rest[5:].strip() if there else rest}?"
    if aux in {"is", "are", "was", "were"}:
        known = {"when": f"what would you like to have ready for {rest}?",
                 "who": f"what is {rest} like to work with?"}  # fmt: skip
        return known.get(wh, f"what can you tell me about {rest}?")
    return _about_it(wh, aux, noun, rest)


def _about_it(wh: str, aux: str, noun: str, rest: str) -> str:
    asked = polar(f"{aux} {rest}")
    if asked is None or not asked.rest:
        return f"what can you tell me about {noun or rest}?"
    if asked.subject.lower() != "you":
        return f"what can you tell me about {object_form(asked.subject)}?"
    going_on = re.match(r"been (\w+ing\b.*)$", asked.rest)
    if going_on:
        return f"what has {going_on[1]} been like for you?"
    if aux in {"have", "has", "had"}:
        first, _, more = asked.rest.partition(" ")
        doing = gerund(f"{base_of(first)} {more}".strip())
        return f"what has {doing} been like for you?" if doing else "what can you tell me about it?"
    if wh in {"what", "which"} and noun:
        return f"what can you tell me about your {noun}?"
    if wh in {"when", "what time", "how soon"} and aux not in {"did", "do", "does"}:
        return f"what do you still need before you can {asked.rest}?"
    if wh in {"when", "what time", "how soon"}:
        return about_thing(rest)
    there = " there" if wh == "where" else ""
    return f"what {'was' if aux == 'did' else 'is'} it like to {asked.rest}{there}?"


def _led(aux: str, negated: bool, rest: str) -> str:
    first, _, more = rest.partition(" ")
    being = aux.startswith(("are", "were"))
    base = base_of(first) if being or aux.startswith("have") else first.lower()
    if being and not first.endswith("ing"):
        return f"what {'made' if aux.startswith('were') else 'makes'} you {rest}?"
    doing = gerund(f"{base} {more}".strip()) if base else None
    if negated:
        return f"what kept you from {doing}?" if doing else "what stood in the way?"
    return f"what led you to {base} {more}?" if base else "what led to it?"
