"""What ``coach doctor`` looks at. Nothing is changed, except that the database is opened."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from coach import __version__
from coach.errors import CoachError
from coach.paths import Places, default_places
from coach.settings import Settings, load_settings

_PACKAGES = (
    "textual", "langchain", "chromadb", "sentence-transformers", "onnxruntime", "sqlalchemy",
    "sqlcipher3",
)  # fmt: skip


@dataclass
class Findings:
    """What was found, by area; ``problems`` are what should be mended, in words."""

    areas: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The findings as one document."""
        return {**self.areas, "problems": self.problems, "advice": self.advice}

    def as_text(self) -> str:
        """The findings to read."""
        lines: list[str] = []
        for area, facts in self.areas.items():
            lines.append(area)
            lines += [f"  {name:22} {value}" for name, value in facts.items()]
        lines += [f"! {problem}" for problem in self.problems]
        lines += [f"* {hint}" for hint in self.advice]
        return "\n".join(lines if self.problems else [*lines, "Nothing to mend."])


def examine() -> Findings:
    """Look at places, settings, versions, model, database and index."""
    found = Findings()
    places = default_places()
    found.areas["places"] = {
        "home": str(places.home), "database": str(places.database), "index": str(places.index),
        "settings": str(places.settings_file), "cache": str(places.cache),
    }  # fmt: skip
    found.areas["versions"] = {
        "coach": __version__, "python": platform.python_version(),
        **{name: _version(name) for name in _PACKAGES},
    }  # fmt: skip
    settings = Settings.model_construct()
    with_care(found, lambda: found.areas.update(settings=_settings(load_settings(places))))
    try:
        settings = load_settings(places)
    except CoachError:
        return found
    with_care(found, lambda: _model(found, places, settings))
    with_care(found, lambda: _storage(found, places))
    return found


def with_care(found: Findings, look: Callable[[], None]) -> None:
    """Run one examination; what it raises for the user becomes a problem to mend."""
    try:
        look()
    except CoachError as error:
        found.problems.append(str(error))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _settings(settings: Settings) -> dict[str, str]:
    return {
        name: f"{getattr(settings, name)}  ({field.description})"
        for name, field in Settings.model_fields.items()
    }


def _model(found: Findings, places: Places, settings: Settings) -> None:
    from coach.models.embedder import describe

    report = describe(places, settings.embedding_model)
    found.areas["model"] = {
        "name": report.name,
        "weights": str(report.folder or "not found"),
        "digest": f"{report.digest or 'unknown'}{' (as expected)' if report.digest_ok else ''}",
        "export": str(report.export or "none yet"),
        "export state": report.export_state,
    }
    if report.problem:
        found.problems.append(report.problem)


def _storage(found: Findings, places: Places) -> None:
    from coach.bootstrap import open_coach
    from coach.storage.keys import key_storage

    existed = places.database.exists()
    coach = open_coach()
    try:
        storage = key_storage(places)
        faults = coach.database.check()
        found.areas["storage"] = {
            "database": "sound" if not faults else "damaged",
            "made": "earlier" if existed else "just now",
            "key": {
                "keyring": "in the system's keyring",
                "passphrase": "derived from your passphrase",
                "file": f"in {places.key_file}, readable by you alone",
                None: "none yet",
            }[storage],
            "pairs": str(len(coach.pairs())),
            "documents": str(len(coach.library.documents())),
            "cards": str(len(coach.library.deck.cards)),
        }
        found.problems += [f"Storage: {fault}. Restore a backup." for fault in faults]
        if storage == "file":
            found.advice.append(
                "The key lies in a file beside the data: the weaker choice. A keyring, or "
                "COACH_PASSPHRASE before the first start, is stronger."
            )
        coach.warm_up()
        found.areas["search"] = {
            "state": coach.search_state or "ready, by meaning and by words",
            "index": _index_state(places),
        }
        if coach.search_state:
            found.problems.append(f"Search: {coach.search_state}. `coach prepare` tries again.")
    finally:
        coach.close()


def _index_state(places: Places) -> str:
    built = [p for p in places.index.glob("*") if (p / "manifest.json").exists()]
    aside = list(places.index.glob("set-aside-*"))
    state = f"{len(built)} built"
    return f"{state}, {len(aside)} damaged set aside" if aside else state
