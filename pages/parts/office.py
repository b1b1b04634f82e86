"""The office's single sign-on: Streamlit's st.login speaks with it, and hands us who came back.

Streamlit keeps that in a signed cookie of its own for a month. We take it once, begin a session
like every other, and throw it away: so one rule ends all sessions, however they were begun.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from core.errors import NotSignedIn, UsageError
from core.model import SignInMode
from core.settings import Settings
from pages.parts.app import desk, open_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response


# Streamlit's: who came back, and the provider's tokens. Long ones go in several pieces.
VOUCHER = "_streamlit_user"
_COOKIES = (VOUCHER, "_streamlit_user_tokens")
# In the address of the first page: go to the office's sign-in at once.
ASKED = "office"
# What st.login adds to the claims.
_ADDED = {"origin", "is_logged_in", "provider"}


def sign_on_secrets(settings: Settings) -> dict[str, dict[str, object]]:
    """Return what st.login needs to know; nothing where the office has no single sign-on.

    Raises UsageError where the settings do not say enough.
    """
    if settings.sign_in is not SignInMode.OIDC:
        return {}
    if not (settings.oidc_url and settings.oidc_client and settings.oidc_secret):
        raise UsageError(
            "Single sign-on needs ONPOINT_OIDC_URL, ONPOINT_OIDC_CLIENT and ONPOINT_OIDC_SECRET. "
            "docs/operations.md says what they are."
        )
    return {
        "auth": {
            "redirect_uri": f"{settings.public_address}/oauth2callback",
            "cookie_secret": str(st.get_option("server.cookieSecret")),
            "client_id": settings.oidc_client,
            "client_secret": settings.oidc_secret.get_secret_value(),
            "server_metadata_url": settings.oidc_url,
            "client_kwargs": {"scope": settings.oidc_scopes},
        }
    }


@cache
def known_secrets() -> dict[str, dict[str, object]]:
    """Return what this process tells st.login: the entry is run anew for every screen."""
    return sign_on_secrets(Settings())


def go_if_asked() -> None:
    """Lead a browser that has just asked for it to the office's sign-in."""
    if ASKED not in st.query_params:
        return
    try:
        desk()
    except NotSignedIn:
        if open_app().accounts.mode() is SignInMode.OIDC:
            st.login()
            st.stop()


def claims_of(request: Request) -> Mapping[str, object] | None:
    """Return who came back from the office's sign-in; None where nobody did, or it is forged."""

    def piece(name: str) -> bytes | None:
        written = request.cookies.get(name, "").encode("latin-1", "replace")
        return decode_signed_value(get_cookie_secret(), name, written)

    whole = get_cookie_with_chunks(piece, VOUCHER)
    # Signed by us, when st.login wrote it: what is in it is what we put there.
    read: dict[str, object] = json.loads(whole) if whole else {}
    return {name: value for name, value in read.items() if name not in _ADDED} or None


def throw_away(request: Request, response: Response) -> None:
    """Take Streamlit's own cookies from the browser."""
    for name in request.cookies:
        if name.startswith(_COOKIES):
            response.delete_cookie(name)
