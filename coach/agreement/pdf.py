"""A PDF in whatever letters its text needs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "letters"
"""The family that everything is set in, plain and bold."""


def pdf_of(text: str, draw: Callable[[FPDF], None]) -> bytes:
    """The document that ``draw`` makes of an empty A4 one; ``text`` is every word on it."""
    from fpdf import FPDF

    from coach.agreement.fonts import cut, fonts_for

    pdf = FPDF(format="A4")
    with tempfile.TemporaryDirectory(prefix="coach-pdf-") as folder:
        base, *others = fonts_for(text)
        pdf.add_font(FONT, "", cut(base, text, 400, Path(folder)))
        pdf.add_font(FONT, "B", cut(base, text, 700, Path(folder)))
        # What is bold is ours, in Latin letters; what people wrote is not.
        fallbacks = [f"letters{number}" for number in range(len(others))]
        for family, path in zip(fallbacks, others, strict=True):
            pdf.add_font(family, "", cut(path, text, 400, Path(folder)))
        pdf.set_fallback_fonts(fallbacks, exact_match=False)
        pdf.set_text_shaping(use_shaping_engine=True)
        draw(pdf)
        return bytes(pdf.output())
