"""The entry: the server with its routes, and the frame in which every screen is drawn.

`serve` starts it (`onpoint run` calls that); each visit then runs this file again, as Streamlit
does, to draw one screen.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware

from pages.parts.app import desk
from pages.parts.errors import tell, told_plainly
from pages.parts.frame import draw_sidebar
from pages.parts.gate import SignInFirst
from pages.parts.guard import Guard
from pages.parts.html import show
from pages.parts.look import FAVICON, colour, dress
from pages.parts.office import go_if_asked, known_secrets
from pages.parts.server import lifespan, routes
from pages.parts.ways import go_first, local_owner, not_for_you, screens, ways_of

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
    """Draw the screen that the address asks for, to whoever may use it."""
    st.set_page_config(page_title="Onpoint", page_icon=str(FAVICON), layout="wide")
    dress()
    pages = screens()
    screen = st.navigation(list(pages.values()), position="hidden")
    with told_plainly():
        go_if_asked()
        app = desk()
        looks = app.firm.appearance()
        colour(looks.colour)
        person = app.who.person()
        go_first(person, pages, screen)
        ways = ways_of(app)
        coverage = app.coverage() if person.roles else None
        draw_sidebar(ways, pages, person, coverage, looks=looks, local=local_owner(app))
        if screen.title in {way.title for way in ways}:
            screen.run()
        else:
            show(not_for_you(person, screen.title))


def _tell_script_error(error: Exception) -> bool:
    tell(error)
    return True


def application(secrets: dict[str, dict[str, object]]) -> st.App:
    """Return the server; `secrets` are what st.login needs to know."""
    return st.App(
        Path(__file__),
        secrets=secrets,
        routes=routes(),
        middleware=[Middleware(Guard), Middleware(SignInFirst)],
        lifespan=lifespan,
        on_script_error=_tell_script_error,
    )


app = application(known_secrets())

if __name__ == "__main__":
    draw()
