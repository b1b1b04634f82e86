"""A firm at its screens: people who are signed in, each with the cookie of their own browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from streamlit.runtime.context import ContextProxy

from core.model import Role
from pages.parts.app import open_app
from pages.parts.visitor import COOKIE
from tests.pages.conftest import LINES

if TYPE_CHECKING:
    from pathlib import Path

    from core.app import Onpoint
    from core.model import PersonId

PASSWORD = "a ferry crosses the river at dawn"


class FirmAtWork:
    """People of a firm on a test's own library; one of them sits at the screen."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._cookies: dict[str, str] = {}
        patch.setattr(ContextProxy, "cookies", property(lambda _: dict(self._cookies)))

    @property
    def app(self) -> Onpoint:
        """The library, acting as its owner."""
        return open_app()

    def hire(self, login: str, *roles: Role) -> PersonId:
        """Invite somebody, who then sits at the screen, signed in."""
        invitation = self.app.people.invite(login, login.title(), roles)
        signed_in = self.app.accounts.accept(invitation.token, PASSWORD)
        self.sit_down(signed_in.token)
        return signed_in.person.person_id

    def sit_down(self, token: str) -> None:
        """Let the screen be looked at with a session's cookie; an empty one is nobody's."""
        self._cookies = {COOKIE: token} if token else {}

    def sign_in(self, login: str) -> str:
        token = self.app.accounts.sign_in(login, PASSWORD, "127.0.0.1").token
        self.sit_down(token)
        return token


@pytest.fixture
def firm(empty: None, monkeypatch: pytest.MonkeyPatch) -> FirmAtWork:
    """A firm with nothing in its library yet."""
    return FirmAtWork(monkeypatch)


@pytest.fixture
def library_of_one(firm: FirmAtWork, tmp_path: Path) -> None:
    """Let the firm's library hold one case."""
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(LINES[0]), encoding="utf-8")
    assert firm.app.import_jsonl([file]).cases == 1
