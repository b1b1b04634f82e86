"""Style cards: made of opinions or of filings, behind walls, edited and counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from core.app import Onpoint
from core.errors import NoSuchCard, NoSuchFiling, UsageError
from core.model import FilingId, MatterId
from core.model.ids import CardId
from core.model.style import CardKind, StyleCard
from tests.db.office import Office, matter_with, me, open_office
from tests.db.test_search import add, record
from tests.writers import BLUNT, WORDY, written


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        yield opened


@pytest.fixture
def boss(office: Office) -> Onpoint:
    return office.hire("boss", "admin", "lawyer")


def opinions(office: Office, author: str, manner: tuple[str, ...]) -> None:
    """Let the library hold six opinions that somebody signed."""
    for n, text in enumerate(written(manner, 6)):
        case = record(f"{author}-{n}", text)
        signed = tuple(replace(opinion, author=author) for opinion in case.opinions)
        add(office.app._db, office.app._house.encoder(), replace(case, opinions=signed))


def taught(app: Onpoint, number: str, manner: tuple[str, ...], many: int = 4) -> MatterId:
    """Open a matter that may teach a style, with filings in one manner."""
    matter = matter_with(app, number, *written(manner, many))
    app.matters.change(matter, teaches_style=True)
    return matter


def filings(app: Onpoint, matter: MatterId) -> list[FilingId]:
    return [source.filing_id for source in app.cards.sources() if source.matter_id == matter]


def of_filings(office: Office, app: Onpoint) -> tuple[MatterId, StyleCard]:
    opinions(office, "Wordy", WORDY)
    matter = taught(app, "1", BLUNT)
    return matter, app.cards.make("Ours", filings=filings(app, matter))


def test_a_card_of_an_author_says_what_sets_him_apart_from_others_of_the_same_courts(
    office: Office, boss: Onpoint
) -> None:
    opinions(office, "Blunt", BLUNT)
    opinions(office, "Wordy", WORDY)
    assert [(a.author, a.opinions) for a in boss.cards.authors()] == [("Blunt", 6), ("Wordy", 6)]
    card = boss.cards.make("Blunt", author="Blunt")
    assert (card.kind, card.made_of) == (CardKind.AUTHOR, ("Blunt",))
    assert (card.counts.documents, card.counts.background) == (6, 6)
    says = [habit.says for habit in card.counts.habits if habit.says]
    assert "begins sentences with But, which others do not" in says
    # Whoever reads opinions reads what was counted in them.
    assert office.hire("ann", "lawyer").cards.get(card.card_id) == card
    (entry,) = office.app.trail.entries(action="card.make")
    assert entry.subject == "Blunt"


def test_two_cards_of_one_name_and_a_card_of_nothing_are_refused(
    office: Office, boss: Onpoint
) -> None:
    _, card = of_filings(office, boss)
    with pytest.raises(UsageError, match="a card called Ours already"):
        boss.cards.make("Ours", author="Wordy")
    with pytest.raises(UsageError, match="Choose an author"):
        boss.cards.make("Other")
    with pytest.raises(UsageError, match="at least 3 documents"):
        boss.cards.make("Nobody", author="Nobody")
    assert boss.cards.all() == (card,)


def test_filings_count_only_where_the_matter_consents_and_the_maker_may_read_it(
    office: Office, boss: Onpoint
) -> None:
    ours = taught(boss, "1", BLUNT)
    without = matter_with(boss, "2", *written(BLUNT, 3))
    theirs = taught(office.hire("ann", "lawyer"), "3", BLUNT)
    assert {source.matter_id for source in boss.cards.sources()} == {ours}
    for hidden in (without, theirs):
        (filing, *_) = office.run("SELECT filing_id FROM filings WHERE matter_id = %s", hidden)
        chosen = [*filings(boss, ours), FilingId(filing[0])]  # type: ignore[arg-type]
        with pytest.raises(NoSuchFiling):
            boss.cards.make("Mixed", filings=chosen)


def test_a_card_is_there_for_those_alone_who_may_read_all_that_was_counted(
    office: Office, boss: Onpoint
) -> None:
    matter, card = of_filings(office, boss)
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    boss.matters.add(matter, me(ann))
    assert ann.cards.get(card.card_id) == card
    assert (bob.cards.get(card.card_id), bob.cards.all()) == (None, ())
    with pytest.raises(NoSuchCard):
        bob.cards.told(card.card_id)
    boss.walls.raise_wall(matter, me(ann), "conflict")
    assert (ann.cards.get(card.card_id), ann.cards.all()) == (None, ())


def test_with_consent_withdrawn_the_card_is_gone_for_everybody_at_once(
    office: Office, boss: Onpoint
) -> None:
    matter, card = of_filings(office, boss)
    boss.matters.change(matter, teaches_style=False)
    assert (boss.cards.get(card.card_id), boss.cards.sources()) == (None, ())
    boss.matters.change(matter, teaches_style=True)
    assert boss.cards.get(card.card_id) == card


def test_what_was_counted_goes_with_a_filing_and_with_a_matter(
    office: Office, boss: Onpoint
) -> None:
    matter, _ = of_filings(office, boss)
    boss.filings.remove(filings(boss, matter)[0])
    assert office.run("SELECT name FROM style_cards") == []
    boss.cards.make("Again", filings=filings(boss, matter))
    boss.matters.remove(matter)
    assert office.run("SELECT name FROM style_cards") == []


def test_filings_are_held_beside_others_of_their_matters_where_there_are_enough(
    office: Office, boss: Onpoint
) -> None:
    matter, card = of_filings(office, boss)
    assert "opinions" in card.background
    taught(boss, "2", WORDY, 5)
    again = boss.cards.make("Beside briefs", filings=filings(boss, matter))
    assert "other filings" in again.background
    assert (again.counts.documents, again.counts.background) == (4, 5)


def test_what_was_edited_survives_a_recount(office: Office, boss: Onpoint) -> None:
    _, card = of_filings(office, boss)
    boss.cards.edit(card.card_id, "but", on=False)
    boss.cards.edit(card.card_id, "phrases", text="Say “of course”.")
    boss.cards.edit(card.card_id, None, text=" Never  write “clearly”. ")
    edited = boss.cards.recount(card.card_id)
    found = {line.key: line for line in edited.lines}
    assert not found["but"].on
    assert found["phrases"].text == "Say “of course”."
    assert edited.lines[0].text == "Never write “clearly”."
    told = boss.cards.told(card.card_id)
    assert "clearly" in told
    assert "Begin sentences with But" not in told


def test_a_line_is_given_its_counted_words_again_and_a_rule_of_ones_own_is_taken_away(
    office: Office, boss: Onpoint
) -> None:
    _, card = of_filings(office, boss)
    boss.cards.edit(card.card_id, "phrases", text="Say so.")
    # Switched off and on, it keeps its words.
    boss.cards.edit(card.card_id, "phrases", on=False)
    changed = boss.cards.edit(card.card_id, "phrases", on=True)
    assert next(line for line in changed.lines if line.key == "phrases").text == "Say so."
    own = boss.cards.edit(card.card_id, None, text="Be brief.").lines[0]
    boss.cards.edit(card.card_id, own.key, text="")
    assert boss.cards.edit(card.card_id, "phrases", text="").lines == card.lines


def test_an_edit_of_what_is_not_there_is_refused(office: Office, boss: Onpoint) -> None:
    _, card = of_filings(office, boss)
    with pytest.raises(UsageError, match="no line made-up"):
        boss.cards.edit(card.card_id, "made-up")
    with pytest.raises(UsageError, match="needs words"):
        boss.cards.edit(card.card_id, None, text=" ")
    with pytest.raises(UsageError, match="at most 400"):
        boss.cards.edit(card.card_id, None, text="x" * 401)
    with pytest.raises(NoSuchCard):
        boss.cards.edit(CardId(uuid4()), "but")


def test_with_a_topic_a_model_is_shown_the_authors_paragraphs(
    office: Office, boss: Onpoint
) -> None:
    long = "\n\n".join(" ".join([f"The {word} is on the stairs."] * 15) for word in ("ice", "tax"))
    matter = matter_with(boss, "1", *(f"{long}\n\n{body}" for body in written(BLUNT, 3)))
    opinions(office, "Wordy", WORDY)
    boss.matters.change(matter, teaches_style=True)
    card = boss.cards.make("Ours", filings=filings(boss, matter))
    shown = boss.cards.told(card.card_id, "ice")
    assert shown.count("<example>") == 3
    assert shown.split("<example>\n")[1].startswith("The ice is")
    assert "<example>" not in boss.cards.told(card.card_id)


def test_a_removed_card_is_gone_and_a_second_removal_says_so(office: Office, boss: Onpoint) -> None:
    _, card = of_filings(office, boss)
    assert boss.cards.remove(card.card_id)
    assert not boss.cards.remove(card.card_id)
    assert boss.cards.all() == ()
