"""The addresses for other programs: search, cite and ask, by API token, in JSON.

No cookie is honoured and no other site's page is told anything, so nothing here can be done with
a reader's browser behind their back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.programs import openapi, requests
from core.programs.requests import AskRequest, CiteRequest, SearchRequest, read
from core.programs.under_way import HungUp
from pages.parts.api_body import body_of, token_of
from pages.parts.api_refusals import UNKEPT, Refused, refusal, told
from pages.parts.api_work import Crowd

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Message, Receive, Scope, Send

    from core.app import Onpoint
    from core.programs.under_way import Note, UnderWay
    from core.wire import Json

R = TypeVar("R", bound=requests.Request)

# A refusal comes sooner than this, and has a status of its own; what fails later is told in the
# stream. Then the program hears that it was taken, though a model may still be thinking.
TAKEN = 1.0  # seconds
# A proxy takes a connection on which nothing comes for dead.
SIGN_OF_LIFE = 10.0  # seconds
_EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def api_routes(opened: Callable[[], Onpoint]) -> list[Route]:
    """Return the addresses; `opened` gives the open library, which may take its time."""
    crowd = Crowd()
    doors = {
        "search": Door(opened, crowd, SearchRequest, lambda app, asked, _: _search(app, asked)),
        "cite": Door(opened, crowd, CiteRequest, lambda app, asked, _: _cite(app, asked)),
        "ask": Door(opened, crowd, AskRequest, requests.ask, streams=True),
    }
    return [
        *(Route(f"/api/v1/{name}", door, methods=_EVERY_METHOD) for name, door in doors.items()),
        Route("/api/v1/openapi.json", _described),
        Route("/api/{rest:path}", _nothing_here, methods=_EVERY_METHOD),
        Route("/api", _nothing_here, methods=_EVERY_METHOD),
    ]


def _search(app: Onpoint, asked: SearchRequest) -> Json:
    return requests.search(app, asked)


def _cite(app: Onpoint, asked: CiteRequest) -> Json:
    return requests.cite(app, asked)


class Door(Generic[R]):
    """One address: who asks, what is asked, and what it is answered with."""

    def __init__(
        self,
        opened: Callable[[], Onpoint],
        crowd: Crowd,
        kind: type[R],
        do: Callable[[Onpoint, R, Note], Json],
        *,
        streams: bool = False,
    ) -> None:
        self._opened = opened
        self._crowd = crowd
        self._kind = kind
        self._do = do
        # Whether it can be heard as it comes.
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._answer(Request(scope, receive), sent)
        except HungUp:
            return
        except Exception as error:  # the last net: a program is told in JSON
            if begun:  # it hears no more: what it was sent broke off
                raise
            await refusal(error)(scope, receive, send)

    async def _answer(self, request: Request, send: Send) -> None:
        if request.method != "POST":
            raise Refused(405, "not_a_post", "This address takes a POST.", {"allow": "POST"})
        token = token_of(request)
        app = await self._crowd.do(lambda: self._opened().acting_by(token))
        asked = read(self._kind, await body_of(request))
        person = await self._crowd.do(app.who.person)
        with self._crowd.place_for(person.person_id):
            work = self._crowd.begin(lambda note: self._do(app, asked, note), request.receive)
            async with work:
                if self._streams and "text/event-stream" in request.headers.get("accept", ""):
                    await _stream(work, send)
                else:
                    while not await work.wait():
                        pass
                    answer = JSONResponse(work.outcome(), headers=UNKEPT)
                    await answer(request.scope, request.receive, send)


async def _stream(work: UnderWay[Json], send: Send) -> None:
    """Send an answer as it comes: each event has the whole text so far, the last the answer."""
    done = await work.wait(TAKEN)
    if done:
        work.outcome()  # raises what it was refused for, while that can have a status of its own
    await _begin(send)
    heard = ""
    while not done:
        if work.said == heard:
            await _piece(send, ": at work\n\n")
        else:
            heard = work.said
            await _event(send, "text", {"text": heard})
        done = await work.wait(SIGN_OF_LIFE)
    kind, data = _end(work)
    await _event(send, kind, data, last=True)


def _end(work: UnderWay[Json]) -> tuple[str, Json]:
    """Return the last event of a stream: the answer, or why there is none."""
    try:
        return "answer", work.outcome()
    except Exception as error:  # noqa: BLE001  the last net: a program is told in the stream
        return "error", told(error)


async def _begin(send: Send) -> None:
    headers = {
        **UNKEPT,
        "content-type": "text/event-stream; charset=utf-8",
        "x-accel-buffering": "no",  # a proxy must not keep it back
    }
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})


async def _event(send: Send, kind: str, data: Json, *, last: bool = False) -> None:
    await _piece(send, f"event: {kind}\ndata: {json.dumps(data)}\n\n", last=last)


async def _piece(send: Send, text: str, *, last: bool = False) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": not last})


async def _described(_request: Request) -> JSONResponse:
    return JSONResponse(openapi.described(), headers=UNKEPT)


async def _nothing_here(_request: Request) -> JSONResponse:
    return refusal(Refused(404, "nothing_here", "There is nothing at this address."))
