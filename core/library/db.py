"""The library's door to Postgres: a pool of connections that asks queries by their file name.

What goes wrong is said in words; a pool whose server was restarted finds it again by itself.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, Self, TypeVar

import psycopg
from pgvector.psycopg import register_vector
from psycopg import sql
from psycopg.rows import kwargs_row, scalar_row
from psycopg.types.json import JsonbBinaryDumper, JsonbDumper
from psycopg_pool import ConnectionPool, PoolTimeout

from core.library import extension, privileges
from core.library.faults import in_words, is_lost
from core.library.queries import query
from core.library.reach import WAIT_SECONDS, reach
from core.model import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence
    from types import TracebackType

T = TypeVar("T")
P = ParamSpec("P")

# A reader gives up before he is asked to wait this long; a runaway query must not outlive him.
READ_SECONDS = 30.0
# Seconds a request waits for a free connection, a restart of the server included.
CHECKOUT_SECONDS = 5.0
# No transaction stays open while something slow is done elsewhere.
IDLE_IN_TRANSACTION_SECONDS = 60.0

_SETTINGS = """
    SELECT set_config('statement_timeout', %(read)s, false),
           set_config('idle_in_transaction_session_timeout', %(idle)s, false),
           set_config('timezone', 'UTC', false),
           set_config('datestyle', 'ISO, MDY', false),
           set_config('client_min_messages', 'warning', false),
           -- A plan made for other words or filters than these can be 100 times slower.
           set_config('plan_cache_mode', 'force_custom_plan', false)
