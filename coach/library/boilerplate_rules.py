"""The patterns of what is not guidance in a blog post, page or handbook, by reason.

All are matched against the words of a line or paragraph alone, without markers of Markdown. They
are written for the phrases that publishing software and publishers use everywhere, not for one
site. Where a phrase could be advice as well ("Share this with your mentee", "(c) Agree on a time",
"3 thoughts on feedback") the pattern asks for what only the boilerplate has.
"""

from __future__ import annotations

import re

REASONS = {
    "contact details": "an address or number of someone outside the pair is of no use as advice",
    "comment form": "the form and the thread under a post; strangers' remarks are not the source",
    "related links": "titles of other pages would be found in place of their contents",
    "sharing": "buttons and invitations to follow on social networks",
    "newsletter": "invitations to a mailing list",
    "giveaway": "a prize, who may have it and until when",
    "advertising": "what the publisher sells, and invitations to get in touch with the author",
    "postscript": "a closing line that solicits",
    "about the author": "who wrote it is not advice",
    "post details": "date, category, tags and permalink of a post",
    "pingback": "a torn-off piece of another site's text",
    "cookie notice": "a site's notice on cookies and privacy",
    "navigation": "menus, breadcrumbs, and links to other pages of a site",
    "page furniture": "page numbers, copyright lines, a printed table of contents",
}
"""Each kind of text that is left out, and why."""


