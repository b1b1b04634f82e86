"""What slows down whoever guesses passwords, and nobody else.

Failures are counted by account and by address. Whoever has signed in from an address before is
counted apart there: a stranger's guesses, made elsewhere, do not keep him out of his office, and
the guesses at one account do not keep his colleagues out, who share the address.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.access.tokens import fingerprint
from core.errors import Throttled
from core.library import failures
from core.library.db import Database, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One try, counted as failed until it has not: what is guessed at, and from where."""

    account: bytes
    # None where the account is at home at this address.
    address: bytes | None
    # The account's failures elsewhere.
    elsewhere: bytes


def count(db: Database, login: str, address: str, *, known: bool) -> Guess:
    """Count a try to sign in. Raises Throttled where it has to wait; then it is not counted."""
    name = login.casefold()
    elsewhere = fingerprint("elsewhere", name)
    guess = Guess(
        account=fingerprint("here", name, address) if known else elsewhere,
        address=None if known else fingerprint("address", address),
        elsewhere=elsewhere,
    )
    with db.transaction() as transaction:
        for what in filter(None, (guess.account, guess.address)):
            _count(transaction, what)
    return guess


def forgive(transaction: Transaction, guess: Guess) -> None:
    """Say that the try has not failed.

    The address keeps its other failures: whoever has one account of his own must not wipe out by
    it what he guessed at others.
    """
    failures.forget(transaction, (guess.account, guess.elsewhere))
    if guess.address is not None:
        failures.take_back(transaction, guess.address)


def count_current(db: Database, login: str) -> bytes:
    """Count a try to name one's present password. Raises Throttled."""
    what = fingerprint("current", login.casefold())
    with db.transaction() as transaction:
        _count(transaction, what)
    return what


def forgive_current(transaction: Transaction, what: bytes) -> None:
    failures.forget(transaction, (what,))


def _count(transaction: Transaction, what: bytes) -> None:
    seconds = failures.count_try(transaction, what)
    if seconds:
        raise Throttled(seconds)
