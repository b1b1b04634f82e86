"""What the library holds: cases, opinions, passages, and who cites whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model.ids import CaseId, OpinionId, PassageId
from core.model.law import (
    ENDS_LAW,
    Extent,
    LegalDate,
    OpinionKind,
    PageLabel,
    ReporterCitation,
    Span,
    Treatment,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    court: str
    name: str
    jurisdiction: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A decided matter on the public shelf."""

    case_id: CaseId
    source_id: str
    case_name: str | None
    court: Court
    docket_number: str | None
    date_filed: LegalDate | None
    date_argued: LegalDate | None
    # Parallel citations, the official one first.
    citations: tuple[ReporterCitation, ...]
    source: str | None
    license: str | None
    # True for the demonstration library: marked so wherever it is shown.
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    opinion_id: OpinionId
    case_id: CaseId
    ordinal: int
    kind: OpinionKind
    author: str | None
    text: str
    footnotes_start: int | None
    pages: tuple[PageLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit of retrieval: `text == opinion.text[span.start:span.end]`."""

    passage_id: PassageId
    opinion_id: OpinionId
    case_id: CaseId
    kind: OpinionKind
    author: str | None
    span: Span
    text: str
    # Label of the printed page the passage begins on; None where the source has no pages.
    page: str | None


class CitationKind(StrEnum):
    FULL = "full"
    SHORT = "short"
    SUPRA = "supra"
    ID = "id"
    REFERENCE = "reference"
    STATUTE = "statute"
    JOURNAL = "journal"
    # A "volume Word page" that no reporter table knows: kept, so that nothing is silently missed.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCitation:
    """A pointer found in a text. Spans are over the text as it was given."""

    kind: CitationKind
    span: Span
    # The span widened to the party names and the closing parenthesis, where there are any.
    full_span: Span
    text: str
    citation: ReporterCitation | None = None
    plaintiff: str | None = None
    defendant: str | None = None
    pincite: str | None = None
    year: int | None = None
    court: str | None = None
    signal: str | None = None
    parenthetical: str | None = None
    # Index, in the same result, of the full citation this short, supra or id. form points to.
    antecedent: int | None = None


class CitationStatus(StrEnum):
    HELD = "held"
    NOT_HELD = "not_held"
    AMBIGUOUS = "ambiguous"
    # A case is held at that page, but under another name than the one written.
    NAME_DIFFERS = "name_differs"
    # Statutes, journals and the like: nothing the case library could hold.
    NOT_A_CASE = "not_a_case"
    # A short form whose full citation is not in the text.
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedCitation:
    found: FoundCitation
    status: CitationStatus
    case: Case | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedCase:
    """A citation in an opinion that the library holds: where it stands and what it opens."""

    opinion_id: OpinionId
    span: Span
    pincite: str | None
    case_id: CaseId


class Depth(StrEnum):
    """How much a later case says of an earlier one, by how often it returns to it."""

    EXAMINED = "examined"
    DISCUSSED = "discussed"
    CITED = "cited"
    MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingReference:
    """One case's citation of another, with the sentence it was cited for."""

    case: Case
    opinion_id: OpinionId
    kind: OpinionKind
    sentence: Span
    sentence_text: str
    signal: str | None
    parenthetical: str | None
    pincite: str | None
    depth: Depth


class TreatingCourt(StrEnum):
    """Where a treating court stands to the one whose case it treats."""

    HIGHER = "a higher court"
    SAME = "the same court"
    OTHER = "another court"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """How a later case treats an earlier one: derived by rules from the sentence that says so."""

    treatment: Treatment
    extent: Extent
    # The treating case; None where the words name one that the library does not hold, or none.
    by: Case | None
    # Its citation, written by code where the case is held, else as the sentence has it; or ''.
    by_citation: str
    court: TreatingCourt
    # The case whose words they are: `by` itself, or a later one that reports it.
    said_in: Case
    opinion_id: OpinionId
    # Part of the case the words stand in: a dissent may report, but undoes nothing.
    kind: OpinionKind
    # Over the opinion's text.
    sentence: Span
    sentence_text: str

    @property
    def ends_law(self) -> bool:
        """Whether the whole case is no longer the law by this."""
        return self.treatment in ENDS_LAW and self.extent is Extent.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the library holds, so that *not found* can say where was looked."""

    cases: int
    opinions: int
    passages: int
    courts: int
    earliest: LegalDate | None
    latest: LegalDate | None
    undated: int
    revision: int
    changed_at: datetime | None
