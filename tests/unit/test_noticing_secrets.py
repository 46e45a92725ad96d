"""A sentence under a mark of confidence always gives an item, and the item is private."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.memory.items import Draft, Person
from coach.memory.noticing import notice
from coach.memory.noticing.nearest import Similarity, examples

BEFORE = "We met at the station. She has a new bicycle. "
AFTER = " We had coffee."
MARKED = (
    "He wants out of the partnership. Please hold that back from everyone.",
    "She let me know, as a confidence, that she lost the baby.",
    "I have been told not to speak of it: the school is being merged.",
    "Her husband's company is failing, something I am asked to keep under wraps.",
    "Just us: he is looking at a job in Graz.",
    "What follows is not for other eyes. He has been seeing a psychiatrist.",
    "He drinks at work. She made it clear that I must say nothing.",
    "Please do not let this get back to her head of department: she is thinking of leaving.",
    "This is hers alone to announce - she is expecting in August.",
    "He doesn't wish his parents to learn of the failed exam.",
    "She is applying to Delft; her current boss isn't to find out.",
    "I'm honouring a promise by not saying more, but the grant was withdrawn.",
    "He has HIV. That goes nowhere.",
    "Nobody in the orchestra is aware that she auditioned in Graz.",
    "On the understanding that it stays with me: he's filing for bankruptcy.",
    "We agreed not to mention her breakdown to anybody.",
    "Do keep it from Marta, he said: they want to replace her.",
    "Her mother doesn't know she has left the course.",
    "For obvious reasons this isn't to be shared with the team: two will be made redundant.",
    "Not to be repeated outside our meetings, she has a stalker.",
    "He has told only his sister and me about the tumour.",
    "Shh - she's been shortlisted for head.",
    "I'd rather this were not in the export: he relapsed in May.",
    "Their daughter self-harms. He asked me to be very careful with that.",
    "She swore me in: they are adopting.",
    "He'd be sacked if anyone heard he spoke to the press.",
    "This must stay in the family, as it were: he is being sued.",
    "She begged that I never bring up her time in prison.",
    "Unofficially she has the job already.",
    "Please erase afterwards: she earns 90k.",
    "A secret between the two of us, he is writing a novel.",
    "Strictly NOT for the records: he cheated in the exam.",
    "The miscarriage is something only I have been told about.",
    "His illness is nobody else's concern.",
    "She'd hate for this to spread: her house is being repossessed.",
    "Don't tell Lena. He is planning to hire somebody over her head.",
    "Can you keep a secret, she asked. She is going to resign.",
    "It's embargoed until June, but the prize is hers.",
    "My mentor trusted me with the news of his divorce.",
    "She's pregnant, but that's for my ears only.",
    "He is leaving in May. Nobody else knows.",
    "Keep this between ourselves: she has applied elsewhere.",
    "This one I must not pass on: his wife has left.",
    "I promised her I'd tell no one that she is interviewing at Brandt.",
    "She hasn't told her team yet that she is going.",
    "She would rather Tom didn't hear about the offer.",
    "It's not to go beyond us two, but he failed the medical.",
    "Told me over coffee, strictly private, that he is selling the house.",
    "He's thinking of quitting (don't breathe a word).",
    "The diagnosis is not something she wants talked about.",
    'As she put it, "this dies with you".',
    "Off record: the board wants him out.",
    "NB confidential. Her husband drinks.",
    "Her brother is in prison; she has never told anyone at work.",
    "He trusts me not to say that he is behind with the rent.",
    "I'm sworn to secrecy about the merger.",
    "She's on tablets for her nerves, which stays with me.",
    "Just so you know, and not for the file: she has epilepsy.",
    "[not for export] his son was arrested.",
    "Please leave this out of anything we send: she is being treated for depression.",
    "She does not want Petra to know that she applied.",
    "He would die if his father found out about the debt.",
    "My lips are sealed, but the firm is up for sale.",
    "It's hush-hush, she is expecting.",
    "For the time being only I know that he has resigned.",
    "Under no circumstances should her manager learn of the offer.",
    "He made me promise not to tell a soul about the drinking.",
    "She wishes to keep her divorce out of the office.",
    "She told me something she has told nobody: her visa has run out.",
    "I am not allowed to talk about it, but they are closing the Leeds site.",
    "He asked for discretion: his daughter has an eating disorder.",
    "I should keep quiet about the fact that she is looking for another job.",
    "The others don't know yet. He hands in his notice on Friday.",
    "Her mother has cancer. She'd prefer that this stays here.",
    "His marriage is over. I'm keeping that to myself.",
    "Sensitive! The grant is in doubt.",
    "Only she and I know about the loan.",
    "Not public yet: she gets the chair.",
    "It has not been announced, so quiet: she's the new head.",
    "She begged me to keep mum about the test results.",
    "What she said about her sister should not be repeated.",
    "He has a second job. That's our little secret.",
    "Private note: she's seeing a therapist.",
    "(For me only) I think he will fail.",
    "Do not forward. He has been warned twice.",
    "She confided that she can't have children.",
    "Told me in tears and in trust that he's been diagnosed with MS.",
    "I gave her my word that the affair stays between the two of us.",
    "He'd be furious if it came out that he has been interviewing.",
    "Please no mention of her illness to anyone.",
    "I'm the only person who knows about the relapse.",
    "Between you, me and the lamppost, she's going to resign.",
    "Don't put this in the report - he lost his temper with a client.",
    "He doesn't want this written down anywhere, so briefly: gambling.",
    "Not a word to Jens about the job in Oslo.",
    "She has not told her husband about the redundancy.",
    "Keep it dark, but he has the offer in his pocket.",
    "We agreed that the matter of the loan stays in this room.",
    "It's nobody's business but hers: she's getting divorced.",
    "I won't mention to the committee that he considered leaving.",
    "Her secret, told on the train: she writes novels.",
    "I am to say nothing about his father's arrest.",
    "That he is gay is not known at the firm.",
    "That stays off the minutes. He was suspended in 2019.",
    "He let slip, and regretted it at once, that the site will close.",
    "You never heard it from me, but she's on her way out.",
    "She told me as a friend and not as her mentor that she's had a miscarriage.",
    "Classified: he's being headhunted.",
    "My eyes only: his sight is going.",
    "He spoke in confidence about the takeover.",
    "Her landlord is suing her. Keep schtum.",
    "He has not come out to his parents. I'm to keep that safe.",
    "The lump was benign but no one was ever told, so please.",
    "Please treat as private that he's on probation.",
)


def drafts_of(text: str, similarity: Similarity | None = None) -> tuple[Draft, ...]:
    them = Person("Anna Berg", "mentee", "")
    return notice(
        text, on=date(2026, 3, 2), them=them, my_role="mentor", similarity=similarity
    ).drafts


@pytest.mark.parametrize("marked", MARKED)
def test_a_marked_sentence_gives_a_private_item(marked: str) -> None:
    text = BEFORE + marked + AFTER
    start, end = len(BEFORE), len(BEFORE) + len(marked)
    inside = [d for d in drafts_of(text) if start <= d.start and d.end <= end]
    assert inside
    assert all(d.private for d in inside)
    assert all(text[d.start : d.end] == d.quote for d in inside)


@pytest.mark.parametrize(
    ("text", "private", "open_"),
    [
        # A mark that says what it is about leaves what stands before it alone.
        (
            "She is learning to sail. I promised to tell no one that she is applying in Bonn.",
            "applying in Bonn",
            "learning to sail",
        ),
        # One that leaves it out, or calls it "that", looks back.
        (
            "He goes for the post in Lund. Nobody on the floor is to know until May.",
            "post in Lund",
            "",
        ),
        (
            "A customer sends her messages at night. She doesn't want the head to get wind of "
            "that, so I am the only one.",
            "messages at night",
            "",
        ),
        # The news goes on with a pronoun.
        (
            "Off the record, he is talking to a buyer. He will have a call with them on 9 April.",
            "9 April",
            "",
        ),
        # A statement that begins like a question.
        (
            "What's next is the senior post: Maura retires in the autumn, told me privately.",
            "Maura retires",
            "",
        ),
        # The mark in the second half.
        (
            "He told me that his eyes are failing, and I'm not to say it to Nora.",
            "eyes are failing",
            "",
        ),
    ],
)
def test_how_far_a_mark_reaches(text: str, private: str, open_: str) -> None:
    drafts = drafts_of(text)
    assert any(private in d.quote and d.private for d in drafts)
    assert not any(private in d.quote and not d.private for d in drafts)
    assert not open_ or not any(open_ in d.quote and d.private for d in drafts)


def test_an_unknown_wording_counts_when_it_is_like_a_mark() -> None:
    known = {text for name, text in examples() if name == "private"}
    text = "He has sold the boat. Let the fishes have it."

    def alike(first: list[str], second: list[str]) -> NDArray[np.float32]:
        def vector(one: str) -> list[float]:
            return [1.0, 0.0] if "fishes" in one or one in known else [0.0, 1.0]

        a, b = np.array([vector(t) for t in first]), np.array([vector(t) for t in second])
        return np.asarray(a @ b.T, dtype=np.float32)

    assert all(not d.private for d in drafts_of(text))
    (boat,) = (d for d in drafts_of(text, alike) if "boat" in d.quote)
    assert boat.private
