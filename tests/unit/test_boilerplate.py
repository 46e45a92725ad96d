"""Boilerplate goes, guidance stays: the five raw articles, and made-up pages of other kinds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.library.boilerplate import REASONS, clean_document

SOURCES = Path(__file__).parents[3] / "shared" / "sources"
articles = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the five source articles are not part of the repository"
)


def cleaned(text: str) -> str:
    return clean_document(text).text


def article(number: int) -> str:
    return next(SOURCES.glob(f"{number:03d}_*.txt")).read_text(encoding="utf-8")


# -- the five articles -----------------------------------------------------------------------------


@articles
@pytest.mark.parametrize(
    ("number", "gone", "lines"),
    [
        (0, ["GIVEAWAY", "copies", "ligib", "winners", "CEO"], 5),
        (1, ["Tina", "navigator", "permalink", "Leave a Reply", "Required fields"], 5),
        (2, ["@", "P.S.", "also like", "First Time", "Become A Mentor", "best people want"], 5),
        (3, ["engagementoring", "expertly managed", "To learn more"], 1),
        (4, ["Leave a Reply", "will not be published", "Required fields"], 2),
    ],
)
def test_an_article_keeps_all_but_its_boilerplate(number: int, gone: list[str], lines: int) -> None:
    raw = article(number)
    text = cleaned(raw)
    for phrase in gone:
        assert phrase in raw
        assert phrase not in text
    before = [line for line in raw.splitlines() if line.strip()]
    after = [line for line in text.splitlines() if line.strip()]
    assert [line for line in before if line in after] == after
    assert len(before) - len(after) == lines


# -- a blog, a handbook, a page, made up -----------------------------------------------------------

BLOG = """\
[Home](/) | [About](/about) | [Blog](/blog) | [Contact](/contact)

# When your mentee goes quiet

By Rosa Lindqvist | 4 March 2021 | 6 min read

3 Comments

Silence is rarely indifference. Ask what changed before you decide what it means.

