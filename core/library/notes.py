"""What a matter's team writes down and keeps: notes, and answers as they were given.

Every reader here is a transaction that names who asks; what they may not see is not there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from core.library.db import Reader, Transaction
from core.model import (
    Answer,
    AnswerId,
    CaseId,
    Footer,
    KeptAnswer,
    KeptSource,
    MatterId,
    Note,
    NoteId,
    Scope,
    Standing,
    Voice,
)


def notes(db: Reader, matter_id: MatterId) -> tuple[Note, ...]:
    """Return the notes on a matter, the oldest first."""
    return tuple(db.rows("select_notes", _note, matter_id=matter_id))


def write_note(transaction: Transaction, scope: Scope, matter_id: MatterId, text: str) -> NoteId:
    """Write a note on a matter."""
    note_id = NoteId(uuid4())
    transaction.execute(
        "insert_note",
        note_id=note_id,
        matter_id=matter_id,
        text=text,
        written_by=scope.person_id,
    )
    return note_id


def change_note(transaction: Transaction, note_id: NoteId, text: str) -> bool:
    """Change a note of one's own; False where it is not there, or another's."""
    return transaction.execute("update_note", note_id=note_id, text=text) == 1


def remove_note(transaction: Transaction, note_id: NoteId) -> bool:
    """Remove a note of one's own; False where it is not there, held, or another's."""
    return transaction.execute("delete_note", note_id=note_id) == 1


def answers(db: Reader, matter_id: MatterId) -> tuple[KeptAnswer, ...]:
    """Return the answers kept with a matter, the oldest first."""
    return tuple(db.rows("select_answers", _answer, matter_id=matter_id, answer_id=None))


def answer(db: Reader, answer_id: AnswerId) -> KeptAnswer | None:
    """Return one kept answer; None where it is not there."""
    return db.row("select_answers", _answer, matter_id=None, answer_id=answer_id)


def keep_answer(
    transaction: Transaction, scope: Scope, matter_id: MatterId, given: Answer
) -> AnswerId:
    """Keep an answer with a matter, as it was given."""
    answer_id = AnswerId(uuid4())
    transaction.execute(
        "insert_answer",
        answer_id=answer_id,
        matter_id=matter_id,
        question=given.question,
        standing=given.standing,
        text=given.text,
        sources=json.dumps([asdict(source) for source in _sources(given)]),
        footer=json.dumps(asdict(given.footer)),
        kept_by=scope.person_id,
    )
    return answer_id


def remove_answer(transaction: Transaction, answer_id: AnswerId) -> bool:
    """Remove a kept answer; False where it is not there, or is held."""
    return transaction.execute("delete_answer", answer_id=answer_id) == 1


def _sources(given: Answer) -> list[KeptSource]:
    return [
        KeptSource(
            n=source.n,
            case_id=source.case.case_id,
            source_id=source.case.source_id,
            citation=source.citation,
            text=source.passage.text,
        )
        for source in given.sources
    ]


def _note(
    *,
    note_id: UUID,
    matter_id: UUID,
    text: str,
    written_by: str,
    own: bool,
    written_at: datetime,
    changed_at: datetime | None,
) -> Note:
    return Note(
        note_id=NoteId(note_id),
        matter_id=MatterId(matter_id),
        text=text,
        written_by=written_by,
        own=own,
        written_at=written_at,
        changed_at=changed_at,
    )


def _answer(  # noqa: PLR0913  the columns of an answer
    *,
    answer_id: UUID,
    matter_id: UUID,
    question: str,
    standing: str,
    text: str,
    sources: Sequence[Mapping[str, object]],
    footer: Mapping[str, object],
    kept_by: str,
    kept_at: datetime,
) -> KeptAnswer:
    return KeptAnswer(
        answer_id=AnswerId(answer_id),
        matter_id=MatterId(matter_id),
        question=question,
        standing=Standing(standing),
        text=text,
        sources=tuple(map(_source, sources)),
        footer=_footer(footer),
        kept_by=kept_by,
        kept_at=kept_at,
    )


def _source(kept: Mapping[str, object]) -> KeptSource:
    return KeptSource(
        n=cast("int", kept["n"]),
        case_id=CaseId(cast("int", kept["case_id"])),
        source_id=str(kept["source_id"]),
        citation=str(kept["citation"]),
        text=str(kept["text"]),
    )


def _footer(kept: Mapping[str, object]) -> Footer:
    return Footer(
        answer_model=str(kept["answer_model"]),
        encoder=str(kept["encoder"]),
        library_revision=cast("int", kept["library_revision"]),
        voice=Voice(str(kept["voice"])),
        voice_reason=cast("str | None", kept.get("voice_reason")),
        lock=cast("str | None", kept.get("lock")),
        card=cast("str | None", kept.get("card")),
    )
