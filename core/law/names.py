"""The names in a caption: one by one, without offices and capacities, not in capitals."""

from __future__ import annotations

import re

_SMALL = frozenset(
    "of the and for in on at to by de la del von van der et al ex rel with as or".split()
)
_KEPT = frozenset(
    "llc llp lp pllc plc pc usa us u.s. n.a. fsb ii iii iv nv sa ag gmbh aclu irs fbi dba nka fka"
    " u.s u.k. uk hmrc l.l.c. l.l.p. p.c. p.l.l.c. l.p. s.a. n.v.".split()
)
_SUFFIX = re.compile(
    r",(?=\s*(?:L\.?L\.?C|L\.?L\.?P|P\.?L\.?L\.?C|L\.?P|P\.?C|P\.?A|Inc|Ltd|Limited|Corp|Co|Jr|Sr|II|III|IV|N\.?A"
    r"|S\.?A|N\.?V|FSB|Esq|M\.?D|Ph\.?D)\b)",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    r",?\s*\b(?:(?:solely\s+)?in\s+(?:his|her|its|their)\s+(?:\w+\s+)?capacit\w+|on\s+behalf\s+of"
    r"|individually|as\s+(?:next\s+friend|trustee|executor|administrator|personal\s+representative|guardian)"
    r"|d/?b/?a|f/?k/?a|n/?k/?a|a/?k/?a|dba|nka|fka|doing\s+business\s+as|formerly\s+known\s+as"
    r"|now\s+known\s+as|also\s+known\s+as|by\s+and\s+through|acting\s+through|survivor\s+of"
    r"|(?:a|an)\s+(?:\w+\s+){0,4}(?:corporation|company|partnership|individual|entity))\b[^;]*?"
    r"(?=;|,\s+(?:and\s+)?(?=[A-Z]{2})|$)",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE = re.compile(
    r"^(?:the\s+)?(?:(?:acting|deputy|assistant|former)\s+)*(?:president|secretary|governor|commissioner|director"
    r"|attorney\s+general"
    r"|warden|superintendent|mayor|sheriff|administrator|chief|minister|field\s+director|branch\s+head|head)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\([^()]{0,80}(?:\)|$)|\s*[“\"][^“”\"]{0,80}[”\"]")
_NUMBERED = re.compile(r"\s*\(\d{1,2}\)\s*")
_ET_AL = re.compile(r",?\s*\bet\.?\s+al\.?\s*$|,?\s*\bet\.?\s+al\.", re.IGNORECASE)
_PART = re.compile(
    r"(?:(?:plaintiff|defendant|petitioner|respondent|appell(?:ant|ee)|claimant|cross|counter\w*"
    r"|third party|intervenor|debtor|movant|and|inclusive|etc)s?[\s/,.-]*)+",
    re.IGNORECASE,
)
_LONGEST = 120


def names_of_side(side: str) -> tuple[str, ...]:
    """Return the parties of one side as the caption writes it, each once, in order."""
    text = _NUMBERED.sub("; ", side)
    text = _CAPACITY.sub("", _SUFFIX.sub("\u0001", " ".join(_IN_BRACKETS.sub("", text).split())))
    text = _ET_AL.sub("", text)
    pieces = re.split(r"\s*;\s*(?:and\s+)?|\s*,\s+(?:and\s+)?|\s+and\s+(?=[A-Z]{2,})", text)
    names = [as_name(piece.replace("\u0001", ",")) for piece in pieces]
    found = dict.fromkeys(name for name in names if _is_party(name))
    # An office is whose a party is, unless it is the party: "Secretary of Health, Appellee".
    persons = [name for name in found if not _OFFICE.match(name)]
    return tuple(persons or list(found)[:1])


def as_name(written: str) -> str:
    """Write a name as in running text: `STATE OF OHIO` is State of Ohio."""
    name = " ".join(written.split()).strip(" ,;:.-–—_*")
    if name.casefold().endswith(
        (" inc", " corp", " co", " ltd", " jr", " sr", " et al", "l.l.c", "n.a", "u.s", "p.c")
    ):
        name += "."
    letters = [c for c in name if c.isalpha()]
    if name.islower():
        name = name.upper()
    if not letters or sum(c.isupper() for c in name if c.isalpha()) < 0.8 * len(letters):
        return name
    return " ".join(_word(word, n) for n, word in enumerate(name.split()))


def _word(word: str, n: int) -> str:
    bare = word.strip(",;:()").casefold()
    if bare in _KEPT or re.fullmatch(r"(?:\w\.)+,?", word):
        return word.upper()
    if n and bare in _SMALL:
        return word.casefold()
    # "MCDONALD", "O'HARA", "SMITH-JONES"; "CHILDREN'S" has no second capital.
    small = re.sub(
        r"(?:^|(?<=[-/&(.])|(?<=\bo['’]))[^\W\d_]", lambda match: match[0].upper(), word.casefold()
    )
    return re.sub(r"^Mc([a-z])", lambda match: f"Mc{match[1].upper()}", small)


def _is_party(name: str) -> bool:
    return (
        2 < len(name) <= _LONGEST
        and not _PART.fullmatch(name)
        and name[0].isupper()
        and not re.search(r"@|\d{3}-\d{4}", name)
    )
