"""Pages for the conversation, made by the rooms that know how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coach.conversation.desk import Limit, Page
from coach.conversation.dialogue.state import Listed
from coach.conversation.skills.questions import reply
from coach.library.slots import NAMELESS
from coach.memory.continuity.say import plain_date
from coach.text import citations

if TYPE_CHECKING:
    from coach.bootstrap.coach import Coach
    from coach.conversation.questioning.asking import Suggestion
    from coach.conversation.wording import Role, Voice
    from coach.planning.goal_views import GoalView
    from coach.planning.roadmap_views import Entry
    from coach.storage.pairs import Pair

_TOPICS = 4
_GAPS = 4
_ENOUGH_ON_NEED = 3
_ON_WORKING_TOGETHER = frozenset({"expectation", "boundary", "preference"})


class RealDesk:
    """Fulfils :class:`coach.conversation.desk.Desk` for the program as it is composed."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def script(self, pair: Pair | None, kind: str, role: Role, request: str = "") -> Page:
        """Words to say for one conversation."""
        from coach.agreement.scripts import script
        from coach.agreement.slots import told_in

        told = told_in(request)
        if pair is None:
            made = script(kind, role, NAMELESS, told)
        else:
            made = self._coach.agreements.script(pair, kind, self._coach.today, told)
        return Page(made.markdown, made.cards)

    def questions(
        self, pair: Pair | None, request: str, about: str, need: str, count: int, role: Role,
        voice: Voice,
    ) -> Page:  # fmt: skip
        """Questions for the other person, from opening to deeper."""
        from coach.conversation.suggesting import depth_in

        def suggest(subject: str) -> list[Suggestion]:
            return self._coach.questioner.suggest(
                pair, self._coach.today, count, about=subject or None, depth=depth_in(request),
                role=role, shown=voice.used,
            )  # fmt: skip

        found = suggest(about)
        if not about and need and not any(one.items for one in found):
            on_need = suggest(need)
            found = on_need if len(on_need) >= min(count, _ENOUGH_ON_NEED) else found
        return _page(found, voice)

    def limit(self, pair: Pair, text: str) -> Limit | None:
        """The limit of the two that doing what ``text`` says would go against."""
        found = self._coach.agreements.limits(pair).limit_against(text, self._coach.today)
        return Limit(found.text, found.since) if found else None

    def asked(self, pair: Pair, questions: Sequence[str]) -> None:
        """Remember that these were asked today: they rest."""
        self._coach.asked(pair, questions)

    def closing_questions(self, pair: Pair | None) -> Page:
        """The questions to end a session with."""
        asked = self._coach.questioner.suggest(pair, self._coach.today, depth="closing")
        text = "\n".join(f"{number}. {one.question}" for number, one in enumerate(asked, 1))
        cards = tuple(dict.fromkeys(card for one in asked for card in one.cards[:1]))
        listed = tuple(Listed("question", one.cards[0], one.question) for one in asked)
        return Page(f"{text}\n\n{citations(cards)}", cards, listed=listed)

    def brief(self, pair: Pair, request: str = "", minutes: int | None = None) -> Page:
        """One page for the session on the day that ``request`` names, else the next one."""
        from coach.memory.dates import find_dates
        from coach.planning.page import page

        today = self._coach.today
        named = find_dates(request, today, self._coach.memory.locale)
        ahead = [one.when for one in named if one.when is not None and one.when >= today]
        made = self._coach.brief(pair, ahead[0] if ahead else None, minutes)
        told = (*made.followups, *made.mine, *made.theirs)
        items = tuple(dict.fromkeys(line.item for line in told if line.item is not None))
        return Page(page(made), items=items)

    def others(self, pair: Pair) -> list[str]:
        """The names of the other people whom the user has a pair with."""
        return [one.name for one in self._coach.pairs() if one.id != pair.id]

    def proposals_taken(self, reply_id: int) -> None:
        """What a reply proposed to keep was kept: it is offered no more."""
        from coach.memory.items import Draft

        reply = self._coach.conversation_store.message(reply_id)
        raw = reply.detail.get("proposals", []) if reply else []
        self._coach.set_aside(reply_id, [Draft.from_json(one) for one in raw])

    def goals(self, pair: Pair) -> Page:
        """The pair's goals, their next milestones, and what they lack."""
        found = self._coach.planning.goal_views(pair, self._coach.today)
        shown = [one for one in found if one.status == "open"]
        if not shown:
            return Page("There is none yet. Tell me one in a sentence, or use `coach goal add`.")
        lines = [line for one in shown for line in self._goal(one)]
        cards = _first(2, (card for one in shown for gap in one.missing for card in gap.cards))
        items = tuple(one.item for one in shown if one.item is not None)
        text = "\n".join([*lines, "", citations(cards)]).strip()
        return Page(text, cards, items, _listed((one.item, one.text) for one in shown))

    def add_goal(self, pair: Pair, text: str) -> Page:
        """Keep a goal; the goal as it stands, and what it lacks."""
        goal = self._coach.add_goal(pair, text)
        cards = _first(1, (card for gap in goal.missing[:1] for card in gap.cards))
        return Page("\n".join([*self._goal(goal), "", citations(cards)]).strip(), cards)

    def _goal(self, goal: GoalView) -> list[str]:
        by = f", by {plain_date(goal.by, self._coach.today)}" if goal.by else ""
        said = f' ("{goal.quote}", {goal.said})' if goal.quote else ""
        private = " *(private)*" if goal.private else ""
        lines = [f"- **{goal.text.rstrip('.')}**{by}{said}{private}"]
        if goal.next:
            lines.append(f"  - next: {goal.next.text}")
        lines += [f"  - {gap.ask}" for gap in goal.missing[:1]]
        lines += [f"  - {goal.revisit}"] if goal.revisit else []
        return lines

    def roadmap(self, pair: Pair) -> Page:
        """Topics for the coming sessions."""
        entries = self._coach.planning.roadmap(pair, self._coach.today)
        ahead = [entry for entry in entries if entry.state == "ahead"][:_TOPICS]
        if not ahead:
            return Page("There is nothing to build one from yet. What does the next one call for?")
        lines = [self._topic(number, entry) for number, entry in enumerate(ahead, 1)]
        cards = _first(3, (card for entry in ahead for card in entry.cards))
        items = tuple(entry.item for entry in ahead if entry.item is not None)
        text = "\n".join([*lines, "", citations(cards)]).strip()
        return Page(text, cards, items, _listed((e.item, e.topic) for e in ahead))

    def _topic(self, number: int, entry: Entry) -> str:
        day = f", {plain_date(entry.day, self._coach.today)}" if entry.day else ""
        about = "about " if entry.reckoned and day else ""
        said = f' ("{entry.quote}", {entry.said})' if entry.quote else ""
        private = " *(private)*" if entry.private else ""
        return f"{number}. {entry.topic}{day.replace(', ', f', {about}', 1)}{said}{private}"

    def agreement(self, pair: Pair) -> Page:
        """What is agreed, then what is open, with a middle ground for each."""
        from coach.agreement.gaps import OPEN
        from coach.agreement.topics import terms

        agreed = self._coach.agreements.current(pair)
        lines = [
            f"- **{topic.title}**: {entry.agreed} (since {plain_date(entry.agreed_on, today)})"
            for topic in terms().topics.values()
            if (entry := agreed.entry(topic.name)).settled
            and entry.agreed_on
            and (today := self._coach.today)
        ]
        lines += [
            f'- Said, and not put down yet: {item.text} ("{item.quote}",'
            f" {plain_date(item.said_on, self._coach.today)})"
            for item in self._coach.memory.store.items(pair, status="open")
            if item.kind in _ON_WORKING_TOGETHER and not item.private
        ]
        gaps = self._coach.agreements.gaps(pair)
        open_ones = [gap for gap in gaps if gap.state in OPEN]
        lines += [f"- **{gap.title}**, not settled: {gap.middle}" for gap in open_ones[:_GAPS]]
        unsaid = [
            topic.title.lower()
            for topic in terms().topics.values()
            if agreed.entry(topic.name).empty
        ]
        if unsaid:
            lines.append(f"- Nobody has said anything yet on: {', '.join(unsaid)}.")
        cards = _first(1, (gap.card for gap in open_ones or gaps))
        cited = f"\n\n{citations(cards)}" if cards else ""
        return Page("\n".join(lines) + cited, cards)

    def check(self, pair: Pair) -> Page:
        """How the relationship check stands."""
        from coach.planning.check import advise

        today = self._coach.today
        history = [one for one in self._coach.planning.checks(pair) if one.on <= today]
        if not history:
            return Page(
                "Nobody has answered it yet. It is a handful of statements, from 1 to 5: "
                f"`coach check {pair.slug} --ask` puts them to you, and `--side them` is for "
                f"{pair.first_name}'s answers."
            )
        told = advise(history, pair.first_name)
        lines = [*(f"- {line}" for line in told.lines), "", citations(told.cards)]
        return Page("\n".join(lines), told.cards)


def _first(most: int, cards: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cards))[:most]


def _page(found: Sequence[Suggestion], voice: Voice) -> Page:
    text, cited = reply(found, voice)
    listed = tuple(Listed("question", one.cards[0], one.question) for one in found)
    items = tuple(dict.fromkeys(key for one in found for key in one.items))
    return Page(text, cited, items, listed)


def _listed(found: Iterable[tuple[int | None, str]]) -> tuple[Listed, ...]:
    return tuple(
        Listed("need", "", text) if key is None else Listed("item", str(key), text)
        for key, text in found
    )
