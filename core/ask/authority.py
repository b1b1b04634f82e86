"""How much weight an opinion has: of which court it is, how late, and how often it is cited."""

from __future__ import annotations

import math

from core.law.courts import Level, court_level
from core.model import Case

_LEVELS = {
    Level.SUPREME: 1.0,
    Level.STATE_SUPREME: 0.7,
    Level.APPEALS: 0.6,
    Level.UNKNOWN: 0.3,
    Level.TRIAL: 0.2,
}
# Cited so often, a case is cited as often as any.
_OFTEN = 100
_FIRST_YEAR, _YEARS = 1900, 150


def weight_of(case: Case, cited_by: int) -> float:
    """Return a weight from 0 to 1: the court counts most, then citations, then the year."""
    year = case.date_filed.year if case.date_filed else _FIRST_YEAR
    often = min(1.0, math.log1p(cited_by) / math.log1p(_OFTEN))
    late = min(1.0, max(0, year - _FIRST_YEAR) / _YEARS)
    return 0.6 * _LEVELS[court_level(case.court.court)] + 0.3 * often + 0.1 * late
