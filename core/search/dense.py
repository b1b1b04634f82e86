"""The arm that goes by sense: passages whose vectors point the way the question does.

The vector index answers for a large shelf; where few passages pass the filters, or the index is
missing or broken, every vector is looked at, and in the latter case the reader is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.errors import DatabaseUnavailable, EncoderMismatch, LibraryError
from core.library import passages
from core.library.db import Database
from core.library.passages import Neighbour
from core.library.vector_index import IndexState, index_state
from core.search.arms import Question, Ranking
from core.search.encoder import Encoder
from core.search.lexical import scores_by_case
from core.search.shelf import best, rows_of

# Looking at this many vectors takes a few milliseconds and misses none.
EXACT_UP_TO = 20_000
# Passages asked for; the cases they belong to are ranked by the best of each.
PASSAGES = 400
EXACT_NOTICE = (
    "The index of meanings is missing or being rebuilt: this search looked at every passage "
    "instead. Nothing is missing from it; it only took longer."
)
# Cosines nearer to each other than this are ties: the vectors are half precision.
_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _EncoderRow:
    encoder_id: int
    name: str
    fingerprint: str
    dimensions: int


class DenseArm:
    """Rank cases by their passage nearest in meaning."""

    name = "dense"

    def __init__(self, db: Database, encoder: Encoder) -> None:
        self._db = db
        self._encoder = encoder
        self._encoder_id: int | None = None

    def rank(self, question: Question, depth: int) -> Ranking:
        """Rank up to `depth` cases; equals by source id.

        Raises EncoderMismatch where the library's vectors were made with another encoder.
        """
        encoder_id = self.encoder_id()
        if encoder_id is None or not question.admitted.rows.any():
            return _ranking(question, [], depth, ())
        found, notices = self._nearest(question, encoder_id)
        return _ranking(question, _without_cut_tie(found), depth, notices)

    def encoder_id(self) -> int | None:
        """Return the number of our encoder in the library; None where nothing is encoded yet.

        Raises EncoderMismatch where only another's vectors are there.
        """
        if self._encoder_id is None:
            self._encoder_id = self._known()
        return self._encoder_id

    def _known(self) -> int | None:
        held = self._db.rows("select_encoders", _EncoderRow)
        for row in held:
            if row.fingerprint == self._encoder.fingerprint:
                return row.encoder_id
        if held:
            raise EncoderMismatch(
                f"The library's vectors were made with {held[0].name}; the encoder in Settings "
                f"is {self._encoder.name}, or another version of it. Search by words works; "
                "for search by meaning set the encoder back."
            )
        return None

    def _nearest(
        self, question: Question, encoder_id: int
    ) -> tuple[list[Neighbour], tuple[str, ...]]:
        matching = int(question.admitted.rows.sum())
        if matching <= EXACT_UP_TO:
            return self._exactly(question, encoder_id), ()
        if index_state(self._db, encoder_id) is not IndexState.WHOLE:
            return self._exactly(question, encoder_id), (EXACT_NOTICE,)
        try:
            found = passages.nearest(
                self._db,
                question.vector(),
                encoder_id=encoder_id,
                filters=question.filters,
                most=PASSAGES,
            )
        except DatabaseUnavailable:
            raise
        except LibraryError:  # the index is there but cannot be read
            return self._exactly(question, encoder_id), (EXACT_NOTICE,)
        if len(found) < min(PASSAGES, matching):
            return self._exactly(question, encoder_id), ()
        return found, ()

    def _exactly(self, question: Question, encoder_id: int) -> list[Neighbour]:
        return passages.nearest_exactly(
            self._db,
            question.vector(),
            encoder_id=encoder_id,
            filters=question.filters,
            most=PASSAGES,
        )


def _without_cut_tie(found: list[Neighbour]) -> list[Neighbour]:
    """Leave out the last group of equals: some of it may have been cut off."""
    if len(found) < PASSAGES:
        return found
    last = round(found[-1].similarity, _DECIMALS)
    kept = [near for near in found if round(near.similarity, _DECIMALS) > last]
    return kept or found


def _ranking(
    question: Question, found: list[Neighbour], depth: int, notices: tuple[str, ...]
) -> Ranking:
    shelf = question.shelf
    ids = np.array([near.passage_id for near in found], dtype=np.int32)
    # From 0 to 2, so that every passage found scores above 0.
    scores = np.array([1 + near.similarity for near in found], dtype=np.float64).round(_DECIMALS)
    rows = rows_of(shelf, ids)
    held = rows >= 0
    held[held] = question.admitted.rows[rows[held]]
    rows, scores = rows[held], scores[held]
    return Ranking(
        arm=DenseArm.name,
        cases=best(scores_by_case(shelf, rows, scores), shelf.case_order, depth),
        rows=rows,
        scores=scores,
        notices=notices,
    )
