"""The embedding model's last layers, fine-tuned to tell classes of text apart, run with numpy.

The layers are those of BERT (Devlin et al., 2019) with their norm after each part. They start from
the states that the unchanged first layers give (:data:`coach.models.manifest.EARLY`), so a text is
run through those once, for its vector and for this. Weights are kept as whole numbers of a step of
their own for each output, a byte each: scores move by less than the choice of a seed does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from coach.errors import ContentError

Array = NDArray[np.float32]

HEADS = 12
_EPSILON = 1e-12
_SLOPE = np.float32(np.sqrt(2 / np.pi))
SHARPNESS = 12.0
"""Vectors of unit length are multiplied by this before they are read out; so they were trained."""


class _Layer(NamedTuple):
    """Weights of shape (outputs, inputs) and their biases, norms as gain and bias."""

    query: tuple[Array, Array]
    key: tuple[Array, Array]
    value: tuple[Array, Array]
    attended: tuple[Array, Array]
    attended_norm: tuple[Array, Array]
    wide: tuple[Array, Array]
    narrow: tuple[Array, Array]
    norm: tuple[Array, Array]


class FineTuned:
    """Reads classes from a text's early states; ``digest`` names the model that it was tuned from.

    Raises :class:`ContentError` for a file that cannot be read.
    """

    def __init__(self, file: Path) -> None:
        try:
            with np.load(file, allow_pickle=False) as kept:
                self.digest = kept["model"].tobytes().decode()
                count = int(kept["layers"])
                self._layers = [_layer(kept, f"{place}.") for place in range(count)]
                self._read_out = _pair(kept, "read_out")
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise ContentError(file, 1, f"the tuned layers cannot be read: {error}") from None

    def probabilities(self, states: Array) -> Array:
        """How likely each class is, shape (classes,), for ``states`` of shape (tokens, width)."""
        return _softmax(_apply(self._read_out, self.vector(states) * SHARPNESS))

    def log_chances(self, states: Array, parts: Sequence[Sequence[int]]) -> Array:
        """How likely each class is for each of ``parts``, which name tokens of ``states``: the
        logarithms, shape (parts, classes). A part of no token counts as the whole."""
        states = self._through(states)
        dense = np.stack([_unit(states[list(part) or slice(None)]) for part in parts]) * SHARPNESS
        return np.asarray(np.log(_softmax(_apply(self._read_out, dense))))

    def vector(self, states: Array) -> Array:
        """What the layers make of ``states``: the mean of the tokens, of unit length."""
        return _unit(self._through(states))

    def _through(self, states: Array) -> Array:
        for layer in self._layers:
            states = _run(layer, states)
        return states


def pack(parts: Mapping[str, Array], digest: str, layers: int) -> dict[str, NDArray[Any]]:
    """The arrays of a file for :class:`FineTuned`: matrices in steps, the rest as they are."""
    packed: dict[str, NDArray[Any]] = {
        "model": np.frombuffer(digest.encode(), np.uint8),
        "layers": np.asarray(layers),
    }
    for name, part in parts.items():
        if part.ndim == 2:
            step = np.abs(part).max(axis=1, keepdims=True) / 127
            packed[name] = np.rint(part / step).astype(np.int8)
            packed[f"{name}.step"] = step.astype(np.float32)
        else:
            packed[name] = part.astype(np.float32)
    return packed


def _pair(kept: Mapping[str, NDArray[Any]], name: str) -> tuple[Array, Array]:
    weight = kept[f"{name}.weight"]
    if weight.ndim == 2:
        weight = weight * kept[f"{name}.weight.step"]
    return weight, kept[f"{name}.bias"]


def _layer(kept: Mapping[str, NDArray[Any]], prefix: str) -> _Layer:
    return _Layer(*(_pair(kept, prefix + name) for name in _Layer._fields))


def _run(layer: _Layer, states: Array) -> Array:
    tokens, width = states.shape
    split = (tokens, HEADS, width // HEADS)
    query, key, value = (
        _apply(part, states).reshape(split).transpose(1, 0, 2)
        for part in (layer.query, layer.key, layer.value)
    )
    looks = _softmax(query @ key.transpose(0, 2, 1) * np.float32(split[2] ** -0.5))
    seen = (looks @ value).transpose(1, 0, 2).reshape(tokens, width)
    states = _norm(layer.attended_norm, states + _apply(layer.attended, seen))
    inner = _gelu(_apply(layer.wide, states))
    return _norm(layer.norm, states + _apply(layer.narrow, inner))


def _unit(states: Array) -> Array:
    pooled = states.mean(axis=0)
    return np.asarray(pooled / np.linalg.norm(pooled))


def _apply(part: tuple[Array, Array], x: Array) -> Array:
    return x @ part[0].T + part[1]


def _softmax(x: Array) -> Array:
    found = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(found / found.sum(axis=-1, keepdims=True))


def _gelu(x: Array) -> Array:
    """By the hyperbolic tangent (Hendrycks and Gimpel, 2016), as it was trained."""
    cubed = np.float32(0.044715) * x * x * x
    return np.asarray(np.float32(0.5) * x * (1 + np.tanh(_SLOPE * (x + cubed))))


def _norm(part: tuple[Array, Array], x: Array) -> Array:
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
    return np.asarray(centred / spread * part[0] + part[1])
