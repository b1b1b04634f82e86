"""Files are taken in whole or not at all, once, within limits, and for nobody else's eyes."""

from __future__ import annotations

import io
import resource
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from core.app import Onpoint
from core.errors import LibraryError, LimitReached, NoSuchFiling, NoSuchMatter, UsageError
from core.ingest import accept
from core.ingest.parse.sandbox import Sandbox
from core.ingest.worker import drain
from core.model import FileKind, FilingId, MatterState, Tally, UploadState
from tests.db.desks import files_of, handed, now_of, open_desk, shop_of
from tests.db.office import DUTY, TAX, Office, matter_with, me
from tests.pdf_pages import Page, pdf

PASSWORD = "open-sesame-41"


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


# --- what lies on the desk ---


def test_the_desk_is_counted_and_told_in_parts_by_state_and_name(ann: Onpoint) -> None:
    matter, other = matter_with(ann, "1"), matter_with(ann, "2", DUTY)
    for n in range(5):
        handed(ann, matter, f"Paper {n}", f"Paper {n}.txt")
    drain(shop_of(ann))
    handed(ann, matter, "Late", "Late paper.txt")
    desk, waiting, found = ann.filings, UploadState.WAITING, UploadState.SEARCHABLE
    assert desk.tally() == Tally(uploads={found: 5, waiting: 1}, texts=1)
    assert desk.tally(matter) == Tally(uploads={found: 5, waiting: 1}, texts=0)
    assert desk.tally(named="PAPER 3") == Tally(uploads={found: 1}, texts=0)
    everything = [each.name for each in desk.uploads()]
    assert everything[0] == "Late paper.txt"
    assert [
        each.name
        for start in (0, 2, 4)
        for each in desk.uploads(matter, states={found}, named="paper", k=2, offset=start)
    ] == everything[1:]
    assert [each.name for each in desk.texts(named="filing")] == ["Filing 0"]
    assert desk.texts(matter) == desk.texts(other, k=5, offset=1) == ()
    (left,) = desk.uploads(states={waiting})
    assert left.seconds_left is not None
    assert [each.matter_id for each in ann.matters.mine()] == [matter, other]


