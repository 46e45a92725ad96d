"""The embedding model as the rest of the program sees it: load it, ask whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coach.errors import ModelError
from coach.models.digests import DigestCache
from coach.models.manifest import (
    DIGESTS_FILE,
    MISSING,
    READY,
    export_folder,
    export_state,
    read_manifest,
)
from coach.models.weights import check_weights, identity, locate
from coach.paths import Places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coach.models.onnx_embedder import OnnxEmbedder

_TITLE = "Embedding model"


class Embedder(Protocol):
    """Turns texts into vectors of one model.

    ``digest`` names the model that made the vectors: only vectors of the same digest compare.
    """

    @property
    def digest(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str], *, threads: int | None = None) -> NDArray[np.float32]:
        """Rows of unit length in the order of ``texts``: shape (len(texts), dimension)."""
        ...

    def embed_with_early(self, text: str) -> tuple[NDArray[np.float32], EarlyStates | None]:
        """The vector of ``text``, and it after the model's first layers, if that is known."""
        ...

    def embed_together(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As :meth:`embed`, in less time for many short texts; the same but for rounding."""
        ...


class EarlyStates(NamedTuple):
    """A text after the first layers: ``states`` of shape (tokens, width), and the characters that
    each token stands for (none for marks of the model's own)."""

    states: NDArray[np.float32]
    characters: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class ModelReport:
    """The embedding model for ``coach doctor``; ``problem`` is empty when nothing is wrong."""

    name: str
    folder: Path | None
    digest: str | None
    digest_ok: bool
    export: Path | None
    export_state: str
    problem: str


def load_embedder(
    places: Places,
    name: str,
    threads: int = 1,
    on_progress: Callable[[str], None] | None = None,
) -> OnnxEmbedder:
    """The embedder for the model ``name``, exported first where there is no valid export.

    Takes about 0.3 s with an export, 10 to 30 s without; ``on_progress`` is told each step of the
    latter, and what was wrong with an export that could not be used.
    Raises :class:`ModelError` when weights are refused or no usable export can be made.
    """
    say = on_progress or (lambda _: None)
    digests = _digests(places)
    model = locate(name)
    key = identity(model, check_weights(model, digests), digests)
    folder = export_folder(places.models, key)
    state = export_state(folder, key, digests)
    if state != READY:
        _export(places, name, state, say)
        state = export_state(folder, key, _digests(places))
        if state != READY:
            raise ModelError(
                _TITLE, f"the export in {folder} is unusable: {state}", f"Remove {folder}."
            )
    return _open(folder, threads)


def describe(places: Places, name: str) -> ModelReport:
    """The state of weights and export, with the weights read and hashed anew (0.1 to 0.3 s)."""
    digests = _digests(places)
    folder = digest = None
    try:
        model = locate(name)
        folder = model.folder
        digest = check_weights(model, digests, fresh=True)
        key = identity(model, digest, digests)
    except ModelError as error:
        return ModelReport(name, folder, digest, False, None, "unknown", str(error))
    export = export_folder(places.models, key)
    state = export_state(export, key, digests)
    problem = "" if state in {READY, MISSING} else f"The export is unusable: {state}."
    return ModelReport(name, folder, digest, True, export, state, problem)


def _export(places: Places, name: str, state: str, say: Callable[[str], None]) -> None:
    from coach.models.export_process import run_export

    if state != MISSING:
        say(f"The export of the embedding model is unusable: {state}; making it again")
    run_export(places.models, name, say)


def _open(folder: Path, threads: int) -> OnnxEmbedder:
    from coach.models.onnx_embedder import OnnxEmbedder

    try:
        return OnnxEmbedder(folder, read_manifest(folder), threads)
    except Exception as error:
        # onnxruntime and tokenizers raise classes of their own with no common base.
        raise ModelError(
            _TITLE, f"the export in {folder} cannot be opened: {error}", f"Remove {folder}."
        ) from error


def _digests(places: Places) -> DigestCache:
    return DigestCache(places.models / DIGESTS_FILE)
