"""How far an import is, and how it ended, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts.html import Html, el
from pages.parts.words import capital, counted

if TYPE_CHECKING:
    from core.ingest.pipeline import ImportProgress, ImportReport

# Failures listed on the screen; the count says how many there are in all.
_LISTED = 20
_MINUTE = 60


def progress_line(title: str, now: ImportProgress | None, *, stopping: bool) -> Html:
    """Say what an import is doing, how far it is, how fast, and how long it will take."""
    return el(
        "div",
        el("h2", title),
        _gauge(now.share if now else None),
        el("p", _doing(now, stopping=stopping), class_="meta"),
        class_="block",
        role="status",
    )


def outcome(title: str, report: ImportReport | None, *, stopped: bool) -> Html:
    """Say how an import ended; a stopped or failed one goes on when it is run again."""
    if report is None:
        ended = "Stopped." if stopped else "The import did not finish."
        words = f"{ended} What was imported stays; import it again and it goes on from there."
        return el("div", el("h2", title), el("p", words), class_="quiet")
    return el(
        "div",
        el("h2", title),
        el("p", _done(report)),
        _failures(report),
        class_="quiet",
    )


def time_left(seconds: float) -> str:
    """Say about how long something will take: `12 s`, `3 min`, `1 h 20 min`."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / _MINUTE)
    hours, rest = divmod(minutes, _MINUTE)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"


def _doing(now: ImportProgress | None, *, stopping: bool) -> str:
    if stopping:
        return "Stopping at the next safe point …"
    if now is None:
        return "Starting …"
    left = now.seconds_left
    parts = (
        capital(now.stage),
        counted(now.cases, "case"),
        f"{now.skipped:,} already here" if now.skipped else None,
        f"{now.rate:,.1f} a second" if now.rate else None,
        f"about {time_left(left)} left" if left is not None else None,
    )
    return " · ".join(part for part in parts if part)


def _done(report: ImportReport) -> str:
    new = f"{counted(report.cases, 'case')} imported in {time_left(report.seconds)}"
    was = f", {report.skipped:,} were here already" if report.skipped else ""
    opinions, citations = counted(report.opinions, "opinion"), counted(report.citations, "citation")
    return f"{new}{was}: {opinions}, {citations}."


def _failures(report: ImportReport) -> Html | None:
    if not report.failed:
        return None
    rows = [el("li", bad.item, ": ", bad.reason) for bad in report.failed[:_LISTED]]
    said = f"{counted(len(report.failed), 'record')} could not be taken"
    return el("details", el("summary", said), el("ul", *rows, class_="claims"))


def _gauge(share: float | None) -> Html:
    if share is None:
        return el("div", el("i"), class_="gauge busy")
    return el("div", el("i", style=f"width:{share:.1%}"), class_="gauge")