[![Cover](https://img.example.com/cover.png)](https://shop.example.com)

## Make the next step small

Offer one question that can be answered in a line. Our team of experts helps thousands of pairs.
To find out more about our programmes, visit https://www.quietpairs.example.com/programmes today.

> Send me two lines by Friday, and email me at rosa@quietpairs.example.com if you are stuck.

Read *The Coaching Habit* together and talk about one chapter. The book is short, and its questions
travel well.

**Enjoyed this? Win a signed copy!**

Leave a comment below for a chance to win a copy. Winners will be announced on 1 May.

Subscribe to my newsletter and never miss a post!

### Share this:

- [Click to share on Twitter (Opens in new window)](https://twitter.com/x)
- [Facebook](https://facebook.com/x)

### Related posts

- [Five questions for a first meeting](https://quietpairs.example.com/five)
- [How to end well](https://quietpairs.example.com/end)

### About the author

Rosa Lindqvist is a coach and writer in Uppsala. She has worked with pairs for ten years.

Follow her on Twitter at @rosaquiet or write to rosa [at] quietpairs [dot] example [dot] com.

## 2 thoughts on “When your mentee goes quiet”

**Dan** says:

May 3, 2021 at 10:04 am

This changed how I think of my own mentor, thank you so much for writing it.

### Leave a Reply

Your email address will not be published. Required fields are marked *

Name *

Post Comment

© 2021 Quiet Pairs. All rights reserved.

[Privacy policy](/privacy) | [Terms of use](/terms)
"""


def test_a_blog_post() -> None:
    result = clean_document(BLOG)
    lines = [line for line in result.text.splitlines() if line]
    assert lines == [
        "# When your mentee goes quiet",
        "Silence is rarely indifference. Ask what changed before you decide what it means.",
        "## Make the next step small",
        "Offer one question that can be answered in a line.",
        "> Send me two lines by Friday, and email me if you are stuck.",
        "Read *The Coaching Habit* together and talk about one chapter. The book is short, and its"
        " questions",
        "travel well.",
    ]
    assert set(result.removed) >= {
        "about the author",
        "advertising",
        "comment form",
        "contact details",
        "giveaway",
        "navigation",
        "newsletter",
        "page furniture",
        "post details",
        "related links",
        "sharing",
    }
    assert set(result.removed) <= set(REASONS)


HANDBOOK = """\
Contents

Welcome ............................ 1
Keeping in touch ................... 2

Mentoring Handbook | 2

## Contact between sessions

Agree how you will contact each other (email or phone?), and how soon an answer can be
expected. If something is urgent, call; otherwise write. The programme office (Jane Okafor,
mentoring@uni.example.edu, +44 113 496 0999) can step in if one of you goes silent.

- Email your agenda the day before: "Email me at any time before 9 pm."
- Share this with your mentee in the first meeting.
- Follow up on 12/03/2024, and again after 6-8 weeks.
- (c) Agree on what stays between you.

## 3 thoughts on giving feedback

Say what you saw, what it did, and what you would like next time.

## About Peer Mentoring

Peer Mentoring works when both of you bring questions.

Visit your mentee at their own desk once. Contact your programme lead if the match does not work.

## Contact

Mentoring Office, 12 Clarendon Road, Leeds LS2 9NF

Tel: 0113 496 0999

Page 3 of 20
"""


def test_a_handbook_keeps_advice_on_contact_and_loses_the_contacts() -> None:
    text = cleaned(HANDBOOK)
    for kept in (
        "## Contact between sessions",
        "(email or phone?)",
        "If something is urgent, call; otherwise write.",
        "can step in if one of you goes silent.",
        '"Email me at any time before 9 pm."',
        "- Share this with your mentee in the first meeting.",
        "- Follow up on 12/03/2024, and again after 6-8 weeks.",
        "(c) Agree on what stays between you.",
        "## 3 thoughts on giving feedback",
        "Say what you saw",
        "## About Peer Mentoring",
        "Peer Mentoring works",
        "Visit your mentee at their own desk once.",
        "Contact your programme lead if the match does not work.",
    ):
        assert kept in text
    for gone in ("@uni", "0999", "LS2", "....", "Page 3", "Handbook | 2", "## Contact\n"):
        assert gone not in text
    assert not text.endswith("## Contact")


PLAIN_PAGE = """\
Skip to content
Home
Services
Shop
Contact us
Giving hard feedback
We use cookies to improve your experience. By clicking Accept you agree to our cookie policy.
Hard feedback lands better when it was asked for.
Related articles
Ten ways to listen
Why trust takes time?

Start with the facts

Describe one event and stop. The rest is a conversation, and it belongs to both of you.

If you would like to be coached by me, drop me a line or call 1-800-COACHES.
Book a free consultation with our coaches!
P.S. Join our mailing list at www.hardtalk.example.org and get 20% off.
Posted in Feedback, Trust. Bookmark the permalink.
Pingback: Friday links | Some Other Blog
"""


def test_a_page_saved_as_plain_text() -> None:
    assert [line for line in cleaned(PLAIN_PAGE).splitlines() if line] == [
        "Giving hard feedback",
        "Hard feedback lands better when it was asked for.",
        "Start with the facts",
        "Describe one event and stop. The rest is a conversation, and it belongs to both of you.",
    ]


DATED_THREAD = """\
# Notes by hand

June 12, 2019 by Coach Ida 8 Comments

{advice}

Ida Holm is an executive coach based in Aarhus. Want Ida to speak at your event? Click here.

Enjoyed this? Sign up for our free weekly newsletter.
👉 Download our FREE checklist here: https://hands.example.org/list

Comments

Sam says
June 13, 2019 at 9:12 am
Love this, I have the same experience.
Reply
Toni says
June 14, 2019 at 1:44 pm
Great post, see my site at www.watches.example.biz
"""


def test_a_thread_of_comments_is_known_by_its_dates() -> None:
    advice = " ".join(
        ["She reads last month's notes back, and that is how I know she listens."] * 5
    )
    text = cleaned(DATED_THREAD.format(advice=advice))
    assert text == f"# Notes by hand\n\n{advice}"
    worksheet = f"{advice}\n\nComments\n\nWrite here what went well, and what did not."
    assert cleaned(worksheet) == worksheet


# -- one rule at a time ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "How do you want to be contacted: email, phone, or in person?",
        "P.S. Remember to thank your mentor at the end.",
        "Sheryl's book on negotiation made her rethink what she asks for.",
        "My mentee would call me at night, and I learned to set limits.",
        "Connect on LinkedIn after the second meeting, not before it.",
        "Meet from 2019-2020 on Mondays, 10:30-11:30, in room 0113.",
        "Score each goal from 1 to 10. 7 or more is enough.",
        "7 Lessons From The Road",
        "5 Tips To Find Your Way",
        "Ask what a win would look like. If you win, celebrate it together.",
        "«Tell me more», she said, and waited.",
        "- Sign up\n- Meet your mentor\n- Agree on limits",
        "Published in 2014, the study found that weekly meetings help.",
        "Subscribe to the idea that questions beat answers.",
        "Leave a comment in the margin of her draft.",
        "Follow me if you can: that was how he taught.",
        "For more information on goals, see section 3.",
        "Join the conversation with a question of your own rather than a verdict.",
        "> If you would like to work with me, send me your three goals.",
        'Say: "If you are interested, contact me before Friday."',
        "| When | How |\n| --- | --- |\n| Monday | phone |",
        "Want to be a better listener? Wait five seconds.",
        "At Acme, we give every mentee two hours a week.",
    ],
)
def test_guidance_that_resembles_boilerplate_stays(text: str) -> None:
    assert clean_document(text) == type(clean_document(""))(text, ())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to Ana (ana.p@example.org) first.", "Write to Ana first."),
        ("Ring Jane on 0113 496 0999.", "Ring Jane."),
        ("Ask at the desk, or call (555) 010-4477 ext. 12, for a room.", None),
        ("See [the worksheet](https://example.com/w.pdf) for an example.", None),
        ("- E-mail: a@b.example.com", ""),
        ("Student counselling: +44 113 496 0111", ""),
        ("Ask Ruth (r.a@chem.example.ac.uk, ext. 4417) for a room.", "Ask Ruth for a room."),
        ("Tel.: +1 (555) 010-4477 | Fax: 555-010-4478", ""),
        ("[1]: https://example.com/notes", ""),
        ("Twitter: @coach_ana", ""),
        ("P.O. Box 221, Springfield, IL 62701", ""),
        ("Draw on <https://example.com/a_(b)> and practise.", None),
    ],
)
def test_details_are_cut_out_of_sentences(text: str, left: str | None) -> None:
    result = cleaned(text)
    if left is not None:
        assert result == left
    assert not re.search(r"@|https?:|\d{3}.?\d{4}|221", result)
    assert left == "" or len(result.split()) >= len(text.split()) - 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Enter the prize draw", "giveaway"),
        ("Advertisement", "advertising"),
        ("Contact us today to discuss your programme.", "advertising"),
        ("Buy my book now.", "advertising"),
        ("Filed under: leadership, trust", "post details"),
        ("Home > Blog > Mentoring", "navigation"),
        ("Next post: How to listen", "navigation"),
        ("This site uses cookies.", "cookie notice"),
        ("Sign up for our monthly newsletter", "newsletter"),
        ("[...] a quoted scrap of a page [...]", "pingback"),
        ("Comments are closed.", "comment form"),
        ("Facebook Twitter LinkedIn Email", "sharing"),
    ],
)
def test_each_kind_is_named(text: str, reason: str) -> None:
    result = clean_document(f"Ask before you tell.\n\n{text}\n\nWait for the answer.")
    assert result.removed == (reason,)
    assert result.text == "Ask before you tell.\n\nWait for the answer."


def test_a_solicitation_at_the_end_of_a_list_item_takes_only_itself() -> None:
    assert cleaned("- Keep a shared page of notes. Visit our shop at www.notes.example.com.") == (
        "- Keep a shared page of notes."
    )


# -- properties ------------------------------------------------------------------------------------

PIECES = st.sampled_from([line for line in (BLOG + HANDBOOK + PLAIN_PAGE).splitlines() if line])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(PIECES, st.just(""), st.text(max_size=40)), max_size=20))
def test_cleaning_twice_changes_nothing(lines: list[str]) -> None:
    once = clean_document("\n".join(lines))
    assert clean_document(once.text).text == once.text
    assert set(once.removed) <= set(REASONS)


ADVICE = st.sampled_from(
    [
        "Ask one open question, and wait.",
        "## Goals",
        "- Write down what you promised.",
        "When a mentee is late twice, say so kindly and ask what would help.",
        "Trust grows from small promises kept.",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ADVICE, min_size=1, max_size=12))
def test_advice_alone_is_left_as_it_is(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    assert clean_document(text).text == text
    assert clean_document(text).removed == ()
