"""Searches the filings of the matters that whoever asks may read, and knows of no others.

A matter is small enough to be searched exactly: every vector is looked at. Words are weighed by
the counts of their own matter, so that none of another's vocabulary shows in an order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NoSuchMatter
from core.library import filings, matters, private_shelf
from core.library.db import Database, Reader
from core.library.private_shelf import MatterShelf, Place
from core.model import (
    Filing,
    FilingHit,
    FilingId,
    FilingPassage,
    MatterId,
    Mode,
    QueryKind,
    Reason,
    Scope,
    Understood,
)
from core.search.encoder import Encoder
from core.search.fuse import fuse
from core.search.phrase import has_phrase
from core.search.pick import MOST_OF_A_CASE
from core.search.private_words import scored
from core.search.terms import terms
from core.search.understand import understand
from core.search.weights import Weights, weights_for

# Passages each arm ranks; what is fused can hold no more filings than that.
PASSAGES = 400
# Passages whose text is read for a phrase, the likeliest first.
MOST_READ = 1500
# Terms of one query that are searched, the first.
MOST_TERMS = 64
# What cites the very place that was asked for comes before what has its words.
_EXACT = 1000.0
# Cosines nearer to each other than this are ties: the vectors are half precision.
_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What was found in the filings, with words for the screen."""

    hits: tuple[FilingHit, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    """A query as the arms need it."""

    understood: Understood
    terms: tuple[str, ...]
    weights: Weights
    vector: NDArray[np.float32] | None
    encoder: str
    matter: MatterId | None


def search_filings(
    db: Database,
    scope: Scope,
    encoder: Encoder,
    query: str,
    *,
    matter: MatterId | None = None,
    mode: Mode = Mode.AUTO,
    k: int = 10,
) -> Papers:
    """Return the `k` filings most on point, of all readable matters or of one.

    A hit has its best passages. What is read is read in one transaction, under the walls as they
    stand at that moment. Equals stand by number of the matter, then by name of the filing. Raises
    NoSuchMatter where `matter` is not readable.
    """
    # What may take its time comes first: no transaction is open meanwhile.
    asked = _asked(understand(query), encoder, mode, matter)
    with db.transaction(scope=scope, seconds=30) as tx:
        _require(tx, matter)
        shelves = private_shelf.shelves(tx, matter=matter, encoder=asked.encoder)
        if asked.understood.kind is QueryKind.EMPTY or not shelves:
            return Papers()
        return Papers(hits=_hits(tx, asked, shelves, k), notices=_notices(asked, shelves))


def _require(tx: Reader, matter: MatterId | None) -> None:
    known = None if matter is None else matters.arrangement(tx, matter)
    if matter is not None and (known is None or not known.reads):
        raise NoSuchMatter


def _asked(understood: Understood, encoder: Encoder, mode: Mode, matter: MatterId | None) -> _Asked:
    distinct = tuple(dict.fromkeys(terms(understood.text)))[:MOST_TERMS]
    weights = _weights(understood, mode, len(distinct))
    sensible = "dense" in weights and understood.kind is not QueryKind.EMPTY
    return _Asked(
        understood=understood,
        terms=distinct,
        weights=weights,
        vector=encoder.encode_query(understood.text) if sensible else None,
        encoder=encoder.fingerprint,
        matter=matter,
    )


def _weights(understood: Understood, mode: Mode, count: int) -> Weights:
    if mode is Mode.SEMANTIC:
        return {"dense": 1.0}
    chosen = weights_for(understood.kind, count)
    arms = ("words",) if mode is Mode.LEXICAL else ("words", "dense")
    return {"exact": _EXACT} | {arm: chosen[arm] for arm in arms if arm in chosen}


def _hits(
    tx: Reader, asked: _Asked, shelves: Sequence[MatterShelf], k: int
) -> tuple[FilingHit, ...]:
    """Rank passages by each arm, fuse the ranks; filings stand as their best passages do."""
    scores = _arms(tx, asked, shelves)
    held = _standing(
        filings.filings_by_id(
            tx, sorted({each.filing_id for arm in scores.values() for each in arm})
        )
    )
    ranks = {filing_id: rank for rank, filing_id in enumerate(held)}
    places = sorted(
        {each for arm in scores.values() for each in arm if each.filing_id in held},
        key=lambda place: (ranks[place.filing_id], place.ordinal),
    )
    number = {place: n for n, place in enumerate(places)}
    rankings = {arm: _ranking(found, number) for arm, found in scores.items()}
    fused = fuse(rankings, asked.weights, key=lambda n: n)
    best: defaultdict[FilingId, list[Place]] = defaultdict(list)
    why: dict[FilingId, tuple[Reason, ...]] = {}
    for each in fused:
        place = places[each.item]
        why.setdefault(place.filing_id, each.why)
        best[place.filing_id].append(place)
    chosen = {one: best[one][:MOST_OF_A_CASE] for one in list(best)[:k]}
    return _read(tx, chosen, held, why)


def _standing(held: Mapping[FilingId, Filing]) -> dict[FilingId, Filing]:
    """Leave out what another took the place of between two arms, where that one was found too."""
    return {one: filing for one, filing in held.items() if filing.replaced_by not in held}


def _arms(
    tx: Reader, asked: _Asked, shelves: Sequence[MatterShelf]
) -> dict[str, dict[Place, float]]:
    """Ask each arm that counts: a score for every passage that it found."""
    found: dict[str, dict[Place, float]] = {}
    if "words" in asked.weights:
        held = private_shelf.postings(tx, asked.terms, matter=asked.matter)
        found["words"] = scored(held, shelves, asked.terms, most=MOST_READ)
    if asked.vector is not None:
        near = private_shelf.nearest(
            tx, asked.vector, matter=asked.matter, encoder=asked.encoder, most=PASSAGES
        )
        found["dense"] = {each.place: round(each.similarity, _DECIMALS) for each in near}
    if "exact" in asked.weights and asked.understood.citation is not None:
        places = private_shelf.citing(tx, asked.understood.citation, matter=asked.matter)
        found["exact"] = dict.fromkeys(places, 1.0)
    for phrase in asked.understood.phrases:
        found = _with_phrase(tx, found, phrase)
    return found


def _ranking(found: Mapping[Place, float], number: Mapping[Place, int]) -> list[int]:
    known = [place for place in found if place in number]
    known.sort(key=lambda place: (-found[place], number[place]))
    return [number[place] for place in known[:PASSAGES]]


def _with_phrase(
    tx: Reader, found: dict[str, dict[Place, float]], phrase: str
) -> dict[str, dict[Place, float]]:
    """Keep the passages in which a phrase begins, word for word; it may run on into the next."""
    scores = {place: score for arm in found.values() for place, score in arm.items()}
    likely = sorted(scores, key=lambda place: (-scores[place], place))[:MOST_READ]
    read = private_shelf.passages(tx, likely, beyond=2 * len(phrase) + 100)
    having = {place for place, passage in read.items() if has_phrase(passage.text, phrase)}
    return {
        arm: {place: score for place, score in each.items() if place in having}
        for arm, each in found.items()
    }


def _read(
    tx: Reader,
    chosen: Mapping[FilingId, Sequence[Place]],
    held: Mapping[FilingId, Filing],
    why: Mapping[FilingId, tuple[Reason, ...]],
) -> tuple[FilingHit, ...]:
    """Read what is shown. A filing that went out of sight meanwhile is not there any more."""
    theirs = matters.matters_by_id(tx, sorted({held[each].matter_id for each in chosen}))
    read = private_shelf.passages(tx, [place for places in chosen.values() for place in places])
    shown: list[FilingHit] = []
    for filing_id, places in chosen.items():
        matter = theirs.get(held[filing_id].matter_id)
        passages = _shown(places, read)
        if matter is None or not passages:
            continue
        shown.append(
            FilingHit(
                rank=len(shown) + 1,
                matter=matter,
                filing=held[filing_id],
                passages=passages,
                why=why[filing_id],
            )
        )
    return tuple(shown)


def _shown(
    places: Sequence[Place], read: Mapping[Place, FilingPassage]
) -> tuple[FilingPassage, ...]:
    return tuple(read[place] for place in places if place in read)


def _notices(asked: _Asked, shelves: Sequence[MatterShelf]) -> tuple[str, ...]:
    others = sum(shelf.otherwise_encoded for shelf in shelves)
    if asked.vector is None or not others:
        return ()
    said = (
        f"{others:,} filings of your matters were read by another encoder and are found by their "
        "words only. Have them read again (onpoint filings reread) to have them found by meaning."
    )
    return (said,)
