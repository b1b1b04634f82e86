"""The printed pages of an opinion: where each begins."""

from __future__ import annotations

from core.library.db import Reader
from core.model import OpinionId, PageLabel


def pages(db: Reader, opinion_id: OpinionId) -> tuple[PageLabel, ...]:
    """Return where the pages of an opinion begin, ascending; empty where the source has none."""
    return tuple(db.rows("select_pages", _page, opinion_id=opinion_id))


def _page(*, start: int, label: str) -> PageLabel:
    return PageLabel(start=start, label=label)
