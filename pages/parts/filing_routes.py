"""The addresses of filings: files taken in, files given out, and pages as pictures.

Each asks anew who is there. What somebody may not see is not there: 404, as for what never was.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.errors import (
    LimitReached,
    NoSuchFiling,
    NoSuchMatter,
    NotAllowed,
    NotSignedIn,
    OnpointError,
)
from core.model import FilingId, MatterId
from pages.parts.app import desk_for
from pages.parts.links import read_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from starlette.requests import Request

    from core.model import Upload

# Pixels: a thumbnail, and what a wide screen shows sharply.
NARROWEST, WIDEST, USUAL = 120, 2400, 1100
LONGEST_NAME = 1_000
# Nothing of a matter stays in a browser's cache after its reader is walled off.
_UNKEPT = {"cache-control": "private, no-store"}
_STATUS: dict[type[OnpointError], int] = {
    NotSignedIn: 401,
    NotAllowed: 403,
    NoSuchMatter: 404,
    NoSuchFiling: 404,
    LimitReached: 413,
}


def filing_routes() -> list[Route]:
    return [
        Route("/filing/upload", _upload, methods=["POST"]),
        Route("/filing/{filing_id:uuid}/file", _file),
        Route("/filing/{filing_id:uuid}/page/{number:int}.png", _page),
    ]


async def _upload(request: Request) -> Response:
    """Take one file, straight from the browser's disk to ours."""
    matter_id = read_id(request.query_params.get("matter", ""))
    name = unquote(request.headers.get("x-file-name", ""), errors="replace")[:LONGEST_NAME]
    if matter_id is None:
        return _refused(NoSuchMatter())
    stream = request.stream()
    chunks = _chunks(stream, asyncio.get_running_loop())
    answer = await _answered(lambda: _taken(request, MatterId(matter_id), name, chunks))
    # A browser that is still sending does not hear an answer that comes before it has ended.
    try:
        async for _ in stream:
            pass
    except ClientDisconnect:
        pass
    return answer


def _taken(request: Request, matter_id: MatterId, name: str, chunks: Iterator[bytes]) -> Response:
    upload = desk_for(request).filings.upload(matter_id, name, chunks)
    return JSONResponse(_told(upload), status_code=201, headers=_UNKEPT)


def _chunks(stream: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop) -> Iterator[bytes]:
    """Yield what arrives, waiting for it in another thread than the server's loop."""

    async def following() -> bytes | None:
        return await anext(stream, None)

    while (chunk := asyncio.run_coroutine_threadsafe(following(), loop).result()) is not None:
        if chunk:
            yield chunk


async def _file(request: Request) -> Response:
    """Give out the very file that was handed in: to be kept, never to be opened in this site."""
    filing_id = FilingId(request.path_params["filing_id"])

    def given() -> Response:
        name, path = desk_for(request).filings.file(filing_id)
        return FileResponse(
            path,
            media_type="application/octet-stream",
            headers=_UNKEPT
            | {
                "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
                "x-content-type-options": "nosniff",
                "content-security-policy": "sandbox; default-src 'none'",
            },
        )

    return await _answered(given)


async def _page(request: Request) -> Response:
    """Draw one page as a picture."""
    filing_id = FilingId(request.path_params["filing_id"])
    number = int(request.path_params["number"])
    width = _width(request.query_params.get("width", ""))

    def drawn() -> Response:
        picture = desk_for(request).filings.page_image(filing_id, number, width)
        return Response(picture, media_type="image/png", headers=_UNKEPT)

    return await _answered(drawn)


async def _answered(do: Callable[[], Response]) -> Response:
    """Do what is asked beside the server's loop; a refusal is an answer too."""
    try:
        return await run_in_threadpool(do)
    except OnpointError as refusal:
        return _refused(refusal)
    except ClientDisconnect:
        return PlainTextResponse("", status_code=400)


def _refused(refusal: OnpointError) -> Response:
    status = next((code for kind, code in _STATUS.items() if isinstance(refusal, kind)), 400)
    return JSONResponse({"error": str(refusal)}, status_code=status, headers=_UNKEPT)


def _width(written: str) -> int:
    wide = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else USUAL
    return min(max(wide, NARROWEST), WIDEST)


def _told(upload: Upload) -> dict[str, object]:
    return {
        "filing_id": str(upload.filing_id),
        "state": upload.state.value,
        # The matter has these very bytes.
        "held": upload.duplicate_of == upload.filing_id,
    }
