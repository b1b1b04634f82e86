"""The names of cases: who is against whom, and whether two ways of writing mean one case.

A name agrees when each party could be the other's abbreviation, a part of it or a slip of the pen;
a shared "United States" or "Board" is not enough.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import Levenshtein

from core.law.abbreviations import CASE_NAME_WORDS, STATES, STEMS

_VERSUS = re.compile(r"\s(?:v|vs|versus)\.?\s", re.IGNORECASE)
_PROCEDURE = re.compile(
    r"^(?:in (?:the )?(?:re|matter of)|matter of|ex parte|ex rel\.?|application of|petition of|"
    r"in the interest of|interest of|estate of)[:\s]+",
    re.IGNORECASE,
)
_RELATOR = re.compile(
    r"\b(?:ex rel\.?|on behalf of|on the relation of|by and through"
    r"|individually|as next friend of)\s",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(?:et al\.?|et ux\.?|et vir\.?|etc\.?|d/b/a\b.*|a/k/a\b.*|f/k/a\b.*|n/k/a\b.*)",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(
    r"^(?:the )?(?:people of the state|people of the commonwealth|state|commonwealth|people|"
    r"government|republic|city and county|city|town|village|county|township|borough"
    r"|parish)\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)
_UNITED_STATES = re.compile(
    r"\b(?:the )?united states(?: of america)?\b|\bu\.? ?s\.?(?: of america)?(?=\W|$)",
    re.IGNORECASE,
)
_SINGLE_LETTERS = re.compile(r"(?<![\w'])(?:[a-z](?:\. ?| |$)){2,}")
_TOKEN = re.compile(r"[\w']+\.?")
# Words that say nothing of who a party is.
_EMPTY_WORDS = """
    the of and a an for in on by to at re et al inc corp co ltd llc lp llp pc plc na sa ag gmbh nv
    incorporated corporation company limited jr sr ii iii iv esq ex rel & de la no nos
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Words many parties share: agreement on these alone is none.
_SHARED_WORDS = """
    united states us bank city town workers labor health union new york state people director
    warden superintendent secretary general trust first american line lines airlines air trade
"""
_SHARED = frozenset(
    STEMS.get(word, word)
    for word in (
        *(re.sub(r"[.'’]", "", word).casefold() for word in CASE_NAME_WORDS),
        *_SHARED_WORDS.split(),
    )
)
_PROSECUTORS = frozenset({"state", "people", "commonwealth", "government"})
_STATE_STEMS = frozenset(STEMS[state.casefold()] for state in STATES)
_ENOUGH = 0.6
# Letters that may be wrong in a word, by its length: a slip of the pen or of the scanner.
_SLIPS = ((10, 2), (5, 1))


def parties(case_name: str) -> tuple[str, str | None]:
    """Split a case name into its parties; a matter ("In re Winship") has only one."""
    sides = _VERSUS.split(f" {case_name.strip()} ", maxsplit=1)
    first = sides[0].strip(" ,")
    second = sides[1].strip(" ,") if len(sides) == 2 else ""
    return (first, second) if first and second else (first or second, None)


def short_name(case_name: str) -> str:
    """Return the name used after the first citation: the first party that is no government."""
    first, second = parties(_PROCEDURE.sub("", case_name.strip()))
    chosen = second if second and _is_government(first) and not _is_government(second) else first
    cut = _CUT.split(_RELATOR.split(chosen)[-1])[0]
    return cut.split(",")[0].strip() or case_name


def _is_government(party: str) -> bool:
    if _GOVERNMENT.match(party):
        return True
    tokens = _tokens(party)
    return bool(tokens) and (
        tokens == ["unitedstates"]
        or set(tokens) <= _PROSECUTORS | _STATE_STEMS
        or tokens[0] == "commr"
    )


def looks_like_caption(query: str) -> str | None:
    """Return the case name that a query is, None when it is something else."""
    text = " ".join(query.split()).strip(' ,."“”')
    if not text or len(text) > 200 or text.endswith("?") or len(text.split()) > 25:
        return None
    text = re.sub(r"\s*\((?:[^()]{0,40} )?\d{4}\)$", "", text)
    if re.match(r"(?:in re|ex parte|(?:in the )?matter of)\s+\w", text, re.IGNORECASE):
        return text
    first, second = parties(text)
    if (
        second is None
        or not re.search(r"[A-Za-z]{2}|\d", first)
        or not re.search(r"[A-Za-z]", second)
    ):
        return None
    return text


