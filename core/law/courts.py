"""The courts: their names, how the Bluebook cuts them short, and who is meant in a parenthetical.

Made from courts-db (Free Law Project), whose short ids Onpoint uses; unknown courts stay as they
are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from typing import cast

import courts_db

# Where the Bluebook's form (table T1) is not what courts-db has, or courts-db has none.
_BLUEBOOK = {
    "scotus": "U.S.",
    "bva": "Bd. Vet. App.",
    "cavc": "Vet. App.",
    "cafc": "Fed. Cir.",
    "cadc": "D.C. Cir.",
    "illappct": "Ill. App. Ct.",
    "dcd": "D.D.C.",
    "dc": "D.C.",
    "alaskad": "D. Alaska",
    # The invented State of the demonstration library.
    "merrow": "Merr.",
    "merrowctapp": "Merr. Ct. App.",
}
# How the Supreme Court writes the courts of appeals: "(CA2 1999)", "(CADC 2001)".
_SUPREME_COURTS_OWN = re.compile(r"CA ?(?P<circuit>\d{1,2}|D\.?C\.?|Fed\.?)")
# Where the table does not say which court of a State is its highest, its name does.
_HIGHEST = re.compile(
    r"^(?!.*(?:Appellate|Division|Term|County))(?:Supreme (?:Judicial )?Court\b|"
    r"Court of Appeals of (?:New York|Maryland)|.+ Supreme Court$)"
)
_APPEALS_ID = re.compile(r"[a-z]{2,6}ctapp|ctapp[a-z]{2,6}")


class Level(StrEnum):
    """How high a court stands among the courts of its own kind."""

    SUPREME = "supreme"
    STATE_SUPREME = "state supreme"
    APPEALS = "appeals"
    TRIAL = "trial"
    UNKNOWN = "unknown"


def court_abbreviation(court: str) -> str:
    """Return a court's short form for a citation's parenthetical, the id itself when unknown."""
    return _BLUEBOOK.get(court) or _short_forms().get(court) or court


def court_name(court: str) -> str:
    """Return a court's full name, the id itself when unknown."""
    return _names().get(court, court)


def court_names() -> Mapping[str, str]:
    """Return the names of all courts that are known, by id."""
    return _names()


def court_level(court: str) -> Level:
    """Return how high a court stands; UNKNOWN where that cannot be told from its id."""
    if court == "scotus":
        return Level.SUPREME
    known = _levels().get(court)
    if known is None:
        return Level.APPEALS if _APPEALS_ID.match(court) else Level.UNKNOWN
    return known


def court_of_parenthetical(written: str) -> str | None:
    """Return the id of the court in "(2d Cir. 1999)" or "(CA2 1999)"; None where there is none."""
    written = written.strip(" ,")
    if not written:
        return None
    own = _SUPREME_COURTS_OWN.fullmatch(written)
    if own:
        circuit = _bare(own["circuit"])
        return "cafc" if circuit == "fed" else f"ca{circuit}"
    return _by_short_form().get(_bare(written))


def court_ids() -> Collection[str]:
    """Return the ids of all courts that are known."""
    return _names().keys()


def courts_of_states() -> tuple[tuple[str, str, str], ...]:
    """Return the courts of the states: id, state, name."""
    return tuple(
        (court["id"], court["location"], court["name"])
        for court in _table()
        if court["system"] == "state" and court["location"] and court["type"] != "ag"
    )


# The states and territories of each federal circuit (28 U.S.C. § 41), as courts-db names them.
_CIRCUITS = {
    "ca1": "Maine|Massachusetts|New Hampshire|Puerto Rico|Rhode Island",
    "ca2": "Connecticut|New York|Vermont",
    "ca3": "Delaware|New Jersey|Pennsylvania|Virgin Islands",
    "ca4": "Maryland|North Carolina|South Carolina|Virginia|West Virginia",
    "ca5": "Louisiana|Mississippi|Texas",
    "ca6": "Kentucky|Michigan|Ohio|Tennessee",
    "ca7": "Illinois|Indiana|Wisconsin",
    "ca8": "Arkansas|Iowa|Minnesota|Missouri|Nebraska|North Dakota|South Dakota",
    "ca9": "Alaska|Arizona|California|Guam|Hawaii|Idaho|Montana|Nevada|Oregon|Washington",
    "ca10": "Colorado|Kansas|New Mexico|Oklahoma|Utah|Wyoming",
    "ca11": "Alabama|Florida|Georgia",
    "cadc": "District of Columbia|Washington D.C.",
}
_REVIEWED = {"cafc": {"cavc", "cit", "uscfc", "ccpa"}, "cavc": {"bva"}}


def is_over(court: str, other: str) -> bool:
    """Say whether a court can undo what another decided: sits above it in one hierarchy.

    A state's other courts have ids that begin with that of its highest one (courts-db); courts
    that no table knows are taken to be so too.
    """
    if court == other:
        return False
    if court == "scotus":
        return True
    if other in _REVIEWED.get(court, ()):
        return True
    above, below = _by_id().get(court), _by_id().get(other)
    if below is not None and below["system"] == "federal":
        states = _CIRCUITS.get(court, "").split("|")
        return below["type"] != "appellate" and below["location"] in states
    if above is not None and above["system"] == "federal":
        return False
    return other.startswith(court)


def _bare(written: str) -> str:
    return re.sub(r"[^\w]", "", written).casefold()


@cache
def _short_forms() -> Mapping[str, str]:
    return {court["id"]: court["citation_string"] for court in _table() if court["citation_string"]}


@cache
def _names() -> Mapping[str, str]:
    return {court["id"]: court["name"] for court in _table()}


@cache
def _by_id() -> Mapping[str, Mapping[str, str]]:
    return {court["id"]: court for court in _table()}


@cache
def _levels() -> Mapping[str, Level]:
    return {court["id"]: _level(court) for court in _table()}


def _level(court: Mapping[str, str]) -> Level:
    if court["type"] in {"trial", "bankruptcy"}:
        return Level.TRIAL
    if court["level"] == "colr" or (court["system"] == "state" and _HIGHEST.search(court["name"])):
        return Level.STATE_SUPREME
    return Level.APPEALS if court["type"] == "appellate" else Level.UNKNOWN


@cache
def _by_short_form() -> Mapping[str, str]:
    forms: dict[str, str] = {}
    for court in _table():
        if court["citation_string"]:
            forms.setdefault(_bare(court["citation_string"]), court["id"])
    return forms


@cache
def _table() -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", courts_db.load_courts_db())
