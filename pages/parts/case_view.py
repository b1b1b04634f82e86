"""One case on the page: contents at the left, the text in the middle, citing cases at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts.html import Html, el, joined
from pages.parts.links import case_address, place
from pages.parts.reading import opinion_text
from pages.parts.words import (
    capital,
    case_title,
    counted,
    date_in_words,
    docket_in_words,
    dotted,
    invented_mark,
    part_of_opinion,
    year_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import Case, CitedCase, CitingReference, Opinion, OpinionId, Span


def case_view(
    case: Case,
    opinions: Sequence[Opinion],
    *,
    cited: Sequence[CitedCase],
    citing: Sequence[CitingReference],
    citing_shown: int,
    ours: Html | None,
    found: tuple[OpinionId, Span] | None,
) -> Html:
    """Return the whole case; `found` is the passage to mark, a place where its span is empty.

    `ours` is what the firm's own filings say of it.
    """
    marked = found if found and found[1].end > found[1].start else None
    writings = [_writing(case, opinion, cited, marked) for opinion in opinions]
    return el(
        "div",
        el("aside", _contents(case, opinions, found), class_="toc", aria_label="Contents"),
        el("div", _head(case), *writings, class_="text"),
        el("aside", _acts(marked), ours, _citing(case, citing, citing_shown), class_="side"),
        class_="reading",
    )


def part_id(opinion: Opinion) -> str:
    return f"op-{opinion.opinion_id}"


def _head(case: Case) -> Html:
    docket = docket_in_words(case.docket_number)
    argued = f"argued {date_in_words(case.date_argued)}" if case.date_argued else None
    decided = f"decided {date_in_words(case.date_filed)}" if case.date_filed else "date not known"
    return el(
        "header",
        el("h1", case_title(case), invented_mark(case)),
        el("div", dotted(*map(str, case.citations), docket), class_="meta"),
        el("div", dotted(case.court.name, argued, decided), class_="meta"),
    )


def _contents(
    case: Case, opinions: Sequence[Opinion], found: tuple[OpinionId, Span] | None
) -> Html:
    here = found[0] if found else (opinions[0].opinion_id if opinions else None)
    links = [
        el(
            "a",
            _part(case, opinion),
            href=f"#{part_id(opinion)}",
            class_="on" if opinion.opinion_id == here else None,
        )
        for opinion in opinions
    ]
    return joined([el("h4", "In this case"), *links])


def _part(case: Case, opinion: Opinion) -> str:
    return capital(part_of_opinion(opinion.kind, opinion.author, court=case.court.court))


def _writing(
    case: Case,
    opinion: Opinion,
    cited: Sequence[CitedCase],
    found: tuple[OpinionId, Span] | None,
) -> Html:
    mine = [citation for citation in cited if citation.opinion_id == opinion.opinion_id]
    span = found[1] if found and found[0] == opinion.opinion_id else None
    author = (
        opinion.author if _part(case, opinion).lower().startswith(("opinion", "plur")) else None
    )
    return el(
        "section",
        el("h2", _part(case, opinion), f" ({author})" if author else None),
        opinion_text(opinion, cited=mine, found=span),
        class_="op",
        id=part_id(opinion),
        data_case=case.case_id,
        data_opinion=opinion.opinion_id,
        data_cite="/citation",
    )


def _acts(found: tuple[OpinionId, Span] | None) -> Html:
    copy_found = el("button", "Copy with citation", class_="act", data_act="found", type="button")
    return joined(
        [
            el("div", el("h4", "Found passage"), copy_found, class_="block") if found else None,
            el(
                "div",
                el("h4", "This case"),
                el("button", "Copy its citation", class_="act", data_act="cite", type="button"),
                el("button", "Print", class_="act", data_act="print", type="button"),
                el("div", "Select any words to copy them with their page.", class_="meta"),
                class_="block",
            ),
        ]
    )


def _citing(case: Case, citing: Sequence[CitingReference], shown: int) -> Html:
    if not citing:
        return joined(
            [el("h4", "Cited by"), el("div", "No case in this library cites it.", class_="meta")]
        )
    more = el("a", "Show every citing case", href=f"{case_address(case.case_id)}&citing=all")
    return joined(
        [
            el("h4", _citing_count(len(citing), shown)),
            *(_citing_place(reference) for reference in citing[:shown]),
            el("div", more, class_="cite") if len(citing) > shown else None,
        ]
    )


def _citing_count(citing: int, shown: int) -> str:
    every = f"Cited {counted(citing, 'time')} here"
    return f"{every}, {shown} shown" if citing > shown else every


def _citing_place(reference: CitingReference) -> Html:
    address = case_address(
        reference.case.case_id, at=place(reference.opinion_id, reference.sentence)
    )
    part = part_of_opinion(reference.kind, None, court=reference.case.court.court)
    return el(
        "div",
        el("a", el("em", case_title(reference.case)), href=address),
        invented_mark(reference.case),
        el(
            "div",
            dotted(
                reference.case.court.name,
                year_in_words(reference.case.date_filed),
                str(reference.depth),
                f"for page {reference.pincite}" if reference.pincite else None,
                None if part.startswith("opinion") else part,
            ),
            class_="meta",
        ),
        el("p", reference.sentence_text),
        class_="cite",
    )
