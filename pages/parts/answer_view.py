"""An answer on the page: what it says, what each sentence rests on, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import PremiseVerdict, Standing, Support
from pages.parts.hits import case_line, excerpt_words
from pages.parts.html import Html, el, joined
from pages.parts.links import passage_address, search_address
from pages.parts.source_view import cited_in_italics, source_entry, treated_mark
from pages.parts.voice import voice_words
from pages.parts.wording_view import what_changed
from pages.parts.words import (
    capital,
    case_title,
    counted,
    invented_mark,
    years_covered,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app import Onpoint
    from core.model import Answer, Claim, Hit, Premise, Source
    from core.search.excerpt import Excerpt

# A state has a word and a shape as well as a colour.
MARKS = {
    Support.VERIFIED: ("✓", "in the source's own words", "ok"),
    Support.SUPPORTED: ("○", "supported", "ok"),
    Support.UNSUPPORTED: ("△", "not supported", "warn"),
}
# Characters of a source's passage shown beside the answer.
_SOURCE_SHOWN = 300


def answer_text(answer: Answer) -> Html:
    """Return the answer, its left-out sentences, its notices and the line on how it was made."""
    if answer.standing is Standing.ABSTAINED:
        return _abstention(answer)
    shown = [claim for claim in answer.claims if _is_shown(claim)]
    return el(
        "div",
        _before(answer),
        *_notices(answer),
        *(_prose(answer.text, shown) if shown else [el("p", answer.text)]),
        _left_out(answer.claims),
        _one_by_one(shown),
        what_changed(answer.wordings),
        _footer(answer, shown),
        class_="ans",
    )


def source_list(app: Onpoint, answer: Answer) -> Html | None:
    """Return the numbered sources, each opening its case at the passage."""
    if not answer.sources:
        return None
    used = {n for claim in answer.claims for n in claim.sources}
    asked = [(source.passage.text, _said(answer, source.n)) for source in answer.sources]
    chosen = app.excerpts(asked, length=_SOURCE_SHOWN)
    names = app.cite_names([source.case for source in answer.sources])
    shown = list(map(_source, answer.sources, chosen, names))
    cited = [one for one, source in zip(shown, answer.sources, strict=True) if source.n in used]
    read = [one for one, source in zip(shown, answer.sources, strict=True) if source.n not in used]
    said = f"Read but not used: {counted(len(read), 'passage')}"
    unused = el("details", el("summary", said), *read, class_="unused") if read else None
    return el("div", el("h4", "Sources"), *cited, unused)


def _said(answer: Answer, n: int) -> str:
    """Return the sentences that rest on source `n`: they decide what to show of its passage."""
    said = " ".join(claim.text for claim in answer.claims if n in claim.sources)
    return said or answer.question


def nearest(answer: Answer) -> Html | None:
    """Return the nearest cases and why they miss, so that an abstention still helps on."""
    if not answer.nearest:
        return None
    near = map(_near, answer.nearest, answer.misses)
    return el("div", el("h4", "Nearest in the library"), *near)


def draft(words: str) -> Html:
    """Return an answer still being written: nothing in it is checked yet."""
    return el(
        "div",
        el("p", words or "Reading the opinions …"),
        el(
            "div",
            "Being written. Sources and quotations are checked when it is complete.",
            class_="footline",
        ),
        class_="ans",
        aria_live="polite",
    )


def _prose(text: str, shown: Sequence[Claim]) -> list[Html]:
    """Return the sentences with their marks, in the paragraphs that the answer's text has."""
    paragraphs: list[list[Html]] = [[]]
    at = 0
    for claim in shown:
        start = max(text.find(claim.text.strip(), at), at)
        if paragraphs[-1] and "\n\n" in text[at:start]:
            paragraphs.append([])
        paragraphs[-1].append(_sentence(claim))
        at = start
    return [el("p", joined(sentences, " ")) for sentences in paragraphs]


def _is_shown(claim: Claim) -> bool:
    return claim.marked or claim.support is not Support.UNSUPPORTED


def _meaning(claim: Claim) -> str:
    """Say what the mark of a sentence means: who checked it, or what is wrong with it."""
    meaning = MARKS[claim.support][1]
    if claim.support is Support.SUPPORTED and claim.checked_by:
        return f"supported, says the checker {claim.checked_by}"
    return f"{meaning}: {claim.reason}" if claim.marked and claim.reason else meaning


def _sentence(claim: Claim) -> Html:
    shape, _, colour = MARKS[claim.support]
    meaning = _meaning(claim)
    if claim.marked:
        # What is not supported never has the number of a source behind it.
        mark = el("span", f"{shape} {meaning}", class_=f"tag {colour}")
        return joined([el("span", claim.text.strip(), class_="unsupported"), " ", mark])
    numbers = [el("a", n, href=f"#source-{n}", aria_label=f"source {n}") for n in claim.sources]
    mark = el("span", shape, class_=colour, title=capital(meaning), aria_label=meaning)
    return joined([claim.text.strip(), el("sup", *numbers, mark)])


