"""Scripts and agreements through the command line: what is settled, forms, versions, sheets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from docx import Document

from coach.agreement import fonts
from coach.agreement.agreement import Agreement
from coach.agreement.scripts import KINDS
from coach.agreement.topics import terms
from coach.cli.main import run
from coach.errors import CoachError

# Dozens of whole commands, each with its model and database: minutes on a small machine.
pytestmark = pytest.mark.slow

Json = dict[str, Any]
Run = Callable[..., Json]
Fails = Callable[..., str]

NOTE = """I promised to send her the slide template by Monday.
She will ring the auditor before the 20th. She wants to run her own team by the end of the year.
She asked that I never ring her on Sundays. She passed the risk exam.
Between us: she is looking for another job.
"""


@pytest.fixture
def priya(ok: Run, tmp_path: Path) -> Json:
    """A pair with one session, logged on 6 May 2026."""
    ok("pair", "add", "Priya Nair", "--as", "mentor")
    note = tmp_path / "note.md"
    note.write_text(NOTE)
    return ok("log", "priya", "--on", "2026-05-06", "--file", str(note))


# -- scripts ---------------------------------------------------------------------------------------


def test_every_script_is_filled_from_memory_and_keeps_the_secret(priya: Json, ok: Run) -> None:
    for kind in KINDS:
        made = ok("script", "priya", kind, "--on", "2026-05-25")
        assert set(made) == {"kind", "markdown", "cards", "missing"}
        assert (made["kind"], bool(made["cards"])) == (kind, True)
        assert "Priya" in made["markdown"]
        assert "another job" not in made["markdown"]


def test_the_missed_promise_is_named_with_its_date(priya: Json, ok: Run) -> None:
    made = ok("script", "priya", "owning-a-missed-promise", "--on", "2026-05-25")
    assert "I'd send you the slide template by 11 May" in made["markdown"]
    assert "due 11 May" in made["markdown"]
    assert made["missing"] == ["the honest reason, in one sentence", "by which day you can do it"]
    told = ok("script", "priya", "owning-a-missed-promise", "--on", "2026-05-25",
              "--fill", "reason=I lost sight of it", "--fill", "new_date=by Friday")  # fmt: skip
    assert told["missing"] == []
    assert "I lost sight of it" in told["markdown"]
    before = ok("script", "priya", "owning-a-missed-promise", "--on", "2026-05-10")
    assert "template" not in before["markdown"]
    assert "which promise of yours is open" in before["missing"]


def test_scripts_use_goals_limits_and_what_they_owe(priya: Json, ok: Run) -> None:
    on = ("--on", "2026-05-25")
    assert (
        "you'd like to run your own team by 31 December"
        in ok("script", "priya", "goals", *on)["markdown"]
    )
    assert "never ring you on Sundays" in ok("script", "priya", "boundaries", *on)["markdown"]
    assert (
        "you'd ring the auditor by 20 May"
        in ok("script", "priya", "accountability", *on)["markdown"]
    )
    assert "you passed the risk exam" in ok("script", "priya", "levity", *on)["markdown"]


def test_the_agreement_fills_scripts(priya: Json, ok: Run) -> None:
    blank = ok("script", "priya", "expectations")
    ok("agreement", "set", "priya", "how often", "--agreed", "every two weeks")
    ok("agreement", "set", "priya", "role", "--mine", "A sounding board.")
    made = ok("script", "priya", "expectations")
    assert "every two weeks" in made["markdown"]
    assert "What I can give: a sounding board." in made["markdown"]
    gone = set(blank["missing"]) - set(made["missing"])
    assert gone == {"how often you would like to meet", "what you can give"}


def test_wrong_use_of_script_is_told(priya: Json, fails: Fails) -> None:
    assert "restart-after-a-gap" in fails(2, "script", "priya", "party")
    assert "expectations" in fails(2, "script", "priya")
    assert "SLOT=TEXT" in fails(2, "script", "priya", "goals", "--fill", "goal")
    assert "'golas'" in fails(2, "script", "priya", "goals", "--fill", "golas=x")


# -- what is settled -------------------------------------------------------------------------------


def topics(found: Json) -> dict[str, Json]:
    return {one["topic"]: one for one in found["topics"]}


def test_mine_theirs_agreed_and_since_when(priya: Json, ok: Run) -> None:
    ok("agreement", "set", "priya", "frequency", "--mine", "every week", "--on", "2026-05-07")
    done = ok(
        "agreement", "set", "priya", "frequency", "--theirs", "once a month", "--on", "2026-05-08"
    )
    assert (done["version"], done["topic"]["gap"]) == (2, True)
    [gap] = ok("agreement", "gaps", "priya")["gaps"]
    assert (gap["topic"], gap["middle"], gap["computed"]) == ("frequency", "every two weeks", True)
    assert "every two weeks" in gap["say"]
    ok(
        "agreement",
        "set",
        "priya",
        "frequency",
        "--agreed",
        "every two weeks",
        "--on",
        "2026-05-09",
    )
    shown = ok("agreement", "show", "priya")
    one = topics(shown)["frequency"]
    assert (one["agreed"], one["since"], one["gap"]) == ("every two weeks", "2026-05-09", False)
    assert len(shown["topics"]) == 12
    left = ok("agreement", "gaps", "priya")
    assert left["gaps"] == []
    assert "frequency" not in left["unsaid"]


def test_versions_and_their_difference(priya: Json, ok: Run, fails: Fails) -> None:
    for text in ("until six", "until six", "until five"):
        ok("agreement", "set", "priya", "hours", "--agreed", text, "--on", "2026-05-07")
    assert (
        ok("agreement", "review", "priya", "2026-09-01", "--on", "2026-05-07")["review"]
        == "2026-09-01"
    )
    versions = ok("agreement", "history", "priya")["versions"]
    assert [one["version"] for one in versions] == [1, 2, 3]
    changes = ok("agreement", "diff", "priya", "1", "3")["changes"]
    assert [(c["topic"], c["before"], c["after"]) for c in changes] == [
        ("hours", "until six", "until five"), ("review", "", "2026-09-01"),
    ]  # fmt: skip
    assert "versions 1 to 3" in fails(2, "agreement", "diff", "priya", "1", "9")
    assert "is past" in fails(2, "agreement", "review", "priya", "2025-01-01")
    assert ok("agreement", "review", "priya", "--none")["review"] is None


def test_another_pair_sees_nothing_of_it(priya: Json, ok: Run) -> None:
    ok("pair", "add", "Ben Okri", "--as", "mentee")
    ok("agreement", "set", "priya", "hours", "--agreed", "until six")
    assert not any(one["agreed"] for one in ok("agreement", "show", "ben")["topics"])
    assert ok("agreement", "history", "ben")["versions"] == []


def test_the_form_goes_out_and_comes_back(
    priya: Json, ok: Run, fails: Fails, tmp_path: Path
) -> None:
    ok("agreement", "set", "priya", "place", "--mine", "my office")
    file = tmp_path / "form.md"
    ok("agreement", "form", "priya", "--out", str(file))
    text = file.read_text(encoding="utf-8")
    assert "my office" not in text
    at = text.index("Answer:", text.index("Place")) + len("Answer:")
    file.write_bytes(
        ("﻿" + text[:at] + "\nein Café, 你好\n" + text[at:]).replace("\n", "\r\n").encode()
    )
    taken = ok("agreement", "import", "priya", str(file))
    assert taken["answered"] == {"place": "ein Café, 你好"}
    assert taken["gaps"] == ["place"]
    assert taken["unread"] == []
    ok("pair", "add", "Ben Okri", "--as", "mentee")
    assert "form for priya-nair" in fails(2, "agreement", "import", "ben", str(file))
    file.write_bytes(b"\xff\xfe\x00\xd8")
    assert "UTF-8" in fails(2, "agreement", "import", "priya", str(file))
    assert "cannot be read" in fails(2, "agreement", "import", "priya", str(tmp_path / "none.md"))
    assert "cannot be written" in fails(1, "agreement", "form", "priya", "--out", str(tmp_path))


def test_what_is_agreed_is_shown_as_text(
    priya: Json, ok: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    ok("agreement", "set", "priya", "hours", "--agreed", "no calls after six", "--on", "2026-05-07")
    ok("agreement", "set", "priya", "length", "--mine", "an hour", "--theirs", "half an hour")
    assert run(["agreement", "show", "priya"]) == 0
    shown = capsys.readouterr().out
    assert "  Hours: no calls after six (since 2026-05-07)" in shown
    assert '! How long: you: "an hour"; Priya: "half an hour"' in shown
    assert run(["agreement", "gaps", "priya"]) == 0
    assert "a happy medium: 45 minutes" in capsys.readouterr().out


def test_wrong_use_of_agreement_is_told(priya: Json, fails: Fails, tmp_path: Path) -> None:
    assert "out-of-bounds" in fails(2, "agreement", "set", "priya", "weather", "--mine", "x")
    assert "nothing to keep" in fails(2, "agreement", "set", "priya", "hours")
    assert "nothing is in the agreement" in fails(
        2, "agreement", "export", "priya", str(tmp_path / "a.md")
    )


# -- limits ----------------------------------------------------------------------------------------


def test_limits_come_from_the_agreement_and_from_memory(
    priya: Json, ok: Run, coach_of: Callable[[], Any]
) -> None:
    ok("agreement", "set", "priya", "out-of-bounds", "--agreed", "salary; no calls after six")
    coach = coach_of()
    limits = coach.agreements.limits(coach.pair_store.find("priya"))
    for said in ("Ask about her pay", "Call her at 7 pm", "Call Priya on Sunday morning"):
        assert limits.forbids(said)
    assert limits.forbids("Ask how the audit went") is None


@pytest.fixture
def coach_of(home: object) -> Any:
    from coach.bootstrap import open_coach

    opened = []

    def make() -> Any:
        opened.append(open_coach())
        return opened[-1]

    yield make
    for one in opened:
        one.close()


# -- sheets ----------------------------------------------------------------------------------------

NAMES = [
    "Zoë Šťastná", "Ελένη Παπαδοπούλου", "Фёдор Иванов", "Nguyễn Văn Đức", "王小明", "田中さくら",
    "김민수", "नेहा शर्मा", "محمد سعيد", "דוד כהן", "สมชาย ใจดี",
]  # fmt: skip


@pytest.fixture
def agreed(ok: Run) -> Callable[[str], str]:
    """A pair of this name with an agreement; gives its slug."""

    def make(name: str) -> str:
        slug = str(ok("pair", "add", name, "--as", "mentee")["pair"]["slug"])
        ok(
            "agreement",
            "set",
            slug,
            "hours",
            "--agreed",
            f"until six, says {name}",
            "--on",
            "2026-05-07",
        )
        ok("agreement", "set", slug, "frequency", "--mine", "weekly", "--theirs", "monthly")
        ok("agreement", "review", slug, "2026-09-01", "--on", "2026-05-07")
        return slug

    return make


def test_a_word_file_to_sign(agreed: Callable[[str], str], ok: Run, tmp_path: Path) -> None:
    slug = agreed("王小明 Šťastná")
    file = tmp_path / "a.docx"
    ok("agreement", "export", slug, str(file), "--me", "Jo Lang", "--on", "2026-05-10")
    document = Document(str(file))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["Topic", "What we agreed", "Since"] in rows
    assert ["Hours", "until six, says 王小明 Šťastná", "7 May 2026"] in rows
    assert ["Mentor", "王小明 Šťastná", "", ""] in rows
    assert ["Mentee", "Jo Lang", "", ""] in rows
    assert "We look at this again on 1 September 2026." in "\n".join(
        p.text for p in document.paragraphs
    )


@pytest.mark.slow
def test_a_pdf_has_every_letter_of_every_name(
    agreed: Callable[[str], str], ok: Run, tmp_path: Path
) -> None:
    slug = agreed(NAMES[0])
    ok("agreement", "set", slug, "role", "--agreed", "; ".join(NAMES))
    file = tmp_path / "a.pdf"
    ok("agreement", "export", slug, str(file), "--on", "2026-05-10")
    with pdfplumber.open(file) as pdf:
        glyphs = [char for page in pdf.pages for char in page.chars]
        text = "".join(page.extract_text() for page in pdf.pages)
    # A letter without a glyph is drawn as number 0, which no text comes from.
    assert not [char for char in glyphs if char["text"] == "\x00"]
    for word in ("How we work together", "Signature", "1 September 2026", "Mentee", "Mentor"):
        assert word in text
    plain = unicodedata.normalize("NFC", text)
    # Shaped scripts come back in another order.
    read = [
        name for name in NAMES if not re.search(r"[\u0590-\u08ff\u0900-\u097f\u0e00-\u0e7f]", name)
    ]
    assert [name for name in read if not all(part in plain for part in name.split())] == []
    assert len(read) == 7


def test_an_agreement_on_every_topic_is_signed_on_its_own_page(
    priya: Json, ok: Run, tmp_path: Path
) -> None:
    for topic in terms().topics:
        ok("agreement", "set", "priya", topic, "--agreed", f"what we say about {topic}")
    ok("agreement", "export", "priya", str(tmp_path / "a.pdf"))
    document = pypdfium2.PdfDocument(str(tmp_path / "a.pdf"))
    assert len(document) == 1
    document.close()
    ok("agreement", "export", "priya", str(tmp_path / "a.docx"))
    topics, signing = Document(str(tmp_path / "a.docx")).tables
    for table in (topics, signing):
        assert len({column.width for column in table.columns}) > 1


def test_a_long_agreement_goes_on_to_a_second_page(priya: Json, ok: Run, tmp_path: Path) -> None:
    for topic in ("role", "expectations", "covered", "hours"):
        ok("agreement", "set", "priya", topic, "--agreed", f"{topic} word " * 90)
    file = tmp_path / "a.pdf"
    ok("agreement", "export", "priya", str(file))
    document = pypdfium2.PdfDocument(str(file))
    assert len(document) >= 2
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert sum(text.count("Signature") for text in texts) == 1


def test_letters_that_no_font_has_are_named_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_system_folders", lambda: iter(()))
    assert fonts.fonts_for("plain")[0].name.startswith("NotoSans[")
    with pytest.raises(CoachError, match="no font here has the letters \U00013000"):
        fonts.fonts_for("\U00013000 plain")


def test_a_sheet_that_cannot_be_written_is_told(
    agreed: Callable[[str], str], fails: Fails, tmp_path: Path
) -> None:
    slug = agreed("Ben Okri")
    assert ".docx or .pdf" in fails(2, "agreement", "export", slug, str(tmp_path / "a.odt"))
    assert "cannot be written" in fails(
        1, "agreement", "export", slug, str(tmp_path / "no" / "a.md")
    )


def test_the_agreement_goes_with_the_pair(priya: Json, ok: Run) -> None:
    ok("agreement", "set", "priya", "hours", "--agreed", "until six")
    ok("pair", "delete", "priya", "--yes")
    ok("pair", "add", "Priya Nair", "--as", "mentor")
    assert (
        topics(ok("agreement", "show", "priya"))["hours"]["agreed"] == Agreement().entry("x").agreed
    )