def _rule(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _label(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{'|'.join(alternatives)})[\W_]*", re.IGNORECASE)


# -- networks and menus ----------------------------------------------------------------------------

_NETWORK = (
    r"(?:(?:click to )?(?:share|tweet|pin|post|e-?mail|print|like|follow)(?: (?:this|it|us"
    r"|me))?(?: on)?"
    r"|facebook|twitter|x|linkedin|pinterest|whatsapp|reddit|tumblr|telegram|instagram|youtube"
    r"|pocket"
    r"|copy link|more|loading)(?: \(opens in new window\))?"
)
NETWORKS = re.compile(rf"(?:[\W_]*{_NETWORK}\b\)?)+[\W_]*", re.IGNORECASE)
"""Nothing but names of networks and their buttons."""

MENU = re.compile(
    r"(?:home|about(?: us| me)?|blog|contact(?: us| me)?|services|products|shop|store|cart"
    r"|checkout|log ?in"
    r"|log ?out|sign ?(?:in|up)|register|search|menu|archives?|news|events|faqs?|press|careers"
    r"|jobs|donate"
    r"|podcast|resources|sitemap|privacy(?: policy)?|terms(?: (?:of|and) \w+)?|cookies?(?: policy)?"
    r"|subscribe|my account|pricing)",
    re.IGNORECASE,
)
"""One word of a site's menu; a menu has at least three."""

# -- sections: labels that open one ----------------------------------------------------------------

RELATED = _label(
    r"you (?:may|might|will|['’]ll) (?:also )?(?:like|enjoy|love|be interested in)(?: these|"
    r" this)?",
    r"(?:related|similar|recent|popular|latest|trending|other|more|recommended) (?:posts?"
    r"|articles?|blogs?"
    r"|blog posts|entries)(?: .{0,30})?",
    r"related (?:stories|links|content|news)|(?:read|what to read) next|more (?:from|like) this"
    r" .{1,30}",
)
THREAD = _label(
    r"\d+ (?:comments?|responses?|repl(?:y|ies))",
    r"\d+ (?:comments?|responses?|repl(?:y|ies)|thoughts?) (?:on|to) [“\"‘'«].*",
)
COMMENT_FORM = _label(
    r"(?:leave|post|add|write|submit) an? (?:reply|comment|response)(?: to .{1,60})?(?: cancel"
    r" reply)?",
    r"join the (?:discussion|conversation)",
)
AUTHOR = _label(
    r"(?:about|meet|written by|more about) the (?:authors?|writer|blogger|contributor)s?|author bio"
)
COMMENTS = _label(r"(?:reader )?comments|discussion|what others say")
COMMENT_DATE = re.compile(
    r"(?:.{0,60}\bsays )?\w+ \d{1,2}, \d{4} at \d{1,2}:\d{2} ?[ap]m\W*(?:reply)?\W*", re.IGNORECASE
)
ABOUT_SOMEONE = re.compile(
    r"(?:About|ABOUT|Meet) ((?:[A-Z][\w.'’-]*|[“\"(][^\s]+[”\")])(?: \S+){1,3})"
)
NEWSLETTER = _label(
    r"subscribe|(?:our |the )?newsletter",
    r"(?:subscribe|sign up|join)(?: (?:to|for))?(?: (?:our|my|the))?(?: \w+)? "
    r"(?:newsletter|mailing list|blog|e-?mail list|e-?mail updates|updates)",
)
SHARING = _label(
    r"share(?: this| on| it)?(?: (?:post|article|page|story|entry))?|like this|follow (?:us|me)"
    r"|connect with (?:us|me)|spread the word"
)
CONTACT = _label(
    r"contact(?: us| me| details| information| info)?|get in touch(?: with (?:us|me))?|find us"
)

FORM_FIELD = re.compile(
    r"(?:(?:your )?(?:name|e-?mail(?: address)?|website|comment|message) ?\*?:?"
    r"|submit|post comment|cancel reply|reply|log ?in|subscribe|sign up|first name|last name)",
    re.IGNORECASE,
)
MAILING = _rule(r"\b(?:inbox|newsletter|subscrib\w+|spam|mailing list|e-?mail updates)\b")

# -- biographies -----------------------------------------------------------------------------------

_ROLE = (
    r"(?i:CEO|CTO|founder|co-?founder|author|editor|director|manager|professor|lecturer|lead"
    r"|leader|coach"
    r"|consultant|speaker|writer|blogger|psychologist|researcher|trainer|facilitator|president|head"
    r"|engineer|teacher|counsell?or|therapist|chair|partner|principal|officer|specialist"
    r"|strategist)"
)
_NICKNAME = r"(?:\s[“\"(‘][\w .'’-]{1,30}[”\")’])?"
_PERSON = (
    rf"(?:(?:Dr|Prof|Mr|Mrs"
    rf"|Ms)\.?\s)?[A-Z][\w'’-]{{1,30}}{_NICKNAME}(?:\s[A-Z][\w'’.-]{{0,30}}){{1,3}}"
    r"(?:,(?:\s[A-Z][\w.]{1,6},?){1,3})?"
)
BIOGRAPHY = re.compile(
    rf"(?:{_PERSON}|He|She|They)\s(?:is|was|has been|works|serves|leads|holds|writes|founded"
    rf"|lives|teaches)\b"
    rf".{{0,140}}\b{_ROLE}s?\b"
)
"""A sentence that opens with a person, and soon says what they are by profession."""

THIRD_PERSON = re.compile(r"\b(?:she|he|her|his)\b", re.IGNORECASE)
ADDRESSES_READER = re.compile(
    r"\b(?:you|your|mentors? and mentees?|mentees? (?:should|can))\b", re.IGNORECASE
)

# -- units: a line or paragraph that is boilerplate as a whole -------------------------------------

_GIVEAWAY = _rule(
    r"^(?:\W*\w+\W+){0,5}(?:giveaway|sweepstakes?|prize draw)\W*(?:\w+\W*){0,3}$",
    r"\b\d+ (?:\w+ )?copies (?:are )?(?:available|left|to give away|up for grabs)\b",
    r"\b(?:leave|post|add) an? (?:comment|reply)\b.*\b(?:eligible|chance|win|complimentary)\b",
    r"\benter(?:ed)? (?:\w+ ){0,5}to win\b|\bchance to win (?:an?|one|our|the|\d+)\b",
    r"\bwinners? will (?:receive|be (?:announced|drawn|notified|chosen|selected|contacted))\b",
    r"^\W*deadline for (?:eligibility|entr(?:y|ies))\b|\bno purchase (?:is )?necessary\b",
    r"\bgiveaway (?:ends|closes|is open|runs)\b",
    r"\b(?:win|giving away|receive) (?:\w+ ){0,4}(?:free|signed|complimentary) cop(?:y|ies)\b",
)
_MAILING_LIST = _rule(
    r"^(?:please )?(?:subscribe to|sign up (?:for|to)|join) (?:our|my) (?:\w+ ){0,3}"
    r"(?:newsletter|mailing list|e-?mail list|blog|updates)\b",
    r"\bunsubscribe (?:at )?any ?time\b|\b(?:delivered|straight|sent) (?:\w+ )?to your inbox\b",
    r"^enter your e-?mail\b|^never miss an? (?:post|article|update)\b",
)
UNITS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    (
        "comment form",
        100,
        _rule(
            r"your e-?mail (?:address )?will not be published|required fields are marked|save my"
            r" name,? e-?mail",
            r"^notify me of (?:new|follow-?up)|^(?:you )?must be logged in to (?:post|comment)"
            r"|uses akismet",
            r"^comments (?:are closed|are off)|^(?:log ?in|sign in) to (?:reply|comment)|^\d+"
            r" comments?$",
            r"^(?:post comment|cancel reply)\W*$|^(?:name|e-?mail|comment|website) \*$",
            rf"^{COMMENT_DATE.pattern}$",
        ),
    ),
    (
        "post details",
        60,
        _rule(
            r"\bbookmark the permalink|^(?:this (?:entry|post) was )?(?:posted|filed) (?:in"
            r"|under)\b[^.]{0,150}\.?$",
            r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{1,2},? \d{4}\b.{0,40}"
            r"\b(?:by|comments?)\b.{0,40}$|^author: .{2,60}$",
            r"^(?:tagged|filed under|tags|categories)(?: (?:with|as))?: .{0,120}$",
            r"^(?:posted|published|updated|last updated|written)(?: on| by|:).{0,60}\d{4}.{0,30}$",
            r"^by (?-i:[A-Z])[^.]{2,40}[|•·,] .{0,30}\d{4}.{0,30}$|^.{0,40}\b\d{1,2}["
            r" -]min(?:ute)?s? read\W*$",
        ),
    ),
    ("pingback", 200, _rule(r"^\[(?:…|\.\.\.)\].*\[(?:…|\.\.\.)\]\W*$|^(?:pingback|trackback)s?:")),
    (
        "cookie notice",
        120,
        _rule(
            r"\b(?:we|(?:this|our) (?:web ?)?site) uses? cookies\b|^(?:accept|reject|manage)(?:"
            r" all)? "
            r"(?:cookies|consent)\W*$|^cookie (?:policy|settings|preferences|notice)\W*$"
        ),
    ),
    ("newsletter", 40, _MAILING_LIST),
    ("giveaway", 40, _GIVEAWAY),
    (
        "navigation",
        20,
        _rule(
            r"^(?:skip to (?:main )?content|back to (?:top|all (?:posts|articles)|blog)|toggle"
            r" navigation"
            r"|(?:previous|next|older|newer) (?:post|article|page|entry|entries|posts)|read more"
            r"|continue reading)\W*$|^\W*(?:previous|next) (?:post|article|page|entry):"
            r"|^related:\s",
            r"^[←‹] ?(?:\S+ ?){1,10}$|^« ?(?:prev|older|back|newer).*$|^(?:\S+ ){1,10}[→»›]$",
            r"^«(?:\s?[^\s»]+){1,10}(?<![.!?,])$",
            r"^home(?:\s?[>/»›|]\s?[\w &-]{2,60})+$",
        ),
    ),
    (
        "page furniture",
        30,
        _rule(
            r"^copyright\b.{0,20}\d{4}.{0,80}$|^©.{0,100}$|^\(c\) \d{4}\b|\ball rights"
            r" reserved\W*$",
            r"^page \d+(?: (?:of|/) \d+)?$|^- ?\d+ ?-$|^[^|]{3,60} [|•·] (?:page )?\d{1,3}$",
            r"^.{2,90}(?: ?\. ?){5,}\d{1,3}$|^isbn\b|^(?:proudly )?powered by \w+\W*$",
            r"^(?:photo|image|picture|illustration)s? (?:by|credits?|courtesy|source)\b.{0,80}$",
            r"^this page (?:is )?intentionally left blank\W*$|^\W*(?:privacy policy|terms (?:of"
            r" (?:use|service)"
            r"|and conditions))(?:\W+(?:privacy policy|terms.{0,20}))*\W*$",
        ),
    ),
    (
        "sharing",
        30,
        _rule(
            r"^(?:follow|find|connect with) (?:us|me|the author) on\b.{0,80}$|\(opens in new"
            r" window\)$",
            r"^share (?:this|on) (?:post|article|page|story|facebook|twitter|linkedin)\W*$|^like"
            r" loading",
        ),
    ),
    ("advertising", 40, _rule(r"\b(?:contains?|are|use) affiliate links?\b")),
    (
        "advertising",
        10,
        _rule(r"^(?:advertisement|advertorial|sponsored(?: by .{1,40}| content| post)?)\W*$"),
    ),
)
"""Reason, the most words that such a unit has, and what marks it."""

