"""Promises and dated events in the words of many different writers."""

from __future__ import annotations

from datetime import date

import pytest

from coach.memory.items import Person
from coach.memory.noticing import notice

ON = date(2026, 3, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "role", "kind", "owner", "when"),
    [
        ("I have to get back to Maya about the bursary by Monday.", "mentor", "commitment", "me",
         "2026-03-09"),
        ("Maya's going to try out the checklist and report back.", "mentor", "commitment", "them",
         None),
        ("Maya undertakes to draw up a budget before 1 April", "mentor", "commitment", "them",
         "2026-04-01"),
        ("I've offered to put her forward for the panel.", "mentor", "commitment", "me", None),
        ("She'll drop me a line once the results are in.", "mentor", "commitment", "them", None),
        ("My job: chase the printer. Hers: proofread by Friday.", "mentor", "commitment", "them",
         "2026-03-06"),
        ("TODO me -> forward the podcast", "mentor", "commitment", "me", None),
        ("Need to email her the template tonight", "mentor", "commitment", "me", "2026-03-04"),
        ("must remember to ring Jo for her", "mentor", "commitment", "me", None),
        ("Maya asked for two pages on my methods by next Friday and I said fine.", "mentee",
         "commitment", "me", "2026-03-13"),
        ("Maya to send dates", "mentee", "commitment", "them", None),
        ("I told Maya I'd have a word with Paul before our next session.", "mentee", "commitment",
         "me", None),
        ("We'll each bring one article to the next meeting.", "mentee", "commitment", "both", None),
        ("She wants to speak to all five clients; she'll text me after each.", "mentor",
         "commitment", "them", None),
        ("Thesis committee on 12 May", "mentor", "event", None, "2026-05-12"),
        ("Her father's operation is next Tuesday", "mentor", "event", None, "2026-03-10"),
        ("She flies to Lagos on the 20th for a fortnight.", "mentor", "event", None, "2026-03-20"),
        ("The results are due on 2 April", "mentee", "event", None, "2026-04-02"),
        ("Our next meeting: 18 March, 4pm", "mentor", "event", None, "2026-03-18"),
        ("My probation ends on 31 March", "mentee", "event", None, "2026-03-31"),
        ("She gets married on 6 June", "mentor", "event", None, "2026-06-06"),
        ("Board presentation tomorrow, she hasn't slept", "mentor", "event", None, "2026-03-05"),
        ("He's on holiday from 10 to 20 April", "mentor", "event", None, "2026-04-10"),
        ("I'm giving the keynote in Leeds on 9 May", "mentee", "event", None, "2026-05-09"),
        ("The offer expires on Friday", "mentee", "event", None, "2026-03-06"),
        ("I start at the new place on 1 April.", "mentee", "event", None, "2026-04-01"),
        ("We next meet on 1 April", "mentor", "event", None, "2026-04-01"),
        ("She will sit her finals in June", "mentor", "event", None, "2026-06-01"),
        ("He retires at the end of the year", "mentee", "event", None, "2026-12-31"),
        ("Her mortgage interview is at 3 on Monday", "mentor", "event", None, "2026-03-09"),
        ("She says I ought to see a doctor and I promised I would this week", "mentee",
         "commitment", "me", None),
        ("Action point for Maya: three calls by the end of next week", "mentor", "commitment",
         "them", "2026-03-13"),
        ("She said leave it with her, she'll square it with finance", "mentee", "commitment",
         "them", None),
        ("I owe her lunch", "mentor", "commitment", "me", None),
        ("She offered to look over the slides", "mentee", "commitment", "them", None),
        ("i gotta send maya the doc by fri", "mentee", "commitment", "me", "2026-03-06"),
        ("maya gonna intro me to her old boss", "mentee", "commitment", "them", None),
        ("Next step is for me to write to the ombudsman by 10 March.", "mentee", "commitment",
         "me", "2026-03-10"),
        ("I should send her the contract until Friday.", "mentor", "commitment", "me",
         "2026-03-06"),
        ("Maya makes until next time a plan for the team day.", "mentor", "commitment", "them",
         None),
        ("I will to ask my cousin about the flat.", "mentor", "commitment", "me", None),
        ("Agreed with Maya that I keep a diary for a fortnight.", "mentee", "commitment", "me",
         None),
        ("She set me the task of naming three strengths.", "mentee", "commitment", "me", None),
        ("I let her know by Sunday.", "mentor", "commitment", "me", "2026-03-08"),
        ("For next time: read chapter 2 (me), write a page (Maya).", "mentor", "commitment", "me",
         None),
        ("Homework: she records her next stand-up.", "mentor", "commitment", "them", None),
        ("The two of us are presenting at the summit on 3 June.", "mentor", "event", None,
         "2026-06-03"),
        ("She has her second round on the 11th", "mentor", "event", None, "2026-03-11"),
        ("I shan't forget to post the book.", "mentor", "commitment", "me", None),
        ("Will dig out the old rota for her.", "mentor", "commitment", "me", None),
        ("Sending her my notes tomorrow.", "mentor", "commitment", "me", "2026-03-05"),
        ("Maya is writing to the council by Monday.", "mentor", "commitment", "them", "2026-03-09"),
    ],
)  # fmt: skip
def test_who_owes_what_and_what_comes_up(
    text: str, role: str, kind: str, owner: str | None, when: str | None
) -> None:
    pronoun = "he" if text.startswith("He") and "Her" not in text else "she"
    them = Person("Maya Okafor", "mentee" if role == "mentor" else "mentor", pronoun)
    drafts = notice(text, on=ON, them=them, my_role=role).drafts  # type: ignore[arg-type]
    found = [(d.kind, d.owner, d.when.isoformat() if d.when else None) for d in drafts]
    assert (kind, owner, when) in found
