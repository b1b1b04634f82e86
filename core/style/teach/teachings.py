"""What teaches a voice, as one person sees and makes it: filings become a dataset."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from core.access.permits import permitted
from core.access.trail import record
from core.ask.models import open_model
from core.errors import UsageError
from core.law.headings import caption_in
from core.library import style
from core.library.db import Reader, Transaction
from core.library.style import Source, Tally, Teaching
from core.model import FilingId, FilingKind, MatterId
from core.model.training import DatasetId, StyleDataset, VoiceId
from core.settings import Settings
from core.style.gate.ballots import voted_for
from core.style.teach.dataset import Dataset, Half, Paper, PlainOf, build, by_rule, told
from core.style.teach.formats import Format, Preference, bedrock, chat, faults, preferences
from core.style.teach.plain_by_model import plainly_by
from core.style.train.workshop import dataset_of
from core.style.voices import WITHDRAWN, Voices

# What a firm argues in. Orders, exhibits and transcripts are others' words.
ARGUES = frozenset({FilingKind.MOTION, FilingKind.BRIEF, FilingKind.MEMORANDUM, FilingKind.LETTER})
SAMPLES = 5
_DRAFT = re.compile(r"\bdraft\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A dataset that was made: what is in it, what was left out, and what ought to be known."""

    dataset: StyleDataset
    counts: tuple[Mapping[str, object], ...]
    left_out: Mapping[str, int]
    warnings: tuple[str, ...]
    # Plain and own words of some of it.
    samples: tuple[tuple[str, str], ...]


class Teachings(Voices):
    """Datasets: made, looked over, exported."""

    @permitted
    def make_dataset(
        self,
        voice: str,
        *,
        matters: Sequence[MatterId] | None = None,
        filings: Sequence[FilingId] | None = None,
        seed: int = 20,
        deidentify: bool = True,
        by_model: bool = False,
    ) -> Made:
        """Make a dataset for a voice of the filings that may teach, of these or all you may read.

        Named filings are taken as the firm's own; of others what argues, is no draft and, where
        the firm's name is set, bears it. `by_model`: the answer model words what it may read
        plainly, not the rules. Raises UsageError where nothing is left, or no model is set.
        """
        if not voice.strip():
            raise UsageError("A voice needs a name.")
        scope = self.who.scope
        with self._db.transaction(scope=scope) as tx:
            found = style.teaching(tx, matters, filings)
        now = self._rules.now()
        taken = [each for each in found if filings is not None or _is_ours(each, now)]
        dataset = build(
            [_paper(each) for each in taken],
            seed=seed,
            deidentify=deidentify,
            plain=_by_model(taken, now) if by_model else by_rule,
        )
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
            voted = style.tallies(tx, dataset_id)
            record(tx, "style.export", subject=str(dataset_id), detail={"form": form})
        lines = tuple(_lines(dataset, form, voted))
        if broken := faults(form, lines):
            first = broken[0]
            raise UsageError(f"The {form} form refuses this dataset: {first.what}.")
        return lines


def _is_ours(each: Teaching, now: Settings) -> bool:
    """Say whether a filing is the firm's own and finished, as far as it can be told."""
    named = Settings.model_fields["firm_name"].default
    signed = now.firm_name == named or now.firm_name.casefold() in each.text.casefold()
    return each.kind in ARGUES and signed and not _DRAFT.search(each.name)


def _by_model(taken: Sequence[Teaching], now: Settings) -> PlainOf:
    """Have the answer model word plainly what it may read."""
    model = open_model(now)
    if model is None:
        raise UsageError("No answer model is set: the plain forms are made by rule.")
    outside = now.external_models
    readable = {
        str(each.matter_id) for each in taken if model.inside or (outside and each.external_models)
    }
    return plainly_by(model, readable.__contains__)


def _paper(each: Teaching) -> Paper:
    captioned = caption_in(each.text)
    return Paper(
        paper_id=str(each.filing_id),
        group=str(each.matter_id),
        text=each.text,
        author=each.signed_by or "",
        case_name=each.caption or (captioned.name if captioned else ""),
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


def _lines(dataset: Dataset, form: Format, voted: Sequence[Tally]) -> Sequence[str]:
    match form:
        case Format.CHAT:
            return list(chat(dataset.lessons()))
        case Format.BEDROCK:
            return list(bedrock(dataset.lessons()))
        case Format.PREFERENCES:
            return list(preferences([*_preferred(dataset), *voted_for(voted)]))


def _preferred(dataset: Dataset) -> list[Preference]:
    """Prefer the firm's own words to the plain ones, where these differ, in what is learnt from."""
    return [
        Preference(prompt=told(each.plain), chosen=each.own, rejected=each.plain)
        for each in dataset.of(Half.TRAIN)
        if each.own != each.plain
    ]
