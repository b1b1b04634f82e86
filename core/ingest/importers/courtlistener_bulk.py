"""Reads CourtListener's bulk files: tables as CSV, joined on disk so that any size will do.

The files are what Postgres wrote, and their quoting has changed over the years; each file is
read in the way its first rows show (issues 4960, 5443 and 6706 of freelawproject/courtlistener).
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, cast

from core.errors import UsageError
from core.ingest.importers.courtlistener import TEXT_FIELDS, case_from_parts, citation_text
from core.ingest.importers.lines import opened
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord

# The bulk files by the names they are published under, `opinions-2024-12-31.csv.bz2` and so on.
_NEEDED = ("opinions", "opinion-clusters", "dockets")
_FILES = (*_NEEDED, "citations", "courts")
_CLUSTER = (
    *("id", "docket_id", "case_name", "case_name_full", "case_name_short", "date_filed"),
    *("headmatter", "syllabus", "precedential_status", "judges", "attorneys", "disposition"),
    *("posture", "scdb_id", "slug"),
)
_DOCKET = ("court_id", "docket_number", "date_argued", "case_name", "case_name_full")
_OPINION = ("id", "type", "author_str", "per_curiam")
LARGEST_FIELD = 256 << 20  # characters; the default of 131,072 is less than most opinions
_SAMPLE = 64 << 10  # characters looked at to tell how a file is quoted
_ROWS_AT_ONCE = 5_000

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How fields are quoted, and what stands before a quote mark that is part of the text.

    Since 2025 a backslash; before that the mark was doubled; for some months of 2024 the marks
    were backticks.
    """

    quote: str
    escape: str | None


def read_bulk(
    folder: Path, *, courts: frozenset[str] = frozenset(), scratch: Path, meter: Meter
) -> Iterator[CaseRecord | BadRecord]:
    """Read the cases of a folder of bulk files, in order of their ids.

    `courts` narrows them to these court ids. The join is made in a file below `scratch`, which
    goes away at the end. Raises UsageError where a file is missing or cannot be read.
    """
    files = _newest(folder)
    csv.field_size_limit(LARGEST_FIELD)
    scratch.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=scratch, prefix="courtlistener-") as place,
        closing(sqlite3.connect(Path(place, "join.db"), isolation_level=None)) as base,
    ):
        _prepare(base)
        yield from _gather(base, files, courts, meter)
        yield from _joined(base)


def _newest(folder: Path) -> dict[str, Path]:
    """Find each file, the latest where there are several; the names end with their date."""
    found = {
        name: path
        for name in _FILES
        for path in sorted(folder.glob(f"{name}-[0-9]*.csv*")) + sorted(folder.glob(f"{name}.csv*"))
        if path.name.endswith((".csv", ".csv.bz2", ".csv.gz"))
    }
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise UsageError(
            f"{folder} lacks CourtListener's {', '.join(missing)} (such as {missing[0]}-2024-12-31"
            ".csv.bz2). All of opinions, opinion-clusters and dockets are needed; citations and "
            "courts are taken where they are there."
        )
    return found


def _prepare(base: sqlite3.Connection) -> None:
    base.executescript("""
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA temp_store = FILE;
        PRAGMA cache_size = -65536;
        CREATE TABLE courts (id TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID;
        CREATE TABLE wanted (court_id TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE dockets (id INTEGER PRIMARY KEY, row TEXT);
        CREATE TABLE clusters (id INTEGER PRIMARY KEY, docket_id INTEGER, row BLOB);
        CREATE TABLE citations (cluster_id INTEGER, n INTEGER, written TEXT);
        CREATE TABLE opinions (cluster_id INTEGER, id INTEGER, row BLOB);
    """)


def _gather(
    base: sqlite3.Connection, files: Mapping[str, Path], courts: frozenset[str], meter: Meter
) -> Iterator[BadRecord]:
    """Bring into the join what is needed of each file, and no more."""
    base.execute("BEGIN")
    if "courts" in files:
        yield from _load(base, files["courts"], meter, _COURT_ROW, _court_rows)
    yield from _load(base, files["opinion-clusters"], meter, _CLUSTER_ROW, _cluster_rows)
    base.execute("CREATE INDEX clusters_docket ON clusters (docket_id)")
    yield from _load(base, files["dockets"], meter, _DOCKET_ROW, _docket_rows)
    if courts:
        base.executemany("INSERT INTO wanted VALUES (?)", [(court,) for court in courts])
        base.execute(_NARROW)
    if "citations" in files:
        yield from _load(base, files["citations"], meter, _CITATION_ROW, _citation_rows)
    yield from _load(base, files["opinions"], meter, _OPINION_ROW, _opinion_rows)
    base.execute("CREATE INDEX opinions_cluster ON opinions (cluster_id, id)")
    base.execute("CREATE INDEX citations_cluster ON citations (cluster_id, n)")
    base.execute("COMMIT")


Row = tuple[object, ...]
_NARROW = """
    DELETE FROM clusters WHERE docket_id NOT IN (
        SELECT id FROM dockets
        WHERE json_extract(row, '$.court_id') IN (SELECT court_id FROM wanted)
    )
"""
_COURT_ROW = "INSERT OR REPLACE INTO courts VALUES (?, ?)"
_CLUSTER_ROW = "INSERT OR REPLACE INTO clusters VALUES (?, ?, ?)"
_DOCKET_ROW = (
    "INSERT OR REPLACE INTO dockets SELECT ?1, ?2"
    " WHERE EXISTS (SELECT 1 FROM clusters WHERE docket_id = ?1)"
)
_CITATION_ROW = (
    "INSERT INTO citations SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM clusters WHERE id = ?1)"
)
_OPINION_ROW = (
    "INSERT INTO opinions SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM clusters WHERE id = ?1)"
)


