"""Citations of the sources of a draft, written by code: in full once, then short, then by id.

Bluebook rules 4.1 (id.), 10.2 and 10.9 (short forms); what the library does not know is never made
up, so that a case without a reporter or a page is cited in full again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.law.bluebook import cite_case, cite_name
from core.law.captions import short_name
from core.law.writings import whose_words
from core.model import Case, CaseId, Source
from core.paper.paper import Authority, Text

_DATABASES = frozenset({"WL", "LEXIS"})
_YEAR_DIGITS = 4  # the volume of a public-domain citation is a year


class Citations:
    """Cites sources one after the other; `full` writes each as if it were the first."""

    def __init__(self, sources: Sequence[Source], *, full: bool = False) -> None:
        self._sources = {source.n: source for source in sources}
        self._full = full
        self._cited: set[CaseId] = set()
        # The one source that the citation before was of; None where it was of several.
        self._last: Source | None = None

    def cite(self, numbers: Sequence[int]) -> tuple[Text | Authority, ...]:
        """Cite these sources in one citation, parted by semicolons, without a full stop."""
        cited = [self._sources[n] for n in numbers]
        pieces: list[Text | Authority] = []
        for source in cited:
            if pieces:
                pieces.append(Text(words="; "))
            pieces += [authority(source), *self._form(source, alone=len(cited) == 1)]
            self._cited.add(source.case.case_id)
        self._last = cited[0] if len(cited) == 1 else None
        return tuple(pieces)

    def _form(self, source: Source, *, alone: bool) -> Iterator[Text]:
        again = not self._full and source.case.case_id in self._cited
        last = self._last
        if again and alone and last and last.case.case_id == source.case.case_id:
            yield from _id(source, last)
        elif again and _place(source.case) and source.pincite:
            yield from _short(source)
        else:
            yield from _in_full(source)


def authority(source: Source) -> Authority:
    """Return the case of a source as a table of authorities lists it: in full, without pincite."""
    name = cite_name(source.case.case_name)
    return Authority(name=name, rest=cite_case(source.case).removeprefix(name))


def plain(pieces: Sequence[Text | Authority]) -> str:
    """Return a citation as plain text."""
    return "".join(piece.words for piece in pieces if isinstance(piece, Text))


def _in_full(source: Source) -> Iterator[Text]:
    name, whose = cite_name(source.case.case_name), _whose(source)
    cited = source.citation
    if name and cited.startswith(name):
        yield Text(words=name, italic=True)
        cited = cited.removeprefix(name)
    yield Text(words=cited if cited.endswith(whose) else cited + whose)


def _short(source: Source) -> Iterator[Text]:
    """`Nken, 556 U.S. at 434`."""
    yield Text(words=cite_name(short_name(source.case.case_name or "")), italic=True)
    yield Text(words=f", {_place(source.case)} at {source.pincite}{_whose(source)}")


def _id(source: Source, last: Source) -> Iterator[Text]:
    yield Text(words="Id.", italic=True)
    same = (source.pincite, source.passage.kind) == (last.pincite, last.passage.kind)
    if not same and source.pincite:
        yield Text(words=f" at {source.pincite}")
    if not same:
        yield Text(words=_whose(source))


def _place(case: Case) -> str:
    """Return volume and reporter where a short form names them; '' where it cannot."""
    place = case.citations[0] if case.citations else None
    if place is None or place.reporter.split()[-1] in _DATABASES:
        return ""
    if len(place.volume) == _YEAR_DIGITS:
        return ""
    return f"{place.volume} {place.reporter}"


def _whose(source: Source) -> str:
    return whose_words(source.case, source.passage.kind, source.passage.author)
