"""One adapter on the page: how far it is, what was measured of it, and what its gate says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from core.model.training import AdapterState
from pages.parts.html import Html, el, joined
from pages.parts.times import moment
from pages.parts.words import capital, counted, dotted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.model.training import LedgerRow, StyleAdapter, StyleEvaluation

RUNNING = frozenset({AdapterState.WAITING, AdapterState.TRAINING})
_MOST_ROWS = 100  # of a ledger on the page; the command lists all
_VOICES = (
    ("own", "The firm’s own words"),
    ("adapter", "This adapter"),
    ("prompt", "The prompt voice"),
    ("plain", "Plain text"),
)
_MEASURES = (
    ("taken_for_ours", "Taken for ours", 100, " %"),
    ("delta", "Distance to us", 1, ""),
    ("delta_to_others", "Distance to others", 1, ""),
    ("card_hits", "Habits that fit", 100, " %"),
)
_TABLE_SAYS = (
    "Each with where 95 in 100 such figures would lie. Taken for ours: by a verifier. Distance: "
    "Burrows’s Delta, by function words; less is nearer."
)


def title_of(adapter: StyleAdapter) -> str:
    """Return what an adapter is called: its voice, and what it was trained over."""
    over = f"over {Path(adapter.base).name}" if adapter.base else "trained elsewhere"
    return f"{adapter.voice}, {over}"


def adapter_head(adapter: StyleAdapter, found: StyleEvaluation) -> Html:
    """Return an adapter with its state, its loss, its gate and its measures."""
    left = f"about {adapter.seconds_left:.0f} s left" if adapter.seconds_left else None
    step = f"step {adapter.step:,} of {adapter.steps:,}" if adapter.steps else None
    running = adapter.state in RUNNING
    return el(
        "div",
        el("h3", title_of(adapter)),
        el(
            "p",
            dotted(
                capital(adapter.state),
                f"served as {adapter.served}" if adapter.served else None,
                f"asked for by {adapter.asked_by}, {moment(adapter.asked_at)}",
                step if running else None,
                left if running else None,
                "being measured …" if adapter.measuring else None,
            ),
            class_="meta",
        ),
        el("p", adapter.reason, class_="notice") if adapter.reason else None,
        el("p", adapter.measure_failed, class_="notice") if adapter.measure_failed else None,
        _curve(adapter.curve),
        _gate(found),
        _measures(found.figures),
        class_="block",
    )


def _measures(figures: Mapping[str, object]) -> Html | None:
    """Return what was measured of each voice as a table; None before."""
    voices = _table(figures.get("voices"))
    if not voices:
        return None
    shown = [(name, said, _table(voices.get(name))) for name, said in _VOICES]
    head = el("tr", el("th", "Voice", scope="col"), *(_title(said) for _, said, _, _ in _MEASURES))
    rows = [
        el(
            "tr",
            el("td", said),
            *_cells(of),
        )
        for name, said, of in shown
        if of
    ]
    return el(
        "details",
        el("summary", "What was measured"),
        el("table", head, *rows, class_="held-list wide figures"),
        el("p", _TABLE_SAYS, class_="meta"),
        class_="more",
    )


def ledger_view(rows: Sequence[LedgerRow]) -> Html | None:
    """Return what taught an adapter, and by whose leave, folded; None where nothing is known."""
    if not rows:
        return None
    listed = [el("li", _taught_by(row)) for row in rows[:_MOST_ROWS]]
    if len(rows) > _MOST_ROWS:
        listed.append(
            el("li", f"and {counted(len(rows) - _MOST_ROWS, 'source')} more", class_="soft")
        )
    return el(
        "details",
        el("summary", f"What taught it: {counted(len(rows), 'source')}"),
        el("ul", *listed, class_="ledger"),
    )


def _taught_by(row: LedgerRow) -> Html:
    leave = f"by leave of {row.consented_by}" if row.consented_by else None
    since = f"since {moment(row.consented_at)}" if row.consented_at else None
    words = dotted(
        row.matter or "a matter that is no more",
        row.filing or "a filing that is no more",
        counted(row.words, "word"),
        " ".join(filter(None, (leave, since))) or None,
    )
    gone = row.withdrawn_because and el("span", f" △ {row.withdrawn_because}", class_="warn")
    return joined([words, gone or ""])


def _title(said: str) -> Html:
    return el("th", said, scope="col", class_="num")


def _cells(of: Mapping[str, object]) -> list[Html]:
    return [_cell(of, key, times, unit) for key, _, times, unit in _MEASURES]


def _cell(of: Mapping[str, object], key: str, times: int, unit: str) -> Html:
    figure = _table(of.get(key))
    if not figure:
        return el("td", "–", class_="num soft")
    value, low, high = (float(str(figure[name])) * times for name in ("value", "low", "high"))
    places = 0 if unit else 2
    spread = f" ({low:.{places}f}–{high:.{places}f})"
    return el("td", f"{value:.{places}f}{unit}", el("span", spread, class_="soft"), class_="num")


def _table(held: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", held) if isinstance(held, dict) else {}


def _gate(found: StyleEvaluation) -> Html:
    """Return the conditions, each with a shape and a word as well as a colour."""
    rows = [el("li", _mark(each.holds), " ", each.seen) for each in found.conditions]
    return el("ul", *rows, class_="claims")


def _mark(holds: bool) -> Html:  # noqa: FBT001  a mark is one or the other
    words, colour = ("✓ holds", "ok") if holds else ("△ wanting", "warn")
    return el("span", words, class_=f"tag {colour}")


def _curve(points: Sequence[tuple[int, float]]) -> Html | None:
    """Return the loss as a falling hill, the first and the last in figures."""
    if len(points) < 2:
        return None
    most, least = max(loss for _, loss in points), min(loss for _, loss in points)
    first, last = points[0][0], points[-1][0]
    wide, high = (last - first) or 1, (most - least) or 1.0
    line = ",".join(
        f"{100 * (step - first) / wide:.1f}% {90 - 85 * (loss - least) / high:.1f}%"
        for step, loss in points
    )
    said = f"Loss {points[0][1]:.2f} at first, {points[-1][1]:.2f} at last"
    hill = el("i", style=f"clip-path:polygon(0% 100%,{line},100% 100%)")
    return el("div", el("div", hill, class_="hill", aria_hidden="true"), said, class_="curve")
