"""How well the composer of extracts answers, and whether it keeps silent where it should.

python benchmarks/answers.py questions CORPUS OUT    writes the question sets into OUT
"""

from __future__ import annotations

import re

from core.evaluate.retrieval import Query
from core.law.sentences import sentences

# A hole where a party's name or a citation stood.
_HOLE = re.compile(r"\[(?:PARTY|CASE)\]")
_CITED = re.compile(r",? (?:see(?:, e\. ?g\.,)?|cf\.) \[CASE\]\.?$|, \[CASE\]\.?$")
    r",? (?:see(?:, e\. ?g\.,)?|cf\.) \[CASE\][^.;]*|, \[CASE\](?=[.,;])|\(\[CASE\]\)"
)
# What hangs on the sentence before, or tells how the case went and not what the law is.
_HANGS = re.compile(
    r"(?:This|That|These|Those|Such|It|He|She|They|Thus|Here|There|Nor|But|And|Moreover|First|"
    r"Second|Third|Finally|However|Also|Instead|Rather|Indeed|Under (?:this|these|that|such)|"
    r"In (?:this|these|that|such|light)|(?:For|By) (?:this|these|that|such)|CHIEF|JUSTICE)\b"
)
_OUTCOME = re.compile(
    r"judgments? (?:is|are|was|below)|(?:affirmed|reversed|remanded|vacated)\b|JUSTICE|"
    r"the parties (?:agree|debate|dispute)|\bargu|\bcontention|\bcontend|\bclaims? that|"
    r"\bthis (?:Court|case)|\bthe Court(?:’s|s)?\b|\bhere\b|petitioner|respondent|Circuit|"
    r"\b(?:District|Supreme|Bankruptcy|State) Court|Court of Appeals|court below|lower court|"
    r"\bthe question|need not (?:be )?(?:decide|resolve)|___|\bsuch an? |\bat issue\b|"
    r"\b(?:this|the) (?:provision|suit|action|right|clause|statute|Act|language|text)(?:’s)? ",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"(?P<subject>(?:[A-Z“§][^\s,;:]*)(?: [^\s,;:]+){0,9}?) "
    r"(?P<verb>may|must|can|cannot|could|should|shall|will|would|is|are|was|were|does|do|did|has|have)"
    r"(?: (?P<not>not))? (?P<rest>.+)"
)
_CLAUSE = re.compile(
    r"\b(?:that|which|who|whose|where|when|whether|if|because|since|while|and|but|as|unless|"
    r"although|though|even|given|in|by|for|under|like|both|neither|to)\b",
    re.IGNORECASE,
)
_STARTS = frozenset(
    "A All Although An Any As At Because Both By Even For Given If In It Like Neither No Nothing "
    "On One Since Some The Though To Under Unless When Where While".split()
)
FEWEST_WORDS, MOST_WORDS = 8, 60


def asked_of(query: Query) -> str | None:
    """Put a holding as a question; None for one that states no law on its own.

    "A may not do B." becomes "May A do B?"; where that cannot be told, "Whether A does B?"
    """
    for span in sentences(query.text):
        said = _without_citations(span.of(query.text))
        if _states_law(said):
            return _question(said.rstrip("."))
    return None


def _states_law(said: str) -> bool:
    return (
        FEWEST_WORDS <= len(said.split()) <= MOST_WORDS
        and said[0].isupper()
        and said.endswith(".")
        and not _HANGS.match(said)
        and not _OUTCOME.search(said)
        and not _HOLE.search(said)
    )


def _without_citations(said: str) -> str:
    return " ".join(_CITED.sub(".", said).split())


def _question(said: str) -> str:
    found = _AUXILIARY.fullmatch(said)
    if found is None or _CLAUSE.search(found["subject"]):
        return f"Whether {_lower(said)}?"
    verb = "can" if found["verb"] == "cannot" else found["verb"]
    return f"{verb.capitalize()} {_lower(found['subject'])} {found['rest']}?"


def _lower(said: str) -> str:
    return said[0].lower() + said[1:] if said.split(maxsplit=1)[0] in _STARTS else said
