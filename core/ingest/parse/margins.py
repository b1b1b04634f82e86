"""What is printed around a page's text and is no part of it.

Running heads and feet, the numbers of pages and of lines, and the stamp that a court's docket
puts on every page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.ingest.parse.parsed import TakenKind
from core.ingest.parse.rows import Row
from core.ingest.parse.sheet import Sheet

# How many rows from the edge are looked at, and the part of the page in which they stand.
_DEEP = 4
_ZONE = 0.25
# The part in which a stamp stands.
_STAMP_ZONE = 0.16
# Rows that stand within so many points of each other stand at the same height.
_SAME_HEIGHT = 4.0

# How a court's stamp begins, and what else it names.
_STAMP = re.compile(
    r"\b(?:case|appeal)\b\W{0,3}(?:no\.?)?\s?#?\s?\d|\b\d{1,2}:\d\d-\w\w-\d{3,6}|\bnyscef\b"
    r"|\bindex no\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:document|doc|dkt|dkt\s?entry|filed|page\s?id|page|pg|nyscef)\W{0,4}(?:no\W{1,2})?\d",
    re.IGNORECASE,
)
_STAMPED_PAGE = re.compile(r"\b(?:page|pg)\W{0,3}(\d{1,5})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"[\s\-–—\[]*(?:page|p\.|pg\.)?\s*(?P<n>\d{1,5}|[ivxlc]{1,8}|[A-Z]{1,3}[-.]?\d{1,4})"
    r"(?:\s*(?:of|/)\s*\d{1,5})?[\s\-–—\]]*",
    re.IGNORECASE,
)
_EDGE_NUMBER = re.compile(
    r"^(?:page\s)?(\d{1,4}|[ivxlc]{1,6})(?!\S)|(?<!of)\s(\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_LAST_LINE = 60
_Number = tuple[float, int, int]  # how far down the page, which word, and what it counts
_FEWEST_LINES = 8


@dataclass(slots=True, kw_only=True, eq=False)
class Margin:
    """What was taken out of one page, and the number that is printed on it."""

    taken: list[tuple[TakenKind, float, str]] = field(
        default_factory=list[tuple[TakenKind, float, str]]
    )
    label: str | None = None


class _Edge(NamedTuple):
    """A row near the upper or the lower edge of a page."""

    page: int
    row: int
    # From the edge: 0 is the outermost.
    depth: int
    words: str
    alike: str
    above: bool
    # How far from the edge of the page, in steps of what counts as the same height.
    place: int
    # Where it is nothing but the number of a page.
    number: str | None


def line_numbers(sheet: Sheet) -> list[int]:
    """Return the words of a page that number its lines: 1 to 25 or 28, down its left side."""
    words = sheet.words
    if len(sheet.numerals) < _FEWEST_LINES:
        return []
    left = sheet.numerals[words[sheet.numerals, 2] < 0.3 * sheet.width].tolist()
    narrow = [at for at in left if sheet.word(at).isdecimal()]
    if len(narrow) < _FEWEST_LINES:
        return []
    columns: dict[int, list[_Number]] = {}
    for at, (near, top, far, _) in zip(narrow, words[narrow].tolist(), strict=True):
        number = (top, at, int(sheet.word(at)))
        columns.setdefault(round(near / 4), []).append(number)
        columns.setdefault(round((far + 10_000) / 4), []).append(number)
    best: list[int] = []
    for place, column in columns.items():
        run = _counting(column + columns.get(place + 1, []))
        best = run if len(run) > len(best) else best
    return best if len(best) >= _FEWEST_LINES and _are_leftmost(sheet, best) else []


def _counting(column: list[_Number]) -> list[int]:
    """Return the longest part of a column of numbers that counts up by one."""
    best: list[int] = []
    run: list[int] = []
    expected = None
    for _, at, value in sorted(set(column)):
        if value > _LAST_LINE:
            continue
        if value != expected:
            run = []
        run.append(at)
        expected = value + 1
        best = run if len(run) > len(best) else best
    return list(best)


def _are_leftmost(sheet: Sheet, numbers: list[int]) -> bool:
    """Tell whether next to nothing stands left of the numbers: a list's numbers stand in text."""
    edge = min(float(sheet.words[at, 0]) for at in numbers)
    top = float(sheet.words[numbers[0], 1])
    bottom = float(sheet.words[numbers[-1], 3])
    words = sheet.words
    beside = (words[:, 2] < edge) & (words[:, 3] > top) & (words[:, 1] < bottom)
    return int(beside.sum()) < 0.5 * len(numbers)


def take_margins(sheets: Sequence[Sheet], rows: Sequence[list[Row]], margins: list[Margin]) -> None:
    """Take heads, feet, page numbers and stamps out of the rows of each page."""
    stamped = [
        _take_stamps(sheet, each, margin)
        for sheet, each, margin in zip(sheets, rows, margins, strict=True)
    ]
    edges = [
        edge
        for page, (sheet, each) in enumerate(zip(sheets, rows, strict=True))
        for edge in _edges(page, sheet, each)
    ]
    running = _running(edges, len(sheets))
    _label(margins, edges, running, stamped)
    _take(rows, margins, edges, running)