def _court_rows(row: Mapping[str, str | None]) -> Row:
    return row["id"], json.dumps({k: row.get(k) for k in ("full_name", "jurisdiction")})


def _cluster_rows(row: Mapping[str, str | None]) -> Row:
    return int(row["id"] or ""), int(row["docket_id"] or ""), _packed(row, _CLUSTER)


def _docket_rows(row: Mapping[str, str | None]) -> Row:
    return int(row["id"] or ""), json.dumps({k: row.get(k) for k in _DOCKET})


def _citation_rows(row: Mapping[str, str | None]) -> Row:
    return int(row["cluster_id"] or ""), int(row["id"] or ""), citation_text(row)


def _opinion_rows(row: Mapping[str, str | None]) -> Row:
    """Keep the best of an opinion's texts only."""
    best = next((name for name in TEXT_FIELDS if (row.get(name) or "").strip()), None)
    kept = (*_OPINION, best) if best else _OPINION
    return int(row["cluster_id"] or ""), int(row["id"] or ""), _packed(row, kept)


def _packed(row: Mapping[str, str | None], names: Iterable[str]) -> bytes:
    kept = {name: row[name] for name in names if row.get(name)}
    return zlib.compress(json.dumps(kept).encode("utf-8", "surrogatepass"), 1)


def _unpacked(data: object) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(zlib.decompress(cast("bytes", data))))


def _load(
    base: sqlite3.Connection,
    path: Path,
    meter: Meter,
    statement: str,
    take: Callable[[Mapping[str, str | None]], Row],
) -> Iterator[BadRecord]:
    """Read one file into the join; rows that are broken are counted and said once."""
    broken = 0
    first = ""
    rows: list[Row] = []
    try:
        for number, row in enumerate(read_csv(path, meter), start=1):
            try:
                rows.append(take(row))
            except (KeyError, ValueError, TypeError):
                broken += 1
                first = first or f"row {number}"
            if len(rows) >= _ROWS_AT_ONCE:
                base.executemany(statement, rows)
                rows.clear()
    except (EOFError, OSError, zlib.error, csv.Error) as error:
        what = str(error) or "it ends early"
        yield BadRecord(item=path.name, reason=f"is damaged ({what}): read up to there")
    base.executemany(statement, rows)
    if broken:
        reason = f"{broken} rows have not the fields they should have, {first} the first: left out"
        yield BadRecord(item=path.name, reason=reason)


def read_csv(path: Path, meter: Meter) -> Iterator[Mapping[str, str | None]]:
    """Read the rows of a bulk file, plain or compressed; an empty field is None."""
    dialect = dialect_of(path)
    with opened(path, meter) as file:
        text = io.TextIOWrapper(
            cast("IO[bytes]", file), encoding="utf-8", errors="replace", newline=""
        )
        rows = _rows(text, dialect)
        header = next(rows, list[str]())
        for row in rows:
            if len(row) == len(header):
                yield dict(zip(header, (value or None for value in row), strict=True))
            else:
                yield {}


def dialect_of(path: Path) -> Dialect:
    """Tell how a file is quoted, by its first rows: every field that holds something is."""
    with opened(path, Meter()) as file:
        sample = file.read(_SAMPLE).decode("utf-8", "replace")
    _, _, rows = sample.partition("\n")
    quote = "`" if rows.startswith("`") else '"'
    return Dialect(quote, "\\" if _is_escaped(rows, quote) else None)


def _is_escaped(rows: str, quote: str) -> bool:
    """Say whether a backslash stands before a quote mark of the text, or the mark is doubled."""
    escaped = len(re.findall(rf"(?<!\\)(?:\\\\)*\\{quote}(?!{quote})", rows))
    doubled = len(re.findall(rf"(?<![,\n\\]){quote}{quote}(?![,\n])", rows))
    if escaped or doubled:
        return escaped > doubled
    # No quote mark in any text: then a backslash that stands alone was not escaped.
    return re.search(r"(?<!\\)\\(?:\\\\)*(?!\\)", rows) is None


def _rows(text: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        text,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
    )


def _joined(base: sqlite3.Connection) -> Iterator[CaseRecord | BadRecord]:
    """Yield the clusters in order, each with its docket, court, citations and opinions."""
    found = base.execute("""
        SELECT clusters.id, clusters.row, dockets.row, courts.row, opinions.row
        FROM clusters
        LEFT JOIN dockets ON dockets.id = clusters.docket_id
        LEFT JOIN courts ON courts.id = json_extract(dockets.row, '$.court_id')
        LEFT JOIN opinions ON opinions.cluster_id = clusters.id
        ORDER BY clusters.id, opinions.id
    """)
    for cluster_id, group in groupby(found, key=itemgetter(0)):
        rows = list(group)
        _, cluster, docket, court, _ = rows[0]
        cites = base.execute(
            "SELECT written FROM citations WHERE cluster_id = ? ORDER BY n", (cluster_id,)
        )
        yield case_from_parts(
            {**_unpacked(cluster), "id": cluster_id},
            _loaded(docket),
            _loaded(court),
            [str(written) for (written,) in cites if written],
            _opinions(rows),
        )


def _opinions(rows: Sequence[Sequence[object]]) -> list[Json]:
    return [_unpacked(row[4]) for row in rows if row[4] is not None]


def _loaded(data: object) -> Json:
    return cast("Json", json.loads(cast("str", data))) if data else {}
