"""Read again, a filing is found by what it says now, and what was cited from it is still there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter

from core.app import Onpoint
from core.errors import NoSuchFiling, UsageError
from core.ingest import work
from core.ingest.contents import contents_of
from core.ingest.parse.ocr import available
from core.ingest.parse.sandbox import Sandbox
from core.ingest.worker import drain
from core.library import filings, private_shelf
from core.library.queries import checks
from core.model import Field, Filing, FilingId, MatterId, MatterState, Mode, Upload, UploadState
from tests.db.desks import files_of, handed, now_of, open_desk, shop_of
from tests.db.office import DUTY, TAX, Office, matter_with
from tests.db.test_search import HashedEncoder
from tests.hostile_files import one_page, said

# As an earlier version read it: a word was torn, and the last sentence was lost.
FORMER = "The lessor owes a du ty to warn the tenant of ice on the stairs."
CITED = "a du ty to warn"
SECRET = "PRIVILEGED AND CONFIDENTIAL\n\nThe stairs were never salted."


needs_tesseract = pytest.mark.skipif(not available(), reason="tesseract is not installed")


class OtherEncoder(HashedEncoder):
    """The same, under another name: as a model that was changed on the disk."""

    name = fingerprint = "hashed words, made anew"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(room=tmp_path_factory.mktemp("reading")) as opened:
        yield opened


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path, sandbox: Sandbox) -> Iterator[Office]:
    with open_desk(database_url, admin_url, tmp_path, sandbox) as opened:
        yield opened
        for name, rule in checks():
            assert opened.run(rule.replace("%", "%%")) == [], name


@pytest.fixture
def ann(office: Office) -> Onpoint:
    return office.hire("ann", "paralegal", "lawyer")


@pytest.fixture
def matter(ann: Onpoint) -> MatterId:
    return matter_with(ann, "1")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read until now was read by an earlier version."""
    monkeypatch.setattr(work, "VERSION", work.VERSION + 1)


def as_read_before(app: Onpoint, upload: Upload, text: str) -> None:
    """Let a file that stands on the shelf say what an earlier version made of it."""
    contents = contents_of(text, shop_of(app).encoder())
    scope = app.who.scope
    with shop_of(app).db.transaction(scope=scope) as tx:
        assert filings.remove(tx, upload.filing_id)
        filings.put(tx, scope, upload.matter_id, upload.name, contents, filing_id=upload.filing_id)


def shelved(app: Onpoint, matter: MatterId, former: str | None = FORMER) -> Upload:
    """Hand a brief in and have it stand on the shelf, as an earlier version read it."""
    upload = handed(app, matter, DUTY)
    drain(shop_of(app))
    if former is not None:
        as_read_before(app, upload, former)
    return upload


def read_again(app: Onpoint, filing_id: FilingId) -> Upload:
    again = app.filings.reread(filing_id)
    assert again is not None
    drain(shop_of(app))
    return again


def found_by(app: Onpoint, query: str, mode: Mode | None = None) -> list[FilingId]:
    return [hit.filing.filing_id for hit in app.search(query, mode=mode).filings]


def ids(found: tuple[Filing, ...] | tuple[Upload, ...]) -> list[FilingId]:
    return [each.filing_id for each in found]


# --- the swap ---


@pytest.mark.usefixtures("later")
def test_d09_what_is_read_anew_is_found_and_the_former_text_is_read_where_it_was_cited(
    ann: Onpoint, matter: MatterId
) -> None:
    former = shelved(ann, matter)
    start = FORMER.index(CITED)
    assert ids(ann.filings.outdated()) == ids(ann.filings.outdated(matter)) == [former.filing_id]

    new = ann.filings.reread(former.filing_id)
    assert new is not None
    assert (new.state, new.reading, new.name) == (UploadState.WAITING, 2, former.name)
    # Until it is read, searches find what they found.
    assert found_by(ann, "warn the tenant of ice") == [former.filing_id]
    drain(shop_of(ann))

    assert now_of(ann, new).state is UploadState.SEARCHABLE
    for query in ("duty to warn", "warn the tenant of ice", "556 U.S. 418"):
        assert found_by(ann, query) == [new.filing_id]
    cited = ann.filings.get(former.filing_id)
    assert cited is not None
    assert cited.text is not None
    assert cited.text[start : start + len(CITED)] == CITED
    assert cited.replaced_by == new.filing_id
    assert ids(ann.filings.versions(former.filing_id)) == [new.filing_id, former.filing_id]
    assert ids(ann.filings.uploads(matter)) == [new.filing_id]
    assert ann.filings.outdated() == ()


