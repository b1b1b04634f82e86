"""The nouns of law and retrieval that every room shares.

A lawyer would know each of them: a case, an opinion in it, a passage of that opinion, a
citation found in the text, a source that supports a claim. Values only; nothing here does I/O.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Self

CaseId = NewType("CaseId", int)
OpinionId = NewType("OpinionId", int)
PassageId = NewType("PassageId", int)


class OpinionKind(StrEnum):
    """One writing in a case. The syllabus is front matter: shown, never searched or cited."""

    SYLLABUS = "syllabus"
    MAJORITY = "majority"
    PLURALITY = "plurality"
    PER_CURIAM = "per_curiam"
    CONCURRENCE = "concurrence"
    CONCURRENCE_IN_JUDGMENT = "concurrence_in_judgment"
    CONCUR_DISSENT = "concur_dissent"
    DISSENT = "dissent"
    SEPARATE = "separate"
    STATEMENT = "statement"
    COMBINED = "combined"


LEADING_KINDS = frozenset(
    {OpinionKind.MAJORITY, OpinionKind.PLURALITY, OpinionKind.PER_CURIAM, OpinionKind.COMBINED}
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDate:
    """A date of law, known to the day, the month or only the year.

    `first` and `last` are the earliest and latest day it can be. Raises ValueError for what
    is no date.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        date(self.year, self.month or 1, self.day or 1)
        if self.day is not None and self.month is None:
            raise ValueError("a day without a month is no date")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2009`, `2009-04` or `2009-04-22`; raises ValueError for anything else."""
        found = _DATE.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"not a date: {text[:40]!r}")
        year, month, day = (None if part is None else int(part) for part in found.groups())
        assert year is not None  # noqa: S101  the pattern has a year
        return cls(year=year, month=month, day=day)

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return "-".join(
            part
            for part in (
                f"{self.year:04d}",
                self.month and f"{self.month:02d}",
                self.day and f"{self.day:02d}",
            )
            if part
        )


@dataclass(frozen=True, slots=True, order=True)
class ReporterCitation:
    """A place in a reporter: `556 U.S. 418`. A pointer, never a key of a case."""

    volume: str
    # The reporter's canonical short form, as reporters-db spells it: "U.S.", "F.3d".
    reporter: str
    page: str

    def __post_init__(self) -> None:
        if not (self.volume and self.reporter and self.page):
            raise ValueError("a reporter citation has a volume, a reporter and a page")

    def __str__(self) -> str:
        return f"{self.volume} {self.reporter} {self.page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLabel:
    """Where a printed page begins in an opinion's text: the label, and the offset it starts at."""

    start: int
    label: str


# --- what an importer yields -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRecord:
    """One writing as a source gives it. `text` holds the body, then the footnotes if any."""

    kind: OpinionKind
    author: str | None
    text: str
    # Offset in `text` at which footnotes begin; None where the source has none apart.
    footnotes_start: int | None = None
    pages: tuple[PageLabel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One case as a source gives it, checked but not yet in the library."""

    source_id: str
    court: str
    court_name: str | None
    jurisdiction: str | None
    case_name: str | None
    docket_number: str | None
    date_filed: LegalDate | None
    date_argued: LegalDate | None
    # As printed; parsed into ReporterCitation when stored.
    citations: tuple[str, ...]
    opinions: tuple[OpinionRecord, ...]
    source: str | None = None
    license: str | None = None
    invented: bool = False
    # Keys of the source that Onpoint has no column for, kept as they are (JSON values).
    extra: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRecord:
    """A record that could not be taken, and why, in words for the screen."""

    item: str
    reason: str
    # True where the case was taken all the same, without or despite what the reason names.
    taken: bool = False


# --- what the library holds --------------------------------------------------------------


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


# --- search ------------------------------------------------------------------------------


class Mode(StrEnum):
    AUTO = "auto"
    LEXICAL = "lexical"
    SEMANTIC = "semantic"
    CONNECTORS = "connectors"


class QueryKind(StrEnum):
    CITATION = "citation"
    DOCKET = "docket"
    CAPTION = "caption"
    PHRASE = "phrase"
    WORDS = "words"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How a query was read, to be shown to the person who typed it."""

    kind: QueryKind
    # One plain sentence or fragment: 'a citation', 'a question in plain words'.
    words: str
    citation: ReporterCitation | None = None
    docket_number: str | None = None
    caption: str | None = None
    phrases: tuple[str, ...] = ()
    # What is left for the lexical and dense arms.
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a search is narrowed to. Dates are inclusive.

    A case whose date is only partly known falls in a range when it may; it counts *as of* a
    day only when it cannot be later, so that as-of never shows later law.
    """

    courts: frozenset[str] = frozenset()
    filed_from: date | None = None
    filed_to: date | None = None
    as_of: date | None = None
    kinds: frozenset[OpinionKind] = frozenset()
    # Source ids to leave out.
    exclude: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a hit is here: the arm that found it and the rank it had there (from 1)."""

    arm: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    rank: int
    case: Case
    passages: tuple[Passage, ...]
    why: tuple[Reason, ...]
    # Cases of the library that cite it, none later than the as-of date.
    cited_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    query: str
    understood: Understood
    hits: tuple[Hit, ...]
    # Cases found in all, of which `hits` is one page; at most the depth that is fused.
    found: int
    coverage: Coverage
    seconds: float
    # Words for the screen: 'the vector index is being rebuilt: this search was exact'.
    notices: tuple[str, ...] = ()


# --- answers -----------------------------------------------------------------------------


class Standing(StrEnum):
    GROUNDED = "grounded"
    PARTIAL = "partial"
    ABSTAINED = "abstained"


class Support(StrEnum):
    """VERIFIED: the words, or a quotation in them, stand in the source. UNSUPPORTED: no."""

    VERIFIED = "verified"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A numbered passage that supports an answer."""

    n: int
    case: Case
    passage: Passage
    # Bluebook form, rendered by code from the library, pincite included where pages are known.
    citation: str
    pincite: str | None
    # Derived treatment in words ('overruled'), None where the library knows of none.
    treatment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    text: str
    support: Support
    # Numbers of the sources.
    sources: tuple[int, ...]
    # What was wrong, in words, where support is UNSUPPORTED.
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Which layers were on when an answer was made."""

    answer_model: str
    encoder: str
    library_revision: int
    voice: str = "off"
    lock: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    question: str
    standing: Standing
    text: str
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    footer: Footer
    trace_id: str
    coverage: Coverage
    # Words for the screen: a model that failed, a sentence left out.
    notices: tuple[str, ...] = ()
    # The nearest cases, for an abstention that says what was searched.
    nearest: tuple[Hit, ...] = ()
