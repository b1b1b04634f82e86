"""What a paper says of itself: what it is, whose case, which court, when filed, who signed.

Read from the court's stamp, the head and the end of the text and the file's properties. What
several of these agree on is sure; all else asks to be confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.ingest.parse.parsed import Parsed, TakenKind
from core.law.court_words import NamedCourt, is_british, named_court
from core.law.docket_numbers import StatedNumber, same_docket, stated_number
from core.law.dockets import Stamp, court_of_file, stamps_in
from core.law.filing_dates import own_date
from core.law.headings import caption_in
from core.law.papers import kind_of_paper
from core.law.signatures import judge_of, signers_of
from core.model import Described, Field, FileKind, FilingKind, PageState

_HEAD = 8_000  # characters in which a paper says what it is
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "￾": "-"})
_FIRST_LINES = 3_000  # further down a number may be another case's
_TAIL = 6_000  # and in which it ends
_MANY_PARTIES = 4
_MESSAGES = frozenset({FileKind.EML, FileKind.MSG})
_SENDER = re.compile(r"^From:[ \t]*\"?(?P<name>[^\n<\"]{2,80})", re.MULTILINE)


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
    yield from _caption(paper, stated, FilingKind(kind.value))
    yield Field.JUDGE, _judge(paper)
    yield Field.DATE_FILED, _date(paper, FilingKind(kind.value))
    yield Field.SIGNED_BY, _signers(paper)


def _paper(parsed: Parsed, name: str) -> _Paper:
    body = parsed.text[: parsed.footnotes_start]
    pages = [body[page.span.start : page.span.end] for page in parsed.pages]
    first_page = next((page for page in pages if page.strip()), body[:3_000])
    labels = [taken.words for taken in parsed.taken if taken.kind is not TakenKind.LINE_NUMBER]
    head = _spaced(body[:_HEAD])
    read = [page.confidence for page in parsed.pages[:2] if page.state is PageState.OCR]
    printed = "\n".join(labels[:200])
    return _Paper(
        first_page=first_page,
        head=head,
        tail=_spaced(body[-_TAIL:]),
        body=_spaced(body),
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


def _spaced(text: str) -> str:
    """Write ligatures as letters, and blanks and blank lines as one."""
    return re.sub(r"\n\s*\n", "\n\n", re.sub(r"[^\S\n]+", " ", text.translate(_LIGATURES)))


def _kind(paper: _Paper) -> _Guess:
    if paper.kind in _MESSAGES:
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
        # A form's head may be taken for a running head.
        named = named_court(paper.labels)
        return _Guess(value=named.court, confidence=0.7) if named else None
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
    if stated.span.start > _FIRST_LINES:
        return _Guess(value=stated.number, confidence=0.5)
    return _Guess(value=stated.number, confidence=0.88 if stated.labelled else 0.8)


def _caption(
    paper: _Paper, stated: StatedNumber | None, kind: FilingKind
) -> Iterator[tuple[Field, _Guess | None]]:
    caption = caption_in(paper.head)
    if caption is None:
        return
    another = (
        paper.stamps
        and stated is not None
        and not same_docket(paper.stamps[0].docket_number, stated.number)
    )
    # In a form the words around the blanks look like names.
    doubtful = another or kind is FilingKind.FORM
    sure = min(caption.plainness, 0.5) if doubtful else caption.plainness
    yield Field.CAPTION, _Guess(value=caption.name, confidence=sure)
    less = 0.2 if len(caption.parties) > _MANY_PARTIES else 0.05
    yield Field.PARTIES, _Guess(value="; ".join(caption.parties), confidence=sure - less)


def _judge(paper: _Paper) -> _Guess | None:
    docket = paper.stamps[0].docket_number if paper.stamps else ""
    initials = "-".join(part for part in docket.split("-")[3:] if part.isalpha())
    found = judge_of(paper.head, paper.tail, initials, british=paper.british)
    return _Guess(value="; ".join(found.names), confidence=found.sureness) if found else None


def _signers(paper: _Paper) -> _Guess | None:
    sender = _SENDER.search(paper.head) if paper.kind in _MESSAGES else None
    if sender:
        return _Guess(value=sender["name"].strip(), confidence=0.9)
    found = signers_of(paper.body)
    return _Guess(value="; ".join(found.names), confidence=found.sureness) if found else None


def _date(paper: _Paper, kind: FilingKind) -> _Guess | None:
    stamped = next((stamp.filed for stamp in paper.stamps if stamp.filed), None)
    if stamped:
        return _Guess(value=stamped.isoformat(), confidence=0.97)
    own = own_date(paper.head, paper.tail, kind, day_first=paper.british)
    return _Guess(value=own.date.isoformat(), confidence=own.sureness) if own else None
