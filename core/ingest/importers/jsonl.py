"""Reads cases from JSON lines, one case a line: the form Onpoint takes from anybody.

A line that is no case is reported in one sentence and the rest goes on; a detail that cannot be
read (a date that is none, citations that are no list) is kept aside and the case is taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import cast

from core.errors import UsageError
from core.ingest.importers.cleaning import clean, clean_json, clean_line
from core.ingest.importers.kinds import kind_of
from core.ingest.importers.lines import Line, read_lines
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord, LegalDate, OpinionKind, OpinionRecord, PageLabel

LONGEST_ID = 1000  # characters; the longest key a Postgres index holds is 2,700 bytes

Json = Mapping[str, object]

_CASE_KEYS = frozenset(
    "id court court_name jurisdiction case_name docket_number date_filed date_argued citations "
    "syllabus opinions source license invented".split()
)
_OPINION_KEYS = frozenset("type author text footnotes footnotes_start pages".split())
_NAMES: dict[type, str] = {str: "a text", bool: "true or false", int: "a number", float: "a number"}
# NaN and Infinity are what other programs write for "missing".
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


class _Refused(Exception):
    """The record is no case; the message says why."""


def read_jsonl(paths: Iterable[Path], *, meter: Meter) -> Iterator[CaseRecord | BadRecord]:
    """Read cases from `.jsonl` files, plain or compressed, one at a time, in order."""
    for path in paths:
        for line in read_lines(path, meter=meter):
            if isinstance(line, BadRecord):
                yield line
            else:
                yield from _read_line(path, line)


def one_case(path: Path) -> CaseRecord:
    """Return the one case in a file. Raises UsageError where it is not one, in a sentence."""
    read = read_jsonl([path], meter=Meter())
    # Two are one too many, however many follow; what is said of a case that is taken is no other.
    told = list(islice((it for it in read if not (isinstance(it, BadRecord) and it.taken)), 2))
    if not told:
        raise UsageError("The file holds no case: it is empty.")
    first = told[0]
    if isinstance(first, BadRecord):
        raise UsageError(f"The file holds no case that can be read: {first.reason}.")
    if len(told) > 1:
        raise UsageError("The file holds more than one case.")
    return first


def case_from_json(value: object, *, item: str) -> Iterator[CaseRecord | BadRecord]:
    """Yield the case a JSON value describes, then what of it could not be read.

    A value that describes no case yields one refusal. `item` says where it stands.
    """
    reading = _Reading(item=item)
    try:
        yield reading.case(value)
    except _Refused as refused:
        yield BadRecord(item=reading.item, reason=str(refused))
        return
    yield from (BadRecord(item=reading.item, reason=note, taken=True) for note in reading.notes)


def _read_line(path: Path, line: Line) -> Iterator[CaseRecord | BadRecord]:
    item = f"{path.name}, line {line.number}"
    try:
        value: object = _DECODER.decode(line.text.strip("\ufeff \t\r"))
    except json.JSONDecodeError as error:
        yield BadRecord(item=item, reason=f"the line is no JSON: {_explain(error)}")
    except (ValueError, RecursionError):
        yield BadRecord(item=item, reason="the line is no JSON that can be read: nested too deep")
    else:
        yield from case_from_json(value, item=item)


def _explain(error: json.JSONDecodeError) -> str:
    return f"{error.msg[0].lower()}{error.msg[1:]} at character {error.pos + 1}"


def _name_of(value: object) -> str:
    if value is None:
        return "nothing"
    return _NAMES.get(type(value), "a list" if isinstance(value, list) else "an object")


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One record being read: what was set aside, and what is to be said about it."""

    item: str
    notes: list[str] = field(default_factory=list[str])
    extra: dict[str, object] = field(default_factory=dict[str, object])

    def case(self, value: object) -> CaseRecord:
        if not isinstance(value, dict):
            raise _Refused(f"the line is {_name_of(value)}, not an object with a case in it")
        record = cast("Json", value)
        source_id = self._id(record)
        self.extra.update({k: clean_json(v) for k, v in record.items() if k not in _CASE_KEYS})
        opinions = self._opinions(record)
        return CaseRecord(
            source_id=source_id,
            court=self._name(record, "court") or "unknown",
            court_name=self._name(record, "court_name"),
            jurisdiction=self._name(record, "jurisdiction"),
            case_name=self._name(record, "case_name"),
            docket_number=self._name(record, "docket_number"),
            date_filed=self._date(record, "date_filed"),
            date_argued=self._date(record, "date_argued"),
            citations=self._citations(record),
            opinions=opinions,
            source=self._name(record, "source"),
            license=self._name(record, "license"),
            invented=record.get("invented") is True,
            extra=self.extra,
        )

    def _id(self, record: Json) -> str:
        value = record.get("id")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None or value == "":
            raise _Refused("the record has no `id`")
        if not isinstance(value, str):
            raise _Refused(f"`id` is {_name_of(value)}, not a text")
        source_id = clean_line(value)
        if not source_id or len(source_id) > LONGEST_ID:
            raise _Refused("`id` is blank" if not source_id else "`id` is too long for a name")
        self.item = f"{self.item} ({source_id})"
        return source_id

    def _aside(self, key: str, value: object, note: str) -> None:
        self.extra[key] = clean_json(value)
        self.notes.append(f"{note}; the case was taken and the value kept aside")

    def _name(self, record: Json, key: str) -> str | None:
        value = record.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is None or isinstance(value, str):
            return clean_line(value or "") or None
        self._aside(key, value, f"`{key}` is {_name_of(value)}, not a text")
        return None

    def _date(self, record: Json, key: str) -> LegalDate | None:
        value = record.get(key)
        if value is None or value == "":
            return None
        try:
            # Many sources write a time of day after the date.
            return LegalDate.parse(str(value).partition("T")[0])
        except ValueError:
            shown = clean_line(str(value))[:40]
            self._aside(key, value, f"`{key}` is no date: “{shown}”")
            return None

    def _citations(self, record: Json) -> tuple[str, ...]:
        value = record.get("citations")
        if value is None:
            return ()
        if not isinstance(value, list):
            self._aside("citations", value, f"`citations` is {_name_of(value)}, not a list")
            return ()
        items = cast("list[object]", value)
        if not all(isinstance(item, str) for item in items):
            self._aside("citations", items, "`citations` holds what is no text")
        cited = (clean_line(item) for item in items if isinstance(item, str))
        return tuple(dict.fromkeys(item for item in cited if item))

    def _opinions(self, record: Json) -> tuple[OpinionRecord, ...]:
        parts = record.get("opinions")
        if not isinstance(parts, list | None):
            raise _Refused(f"`opinions` is {_name_of(parts)}, not a list")
        items = cast("list[object]", parts or [])
        front = self._syllabus(record)
        unnamed = OpinionKind.COMBINED if len(items) == 1 else OpinionKind.SEPARATE
        read = (self._opinion(n, part, unnamed) for n, part in enumerate(items, start=1))
        opinions = front + tuple(opinion for opinion in read if opinion)
        if not opinions:
            reason = f": {self.notes[0].partition(';')[0]}" if self.notes else ""
            raise _Refused(f"the record has no text of any opinion{reason}")
        return opinions

    def _syllabus(self, record: Json) -> tuple[OpinionRecord, ...]:
        value = record.get("syllabus")
        if value is not None and not isinstance(value, str):
            self._aside("syllabus", value, f"`syllabus` is {_name_of(value)}, not a text")
            return ()
        text = clean(value or "")[0]
        if not text.strip():
            return ()
        return (OpinionRecord(kind=OpinionKind.SYLLABUS, author=None, text=text),)

    def _opinion(self, number: int, value: object, unnamed: OpinionKind) -> OpinionRecord | None:
        if not isinstance(value, dict):
            self.notes.append(f"opinion {number} is {_name_of(value)}, not an object; left out")
            return None
        part = cast("Json", value)
        text = part.get("text")
        if not isinstance(text, str) or not text.strip("\x00 \t\r\n"):
            what = "blank" if isinstance(text, str) else f"{_name_of(text)}, not a text"
            self.notes.append(f"`text` of opinion {number} is {what}; it was left out")
            return None
        self._keep(number, part)
        return _opinion_of(text, part, self._kind(number, part, unnamed), self._note_for(number))

    def _note_for(self, number: int) -> Callable[[str], None]:
        return lambda note: self.notes.append(f"opinion {number}: {note}")

    def _keep(self, number: int, part: Json) -> None:
        unknown = {k: clean_json(v) for k, v in part.items() if k not in _OPINION_KEYS}
        if unknown:
            self.extra[f"opinion {number}"] = unknown

    def _kind(self, number: int, part: Json, unnamed: OpinionKind) -> OpinionKind:
        word = part.get("type")
        if word is None or word == "":
            return unnamed
        kind = kind_of(str(word))
        if kind is None or str(kind) != word:
            self.extra[f"type of opinion {number}"] = clean_json(word)
        return kind or OpinionKind.SEPARATE


