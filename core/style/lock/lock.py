"""The content lock: what a sentence may not lose or gain when it is worded anew.

What is locked away in tokens comes back exactly once; of the words between them, only those may
change that are listed as meaning the same. Whatever else differs is named, and refused.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from core.ask.evidence import NUMBER_WORDS
from core.ask.plain import plain_words
from core.law.citations import find_citations
from core.law.quotations import quotations
from core.law.sentences import sentences
from core.style.lock.differences import difference
from core.style.lock.forms import Form, form_of, is_passive_of, ways_of
from core.style.lock.tokens import TOKEN, Locked, locked, misplaced, relocked, unlocked

UNSEEN = "it has characters that are not seen, or that look like others"
QUOTES = "it put words in quotation marks"
MARKUP = "it brought in markup or a bracket"
NUMBER = "it brought in a number"
NAME = "it brought in a name"
SPLIT = "it split the sentence"
MERGED = "it joined sentences"
EMPTY = "it left the sentence out"
ASKED = "it made a question of a statement, or a statement of a question"
UNTIDY = "it left marks or words standing twice"
COMMA = "it moved a comma on which the meaning can turn"
CONNECTIVE = "it changed how the sentence follows from the one before"
NOT_PUT_BACK = "a citation, a quotation or a number did not come back as it was"

_SEEN = frozenset(string.printable) | set("’‘“”–—…\u00a0")
_QUOTE = re.compile(r"[\"“”«»„`]|(?<!\w)['‘’]|['’](?!\w)")
_MARKUP = re.compile(r"[\[\]{}<>|*_~^\\@#=]|://|\bwww\.")
_SOURCES = re.compile(r"\s*\[S\d+\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_NAMES = frozenset({"Court", "Court’s", "Court's", "I"})
_OPENS = re.compile(r"(?:^|[.?!:;—–(]|[.?!] (?:\[[SCQ]\d+\])*)\s*$")
# A comma before these comes and goes with the house.
_SERIAL = frozenset({"and", "or", "nor", "but"})
# Two marks side by side, one that nothing follows, a word written twice.
_UNTIDY = re.compile(r"[.,;:]\s*[,;:]|[,;:]\s*\.|[,;:]\s*\[S\d+\]|\b([a-z]+) \1\b", re.IGNORECASE)
# What opens the clause behind a lead: "in this case, the court".
_CLAUSE = frozenset("the a an this these it he she they we there no".split())
_LEADING = frozenset("in under on at for despite without with by during".split())
_LONGEST_LEAD = 6
_NEAR = 5
_DENYING = frozenset("not no never none nor neither".split())


def broken_by(plain: str, reworded: str) -> str | None:
    """Say what the new wording of a sentence changed that it may not; None where nothing."""
    known = locked(plain)
    return changed(known, relocked(" ".join(reworded.split()), known))


def changed(known: Locked, line: str) -> str | None:
    """Say what a line changed of a sentence that was locked, in plain words; None where nothing."""
    if not TOKEN.sub("", line).strip(string.whitespace + string.punctuation) and known.plain:
        return EMPTY
    return (
        _stray(known, line)
        or misplaced(line, known)
        or _brought_in(known, line)
        or _sentences(known.line, line)
        or _reworded(known, line)
        or _not_put_back(known.plain, unlocked(line, known.kept))
    )


def _stray(known: Locked, line: str) -> str | None:
    seen = all(letter in _SEEN or letter in known.line for letter in line)
    return None if seen and line.isprintable() else UNSEEN


def _brought_in(known: Locked, line: str) -> str | None:
    bare = TOKEN.sub(" ", line)
    if len(_QUOTE.findall(bare)) > len(_QUOTE.findall(TOKEN.sub(" ", known.line))):
        return QUOTES
    if Counter(_MARKUP.findall(bare)) - Counter(_MARKUP.findall(TOKEN.sub(" ", known.line))):
        return MARKUP
    words = [word.lower() for word in _WORD.findall(bare)]
    if len(_UNTIDY.findall(line)) > len(_UNTIDY.findall(known.line)):
        return UNTIDY
    if any(map(str.isdigit, bare)) or not NUMBER_WORDS.keys().isdisjoint(words):
        return NUMBER
    return NAME if Counter(_names(line)) - Counter(_names(known.line)) else None


def _names(line: str) -> Iterable[str]:
    """Yield the words with capitals that no beginning of a sentence explains."""
    for match in _WORD.finditer(TOKEN.sub(lambda token: "0" * len(token[0]), line)):
        word = match[0]
        if word in _NO_NAMES or word.islower():
            continue
        ours = word[1:].islower() or len(word) == 1
        if not (ours and _OPENS.search(line, 0, match.start())):
            yield word


def _sentences(plain: str, line: str) -> str | None:
    was, now = (len(sentences(_SOURCES.sub("", text))) for text in (plain, line))
    if now > was:
        return SPLIT
    return MERGED if now < was else None


def _reworded(known: Locked, line: str) -> str | None:
    plain, spoken = form_of(known.line), form_of(line)
    if plain.asks != spoken.asks:
        return ASKED
    if plain.words != spoken.words and "since" in spoken.words:
        # "Since" for "because" is a habit; "because" for "since" may make a reason of a time.
        loose = form_of(line, loosely=True)
        spoken = loose if loose.words == plain.words else spoken
    if plain.words != spoken.words and "also" not in spoken.words:
        plain = _without_also(plain)
    if plain.words != spoken.words:
        if not _turned(known, line, plain, spoken):
            return difference(plain.words, spoken.words)
    elif not _same_marks(plain, spoken):
        return COMMA
    return None if plain.connectives == spoken.connectives else CONNECTIVE


def _turned(known: Locked, line: str, plain: Form, spoken: Form) -> bool:
    """Say whether a sentence is the other in another order that says the same."""
    return (
        any(_same(spoken, way) for way in ways_of(known.line, dropping=True))
        or any(_same(plain, way) for way in ways_of(line, dropping=False))
        or is_passive_of(plain.words, spoken.words)
        or is_passive_of(spoken.words, plain.words)
    )


def _same(one: Form, other: Form) -> bool:
    return one.words == other.words and _same_marks(one, other)


def _without_also(form: Form) -> Form:
    """Leave out the words that only say that there is more; none may be put in or moved."""
    kept = [n for n, word in enumerate(form.words) if word != "also"]
    words, marks = (tuple(row[n] for n in kept) for row in (form.words, form.marks))
    return replace(form, words=words, marks=marks)


def _same_marks(plain: Form, spoken: Form) -> bool:
    return all(
        one == other or _is_free(plain, at, {one, other})
        for at, (one, other) in enumerate(zip(plain.marks, spoken.marks, strict=True))
    )


def _is_free(plain: Form, at: int, marks: set[str]) -> bool:
    """Say whether two marks before a word differ by the habit of a house alone."""
    words, word = plain.words, plain.words[at]
    if re.fullmatch(r"q\d+", word):
        return marks <= {"", ",", ":"}
    if word == "but":
        return marks <= {"", ",", ";"}
    if marks != {"", ","}:
        return False
    if word in _SERIAL:
        return _serial(plain, at)
    if re.fullmatch(r"[cs]\d+", word):
        return True
    lead = words[0] in _LEADING and at <= _LONGEST_LEAD and "," not in plain.marks[:at]
    return lead and (word in _CLAUSE or re.fullmatch(r"n\d+", word) is not None)


def _serial(plain: Form, at: int) -> bool:
    """Say whether a comma before *and* or *or* is one that some houses write and others do not."""
    since, words = max(at - _NEAR, 0), plain.words
    if {"and", "or"} <= set(words[since : at + _NEAR]):
        return False
    # "Not A and B" is another thing than "not A, and B"; "not A, B, or C" is none.
    return "," in plain.marks[since:at] or _DENYING.isdisjoint(words[:at])


def _not_put_back(plain: str, spoken: str) -> str | None:
    """The last wall: quotations and citations are found again, as often, to the byte."""
    for find in (_quoted, _cited, re.compile(r"\[\d+\]|\d+").findall):
        if Counter(find(plain)) != Counter(find(spoken)):
            return NOT_PUT_BACK
    return None if plain_words(spoken) == plain_words(plain_words(spoken)) else MARKUP


def _quoted(text: str) -> Iterable[str]:
    return (span.of(text) for span in quotations(text))


def _cited(text: str) -> Iterable[str]:
    return (found.text for found in find_citations(text))
