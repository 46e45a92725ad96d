"""The texts on which an export must agree with the model that it was made from."""

from __future__ import annotations

MIN_COSINE = 0.9999
"""Every text's two vectors must be closer than this."""

_PARAGRAPH = (
    "On Tuesday the two of them went through the draft once more. She had cut the second chapter "
    "by half, moved the tables to the end, and still doubted whether the committee would follow "
    "the argument. He asked what she would say if there were only five minutes, and she said it "
    "in two. They agreed that the opening should be those two minutes, written down. "
)

TEXTS = (
    "How do I tell my mentee that I am not free on Sundays?",
    "Yes.",
    "",
    "   \n\t ",
    "?!… --- ///",
    "Zoë a demandé un café à l'hôtel; Jürgen wäre früher gegangen.",
    "导师和学员每个月见面一次。 メンターに相談したい。 Наставник слушает. مرحبا",
    "Thanks 🙏🏽 — see you at 10:30 👩‍🔬🚀",
    "https://example.org/a/very/long/path?with=query&and=more#fragment SELECT * FROM pairs;",
    "antidisestablishmentarianism" * 12,
    _PARAGRAPH * 2,
    _PARAGRAPH * 3 + "This ending lies beyond 128 tokens and within 256.",
    _PARAGRAPH * 5 + "This ending lies beyond 256 tokens.",
    _PARAGRAPH * 12,
)
"""Short, empty, foreign, broken and long: below and above 128, 256 and 512 tokens."""
