"""A browser's window on a screen, without the browser: the real websocket, spoken as it is."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient, WebSocketTestSession

STREAM = "/_stcore/stream"


class Window:
    """One open window; `look` lets the screen run and returns what was sent of it."""

    def __init__(self, socket: WebSocketTestSession) -> None:
        self._socket = socket
        self.session_id = ""
        # Ids of the text fields seen, by their label.
        self.fields: dict[str, str] = {}

    def look(self, page: str = "", typed: dict[str, str] | None = None, *, query: str = "") -> str:
        asked = BackMsg()
        asked.rerun_script.page_name = page
        for widget, value in (typed or {}).items():
            asked.rerun_script.widget_states.widgets.add(id=widget, string_value=value)
        asked.rerun_script.query_string = query
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
