"""Tunes the model's last layers to tell classes of text apart; for ``signs_fit`` and ``kinds_fit``.

The layers after the first :data:`~coach.models.manifest.EARLY_LAYERS` learn with a linear read-out
of the mean of a text's tokens, or of those of a part of it, earlier ones more slowly than later
ones (Howard and Ruder, 2018). What is kept is a moving average of the weights (Izmailov et al.,
2018), which moved least between seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.models.fine_tuned import SHARPNESS
from coach.models.manifest import EARLY_LAYERS
from coach.models.weights import locate

_BATCH = 32
_READ_OUT_RATE = 2e-3
_AVERAGED = 0.99
PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """How it is learnt: ``slower`` is the rate of a layer to that of the next, ``balance`` how far
    rare classes count as much as common ones (0 not at all, 1 wholly)."""

    epochs: int
    rate: float
    slower: float
    balance: float


@dataclass(frozen=True)
class Encoded:
    """Texts as tokens, and which of these are read out: all of them, or those of a part."""

    tokens: list[list[int]]
    read: list[list[float]]


Encode = Callable[[Rows, np.random.Generator], Encoded]
"""The texts of some rows, as they are learnt this time."""


def tokenizer() -> Any:
    """The model's own."""
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(locate("all-MiniLM-L6-v2").modules[0]))


class Tuned:
    """Layers that learn; :meth:`learn` them, then :meth:`scores` or :meth:`parts`."""

    def __init__(self, classes: int, seed: int = 1) -> None:
        import torch
        from transformers import AutoModel

        torch.manual_seed(seed)
        folder = str(locate("all-MiniLM-L6-v2").modules[0])
        self._model = AutoModel.from_pretrained(folder, attn_implementation="sdpa").eval()
        layers = self._model.encoder.layer
        self._early, late = layers[:EARLY_LAYERS], layers[EARLY_LAYERS:]
        for layer in late:
            # What numpy has; the two differ by a thousandth.
            layer.intermediate.intermediate_act_fn = torch.nn.GELU(approximate="tanh")
        read_out = torch.nn.Linear(self._model.config.hidden_size, classes)
        self._learnt: Any = torch.nn.ModuleDict({"late": late, "read_out": read_out})
        self.layers = len(late)
        self._random = np.random.default_rng(seed)

    def learn(
        self, labels: Sequence[int], lengths: Sequence[int], encode: Encode, recipe: Recipe
    ) -> None:
        """Learn ``labels``, one a row; rows of about the same of ``lengths`` are learnt together."""
        import torch
        from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

        wanted = np.asarray(labels)
        counts = np.bincount(wanted, minlength=self._learnt["read_out"].out_features)
        weights = (len(wanted) / len(counts) / np.maximum(counts, 1)) ** recipe.balance
        loss_of = torch.nn.CrossEntropyLoss(
            torch.tensor(weights, dtype=torch.float32), label_smoothing=0.05
        )
        average = AveragedModel(self._learnt, multi_avg_fn=get_ema_multi_avg_fn(_AVERAGED))
        optimizer = self._optimizer(recipe)
        steps = recipe.epochs * (len(wanted) // _BATCH + 9)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1, (step + 1) / 60) * max(0.02, 1 - step / steps)
        )
        self._learnt.train()
        for epoch in range(recipe.epochs):
            total = []
            for rows in self._batches(np.asarray(lengths)):
                loss = loss_of(
                    self._forward(encode(rows, self._random)), torch.tensor(wanted[rows])
                )
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self._learnt.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                average.update_parameters(self._learnt)
                total.append(float(loss.detach()))
            print(f"epoch {epoch + 1} of {recipe.epochs}: loss {np.mean(total):.3f}", flush=True)
        self._learnt = average.module

    def log_chances(self, encoded: Encoded) -> NDArray[np.float64]:
        """How likely each class is, as logarithms: shape (texts, classes)."""
        import torch

        self._learnt.eval()
        with torch.no_grad():
            found: NDArray[np.float64] = (
                torch.log_softmax(self._forward(encoded), 1).double().numpy()
            )
        return found

    def parts(self) -> dict[str, Any]:
        """The weights under the names of :class:`coach.models.fine_tuned.FineTuned`."""
        kept = {name: value.detach().numpy() for name, value in self._learnt.state_dict().items()}
        named = {
            f"{place}.{name}.{kind}": kept[f"late.{place}.{part}.{kind}"]
            for place in range(self.layers)
            for name, part in PARTS.items()
            for kind in ("weight", "bias")
        }
        out = {f"read_out.{kind}": kept[f"read_out.{kind}"] for kind in ("weight", "bias")}
        return named | out

    def _optimizer(self, recipe: Recipe) -> Any:
        import torch

        late, read_out = self._learnt["late"], self._learnt["read_out"]
        groups = [
            {"params": layer.parameters(), "lr": recipe.rate * recipe.slower**above}
            for above, layer in enumerate(reversed(late))
        ]
        groups.append({"params": read_out.parameters(), "lr": _READ_OUT_RATE})
        return torch.optim.AdamW(groups, weight_decay=0.02)

    def _batches(self, lengths: Rows) -> Iterator[Rows]:
        """Rows of about the same length, each row once."""
        rows = self._random.permutation(len(lengths))
        some: list[Rows] = []
        for chunk in np.array_split(rows, len(rows) // 1024 + 1):
            ordered = chunk[np.argsort(lengths[chunk])]
            some += [ordered[at : at + _BATCH] for at in range(0, len(ordered), _BATCH)]
        self._random.shuffle(some)  # type: ignore[arg-type]  # a list of arrays of many lengths
        yield from some

    def _forward(self, encoded: Encoded) -> Any:
        import torch

        width = max(map(len, encoded.tokens))
        tokens, seen, read = (
            torch.tensor([[*row, *[0] * (width - len(row))] for row in table])
            for table in (encoded.tokens, [[1] * len(row) for row in encoded.tokens], encoded.read)
        )
        mask = seen[:, None, None, :] > 0
        with torch.no_grad():
            states = self._model.embeddings(tokens)
            for layer in self._early:
                states = _first(layer(states, mask))
        for layer in self._learnt["late"]:
            states = _first(layer(states, mask))
        read = read.to(torch.float32)
        pooled = (states * read[..., None]).sum(1) / read.sum(1, keepdim=True)
        dense = torch.nn.functional.normalize(pooled, dim=1) * SHARPNESS
        dense = torch.nn.functional.dropout(dense, 0.2, training=self._learnt.training)
        return self._learnt["read_out"](dense)


def _first(found: Any) -> Any:
    return found[0] if isinstance(found, tuple) else found
