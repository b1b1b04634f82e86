"""Signing in: passwords, sessions kept on the server, and links that work once.

A refusal says the same whatever it was that did not fit, and takes the same time.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.access import entry, guesses, passwords, rules, vouchers
from core.access.entry import Coming
from core.access.permits import Who, permitted
from core.access.settled import Rules
from core.access.tokens import digest
from core.access.trail import record
from core.errors import LinkSpent, NotAllowed, SignInRefused, UsageError
from core.library import accounts, people
from core.library.db import Database, Transaction
from core.model import (
    BrowserSession,
    Invitation,
    InvitationKind,
    Person,
    PersonId,
    SessionId,
    SignedIn,
    SignInMode,
)

# The page for a new password is one for both.
_NEW_PASSWORD = (InvitationKind.INVITATION, InvitationKind.RESET)


class Accounts:
    """The desk at the door: who comes in, and for how long."""

    desk = "accounts"

    def __init__(self, db: Database, who: Who, settled: Rules) -> None:
        self.who = who
        self._db = db
        # As they are at this moment: an administrator may change the rules of sessions.
        self._rules = settled
        self._settings = settled.now

    @permitted
    def mode(self) -> SignInMode:
        """Return how people show here who they are. Raises UsageError, in words.

        Never AUTO: that is decided by where the app listens, and whether anybody has an account.
        """
        settings = self._settings()
        undecided = settings.sign_in in {SignInMode.AUTO, SignInMode.OWNER}
        return rules.mode(settings, accounts=undecided and accounts.exist(self._db))

    # --- in ---

    @permitted
    def sign_in(self, login: str, password: str, address: str, browser: str = "") -> SignedIn:
        """Sign somebody in. Raises SignInRefused, the same for all, or Throttled."""
        name, place = entry.tidy(login), rules.place(address)
        found = self._credentials(name, place)
        guess = guesses.count(self._db, name, place, known=found is not None and found.known)
        kept = found.hash if found is not None else None
        fits = passwords.fits(kept, password)
        if found is None or kept is None or not fits or not self._may_by_password(found.person):
            self._note_refusal(found, place)
            raise SignInRefused
        coming = self._coming(address, browser)
        hashed = passwords.hashed(password) if passwords.is_outdated(kept) else None
        with self._db.transaction() as transaction:
            guesses.forgive(transaction, guess)
            if hashed is not None:
                accounts.rehash(transaction, found.person.person_id, former=kept, hashed=hashed)
            return entry.begin(transaction, found.person, "account.sign_in", coming)

    @permitted
    def vouch(self, claims: Mapping[str, object], address: str, browser: str = "") -> SignedIn:
        """Sign in whomever the office's single sign-on vouches for; each time counts once.

        `claims` are those of an identity token whose signature has been checked. Somebody new is
        made known without rights, or with those of his groups where the firm has set which.
        Raises SignInRefused.
        """
        if self.mode() is not SignInMode.OIDC:
            raise SignInRefused("There is no single sign-on here. Sign in with your password.")
        voucher = vouchers.read(claims, self._settings())
        coming = self._coming(address, browser)
        with self._db.transaction() as transaction:
            person = vouchers.person_of(transaction, voucher)
            return entry.begin(transaction, person, "account.sign_in", coming)

    @permitted
    def session(self, token: str) -> Person | None:
        """Return who is signed in by a token; None where the session is over, by our clock."""
        found = accounts.session(self._db, digest(token))
        if found is None or not rules.lasts(found, self._rules.given(found.settled)):
            return None
        if found.idle > rules.SEEN_LATELY:
            with self._db.transaction() as transaction:
                accounts.touch(transaction, found.session_id)
        return found.person

    @permitted
    def present(self, token: str) -> Person | None:
        """Return who is there in a browser with this token; the owner where nobody signs in."""
        found = self.session(token) if token else None
        if found is not None or self.mode() is not SignInMode.OWNER:
            return found
        return people.owner(self._db)

    @permitted
    def sign_out(self, token: str) -> None:
        """End a session; its token is worth nothing from now on."""
        person = self.session(token)
        with self._db.transaction() as transaction:
            accounts.end_session(transaction, digest(token))
            if person is not None:
                record(transaction, "account.sign_out", person_id=person.person_id)

    # --- links that work once ---

    @permitted
    def set_up_link(self) -> Invitation | None:
        """Make the link by which the installation is set up; None where somebody can sign in."""
        if accounts.exist(self._db):
            return None
        with self._db.transaction() as transaction:
            owner = people.person(transaction, people.ensure_owner(transaction))
            assert owner is not None  # noqa: S101  made just now
            return entry.write_link(transaction, owner, InvitationKind.SET_UP)

    @permitted
    def invited(self, token: str) -> Invitation | None:
        """Return for whom a link is, and what for; None where it does not work any more."""
        found = accounts.link(self._db, digest(token))
        return found and Invitation(
            token=token, kind=found.kind, person=found.person, expires=found.expires
        )

    @permitted
    def set_up(
        self,
        token: str,
        login: str,
        name: str,
        password: str,
        *,
        address: str = "",
        browser: str = "",
    ) -> SignedIn:
        """Give the owner a name and a password, by the link that was shown at the start.

        Raises UsageError for a password or a name that is not taken; the link works still.
        """
        login, name = entry.checked_login(login), entry.checked_name(name)
        invitation = self.invited(token)
        if invitation is None or invitation.kind is not InvitationKind.SET_UP:
            raise LinkSpent
        passwords.check(password, names=(login, name))
        hashed, coming = passwords.hashed(password), self._coming(address, browser)
        with self._db.transaction() as transaction:
            person_id = entry.use_link(transaction, token, InvitationKind.SET_UP)
            if not people.rename(transaction, person_id, login=login, name=name):
                raise UsageError(f"Somebody else signs in as {login}. Choose another name.")
            return _start_over(transaction, person_id, hashed, coming)

    @permitted
    def accept(
        self, invitation: str, password: str, *, address: str = "", browser: str = ""
    ) -> SignedIn:
        """Choose a password by the link of an invitation, or of a reset, and sign in.

        Raises UsageError for a password that is not taken; the link works still.
        """
        found = self.invited(invitation)
        if (
            found is None
            or found.kind not in _NEW_PASSWORD
            or not self._may_by_password(found.person)
        ):
            raise LinkSpent
        passwords.check(password, names=(found.person.login, found.person.name))
        hashed, coming = passwords.hashed(password), self._coming(address, browser)
        with self._db.transaction() as transaction:
            person_id = entry.use_link(transaction, invitation, *_NEW_PASSWORD)
            return _start_over(transaction, person_id, hashed, coming)

    # --- one's own account ---

    @permitted
    def change_password(
        self,
        current: str,
        new: str,
        *,
        end_others: bool,
        token: str = "",
        address: str = "",
        browser: str = "",
    ) -> SignedIn:
        """Change one's own password; the session of `token` goes on under a new one.

        Raises SignInRefused where `current` does not fit, Throttled, and UsageError where `new`
        is not taken. Whoever has no password yet names none.
        """
        person = self.who.person()
        if not self._may_by_password(person):
            raise NotAllowed("You sign in by the office's single sign-on: change it there.")
        self._require_current(person, current)
        passwords.check(new, names=(person.login, person.name))
        if new == current:
            raise UsageError("This is the password that you have. Choose another.")
        hashed, coming = passwords.hashed(new), self._coming(address, browser)
        with self._db.transaction() as transaction:
            accounts.set_password(transaction, person.person_id, hashed)
            accounts.drop_links(transaction, person.person_id)
            if end_others:
                accounts.end_sessions(transaction, person.person_id)
            accounts.end_session(transaction, digest(token))
            return entry.begin(transaction, person, "account.password", coming)

    @permitted
    def has_password(self) -> bool:
        return accounts.password_hash(self._db, self.who.person().person_id) is not None

    @permitted
    def my_sessions(self, token: str = "") -> tuple[BrowserSession, ...]:
        """Return where one is signed in, the latest first; that of `token` is marked."""
        person_id = self.who.person().person_id
        here = digest(token) if token else None
        return tuple(accounts.sessions(self._db, person_id, self._lasting(), here=here))

    @permitted
    def end_session(self, session_id: SessionId) -> bool:
        """End one of one's own sessions; False where it is over, or somebody else's."""
        person_id = self.who.person().person_id
        with self._db.transaction() as transaction:
            return accounts.end_own_session(transaction, person_id, session_id)

    # --- steps ---

    def _credentials(self, login: str, place: str) -> accounts.Credentials | None:
        if not login or len(login) > rules.LONGEST_LOGIN or "\0" in login:
            return None
        return accounts.credentials(self._db, login, address=place, known=rules.ADDRESS_KNOWN)

    def _note_refusal(self, found: accounts.Credentials | None, place: str) -> None:
        # What nobody signs in by may be a password, typed in the wrong field: it is not kept.
        subject = found.person.login if found is not None else ""
        with self._db.transaction() as transaction:
            record(transaction, "account.refused", subject=subject, detail={"address": place})

    def _may_by_password(self, person: Person) -> bool:
        """Where the office has single sign-on, its owner alone has a password beside it."""
        by_password = person.is_owner or self._settings().sign_in is not SignInMode.OIDC
        return by_password and not person.disabled

    def _require_current(self, person: Person, current: str) -> None:
        kept = accounts.password_hash(self._db, person.person_id)
        if kept is None:
            return
        guess = guesses.count_current(self._db, person.login)
        if not passwords.fits(kept, current):
            raise SignInRefused("This is not your present password.")
        with self._db.transaction() as transaction:
            guesses.forgive_current(transaction, guess)

    def _coming(self, address: str, browser: str) -> Coming:
        return Coming(address=address, browser=browser, lasting=self._lasting())

    def _lasting(self) -> accounts.Lasting:
        return rules.lasting(self._settings())


def _start_over(
    transaction: Transaction, person_id: PersonId, hashed: str, coming: Coming
) -> SignedIn:
    """Sign in with a new password; what was open under the old one is not any more."""
    person = entry.replace_password(transaction, person_id, hashed)
    return entry.begin(transaction, person, "account.join", coming)
