"""What the memory screen says when it has nothing to list."""

from __future__ import annotations

LOADING = "One moment: I am looking up what is remembered."
TEACH = (
    "Nothing is remembered of {name} yet.\n\nWrite up a session with {F5|chat.write_up}: say in "
    "your own words what happened. What matters in it is listed here, with its date and the "
    "sentence it came from. What you keep from the chat comes here too."
)
NOTHING = {
    "threads": "No thread is waiting to be taken up. Everything shows what is remembered.",
    "commitments": "No promise is remembered, neither yours nor {name}'s.",
    "people": "No facts, preferences, boundaries or expectations are remembered.",
    "goals": "No goals or plans are remembered.",
    "everything": "Nothing is remembered.",
}
NO_MATCH = "Nothing here has those words. Esc shows everything again."
UNNOTICED = (
    "The note is kept. I noticed nothing in it to come back to; that can be as it should be.\n\n"
    "Dates, promises and plans are noticed best when a sentence names them."
)


def nothing(tab: str, name: str, *, at_all: bool) -> str:
    """What to say in an empty tab; with ``at_all``, when there is nothing in any."""
    return (TEACH if at_all else NOTHING[tab]).replace("{name}", name)
