"""The one-time export of a sentence-transformers model to ONNX, with its parity check.

Runs as a process of its own (``python -m coach.models.export MODELS_FOLDER NAME``), started by
:mod:`coach.models.export_process`: the program never holds torch's memory, and a crash in native
code ends nothing but the export. It writes one JSON object a line to standard output, each either
``{"say": progress}`` or ``{"error": [what, remedy]}``.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import ModelError
from coach.models.digests import DigestCache, sha256_of
from coach.models.manifest import (
    DIGESTS_FILE,
    EARLY,
    EARLY_LAYERS,
    FORMAT,
    MANIFEST_FILE,
    MODEL_FILE,
    READY,
    TOKENIZER_FILE,
    FileRecord,
    Manifest,
    export_folder,
    export_state,
)
from coach.models.onnx_embedder import OnnxEmbedder
from coach.models.parity import MIN_COSINE, TEXTS
from coach.models.weights import ModelFolder, check_weights, identity, locate
from coach.paths import private_folder

Say = Callable[[str], None]

_TITLE = "Embedding model"
_LOCK_SECONDS = 600.0
_OPSET = 17
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
}


def export_model(models: Path, name: str, say: Say) -> Path:
    """Make the export of the model ``name`` under ``models`` unless a valid one is there.

    Returns its folder. One process at a time exports; another waits for it. The folder appears
    whole, by a rename; what an export that was killed left behind is removed by the next.
    Raises :class:`ModelError` for weights that are refused, a module that cannot be exported, or
    vectors that do not agree with the original's, and :class:`OSError` for a failing disk.
    """
    from filelock import FileLock, Timeout

    digests = DigestCache(private_folder(models) / DIGESTS_FILE)
    model = locate(name)
    weights = check_weights(model, digests)
    key = identity(model, weights, digests)
    target = export_folder(models, key)
    lock = FileLock(models / f"{target.name}.lock")
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say("Another coach is preparing the embedding model; waiting for it")
            lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout:
        raise ModelError(
            _TITLE, f"another process has held {lock.lock_file} for ten minutes", "End it first."
        ) from None
    with lock:
        if export_state(target, key, digests) != READY:
            _export_into(target, model, weights, key, say)
    return target


def _export_into(target: Path, model: ModelFolder, weights: str, key: str, say: Say) -> None:
    """Export beside ``target``, then put it there; the caller holds the lock."""
    for stale in target.parent.glob(f"{target.name}.*-*"):
        shutil.rmtree(stale, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=f"{target.name}.new-", dir=target.parent))
    try:
        manifest = _write_export(work, model, weights, key, say)
        (work / MANIFEST_FILE).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        if target.exists():
            target.rename(target.with_name(f"{target.name}.old-{os.getpid()}"))
        work.rename(target)
    finally:
        for leftover in target.parent.glob(f"{target.name}.*-*"):
            shutil.rmtree(leftover, ignore_errors=True)


def _write_export(work: Path, model: ModelFolder, weights: str, key: str, say: Say) -> Manifest:
    say("Loading the embedding model (once; about half a minute in all)")
    original = _load_original(model)
    backend = getattr(original.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError(_TITLE, f"{model.folder} has no fast tokenizer", "Choose another model.")
    limit = int(original.max_seq_length or 512)
    original.max_seq_length = limit
    dimension = int(original.encode([TEXTS[0]], show_progress_bar=False).shape[1])

    say("Exporting it")
    _write_graph(original, work / MODEL_FILE)
    _write_tokenizer(backend.to_str(), limit, work / TOKENIZER_FILE)
    draft = Manifest(
        format=FORMAT,
        identity=key,
        weights_sha256=weights,
        dimension=dimension,
        max_tokens=limit,
        pooling=_pooling(original),
        normalise=True,
        worst_cosine=0.0,
        versions={
            p: version(p) for p in ("torch", "transformers", "sentence-transformers", "onnx")
        },
        files={
            name: FileRecord(size=(work / name).stat().st_size, sha256=sha256_of(work / name))
            for name in (MODEL_FILE, TOKENIZER_FILE)
        },
    )
    say("Checking it against the original")
    return draft.model_copy(update={"worst_cosine": _worst_cosine(original, work, draft)})


def _load_original(model: ModelFolder) -> Any:
    os.environ.update(_OFFLINE)
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    from sentence_transformers import SentenceTransformer

    try:
        original = SentenceTransformer(
            str(model.folder),
            device="cpu",
            local_files_only=True,
            # Plain attention traces into a graph that holds for any length; pickled weights run
            # code when they are loaded.
            model_kwargs={"attn_implementation": "eager", "use_safetensors": True},
        )
    except Exception as error:
        # The libraries raise classes of every kind, and OSError for what is no fault of the disk.
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
        what = f"the model in {model.folder} cannot be loaded: {reason}"
        raise ModelError(_TITLE, what, model.remedy) from error
    return original.float().eval()


def _write_graph(original: Any, path: Path) -> None:
    """Trace all of the model's modules, pooling included, with free batch and sequence axes.

    The states after the first layers are an output of their own, for layers tuned from there on.
    """
    import torch

    sample = original.tokenizer(list(TEXTS[:2]), padding=True, return_tensors="pt")
    names = [n for n in ("input_ids", "attention_mask", "token_type_ids") if n in sample]
    seen: list[Any] = []
    if early := _last_early_layer(original):

        def keep(_module: Any, _inputs: Any, found: Any) -> None:
            seen.append(found if torch.is_tensor(found) else found[0])

        early.register_forward_hook(keep)

    class Whole(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = original

        def forward(self, *inputs: Any) -> Any:
            seen.clear()
            features = dict(zip(names, inputs, strict=True))
            pooled = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(pooled, p=2, dim=1), *seen

    axes = {name: {0: "batch", 1: "sequence"} for name in names}
    outputs = {"embedding": {0: "batch"}, **({EARLY: axes[names[0]]} if early else {})}
    with torch.no_grad():
        torch.onnx.export(
            Whole().eval(),
            tuple(sample[name] for name in names),
            str(path),
            dynamo=False,
            opset_version=_OPSET,
            input_names=names,
            output_names=list(outputs),
            dynamic_axes={**axes, **outputs},
        )


def _last_early_layer(original: Any) -> Any:
    """The last of the layers whose states are given out; None for a model of another build."""
    encoder = getattr(getattr(original[0], "auto_model", None), "encoder", None)
    layers = getattr(encoder, "layer", ())
    return layers[EARLY_LAYERS - 1] if len(layers) > EARLY_LAYERS else None


def _write_tokenizer(serialised: str, limit: int, path: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(serialised)
    # The packaged file cuts at 128 tokens and pads to them; the model itself reads more.
    tokenizer.enable_truncation(max_length=limit)
    tokenizer.no_padding()
    tokenizer.save(str(path))


def _pooling(original: Any) -> str:
    for module in original:
        if hasattr(module, "get_pooling_mode_str"):  # until sentence-transformers 5
            return str(module.get_pooling_mode_str())
        if hasattr(module, "pooling_mode"):
            return str(module.pooling_mode)
    return "unknown"


def _worst_cosine(original: Any, work: Path, manifest: Manifest) -> float:
    expected = original.encode(list(TEXTS), normalize_embeddings=True, show_progress_bar=False)
    found = OnnxEmbedder(work, manifest).embed(TEXTS)
    cosines = np.sum(found * np.asarray(expected, dtype=np.float32), axis=1)
    worst = float(cosines.min())
    if not worst > MIN_COSINE:  # also true of a NaN
        text = TEXTS[int(cosines.argmin())][:40]
        raise ModelError(
            _TITLE,
            f"the export does not agree with the original (cosine {worst:.6f} for {text!r})",
            "Set embedding_model to another model.",
        )
    return worst


def main(arguments: list[str]) -> int:
    """Export for the parent process; see the module's docstring. Returns the exit code."""
    # Libraries print to standard output; the protocol keeps it for itself.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as channel:
        os.dup2(2, 1)

        def send(kind: str, value: object) -> None:
            # A parent that is gone leaves an export that finishes for the next start.
            with suppress(BrokenPipeError):
                channel.write(json.dumps({kind: value}) + "\n")
                channel.flush()

        try:
            export_model(Path(arguments[0]), arguments[1], lambda text: send("say", text))
        except ModelError as error:
            send("error", [error.what, error.remedy])
            return 1
        except OSError as error:
            what = f"{error.filename or arguments[0]} cannot be written or read: {error.strerror}"
            send("error", [what, "Check the disk, and who owns the cache folder."])
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
