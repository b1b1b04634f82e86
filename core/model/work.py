"""What is kept of answers and made of them: records, drafts, and who has read what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model.answers import Answer, Claim, Source
from core.model.ids import CaseId, DraftId, MatterId, OpinionId, TraceId
from core.model.law import Span
from core.model.search import FilingQuotation, Filters


class SourceState(StrEnum):
    """What has become since of a passage that an answer rested on."""

    UNCHANGED = "unchanged"
    # The case is held, and these words stand in it no more.
    CHANGED = "changed"
    # The case is not held any more.
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNow:
    """A source of an answer as the library has it at this moment."""

    n: int
    state: SourceState
    # Where it can be opened: the case, and the words in it where they are unchanged.
    case_id: CaseId | None = None
    opinion_id: OpinionId | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A named person says to have read a source, or to have reviewed the whole."""

    # The source's number; 0 is the whole.
    n: int
    # Of a draft, which version was reviewed; 0 of anything else.
    version: int = 0
    by: str
    at: datetime
    # Whoever asks said so, and may take it back.
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceHead:
    """A record of an answer as a list shows it."""

    trace_id: TraceId
    asked_at: datetime
    # Name of whoever asked.
    asked_by: str
    # The matter it was asked for or put with; None: it is of nobody but who asked.
    matter_id: MatterId | None
    question: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The record of how an answer came about, opened again."""

    head: TraceHead
    # As it was given, its working with it.
    answer: Answer
    filters: Filters
    # SHA-256 of each source's text, by its number.
    passages: tuple[tuple[int, str], ...]
    # SHA-256 of the record as it is now, and what of it is not as the audit trail has it.
    sha256: str
    faults: tuple[str, ...]
    now: tuple[SourceNow, ...]
    confirmations: tuple[Confirmation, ...]
    # The release of Onpoint that wrote it.
    program: str
    # What filings say at the places that the answer named: those that can still be read.
    filings: tuple[FilingQuotation, ...] = ()

    @property
    def whole(self) -> bool:
        """Say whether the record is as it was written."""
        return not self.faults


class PaperForm(StrEnum):
    """How a paper is written to a file."""

    MARKDOWN = "markdown"
    DOCX = "docx"


class PaperKind(StrEnum):
    """What a record of an answer is exported as."""

    LOG = "log"
    STATEMENT = "statement"


class CiteStyle(StrEnum):
    """Where the citations of a draft stand."""

    FOOTNOTES = "footnotes"
    INLINE = "inline"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """A file made to be taken away: its name, what it is, and its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftHead:
    """A draft as a list shows it: its latest version."""

    draft_id: DraftId
    matter_id: MatterId
    title: str
    version: int
    # Name of whoever saved it.
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVersion:
    """A text of a draft as it was saved, and what the check of each sentence said then."""

    version: int
    text: str
    claims: tuple[Claim, ...]
    saved_by: str
    saved_at: datetime


class PartKind(StrEnum):
    """What a part of a draft is."""

    HEADING = "heading"
    BODY = "body"
    ITEM = "item"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPart:
    """A heading, a paragraph, an item or a quotation of a draft."""

    kind: PartKind
    # Of a heading: 1 is the highest.
    level: int
    # Its words without their marks.
    text: str
    # What is said of each of its sentences; nothing of a heading's.
    claims: tuple[Claim, ...]
    # Its words with their citations in full, to be copied.
    cited: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSaved:
    """What came of saving a draft: its new version, and what was done to its marks, in words."""

    version: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a matter's team makes of an answer."""

    head: DraftHead
    # The answer that it began with, as it was given, and who took it for one.
    origin: Answer
    started_by: str
    started_at: datetime
    version: DraftVersion
    parts: tuple[DraftPart, ...]
    # Who wrote or edited each sentence of it; None where it stands as it was generated.
    authors: tuple[str | None, ...]
    confirmations: tuple[Confirmation, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        return self.origin.sources
