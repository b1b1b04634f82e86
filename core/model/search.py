"""A search: how a query is understood, what it is narrowed to, what was found and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.model.filings import Filing
from core.model.ids import FilingId
from core.model.law import OpinionKind, ReporterCitation, Span
from core.model.matters import Matter
from core.model.shelf import Case, Coverage, Passage


class Mode(StrEnum):
    AUTO = "auto"
    LEXICAL = "lexical"
    SEMANTIC = "semantic"
    CONNECTORS = "connectors"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHabits:
    """What a search is when nobody says otherwise: cases at a time, and how a query is read."""

    results: int
    mode: Mode


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
class FilingPassage:
    """The unit of retrieval of a filing: `text == filing.text[span.start:span.end]`."""

    filing_id: FilingId
    # Its place in the filing, from 0.
    ordinal: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingHit:
    """A filing found, with its best passages and the reasons why it is there."""

    rank: int
    matter: Matter
    filing: Filing
    passages: tuple[FilingPassage, ...]
    why: tuple[Reason, ...]


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
    # What was found in the filings of the matters that whoever asks may read; with the first page.
    filings: tuple[FilingHit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPlace:
    """Where a filing speaks to a question: its place and never its words.

    Whoever opens the answer later reads them there, under the walls of that moment; what was
    deleted meanwhile is gone from the answer too.
    """

    filing_id: FilingId
    # Over the filing's text.
    span: Span
    # Of the hash of the filing's text, and the words that stood there: with the filing goes what
    # one would need to guess them by it.
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingQuotation:
    """What a filing says at a place that an answer named, for whoever may read it."""

    place: FilingPlace
    matter: Matter
    filing: Filing
    # On which it begins, from 1; None where the filing has no pages.
    page: int | None
    words: str
