"""The people of the firm: who is invited, what each may be, and who is shut out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import replace

from core.access import entry, rules
from core.access.permits import Who, permitted
from core.access.trail import record
from core.errors import NoSuchPerson, NotAllowed, UsageError
from core.library import accounts, api_tokens, people
from core.library.db import Database, Transaction
from core.model import (
    BrowserSession,
    Invitation,
    InvitationKind,
    Person,
    PersonId,
    Role,
    SignInMode,
)
from core.settings import Settings


class People:
    """The desk where an administrator looks after people."""

    desk = "people"

    def __init__(self, db: Database, who: Who, settings: Callable[[], Settings]) -> None:
        self.who = who
        self._db = db
        self._settings = settings

    @permitted
    def all(self) -> tuple[Person, ...]:
        """Everybody, by name, then sign-in name."""
        return tuple(people.people(self._db))

    @permitted
    def colleagues(self) -> tuple[Person, ...]:
        """Everybody who may act, by name: whom a matter's team is made of."""
        return tuple(person for person in people.people(self._db) if not person.disabled)

    @permitted
    def invite(self, login: str, name: str, roles: Iterable[Role]) -> Invitation:
        """Make somebody known and return the link by which they choose a password.

        Where the office has single sign-on the link is empty: they come in by that. Raises
        UsageError where the name is taken.
        """
        login, name = entry.checked_login(login), entry.checked_name(name)
        mode = self._settings().sign_in
        with self._db.transaction(scope=self.who.scope) as transaction:
            person = people.add(transaction, login, name, frozenset(roles))
            if person is None:
                raise UsageError(f"Somebody signs in as {login} already.")
            record(transaction, "person.invite", subject=login, detail={"to": sorted(person.roles)})
            return _link(transaction, person, InvitationKind.INVITATION, mode)

    @permitted
    def set_roles(self, person_id: PersonId, roles: Iterable[Role]) -> None:
        """Say what somebody may be; where that changes they sign in anew. One admin remains."""
        wanted = frozenset(roles)
        with self._changing(person_id, admin=Role.ADMIN in wanted) as (transaction, person):
            if wanted != person.roles:
                people.set_roles(transaction, person_id, wanted)
                accounts.end_sessions(transaction, person_id)
                detail = {"from": sorted(person.roles), "to": sorted(wanted)}
                record(transaction, "person.roles", subject=person.login, detail=detail)

    @permitted
    def reset(self, person_id: PersonId) -> Invitation:
        """Take somebody's password away and return the link by which they choose another."""
        mode = self._settings().sign_in
        with self._changing(person_id) as (transaction, person):
            if person.disabled:
                raise UsageError("This account is disabled. Enable it first.")
            accounts.drop_links(transaction, person_id)
            accounts.end_sessions(transaction, person_id)
            if accounts.password_hash(transaction, person_id) is not None:
                accounts.set_password(transaction, person_id, None)
            record(transaction, "person.reset", subject=person.login)
            return _link(transaction, person, InvitationKind.RESET, mode)

    @permitted
    def disable(self, person_id: PersonId) -> None:
        """Shut somebody out, in every open window at its next click, and their programs too."""
        if person_id == self.who.person().person_id:
            raise NotAllowed("Nobody can disable themselves. Another administrator can.")
        with self._changing(person_id, admin=False) as (transaction, person):
            people.set_disabled(transaction, person_id, disabled=True)
            accounts.drop_links(transaction, person_id)
            accounts.end_sessions(transaction, person_id)
            api_tokens.revoke_all(transaction, person_id)
            record(transaction, "person.disable", subject=person.login)

    @permitted
    def enable(self, person_id: PersonId) -> None:
        """Let somebody sign in again, with the password of before."""
        with self._changing(person_id) as (transaction, person):
            people.set_disabled(transaction, person_id, disabled=False)
            record(transaction, "person.enable", subject=person.login)

    @permitted
    def sessions(self, person_id: PersonId) -> tuple[BrowserSession, ...]:
        """Return where somebody is signed in, the latest first."""
        lasting = rules.lasting(self._settings())
        return tuple(accounts.sessions(self._db, person_id, lasting, here=None))

    @permitted
    def end_sessions(self, person_id: PersonId) -> int:
        """Sign somebody out everywhere; returns from how many browsers."""
        with self._changing(person_id) as (transaction, person):
            record(transaction, "person.sign_out", subject=person.login)
            return accounts.end_sessions(transaction, person_id)

    @contextmanager
    def _changing(
        self, person_id: PersonId, *, admin: bool = True
    ) -> Generator[tuple[Transaction, Person]]:
        """Change a person; `admin`: they may stay an administrator. Raises NoSuchPerson.

        One administrator remains: two who take each other's rights at once take them in turn.
        """
        with self._db.transaction(scope=self.who.scope) as transaction:
            admins = people.lock_admins(transaction)
            person = people.person(transaction, person_id)
            if person is None:
                raise NoSuchPerson
            if not admin and admins == [person_id]:
                raise NotAllowed("One administrator has to remain. Make somebody else one first.")
            yield transaction, person


def _link(
    transaction: Transaction, person: Person, kind: InvitationKind, mode: SignInMode
) -> Invitation:
    made = entry.write_link(transaction, person, kind)
    by_office = mode is SignInMode.OIDC and not person.is_owner
    return replace(made, token="") if by_office else made
