"""The steps that every way in shares: a link used up, a password replaced, a session begun."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from core.access import rules
from core.access.tokens import digest, new_token
from core.access.trail import record
from core.errors import LinkSpent, UsageError
from core.library import accounts, people
from core.library.db import Transaction
from core.model import Invitation, InvitationKind, Person, PersonId, SignedIn

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """From where somebody comes in, and how long they may stay.

    Made before a transaction begins: inside it, the rules would be read over a second connection.
    """

    address: str
    browser: str
    lasting: accounts.Lasting


def begin(transaction: Transaction, person: Person, how: str, coming: Coming) -> SignedIn:
    """Begin a session under a token that is new; the trail has it as `how`."""
    token, place = new_token(), rules.place(coming.address)
    accounts.sweep(transaction, coming.lasting, known=rules.ADDRESS_KNOWN)
    if coming.address:
        accounts.remember_address(transaction, person.person_id, place)
    accounts.begin_session(
        transaction,
        person.person_id,
        digest(token),
        address=coming.address[: rules.LONGEST_ADDRESS],
        browser=coming.browser[: rules.LONGEST_BROWSER].replace("\0", ""),
    )
    record(transaction, how, person_id=person.person_id, detail={"address": place})
    return SignedIn(token=token, person=person)


def replace_password(transaction: Transaction, person_id: PersonId, hashed: str) -> Person:
    """Give a person another password; sessions and links of the time before end."""
    accounts.set_password(transaction, person_id, hashed)
    accounts.drop_links(transaction, person_id)
    accounts.end_sessions(transaction, person_id)
    person = people.person(transaction, person_id)
    assert person is not None  # noqa: S101  whose password would it be
    return person


def write_link(transaction: Transaction, person: Person, kind: InvitationKind) -> Invitation:
    """Make a link that works once; it is shown now, and never again."""
    token = new_token()
    expires = accounts.write_link(
        transaction, person.person_id, digest(token), kind, lasts=rules.LINK_LASTS
    )
    return Invitation(token=token, kind=kind, person=person, expires=expires)


def use_link(transaction: Transaction, token: str, *kinds: InvitationKind) -> PersonId:
    """Use a link up. Raises LinkSpent."""
    person_id = accounts.use_link(transaction, digest(token), kinds)
    if person_id is None:
        raise LinkSpent
    return person_id


def tidy(login: str) -> str:
    """Return a sign-in name as it is kept: composed letters, no spaces around."""
    return unicodedata.normalize("NFC", login).strip()


def checked_login(login: str) -> str:
    """Return a sign-in name as it is kept. Raises UsageError for what cannot be one."""
    name = tidy(login)
    if not name or len(name) > rules.LONGEST_LOGIN or not _is_plain(name) or " " in name:
        raise UsageError("A sign-in name is one word, best an e-mail address.")
    return name


def checked_name(name: str) -> str:
    """Return a person's name as it is kept. Raises UsageError for what cannot be one."""
    written = " ".join(tidy(name).split())
    if not written or len(written) > LONGEST_NAME or not _is_plain(written):
        raise UsageError(f"A name has 1 to {LONGEST_NAME} letters.")
    return written


def _is_plain(text: str) -> bool:
    """No control characters, no marks that turn the direction of what is read, no halves."""
    return not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} for letter in text)
