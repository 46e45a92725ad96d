"""A page before a session as a file to print: Markdown, or a PDF with boxes to tick."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.agreement.pdf import FONT, pdf_of
from coach.errors import UsageError

if TYPE_CHECKING:
    from fpdf import FPDF

_BOX = 3.2
"""Millimetres that a box to tick is wide."""
_GREY = (100, 100, 100)
_ITEM = re.compile(r"^- (?:\[[ x]\] )?")
_SLANTED = re.compile(r"\*(\([^*]+\)|[^*]+)\*")


def printed(page: str, ending: str) -> bytes:
    """The page (Markdown) as the content of a file with that ending, ".md" or ".pdf".

    Raises :class:`UsageError` for another ending.
    """
    if ending.lower() == ".md":
        return page.encode("utf-8")
    if ending.lower() == ".pdf":
        return pdf_of(page, lambda pdf: _draw(pdf, page))
    raise UsageError("Print", f"I cannot write {ending or 'without an ending'}", "Use .md or .pdf.")


def _draw(pdf: FPDF, page: str) -> None:
    pdf.set_margins(18, 12)
    pdf.set_auto_page_break(auto=True, margin=10)
    pdf.add_page()
    for line in page.splitlines():
        plain = _SLANTED.sub(r"\1", line)
        if not line.strip():
            pdf.ln(1.6)
        elif line.startswith("# "):
            _write(pdf, line[2:], size=15, bold=True)
        elif line.startswith("**") and line.endswith("**"):
            _write(pdf, line.strip("*"), size=10, bold=True)
        elif line.startswith("- "):
            _box(pdf, ticked=line.startswith("- [x]"))
            _write(pdf, _ITEM.sub("", plain), indent=_BOX + 2)
        elif line.startswith("  "):
            pdf.set_text_color(*_GREY)
            _write(pdf, plain.strip(), indent=_BOX + 2, size=8)
            pdf.set_text_color(0)
        else:
            _write(pdf, plain)


def _write(pdf: FPDF, text: str, *, indent: float = 0, size: float = 9, bold: bool = False) -> None:
    pdf.set_font(FONT, "B" if bold else "", size)
    pdf.set_x(pdf.l_margin + indent)
    pdf.multi_cell(0, size * 0.45, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _box(pdf: FPDF, *, ticked: bool) -> None:
    if pdf.will_page_break(6):
        pdf.add_page()
    left, top = pdf.l_margin, pdf.get_y() + 0.5
    pdf.rect(left, top, _BOX, _BOX)
    if ticked:
        pdf.line(left, top, left + _BOX, top + _BOX)
        pdf.line(left, top + _BOX, left + _BOX, top)
