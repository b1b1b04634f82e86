"""Blind ballots at the screen: two wordings and nothing that tells whose, then the next pair."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.library import style, style_adapters
from core.model import Role
from core.model.training import AdapterState
from tests.as_measured import as_measured
from tests.pages.conftest import dangers, markup, words
from tests.pages.test_style_training import teaching

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.app import Onpoint
    from core.model import PersonId
    from tests.pages.fix_firm import FirmAtWork

    Visit = Callable[..., AppTest]

pytest_plugins = ["tests.pages.fix_firm"]

# So many that the lot puts ours in both places, but for once in eight million times.
WORDINGS = [
    {
        "plain": f"plain {n} ⟦C1⟧",
        "by_adapter": f"Ours <i>{n}</i> says ⟦P1⟧, see ⟦C1⟧.",
        "by_other": f"Other {n} says ⟦P1⟧, see ⟦C1⟧.",
    }
    for n in range(24)
]


@pytest.fixture
def boss(firm: FirmAtWork) -> Onpoint:
    return firm.app.acting_as(firm.hire("boss", Role.LAWYER, Role.ADMIN))


@pytest.fixture
def asked(boss: Onpoint, tmp_path: Path) -> None:
    """Let a voice be measured, and ballots wait."""
    teaching(boss, "1", 1)
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    filings = [f.filing_id for m in boss.matters.all() for f in boss.filings.all(m.matter_id)]
    made = boss.style.make_dataset("Our <b>appeals</b>", filings=filings)
    adapter = boss.style.train(made.dataset.dataset_id, tmp_path)
    with boss._db.transaction(scope=boss.who.scope) as tx:
        style_adapters.move(
            tx, adapter.adapter_id, AdapterState.TRAINED, out_of=[AdapterState.WAITING]
        )
        source = style.ledger(tx, adapter_id=adapter.adapter_id)[0].source
    pairs = [{"source": source} | one for one in WORDINGS]
    as_measured(boss, adapter.adapter_id, pairs=pairs)


def click(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def lawyer(firm: FirmAtWork, boss: Onpoint, login: str = "lea") -> PersonId:
    """Somebody of the matter's team who takes a seat at the screen."""
    hired = firm.hire(login, Role.LAWYER)
    for matter in boss.matters.all():
        boss.matters.add(matter.matter_id, hired)
    return hired


def test_with_nothing_to_vote_on_the_screen_says_when_there_will_be(
    visit: Visit, firm: FirmAtWork
) -> None:
    firm.hire("lea", Role.LAWYER)
    assert "There is nothing to vote on. When a voice is trained" in words(visit("ballots"))


@pytest.mark.usefixtures("asked")
def test_a_lawyer_sees_two_wordings_votes_skips_and_is_told_when_it_is_done(
    visit: Visit, firm: FirmAtWork, boss: Onpoint
) -> None:
    lea = boss.acting_as(lawyer(firm, boss))
    app = visit("ballots")
    seen = words(app)
    assert "24 left" in seen and "says [name], see [citation]." in seen and "⟦" not in seen
    assert "Our <b>appeals</b>" in seen and dangers(markup(app)) == []
    assert {"Ours <i>0</i> says", "Other 0 says"} == set(re.findall(r"\w+ \S*0\S* says", seen))

    first = lea.style.ballots()[0]
    app = click(app, "The first")
    assert "23 left" in words(app) and " 0 says" not in words(app)
    assert first.ballot_id not in {each.ballot_id for each in lea.style.ballots()}
    app = click(app, "Skip")
    assert "22 left" in words(app) and " 2 says" in words(app)
    for _ in range(22):
        app = click(app, "The second")
    assert "That is all, but for 1 pair that you skipped." in words(app)
    assert len(lea.style.ballots()) == 1
    # Who has still to vote is told no result.
    assert "How the votes stand" not in words(app)
    app = click(app, "Show what I skipped")
    app = click(app, "The first")
    assert "That was the last one. Nothing is left to vote on" in words(app)
    assert "of your votes took its wording for ours" in words(app)
    assert lea.style.ballots() == ()


@pytest.mark.usefixtures("asked")
def test_the_button_under_the_hand_votes_for_what_stood_beside_its_name(
    visit: Visit, firm: FirmAtWork, boss: Onpoint
) -> None:
    """Whoever always takes our wording for ours, wherever the lot put it, has voted all for it."""
    lea = boss.acting_as(lawyer(firm, boss))
    app = visit("ballots")
    places: set[str] = set()
    for ballot in lea.style.ballots():
        label = "The first" if ballot.first.startswith("Ours") else "The second"
        # What stands beside the name is what is voted for.
        assert re.search(rf"{label} Ours", words(app))
        places.add(label)
        app = click(app, label)
    assert places == {"The first", "The second"}
    assert "100% of your votes took its wording for ours." in words(app)


@pytest.mark.usefixtures("asked")
def test_nothing_on_the_screen_tells_whose_wording_is_whose(
    visit: Visit, firm: FirmAtWork, boss: Onpoint
) -> None:
    """But for the wordings themselves and the pair's id, all screens of all pairs are one."""
    lawyer(firm, boss)
    app = visit("ballots")
    screens: dict[bool, set[str]] = {True: set(), False: set()}
    for left in range(24, 0, -1):
        held = markup(app) + " ".join(
            f"{b.key} {b.label} {b.help} {b.proto.id}" for b in app.button
        )
        first = held.index("Ours") < held.index("Other")
        held = re.sub(r"(Ours|Other) (&lt;i&gt;)?\d+(&lt;/i&gt;)?", "WORDING", held)
        held = re.sub(r"[0-9a-f]{32}|[0-9a-f-]{36}", "ID", held.replace(f"{left} left", "LEFT"))
        screens[first].add(re.sub(r"plain \d+", "PLAIN", held))
        app = click(app, "The first")
    assert len(screens[True]) == len(screens[False]) == 1
    assert screens[True] == screens[False]


@pytest.mark.usefixtures("asked")
def test_the_plain_line_is_folded_away_and_the_votes_stand_on_the_page_of_styles(
    visit: Visit, firm: FirmAtWork, boss: Onpoint
) -> None:
    (adapter,) = boss.style.adapters()
    for login in ("lea", "leo", "lou"):
        one = boss.acting_as(lawyer(firm, boss, login))
        for ballot in one.style.ballots():
            one.style.vote(ballot.ballot_id, first=ballot.first.startswith("Ours"))
    firm.sign_in("boss")
    # The boss has not voted: to them no result, and a pair with its plain line one click away.
    assert "How the votes stand" not in words(visit("style"))
    assert "<details><summary>The plain line</summary><p>plain 0 [citation]</p></details>" in (
        markup(visit("ballots"))
    )
    firm.hire("ada", Role.ADMIN)
    said = words(visit("style"))
    assert "100% took its wording for ours, between 100% and 100%" in said
    assert "Voters: 3, votes: 72." in said
    assert "is for others in the firm" in words(visit("ballots"))
    assert boss.style.preference(adapter.adapter_id) is not None
