"""Lays a file's pages out as one text: bodies first, footnotes behind, the margins apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse.columns import in_reading_order
from core.ingest.parse.flow import Column, Join, column_of, join_across, joins_of
from core.ingest.parse.hyphens import words_of
from core.ingest.parse.margins import Margin, line_numbers, take_margins
from core.ingest.parse.marks import clerks_stamp, sideways
from core.ingest.parse.notes import body_height, first_note, is_marked, rows_without_dashes
from core.ingest.parse.parsed import Hidden, ParsedPage, Taken, TakenKind
from core.ingest.parse.rows import Piece, Row, pieces_of, rows_of, words_in
from core.ingest.parse.running_text import (
    NOWHERE,
    Run,
    RunningText,
    add_column,
    characters,
    without_last,
)
from core.ingest.parse.sheet import Sheet
from core.ingest.parse.upright import upright
from core.model import PageState, Span

# Characters that mean nothing: their font never said which letters it draws.
_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_TOGETHER = 32  # pages: what is worked out for all words of them, costs each the less
_STAMPED = 3  # a clerk's stamp is on one of the first pages
_STEPS = 65_535  # a page's width, and its height, in the steps that boxes are told in


@dataclass(slots=True, kw_only=True, eq=False)
class Laid:
    """A file's text, and what was found around it."""

    text: str
    footnotes_start: int | None
    pages: list[ParsedPage]
    taken: list[Taken]
    hidden: list[Hidden]


@dataclass(slots=True, kw_only=True, eq=False)
class _Page:
    """A page on its way: its columns, its notes, and where in the two texts they came to stand."""

    sheet: Sheet
    margin: Margin
    numbers: list[int]
    columns: list[Column]
    notes: Column | None
    body: Span = field(default=Span(0, 0))
    noted: Span = field(default=Span(0, 0))
    places: list[Run] = field(default_factory=list[Run])
    note_places: list[Run] = field(default_factory=list[Run])
    begins: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])


def lay_out(sheets: Sequence[Sheet]) -> Laid:
    """Put the words of all pages into reading order."""
    known = cache(partial(words_of, sheets))
    pages = _pages(sheets)
    body, notes = RunningText(known), RunningText(known)
    before: _Page | None = None
    noted_before: _Page | None = None
    for page in pages:
        _write_body(body, page, before)
        _write_notes(notes, page, noted_before)
        before = page if page.columns else before
        noted_before = page if page.notes else noted_before
    text, footnotes_start = _whole(body, notes)
    shift = len(text) - notes.length
    told = [_parsed(page, shift) for page in pages]
    return Laid(
        text=text,
        footnotes_start=footnotes_start,
        pages=told,
        taken=[each for page in pages for each in _taken(page)],
        hidden=[each for page in pages for each in _hidden(page, shift)],
    )


def _whole(body: RunningText, notes: RunningText) -> tuple[str, int | None]:
    if not notes.length:
        return body.text(), None
    head = body.text() + ("\n\n" if body.length else "")
    return head + notes.text(), len(head)


def _pages(shown: Sequence[Sheet]) -> list[_Page]:
    sheets = [upright(sheet) for sheet in shown]
    numbers = [line_numbers(sheet) for sheet in sheets]
    margins = [Margin() for _ in sheets]
    rows: list[list[Row]] = []
    for low in range(0, len(sheets), _TOGETHER):
        some = slice(low, low + _TOGETHER)
        pieces = _text_pieces(sheets[some], numbers[some], margins[some])
        rows += map(rows_of, sheets[some], pieces)
    take_margins(sheets, rows, margins)
    heights = [body_height(each) for each in rows]
    usual = _usual_height(rows, heights)
    pages: list[_Page] = []
    going_on = False
    for sheet, each, margin, skipped, body in zip(
        sheets, rows, margins, numbers, heights, strict=True
    ):
        height = _height_there(each, body, usual)
        rows_without_dashes(sheet, each)
        at = first_note(sheet, each, height, going_on=going_on)
        going_on = at < len(each)
        pages.append(
            _Page(
                sheet=sheet,
                margin=margin,
                numbers=skipped,
                columns=[column_of(sheet, part) for part in in_reading_order(sheet, each[:at])],
                notes=column_of(sheet, each[at:]) if going_on else None,
            )
        )
    return pages


def _text_pieces(
    sheets: list[Sheet], numbers: list[list[int]], margins: list[Margin]
) -> list[list[Piece]]:
    """Return pages' pieces but for line numbers, a clerk's stamp and print along their sides."""
    aside = sideways(sheets)
    for sheet, each, margin in zip(sheets, aside, margins, strict=True):
        if each:
            margin.taken.append((TakenKind.RUNNING_HEAD, 0.0, " ".join(map(sheet.word, each))))
    skipped = [{*one, *other} for one, other in zip(numbers, aside, strict=True)]
    pieces = pieces_of(sheets, skipped)
    for at, (sheet, margin) in enumerate(zip(sheets, margins, strict=True)):
        stamp = clerks_stamp(sheet, pieces[at]) if sheet.number <= _STAMPED else []
        if stamp:
            words = " ".join(words_in(sheet, piece) for piece in stamp)
            margin.taken.append((TakenKind.STAMP, stamp[0].top, words))
            pieces[at] = [piece for piece in pieces[at] if piece not in stamp]
    return pieces


def _height_there(rows: list[Row], height: float, usual: float) -> float:
    """Return how high a body's print is on a page that may be all notes but for a line or two."""
    if not 0.75 * usual < height < usual:
        return height
    mixed = any(0.97 * usual <= row.height <= 1.03 * usual for row in rows)
    return usual if mixed else height


