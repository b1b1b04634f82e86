"""The pages that a link which works once opens, and the one for a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from core.model import InvitationKind
from pages.parts.app import desk_for
from pages.parts.door import Fields, address, answer, browser, door, hidden, page, taken, token
from pages.parts.html import el, joined
from pages.parts.sign_in_view import form, login_field, name_field, password_field, said

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from core.model import Invitation, SignedIn
    from pages.parts.html import Html

_NO_LINK = "This link does not work any more: it was used, or its time has run out."


def joining_routes() -> list[Route]:
    """Return the addresses where somebody chooses a password."""
    both = ["GET", "POST"]
    return [
        Route("/set-up", page(_set_up_page, _set_up), methods=both),
        Route("/invitation", page(_invitation_page, _accept), methods=both),
        Route("/password", page(_password_page, _change_password), methods=both),
    ]


def _set_up_page(request: Request, fields: Fields, trouble: str | None) -> Response:
    invitation = _link(fields, InvitationKind.SET_UP)
    if invitation is None:
        return _no_link(request, " Start Onpoint again, and it prints a new one.")
    typed = form(
        "/set-up",
        hidden(request, token=invitation.token),
        login_field(fields.get("login", "")),
        name_field(fields.get("name", "")),
        password_field(new=True),
        button="Set Onpoint up",
        trouble=trouble,
    )
    words = said("You become its owner and first administrator; others are invited by you.")
    return answer(request, "Set Onpoint up", words, typed)


def _set_up(request: Request, fields: Fields) -> Response:
    def take() -> SignedIn:
        typed = (fields.get(name, "") for name in ("token", "login", "name", "password"))
        return door().set_up(*typed, address=address(request), browser=browser(request))

    return taken(request, fields, take, _set_up_page)


def _invitation_page(request: Request, fields: Fields, trouble: str | None) -> Response:
    invitation = _link(fields, InvitationKind.INVITATION, InvitationKind.RESET)
    if invitation is None:
        return _no_link(request, " Ask an administrator for a new one.")
    person = invitation.person
    typed = form(
        "/invitation",
        hidden(request, token=invitation.token),
        _signs_in_as(person.login),
        password_field("Your new password", new=True, focus=True),
        button="Keep it and sign in",
        trouble=trouble,
    )
    words = said(f"You sign in as {person.login}. Choose your password.")
    return answer(request, f"Welcome, {person.name}", words, typed)


def _accept(request: Request, fields: Fields) -> Response:
    def take() -> SignedIn:
        token, password = fields.get("token", ""), fields.get("password", "")
        return door().accept(token, password, address=address(request), browser=browser(request))

    return taken(request, fields, take, _invitation_page)


def _password_page(request: Request, fields: Fields, trouble: str | None) -> Response:
    app = desk_for(request)
    person = app.who.person()
    there = app.accounts.has_password()
    typed = form(
        "/password",
        hidden(request),
        _signs_in_as(person.login),
        password_field("Password now", name="current", focus=True) if there else joined([]),
        password_field("New password", new=True, focus=not there),
        _end_others(fields) if there else joined([]),
        button="Change it" if there else "Keep it",
        trouble=trouble,
    )
    words = None if there else said("From then on everybody signs in here, you too.")
    back = el("p", el("a", "Back to your account", href="/account"))
    return answer(request, "Your password", words, typed, back)


def _change_password(request: Request, fields: Fields) -> Response:
    accounts = desk_for(request).accounts

    def take() -> SignedIn:
        return accounts.change_password(
            fields.get("current", ""),
            fields.get("password", ""),
            end_others="end_others" in fields or not accounts.has_password(),
            token=token(request),
            address=address(request),
            browser=browser(request),
        )

    return taken(request, fields, take, _password_page, to="/account")


def _end_others(fields: Fields) -> Html:
    ticked = "end_others" in fields or "password" not in fields
    box = el("input", type="checkbox", name="end_others", value="1", checked=ticked)
    return el("label", box, " Sign me out everywhere else", class_="tick")


def _signs_in_as(login: str) -> Html:
    """For the browser's own keeper of passwords, which wants to know whose it is."""
    return el("input", type="hidden", name="username", value=login, autocomplete="username")


def _link(fields: Fields, *kinds: InvitationKind) -> Invitation | None:
    found = door().invited(fields.get("token", ""))
    return found if found is not None and found.kind in kinds else None


def _no_link(request: Request, advice: str) -> Response:
    words = el("p", _NO_LINK + advice, class_="trouble", role="alert")
    to_sign_in = el("p", el("a", "Sign in", href="/sign-in"))
    return answer(request, "This link is used up", words, to_sign_in, status=410)
