"""The entry: the server with its routes, and the frame in which every screen is drawn.

`serve` starts it (`onpoint run` calls that); each visit then runs this file again, as Streamlit
does, to draw one screen.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware

from pages.parts.app import open_app
from pages.parts.errors import tell, told_plainly
from pages.parts.frame import draw_sidebar
from pages.parts.guard import Guard
from pages.parts.look import FAVICON, dress
from pages.parts.server import lifespan, routes

# The largest message a browser may send, in bytes; files come by another way.
MESSAGE_LIMIT = 4 * 1024 * 1024


def serve(*, host: str, port: int) -> None:
    """Serve the app until it is told to stop (Ctrl-C, or a signal)."""
    uvicorn.run(
        app,
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_max_size=MESSAGE_LIMIT,
        access_log=False,
        # Seconds that Ctrl-C waits for open windows.
        timeout_graceful_shutdown=5,
        log_level="warning",
    )


def draw() -> None:
    """Draw the screen that the address asks for."""
    st.set_page_config(page_title="Onpoint", page_icon=str(FAVICON), layout="wide")
    dress()
    search = st.Page("pages/search.py", title="Search", default=True)
    ask = st.Page("pages/ask.py", title="Ask", url_path="ask")
    library = st.Page("pages/library.py", title="Library", url_path="library")
    case = st.Page("pages/case.py", title="Case", url_path="case", visibility="hidden")
    screen = st.navigation([search, ask, library, case], position="hidden")
    with told_plainly():
        draw_sidebar([search, ask, library], open_app().coverage())
        screen.run()


def _tell_script_error(error: Exception) -> bool:
    tell(error)
    return True


app = st.App(
    Path(__file__),
    routes=routes(),
    middleware=[Middleware(Guard)],
    lifespan=lifespan,
    on_script_error=_tell_script_error,
)

if __name__ == "__main__":
    draw()
