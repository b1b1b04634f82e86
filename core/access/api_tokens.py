"""API tokens: how a person's own programs show for whom they act.

A token acts with its maker's rights as they are at each call, walls included, and only in what it
was made for. Its secret is shown once; what is kept is a hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from core.access.entry import checked_name
from core.access.permits import Who, permitted
from core.access.tokens import digest, new_token
from core.access.trail import record
from core.errors import NotAllowed, UsageError
from core.library import api_tokens
from core.library.api_tokens import Bearer
from core.library.db import Database
from core.model import ApiToken, NewToken, PersonId, Role, TokenId, TokenUse
from core.settings import Settings

# What every secret begins with: a scanner that finds one in a place where none belongs knows it.
PREFIX = "onp_"
USUAL_DAYS = 90
MOST = 50  # tokens of one person
LONGEST_SECRET = 200  # characters: nothing longer was ever made


class Tokens:
    """The desk where one gives one's own programs a way in, and takes it away."""

    desk = "tokens"

    def __init__(self, db: Database, who: Who, settings: Callable[[], Settings]) -> None:
        self.who = who
        self._db = db
        # As they are at this moment: an administrator may change how long tokens last.
        self._settings = settings

    @permitted
    def make(
        self, name: str, *, days: int | None = None, uses: Iterable[TokenUse] = tuple(TokenUse)
    ) -> NewToken:
        """Make a token and return its secret, which is told this once.

        Without `days` it lasts for the usual time, or as long as the firm lets one. Raises
        UsageError where the name is taken, or more is asked for than may be.
        """
        person_id, longest = self.who.person().person_id, self._settings().token_days
        lasts, may = _days(days, longest), frozenset(uses)
        if not may:
            raise UsageError("A token that may do nothing is of no use: say what it is for.")
        name, secret = checked_name(name), PREFIX + new_token()
        with self._db.transaction(scope=self.who.scope) as tx:
            if len(api_tokens.tokens(tx, person_id, longest=timedelta(days=longest))) >= MOST:
                raise UsageError(f"You have {MOST} tokens: revoke one that is not needed.")
            made = api_tokens.add(
                tx,
                person_id,
                digest(secret),
                name=name,
                uses=may,
                lasts=timedelta(days=lasts),
            )
            if made is None:
                raise UsageError(f"You have a token called {name} already. Choose another name.")
            record(tx, "token.make", subject=name, detail={"for": sorted(may), "days": lasts})
        return NewToken(secret=secret, token=made)

    @permitted
    def mine(self) -> tuple[ApiToken, ...]:
        """Your own tokens, the latest first, those that have run out among them."""
        return self._of(self.who.person().person_id)

    @permitted
    def of(self, person_id: PersonId) -> tuple[ApiToken, ...]:
        """Somebody's tokens, the latest first."""
        return self._of(person_id)

    @permitted
    def revoke(self, token_id: TokenId) -> bool:
        """Revoke a token of your own, or as an administrator anybody's; it is dead at once.

        False where there is none, or it is another's.
        """
        person = self.who.person()
        anybodys = Role.ADMIN in person.roles
        with self._db.transaction(scope=self.who.scope) as tx:
            gone = api_tokens.revoke(tx, token_id, person.person_id, anybodys=anybodys)
            if gone is not None:
                record(tx, "token.revoke", subject=gone.name, detail={"of": gone.login})
        return gone is not None

    @permitted
    def bearer(self, secret: str) -> Bearer | None:
        """Return for whom a program with this secret acts; None where it is worth nothing.

        That is one that never was, was revoked, has run out, or is a disabled person's.
        """
        if not secret.startswith(PREFIX) or len(secret) > LONGEST_SECRET:
            return None
        found = api_tokens.bearer(self._db, digest(secret), longest=self._longest())
        if found is not None and found.stale:
            with self._db.transaction(lasting=False) as tx:
                api_tokens.touch(tx, found.token_id)
        return found

    def _of(self, person_id: PersonId) -> tuple[ApiToken, ...]:
        return api_tokens.tokens(self._db, person_id, longest=self._longest())

    def _longest(self) -> timedelta:
        return timedelta(days=self._settings().token_days)


def _days(asked: int | None, longest: int) -> int:
    """Return how many days a token is to last. Raises NotAllowed and UsageError."""
    if not longest:
        raise NotAllowed("The firm lets no programs in: API tokens are switched off in Settings.")
    days = min(USUAL_DAYS, longest) if asked is None else asked
    if not 1 <= days <= longest:
        raise UsageError(f"A token lasts 1 to {longest} days.")
    return days