POSTSCRIPT = re.compile(r"P\.?\s?P?\.?S\b\.?[:\s–—-]")
ASKS = _rule(
    r"\b(?:send|e-?mail|write to|contact|call|message|tweet|follow|join|visit|reply|comment"
    r"|subscribe|sign up"
    r"|buy|order|hire|get in touch|reach out to|click|check out|download)\b.*\b(?:me|us|my|our"
    r"|here|below)\b"
)

# -- sentences: solicitations that stand among others ----------------------------------------------

_WISH = r"(?:if (?:you|this)\b[^,]{0,150}, )"
_POLITE = r"(?:please |feel free to |do(?:n['’]t| not) hesitate to |simply |just )"
SENTENCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "advertising",
        _rule(
            rf"^{_WISH}?{_POLITE}*(?:contact|e-?mail|write to|message|reach out to|get in touch"
            rf" with|hire"
            r"|work with|book|drop) (?:me|us)\b",
            rf"^if you(?:['’]re| are|['’]d| would| want| wish| need| have (?:any"
            rf" )?questions)\b[^,]{{0,150}}, {_POLITE}*"
            r"(?:send|call|text|talk to|ask) (?:me|us)\b",
            r"^if you\b[^,]{0,80}\b(?:(?:mentored|coached|trained) by|work(?:ing)? with) (?:me"
            r"|us)\b",
        ),
    ),
    (
        "advertising",
        _rule(
            r"^(?:please )?follow (?:us|me) (?:on|at|for)\b",
            r"^(?:please )?(?:visit|check out|browse|explore) (?:us\b|me\b|(?:our|my)"
            r" (?:\w+ )?(?:web ?site|site"
            r"|page|store|shop|blog)\b)|^(?:to [^,]{1,60}, )?click (?:here|below|the (?:link"
            r"|button))\b",
            r"^(?:please )?(?:book|schedule|request|claim|start|get) (?:a|an|your|our|my) (?:\w+ )?"
            r"(?:demo|discovery call|free trial|quote|(?:free|complimentary) (?:consultation"
            r"|session|call))\b",
            r"^(?:register|enrol|enroll|sign up|join us)\b.{0,30}\b(?:our"
            r"|my)\b.{0,40}\b(?:webinar|course|workshop"
            r"|masterclass|programme?|event|trial|community)\b",
            r"^(?:buy|order|pre-?order|purchase|get|grab|download) (?:your|my|our) (?:\w+"
            r" ){0,2}(?:copy|copies|books?"
            r"|e-?book|guide|toolkit|course)\b|^(?:buy|order|pre-?order|get) (?:a|the) (?:copy"
            r"|copies|e-?book)\b",
            r"\bavailable (?:now )?(?:on amazon|wherever books are sold|in all good bookshops"
            r"|for pre-?order)\b",
            r"^download (?:our|my|your|this|the|a) (?:\w+ ){0,5}(?:here|now|today)\b",
            r"^to (?:schedule|book|request|arrange|register|enrol|enroll|order|sign up|join)\b"
            r"[^,]{0,80}, (?:contact|call|e-?mail|visit|reach out to|get in touch with)"
            r" (?:us|me|our)\b",
            r"\b(?:promo|discount|coupon) code\b|\b\d{1,2} ?% off\b|\blimited[- ]time offer\b",
        ),
    ),
    (
        "comment form",
        _rule(
            r"^(?:tell us|let (?:us|me) know|share (?:your|a) \w+)\b.*\b(?:comments? (?:below"
            r"|section)|in the comments)\b",
            r"^leave (?:a|your|us a) (?:comments?|thoughts)\b.*\b(?:below|this (?:guest )?post"
            r"|comments? section)\b",
        ),
    ),
    (
        "sharing",
        _rule(
            r"^if you (?:enjoyed|liked|loved|found) (?:this|the) (?:post|article|page|story)\b.*"
            r"\b(?:share|follow|like|subscribe)\b"
        ),
    ),
    ("newsletter", _MAILING_LIST),
    ("giveaway", _GIVEAWAY),
)
LEAD_IN = _rule(
    r"^(?:want|have|enjoyed|like[d]?|ready|looking|need|interested|curious|what do you think)\b"
    r".{0,80}\?$",
    r"^we(?:['’]d| would) love to hear from you\b",
)
"""Leads up to a solicitation; boilerplate only where one follows."""

