"""A draft on the page: its head, its text with the check of every sentence, its sources."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from core.model import PartKind, Support
from pages.parts.html import Html, el, joined
from pages.parts.links import ask_address, draft_address, passage_address, record_address
from pages.parts.matter_view import matter_called
from pages.parts.record_view import readers
from pages.parts.source_view import cited_in_italics, source_entry, treated_mark
from pages.parts.times import moment
from pages.parts.words import capital, counted, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.model import Claim, Draft, DraftHead, DraftPart, Matter, MatterId, Source

# A state has a word and a shape as well as a colour.
MARKS = {
    Support.VERIFIED: ("✓", "word for word in the source", "ok"),
    Support.SUPPORTED: ("○", "rests on the source", "ok"),
    Support.UNSUPPORTED: ("△", "not borne out by the source", "warn"),
}
_UNCITED = ("–", "no source", "meta")
_HEADINGS = ("h2", "h3", "h4")


def draft_table(found: Sequence[DraftHead], matters: Mapping[MatterId, Matter]) -> Html:
    """Return a list of drafts, those saved last first; a title opens the draft."""
    titles = ("Draft", "Matter", "Version", "Saved")
    head = el("tr", *(el("th", title, scope="col") for title in titles))
    return el("table", head, *(_row(one, matters) for one in found), class_="held-list wide")


def _row(one: DraftHead, matters: Mapping[MatterId, Matter]) -> Html:
    matter = matters.get(one.matter_id)
    return el(
        "tr",
        el("td", el("a", one.title, href=draft_address(one.draft_id))),
        el("td", matter_called(matter) if matter else ""),
        el("td", one.version, class_="num"),
        el("td", f"{moment(one.saved_at)}, by {one.saved_by}", class_="soft"),
    )


def no_draft_yet() -> Html:
    return el(
        "div",
        el("p", "There is no draft here yet."),
        el(
            "p",
            el("a", "Ask a question", href=ask_address("")),
            ", and save its answer to a matter: the matter’s team can work on it then.",
            class_="meta",
        ),
        class_="quiet",
    )


def no_such_draft() -> Html:
    """Say so in the same words whether it never was, is gone, or is closed to this reader."""
    return el(
        "div",
        el("h2", "There is no such draft"),
        el("p", el("a", "All drafts", href=draft_address())),
        class_="quiet",
    )


def draft_head(draft: Draft, matter: Matter | None) -> Html:
    """Return a draft's title, whose it is, and which version is shown."""
    version, latest = draft.version, draft.head.version
    older = None
    if version.version != latest:
        newest = el("a", f"version {latest}", href=draft_address(draft.head.draft_id))
        older = el("p", "△ An older version is shown. The latest is ", newest, ".", class_="notice")
    return el(
        "header",
        el("h1", draft.head.title),
        el(
            "p",
            dotted(
                matter_called(matter) if matter else None,
                f"version {version.version}",
                f"saved by {version.saved_by}, {moment(version.saved_at)}",
                el("a", "record of the answer", href=record_address(draft.origin.trace_id)),
            ),
            class_="meta",
        ),
        older,
    )


def read(draft: Draft) -> Html:
    """Return the text as it reads, each sentence with its check, and what was found in all."""
    authors = iter(draft.authors)
    drawn: list[Html] = []
    for part in draft.parts:
        by = tuple(islice(authors, len(part.claims)))
        drawn.append(_part(part, by))
    return el("div", _tally(draft), *drawn, _origin(draft), class_="ans draft")


def _tally(draft: Draft) -> Html:
    claims = [claim for part in draft.parts for claim in part.claims]
    counts = [
        (sum(claim.support is support and _cites(claim) for claim in claims), *MARKS[support])
        for support in Support
    ]
    counts.append((sum(not _cites(claim) for claim in claims), *_UNCITED))
    said = [
        el("span", f"{shape} {n} {words}", class_=colour) for n, shape, words, colour in counts if n
    ]
    return el("p", f"{counted(len(claims), 'sentence')}: ", joined(said, " · "), class_="tally")


def _cites(claim: Claim) -> bool:
    return bool(claim.sources) or claim.support is not Support.UNSUPPORTED


def _part(part: DraftPart, by: Sequence[str | None]) -> Html:
    if part.kind is PartKind.HEADING:
        return el(_HEADINGS[part.level - 1], part.text)
    said = joined(map(_sentence, part.claims, by), " ")
    copy = el(
        "button",
        "Copy",
        class_="act copy",
        data_act="words",
        data_words=part.cited,
        type="button",
        title="Copy this paragraph with its citations",
    )
    tag = "blockquote" if part.kind is PartKind.QUOTE else "p"
    item = "– " if part.kind is PartKind.ITEM else None
    return el("div", el(tag, item, said), copy, class_="para-row")


def _sentence(claim: Claim, by: str | None) -> Html:
    shape, words, colour = MARKS[claim.support] if _cites(claim) else _UNCITED
    numbers = [el("a", n, href=f"#source-{n}", aria_label=f"source {n}") for n in claim.sources]
    why = f": {claim.reason}" if claim.reason and _cites(claim) else ""
    who = f" Written or edited by {by}." if by else ""
    meaning = f"{capital(words)}{why}{'' if why.endswith('.') else '.'}{who}"
    shown = f" {shape} {words}" if not _cites(claim) else shape
    mark = el("span", shown, class_=colour, title=meaning, aria_label=meaning)
    if not _cites(claim):
        return joined([claim.text, mark])
    doubtful = claim.support is Support.UNSUPPORTED and _cites(claim)
    return joined(
        [
            el("span", claim.text, class_="doubtful") if doubtful else claim.text,
            el("sup", *numbers, mark),
        ]
    )


def doubts(draft: Draft) -> Iterator[Html]:
    """Yield the sentences that their sources do not bear out, each with why."""
    for part in draft.parts:
        for claim in part.claims:
            if claim.support is Support.UNSUPPORTED and _cites(claim):
                why = el("span", claim.reason or "", class_="meta")
                yield el("li", el("span", "△ ", class_="warn"), claim.text, " ", why)


def _origin(draft: Draft) -> Html:
    foot = draft.origin.footer
    return el(
        "div",
        dotted(
            f"begun by {draft.started_by}, {moment(draft.started_at)}",
            f"answer: {foot.answer_model}",
            f"library revision {foot.library_revision}",
        ),
        class_="footline",
    )


def draft_source(draft: Draft, source: Source, name: str) -> Html:
    """Return a source: its number, its citation, how it fared, its words, and who has read it."""
    link = el("a", cited_in_italics(source, name), href=passage_address(source.passage))
    words = el("details", el("summary", "Its words"), el("p", source.passage.text))
    by = readers(draft.confirmations, source.n)
    return source_entry(source, link, [treated_mark(source)], words, by)
