"""The firm's voices as the database has them: what taught each, what was trained, what speaks.

Every reader here is a transaction that names who asks; what they may not see is not there, and of
a whole that holds such a thing they are told no figure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from core.library.db import Reader, Transaction
from core.model import FilingId, MatterId
from core.model.training import (
    AdapterId,
    Ballot,
    BallotId,
    DatasetId,
    LedgerRow,
    StyleDataset,
    StyleVoice,
    VoiceId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """A filing that may teach, with what is known of it."""

    filing_id: UUID
    matter_id: UUID
    name: str
    text: str
    # May a model outside the firm read it?
    external_models: bool
    kind: str | None
    caption: str | None
    signed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a dataset has of one filing, or of one opinion."""

    source: str
    matter_id: MatterId | None
    filing_id: FilingId | None
    author: str
    half: str
    examples: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage as it is kept, with the source and the half that it belongs to."""

    source: str
    author: str
    half: str
    plain: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """How one person voted, unnamed: for the adapter, and of how many."""

    for_adapter: int
    votes: int
    # Are they the votes of whoever asks?
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A plain line's two wordings, and how many took each for the firm's."""

    plain: str
    by_adapter: str
    by_other: str
    for_adapter: int
    for_other: int


def voice(tx: Transaction, name: str) -> VoiceId:
    """Return a voice by its name, made where there is none."""
    tx.execute("insert_style_voice", name=name)
    return voices(tx, name)[0].voice_id


def voices(db: Reader, name: str | None = None) -> tuple[StyleVoice, ...]:
    return tuple(db.rows("select_style_voices", _voice, name=name))


def teaching(
    db: Reader,
    matter_ids: Sequence[MatterId] | None = None,
    filing_ids: Sequence[FilingId] | None = None,
) -> list[Teaching]:
    """Return the filings that may teach, of these matters or filings where they are named."""
    return db.rows(
        "select_style_filings",
        Teaching,
        matter_ids=None if matter_ids is None else list(matter_ids),
        filing_ids=None if filing_ids is None else list(filing_ids),
    )


def lock(tx: Transaction) -> None:
    """Let nothing that teaches be withdrawn until the transaction ends."""
    tx.value("lock_style")


def keep(
    tx: Transaction,
    voice_id: VoiceId,
    *,
    sha256: str,
    seed: int,
    deidentified: bool,
    sources: Sequence[Source],
    passages: Sequence[tuple[str, str, str]],
) -> DatasetId:
    """Keep a dataset: what it was made of, and of each passage its source, plain and own words."""
    dataset_id = DatasetId(uuid4())
    tx.execute(
        "insert_style_dataset",
        dataset_id=dataset_id,
        voice_id=voice_id,
        sha256=sha256,
        seed=seed,
        deidentified=deidentified,
    )
    matter_of = {each.source: each.matter_id for each in sources}
    tx.execute(
        "insert_style_sources",
        dataset_id=dataset_id,
        sources=_json([_source_row(each) for each in sources]),
    )
    rows = [
        {"ordinal": n, "source": at, "matter_id": matter_of[at], "plain": plain, "own": own}
        for n, (at, plain, own) in enumerate(passages, start=1)
    ]
    tx.execute("insert_style_examples", dataset_id=dataset_id, examples=_json(rows))
    return dataset_id


def datasets(
    db: Reader, voice_id: VoiceId | None = None, dataset_id: DatasetId | None = None
) -> tuple[StyleDataset, ...]:
    found = db.rows("select_style_datasets", _dataset, voice_id=voice_id, dataset_id=dataset_id)
    return tuple(found)


def passages(db: Reader, dataset_id: DatasetId) -> list[Passage]:
    """Return the passages of a dataset that whoever asks may read."""
    return db.rows("select_style_examples", Passage, dataset_id=dataset_id)


def lessons(db: Reader, worker: UUID) -> list[Passage]:
    """Return the passages of the training, or measuring, that a worker has taken."""
    return db.rows("select_style_lessons", Passage, worker=worker)


def outside(db: Reader, worker: UUID) -> frozenset[str]:
    """Return which sources of what a worker has taken a model outside the firm may read."""
    return frozenset(db.rows("select_style_outside", _source, worker=worker))


def background(db: Reader, worker: UUID, *, characters: int, most: int) -> list[str]:
    """Return what others wrote in the matters of the adapter that a worker has taken."""
    return db.rows(
        "select_style_background", _text, worker=worker, characters=characters, most=most
    )


def ledger(
    db: Reader, *, adapter_id: AdapterId | None = None, dataset_id: DatasetId | None = None
) -> tuple[LedgerRow, ...]:
    found = db.rows("select_style_ledger", _ledger, adapter_id=adapter_id, dataset_id=dataset_id)
    return tuple(found)


def ballots(db: Reader, adapter_id: AdapterId | None = None) -> tuple[Ballot, ...]:
    """Return the ballots on which whoever asks has not voted yet, of one adapter or of all."""
    return tuple(db.rows("select_style_ballots", _ballot, adapter_id=adapter_id))


def vote(tx: Transaction, ballot_id: BallotId, *, first: bool) -> bool:
    """Vote on a ballot; False where there is none, or one has."""
    return tx.execute("insert_style_vote", ballot_id=ballot_id, first=first) == 1


def votes(db: Reader, adapter_id: AdapterId) -> list[Votes]:
    return db.rows("count_style_votes", Votes, adapter_id=adapter_id)


def hidden(db: Reader, adapter_id: AdapterId) -> bool:
    """Say whether an adapter was taught by a matter of which whoever asks may not know."""
    return db.value("is_style_hidden", adapter_id=adapter_id) is True


def tallies(db: Reader, dataset_id: DatasetId) -> list[Tally]:
    """Return what was voted on of a dataset; nothing to who may not read all that taught it."""
    return db.rows("select_style_preferences", Tally, dataset_id=dataset_id)


def _json(rows: Sequence[Mapping[str, object]]) -> str:
    return json.dumps(rows, default=str)


def _source_row(each: Source) -> dict[str, object]:
    return {
        "source": each.source,
        "matter_id": each.matter_id,
        "filing_id": each.filing_id,
        "author": each.author,
        "half": each.half,
        "examples": each.examples,
        "words": each.words,
    }


def _text(*, text: str) -> str:
    return text


def _source(*, source: str) -> str:
    return source


def _voice(*, voice_id: UUID, name: str, speaks: UUID | None) -> StyleVoice:
    return StyleVoice(
        voice_id=VoiceId(voice_id), name=name, speaks=None if speaks is None else AdapterId(speaks)
    )


def _dataset(*, dataset_id: UUID, voice_id: UUID, **rest: object) -> StyleDataset:
    return StyleDataset(
        dataset_id=DatasetId(dataset_id),
        voice_id=VoiceId(voice_id),
        **rest,  # pyright: ignore[reportArgumentType]
    )


def _ledger(**row: object) -> LedgerRow:
    return LedgerRow(**row)  # pyright: ignore[reportArgumentType]


def _ballot(*, ballot_id: UUID, adapter_id: UUID, **rest: object) -> Ballot:
    return Ballot(
        ballot_id=BallotId(ballot_id),
        adapter_id=AdapterId(adapter_id),
        **rest,  # pyright: ignore[reportArgumentType]
    )
