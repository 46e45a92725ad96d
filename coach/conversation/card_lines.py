"""What the card in hand has to say aloud or to do, taken line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.conversation.dialogue.state import Listed, State
from coach.conversation.dialogue.tones import TONE_OF
from coach.conversation.dialogue.variation import Tone
from coach.conversation.events import Reply
from coach.conversation.intents import ADVICE
from coach.conversation.wording import Role, Voice
from coach.library.library import Library
from coach.library.slots import needs_more
from coach.text import cited

_SHEET = "dialogue"
_LEAST_OPTIONS = 2


@dataclass(frozen=True)
class CardLines:
    """Replies of single lines of the card in hand, in the user's ``role``."""

    library: Library
    voice: Voice
    role: Role
    state: State

    def other_words(self) -> Reply | None:
        """The next lines of the card in hand that were not shown yet; None when there are none."""
        fresh = [one for one in self._lines(self.state.card) if not self.voice.seen(one)]
        return self._in_words(self.voice.pick(fresh)) if fresh else None

    def reworded(self, tone: Tone, shown: str) -> Reply | None:
        """A line of the card in hand in that tone, none that was ``shown`` just now; None when
        there is none, or neither words were shown nor a need is in hand."""
        if not self.state.card or not ('"' in shown or self.state.need):
            return None
        lines = [one for one in self._lines(self.state.card) if self.voice.fill(one) not in shown]
        near = self.library.affinity(self.state.need or shown, lines)
        by_nearness = sorted(zip(near, lines, strict=True), reverse=True)
        # In whatever tone: no praise where a reproach was to be worded.
        lines = [one for _, one in by_nearness[: max(_LEAST_OPTIONS, (len(lines) + 1) // 2)]]
        lines.sort(key=lambda one: (self.voice.seen(one), -TONE_OF[tone](one)))
        if not lines:
            return None
        self.voice.take(lines[0])
        return self._in_words(lines[0])

    def options(self, count: int, near: Sequence[str]) -> Reply | None:
        """So many ways to go on with the need in hand: what its card says to do, and those
        ``near`` it; None when there is no need, or fewer than two."""
        if not self.state.need:
            return None
        cards = [one for one in (self.state.card, *near) if one in self.library.deck.cards]
        moves = [
            (one, move) for one in dict.fromkeys(cards) for move in self.library.card(one).moves
        ][:count]
        if len(moves) < _LEAST_OPTIONS:
            return None
        listed = tuple(Listed("option", one, self.voice.fill(move)) for one, move in moves)
        lines = [f"{n}. {one.text} [{one.ref}]" for n, one in enumerate(listed, 1)]
        lead = self.voice.say("options", sheet=_SHEET)
        state = replace(self.state, offers=(), listed=listed, waiting=False)
        text = "\n".join([lead, "", *lines])
        return Reply(text, ADVICE, cited(text), state=state)

    def _lines(self, card: str) -> list[str]:
        """What a card has to say aloud in the user's role, and to ask."""
        found = self.library.card(card)
        asked = [one.text for one in found.questions if not needs_more(one.text)]
        return [*found.lines_for(self.role), *asked]

    def _in_words(self, line: str) -> Reply:
        card = self.state.card
        said = self.voice.say("other words", sheet=_SHEET, line=self.voice.fill(line))
        state = replace(self.state, offers=())
        return Reply(f"{said} [{card}]", "rephrase", (card,), state=state)

    def few_lines(self, situation: str = "few lines") -> Reply:
        """What the card in hand has to say aloud, for a talk that no script is made for."""
        card = self.library.card(self.state.card)
        said = self.voice.rank(card.lines_for(self.role))[:2]
        for line in said:
            self.voice.take(line)
        lines = [self.voice.fill(line) for line in said]
        asked = [self.voice.fill(one.text) for one in card.questions if not needs_more(one.text)]
        quoted = "\n".join(f'- "{line}"' for line in [*lines, *asked[:1]])
        lead = self.voice.say(situation, sheet=_SHEET)
        return Reply(f"{lead}\n\n{quoted}\n\n[{card.id}]", "script", (card.id,), state=self.state)
