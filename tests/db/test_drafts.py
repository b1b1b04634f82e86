"""Drafts with a matter: saved, edited, versioned, shared by walls, taken away as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4
from zipfile import ZipFile

import docx
import psycopg
import pytest

from core.app import Onpoint
from core.errors import NoSuchDraft, NoSuchMatter, UsageError
from core.model import (
    Answer,
    CiteStyle,
    DraftId,
    MatterId,
    MatterState,
    PaperForm,
    Support,
    TraceId,
)
from tests.db.office import DUTY, TAX, Office, matter_with, me, open_office
from tests.db.test_removal import bytes_of_tables
from tests.db.test_search import add, record
from tests.db.test_traces import CANARY, QUESTION, broken

SENTENCE = "The lessor owes a duty to warn the tenant of ice on the stairs."


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        add(
            opened.app._db,
            opened.app._house.encoder(),
            record("ice", DUTY, name="Ice v. Stairs", citations=("556 U.S. 418",)),
            record("tax", TAX, name="Tax v. Court"),
        )
        yield opened


@pytest.fixture
def ann(office: Office) -> Onpoint:
    return office.hire("ann", "lawyer")


def begun(app: Onpoint, *team: Onpoint) -> tuple[Answer, MatterId, DraftId]:
    matter = matter_with(app, "12", team=team)
    answer = app.ask(QUESTION)
    return answer, matter, app.drafts.begin(matter, answer)


def support(app: Onpoint, draft_id: DraftId) -> list[Support]:
    draft = app.drafts.get(draft_id)
    assert draft is not None
    return [claim.support for claim in draft.version.claims]


def test_an_answer_becomes_a_draft_with_its_text_its_sources_and_its_verdicts(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    bob = office.hire("bob", "paralegal")
    answer, matter, draft_id = begun(ann, bob)

    draft = bob.drafts.get(draft_id)
    assert draft is not None
    assert (draft.head.title, draft.head.version, draft.started_by) == (QUESTION, 1, "Ann")
    assert (draft.version.text, draft.sources) == (answer.text, answer.sources)
    assert support(bob, draft_id) == [Support.VERIFIED]
    assert draft.authors == (None,)
    # Its record is the team's from now on.
    trace = bob.traces.get(TraceId(UUID(answer.trace_id)))
    assert trace is not None and trace.head.matter_id == matter
    assert [head.draft_id for head in bob.drafts.all()] == [draft_id]
    assert broken(owner_url) == {}


def test_what_is_edited_is_a_version_of_its_own_checked_anew(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    bob = office.hire("bob", "lawyer")
    _, _, draft_id = begun(ann, bob)
    edited = f"{SENTENCE} [1] The lessor owes no duty to warn of ice. [1 We waited."

    saved = bob.drafts.save(draft_id, edited, based_on=1)

    assert saved.version == 2
    assert saved.notices == ("A mark of a source that was torn was mended.",)
    assert support(ann, draft_id) == [
        Support.VERIFIED,
        Support.UNSUPPORTED,
        Support.UNSUPPORTED,
    ]
    draft = ann.drafts.get(draft_id)
    assert draft is not None
    assert draft.authors == (None, "Bob", "Bob")
    assert [(v.version, v.saved_by) for v in ann.drafts.versions(draft_id)] == [
        (1, "Ann"),
        (2, "Bob"),
    ]
    first = ann.drafts.get(draft_id, 1)
    assert first is not None and first.version.text == f"{SENTENCE} [1]"
    assert ann.drafts.get(draft_id, 3) is None
    assert broken(owner_url) == {}


def test_k06_nobody_overwrites_what_another_saved_meanwhile(office: Office, ann: Onpoint) -> None:
    bob = office.hire("bob", "lawyer")
    _, _, draft_id = begun(ann, bob)
    ann.drafts.save(draft_id, "Ann was first.", based_on=1)

    for stale in (1, 0, 7):
        with pytest.raises(UsageError, match="Ann has saved version 2 meanwhile"):
            bob.drafts.save(draft_id, "Bob was second.", based_on=stale)

    assert bob.drafts.save(draft_id, "Bob was second.", based_on=2).version == 3
    # What is saved as it stands is no other version.
    assert bob.drafts.save(draft_id, "Bob was second.", based_on=3).version == 3
    assert len(ann.drafts.versions(draft_id)) == 3


def test_b19_a_draft_is_shared_with_the_team_by_its_walls_and_with_nobody_else(
    office: Office, ann: Onpoint
) -> None:
    bob, stranger = office.hire("bob", "lawyer"), office.hire("carl", "lawyer")
    chief = office.hire("chief", "admin", "lawyer")
    _, matter, draft_id = begun(ann, bob)
    assert bob.drafts.get(draft_id) is not None
    chief.walls.raise_wall(matter, me(bob), "conflict")

    unknown = DraftId(uuid4())
    for outsider in (bob, stranger, chief):
        assert [told(act) for act in acts(outsider, draft_id)] == [
            told(act) for act in acts(outsider, unknown)
        ]
        assert outsider.drafts.all() == outsider.drafts.all(matter) == ()
        with pytest.raises(NoSuchMatter):
            outsider.drafts.begin(matter, outsider.ask(QUESTION))


def acts(app: Onpoint, draft_id: DraftId) -> tuple[Callable[[], object], ...]:
    return (
        lambda: app.drafts.get(draft_id),
        lambda: app.drafts.versions(draft_id),
        lambda: app.drafts.save(draft_id, "x", based_on=1),
        lambda: app.drafts.rename(draft_id, "x"),
        lambda: app.drafts.remove(draft_id),
        lambda: app.drafts.confirm(draft_id),
        lambda: app.drafts.withdraw(draft_id),
        lambda: app.drafts.export(draft_id, PaperForm.DOCX),
        lambda: app.drafts.statement(draft_id, PaperForm.DOCX),
    )


def told(act: Callable[[], object]) -> str:
    try:
        return f"given {act()!r}"
    except (NoSuchDraft, UsageError) as refused:
        return f"{type(refused).__name__}: {refused}"


def test_b23_nobody_saves_or_confirms_in_anothers_name(
    office: Office, ann: Onpoint, database_url: str
) -> None:
    bob = office.hire("bob", "lawyer")
    _, matter, draft_id = begun(ann, bob)
    said = f"'{draft_id}', 1, 0, '{matter}', '{me(ann)}'"
    for statement in (
        f"INSERT INTO draft_versions VALUES ('{draft_id}', 2, '{matter}', '', '', '{me(ann)}')",
        f"INSERT INTO draft_confirmations VALUES ({said})",
        f"UPDATE draft_versions SET text = 'x' WHERE draft_id = '{draft_id}'",
        f"UPDATE drafts SET origin = '{{}}' WHERE draft_id = '{draft_id}'",
    ):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            psycopg.connect(database_url) as connection,
        ):
            connection.execute("SELECT set_config('onpoint.person', %s, true)", (str(me(bob)),))
            connection.execute(statement.encode())


def test_who_has_read_the_sources_and_reviewed_which_version_is_in_the_statement(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    bob = office.hire("bob", "lawyer")
    matter = matter_with(ann, "12", team=(bob,))
    answer = ann.ask(QUESTION)
    ann.traces.confirm(TraceId(UUID(answer.trace_id)), 1)
    draft_id = ann.drafts.begin(matter, answer)

    def statement() -> str:
        return bob.drafts.statement(draft_id, PaperForm.MARKDOWN).content.decode()

    # What was confirmed of the answer holds for the draft.
    assert "read by Ann on" in statement()
    bob.drafts.confirm(draft_id)
    assert "Reviewed by Bob on" in statement() and "I certify that" in statement()
    bob.drafts.save(draft_id, f"{SENTENCE} [1] The stairs were icy.", based_on=1)

    said = statement()
    assert "Version 1, which was another text, was reviewed by Bob" in said
    assert "cannot be certified yet" in said
    assert "Written or edited by Bob" in said
    assert "1 sentence: without a source, and therefore not checked." in said
    with pytest.raises(UsageError, match="no source 9"):
        bob.drafts.confirm(draft_id, 9)
    assert bob.drafts.withdraw(draft_id, version=1)
    assert not bob.drafts.withdraw(draft_id, 1)
    assert broken(owner_url) == {}


def test_g11_a_confirmation_that_nobody_made_shows(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    _, matter, draft_id = begun(ann)
    office.run(
        "INSERT INTO draft_confirmations (draft_id, n, version, matter_id, person_id)"
        " VALUES (%s, 1, 0, %s, %s)",
        *(draft_id, matter, me(ann)),
    )
    assert broken(owner_url) == {"draft_confirmation_is_in_trail": 1}


def test_a_version_that_is_gone_shows(office: Office, ann: Onpoint, owner_url: str) -> None:
    _, _, draft_id = begun(ann)
    ann.drafts.save(draft_id, "Another text.", based_on=1)
    office.run("DELETE FROM draft_versions WHERE version = 1")
    assert broken(owner_url) == {"draft_has_versions": 1}


def test_a_draft_is_a_word_file_with_footnotes_authorities_and_what_ai_was_used_for(
    office: Office, ann: Onpoint
) -> None:
    office.app.firm.set("firm_name", "Howe & Co.")
    _, _, draft_id = begun(ann)
    ann.drafts.rename(draft_id, "Ice on the stairs")

    file = ann.drafts.export(draft_id, PaperForm.DOCX)

    assert file.name == "Ice-on-the-stairs.docx"
    made = docx.Document(BytesIO(file.content))
    text = [each.text for each in made.paragraphs]
    assert text[0] == "Howe & Co."
    assert text[1].startswith("Matter 12, ")
    assert "Ice on the stairs" in text and SENTENCE in text
    assert "Ice v. Stairs, 556 U.S. 418 (2009)\t1" in text
    with ZipFile(BytesIO(file.content)) as archive:
        assert "556 U.S. 418" in archive.read("word/footnotes.xml").decode()
    foot = " ".join(each.text for each in made.sections[-1].footer.paragraphs)
    assert "1 sentence of 1 was selected by software, word for word" in foot


def test_or_markdown_with_citations_in_the_text(office: Office, ann: Onpoint) -> None:
    _, _, draft_id = begun(ann)
    file = ann.drafts.export(
        draft_id, PaperForm.MARKDOWN, style=CiteStyle.INLINE, authorities=False, foot=False
    )
    made = file.content.decode()
    assert f"{SENTENCE} *Ice v. Stairs*, 556 U.S. 418 (2009)." in made
    assert "Table of authorities" not in made and "selected by software" not in made


def test_nothing_is_saved_in_a_closed_matter_and_nothing_removed_under_hold(
    office: Office, ann: Onpoint
) -> None:
    answer, matter, draft_id = begun(ann)
    ann.matters.change(matter, state=MatterState.CLOSED, legal_hold=True)

    for act in (
        lambda: ann.drafts.begin(matter, answer),
        lambda: ann.drafts.save(draft_id, "x", based_on=1),
        lambda: ann.drafts.rename(draft_id, "x"),
    ):
        with pytest.raises(UsageError, match="closed"):
            act()
    with pytest.raises(UsageError, match="legal hold"):
        ann.drafts.remove(draft_id)
    assert ann.drafts.get(draft_id) is not None
    ann.matters.change(matter, legal_hold=False)
    assert ann.drafts.remove(draft_id)
    assert not ann.drafts.remove(draft_id)


def test_what_makes_no_draft_is_said_in_words(ann: Onpoint) -> None:
    matter = matter_with(ann, "12")
    with pytest.raises(UsageError, match="No answer was given"):
        ann.drafts.begin(matter, ann.ask("Who owns the moon and its cheese?"))
    answer = ann.ask(QUESTION)
    long = ann.drafts.begin(matter, replace(answer, question="Why? " * 100))
    draft = ann.drafts.get(long)
    assert draft is not None and draft.head.title.endswith(" …") and len(draft.head.title) <= 200
    for text, why in (("  \n", "empty"), ("x" * 200_001, "at most")):
        with pytest.raises(UsageError, match=why):
            ann.drafts.save(long, text, based_on=1)
    with pytest.raises(UsageError, match="title"):
        ann.drafts.rename(long, "\x00 ")


def test_j06_a_removed_draft_leaves_no_trace_of_what_it_said(office: Office, ann: Onpoint) -> None:
    _, matter, draft_id = begun(ann)
    ann.drafts.save(draft_id, f"The {CANARY} was slippery. [1]", based_on=1)
    assert CANARY.encode() in bytes_of_tables(office)

    ann.drafts.remove(draft_id)
    assert CANARY.encode() not in bytes_of_tables(office)

    again = ann.drafts.begin(matter, ann.ask(QUESTION), CANARY)
    ann.drafts.confirm(again)
    ann.matters.remove(matter)
    assert CANARY.encode() not in bytes_of_tables(office)
    assert ann.drafts.all() == ()
