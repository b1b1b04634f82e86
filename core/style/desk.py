"""The desk where the firm's voices are made: taught, trained, measured, promoted, switched off.

What teaches stands behind its matter's walls; who may not know of a matter is told of a voice that
it taught no more than that there is one.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID, uuid4

from core.access.permits import Who, permitted
from core.access.settled import Rules
from core.access.trail import record
from core.errors import NoSuchAdapter, UsageError
from core.library import style
from core.library.db import Database, Reader, Transaction
from core.library.style import Source, Teaching
from core.model import (
    AdapterId,
    AdapterState,
    Ballot,
    BallotId,
    Condition,
    DatasetId,
    FilingId,
    FilingKind,
    LedgerRow,
    MatterId,
    StyleAdapter,
    StyleDataset,
    StyleEvaluation,
    StyleVoice,
    VoiceId,
)
from core.style import gate
from core.style.adapter import Adapters
from core.style.dataset import Dataset, Paper, build, told
from core.style.formats import Format, Preference, bedrock, chat, faults, preferences
from core.style.measure import Distance, Measurement, measured
from core.style.train import Recipe, copy_adapter, discard, is_adapter
from core.style.workshop import Workshop, dataset_of, seed_of, train_once

# What a firm argues in. Orders, exhibits and transcripts are others' words.
ARGUES = frozenset({FilingKind.MOTION, FilingKind.BRIEF, FilingKind.MEMORANDUM, FilingKind.LETTER})
SAMPLES = 5
_LOOK = 1.0  # seconds between two looks at a training that another does
_MEASURING = 3_600.0  # seconds that measuring may take before another may
_SPEAKS = (AdapterState.EVALUATED, AdapterState.RETIRED)
_ENDED = (AdapterState.TRAINED, AdapterState.EVALUATED, AdapterState.PROMOTED)
_BEGUN = (AdapterState.WAITING, AdapterState.TRAINING)
WITHDRAWN = (
    "Something that this dataset was made of may teach no more. Make the dataset anew, or take the "
    "one that was made of what is left."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A dataset that was made: what is in it, what was left out, and what ought to be known."""

    dataset: StyleDataset
    counts: tuple[Mapping[str, object], ...]
    left_out: Mapping[str, int]
    warnings: tuple[str, ...]
    # Plain and own words of some of it.
    samples: tuple[tuple[str, str], ...]


