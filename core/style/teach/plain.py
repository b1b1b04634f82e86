"""Style taken out of a sentence by rule: what is left says the same and sounds like nobody.

A style model learns from pairs, and only one half of a pair is ever written by the firm. Tokens
stay where they are; no word that grants, forbids, denies or weighs is touched.
"""

from __future__ import annotations

import re

from core.style.teach.masking import same_tokens

# Neutral for ornate: connectors, legalisms and the ways of opening a sentence.
_PLAIN_WORDS = {
    "accordingly": "so",
    "consequently": "so",
    "hence": "so",
    "therefore": "so",
    "thus": "so",
    "moreover": "also",
    "furthermore": "also",
    "additionally": "also",
    "in addition": "also",
    "besides": "also",
    "nevertheless": "but",
    "nonetheless": "but",
    "however": "but",
    "that said": "but",
    "notwithstanding": "despite",
    "pursuant to": "under",
    "in accordance with": "under",
    "prior to": "before",
    "subsequent to": "after",
    "in order to": "to",
    "for the purpose of": "for",
    "with respect to": "about",
    "with regard to": "about",
    "as to": "about",
    "in the event that": "if",
    "due to the fact that": "because",
    "inasmuch as": "because",
    "insofar as": "as far as",
    "whereas": "while",
    "upon": "on",
    "amongst": "among",
    "whilst": "while",
    "utilize": "use",
    "utilizes": "uses",
    "commence": "begin",
    "commenced": "began",
    "in the instant case": "here",
    "in the present case": "here",
    "herein": "here",
    "aforementioned": "",
    "said": "said",
}
# What strengthens and says nothing: taken out. None of these changes what is claimed.
_BOOSTERS = (
    "clearly plainly obviously manifestly simply indeed certainly undoubtedly surely very quite "
    "wholly utterly totally entirely completely absolutely really truly of course to be sure"
)
_BOOSTER = re.compile(
    r"(?:(?<=[\w⟧]), )?\b(?:"
    r"(?<!matter )of course|to be sure|"
    + "|".join(_BOOSTERS.replace("of course to be sure", "").split())
    + r")\b,?[ ]?",
    re.IGNORECASE,
)
_CONTRACTIONS = (
    (re.compile(r"\bcan[’']t\b"), "cannot"),
    (re.compile(r"\bwon[’']t\b"), "will not"),
    (re.compile(r"\bshan[’']t\b"), "shall not"),
    (re.compile(r"n[’']t\b"), " not"),
    (re.compile(r"\b([Ii])t[’']s\b(?= (?:not|a|an|the|clear|true)\b)"), r"\1t is"),
    (re.compile(r"\b([Ww]e|[Tt]hey|[Yy]ou)[’']re\b"), r"\1 are"),
    (re.compile(r"\b(I|[Ww]e|[Tt]hey|[Yy]ou)[’']ve\b"), r"\1 have"),
    (re.compile(r"\b(I|[Ww]e|[Tt]hey|[Yy]ou|[Hh]e|[Ss]he)[’']ll\b"), r"\1 will"),
)
_ORNATE = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _PLAIN_WORDS), key=len, reverse=True)) + r")\b(,?)",
    re.IGNORECASE,
)
_SEMICOLON = re.compile(r";\s+(?:and\s+|but\s+)?(?=(?!see\b|but see|cf\b|accord\b)[a-z])")
_DASHES = re.compile(r"\s*[—–]\s*")
# Words: a sentence of so many is split where it has a semicolon.
_LONG = 18


def plainly(text: str) -> str:
    """Take the style out of a passage whose citations and quotations are tokens."""
    plain = text
    for pattern, full in _CONTRACTIONS:
        plain = pattern.sub(full, plain)
    plain = _split(plain)
    plain = _BOOSTER.sub(_without, plain)
    plain = _ORNATE.sub(_neutral, plain)
    plain = _DASHES.sub(", ", plain)
    plain = _tidied(plain)
    return plain if same_tokens(text, plain) else text


def _split(text: str) -> str:
    """End a sentence at its semicolon; in a short one it is a list."""
    if len(text.split()) < _LONG:
        return text
    return _SEMICOLON.sub(lambda match: ". " if match.start() else match[0], text)


def _without(match: re.Match[str]) -> str:
    """Leave out a booster, but none that a denial needs: `not clearly` is another claim."""
    before = match.string[: match.start()].rstrip().lower()
    return (
        match[0]
        if re.search(r"(?:\bnot|n[’']t|\bno|\bnever|\bif|\bso)$", before)
        else (" " if match[0].startswith(",") else "")
    )


def _neutral(match: re.Match[str]) -> str:
    plain = _PLAIN_WORDS[match[1].lower()]
    # In the midst of a sentence "however long" and "thus far" are other words: only what opens one.
    opens = match[1][0].isupper()
    single = " " not in match[1] and plain in {"so", "also", "but"}
    if single and not (opens and match[2]):
        return match[0]
    return plain.capitalize() if opens else plain


def _tidied(text: str) -> str:
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" +([,.;:?!])", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text).strip()
    return re.sub(r"((?:^|[.?!]\s)\s*)([a-z])", lambda m: m[1] + m[2].upper(), text)
