"""The layers that numpy runs, against the embedding model's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.conversation.safety.reader import layers_file
from coach.errors import ContentError
from coach.memory.noticing import kind_model
from coach.models.comparing import Comparer
from coach.models.embedder import load_embedder
from coach.models.fine_tuned import FineTuned, pack
from coach.models.manifest import EARLY_LAYERS
from coach.models.onnx_embedder import OnnxEmbedder
from coach.models.weights import DEFAULT_MODEL, UPSTREAM_SHA256, locate
from coach.paths import Places
from tests.evals.layers_fit import PARTS
from tests.fakes import FakeEmbedder

pytestmark = pytest.mark.real

TEXTS = ["My mentee cancels at the last minute.", "", "naïve café 👍🏾", "We meet again. " * 40]


@pytest.fixture(scope="module")
def embedder(model_cache: Path) -> OnnxEmbedder:
    return load_embedder(Places(home=model_cache, cache=model_cache), DEFAULT_MODEL)


def untuned(file: Path) -> FineTuned:
    """The model's own last layers in a file of the shipped kind; the read-out is not used."""
    from safetensors.numpy import load_file

    weights = load_file(locate(DEFAULT_MODEL).weights)
    layers = 6 - EARLY_LAYERS
    parts = {
        f"{place}.{name}.{kind}": weights[f"encoder.layer.{EARLY_LAYERS + place}.{part}.{kind}"]
        for place in range(layers)
        for name, part in PARTS.items()
        for kind in ("weight", "bias")
    }
    parts |= {"read_out.weight": np.eye(9, 384, dtype=np.float32), "read_out.bias": np.zeros(9)}
    np.savez(file, **pack(parts, "model", layers))
    return FineTuned(file)


def test_the_models_own_layers_give_the_models_own_vectors(
    embedder: OnnxEmbedder, tmp_path: Path
) -> None:
    layers = untuned(tmp_path / "layers.npz")
    for text in TEXTS:
        vector, early = embedder.embed_with_early(text)
        assert early is not None
        assert np.array_equal(vector, embedder.embed([text])[0])
        # A byte a weight: nearer than any two texts that mean the same.
        assert float(layers.vector(early.states) @ vector) > 0.995
        likely = layers.probabilities(early.states)
        assert likely.shape == (9,)
        assert np.isclose(likely.sum(), 1, atol=1e-5)


def test_parts_of_a_text_are_read_by_their_own_tokens(
    embedder: OnnxEmbedder, tmp_path: Path
) -> None:
    layers = untuned(tmp_path / "layers.npz")
    _, early = embedder.embed_with_early("Rosa fears the vote, naïvely 👍🏾.")
    assert early is not None
    assert len(early.states) == len(early.characters)
    everything = range(len(early.states))
    rows = layers.log_chances(early.states, [everything, [], [2, 3], [4]])
    np.testing.assert_allclose(rows[0], np.log(layers.probabilities(early.states)), atol=1e-5)
    np.testing.assert_array_equal(rows[0], rows[1])
    assert not np.allclose(rows[2], rows[3])
    np.testing.assert_allclose(np.exp(rows).sum(axis=1), 1, atol=1e-5)


def test_a_clause_is_read_in_its_sentence(embedder: OnnxEmbedder) -> None:
    labels = kind_model.weights().labels
    read = Comparer(embedder, embedder.embed, [], FineTuned(kind_model.layers_file()))
    text = "She has her viva on 3 June and I promised to send her my old slides"
    rows = read.log_chances(text, [(0, 26), (31, len(text))])
    assert rows is not None
    assert [labels[place] for place in rows.argmax(axis=1)] == ["event", "commitment"]


def test_the_layers_that_read_clauses_stand_back_for_another_model() -> None:
    read = Comparer(FakeEmbedder(), FakeEmbedder().embed, [], FineTuned(kind_model.layers_file()))
    assert read.log_chances("She sits her exam.", [(0, 18)]) is None


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "layers.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ContentError, match="tuned layers"):
        FineTuned(file)


def test_the_layers_that_ship_are_of_the_model_that_ships() -> None:
    for file in (layers_file(), kind_model.layers_file()):
        assert FineTuned(file).digest == UPSTREAM_SHA256[DEFAULT_MODEL]
