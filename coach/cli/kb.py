"""``coach kb``: the knowledge library."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import emit, json_line, json_option, opened, progress, writable
from coach.cli.files import read_jsonl
from coach.errors import CoachError, UsageError

if TYPE_CHECKING:
    from coach.library.documents import Taken
    from coach.library.search import SearchResult

_MAX_HITS = 48


@click.group()
def kb() -> None:
    """Search the knowledge library; add your own documents."""


@kb.command()
@click.argument("query", required=False)
@click.option("-k", "count", default=5, type=click.IntRange(1, _MAX_HITS), show_default=True,
              help="How many hits.")  # fmt: skip
@click.option("--batch", type=click.Path(path_type=Path), help="JSON lines, each with a text q.")
@json_option
def search(query: str | None, count: int, batch: Path | None, *, as_json: bool) -> None:
    """Find the cards and passages that speak to QUERY."""
    if (query is None) == (batch is None):
        raise UsageError(
            "Search", "give either a query or --batch FILE", "See coach kb search --help."
        )
    if batch is not None:
        queries = read_jsonl(batch, "q")
        with opened(warm=True) as coach:
            results = coach.library.search_many(queries, count) if queries else []
        for result in results:
            click.echo(json_line(_as_json(result)))
        return
    assert query is not None
    if not query.strip():
        raise UsageError("Search", "the query is empty", "Say what you are looking for.")
    with opened(warm=True) as coach:
        result = coach.library.search(writable(query), count)
    emit(as_json, _as_json(result), lambda: _as_text(result))


@kb.command()
@click.argument("card")
@json_option
def show(card: str, *, as_json: bool) -> None:
    """Show a card, or a passage of one of your documents, in full."""
    with opened() as coach:
        passage = coach.library.passage(card)
        document = asdict(passage) if passage else asdict(coach.card(card))
        text = coach.source_markdown(card)
    emit(as_json, {"passage" if passage else "card": document}, lambda: text)


@kb.command("list")
@json_option
def list_all(*, as_json: bool) -> None:
    """List the cards and your documents."""
    with opened() as coach:
        cards = list(coach.library.deck.cards.values())
        documents = coach.library.documents()
    listed = {
        "cards": [
            {"card": c.id, "source": c.source, "title": c.title, "audience": c.audience,
             "stage": c.stage}
            for c in cards
        ],
        "documents": [
            {**asdict(d), "added_at": d.added_at.isoformat()} for d in documents
        ],
    }  # fmt: skip
    lines = [f"{c.id:42} {c.title}" for c in cards]
    lines += [f"doc:{d.id:38} {d.title} ({d.passages} passages)" for d in documents]
    emit(as_json, listed, lambda: "\n".join(lines))


@kb.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def add(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Add documents (Markdown, text, HTML, PDF, DOCX) or folders of them."""
    with opened() as coach:
        taken = coach.add_documents(list(paths), progress)
    emit(as_json, {"taken": [_taken_json(one) for one in taken]}, lambda: _summary(taken))
    failed = [one for one in taken if one.outcome == "failed"]
    if not taken or len(failed) == len(taken):
        raise CoachError("Documents", "none could be added", "The lines above say why.")


@kb.command()
@click.argument("document")
@json_option
def remove(document: str, *, as_json: bool) -> None:
    """Remove one of your documents (its id is in `coach kb list`)."""
    with opened() as coach:
        coach.library.remove(document)
        coach.refresh_library(progress)
    emit(as_json, {"removed": document}, lambda: f"Removed {document}.")


def _as_json(result: SearchResult) -> dict[str, Any]:
    return {
        "query": result.query,
        "answerable": result.answerable,
        "hits": [asdict(hit) for hit in result.hits],
    }


def _as_text(result: SearchResult) -> str:
    lines = [f"{hit.score:.2f}  {hit.card:40} {hit.title}" for hit in result.hits]
    if not result.answerable:
        lines.insert(0, "The library has no answer to this. The nearest things it holds:")
    return "\n".join(lines) or "Nothing found."


def _taken_json(taken: Taken) -> dict[str, Any]:
    document = taken.document
    return {
        "path": taken.path, "outcome": taken.outcome, "note": taken.note,
        "document": document and {**asdict(document), "added_at": document.added_at.isoformat()},
    }  # fmt: skip


def _summary(taken: list[Taken]) -> str:
    lines = []
    for one in taken:
        what = {"added": "added", "known": "nothing new", "failed": "not added"}[one.outcome]
        size = f" ({one.document.passages} passages)" if one.document else ""
        lines.append(f"{one.path}: {what}{size}{'; ' + one.note if one.note else ''}")
    added = sum(one.outcome == "added" for one in taken)
    return "\n".join([*lines, f"{added} of {len(taken)} added."])
