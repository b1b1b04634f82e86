"""Writes down how an answer came about, and reads it back: one JSON text, hashed as it stands.

All that an answer has is in it, whatever comes to be added to answers; so is what was asked of
whom on the way. A random number keeps anybody from guessing the text by its hash.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import cast
from uuid import UUID

from pydantic import TypeAdapter

from core.ask.llm import AnswerModel
from core.law.bluebook import cite_case
from core.library.traces import Record
from core.model import (
    Answer,
    Considered,
    Filters,
    Lookup,
    MatterId,
    Person,
    SearchResult,
    TraceId,
    Working,
)

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A record read back."""

    answer: Answer
    filters: Filters
    # SHA-256 of each source's text, by its number.
    passages: tuple[tuple[int, str], ...]
    program: str


class Watch:
    """Sees what is done for one answer: which searches are made, which models are asked."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._found: list[SearchResult] = []

    def over(self, search: Callable[[str], SearchResult]) -> Callable[[str], SearchResult]:
        """Return the search, watched."""

        def watched(query: str) -> SearchResult:
            result = search(query)
            self._found.append(result)
            return result

        return watched

    def told(self, answer: Answer, *models: AnswerModel | None) -> Answer:
        """Return the answer with its working, where these models may have been asked for it."""
        calls = tuple(call for model in models if model is not None for call in model.calls)
        seen = Working(
            lookups=tuple(map(_lookup, self._found)),
            calls=calls,
            seconds=round(time.monotonic() - self._began, 3),
            tokens=sum(call.tokens for call in calls),
        )
        return replace(answer, working=seen)


def record(
    answer: Answer, *, filters: Filters, person: Person, matter_id: MatterId | None = None
) -> Record:
    """Write the record of an answer that was just given."""
    asked_at = datetime.now(UTC)
    written = {
        "format": FORMAT,
        "salt": secrets.token_hex(16),
        "trace_id": answer.trace_id,
        "asked_at": asked_at.isoformat(),
        "asked_by": {
            "person_id": str(person.person_id),
            "login": person.login,
            "name": person.name,
        },
        "program": program(),
        "filters": _filters().dump_python(filters, mode="json"),
        "passages": {str(source.n): _sha256(source.passage.text) for source in answer.sources},
        "answer": _answers().dump_python(answer, mode="json"),
    }
    return Record(
        trace_id=TraceId(UUID(answer.trace_id)),
        matter_id=matter_id,
        asked_at=asked_at,
        text=json.dumps(_cleaned(written), ensure_ascii=False, separators=(",", ":")),
    )


def opened(text: str) -> Opened:
    """Read a record back, of this release or an earlier one."""
    held = _records().validate_json(text)
    return Opened(
        answer=held.answer,
        filters=held.filters,
        passages=tuple((int(n), digest) for n, digest in held.passages.items()),
        program=held.program,
    )


def answer_text(answer: Answer) -> str:
    """Write an answer as JSON; of its working only which models were asked, not what was said."""
    plain = _answers().dump_python(replace(answer, working=_bare(answer.working)), mode="json")
    return json.dumps(_cleaned(plain), ensure_ascii=False, separators=(",", ":"))


def _bare(working: Working | None) -> Working | None:
    if working is None:
        return None
    calls = (replace(call, messages=(), outputs=()) for call in working.calls)
    return replace(working, lookups=(), calls=tuple(calls))


def read_answer(text: str) -> Answer:
    return _answers().validate_json(text)


@cache
def program() -> str:
    """Name this release of Onpoint; one that was not installed has none."""
    try:
        return importlib.metadata.version("onpoint")
    except importlib.metadata.PackageNotFoundError:
        return "unreleased"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    answer: Answer
    filters: Filters = field(default_factory=Filters)
    passages: Mapping[str, str] = field(default_factory=dict[str, str])
    program: str = ""


# Made when first needed: it takes a tenth of a second.
@cache
def _answers() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


@cache
def _filters() -> TypeAdapter[Filters]:
    return TypeAdapter(Filters)


@cache
def _records() -> TypeAdapter[_Written]:
    return TypeAdapter(_Written)


def _lookup(result: SearchResult) -> Lookup:
    return Lookup(
        query=result.query,
        understood=result.understood.words,
        found=result.found,
        considered=tuple(
            Considered(rank=hit.rank, source_id=hit.case.source_id, citation=cite_case(hit.case))
            for hit in result.hits
        ),
        seconds=round(result.seconds, 3),
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _cleaned(value: object) -> object:
    """Leave out of every string what Postgres cannot hold: NUL, and halves of a character."""
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return {name: _cleaned(inner) for name, inner in pairs}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in cast("Sequence[object]", value)]
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
    return value
