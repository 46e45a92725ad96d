"""Before, between and after sessions, through the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coach.bootstrap import Coach
from coach.cli.prep import asked
from coach.memory.forget import forget
from coach.planning.form import Form, Tick
from coach.planning.page import page

# Dozens of whole commands, each with its model and database: minutes on a small machine.
pytestmark = pytest.mark.slow

Json = dict[str, Any]
Run = Callable[..., Json]
Fails = Callable[..., str]

NOTE = """Priya presents the audit to her board on Thursday 14 May. I promised to send her the
slide template by Monday. She will ring the auditor before the 20th. She struggles with delegating.
She wants to run her own team by the end of the year. She won the Porto contract.
"""
FORM = """# Session with Priya, 2026-05-20

## What was useful
- going through the board's questions

## I promised
- introduce her to Femi by Friday

## What Priya promised
- write the outline by 29 May

## To follow up
- how the board decides

## Done
- [x] {template}: You promised to send the template
- [ ] {auditor}: her part, not reached yet
- [x] g1/1: outline

## What I learnt
She thinks best aloud.

## Next meeting
2026-06-03 at 17:00, 45 minutes, library
"""


@pytest.fixture
def logged(ok: Run, tmp_path: Path) -> Json:
    """A pair with one session, on 6 May 2026."""
    ok("pair", "add", "Priya Nair", "--as", "mentor")
    return ok("log", "priya", "--on", "2026-05-06", "--file", _file(tmp_path, NOTE))


def _file(folder: Path, text: str) -> str:
    path = folder / "text.md"
    path.write_text(text, encoding="utf-8")
    return str(path)


def item(found: Json, word: str) -> int:
    [one] = [i for i in found["noticed"] if word in i["quote"]]
    return int(one["id"])


# -- goals --------------------------------------------------------------------


def test_a_goal_is_kept_with_what_it_lacks_and_followed(ok: Run, logged: Json) -> None:
    made = ok("goal", "add", "priya", "become a better leader", "--on", "2026-05-06")["goal"]
    assert {gap["part"] for gap in made["missing"]} == {
        "specific", "measurable", "attainable", "relevant", "dated",
    }  # fmt: skip
    assert all(gap["ask"].endswith("?") for gap in made["missing"])
    ok("goal", "edit", "priya", "g1", "--by", "2026-06-30", "--on", "2026-05-06")
    ok(
        "goal",
        "milestone",
        "priya",
        "1",
        "first delegation",
        "--by",
        "2026-05-30",
        "--on",
        "2026-05-06",
    )
    ok("goal", "progress", "priya", "leader", "she ran the stand-up", "--on", "2026-05-10")
    moved = ok("goal", "edit", "priya", "g1", "--by", "2026-07-31", "--on", "2026-05-20")["goal"]
    assert "moved from 30 June to 31 July" in moved["revisit"]
    reached = ok("goal", "milestone", "priya", "g1", "1", "--done", "--on", "2026-05-28")["goal"]
    assert reached["milestones"][0]["done_on"] == "2026-05-28"
    done = ok("goal", "done", "priya", "g1", "--on", "2026-07-01")["goal"]
    assert (done["status"], done["missing"], done["revisit"]) == ("done", [], None)
    shown = ok("goal", "list", "priya", "--on", "2026-07-02")["goals"]
    assert "g1" not in {one["name"] for one in shown}


def test_a_goal_from_memory_is_linked_and_goes_when_it_is_forgotten(
    ok: Run, logged: Json, fails: Fails
) -> None:
    key = item(logged, "own team")
    [noticed] = ok("goal", "list", "priya", "--on", "2026-05-07")["goals"]
    assert (noticed["name"], noticed["item"], noticed["from"]) == (None, key, "memory")
    made = ok("goal", "add", "priya", "--from", str(key), "--on", "2026-05-07")["goal"]
    assert (made["name"], made["by"], made["said"]) == ("g1", "2026-12-31", "session 1, 6 May")
    assert "a goal already" in fails(2, "goal", "add", "priya", "--from", str(key))
    assert len(ok("goal", "list", "priya", "--on", "2026-05-08")["goals"]) == 1
    ok("memory", "forget", "priya", str(key))
    assert "team" not in str(ok("goal", "list", "priya", "--on", "2026-05-08"))


def test_closing_a_goal_closes_the_item_that_it_rests_on(ok: Run, logged: Json) -> None:
    key = item(logged, "own team")
    ok("goal", "add", "priya", "--from", str(key), "--on", "2026-05-07")
    ok("goal", "drop", "priya", "g1", "--on", "2026-06-01")
    status = {i["id"]: i["status"] for i in ok("memory", "list", "priya")["items"]}
    assert status[key] == "dropped"
    ok("goal", "reopen", "priya", "g1")
    status = {i["id"]: i["status"] for i in ok("memory", "list", "priya")["items"]}
    assert status[key] == "open"


def test_wrong_use_of_goals_says_what_to_do(ok: Run, logged: Json, fails: Fails) -> None:
    assert "no words" in fails(2, "goal", "add", "priya")
    assert "no goal" in fails(2, "goal", "done", "priya", "g7")
    ok("goal", "add", "priya", "write the report", "--name", "report", "--on", "2026-05-06")
    assert "taken" in fails(2, "goal", "add", "priya", "another", "--name", "Report")
    assert "no milestone 3" in fails(2, "goal", "milestone", "priya", "report", "3", "--done")
    assert "--done, --drop or --by" in fails(2, "goal", "milestone", "priya", "report", "3")
    assert "nothing to change" in fails(2, "goal", "edit", "priya", "report")


# -- the roadmap --------------------------------------------------------------


def test_the_roadmap_moves_along_when_a_session_is_missed(ok: Run, logged: Json) -> None:
    first = ok("roadmap", "priya", "--on", "2026-05-06")["roadmap"]
    assert [entry["session"] for entry in first] == list(range(2, 2 + len(first)))
    assert first[0]["day"] == "2026-05-20"
    later = ok("roadmap", "priya", "--on", "2026-05-25")["roadmap"]
    assert [e["key"] for e in later] == [e["key"] for e in first]
    assert (later[0]["carried_from"], later[0]["missed"]) == ("2026-05-20", True)
    assert later[0]["day"] == "2026-06-03"


def test_the_roadmap_is_edited_and_the_same_twice(ok: Run, logged: Json, fails: Fails) -> None:
    before = ok("roadmap", "priya", "--on", "2026-05-06")["roadmap"]
    ok("roadmap", "set", "priya", "1", "How budgets are made", "--on", "2026-05-06")
    ok("roadmap", "move", "priya", "1", "3", "--on", "2026-05-06")
    found = ok("roadmap", "priya", "--on", "2026-05-06")
    assert found == ok("roadmap", "show", "priya", "--on", "2026-05-06")
    assert found["roadmap"][2]["topic"] == "How budgets are made"
    assert {e["key"] for e in before} < {e["key"] for e in found["roadmap"]}
    done = ok("roadmap", "done", "priya", "3", "--on", "2026-05-20")
    assert [e["topic"] for e in done["behind"]] == ["How budgets are made"]
    assert "no place 40" in fails(2, "roadmap", "move", "priya", "40", "1")


def test_the_roadmap_takes_what_memory_and_goals_have(ok: Run, logged: Json) -> None:
    ok("goal", "add", "priya", "--from", str(item(logged, "own team")), "--on", "2026-05-06")
    ok("goal", "milestone", "priya", "g1", "talk to HR", "--by", "2026-06-15", "--on", "2026-05-06")
    found = ok("roadmap", "priya", "--on", "2026-05-07")["roadmap"]
    topics = [entry["topic"] for entry in found]
    assert topics[0] == "talk to HR"
    assert len(topics) == len(set(topics))
    from_memory = [entry for entry in found if entry["item"]]
    assert {entry["item"] for entry in from_memory} == {
        item(logged, "own team"), item(logged, "delegating"),
    }  # fmt: skip
    assert all(entry["said"] == "session 1, 6 May" for entry in from_memory)


# -- the check ----------------------------------------------------------------


def test_the_check_keeps_both_sides_and_their_trend(ok: Run, logged: Json) -> None:
    ok("check", "priya", "--answers", "5,5,4,4,4,4,4,4", "--on", "2026-03-01")
    ok("check", "priya", "--answers", "5,5,2,4,4,4,4,4", "--on", "2026-05-01")
    found = ok(
        "check", "priya", "--side", "them", "--answers", "4,4,3,4,4,4,4,4", "--on", "2026-05-01"
    )
    assert [(one["side"], one["on"]) for one in found["trend"]] == [
        ("me", "2026-03-01"), ("me", "2026-05-01"), ("them", "2026-05-01"),
    ]  # fmt: skip
    assert found["invest"]["area"] == "questions"
    assert found["change"]["questions"] == -2
    assert found["invest"]["cards"][0] == "fain/ask-good-questions"
    assert len(found["invest"]["moves"]) >= 1
    assert not found["ending"]
    early = ok("check", "priya", "--on", "2026-03-02")
    assert len(early["trend"]) == 1


def test_the_form_of_the_check_goes_out_and_comes_back(
    ok: Run, logged: Json, tmp_path: Path, fails: Fails
) -> None:
    form = ok("check", "priya", "--form", "--side", "them", "--on", "2026-05-01")["form"]
    assert "Priya" not in form
    filled = _file(tmp_path, form.replace("[ ]", "[1]"))
    found = ok("check", "priya", "--side", "them", "--file", filled, "--on", "2026-05-01")
    assert found["ending"]
    assert found["invest"]["cards"][0] == "keijzer/call-it-a-day"
    assert "8 statements" in fails(2, "check", "priya", "--answers", "1,2")
    assert "cannot be read" in fails(2, "check", "priya", "--file", str(tmp_path / "none"))


# -- the brief ----------------------------------------------------------------


def test_the_brief_holds_the_pair_on_one_page(ok: Run, logged: Json) -> None:
    found = ok("prep", "priya", "--on", "2026-05-18")
    assert {
        "markdown", "stand", "followups", "promises", "goals", "milestones", "roadmap", "questions",
        "celebrate", "expectation", "time_plan", "closing",
    } <= found.keys()  # fmt: skip
    assert len(found["markdown"].splitlines()) <= 60
    assert len(found["stand"]) == 3
    [mine], [theirs] = found["promises"]["mine"], found["promises"]["theirs"]
    assert (mine["item"], mine["late"]) == (item(logged, "template"), 7)
    assert theirs["due"] == "2026-05-20"
    assert "Porto contract" in found["celebrate"]["quote"]
    quotes = [one["quote"] for one in found["followups"]]
    flat = " ".join(NOTE.split())
    assert quotes
    assert all(quote in flat for quote in quotes)
    assert len(found["questions"]) == 5
    assert sum(one["minutes"] for one in found["time_plan"]) == 60
    assert len(found["closing"]) == 3


def test_the_length_is_given_planned_or_an_hour(ok: Run, logged: Json, coach: Coach) -> None:
    pair = coach.pair_store.find("priya")
    coach.planned.add(pair, _day("2026-05-20"), minutes=30)
    assert coach.brief(pair, _day("2026-05-20")).minutes == 30
    assert coach.brief(pair, _day("2026-05-20"), 90).minutes == 90
    assert coach.brief(pair, _day("2026-05-27")).minutes == 60


def test_without_a_day_the_next_planned_session_is_prepared(
    logged: Json, coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = coach.pair_store.find("priya")
    coach.planned.add(pair, _day("2026-05-28"))
    monkeypatch.setattr(coach, "_today", _day("2026-05-18"))
    assert coach.brief(pair).on == _day("2026-05-28")


def test_a_boundary_acts_on_the_page(ok: Run, logged: Json, tmp_path: Path) -> None:
    boundary = _file(tmp_path, "Priya asked that we do not talk about the auditor.")
    ok("log", "priya", "--on", "2026-05-07", "--file", boundary)
    found = ok("prep", "priya", "--on", "2026-05-18")
    assert found["promises"]["theirs"] == []
    assert "auditor" not in found["markdown"]


def test_what_was_agreed_counts(ok: Run, logged: Json, coach: Coach) -> None:
    pair = coach.pair_store.find("priya")
    for topic, text in (("length", "45 minutes"), ("out-of-bounds", "the audit and the auditor")):
        coach.agreements.put(pair, topic, {"agreed": text}, _day("2026-05-07"))
    made = coach.brief(pair, _day("2026-05-18"))
    assert made.minutes == 45
    assert "audit" not in page(made)
    assert made.left_out >= 1
    assert made.expectation is not None
    assert made.expectation.text not in {"How long", "Out of bounds"}


def test_a_pair_without_memory_gets_the_first_meeting(ok: Run) -> None:
    ok("pair", "add", "Omar Haddad", "--as", "mentee")
    found = ok("prep", "omar", "--on", "2026-05-18", "--minutes", "45")
    assert found["first"]
    assert found["before"]
    assert found["topics"]
    assert len(found["questions"]) == 5
    assert sum(one["minutes"] for one in found["time_plan"]) == 45


# -- the debrief --------------------------------------------------------------


@pytest.fixture
def debriefed(ok: Run, logged: Json, tmp_path: Path) -> Json:
    ok("goal", "add", "priya", "--from", str(item(logged, "own team")), "--on", "2026-05-06")
    ok("goal", "milestone", "priya", "g1", "outline", "--by", "2026-05-20", "--on", "2026-05-06")
    text = FORM.format(template=item(logged, "template"), auditor=item(logged, "auditor"))
    return ok("debrief", "priya", "--file", _file(tmp_path, text))


def test_a_debrief_feeds_memory_ticks_and_plans(ok: Run, logged: Json, debriefed: Json) -> None:
    assert debriefed["session"] == {"number": 2, "on": "2026-05-20"}
    [mine], [theirs] = debriefed["promises"]["mine"], debriefed["promises"]["theirs"]
    assert (mine["owner"], mine["when"]) == ("me", "2026-05-22")
    assert (theirs["owner"], theirs["when"]) == ("them", "2026-05-29")
    # That the board's questions were gone through tells of the presentation, too.
    assert debriefed["done"] == [item(logged, "board"), item(logged, "template")]
    assert debriefed["behind"] == ["outline"]
    assert debriefed["learnt"] == ["She thinks best aloud."]
    assert debriefed["next"]["on"] == "2026-06-03"
    assert debriefed["faults"] == []
    assert debriefed["notes"] == [f"{item(logged, 'auditor')}: her part, not reached yet"]
    lines = debriefed["markdown"].strip().splitlines()
    assert lines[-1].startswith("**Next**: 2026-06-03")
    status = {i["id"]: i["status"] for i in ok("memory", "list", "priya")["items"]}
    assert status[item(logged, "template")] == "done"
    assert status[item(logged, "auditor")] == "open"
    goal = ok("goal", "list", "priya", "--on", "2026-05-21")["goals"][0]
    assert goal["milestones"][0]["done_on"] == "2026-05-20"


def test_the_next_brief_knows_what_the_debrief_kept(ok: Run, debriefed: Json) -> None:
    found = ok("prep", "priya", "--on", "2026-06-03")
    assert found["minutes"] == 45
    assert any("Femi" in line["quote"] for line in found["promises"]["mine"])
    assert all(line["said"] == "session 2, 20 May" for line in found["promises"]["mine"])
    assert found["milestones"] == []


def test_the_same_debrief_twice_is_kept_once(
    ok: Run, logged: Json, debriefed: Json, tmp_path: Path
) -> None:
    again = ok("debrief", "priya", "--file", str(tmp_path / "text.md"))
    assert (again["new"], again["session"]) == (False, debriefed["session"])
    assert again["noticed"] == [
        i for i in ok("memory", "list", "priya")["items"] if i["session"] == 2
    ]


def test_the_empty_form_offers_what_is_open_and_is_refused_unfilled(
    ok: Run, logged: Json, fails: Fails, tmp_path: Path
) -> None:
    form = ok("debrief", "priya", "--form", "--on", "2026-05-20")["form"]
    assert f"- [ ] {item(logged, 'template')}: " in form
    assert f"- [ ] {item(logged, 'auditor')}: " in form
    assert "- [ ] t1: " in form
    assert "nothing is filled in" in fails(2, "debrief", "priya", "--file", _file(tmp_path, form))
    assert "no terminal" in fails(2, "debrief", "priya")
    assert len(ok("memory", "list", "priya")["items"]) == len(logged["noticed"])


def test_a_covered_topic_leaves_the_roadmap(ok: Run, logged: Json, tmp_path: Path) -> None:
    before = ok("roadmap", "priya", "--on", "2026-05-20")["roadmap"]
    form = ok("debrief", "priya", "--form", "--on", "2026-05-20")["form"]
    text = form.replace(f"- [ ] {before[0]['key']}:", f"- [x] {before[0]['key']}:")
    found = ok("debrief", "priya", "--file", _file(tmp_path, text))
    assert found["behind"] == [before[0]["topic"]]
    after = ok("roadmap", "priya", "--on", "2026-05-21")
    assert [e["topic"] for e in after["behind"]] == [before[0]["topic"]]
    assert [e["key"] for e in after["roadmap"]] == [e["key"] for e in before[1:]]


def test_a_tick_of_nothing_is_said_and_harms_nothing(ok: Run, logged: Json, tmp_path: Path) -> None:
    text = "## Done\n- [x] 999: gone\n- [x] t88\n"
    found = ok("debrief", "priya", "--file", _file(tmp_path, text),
               "--on", "2026-05-20")  # fmt: skip
    assert len(found["faults"]) == 2
    assert found["done"] == []


def test_it_asks_on_the_terminal(logged: Json, coach: Coach) -> None:
    import click

    pair = coach.pair_store.find("priya")
    got: list[Form] = []

    @click.command()
    def run() -> None:
        form = Form(on=_day("2026-05-20"), open=(Tick("1", "Send it"), Tick("2", "Call")))
        got.append(asked(form, pair, _day("2026-05-20"), coach.locale))

    answers = ["the talk", "", "", "more time", "", "send the list", "call Femi", "", "", "",
               "y", "n", "she is quick", "", "never", "in two weeks", ""]  # fmt: skip
    result = CliRunner().invoke(run, input="\n".join(answers) + "\n", catch_exceptions=False)
    assert result.exit_code == 0
    [form] = got
    assert form.useful == ("the talk",)
    assert form.mine == ("send the list", "call Femi")
    assert form.done == (Tick("1", "Send it"),)
    assert form.next_session is not None
    assert form.next_session.on == _day("2026-06-03")


def test_forgetting_takes_it_out_of_goals_and_the_roadmap_too(
    ok: Run, logged: Json, coach: Coach
) -> None:
    quote = "She struggles with delegating."
    ok("goal", "add", "priya", f"Learn to let go. {quote}", "--on", "2026-05-06")
    ok("roadmap", "set", "priya", "1", quote, "--on", "2026-05-06")
    pair = coach.pair_store.find("priya")
    forget(coach.memory.store, pair, [item(logged, "delegating")])
    papers = coach.planning.papers
    bodies = [p.body for kind in ("goal", "roadmap") for p in papers.newest(pair, kind)]  # type: ignore[arg-type]
    assert bodies
    assert "delegating" not in str(bodies)
    assert "Learn to let go." in str(bodies)


def _day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)
