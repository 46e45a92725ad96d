"""Questions that one warms up with: how someone is, the weekend, the weather, a coffee."""

from __future__ import annotations

import re
from functools import cache

from coach.conversation.questioning.words import question_words

_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|morning|so|well|and|oh|anyway)"
    r"(?: there| again| all)?[,!. ]+)+",
    re.IGNORECASE,
)
_WHEN = (
    r"(?:,? (?:today|now|then|so far|this (?:morning|week|afternoon|evening|year)|tonight"
    r"|these days|lately|recently|last (?:night|week|weekend)|yesterday|over there|with you"
    r"|on \w+day|for you|by the way|doing|getting on|keeping|at home))*"
)
_ONLY_WHEN = frozenset(
    {"traffic", "sunday", "saturday", "friday", "morning", "day", "night", "evening"}
)
_NICE = r"(?:nice|good|great|lovely|pleasant|safe|relaxing|fun|beautiful|gorgeous|horrible|busy)"


def is_small_talk(sentence: str) -> bool:
    """Whether a sentence is nothing but small talk."""
    plain = _GREETING.sub("", sentence.strip()).rstrip("?.! ")
    if not plain:
        return True
    if any(pattern.fullmatch(plain) for pattern in _patterns()):
        return True
    low = set(re.findall(r"[a-z]+", plain.lower()))
    return bool(low & (question_words().weather - {"cold", "sun"})) and len(plain.split()) <= 9


def beyond_small_talk(sentence: str) -> str:
    """A question that opens more than the small talk in ``sentence`` does."""
    low = sentence.lower()
    weather = question_words().weather
    if set(re.findall(r"[a-z]+", low)) & weather or re.search(r"\b(?:day|morning|evening),", low):
        return "what do you like to do on a day like this?"
    topics = "|".join(sorted(question_words().small_talk, key=len, reverse=True))
    named = re.search(rf"\b({topics})\b", sentence, re.IGNORECASE)
    if named is None or named[1].lower() in _ONLY_WHEN:
        return "what has been on your mind most since we last spoke?"
    topic = named[1]
    if topic in {"family", "kids", "children", "wife", "husband", "parents", "mum", "dad", "mother",
                 "father", "son", "daughter", "baby", "dog", "cat", "pets", "garden"}:  # fmt: skip
        return f"what is new with your {topic} that you would like to tell me?"
    ahead = bool(
        re.search(r"\b(?:plans?|going|doing|planning|up to|this|would you|are you)\b", low)
    )
    if ahead:
        return f"what are you looking forward to most about your {topic}?"
    return f"what was the best part of your {topic}?"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    topics = "|".join(sorted(question_words().small_talk, key=len, reverse=True))
    weather = "|".join(sorted(question_words().weather))
    drinks = "|".join(sorted(question_words().drinks))
    topic = (
        rf"(?:the|your|that|everyone's)? ?(?:\w+ )?(?:{topics})(?: (?:in|over|off|out)(?: \w+)?)?"
    )
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"how(?:'s| is| are| was| were|'re) {topic}(?: on (?:the|your) way(?: \w+)?)?{_WHEN}",
            rf"(?:did you )?(?:have |had )?(?:a )?{_NICE} {topic}{_WHEN}",
            rf"how did you (?:get|come) here{_WHEN}",
            r"(?:did|do|could) you (?:find|get) (?:it|us|here|(?:the|your) [\w ]+?)"
            rf" (?:all right|alright|ok|okay|easily|without trouble){_WHEN}",
            rf"(?:would you like|do you want|fancy|want) (?:{drinks})(?: or (?:{drinks}))?{_WHEN}",
            rf"how(?:'s| is| are) (?:you|it going|it|things|everything|everyone|life|all"
            rf"|the world|business|work|your (?:day|week))(?: going| treating you| doing)?{_WHEN}",
            rf"how (?:are|have) (?:you|things|you all|we)(?: been| keeping)?{_WHEN}",
            r"how do you do|how goes it|what's up|what's new|anything new|all (?:good|well)"
            rf"(?: with you)?|(?:are )?(?:you )?(?:all right|alright|well|keeping well){_WHEN}",
            rf"what (?:have you been|are you|were you) up to{_WHEN}",
            rf"(?:have you |you )?(?:been |keeping )?busy(?: (?:day|week|morning|time|month"
            rf"|weekend))?"
            rf"{_WHEN}",
            rf"did you (?:have|get|enjoy|spend) (?:a |an |your |the |some )?(?:{_NICE}"
            rf" )?{topic}{_WHEN}",
            rf"did you (?:see|watch|catch) (?:the|that|last) .*(?:match|game|film|movie|news|final"
            rf"|show|series|episode|race|final){_WHEN}",
            rf"did you (?:sleep|rest|travel|eat|get home|get here) (?:well|ok|okay|safely"
            rf"|all right|alright|in time){_WHEN}",
            r"did you find (?:the place|the way|us|it|the room|the building|parking|your way)"
            r"(?: here)?(?: (?:all right|alright|ok|okay|easily|well))?",
            rf"(?:do you have |have you got |have you |got |you got )?(?:any|made any)(?: \w+)?"
            rf" plans for {topic}{_WHEN}",
            rf"(?:are you |you )?(?:doing|up to|going|planning) (?:anything|anywhere|somewhere)"
            rf"(?: (?:nice|fun|special|exciting))?(?: (?:for|over|at|on|in|during)"
            rf" {topic})?{_WHEN}",
            rf"where (?:are you going|did you go|do you go)(?: (?:on|for|over|in|during)"
            rf" {topic}){_WHEN}",
            rf"(?:what a |such a |it's |is it |isn't it |it is )?(?:a )?(?:{_NICE}|{weather}"
            rf"|terrible"
            rf"|awful|wet|hot|warm)(?: (?:day|morning|evening|out|outside|{weather}))?(?: there|"
            rf" here)?{_WHEN}"
            r"(?:,? (?:isn't|is) it(?: not)?|,? right|,? no)?",
            rf"(?:would you like|can i (?:get|offer) you|do you want|fancy|want|may i offer you)"
            rf" (?:a|an|some|another|a cup of|something to)(?: cup of)? ?(?:{drinks})(?: first)?",
        )
    )
