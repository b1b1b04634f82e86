"""Filings: the papers of a matter, and where a search finds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.model.ids import FilingId, MatterId
from core.model.law import LegalDate, Span
from core.model.matters import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A paper of a matter: a brief, a motion, a letter."""

    filing_id: FilingId
    matter_id: MatterId
    name: str
    characters: int
    passages: int
    # Name of whoever added it.
    added_by: str
    added_at: datetime
    # None in a list of filings.
    text: str | None = None
    # The version that took its place: it is read where it was cited, and found by no search.
    replaced_by: FilingId | None = None
    # The how manieth time that its file was read; a later reading takes the place of the former.
    reading: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A filing of the same matter with much the same words: another version, perhaps."""

    filing: Filing
    # The part of their runs of words that the two share, 0 to 1.
    likeness: float


class FileKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    WPD = "wpd"
    RTF = "rtf"
    ODT = "odt"
    HTML = "html"
    TEXT = "text"
    EML = "eml"
    MSG = "msg"
    TIFF = "tiff"
    PNG = "png"
    JPEG = "jpeg"
    ZIP = "zip"
    # Not looked into yet, or nothing that is read here.
    UNKNOWN = "unknown"


class UploadState(StrEnum):
    """Where an upload is on its way to the shelf; those that need something name it."""

    WAITING = "waiting"
    WORKING = "working"
    NEEDS_PASSWORD = "needs_password"  # noqa: S105  a state's name
    NEEDS_OCR = "needs_ocr"
    NEEDS_CONVERTER = "needs_converter"
    NEEDS_RELEASE = "needs_release"
    SEARCHABLE = "searchable"
    # An archive: the files that were in it are uploads of their own.
    UNPACKED = "unpacked"
    # It can never be read, and why.
    REFUSED = "refused"
    # It failed again and again: somebody should look.
    STOPPED = "stopped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was handed in to a matter, and how far it is."""

    filing_id: FilingId
    matter_id: MatterId
    name: str
    kind: FileKind
    bytes: int
    state: UploadState
    # What is being done, and how much of it is.
    step: str | None
    done: int
    total: int
    # In words, where it waits for somebody or has ended.
    reason: str | None
    # Seconds until it is likely to be searchable; None where that cannot be told.
    seconds_left: float | None
    # The archive or message that it came in.
    part_of: FilingId | None
    pages: int | None
    passages: int | None
    # The filing that has the same bytes, or the same words, in this matter.
    duplicate_of: FilingId | None
    added_by: str
    accepted_at: datetime
    answerable_at: datetime | None
    # The how manieth time that the file is read, and what reads it, or has read it, after that.
    reading: int = 1
    newer: FilingId | None = None
    # Pages of it that are pictures which nothing here has read.
    unread: int = 0
    # What it came in is called.
    came_in: str | None = None
    # A newer version has taken its place.
    replaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much lies on the desk: files that were handed in, by how far they are, and texts."""

    uploads: Mapping[UploadState, int]
    # Filings that never were files.
    texts: int
    # Filings that an earlier version of Onpoint has read.
    outdated: int = 0


class FilingKind(StrEnum):
    """What a filing is for."""

    COMPLAINT = "complaint"
    ANSWER = "answer"
    MOTION = "motion"
    BRIEF = "brief"
    MEMORANDUM = "memorandum"
    ORDER = "order"
    OPINION = "opinion"
    JUDGMENT = "judgment"
    NOTICE = "notice"
    DECLARATION = "declaration"
    TRANSCRIPT = "transcript"
    EXHIBIT = "exhibit"
    LETTER = "letter"
    CONTRACT = "contract"
    FORM = "form"
    OTHER = "other"


class Field(StrEnum):
    """One thing that is known of a filing besides its text."""

    KIND = "kind"
    COURT = "court"
    DOCKET_NUMBER = "docket_number"
    CAPTION = "caption"
    PARTIES = "parties"
    JUDGE = "judge"
    DATE_FILED = "date_filed"
    SIGNED_BY = "signed_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A thing known of a filing: a kind, a court's id, an ISO date, names parted by semicolons."""

    field: Field
    value: str
    # 0 to 1; below `SURE` it asks to be confirmed. 1 where a person confirmed it.
    confidence: float
    confirmed_by: str | None = None


SURE = 0.8


class FindingKind(StrEnum):
    """What somebody should see before a filing is used."""

    BAD_REDACTION = "bad_redaction"
    HIDDEN_TEXT = "hidden_text"
    PRIVILEGE = "privilege"
    IDENTIFIER = "identifier"
    INSTRUCTION = "instruction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found in a filing, where it stands, and what it is in words."""

    kind: FindingKind
    # From 1; None where the filing has no pages.
    page: int | None
    span: Span
    words: str


class PageState(StrEnum):
    """How a page's text was come by."""

    TEXT = "text"
    OCR = "ocr"
    NEEDS_OCR = "needs_ocr"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPage:
    """A page of a filing, and which part of the text stands on it."""

    # From 1.
    number: int
    # As it is printed.
    label: str | None
    span: Span
    # Its footnotes, which stand behind the body of all pages; empty where there are none.
    notes: Span
    # Points, as the page is shown.
    width: float
    height: float
    state: PageState
    # How sure its reading is, 0 to 1; None where nothing had to be guessed.
    confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page: parts, 0 to 1, of its width from left and of its height from above."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was removed, counted."""

    filings: int
    passages: int
    files: int
    bytes: int
    # In the audit trail.
    entry_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingReference:
    """A filing's citation of a case, with the sentence that it was cited for."""

    matter: Matter
    filing: Filing
    # Of what is known of the filing, what is sure.
    date_filed: LegalDate | None
    signed_by: str | None
    sentence: Span
    sentence_text: str
    # As it is written there, with names and closing parenthesis.
    citation: str
    pincite: str | None
    signal: str | None
    # What the firm said of the case in parentheses.
    parenthetical: str | None
