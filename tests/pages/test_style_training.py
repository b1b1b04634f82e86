"""Voices that are trained, at the screen: a dataset, an adapter asked for, the gate in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.model import Role
from tests.db.test_style_registry import argument
from tests.pages.conftest import dangers, markup, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.app import Onpoint
    from tests.pages.fix_firm import FirmAtWork

    Visit = Callable[..., AppTest]

pytest_plugins = ["tests.pages.fix_firm"]


@pytest.fixture
def boss(firm: FirmAtWork, request: pytest.FixtureRequest) -> Onpoint:
    """Somebody who leads matters and the firm, and sits at the screen."""
    request.getfixturevalue("library_of_one")
    return firm.app.acting_as(firm.hire("boss", Role.LAWYER, Role.ADMIN))


def teaching(app: Onpoint, number: str, *ns: int) -> None:
    """A matter that lets its filings teach, each one argument of some paragraphs."""
    matter = app.matters.open(number, f"Matter {number}").matter_id
    app.matters.change(matter, teaches_style=True)
    for n in ns:
        text = "\n\n".join(argument(100 * n + each) for each in range(30))
        app.filings.add_text(matter, f"Brief {n}", text)


def test_without_anything_to_learn_from_the_page_says_what_to_do(
    boss: Onpoint, visit: Visit
) -> None:
    app = visit("style")
    assert "No voice yet." in words(app)
    app.text_input(key="style_voice").input("Our appeals")
    app = next(each for each in app.button if each.label == "Make a dataset").click().run()
    assert "There is nothing to learn from" in words(app)


def test_a_dataset_is_made_an_adapter_asked_for_and_its_gate_shut(
    boss: Onpoint, visit: Visit, tmp_path: Path
) -> None:
    teaching(boss, "1", 1, 2, 3)
    teaching(boss, "2", 4, 5)
    app = visit("style")
    app.text_input(key="style_voice").input("Our <b>appeals</b>")
    chosen = app.multiselect(key="style_filings")
    chosen.set_value(chosen.options)
    app = next(each for each in app.button if each.label == "Make a dataset").click().run()
    assert boss.style.datasets(), words(app)
    (dataset,) = boss.style.datasets()
    assert dataset.examples > 0
    said = words(app)
    assert "The dataset is made." in said
    assert f"{dataset.examples:,}" in said
    assert "To be measured on" in said
    assert "Plain and own words" in said
    app = app.button(key="style_prepare").click().run()
    assert any("onpoint style train" in each.value for each in app.code)

    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    app.text_input(key="style_base").input(str(tmp_path))
    app = next(each for each in app.button if each.label == "Train an adapter").click().run()
    (adapter,) = boss.style.adapters()
    said = words(app)
    assert "It waits to be trained" in said
    assert "It was not evaluated yet." in said
    assert f"What taught it: {dataset.sources} sources" in said
    assert "by leave of" in said
    assert dangers(markup(app)) == []

    app = app.button(key=f"style_stop_{adapter.adapter_id}").click().run()
    assert "It is stopped." in words(app)
    assert boss.style.adapters()[0].state == "cancelled"
