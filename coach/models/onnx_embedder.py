"""Sentence vectors from an exported model, by ONNX Runtime; neither torch nor transformers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.models.embedder import EarlyStates
from coach.models.manifest import EARLY, MODEL_FILE, TOKENIZER_FILE, Manifest

BATCH = 32
"""More texts than this are embedded on all cores at once."""

_TOGETHER = 16


class OnnxEmbedder:
    """Embeds texts with one ONNX session; safe to call from several threads.

    Each text is run by itself: no padding is computed, and a text's vector is the same to the last
    bit whatever it is embedded with. On one thread this is also the fastest way (measured:
    300 texts of 5 to 60 words took 4.2 s one by one, 4.5 s in batches of 32 sorted by length), but
    for texts of exactly the same length: see :meth:`embed_together`. Many texts use all cores by
    running side by side on the same session, which saves the 170 MB of a second one.
    """

    def __init__(self, folder: Path, manifest: Manifest, threads: int = 1) -> None:
        """Open the export in ``folder``; ``threads`` are used within one text.

        Raises whatever onnxruntime or tokenizers raise for files that they cannot read.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        if hasattr(onnxruntime, "disable_telemetry_events"):
            onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Waiting threads would otherwise keep cores busy between two queries.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [each.name for each in self._session.get_inputs()]
        self._has_early = EARLY in {each.name for each in self._session.get_outputs()}
        self._tokenizer: Any = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.enable_truncation(max_length=manifest.max_tokens)
        self._tokenizer.no_padding()
        self._threads = threads
        self.digest = manifest.identity
        self.dimension = manifest.dimension
        self.max_tokens = manifest.max_tokens

    def embed(self, texts: Sequence[str], *, threads: int | None = None) -> NDArray[np.float32]:
        """One row of unit length a text, in the order given: shape (len(texts), dimension).

        ``threads`` is how many texts are run at once: by default 1, and for more than
        :data:`BATCH` texts as many as there are cores. Text beyond ``max_tokens`` is not read.
        """
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        if threads is None:
            threads = _cores() // self._threads if len(texts) > BATCH else 1

        def fill(row: int) -> None:
            vectors[row] = self._embed_one(texts[row])

        if threads > 1 and len(texts) > 1:
            with ThreadPoolExecutor(threads, thread_name_prefix="embed") as pool:
                for _ in pool.map(fill, range(len(texts))):
                    pass
        else:
            for row in range(len(texts)):
                fill(row)
        return vectors

    def embed_together(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As :meth:`embed`, for many short texts: those of as many tokens are run as one batch.

        The weights are then read once a batch: 300 lines of talk took 5.1 ms of processor time
        each, and 8.8 ms one by one. A vector may differ in its last bits (by 6e-8 at most there)
        from the one that the text has by itself, so what is compared later is not embedded so.
        """
        encoded = [self._encode(text) for text in texts]
        by_length: dict[int, list[int]] = {}
        for row, encoding in enumerate(encoded):
            by_length.setdefault(len(encoding.ids), []).append(row)
        parts = [
            rows[start : start + _TOGETHER]
            for rows in by_length.values()
            for start in range(0, len(rows), _TOGETHER)
        ]
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)

        def fill(part: list[int]) -> None:
            vectors[part] = self._run([encoded[row] for row in part])

        with ThreadPoolExecutor(max(1, _cores() // self._threads)) as pool:
            for _ in pool.map(fill, parts):
                pass
        return vectors

    def embed_with_early(self, text: str) -> tuple[NDArray[np.float32], EarlyStates | None]:
        """The text's vector, and it after the first layers.

        The latter is None for a model whose layers the export could not tell apart.
        """
        encoded = self._encode(text)
        names = ["embedding", EARLY] if self._has_early else ["embedding"]
        found = self._session.run(names, self._feed([encoded]))
        early = EarlyStates(found[1][0], encoded.offsets) if self._has_early else None
        return found[0][0], early

    def _embed_one(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self._run([self._encode(text)])[0]
        return row

    def _encode(self, text: str) -> Any:
        # A lone surrogate cannot be passed on as UTF-8, which is what the tokenizer reads.
        return self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8"))

    def _run(self, encoded: list[Any]) -> NDArray[np.float32]:
        """The vectors of texts of one length in tokens."""
        (rows,) = self._session.run(["embedding"], self._feed(encoded))
        return np.asarray(rows, np.float32)

    def _feed(self, encoded: list[Any]) -> dict[str, NDArray[np.int64]]:
        arrays = {
            "input_ids": [one.ids for one in encoded],
            "attention_mask": [one.attention_mask for one in encoded],
            "token_type_ids": [one.type_ids for one in encoded],
        }
        return {name: np.asarray(arrays[name], dtype=np.int64) for name in self._inputs}


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
