"""Markdown as the coach and its sources write it: no markup of the console, no links outside."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from coach.tui.plain import CITATION

SOURCE_SCHEME = "card:"


def parser() -> MarkdownIt:
    """CommonMark with tables; HTML stays text, pictures stay links, ``[a/b]`` is a chip."""
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.disable(["image", "html_block", "html_inline"])
    made.inline.ruler.before("link", "citation", _citation)
    return made


def _citation(state: StateInline, silent: bool) -> bool:
    """markdown-it rule: ``[source/slug]`` becomes a link to that source, brackets and all."""
    if state.src[state.pos] != "[":
        return False
    match = CITATION.match(state.src, state.pos + 1)
    if match is None or state.src[match.end() : match.end() + 1] != "]":
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": f"{SOURCE_SCHEME}{match.group()}"}
        state.push("text", "", 0).content = f"[{match.group()}]"
        state.push("link_close", "a", -1)
    state.pos = match.end() + 1
    return True
