"""What was found in a filing that somebody should see before it is used, each with its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.model import FindingKind
from pages.parts.html import Html, el
from pages.parts.links import filings_address
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.model import FilingId, Finding

_KINDS = {
    FindingKind.BAD_REDACTION: (
        "Redaction that hides nothing",
        "The words under the box are in the file: whoever has it can read them.",
    ),
    FindingKind.HIDDEN_TEXT: (
        "Text that nobody sees",
        "White, tiny, or off the page. It is kept as text like any other.",
    ),
    FindingKind.PRIVILEGE: ("Privilege", "It may be privileged, or was sent by mistake."),
    FindingKind.IDENTIFIER: (
        "Names a person",
        "Courts want such numbers, dates and names shortened (Fed. R. Civ. P. 5.2).",
    ),
    FindingKind.INSTRUCTION: (
        "Speaks to a machine",
        "Words meant for a language model. They are text here, and nothing follows them.",
    ),
}
# Of each kind so many are listed at once.
SHOWN = 5


def findings_list(filing_id: FilingId, findings: Sequence[Finding]) -> Html:
    """Return what was found, by its kind; each leads to its place on the page."""
    by_kind = {kind: [one for one in findings if one.kind is kind] for kind in _KINDS}
    return el("div", *(_kind(filing_id, kind, of) for kind, of in by_kind.items() if of))


def _kind(filing_id: FilingId, kind: FindingKind, findings: Sequence[Finding]) -> Html:
    title, meaning = _KINDS[kind]
    lines = [_line(filing_id, finding) for finding in findings]
    rest = el("details", el("summary", f"{len(lines) - SHOWN:,} more"), el("ul", *lines[SHOWN:]))
    return el(
        "section",
        el("h3", f"△ {title} ", el("span", counted(len(findings), "place"), class_="meta")),
        el("p", meaning, class_="meta"),
        el("ul", *lines[:SHOWN]),
        rest if len(lines) > SHOWN else None,
        class_="found",
    )


def _line(filing_id: FilingId, finding: Finding) -> Html:
    where = f"page {finding.page}" if finding.page else "in the text"
    address = filings_address(filing=filing_id, at=finding.span)
    return el("li", el("a", where, href=address, class_="nb"), " ", finding.words)
