"""API tokens at the screens: made and shown once on the account, revoked there and at People."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.errors import NotSignedIn
from core.model import Role, TokenUse
from tests.pages.conftest import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from tests.pages.fix_firm import FirmAtWork

    Visit = Callable[..., AppTest]

pytest_plugins = ["tests.pages.fix_firm"]


def secrets(app: AppTest) -> list[str]:
    return [code.value for code in app.code if code.value.startswith("onp_")]


def made(visit: Visit, name: str, **uses: bool) -> AppTest:
    app = visit("account")
    app.text_input(key="token_name").set_value(name)
    for use, wanted in uses.items():
        app.checkbox(key=f"token_{use}").set_value(wanted)
    return app.button(key="token_go").click().run()


def test_a_token_is_made_on_the_account_and_shown_once(visit: Visit, firm: FirmAtWork) -> None:
    anna = firm.hire("anna", Role.LAWYER)
    app = made(visit, "Brief bank", ask=False)
    (secret,) = secrets(app)
    assert "shown this once" in words(app)
    assert re.search(r"Brief bank search, cite · works until .* · never used", words(app))
    program = firm.app.acting_by(secret)
    assert program.who.person().person_id == anna
    assert program.who.program is not None
    assert program.who.program.uses == {TokenUse.SEARCH, TokenUse.CITE}

    again = app.run()
    assert secrets(again) == []
    assert "token_made" not in again.session_state
    assert "Brief bank" in words(again)
    assert secrets(visit("account")) == []


def test_a_refusal_is_said_where_the_token_was_asked_for(visit: Visit, firm: FirmAtWork) -> None:
    firm.hire("anna", Role.LAWYER)
    app = made(visit, " ")
    assert "A name has 1 to 200 letters." in words(app)
    assert secrets(app) == []


def test_one_revokes_ones_own_token_and_its_program_is_shut_out(
    visit: Visit, firm: FirmAtWork
) -> None:
    firm.hire("anna", Role.LAWYER)
    app = made(visit, "Brief bank")
    (secret,) = secrets(app)
    (button,) = [one for one in app.button if "_revoke_" in str(one.key)]
    said = words(button.click().run())
    assert "Brief bank works no more." in said
    with pytest.raises(NotSignedIn):
        firm.app.acting_by(secret)


def test_an_administrator_sees_and_revokes_the_tokens_of_a_person(
    visit: Visit, firm: FirmAtWork
) -> None:
    anna = firm.hire("anna", Role.LAWYER)
    (secret,) = secrets(made(visit, "Brief bank"))
    firm.hire("root", Role.ADMIN)
    app = visit("people", person=str(anna))
    assert "Programs that act for them Brief bank" in words(app)
    (button,) = [one for one in app.button if "_revoke_" in str(one.key)]
    assert "Brief bank works no more." in words(button.click().run())
    with pytest.raises(NotSignedIn):
        firm.app.acting_by(secret)


def test_nobody_elses_token_is_on_ones_account(visit: Visit, firm: FirmAtWork) -> None:
    firm.hire("anna", Role.LAWYER)
    made(visit, "Brief bank")
    firm.hire("bert", Role.ADMIN)
    assert "Brief bank" not in words(visit("account"))
