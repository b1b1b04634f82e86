"""Passwords, sessions, links and identities, as the database keeps them: secrets only as hashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Unpack
from uuid import UUID

from core.library.db import Reader, Transaction
from core.library.people import PersonColumns, person_from_row
from core.model import BrowserSession, InvitationKind, Person, PersonId, SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who signs in by a name, and what has to fit."""

    person: Person
    # None where there is no password, or none yet after a reset.
    hash: str | None
    # Has he signed in from this address before?
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A session that nobody has ended, and whose it is."""

    session_id: SessionId
    person: Person
    # By the database's clock: since it was last seen, and since it began.
    idle: timedelta
    age: timedelta
    # What the firm has settled at this moment, as `firm.settled` has it.
    settled: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that still works."""

    kind: InvitationKind
    person: Person
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """How long a session may be left alone, and how long it lasts at most."""

    idle: timedelta
    longest: timedelta


def exist(db: Reader) -> bool:
    """Say whether anybody has a way to sign in."""
    return bool(db.value("select_accounts_exist"))


# --- passwords ---


def credentials(db: Reader, login: str, *, address: str, known: timedelta) -> Credentials | None:
    """Return who signs in by this name, capitals aside; None where there is nobody."""
    return db.row("select_credentials", _credentials, login=login, address=address, known=known)


def password_hash(db: Reader, person_id: PersonId) -> str | None:
    found = db.value("select_password", person_id=person_id)
    return found if isinstance(found, str) else None


def set_password(transaction: Transaction, person_id: PersonId, hashed: str | None) -> None:
    """Give a person a password, or with None take it away until a link brings a new one."""
    transaction.execute("upsert_password", person_id=person_id, hash=hashed)


def rehash(transaction: Transaction, person_id: PersonId, *, former: str, hashed: str) -> None:
    """Keep the same password at another cost, unless it was changed meanwhile."""
    transaction.execute("update_password_hash", person_id=person_id, former=former, hash=hashed)


# --- sessions ---


def begin_session(
    transaction: Transaction, person_id: PersonId, token: bytes, *, address: str, browser: str
) -> None:
    transaction.execute(
        "insert_session",
        token_sha256=token,
        person_id=person_id,
        address=address,
        browser=browser,
    )


def session(db: Reader, token: bytes) -> Found | None:
    """Return whose session a token's hash is, run out or not; None where it was ended."""
    return db.row("select_session", _found, token_sha256=token)


def touch(transaction: Transaction, session_id: SessionId) -> None:
    transaction.execute("touch_session", session_id=session_id)


def sessions(
    db: Reader, person_id: PersonId, lasting: Lasting, *, here: bytes | None
) -> list[BrowserSession]:
    """Return where a person is signed in, the latest first; `here` is the asking one's token."""
    return db.rows(
        "select_sessions",
        BrowserSession,
        person_id=person_id,
        token_sha256=here,
        idle=lasting.idle,
        longest=lasting.longest,
    )


def end_session(transaction: Transaction, token: bytes) -> None:
    transaction.execute("end_session", token_sha256=token)


def end_own_session(transaction: Transaction, person_id: PersonId, session_id: SessionId) -> bool:
    """End one of a person's sessions; False where it is none of theirs."""
    ended = transaction.execute("end_own_session", person_id=person_id, session_id=session_id)
    return ended == 1


def end_sessions(transaction: Transaction, person_id: PersonId) -> int:
    """Sign a person out everywhere; returns from how many browsers."""
    return transaction.execute("end_sessions", person_id=person_id)


# --- links that work once ---


def write_link(
    transaction: Transaction,
    person_id: PersonId,
    token: bytes,
    kind: InvitationKind,
    *,
    lasts: timedelta,
) -> datetime:
    """Keep a link and return when it stops working."""
    expires = transaction.value(
        "insert_invitation", token_sha256=token, person_id=person_id, kind=kind, lasts=lasts
    )
    assert isinstance(expires, datetime)  # noqa: S101  the query returns it
    return expires


def link(db: Reader, token: bytes) -> Link | None:
    return db.row("select_invitation", _link, token_sha256=token)


def use_link(
    transaction: Transaction, token: bytes, kinds: Sequence[InvitationKind]
) -> PersonId | None:
    """Use a link up and return whose it was; None where it does not work any more."""
    found = transaction.value("take_invitation", token_sha256=token, kinds=[*kinds])
    return PersonId(found) if isinstance(found, UUID) else None


def drop_links(transaction: Transaction, person_id: PersonId) -> None:
    transaction.execute("delete_invitations", person_id=person_id)


# --- single sign-on ---


def identified(db: Reader, issuer: str, subject: str) -> Person | None:
    return db.row("select_person_by_identity", person_from_row, issuer=issuer, subject=subject)


def has_identity(db: Reader, issuer: str, person_id: PersonId) -> bool:
    return bool(db.value("has_identity", issuer=issuer, person_id=person_id))


def identify(transaction: Transaction, issuer: str, subject: str, person_id: PersonId) -> None:
    transaction.execute("insert_identity", issuer=issuer, subject=subject, person_id=person_id)


def use_voucher(transaction: Transaction, digest: bytes) -> bool:
    """Use up what single sign-on said once; False where it was used before."""
    return transaction.execute("insert_voucher", sha256=digest) == 1


# --- addresses, and what has run out ---


def remember_address(transaction: Transaction, person_id: PersonId, address: str) -> None:
    transaction.execute("remember_address", person_id=person_id, address=address)


def sweep(transaction: Transaction, lasting: Lasting, *, known: timedelta) -> None:
    """Forget sessions, links, addresses and failures that have run out."""
    transaction.execute("sweep_accounts", idle=lasting.idle, longest=lasting.longest, known=known)


def _credentials(
    *,
    hash: str | None,  # noqa: A002  the column's name
    known: bool,
    **person: Unpack[PersonColumns],
) -> Credentials:
    return Credentials(person=person_from_row(**person), hash=hash, known=known)


def _found(
    *,
    session_id: UUID,
    idle: timedelta,
    age: timedelta,
    settled: Mapping[str, object] | None,
    **person: Unpack[PersonColumns],
) -> Found:
    return Found(
        session_id=SessionId(session_id),
        person=person_from_row(**person),
        idle=idle,
        age=age,
        settled=settled or {},
    )


def _link(*, kind: str, expires_at: datetime, **person: Unpack[PersonColumns]) -> Link:
    return Link(kind=InvitationKind(kind), person=person_from_row(**person), expires=expires_at)
