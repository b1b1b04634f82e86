"""The schema as one file for reading: sql/schema.sql, written from what the migrations make.

`python -m core.library.schema` writes it anew; a test holds it to the migrations.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from core.library import embedded, programs
from core.library.migrations import migrate
from core.library.queries import SQL

FILE = SQL / "schema.sql"
_HEAD = (
    "-- The schema as the migrations make it. Written by a command: read it, do not change it.\n"
)
# What differs from one pg_dump to the next, and what is no part of the schema.
_NOISE = re.compile(
    r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*|COMMENT ON EXTENSION .*"
    r"|CREATE EXTENSION .*)\n",
    re.MULTILINE,
)


def dump(url: str) -> str:
    """Return the schema of a database as SQL, by the pg_dump of the built-in Postgres."""
    pg_dump = programs.program("pg_dump", owner=None)
    text = programs.run_program(pg_dump, ["--schema-only", "--no-owner", "--no-privileges", url])
    return f"{_HEAD}\n" + re.sub(r"\n{3,}", "\n\n", _NOISE.sub("", text)).strip() + "\n"


def write() -> None:
    """Write sql/schema.sql from an empty library made for the purpose."""
    with tempfile.TemporaryDirectory(prefix="onpoint-schema-") as folder:
        Path(folder).chmod(0o755)
        with embedded.start(Path(folder)) as server:
            migrate(server.owner_url)
            FILE.write_text(dump(server.superuser_url), encoding="utf-8")


if __name__ == "__main__":
    write()
