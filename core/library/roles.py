"""The two roles of the built-in database: one owns the tables, the other serves and owns nothing.

Roles, database and extension are made where they are missing, so that a start heals all three.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

DATABASE = "onpoint"
# Owns the tables, and changes the schema; what the app does, it does as the other.
OWNER = "onpoint"
APP = "onpoint_app"


def provide(*, server_url: str, library_url: str, owner: str, app: str) -> None:
    """Make roles, database and extension where they are missing; run at every start.

    The addresses are the superuser's, of any database of the server and of the library; `owner`
    and `app` are the passwords that the two roles are to have.
    """
    with psycopg.connect(server_url, autocommit=True) as connection:
        for role, password in ((OWNER, owner), (APP, app)):
            if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), password)
            )
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )
    with psycopg.connect(library_url, autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        connection.execute("ALTER EXTENSION vector UPDATE")


def _exists(connection: psycopg.Connection, question: str, name: str) -> bool:
    return connection.execute(question.encode(), (name,)).fetchone() is not None