def _left_out(claims: Sequence[Claim]) -> Html | None:
    left = [claim for claim in claims if not _is_shown(claim)]
    if not left:
        return None
    shape, word, colour = MARKS[Support.UNSUPPORTED]
    tag = el("span", f"{shape} {word}", class_=f"tag {colour}")
    said = f"{capital(counted(len(left), 'sentence'))} left out: no source bears it out."
    rows = [
        el("li", claim.text, " ", el("span", claim.reason or "", class_="meta")) for claim in left
    ]
    opened = el("details", el("summary", "Show what and why"), el("ul", *rows, class_="claims"))
    return el("div", el("div", tag, el("span", said, class_="meta")), opened, class_="left-out")


def _one_by_one(claims: Sequence[Claim]) -> Html | None:
    if not claims:
        return None
    rows = [el("li", _tag(claim), claim.text, " ", _numbers(claim)) for claim in claims]
    return el("details", el("summary", "Sentence by sentence"), el("ul", *rows, class_="claims"))


def _tag(claim: Claim) -> Html:
    shape, _, colour = MARKS[claim.support]
    return el("span", f"{shape} {_meaning(claim)}", class_=f"tag {colour}")


def _numbers(claim: Claim) -> Html | None:
    if claim.marked or not claim.sources:
        return None
    named = "source " if len(claim.sources) == 1 else "sources "
    return el("span", named, ", ".join(map(str, claim.sources)), class_="meta")


def _before(answer: Answer) -> Html | None:
    """Return what the question takes for granted and is wrong, or could not be tested here."""
    said = [one for one in answer.premises if one.correction]
    if not said or all(one.verdict is PremiseVerdict.HOLDS for one in said):
        return None
    rows = [
        el("li", _tag_of(one.verdict), _correction(one))
        for one in said
        if one.verdict is not PremiseVerdict.HOLDS
    ]
    return el(
        "div", el("b", "Before the answer:"), el("ul", *rows, class_="claims"), class_="notice"
    )


def _tag_of(verdict: PremiseVerdict) -> Html:
    wrong = verdict is PremiseVerdict.WRONG
    return el(
        "span", "△ corrected" if wrong else "○ not tested", class_="tag warn" if wrong else "tag"
    )


def _correction(premise: Premise) -> Html:
    asked = el("span", f" Asked: “{premise.text}”", class_="meta")
    return joined([premise.correction, asked])


def _notices(answer: Answer) -> list[Html]:
    return [el("p", notice, class_="notice") for notice in answer.notices]


def _footer(answer: Answer, shown: Sequence[Claim]) -> Html:
    stands = sum(claim.support is not Support.UNSUPPORTED for claim in shown)
    own = sum(claim.support is Support.VERIFIED for claim in shown)
    foot = answer.footer
    parts = (
        f"{stands} of {counted(len(answer.claims), 'sentence')} supported" if shown else None,
        f"{own} in the sources' own words" if own else None,
        _searched(answer),
        f"answer: {foot.answer_model}",
        f"encoder: {foot.encoder}",
        voice_words(foot),
    )
    return el("div", " · ".join(part for part in parts if part), class_="footline")


def _searched(answer: Answer) -> str:
    held = counted(answer.coverage.cases, "case")
    return f"searched {held}, library revision {answer.footer.library_revision}"


def _abstention(answer: Answer) -> Html:
    coverage = answer.coverage
    years = years_covered(coverage)
    cases, courts = counted(coverage.cases, "case"), counted(coverage.courts, "court")
    held = ", ".join(part for part in (f"{cases} from {courts}", years) if part)
    return el(
        "div",
        _before(answer),
        *_notices(answer),
        el("h2", "No answer: too little here supports one"),
        el("p", f"Searched {held}{_as_of(answer)}, library revision {coverage.revision}."),
        el("p", answer.text) if answer.text else None,
        el(
            "p",
            "Ask it another way, or ",
            el("a", "search for its words", href=search_address(q=answer.question)),
            ".",
        ),
        class_="ans",
    )


def _as_of(answer: Answer) -> str:
    day = answer.restated.filters.as_of if answer.restated else None
    return f", as of {day.day} {day:%B %Y}" if day else ""


def _source(source: Source, chosen: Excerpt, name: str) -> Html:
    words = excerpt_words(source.passage.text, chosen, mark=False)
    link = el("a", cited_in_italics(source, name), href=passage_address(source.passage))
    return source_entry(source, link, [treated_mark(source)], el("p", words))


def _near(hit: Hit, missed: Sequence[str]) -> Html:
    words = ", ".join(f"“{word}”" for word in missed)
    why = f"Does not speak of {words}." if words else "Speaks of it, and does not answer it."
    address = passage_address(hit.passages[0]) if hit.passages else None
    return el(
        "div",
        el("b", hit.rank),
        el(
            "div",
            el("a", el("em", case_title(hit.case)), href=address),
            invented_mark(hit.case),
            el("div", case_line(hit.case), class_="meta"),
            el("p", why, class_="meta"),
        ),
        class_="src",
    )
