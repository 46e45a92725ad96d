"""The user's own documents as Markdown: finding them, reading them, refusing what cannot be read.

Markdown and text are decoded here; HTML, PDF and DOCX go through markitdown's converters, local
bytes only. PDF and DOCX are packed formats, where a small file can ask for a lot of work, so they
are converted in a process of their own (``unpack.py``) with a time and a memory limit.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.errors import CoachError
from coach.text import clean

MAX_BYTES = 25 * 1024 * 1024
"""Bytes of the largest file that is read."""

MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes that the parts of a DOCX may come to together once unpacked."""

CONVERT_SECONDS = 60.0
MOST_CONVERT_SECONDS = 300.0
BYTES_A_SECOND = 10_000
"""Seconds that converting one PDF or DOCX may take: the first, and one more for so many bytes, up
to the second. A page of text in a PDF takes 0.1 s on a quiet machine and 0.4 s on a busy one."""

_NO_TITLE = re.compile(
    r"\W*(?:anonymous|untitled|unspecified|document\d*|title|[^ ]+\.\w{2,5})\W*", re.I
)

SCANNED_LETTERS = 25
"""A PDF with fewer visible characters a page than this is taken for pictures of pages."""

MEDIA = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""File suffix, lower case, to media type: the kinds of document that can be read."""

KINDS = "Markdown, text, HTML, PDF or DOCX"
_WORKER = ("-P", "-m", "coach.library.unpack")

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.M)
_SETEXT = re.compile(
    r"(?:\A|(?<=\n\n))(?![ \t]*(?:[#>|*+-]|\d+[.)]))([^\n]{1,100})\n(=|-)\2{2,}[ \t]*$", re.M
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.M)
_INLINE_IMAGE = re.compile(r"!\[[^\[\]]*\]\(data:[^()]*\)")
_TAG = re.compile(
    r"</?(?:a|b|br|center|details|div|em|figure|figcaption|font|h[1-6]|hr|i|img|li|ol|p|section|small"
    r"|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]{0,500})?/?>",
    re.I,
)
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.S)
# The bullets of Symbol and Wingdings arrive from PDF and Word as private-use characters.
_SYMBOL_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "•"})


class DocumentError(CoachError):
    """One document was left out; says in one line which, why, and what would help."""

    def __init__(self, path: Path, what: str, remedy: str = "") -> None:
        name = " ".join(clean(path.name or str(path)).split())
        super().__init__(name, what, remedy)
        self.path = path


@dataclass(frozen=True)
class Document:
    """One document as read: Markdown text and the SHA-256 (hex) of the file's bytes."""

    title: str
    markdown: str
    sha256: str


def find_documents(paths: Iterable[Path]) -> Iterator[Path]:
    """The documents that ``paths`` name, each once: files as given, folders in sorted order.

    In a folder, hidden entries and kinds that cannot be read are passed over, and links are never
    followed. A link that leads out of its folder or round in a circle, a folder that cannot be
    listed, and whatever was named but is missing or of another kind are yielded all the same:
    :func:`read_document` refuses each with a line of its own, and the rest goes on.
    """
    seen: set[Path] = set()
    for path in paths:
        named = _resolved(path) or path
        found = _in_folder(named) if named.is_dir() else iter([named])
        for document in found:
            if document not in seen:
                seen.add(document)
                yield document


def read_document(path: Path) -> Document:
    """Read one document; its Markdown has no control or invisible characters, lines end in ``\\n``.

    Raises :class:`DocumentError` if it cannot be read, is of another kind, empty, encrypted,
    scanned, damaged, larger than :data:`MAX_BYTES` (which is checked before reading) or a link.
    """
    media = _media_of(path)
    data = _read_bytes(path)
    title = ""
    if media == "application/pdf":
        _check_pdf(path, data)
        text, title = _convert_apart(path, media, data)
    elif media == MEDIA[".docx"]:
        _check_docx(path, data)
        text, title = _convert_apart(path, media, data)
    elif media == "text/html":
        text, title = _convert_html(_decode(path, data, _META_CHARSET.search(data[:4096])))
    else:
        text = _decode(path, data, None)
    markdown = _tidy(text, media)
    front = _FRONT_MATTER.match(markdown) if media == "text/markdown" else None
    if front:
        named = _FRONT_TITLE.search(front.group(1))
        title = named.group(1) if named else ""
        markdown = markdown[front.end() :].strip()
    if not any(c.isalnum() for c in markdown):
        raise DocumentError(path, "there is no text in it", "Nothing was added.")
    return Document(
        title=_stated(title) or _title_of(path, markdown),
        markdown=markdown,
        sha256=hashlib.sha256(data).hexdigest(),
    )