LEARN_MORE = _rule(
    r"^(?:(?:to|and|or) )?(?:(?:learn|find out|know|read|hear|discover) more|get started"
    r"|for (?:more|further) (?:information|details|tips|resources|help))\b.*\b(?:visit|contact"
    r"|click|call|e-?mail"
    r"|go to|see|check out|head (?:over )?to|follow|at|on)\b",
)
"""Sends the reader elsewhere; boilerplate where it names the publisher, a page or an address."""

VISIT = _rule(r"^(?:please )?(?:visit|go to|head (?:over )?to)\b")
"""The same without a reason; boilerplate where it names a page by its address."""

PUBLISHER = re.compile(r"\b(?:us|me|our|my)\b", re.IGNORECASE)
PROMOTION = _rule(
    r"^(?:here )?at (?-i:[A-Z])[\w&'’. -]{1,40}, (?:we|our)\b",
    r"^(?:we|our (?:team|company|experts|coaches|consultants|platform|programmes?|programs"
    r"|software|services"
    r"|workshops|courses?|books?))\b.{0,40}\b(?:offers?|provides?|delivers?|helps?"
    r"|speciali[sz]es?|supports?"
    r"|(?:has|have) helped)\b",
)
"""Praise of the publisher's own trade; taken out only beside a solicitation."""
