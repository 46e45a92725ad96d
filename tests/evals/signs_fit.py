"""Tunes the model's last layers on the signs of trouble: ``python -m tests.evals.signs_fit``.

To be run after ``knowledge/safety-examples.toml`` has changed (five minutes on two quiet cores); makes
``knowledge/sign-layers.npz`` and changes no other file. ``--without SET ...`` leaves out the messages
of those sets of ``tests/evals/safety`` and writes to ``--to`` instead, so as to measure what
strangers would get.

The layers after the first :data:`~coach.models.manifest.EARLY_LAYERS` learn with a linear read-out
of the mean of their tokens, earlier ones more slowly than later ones (Howard and Ruder, 2018). What
is kept is a moving average of the weights (Izmailov et al., 2018), which moved least between seeds.
Every seventh batch is learnt in the midst of ordinary sentences, as a sign is in session notes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.workspace import warm_coach
from coach.conversation.safety.reader import examples_path, layers_file, safety_examples, training
from coach.models.fine_tuned import SHARPNESS, pack
from coach.models.manifest import EARLY_LAYERS
from coach.models.weights import locate

_EPOCHS = 5
_RATE, _SLOWER, _READ_OUT_RATE = 1.5e-4, 0.85, 2e-3
_BATCH = 32
_AVERAGED = 0.99
_IN_NOTES = 0.15
_SETS = Path(__file__).parent / "safety"
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


class Notes:
    """The texts as tokens, now and then in the midst of ordinary sentences."""

    def __init__(self, texts: Sequence[str], labels: Sequence[int], tokenizer: Any) -> None:
        self._texts, self._tokenizer = texts, tokenizer
        self.labels = np.asarray(labels)
        self.lengths = np.asarray([len(ids) for ids in self._tokens(texts)])
        self._plain = [
            _ended(text)
            for text, label in zip(texts, labels, strict=True)
            if label == 0 and 5 <= len(text.split()) <= 22
        ]

    def batches(self, random: np.random.Generator) -> Iterator[tuple[np.ndarray, list[list[int]]]]:
        """Rows of about the same length with their tokens, each row once."""
        rows = random.permutation(len(self._texts))
        some = []
        for chunk in np.array_split(rows, len(rows) // 1024 + 1):
            ordered = chunk[np.argsort(self.lengths[chunk])]
            some += [ordered[at : at + _BATCH] for at in range(0, len(ordered), _BATCH)]
        random.shuffle(some)
        for batch in some:
            texts = [self._texts[row] for row in batch]
            if random.random() < _IN_NOTES and self.lengths[batch].max() < 40:
                texts = [self._amid(text, random) for text in texts]
            yield batch, self._tokens(texts)

    def _amid(self, text: str, random: np.random.Generator) -> str:
        around = list(random.choice(self._plain, int(random.integers(1, 4))))
        around.insert(int(random.integers(0, len(around) + 1)), _ended(text))
        return " ".join(around)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = self._tokenizer(list(texts), truncation=True, max_length=192)[
            "input_ids"
        ]
        return found


def tuned(texts: Sequence[str], labels: Sequence[int], seed: int = 1) -> tuple[dict[str, Any], int]:
    """The weights under the names of :class:`coach.models.fine_tuned.FineTuned`, and the layers."""
    import torch
    from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(seed)
    folder = str(locate("all-MiniLM-L6-v2").modules[0])
    model = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
    notes = Notes(texts, labels, AutoTokenizer.from_pretrained(folder))
    classes = int(notes.labels.max()) + 1
    early, late = model.encoder.layer[:EARLY_LAYERS], model.encoder.layer[EARLY_LAYERS:]
    for layer in late:
        # What numpy has; the two differ by a thousandth.
        layer.intermediate.intermediate_act_fn = torch.nn.GELU(approximate="tanh")
    read_out = torch.nn.Linear(model.config.hidden_size, classes)
    learning = torch.nn.ModuleDict({"late": late, "read_out": read_out})
    average = AveragedModel(learning, multi_avg_fn=get_ema_multi_avg_fn(_AVERAGED))

    def first(found: Any) -> Any:
        return found if torch.is_tensor(found) else found[0]

    def scores(ids: list[list[int]]) -> Any:
        width = max(map(len, ids))
        tokens = torch.tensor([[*row, *[0] * (width - len(row))] for row in ids])
        seen = torch.tensor([[1.0] * len(row) + [0.0] * (width - len(row)) for row in ids])
        mask = seen[:, None, None, :] > 0
        with torch.no_grad():
            states = model.embeddings(tokens)
            for layer in early:
                states = first(layer(states, mask))
        for layer in late:
            states = first(layer(states, mask))
        pooled = (states * seen[..., None]).sum(1) / seen.sum(1, keepdim=True)
        dense = torch.nn.functional.normalize(pooled, dim=1) * SHARPNESS
        return read_out(torch.nn.functional.dropout(dense, 0.2, training=late.training))

    weights = (len(texts) / classes / np.bincount(notes.labels, minlength=classes)) ** 0.4
    loss_of = torch.nn.CrossEntropyLoss(
        torch.tensor(weights, dtype=torch.float32), label_smoothing=0.05
    )
    rates = [_RATE * _SLOWER ** (len(late) - 1 - place) for place in range(len(late))]
    optimizer = torch.optim.AdamW(
        [
            *({"params": layer.parameters(), "lr": rate} for layer, rate in zip(late, rates, strict=True)),
            {"params": read_out.parameters(), "lr": _READ_OUT_RATE},
        ],
        weight_decay=0.02,
    )  # fmt: skip
    steps = _EPOCHS * (len(texts) // _BATCH + 9)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / 60) * max(0.02, 1 - step / steps)
    )
    random = np.random.default_rng(seed)
    model.eval()
    late.train()
    for epoch in range(_EPOCHS):
        total = []
        for rows, ids in notes.batches(random):
            loss = loss_of(scores(ids), torch.tensor(notes.labels[rows]))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learning.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(learning)
            total.append(float(loss.detach()))
        print(f"epoch {epoch + 1} of {_EPOCHS}: loss {np.mean(total):.3f}", flush=True)
    return _named(average.module, len(late)), len(late)


def _named(learnt: Any, count: int) -> dict[str, Any]:
    kept = {name: value.detach().numpy() for name, value in learnt.state_dict().items()}
    named = {
        f"{place}.{name}.{kind}": kept[f"late.{place}.{part}.{kind}"]
        for place in range(count)
        for name, part in PARTS.items()
        for kind in ("weight", "bias")
    }
    return {
        **named,
        **{f"read_out.{kind}": kept[f"read_out.{kind}"] for kind in ("weight", "bias")},
    }


def _ended(text: str) -> str:
    text = text.strip()
    return text if text[-1:] in ".?!" else f"{text}."


def _without(texts: list[str], labels: list[int], sets: list[str]) -> tuple[list[str], list[int]]:
    left_out = {
        json.loads(line)["text"]
        for name in sets
        for line in (_SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    }
    kept = [
        (text, label) for text, label in zip(texts, labels, strict=True) if text not in left_out
    ]
    return [text for text, _ in kept], [label for _, label in kept]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--to", type=Path, default=layers_file())
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.without and given.to == layers_file():
        parser.error("layers that lack some examples do not ship: give --to")
    with warm_coach() as coach:
        texts, labels = training(coach.library, safety_examples(examples_path()))
        embedder = coach.embedder()
        assert embedder
    parts, layers = tuned(*_without(texts, labels, given.without), seed=given.seed)
    np.savez_compressed(given.to, **pack(parts, embedder.digest, layers))
    print(f"{given.to}: {given.to.stat().st_size} bytes")


if __name__ == "__main__":
    main()
