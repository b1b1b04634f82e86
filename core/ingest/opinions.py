"""A new opinion on its way to the public shelf: what was confirmed of it, and the text of its file.

Nothing is guessed here: court, name, citation and date are what a person says they are.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.errors import UsageError
from core.ingest.describe import describe
from core.ingest.parse.parsed import ParsedPage, Unreadable
from core.ingest.parse.sandbox import Sandbox
from core.law.courts import court_ids, court_name, court_of_parenthetical
from core.law.written import reporter_citation
from core.model import (
    CaseRecord,
    Described,
    FilingPage,
    OpinionDetails,
    OpinionRecord,
    PageLabel,
    PageState,
)

LONGEST = 1_000  # characters of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionText:
    """What an opinion says, and where its pages begin."""

    text: str
    footnotes_start: int | None
    pages: tuple[PageLabel, ...]
    # What it seems to be; nothing of it counts until a person said so.
    described: tuple[Described, ...] = ()


def read_opinion(sandbox: Sandbox, path: Path, name: str) -> OpinionText:
    """Read a file. Raises UsageError where it cannot be read, or has pages without text."""
    try:
        parsed, folder = sandbox.parse(path, name)
    except Unreadable as unreadable:
        raise UsageError(unreadable.reason) from unreadable
    shutil.rmtree(folder, ignore_errors=True)
    if any(page.state is PageState.NEEDS_OCR for page in parsed.pages):
        raise UsageError(
            "Some of its pages are pictures. Hand it in to a matter, where they are read, and "
            "publish it from there."
        )
    return OpinionText(
        text=parsed.text,
        footnotes_start=parsed.footnotes_start,
        pages=labels(parsed.pages),
        described=describe(parsed, name),
    )


def labels(pages: Iterable[FilingPage | ParsedPage]) -> tuple[PageLabel, ...]:
    """Return where the pages begin that have a printed number."""
    return tuple(PageLabel(start=page.span.start, label=page.label) for page in pages if page.label)


def record_of(text: OpinionText, details: OpinionDetails) -> CaseRecord:
    """Return an opinion as an import takes it. Raises UsageError where something is not stated."""
    body = text.text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    if not body.strip():
        raise UsageError("There is no text in this opinion.")
    opinion = OpinionRecord(
        kind=details.kind,
        author=_line(details.author or "") or None,
        text=body,
        footnotes_start=text.footnotes_start,
        pages=text.pages,
    )
    court = _court(details.court)
    return CaseRecord(
        # By its words: published again with another date or name, it is the same case corrected.
        source_id=f"upload:{hashlib.sha256(body.encode()).hexdigest()[:32]}",
        court=court,
        court_name=court_name(court),
        jurisdiction=None,
        case_name=_name(details.case_name),
        docket_number=_line(details.docket_number or "") or None,
        date_filed=details.date_filed,
        date_argued=None,
        citations=_citations(details),
        opinions=(opinion,),
        source="upload",
    )


def _court(written: str) -> str:
    known = written if written in court_ids() else court_of_parenthetical(written)
    if known is None:
        raise UsageError("Name the court by its id or its short form: scotus, 2d Cir., S.D.N.Y.")
    return known


def _name(written: str) -> str:
    name = _line(written)
    if not name or len(name) > LONGEST:
        raise UsageError(f"An opinion needs the name of its case, of {LONGEST:,} letters at most.")
    return name


def _citations(details: OpinionDetails) -> tuple[str, ...]:
    """Return the citations as printed; a slip opinion has none, and is cited by its docket."""
    written = [_line(each) for each in details.citations]
    citations = tuple(each for each in written if each)
    for each in citations:
        if reporter_citation(each) is None:
            raise UsageError(f"{each[:60]!r} is no reporter citation; write it like 556 U.S. 418.")
    if not citations and not _line(details.docket_number or ""):
        raise UsageError("Give a citation, or the docket number by which a slip opinion is cited.")
    return citations


def _line(written: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in written).split())