def _take_stamps(sheet: Sheet, rows: list[Row], margin: Margin) -> str | None:
    """Take out the docket's stamp; return the page's number by it."""
    told = None
    deep = _STAMP_ZONE * sheet.height
    for row in [row for row in rows if row.bottom < deep or row.top > sheet.height - deep]:
        words = row.words
        if _is_stamp(words):
            margin.taken.append((TakenKind.STAMP, row.top, words))
            rows.remove(row)
            paged = _STAMPED_PAGE.search(words)
            told = paged[1] if paged else told
    return told


def _is_stamp(words: str) -> bool:
    named = 25 < len(words) < 250 and len(_NAMED.findall(words)) > 1
    return named and _STAMP.search(words) is not None


def _edges(page: int, sheet: Sheet, rows: list[Row]) -> Iterable[_Edge]:
    deep, height = _ZONE * sheet.height, sheet.height
    for above in (True, False):
        ordered = range(len(rows)) if above else range(len(rows) - 1, -1, -1)
        for depth, at in enumerate(ordered[:_DEEP]):
            row = rows[at]
            middle = (row.top + row.bottom) / 2
            near = row.bottom < deep or row.top > height - deep
            if not near or (middle < height / 2) is not above:
                break
            words = row.words
            yield _Edge(
                page,
                at,
                depth,
                words,
                _DIGITS.sub("#", words.casefold()).replace(" ", ""),
                above,
                round((middle if above else height - middle) / _SAME_HEIGHT),
                _number(words),
            )


def _number(words: str) -> str | None:
    found = _NUMBER.fullmatch(words) if len(words) < 20 else None
    return found["n"] if found else None


def _running(edges: list[_Edge], pages: int) -> set[int]:
    """Return which edges run from page to page: the same words at the same height."""
    alike = Counter([(edge.alike, edge.above, edge.place) for edge in edges])
    exactly = Counter([(edge.words, edge.above, edge.place) for edge in edges])
    enough = max(3, min(5, pages // 8)) if pages > 4 else 2
    often = [_near(alike, edge.alike, edge) for edge in edges]
    sure = {
        at
        for at, edge in enumerate(edges)
        if often[at] >= enough
        and edge.number is None
        and (any(map(str.isalpha, edge.alike)) or _near(exactly, edge.words, edge) >= enough)
    }
    heads = Counter([("", edges[at].above, edges[at].place) for at in sure])
    # Where others' heads stand, a head that is on two pages only is one too: "Syllabus".
    rare = {
        at
        for at, edge in enumerate(edges)
        if often[at] >= 2 and edge.page and _near(heads, "", edge) >= 3
    }
    return _outermost(edges, sure | rare)


def _near(counted: Counter[tuple[str, bool, int]], words: str, edge: _Edge) -> int:
    """Count words at an edge's height, or a step above or below."""
    above, place = edge.above, edge.place
    get = counted.get
    return (
        get((words, above, place - 1), 0)
        + get((words, above, place), 0)
        + get((words, above, place + 1), 0)
    )


def _outermost(edges: list[_Edge], running: set[int]) -> set[int]:
    """Leave out edges that have something of the text between them and the edge of the page."""
    kept: set[int] = set()
    reached: dict[tuple[int, bool], int] = {}
    for at, edge in enumerate(edges):
        side = (edge.page, edge.above)
        if edge.depth == reached.get(side, 0) and (at in running or edge.number is not None):
            reached[side] = edge.depth + 1
            if at in running:
                kept.add(at)
    return kept


def _label(
    margins: list[Margin], edges: list[_Edge], running: set[int], stamped: list[str | None]
) -> None:
    """Give each page the number printed on it; where several are, the one that counts pages."""
    offered: dict[int, list[str]] = {}
    for at, edge in enumerate(edges):
        if edge.number is not None and at not in running:
            offered.setdefault(edge.page, []).append(edge.number)
    for at in sorted(running):
        for found in _EDGE_NUMBER.finditer(edges[at].words):
            offered.setdefault(edges[at].page, []).append(found[1] or found[2])
    steps = Counter(
        int(number) - page
        for page, told in offered.items()
        for number in dict.fromkeys(told)
        if number.isdecimal()
    )
    usual = steps.most_common(1)[0][0] if steps else 0
    for page, margin in enumerate(margins):
        told = offered.get(page, [])
        counted = [each for each in told if each == str(page + usual)]
        margin.label = (counted or told or [stamped[page]])[0]


def _take(
    rows: Sequence[list[Row]],
    margins: list[Margin],
    edges: list[_Edge],
    running: set[int],
) -> None:
    gone: set[tuple[int, int]] = set()
    reached: dict[tuple[int, bool], int] = {}
    for at, edge in enumerate(edges):
        side = (edge.page, edge.above)
        if edge.depth != reached.get(side, 0) or (edge.page, edge.row) in gone:
            continue
        if at in running:
            kind = TakenKind.RUNNING_HEAD if edge.above else TakenKind.RUNNING_FOOT
        elif edge.number is not None:
            kind = TakenKind.PAGE_NUMBER
        else:
            continue
        reached[side] = edge.depth + 1
        gone.add((edge.page, edge.row))
        row = rows[edge.page][edge.row]
        margins[edge.page].taken.append((kind, row.top, edge.words))
    for page in {page for page, _ in gone}:
        rows[page][:] = [row for at, row in enumerate(rows[page]) if (page, at) not in gone]
