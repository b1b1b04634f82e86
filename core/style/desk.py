"""The desk where the firm's voices are made: taught, trained, measured, promoted, switched off.

What teaches stands behind its matter's walls; who may not know of a matter is told of a voice that
it taught no more than that there is one.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from uuid import UUID

from core.access.permits import permitted
from core.access.trail import record
from core.errors import UsageError
from core.library import style, style_adapters
from core.library.db import Reader, Transaction
from core.model.training import (
    AdapterId,
    AdapterState,
    Condition,
    LedgerRow,
    StyleAdapter,
    StyleEvaluation,
    StyleVoice,
    VoiceId,
)
from core.style.gate import gate
from core.style.gate.ballots import Ballots
from core.style.gate.measuring import measure_once
from core.style.teach.teachings import Teachings
from core.style.train.folder import discard
from core.style.train.trainings import LOOK, Trainings
from core.style.voices import adapter_of

_SPEAKS = (AdapterState.EVALUATED, AdapterState.RETIRED)
_ENDED = (AdapterState.TRAINED, AdapterState.EVALUATED, AdapterState.PROMOTED)


class Style(Teachings, Trainings, Ballots):
    """The firm's voices, as one person sees and makes them."""

    @permitted
    def voices(self) -> tuple[StyleVoice, ...]:
        """The firm's voices, by name, and which adapter speaks for each."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return style.voices(tx)

    @permitted
    def evaluate(self, adapter_id: AdapterId, *, wait: bool = True) -> StyleEvaluation:
        """Have an adapter measured on what was held back; `wait`: here, and return what was found.

        Otherwise a worker does it. Raises UsageError where it is not trained, or measuring fails.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter_of(tx, adapter_id)
            if not style_adapters.ask_for_measuring(tx, adapter_id):
                raise UsageError("This adapter is not trained: there is nothing to measure.")
            record(tx, "style.evaluate", subject=str(adapter_id))
        never = threading.Event()
        while wait and self._one(adapter_id).measuring:
            if not measure_once(self._workshop, never):
                never.wait(LOOK)
        found = self._one(adapter_id)
        if wait and found.measure_failed:
            raise UsageError(found.measure_failed)
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
