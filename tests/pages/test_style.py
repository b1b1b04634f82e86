"""The style cards on their screen: made of an author's opinions, looked at, edited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from core.model import Role
from tests.pages.conftest import LINES, markup, words
from tests.writers import BLUNT, WORDY, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.model import FirmSetting
    from tests.pages.fix_firm import FirmAtWork

    Visit = Callable[..., AppTest]

pytest_plugins = ["tests.pages.fix_firm"]


@pytest.fixture
def two_authors(firm: FirmAtWork, tmp_path: Path) -> None:
    """Let the library hold opinions of two who write differently."""
    cases = []
    for author, manner in (("Blunt", BLUNT), ("Wordy", WORDY)):
        for n, text in enumerate(written(manner, 5)):
            opinion = {"type": "majority", "author": author, "text": text}
            cases.append(LINES[0] | {"id": f"{author}-{n}", "opinions": [opinion], "citations": []})
    file = tmp_path / "authors.jsonl"
    file.write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    assert firm.app.import_jsonl([file]).cases == 10


def test_with_nothing_to_count_the_screen_says_what_is_needed(
    visit: Visit, firm: FirmAtWork
) -> None:
    firm.hire("anna", Role.ADMIN)
    app = visit("style")
    assert "There is no card yet" in words(app)
    assert "The library has no author" in words(app)
    assert app.button(key="card_go").disabled
    app = app.radio(key="card_kind").set_value("Our filings").run()
    assert "No filing may teach a style yet" in words(app)


@pytest.mark.usefixtures("two_authors")
def test_an_author_is_chosen_counted_looked_at_and_edited(visit: Visit, firm: FirmAtWork) -> None:
    firm.hire("anna", Role.ADMIN)
    app = visit("style")
    app = app.button(key="card_go").click().run(timeout=60)
    assert not app.exception
    (card,) = firm.app.cards.all()
    assert card.name == "Blunt"
    assert "Begins sentences with But, which others do not" in words(app)
    # Every picture is said in words, for whoever cannot see it.
    assert markup(app).count('role="img" aria-label=') == markup(app).count('role="img"') > 10

    line = f"line_{card.card_id}_but"
    app = app.checkbox(key=f"{line}_on").uncheck().run(timeout=60)
    app = app.text_input(key=f"{line}_text").set_value("Open with But.").run(timeout=60)
    app.text_input(key=f"card_{card.card_id}_own").set_value("Be brief.")
    app = app.button(key=f"card_{card.card_id}_add").click().run(timeout=60)
    assert "The rule is added." in words(app)
    app = app.button(key=f"card_{card.card_id}_recount").click().run(timeout=60)
    assert "Counted anew." in words(app)
    lines = {each.key: each for each in firm.app.cards.all()[0].lines}
    assert (lines["but"].on, lines["but"].text) == (False, "Open with But.")
    assert next(each.text for each in lines.values()) == "Be brief."

    app = app.button(key=f"card_{card.card_id}_remove").click().run(timeout=60)
    assert "Blunt is removed." in words(app)
    assert firm.app.cards.all() == ()


@pytest.mark.usefixtures("two_authors")
def test_the_card_that_the_prompt_voice_is_told_is_chosen_by_its_name(
    visit: Visit, firm: FirmAtWork
) -> None:
    app = visit("settings")
    assert "There is no card that you may see. One is made under Style." in words(app)
    card = firm.app.cards.make("Blunt: the judge", author="Blunt")
    chosen = str(card.card_id)

    app = visit("settings")
    field = app.selectbox(key="set_style_card")
    assert field.options == ["None", "Blunt: the judge"]
    app = field.set_value(chosen).run()
    assert "✓ Saved." in words(app)
    assert _card_setting(firm).value == chosen
    assert chosen not in words(app)

    app = app.selectbox(key="set_style_card").set_value("").run()
    assert _card_setting(firm).value is None

    firm.app.firm.set("style_card", chosen)
    firm.app.cards.remove(card.card_id)
    app = visit("settings")
    assert not app.exception
    assert "△ What was chosen is there no more" in words(app)
    app.button(key="unset_style_card").click().run()
    assert _card_setting(firm).problem is None


def _card_setting(firm: FirmAtWork) -> FirmSetting:
    return next(row for row in firm.app.firm.table() if row.name == "style_card")
