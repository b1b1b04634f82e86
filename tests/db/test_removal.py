"""What is removed is gone from everywhere, with a receipt; what is held stays."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.app import Onpoint
from core.errors import NoSuchFiling, NoSuchMatter, UsageError
from core.ingest.accept import accept
from core.ingest.files import Files
from core.ingest.parse.sandbox import Sandbox
from core.ingest.verify import verify
from core.ingest.worker import drain
from core.model import Field, FilingId, Mode
from tests.db.desks import files_of, handed, now_of, open_desk, shop_of
from tests.db.office import DUTY, TAX, Office, matter_with

# In no other text, and in no name.
CANARY = "quillwort"
SECRET = f"The lessor knew of the {CANARY} on the stairs. See 556 U.S. 418 (2009)."


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


def bytes_of_tables(office: Office) -> bytes:
    """All that stands in the files of the tables and their indexes, once they were vacuumed."""
    for (table,) in office.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        office.run(f"VACUUM FULL {table}")
    office.run("CHECKPOINT")
    held = office.run(
        "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
        " WHERE relkind IN ('r', 't', 'i') AND relnamespace IN"
        " ('public'::regnamespace, 'pg_toast'::regnamespace)"
    )
    return b"".join(bytes(row[0]) for row in held if isinstance(row[0], bytes | memoryview))


def test_j06_a_removed_filing_leaves_no_trace_of_what_it_said(office: Office, ann: Onpoint) -> None:
    matter = matter_with(ann, "1", TAX)
    upload = handed(ann, matter, SECRET)
    drain(shop_of(ann))
    ann.filings.describe(upload.filing_id, Field.CAPTION, f"In re {CANARY}")
    assert CANARY.encode() in bytes_of_tables(office)
    size = len(SECRET.encode())

    receipt = ann.filings.remove(upload.filing_id)

    assert (receipt.filings, receipt.passages, receipt.files, receipt.bytes) == (1, 1, 1, size)
    assert CANARY.encode() not in bytes_of_tables(office)
    assert files_of(ann) == []
    assert ann.search(CANARY, mode=Mode.LEXICAL).filings == ()
    assert ann.filings.get(upload.filing_id) is ann.filings.upload_of(upload.filing_id) is None
    for table in ("uploads", "jobs", "upload_steps", "filing_descriptions", "filing_pages"):
        assert office.run(f"SELECT * FROM {table}") == []


def test_a_receipt_names_its_entry_in_the_trail(ann: Onpoint) -> None:
    upload = handed(ann, matter_with(ann, "1"), SECRET)
    receipt = ann.filings.remove(upload.filing_id)
    (entry,) = [each for each in ann.trail.mine() if each.entry_id == receipt.entry_id]
    assert (entry.action, entry.subject) == ("filing.remove", "Brief.txt")
    assert entry.detail["bytes"] == len(SECRET.encode())


def test_what_came_in_an_archive_goes_with_it(ann: Onpoint) -> None:
    matter, shop = matter_with(ann, "1"), shop_of(ann)
    outer = accept(shop, ann.who, matter, "outer.txt", [b"Outer."])
    inner = accept(shop, ann.who, matter, "in.txt", [b"Inner."], part_of=outer.filing_id)
    deep = accept(shop, ann.who, matter, "deep.txt", [SECRET.encode()], part_of=inner.filing_id)
    drain(shop)
    assert deep.filing_id in {hit.filing.filing_id for hit in ann.search(CANARY).filings}

    receipt = ann.filings.remove(outer.filing_id)

    assert (receipt.filings, receipt.files) == (3, 3)
    assert ann.search(CANARY, mode=Mode.LEXICAL).filings == ()
    assert files_of(ann) == []


def test_every_one_is_removed_or_none(ann: Onpoint) -> None:
    upload = handed(ann, matter_with(ann, "1"), SECRET)
    with pytest.raises(NoSuchFiling):
        ann.filings.remove(upload.filing_id, FilingId(upload.matter_id))
    with pytest.raises(UsageError):
        ann.filings.remove()
    assert now_of(ann, upload).name == "Brief.txt"
    assert len(files_of(ann)) == 1


def test_j07_legal_hold_blocks_removal_and_says_who_set_it(office: Office, ann: Onpoint) -> None:
    bob = office.hire("bob", "lawyer")
    matter = matter_with(ann, "1", team=(bob,))
    upload = handed(ann, matter, SECRET)
    bob.matters.change(matter, legal_hold=True)
    # Who changes something else did not set it.
    ann.matters.change(matter, legal_hold=True, name="Stairs")
    for act in (
        lambda: ann.filings.remove(upload.filing_id),
        lambda: ann.matters.remove(matter),
    ):
        with pytest.raises(UsageError, match="legal hold, set by Bob"):
            act()
    assert len(files_of(ann)) == 1
    ann.matters.change(matter, legal_hold=False)
    ann.filings.remove(upload.filing_id)
    assert files_of(ann) == []


def test_a_matter_goes_with_its_files_also_by_who_may_not_read_it(
    office: Office, ann: Onpoint
) -> None:
    chief = office.hire("chief", "admin")
    matter, other = matter_with(ann, "1", TAX), matter_with(ann, "2")
    handed(ann, matter, SECRET)
    drain(shop_of(ann))
    handed(ann, matter, DUTY, "Waiting.txt")
    kept = handed(ann, other, SECRET)

    receipt = chief.matters.remove(matter)

    assert (receipt.filings, receipt.passages, receipt.files) == (2, 2, 2)
    assert receipt.bytes == len(SECRET.encode()) + len(DUTY.encode())
    (path,) = files_of(ann)
    assert path.parent.name == str(other)
    assert [each.filing_id for each in ann.filings.uploads()] == [kept.filing_id]
    with pytest.raises(NoSuchMatter):
        chief.matters.remove(matter)


def test_a_file_handed_in_again_while_it_is_removed_is_there_or_gone_whole(
    ann: Onpoint, owner_url: str
) -> None:
    matter = matter_with(ann, "1")
    for _ in range(12):
        upload = handed(ann, matter, SECRET)
        both = [
            threading.Thread(target=_removed, args=(ann, upload.filing_id)),
            threading.Thread(target=handed, args=(ann, matter, SECRET)),
        ]
        for each in both:
            each.start()
        for each in both:
            each.join()
        assert len(files_of(ann)) == len(ann.filings.uploads())
    files = Files(ann.settings.home / "files")
    assert verify(owner_url, files, encoder=None).faults == ()


def test_a_filing_can_be_removed_while_it_is_worked_on(ann: Onpoint, owner_url: str) -> None:
    matter = matter_with(ann, "1")
    for n in range(6):
        upload = handed(ann, matter, f"{SECRET} {n}")
        working = threading.Thread(target=drain, args=(shop_of(ann),))
        working.start()
        ann.filings.remove(upload.filing_id)
        working.join()
    assert ann.search(CANARY, mode=Mode.LEXICAL).filings == ()
    files = Files(ann.settings.home / "files")
    assert verify(owner_url, files, encoder=None).faults == ()


def _removed(app: Onpoint, filing_id: FilingId) -> None:
    app.filings.remove(filing_id)
