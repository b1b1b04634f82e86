"""A new version takes the old one's place in search; what was said of a filing holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from core.app import Onpoint
from core.errors import NoSuchFiling, UsageError
from core.ingest.parse.sandbox import Sandbox
from core.ingest.worker import drain
from core.library import found_out
from core.model import (
    Box,
    Described,
    Field,
    FilingId,
    Finding,
    FindingKind,
    MatterState,
    Span,
    UploadState,
)
from tests.db.desks import handed, now_of, open_desk, shop_of
from tests.db.office import DUTY, TAX, Office, matter_with, me
from tests.hostile_files import one_page, said

FIRST = f"{DUTY} The stairs were of stone, and no rail was there to hold on to when it froze. "
SECOND = FIRST + "He fell in March."


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(room=tmp_path_factory.mktemp("reading")) as opened:
        yield opened


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path, sandbox: Sandbox) -> Iterator[Office]:
    with open_desk(database_url, admin_url, tmp_path, sandbox) as opened:
        yield opened


@pytest.fixture
def ann(office: Office) -> Onpoint:
    return office.hire("ann", "paralegal", "lawyer")


def found_by(app: Onpoint, query: str) -> list[FilingId]:
    return [hit.filing.filing_id for hit in app.search(query).filings]


def ids(filings: tuple[object, ...]) -> list[FilingId]:
    return [getattr(each, "filing", each).filing_id for each in filings]  # type: ignore[attr-defined]


# --- versions ---


def test_a_new_version_is_found_and_the_old_one_is_still_read(office: Office, ann: Onpoint) -> None:
    bob = office.hire("bob", "paralegal")
    matter = matter_with(ann, "1", team=(bob,))
    old = ann.filings.add_text(matter, "Brief", FIRST).filing_id
    new = ann.filings.add_text(matter, "Brief 2", SECOND).filing_id
    assert ids(ann.filings.alike(new)) == [old]

    # Somebody else of the team than whoever added them.
    assert ids(bob.filings.replace(old, new)) == [new, old]

    for query in ("stairs of stone", "“no rail was there”", "556 U.S. 418"):
        assert found_by(ann, query) == [new]
    held = ann.filings.get(old)
    assert held is not None
    assert (held.text, held.replaced_by) == (FIRST.strip() + " ", new)
    assert ann.filings.alike(new) == ()
    assert ids(ann.filings.versions(old)) == ids(ann.filings.versions(new)) == [new, old]
    (entry,) = [e for e in bob.trail.mine() if e.action == "filing.replace"]
    assert (entry.subject, entry.detail["by"]) == ("Brief", str(new))


def test_words_of_an_old_version_weigh_nothing_in_its_matter(ann: Onpoint) -> None:
    texts = (FIRST, TAX)
    plain, full = (matter_with(ann, number, *texts) for number in ("1", "2"))
    old = ann.filings.add_text(full, "Old", f"{FIRST} {TAX} {TAX}").filing_id
    ann.filings.replace(old, ann.filings.all(full)[0].filing_id)
    orders = [
        [hit.filing.name for hit in ann.search("duty petition", matter=each).filings]
        for each in (plain, full)
    ]
    assert orders[0] == orders[1]
    assert len(orders[0]) == 2


def test_an_old_version_is_found_again_once_it_is_reinstated(ann: Onpoint) -> None:
    matter = matter_with(ann, "1", FIRST, SECOND)
    old, new = ids(ann.filings.all(matter))
    ann.filings.replace(old, new)
    assert ids(ann.filings.reinstate(old)) == [old]
    assert sorted(found_by(ann, "stairs of stone")) == sorted([old, new])


def test_three_versions_stand_in_the_order_in_which_they_were_replaced(ann: Onpoint) -> None:
    matter = matter_with(ann, "1", FIRST, SECOND, TAX)
    one, two, three = ids(ann.filings.all(matter))
    ann.filings.replace(two, one)
    ann.filings.replace(one, three)
    assert ids(ann.filings.versions(two)) == [three, one, two]
    # Without the one in the middle the first was replaced by the last.
    ann.filings.remove(one)
    assert ids(ann.filings.versions(two)) == [three, two]
    # Without the last the first is current again.
    ann.filings.remove(three)
    assert found_by(ann, "stairs of stone") == [two]


def test_what_is_no_new_version_is_refused_in_words(office: Office, ann: Onpoint) -> None:
    matter, other = matter_with(ann, "1", FIRST, SECOND, TAX), matter_with(ann, "2", DUTY)
    one, two, three = ids(ann.filings.all(matter))
    (elsewhere,) = ids(ann.filings.all(other))
    ann.filings.replace(one, two)
    stranger = office.hire("eve", "lawyer")
    refusals: list[tuple[Callable[[], object], type[Exception], str]] = [
        (lambda: ann.filings.replace(two, two), UsageError, "of itself"),
        (lambda: ann.filings.replace(two, elsewhere), UsageError, "different matters"),
        (lambda: ann.filings.replace(one, three), UsageError, "was replaced before"),
        (lambda: ann.filings.replace(two, one), UsageError, "was itself replaced"),
        (lambda: stranger.filings.replace(two, three), NoSuchFiling, "no such filing"),
        (lambda: ann.filings.replace(two, FilingId(matter)), NoSuchFiling, "no such filing"),
    ]
    for act, error, words in refusals:
        with pytest.raises(error, match=words):
            act()
    ann.matters.change(matter, state=MatterState.CLOSED)
    with pytest.raises(UsageError, match="closed"):
        ann.filings.replace(two, three)


def test_nobody_of_a_team_can_change_what_a_filing_says_or_who_added_it(
    office: Office, ann: Onpoint, database_url: str
) -> None:
    matter_with(ann, "1", FIRST)
    for column in ("text = 'x'", "name = 'x'", "added_by = added_by"):
        with psycopg.connect(database_url) as connection:
            connection.execute("SELECT set_config('onpoint.person', %s, true)", (str(me(ann)),))
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"UPDATE filings SET {column}".encode())


# --- duplicates ---


def test_the_same_words_in_other_bytes_are_the_filing_that_is_there(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    first = handed(ann, matter, DUTY)
    drain(shop_of(ann))
    second = ann.filings.upload(matter, "Copy.txt", [b"\xef\xbb\xbf" + DUTY.encode()])
    drain(shop_of(ann))
    done = now_of(ann, second)
    assert (done.state, done.duplicate_of) == (UploadState.SEARCHABLE, first.filing_id)
    assert found_by(ann, "duty to warn") == [first.filing_id]

    # The other one takes its place where it is removed.
    ann.filings.remove(first.filing_id)
    drain(shop_of(ann))
    assert now_of(ann, second).duplicate_of is None
    assert found_by(ann, "duty to warn") == [second.filing_id]


def test_a_filing_alike_in_a_hidden_matter_changes_nothing(office: Office, ann: Onpoint) -> None:
    eve = office.hire("eve", "lawyer")
    matter_with(eve, "1", FIRST)
    matter = matter_with(ann, "2", SECOND)
    assert ann.filings.alike(ids(ann.filings.all(matter))[0]) == ()


# --- descriptions ---


def test_what_a_person_confirmed_is_never_overwritten(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    filing_id = handed(ann, matter, DUTY).filing_id
    suggest(ann, filing_id, kind="motion", judge="Marlow")

    described = ann.filings.describe(filing_id, Field.KIND, " Brief ")
    suggest(ann, filing_id, kind="letter", judge="Harlow")

    told = {each.field: each for each in ann.filings.description(filing_id)}
    assert described[0] == told[Field.KIND]
    assert told[Field.KIND] == Described(
        field=Field.KIND, value="brief", confidence=1, confirmed_by="Ann"
    )
    assert (told[Field.JUDGE].value, told[Field.JUDGE].confirmed_by) == ("Harlow", None)
    (entry,) = [e for e in ann.trail.mine() if e.action == "filing.describe"]
    assert (entry.subject, entry.detail["field"]) == ("Brief.txt", "kind")


CORRECTIONS = [
    (Field.DATE_FILED, "2021-01-04", "2021-01-04"),
    (Field.DATE_FILED, "2021-01", "2021-01"),
    (Field.COURT, "nysd", "nysd"),
    # As a brief writes it.
    (Field.COURT, "S.D.N.Y.", "nysd"),
    # Of another country: it has no id.
    (Field.COURT, "High Court of Fiji", "High Court of Fiji"),
    (Field.CAPTION, "Ice \n v.\x00 Stairs", "Ice v. Stairs"),
    # There is none.
    (Field.JUDGE, "", ""),
]
REFUSED = [
    (Field.DATE_FILED, "4 January 2021", "is no date"),
    (Field.KIND, "poem", "one of these"),
    (Field.PARTIES, "x" * 501, "500 characters"),
]


def test_a_correction_is_kept_as_the_field_is_written_or_refused(ann: Onpoint) -> None:
    filing_id = handed(ann, matter_with(ann, "1"), DUTY).filing_id
    for field, written, kept in CORRECTIONS:
        described = ann.filings.describe(filing_id, field, written)
        assert [each.value for each in described if each.field is field] == [kept]
    for field, written, words in REFUSED:
        with pytest.raises(UsageError, match=words):
            ann.filings.describe(filing_id, field, written)


def suggest(app: Onpoint, filing_id: FilingId, **values: str) -> None:
    """Have the description read out of the file say this."""
    described = [
        Described(field=Field(name), value=value, confidence=0.9) for name, value in values.items()
    ]
    with shop_of(app).db.transaction(scope=app.who.scope) as tx:
        (upload,) = app.filings.uploads()
        found_out.put_descriptions(tx, upload.matter_id, filing_id, described)


# --- pages ---


def test_a_passage_is_boxed_on_its_page_and_the_page_is_drawn(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    upload = ann.filings.upload(matter, "Letter.pdf", [one_page(said("The stairs froze"))])
    drain(shop_of(ann))
    (hit,) = ann.search("stairs").filings
    (page,) = ann.filings.pages(upload.filing_id)
    ((number, boxes),) = ann.filings.boxes(upload.filing_id, hit.passages[0].span)
    assert (number, page.number) == (1, 1)
    assert all(on_page(box) for box in boxes)
    picture = ann.filings.page_image(upload.filing_id, 1, 200)
    assert picture.startswith(b"\x89PNG")
    with pytest.raises((NoSuchFiling, UsageError)):
        ann.filings.page_image(upload.filing_id, 2, 200)
    with pytest.raises(NoSuchFiling):
        ann.filings.page_image(upload.filing_id, 0, 200)


def on_page(box: Box) -> bool:
    return 0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1


def test_a_text_has_no_page_and_says_so(ann: Onpoint) -> None:
    matter = matter_with(ann, "1", DUTY)
    (filing_id,) = ids(ann.filings.all(matter))
    assert ann.filings.pages(filing_id) == ann.filings.boxes(filing_id, Span(0, 9)) == ()
    with pytest.raises(UsageError, match="added as a text"):
        ann.filings.page_image(filing_id, 1, 100)


def test_findings_are_told_in_their_order(ann: Onpoint) -> None:
    upload = handed(ann, matter_with(ann, "1"), DUTY)
    found = [
        Finding(kind=FindingKind.PRIVILEGE, page=2, span=Span(4, 9), words="Privileged"),
        Finding(kind=FindingKind.HIDDEN_TEXT, page=None, span=Span(0, 3), words="Hidden"),
    ]
    with shop_of(ann).db.transaction(scope=ann.who.scope) as tx:
        found_out.put_findings(tx, upload.matter_id, upload.filing_id, found)
    assert ann.filings.findings(upload.filing_id) == tuple(found)
