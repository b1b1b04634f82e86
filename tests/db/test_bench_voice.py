"""“Sounds like us” on the bench: by whose ear, how sure, and for whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.app import Onpoint
from core.commands.bench import run_json
from core.model import Arm, BenchRun, MatterId
from core.style.card import ours
from core.style.card.manner import OUR_FILINGS
from tests.db.office import DUTY, Office, matter_with, me, open_office
from tests.db.test_search import add, record
from tests.scripted_models import Wire, scripted_models
from tests.writers import BLUNT, WORDY, written

QUESTION = "Does a lessor owe a duty to warn of ice on the stairs?"
SAID_BLUNTLY, SAID_WORDILY = (written(manner, 1, seed=7)[0] for manner in (BLUNT, WORDY))


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        add(opened.app._db, opened.app._house.encoder(), record("ice", DUTY, name="Ice v. Stairs"))
        yield opened


@pytest.fixture
def boss(office: Office) -> Onpoint:
    return office.hire("boss", "admin", "lawyer")


@pytest.fixture
def wire(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with scripted_models() as heard:
        office.app.firm.set("answer_model", "openai:any")
        office.app.firm.set("answer_base_url", heard.url)
        yield heard


def blunt_card(boss: Onpoint, many: int = 5) -> MatterId:
    """Make a card of the blunt one's papers; the wordy one's are beside them."""
    blunt = matter_with(boss, "1", *written(BLUNT, many))
    wordy = matter_with(boss, "2", *written(WORDY, 5))
    for matter in (blunt, wordy):
        boss.matters.change(matter, teaches_style=True)
    chosen = [s.filing_id for s in boss.cards.sources() if s.matter_id == blunt]
    boss.cards.make("Quillwort’s briefs", filings=chosen)
    return blunt


def voices(run: BenchRun) -> dict[Arm, float | None]:
    return {each.arm: each.voice for each in run.arms}


def alone(app: Onpoint, wire: Wire, words: str) -> float | None:
    """Return how far a model sounds like us that says just this with its books closed."""
    wire.script = lambda _: words
    return voices(app.bench.run(QUESTION))[Arm.MODEL_ALONE]


def test_what_is_said_as_we_say_it_sounds_like_us_and_anothers_manner_does_not(
    boss: Onpoint, wire: Wire
) -> None:
    blunt_card(boss)

    like_us, unlike = (alone(boss, wire, words) for words in (SAID_BLUNTLY, SAID_WORDILY))

    assert like_us is not None and like_us > 0.9
    assert unlike is not None and unlike < 0.1
    stick = boss.bench.runs()[0].yardstick
    assert stick is not None
    # Its own name would tell whoever comes to read the run which client it was.
    assert (stick.card, stick.reason, stick.documents) == (OUR_FILINGS, None, 10)
    assert stick.right == 1.0
    assert stick.low is not None and stick.high is not None
    as_json = run_json(boss.bench.runs()[0])
    assert json.loads(json.dumps(as_json))["yardstick"]["documents"] == 10


def test_its_verifier_is_trained_once_and_for_a_counted_card_anew(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    blunt_card(boss)
    verifiers = office.app._house.card_memory.verifiers
    (card,) = boss.cards.all()
    assert len(verifiers) == 0
    alone(boss, wire, SAID_BLUNTLY)
    trained = verifiers._held[card.card_id].made
    alone(boss, wire, SAID_WORDILY)
    assert verifiers._held[card.card_id].made is trained
    boss.cards.remove(card.card_id)
    assert len(verifiers) == 0


def test_whoever_may_not_see_the_card_is_told_nothing_by_it(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    matter = blunt_card(boss)
    (card,) = boss.cards.all()
    assert alone(boss, wire, SAID_BLUNTLY) is not None
    bob = office.hire("bob", "lawyer")

    assert alone(bob, wire, SAID_BLUNTLY) is None
    assert _reason(bob) == ours.NO_CARD
    boss.firm.set("style_card", str(card.card_id))
    assert alone(bob, wire, SAID_BLUNTLY) is None
    assert _reason(bob) == ours.NOT_YOURS
    boss.matters.add(matter, me(bob))
    assert alone(bob, wire, SAID_BLUNTLY) is not None


def test_a_card_of_too_little_and_no_card_say_why_there_is_no_figure(
    boss: Onpoint, wire: Wire
) -> None:
    assert alone(boss, wire, SAID_BLUNTLY) is None
    assert _reason(boss) == ours.NO_CARD
    blunt_card(boss, many=4)
    assert alone(boss, wire, SAID_BLUNTLY) is None
    assert _reason(boss) == ours.TOO_FEW


def test_of_several_cards_settings_name_the_one(boss: Onpoint, wire: Wire) -> None:
    matter = blunt_card(boss)
    (first,) = boss.cards.all()
    chosen = [s.filing_id for s in boss.cards.sources() if s.matter_id != matter]
    second = boss.cards.make("The wordy one", filings=chosen)
    assert alone(boss, wire, SAID_WORDILY) is None
    assert _reason(boss) == ours.SEVERAL

    for card, like in ((first, False), (second, True)):
        boss.firm.set("style_card", card.name)
        found = alone(boss, wire, SAID_WORDILY)
        assert found is not None and (found > 0.5) is like


def test_quotations_and_a_few_words_are_nobodys_voice(boss: Onpoint, wire: Wire) -> None:
    blunt_card(boss)
    quotation = f"The court said: “{' and the '.join(['of course the ferry leaves it'] * 9)}.”"
    for words in (quotation, "But the ferry leaves the wharf."):
        assert alone(boss, wire, words) is None
        assert _reason(boss) == ours.NOTHING_TO_JUDGE


def test_a_run_of_an_earlier_release_is_read_as_it_is(office: Office, boss: Onpoint) -> None:
    run = boss.bench.run(QUESTION)
    office.run("UPDATE bench_runs SET arms = (arms::json -> 'arms')::text")

    again = boss.bench.get(run.bench_id)

    assert again is not None
    assert (again.arms, again.yardstick) == (run.arms, None)


def _reason(app: Onpoint) -> str | None:
    stick = app.bench.runs()[0].yardstick
    return stick and stick.reason
