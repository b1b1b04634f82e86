"""Signing in and out: by a password, by the office's single sign-on, and out of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from core.errors import SignInRefused
from core.model import SignInMode
from pages.parts import forms, office
from pages.parts.door import (
    Fields,
    address,
    answer,
    browser,
    door,
    hidden,
    is_secure,
    let_in,
    page,
    refuse,
    token,
)
from pages.parts.html import el
from pages.parts.joining import joining_routes
from pages.parts.sign_in_view import form, login_field, other_way, password_field, said
from pages.parts.visitor import COOKIE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pages.parts.html import Html

# The first page after the office's sign-in, which itself remembers none.
NEXT = "onpoint_next"
_TO_OFFICE = f"/?{office.ASKED}=1"


def sign_in_routes() -> list[Route]:
    """Return the addresses before the screens."""
    both = ["GET", "POST"]
    return [
        Route("/sign-in", page(_sign_in_page, _sign_in), methods=both),
        Route("/sign-in/office", page(_from_office, _sign_in), methods=["GET"]),
        Route("/sign-out", page(_sign_out_page, _sign_out), methods=both),
        *joining_routes(),
    ]


def _sign_in_page(request: Request, fields: Fields, trouble: str | None) -> Response:
    at_door, to = door(), forms.own_path(fields.get("next", "/"))
    mode = at_door.mode()
    if mode is SignInMode.OWNER or (trouble is None and at_door.session(token(request))):
        return RedirectResponse(to, status_code=303)
    out = said("You are signed out.") if "out" in fields else None
    if mode is SignInMode.OIDC and "owner" not in fields:
        drawn = answer(request, "Sign in", out, *_office_way(trouble))
        drawn.set_cookie(NEXT, to, httponly=True, samesite="lax", secure=is_secure(request))
        return drawn
    typed = form(
        "/sign-in",
        hidden(request, next=to, **({"owner": "1"} if "owner" in fields else {})),
        login_field(fields.get("login", "")),
        password_field(),
        button="Sign in",
        trouble=trouble,
    )
    return answer(request, "Sign in", out, typed)


def _office_way(trouble: str | None) -> list[Html]:
    return [
        el("p", trouble, class_="trouble", role="alert") if trouble else said(""),
        el("a", "Sign in with the office’s account", href=_TO_OFFICE, class_="button first"),
        other_way("Sign in as the owner of this installation", "/sign-in?owner=1"),
    ]


def _sign_in(request: Request, fields: Fields) -> Response:
    login, password = fields.get("login", ""), fields.get("password", "")
    try:
        signed_in = door().sign_in(login, password, address(request), browser(request))
    except SignInRefused as refusal:
        return refuse(_sign_in_page(request, fields, str(refusal)), refusal)
    return let_in(request, signed_in, to=forms.own_path(fields.get("next", "/")))


def _from_office(request: Request, _fields: Fields, _trouble: str | None) -> Response:
    claims = office.claims_of(request)
    try:
        signed_in = door().vouch(claims or {}, address(request), browser(request))
    except SignInRefused as refusal:
        response = refuse(answer(request, "Sign in", *_office_way(str(refusal))), refusal)
    else:
        response = let_in(request, signed_in, to=forms.own_path(request.cookies.get(NEXT, "/")))
    office.throw_away(request, response)
    response.delete_cookie(NEXT)
    return response


def _sign_out_page(request: Request, _fields: Fields, trouble: str | None) -> Response:
    person = door().session(token(request))
    if person is None:
        return RedirectResponse("/sign-in", status_code=303)
    words = said(f"You are signed in as {person.name or person.login}.")
    out = form("/sign-out", hidden(request), button="Sign out", trouble=trouble)
    back = el("p", el("a", "Stay signed in", href="/"))
    return answer(request, "Sign out?", words, out, back)


def _sign_out(request: Request, _fields: Fields) -> Response:
    door().sign_out(token(request))
    response = RedirectResponse("/sign-in?out=1", status_code=303)
    response.delete_cookie(COOKIE)
    office.throw_away(request, response)
    return response
