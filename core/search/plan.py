"""From what a person typed to the cases that are on point, in one stable order.

What the query names outright comes first; the rest is found by words and by sense, and every
hit keeps the reasons why it is there.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from itertools import chain
from threading import Lock

from core.errors import EncoderMismatch, UsageError
from core.library import cases, citing, passages
from core.library.db import Database
from core.library.passages import Place
from core.model import CaseId, Coverage, Filters, Hit, Mode, QueryKind, SearchResult, Understood
from core.search.arms import Arm, Question, Ranking
from core.search.dense import DenseArm
from core.search.encoder import Encoder
from core.search.exact import named_cases, promoted
from core.search.found import DEPTH, Found, Order, found_of
from core.search.fuse import fuse
from core.search.lexical import OpinionArm, WordsArm
from core.search.lexicon import Lexicon, idf, rarest
from core.search.phrase import with_phrases
from core.search.shelf import Shelf, admitted, as_items, is_dated, load_shelf
from core.search.terms import terms
from core.search.understand import LONGEST, understand
from core.search.weights import ARMS, Weights, weights_for

# Terms of one query that are searched, the rarest: more only add noise and time.
MOST_TERMS = 64
MOST_HITS = 100
# The idf of a word in none of 80,000 passages: nothing counts as rarer.
RAREST = 12.0
# Found orders kept so that a reader can turn pages while cases are added.
_KEPT = 256

LEXICAL = ("words", "opinion")
_ARMS_OF = {Mode.AUTO: ARMS, Mode.LEXICAL: LEXICAL, Mode.SEMANTIC: ("dense",)}

Key = tuple[str, Filters, Mode]


class Searcher:
    """Search over one library. Threads may share it."""

    def __init__(self, db: Database, encoder: Encoder) -> None:
        self._db = db
        self._encoder = encoder
        self._dense = DenseArm(db, encoder)
        arms: tuple[Arm, ...] = (WordsArm(), OpinionArm(), self._dense)
        self._arms = {arm.name: arm for arm in arms}
        self._loading = Lock()
        self._shelf: tuple[Shelf, Lexicon] | None = None
        self._coverage: Coverage | None = None
        self._kept: OrderedDict[Key, Found] = OrderedDict()
        self._keeping = Lock()

    @property
    def db(self) -> Database:
        """The library that is searched."""
        return self._db

    def warm_up(self) -> None:
        """Load what the first search would wait for."""
        self._encoder.warm_up()
        self._current()

    def search(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        k: int = 10,
        offset: int = 0,
        mode: Mode = Mode.AUTO,
    ) -> SearchResult:
        """Return hits `offset + 1` to `offset + k` of a fixed order of at most DEPTH cases.

        Pages after the first continue the order that the first was taken from, whatever is added
        meanwhile. Raises UsageError, EncoderMismatch (by meaning only) and DatabaseUnavailable.
        """
        started = time.perf_counter()
        _check(k, offset, mode)
        narrowed = filters or Filters()
        shelf, lexicon = self._current()
        found = self._found((query, narrowed, mode), shelf, lexicon, continued=offset > 0)
        coverage = self._covered(shelf.revision)
        return SearchResult(
            query=query,
            understood=found.understood,
            hits=self._hits(found, narrowed, k, offset),
            found=len(found.order),
            coverage=coverage,
            seconds=time.perf_counter() - started,
            notices=(*found.notices, *_undated(coverage, narrowed)),
        )

    def rankings(
        self, text: str, *, filters: Filters, arms: Sequence[str] = ARMS
    ) -> dict[str, tuple[str, ...]]:
        """Rank cases by plain words, for measuring: source ids by arm, and `fused`.

        `arms` names what is returned; what `fused` needs is asked whether named or not.
        """
        understood = understand(text)
        shelf, lexicon = self._current()
        question = self._question(shelf, lexicon, understood.text, filters)
        asked = ARMS if "fused" in arms else arms
        found = [self._arms[arm].rank(question, DEPTH) for arm in asked]
        orders = {ranking.arm: as_items(ranking.cases) for ranking in found}
        if "fused" in arms:
            weights = weights_for(QueryKind.WORDS, len(question.terms))
            fused = fuse(orders, weights, key=lambda n: int(shelf.case_order[n]))
            orders["fused"] = [each.item for each in fused[:DEPTH]]
        return {arm: tuple(map(shelf.source_ids.__getitem__, orders[arm])) for arm in arms}

    def places(self, text: str, case_ids: Sequence[CaseId]) -> list[Place]:
        """Measure every passage of these cases by a text; none where vectors are another's."""
        try:
            encoder_id = self._dense.encoder_id()
        except EncoderMismatch:
            return []
        if encoder_id is None or not case_ids:
            return []
        vector = self._encoder.encode_query(text)
        return passages.of_cases(self._db, case_ids, vector, encoder_id=encoder_id)

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """Say how rare each of these terms is, from 0, in nearly every passage, to 1.

        A small library cannot tell of a word that it is very rare.
        """
        total = len(self._current()[0])
        counts = dict(self._db.rows("count_term_passages", _count, terms=sorted(set(words))))
        rare = {word: idf(total, counts.get(word, 0)) / RAREST for word in words}
        return {word: min(1.0, rare[word]) for word in words}

    def _current(self) -> tuple[Shelf, Lexicon]:
        """Return the shelf of the library's revision, loading it when that has moved on."""
        revision = cases.revision(self._db)
        with self._loading:
            if self._shelf is None or self._shelf[0].revision != revision:
                shelf = load_shelf(self._db)
                self._shelf = shelf, Lexicon(shelf, partial(passages.postings, self._db))
            return self._shelf

    def _covered(self, revision: int) -> Coverage:
        if self._coverage is None or self._coverage.revision != revision:
            self._coverage = cases.coverage(self._db)
        return self._coverage

    def _found(self, key: Key, shelf: Shelf, lexicon: Lexicon, *, continued: bool) -> Found:
        with self._keeping:
            kept = self._kept.get(key) if continued else None
        if kept is None:
            kept = self._search(key, shelf, lexicon)
        with self._keeping:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return kept

    def _search(self, key: Key, shelf: Shelf, lexicon: Lexicon) -> Found:
        query, filters, mode = key
        understood = understand(query)
        notices = _too_long(query)
        if understood.kind is QueryKind.EMPTY:
            return Found(understood=understood, order=(), notices=notices)
        named = named_cases(self._db, understood)
        question = self._question(shelf, lexicon, understood.text, filters)
        if understood.phrases:
            question, said = self._narrowed(question, understood)
            notices += said
        weights = _weights(understood, mode, len(question.terms))
        rankings, said = self._rank(question, weights, mode)
        order = Order(
            shelf=shelf,
            rankings=rankings,
            weights=weights,
            admitted=question.admitted,
        )
        same = partial(self._promoted, understood)
        notices = (*named.notices, *notices, *said)
        return found_of(self._db, understood, named, order, filters, same, notices)

    def _question(self, shelf: Shelf, lexicon: Lexicon, text: str, filters: Filters) -> Question:
        return Question(
            shelf=shelf,
            lexicon=lexicon,
            terms=self._terms(text),
            vector=partial(self._encoder.encode_query, text),
            filters=filters,
            admitted=admitted(shelf, filters),
        )

    def _terms(self, text: str) -> tuple[str, ...]:
        distinct = sorted(set(terms(text)))
        if len(distinct) > MOST_TERMS:
            counts = dict(self._db.rows("count_term_passages", _count, terms=distinct))
            distinct = rarest(counts, distinct, MOST_TERMS)
        return tuple(distinct)

    def _narrowed(
        self, question: Question, understood: Understood
    ) -> tuple[Question, tuple[str, ...]]:
        within, notices = with_phrases(self._db, question, understood.phrases)
        return (
            Question(
                shelf=question.shelf,
                lexicon=question.lexicon,
                terms=question.terms,
                vector=question.vector,
                filters=question.filters,
                admitted=within,
            ),
            notices,
        )

    def _rank(
        self, question: Question, weights: Weights, mode: Mode
    ) -> tuple[list[Ranking], tuple[str, ...]]:
        """Ask the arms that count; by words alone where the vectors are another encoder's."""
        rankings: list[Ranking] = []
        notices: tuple[str, ...] = ()
        for arm in weights:
            try:
                rankings.append(self._arms[arm].rank(question, DEPTH))
            except EncoderMismatch as mismatch:
                if mode is Mode.SEMANTIC:
                    raise
                notices = (str(mismatch),)
        return rankings, (*notices, *chain.from_iterable(found.notices for found in rankings))

    def _promoted(self, understood: Understood, ids: Sequence[CaseId]) -> list[CaseId]:
        if understood.kind is not QueryKind.CAPTION:
            return []
        held = list(cases.cases(self._db, ids).values())
        return [case.case_id for case in promoted(held, understood)]

    def _hits(self, found: Found, filters: Filters, k: int, offset: int) -> tuple[Hit, ...]:
        page = found.order[offset : offset + k]
        held = cases.cases(self._db, [each.case_id for each in page])
        counts = citing.cited_by_counts(self._db, list(held), as_of=filters.as_of)
        wanted = [passage_id for each in page for passage_id in each.passages]
        shown = {each.passage_id: each for each in passages.passages(self._db, wanted)}
        return tuple(
            Hit(
                rank=rank,
                case=held[each.case_id],
                passages=tuple(shown[p] for p in each.passages if p in shown),
                why=each.why,
                cited_by=counts.get(each.case_id, 0),
            )
            for rank, each in enumerate(page, start=offset + 1)
            if each.case_id in held
        )


def _check(k: int, offset: int, mode: Mode) -> None:
    if mode not in _ARMS_OF:
        raise UsageError(
            "Search with terms and connectors is not there yet. Use auto, lexical or semantic."
        )
    if not 1 <= k <= MOST_HITS:
        raise UsageError(f"A page of results has 1 to {MOST_HITS} cases, not {k}.")
    if offset < 0:
        raise UsageError(f"Results are counted from 0, not from {offset}.")


def _weights(understood: Understood, mode: Mode, terms: int) -> Weights:
    if mode is Mode.SEMANTIC:
        return {"dense": 1.0}
    arms = _ARMS_OF[mode]
    chosen = weights_for(understood.kind, terms)
    return {arm: each for arm, each in chosen.items() if arm in arms}


def _too_long(query: str) -> tuple[str, ...]:
    if len(query) <= LONGEST:
        return ()
    return (f"Only the first {LONGEST:,} of {len(query):,} characters were searched.",)


def _undated(coverage: Coverage, filters: Filters) -> tuple[str, ...]:
    if not coverage.undated or not is_dated(filters):
        return ()
    return (f"{coverage.undated:,} cases without a date are left out by the dates chosen.",)


def _count(*, term: str, passages: int) -> tuple[str, int]:
    return term, passages
