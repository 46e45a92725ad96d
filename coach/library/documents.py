"""The user's own documents: kept with their passages and vectors in the encrypted database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, select, update

from coach.errors import CoachError, NotFoundError
from coach.library.search import Passage
from coach.storage import schema
from coach.storage.database import Database
from coach.text import clean, shorten

if TYPE_CHECKING:
    from coach.library.chunk import Chunk

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class KeptDocument:
    """A document of the user's in the library."""

    id: str
    title: str
    path: str
    passages: int
    added_at: datetime


@dataclass(frozen=True)
class Taken:
    """What became of one file that the user wanted to add.

    ``outcome`` is "added", "known" (the same content is there already) or "failed"; ``note`` says
    in words what was left out, or what went wrong.
    """

    path: str
    outcome: str
    note: str = ""
    document: KeptDocument | None = None


class DocumentStore:
    """Documents and passages in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, paths: Sequence[Path], on_progress: Callable[[str], None]) -> list[Taken]:
        """Read, clean, cut and keep every file under ``paths``; one file's fault stops no other."""
        # Converters are heavy, and nothing else of the library needs them.
        from coach.library.convert import find_documents

        taken = []
        for path in find_documents(paths):
            on_progress(f"reading {path.name}")
            try:
                taken.append(self._add_one(path))
            except CoachError as error:
                taken.append(Taken(str(path), "failed", error.what))
        return taken

    def _add_one(self, path: Path) -> Taken:
        from coach.library.boilerplate import clean_document
        from coach.library.chunk import chunks
        from coach.library.convert import read_document

        read = read_document(path)
        cleaned = clean_document(clean(read.markdown, None))
        pieces = chunks(cleaned.text)
        if not pieces:
            return Taken(str(path), "failed", "nothing but boilerplate in it")
        title = shorten(clean(read.title, 300) or path.stem, 200)
        key = read.sha256[:12]
        with self._database.write() as connection:
            known = connection.execute(
                select(schema.documents.c.id).where(schema.documents.c.sha256 == read.sha256)
            ).first()
            if known:
                return Taken(str(path), "known", "the same content is in the library already")
            present = set(connection.scalars(select(schema.chunks.c.text)))
            fresh = [piece for piece in pieces if piece.text not in present]
            if not fresh:
                return Taken(str(path), "known", "all of its passages are in the library already")
            added = datetime.now(UTC)
            connection.execute(
                insert(schema.documents).values(
                    id=key, title=title, path=str(path), sha256=read.sha256, added_at=added
                )
            )
            connection.execute(insert(schema.chunks), _rows(key, fresh))
        document = KeptDocument(key, title, str(path), len(fresh), added)
        return Taken(str(path), "added", _left_out(cleaned.removed), document)

    def all(self) -> list[KeptDocument]:
        """Every document, oldest first."""
        table = schema.documents
        query = (
            select(table, func.count(schema.chunks.c.id).label("passages"))
            .join(schema.chunks, isouter=True)
            .group_by(table.c.id, table.c.title, table.c.path, table.c.sha256, table.c.added_at)
            .order_by(table.c.added_at, table.c.id)
        )
        with self._database.read() as connection:
            return [
                KeptDocument(row.id, row.title, row.path, row.passages, row.added_at)
                for row in connection.execute(query)
            ]

    def remove(self, key: str) -> None:
        """Remove a document and its passages. Raises :class:`NotFoundError`."""
        key = key.removeprefix("doc:")
        with self._database.write() as connection:
            gone = connection.execute(delete(schema.documents).where(schema.documents.c.id == key))
        if not gone.rowcount:
            raise NotFoundError(
                "Document", f"there is no document {key!r}", "List them with `coach kb list`."
            )

    def passages(self) -> list[Passage]:
        """Every passage of every document, in order."""
        query = (
            select(schema.chunks, schema.documents.c.title)
            .join(schema.documents)
            .order_by(schema.documents.c.added_at, schema.documents.c.id, schema.chunks.c.position)
        )
        with self._database.read() as connection:
            return [
                Passage(
                    f"doc:{row.document_id}#{row.position}",
                    row.document_id,
                    row.title,
                    row.heading,
                    row.text,
                )
                for row in connection.execute(query)
            ]

    def vectors(
        self, model: str, dimension: int, embed: Callable[[Sequence[str]], Vectors]
    ) -> dict[str, Vectors]:
        """The vector of each passage by its id; those missing for ``model`` are made and kept."""
        table = schema.chunks
        with self._database.read() as connection:
            rows = connection.execute(select(table)).all()
        missing = [row for row in rows if row.model != model or row.vector is None]
        made: dict[int, Vectors] = {}
        if missing:
            matrix = embed([_embedded_text(row.heading, row.text) for row in missing])
            made = {row.id: vector for row, vector in zip(missing, matrix, strict=True)}
            with self._database.write() as connection:
                for key, vector in made.items():
                    connection.execute(
                        update(table)
                        .where(table.c.id == key)
                        .values(model=model, vector=vector.astype("<f4").tobytes())
                    )
        return {
            f"doc:{row.document_id}#{row.position}": made[row.id]
            if row.id in made
            else np.frombuffer(row.vector, dtype="<f4", count=dimension)
            for row in rows
        }


def _rows(key: str, pieces: Iterable[Chunk]) -> list[dict[str, object]]:
    return [
        {"document_id": key, "position": n, "heading": piece.heading, "text": piece.text}
        for n, piece in enumerate(pieces, 1)
    ]


def _embedded_text(heading: str, text: str) -> str:
    return f"{heading}\n{text}" if heading else text


def _left_out(removed: Sequence[str]) -> str:
    kinds = sorted(set(removed))
    return f"left out: {', '.join(kinds)}" if kinds else ""
