"""What a program may ask, its words checked, and what it is told: the command line's own JSON.

A field that is not known is refused, never passed over: a program that misspells a filter must not
be answered as if it had set none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from core import wire
from core.app import Onpoint
from core.errors import NoSuchMatter, UsageError
from core.model import Filters, LegalDate, MatterId, Mode, Voice
from core.wire import Json

LONGEST_QUESTION = 4_000
# Characters of a text whose citations are looked up, some forty pages; a hostile one of this
# length, nothing but citations, keeps a processor busy for some fifteen seconds.
LONGEST_TEXT = 100_000
MOST_RESULTS = 100
MOST_COURTS = 50
FURTHEST = 10_000
LONGEST_PLACE = 60  # characters told of where a request is wrong

R = TypeVar("R", bound="Request")


def _day(written: object) -> object:
    if isinstance(written, LegalDate):
        return written
    try:
        return LegalDate.parse(written if isinstance(written, str) else "")
    except ValueError:
        raise ValueError("no date; write 2009, 2009-04 or 2009-04-22") from None


def storable(written: str) -> str:
    """Return a text that the database can hold. Raises ValueError for another."""
    if "\0" in written or any("\ud800" <= letter <= "\udfff" for letter in written):
        raise ValueError("no text: it has a NUL or half of a letter in it")
    return written


Id = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=200), AfterValidator(storable)
]
Question = Annotated[
    str, StringConstraints(strict=True, max_length=LONGEST_QUESTION), AfterValidator(storable)
]
Text = Annotated[
    str, StringConstraints(strict=True, max_length=LONGEST_TEXT), AfterValidator(storable)
]
Day = Annotated[
    LegalDate,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]


class Request(BaseModel):
    """What a program asks; unknown fields and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Narrowed(Request):
    """What is asked of some cases only."""

    court: tuple[Id, ...] = Field(
        default=(), max_length=MOST_COURTS, description="Only these courts, by id such as `ca1`."
    )
    filed_from: Day | None = Field(
        default=None, alias="from", description="Decided on or after: a day, a month or a year."
    )
    filed_to: Day | None = Field(default=None, alias="to", description="Decided on or before.")
    as_of: Day | None = Field(
        default=None, description="As the law stood on this day: nothing later is shown or counted."
    )

    @property
    def filters(self) -> Filters:
        return Filters(
            courts=frozenset(self.court),
            filed_from=self.filed_from and self.filed_from.first,
            filed_to=self.filed_to and self.filed_to.last,
            as_of=self.as_of and self.as_of.last,
        )


class SearchRequest(Narrowed):
    """Find cases, and filings of the matters that one may read."""

    query: Question = Field(
        description='A citation, a docket number, a case name, a "quoted phrase" or plain words.'
    )
    k: int | None = Field(
        default=None,
        ge=1,
        le=MOST_RESULTS,
        strict=True,
        description="How many cases; none: as the firm has set.",
    )
    offset: int = Field(
        default=0, ge=0, le=FURTHEST, strict=True, description="Leave out the first so many."
    )
    mode: Mode | None = Field(default=None, description="How to read the query; none: as set.")
    matter: Id | None = Field(
        default=None, description="Of the filings, only this matter's: its number or its id."
    )


class CiteRequest(Request):
    """Find every citation in a text, and say which case of the library each is."""

    text: Text = Field(description="Any text with citations.")


class AskRequest(Narrowed):
    """Ask a question; the answer is made of the library's cases and cites them."""

    question: Question = Field(description="A question of law.")
    voice: Voice | None = Field(
        default=None, description="Who words the answer; none: as the firm has set."
    )
    speaks: Id | None = Field(
        default=None,
        description="With `adapter`: which of the firm's voices, by its name; none: the usual one.",
    )
    matter: Id | None = Field(
        default=None,
        description="The matter it is asked for, its number or its id: its team may open the "
        "record, and what its own filings say is quoted beside the answer.",
    )


def read(kind: type[R], body: bytes) -> R:
    """Read a request from JSON. Raises UsageError that says which field is wrong, and why."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as wrong:
        raise UsageError(in_words(wrong)) from None


def search(app: Onpoint, asked: SearchRequest) -> Json:
    """Search. Raises LimitReached, NoSuchMatter, and UsageError where a number is several's."""
    found = app.search(
        asked.query,
        filters=asked.filters,
        k=asked.k,
        offset=asked.offset,
        mode=asked.mode,
        matter=None if asked.matter is None else matter_id(app, asked.matter),
    )
    return wire.search_json(found)


def cite(app: Onpoint, asked: CiteRequest) -> Json:
    return wire.cite_json(app.cite(asked.text))


def ask(app: Onpoint, asked: AskRequest, on_text: Callable[[str], None] | None = None) -> Json:
    """Answer a question. `on_text` as `Onpoint.ask` has it: what it raises ends the answer.

    Raises LimitReached, NotAllowed, NoSuchMatter, UsageError.
    """
    given = app.ask(
        asked.question,
        filters=asked.filters,
        voice=asked.voice,
        speaks=asked.speaks,
        on_text=on_text,
        matter=None if asked.matter is None else matter_id(app, asked.matter),
    )
    return wire.answer_json(given, app.quotations(given.filings))


def matter_id(app: Onpoint, written: str) -> MatterId:
    """Return the matter of a number or an id. Raises NoSuchMatter, UsageError for several."""
    held = app.matters.all()
    there = [each for each in held if str(each.matter_id) == written.strip().lower()]
    there = there or [each for each in held if each.number == written.strip()]
    if not there:
        raise NoSuchMatter
    if len(there) > 1:
        ids = ", ".join(str(each.matter_id) for each in there)
        raise UsageError(f"{len(there)} matters have the number {written}: name one by id ({ids}).")
    return there[0].matter_id


def in_words(wrong: ValidationError) -> str:
    """Say the first thing that is wrong with a request, and where; never the value itself."""
    first = wrong.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return "This is no JSON."
    place = ".".join(map(str, first["loc"]))[:LONGEST_PLACE]
    said = _SAID.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    return f"{place}: {said[:1].lower()}{said[1:]}." if place else f"{said}."


_SAID = {
    "missing": "it has to be there",
    "extra_forbidden": "there is no such field",
    "model_type": "A request is one JSON object",
}
