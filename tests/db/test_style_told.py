"""The style card in the prompt voice: told to the model of those alone who may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from core.app import Onpoint
from core.ask.overhearing import NOT_KEPT
from core.errors import UsageError
from core.model import MatterId, TraceId, Voice
from core.model.style import StyleCard
from core.settings import Settings
from core.style.card.card import count_card
from core.style.card.kept_cards import counts_text
from core.style.card.manner import OUR_FILINGS, Manner, how_we_write
from tests.db.office import DUTY, Office, matter_with, me, open_office
from tests.db.test_search import add, record
from tests.scripted_models import Prompt, Wire, honest, scripted_models
from tests.writers import BLUNT, WORDY, written

QUESTION = "Does a lessor owe a duty to warn of ice on the stairs?"
LINE = re.compile(r"^(S\d+: )(.*)$", re.MULTILINE)
HOUSE = "Write as the harbor office writes."
# A paragraph of each filing; on other stairs than those of the question, and with a canary.
ICE = "The quillwort lessor kept the ice on the stairs, and the tenant was never told of it. "
COPIED = "The quillwort lessor kept the ice on the stairs, 999 F.9d 12 (2031)."
LINES_TOLD = "Begin sentences with But"


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        opinions(opened, ("ice", DUTY))
        yield opened


@pytest.fixture
def boss(office: Office) -> Onpoint:
    return office.hire("boss", "admin", "lawyer")


@pytest.fixture
def wire(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with scripted_models() as heard:
        heard.script = wording(lambda line: line)
        for name, value in {
            "answer_model": "openai:any",
            "answer_base_url": heard.url,
            "style": "prompt",
            "style_words": HOUSE,
        }.items():
            office.app.firm.set(name, value)
        yield heard


def opinions(office: Office, *texts: tuple[str, str], author: str | None = None) -> None:
    for name, text in texts:
        case = record(name, text, name=f"{name.title()} v. Stairs")
        signed = tuple(replace(opinion, author=author) for opinion in case.opinions)
        add(office.app._db, office.app._house.encoder(), replace(case, opinions=signed))


@cache
def counts() -> str:
    """Count what one writer does beside the other, once: it takes a second."""
    return counts_text(count_card(written(BLUNT, 3), written(WORDY, 3)))


def kept(office: Office, app: Onpoint, name: str, *, author: str | None = None) -> StyleCard:
    """Keep a card as it was counted, of an author or of all filings that may teach."""
    sources = [] if author else app.cards.sources()
    (row,) = office.run(
        "INSERT INTO style_cards"
        " (card_id, name, kind, author, filings, matters, background, counts, made_by)"
        " VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, 'others', %s, %s) RETURNING card_id",
        *(name, "author" if author else "filings", author),
        [source.filing_id for source in sources],
        list({source.matter_id for source in sources}),
        *(counts(), me(app)),
    )
    card = app.cards.get(row[0])  # type: ignore[arg-type]
    assert card is not None
    app.firm.set("style_card", str(card.card_id))
    # What a first question prepares for the next is there from the beginning.
    app.cards.told(card.card_id, QUESTION)
    return card


def papers() -> list[str]:
    """Write three papers of some pages that one knows again by a word."""
    return ["\n\n".join([ICE * 6] * 9) + f"\n\nThe wharf has {n} steps." for n in range(3)]


def of_author(office: Office, app: Onpoint) -> StyleCard:
    opinions(office, *((f"b{n}", text) for n, text in enumerate(papers())), author="Blunt")
    return kept(office, app, "Blunt", author="Blunt")


def of_filings(
    office: Office, app: Onpoint, *, external: bool = False
) -> tuple[MatterId, StyleCard]:
    matter = matter_with(app, "1", *papers())
    app.matters.change(matter, teaches_style=True, external_models=external)
    return matter, kept(office, app, "Quillwort’s briefs")


def wording(rewrite: Callable[[str], str]) -> Callable[[Prompt], str]:
    def script(prompt: Prompt) -> str:
        if "<lines>" not in prompt:
            return honest(prompt)
        lines = LINE.findall(prompt.split("<lines>", 1)[1])
        return "\n".join(f"{mark}{rewrite(line)}" for mark, line in lines)

    return script


def told(wire: Wire) -> Prompt:
    """Return what the style model was told last."""
    return next(prompt for prompt in reversed(wire.prompts) if "<lines>" in prompt)


def held(office: Office) -> int:
    return len(office.app._house.card_memory.examples)


# --- what a model is told ---


def test_the_model_is_told_the_firms_words_the_cards_lines_and_the_paragraphs_nearest_by(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    _, card = of_filings(office, boss)
    boss.cards.edit(card.card_id, None, text="Never write “clearly”.")
    boss.cards.edit(card.card_id, "phrases", on=False)

    footer = boss.ask(QUESTION).footer

    heard = told(wire)
    first, second, third = (heard.index(each) for each in (HOUSE, LINES_TOLD, "<example>"))
    assert first < second < third
    assert "Never write “clearly”." in heard
    assert "Turns of phrase" not in heard
    assert heard.count("<example>") == 3
    assert heard.split("<example>\n")[1].startswith("The quillwort lessor")
    assert (footer.voice, footer.card) == (Voice.PROMPT, OUR_FILINGS)


def test_of_a_card_of_opinions_the_footer_says_the_name(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    of_author(office, boss)

    assert office.hire("ann", "lawyer").ask(QUESTION).footer.card == "Blunt"
    assert LINES_TOLD in told(wire)
    assert "quillwort" in told(wire)


def test_without_a_card_the_firms_words_are_all(boss: Onpoint, wire: Wire) -> None:
    footer = boss.ask(QUESTION).footer
    assert (footer.voice, footer.card) == (Voice.PROMPT, None)
    assert told(wire).split("The style:\n")[1].split("<lines>")[0].strip() == HOUSE


# --- walls ---


def test_a_lawyer_who_may_not_read_the_matter_is_worded_by_the_firms_words_alone(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    matter, _ = of_filings(office, boss)
    ann, bob = office.hire("ann", "lawyer"), office.hire("bob", "lawyer")
    boss.matters.add(matter, me(ann))

    assert ann.ask(QUESTION).footer.card == OUR_FILINGS
    assert "quillwort" in told(wire)
    for kept_out in (bob, ann):
        boss.walls.raise_wall(matter, me(kept_out), "conflict")
        footer = kept_out.ask(QUESTION).footer
        assert (footer.voice, footer.card) == (Voice.PROMPT, None)
        assert HOUSE in told(wire)
        assert LINES_TOLD not in told(wire)
        assert "quillwort" not in told(wire).lower()
    assert boss.ask(QUESTION).footer.card == OUR_FILINGS


def test_the_record_of_an_answer_keeps_nothing_of_filings_that_its_readers_may_not_read(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    of_filings(office, boss)
    # A model that repeats what it was told.
    wire.script = wording(lambda line: f"{COPIED} {line}")
    bob = office.hire("bob", "lawyer")
    other = matter_with(boss, "2", team=(bob,))

    answer = boss.ask(QUESTION, matter=other)

    assert "quillwort" in told(wire).lower()
    trace = bob.traces.get(TraceId(UUID(answer.trace_id)))
    assert trace is not None and trace.answer.working is not None
    assert trace.answer.footer.voice is Voice.OFF
    assert trace.answer.working.calls[-1].outputs == (NOT_KEPT,)
    ((written_down,),) = office.run("SELECT record FROM traces")
    assert HOUSE in str(written_down)
    for secret in ("quillwort", LINES_TOLD.lower()):
        assert secret not in str(written_down).lower()


def test_paragraphs_of_filings_go_to_no_outside_model_that_their_matter_does_not_let_read(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    matter, _ = of_filings(office, boss, external=True)
    # This way of writing the address of this computer counts as another's.
    boss.firm.set("answer_base_url", f"http://127.1:{urlsplit(wire.root).port}/v1")

    boss.ask(QUESTION)
    assert "quillwort" in told(wire)

    boss.matters.change(matter, external_models=False)
    assert boss.ask(QUESTION).footer.card == OUR_FILINGS
    assert LINES_TOLD in told(wire)
    assert "<example>" not in told(wire)
    assert "quillwort" not in told(wire)

    boss.firm.set("inside_hosts", "127.1")
    boss.ask(QUESTION)
    assert "quillwort" in told(wire)


def test_paragraphs_of_opinions_are_public_whoever_reads_them(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    of_author(office, boss)
    boss.firm.set("answer_base_url", f"http://127.1:{urlsplit(wire.root).port}/v1")

    boss.ask(QUESTION)

    assert "quillwort" in told(wire)


# --- the content lock ---


@pytest.mark.parametrize(
    "copying",
    [
        lambda line: line.replace(" [S1]", f", and {ICE.strip().lower()} [S1]"),
        lambda _: f"{COPIED} [S1]",
        lambda _: f"{ICE.strip()} [S1]",
        lambda line: f"{COPIED} {line}",
    ],
    ids=["a clause", "with a citation", "a sentence", "a sentence before"],
)
def test_what_a_model_copies_from_an_example_into_an_answer_is_refused(
    office: Office, boss: Onpoint, wire: Wire, copying: Callable[[str], str]
) -> None:
    of_filings(office, boss)
    plain = boss.ask(QUESTION, voice=Voice.OFF)
    wire.script = wording(copying)

    answer = boss.ask(QUESTION)

    assert "quillwort" in told(wire)
    assert answer.text == plain.text
    assert answer.footer.voice is Voice.OFF
    assert answer.wordings
    assert all(one.refused and one.spoken == one.plain for one in answer.wordings)


# --- a card that is gone ---


def test_a_removed_card_breaks_nothing_and_settings_say_so(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    _, card = of_filings(office, boss)

    boss.cards.remove(card.card_id)

    footer = boss.ask(QUESTION).footer
    assert (footer.voice, footer.card) == (Voice.PROMPT, None)
    assert told(wire).split("The style:\n")[1].split("<lines>")[0].strip() == HOUSE
    (row,) = (row for row in boss.firm.table() if row.name == "style_card")
    assert row.value == str(card.card_id)
    assert row.problem is not None
    assert "there no more" in row.problem
    assert boss.firm.unset("style_card").problem is None


def test_a_card_is_chosen_by_its_name_among_those_that_whoever_chooses_may_see(
    office: Office, boss: Onpoint
) -> None:
    _, card = of_filings(office, boss)
    boss.firm.unset("style_card")
    other = office.hire("other", "admin")

    with pytest.raises(UsageError, match="none called 'Quillwort’s briefs' for you"):
        other.firm.set("style_card", card.name)
    chosen = boss.firm.set("style_card", card.name)

    assert (chosen.value, chosen.problem) == (str(card.card_id), None)
    assert [choice.label for choice in chosen.choices] == [card.name]
    (row,) = (row for row in other.firm.table() if row.name == "style_card")
    assert row.choices == ()
    assert row.problem is not None
    entry, *_ = boss.trail.entries(action="setting.set")
    assert entry.words == "Voice, style card: another was chosen"


# --- what is kept in memory ---


def test_with_a_card_what_was_prepared_of_it_is_forgotten(office: Office, boss: Onpoint) -> None:
    opinions(office, *((f"w{n}", text) for n, text in enumerate(written(WORDY, 3))))
    _, card = of_filings(office, boss)
    for change in (boss.cards.recount, boss.cards.remove):
        boss.cards.told(card.card_id, "ice")
        assert held(office) == 1
        change(card.card_id)
        assert held(office) == 0


def test_with_consent_withdrawn_nothing_is_told_and_nothing_remembered(
    office: Office, boss: Onpoint, wire: Wire
) -> None:
    matter, card = of_filings(office, boss)
    boss.ask(QUESTION)
    assert held(office) == 1

    boss.matters.change(matter, teaches_style=False)
    boss.ask(QUESTION)

    assert "quillwort" not in told(wire)
    assert held(office) == 0
    boss.matters.change(matter, teaches_style=True)
    boss.cards.told(card.card_id, "ice")
    assert held(office) == 1
    # Whoever never saw the card makes nobody else wait for it.
    office.hire("bob", "lawyer").ask(QUESTION)
    assert held(office) == 1


def test_an_opinion_that_left_the_library_is_no_example_any_more(
    office: Office, boss: Onpoint
) -> None:
    card = of_author(office, boss)
    memory = office.app._house.card_memory.examples
    assert "quillwort" in boss.cards.told(card.card_id, "ice")
    prepared = memory._held[card.card_id].made
    office.run("UPDATE opinions SET text = replace(text, 'quillwort', 'former')")
    # Until the shelf says that it changed, nothing is read again.
    assert "quillwort" in boss.cards.told(card.card_id, "ice")
    assert memory._held[card.card_id].made is prepared
    opinions(office, ("new", DUTY))
    assert "quillwort" not in boss.cards.told(card.card_id, "ice")
    again = memory._held[card.card_id].made
    # A new opinion by another is no reason to prepare the same ones anew.
    opinions(office, ("newer", DUTY))
    boss.cards.told(card.card_id, "ice")
    assert memory._held[card.card_id].made is again


# --- for whoever measures ---


def test_the_lines_alone_are_had_without_a_topic_and_of_filings_not_where_others_see_the_outcome(
    office: Office, boss: Onpoint
) -> None:
    words = Settings.model_fields["style_words"].default

    def manner(*, public_only: bool) -> Manner:
        now = boss._house.rules.now()
        return how_we_write(now, boss._db, boss.who.scope, public_only=public_only)

    of_author(office, boss)
    for public_only in (True, False):
        told = manner(public_only=public_only)
        assert (told.card, told.in_records) == ("Blunt", None)
        assert told.text.startswith(words)
        assert LINES_TOLD in told.text
        assert "<example>" not in told.text
    of_filings(office, boss)
    assert manner(public_only=True) == Manner(text=words)
    assert LINES_TOLD in manner(public_only=False).text
