"""What a paper says of itself: what it is, whose case, which court, when filed, who signed.

Read from the court's stamp, the head and the end of the text and the file's properties. What
several of these agree on is sure; all else asks to be confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.ingest.parse.parsed import Parsed, TakenKind
from core.law.court_words import NamedCourt, is_british, named_court
from core.law.dates import dates_in
from core.law.docket_numbers import StatedNumber, same_docket, stated_number
from core.law.dockets import Stamp, court_of_file, stamps_in
from core.law.headings import caption_in
from core.law.papers import kind_of_paper
from core.law.signatures import judge_of, signers_of
from core.model import Described, Field, FileKind, FilingKind, PageState

_HEAD = 8_000  # characters in which a paper says what it is
_TAIL = 6_000  # and in which it ends
# What stands before a date and says what happened then: how likely that is its being filed. Of
# several, the one nearest to the date.
_HAPPENED = (
    (re.compile(r"\b(?:hearing|heard|delivered|handed)\W*(?:dates?|on|down)?\W*$", re.IGNORECASE), 0.2),
    (re.compile(r"(?<!\()\bfiled\b:?(?: on)?\W*$", re.IGNORECASE), 0.92),
    (
        re.compile(
            r"\b(?:decided|judgment date|date of (?:decision|judgment|order)|entered)\b\W*(?:on )?$",
            re.IGNORECASE,
        ),
        0.9,
    ),
    (re.compile(r"(?<!\()\bFILED\b.{0,90}$"), 0.85),
    (re.compile(r"\bdate\b\s*:?\s*$", re.IGNORECASE), 0.88),
    (
        re.compile(
            r"\b(?:hearing|heard|argued|submitted|received|born|birth|served|mailed|revised|rev|effective"
            r"|filed)\b[^.]{0,24}$",
            re.IGNORECASE,
        ),
        0.2,
    ),
)
_SIGNED_ON = re.compile(
    r"\b(?:dated?|done|executed|entered|ordered|signed)\b[^.]{0,60}$", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\W*$", re.IGNORECASE)
_LETTERHEAD = 1_500  # characters
_ALONE = re.compile(r"(?:^|\n)[ \t]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """A filing as it is looked at here."""

    first_page: str
    head: str
    tail: str
    body: str
    labels: str
    stamps: tuple[Stamp, ...]
    name: str
    kind: FileKind
    british: bool
    # How well it was read, 0 to 1: 1 where nothing was scanned.
    legible: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    value: str
    confidence: float


def describe(parsed: Parsed, name: str) -> tuple[Described, ...]:
    """Say what is known of a filing from its text, its stamp, its properties and its file's name.

    Fields of which nothing is known are left out.
    """
    paper = _paper(parsed, name)
    return tuple(
        Described(
            field=field,
            value=guess.value,
            confidence=round(guess.confidence * paper.legible, 2),
        )
        for field, guess in _guesses(paper)
        if guess is not None and guess.value
    )


def _guesses(paper: _Paper) -> Iterator[tuple[Field, _Guess | None]]:
    kind = _kind(paper)
    stated = stated_number(paper.head)
    yield Field.KIND, kind
    yield Field.COURT, _court(paper, stated)
    yield Field.DOCKET_NUMBER, _docket(paper, stated)
    yield from _caption(paper, stated)
    yield Field.JUDGE, _judge(paper)
    yield Field.DATE_FILED, _date(paper, FilingKind(kind.value))
    yield Field.SIGNED_BY, _signers(paper)


def _paper(parsed: Parsed, name: str) -> _Paper:
    body = parsed.text[: parsed.footnotes_start]
    pages = [body[page.span.start : page.span.end] for page in parsed.pages]
    first_page = next((page for page in pages if page.strip()), body[:3_000])
    labels = [taken.words for taken in parsed.taken if taken.kind is not TakenKind.LINE_NUMBER]
    head = body[:_HEAD]
    read = [page.confidence for page in parsed.pages[:2] if page.state is PageState.OCR]
    printed = "\n".join(labels[:200])
    return _Paper(
        first_page=first_page,
        head=head,
        tail=body[-_TAIL:],
        body=body,
        labels="\n".join(
            taken.words
            for taken in parsed.taken[:200]
            if taken.kind in {TakenKind.RUNNING_HEAD, TakenKind.RUNNING_FOOT}
        ),
        stamps=stamps_in(f"{printed}\n{head}"),
        name=name,
        kind=parsed.kind,
        british=is_british(head[:3_000]),
        legible=min([1.0, *(each for each in read if each is not None)]),
    )


def _kind(paper: _Paper) -> _Guess:
    if paper.kind in {FileKind.EML, FileKind.MSG}:
        return _Guess(value=FilingKind.LETTER.value, confidence=0.9)
    found = kind_of_paper(paper.first_page, paper.head, paper.labels, british=paper.british)
    return _Guess(value=found.kind.value, confidence=found.sureness)


def _court(paper: _Paper, stated: StatedNumber | None) -> _Guess | None:
    """The file's name and the stamp tell surely; the head does if it is of the same case."""
    named = named_court(paper.head)
    told = court_of_file(paper.name) or next((s.court for s in paper.stamps if s.court), None)
    if told:
        return _Guess(value=told, confidence=0.95)
    if named is None:
        return None
    return _Guess(value=named.court, confidence=_court_confidence(paper, named, stated))


