"""What a program is told when its request is refused: a status, a code that stays, and words.

What was not expected goes to the log under a reference id, and the program is told only that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from core.errors import (
    DatabaseUnavailable,
    EncoderUnavailable,
    LibraryError,
    LimitReached,
    NoSuchMatter,
    NotAllowed,
    NotSignedIn,
    OnpointError,
    UsageError,
)
from pages.parts.errors import reference_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

# Nothing of an answer stays in a cache after whoever asked is walled off.
UNKEPT = {"cache-control": "no-store", "vary": "authorization"}
TRY_AGAIN = 5  # seconds, where the library cannot answer for a moment
_STATUS: tuple[tuple[type[OnpointError], int], ...] = (
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NoSuchMatter, 404),
    (UsageError, 422),
    (LimitReached, 429),
    (DatabaseUnavailable, 503),
    (EncoderUnavailable, 503),
    (LibraryError, 503),
)


class Refused(Exception):
    """A request that is not done, for how it was sent."""

    def __init__(
        self, status: int, code: str, words: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.headers = headers or {}


def told(error: Exception) -> dict[str, object]:
    """Return an error as a program is told it; what was not expected by its reference alone."""
    if isinstance(error, OnpointError | Refused):
        return {"error": {"code": error.code, "message": str(error)}}
    words = (
        "Something went wrong that Onpoint did not expect. The log has it under reference "
        f"{reference_of(error)}."
    )
    return {"error": {"code": "internal", "message": words}}


def refusal(error: Exception) -> Response:
    """Answer a request that was not done."""
    headers = {**UNKEPT, **_more_headers(error)}
    return JSONResponse(told(error), status_code=_status(error), headers=headers)


def _status(error: Exception) -> int:
    if isinstance(error, Refused):
        return error.status
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def _more_headers(error: Exception) -> Mapping[str, str]:
    if isinstance(error, Refused):
        return error.headers
    if isinstance(error, NotSignedIn):
        return {"www-authenticate": 'Bearer realm="Onpoint"'}
    if isinstance(error, LimitReached) and error.seconds is not None:
        return {"retry-after": str(error.seconds)}
    if isinstance(error, LibraryError | EncoderUnavailable):
        return {"retry-after": str(TRY_AGAIN)}
    return {}
