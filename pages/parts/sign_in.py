"""The pages before the screens: sign in and out, set up, take an invitation, a new password.

Plain pages of our own, because a screen cannot set a cookie. They work without a script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from core.errors import NotSignedIn, OnpointError, SignInRefused, Throttled
from core.model import InvitationKind, SignInMode
from pages.parts import forms, office
from pages.parts.app import desk_for, open_app
from pages.parts.html import el, joined
from pages.parts.sign_in_view import (
    form,
    login_field,
    name_field,
    other_way,
    password_field,
    said,
    whole_page,
)
from pages.parts.visitor import COOKIE, visit_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from core.access.accounts import Accounts
    from core.model import Invitation, SignedIn
    from pages.parts.html import Html

# The first page after the office's sign-in, which itself remembers none.
NEXT = "onpoint_next"
_STALE = "This page was open for too long, or came from elsewhere. Please try once more."
_NO_LINK = "This link does not work any more: it was used, or its time has run out."
