"""Forms of our own that are posted to this server: read, and known to come from its own pages.

Each browser has a number that only it and this server know; a form carries its hash. A form of
another site has neither that nor the right origin.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

COOKIE = "onpoint_form"
FIELD = "form"
LARGEST = 64 * 1024  # bytes of a form: a name and two passwords
_NUMBER = re.compile(r"[\w-]{43}", re.ASCII)
_OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


def form_number(request: Request) -> str:
    """Return the browser's number, made where it has none: one for the whole request."""
    number = request.cookies.get(COOKIE, "")
    if _NUMBER.fullmatch(number):
        return number
    if not hasattr(request.state, COOKIE):
        setattr(request.state, COOKIE, secrets.token_urlsafe(32))
    return str(getattr(request.state, COOKIE))


def stamp(number: str) -> dict[str, str]:
    """Return the field that a form of this browser carries."""
    return {FIELD: hashlib.sha256(f"form {number}".encode()).hexdigest()}


def keep_number(response: Response, number: str, *, secure: bool) -> None:
    response.set_cookie(COOKIE, number, httponly=True, samesite="lax", secure=secure)


async def read_form(request: Request) -> dict[str, str] | None:
    """Return the fields of a form; None where it did not come from a page of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    try:
        fields = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict"))
    except ValueError:
        return None
    return fields if _is_ours(request, fields.get(FIELD, "")) else None


def own_path(written: str) -> str:
    """Return an address of this server as it is; the first page for any other."""
    return written if _OWN_PATH.fullmatch(written) else "/"


def _is_ours(request: Request, stamped: str) -> bool:
    origin = request.headers.get("origin")
    from_here = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    site = request.headers.get("sec-fetch-site", "same-origin")
    number = request.cookies.get(COOKIE, "")
    expected = stamp(number)[FIELD]
    return (
        from_here
        and site in {"same-origin", "none"}
        and bool(_NUMBER.fullmatch(number))
        and hmac.compare_digest(expected.encode(), stamped.encode())
    )
