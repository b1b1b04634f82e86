"""What was found out about an upload: its pages, what was taken off them, what it is, what to see.

Written whenever the step that finds it out is done, in place of what it had found before; what a
person said of a filing stays.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.library.db import Transaction
from core.model import Described, FilingId, FilingPage, Finding, MatterId


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words that stand on a page and are no part of the text, and where in it they stood."""

    kind: str
    page: int | None
    at: int
    words: str


def put_descriptions(
    tx: Transaction, matter_id: MatterId, filing_id: FilingId, described: Sequence[Described]
) -> None:
    """Write what a filing is thought to be, but for what a person said of it."""
    tx.execute("delete_suggested_descriptions", filing_id=filing_id)
    tx.execute(
        "insert_filing_descriptions",
        filing_id=filing_id,
        matter_id=matter_id,
        fields=[each.field.value for each in described],
        given=[_storable(each.value) for each in described],
        confidences=[each.confidence for each in described],
    )


def put_findings(
    tx: Transaction, matter_id: MatterId, filing_id: FilingId, findings: Sequence[Finding]
) -> None:
    """Write what somebody should see before a filing is used, in order."""
    tx.execute("delete_filing_findings", filing_id=filing_id)
    tx.execute(
        "insert_filing_findings",
        filing_id=filing_id,
        matter_id=matter_id,
        kinds=[each.kind.value for each in findings],
        pages=[each.page for each in findings],
        starts=[each.span.start for each in findings],
        ends=[each.span.end for each in findings],
        words=[_storable(each.words) for each in findings],
    )


def put_labels(
    tx: Transaction, matter_id: MatterId, filing_id: FilingId, labels: Sequence[Label]
) -> None:
    """Write what stands on a filing's pages and is no part of its text, in order."""
    tx.execute("delete_filing_labels", filing_id=filing_id)
    tx.execute(
        "insert_filing_labels",
        filing_id=filing_id,
        matter_id=matter_id,
        kinds=[each.kind for each in labels],
        pages=[each.page for each in labels],
        places=[each.at for each in labels],
        words=[_storable(each.words) for each in labels],
    )


def put_pages(
    tx: Transaction,
    matter_id: MatterId,
    filing_id: FilingId,
    pages: Sequence[FilingPage],
    boxes: Sequence[NDArray[np.uint16]],
) -> None:
    """Write the pages of a filing, in order.

    `boxes` has for each page (n, 4) left, top, right, bottom in 65,535ths, for each letter of its
    body, then of its notes.
    """
    tx.execute("delete_filing_pages", filing_id=filing_id)
    tx.execute(
        "insert_filing_pages",
        filing_id=filing_id,
        matter_id=matter_id,
        numbers=[page.number for page in pages],
        labels=[None if page.label is None else _storable(page.label) for page in pages],
        starts=[page.span.start for page in pages],
        ends=[page.span.end for page in pages],
        notes_starts=[page.notes.start for page in pages],
        notes_ends=[page.notes.end for page in pages],
        widths=[page.width for page in pages],
        heights=[page.height for page in pages],
        states=[page.state.value for page in pages],
        confidences=[page.confidence for page in pages],
        boxes=[zlib.compress(each.astype("<u2").tobytes(), 1) for each in boxes],
    )


def _storable(text: str) -> str:
    """Return a text as Postgres can hold it."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
