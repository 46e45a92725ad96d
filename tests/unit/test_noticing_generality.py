"""Rules of grammar that serve writers whom nobody had in mind: one case or two for each rule."""

from __future__ import annotations

from datetime import date

import pytest

from coach import paths
from coach.errors import ContentError
from coach.memory.dates import find_dates
from coach.memory.items import Person
from coach.memory.noticing import kind_model, notice
from coach.memory.noticing.nearest import example_texts

ON = date(2026, 3, 4)  # a Wednesday
THEM = Person("Nadia Castellanos", "mentee", "she")


def noticed(text: str, them: Person = THEM) -> list[tuple[str, str | None, str | None]]:
    """Kind, owner and day of each draft in a note of the mentor."""
    drafts = notice(text, on=ON, them=them, my_role="mentor").drafts
    return [(d.kind, d.owner, d.when.isoformat() if d.when else None) for d in drafts]


@pytest.mark.parametrize(
    ("text", "owner", "when"),
    [
        # What was said to come is told with "would".
        ("She'd have the forms with me by 13 March.", "them", "2026-03-13"),
        ("She reckons she'll have it in by the end of April.", "them", "2026-04-30"),
        # Contractions without their apostrophe, and verbs without their g.
        ("she says shell bring the cuttings round on friday", "them", "2026-03-06"),
        ("told her id ring the depot tomorrow", "me", "2026-03-05"),
        ("said id have a word with the depot", "me", None),
        ("im lendin her my torque wrench for it", "me", None),
        # Other ways to bind oneself.
        ("I have proposed to read her chapter.", "me", None),
        ("I have engaged myself to find a tutor for her by 20 March.", "me", "2026-03-20"),
        ("She has taken on the job of ringing the caterers.", "them", None),
        ("I've given her my word that I will come.", "me", None),
        # The initial of a name before what its owner is to do.
        ("N. to bring her logbook.", "them", None),
        # The day on which something promised is wanted.
        ("I am to choose four prints, she wants them by Tuesday.", "me", "2026-03-10"),
    ],
)
def test_a_promise(text: str, owner: str, when: str | None) -> None:
    assert ("commitment", owner, when) in noticed(text)


@pytest.mark.parametrize(
    "text",
    [
        "MEETING NOTE, 4 March 2026.",
        "She asks whether I sleep.",
        "She asked me to stop humming.",
    ],
)
def test_no_promise(text: str) -> None:
    assert "commitment" not in [kind for kind, *_ in noticed(text)]


def test_my_before_a_thing_makes_no_list_of_mine() -> None:
    assert noticed("my driving test = 19 March") == [("event", None, "2026-03-19")]
    assert noticed("my job: send her the map") == [("commitment", "me", None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Long game: a bakery in Leith", "goal"),
        ("Passed!!!", "win"),
        ("It was agreed that phones stay in the hall.", "expectation"),
        ("She asks that I write nothing down about her sister.", "boundary"),
        ("I don't seem able to say no to the rota.", "struggle"),
        ("She finds the Friday clinic almost unbearable.", "struggle"),
        ("She is applying for the post in Hull.", "plan"),
    ],
)
def test_other_kinds(text: str, kind: str) -> None:
    assert kind in [found for found, *_ in noticed(text)]


