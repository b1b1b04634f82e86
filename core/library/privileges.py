"""What the role may do that the app connects as: too much, and no wall would hold.

Row-level security does not bind a superuser, a role that may pass it by, or whoever owns the
tables; as one of these Onpoint refuses to serve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import DatabaseUnfit

if TYPE_CHECKING:
    import psycopg

_FIX = (
    " Ethical walls would not hold, so Onpoint does not serve. Make a role for the app: "
    "CREATE ROLE onpoint_app LOGIN PASSWORD '…'; name that role in DATABASE_URL and the present "
    "one in ONPOINT_OWNER_URL, then run: onpoint migrate"
)
_QUESTION = """
    SELECT
        EXISTS (
            SELECT FROM pg_roles AS boss
            WHERE boss.rolsuper AND pg_has_role(role.oid, boss.oid, 'MEMBER')
        ) AS superuser,
        EXISTS (
            SELECT FROM pg_roles AS boss
            WHERE boss.rolbypassrls AND pg_has_role(role.oid, boss.oid, 'MEMBER')
        ) AS bypasses,
        EXISTS (
            SELECT FROM pg_class
            INNER JOIN pg_namespace ON pg_class.relnamespace = pg_namespace.oid
            WHERE pg_namespace.nspname = 'public' AND pg_class.relkind IN ('r', 'p', 'v', 'm')
                AND pg_has_role(role.oid, pg_class.relowner, 'MEMBER')
        ) AS owns,
        coalesce(
            NOT has_table_privilege(to_regclass('public.migrations')::oid, 'SELECT'), false
        ) AS without_rights
    FROM pg_roles AS role
    WHERE role.rolname = current_user
"""


def fault(*, superuser: bool, bypasses: bool, owns: bool) -> str | None:
    """Say why a role cannot serve, with the fix; None where it can."""
    if superuser:
        return "DATABASE_URL names a superuser of the database server, or a member of one." + _FIX
    if bypasses:
        return "DATABASE_URL names a role that may pass row-level security by (BYPASSRLS)." + _FIX
    if owns:
        return "DATABASE_URL names the role that owns Onpoint's tables, or a member of it." + _FIX
    return None


def require(connection: psycopg.Connection) -> None:
    """Refuse a role that walls do not bind; raises DatabaseUnfit with the fix named."""
    found = connection.execute(_QUESTION).fetchone()
    superuser, bypasses, owns, without_rights = found or (False, False, False, False)
    wrong = fault(superuser=superuser, bypasses=bypasses, owns=owns)
    if wrong is None and without_rights:
        wrong = (
            "The role in DATABASE_URL has no rights in this database yet. Set ONPOINT_OWNER_URL to "
            "the address of the role that owns it, and run: onpoint migrate"
        )
    if wrong is not None:
        raise DatabaseUnfit(wrong)
