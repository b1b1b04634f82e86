"""Tokens by which people's own programs act for them, as the database keeps them: hashed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Unpack
from uuid import UUID

from core.library.db import Reader, Transaction
from core.library.people import PersonColumns, person_from_row
from core.model import ApiToken, Person, PersonId, TokenId, TokenUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A program with a token in good order: for whom it acts, and what it may do for them."""

    token_id: TokenId
    # What the person calls it.
    name: str
    uses: frozenset[TokenUse]
    person: Person
    # Last used more than a minute ago, or never.
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """A token that works no more: what it was called, and who had made it."""

    name: str
    login: str


def add(
    transaction: Transaction,
    person_id: PersonId,
    token: bytes,
    *,
    name: str,
    uses: frozenset[TokenUse],
    lasts: timedelta,
) -> ApiToken | None:
    """Keep a token by its hash; None, and nothing done, where one of that name is there."""
    return transaction.row(
        "insert_api_token",
        _token,
        token_sha256=token,
        person_id=person_id,
        name=name,
        uses=sorted(uses),
        lasts=lasts,
    )


def tokens(db: Reader, person_id: PersonId, *, longest: timedelta) -> tuple[ApiToken, ...]:
    """Return a person's tokens, the latest first; none works longer than `longest`."""
    return tuple(db.rows("select_api_tokens", _token, person_id=person_id, longest=longest))


def bearer(db: Reader, token: bytes, *, longest: timedelta) -> Bearer | None:
    """Return for whom a program with this token's hash acts; None where it is worth nothing."""
    return db.row("select_bearer", _bearer, token_sha256=token, longest=longest)


def touch(transaction: Transaction, token_id: TokenId) -> None:
    transaction.execute("touch_api_token", token_id=token_id)


def revoke(
    transaction: Transaction, token_id: TokenId, person_id: PersonId, *, anybodys: bool
) -> Revoked | None:
    """Revoke a token of a person, or with `anybodys` whoever's it is; None where there is none."""
    return transaction.row(
        "delete_api_token", Revoked, token_id=token_id, person_id=person_id, anybodys=anybodys
    )


def revoke_all(transaction: Transaction, person_id: PersonId) -> int:
    """Revoke every token of a person; returns how many there were."""
    return transaction.execute("delete_api_tokens", person_id=person_id)


def _token(
    *,
    token_id: UUID,
    name: str,
    uses: list[str],
    made_at: datetime,
    expires_at: datetime,
    used_at: datetime | None,
) -> ApiToken:
    return ApiToken(
        token_id=TokenId(token_id),
        name=name,
        uses=frozenset(map(TokenUse, uses)),
        made_at=made_at,
        expires_at=expires_at,
        used_at=used_at,
    )


def _bearer(
    *,
    token_id: UUID,
    token_name: str,
    uses: list[str],
    stale: bool,
    **person: Unpack[PersonColumns],
) -> Bearer:
    return Bearer(
        token_id=TokenId(token_id),
        name=token_name,
        uses=frozenset(map(TokenUse, uses)),
        person=person_from_row(**person),
        stale=stale,
    )