@pytest.mark.parametrize(
    ("text", "when", "until", "relation"),
    [
        ("He committed to a draft by EOD Friday.", "2026-03-06", None, "by"),
        ("I'll ring before close of play tomorrow.", "2026-03-05", None, "by"),
        ("She is away for the whole of June.", "2026-06-01", "2026-06-30", "on"),
        ("Comments before the week of the 16th.", "2026-03-16", None, "by"),
        ("the baby is due november", "2026-11-01", "2026-11-30", "by"),
    ],
)
def test_dates(text: str, when: str, until: str | None, relation: str) -> None:
    [found] = find_dates(text, ON)
    told = [day.isoformat() if day else None for day in (found.when, found.until)]
    assert (told, found.relation) == ([when, until], relation)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("The big thing: her locum left without notice.", "Nadia's locum left without notice"),
        ("Highlight: she won the regional prize.", "Nadia won the regional prize"),
        # The label is what is told.
        # Here the label is part of what is told.
        ("Viva: she failed it.", "Viva: Nadia failed it"),
        ("They turned her down for the grant.", "They turned Nadia down for the grant"),
        # A question to the assistant is no part of what is told.
        (
            "She is worn out by the audit, how do I raise it without a fuss",
            "Nadia is worn out by the audit",
        ),
    ],
)
def test_only_what_is_told_is_kept(text: str, reads: str) -> None:
    drafts = notice(text, on=ON, them=THEM, my_role="mentor").drafts
    assert [draft.text for draft in drafts] == [reads]


def test_what_is_said_again_word_for_word_is_noticed_once() -> None:
    drafts = notice("She will send it.\n" * 3, on=ON, them=THEM, my_role="mentor").drafts
    assert [draft.text for draft in drafts] == ["Nadia will send it"]


def test_a_promise_not_kept_reads_as_the_promise() -> None:
    [draft] = notice(
        "I haven't sent the reading list that I promised.", on=ON, them=THEM, my_role="mentor"
    ).drafts
    assert (draft.kind, draft.text) == ("commitment", "You promised to send the reading list")


def test_to_tell_first_is_a_promise_even_beside_a_secret() -> None:
    drafts = notice(
        "She hasn't told her boss yet. I promised to tell her first.",
        on=ON, them=THEM, my_role="mentor",
    ).drafts  # fmt: skip
    assert [(d.kind, d.owner) for d in drafts if "promised" in d.quote] == [("commitment", "me")]


def test_a_secret_with_a_day_is_an_event() -> None:
    text = "Between us: Nadia's divorce hearing is on 9 March."
    [draft] = notice(text, on=ON, them=THEM, my_role="mentor").drafts
    assert (draft.kind, draft.when, draft.private) == ("event", date(2026, 3, 9), True)


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Her brother is expecting, but that's for the family to tell.", True),
        ("She is pregnant. Her news, not mine.", True),
        ("Only her sister and I know that she has left the church.", True),
        ("Keep it out of any letter that she was in prison.", True),
        ("Nobody told her how hard the exam would be.", False),
        ("She trusts me with her tools and I broke one.", False),
        ("They closed the door because of the draught and she was upset.", False),
    ],
)
def test_marks_of_confidence(text: str, private: bool) -> None:
    drafts = notice(text, on=ON, them=THEM, my_role="mentor").drafts
    assert any(draft.private for draft in drafts) is private


def test_the_model_of_kinds_weighs_the_signs() -> None:
    dated = {"bias": 1.0, "dated": 1.0, "event noun": 1.0, "points event": 4.5, "near event": 0.3}
    likely = kind_model.chances(dated)
    assert sum(likely.values()) == pytest.approx(1.0)
    assert kind_model.choose(dated, ["event", "win"], least=0.2) == "event"
    assert kind_model.choose({"bias": 1.0, "near none": 1.0}, ["event", "win"], least=0.2) is None


def test_a_broken_file_of_weights_is_told(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "content_root", lambda: tmp_path)
    kind_model.weights.cache_clear()
    with pytest.raises(ContentError):
        kind_model.weights()
    kind_model.weights.cache_clear()


def test_what_the_layers_do_not_say_is_as_usual() -> None:
    usual = kind_model.weights().usual
    assert set(usual) == {f"tuned {label}" for label in kind_model.weights().labels}
    signs = {"bias": 1.0, "points event": 3.0}
    assert kind_model.chances(signs) == kind_model.chances({**usual, **signs})
    sure = kind_model.tuned({"event": -0.1, "none": -20.0})
    assert sure["tuned none"] == -6.0
    assert kind_model.chances({**signs, **sure})["event"] > kind_model.chances(signs)["event"]


def test_the_examples_are_always_the_same_list() -> None:
    assert example_texts() is example_texts()
