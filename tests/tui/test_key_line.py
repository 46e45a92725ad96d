"""The keys at the bottom of a page: what is shown where there is room for some of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.tui.widgets.key_line import Part, Press, fitted

WORDS = st.text("abcdef ", min_size=1, max_size=14)
PARTS = st.lists(
    st.builds(lambda said, lasting: Part((Press("x", "x", said),), said, lasting),
              WORDS, st.booleans()), max_size=14, unique_by=lambda one: one.said,
)  # fmt: skip


@given(PARTS, st.integers(1, 160))
def test_what_lasts_is_there_and_the_rest_as_far_as_it_fits(parts: list[Part], width: int) -> None:
    found, gap = fitted(parts, width)
    kept = [one for one in found if one is not None]
    assert [one for one in kept if one.lasting] == [one for one in parts if one.lasting]
    assert kept == [one for one in parts if one in kept], "in their order"
    used = sum(one.width + gap for one in kept) + 2 * found.count(None)
    assert used <= width or all(one.lasting for one in kept)
    assert (None in found) == (len(kept) < len(parts)) or used > width


def test_keys_are_named_as_in_sentences_and_short_where_room_is_scarce() -> None:
    keys = Part((Press("x", "x", "Export"), Press("f", ",f", "Form")), "Files")
    parts = [keys, Part((Press("ctrl+q", "Ctrl+Q", "Quit"),), "Quit", lasting=True)]
    for width, said in ((40, ["x,f", "Ctrl+Q"]), (20, ["xf", "^Q"]), (12, ["^Q"])):
        shown = [one for one in fitted(parts, width)[0] if one is not None]
        assert ["".join(key.shown for key in one.presses) for one in shown] == said