@pytest.mark.usefixtures("later")
def test_d09_a_place_on_a_page_of_the_former_reading_is_still_marked_there(
    ann: Onpoint, matter: MatterId
) -> None:
    upload = ann.filings.upload(matter, "Letter.pdf", [one_page(said("The stairs froze."))])
    drain(shop_of(ann))
    (hit,) = ann.search("stairs froze").filings
    marked = ann.filings.boxes(upload.filing_id, hit.passages[0].span)
    assert marked
    # Its pages are where they were; the text of the shelf is another one's.
    as_read_before(ann, upload, "The st airs froze.")
    new = read_again(ann, upload.filing_id)
    assert found_by(ann, "stairs froze") == [new.filing_id]
    assert ann.filings.boxes(upload.filing_id, hit.passages[0].span) == marked
    assert ann.filings.boxes(new.filing_id, hit.passages[0].span) == marked
    assert ann.filings.page_image(upload.filing_id, 1, 100).startswith(b"\x89PNG")


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("text", [FORMER, DUTY])
def test_d09_k01_a_search_in_whose_midst_it_is_swapped_finds_one_reading(
    ann: Onpoint, matter: MatterId, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    former = shelved(ann, matter, text)
    new = ann.filings.reread(former.filing_id)
    assert new is not None
    nearest = private_shelf.nearest

    def swapped_first(*args: object, **kwargs: object) -> object:
        drain(shop_of(ann))
        return nearest(*args, **kwargs)  # type: ignore[arg-type]

    # Its words were looked for before, what is near in meaning is looked for after it.
    monkeypatch.setattr(private_shelf, "nearest", swapped_first)
    (hit,) = ann.search("warn the tenant of ice").filings
    held = ann.filings.get(hit.filing.filing_id)
    assert held is not None
    assert held.text is not None
    assert [each.span.of(held.text) for each in hit.passages] == [e.text for e in hit.passages]


@pytest.mark.usefixtures("later")
def test_d09_nothing_of_the_new_reading_is_there_while_it_is_made(
    ann: Onpoint, matter: MatterId, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = shelved(ann, matter)
    seen: list[object] = []
    encode = HashedEncoder.encode

    def looking(self: HashedEncoder, texts: list[str]) -> object:
        seen.extend(office.run("SELECT filing_id, replaced_by FROM filings"))
        return encode(self, texts)

    ann.filings.reread(former.filing_id)
    monkeypatch.setattr(HashedEncoder, "encode", looking)
    drain(shop_of(ann))
    assert seen == [(former.filing_id, None)]


@pytest.mark.usefixtures("later")
def test_d09_the_same_words_keep_their_id_and_only_what_searches_use_is_made_anew(
    ann: Onpoint, matter: MatterId, office: Office
) -> None:
    upload = shelved(ann, matter, DUTY)
    office.run("DELETE FROM filing_citations")
    assert found_by(ann, "556 U.S. 418", Mode.LEXICAL) != []
    read_again(ann, upload.filing_id)
    assert ids(ann.filings.uploads(matter)) == ids(ann.filings.all(matter)) == [upload.filing_id]
    assert len(ann.filings.citations(upload.filing_id)) == 1
    assert ann.filings.outdated() == ()
    assert now_of(ann, upload).state is UploadState.SEARCHABLE


def test_words_that_come_back_are_found_again_under_the_id_by_which_they_were_cited(
    ann: Onpoint, matter: MatterId
) -> None:
    first = shelved(ann, matter, None)
    (file,) = files_of(ann)
    # In between they are read otherwise.
    file.write_text(FORMER, encoding="utf-8")
    second = read_again(ann, first.filing_id)
    assert found_by(ann, "ice on the stairs") == [second.filing_id]
    file.write_text(DUTY, encoding="utf-8")
    read_again(ann, second.filing_id)
    assert found_by(ann, "ice on the stairs") == [first.filing_id]
    assert ids(ann.filings.uploads(matter)) == [first.filing_id]
    assert ids(ann.filings.versions(first.filing_id)) == [first.filing_id, second.filing_id]


@pytest.mark.usefixtures("later")
def test_a_reading_with_the_very_words_of_another_paper_leaves_what_was_found_before(
    ann: Onpoint, matter: MatterId
) -> None:
    former = shelved(ann, matter)
    other = ann.filings.add_text(matter, "Another paper", DUTY)
    read_again(ann, former.filing_id)
    assert sorted(found_by(ann, "warn the tenant")) == sorted([former.filing_id, other.filing_id])
    told = now_of(ann, former)
    assert (told.state, "another filing" in str(told.reason)) == (UploadState.SEARCHABLE, True)
    assert ann.filings.outdated() == ()


# --- what goes with it ---


@pytest.mark.usefixtures("later")
def test_what_a_person_said_of_a_filing_is_said_of_its_new_reading(
    ann: Onpoint, matter: MatterId
) -> None:
    former = shelved(ann, matter)
    ann.filings.describe(former.filing_id, Field.JUDGE, "Marlow")
    ann.filings.describe(former.filing_id, Field.KIND, "letter")
    new = ann.filings.reread(former.filing_id)
    assert new is not None
    # Of the two things said of a field the last one holds.
    ann.filings.describe(new.filing_id, Field.KIND, "brief")
    drain(shop_of(ann))
    told = {each.field: each for each in ann.filings.description(new.filing_id)}
    assert (told[Field.JUDGE].value, told[Field.JUDGE].confirmed_by) == ("Marlow", "Ann")
    assert told[Field.KIND].value == "brief"


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(("released", "state"), [(True, "searchable"), (False, "needs_release")])
def test_what_somebody_released_need_not_be_released_again_and_anything_else_must(
    ann: Onpoint, matter: MatterId, office: Office, released: bool, state: str
) -> None:
    ann.matters.change(matter, asks_release=True)
    upload = handed(ann, matter, SECRET)
    drain(shop_of(ann))
    assert now_of(ann, upload).state is UploadState.NEEDS_RELEASE
    ann.filings.release(upload.filing_id)
    drain(shop_of(ann))
    as_read_before(ann, upload, "The stairs were never sal ted.")
    if not released:
        # The earlier version had found nothing there.
        office.run("DELETE FROM filing_findings")
    new = read_again(ann, upload.filing_id)
    assert now_of(ann, new).state == state
    assert found_by(ann, "stairs") == [new.filing_id if released else upload.filing_id]
    if not released:
        ann.filings.release(new.filing_id)
        drain(shop_of(ann))
        assert found_by(ann, "stairs") == [new.filing_id]


@pytest.mark.usefixtures("later")
def test_a_file_that_was_removed_from_a_message_does_not_come_back_with_it(
    ann: Onpoint, matter: MatterId
) -> None:
    message = ann.filings.upload(matter, "Message.eml", [MESSAGE])
    drain(shop_of(ann))
    parts = [each for each in ann.filings.uploads(matter) if each.part_of]
    assert sorted(each.name for each in parts) == ["Kept.txt", "Sealed.txt"]
    (sealed,) = (each for each in parts if each.name == "Sealed.txt")
    ann.filings.remove(sealed.filing_id)
    as_read_before(ann, message, FORMER)

    new = read_again(ann, message.filing_id)
    told = {each.name: each for each in ann.filings.uploads(matter)}
    assert sorted(told) == ["Kept.txt", "Message.eml"]
    assert told["Kept.txt"].part_of == new.filing_id


# --- pages that could not be read ---


@needs_tesseract
def test_pages_that_are_pictures_are_read_on_retry_once_there_is_something_to_read_them_with(
    ann: Onpoint, matter: MatterId, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The readers' own process is begun, which is to find it later.
    handed(ann, matter, TAX)
    drain(shop_of(ann))
    with monkeypatch.context() as bare:
        bare.setenv("PATH", "/nowhere")
        former = ann.filings.upload(matter, "Mixed.pdf", [with_a_scan()])
        drain(shop_of(ann))
        told = now_of(ann, former)
        assert (told.state, told.unread) == (UploadState.SEARCHABLE, 1)
        assert "page 2" in str(told.reason)
        # Nothing is lost where it is tried too early.
        early = ann.filings.retry(former.filing_id)
        drain(shop_of(ann))
        assert ann.filings.upload_of(early.filing_id) is None
        assert now_of(ann, former).unread == 1
    assert found_by(ann, "quicksilver", Mode.LEXICAL) == []

    new = ann.filings.retry(former.filing_id)
    drain(shop_of(ann))
    told = now_of(ann, new)
    assert (told.state, told.unread, told.reason) == (UploadState.SEARCHABLE, 0, None)
    assert found_by(ann, "quicksilver", Mode.LEXICAL) == [new.filing_id]
    assert found_by(ann, "stairs froze", Mode.LEXICAL) == [new.filing_id]
    assert now_of(ann, former).newer == new.filing_id
    with pytest.raises(UsageError, match="nothing to retry"):
        ann.filings.retry(new.filing_id)


def with_a_scan() -> bytes:
    """A PDF with a page of text, and one that is the picture of a page."""
    sheet = Image.new("L", (1300, 700), "white")
    ImageDraw.Draw(sheet).text(
        (150, 300), "quicksilver ledger", fill=0, font=ImageFont.load_default(80)
    )
    scan, whole = io.BytesIO(), io.BytesIO()
    sheet.save(scan, "PDF", resolution=150)
    writer = PdfWriter()
    for each in (one_page(said("The stairs froze.")), scan.getvalue()):
        writer.append(io.BytesIO(each))
    writer.write(whole)
    return whole.getvalue()


# --- what goes wrong, and what is refused ---


@pytest.mark.usefixtures("later")
def test_a_reading_that_fails_leaves_the_former_and_is_removed_alone(
    ann: Onpoint, matter: MatterId
) -> None:
    former = shelved(ann, matter)
    (file,) = files_of(ann)
    kept = file.read_bytes()
    file.write_bytes(bytes(range(256)) * 9)
    new = read_again(ann, former.filing_id)
    assert now_of(ann, new).state is UploadState.REFUSED
    assert found_by(ann, "warn the tenant") == [former.filing_id]
    assert set(ids(ann.filings.uploads(matter))) == {new.filing_id, former.filing_id}

    # Asked once more, the same reading is tried; there are never two.
    assert read_again(ann, former.filing_id).filing_id == new.filing_id
    receipt = ann.filings.remove(new.filing_id)
    assert (receipt.filings, receipt.files) == (1, 0)
    assert found_by(ann, "warn the tenant") == [former.filing_id]
    file.write_bytes(kept)
    last = read_again(ann, former.filing_id)
    assert found_by(ann, "duty to warn") == [last.filing_id]


@pytest.mark.usefixtures("later")
def test_j06_a_filing_that_is_removed_goes_with_every_reading_of_it(
    ann: Onpoint, matter: MatterId, office: Office
) -> None:
    former = shelved(ann, matter)
    new = read_again(ann, former.filing_id)
    receipt = ann.filings.remove(new.filing_id)
    assert (receipt.filings, receipt.files, receipt.bytes) == (1, 1, len(DUTY))
    for table in ("uploads", "filings", "filing_passages", "filing_descriptions", "jobs"):
        assert office.run(f"SELECT count(*) FROM {table}") == [(0,)]
    assert files_of(ann) == []
    assert ann.filings.get(former.filing_id) is None


@pytest.mark.usefixtures("later")
def test_j07_under_legal_hold_it_is_read_again_and_nothing_that_was_there_goes(
    ann: Onpoint, matter: MatterId
) -> None:
    same, other = shelved(ann, matter, DUTY), handed(ann, matter, TAX, "Tax.txt")
    drain(shop_of(ann))
    as_read_before(ann, other, "The tax court de nied the petition.")
    ann.matters.change(matter, legal_hold=True)
    for each in ann.filings.outdated():
        ann.filings.reread(each.filing_id)
    drain(shop_of(ann))
    assert ann.filings.outdated() == ()
    assert len(ann.filings.all(matter)) == 3
    assert len(ann.filings.uploads(matter)) == 2
    assert now_of(ann, same).state is UploadState.SEARCHABLE


def test_the_bytes_dropped_again_are_the_reading_that_is_found(
    ann: Onpoint, matter: MatterId
) -> None:
    former = shelved(ann, matter)
    new = read_again(ann, former.filing_id)
    assert handed(ann, matter, DUTY).duplicate_of == new.filing_id


def test_what_cannot_be_read_again_is_refused_in_words(
    office: Office, ann: Onpoint, matter: MatterId
) -> None:
    upload = handed(ann, matter, DUTY)
    drain(shop_of(ann))
    twin = ann.filings.upload(matter, "Copy.txt", [b"\xef\xbb\xbf" + DUTY.encode()])
    drain(shop_of(ann))
    refused = ann.filings.upload(matter, "Odd.bin", [bytes(range(256)) * 9])
    drain(shop_of(ann))
    with pytest.raises(UsageError, match="words of another filing"):
        ann.filings.reread(twin.filing_id)
    with pytest.raises(UsageError, match="retry what has ended"):
        ann.filings.reread(refused.filing_id)
    with pytest.raises(NoSuchFiling):
        ann.filings.reread(FilingId(matter))
    with pytest.raises(NoSuchFiling):
        office.hire("eve", "lawyer").filings.reread(upload.filing_id)
    ann.matters.change(matter, state=MatterState.CLOSED)
    with pytest.raises(UsageError, match="closed"):
        ann.filings.reread(upload.filing_id)


# --- another encoder ---


def test_d12_filings_of_another_encoder_are_found_by_their_words_only_until_read_again(
    office: Office, ann: Onpoint, matter: MatterId
) -> None:
    upload = shelved(ann, matter, DUTY)
    written = ann.filings.add_text(matter, "Tax memo", TAX)
    for app in (office.app, ann):
        app._house._encoder = OtherEncoder()
        app._house._searcher = None

    found = ann.search("lessor of the stairs", mode=Mode.SEMANTIC)
    assert found.filings == ()
    (notice,) = (each for each in found.notices if "another encoder" in each)
    assert notice.startswith("2 filings of your matters")
    assert found_by(ann, "lessor of the stairs", Mode.LEXICAL) == [upload.filing_id]

    # Half of them read again: these are found by meaning, the others are not mixed in.
    assert set(ids(ann.filings.outdated())) == {upload.filing_id, written.filing_id}
    assert ann.filings.reread(written.filing_id) is None
    assert found_by(ann, "lessor of the stairs", Mode.SEMANTIC) == [written.filing_id]
    read_again(ann, upload.filing_id)
    found = ann.search("lessor of the stairs", mode=Mode.SEMANTIC)
    assert found.filings[0].filing.filing_id == upload.filing_id
    assert [each for each in found.notices if "encoder" in each] == []
    assert ann.filings.outdated() == ()


def test_reading_again_stands_in_the_trail(ann: Onpoint, matter: MatterId) -> None:
    former = shelved(ann, matter)
    new = read_again(ann, former.filing_id)
    told = [(e.action, e.subject) for e in ann.trail.mine()]
    assert ("filing.reread", former.name) in told
    (swap,) = (e for e in ann.trail.mine() if e.action == "filing.replace")
    assert swap.detail["by"] == str(new.filing_id)


MESSAGE = (
    b"From: counsel@example.com\r\nTo: clerk@example.com\r\nSubject: Ice\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    b"--x\r\nContent-Type: text/plain\r\n\r\n" + DUTY.encode() + b"\r\n"
    b"--x\r\nContent-Type: text/plain\r\n"
    b"Content-Disposition: attachment; filename=Kept.txt\r\n\r\nKept with the message.\r\n"
    b"--x\r\nContent-Type: text/plain\r\n"
    b"Content-Disposition: attachment; filename=Sealed.txt\r\n\r\nSealed by the court.\r\n--x--\r\n"
)
