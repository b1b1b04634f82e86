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
from uuid import UUID

PersonId = NewType("PersonId", UUID)
SessionId = NewType("SessionId", UUID)
MatterId = NewType("MatterId", UUID)
FilingId = NewType("FilingId", UUID)
NoteId = NewType("NoteId", UUID)
AnswerId = NewType("AnswerId", UUID)
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


class Voice(StrEnum):
    """Who words an answer: nobody anew, a model told how the firm writes, or one trained on it."""

    OFF = "off"
    PROMPT = "prompt"
    ADAPTER = "adapter"


class VoiceChoice(StrEnum):
    """Who may choose another voice for one answer."""

    NOBODY = "nobody"
    ADMINS = "admins"
    LAWYERS = "lawyers"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """How an answer is worded for one person, and what they may ask for instead."""

    usual: Voice
    # Voices to choose from, the usual one among them; that one alone where there is no choice.
    choices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Which layers were on when an answer was made."""

    answer_model: str
    encoder: str
    library_revision: int
    voice: Voice = Voice.OFF
    # Why the voice asked for is not the one it has.
    voice_reason: str | None = None
    # Whether the content lock passed; None where nothing was reworded.
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


class Role(StrEnum):
    """What a person is in the firm; one may be several."""

    LAWYER = "lawyer"
    PARALEGAL = "paralegal"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may sign in, or might once."""

    person_id: PersonId
    # What is typed at sign-in.
    login: str
    name: str
    roles: frozenset[Role]
    # The one who set the installation up.
    is_owner: bool = False
    disabled: bool = False


class SignInMode(StrEnum):
    """How people show who they are."""

    # On this computer alone the owner, without a sign-in, until somebody has a password.
    AUTO = "auto"
    OWNER = "owner"
    PASSWORD = "password"  # noqa: S105  a way to sign in
    OIDC = "oidc"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody has just signed in: who, and the token that their browser keeps from now on."""

    token: str = field(repr=False)
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSession:
    """A browser in which a person is signed in."""

    session_id: SessionId
    # Where from, and what the browser calls itself.
    address: str
    browser: str
    began_at: datetime
    seen_at: datetime
    # The one that asks.
    here: bool = False


class InvitationKind(StrEnum):
    """What a link that works once is for."""

    SET_UP = "set_up"
    INVITATION = "invitation"
    RESET = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that works once, to choose a password with."""

    # Shown once, to whoever made the invitation; empty where single sign-on needs no link.
    token: str = field(repr=False)
    kind: InvitationKind
    person: Person
    expires: datetime


class MatterState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A client's affair that the firm works on; its papers are for its team alone."""

    matter_id: MatterId
    # The firm's client-matter number.
    number: str
    name: str
    state: MatterState
    # May its text be sent to a model outside the firm? May the style model learn from it?
    external_models: bool
    teaches_style: bool
    legal_hold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether a process can serve at this moment, part by part, and nothing more."""

    database: bool
    encoder: bool
    disk: bool

    def __bool__(self) -> bool:
        return self.database and self.encoder and self.disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Who asks. The database knows which matters that person may read at this moment."""

    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """An ethical wall: a person kept out of a matter, whatever else is true."""

    person: Person
    reason: str
    # Name of whoever raised it.
    raised_by: str
    raised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WallCheck:
    """One way of looking that a wall was tried on."""

    # As the facade names it, and in words for the screen.
    way: str
    words: str
    # The very same bytes with the hidden matter as without it; and not a word of it shown.
    same: bool
    clean: bool

    @property
    def holds(self) -> bool:
        return self.same and self.clean


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeReport:
    """What came of trying a wall: a matter made up for it was looked for as the person."""

    person: Person
    # Matters that the person is walled off from, of those that whoever tried it may arrange.
    walls: int
    checks: tuple[WallCheck, ...]
    seconds: float

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)


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
class Note:
    """What somebody of the team wrote down about a matter."""

    note_id: NoteId
    matter_id: MatterId
    text: str
    written_by: str
    # Whoever asks wrote it, and may change it.
    own: bool
    written_at: datetime
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSource:
    """A source of a kept answer, as it was cited then."""

    n: int
    case_id: CaseId
    source_id: str
    citation: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer that a team keeps with its matter, as it was given."""

    answer_id: AnswerId
    matter_id: MatterId
    question: str
    standing: Standing
    text: str
    sources: tuple[KeptSource, ...]
    footer: Footer
    kept_by: str
    kept_at: datetime


# --- the firm's settings and its audit trail ----------------------------------------------


class Provenance(StrEnum):
    """Where a setting's value comes from; the first that says anything wins."""

    ENVIRONMENT = "environment"
    FILE = "file"
    HERE = "here"
    DEFAULT = "default"


class SettingKind(StrEnum):
    """How a setting is typed."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    SECRET = "secret"  # noqa: S105  a kind of setting
    COLOUR = "colour"
    PICTURE = "picture"


SettingValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the values that a setting may have."""

    value: str
    label: str
    # Why it cannot be chosen now; None where it can.
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmSetting:
    """A setting as an administrator sees it."""

    name: str
    group: str
    label: str
    help: str
    kind: SettingKind
    # Never a secret's: that is known by `is_set` alone.
    value: SettingValue
    default: SettingValue
    source: Provenance
    is_set: bool
    # Why it cannot be changed here; None where it can.
    locked: str | None = None
    # What is wrong with its value; None where nothing is.
    problem: str | None = None
    choices: tuple[Choice, ...] = ()
    # Whether there is something to try.
    testable: bool = False

    @property
    def secret(self) -> bool:
        return self.kind is SettingKind.SECRET


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """What came of trying a setting."""

    __test__ = False  # pytest: no test

    passed: bool
    words: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """How the firm's Onpoint looks: its name, its colour (#rrggbb), its logo (a data: address)."""

    name: str
    colour: str | None
    logo: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """One thing done, as the audit trail keeps it."""

    entry_id: UUID
    at: datetime
    # Who did it; None for somebody who was not signed in.
    person_id: PersonId | None
    login: str | None
    # What was done ('setting.set', 'search'), and to what.
    action: str
    subject: str
    matter_id: MatterId | None
    detail: Mapping[str, object]
    # What was asked, where retention keeps it.
    text: str | None
    # The whole in one sentence for the screen.
    words: str
    # A change of a setting that may be taken back.
    undoable: bool = False


class TrailForm(StrEnum):
    """How the audit trail is written to a file."""

    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """Whether the audit trail is as it was written."""

    whole: bool
    # Entries that the person who asks may see.
    entries: int
    # When the first entry that does not fit was written.
    broken_at: datetime | None
    words: str
