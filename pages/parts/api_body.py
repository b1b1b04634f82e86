"""What a program sends: its token, and a body of JSON that is not read beyond its bounds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from core.errors import NotSignedIn
from pages.parts.api_refusals import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

# Of a body: the longest text whose citations are looked up, each letter written at its longest.
MOST_BYTES = 1_000_000
# What is too much is read to its end and thrown away, so that the program hears why; not for ever.
MOST_DISCARDED = 16_000_000
BODY_SECONDS = 30.0
HOW_TO_COME = (
    "Send an API token: Authorization: Bearer onp_… Tokens are made on the page Your account, or "
    "by onpoint tokens make."
)


def token_of(request: Request) -> str:
    """Return the token that a request brings. Raises NotSignedIn where it brings none.

    Cookies count for nothing here: a page of another site cannot use a reader's.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn(HOW_TO_COME)
    return token.strip()


async def body_of(request: Request) -> bytes:
    """Read a request's JSON. Raises Refused: 415, 413, or 408 where it takes too long."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if (
        kind != "application/json"
        or request.headers.get("content-encoding", "identity") != "identity"
    ):
        raise Refused(415, "not_json", "Send JSON as it is: Content-Type: application/json.")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _read(request)
    except TimeoutError:
        raise Refused(408, "too_slow", "The request did not come to its end in time.") from None
    except ClientDisconnect:
        raise Refused(400, "broken_off", "The request was broken off.") from None


async def _read(request: Request) -> bytes:
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_DISCARDED:
            break
        if size <= MOST_BYTES:
            body += chunk
    if size > MOST_BYTES:
        words = f"A request has at most {MOST_BYTES:,} bytes."
        hang_up = {"connection": "close"} if size > MOST_DISCARDED else None
        raise Refused(413, "too_large", words, hang_up)
    return bytes(body)