def _usual_height(rows: Sequence[list[Row]], heights: Sequence[float]) -> float:
    """Return how high the print of most pages' bodies is."""
    counted = Counter(height for each, height in zip(rows, heights, strict=True) if each)
    return counted.most_common(1)[0][0] if counted else 0.0


def _write_body(running: RunningText, page: _Page, before: _Page | None) -> None:
    running.turn_page()
    start: int | None = None
    last = before.columns[-1] if before else None
    for column in page.columns:
        if last is not None:
            join, word = join_across(last, column), _first_word(column)
            lost = running.join(join, word, within=start is not None)
            if before and lost:
                before.body = Span(before.body.start, before.body.end - 1)
                before.places = without_last(before.places)
        start = running.length if start is None else start
        page.begins += add_column(running, column, joins_of(column), [False] * len(column.rows))
        last = column
    page.body = Span(running.length if start is None else start, running.length)
    page.places = running.places


def _first_word(column: Column) -> str:
    return column.sheet.word(column.rows[0].pieces[0].first)


def _write_notes(running: RunningText, page: _Page, before: _Page | None) -> None:
    running.turn_page()
    column = page.notes
    if column is None:
        page.noted = Span(running.length, running.length)
        return
    noted = [is_marked(page.sheet, row) for row in column.rows]
    if before and before.notes:
        join = Join.PARAGRAPH if noted[0] else join_across(before.notes, column)
        if running.join(join, _first_word(column), within=False):
            before.noted = Span(before.noted.start, before.noted.end - 1)
            before.note_places = without_last(before.note_places)
    start = running.length
    add_column(running, column, joins_of(column), noted)
    page.noted = Span(start, running.length)
    page.note_places = running.places


def _parsed(page: _Page, shift: int) -> ParsedPage:
    sheet = page.sheet
    shown = sheet.as_shown or sheet
    places = characters(page.places + page.note_places)
    return ParsedPage(
        number=sheet.number,
        label=page.margin.label,
        span=page.body,
        notes=Span(page.noted.start + shift, page.noted.end + shift),
        width=shown.width,
        height=shown.height,
        state=_state(page, letters=int(np.count_nonzero(places != NOWHERE))),
        confidence=None,
        boxes=_boxes(shown, places),
    )


def _state(page: _Page, letters: int) -> PageState:
    """Tell whether a page's text can be relied on, or has to be read from its picture."""
    sheet = page.sheet
    if letters < 100 and (sheet.pictured > 0.4 or sheet.drawn > 200):
        return PageState.NEEDS_OCR
    if letters == 0:
        return PageState.NEEDS_OCR if sheet.pictured > 0.001 else PageState.EMPTY
    lost = 0 if sheet.text.isascii() else len(_LOST.findall(sheet.text))
    return PageState.NEEDS_OCR if lost > 0.3 * letters else PageState.TEXT


def _boxes(sheet: Sheet, places: NDArray[np.int64]) -> NDArray[np.uint16]:
    across, down = (_STEPS / sheet.width, _STEPS / sheet.height) if sheet.width else (0.0, 0.0)
    # NOWHERE is the last box, which is empty.
    steps = sheet.boxes[:, places] * np.array([[across], [down], [across], [down]])
    return np.rint(steps).clip(0, _STEPS).astype(np.uint16).T


def _taken(page: _Page) -> list[Taken]:
    sheet = page.sheet
    found: list[Taken] = []
    for kind, y, words in sorted(page.margin.taken, key=lambda each: each[1]):
        at = page.body.start if y < sheet.height / 2 else page.body.end
        found.append(Taken(kind=kind, page=sheet.number, at=at, words=words))
    if page.numbers:
        found += _line_numbers(page)
    return found


def _line_numbers(page: _Page) -> Iterator[Taken]:
    """Tell where each line begins that has a number; else that of the nearest line."""
    sheet = page.sheet
    words = sheet.words[page.numbers]
    begins = page.begins or [(0.0, page.body.start)]
    heights = np.array([height for height, _ in begins])
    away = np.abs(heights - (words[:, 1:2] + words[:, 3:4]) / 2)
    nearest: list[int] = away.argmin(1).tolist()
    for number, line in zip(page.numbers, nearest, strict=True):
        at = begins[line][1]
        yield Taken(kind=TakenKind.LINE_NUMBER, page=sheet.number, at=at, words=sheet.word(number))


def _hidden(page: _Page, shift: int) -> list[Hidden]:
    if not page.sheet.hidden:
        return []
    where = {place: page.body.start + at for at, place in enumerate(_listed(page.places))}
    start = page.noted.start + shift
    where |= {place: start + at for at, place in enumerate(_listed(page.note_places))}
    found: list[Hidden] = []
    for kind, low, high in page.sheet.hidden:
        spots = sorted(where[place] for place in range(low, high) if place in where)
        found += [Hidden(kind=kind, page=page.sheet.number, span=span) for span in _runs(spots)]
    return found


def _listed(places: list[Run]) -> list[int]:
    return characters(places).tolist()


def _runs(spots: list[int]) -> list[Span]:
    """Return places in a text as spans; a break between two lines does not part them."""
    runs: list[Span] = []
    for spot in spots:
        if runs and spot - runs[-1].end <= 2:
            runs[-1] = Span(runs[-1].start, spot + 1)
        else:
            runs.append(Span(spot, spot + 1))
    return runs
