"""A run of the bench on the page: five answers beside each other, and what was counted of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from core.model import Arm, Tried
from pages.parts.html import Html, el, joined
from pages.parts.links import bench_address
from pages.parts.times import moment
from pages.parts.words import counted, dotted

if TYPE_CHECKING:
    from core.model import Advice, BenchRun, Probed, Yardstick

NAMES = {
    Arm.MODEL_ALONE: "Model alone",
    Arm.RETRIEVAL: "Your library",
    Arm.STYLE_ALONE: "Style model alone",
    Arm.RETRIEVAL_STYLE: "Your library, in the style model’s voice",
    Arm.RETRIEVAL_PROMPT: "Your library, in a voice by prompt",
}
# Of citations that the library does not have so many are named.
_NAMED = 6


def run_view(run: BenchRun) -> Html:
    """Return a run: what was counted, as a table with bars, and below it what each arm said."""
    return el(
        "div",
        el("h2", run.question, class_="asked"),
        el(
            "p",
            dotted(moment(run.asked_at), f"library revision {run.library_revision}"),
            class_="meta",
        ),
        _table(run.arms),
        el(
            "p",
            "“Not in the library” says that a citation is not held here, or is another case’s; "
            "not that it does not exist. What a model says alone is held against no source.",
            class_="meta",
        ),
        _judged_by(run.yardstick),
        *(_said(each) for each in run.arms),
        class_="bench",
    )


def _judged_by(stick: Yardstick | None) -> Html | None:
    """Say by whose writing the voices were judged, and how often that is right; or why by none."""
    if stick is None:
        return None
    if stick.card is None or stick.right is None:
        return el("p", "“Sounds like us” was not judged. ", stick.reason, class_="meta")
    return el(
        "p",
        "“Sounds like us” is how likely whoever wrote what the style card was counted in wrote "
        f"this too, by habits alone, from 0 to 1. Card: {stick.card}. Of "
        f"{counted(stick.documents, 'document')} that it had not seen it judged {stick.right:.0%} "
        f"rightly (surely {stick.low:.0%} to {stick.high:.0%}).",
        class_="meta",
    )


class _Count(NamedTuple):
    """A line of the table: what is counted, how long its bar is, and its words."""

    title: str
    size: Callable[[Tried], float]
    words: Callable[[Tried], str]


_COUNTS = (
    _Count(
        "Sentences that rest on a source",
        lambda one: one.supported,
        lambda one: f"{one.supported} of {one.sentences}",
    ),
    _Count("Sources cited", lambda one: one.cited, lambda one: str(one.cited)),
    _Count(
        "Held here, and not looked up",
        lambda one: one.not_from_sources,
        lambda one: str(one.not_from_sources),
    ),
    _Count(
        "Citations not in the library",
        lambda one: len(one.not_held),
        lambda one: str(len(one.not_held)),
    ),
    _Count(
        "Sounds like us",
        lambda one: one.voice or 0.0,
        lambda one: "–" if one.voice is None else f"{one.voice:.2f}",
    ),
    _Count("Words", lambda one: one.words, lambda one: f"{one.words:,}"),
    _Count("Seconds", lambda one: one.seconds, lambda one: f"{one.seconds:.1f}"),
    _Count(
        "Cost",
        lambda _: 0.0,
        lambda one: one.cost or (f"{one.tokens:,} tokens" if one.tokens else "–"),
    ),
)


def _table(arms: Sequence[Tried]) -> Html:
    head = el("tr", el("th", ""), *(el("th", NAMES[each.arm], scope="col") for each in arms))
    rows = (_row(each, arms) for each in _COUNTS)
    return el("table", head, *rows, class_="held-list wide bench-table")


def _row(count: _Count, arms: Sequence[Tried]) -> Html:
    most = max((count.size(each) for each in arms if each.ran), default=0.0)
    cells = (
        el("td", count.words(each), _bar(count.size(each), most))
        if each.ran
        else el("td", "–", class_="soft")
        for each in arms
    )
    return el("tr", el("th", count.title, scope="row"), *cells)


def _bar(size: float, most: float) -> Html | None:
    if not most:
        return None
    return el("div", el("i", style=f"width:{100 * size / most:.0f}%"), class_="gauge small")


def _said(one: Tried) -> Html:
    missing = list(one.not_held[:_NAMED])
    more = len(one.not_held) - len(missing)
    strangers = (
        el(
            "p",
            el("span", "△ not in the library: ", class_="warn"),
            "; ".join(missing) + (f"; and {more} more" if more > 0 else ""),
            class_="meta",
        )
        if missing
        else None
    )
    return el(
        "section",
        el("h4", NAMES[one.arm]),
        el("p", one.reason, class_="notice") if one.reason else None,
        *(el("p", part) for part in one.text.split("\n\n") if part.strip()),
        strangers,
        class_="block",
        aria_label=NAMES[one.arm],
    )


def run_list(runs: Sequence[BenchRun]) -> Html | None:
    """Return earlier runs, each leading to what was counted."""
    if not runs:
        return None
    rows = [
        el(
            "li",
            el("a", run.question, href=bench_address(run.bench_id)),
            " ",
            el("span", moment(run.asked_at), class_="meta nb"),
        )
        for run in runs
    ]
    return el("div", el("h4", "Earlier runs"), el("ul", *rows, class_="plain"))


def probed(found: Probed) -> Html:
    """Return what a model cited with its books closed."""
    strange = el("ul", *(el("li", one) for one in found.not_held), class_="plain")
    said = (
        f"{found.model} was asked {counted(found.questions, 'question')} of law without the "
        f"library and wrote {counted(found.cited, 'citation')}: {found.held} of them are held "
        f"here, {found.cited - found.held} are not, or are another case’s."
    )
    return joined(
        [
            el("p", said),
            el("details", el("summary", "Those that are not"), strange) if found.not_held else None,
        ]
    )


def advice(given: Advice) -> Html:
    """Return what to use for a need, and why."""
    return el(
        "div",
        el("p", el("b", given.remedy.capitalize()), " for “", given.need, "”."),
        el("p", given.reason),
        el("ul", *(el("li", one) for one in given.runs), class_="plain meta"),
        class_="notice",
    )
