"""The desk where the firm's voices are made: taught, trained, measured, promoted, switched off.

What teaches stands behind its matter's walls; who may not know of a matter is told of a voice that
it taught no more than that there is one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from uuid import UUID, uuid4

from core.access.permits import permitted
from core.access.trail import record
from core.errors import UsageError
from core.library import style, style_adapters
from core.library.db import Reader, Transaction
from core.model.training import (
    AdapterId,
    AdapterState,
    Ballot,
    BallotId,
    Condition,
    LedgerRow,
    StyleAdapter,
    StyleEvaluation,
    StyleVoice,
    VoiceId,
)
from core.style import gate
from core.style.adapter import Adapters
from core.style.folder import discard
from core.style.measure import Measurement, measured
from core.style.speaking import prompt_voice
from core.style.teachings import Teachings
from core.style.trainings import Trainings
from core.style.voices import adapter_of
from core.style.workshop import dataset_of, seed_of

_MEASURING = 3_600.0  # seconds that measuring may take before another may
_SPEAKS = (AdapterState.EVALUATED, AdapterState.RETIRED)
_ENDED = (AdapterState.TRAINED, AdapterState.EVALUATED, AdapterState.PROMOTED)


class Style(Teachings, Trainings):
    """The firm's voices, as one person sees and makes them."""

    @permitted
    def voices(self) -> tuple[StyleVoice, ...]:
        """The firm's voices, by name, and which adapter speaks for each."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return style.voices(tx)

    @permitted
    def evaluate(self, adapter_id: AdapterId) -> StyleEvaluation:
        """Measure an adapter on what was held back. It takes a while; nobody else may meanwhile.

        Raises UsageError where it is not trained, or is being measured.
        """
        adapter, worker = self._one(adapter_id), uuid4()
        with self._db.transaction() as tx:
            if not style_adapters.hold(tx, adapter_id, worker, lease=_MEASURING):
                raise UsageError("This adapter is not trained, or is being measured just now.")
        try:
            found = self._measured(adapter, worker)
        finally:
            with self._db.transaction() as tx:
                style_adapters.let_go(tx, adapter_id, worker)
        with self._db.transaction(scope=self.who.scope) as tx:
            style_adapters.keep_figures(tx, adapter_id, found.figures)
            style.put_ballots(tx, adapter_id, [asdict(pair) for pair in found.pairs])
            style_adapters.move(
                tx, adapter_id, AdapterState.EVALUATED, out_of=(AdapterState.TRAINED,)
            )
            record(tx, "style.evaluate", subject=str(adapter_id))
        return self.evaluation(adapter_id)

    @permitted
    def evaluation(self, adapter_id: AdapterId) -> StyleEvaluation:
        """What was measured of an adapter last, and what the gate says of it."""
        voters = self._rules.now().style_voters
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter = adapter_of(tx, adapter_id)
            shown = style_adapters.figures(tx, adapter_id)
            held = _conditions(tx, adapter_id, voters)
        figures, made_at = shown or ({}, adapter.asked_at)
        return StyleEvaluation(
            adapter_id=adapter_id,
            made_at=made_at,
            figures=figures,
            conditions=held if shown else _bare(held),
        )

    @permitted
    def promote(self, adapter_id: AdapterId) -> UUID:
        """Have an adapter speak for its voice; the one that did steps back.

        Returns the entry of the trail that holds the evidence. Raises UsageError, in words, for
        the first condition of the gate that does not hold.
        """
        voters = self._rules.now().style_voters
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter = adapter_of(tx, adapter_id)
            found = _conditions(tx, adapter_id, voters)
            if wanting := gate.failing(found):
                raise UsageError(f"This adapter may not speak yet. {wanting}")
            return self._promoted(tx, adapter, found, "style.promote")

    @permitted
    def roll_back(self, voice_id: VoiceId) -> AdapterId | None:
        """Have the adapter speak again that spoke before; None, and the voice is off, without."""
        voters = self._rules.now().style_voters
        with self._db.transaction(scope=self.who.scope) as tx:
            now = next((v for v in style.voices(tx) if v.voice_id == voice_id), None)
            if now is None or now.speaks is None:
                raise UsageError("No adapter speaks for this voice.")
            before = style_adapters.spoke_before(tx, voice_id)
            if before is not None:
                found = _conditions(tx, before, voters)
                self._promoted(tx, adapter_of(tx, before), found, "style.roll_back")
                return before
            self._retired(tx, now.speaks, "It was rolled back.")
            return None

    @permitted
    def retire(self, adapter_id: AdapterId) -> None:
        """Switch an adapter off, for everybody and at once. Raises UsageError where it is."""
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter_of(tx, adapter_id)
            self._retired(tx, adapter_id, "It was retired.")

    @permitted
    def remove(self, adapter_id: AdapterId) -> None:
        """Delete an adapter's weights for good; it stays in the ledger. Raises UsageError."""
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter_of(tx, adapter_id)
            gone = style_adapters.move(
                tx,
                adapter_id,
                AdapterState.WITHDRAWN,
                out_of=[*_ENDED, AdapterState.RETIRED],
                reason="Its weights were deleted.",
            )
            if not gone:
                raise UsageError("There are no weights of this adapter to delete.")
            record(tx, "style.remove", subject=str(adapter_id))
        discard(self._workshop.of(adapter_id))

    @permitted
    def ledger(self, adapter_id: AdapterId) -> tuple[LedgerRow, ...]:
        """Everything that taught an adapter, by whose leave; as far as you may know of it."""
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter_of(tx, adapter_id)
            return style.ledger(tx, adapter_id=adapter_id)

    @permitted
    def ballots(self, adapter_id: AdapterId) -> tuple[Ballot, ...]:
        """Pairs of wordings that you have not voted on, which is whose not told."""
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter_of(tx, adapter_id)
            return style.ballots(tx, adapter_id)

    @permitted
    def vote(self, ballot_id: BallotId, *, first: bool) -> None:
        """Say which of two wordings sounds like us. Raises UsageError where you have, or cannot."""
        with self._db.transaction(scope=self.who.scope) as tx:
            if not style.vote(tx, ballot_id, first=first):
                raise UsageError("There is no such ballot, or you have voted on it already.")

    def _measured(self, adapter: StyleAdapter, worker: UUID) -> Measurement:
        passages = style.lessons(self._db, worker)
        dataset = dataset_of(None, passages, seed_of(adapter.recipe))
        name = str(adapter.adapter_id)
        adapters = Adapters(Path(adapter.base))
        with closing(adapters):
            adapters.load(name, self._workshop.of(adapter.adapter_id))
            return measured(
                adapters,
                name,
                dataset,
                distance=self._distance(dataset) if self._distance else None,
                prompted=prompt_voice(self._rules.now()),
            )

    def _promoted(
        self, tx: Transaction, adapter: StyleAdapter, found: Sequence[Condition], action: str
    ) -> UUID:
        """Put an adapter in the place of the one that speaks, its evidence in the trail."""
        for other in style.voices(tx):
            ours = other.voice_id == adapter.voice_id
            if ours and other.speaks is not None and other.speaks != adapter.adapter_id:
                self._retired(tx, other.speaks, "Another speaks in its place.")
        entry_id = record(
            tx,
            action,
            subject=str(adapter.adapter_id),
            detail={
                "voice": adapter.voice,
                "holds": {each.name: each.holds for each in found},
                "evidence": _evidence(tx, adapter.adapter_id),
            },
        )
        moved = style_adapters.move(
            tx, adapter.adapter_id, AdapterState.PROMOTED, out_of=_SPEAKS, entry_id=entry_id
        )
        if not moved:
            raise UsageError(f"This adapter cannot speak: it is {adapter.state}.")
        return entry_id

    def _retired(self, tx: Transaction, adapter_id: AdapterId, reason: str) -> None:
        if not style_adapters.move(
            tx, adapter_id, AdapterState.RETIRED, out_of=_ENDED, reason=reason
        ):
            raise UsageError("This adapter is not in use: there is nothing to retire.")
        record(tx, "style.retire", subject=str(adapter_id))


def _conditions(tx: Reader, adapter_id: AdapterId, voters: int) -> tuple[Condition, ...]:
    measured_last = style_adapters.figures(tx, adapter_id, whole=True)
    votes = [(each.for_adapter, each.votes) for each in style.votes(tx, adapter_id)]
    figures = gate.read(None if measured_last is None else measured_last[0])
    return gate.conditions(figures, votes, voters=voters)


def _evidence(tx: Reader, adapter_id: AdapterId) -> dict[str, object]:
    """Pin the figures to what is never changed: by their hash, for not all may know them."""
    found = style_adapters.figures(tx, adapter_id, whole=True)
    if found is None:
        return {}
    figures, made_at = found
    written = json.dumps(figures, sort_keys=True).encode()
    return {"sha256": hashlib.sha256(written).hexdigest(), "measured_at": made_at.isoformat()}


def _bare(found: Sequence[Condition]) -> tuple[Condition, ...]:
    """Say of conditions whether they hold, and no figure."""
    return tuple(
        Condition(
            name=each.name,
            holds=each.holds,
            seen=each.seen if each.name == "measured" else ("It holds." if each.holds else "No."),
        )
        for each in found
    )
