"""Where an embedding model's weights lie, and whether they are the ones that are expected."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import ModelError
from coach.models.digests import DigestCache

DEFAULT_MODEL = "all-MiniLM-L6-v2"

UPSTREAM_SHA256 = {
    DEFAULT_MODEL: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}
"""SHA-256 of ``model.safetensors`` as sentence-transformers published it, by model name."""

WEIGHTS_FILE = "model.safetensors"

_TITLE = "Embedding model"
_CHOOSE = (
    "Set embedding_model to a packaged name or to the folder of a sentence-transformers model."
)
_DEFINING = {".json", ".txt", ".model", ".safetensors"}
_MAX_HEADER = 100_000_000  # the safetensors format's own limit, in bytes


@dataclass(frozen=True)
class ModelFolder:
    """A sentence-transformers model on disk.

    ``modules`` are the folders of its parts in order, the transformer first; ``expected`` is the
    SHA-256 that the weights must have, None for a model of the user's own.
    """

    name: str
    folder: Path
    modules: tuple[Path, ...]
    expected: str | None
    remedy: str

    @property
    def weights(self) -> Path:
        return self.modules[0] / WEIGHTS_FILE


def locate(name: str) -> ModelFolder:
    """The model called ``name``: a packaged name, or the path of a model's folder.

    A packaged name is looked up as the installed package ``gt-<name>``, which is not imported.
    The default name is never taken for a folder, so a folder cannot stand in for its weights.
    Raises :class:`ModelError` when there is no such model, or its ``modules.json`` is not usable.
    """
    short = name.removeprefix("sentence-transformers/")
    package = "gt_" + re.sub(r"[^a-z0-9]", "_", short.lower())
    distribution = package.replace("_", "-")
    reinstall = f"Reinstall the package: pip install --force-reinstall {distribution}"
    packaged = _packaged_folder(package)
    if packaged is not None:
        modules = _modules(packaged, reinstall)
        return ModelFolder(short, packaged, modules, UPSTREAM_SHA256.get(short), reinstall)
    if short == DEFAULT_MODEL:
        raise ModelError(
            _TITLE, f"the package {distribution} with the weights is not installed", reinstall
        )
    folder = Path(name).expanduser()
    if not _is_folder(folder):
        raise ModelError(_TITLE, f"{name!r} is neither a packaged model nor a folder", _CHOOSE)
    remedy = "Copy the model's folder again, or choose another with embedding_model."
    folder = folder.resolve()
    return ModelFolder(name, folder, _modules(folder, _CHOOSE), None, remedy)


def check_weights(model: ModelFolder, digests: DigestCache, *, fresh: bool = False) -> str:
    """The SHA-256 of the model's weights, computed only where it is not known, or if ``fresh``.

    Raises :class:`ModelError`, naming the file, when it is missing, empty, truncated, not in the
    safetensors format, or not the file that is expected.
    """
    path = model.weights
    try:
        digest = None if fresh else digests.known(path)
        if digest is None:
            _check_form(path, model.remedy)
            digest = digests.sha256(path, fresh=fresh)
    except FileNotFoundError:
        raise ModelError(_TITLE, f"{path} is missing", model.remedy) from None
    except OSError as error:
        raise ModelError(_TITLE, f"{path} cannot be read: {error.strerror}", model.remedy) from None
    if model.expected is not None and digest != model.expected:
        what = f"{path} has SHA-256 {digest}, expected {model.expected}; it is not used"
        raise ModelError(_TITLE, what, model.remedy)
    return digest


def identity(model: ModelFolder, weights: str, digests: DigestCache) -> str:
    """What vectors of this model are kept under: 64 hexadecimal digits.

    For weights that were checked against an upstream digest it is that digest. For a model of the
    user's own it covers the configuration too, since other pooling over the same weights gives
    other vectors. Raises :class:`ModelError` when a file cannot be read.
    """
    if model.expected is not None:
        return weights
    whole = hashlib.sha256(weights.encode())
    try:
        for folder in model.modules:
            for path in sorted(folder.iterdir()):
                if path.suffix in _DEFINING and path.is_file() and path != model.weights:
                    label = path.relative_to(model.folder).as_posix()
                    whole.update(f"{label}:{digests.sha256(path)}\n".encode())
    except OSError as error:
        raise ModelError(_TITLE, f"{error.filename}: {error.strerror}", model.remedy) from None
    return whole.hexdigest()


def _packaged_folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package) if package.isidentifier() else None
    for place in (spec.submodule_search_locations or []) if spec else []:
        return Path(place).resolve() / "model"
    return None


def _modules(folder: Path, remedy: str) -> tuple[Path, ...]:
    path = folder / "modules.json"
    try:
        entries = json.loads(path.read_bytes())
        modules = tuple((folder / entry["path"]).resolve() for entry in entries)
    except FileNotFoundError:
        raise ModelError(_TITLE, f"{path} is missing", remedy) from None
    except OSError as error:
        raise ModelError(_TITLE, f"{path} cannot be read: {error.strerror}", remedy) from None
    except (ValueError, TypeError, KeyError):
        raise ModelError(_TITLE, f"{path} is not a list of modules", remedy) from None
    root = folder.resolve()
    if not modules or not all(module.is_relative_to(root) for module in modules):
        raise ModelError(_TITLE, f"{path} names no module inside its folder", remedy)
    # A module without settings of its own (such as normalisation) may come without a folder.
    return tuple(module for module in modules if module == modules[0] or _is_folder(module))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long for the file system
        return False


def _check_form(path: Path, remedy: str) -> None:
    """Name plain damage before the digest does, from the sizes that the file's header declares.

    The format: eight bytes of header length, the header in JSON, then the tensors' bytes
    (https://huggingface.co/docs/safetensors).
    """
    size = path.stat().st_size
    if size == 0:
        raise ModelError(_TITLE, f"{path} is empty", remedy)
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header: Any = json.loads(file.read(length)) if length <= _MAX_HEADER else None
        ends = [v["data_offsets"][1] for k, v in header.items() if k != "__metadata__"]
        declared = 8 + length + max(ends)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise ModelError(_TITLE, f"{path} is not a safetensors file", remedy) from None
    if size < declared:
        raise ModelError(
            _TITLE, f"{path} is truncated: {size:,} of {declared:,} bytes", remedy
        ) from None
