"""Who the parties are in the words that stand before a citation.

"We follow Nken v. Holder, 556 U. S. 418" names Nken and Holder; a name never reaches back over
the end of a sentence, of a paragraph or of the citation before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.law.sentences import is_abbreviation
from core.model import Span

# A caption longer than this is a sentence that was misread.
_REACH = 260
_VERSUS = re.compile(r"(?:^|(?<=\s))(?:v|vs|V)\.?(?:\s+|$)")
_IN_RE = re.compile(
    r"\b(?:In re|In Re|IN RE|Ex parte|Ex Parte|In the Matter of|Matter of|Estate of|Petition of)\s+"
)
# As anybody may write it, with no citation behind.
_VERSUS_ANYHOW = re.compile(r"(?<=\s)(?:v|vs|versus|V|VS)\.?(?=\s)")
_IN_RE_ANYHOW = re.compile(
    r"\b(?:(?i:in re|ex parte)\s+(?=\S)"
    r"|(?:[Ii]n the )?(?:[Mm]atter|Estate|Petition) of\s+(?=[A-Z]))"
)
_YEAR_BEFORE = re.compile(r"\s*[(\[](?P<year>1[6-9]\d\d|20\d\d)[)\]],?$")
_TAIL = re.compile(r",?\s+(?:supra|No\. [\w-]{1,20}|Nos\. [\w, -]{1,40})$")
# A company of which the name has a part in brackets, The Wharf (Holdings) Ltd.
_PART_OF_NAME = re.compile(r"\([A-Z][\w.&'-]*\),?")
_INSIDE = frozenset(
    "of the and & for to ex rel. et al. de la le von van der du del y e ux. re".split()
)
_INSIDE_DEFENDANT = _INSIDE | frozenset(
    "in on by at a an or as with from parte seq. d/b/a n/k/a".split()
)
_LEADING_WORDS = """
    see also cf but accord contra compare with e.g eg in under as and citing quoting following
    applying unlike like since after because thus moreover accordingly however similarly the of
    for to while when where although then therefore nor or this that our if id ibid generally
    indeed finally first second third here again instead likewise further yet so both rather
    cited quoted discussing explaining overruling distinguishing affirming reversing per at by
    &
"""
_LEADING = frozenset(_LEADING_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """`start` is where the name begins; a case named by one party only has no plaintiff."""

    start: int
    plaintiff: str | None
    defendant: str | None
    # California puts the year before the reporter: "Smith v. Jones (2009) 45 Cal.4th 1".
    year: int | None = None


def parties_before(text: str, start: int, *, floor: int) -> Parties | None:
    """Read the case name that ends just before `start`, looking no further back than `floor`.

    `text` is normalised: a line end parts paragraphs. None where no name stands there.
    """
    begin = max(floor, start - _REACH, text.rfind("\n", 0, start) + 1)
    body = text[begin:start].rstrip()
    year = _YEAR_BEFORE.search(body)
    if year:
        body = body[: year.start()]
    comma = body.endswith(",") or year is not None
    body = _TAIL.sub("", body.rstrip(" ,"))
    found = _two_parties(body) or _matter(body) or (_one_party(body) if comma else None)
    if found is None:
        return None
    at, plaintiff, defendant = found
    return Parties(
        start=begin + at,
        plaintiff=plaintiff,
        defendant=defendant,
        year=int(year["year"]) if year else None,
    )


def names_alone(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the case names of a text, each with its place, whether or not a citation follows.

    `text` is one line. A name in small letters ("smith v jones") is the word on each side.
    """
    for versus in _VERSUS_ANYHOW.finditer(text):
        start = _name_start(text[: versus.start()], _INSIDE)
        if not text[start : versus.start()].strip(" ,"):
            start = len(text[: versus.start()].rstrip().rpartition(" ")[0])
        end = _name_end(text, versus.end())
        yield _trimmed(text, start, end)
    for matter in _IN_RE_ANYHOW.finditer(text):
        yield _trimmed(text, matter.start(), _name_end(text, matter.end()))


def _trimmed(text: str, start: int, end: int) -> tuple[Span, str]:
    start += len(text[start:end]) - len(text[start:end].lstrip(" ,;:(“\"'"))
    end -= len(text[start:end]) - len(text[start:end].rstrip(" ,;:)”\"'"))
    last = text[start:end].rsplit(" ", 1)[-1]
    if last.endswith(".") and not is_abbreviation(last[:-1]):
        end -= 1
    return Span(start, max(start, end)), text[start:end]


