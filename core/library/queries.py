"""The one place where text becomes SQL: a query is a file in sql/queries, known by its name.

Queries are written by hand and take named parameters, never pieces of text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

SQL = Path(__file__).parents[2] / "sql"


@cache
def query(name: str) -> LiteralString:
    """Read the query `name` (`verb_noun`); raises FileNotFoundError where there is none."""
    return _literal(SQL / "queries" / f"{name}.sql")


def checks() -> Iterator[tuple[str, LiteralString]]:
    """Yield the invariants of sql/checks by name: each must return no rows, at any time."""
    for path in sorted((SQL / "checks").glob("*.sql")):
        yield path.stem, _literal(path)


def _literal(path: Path) -> LiteralString:
    return cast("LiteralString", path.read_text(encoding="utf-8"))
