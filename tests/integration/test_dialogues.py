"""Whole dialogues through the real program: the right card, item and date, turn by turn.

The dialogues are those of tests/evals/dialogues; floors are set below what was measured, so that
what breaks is seen, and the held-out half is judged by its totals only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.paths import Places
from coach.settings import load_settings
from coach.storage.pairs import Pair
from tests.evals.dialogues_eval import Checked, dialogues, run
from tests.evals.intents_eval import lines_of, taken_for

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def talking(model_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    """Real weights, index and database, for these dialogues alone."""
    places = Places(home=tmp_path_factory.mktemp("talking"), cache=model_cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        coach = Coach(places, load_settings(places))
        coach.warm_up()
        yield coach
        coach.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("half", "floor"),
    [("dev", 0.90), ("dev-b", 0.85), ("dev-c", 0.85), ("dev-d", 0.75), ("dev-e", 0.80),
     ("dev-f", 0.68), ("dev-g", 0.60), ("dev-h", 0.70),
     ("held", 0.70)],
)  # fmt: skip
def test_turns_say_what_they_must(talking: Coach, half: str, floor: float) -> None:
    turns: list[Checked] = [turn for one in dialogues(half) for turn in run(one, talking)]
    right = sum(not turn.faults for turn in turns)
    assert right / len(turns) >= floor


def test_a_new_pair_starts_with_nothing_of_the_one_before(talking: Coach) -> None:
    first = talking.add_pair("Ines Prado", "mentor")
    second = talking.add_pair("Omar Haddad", "mentor")
    asyncio.run(_say(talking, first, "She never prepares for our meetings."))
    reply = asyncio.run(_say(talking, second, "yes please"))
    assert "Ines" not in reply
    assert "prepare" not in reply


def test_brief_asks_are_answered_and_life_comes_before_the_agenda(talking: Coach) -> None:
    tom = talking.add_pair("Tom Becker", "mentor")
    assert "six/set-limits" in asyncio.run(_say(talking, tom, "how do I set limits?"))
    words = asyncio.run(_say(talking, tom, "and how do i say it"))
    assert words.splitlines()[2] == "# Talking about limits with Tom"
    ida = talking.add_pair("Ida Falk", "mentor")
    talking.log_session(ida, date(2026, 4, 28), "Ida's sister is ill.")
    reply = asyncio.run(_say(talking, ida, "Ida's sister is ill. What do I do?"))
    assert '"Ida\'s sister is ill" (28 April' in reply
    assert "thinking of you" in reply or "I heard" in reply
    assert reply.rstrip().endswith("?")


def test_what_the_two_ruled_out_is_not_proposed_in_the_chat(talking: Coach) -> None:
    una = talking.add_pair("Una Stein", "mentor")
    talking.log_session(una, date(2026, 4, 20), "We agreed: no calls after six. Una is shy.")
    reply = asyncio.run(_say(talking, una, "should I ring her tonight?"))
    assert "no calls after six" in reply.lower()
    assert "20 April" in reply


def test_on_the_route_what_is_settled_is_told_and_what_is_asked_is_answered(
    talking: Coach,
) -> None:
    wanda = talking.add_pair("Wanda Obi", "mentor")
    told = "I promised to put her in touch with Gwen. She'll draft a rota for two Saturdays off."
    talking.log_session(wanda, date(2026, 4, 20), told)
    asyncio.run(_say(talking, wanda, "walk me through the four steps about her Saturdays"))
    asyncio.run(_say(talking, wanda, "fewer weekends at work for her"))
    settled = asyncio.run(_say(talking, wanda, "I did put her in touch with Gwen"))
    assert "touch with Gwen." in settled.splitlines()[0]
    assert "3 of 4" in settled
    aside = asyncio.run(_say(talking, wanda, "what should i ask her on tuesday"))
    assert "rota" in aside
    assert "4 of 4" not in aside
    assert "4 of 4" in asyncio.run(_say(talking, wanda, "head office could send a locum"))


def test_nothing_is_settled_behind_the_back_of_who_asks(talking: Coach) -> None:
    lea = talking.add_pair("Lea Moos", "mentor")
    talking.log_session(lea, date(2026, 4, 20), "I promised to send Lea the list of journals.")
    said = "I sent Lea the list of journals. How do I get her to choose one of them by herself?"
    reply = asyncio.run(_say(talking, lea, said))
    assert "list of journals." in reply.splitlines()[0]
    assert len(reply.splitlines()) > 2


def test_a_question_or_a_need_settles_nothing(talking: Coach) -> None:
    nils = talking.add_pair("Nils Berg", "mentor")
    told = "Nils will bring two letters. We meet every two weeks on Tuesday at 9:30."
    talking.log_session(nils, date(2026, 4, 20), told)
    for said in (
        "wait, how many letters is he still missing",
        "i told him, we have just met, and I must bring him the letters",
    ):
        asyncio.run(_say(talking, nils, said))
        assert {item.status for item in talking.remembered(nils)} == {"open"}, said


def test_words_are_made_for_what_the_request_itself_tells(talking: Coach) -> None:
    ada = talking.add_pair("Ada Lund", "mentor")
    said = "how i make a rule with Ada about texting, i like to help him but i must sleep"
    assert '"' in asyncio.run(_say(talking, ada, said))
    assert '"' in asyncio.run(_say(talking, ada, "ok make me the words. friendly"))


def test_words_for_a_slipped_promise_of_ones_own_own_up(talking: Coach) -> None:
    ingrid = talking.add_pair("Ingrid Moe", "mentor")
    told = "I told Ingrid I would find her a job contact."
    talking.log_session(ingrid, date(2026, 4, 20), told)
    asyncio.run(_say(talking, ingrid, "I told Ingrid I'd find her a job contact and I forgot"))
    words = asyncio.run(_say(talking, ingrid, "what do I write to her"))
    assert "# Owning up to Ingrid" in words
    jo = talking.add_pair("Jo Rask", "mentor")
    asked = asyncio.run(_say(talking, jo, "I told Jo I'd find her a job contact and I forgot"))
    assert "argonne/follow-through" in asked


def test_to_ask_for_something_is_no_wish_for_questions(talking: Coach) -> None:
    rafael = talking.add_pair("Rafael Cruz", "mentee")
    reply = asyncio.run(_say(talking, rafael, "How do I ask Rafael for more time?"))
    assert "*opening*" not in reply


def test_days_are_told_however_they_are_asked_for(talking: Coach) -> None:
    noor = talking.add_pair("Noor Aziz", "mentor")
    asyncio.run(_say(talking, noor, "give me questions for Noor"))
    talking.log_session(noor, date(2026, 4, 20), "Her exam is on 1 December 2031.")
    for said in (
        "well. back to Noor, when does her exam begin?",
        "how many days until the exam",
        "so how long has she got",
        "and what's the date of her exam",
    ):
        assert "December 2031" in asyncio.run(_say(talking, noor, said)), said
    moved = "And the exam, they changed it, it's the 9th of December 2031 now."
    assert "9 December 2031" in asyncio.run(_say(talking, noor, moved))


def test_all_that_is_known_of_somebody_is_told(talking: Coach) -> None:
    otto = talking.add_pair("Otto Hein", "mentee")
    talking.log_session(
        otto, date(2026, 4, 20), "Otto wants to become a ward sister. He will send me a plan."
    )
    reply = asyncio.run(_say(talking, otto, "What do you know about Otto?"))
    assert "ward sister" in reply
    assert "No news since" not in reply


def test_what_is_to_be_left_out_is_not_brought_up(talking: Coach) -> None:
    mia = talking.add_pair("Mia Holm", "mentee")
    soon = date.today() + timedelta(days=7)
    told = f"My brother arrives on {soon.day} {soon:%B %Y}."
    talking.log_session(mia, date.today() - timedelta(days=14), told)
    reply = asyncio.run(_say(talking, mia, "and nothing in it about my brother please"))
    assert "brother arrives" not in reply


async def _say(coach: Coach, pair: Pair, text: str) -> str:
    conversation = coach.resume(pair)
    async for _ in coach.turn(conversation, pair, text):
        pass
    return coach.history(conversation)[-1].text


@pytest.mark.slow
def test_intents_are_read_on_the_held_out_half(talking: Coach) -> None:
    rosa = talking.add_pair("Rosa Delgado", "mentor")
    ben = talking.add_pair("Ben Carter", "mentor")
    from tests.evals.intents_eval import CONTEXTS, _pair

    async def right() -> int:
        found = 0
        for line in lines_of("held"):
            context = CONTEXTS.get(line.get("context", ""))
            taken = await taken_for(talking, _pair(line, rosa, ben), line["text"], context)
            found += taken == line["intent"]
        return found

    assert asyncio.run(right()) / len(lines_of("held")) >= 0.90


def test_a_limit_told_in_the_talk_is_offered_kept_and_acts(talking: Coach) -> None:
    bjorn = talking.add_pair("Bjorn Dahl", "mentor")
    asyncio.run(_say(talking, bjorn, "We agreed: no calls after 8"))
    asyncio.run(_say(talking, bjorn, "yes"))
    assert [i.kind for i in talking.remembered(bjorn)] == ["boundary"]
    reply = asyncio.run(_say(talking, bjorn, "should I ring him tonight at nine?"))
    assert "no calls after 8" in reply


def test_what_was_done_before_moves_no_date(talking: Coach) -> None:
    pia = talking.add_pair("Pia Holm", "mentor")
    talking.log_session(
        pia, talking.today, "Pia's exam is next month. I promised to lend her my scales."
    )
    before = {i.id: i.when for i in talking.remembered(pia)}
    asyncio.run(_say(talking, pia, "what do I owe her?"))
    asyncio.run(_say(talking, pia, "oh I gave them to her last week"))
    assert {i.id: i.when for i in talking.remembered(pia)} == before
