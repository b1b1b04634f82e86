"""The printed pages of opinions: where each begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from core.library.db import Reader
from core.model import OpinionId, PageLabel


def pages(db: Reader, ids: Iterable[OpinionId]) -> dict[OpinionId, list[PageLabel]]:
    """Return where the pages of these opinions begin, ascending; none where the source has none."""
    found: defaultdict[OpinionId, list[PageLabel]] = defaultdict(list)
    for opinion_id, page in db.rows("select_pages", _page, opinion_ids=sorted(set(ids))):
        found[opinion_id].append(page)
    return dict(found)


def _page(*, opinion_id: int, start: int, label: str) -> tuple[OpinionId, PageLabel]:
    return OpinionId(opinion_id), PageLabel(start=start, label=label)