class Style:
    """The firm's voices, as one person sees and makes them."""

    desk = "style"

    def __init__(
        self,
        db: Database,
        who: Who,
        rules: Rules,
        workshop: Workshop,
        *,
        distance: Callable[[Dataset], Distance] | None = None,
        prompted: Callable[[Sequence[str]], Sequence[str]] | None = None,
    ) -> None:
        self.who = who
        self._db = db
        self._rules = rules
        self._workshop = workshop
        # How far a text is from the firm's style, and the prompt voice, where there are such.
        self._distance = distance
        self._prompted = prompted

    # --- datasets ---

    @permitted
    def voices(self) -> tuple[StyleVoice, ...]:
        """The firm's voices, by name, and which adapter speaks for each."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return style.voices(tx)

    @permitted
    def make_dataset(
        self,
        voice: str,
        *,
        matters: Sequence[MatterId] | None = None,
        filings: Sequence[FilingId] | None = None,
        seed: int = 20,
        deidentify: bool = True,
    ) -> Made:
        """Make a dataset for a voice of the filings that may teach, of these or all you may read.

        Named filings are taken as the firm's own; of others only what argues. Raises UsageError
        where nothing is left.
        """
        if not voice.strip():
            raise UsageError("A voice needs a name.")
        scope = self.who.scope
        with self._db.transaction(scope=scope) as tx:
            found = style.teaching(tx, matters, filings)
        taken = [each for each in found if filings is not None or each.kind in ARGUES]
        dataset = build([_paper(each) for each in taken], seed=seed, deidentify=deidentify)
        if not dataset.examples:
            raise UsageError(
                "There is nothing to learn from: no brief, motion, memorandum or letter of a "
                "matter that may teach the style model. Its consent is set at the matter."
            )
        with self._db.transaction(scope=scope) as tx:
            style.lock(tx)
            _require_all_there(tx, taken)
            dataset_id = _keep(tx, style.voice(tx, voice.strip()), dataset, taken)
            record(
                tx,
                "style.dataset",
                subject=voice.strip(),
                detail={"dataset": str(dataset_id), "sha256": dataset.sha256},
            )
            (head,) = style.datasets(tx, dataset_id=dataset_id)
        return _made(head, dataset, left_out=len(found) - len(taken))

    @permitted
    def datasets(self, voice_id: VoiceId | None = None) -> tuple[StyleDataset, ...]:
        """Datasets, the latest first, counted over what you may know of."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return style.datasets(tx, voice_id)

    @permitted
    def export(self, dataset_id: DatasetId, form: Format) -> tuple[str, ...]:
        """The lines of a dataset as other programs read them, checked against their rules.

        Raises UsageError where you may not read all of it, or the format's rules refuse it.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            dataset = _whole(tx, dataset_id)
            record(tx, "style.export", subject=str(dataset_id), detail={"form": form})
        lines = tuple(_lines(dataset, form))
        if broken := faults(form, lines):
            first = broken[0]
            raise UsageError(f"The {form} form refuses this dataset: {first.what}.")
        return lines

    # --- training ---

    @permitted
    def train(
        self, dataset_id: DatasetId, base: Path, recipe: Recipe | None = None
    ) -> StyleAdapter:
        """Ask for an adapter of a model's folder to be trained; a worker does it.

        Raises UsageError where there is no such dataset or model, or something was withdrawn.
        """
        return self._ask(dataset_id, base, recipe or Recipe())

    def _ask(
        self, dataset_id: DatasetId, base: Path, recipe: Recipe, *, brought: Path | None = None
    ) -> StyleAdapter:
        folder = base.expanduser().resolve()
        if not (folder / "config.json").is_file():
            raise UsageError(f"There is no model in {folder}: it has to have a config.json.")
        with self._db.transaction(scope=self.who.scope) as tx:
            heads = style.datasets(tx, dataset_id=dataset_id)
            if not heads:
                raise UsageError("There is no such dataset.")
            style.lock(tx)
            settings = asdict(recipe) | {"dataset_seed": heads[0].seed}
            adapter_id = style.ask_for(tx, dataset_id, str(folder), settings)
            if adapter_id is None:
                raise UsageError(WITHDRAWN)
            if brought is not None:
                copy_adapter(brought, self._workshop.of(adapter_id))
                elsewhere = "It was trained elsewhere."
                style.move(tx, adapter_id, AdapterState.TRAINED, out_of=_BEGUN, reason=elsewhere)
            record(tx, "style.train", subject=str(adapter_id), detail={"dataset": str(dataset_id)})
            return _adapter(tx, adapter_id)

    @permitted
    def bring(self, dataset_id: DatasetId, base: Path, folder: Path) -> StyleAdapter:
        """Take an adapter in that was trained elsewhere on a dataset that was exported.

        Of the folder only weights and their configuration are taken. Raises UsageError.
        """
        if not is_adapter(folder):
            raise UsageError(
                f"There is no adapter in {folder}: it has to have adapter_config.json and "
                "adapter_model.safetensors."
            )
        asked = self._ask(dataset_id, base, Recipe(), brought=folder)
        return self._one(asked.adapter_id)

    @permitted
    def finish(
        self,
        adapter_id: AdapterId,
        on_progress: Callable[[StyleAdapter], None] = lambda _: None,
    ) -> StyleAdapter:
        """Work here on what waits to be trained until this adapter's training is over."""
        never = threading.Event()
        while (found := self._one(adapter_id)).state in _BEGUN:
            on_progress(found)
            if not train_once(self._workshop, never):
                never.wait(_LOOK)
        return found

    @permitted
    def adapters(self, voice_id: VoiceId | None = None) -> tuple[StyleAdapter, ...]:
        """Adapters, the latest first, and how far each is."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return style.adapters(tx, voice_id)

    @permitted
    def cancel(self, adapter_id: AdapterId) -> None:
        """Stop a training that waits or goes on. Raises UsageError where none does."""
        with self._db.transaction(scope=self.who.scope) as tx:
            _adapter(tx, adapter_id)
            if not style.move(tx, adapter_id, AdapterState.CANCELLED, out_of=_BEGUN):
                raise UsageError("This training is over: there is nothing to stop.")
            record(tx, "style.cancel", subject=str(adapter_id))

    # --- measuring, promoting ---

    @permitted
    def evaluate(self, adapter_id: AdapterId) -> StyleEvaluation:
        """Measure an adapter on what was held back. It takes a while; nobody else may meanwhile.

        Raises UsageError where it is not trained, or is being measured.
        """
        adapter, worker = self._one(adapter_id), uuid4()
        with self._db.transaction() as tx:
            if not style.hold(tx, adapter_id, worker, lease=_MEASURING):
                raise UsageError("This adapter is not trained, or is being measured just now.")
        try:
            found = self._measured(adapter, worker)
        finally:
            with self._db.transaction() as tx:
                style.let_go(tx, adapter_id, worker)
        with self._db.transaction(scope=self.who.scope) as tx:
            style.keep_figures(tx, adapter_id, found.figures)
            style.put_ballots(tx, adapter_id, [asdict(pair) for pair in found.pairs])
            style.move(tx, adapter_id, AdapterState.EVALUATED, out_of=(AdapterState.TRAINED,))
            record(tx, "style.evaluate", subject=str(adapter_id))
        return self.evaluation(adapter_id)

    @permitted
    def evaluation(self, adapter_id: AdapterId) -> StyleEvaluation:
        """What was measured of an adapter last, and what the gate says of it."""
        voters = self._rules.now().style_voters
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter = _adapter(tx, adapter_id)
            shown = style.figures(tx, adapter_id)
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
            adapter = _adapter(tx, adapter_id)
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
            before = style.spoke_before(tx, voice_id)
            if before is not None:
                found = _conditions(tx, before, voters)
                self._promoted(tx, _adapter(tx, before), found, "style.roll_back")
                return before
            self._retired(tx, now.speaks, "It was rolled back.")
            return None

    @permitted
    def retire(self, adapter_id: AdapterId) -> None:
        """Switch an adapter off, for everybody and at once. Raises UsageError where it is."""
        with self._db.transaction(scope=self.who.scope) as tx:
            _adapter(tx, adapter_id)
            self._retired(tx, adapter_id, "It was retired.")

    @permitted
    def remove(self, adapter_id: AdapterId) -> None:
        """Delete an adapter's weights for good; it stays in the ledger. Raises UsageError."""
        with self._db.transaction(scope=self.who.scope) as tx:
            _adapter(tx, adapter_id)
            gone = style.move(
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
            _adapter(tx, adapter_id)
            return style.ledger(tx, adapter_id=adapter_id)

    # --- ballots ---

    @permitted
    def ballots(self, adapter_id: AdapterId) -> tuple[Ballot, ...]:
        """Pairs of wordings that you have not voted on, which is whose not told."""
        with self._db.transaction(scope=self.who.scope) as tx:
            _adapter(tx, adapter_id)
            return style.ballots(tx, adapter_id)

    @permitted
    def vote(self, ballot_id: BallotId, *, first: bool) -> None:
        """Say which of two wordings sounds like us. Raises UsageError where you have, or cannot."""
        with self._db.transaction(scope=self.who.scope) as tx:
            if not style.vote(tx, ballot_id, first=first):
                raise UsageError("There is no such ballot, or you have voted on it already.")

    # --- steps ---

    def _one(self, adapter_id: AdapterId) -> StyleAdapter:
        with self._db.transaction(scope=self.who.scope) as tx:
            return _adapter(tx, adapter_id)

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
                prompted=self._prompted,
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
        moved = style.move(
            tx, adapter.adapter_id, AdapterState.PROMOTED, out_of=_SPEAKS, entry_id=entry_id
        )
        if not moved:
            raise UsageError(f"This adapter cannot speak: it is {adapter.state}.")
        return entry_id

    def _retired(self, tx: Transaction, adapter_id: AdapterId, reason: str) -> None:
        if not style.move(tx, adapter_id, AdapterState.RETIRED, out_of=_ENDED, reason=reason):
            raise UsageError("This adapter is not in use: there is nothing to retire.")
        record(tx, "style.retire", subject=str(adapter_id))


def _adapter(tx: Reader, adapter_id: AdapterId) -> StyleAdapter:
    found = style.adapters(tx, adapter_id=adapter_id)
    if not found:
        raise NoSuchAdapter
    return found[0]


def _conditions(tx: Reader, adapter_id: AdapterId, voters: int) -> tuple[Condition, ...]:
    measured_last = style.figures(tx, adapter_id, whole=True)
    votes = [(each.for_adapter, each.votes) for each in style.votes(tx, adapter_id)]
    figures = gate.read(None if measured_last is None else measured_last[0])
    return gate.conditions(figures, votes, voters=voters)


def _evidence(tx: Reader, adapter_id: AdapterId) -> dict[str, object]:
    """Pin the figures to what is never changed: by their hash, for not all may know them."""
    found = style.figures(tx, adapter_id, whole=True)
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


def _paper(each: Teaching) -> Paper:
    return Paper(
        paper_id=str(each.filing_id),
        group=str(each.matter_id),
        text=each.text,
        author=each.signed_by or "",
        case_name=each.caption or "",
    )


def _require_all_there(tx: Reader, taken: Sequence[Teaching]) -> None:
    """Raise UsageError where something was withdrawn while the dataset was made."""
    ids = [FilingId(each.filing_id) for each in taken]
    if len(style.teaching(tx, filing_ids=ids)) != len(ids):
        raise UsageError("Something of this was withdrawn meanwhile: make the dataset again.")


def _keep(
    tx: Transaction, voice_id: VoiceId, dataset: Dataset, taken: Sequence[Teaching]
) -> DatasetId:
    by_id = {str(each.filing_id): each for each in taken}
    sources: dict[str, Source] = {}
    for each in dataset.examples:
        held, before = by_id[each.paper_id], sources.get(each.paper_id)
        sources[each.paper_id] = Source(
            source=each.paper_id,
            matter_id=MatterId(held.matter_id),
            filing_id=FilingId(held.filing_id),
            author=each.author,
            half=each.half,
            examples=1 + (before.examples if before else 0),
            words=each.words + (before.words if before else 0),
        )
    return style.keep(
        tx,
        voice_id,
        sha256=dataset.sha256,
        seed=dataset.seed,
        deidentified=dataset.deidentified,
        sources=list(sources.values()),
        passages=[(each.paper_id, each.plain, each.own) for each in dataset.examples],
    )


def _made(head: StyleDataset, dataset: Dataset, *, left_out: int) -> Made:
    why = dict(dataset.left_out)
    if left_out:
        why["filings that argue nothing of ours"] = left_out
    return Made(
        dataset=head,
        counts=tuple(asdict(each) for each in dataset.counts()),
        left_out=why,
        warnings=dataset.warnings,
        samples=tuple((each.plain, each.own) for each in dataset.examples[:SAMPLES]),
    )


def _whole(tx: Reader, dataset_id: DatasetId) -> Dataset:
    """Return a dataset that whoever asks may read the whole of. Raises UsageError."""
    heads = style.datasets(tx, dataset_id=dataset_id)
    passages = style.passages(tx, dataset_id)
    if heads and heads[0].withdrawn:
        raise UsageError(WITHDRAWN)
    if not heads or heads[0].sha256 is None or len(passages) < heads[0].examples:
        raise UsageError("There is no such dataset that you may read the whole of.")
    return dataset_of(heads[0], passages, heads[0].seed)


def _lines(dataset: Dataset, form: Format) -> Sequence[str]:
    match form:
        case Format.CHAT:
            return list(chat(dataset.lessons()))
        case Format.BEDROCK:
            return list(bedrock(dataset.lessons()))
        case Format.PREFERENCES:
            return list(preferences(_preferred(dataset)))


def _preferred(dataset: Dataset) -> list[Preference]:
    """Prefer the firm's own words to the plain ones, where these differ."""
    return [
        Preference(prompt=told(each.plain), chosen=each.own, rejected=each.plain)
        for each in dataset.examples
        if each.own != each.plain
    ]
