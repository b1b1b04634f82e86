"""The desk for drafts: what a matter's team makes of answers, version by version.

The text is the team's; its citations are marks that code renders, and every sentence is held
against its sources whenever it is saved. Shared with the matter's team, by its walls, and no other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from pydantic import TypeAdapter

from core.access.matters import releasable, writable
from core.access.permits import Who, permitted
from core.access.settled import Rules
from core.access.trail import record
from core.errors import NoSuchDraft, UsageError
from core.library import drafts, matters
from core.library.db import Database, Transaction
from core.library.drafts import Saved
from core.model import (
    Answer,
    CiteStyle,
    Claim,
    Draft,
    DraftHead,
    DraftId,
    DraftSaved,
    DraftVersion,
    Matter,
    MatterId,
    PaperFile,
    PaperForm,
    Standing,
    TraceId,
)
from core.work import recording
from core.work.brief import draft_paper
from core.work.drafted import authors, draft_statement, foot_words, parts_of
from core.work.marks import mended
from core.work.recheck import recheck
from core.work.traces import put_with
from core.work.written import written

LONGEST_TITLE = 200
LONGEST_TEXT = 200_000  # characters: a long brief has some 60,000


class Drafts:
    """Drafts of the matters that one person may read."""

    desk = "drafts"

    def __init__(self, db: Database, who: Who, rules: Rules) -> None:
        self.who = who
        self._db = db
        self._rules = rules

    @permitted
    def all(self, matter_id: MatterId | None = None) -> tuple[DraftHead, ...]:
        """The drafts of your matters, or of one, those saved last first."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return drafts.heads(tx, matter_id)

    @permitted
    def get(self, draft_id: DraftId, version: int | None = None) -> Draft | None:
        """One draft with its latest version, or another; None where there is none to be read."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return _opened(tx, draft_id, version)

    @permitted
    def versions(self, draft_id: DraftId) -> tuple[DraftVersion, ...]:
        """Every text that was saved of a draft, the first first; none where there is no draft."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return tuple(map(_version, drafts.versions(tx, draft_id)))

    @permitted
    def begin(self, matter_id: MatterId, answer: Answer, title: str = "") -> DraftId:
        """Save an answer to a matter as a draft, and put its record with the matter.

        Raises NoSuchMatter, and UsageError where the matter is closed or there is no answer.
        """
        if answer.standing is Standing.ABSTAINED:
            raise UsageError("No answer was given, so there is nothing to make a draft of.")
        origin = recording.answer_text(answer)
        given = recording.read_answer(origin)
        with self._db.transaction(scope=self.who.scope) as tx:
            writable(tx, matter_id)
            draft_id = drafts.begin(tx, matter_id, _titled(title or given.question), origin)
            _save(tx, draft_id, 0, given.text, recheck(given.text, given))
            trace_id = TraceId(UUID(given.trace_id))
            drafts.take_over(tx, draft_id, trace_id)
            put_with(tx, trace_id, matter_id)
            detail = {"trace_id": given.trace_id}
            record(tx, "draft.begin", subject=str(draft_id), matter_id=matter_id, detail=detail)
            return draft_id

    @permitted
    def save(self, draft_id: DraftId, text: str, *, based_on: int) -> DraftSaved:
        """Save another text of a draft, which was made from version `based_on`.

        Its marks are mended, and each sentence is held against its sources. Raises NoSuchDraft,
        and UsageError where somebody has saved another meanwhile or the matter is closed.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            draft = _held(tx, draft_id)
            writable(tx, draft.head.matter_id)
        known = {source.n for source in draft.sources}
        whole, notices = mended(_checked(text), known)
        if whole == draft.version.text:
            return DraftSaved(version=draft.head.version, notices=notices)
        claims = recheck(whole, draft.origin)
        with self._db.transaction(scope=self.who.scope) as tx:
            if not _save(tx, draft_id, based_on, whole, claims):
                raise _overtaken(tx, draft_id)
            _enter(tx, "draft.save", draft.head, version=based_on + 1)
        return DraftSaved(version=based_on + 1, notices=notices)

    @permitted
    def rename(self, draft_id: DraftId, title: str) -> None:
        """Give a draft another title. Raises NoSuchDraft, UsageError."""
        with self._db.transaction(scope=self.who.scope) as tx:
            head = _held(tx, draft_id).head
            writable(tx, head.matter_id)
            drafts.rename(tx, draft_id, _titled(title))
            _enter(tx, "draft.rename", head)

    @permitted
    def remove(self, draft_id: DraftId) -> bool:
        """Remove a draft with all its versions; False without one. Raises UsageError if held."""
        with self._db.transaction(scope=self.who.scope) as tx:
            head = drafts.head(tx, draft_id)
            if head is None:
                return False
            releasable(tx, head.matter_id)
            _enter(tx, "draft.remove", head)
            return drafts.remove(tx, draft_id)

    @permitted
    def confirm(self, draft_id: DraftId, n: int = 0, *, version: int | None = None) -> None:
        """Say that you have read source `n`, or with 0 that you have reviewed the text.

        A review is of `version`, or of the latest. Raises NoSuchDraft, UsageError.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            draft = _held(tx, draft_id, version)
            if n and all(source.n != n for source in draft.sources):
                raise UsageError(f"This draft has no source {n}.")
            of = 0 if n else draft.version.version
            if drafts.confirm(tx, draft_id, n, of):
                _enter(tx, "draft.confirm", draft.head, n=n, version=of)

    @permitted
    def withdraw(self, draft_id: DraftId, n: int = 0, *, version: int | None = None) -> bool:
        """Take back what you have confirmed; False where you have not, or it is held."""
        with self._db.transaction(scope=self.who.scope) as tx:
            draft = _held(tx, draft_id, version)
            of = 0 if n else draft.version.version
            taken = drafts.withdraw(tx, draft_id, n, of)
            if taken:
                _enter(tx, "draft.withdraw", draft.head, n=n, version=of)
            return taken

    @permitted
    def export(
        self,
        draft_id: DraftId,
        form: PaperForm,
        *,
        style: CiteStyle = CiteStyle.FOOTNOTES,
        authorities: bool = True,
        foot: bool = True,
    ) -> PaperFile:
        """Write a draft's latest version as a paper; `foot` says on each page what AI was used for.

        Raises NoSuchDraft.
        """
        now = self._rules.now()
        with self._db.transaction(scope=self.who.scope) as tx:
            draft = _held(tx, draft_id)
            matter = _matter(tx, draft.head)
            _enter(tx, "draft.export", draft.head, version=draft.head.version, form=form)
        paper = draft_paper(
            draft,
            style=style,
            authorities=authorities,
            foot=foot_words(draft) if foot else "",
            firm=now.firm_name,
            matter=matter,
            when=datetime.now(UTC),
        )
        return written(paper, form)

    @permitted
    def statement(self, draft_id: DraftId, form: PaperForm) -> PaperFile:
        """Write the statement on the use of AI in a draft's latest version. Raises NoSuchDraft."""
        now = self._rules.now()
        with self._db.transaction(scope=self.who.scope) as tx:
            draft = _held(tx, draft_id)
            matter = _matter(tx, draft.head)
            _enter(tx, "draft.statement", draft.head, version=draft.head.version, form=form)
        return written(draft_statement(draft, firm=now.firm_name, matter=matter), form)


