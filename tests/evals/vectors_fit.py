"""Makes the file of the examples' vectors that ships: ``python -m tests.evals.vectors_fit``.

To be run after examples of signs or intents, situations of cards or questions out of scope have
changed; until then, those few are embedded at the first start. Changes no other file.
"""

from __future__ import annotations

from benchmarks.workspace import warm_coach
from coach.conversation.intents import examples
from coach.conversation.safety.reader import examples_path, safety_examples, training
from coach.library.entries import out_of_scope_entries
from coach.library.library import Library
from coach.models.shipped_vectors import packed, vectors_file
from coach.models.vector_cache import VectorCache, embed_cached


def texts_to_ship(library: Library) -> list[str]:
    """What the readers of signs and of intents learn from, each text once, sorted."""
    signs, _ = training(library, safety_examples(examples_path()))
    intents = [text for said in examples().values() for text in said.texts]
    outside = [one.text for one in out_of_scope_entries()]
    return sorted({*signs, *intents, *outside})


def main() -> None:
    with warm_coach() as coach:
        texts = texts_to_ship(coach.library)
        embedder = coach.embedder()
        assert embedder
        cache = VectorCache(coach.places.cache / "vectors", embedder.digest, embedder.dimension)
        made = packed(texts, embed_cached(embedder, texts, cache), embedder.digest)
    vectors_file().write_bytes(made)
    print(f"{vectors_file()}: {len(texts)} texts, {len(made)} bytes")


if __name__ == "__main__":
    main()
