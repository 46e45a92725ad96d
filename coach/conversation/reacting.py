"""Words for how the other person may take it: "and if she says no?"."""

from __future__ import annotations

from dataclasses import replace

from coach.conversation.dialogue.pushback import OPEN, reaction_in, reactions
from coach.conversation.events import Reply
from coach.conversation.replying import Replying


def react(replying: Replying, clause: str) -> Reply | None:
    """What to say when the other person takes it as ``clause`` tells; None when that is no
    reaction that is known, and no words were shown that it could be one to."""
    told, library, voice = replying.nameless(clause, "she"), replying.library, replying.voice
    kind = reaction_in(told, library.vector(told), library.vectors_of_content)
    if not kind or (kind == OPEN and not replying.showed_words):
        return None
    meant = reactions()[kind]
    words = voice.say("say", line=voice.pick(meant.lines[replying.role]))
    state = replace(replying.state, card=meant.card, offers=(), waiting=False)
    text = f"{meant.thought} [{meant.card}]\n\n{words}"
    return Reply(text, "pushback", (meant.card,), state=state)
