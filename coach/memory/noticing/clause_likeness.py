"""What the clauses of a text are like: to the examples, and to other texts, each embedded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from coach.memory.noticing.kind_model import weights
from coach.memory.noticing.nearest import Likeness, ReadsClauses, Similarity, composed, likenesses
from coach.memory.noticing.segments import Clause, Segments

_AROUND = ' "“”,'


def joined(clause: Clause) -> int:
    """How many characters of joining words ("and", "but") the quote does without."""
    return len(clause.joiner)


def bare(clause: Clause) -> str:
    """The words of ``clause`` as they are compared: no joining word, no marks around them."""
    return clause.text[joined(clause) :].strip(_AROUND)


def likened(
    text: str, clauses: Sequence[Clause], similarity: Similarity | None
) -> dict[Clause, Likeness]:
    """What each clause is like by the examples; nothing without a similarity.

    Each text costs an embedding: what is asked of the assistant is never compared.
    """
    if similarity is None:
        return {}
    sentences = [text[slice(*c.span)].strip(_AROUND) for c in clauses]
    found = dict(
        zip(clauses, likenesses([bare(c) for c in clauses], sentences, similarity), strict=True)
    )
    if isinstance(similarity, ReadsClauses):
        for clause, tuned in _tuned(text, clauses, similarity).items():
            found[clause] = replace(found[clause], tuned=tuned)
    return found


def _tuned(
    text: str, clauses: Sequence[Clause], reader: ReadsClauses
) -> dict[Clause, dict[str, float]]:
    """How likely each clause is of each kind, read in its sentence; equal sentences once."""
    sentences: dict[tuple[int, int], list[Clause]] = {}
    for clause in clauses:
        sentences.setdefault(clause.span, []).append(clause)
    log_chances = cache(reader.log_chances)
    found: dict[Clause, dict[str, float]] = {}
    for (first, last), inside in sentences.items():
        spans = tuple((c.start - first, c.end - first) for c in inside)
        rows = log_chances(text[first:last], spans)
        if rows is not None:
            labels = weights().labels
            found |= {
                clause: dict(zip(labels, row.tolist(), strict=True))
                for clause, row in zip(inside, rows, strict=True)
            }
    return found


def as_compared(text: str, segments: Segments, similarity: Similarity) -> Similarity:
    """``similarity`` for the clauses and sentences of ``text`` without another embedding of them.

    Clauses go by the words they were read in, a sentence of several by its clauses. Equal texts
    are compared once: of a line that is pasted thousands of times each would else be compared
    with the clauses of all.
    """
    known = {clause.text: bare(clause) for clause in segments.clauses}
    spans: dict[str, tuple[int, int]] = {}
    parts: dict[str, list[str]] = {}
    for clause in segments.clauses:
        sentence = text[slice(*clause.span)]
        if spans.setdefault(sentence, clause.span) == clause.span:
            parts.setdefault(sentence, []).append(bare(clause))

    def compare(texts: list[str], others: list[str]) -> NDArray[np.float32]:
        rows = {one: row for row, one in enumerate(dict.fromkeys(texts))}
        inside = [parts.get(one) or [known.get(one, one)] for one in rows]
        flat = [part for each in inside for part in each]
        whole = [str(n) for n, each in enumerate(inside) for _ in each]
        firsts = np.cumsum([0, *map(len, inside)])[:-1]
        near = np.asarray(similarity(flat, others), dtype=np.float64)
        found = composed(near, flat, whole, similarity)[firsts]
        return np.asarray(found[[rows[one] for one in texts]], dtype=np.float32)

    return compare
