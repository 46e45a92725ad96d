"""How promises are worded: patterns over flattened text, from a verb or anywhere in a clause."""

from __future__ import annotations

import re

_ADVERB = (
    r"(?:(?:also|then|definitely|now|both|still|only|probably|just|have|'ve|all|each"
    r"|certainly|gladly|happily|finally|see that|make sure|try(?: to| and)?|again|soon"
    r"|quickly|already|\w+ly) )*"
)
WILL = re.compile(
    rf"\s*(?:(?:(?!(?:i|he|she|we|they|it|that|who|which|what|and|if|whether|so)"
    rf"\b|\w+'|\w+ed\b)"
    rf"\w+ ){{1,3}}(?=(?:will|shall)\b))?(?:'ll|ll|l|will|wil|shall|(?:'m|m|'s|s|'re|re|am|is|are"
    rf"|was)? ?(?:also |now |still |both )?(?:going to|going 2|gonna|gona|gunna))"
    rf"\s+{_ADVERB}(?P<verb>[a-z-]+)"
)
IS_TO = re.compile(
    rf"\s*(?:'m|m|'?s|'?re|am|is|are)\s+{_ADVERB}(?:to|tae|(?:due|meant|supposed"
    rf"|down) to)\s+{_ADVERB}(?P<verb>[a-z-]+)"
)
WOULD = re.compile(rf"\s*(?:'d|would)\s+{_ADVERB}(?P<verb>[a-z-]+)")
"""What was said to come, told as past: "she'd send it by Friday"."""
MUST = re.compile(
    rf"\s*(?:(?:'ve|ve|have|has|'s|had)? ?(?:got to|got 2|gotta)|must"
    rf"|(?:have|has|'?ve|'?s) (?:to|tae)"
    rf"|needs? to|ought to|should)\s+{_ADVERB}(?P<verb>[a-z-]+)"
)
INTENDS = re.compile(
    rf"\s*(?:means?|meant|intends?|plans?|proposes?|wants?|'m planning|'s planning|is planning"
    rf"|am planning|has decided|have decided|'s decided|'ve decided|decided|resolved)\s+to\s+"
    rf"{_ADVERB}(?!be\b|have\b|do\b|go\b|get\b|start\b|run\b|move\b)(?P<verb>[a-z-]+)"
)
"""A deed that is meant; with its day it is as good as promised."""
BARE = re.compile(rf"\s*{_ADVERB}(?P<verb>[a-z-]+)")
TO = re.compile(rf"\s*(?:to|will|shall)\s+{_ADVERB}(?P<verb>[a-z-]+)")
ASKED_ME = re.compile(
    r"\b(?:asked|asks|requested|told|wants|wanted|begged|urged|reminded|needs|would like"
    r"|'d like|set|gave|challenged|persuaded|instructed|ordered|pressed|pushed|nudged|tasked"
    r"|charged|assigned|expects|expecting|expected|needing|wanting|after|asking|telling|got|bade"
    r"|roped|made|has|had|put|talked|signed|sent|left) me (?!not |never )(?:\w+ )?"
    r"(?:promise to|(?:in|down|up|off|over) (?:to|for)|into|to|with|the task of|homework)\b"
    r"(?!\s+(?:be|have|know|not|never|feel|stop|quit|come with))"
    r"|\b(?:counts?|counting|rely|relies|relying|waits?|waiting|looks?|looking)"
    r" (?:on|for|to) me to\b(?!\s+(?:be|have|know|not|never|feel|stop|quit|come with))"
)
ASKED_THEM = re.compile(
    r"\b(?:i|we)(?:'d|'ve)? (?:\w+ )?(?:asked|told|got|set|challenged|urged) (?:him|her|them"
    r"|\w+) (?:to|if (?:he|she|they)|whether (?:he|she|they))\b"
)
I_AGREED = re.compile(
    r"\bi (?:\w+ )?(?:said (?:yes|sure|ok|okay|fine|of course|i would)|agreed|accepted"
    r"|consented|nodded|obliged|promised|took it on|shook on it)\b|\bi (?:will|shall|did)\W*$"
    r"|\bi(?:'ve| have) (?:said yes|agreed|accepted|promised)\b"
)
AGREED = re.compile(
    r"\b(?:said (?:yes|sure|ok|okay|fine|of course|she would|he would|naturally|x+)|agreed"
    r"|accepted|nodded|deal|will do|\"x+\")"
)
DOES = re.compile(
    r"\s*(?:'ll|ll|will|shall|'d|would)\s+(?:\w+ly )?(?:leave (?:\w+ ){1,5}"
    r"(?:with|for|at|on|to|in)\b"
    r"|see (?:to|that|about|whether|if|\w+ about|the \w+ about)\b|be (?:there|around|on (?:hand"
    r"|call)|in the (?:audience|front|room|back)|with (?:him|her)|sending|bringing|writing|calling)"
    r"|win over|pass (?:it|this|that|on|the|him|her|my|a))\b"
)
"""A verb of state that is a deed with these words: "will leave the key with her"."""
HAVE_READY = re.compile(
    r"\bhave (?:it|them|that|this|those|these|one|both|all"
    r"|(?:the|my|his|her|a|an|some|two|three) (?:\w+ ){0,2}?\w+)"
    r" (?:in|over|up|out|on|to|with|for|at|back)\b"
    r"|\bhave\b.*\b(?:ready|done|finished|back|written|prepared|for (?:me|him|her|us"
    r"|them))\b"
)
HAS_TO_BE = re.compile(
    r"\b(?:has to|have to|must|needs? to|should|(?:is|are) to) be (?:in|posted|sent|submitted"
    r"|handed (?:in|over)|ready|done|finished|written|delivered|returned|filed|paid|got|with"
    r"|on (?:his|her|my|their|the))\b"
    r"|\b(?:is|are) to (?:hand in|send|pay|sign|submit|return)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bhas )(?<!\bhave )(?<!\bused )\bto be"
    r" (?:got|done|sent|written|signed|paid|finished|handed (?:in|over)|booked|ordered|returned"
    r"|filed|submitted|drafted|redone)\b"
)
"""A task told by its object: "the report has to be in by 12 February"."""
HANDED = re.compile(
    r"\b(?P<prep>to|with|for|from) (?P<who>me|him|her|them|us) (?:by|on|before|at the latest"
    r"|no later|until|this|next|tomorrow|tonight|within|every|each)\b"
)
THAT = re.compile(
    r"\b(?:agreed|settled|decided|arranged|asked|insisted|deal|fixed|resolved"
    r"|concluded|wants?|shook hands on it)(?: with \w+)?,?:? (?:that "
    r"|it's |it is )?(?P<who>i|he|she|they|we|\w+)(?P<tail>(?:'ll|'d|ll|'s| will| would"
    r"| shall| should| is to| am to)? (?:also |then |each )?(?P<verb>[a-z]+))"
)
ASIDE = re.compile(
    r"^(?:,[^,]{1,40},|,? (?:in turn|for (?:his|her|my|their) part|however|therefore"
    r"|of course|in the end|too|meanwhile|on the other hand|as always),?)(?= |')"
)
INSERTED = re.compile(r", [^,]{2,40}, (?=to [a-z])")
"""An aside before what is promised: "he has agreed, with a sigh, to take Mondays off"."""
GRANTED = re.compile(
    r"\b(?:been|was|were|am|is|are|being|get|got) (?:\w+ly |just |now |also |even )?(?:offered"
    r"|promised|guaranteed|pledged)\b"
)
"""Someone else's offer to whom it is told of."""
TASK = re.compile(
    r"(?:an? |the |my |his |her |their |some |two |three )?(?:\w+ )?(?:intro|introduction|number"
    r"|address|draft|abstract|outline|summary|list|copy|link|contacts?|details|feedback|comments|notes|letter"
    r"|reference|e-?mail|call|form|cv|figures|budget|slides|paper|chapter|report|plan|map)\b"
    r"(?! (?:is|are|was|were|has|have|had|went|came|done|sent|in|ready|received)\b)"
)
"""A task told by its object after a name: "Me: intro to Hollis"."""
OWES = re.compile(r"\b(?:owes?|to-?do|to do|actions?|promised|homework|my list)\b")
"""The label of a list of tasks: "I owe him"."""
ERRAND = re.compile(
    r"(?:an? |the |my |his |her |their |another |\d+ |one |two |three |four |five )?"
    r"(?:(?!(?:very|so|too|really|still|not|no|all|more)\b)[a-z'-]+ )?"
    r"(?!(?:good|bad|great|worried|anxious|nervous|late|ill|sick|happy|keen|open|new|fine|free|busy"
    r"|away|out|back|off|on|in|sad|angry|proud|short|afraid|scared|unsure|strong|weak|tired|ready"
    r"|stuck|trouble|problems?|issues?|lots?|nothing|much|\w+(?:ed|ing|ly))\b)"
    r"[a-z]{3,} (?:w/|with|to|on|for|re|about)(?=\s)"
)
"""A task told by an object alone after a name: "Me: word with the dean about the rota"."""
TILL = re.compile(r"\b(?:before|until|till|after|when|once)\b")
ACCEPTS = re.compile(
    r"\W*(?:and |but |so )?(?:i|he|she|they|we)(?:'ve| have|'s| has)? "
    r"(?:said (?:that )?(?:yes|sure|ok|okay|(?:i|he|she|they|we)(?:'d|'ll| would| will))"
    r"|agreed|accepted|promised|did agree|will|would)\W*$"
)
"""A clause that only takes on what was asked in the one before it."""
TO_ME = re.compile(
    r"\b(?:advis|suggest|recommend|propos|urg|ask|want|request|need)\w*"
    r"(?: that| if| whether)? (?:me|i)\b"
)
"""Something put to the writer, which is a promise once it is taken on."""
HAS_IT = re.compile(
    r"\b(?:ask|want|need|expect)\w* .*\b(?:have|has|send|get|give|bring|finish|do|see) "
    r"(?:it|that|this|them|these|those)\b"
)
"""What was promised, called "it": what follows says when."""
DOES_THAT = re.compile(
    r"\W*(?:and |but |so )?(?:(?:i|he|she|they|we)(?:'ll|ll|'d| will| shall| would)|will|shall|to)"
    r" do (?:that|this|it|so)\b|\W*(?:will|shall|to) do\b(?= (?:by|on|before|this|next"
    r"|tomorrow|tonight|today|over))"
)
"""A promise that is told once more, to say when it is kept: "I'll do that before Friday"."""
REFERRED = re.compile(
    r"\bas (?:he|she|i|they|we)?\s*(?:had |'d |have |has )?(?:promised|agreed|offered|said"
    r"|undertook)"
)
NOT_YET = re.compile(
    r"\W*(?:still |also )?(?:have|has|'ve|ve|'s)"
    r"(?: yet to (?P<base>[a-z-]+)"
    r"|(?: still)?(?:n't|nt| not)(?: (?:yet|even|still))* (?P<done>[a-z-]+))"
)
"""What is still to be done, told as not done: "I still haven't sent it", "she has yet to reply"."""
UNDONE = re.compile(
    r"\b(?:will not|won't|wont|not going to|isn't going to|aren't going to|not gonna"
    r"|shan't|shall not|need not|needn't|doesn't have to|don't have to|no longer|forgot"
    r"|say no more|(?:must|has to|have to|had to) give (?:\w+ )?up|call(?:ed)? off"
    r"|forgotten|broke (?:his|her|my|the) promise|refused|declined|instead of)\b"
)
REPORTED = re.compile(
    r"\b(?:said|says?|told \w+)(?: that)? (?P<who>i|we)(?:'?d|'?ll| would| will| shall)\b"
)
"""A promise told as speech, whose own subject says who made it: "told him I'd ring"."""
ON_ME = re.compile(
    r"(?:.* for me to|.* me (?:the task|homework|the job)"
    r"|my|on my|falls to me|leave it with me|note to self|i'm on|remind myself"
    r"|(?:is|it's) (?:up to|on|down to) me)\b"
)
ON_THEM = re.compile(
    r"(?:.* for (?:him|her|them) to|on|falls to|(?:is|it's) (?:up to|on|down to)) (?:him|her|them)"
    r"|(?:his|her)\b|on (?:his|her)"
)
USUAL = re.compile(r"\b(?:when|whenever|more|less|always|every|each)\b")
PLAIN_TASK = re.compile(
    r"(?:prepares?|brings?|sends?|writes?|look for|looks for|collects?|drafts?|gets? hold of"
    r"|forwards?|digs? (?:out|up)|finds? (?:out|me|him|her)|looks? (?:up|into|out)|(?:makes?"
    r"|does|do) (?:until|till|by|for next)"
    r"|(?:ask|ring|phone|book|arrange|order|print|compile|sketch|fetch|sort|sort out)"
    r" (?:the|a|an|my|his|her|for|around|about|[a-z]+'s) )"
)
"""Tasks in a plain present, which nobody uses to tell what is over."""
HANDS_OVER = re.compile(
    r"\s+(?:then |also )?(?!think|know|like|love|feel|mean|owe|said|told|was|had|did|went|got"
    r"|gave|sent|took|put|made|read|\w+ed\b)[a-z]{2,} (?:it|this|that|these|the|a|an|my|some|one"
    r"|two|three|four|them|over|up)\b"
)
ATTENDS = re.compile(r"\s*(?:'ll|ll|will|shall) (?:also |both )?(?:be|see|wait|stay)\b(?! able)")
DUE = re.compile(
    r"\s+(?!want|need|hope|have|had|expect|know|think|leave|am|was|turn|can|could|might|may|got"
    r"|\w+ed\b)[a-z]{2,} .*\bby\b"
)
SOON = re.compile(
    r"\b(?:this (?:week|weekend|month|afternoon|evening)|tonight|today|tomorrow|next (?:week|month"
    r"|time|session|meeting)|before (?:i|we|he|she|the|our|my|his|her|next|then)|by (?:then|next"
    r"|the|[a-z]+day)|until (?:then|next)|first thing|straight away|right away|as soon as)\b"
)
"""When a task will be done, with or without a day that can be named."""
OPEN_TASK = frozenset(
    {
        "find", "send", "bring", "lend", "forward", "introduce", "book", "arrange", "ask", "ring",
        "email", "e-mail", "call", "sort", "draft", "order", "print", "fetch", "dig", "sound",
    }
)  # fmt: skip
"""Verbs whose continuous present ("I'm finding out") is a task under way."""
RECEIVES = re.compile(
    r"\s*(?:(?:'ll|ll|will|shall|(?:'s|is) to)\s+(?:have|get|receive)|gets|receives)\s+"
    r"(?:\w+ ){0,4}?(?P<whose>my|mine|from me|his|hers|from (?:him|her))\b"
)
LET_ME = re.compile(r"\W*(?:just |so )?(?:let me|leave (?:it|that|this) (?:to|with) me)\b")
CONTINUOUS = re.compile(
    r"\s*(?:'m|m|'s|'re|am|is|are)\s+(?:also |just |now |\w+ly )?([a-z-]+in(?:g\b|'|\b))"
)
HEAD = re.compile(r"\s*(?:also |then |first |now |both )?([a-z-]+)")
ASKS = re.compile(
    r"\s*(?:also |then )?asks? (?:me|us|him|her|them|that|if|whether|why|how|what|for)\b"
    r"|\s*tells? (?:me|us|him|her|them)\b(?! (?:if|whether|when|as soon|once|by|how|what|on)\b)"
)
"""A wish put to somebody, or news; asking a third person is a task."""
NOT = re.compile(r"\b(?:not|n't|never)\b")
HABIT = re.compile(
    r"\b(?:always|usually|often|every|each|never|sometimes|mostly|generally|normally"
    r"|rarely|still|already|almost|hardly|best|too|so that|whenever|all the time|daily|weekly"
    r"|monthly|nightly|once a|twice a|times a|per (?:day|week|month)|at night|at weekends"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun|week)days|(?:morn|even)ings|weekends|nights)\b"
)
MEETING = frozenset({"see", "meet", "visit", "attend", "present", "interview", "pitch", "join"})
"""Verbs whose continuous present with a date is an appointment: "I'm seeing her on the 3rd"."""
ROLE_OBJECT = re.compile(r"\b(?:me|him|her|them|my|his|us)\b")
EMPTY = re.compile(
    r"(?:'ll|will|'d|would|to|can|could|gonna|shall) (?:try|do|use|see|think about"
    r"|remember|keep|consider|give) (?:it|that|this|so|those|these|them|it a (?:try|go)"
    r"|that a (?:try|go))\W*$"
)
ASKED_FOR = re.compile(r"\b(?:asked|asks|wants|wanted|requested|would like|'d like)\b")
GIVING = re.compile(
    r"\b(?:sending|lending|writing|giving|bringing|getting|finding|making|showing|passing|mailing"
    r"|posting|forwarding|introducing|putting|building|drawing|ordering|fetching) "
    r"(?P<whom>me|us|him|her|them)\b(?! (?:to|into|off|out|down|up|about|that|how|what|crazy|mad))"
)
SENDING = re.compile(r"\W*(?P<verb>[a-z-]+ing)\b")
HAPPENING = frozenset(
    {
        "go", "come", "get", "take", "start", "stop", "run", "hold", "meet", "see", "stand", "turn",
        "work", "play", "join", "spend", "sit", "attend", "visit", "present", "interview", "pitch",
        "watch", "study", "learn", "think", "keep",
    }
)  # fmt: skip
"""Verbs whose plain present with a date tells what happens, not what somebody promised."""