def test_b21_many_are_cancelled_at_once_or_none(office: Office, ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    done = handed(ann, matter, DUTY)
    drain(shop_of(ann))
    waiting = [handed(ann, matter, f"Paper {n}").filing_id for n in range(3)]
    bob = office.hire("bob", "lawyer")
    theirs = handed(bob, matter_with(bob, "2"), TAX)
    with pytest.raises(NoSuchFiling):
        ann.filings.cancel_all(*waiting, theirs.filing_id)
    assert ann.filings.tally().uploads[UploadState.WAITING] == 3
    assert ann.filings.cancel_all(*waiting, done.filing_id) == 3
    assert ann.filings.tally().uploads == {UploadState.CANCELLED: 3, UploadState.SEARCHABLE: 1}
    assert drain(shop_of(ann)) == 1  # another's
    told = [entry for entry in ann.trail.mine() if entry.action == "filing.cancel"]
    assert len(told) == 3


# --- taken in ---


def test_a_dropped_file_is_found_once_it_was_worked_on(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    upload = handed(ann, matter, DUTY)
    assert (upload.state, upload.kind) == (UploadState.WAITING, FileKind.UNKNOWN)
    assert ann.search("duty to warn").filings == ()

    assert drain(shop_of(ann)) == 1

    done = now_of(ann, upload)
    assert (done.state, done.kind, done.passages) == (UploadState.SEARCHABLE, FileKind.TEXT, 1)
    assert done.answerable_at is not None
    assert done.answerable_at > done.accepted_at
    (hit,) = ann.search("duty to warn").filings
    assert hit.filing.filing_id == upload.filing_id


def test_what_was_accepted_is_on_the_disk_under_its_hash(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    handed(ann, matter, DUTY)
    (path,) = files_of(ann)
    assert path.parent.name == str(matter)
    assert path.read_text(encoding="utf-8") == DUTY


def test_c02_a_name_is_shown_safely_and_never_a_path(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    names = {
        "../../etc/passwd": "passwd",
        "C:\\Users\\x\\Brief.pdf": "Brief.pdf",
        "...hidden.txt": "hidden.txt",
        "a\x00b\u202etxt.exe": "a b txt.exe",
        "": accept.NAMELESS,
        "\u202e/": accept.NAMELESS,
    }
    for n, (name, expected) in enumerate(names.items()):
        assert handed(ann, matter, f"Text {n}", name).name == expected
    longest = handed(ann, matter, "Long", "x" * 300 + ".pdf").name
    assert len(longest) == accept.LONGEST_NAME
    assert longest.endswith("….pdf")
    assert {len(path.name) for path in files_of(ann)} == {64}


def test_c03_a_file_too_large_is_refused_while_it_comes(ann: Onpoint, office: Office) -> None:
    matter = matter_with(ann, "1")
    office.app.firm.set("filing_megabytes", 2)
    given: list[int] = []

    def endless() -> Iterator[bytes]:
        while True:
            given.append(1)
            yield b"x" * 500_000

    with pytest.raises(LimitReached, match="2 MB"):
        ann.filings.upload(matter, "Endless.txt", endless())
    assert len(given) == 5
    assert files_of(ann) == []
    assert ann.filings.uploads(matter) == ()


def test_c14_the_same_bytes_are_in_a_matter_once(ann: Onpoint) -> None:
    matter, other = matter_with(ann, "1"), matter_with(ann, "2")
    first, again = handed(ann, matter, DUTY), handed(ann, matter, DUTY, "Another name.txt")
    elsewhere = handed(ann, other, DUTY)
    assert (again.filing_id, again.duplicate_of) == (first.filing_id, first.filing_id)
    assert first.duplicate_of is None
    assert elsewhere.filing_id != first.filing_id
    assert elsewhere.duplicate_of is None
    assert drain(shop_of(ann)) == 2


def test_c14_the_same_words_in_other_bytes_lead_to_the_filing_that_there_is(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    first = handed(ann, matter, DUTY)
    drain(shop_of(ann))
    second = ann.filings.upload(matter, "With a mark.txt", [b"\xef\xbb\xbf", DUTY.encode()])
    drain(shop_of(ann))
    done = now_of(ann, second)
    assert (done.state, done.duplicate_of) == (UploadState.SEARCHABLE, first.filing_id)
    assert len(ann.filings.all(matter)) == 1


def test_c15_the_same_bytes_at_once_are_one_upload_and_both_are_told_success(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    ready, told = threading.Barrier(4), list[FilingId]()

    def hand_in() -> None:
        ready.wait()
        told.append(handed(ann, matter, DUTY).filing_id)

    threads = [threading.Thread(target=hand_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 4
    assert len(set(told)) == 1
    assert len(ann.filings.uploads(matter)) == 1
    assert len(files_of(ann)) == 1


@pytest.mark.parametrize("pieces", range(4))
def test_c16_an_upload_broken_off_leaves_nothing(ann: Onpoint, pieces: int) -> None:
    matter = matter_with(ann, "1")

    def breaks_off() -> Iterator[bytes]:
        for _ in range(pieces):
            yield b"x" * 1000
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        ann.filings.upload(matter, "Broken.txt", breaks_off())
    assert ann.filings.uploads(matter) == ()
    assert files_of(ann) == []


def test_c16_files_that_nobody_has_are_swept_away_and_no_others(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    handed(ann, matter, DUTY)
    (kept,) = files_of(ann)
    stray = kept.with_name("0" * 64)
    stray.write_bytes(b"a crash left this")
    unfinished = kept.parents[1] / "incoming" / "half"
    unfinished.write_bytes(b"and this")

    accept.sweep(shop_of(ann))
    assert files_of(ann) == sorted([kept, stray, unfinished])  # they may be somebody's at work

    accept.sweep(shop_of(ann), older=-1)
    assert files_of(ann) == [kept]


def test_c17_a_disk_that_takes_no_more_is_said_plainly_and_nothing_is_left(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(LibraryError, match="nothing of this was taken in"):
            ann.filings.upload(matter, "Big.txt", [b"x" * 50_000] * 4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files_of(ann) == []
    assert ann.filings.uploads(matter) == ()
    assert handed(ann, matter, DUTY).state is UploadState.WAITING


def test_c19_the_allowance_of_a_day_holds_for_uploads_at_once(ann: Onpoint, office: Office) -> None:
    matter = matter_with(ann, "1")
    office.app.firm.set("upload_megabytes_per_day", 1)
    outcomes: list[bool] = []

    def hand_in(n: int) -> None:
        try:
            ann.filings.upload(matter, f"{n}.txt", [bytes([65 + n]) * 300_000])
        except LimitReached:
            outcomes.append(False)
        else:
            outcomes.append(True)

    threads = [threading.Thread(target=hand_in, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, False, False, True, True, True]
    assert len(ann.filings.uploads(matter)) == 3
    assert len(files_of(ann)) == 3


def test_nothing_is_handed_in_to_a_closed_matter_or_one_that_is_not_yours(
    ann: Onpoint, office: Office
) -> None:
    matter = matter_with(ann, "1")
    with pytest.raises(NoSuchMatter):
        handed(office.hire("bob", "paralegal"), matter, DUTY)
    ann.matters.change(matter, state=MatterState.CLOSED)
    with pytest.raises(UsageError, match="closed"):
        handed(ann, matter, DUTY)
    assert files_of(ann) == []


# --- what was in an archive ---


def zipped(**texts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def test_the_files_of_an_archive_become_uploads_of_their_own(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    inner = zipped(tax=TAX.encode())
    outer = ann.filings.upload(matter, "All.zip", [zipped(duty=DUTY.encode(), inner=inner)])

    assert drain(shop_of(ann)) == 3

    found = {upload.name: upload for upload in ann.filings.uploads(matter)}
    assert {name: each.state for name, each in found.items()} == {
        "All.zip": UploadState.UNPACKED,
        "duty": UploadState.SEARCHABLE,
        "tax": UploadState.SEARCHABLE,
    }
    assert found["duty"].part_of == found["tax"].part_of == outer.filing_id
    assert found["All.zip"].reason == "2 files were in it and are listed apart."


def test_c04_archives_in_archives_are_opened_three_deep(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    packed = b"The innermost text."
    for _ in range(6):
        packed = zipped(inner=packed)
    upload = ann.filings.upload(matter, "Doll.zip", [packed])
    drain(shop_of(ann))
    assert len(ann.filings.uploads(matter)) == 1
    done = now_of(ann, upload)
    assert done.state is UploadState.REFUSED
    assert "3 deep" in str(done.reason)


# --- settled by hand ---


def test_a_cancelled_file_stays_and_is_worked_on_when_it_is_retried(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    upload = handed(ann, matter, DUTY)
    assert ann.filings.cancel(upload.filing_id).state is UploadState.CANCELLED
    assert drain(shop_of(ann)) == 0
    with pytest.raises(UsageError, match="nothing to cancel"):
        ann.filings.cancel(upload.filing_id)

    assert ann.filings.retry(upload.filing_id).state is UploadState.WAITING
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.SEARCHABLE
    with pytest.raises(UsageError, match="nothing to retry"):
        ann.filings.retry(upload.filing_id)


def test_a_cancelled_file_that_is_handed_in_again_is_wanted_again(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    upload = handed(ann, matter, DUTY)
    ann.filings.cancel(upload.filing_id)
    assert handed(ann, matter, DUTY).state is UploadState.WAITING


def test_a_file_in_which_something_was_found_waits_where_its_matter_says_so(ann: Onpoint) -> None:
    careful, other = matter_with(ann, "1"), matter_with(ann, "2")
    ann.matters.change(careful, asks_release=True)
    privileged = f"PRIVILEGED & CONFIDENTIAL\nATTORNEY-CLIENT COMMUNICATION\n\n{DUTY}"
    waits, plain = handed(ann, careful, privileged), handed(ann, careful, TAX)
    elsewhere = handed(ann, other, privileged)
    drain(shop_of(ann))
    assert now_of(ann, plain).state is now_of(ann, elsewhere).state is UploadState.SEARCHABLE
    assert now_of(ann, waits).state is UploadState.NEEDS_RELEASE
    assert waits.filing_id not in found_by(ann, "duty to warn")

    ann.filings.release(waits.filing_id)
    drain(shop_of(ann))
    assert now_of(ann, waits).state is UploadState.SEARCHABLE
    assert waits.filing_id in found_by(ann, "duty to warn")
    with pytest.raises(UsageError, match="nothing to release"):
        ann.filings.release(waits.filing_id)


def locked(words: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf(Page().text(72, 700, words))))
    writer.encrypt(PASSWORD, algorithm="AES-256")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_c08_a_locked_file_is_read_with_its_password_which_is_kept_nowhere(
    ann: Onpoint, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    matter = matter_with(ann, "1")
    upload = ann.filings.upload(matter, "Locked.pdf", [locked(DUTY)])
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.NEEDS_PASSWORD
    with pytest.raises(UsageError):
        ann.filings.give_password(upload.filing_id, "another")
    assert now_of(ann, upload).state is UploadState.NEEDS_PASSWORD

    assert ann.filings.give_password(upload.filing_id, PASSWORD).state is UploadState.WAITING
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.SEARCHABLE
    assert upload.filing_id in found_by(ann, "duty to warn")

    kept = [path for path in ann.settings.home.rglob("*") if path.is_file()]
    assert not any(PASSWORD.encode() in path.read_bytes() for path in kept)
    assert PASSWORD not in caplog.text
    for (table,) in office.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        (found,) = office.run(
            f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%%{PASSWORD}%%'"
        )
        assert found == (0,), table


def test_what_can_never_be_read_is_refused_with_its_reason(ann: Onpoint) -> None:
    matter = matter_with(ann, "1")
    upload = ann.filings.upload(matter, "Program.exe", [b"MZ\x90\x00" + bytes(200)])
    empty = ann.filings.upload(matter, "Empty.txt", [b" \n "])
    drain(shop_of(ann))
    assert (now_of(ann, upload).state, now_of(ann, empty).state) == (UploadState.REFUSED,) * 2
    assert now_of(ann, upload).reason
    assert now_of(ann, empty).reason


def test_a_filing_that_is_not_ones_own_is_not_there(ann: Onpoint, office: Office) -> None:
    bob = office.hire("bob", "paralegal")
    upload = handed(ann, matter_with(ann, "1"), DUTY)
    assert bob.filings.uploads() == ()
    assert bob.filings.upload_of(upload.filing_id) is None
    for act in (bob.filings.retry, bob.filings.cancel, bob.filings.release):
        with pytest.raises(NoSuchFiling):
            act(upload.filing_id)
    assert me(bob) != me(ann)
