"""Words that hide from a search by stems: irregular forms, and words that only make a question."""

from __future__ import annotations

import re

# A question has the base form ("did she buy") where what was said has the past ("I bought").
_IRREGULAR = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began
begun; bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken;
breed bred; bring brought; build built; burn burnt; buy bought; catch caught; child children;
choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn;
dream dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed;
feel felt; fight fought; find found; flee fled; fly flew flown; foot feet; forbid forbade
forbidden; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen; get got gotten;
give gave given; go goes went gone; grow grew grown; hang hung; hear heard; hide hid hidden; hold
held; keep kept; kneel knelt; know knew known; lay laid; lead led; lean leant; leap leapt; learn
learnt; leave left; lend lent; light lit; lose lost; make made; man men; mean meant; meet met;
mouse mice; pay paid; person people; ride rode ridden; ring rang rung; rise rose risen; run ran;
see saw seen; seek sought; sell sold; send sent; sew sewn; shake shook shaken; shine shone; shoot
shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept;
smell smelt; speak spoke spoken; spell spelt; spend spent; spill spilt; spin spun; spoil spoilt;
stand stood; steal stole stolen; stick stuck; sting stung; strike struck; swear swore sworn; sweep
swept; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; think thought;
throw threw thrown; tooth teeth; understand understood; wake woke woken; wear wore worn; weave
wove woven; weep wept; win won; wind wound; woman women; write wrote written
"""
_BASE = {
    form: forms[0]
    for forms in (group.split() for group in _IRREGULAR.split(";"))
    for form in forms[1:]
}

_ASKING = frozenset(
    """
    a about am an and any anybody anyone anything are as at be been being between but by can could
    d did discuss discussed do does doing done for from had has have he he's her hers him his how i
    i'm i've if in into is it it's its ll long many may me mention mentioned might mine much my of
    on or our ours re remind s said say says shall she she's should so some somebody someone
    something speak spoke t talk talked tell telling that that's the their theirs them then there
    they they're this those to told us ve was we were what what's when where which who who's whom
    whose why will with would you your yours
    """.split()  # noqa: SIM905
)

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def base_forms(text: str) -> str:
    """``text`` with irregular forms replaced by their base: "I bought it" becomes "I buy it"."""
    return _WORD.sub(lambda match: _BASE.get(match.group().lower(), match.group()), text)


def sought(question: str, names: frozenset[str]) -> str:
    """The words of ``question`` to search for: without those that only ask, and without ``names``.

    ``names`` are in lower case. When nothing is left the question itself is given.
    """
    found = []
    for word in _TOKEN.findall(question):
        plain = word.lower().replace("’", "'")
        if plain not in _ASKING and plain.removesuffix("'s") not in names:
            found.append(word)
    return base_forms(" ".join(found) if found else question)
