"""What a reader sees when something goes wrong: what happened, what is safe, what to do.

The whole story goes to the log under a reference id; the screen never shows it.
"""

from __future__ import annotations

import inspect
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import (
    LimitReached,
    NoSuchCard,
    NoSuchDraft,
    NoSuchFiling,
    NoSuchMatter,
    NoSuchRecord,
    NotAllowed,
    NotSignedIn,
    OnpointError,
)
from pages.parts.html import Html, el, show
from pages.parts.links import search_address, sign_in_address

log = logging.getLogger("onpoint.pages")
# Said as they are: nothing is wrong here but what was asked for.
_REFUSALS = (
    LimitReached,
    NotAllowed,
    NoSuchFiling,
    NoSuchMatter,
    NoSuchRecord,
    NoSuchDraft,
    NoSuchCard,
)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Run a screen; say what went wrong in words instead of letting it fall."""
    try:
        yield
    except NotSignedIn:
        show(_signed_out())
    except _REFUSALS as refusal:
        show(_refused(refusal))
    except OnpointError as error:
        tell(error)
    except Exception as error:  # noqa: BLE001  the last net: nothing may reach the screen raw
        tell(error)


def tell(error: Exception) -> None:
    """Show the error and write its traceback to the log, both with the same reference id."""
    reference = reference_of(error)
    show(
        el(
            "div",
            el("h2", "This did not work"),
            el("p", *_what_happened(error)),
            el("p", "What the library holds is safe. ", _advice(error)),
            el("p", f"Reference {reference}: the log has the details under it.", class_="meta"),
            class_="trouble",
            role="alert",
        )
    )


def _signed_out() -> Html:
    """Say that nobody is signed in here any more; nothing of the last screen stays."""
    return el(
        "div",
        el("h2", "You are signed out"),
        el("p", "You signed out in another window, the session ended, or it was ended for you."),
        el("p", el("a", "Sign in", href=sign_in_address(), class_="act")),
        class_="quiet signed-out",
        role="alert",
    )


def _refused(refusal: OnpointError) -> Html:
    return el(
        "div",
        el("h2", str(refusal)),
        el("p", el("a", "Back to the search", href=search_address())),
        class_="quiet",
        role="alert",
    )


def reference_of(error: BaseException) -> str:
    """Return the error's reference id, writing the error to the log the first time."""
    known = getattr(error, "reference", None)
    if isinstance(known, str):
        return known
    reference = secrets.token_hex(4)
    error.__dict__["reference"] = reference
    log.error("screen failed reference=%s", reference, exc_info=error)
    return reference


def _what_happened(error: Exception) -> tuple[str, ...]:
    if not isinstance(error, OnpointError):
        return ("Something went wrong that Onpoint did not expect.",)
    return (str(error) or inspect.getdoc(type(error)) or "The library cannot answer.",)


def _advice(error: Exception) -> str:
    if isinstance(error, OnpointError):
        return "If it happens again, run “onpoint doctor” in a terminal: it says what to mend."
    return "Load the page again; if it happens once more, tell your administrator the reference."
