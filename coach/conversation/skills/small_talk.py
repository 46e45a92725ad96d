"""Greetings, thanks, what the assistant is and can do, and an honest "I don't know"."""

from __future__ import annotations

from coach.conversation.wording import Voice
from coach.library.cards import Card

SMALL_TALK = frozenset({"greeting", "thanks", "goodbye", "capabilities", "identity", "complaint"})


def chat(intent: str, voice: Voice) -> str:
    """A short reply to small talk."""
    if intent == "greeting" and not voice.name:
        intent = "greeting alone"
    return voice.say(intent)


def refuse(voice: Voice, nearest: Card | None) -> str:
    """Say plainly that nothing grounds an answer; point to the nearest card when it is close."""
    parts = [voice.say("refusal")]
    if nearest is not None:
        parts.append(voice.say("refusal with near", title=nearest.title, card=nearest.id))
    parts.append(voice.say("refusal close"))
    return "\n\n".join(parts)
