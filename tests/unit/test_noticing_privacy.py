"""Marks of confidence in many wordings, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from coach.memory.items import Draft, Person
from coach.memory.noticing import notice

MARKED = (
    "Chatham House rules: the branch is to close.",
    "She begged me to stay quiet: her husband is in debt.",
    "He is leaving in June. Nothing of that should ever reach his foreman.",
    "Not to be aired: she has applied to another firm.",
    "Her scan was bad. So far it is known to her, to me and to this note.",
    "Her husband has lost his job. Her colleagues have no idea and it should stay that way.",
    "She is leaving the firm in June, which her team has not been told.",
    "He has a drinking problem, I am the first he has told.",
    "She made me promise to tell no one: the divorce papers arrived.",
    "What I write next is not for anyone else. She has been drinking again.",
    "He asked me to sit on this until the announcement: the branch in Leeds closes.",
    "Not to be shared: the merger is on.",
    "She is pregnant. Not a word to the office.",
    "Private: his scan is on the 9th.",
    "He whispered that he had been to see a lawyer.",
    "She told me something I am not supposed to know. The Cardiff site is being sold.",
    "He trusted me with something heavy. His brother is in prison.",
    "(not for the file) she failed the medical",
    "her diagnosis came back bad, please keep it quiet",
    "His wife does not know yet, but he has resigned.",
    "Only the two of us know that she is applying in Bonn.",
    "She does not want her boss to find out she has an interview on Friday.",
    "He is in debt; I gave my word that nobody hears it from me.",
    "The takeover is not official until May, so mum's the word.",
    "She shut the door first: her father has dementia.",
    "In here I may say it, elsewhere not: he is on medication.",
    "she is seeing a therapist 🤫",
    "[confidential] bonus was 12k",
    "Off-record she said that the grant is gone.",
    "He said it must remain within these four walls that his son was arrested.",
    "I'm not to breathe a word, but she got the ambassador post.",
    "Strictly between him and me: he is giving up the firm.",
    "He has cancer. I am telling nobody.",
    "She'd be mortified if it got around that she was demoted.",
    "Her partner left her. She begged me to be discreet.",
    "This she told me as a friend, so it goes nowhere: she took the money.",
    "He and his wife are separating, a thing that nobody at the school is aware of.",
    "She asked that I not repeat this. She has been offered the headship.",
    "Under embargo: the film opens in Cannes.",
    "He is thinking of suing them. For now that is our secret.",
    "Keep to yourself pls, she might quit.",
    "Don't put this in writing anywhere else, she said: the results were faked.",
    "Nobody else needs to know about the miscarriage.",
    "He let me in on a secret: he has bought the mill.",
    "For the drawer only: she has had an approach from a rival.",
    "pls nobody: the foreman faked the readings",
    "Told me, not to be carried further, that the owners may sell the hotel.",
    "A neighbour has been sending her messages. She doesn't want the head to get wind of that.",
    "He told me with the door shut that he has diabetes.",
    "A thing she begged me to guard: her permit has been refused. The lawyer appeals on 9 April.",
    "She would be mortified if anyone knew that she failed the exam.",
    "She drinks again every evening, and that was told me as a friend and goes nowhere.",
    "He is forbidden to let the crew find out that the money may fall through.",
    "She has kept it from her husband that she lost her job.",
    "Please delete this after reading: he is being investigated.",
    "Hers to tell, not mine: she is pregnant.",
)
OPEN = (
    "Between us we have thirty years at the bench.",
    "The confidentiality agreement for the client is due on 3 May.",
    "She won't share her desk with the new intern.",
    "He kept quiet in the meeting and regrets it.",
    "Nobody knows how the new system works, so she writes a guide.",
    "She wants to pass on her knowledge to the juniors.",
    "The clinic is private and expensive, so he waits.",
    "She keeps a diary and shared her plan with the team.",
    "I don't know how to tell them.",
    "She told her boss about the offer and he was pleased.",
    "He has not heard back from the bank.",
    "We talked about confidence and how to speak up.",
    "She never mentions her successes.",
    "The gap between her and me is smaller now.",
    "She works in private practice and lives in a private flat.",
    "He does not know what he wants.",
    "They agreed to keep the meetings short.",
    "She hasn't told me the date yet.",
    "I am not to call her after eight.",
    "He stays in the office until ten.",
    "Nobody came to the party.",
    "He'd rather not have homework over Easter.",
    "The evening was quiet, one mother brought a cake.",
    "The whole file can go in the drawer.",
    "Personal: engaged since May.",
)


def drafts_of(text: str) -> tuple[Draft, ...]:
    pronoun = "she" if " she " in f" {text.lower()}" or "Her " in text else "he"
    them = Person("Maya Okafor", "mentee", pronoun)
    return notice(text, on=date(2026, 3, 4), them=them, my_role="mentor").drafts


@pytest.mark.parametrize("text", MARKED)
def test_all_that_a_mark_governs_is_private(text: str) -> None:
    drafts = drafts_of(text)
    assert drafts
    assert all(d.private for d in drafts)


@pytest.mark.parametrize("text", OPEN)
def test_what_is_no_mark(text: str) -> None:
    assert not any(d.private for d in drafts_of(text))