def _name_end(text: str, at: int) -> int:
    """Walk on over the words that can belong to a name; the first word always does."""
    end = at
    for token in re.finditer(r"\S+", text[at:]):
        word = token[0]
        inside = word.strip(",") in _INSIDE_DEFENDANT and re.match(
            r"\s+[A-Z&]", text[at + token.end() :]
        )
        if end != at and not (_is_capital(word) or inside):
            break
        end = at + token.end()
        if word[-1] in ',;:)”"?!' or _ends_sentence(word):
            break
    return end


def _two_parties(body: str) -> tuple[int, str | None, str | None] | None:
    found = list(_VERSUS.finditer(body))
    if not found:
        return None
    versus = found[-1]
    defendant = body[versus.end() :].strip(" ,")
    if not _is_name(defendant):
        return None
    at = _name_start(body[: versus.start()], _INSIDE)
    plaintiff = body[at : versus.start()].strip(" ,")
    return (at, plaintiff, defendant) if plaintiff else None


def _matter(body: str) -> tuple[int, str | None, str | None] | None:
    found = list(_IN_RE.finditer(body))
    if not found or not _is_name(body[found[-1].end() :].strip(" ,")):
        return None
    start = found[-1].start()
    return start, None, body[start:].strip(" ,")


def _one_party(body: str) -> tuple[int, str | None, str | None] | None:
    at = _name_start(body, frozenset({"of", "&", "de", "la", "von", "van"}), commas=False)
    name = body[at:].strip(" ,")
    return (at, None, name) if name and name[0].isupper() and len(name) > 1 else None


def _is_name(words: str) -> bool:
    """Say whether all of these words can be one name: no sentence ends, no verb stands in it."""
    tokens = [token for token in words.split() if token != ","]
    if not tokens or len(tokens) > 25 or ";" in words or words.count("(") != words.count(")"):
        return False
    return all(
        (_is_capital(token) or token.strip(",") in _INSIDE_DEFENDANT)
        and (index + 1 == len(tokens) or not _ends_sentence(token))
        for index, token in enumerate(tokens)
    )


def _name_start(body: str, inside: frozenset[str], *, commas: bool = True) -> int:
    """Walk back over the words that can belong to a name; return where it begins in `body`."""
    at, taken, end = len(body), list[tuple[int, str]](), len(body.rstrip())
    while end > 0:
        begin = body.rfind(" ", 0, end) + 1
        token = body[begin:end]
        if token == "," or _PART_OF_NAME.fullmatch(token):
            end = len(body[:begin].rstrip())
            continue
        stop = max(token.rfind(mark) for mark in '([{“"')
        if taken and (token[-1] in ';:”"' or _breaks(token, commas=commas)):
            break
        word = token[stop + 1 :]
        if not word or not (_is_capital(word) or word.strip(",") in inside):
            break
        taken.append((begin + stop + 1, word))
        if stop >= 0:
            break
        end = len(body[:begin].rstrip())
    while taken and taken[-1][1].lower().strip(".,") in _LEADING and not _opens_matter(taken):
        taken.pop()
    if taken:
        at = taken[-1][0]
    return at


def _opens_matter(taken: list[tuple[int, str]]) -> bool:
    return len(taken) > 1 and taken[-1][1] == "In" and taken[-2][1].lower() == "re"


def _breaks(token: str, *, commas: bool) -> bool:
    """Say whether a name cannot reach over this word: a sentence or a citation ends with it."""
    if token.endswith(")") or _ends_sentence(token):
        return True
    if not token.endswith(","):
        return False
    return not commas or token[:-1].lower() in _LEADING or token[:-1].isdigit()


def _ends_sentence(token: str) -> bool:
    if token[-1] in "?!":
        return True
    return (
        token.endswith(".")
        and not is_abbreviation(token[:-1].lstrip('(“"['))
        and (token.islower() or len(token) > 6 or token[:-1].isdigit())
    )


def _is_capital(word: str) -> bool:
    bare = word.lstrip("'\"“([$#")
    return word.startswith("'s") or (
        bool(bare) and (bare[0].isupper() or bare[0].isdigit() or bare == "&")
    )