# -- finding ---------------------------------------------------------------------------------------


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):
        return None


def _in_folder(root: Path) -> Iterator[Path]:
    try:
        entries = sorted(root.iterdir(), key=lambda p: (p.is_dir() and not p.is_symlink(), p.name))
    except OSError:
        yield root
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            if not _leads_to_sibling(entry):
                yield entry
        elif entry.is_dir():
            yield from _in_folder(entry)
        elif entry.suffix.lower() in MEDIA:
            yield entry


def _leads_to_sibling(link: Path) -> bool:
    """Whether ``link`` leads to something below its own folder, which is found there anyway."""
    target = _resolved(link)
    return target is not None and link.parent in target.parents


# -- reading ---------------------------------------------------------------------------------------


def _media_of(path: Path) -> str:
    if path.is_symlink():
        raise DocumentError(path, "it is a link to another place", "Add the file it points to.")
    if path.is_dir():
        raise DocumentError(path, "this folder cannot be read", "Check who may open it.")
    media = MEDIA.get(path.suffix.lower())
    if media is None:
        raise DocumentError(path, "this kind of file is not supported", f"Save it as {KINDS}.")
    return media


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(path, "it is not an ordinary file", f"Add {KINDS} files.")
        if status.st_size > MAX_BYTES:
            raise _too_large(path, status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise DocumentError(path, "there is no such file", "Check the path.") from None
    except OSError as error:
        reason = error.strerror or "the system refused"
        raise DocumentError(
            path, f"it cannot be read ({reason})", "Check who may read it."
        ) from None
    if len(data) > MAX_BYTES:
        raise _too_large(path, len(data))
    if not data.strip():
        raise DocumentError(path, "it is empty", "Nothing was added.")
    return data


def _too_large(path: Path, size: int) -> DocumentError:
    most = MAX_BYTES // 1024**2
    what = f"it has {size / 1024**2:.0f} MB, more than the {most} MB that are read"
    return DocumentError(path, what, "Split it, or save only its text.")


def _decode(path: Path, data: bytes, declared: re.Match[bytes] | None) -> str:
    """``data`` as text: by its byte order mark, as UTF-8, as declared, else as Windows-1252."""
    encodings = [name for mark, name in _BOMS if data.startswith(mark)][:1] or ["utf-8"]
    if declared:
        encodings.append(declared.group(1).decode("ascii", "replace"))
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return _checked(path, data.decode(encoding))
    import charset_normalizer

    best = charset_normalizer.from_bytes(data, cp_isolation=["cp1252"]).best()
    if best is None:
        raise _not_text(path)
    return _checked(path, str(best))


def _checked(path: Path, text: str) -> str:
    """``text``, refused where it reads as a binary file: NUL, or over 1 % control characters."""
    control = sum(unicodedata.category(c) == "Cc" for c in text) - sum(
        map(text.count, "\n\r\t\f\v\x1b")
    )
    if "\0" in text or control > len(text) / 100 or text.startswith("%PDF-"):
        raise _not_text(path)
    return text


def _not_text(path: Path) -> DocumentError:
    return DocumentError(path, "its contents are not text", f"Add {KINDS} files.")


def _check_pdf(path: Path, data: bytes) -> None:
    if b"%PDF-" not in data[:1024]:
        raise DocumentError(path, "it is named as a PDF and is not one", f"Add {KINDS} files.")


def _check_docx(path: Path, data: bytes) -> None:
    if data.startswith(_OLE):
        what = "it is protected with a password, or in the old .doc form"
        raise DocumentError(path, what, "Save a DOCX without a password and add that.")
    damaged = DocumentError(path, "it is damaged or not a DOCX", "Save it again and add that.")
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged from None
    # zipfile reads no more of a part than its declared size, so the declared sum is a true bound.
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        what = f"it unpacks to more than {MAX_UNPACKED // 1024**2} MB"
        raise DocumentError(path, what, "Save only its text and add that.")
    if any(part.flag_bits & 1 for part in parts):
        raise _encrypted(path)
    if "word/document.xml" not in {part.filename for part in parts}:
        raise damaged


def _encrypted(path: Path) -> DocumentError:
    return DocumentError(path, "it is encrypted", "Save a copy without a password and add that.")


def _tidy(text: str, media: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").replace("\v", "\n")
    text = re.sub(r"[^\S\n\t]", " ", text.translate(_SYMBOL_BULLETS))
    text = clean(_INLINE_IMAGE.sub("", text), limit=None)
    if media == "text/markdown":
        text = _TAG.sub("", _COMMENT.sub("", text))
        front = _FRONT_MATTER.match(text)
        start = front.end() if front else 0
        text = text[:start] + _SETEXT.sub(_atx, text[start:])
    return text


def _atx(match: re.Match[str]) -> str:
    return f"{'#' if match.group(2) == '=' else '##'} {match.group(1).strip()}"


def _title_of(path: Path, markdown: str) -> str:
    """The first of the highest headings, else a title-like first line, else the file's name."""
    headings = [(len(level), title) for level, title in _HEADING.findall(markdown)]
    if headings:
        return _one_line(min(headings, key=lambda heading: heading[0])[1])
    first, _, rest = markdown.partition("\n")
    if len(first) <= 100 and first[-1:] not in ".,;:!" and (not rest or rest.startswith("\n")):
        return _one_line(first)
    return _one_line(re.sub(r"[_-]+", " ", path.stem)) or "Untitled"


def _stated(title: str) -> str:
    """The title that a document states, unless it is one that a program fills in by itself."""
    title = _one_line(title).removeprefix("Microsoft Word - ")
    return "" if _NO_TITLE.fullmatch(title) else title


def _one_line(title: str) -> str:
    return " ".join(clean(re.sub(r"[*`]", "", title)).split())


# -- converting ------------------------------------------------------------------------------------


def _convert_html(html: str) -> tuple[str, str]:
    """Markdown and title of a page, without what its own tags mark as not part of its text."""
    from bs4 import BeautifulSoup
    from markitdown.converters import HtmlConverter

    apart = "script, style, template, noscript, nav, footer, form, iframe, button, select, [hidden]"
    roles = '[role="navigation"], [role="banner"], [role="contentinfo"], [aria-hidden="true"]'
    with warnings.catch_warnings():
        # Both parsers warn of odd pages, and of deep ones that come out as text alone.
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(html, "html.parser")
        for element in soup.select(f"{apart}, {roles}"):
            element.decompose()
        title = soup.title.get_text() if soup.title else ""
        return str(HtmlConverter().convert_string(str(soup)).markdown), title


def _convert_apart(path: Path, media: str, data: bytes) -> tuple[str, str]:
    """Markdown and title of a PDF or DOCX, converted in a process of its own."""
    package_root = str(Path(__file__).resolve().parents[2])
    search = os.pathsep.join(filter(None, [package_root, os.environ.get("PYTHONPATH")]))
    seconds = min(CONVERT_SECONDS + len(data) / BYTES_A_SECOND, MOST_CONVERT_SECONDS)
    refused = DocumentError(path, "it is damaged and could not be converted", "Save it again.")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, *_WORKER, media],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"},
            timeout=seconds,
            check=True,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        what = f"converting it took longer than {seconds:.0f} seconds"
        raise DocumentError(path, what, "Save only its text and add that.") from None
    except (subprocess.CalledProcessError, json.JSONDecodeError):
        raise refused from None
    if answer["problem"] == "encrypted":
        raise _encrypted(path)
    markdown = str(answer["markdown"])
    if answer["pages"] and len("".join(markdown.split())) < SCANNED_LETTERS * answer["pages"]:
        what = "it has next to no text for its pages, as a scan has"
        raise DocumentError(path, what, "Run text recognition (OCR) over it and add the result.")
    return markdown, str(answer["title"])