def _court_confidence(paper: _Paper, named: NamedCourt, stated: StatedNumber | None) -> float:
    if not named.heading:
        return 0.5
    if not paper.stamps or stated is None:
        return 0.88
    # A paper of another case, put in as an exhibit, names that case's court.
    return 0.95 if same_docket(paper.stamps[0].docket_number, stated.number) else 0.5


def _docket(paper: _Paper, stated: StatedNumber | None) -> _Guess | None:
    if paper.stamps:
        return _Guess(value=paper.stamps[0].docket_number, confidence=0.97)
    if stated is None:
        return None
    return _Guess(value=stated.number, confidence=0.88 if stated.labelled else 0.8)


def _caption(paper: _Paper, stated: StatedNumber | None) -> Iterator[tuple[Field, _Guess | None]]:
    caption = caption_in(paper.head)
    if caption is None:
        return
    another = (
        paper.stamps
        and stated is not None
        and not same_docket(paper.stamps[0].docket_number, stated.number)
    )
    sure = min(caption.plainness, 0.5) if another else caption.plainness
    yield Field.CAPTION, _Guess(value=caption.name, confidence=sure)
    many = 0.2 if len(caption.parties) > 4 else 0.05
    yield Field.PARTIES, _Guess(value="; ".join(caption.parties), confidence=max(0.1, sure - many))


def _judge(paper: _Paper) -> _Guess | None:
    docket = paper.stamps[0].docket_number if paper.stamps else ""
    initials = "-".join(part for part in docket.split("-")[3:] if part.isalpha())
    found = judge_of(paper.head, paper.tail, initials, british=paper.british)
    return _Guess(value="; ".join(found.names), confidence=found.sureness) if found else None


def _signers(paper: _Paper) -> _Guess | None:
    found = signers_of(paper.body)
    return _Guess(value="; ".join(found.names), confidence=found.sureness) if found else None


def _date(paper: _Paper, kind: FilingKind) -> _Guess | None:
    stamped = next((stamp.filed for stamp in paper.stamps if stamp.filed), None)
    if stamped:
        return _Guess(value=stamped.isoformat(), confidence=0.97)
    best = max(_dates(paper, kind), key=lambda each: each[0], default=None)
    if best is None or best[1] > date.today():  # noqa: DTZ011  a date of law
        return None
    return _Guess(value=best[1].isoformat(), confidence=best[0])


def _dates(paper: _Paper, kind: FilingKind) -> Iterator[tuple[float, date]]:
    """All dates that can be the one it was filed at, each with how likely; of equals the first."""
    for end, text in ((False, paper.head[:5_000]), (True, paper.tail)):
        for found in dates_in(text, day_first=paper.british):
            before = text[max(0, found.span.start - 110) : found.span.start]
            yield _likely(before, kind, at=found.span.start, end=end), found.date


def _likely(before: str, kind: FilingKind, *, at: int, end: bool) -> float:
    flat = " ".join(before.split())
    marks = [likely for pattern, likely in _HAPPENED if pattern.search(flat)]
    if end:
        return _likely_at_end(before, flat, marks)
    if kind is FilingKind.LETTER and at < _LETTERHEAD and _ALONE.search(before):
        return 0.88
    if marks:
        return marks[0]
    if kind is FilingKind.TRANSCRIPT and _WEEKDAY.search(flat):
        return 0.7
    return 0.45 if _ALONE.search(before) else 0.15


def _likely_at_end(before: str, flat: str, marks: list[float]) -> float:
    if marks and min(marks) < 0.5:
        return 0.2
    if _SIGNED_ON.search(flat):
        return 0.7
    return 0.6 if _ALONE.search(before) else 0.1
