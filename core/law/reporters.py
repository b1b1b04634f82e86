"""The short forms of reporters: every way of printing one, and the one way Onpoint keeps it.

Made from reporters-db (Free Law Project), which knows "F. 3d", "F.3d" and "F3d" for one series.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

from reporters_db import REPORTERS

_PARTS_NO_READER_WRITES = re.compile(r"[\s.,'’]+")


def canonical_reporter(written: str) -> str | None:
    """Return a reporter as reporters-db spells it, None for one that it does not know.

    Spacing is free and variations are known; an edition's own name wins over a variation, and of
    two editions that share a variation the first listed.
    """
    return _exact().get(_squeezed(written))


def canonical_reporter_loosely(written: str) -> str | None:
    """As `canonical_reporter`, and capitals and full stops are free too: `us`, `f3d`, `ill app 3d`.

    For what a person types: in running text it would find reporters in plain words.
    """
    return canonical_reporter(written) or _loose().get(_bare(written))


def _squeezed(written: str) -> str:
    return "".join(written.replace("’", "'").split())


def _bare(written: str) -> str:
    return _PARTS_NO_READER_WRITES.sub("", written).casefold()


@cache
def _exact() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for spelling, name in (*_editions(), *_variations()):
        names.setdefault(_squeezed(spelling), name)
    return names


@cache
def _loose() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for spelling, name in (*_editions(), *_variations()):
        names.setdefault(_bare(spelling), name)
    return names


def _series() -> list[dict[str, dict[str, str]]]:
    clusters = cast("Mapping[str, list[dict[str, dict[str, str]]]]", REPORTERS)
    return [series for cluster in clusters.values() for series in cluster]


def _editions() -> list[tuple[str, str]]:
    return [(edition, edition) for series in _series() for edition in series["editions"]]


def _variations() -> list[tuple[str, str]]:
    return [pair for series in _series() for pair in series["variations"].items()]