def _opinion_of(
    raw: str, part: Json, kind: OpinionKind, note: Callable[[str], None]
) -> OpinionRecord:
    author = part.get("author")
    pages = _pages(part.get("pages"), len(raw), note)
    start = part.get("footnotes_start")
    known = isinstance(start, int) and 0 <= start <= len(raw)
    offsets = [page.start for page in pages] + ([cast("int", start)] if known else [])
    text, moved = clean(raw, offsets)
    text, footnotes_start = _with_footnotes(text, part.get("footnotes"), note)
    return OpinionRecord(
        kind=kind,
        author=(clean_line(author) or None) if isinstance(author, str) else None,
        text=text,
        footnotes_start=moved[-1] if known and footnotes_start is None else footnotes_start,
        pages=tuple(PageLabel(start=s, label=p.label) for s, p in zip(moved, pages, strict=False)),
    )


def _with_footnotes(
    text: str, footnotes: object, note: Callable[[str], None]
) -> tuple[str, int | None]:
    """Append the footnotes to the body after a blank line; return where they begin."""
    if footnotes is not None and not isinstance(footnotes, str):
        note(f"`footnotes` is {_name_of(footnotes)}, not a text; left out")
        return text, None
    notes = clean(footnotes or "")[0]
    if not notes.strip():
        return text, None
    return f"{text}\n\n{notes}", len(text) + 2


def _pages(value: object, length: int, note: Callable[[str], None]) -> list[PageLabel]:
    """Return the page labels that point into the text, in order, one at each place."""
    if value is None:
        return []
    items = cast("list[object]", value) if isinstance(value, list) else [value]
    pages = [page for page in map(_page, items) if page and page.start <= length]
    if len(pages) < len(items):
        note("some `pages` have no label or no place in the text; left out")
    unique = {page.start: page for page in sorted(pages, key=lambda page: page.start)}
    return list(unique.values())


def _page(value: object) -> PageLabel | None:
    if not isinstance(value, dict):
        return None
    page = cast("Json", value)
    label, start = page.get("label"), page.get("start")
    if not isinstance(label, str | int) or not isinstance(start, int) or start < 0:
        return None
    written = clean_line(str(label))
    return PageLabel(start=start, label=written) if written else None
