"""Numbers that are written as words."""

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
NUMBERS = {word: str(value) for value, word in enumerate(_SMALL)} | {
    "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17",
    "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "thousand": "1000", "million": "1000000", "dozen": "12",
    "twice": "2 times", "half": "1/2", "quarter": "1/4", "fortnight": "2 weeks",
    "fortnightly": "2 weeks", "weekly": "per week", "daily": "per day", "monthly": "per month",
}  # fmt: skip
"""A word, and the number that it says, in digits."""
