"""A list of cases found: name, citation, the sentence that matters, and why it is here."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from core.law.sentences import sentences
from core.model import Span
from core.search.terms import terms
from pages.parts.html import Html, el, joined
from pages.parts.links import passage_address, case_address
from pages.parts.words import (
    case_title,
    counted,
    dotted,
    invented_mark,
    where,
    why_here,
    year_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.model import Case, Hit, Passage

_WORD = re.compile(r"§{0,2}\w+(?:['’]\w+)?")  # noqa: RUF001  the curly apostrophe is in the texts
# Characters of a passage shown with a hit: about three lines.
_SHOWN = 340
_PASSAGES_SHOWN = 2


def hit_list(hits: Iterable[Hit], query: str) -> Html:
    """Return the hits as they stand on the screen, words of the query marked."""
    wanted = frozenset(terms(query))
    return el("div", *(_hit(hit, wanted) for hit in hits), class_="hits")


def case_line(case: Case, *more: str | None) -> Html:
    """Return citation, court and year of a case on one line, broken only between them."""
    cited = str(case.citations[0]) if case.citations else None
    docket = f"No. {case.docket_number}" if case.docket_number and not cited else None
    return dotted(cited or docket, case.court.name, year_in_words(case.date_filed), *more)


def best_sentences(passage: str, wanted: frozenset[str], shown: int = _SHOWN) -> Span:
    """Return the run of sentences, at most about `shown` long, that has most of the words wanted.

    Ties go to the earlier run. A single longer sentence is kept whole.
    """
    spans = sentences(passage) or (Span(0, len(passage)),)
    runs = [_run(spans, first, shown) for first in range(len(spans))]
    return max(runs, key=lambda run: (len(wanted & _terms(run.of(passage))), -run.start))


def marked(words: str, wanted: frozenset[str]) -> Html:
    """Return a text with the wanted words marked."""
    pieces: list[str | Html] = []
    end = 0
    for word in _WORD.finditer(words):
        if wanted & _terms(word.group()):
            pieces += [words[end : word.start()], el("mark", word.group())]
            end = word.end()
    return joined([*pieces, words[end:]])


def _hit(hit: Hit, wanted: frozenset[str]) -> Html:
    case = hit.case
    address = passage_address(hit.passages[0]) if hit.passages else case_address(case.case_id)
    cited_by = f"cited by {hit.cited_by:,} here" if hit.cited_by else None
    shown = hit.passages[:_PASSAGES_SHOWN]
    return el(
        "article",
        el("h3", el("a", case_title(case), href=address), invented_mark(case)),
        el("div", case_line(case, cited_by), class_="meta"),
        *(_passage(passage, wanted, case.court.court) for passage in shown),
        el("div", f"Why here: {why_here(hit.why)}", class_="why") if hit.why else None,
        class_="hit",
    )


def _passage(passage: Passage, wanted: frozenset[str], court: str) -> Html:
    best = best_sentences(passage.text, wanted)
    words = joined(
        [
            "… " if best.start else None,
            marked(best.of(passage.text), wanted),
            " …" if best.end < len(passage.text.rstrip()) else None,
        ]
    )
    place = el("span", where(passage, court), class_="meta nb")
    return el("p", el("a", words, href=passage_address(passage)), " ", place)


def _run(spans: tuple[Span, ...], first: int, shown: int) -> Span:
    start, end = spans[first].start, spans[first].end
    for span in spans[first + 1 :]:
        if span.end - start > shown:
            break
        end = span.end
    return Span(start, end)


@lru_cache(maxsize=20_000)
def _terms(words: str) -> frozenset[str]:
    return frozenset(terms(words))