def _held(tx: Transaction, draft_id: DraftId, version: int | None = None) -> Draft:
    draft = _opened(tx, draft_id, version)
    if draft is None:
        raise NoSuchDraft
    return draft


def _opened(tx: Transaction, draft_id: DraftId, version: int | None) -> Draft | None:
    head, began = drafts.head(tx, draft_id), drafts.origin(tx, draft_id)
    if head is None or began is None:
        return None
    versions = tuple(map(_version, drafts.versions(tx, draft_id)))
    shown = next((each for each in versions if each.version == version), None)
    if version is not None and shown is None:
        return None
    chosen = shown or versions[-1]
    origin = recording.read_answer(began.origin)
    return Draft(
        head=head,
        origin=origin,
        started_by=began.started_by,
        started_at=began.started_at,
        version=chosen,
        parts=parts_of(chosen, origin),
        authors=authors(versions, chosen),
        confirmations=drafts.confirmations(tx, draft_id),
    )


def _save(
    tx: Transaction, draft_id: DraftId, based_on: int, text: str, claims: Sequence[Claim]
) -> bool:
    said = _claims().dump_json(tuple(claims)).decode("utf-8")
    return drafts.save(tx, draft_id, based_on=based_on, text=text, claims=said)


def _overtaken(tx: Transaction, draft_id: DraftId) -> UsageError:
    head = _held(tx, draft_id).head
    return UsageError(
        f"{head.saved_by} has saved version {head.version} meanwhile. Your text was not saved: "
        "copy it, open the latest version, and put your changes there."
    )


def _version(saved: Saved) -> DraftVersion:
    return DraftVersion(
        version=saved.version,
        text=saved.text,
        claims=_claims().validate_python(json.loads(saved.claims)),
        saved_by=saved.saved_by,
        saved_at=saved.saved_at,
    )


def _matter(tx: Transaction, head: DraftHead) -> Matter | None:
    return matters.matters_by_id(tx, [head.matter_id]).get(head.matter_id)


def _enter(tx: Transaction, action: str, head: DraftHead, **detail: object) -> None:
    record(tx, action, subject=str(head.draft_id), matter_id=head.matter_id, detail=detail)


def _titled(written_title: str) -> str:
    clean = " ".join("".join(c if c.isprintable() else " " for c in written_title).split())
    if not clean:
        raise UsageError("A draft needs a title.")
    if len(clean) > LONGEST_TITLE:
        return clean[: LONGEST_TITLE - 2].rsplit(" ", 1)[0] + " …"
    return clean


def _checked(text: str) -> str:
    if not text.strip():
        raise UsageError("Write something: the draft is empty.")
    if len(text) > LONGEST_TEXT:
        raise UsageError(f"A draft has at most {LONGEST_TEXT:,} characters.")
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def _claims() -> TypeAdapter[tuple[Claim, ...]]:
    return TypeAdapter(tuple[Claim, ...])
