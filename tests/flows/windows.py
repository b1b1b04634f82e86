"""The server, its browsers and their windows, without a browser: real routes, real websocket."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime

from pages.parts.app import open_app
from streamlit_app import application

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import WebSocketTestSession

STREAM = "/_stcore/stream"
HERE = "http://localhost:8501"


@contextmanager
def running(secrets: dict[str, dict[str, object]] | None = None) -> Iterator[TestClient]:
    """Run the server as the environment says, and yield a browser on this very computer."""
    open_app.clear()
    try:
        with TestClient(application(secrets or {}), base_url=HERE) as client:
            yield client
    finally:
        open_app.clear()
        # Streamlit has one runtime a process; another server of this run wants its own.
        Runtime._instance = None


def browser(site: TestClient, at: str, base: str = HERE) -> TestClient:
    """Return a browser with an empty jar of cookies, at another computer; it is not led on.

    It shares the event loop of the server that runs.
    """
    client = TestClient(
        site.app,
        base_url=base,
        client=(at, 40000),
        follow_redirects=False,
        headers={"accept": "text/html"},
    )
    client.portal = site.portal
    return client


class Window:
    """One open window; `look` lets the screen run and returns what was sent of it."""

    def __init__(self, socket: WebSocketTestSession) -> None:
        self._socket = socket
        self.session_id = ""
        # Ids of the text fields seen, by their label.
        self.fields: dict[str, str] = {}

    def look(self, page: str = "", typed: dict[str, str] | None = None, *, query: str = "") -> str:
        asked = BackMsg(rerun_script=ClientState(page_name=page, query_string=query))
        for widget, value in (typed or {}).items():
            asked.rerun_script.widget_states.widgets.add(id=widget, string_value=value)
        self._socket.send_bytes(asked.SerializeToString())
        return self._until_finished()

    def _until_finished(self) -> str:
        shown: list[str] = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.receive_bytes())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id
            elif kind == "delta":
                field = message.delta.new_element.text_input
                if field.id:
                    self.fields[field.label] = field.id
                shown.append(str(message.delta))
            elif kind == "auth_redirect":
                shown.append(message.auth_redirect.url)
            elif kind == "script_finished":
                finished = ForwardMsg.ScriptFinishedStatus
                if message.script_finished != finished.FINISHED_EARLY_FOR_RERUN:
                    return "\n".join(shown)


@contextmanager
def window(
    browser: TestClient, *, session_id: str = "", headers: dict[str, str] | None = None
) -> Iterator[Window]:
    """Open a window; with a session's id, come back to it as after a lost connection."""
    protocols = ["streamlit", "none", session_id] if session_id else ["streamlit"]
    address = f"ws{str(browser.base_url).removeprefix('http').rstrip('/')}{STREAM}"
    with browser.websocket_connect(
        address, subprotocols=protocols, headers=dict(headers or {})
    ) as socket:
        yield Window(socket)
