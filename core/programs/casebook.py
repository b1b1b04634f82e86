"""One case to read, a window of its text at a time, with the printed pages that stand in it."""

from __future__ import annotations

from pydantic import Field

from core.app import Onpoint
from core.errors import UsageError
from core.model import Case, Opinion, PageLabel, Span
from core.programs.requests import Id, Request
from core.programs.seen import QUOTED, label, seen
from core.wire import Json

USUAL_WINDOW, LONGEST_WINDOW = 6_000, 8_000
MOST_WRITINGS = 50
MOST_PAGES = 100  # page labels told of one window


class ReadRequest(Request):
    """Which case, which of its writings, and where to begin."""

    source_id: Id = Field(description="The case's source_id, as search and cite give it.")
    writing: int | None = Field(
        default=None,
        ge=1,
        le=1_000,
        strict=True,
        description="Which writing, by its number n in `writings`; none: the first that has the "
        "page, or the first opinion.",
    )
    page: Id | None = Field(
        default=None, description="Begin where this printed page begins, such as 415."
    )
    offset: int = Field(
        default=0,
        ge=0,
        le=100_000_000,
        strict=True,
        description="Begin at this character of the writing; `next_offset` reads on.",
    )
    length: int = Field(
        default=USUAL_WINDOW,
        ge=500,
        le=LONGEST_WINDOW,
        strict=True,
        description="How many characters.",
    )


def read_case(app: Onpoint, asked: ReadRequest) -> Json:
    """Read a window of a case, and enter into the trail that it was read.

    Raises UsageError where there is no such case, writing or page.
    """
    case = app.find_case(asked.source_id)
    if case is None:
        raise UsageError("There is no case with this source_id in the library.")
    held = app.opinions(case.case_id)
    opinion, start = _beginning(held, asked)
    window = Span(start, min(start + asked.length, len(opinion.text)))
    app.read(case.case_id)
    return {
        "about": QUOTED,
        "source_id": case.source_id,
        "case_name": label(case.case_name),
        "citations": [str(citation) for citation in case.citations[:MOST_WRITINGS]],
        "court": label(case.court.name),
        "date_filed": None if case.date_filed is None else str(case.date_filed),
        "invented": case.invented,
        "writings": [_writing(n, one) for n, one in enumerate(held[:MOST_WRITINGS], start=1)],
        "reading": _reading(app, case, opinion, window) | {"writing": held.index(opinion) + 1},
    }


def _beginning(held: tuple[Opinion, ...], asked: ReadRequest) -> tuple[Opinion, int]:
    """Return the writing to read and where to begin in it."""
    if not held:
        raise UsageError("The library has no text of this case.")
    if asked.writing is not None and asked.writing > len(held):
        raise UsageError(f"This case has {len(held)} writings.")
    chosen = held if asked.writing is None else held[asked.writing - 1 : asked.writing]
    if asked.page is not None:
        return _at_page(chosen, asked.page)
    opinion = next((one for one in chosen if one.kind != "syllabus"), chosen[0])
    if asked.offset >= max(len(opinion.text), 1):
        raise UsageError(f"This writing has {len(opinion.text)} characters.")
    return opinion, asked.offset


def _at_page(held: tuple[Opinion, ...], page: str) -> tuple[Opinion, int]:
    for opinion in held:
        for one in opinion.pages:
            if one.label == page.strip():
                return opinion, one.start
    raise UsageError("There is no such printed page here; `writings` has the pages that there are.")


def _writing(n: int, opinion: Opinion) -> Json:
    return {
        "n": n,
        "opinion_type": opinion.kind,
        "author": label(opinion.author),
        "characters": len(opinion.text),
        "first_page": opinion.pages[0].label if opinion.pages else None,
        "last_page": opinion.pages[-1].label if opinion.pages else None,
    }


def _reading(app: Onpoint, case: Case, opinion: Opinion, window: Span) -> Json:
    standing = _pages_in(opinion.pages, window)
    first, last = (standing[0].label, standing[-1].label) if standing else ("", "")
    ends = window.end >= len(opinion.text)
    return {
        "opinion_type": opinion.kind,
        "author": label(opinion.author),
        # With whose it is: the words of a dissent are not the court's.
        "citation": app.cite_writing(case.case_id, opinion.opinion_id, first, last),
        "start": window.start,
        "end": window.end,
        "next_offset": None if ends else window.end,
        "pages": [{"label": one.label, "start": one.start} for one in standing[:MOST_PAGES]],
        "text": seen(window.of(opinion.text)),
    }


def _pages_in(pages: tuple[PageLabel, ...], window: Span) -> tuple[PageLabel, ...]:
    """Return the pages that a window stands on, the one that it begins in first."""
    before = [one for one in pages if one.start <= window.start][-1:]
    return (*before, *(one for one in pages if window.start < one.start < window.end))
