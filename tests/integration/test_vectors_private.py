"""The cache of vectors on disk holds what ships with the program and nothing of the user's."""

from __future__ import annotations

from datetime import date

from coach.bootstrap import Coach
from coach.models.vector_cache import VectorCache
from coach.text import sentences

FIRST = "Rosa is nervous about the patent talk. She will chair the stand-up. I'll send the list."
SECOND = "The patent talk went well, she is glad. I sent her the list. She never chaired anything."


def test_no_vector_of_what_was_logged_or_asked_lies_in_the_cache(warm_coach: Coach) -> None:
    pair = warm_coach.add_pair("Rosa Delgado", "mentor")
    warm_coach.log_session(pair, date(2026, 3, 2), FIRST)
    warm_coach.log_session(pair, date(2026, 3, 16), SECOND)
    warm_coach.memory.search(pair, "what about the patent", 5, date(2026, 3, 17))
    embedder = warm_coach.embedder()
    assert embedder is not None
    items = warm_coach.remembered(pair)
    assert items
    own = [FIRST, SECOND, *sentences(FIRST), *sentences(SECOND), "what about the patent"]
    own += [text for item in items for text in (item.text, item.quote)]
    for name in ("cards", "content"):
        folder = warm_coach.places.cache / "vectors"
        cache = VectorCache(folder, embedder.digest, embedder.dimension, name)
        assert cache.file.is_file()
        assert [text for text in own if cache.get(text) is not None] == []
