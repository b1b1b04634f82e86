"""What the office's single sign-on says of somebody, and whom it means by that.

The firm's own identity provider is trusted for who somebody is, once a time and only freshly;
what he may do is an administrator's to say, or follows his groups where the firm has set which.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

from core.access import entry, rules
from core.access.tokens import digest
from core.errors import SignInRefused, UsageError
from core.library import accounts, people
from core.library.db import Transaction
from core.model import Person, Role
from core.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """One sign-in at the identity provider."""

    issuer: str
    subject: str
    # Known by this, where nobody knows him yet.
    login: str
    name: str
    # An address that the provider has verified; None where it does not say so.
    email: str | None
    # None where an administrator gives them.
    roles: frozenset[Role] | None
    sha256: bytes


def read(claims: Mapping[str, object], settings: Settings) -> Voucher:
    """Read the claims of an identity token. Raises SignInRefused for stale or lacking ones."""
    issuer, subject, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not isinstance(issuer, str) or not isinstance(subject, str) or not subject:
        raise SignInRefused("Single sign-on did not say who you are. Tell your administrator.")
    if not isinstance(issued, int) or not _is_fresh(issued):
        raise SignInRefused("This sign-in is too old. Sign in again.")
    email = _text(claims, "email")
    login = email or _text(claims, "preferred_username") or subject
    return Voucher(
        issuer=issuer,
        subject=subject,
        login=login,
        name=_text(claims, "name") or login,
        email=email if claims.get("email_verified") is True else None,
        roles=_roles(claims, settings),
        sha256=digest(json.dumps(dict(claims), sort_keys=True, default=str)),
    )


def person_of(transaction: Transaction, voucher: Voucher) -> Person:
    """Return whom a voucher means, made known where he is new. Raises SignInRefused."""
    if not accounts.use_voucher(transaction, voucher.sha256):
        raise SignInRefused("This sign-in was used before. Sign in again.")
    person = accounts.identified(transaction, voucher.issuer, voucher.subject) or _linked(
        transaction, voucher
    )
    if person.disabled:
        raise SignInRefused("Your account is closed. Ask an administrator of Onpoint.")
    if voucher.roles is None or person.is_owner or voucher.roles == person.roles:
        return person
    people.set_roles(transaction, person.person_id, voucher.roles)
    accounts.end_sessions(transaction, person.person_id)
    return people.person(transaction, person.person_id) or person


def role_rules(written: str) -> tuple[tuple[str, Role], ...]:
    """Read `group=role, group=role`. Raises UsageError for anything else."""
    pairs = [pair.rpartition("=") for pair in written.split(",") if pair.strip()]
    try:
        return tuple((group.strip(), Role(role.strip().lower())) for group, _, role in pairs)
    except ValueError as error:
        raise UsageError(
            "ONPOINT_OIDC_ROLES is written as group=role, group=role; a role is lawyer, paralegal "
            "or admin."
        ) from error


def _linked(transaction: Transaction, voucher: Voucher) -> Person:
    """Link the one who was invited by this address, or make somebody known without rights."""
    try:
        login, name = entry.checked_login(voucher.login), entry.checked_name(voucher.name)
    except UsageError as error:
        raise SignInRefused("Single sign-on gives you a name that cannot be kept.") from error
    person = people.person_by_login(transaction, login)
    if person is None:
        person = people.add(transaction, login, name, ())
    elif voucher.email is None or accounts.has_identity(
        transaction, voucher.issuer, person.person_id
    ):
        person = None
    if person is None:
        raise SignInRefused(
            f"Somebody is known here as {login} already, and single sign-on does not say that it "
            "is you. Ask an administrator of Onpoint."
        )
    accounts.identify(transaction, voucher.issuer, voucher.subject, person.person_id)
    return person


def _roles(claims: Mapping[str, object], settings: Settings) -> frozenset[Role] | None:
    given = role_rules(settings.oidc_roles)
    if not given:
        return None
    groups = _groups(claims.get(settings.oidc_claim))
    return frozenset(role for group, role in given if group in groups)


def _groups(said: object) -> frozenset[str]:
    if isinstance(said, str):
        return frozenset({said})
    return frozenset(map(str, said)) if isinstance(said, list) else frozenset()  # pyright: ignore[reportUnknownArgumentType]


def _text(claims: Mapping[str, object], name: str) -> str | None:
    value = claims.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _is_fresh(issued: int) -> bool:
    # Clocks of two servers differ by seconds; the same margin serves the future.
    return abs(time.time() - issued) < rules.VOUCHER_LASTS.total_seconds()
