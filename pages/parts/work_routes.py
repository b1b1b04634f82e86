"""The addresses of records and drafts as files: asked for anew each time, kept by no browser.

What somebody may not see is not there: 404, as for what never was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.errors import NoSuchDraft, NoSuchRecord, NotAllowed, NotSignedIn, OnpointError
from core.model import CiteStyle, DraftId, PaperForm, PaperKind, TraceId
from pages.parts.app import desk_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from core.model import PaperFile

_UNKEPT = {"cache-control": "private, no-store"}
_STATUS: dict[type[OnpointError], int] = {
    NotSignedIn: 401,
    NotAllowed: 403,
    NoSuchRecord: 404,
    NoSuchDraft: 404,
}


def work_routes() -> list[Route]:
    return [
        Route("/record/{trace_id:uuid}/{kind}/file", _record),
        Route("/draft/{draft_id:uuid}/file", _draft),
        Route("/draft/{draft_id:uuid}/statement/file", _statement),
    ]


async def _record(request: Request) -> Response:
    trace_id, kind = TraceId(request.path_params["trace_id"]), request.path_params["kind"]
    if kind not in {*PaperKind}:
        return JSONResponse({"error": "no such paper"}, status_code=404)
    return await _given(
        lambda: desk_for(request).traces.export(trace_id, PaperKind(kind), _form(request))
    )


async def _draft(request: Request) -> Response:
    draft_id, asked = DraftId(request.path_params["draft_id"]), request.query_params
    inline = asked.get("cite") == CiteStyle.INLINE
    return await _given(
        lambda: desk_for(request).drafts.export(
            draft_id,
            _form(request),
            style=CiteStyle.INLINE if inline else CiteStyle.FOOTNOTES,
            authorities=asked.get("authorities") == "1",
            foot=asked.get("foot") == "1",
        )
    )


async def _statement(request: Request) -> Response:
    draft_id = DraftId(request.path_params["draft_id"])
    return await _given(lambda: desk_for(request).drafts.statement(draft_id, _form(request)))


def _form(request: Request) -> PaperForm:
    markdown = request.query_params.get("form") == PaperForm.MARKDOWN
    return PaperForm.MARKDOWN if markdown else PaperForm.DOCX


async def _given(make: Callable[[], PaperFile]) -> Response:
    """Give out a file beside the server's loop; a refusal is an answer too."""
    try:
        file = await run_in_threadpool(make)
    except OnpointError as refusal:
        status = next((code for kind, code in _STATUS.items() if isinstance(refusal, kind)), 400)
        return JSONResponse({"error": str(refusal)}, status_code=status, headers=_UNKEPT)
    return Response(
        file.content,
        media_type=file.media_type,
        headers=_UNKEPT
        | {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "x-content-type-options": "nosniff",
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )
