"""Reads one case of the Caselaw Access Project: its JSON for the facts, its HTML for the text.

The page marks of the printed volume become page labels; the head matter is front matter; each
opinion keeps its kind and its author.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.ingest.importers.cleaning import clean, clean_json, clean_line
from core.ingest.importers.kinds import kind_of
from core.ingest.importers.markup import MarkedText, read_node
from core.model import CaseRecord, LegalDate, OpinionKind, OpinionRecord

# What has a column, or is to be had from the text.
_KNOWN = frozenset(
    {"id", "name", "name_abbreviation", "decision_date", "docket_number", "citations", "court"}
    | {"jurisdiction", "casebody"}
)

Json = Mapping[str, object]


class Unreadable(Exception):
    """A file of the volume that cannot be taken; the message says why."""


def case_from_files(data: bytes, marked: bytes | None) -> CaseRecord:
    """Make a case of its JSON file and, where there is one, its HTML file.

    Raises Unreadable where they hold no case.
    """
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"is no JSON ({str(error)[:80]})") from error
    if not isinstance(value, dict):
        raise Unreadable("is no object with a case in it")
    case = cast("Json", value)
    if not isinstance(case.get("id"), int | str) or case["id"] == "":
        raise Unreadable("has no `id`")
    body = _object(case.get("casebody"))
    body = _object(body.get("data")) or body  # as the project's API gave it
    read = _from_html(marked, body) if marked else ()
    opinions = read or _from_json(body)
    if not opinions:
        raise Unreadable("has no text of any opinion")
    return _with_date(_record(case, opinions), case.get("decision_date"))


def _record(case: Json, opinions: tuple[OpinionRecord, ...]) -> CaseRecord:
    court, jurisdiction = _object(case.get("court")), _object(case.get("jurisdiction"))
    return CaseRecord(
        source_id=f"cap/{clean_line(str(case['id']))}",
        court=_court(court),
        court_name=_text(court.get("name")),
        jurisdiction=_text(jurisdiction.get("name_long")) or _text(jurisdiction.get("name")),
        case_name=_text(case.get("name_abbreviation")) or _text(case.get("name")),
        docket_number=_text(case.get("docket_number")),
        date_filed=None,
        date_argued=None,
        citations=_citations(case.get("citations")),
        opinions=opinions,
        source="Caselaw Access Project",
        license="Public domain",
        extra={
            "full_name": clean_json(case.get("name")),
            **{k: clean_json(v) for k, v in case.items() if k not in _KNOWN},
        },
    )


def _with_date(record: CaseRecord, written: object) -> CaseRecord:
    if written is None:
        return record
    try:
        return replace(record, date_filed=LegalDate.parse(str(written)))
    except ValueError:
        return replace(record, extra={**record.extra, "decision_date": clean_json(written)})


def _object(value: object) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return (clean_line(value) or None) if isinstance(value, str) else None


def _court(court: Json) -> str:
    """Return an id for the court: its abbreviation as the project writes it, in small letters."""
    name = _text(court.get("name_abbreviation")) or _text(court.get("name"))
    known = _COURTS.get(_text(court.get("name")) or "")
    return known or (name or "unknown").lower().replace(" ", "")


# The courts whose id in CourtListener's list everybody uses.
_COURTS = {
    "Supreme Court of the United States": "scotus",
    "United States Supreme Court": "scotus",
    "United States Court of Appeals for the District of Columbia Circuit": "cadc",
    "United States Court of Appeals for the Federal Circuit": "cafc",
    **{
        f"United States Court of Appeals for the {name} Circuit": f"ca{n}"
        for n, name in enumerate(
            (
                *("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"),
                *("Ninth", "Tenth", "Eleventh"),
            ),
            start=1,
        )
    },
}


def _citations(value: object) -> tuple[str, ...]:
    """Return the citations as printed, the official one first."""
    listed = cast("list[object]", value) if isinstance(value, list) else []
    cites = [_object(item) for item in listed]
    cites.sort(key=lambda cite: cite.get("type") != "official")
    written = (_text(cite.get("cite")) for cite in cites)
    return tuple(dict.fromkeys(text for text in written if text))


def _from_html(marked: bytes, body: Json) -> tuple[OpinionRecord, ...]:
    """Read the parts of a case from its HTML: with pages, and with the notes apart."""
    parser = LexborHTMLParser(clean(marked.decode(errors="replace"))[0])
    front = parser.css_first("section.head-matter")
    articles = parser.css("article.opinion")
    listed = _opinions(body)
    nothing: list[Json] = [{}] * len(articles)
    known = listed if len(listed) == len(articles) else nothing
    parts = [_article(article, part) for article, part in zip(articles, known, strict=True)]
    return _with_front(read_node(front) if front else None, parts)


def _article(article: LexborNode, known: Json) -> OpinionRecord:
    """Read one opinion; its author as the JSON file has it, or else as it is printed."""
    printed = article.css_first(".author")
    author = _text(known.get("author")) or (_text(printed.text()) if printed else None)
    word = article.attributes.get("data-type") or known.get("type")
    return _opinion(read_node(article), word, author)


def _opinion(read: MarkedText, word: object, author: str | None) -> OpinionRecord:
    kind = kind_of(str(word)) if word else OpinionKind.COMBINED
    return OpinionRecord(
        kind=kind or OpinionKind.SEPARATE,
        author=author.rstrip(" :,;") if author else None,
        text=read.text,
        footnotes_start=read.footnotes_start,
        pages=read.pages,
    )


def _from_json(body: Json) -> tuple[OpinionRecord, ...]:
    """Read the parts of a case from its JSON: plain text, no pages."""
    parts = [
        _opinion(_plain(part.get("text")), part.get("type"), _text(part.get("author")))
        for part in _opinions(body)
    ]
    return _with_front(_plain(body.get("head_matter")), parts)


def _opinions(body: Json) -> list[Json]:
    listed = body.get("opinions")
    return (
        [_object(part) for part in cast("list[object]", listed)] if isinstance(listed, list) else []
    )


def _plain(value: object) -> MarkedText:
    """Take a text whose lines are paragraphs, as the project's JSON has it."""
    lines = clean(value)[0].split("\n") if isinstance(value, str) else []
    text = "\n\n".join(line.strip() for line in lines if line.strip())
    return MarkedText(text=text, footnotes_start=None, pages=())


def _with_front(front: MarkedText | None, parts: list[OpinionRecord]) -> tuple[OpinionRecord, ...]:
    """Put the head matter before the opinions; alone, it is all there is of the case: searched."""
    written = tuple(part for part in parts if part.text.strip())
    if front is None or not front.text.strip():
        return written
    kind = OpinionKind.SYLLABUS if written else OpinionKind.COMBINED
    return (_opinion(front, kind, None), *written)