def names_agree(written: str, held: str) -> bool:
    """Say whether a name as written can be the name of the case that is held.

    Tolerates abbreviations, missing first names and first parties, procedural phrases, "et al.",
    diacritics, one slip in a long word, and parties in the other order; nothing to compare agrees
    with nothing.
    """
    ours, theirs = _sides(written), _sides(held)
    if not ours or not theirs:
        return False
    if len(ours) == len(theirs) == 2:
        return (_agree(ours[0], theirs[0]) and _agree(ours[1], theirs[1])) or (
            _agree(ours[0], theirs[1]) and _agree(ours[1], theirs[0])
        )
    return any(_agree(a, b) for a in ours for b in theirs)


def _sides(case_name: str) -> list[list[str]]:
    sides = [_tokens(side) for side in parties(_PROCEDURE.sub("", case_name.strip())) if side]
    return [side for side in sides if side]


def _tokens(party: str) -> list[str]:
    """Return a party's words as stems, without those that say nothing if there are others."""
    text = unicodedata.normalize("NFKD", party.replace("’", "'").replace("&", " & "))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _CUT.sub(" ", _PROCEDURE.sub("", text))
    text = _UNITED_STATES.sub(" UnitedStates ", _GOVERNMENT.sub("", text)).casefold()
    text = _SINGLE_LETTERS.sub(lambda m: re.sub(r"[. ]", "", m[0]) + " ", text)
    stems = [stem for stem in map(_stem, _TOKEN.findall(text)) if stem]
    return [stem for stem in stems if stem.rstrip(".") not in _EMPTY] or stems


def _stem(word: str) -> str:
    """Return a word's stem; a full stop stays after a short form that no table knows."""
    plain = word.rstrip(".").strip("'").removesuffix("'s").replace("'", "")
    return STEMS.get(plain) or plain + ("." if word.endswith(".") else "")


def _agree(ours: list[str], theirs: list[str]) -> bool:
    """Most words of the shorter must stand in the longer, one of them a word of its own."""
    if ours == theirs or _is_acronym(ours, theirs) or _is_acronym(theirs, ours):
        return True
    if _is_prosecutor(ours, theirs) or _is_prosecutor(theirs, ours):
        return True
    shorter, longer = sorted((ours, theirs), key=len)
    matched = [word for word in shorter if any(_same_word(word, other) for other in longer)]
    own = [word for word in shorter if word.rstrip(".") not in _SHARED]
    if own and not any(word in matched for word in own):
        return False
    if not own and len(shorter) < len(longer) and any(word not in _SHARED for word in longer):
        return len(matched) == len(shorter) and len(shorter) > 1
    return len(matched) >= _ENOUGH * len(shorter)


def _same_word(one: str, other: str) -> bool:
    if one.rstrip(".") == other.rstrip("."):
        return True
    if _shortens(one, other) or _shortens(other, one):
        return True
    one, other = one.rstrip("."), other.rstrip(".")
    slips = next((n for length, n in _SLIPS if min(len(one), len(other)) >= length), 0)
    return slips > 0 and Levenshtein.distance(one, other, score_cutoff=slips) <= slips


def _shortens(short: str, long: str) -> bool:
    """Say whether a word with a full stop ("Constrs.") has a longer one's letters, in order."""
    if not short.endswith(".") or len(short) < 4 or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short[:-1])


def _is_acronym(one: list[str], other: list[str]) -> bool:
    return (
        len(one) == 1
        and len(one[0]) >= 3
        and len(other) >= 3
        and one[0] == "".join(word[0] for word in other)
    )


def _is_prosecutor(one: list[str], other: list[str]) -> bool:
    """The word "State" in a state's own reporter is "Washington" elsewhere."""
    return (
        len(one) == 1
        and one[0] in _PROSECUTORS
        and len(other) <= 2
        and (
            other[0] in _STATE_STEMS
            or other[0] in {"new", "north", "south", "west", "rhode"} | _PROSECUTORS
        )
    )
