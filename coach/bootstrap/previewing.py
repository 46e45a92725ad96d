"""What a message would send to the chosen model, found out on a copy: nothing changes."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap.coach import Coach
from coach.errors import CoachError
from coach.paths import Places, private_folder

if TYPE_CHECKING:
    from coach.models.chat import Payload

_TITLE = "Preview"


def preview(coach: Coach, pair_name: str | None, text: str) -> Payload:
    """The exact request that asking ``text`` now would make.

    Raises :class:`CoachError` with the reason where nothing would be sent.
    """
    from coach.models.calling import HeldBackError

    with _copy(coach) as copy:
        speaker = copy.speaker
        if speaker is None:
            raise CoachError(_TITLE, "the built-in engine sends nothing", "It needs no preview.")
        pair = copy.pair_store.find(pair_name) if pair_name else None
        conversation = copy.resume(pair)
        reply, message = asyncio.run(copy.planned_reply(conversation, pair, text))
        try:
            return asyncio.run(speaker.preview(pair, message, reply))
        except HeldBackError as held:
            why = {
                "private": "nothing would be sent: this touches something private",
                "keeps its words": "nothing would be sent: this reply keeps its own words",
            }
            raise CoachError(_TITLE, why[held.heading], "The built-in engine answers.") from None


@contextmanager
def _copy(coach: Coach) -> Iterator[Coach]:
    """A coach over a copy of the data, under the same key; the index is shared, it is only read."""
    from coach.models.chosen import read_choice, write_choice
    from coach.storage.backup import backup

    home = private_folder(Path(tempfile.mkdtemp(prefix="coach-preview-")))
    places = Places(home=home, cache=coach.places.cache)
    copy = Coach(places, coach.settings, today=coach.today, load_embedder=coach._load_embedder)
    try:
        backup(coach.places, coach._key, places.database)
        copy.__dict__["_key"] = coach._key
        if coach.places.index.is_dir():
            places.index.symlink_to(coach.places.index, target_is_directory=True)
        write_choice(places, read_choice(coach.places))
        copy.warm_up()
        yield copy
    finally:
        copy.close()
        shutil.rmtree(home, ignore_errors=True)
