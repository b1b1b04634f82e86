"""The desks for what a team writes down and keeps with its matter: notes, and answers."""

from __future__ import annotations

from core.access.matters import releasable, writable
from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import UsageError
from core.library import notes
from core.library.db import Database, Transaction
from core.model import Answer, AnswerId, KeptAnswer, MatterId, Note, NoteId

LONGEST_NOTE = 20_000


class Notes:
    """Notes on the matters that one person may read."""

    desk = "notes"

    def __init__(self, db: Database, who: Who) -> None:
        self.who = who
        self._db = db

    @permitted
    def all(self, matter_id: MatterId) -> tuple[Note, ...]:
        """The notes on a matter, the oldest first; none where you may not read it."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return notes.notes(tx, matter_id)

    @permitted
    def write(self, matter_id: MatterId, text: str) -> NoteId:
        """Write a note. Raises NoSuchMatter, and UsageError where the matter is closed."""
        scope = self.who.scope
        with self._db.transaction(scope=scope) as tx:
            writable(tx, matter_id)
            note_id = notes.write_note(tx, scope, matter_id, _checked(text))
            record(tx, "note.write", subject=str(note_id), matter_id=matter_id)
            return note_id

    @permitted
    def change(self, note_id: NoteId, text: str) -> bool:
        """Change a note of your own; False where there is none."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return notes.change_note(tx, note_id, _checked(text))

    @permitted
    def remove(self, note_id: NoteId) -> bool:
        """Remove a note of your own; False where there is none, or it is under legal hold."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return notes.remove_note(tx, note_id)


class Answers:
    """Answers kept with the matters that one person may read."""

    desk = "answers"

    def __init__(self, db: Database, who: Who) -> None:
        self.who = who
        self._db = db

    @permitted
    def all(self, matter_id: MatterId) -> tuple[KeptAnswer, ...]:
        """The answers kept with a matter, the oldest first; none where you may not read it."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return notes.answers(tx, matter_id)

    @permitted
    def get(self, answer_id: AnswerId) -> KeptAnswer | None:
        """One kept answer; None where there is none that you may read."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return notes.answer(tx, answer_id)

    @permitted
    def keep(self, matter_id: MatterId, answer: Answer) -> AnswerId:
        """Keep an answer as it was given. Raises NoSuchMatter, UsageError if it is closed."""
        scope = self.who.scope
        with self._db.transaction(scope=scope) as tx:
            writable(tx, matter_id)
            answer_id = notes.keep_answer(tx, scope, matter_id, answer)
            record(tx, "answer.keep", subject=str(answer_id), matter_id=matter_id)
            return answer_id

    @permitted
    def remove(self, answer_id: AnswerId) -> bool:
        """Remove a kept answer; False where there is none. Raises UsageError where it is held."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return self._removed(tx, answer_id)

    def _removed(self, tx: Transaction, answer_id: AnswerId) -> bool:
        kept = notes.answer(tx, answer_id)
        if kept is None:
            return False
        releasable(tx, kept.matter_id)
        record(tx, "answer.remove", subject=str(answer_id), matter_id=kept.matter_id)
        return notes.remove_answer(tx, answer_id)


def _checked(text: str) -> str:
    if not text.strip():
        raise UsageError("Write something: the note is empty.")
    if len(text) > LONGEST_NOTE:
        raise UsageError(f"A note has at most {LONGEST_NOTE:,} characters.")
    return text.replace("\x00", " ")
