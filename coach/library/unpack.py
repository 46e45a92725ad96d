"""The process that converts one PDF or DOCX to Markdown: ``python -m coach.library.unpack MEDIA``.

The file's bytes come on standard input; one JSON object goes to standard output, with the keys
``problem`` ("" or "encrypted"), ``markdown``, ``title`` and ``pages`` (0 for a DOCX). Anything else
that goes wrong ends the process with a failure. Nothing is fetched and no plugin is loaded.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

MEMORY = 2 * 1024**3
"""Bytes of address space that a conversion may take (where the system can set a limit)."""


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(media: str, data: bytes) -> dict[str, object]:
    """What the converting process found: Markdown, title, number of pages, or a named problem."""
    from markitdown import StreamInfo
    from markitdown.converters import DocxConverter, PdfConverter

    found: dict[str, object] = {"problem": "", "title": "", "pages": 0}
    if media == "application/pdf":
        try:
            found["pages"], found["title"] = _pdf_facts(data)
        except PermissionError:
            return {**found, "problem": "encrypted"}
        result = PdfConverter().convert(io.BytesIO(data), StreamInfo(extension=".pdf"))
    else:
        result = DocxConverter().convert(io.BytesIO(data), StreamInfo(extension=".docx"))
    return {**found, "markdown": result.markdown}


def _pdf_facts(data: bytes) -> tuple[int, str]:
    """Number of pages and title of a PDF; PermissionError if it needs a password."""
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.utils import decode_text

    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise PermissionError("a password is needed") from error
    title = next((info["Title"] for info in document.info if info.get("Title")), b"")
    text = decode_text(title) if isinstance(title, bytes) else ""
    return sum(1 for _ in PDFPage.create_pages(document)), text


def main() -> None:
    """Convert the bytes on standard input; one JSON object on standard output."""
    _limit()
    with contextlib.redirect_stdout(sys.stderr):
        answer = _answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
