"""Where a setting stands on the page: the groups in their order, and what each is called there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class In:
    """The group of settings that one belongs to which an administrator may see, and its name."""

    group: str
    label: str
    # Why nobody changes it in the browser; None where an administrator may.
    fixed: str | None = None
    # How it is typed, where its type does not say it: 'long', 'colour', 'picture', 'card'.
    typed: str | None = None


ANSWERS, VOICE, OUTSIDE = "Answers", "Voice", "Models outside the firm"
SEARCH, LIMITS, RETENTION = "Search", "Limits for each person", "Retention"
SESSIONS, APPEARANCE = "Sessions", "Appearance"
AT_START = "Set where Onpoint is started: the library's vectors are made with it."
HOUSE_STYLE = (
    "Plain, exact and calm. Short sentences in the active voice; the conclusion first. No "
    "throat-clearing, no doublets (null and void), no adverbs of emphasis (clearly, obviously)."
)
