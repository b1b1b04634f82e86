"""What an importer yields: a case as its source has it, or why it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.model.law import LegalDate, OpinionKind, PageLabel


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionDetails:
    """What a person confirms of an opinion before it goes to the public shelf."""

    court: str
    case_name: str
    date_filed: LegalDate
    # As printed; none of a slip opinion, which is cited by its docket number.
    citations: tuple[str, ...] = ()
    docket_number: str | None = None
    kind: OpinionKind = OpinionKind.COMBINED
    author: str | None = None
