"""What an exported model is, and whether the files of an export are still the ones exported."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from coach.models.digests import DigestCache

FORMAT = 3
"""Raised when the exporter changes what it writes; an export of another format is made again."""

MANIFEST_FILE = "manifest.json"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
EARLY = "early"
"""The graph's output for a text's states after its first layers, shape (batch, tokens, width)."""
EARLY_LAYERS = 4
DIGESTS_FILE = "digests.json"

MISSING = "missing"
READY = "ready"


class FileRecord(BaseModel):
    """One file of an export: its size in bytes and its SHA-256."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: int
    sha256: str


class Manifest(BaseModel):
    """The record beside an exported model; written last, so an export without it is not one.

    ``dimension`` is the length of a vector, ``max_tokens`` where a text is cut (special tokens
    included), ``normalise`` that the graph itself gives rows of unit length, ``worst_cosine`` the
    parity check's lowest agreement with sentence-transformers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    identity: str
    weights_sha256: str
    dimension: int = Field(gt=0)
    max_tokens: int = Field(gt=2)
    pooling: str
    normalise: bool
    worst_cosine: float
    versions: dict[str, str]
    files: dict[str, FileRecord]


def export_folder(models: Path, identity: str) -> Path:
    """The folder of the export for the model of this identity."""
    return models / identity[:16]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the export in ``folder``. Raises :class:`OSError` or :class:`ValueError`."""
    return Manifest.model_validate_json((folder / MANIFEST_FILE).read_bytes())


def export_state(folder: Path, identity: str, digests: DigestCache) -> str:
    """``READY``, ``MISSING``, or in a few words what is wrong with the export in ``folder``.

    A file is hashed anew only when its size or times have changed since it last was.
    """
    if not folder.is_dir():
        return MISSING
    try:
        manifest = read_manifest(folder)
    except FileNotFoundError:
        return f"{MANIFEST_FILE} is missing"
    except OSError as error:
        return f"{MANIFEST_FILE} cannot be read: {error.strerror}"
    except ValueError:
        return f"{MANIFEST_FILE} is damaged"
    problem = _mismatch(manifest, identity)
    for name, record in manifest.files.items():
        problem = problem or _problem(folder / name, record, digests)
    return problem or READY


def _mismatch(manifest: Manifest, identity: str) -> str:
    if manifest.format != FORMAT:
        return f"it has format {manifest.format}, this version needs {FORMAT}"
    if manifest.identity != identity:
        return "it was made from another model"
    if set(manifest.files) != {MODEL_FILE, TOKENIZER_FILE}:
        return f"{MANIFEST_FILE} is damaged"
    return ""


def _problem(path: Path, record: FileRecord, digests: DigestCache) -> str:
    try:
        size = path.stat().st_size
        if size != record.size:
            return f"{path.name} has {size:,} bytes instead of {record.size:,}"
        if digests.sha256(path) != record.sha256:
            return f"{path.name} is not the file that was exported (its SHA-256 differs)"
    except FileNotFoundError:
        return f"{path.name} is missing"
    except OSError as error:
        return f"{path.name} cannot be read: {error.strerror}"
    return ""
