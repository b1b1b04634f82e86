"""What the pages before the screens share: a form drawn or taken, a browser let in.

Plain pages of our own, because a screen cannot set a cookie. They work without a script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from core.errors import NotSignedIn, OnpointError, SignInRefused, Throttled
from pages.parts import forms
from pages.parts.app import open_app
from pages.parts.sign_in_view import said, whole_page
from pages.parts.visitor import COOKIE, visit_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from core.access.accounts import Accounts
    from core.model import SignedIn
    from pages.parts.html import Html

Fields = dict[str, str]
_STALE = "This page was open for too long, or came from elsewhere. Please try once more."


def page(
    draw: Callable[[Request, Fields, str | None], Response],
    take: Callable[[Request, Fields], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers at one address: `draw` shows its form, `take` does what it asks for."""

    async def endpoint(request: Request) -> Response:
        try:
            if request.method != "POST":
                return await run_in_threadpool(draw, request, dict(request.query_params), None)
            fields = await forms.read_form(request)
            if fields is not None:
                return await run_in_threadpool(take, request, fields)
            drawn = await run_in_threadpool(draw, request, dict(request.query_params), _STALE)
        except NotSignedIn:
            return RedirectResponse(f"/sign-in?next={request.url.path}", status_code=303)
        except OnpointError as error:
            return HTMLResponse(whole_page("This did not work", said(str(error))), status_code=503)
        drawn.status_code = 403
        return drawn

    return endpoint


def taken(
    request: Request,
    fields: Fields,
    take: Callable[[], SignedIn],
    again: Callable[[Request, Fields, str | None], Response],
    *,
    to: str = "/",
) -> Response:
    """Sign in as `take` does; where it refuses, draw the form once more with the reason."""
    try:
        return let_in(request, take(), to=to)
    except NotSignedIn:
        raise
    except SignInRefused as refusal:
        return refuse(again(request, fields, str(refusal)), refusal)
    except OnpointError as error:
        drawn = again(request, fields, str(error))
        drawn.status_code = 422
        return drawn


def let_in(request: Request, signed_in: SignedIn, *, to: str) -> Response:
    former = token(request)
    if former:
        # Whoever was signed in with this browser is not any more, in no window of it.
        door().sign_out(former)
    response = RedirectResponse(to, status_code=303)
    secure = is_secure(request)
    response.set_cookie(COOKIE, signed_in.token, httponly=True, samesite="lax", secure=secure)
    response.delete_cookie(forms.COOKIE)
    response.headers["cache-control"] = "no-store"
    return response


def refuse(drawn: Response, refusal: SignInRefused) -> Response:
    drawn.status_code = 401
    if isinstance(refusal, Throttled):
        drawn.status_code = 429
        drawn.headers["retry-after"] = str(refusal.seconds)
    return drawn


def answer(request: Request, title: str, *body: Html | None, status: int = 200) -> Response:
    response = HTMLResponse(whole_page(title, *body), status_code=status)
    response.headers["cache-control"] = "no-store"
    number = forms.form_number(request)
    forms.keep_number(response, number, secure=is_secure(request))
    return response


def hidden(request: Request, **fields: str) -> Fields:
    return {**forms.stamp(forms.form_number(request)), **fields}


def door() -> Accounts:
    return open_app().acting_as(None).accounts


def token(request: Request) -> str:
    return visit_of(request).token


def address(request: Request) -> str:
    return visit_of(request).peer or ""


def browser(request: Request) -> str:
    return request.headers.get("user-agent", "")


def is_secure(request: Request) -> bool:
    """A cookie that may travel by TLS alone does; behind a proxy the public address tells."""
    public = open_app().settings.address or ""
    return request.url.scheme == "https" or public.startswith("https://")
