"""Taking sentences out of texts, and keeping track of where the rest has gone. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from coach.text import sentence_spans

MARK = "[…]"
"""Stands where something was taken out."""

Span = tuple[int, int]

_SHORTEST = 8
_SHORT_LINE = 50
_LINE_START = re.compile(r"[\s>]*(?:[-*•\d]|[^\W\d_a-z])")


def find(text: str, needles: Iterable[str]) -> list[Span]:
    """Where any of ``needles`` occurs in ``text``, whatever the case and the white space.

    Needles of fewer than eight characters are passed over: they would be found by chance.
    """
    spans = []
    for needle in needles:
        if len(needle.strip()) >= _SHORTEST:
            pattern = r"\s+".join(re.escape(word) for word in needle.split())
            spans += [m.span() for m in re.finditer(pattern, text, re.IGNORECASE)]
    return spans


def widen(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences that ``spans`` touch, in order and without overlap."""
    touched = [s for s in _lines(text) if any(overlap(s, span) for span in spans)]
    merged: list[Span] = []
    for start, end in sorted([*touched, *spans]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def cut(text: str, spans: Sequence[Span]) -> str:
    """``text`` with :data:`MARK` in the place of each of the ``spans`` (as :func:`widen` gives)."""
    for start, end in reversed(spans):
        text = text[:start] + MARK + text[end:]
    return text


def moved(span: Span, spans: Sequence[Span]) -> Span | None:
    """Where ``span`` is after ``spans`` were cut; None when a part of it is gone."""
    if any(overlap(span, gone) for gone in spans):
        return None
    shift = sum(len(MARK) - (end - start) for start, end in spans if end <= span[0])
    return span[0] + shift, span[1] + shift


def redact(text: str, needles: Iterable[str]) -> str:
    """``text`` without the sentences that hold one of ``needles``."""
    return cut(text, widen(text, find(text, needles)))


def redact_value(value: Any, needles: Sequence[str]) -> Any:
    """A JSON value with :func:`redact` done to every string in it, keys too."""
    if isinstance(value, str):
        return redact(value, needles)
    if isinstance(value, list):
        return [redact_value(each, needles) for each in value]
    if isinstance(value, dict):
        return {redact(k, needles): redact_value(v, needles) for k, v in value.items()}
    return value


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def _lines(text: str) -> list[Span]:
    """Sentences, cut further where a new line is a new thought and not a wrapped one."""
    pieces = []
    for start, end in sentence_spans(text):
        begin = start
        for match in re.finditer("\n", text[start:end]):
            at = start + match.start()
            line = at - (text.rfind("\n", 0, at) + 1)
            if line < _SHORT_LINE or _LINE_START.match(text, at + 1, end):
                pieces.append((begin, at))
                begin = at + 1
        pieces.append((begin, end))
    return pieces
