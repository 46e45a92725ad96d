"""Everything that is kept of a pair, to read (Markdown) or to process (JSON)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, get_args

from sqlalchemy import select

from coach.memory.items import Item, Kind
from coach.memory.store import MemoryStore
from coach.storage.pairs import Pair
from coach.storage.planned import PlannedStore
from coach.storage.schema import conversations, messages, papers, turns

_SETTLED_BETWEEN_THEM = frozenset({"commitment", "expectation", "boundary"})

_HEADINGS: dict[str, str] = {
    "event": "Events",
    "struggle": "Struggles",
    "win": "Wins",
    "goal": "Goals",
    "plan": "Plans",
    "commitment": "Commitments",
    "expectation": "Expectations",
    "boundary": "Boundaries",
    "preference": "Preferences",
    "fact": "Facts",
    "topic": "Topics",
}


def shareable(item: Item) -> bool:
    """Whether an item may be shown to the other person of the pair.

    Not what is private; not what is about the user alone, unless it binds the user towards the
    other (a commitment, an expectation, a boundary); not what has been superseded.
    """
    if item.private or item.status == "superseded":
        return False
    return item.about != "me" or item.kind in _SETTLED_BETWEEN_THEM


def export(store: MemoryStore, pair: Pair, *, shared: bool = False) -> dict[str, Any]:
    """The pair as plain JSON values; with ``shared`` only what the other person may read.

    A shared export has the dates of the sessions, when and where the next ones are to be, and
    the items that are :func:`shareable`, without their quotes and history. Notes, conversations
    with the assistant and imported transcripts are the user's own and are left out.
    """
    items = [item for item in store.items(pair) if not shared or shareable(item)]
    sessions = store.sessions(pair)
    planned = [one.as_json() for one in PlannedStore(store.database).all(pair)]
    who = {"slug": pair.slug, "name": pair.name, "role": pair.role}
    if shared:
        return {
            "pair": who,
            "shared": True,
            "sessions": [{"number": s.number, "on": s.on.isoformat()} for s in sessions],
            "planned": [{k: v for k, v in one.items() if k != "uid"} for one in planned],
            "items": [{k: v for k, v in i.as_json().items() if k != "quote"} for i in items],
        }
    return {
        "pair": who,
        "shared": False,
        "sessions": [
            {"number": s.number, "on": s.on.isoformat(), "note": s.note} for s in sessions
        ],
        "planned": planned,
        "items": [item.as_json() | {"history": _history(store, pair, item)} for item in items],
        "conversations": _conversations(store, pair),
        "turns": _turns(store, pair),
        "papers": _papers(store, pair),
    }


def as_markdown(exported: dict[str, Any]) -> str:
    """What :func:`export` gives as a Markdown document."""
    name = exported["pair"]["name"]
    lines = [f"# {name}: {'what we have' if exported['shared'] else 'all that is kept'}", ""]
    for kind in get_args(Kind):
        of_kind = [item for item in exported["items"] if item["kind"] == kind]
        if of_kind:
            lines += [f"## {_HEADINGS[kind]}", ""]
            lines += [_item_line(item, name) for item in of_kind]
            lines.append("")
    lines += _session_lines(exported)
    for conversation in exported.get("conversations", ()):
        lines += ["", f"## Conversation: {conversation['title'] or 'untitled'}", ""]
        for message in conversation["messages"]:
            lines += [
                f"**{message['author']}**, {message['at']}",
                "",
                *_quoted(message["text"]),
                "",
            ]
    if exported.get("turns"):
        lines += ["", "## Transcripts", ""]
        lines += [
            f"- {turn['at'] or 'undated'}, **{turn['speaker']}**: {' '.join(turn['text'].split())}"
            for turn in exported["turns"]
        ]
    if exported.get("papers"):
        lines += ["", "## Papers", ""]
        lines += [
            f"- {paper['kind']} {paper['name']}, version {paper['version']} of {paper['made_on']}:"
            f" `{json.dumps(paper['body'], ensure_ascii=False)}`"
            for paper in exported["papers"]
        ]
    return "\n".join(lines).rstrip() + "\n"


def _item_line(item: dict[str, Any], name: str) -> str:
    owner = {"me": "I", "them": name, "both": "both of us"}.get(item["owner"] or "")
    days = " to ".join(day for day in (item["when"], item["until"]) if day)
    status = "" if item["status"] == "open" else item["status"]
    notes = [days, f"for: {owner}" if owner else "", status, "private" if item["private"] else ""]
    told = f" ({'; '.join(filter(None, notes))})" if any(notes) else ""
    quote = f"\n  > {' '.join(item['quote'].split())}" if item.get("quote") else ""
    return f"- {item['text']}{told}, said on {item['said_on']}{quote}"


def _session_lines(exported: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    if exported["planned"]:
        lines += ["## Planned sessions", "", *map(_planned_line, exported["planned"]), ""]
    if exported["sessions"]:
        lines += ["## Sessions", ""]
    for session in exported["sessions"]:
        lines.append(f"- Session {session['number']}, {session['on']}")
        if "note" in session:
            lines += ["", *_quoted(session["note"]), ""]
    return lines


def _planned_line(planned: dict[str, Any]) -> str:
    minutes = f"{planned['minutes']} minutes" if planned["minutes"] else ""
    known = [planned["at"], minutes, planned["place"]]
    return f"- {', '.join([planned['on'], *filter(None, known)])}"


def _quoted(text: str) -> list[str]:
    return [f"> {line}".rstrip() for line in text.splitlines()]


def _history(store: MemoryStore, pair: Pair, item: Item) -> list[dict[str, Any]]:
    return [
        asdict(version)
        | {"valid_from": version.valid_from.isoformat(), "valid_to": version.valid_to.isoformat()}
        for version in store.history(pair, item.id)
    ]


def _conversations(store: MemoryStore, pair: Pair) -> list[dict[str, Any]]:
    query = (
        select(messages, conversations.c.title)
        .join(conversations)
        .where(conversations.c.pair_id == pair.id)
        .order_by(conversations.c.id, messages.c.id)
    )
    found: dict[int, dict[str, Any]] = {}
    with store.database.read() as connection:
        for row in connection.execute(query):
            chat = found.setdefault(row.conversation_id, {"title": row.title, "messages": []})
            chat["messages"].append(
                {"author": row.author, "at": row.created_at.isoformat(), "text": row.text}
            )
    return list(found.values())


def _turns(store: MemoryStore, pair: Pair) -> list[dict[str, Any]]:
    query = select(turns).where(turns.c.pair_id == pair.id).order_by(turns.c.position)
    with store.database.read() as connection:
        return [
            {"id": row.external_id, "speaker": row.speaker, "text": row.text, "at": row.said_at}
            for row in connection.execute(query)
        ]


def _papers(store: MemoryStore, pair: Pair) -> list[dict[str, Any]]:
    """Every version of what was put down: goals, roadmaps, checks, the agreement."""
    query = select(papers).where(papers.c.pair_id == pair.id).order_by(papers.c.id)
    with store.database.read() as connection:
        return [
            {
                "kind": row.kind, "name": row.name, "version": row.version,
                "made_on": row.made_on.isoformat(), "body": row.body,
            }
            for row in connection.execute(query)
        ]  # fmt: skip
