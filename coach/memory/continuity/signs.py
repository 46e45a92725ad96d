"""Signs in an item's words that a thread is open, lasting, already over, or no thread at all.

Noticing keeps more than a careful mentor would come back to; these signs tell the two apart.
They are read from the item's own words only. The lists are ours, made from
``tests/evals/notes/dev.jsonl`` and everyday phrases of the same sort.
"""

from __future__ import annotations

import re

from coach.memory.dates import HERE, Locale, find_dates
from coach.memory.items import Item
from coach.memory.noticing.closing_signs import Says
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten


def _any(*phrases: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """One pattern for whole phrases; in each "|" parts alternatives."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", flags)


_MONTH_FIRST = Locale(day_first=False)
_WHOM = r"(?:you|me|us|her|him|them|[A-Z]\w+)"
_OFFER = _any(
    r"(?:has|have|had|was|were|been|got|being) (?:been )?(?:offered|approached|asked to|invited)",
    "shortlisted|short-listed|nominated",
    "(?:an|the|job|new) offer",
    r"offer(?:s|ed|ing) (?:\w+ ){0,3}?(?:a|an|the|my|your|her|his|their)",
    "propos(?:ed|es|ing)|head-?hunters?|recruiters?",
    rf"(?:invited|approached) {_WHOM}",
    rf"asked {_WHOM} (?:on ?to|to join|to lead|to stand)",
    rf"wants? {_WHOM} to (?:take|join|lead|move)",
    flags=re.NOFLAG,
)
_UNDECIDED = _any(
    "undecided|in two minds|torn|on the fence|weighing",
    "(?:to|must|should|cannot|can't) decide|whether to",
    "(?:wondering|wonders|unsure|not sure) (?:whether|if)|considering|toying with|thinking of",
    "(?:results?|decision|answer|verdict|outcome) (?:in (?!a)|by|due|expected|is due|to come)",
    "(?:will|to|shall) hear (?:back )?(?:in|by|on)|hears? back",
    "(?:waiting|waits) (?:for|to hear|on)|no answer yet|has not answered",
)
_IS = "(?:is|are|was|were|it's|that's) (?:now |finally |all )?"
_CALLED_OFF = _any(
    f"called off|fell through|{_IS}(?:cancelled|off(?! (?:to|on|for|from|sick|work))"
    "|over(?! (?:the|to|a|my|her|his|their|from|for|at|on|here|in|\\d)))",
)
_WENT = _any("(?:went|gone) (?:in|off|out)(?! of)|handed in|sent off")
_OVER = _any(
    r"(?<!was )(?<!were )(?<!been )(?<!got )turned (?:\w+ )?down",
    "said no to|declined (?:the|an?|to|my|her|his|their)",
    "finished with|done with|over and done|behind us",
    "(?:is|are|was|were|all|now|well) behind (?:me|her|him|them)",
    "given up on|gave up on|blew over",
    "(?:stopped|given up) (?:thinking|considering|looking|planning)|decided against",
    f"{_IS}(?:sorted|settled|solved|resolved|history)|sorted out|air (?:is )?cleared",
    "(?:i|he|she|they|we|you) (?:was|were) (?:ill|sick|unwell|poorly)(?! (?:again|still|since))",
    "(?:this|that|it) is (?:done|finished)|closed (?:now|from|for good)|case closed",
)
_LASTING = _any(
    # That it goes on.
    "still|can'?t|cannot|could not|couldn't|keeps?|hardly|barely|never|every|again|always|lately",
    "since|lacks?|missing|behind|put(?:s|ting)? off|avoid\\w*|stuck|too much|too many",
    # What weighs on people.
    "not happy|unhappy|afraid|fear(?:s|ed)?|frighten\\w*|scar(?:ed|es|y)|worr(?:y|ies|ied)",
    "dread\\w*|anxious\\w*|nervous|panic\\w*|uneasy|dares?|coward|doubts?|weak\\w*|confiden\\w+",
    "fail(?:s|ed|ing)?|no idea|unsure|not sure|(?:don't|doesn't|do not|does not|dont) know",
    "(?:lies?|lying|lay) awake|sleepless|died|passed away|buried|funeral",
    "fret(?:s|ting)?|agonis\\w+|upset|sore|weary|tense|tearful|restless|brood\\w*|hard to",
    "impostor|struggl\\w+|lonely|alone|tired|exhausted|burn\\w*[ -]?out|badly|sleep\\w*|slept",
    "trouble|problem|difficult\\w*|hard for|hardest|overwhelm\\w+|drown\\w*|pressure|stress\\w*",
    "freez\\w+|froze|lost|losing|ill|sick|hates?|hurts?|cry\\w*|cried|tears|grie\\w+|mourn\\w*",
    "conflict|rows?|quarrel\\w*|argu\\w+|divorc\\w+|separated|resents?|bullied|undermin\\w+",
    "ignor\\w+|blam\\w+|guilt\\w*|asham\\w+|shame|money|debts?",
)
# Told as something that had already taken place: "the letters had been sent by the 9th".
_HAD_BEEN = re.compile(
    r"(?:\bhad|['’]d) (?:already |just |never )?"
    r"(?:been|gone|given|sent|written|taken|made|done|seen|met|told|spoken|brought|shown|\w{3,}ed)\b",
    re.IGNORECASE,
)
_TURN_OF_LIFE = _any(
    "(?:have|has|are|is|'ve|'s) (?:now )?(?:separat(?:ed|ing)|divorc(?:ed|ing)|split up|broken up)",
    "(?:handed|handing|hands) in (?:his|her|my|their) notice|resigned|moved out|(?:on|is) the way",
    "pregnant|expecting|engaged|diagnosed|widowed|made redundant|laid off|lost (?:his|her|my) job",
)
# An intention of the past: "she had been thinking of retiring", "he had meant to come".
_HAD_MEANT = re.compile(
    r"(?:\bhad|['’]d) (?:\w+ )?(?:been (?:thinking|planning|hoping|meaning|considering|toying)"
    r"|meant to|wanted to|planned to|hoped to|intended to|thought of)\b",
    re.IGNORECASE,
)
_BARE = 3
_BARE_DEED = re.compile(
    r"\W*(?:I|he|she|they|we)(?:['’]\w+)? (?:will |have |has |had )?\w+\W*$", re.I
)
_RELIEF = _any(
    "all clear|laid to rest|paid (?:\\w+ ){1,2}back|in full|home again|on speaking terms|solved",
    "(?:no longer|not) (?:a|any) (?:problem|worry|issue)|off (?:my|his|her|their) mind|quieter",
    "(?:is|are|was|'s|has) (?:now |all |finally )*(?:sorted|settled|resolved|mended|fixed|cured)",
    "all(?: is|['’]s) well|(?:a different|another) \\w+ (?:\\w+ )?now",
    "been (?:all right|alright|fine|better|good)|not once",
)
_DREAD = _any(
    "nerves|nervous|dread\\w*|afraid|scared|frightened|terrified|petrified|anxious|worr(?:y|ies|ied)",
    "panick\\w*|butterflies|jitters|stage fright|frets?|fears?",
)
_ALL_WELL = _any("all(?: is|['’]s) well", "nothing (?:more|further|else) to (?:do|be done)")
_NEXT_SESSION = re.compile(
    r"\b(?:we|us)(?:['’]ll| will| shall)? (?:next )?(?:meet|see each other|speak|talk)"
    r"(?: again| next)"
    r"|^\W*next (?:session|meeting|call|time)\b",
    re.IGNORECASE,
)
_HOWEVER = _any("but|though|although|except|only|yet")
_AHEAD = _any("will|shall|going to|is|are|am|next|coming|tomorrow|to be")
_DENIED = re.compile(
    r"(?:\b(?:not|no longer|never|without|no)|n't) (?:\w+ )?(?:asham\w+|afraid|fear\w*|worr\w+"
    r"|anxious\w*|nervous|scared|lonely|stressed|stuck|(?:an? )?(?:problem|issue)s?"
    r"|trouble|bother|upset|angry|sad|hurt)\b",
    re.IGNORECASE,
)
_REGULAR = _any(
    "every|each (?:day|week|month|morning|evening|friday|sunday|monday|time)|weekly|daily|monthly",
    "once an? (?:day|week|month|fortnight)|twice an?|a week from",
)
_PLAIN = _any("happy|fine|laughed|joked|funny|by the way|btw|lol|apparently|cheerful")
_NOT_PLAIN = re.compile(
    r"(?:\b(?:not|hardly|never)|n't) (?:\w+ )?(?:happy|fine|cheerful)\b", re.IGNORECASE
)
_WISH = re.compile(
    r"(?:\bwould|['’]d) (?:\w+ )?(?:sooner|rather|love|prefer|hate)\b", re.IGNORECASE
)
_SUCCESS = _any(
    "won|wins?|winning|pass(?:ed|es)|great|well|best|better|success\\w*|proud\\w*|accepted|granted",
    "awarded|prize|published|promoted|got (?:the|it|in)|delighted|thanked|thrilled",
    "made it|loved it|distinction|first real|said yes",
)
_TELL = "tell|told|say|mention|raise|share|repeat|announce|bring up|talk|speak"
_FORBIDDEN = _any(
    r"(?:must not|mustn't|may not|not to|nobody|no one)\b.{0,30}?"
    rf"\b(?:{_TELL}|know|learn|hear|find out)\b.*\b(?:before|until|till)",
    rf"(?:not going to|won't|will not)\b.{{0,20}}?\b(?:{_TELL})\b.*\b(?:before|until|till)",
)
_UNTIL = _any("until|till")
# Here the day is what one waits for: "we won't know until May", "she has until Friday to reply".
_AWAITED = re.compile(
    r"(?:\b(?:not|nothing|never|no)|n't)\b[^.;]*\b(?:until|till)\b"
    r"|\b(?:has|have|had|is given|got) (?:until|till)\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"(?:n['’]t|\b(?:not|no|nothing|never|nobody))\b[^.;,]*\bbefore\b", re.I)
_SESSION_ITSELF = _any(
    "(?:good|great|lovely|nice|long|short|quick|useful|first|second|third|last|brief|warm|hard"
    "|productive|today's|our|pleasant|best|difficult)"
    r" (?:\w+ )?(?:talk|session|meeting|chat|call|conversation|catch-up|hour|walk|coffee|lunch)",
    "(?:met|talked|spoke|caught up|sat down|walked|meeting) with",
)


def is_opening(item: Item) -> bool:
    """Whether something is on offer or waits for a decision: "a recruiter called"."""
    said = f"{item.text} {item.quote}"
    return bool(_OFFER.search(said) or _UNDECIDED.search(said)) and not is_over(item)


def is_over(item: Item) -> bool:
    """Whether the words themselves tell an ending: "the job that I've turned down".

    A day that was set is over only when it is called off.
    """
    said = f"{item.text}\n{item.quote}"
    ended = item.kind not in {"event", "win"} or item.when is None
    if item.kind == "event" and is_told_after(item):
        return True
    if item.kind in {"plan", "goal"} and _HAD_MEANT.search(item.quote):
        return True
    if item.kind == "struggle" and _tells_relief(item.quote):
        return True
    went = _WENT.search(said) and not is_lasting(item)
    return bool(_CALLED_OFF.search(said) or (ended and (went or _OVER.search(said))))


def is_told_after(item: Item) -> bool:
    """Whether it is told as one that had taken place, or as settled: "I'd given her my remarks"."""
    told = _HAD_BEEN.search(item.quote) and not _AHEAD.search(item.quote)
    return bool(told or _ALL_WELL.search(item.quote))


def _tells_relief(quote: str) -> bool:
    """Whether a burden is told as one that is gone: "forget that one", "Dad's out, all clear"."""
    low = flatten(quote)
    says = Says(low, low)
    relieved = _RELIEF.search(low) and not (says.goes_on or says.still_open)
    relieved = (relieved or says.well_again) and not _HOWEVER.search(low)
    return (says.called_off or relieved) and not says.future


def is_denied(item: Item) -> bool:
    """Whether a burden is only named to be denied: "he isn't ashamed"."""
    return bool(_DENIED.search(item.quote))


def is_dread(item: Item) -> bool:
    """Whether a burden is the fear of something to come: "I can't eat for nerves"."""
    return bool(_DREAD.search(item.quote))


def is_lasting(item: Item) -> bool:
    """Whether a struggle is told as one that goes on or weighs on somebody."""
    return bool(_LASTING.search(f"{item.text} {item.quote}"))


def tells_of_life(item: Item) -> bool:
    """Whether a fact tells of a turn in somebody's life or of a relative: "a kid on the way"."""
    low = item.quote.lower()
    if item.kind == "fact" and _TURN_OF_LIFE.search(low):
        return True
    if item.kind != "fact" or set(re.findall(r"[a-z]+", low)).isdisjoint(lexicon().relatives):
        return item.kind == "fact" and any(turn.search(low) for turn in lexicon().life)
    return True


def is_regular(item: Item) -> bool:
    """Whether something is to be done again and again: "rings every second Sunday"."""
    return bool(_REGULAR.search(item.quote))


def is_for_a_day(item: Item) -> bool:
    """Whether a promise is for its day ("on Sunday I'll visit them") and not due by it.

    Whether its writer puts the day or the month first, the item's own day tells.
    """
    said = [
        day
        for order in (HERE, _MONTH_FIRST)
        for day in find_dates(item.quote, item.said_on, order)
        if day.when == item.when
    ]
    return item.until is None and bool(said) and all(day.relation != "by" for day in said)


def is_wish(item: Item) -> bool:
    """Whether a promise is only a liking: "I'd sooner go alone"."""
    return bool(_WISH.search(item.quote or item.text))


def is_success(item: Item) -> bool:
    """Whether a win is told as one, and not only as something that was done."""
    return item.kind == "win" and bool(_SUCCESS.search(item.quote))


def is_empty(item: Item) -> bool:
    """Whether a promise names nothing that it is about: "I offered"."""
    return len(item.quote.split()) <= _BARE and bool(_BARE_DEED.match(item.quote))


def is_aside(item: Item) -> bool:
    """Whether the words are a cheerful or casual remark."""
    return bool(_PLAIN.search(item.quote)) and not _NOT_PLAIN.search(item.quote)


def is_the_session(item: Item) -> bool:
    """Whether an event of the session's own day is that session: "Good talk today"."""
    return item.when == item.said_on and bool(_SESSION_ITSELF.search(item.quote or item.text))


def is_next_session(item: Item) -> bool:
    """Whether an event is only the pair's next meeting: "We meet again on 8 July"."""
    return item.kind == "event" and bool(_NEXT_SESSION.search(item.quote))


def is_forbidden_till(item: Item) -> bool:
    """Whether the day is the end of a silence and no event: "not to be told before May".

    "Not before her review on 8 May" names an event all the same.
    """
    silence = _FORBIDDEN.search(item.quote)
    return silence is not None and not lexicon().event_noun.search(
        item.quote[silence.end() :].lower()
    )


def is_ruled_out(item: Item) -> bool:
    """Whether the day only ends a time without it: "they aren't hiring before May"."""
    return bool(_NOT_BEFORE.search(item.quote)) and not lexicon().event_noun.search(
        item.quote.lower()
    )


def is_until(item: Item) -> bool:
    """Whether the day ends a lasting state: "he is away until June"."""
    return bool(_UNTIL.search(item.quote)) and not _AWAITED.search(item.quote)
