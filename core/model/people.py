"""People, and how they show who they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.model.ids import PersonId, SessionId, TokenId


class Role(StrEnum):
    """What a person is in the firm; one may be several."""

    LAWYER = "lawyer"
    PARALEGAL = "paralegal"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may sign in, or might once."""

    person_id: PersonId
    # What is typed at sign-in.
    login: str
    name: str
    roles: frozenset[Role]
    # The one who set the installation up.
    is_owner: bool = False
    disabled: bool = False


class SignInMode(StrEnum):
    """How people show who they are."""

    # On this computer alone the owner, without a sign-in, until somebody has a password.
    AUTO = "auto"
    OWNER = "owner"
    PASSWORD = "password"  # noqa: S105  a way to sign in
    OIDC = "oidc"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody has just signed in: who, and the token that their browser keeps from now on."""

    token: str = field(repr=False)
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSession:
    """A browser in which a person is signed in."""

    session_id: SessionId
    # Where from, and what the browser calls itself.
    address: str
    browser: str
    began_at: datetime
    seen_at: datetime
    # The one that asks.
    here: bool = False


class InvitationKind(StrEnum):
    """What a link that works once is for."""

    SET_UP = "set_up"
    INVITATION = "invitation"
    RESET = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that works once, to choose a password with."""

    # Shown once, to whoever made the invitation; empty where single sign-on needs no link.
    token: str = field(repr=False)
    kind: InvitationKind
    person: Person
    expires: datetime


class TokenUse(StrEnum):
    """What a program with an API token may do for the person who made it."""

    SEARCH = "search"
    CITE = "cite"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A way for a person's own program to act for them, with their rights as they then are."""

    token_id: TokenId
    # What the person calls it.
    name: str
    uses: frozenset[TokenUse]
    made_at: datetime
    expires_at: datetime
    # To the minute; None where it never was.
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """An API token that was just made, with its secret: shown once, and kept by nobody here."""

    secret: str = field(repr=False)
    token: ApiToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Who asks. The database knows which matters that person may read at this moment."""

    person_id: PersonId
