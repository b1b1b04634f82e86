"""The firm's screens: settings, people, matters, filings, audit, one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.conftest import dangers, markup, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    Visit = Callable[..., AppTest]

SCREENS = ("settings", "people", "matters", "filings", "audit", "account")


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("screen", SCREENS)
def test_i13_each_screen_of_the_firm_stands_on_an_empty_library(screen: str, visit: Visit) -> None:
    app = visit(screen)
    assert not app.exception
    assert "This did not work" not in words(app)
    assert dangers(markup(app)) == []
