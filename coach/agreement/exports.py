"""The sheet as a file: Markdown, DOCX or PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coach.agreement.pdf import FONT
from coach.agreement.sheet import CLOSING, HEADS, LINES, Sheet, markdown
from coach.errors import CoachError, UsageError

if TYPE_CHECKING:
    from docx.table import Table
    from fpdf import FPDF

_GREY = (110, 110, 110)
_LINE = (190, 190, 190)
_SHADE = (238, 241, 244)
_SIGNATURES = 42
"""Height of the table to sign in, in mm."""


def write(page: Sheet, file: Path) -> None:
    """Write the sheet to ``file``, by its ending: .md, .docx or .pdf.

    Raises :class:`UsageError` for another ending, :class:`CoachError` when it cannot be written.
    """
    make = _MAKERS.get(file.suffix.lower())
    if make is None:
        raise UsageError(
            "Export", f"{file.name} has no ending that I can write", "Use .md, .docx or .pdf."
        )
    content = make(page)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CoachError(
            "Export", f"{file} cannot be written: {error.strerror}", "Choose another place."
        ) from None


def _markdown(page: Sheet) -> bytes:
    return markdown(page).encode("utf-8")


def _docx(page: Sheet) -> bytes:
    from io import BytesIO

    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(page.title, 0)
    for role, name in page.people:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{role}: ").bold = True
        line.add_run(name or "_" * 28)
    document.add_paragraph(f"{page.made}.").runs[0].italic = True
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in page.rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(row.title).bold = True
        run = cells[1].paragraphs[0].add_run("\n".join(row.lines))
        run.italic = not row.settled
        cells[2].text = row.since
    _set_widths(table, 4.2, 8.4, 4)
    blank = "" if page.review.endswith(".") else f" {'_' * 20}"
    document.add_paragraph()
    document.add_paragraph(page.review + blank).runs[0].bold = True
    document.add_paragraph(CLOSING)
    signing = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, head in zip(signing.rows[0].cells, ("", *LINES), strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for role, name in page.people:
        line_cells = signing.add_row().cells
        line_cells[0].text, line_cells[1].text = role, name
    for each in signing.rows[1:]:
        each.height = Cm(1.2)
    _set_widths(signing, 2.6, 4.6, 6, 3.4)
    out = BytesIO()
    document.core_properties.title = page.title
    document.core_properties.author = ""
    document.save(out)
    return out.getvalue()


def _set_widths(table: Table, *widths: float) -> None:
    """Give the columns of a table these widths in cm, and each row some air.

    Word goes by the cells, LibreOffice by the columns, and neither while the table fits itself.
    """
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm, Pt

    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = Pt(2)
                paragraph.paragraph_format.space_after = Pt(2)


def _pdf(page: Sheet) -> bytes:
    from coach.agreement.pdf import pdf_of

    return pdf_of(page.text + "0123456789/:_", lambda pdf: _draw(pdf, page))


def _draw(pdf: FPDF, page: Sheet) -> None:
    from fpdf.enums import TableBordersLayout
    from fpdf.fonts import FontFace

    pdf.set_title(page.title)
    pdf.set_margins(20, 20)
    pdf.set_auto_page_break(auto=True, margin=18)
    pdf.add_page()
    pdf.set_draw_color(*_LINE)
    pdf.set_font(FONT, "B", 20)
    pdf.cell(0, 12, page.title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FONT, size=11)
    for role, name in page.people:
        pdf.multi_cell(
            0, 6.5, f"{role}: {name or '_' * 28}", align="L", new_x="LMARGIN", new_y="NEXT"
        )
    pdf.set_font(FONT, size=9)
    pdf.set_text_color(*_GREY)
    pdf.cell(0, 7, f"{page.made}.", new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.ln(2)
    pdf.set_font(FONT, size=10)
    heading = FontFace(emphasis="B", fill_color=_SHADE)
    looks = {"line_height": 5.5, "padding": 1.5, "headings_style": heading, "text_align": "L"}
    with pdf.table(
        col_widths=(38, 96, 36), borders_layout=TableBordersLayout.ALL, **looks
    ) as table:
        table.row(HEADS)
        for row in page.rows:
            line = table.row()
            line.cell(row.title, style=FontFace(emphasis="B"))
            line.cell("\n".join(row.lines), style=None if row.settled else FontFace(color=_GREY))
            line.cell(row.since)
    pdf.ln(5)
    blank = "" if page.review.endswith(".") else f" {'_' * 20}"
    pdf.set_font(FONT, "B", 10)
    pdf.multi_cell(0, 6, page.review + blank, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FONT, size=10)
    pdf.multi_cell(0, 6, CLOSING, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    # Signatures belong together with each other, not across two pages.
    if pdf.will_page_break(_SIGNATURES):
        pdf.add_page()
    with pdf.table(col_widths=(22, 52, 62, 34), **looks) as table:
        table.row(("", *LINES))
        for role, name in page.people:
            line = table.row()
            for text in (role, name, "", ""):
                line.cell(text, padding=(2, 2, 8, 2))


_MAKERS: dict[str, Callable[[Sheet], bytes]] = {".md": _markdown, ".docx": _docx, ".pdf": _pdf}
