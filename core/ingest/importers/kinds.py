"""Reads the words that sources use for a part of a case: lead opinion, dissent, on the merits.

Each source has its own; a word that is not known makes the part a separate writing, and the
word itself is kept.
"""

from __future__ import annotations

import re

from core.model import OpinionKind

_WORDS: dict[str, OpinionKind] = {
    **{str(kind): kind for kind in OpinionKind},
    "lead": OpinionKind.MAJORITY,
    "unanimous": OpinionKind.MAJORITY,
    # The Caselaw Access Project's word for the court's opinion on the merits of a petition.
    "on_the_merits": OpinionKind.MAJORITY,
    "combined_opinion": OpinionKind.COMBINED,
    "opinion": OpinionKind.COMBINED,
    "concurring": OpinionKind.CONCURRENCE,
    "dissenting": OpinionKind.DISSENT,
    "concurrence_in_part": OpinionKind.CONCUR_DISSENT,
    "concurring_in_part_and_dissenting_in_part": OpinionKind.CONCUR_DISSENT,
    "concurrence_dissent": OpinionKind.CONCUR_DISSENT,
    "concurring_in_the_judgment": OpinionKind.CONCURRENCE_IN_JUDGMENT,
    "concurring_in_judgment": OpinionKind.CONCURRENCE_IN_JUDGMENT,
    # CourtListener's codes, its own spelling of "unanimous" included.
    "010combined": OpinionKind.COMBINED,
    "015unamimous": OpinionKind.MAJORITY,
    "015unanimous": OpinionKind.MAJORITY,
    "020lead": OpinionKind.MAJORITY,
    "025plurality": OpinionKind.PLURALITY,
    "030concurrence": OpinionKind.CONCURRENCE,
    "035concurrenceinpart": OpinionKind.CONCUR_DISSENT,
    "040dissent": OpinionKind.DISSENT,
    "080onthemerits": OpinionKind.MAJORITY,
}
_GAPS = re.compile(r"[\s_-]+")


def kind_of(word: str) -> OpinionKind | None:
    """Return the kind of opinion a source's word stands for; None where it is not known."""
    plain = _GAPS.sub("_", word.strip().lower())
    return _WORDS.get(plain) or _WORDS.get(plain.removesuffix("_opinion"))
