"""The agreement and the scripts of a pair, over what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from coach.agreement import forms
from coach.agreement.agreement import Agreement, Change, Side, difference
from coach.agreement.facts import Known, facts
from coach.agreement.gaps import Gap, gaps
from coach.agreement.limits import Limits, limits_of
from coach.agreement.scripts import Script, script
from coach.agreement.sheet import Sheet, sheet
from coach.agreement.slots import SLOTS
from coach.agreement.standing import AgreementStanding, standing
from coach.agreement.topics import topic
from coach.errors import NotFoundError, UsageError
from coach.memory.dates import HERE, Locale
from coach.memory.items import Person
from coach.memory.store import MemoryStore
from coach.storage.pairs import Pair
from coach.storage.papers import Paper, PaperStore
from coach.text import join_names

_NAME = "agreement"


class Agreements:
    """What front ends call: the agreement of a pair by version, its limits, and scripts."""

    def __init__(self, papers: PaperStore, memory: MemoryStore, locale: Locale = HERE) -> None:
        self._papers = papers
        self._memory = memory
        self._locale = locale

    # -- the agreement -----------------------------------------------------

    def current(self, pair: Pair) -> Agreement:
        """The newest version; an empty agreement when there is none."""
        return _agreement(self._papers.last(pair, "agreement", _NAME))

    def versions(self, pair: Pair) -> list[Paper]:
        """All versions, oldest first."""
        return self._papers.versions(pair, "agreement", _NAME)

    def version(self, pair: Pair, number: int) -> Agreement:
        """One version, from 1. Raises :class:`NotFoundError` listing those there are."""
        for paper in self.versions(pair):
            if paper.version == number:
                return Agreement.from_body(paper.body)
        count = len(self.versions(pair))
        there = f"There are versions 1 to {count}." if count else "There is none yet."
        raise NotFoundError("Agreement", f"there is no version {number}", there)

    def standing(self, pair: Pair) -> AgreementStanding:
        """Every topic with what is open in it, the day of the review, and all versions."""
        kept = [(one.made_on, Agreement.from_body(one.body)) for one in self.versions(pair)]
        return standing(kept, pair.first_name)

    def put(self, pair: Pair, name: str, said: Mapping[Side, str], on: date) -> Agreement:
        """Keep what was said on one topic, "" taking it back; adds a version when it changes.

        Raises :class:`UsageError` for an unknown topic.
        """
        which = topic(name).name
        return self._revise(pair, on, lambda now: _with(now, which, said, on))

    def put_back(self, pair: Pair, number: int, on: date) -> Agreement:
        """Make a version the newest again, as a further version; 0 is before anything was said.

        Raises :class:`NotFoundError` for a version that there is not.
        """
        wanted = self.version(pair, number) if number else Agreement()
        return self._revise(pair, on, lambda _: wanted)

    def review(self, pair: Pair, day: date | None, on: date) -> Agreement:
        """Set the day on which to look at the agreement again; None takes it back."""
        return self._revise(pair, on, lambda now: Agreement(now.entries, day))

    def difference(self, pair: Pair, old: int, new: int) -> list[Change]:
        """What changed from one version to another."""
        return difference(self.version(pair, old), self.version(pair, new))

    def gaps(self, pair: Pair) -> list[Gap]:
        """What is not settled, with a middle ground and words for each."""
        return gaps(self.current(pair), pair.first_name)

    # -- the form for the other side ---------------------------------------

    def form(self, pair: Pair) -> str:
        """A form for the other person to fill in, as Markdown."""
        return forms.form(self.current(pair), pair.slug)

    def take_form(self, pair: Pair, text: str, on: date) -> forms.Taken:
        """Keep what the other person wrote into the form. Raises :class:`UsageError`."""
        taken = forms.read(text, pair.slug)

        def answered(now: Agreement) -> Agreement:
            for name, said in taken.answers.items():
                now = _with(now, name, {"theirs": said}, on)
            return now

        self._revise(pair, on, answered)
        return taken

    # -- limits and scripts --------------------------------------------------

    def limits(self, pair: Pair) -> Limits:
        """What must not be suggested to this pair."""
        items = self._memory.items(pair, status="open")
        return limits_of(self.current(pair), items, pair.name, self._locale)

    def script(
        self, pair: Pair, kind: str, on: date, fill: Mapping[str, str] | None = None
    ) -> Script:
        """The script of ``kind``, filled in from memory and agreement as they stand on that day.

        ``fill`` gives slots in the user's own words. Raises :class:`UsageError` for an unknown
        kind or slot.
        """
        unknown = [slot for slot in fill or {} if slot not in SLOTS]
        if unknown:
            raise UsageError(
                "Script", f"there is nothing to fill in called {unknown[0]!r}",
                f"There is: {join_names([*SLOTS])}.",
            )  # fmt: skip
        known = self._known(pair, on)
        found = facts(known)
        values = {**found.values, **(fill or {})}
        care = _care(found.private, kind, known.role)
        return script(kind, pair.role, pair.first_name, values, care)

    def sheet(self, pair: Pair, on: date, me: str = "") -> Sheet:
        """The agreement as a sheet to sign, as it stands on that day; ``me`` is the user's name."""
        return sheet(self.current(pair), len(self.versions(pair)), pair, on, me)

    def export(self, pair: Pair, file: Path, on: date, me: str = "") -> None:
        """Write the sheet to ``file``: Markdown, DOCX or PDF by its name's ending.

        Raises :class:`UsageError` for another ending and when nothing was said yet.
        """
        from coach.agreement.exports import write

        if self.current(pair).empty:
            raise UsageError(
                "Export", f"nothing is in the agreement with {pair.name} yet",
                f"Begin with: coach agreement set {pair.slug} frequency --mine '...'.",
            )  # fmt: skip
        write(self.sheet(pair, on, me), file)

    def _known(self, pair: Pair, on: date) -> Known:
        items = [item for item in self._memory.items(pair) if item.said_on <= on]
        agreement = self.current(pair)
        return Known(
            pair.role,
            Person(pair.name, pair.their_role),
            on,
            items,
            [session.on for session in self._memory.sessions(pair) if session.on <= on],
            agreement,
            limits_of(agreement, items, pair.name, self._locale),
        )

    def _revise(self, pair: Pair, on: date, change: Callable[[Agreement], Agreement]) -> Agreement:
        kept = self._papers.revise(
            pair, "agreement", _NAME, on, lambda now: change(_agreement(now)).as_body()
        )
        return _agreement(kept)


def _agreement(kept: Paper | None) -> Agreement:
    return Agreement.from_body(kept.body) if kept else Agreement()


def _with(now: Agreement, name: str, said: Mapping[Side, str], on: date) -> Agreement:
    for side, text in said.items():
        now = now.put(name, side, text, on)
    return now


def _care(private: Mapping[str, str], kind: str, role: str) -> Sequence[str]:
    """A remark for each private item that the script uses."""
    from coach.agreement.templates import template

    used = template(kind, "mentor" if role == "mentor" else "mentee").slots if private else ()
    return [
        f'Private: "{quote}" was told in confidence. Say this only when the two of you are alone.'
        for slot, quote in private.items()
        if slot in used
    ]
