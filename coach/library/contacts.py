"""Addresses and numbers in text: e-mail, web, phone, postal, and names on social networks.

The patterns want the full form of a thing (a phone number with its grouping, a street with its
postcode), so that dates, ranges, scores and headings such as "7 Lessons From The Road" are not
taken for one. Every repetition is bounded: text of any length is read in linear time.
"""

from __future__ import annotations

import re

_EMAIL = (
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[\[(]at[\])]\s?)"
    r"[\w-]{1,63}(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w-]{1,63}){1,5}"
)
_DOMAIN = r"com|org|net|edu|gov|info|biz|io|eu|de|fr|ca|(?:co|ac|org|gov)\.uk|(?:com|org|edu)\.au"
_PATH = r"[^\s<>\"')\]]{0,2000}[^\s<>\"')\].,;:!?*_]"
_WEB = (
    rf"(?:https?://|ftp://|\bwww\.){_PATH}"
    rf"|(?<![\w.@/-])(?:[a-z0-9-]{{2,63}}\.){{1,4}}(?:{_DOMAIN})\b(?![\w@-])(?:/{_PATH}|/)?"
)
_PHONE = (
    r"(?<![\w.+/-])(?:"
    r"\+\d{1,3}[\s().-]{0,2}(?:\(?\d{1,5}\)?[\s.-]?){2,5}\d{2,5}"
    r"|(?:1[\s.-])?\(\d{3}\)\s?\d{3}[\s.-]\d{4}"
    r"|(?:1[.-])?\d{3}(?:-\d{3}-|\.\d{3}\.)\d{4}"
    r"|(?:1-)?8(?:00|33|44|55|66|77|88)-(?:\d{3}-\d{4}|[A-Z]{4,9})"
    r"|\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,6}"
    r"|(?i:tel|phone|mobile|cell|fax|call)[.:]?\s\d{3}[.-]\d{4}|\bext\.\s?\d{3,5}"
    r")(?:,?\s?(?:x|ext\.?|extension)\s?\d{1,5})?(?![\w-])"
)
_HANDLE = r"(?<![\w@./])@[A-Za-z]\w{1,29}\b"
_STREET = (
    r"\b\d{1,5}[A-Za-z]?\s(?:[A-Z][\w'’.-]{0,30}\s){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln"
    r"|Drive"
    r"|Dr|Boulevard|Blvd|Way|Square|Place|Court|Parkway)\b\.?"
)
_TOWN = (
    r"(?:,?\s(?:(?:Suite|Floor|Room|Unit|Apt)\.?\s\w{1,8}"
    r"|[A-Z][a-z'’-]{1,30}(?:\s[A-Z][a-z]{1,30})?))"
)
_POSTCODE = r"(?:,?\s(?:[A-Z]{2}\s\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}))"
_POSTAL = (
    rf"{_STREET}{_TOWN}{{0,4}}{_POSTCODE}"
    rf"|\bP\.?\s?O\.?\s?Box\s\d{{1,6}}\b{_TOWN}{{0,3}}{_POSTCODE}?"
    rf"|(?m:^){_STREET}{_TOWN}{{1,3}}(?m:$)"
)
_DETAIL = rf"<?(?:mailto:|tel:)?(?:{_EMAIL}|{_WEB}|{_PHONE})>?|{_HANDLE}|{_POSTAL}"

_LINKING = r"(?:[,;]?\s{0,3}\b(?:at|via|on|by|or|and|from)\b)"
_LABEL = (
    r"(?:[,;|]?\s{0,3}\b(?:e-?mail|tel(?:ephone)?|phone|mobile|fax|web(?:site)?|url|address)"
    r"[.:]{1,2})"
)

DETAIL = re.compile(_DETAIL)
"""One address, number or handle."""

WEB = re.compile(_WEB)
"""One web address, with or without its scheme."""

LINK = re.compile(
    r"(?<!!)\[([^\[\]]*)\]\(\s{0,3}<?((?:[^()\s<>]"
    r"|\([^()\s]*\))*)>?(?:\s[\"'][^\"'\n]*[\"'])?\s{0,3}\)"
)
"""A Markdown link: its text, its target."""

_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_REFERENCE = re.compile(r"\s*\[[^\]]{1,200}\]:\s*\S+")
_CUT = re.compile(rf"(?:{_LINKING}|{_LABEL}){{0,3}}\s{{0,3}}(?:\((?:{_DETAIL})\)|{_DETAIL})")
_LABELLED = re.compile(rf"[^:.!?\n]{{1,60}}:\s{{0,3}}(?:(?:{_DETAIL})[\s,;|/]{{0,3}}){{1,4}}")
_EMPTIED = re.compile(
    r"(?:\W|_|e-?mail|mail|tel(?:ephone)?|phone|mobile|cell|fax|web(?:site)?|url|address|contact"
    r"|us|me"
    r"|twitter|facebook|instagram|linkedin|skype|call|visit|see|source|at|or|and)*",
    re.I,
)


def linkless(text: str) -> str:
    """``text`` with each Markdown link as its words alone, and without images."""
    return LINK.sub(r"\1", _IMAGE.sub("", text))


def without_details(text: str) -> tuple[str, int]:
    """``text`` without addresses and numbers, and how many were cut; "" if only labels remain.

    The word that leads to one goes with it: "Ring Jane on 0113 496 0999." becomes "Ring Jane."
    """
    if _REFERENCE.fullmatch(text):
        return "", 1
    text = linkless(text)
    if _LABELLED.fullmatch(text):
        return "", 1
    cut, count = _CUT.subn("", text)
    if not count:
        return text, 0
    if _EMPTIED.fullmatch(cut):
        return "", count
    cut = re.sub(r"[ \t]?(?:\([\s,;|/]{0,5}\)|\[\s?\]|<\s?>)", "", cut)
    cut = re.sub(r"\([\s,;|/]{1,3}", "(", cut)
    cut = re.sub(r"(?<=\S)[ \t]{1,3}(?=[.,;:!?)](?:\s|$))", "", cut)
    return re.sub(r"(?<=[^\s|])[ \t]{2,}(?=[^\s|])", " ", cut).rstrip(" \t,;:"), count
