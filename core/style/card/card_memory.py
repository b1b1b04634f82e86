"""What a process keeps of style cards for a while: their paragraphs as vectors, and verifiers.

To read and encode a card's writings takes seconds, which no question is to wait for. What is kept
is handed out for a card that whoever asks was just shown, and to nobody else; it goes when the
card is removed or counted anew, when it is gone for those who used it, and when nobody uses it.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.library import cases
from core.library.db import Database
from core.library.style_cards import Kept
from core.model import PersonId, Scope
from core.model.ids import CardId
from core.search.encoder import Encoder
from core.style.author.verifier import Verifier
from core.style.card.card import example_paragraphs, nearest
from core.style.card.kept_cards import filings_of, other_texts, own_texts

T = TypeVar("T")
Writings = tuple[Sequence[str], ...]

MOST_CARDS = 4
UNUSED = 1_800.0  # seconds after which what nobody used is forgotten
# Paragraphs that are looked at for the nearest, of as many documents as that takes.
MOST_PARAGRAPHS = 200
_MOST_OF_ONE = 8


@dataclass(slots=True, kw_only=True)
class _Entry(Generic[T]):
    # When the card was counted, and the state of the shelf its writings were read in.
    at: Hashable
    sha256: str
    used_by: PersonId | None
    used_at: float
    made: Future[T] = field(default_factory=Future)


class Remembered(Generic[T]):
    """One thing that was made of a card's writings, for a few cards. Threads may share it."""

    def __init__(self, make: Callable[[Writings], T], *, most: int = MOST_CARDS) -> None:
        self._make = make
        self._most = most
        self._turn = threading.Lock()
        self._held: OrderedDict[CardId, _Entry[T]] = OrderedDict()

    def get(
        self,
        card_id: CardId,
        at: Hashable,
        read: Callable[[], Writings],
        *,
        by: PersonId | None,
        patience: float | None = None,
    ) -> T | None:
        """Return what was made of a card; None where that takes longer than `patience` seconds.

        It is made once, beside whoever asks, and goes on when they do not wait. Where `at` is not
        what it was (None never is) the writings are read again, and where these are others it is
        made anew. Raises what making raises.
        """
        entry = self._known(card_id, at, by) or self._begun(card_id, at, read(), by)
        try:
            return entry.made.result(patience)
        except TimeoutError:
            return None
        except BaseException:
            self._drop(card_id, entry)
            raise

    def forget(self, card_id: CardId) -> None:
        with self._turn:
            self._held.pop(card_id, None)

    def lost(self, card_id: CardId, person_id: PersonId | None) -> None:
        """Forget what was made of a card that whoever used it last does not see any more."""
        with self._turn:
            entry = self._held.get(card_id)
            if entry is not None and entry.used_by == person_id:
                del self._held[card_id]

    def __len__(self) -> int:
        return len(self._held)

    def _known(self, card_id: CardId, at: Hashable, by: PersonId | None) -> _Entry[T] | None:
        now = time.monotonic()
        with self._turn:
            for old in [c for c, each in self._held.items() if now - each.used_at > UNUSED]:
                del self._held[old]
            entry = self._held.get(card_id)
            if entry is None or at is None or entry.at != at:
                return None
            return self._used(card_id, entry, by)

    def _begun(
        self, card_id: CardId, at: Hashable, writings: Writings, by: PersonId | None
    ) -> _Entry[T]:
        sha256 = _sha256(writings)
        with self._turn:
            entry = self._held.get(card_id)
            if entry is not None and entry.sha256 == sha256:
                entry.at = at
                return self._used(card_id, entry, by)
            entry = _Entry[T](at=at, sha256=sha256, used_by=by, used_at=time.monotonic())
            self._held[card_id] = entry
            self._used(card_id, entry, by)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        # No daemon: a process that ends in the middle of an encoding would crash.
        threading.Thread(
            target=self._work, args=(entry, writings), name="onpoint-style-card"
        ).start()
        return entry

    def _used(self, card_id: CardId, entry: _Entry[T], by: PersonId | None) -> _Entry[T]:
        entry.used_by, entry.used_at = by, time.monotonic()
        self._held.move_to_end(card_id)
        return entry

    def _work(self, entry: _Entry[T], writings: Writings) -> None:
        try:
            entry.made.set_result(self._make(writings))
        except BaseException as failure:  # noqa: BLE001  whoever waits is told
            entry.made.set_exception(failure)

    def _drop(self, card_id: CardId, entry: _Entry[T]) -> None:
        with self._turn:
            if self._held.get(card_id) is entry:
                del self._held[card_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Paragraphs of a card's writings, and their vectors of length 1, in the same order."""

    paragraphs: tuple[str, ...]
    vectors: NDArray[np.float32]


class CardMemory:
    """What one process keeps of style cards."""

    def __init__(self, db: Database, encoder: Callable[[], Encoder]) -> None:
        self.db = db
        self._encoder = encoder
        self.examples = Remembered(self._encoded)
        self.verifiers = Remembered(_trained)

    def nearest(
        self, scope: Scope, kept: Kept, topic: str, *, patience: float | None = None
    ) -> tuple[str, ...]:
        """Return the paragraphs of a card nearest to a topic, the nearest first.

        `kept` is the card as the same person was just shown it. None of them where it takes
        longer than `patience` seconds to prepare them; they are there the next time.
        """
        # Opinions come and go: what is not in the library any more is shown to no model. Filings
        # are few, and read again each time: they may be read anew, or one of them be gone.
        state = (kept.made_at, cases.revision(self.db)) if kept.author is not None else None
        found = self.examples.get(
            CardId(kept.card_id),
            state,
            lambda: self._writings(scope, kept, beside=False),
            by=scope.person_id,
            patience=patience,
        )
        if found is None or not found.paragraphs:
            return ()
        return nearest(found.paragraphs, found.vectors, self._encoder().encode_query(topic))

    def verifier(self, scope: Scope, kept: Kept) -> Verifier:
        """Return what tells a card's writings from those beside it, trained the first time.

        Raises ValueError where they are too few.
        """
        found = self.verifiers.get(
            CardId(kept.card_id),
            kept.made_at,
            lambda: self._writings(scope, kept, beside=True),
            by=scope.person_id,
        )
        assert found is not None, "its patience has no end"  # noqa: S101
        return found

    def forget(self, card_id: CardId) -> None:
        """Forget all that was made of a card."""
        self.examples.forget(card_id)
        self.verifiers.forget(card_id)

    def lost(self, card_id: CardId, person_id: PersonId | None) -> None:
        """Forget what was made of a card for somebody who does not see it any more."""
        self.examples.lost(card_id, person_id)
        self.verifiers.lost(card_id, person_id)

    def _writings(self, scope: Scope, kept: Kept, *, beside: bool) -> Writings:
        with self.db.transaction(scope=scope) as tx:
            ours = own_texts(tx, kept.author, filings_of(kept))
            return (ours, other_texts(tx, kept.author, filings_of(kept))[0]) if beside else (ours,)

    def _encoded(self, writings: Writings) -> Examples:
        paragraphs: list[str] = []
        for text in writings[0]:
            paragraphs += example_paragraphs(text)[:_MOST_OF_ONE]
            if len(paragraphs) >= MOST_PARAGRAPHS:
                break
        shown = tuple(paragraphs[:MOST_PARAGRAPHS])
        vectors = self._encoder().encode(shown) if shown else np.zeros((0, 1))
        return Examples(paragraphs=shown, vectors=np.asarray(vectors, dtype=np.float32))


def _trained(writings: Writings) -> Verifier:
    return Verifier.train(*writings)


def _sha256(writings: Writings) -> str:
    digest = hashlib.sha256()
    for texts in writings:
        for text in texts:
            digest.update(hashlib.sha256(text.encode("utf-8", "replace")).digest())
        digest.update(b"|")
    return digest.hexdigest()
