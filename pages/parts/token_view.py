"""API tokens on the screen: made, shown once, listed, revoked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from core.model import TokenUse
from pages.parts.acts import act, tell_act
from pages.parts.html import Html, el, show
from pages.parts.times import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.app import Onpoint
    from core.model import ApiToken, NewToken

LONGEST_NAME = 200
FEWEST_DAYS, MOST_DAYS = 1, 3650
USUAL_DAYS = 90
USES = {
    TokenUse.SEARCH: "Search cases, and filings of your matters",
    TokenUse.CITE: "Resolve citations",
    TokenUse.ASK: "Ask questions",
}
_PLACE, _MADE = "tokens", "token_made"


def own_tokens(app: Onpoint) -> None:
    """Draw one's own tokens, and the form that makes one."""
    show(
        el(
            "div",
            el("h2", "Programs of your own"),
            el(
                "p",
                "A program with a token searches, resolves citations and asks as you, sees what "
                "you may see at that moment, and counts against your limits. Give a token to one "
                "program, and to nobody.",
                class_="meta",
            ),
        )
    )
    token_list(app, app.tokens.mine(), _PLACE)
    tell_act(_PLACE)
    if "tokens.make" in app.who.rights():
        _form(app)
    _show_once()


def token_list(app: Onpoint, tokens: Iterable[ApiToken], place: str) -> None:
    """Draw tokens, each with its button Revoke; at `place` it is said how that went."""
    for token in tokens:
        what, end = st.columns([0.78, 0.22], vertical_alignment="center")
        with what:
            show(_token(token))
        end.button(
            "Revoke",
            key=f"{place}_revoke_{token.token_id}",
            help=f"Shut out whatever program has {token.name}",
            type="tertiary",
            on_click=act,
            args=(
                place,
                f"{token.name} works no more.",
                lambda token=token: app.tokens.revoke(token.token_id),
            ),
        )


def _token(token: ApiToken) -> Html:
    uses = ", ".join(use.value for use in TokenUse if use in token.uses)
    used = f"last used {moment(token.used_at)}" if token.used_at else "never used"
    over = token.expires_at <= datetime.now(UTC)
    until = f"{'ran out' if over else 'works until'} {moment(token.expires_at)}"
    return el("div", token.name, el("div", f"{uses} · {until} · {used}", class_="meta"))


def _form(app: Onpoint) -> None:
    with st.form("token", border=False, clear_on_submit=True):
        st.text_input(
            "Name of the program",
            key="token_name",
            max_chars=LONGEST_NAME,
            placeholder="Brief bank",
        )
        st.number_input(
            "Days", FEWEST_DAYS, MOST_DAYS, USUAL_DAYS, key="token_days", help="How long it works."
        )
        for use, meaning in USES.items():
            st.checkbox(meaning, value=True, key=f"token_{use.value}")
        st.form_submit_button("Make a token", key="token_go", on_click=_make, args=(app,))


def _make(app: Onpoint) -> None:
    typed = st.session_state
    name, days = typed["token_name"], int(typed["token_days"])
    uses = [use for use in TokenUse if typed[f"token_{use.value}"]]

    def make() -> None:
        typed[_MADE] = app.tokens.make(name, days=days, uses=uses)

    act(_PLACE, None, make)


def _show_once() -> None:
    """Show the secret of a token that was just made; the next run of the screen has it no more."""
    made: NewToken | None = st.session_state.pop(_MADE, None)
    if made is not None:
        said = (
            f"The token of {made.token.name}. It is shown this once: copy it to where it belongs."
        )
        show(el("p", el("span", "✓ ", class_="ok"), said, role="status"))
        st.code(made.secret, language=None, wrap_lines=True)
