"""What Postgres says went wrong, in words fit for the screen: what happened, what to do.

No message holds a value out of a table: a row that somebody may not see must not be told of.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from core.errors import DatabaseUnavailable, LibraryError, NotAllowed, UsageError
from core.library.reach import first_line

if TYPE_CHECKING:
    from collections.abc import Generator


def is_lost(error: psycopg.Error) -> bool:
    """Say whether the connection is gone: no code (broken pipe), or classes 08 and 57P."""
    state = error.sqlstate
    return state is None or state.startswith(("08", "57P"))


@contextmanager
def in_words() -> Generator[None]:
    """Turn what psycopg raises into our own errors, fit for the screen."""
    try:
        yield
    except psycopg.errors.QueryCanceled as error:
        raise LibraryError(
            "The library took too long over this and stopped. Nothing is lost; ask for less at "
            "a time, or try again."
        ) from error
    except psycopg.errors.DiskFull as error:
        raise LibraryError(
            "The database's disk is full: nothing of this was written, what was there is safe. "
            "Make room, then try again."
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise NotAllowed("The library does not allow this. Nothing was written.") from error
    except psycopg.IntegrityError as error:
        raise LibraryError(
            "This does not fit with what the library holds by now: somebody may have changed it at "
            "the same moment. Nothing was written; look again, then try again."
        ) from error
    except psycopg.DataError as error:
        raise UsageError(f"The library cannot store this: {first_line(error)}.") from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        if not is_lost(error):
            raise LibraryError(f"The library could not do this: {first_line(error)}.") from error
        raise DatabaseUnavailable(
            "The database does not answer. Nothing is lost; try again in a moment."
        ) from error
