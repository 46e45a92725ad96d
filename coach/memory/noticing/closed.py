"""Closed classes of English words that the rules lean on."""

# fmt: off
TITLES = frozenset((
    "engr", "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "adv", "rev",
    "capt", "captain", "chief", "major", "colonel", "sergeant", "maestro",
    "rabbi", "frau", "herr", "mme", "sister", "coach",
))
"""Titles that stand before a name."""

PREPOSITIONS = frozenset((
    "to", "with", "of", "for", "from", "by", "at", "about", "than", "re", "like", "via",
    "under", "after", "before", "against", "in", "on", "behind",
))
"""A name after one of these is no subject."""

DETERMINERS = frozenset((
    "the", "a", "an", "this", "that", "these", "those", "no", "some", "both", "any",
    "every", "each", "first", "next", "another", "one", "two",
))
"""What may begin a noun phrase, possessives apart."""

PHRASE_STARTS = frozenset((
    "the", "a", "an", "my", "our", "his", "her", "their", "its", "this", "that", "these",
    "those", "no", "some", "both", "neither", "one", "two",
))
"""What may begin the subject of a clause."""

AUXILIARY = frozenset((
    "am", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do",
    "does", "did", "will", "would", "can", "could", "shall", "should", "may", "might",
    "must", "isn't", "aren't", "wasn't", "weren't", "hasn't", "haven't", "hadn't", "don't",
    "doesn't", "didn't", "won't", "wouldn't", "can't", "couldn't", "cannot", "shan't",
    "shouldn't", "mustn't", "needn't", "gonna", "gotta", "ought", "dont", "doesnt", "didnt",
    "wont", "cant", "isnt",
))
"""Forms of auxiliary verbs."""

NOT_OWNED = frozenset((
    "a", "an", "the", "to", "on", "in", "at", "by", "for", "with", "and", "or", "my",
    "your", "our", "this", "that", "about", "when", "if", "before", "after", "from", "some",
    "back", "more", "up", "out", "off", "over", "until", "as", "but", "so", "what", "how",
    "into", "again", "every", "any", "is", "was", "not", "two", "three", "next", "last",
    "tomorrow", "tonight", "because", "of", "put", "too", "straight", "whether", "where",
    "why", "who", "once", "first", "later", "soon", "now", "today", "directly",
    "personally", "know",
))
"""After "her", these show that it is an object and no possessive."""

FILLER = frozenset((
    "this", "that", "it", "is", "was", "are", "be", "to", "the", "a", "an", "and", "of",
    "in", "for", "with", "my", "me", "i", "you", "he", "she", "they", "we", "us", "him",
    "her", "them", "please", "so", "all", "strictly", "said", "says", "asked", "told",
    "again", "by", "way", "note", "nb", "also", "but", "not", "no", "do", "does", "must",
    "should", "may", "stay", "stays", "stayed", "remain", "remains", "room", "here",
    "anyone", "anybody", "else", "one", "who", "will", "would",
    "now", "our", "secret", "thing", "something", "bit", "pls",
))
"""Words of a sentence that say nothing beside a mark of confidence."""

STOP = frozenset((
    "a", "an", "the", "and", "or", "but", "so", "if", "of", "in", "on", "at", "to", "for",
    "from", "by", "with", "about", "as", "is", "are", "was", "were", "be", "been", "am",
    "i", "me", "my", "you", "your", "he", "she", "it", "we", "they", "him", "her", "his",
    "them", "their", "our", "us", "this", "that", "these", "those", "not", "no", "do",
    "did", "does", "has", "have", "had", "will", "would", "can", "could", "should", "must",
    "shall", "may", "might", "what", "which", "who", "whom", "when", "where", "how", "why",
    "than", "then", "there", "here", "very", "too", "just", "also", "only", "all", "any",
    "some", "more", "most", "much", "many", "one", "out", "up", "down", "off", "over",
    "into", "after", "before", "until", "again", "ever", "never", "still", "already", "s",
    "t", "ll", "ve", "re", "d", "m", "don", "didn", "doesn", "isn", "wasn", "won", "each",
    "every", "both", "own", "himself", "herself", "myself", "going", "til", "till", "least",
    "while", "w", "cos", "because", "since", "yet", "rather", "really", "quite", "even",
    "pls", "etc", "via", "per", "else", "such", "same", "other", "another", "full", "right",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "second", "third",
    "fourth", "fifth", "sixth", "twice", "once", "four", "five", "six", "seven", "eight",
    "nine", "ten", "noon", "half", "get", "gets", "getting", "got", "gotten", "didnt", "dont",
    "hasnt", "wont", "im", "hes", "shes", "i've", "i'm", "i'll", "i'd", "he'll", "he'd",
    "she'll", "she'd", "we've", "we'll", "we'd", "we're", "they've", "they'll", "they'd",
    "they're", "it'll", "it'd", "you've", "you'll", "you'd", "you're", "hadn't", "haven't",
    "hasn't", "didn't", "doesn't", "don't", "isn't", "aren't", "wasn't", "weren't", "won't",
    "can't", "couldn't", "wouldn't", "shouldn't", "needn't",
))
"""Words that show no likeness between two sentences."""

STATIVE = frozenset((
    "be", "have", "know", "like", "love", "need", "want", "see", "feel", "think", "hope",
    "wait", "stay", "remain", "depend", "seem", "become", "mean", "happen", "understand",
    "believe", "miss", "live", "die", "enjoy", "hate", "matter", "last", "leave", "win",
    "lose", "fail", "pass", "retire", "forget",
))
"""Verbs that one does not promise: they happen, or are so."""
# fmt: on
