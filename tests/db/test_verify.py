"""J05: what is missing, changed, orphaned or broken is found, each told by its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.app import Onpoint
from core.ingest.files import Files
from core.ingest.parse.sandbox import Sandbox
from core.ingest.verify import verify, verify_what_serves_sees
from core.ingest.worker import drain
from core.model import Fault, FaultKind, Upload, Verification
from tests.db.desks import files_of, handed, open_desk, shop_of
from tests.db.office import DUTY, TAX, Office, matter_with


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


def looked_over(app: Onpoint, owner_url: str) -> Verification:
    encoder = app._house.encoder().fingerprint
    return verify(owner_url, Files(app.settings.home / "files"), encoder=encoder)


def broken(office: Office, statement: str, *values: object) -> None:
    """Break something behind the back of every rule."""
    office.run(
        "BEGIN; SET LOCAL session_replication_role = replica; "
        + statement.replace("%s", "'{}'").format(*values)
        + "; COMMIT"
    )


def put_together(ann: Onpoint) -> Upload:
    """A library with a text, a file that is found, and one that waits."""
    matter = matter_with(ann, "1", TAX)
    upload = handed(ann, matter, DUTY)
    drain(shop_of(ann))
    handed(ann, matter, f"{DUTY} Again.", "Waiting.txt")
    return upload


def test_j05_what_is_whole_is_said_to_be(ann: Onpoint, owner_url: str) -> None:
    put_together(ann)
    found = looked_over(ann, owner_url)
    assert (found.whole, found.faults, found.files) == (True, (), 2)
    assert found.checks > 15
    assert found.bytes == sum(path.stat().st_size for path in files_of(ann))


def test_j05_files_missing_changed_and_of_nobody_are_found(ann: Onpoint, owner_url: str) -> None:
    upload = put_together(ann)
    files = Files(ann.settings.home / "files")
    stray = files.path(upload.matter_id, bytes(32))
    stray.write_bytes(b"of nobody")
    kept = [path for path in files_of(ann) if path != stray]
    kept[0].unlink()
    changed = bytearray(kept[1].read_bytes())
    changed[-1] ^= 1
    kept[1].write_bytes(changed)

    found = {each.kind: each for each in looked_over(ann, owner_url).faults}

    assert set(found) == {FaultKind.MISSING_FILE, FaultKind.CHANGED_FILE, FaultKind.ORPHAN_FILE}
    assert found[FaultKind.MISSING_FILE].subject == f"{upload.matter_id}/{kept[0].name}"
    assert found[FaultKind.CHANGED_FILE].subject == f"{upload.matter_id}/{kept[1].name}"
    assert found[FaultKind.ORPHAN_FILE].subject == f"{upload.matter_id}/{stray.name}"
    # Nothing of what stands in them is told, nor what they are called.
    assert not any(word in each.words for each in found.values() for word in ("ice", "Brief"))


# How a filing is broken, and the rules that then do not hold of it.
BREAKS = [
    # Passages of a filing that is gone.
    (
        "DELETE FROM filings WHERE filing_id = %s",
        "filing_rows_have_filing upload_stands_on_its_shelf",
    ),
    # What is known of an upload that is gone.
    (
        """
        INSERT INTO filing_findings
        SELECT gen_random_uuid(), 0, matter_id, 'x', 1, 0, 3, 'x' FROM uploads WHERE filing_id = %s
        """,
        "upload_rows_have_upload",
    ),
    # A finding behind the end of the text.
    (
        """
        INSERT INTO filing_findings
        SELECT filing_id, 0, matter_id, 'x', 1, 0, 30000, 'x' FROM uploads WHERE filing_id = %s
        """,
        "filing_places_inside_text",
    ),
    # A text that was cut: its passages and its citation stay.
    (
        "UPDATE filings SET text = 'x' WHERE filing_id = %s",
        "filing_passage_inside_text filing_places_inside_text",
    ),
    ("DELETE FROM filing_passages WHERE filing_id = %s", "filing_shelf_is_whole"),
    # Work that nobody was asked for.
    ("UPDATE uploads SET state = 'waiting' WHERE filing_id = %s", "upload_work_is_queued"),
    # A filing that took its own place.
    ("UPDATE filings SET replaced_by = filing_id WHERE filing_id = %s", "filing_versions_end"),
    # A vector of another size.
    (
        "UPDATE filing_passages SET embedding = '[1,2]' WHERE filing_id = %s",
        "filing_vectors_are_alike",
    ),
]


def test_j05_rows_that_break_a_rule_are_found(office: Office, ann: Onpoint, owner_url: str) -> None:
    matter = matter_with(ann, "1", TAX)
    uploads = [handed(ann, matter, f"{DUTY} The {n}th one.") for n in range(len(BREAKS))]
    drain(shop_of(ann))
    assert looked_over(ann, owner_url).whole
    for upload, (statement, _) in zip(uploads, BREAKS, strict=True):
        broken(office, statement, upload.filing_id)

    faults = {fault.subject: fault for fault in looked_over(ann, owner_url).faults}

    assert {fault.kind for fault in faults.values()} == {FaultKind.BROKEN_ROW}
    assert set(faults) == {rule for _, rules in BREAKS for rule in rules.split()}
    for upload, (_, rules) in zip(uploads, BREAKS, strict=True):
        for rule in rules.split():
            told = faults[rule].words
            assert str(upload.filing_id) in told or rule == "upload_rows_have_upload"


def test_j05_vectors_of_another_encoder_are_counted(ann: Onpoint, owner_url: str) -> None:
    put_together(ann)
    files = Files(ann.settings.home / "files")
    (fault,) = verify(owner_url, files, encoder="another").faults
    assert fault == Fault(
        kind=FaultKind.WRONG_ENCODER,
        subject="encoder",
        words="2 filings and 0 cases were read by another encoder than the one in use, and are "
        "found by their words only.",
    )


def test_j05_the_role_that_serves_looks_over_what_it_may_and_says_what_it_may_not(
    office: Office, ann: Onpoint, owner_url: str, database_url: str
) -> None:
    upload = put_together(ann)
    files = Files(ann.settings.home / "files")

    def looked() -> Verification:
        return verify_what_serves_sees(database_url, files)

    found = looked()
    assert (found.faults, found.files, found.whole) == ((), 2, False)
    assert found.bytes == sum(path.stat().st_size for path in files_of(ann))
    assert 5 < found.checks < looked_over(ann, owner_url).checks
    assert "missing" not in str(found.unseen)
    assert any("not on the disk" in each for each in found.unseen)

    stray = files.path(upload.matter_id, bytes(32))
    stray.write_bytes(b"of nobody")
    changed = next(path for path in files_of(ann) if path != stray)
    changed.write_bytes(b"changed")
    broken(office, "INSERT INTO segments (passages) VALUES (%s)", 9)
    told = {each.kind: each.subject for each in looked().faults}
    assert told == {
        FaultKind.ORPHAN_FILE: f"{upload.matter_id}/{stray.name}",
        FaultKind.CHANGED_FILE: f"{upload.matter_id}/{changed.name}",
        FaultKind.BROKEN_ROW: "postings_have_segments",
    }


def test_what_a_later_reading_took_the_place_of_may_be_of_another_encoder(
    office: Office, ann: Onpoint, owner_url: str
) -> None:
    put_together(ann)
    office.run(
        "UPDATE filings SET encoder = 'another', replaced_by = other.filing_id FROM"
        " (SELECT filing_id FROM filings LIMIT 1) AS other"
        " WHERE filings.filing_id <> other.filing_id"
    )
    assert looked_over(ann, owner_url).whole


def test_a_trail_that_was_changed_is_told(office: Office, ann: Onpoint, owner_url: str) -> None:
    put_together(ann)
    broken(office, "UPDATE audit_entries SET subject = %s WHERE seq = 1", "other")
    (fault,) = looked_over(ann, owner_url).faults
    assert (fault.kind, fault.subject) == (FaultKind.BROKEN_TRAIL, "audit_trail")
