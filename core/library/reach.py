"""Reaching the database server: wait for it with growing pauses, or say in words why not.

A server that is only starting is waited for; one that refuses us for good is not.
"""

from __future__ import annotations

import random
import re
import time

import psycopg

from core.errors import DatabaseUnavailable, DatabaseUnfit

WAIT_SECONDS = 20.0
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
# What no waiting cures. libpq gives no code for a refused connection, only these words.
_FOR_GOOD = re.compile(
    r"password authentication failed|(role|database) \"[^\"]*\" does not exist|pg_hba\.conf"
    r"|no password supplied|is not permitted to log in"
)


def reach(url: str, *, wait: float = WAIT_SECONDS) -> psycopg.Connection:
    """Open a connection, trying for `wait` seconds while the server is not there.

    Raises DatabaseUnavailable after that; DatabaseUnfit at once where name or password is wrong.
    """
    deadline = time.monotonic() + wait
    pause = FIRST_PAUSE
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.ProgrammingError as error:
            raise DatabaseUnfit(f"DATABASE_URL is no address of a database: {error}") from None
        except psycopg.OperationalError as error:
            if _FOR_GOOD.search(str(error)):
                raise DatabaseUnfit(_refused(error)) from error
            if time.monotonic() + pause > deadline:
                raise DatabaseUnavailable(_absent(error, wait)) from error
        time.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311  no secret: spreads the crowd
        pause = min(2 * pause, LONGEST_PAUSE)


def first_line(error: Exception) -> str:
    """The first line of what the server said, without its second thoughts."""
    return str(error).strip().split("\n", maxsplit=1)[0]


def _refused(error: psycopg.Error) -> str:
    return (
        f"The database server refuses Onpoint: {first_line(error)}. Check user, password and "
        "database name in DATABASE_URL."
    )


def _absent(error: psycopg.Error, wait: float) -> str:
    return (
        f"The database does not answer (tried for {wait:g} seconds): {first_line(error)}. "
        "Nothing is lost. Start the server, or check the address in DATABASE_URL, and try again."
    )