"""


class Reader(Protocol):
    """Whatever answers queries: the database itself, or a transaction on it."""

    def rows(self, name: str, record: Callable[..., T], /, **params: object) -> list[T]: ...
    def row(self, name: str, record: Callable[..., T], /, **params: object) -> T | None: ...
    def value(self, name: str, /, **params: object) -> object: ...


class Transaction:
    """One transaction: all of it is written, or nothing."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def rows(self, name: str, record: Callable[..., T], /, **params: object) -> list[T]:
        """Ask query `name`; each row becomes `record(**columns)`, in the query's order."""
        return _rows(self._connection, name, record, params)

    def row(self, name: str, record: Callable[..., T], /, **params: object) -> T | None:
        """Ask for one row; None where there is none."""
        return _row(self._connection, name, record, params)

    def value(self, name: str, /, **params: object) -> object:
        """Ask for one value: the first column of the first row, None where there is no row."""
        return _value(self._connection, name, params)

    def execute(self, name: str, /, **params: object) -> int:
        """Run query `name` and return the number of rows that it touched."""
        return self._connection.execute(query(name), params).rowcount

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Write `rows` to `table` by binary COPY and return how many they were.

        Values are converted to the columns' types by what they are: a halfvec is a HalfVector.
        """
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        # Asked before: nothing else goes over a connection while a COPY is on it.
        types = _column_types(self._connection, table, columns)
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types(types)
            written = 0
            for written, row in enumerate(rows, start=1):  # noqa: B007  counted
                copy.write_row(row)
        return written


class Database:
    """An open library. Threads may share it; `close` it, or use it as a context manager."""

    def __init__(self, url: str, pool: ConnectionPool[psycopg.Connection]) -> None:
        self.url = url
        self._pool = pool

    @classmethod
    def open(cls, url: str, size: int = 8, *, wait: float = WAIT_SECONDS) -> Self:
        """Open a pool of up to `size` connections, waiting up to `wait` seconds for the server.

        Raises DatabaseUnavailable where it does not come, DatabaseUnfit where it refuses us, has
        no fit vector extension, or the role is one that no wall binds.
        """
        with reach(url, wait=wait) as connection:
            extension.require(connection)
            privileges.require(connection)
        pool: ConnectionPool[psycopg.Connection] = ConnectionPool(
            url,
            min_size=1,
            max_size=size,
            open=False,
            kwargs={"autocommit": True, "application_name": "onpoint"},
            configure=_configure,
            timeout=CHECKOUT_SECONDS,
            reconnect_timeout=CHECKOUT_SECONDS,
            name="onpoint",
        )
        pool.open()
        return cls(url, pool)

    def close(self) -> None:
        """Close every connection; what was in flight is rolled back."""
        self._pool.close()

    def rows(self, name: str, record: Callable[..., T], /, **params: object) -> list[T]:
        """Ask query `name`; each row becomes `record(**columns)`, in the query's order.

        A lost connection is tried once more. Raises DatabaseUnavailable, or LibraryError where
        the query takes too long.
        """
        return self._read(_rows, name, record, params)

    def row(self, name: str, record: Callable[..., T], /, **params: object) -> T | None:
        """Ask for one row; None where there is none. Raises as `rows`."""
        return self._read(_row, name, record, params)

    def value(self, name: str, /, **params: object) -> object:
        """Ask for one value: the first column of the first row, None where there is no row."""
        return self._read(_value, name, params)

    @contextmanager
    def transaction(
        self, *, scope: Scope | None = None, seconds: float | None = None, lasting: bool = True
    ) -> Generator[Transaction]:
        """Open a transaction, committed at the end of the block, undone on any exception.

        Private rows are those that `scope` may see; without one there are none. `seconds` limits
        each statement; None, for imports and maintenance, does not. What is not `lasting` waits
        for no disk: the last half second of it is lost when the power fails. Never tried twice.
        Raises DatabaseUnavailable where the server is lost.
        """
        # Local to the transaction, all: whoever has the connection next finds none of it. In one
        # message with the beginning, which is half the time of a short transaction.
        begin = sql.SQL(
            "BEGIN; SET LOCAL statement_timeout = {}; SET LOCAL onpoint.person = {}; "
            "SET LOCAL synchronous_commit = {}"
        ).format(
            _milliseconds(seconds),
            "" if scope is None else str(scope.person_id),
            "on" if lasting else "off",
        )
        with in_words(), self._lent(begin) as connection:
            try:
                yield Transaction(connection)
            except BaseException:
                with suppress(psycopg.Error):  # where the server is gone it has undone it
                    connection.rollback()
                raise
            # A statement may have set for the whole session who acts: no code of ours does.
            connection.execute("COMMIT; RESET onpoint.person")

    def _read(
        self,
        ask: Callable[Concatenate[psycopg.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with in_words():
            try:
                with self._pool.connection() as connection:
                    return ask(connection, *args, **kwargs)
            except psycopg.OperationalError as error:
                if isinstance(error, PoolTimeout) or not is_lost(error):
                    raise
            # The other connections of the pool are as dead as this one: new ones for all.
            self._pool.drain()
            with self._pool.connection() as connection:
                return ask(connection, *args, **kwargs)

    @contextmanager
    def _lent(self, begin: sql.Composed) -> Generator[psycopg.Connection]:
        """Lend a connection in a transaction: its beginning is tried again, no later part."""
        try:
            connection = self._begun(begin)
        except psycopg.OperationalError as error:
            if isinstance(error, PoolTimeout):
                raise
            self._pool.drain()
            connection = self._begun(begin)
        try:
            yield connection
        finally:
            self._pool.putconn(connection)

    def _begun(self, begin: sql.Composed) -> psycopg.Connection:
        connection = self._pool.getconn()
        try:
            connection.execute(begin)
        except BaseException:
            self._pool.putconn(connection)
            raise
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _configure(connection: psycopg.Connection) -> None:
    connection.execute(
        _SETTINGS,
        {
            "read": _milliseconds(READ_SECONDS),
            "idle": _milliseconds(IDLE_IN_TRANSACTION_SECONDS),
        },
    )
    register_vector(connection)
    connection.adapters.register_dumper(dict, JsonbDumper)
    connection.adapters.register_dumper(dict, JsonbBinaryDumper)


def _milliseconds(seconds: float | None) -> str:
    return "0" if seconds is None else str(round(1000 * seconds))


def _rows(
    connection: psycopg.Connection,
    name: str,
    record: Callable[..., T],
    params: dict[str, object],
) -> list[T]:
    with connection.cursor(binary=True, row_factory=kwargs_row(record)) as cursor:
        return cursor.execute(query(name), params).fetchall()


def _row(
    connection: psycopg.Connection,
    name: str,
    record: Callable[..., T],
    params: dict[str, object],
) -> T | None:
    with connection.cursor(binary=True, row_factory=kwargs_row(record)) as cursor:
        return cursor.execute(query(name), params).fetchone()


def _value(connection: psycopg.Connection, name: str, params: dict[str, object]) -> object:
    with connection.cursor(binary=True, row_factory=scalar_row) as cursor:
        return cursor.execute(query(name), params).fetchone()


def _column_types(connection: psycopg.Connection, table: str, columns: Sequence[str]) -> list[str]:
    """The columns' types by name, in order."""
    found = connection.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0",
        (table,),
    ).fetchall()
    types: dict[str, str] = dict(found)
    return [types[column] for column in columns]
