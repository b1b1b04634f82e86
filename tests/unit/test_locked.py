"""Files that are locked ask for their password, open with it, and keep nothing of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.ingest.parse.parsed import Unreadable
from core.ingest.parse.sandbox import Sandbox
from core.model import FileKind, UploadState
from tests.locked_files import agile, standard, winzip
from tests.office_files import compound_file, docx, odt, p

PASSWORD = "geheim ü 41"
WORDS = "A motion to compel, for counsel alone."
LETTERS = "".join(random.Random(5).choices("abcdefgh ", k=9000))  # noqa: S311  no secret


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox(room=tmp_path_factory.mktemp("reading")) as opened:
        yield opened


Lock = Callable[[bytes, str], bytes]


@pytest.mark.parametrize("lock", [agile, standard])
def test_c08_a_locked_word_file_asks_for_its_password_and_opens_with_it(
    sandbox: Sandbox, tmp_path: Path, lock: Lock
) -> None:
    path = tmp_path / "brief"
    path.write_bytes(lock(docx(p(WORDS) + p(LETTERS)), PASSWORD))
    for password, words in ((None, "is locked with a password"), ("wrong", "does not open")):
        with pytest.raises(Unreadable, match=words) as refused:
            sandbox.parse(path, "brief.docx", password=password)
        assert refused.value.need is UploadState.NEEDS_PASSWORD
    parsed, folder = sandbox.parse(path, "brief.docx", password=PASSWORD)
    assert parsed.kind is FileKind.DOCX
    assert parsed.text.startswith(WORDS)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("bits", [128, 192, 256])
@pytest.mark.parametrize("packing", [0, 8])
def test_c08_an_archive_locked_with_aes_opens_with_its_password(
    sandbox: Sandbox, tmp_path: Path, bits: int, packing: int
) -> None:
    path = tmp_path / "vendor"
    told = (WORDS + LETTERS * 40).encode()
    path.write_bytes(winzip(told, PASSWORD.encode(), bits=bits, packing=packing))
    for password, words in ((None, "is locked with a password"), ("wrong", "does not open")):
        with pytest.raises(Unreadable, match=words) as refused:
            sandbox.parse(path, "vendor.zip", password=password)
        assert refused.value.need is UploadState.NEEDS_PASSWORD
    parsed, folder = sandbox.parse(path, "vendor.zip", password=PASSWORD)
    (held,) = parsed.attachments
    assert (folder / held.file).read_bytes() == told


def test_what_was_changed_under_its_lock_is_not_believed(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "vendor"
    whole = bytearray(winzip(WORDS.encode() * 9, PASSWORD.encode(), packing=0))
    whole[120] ^= 1
    path.write_bytes(whole)
    with pytest.raises(Unreadable, match="damaged"):
        sandbox.parse(path, "vendor.zip", password=PASSWORD)


def test_c04_a_bomb_under_a_lock_is_not_unpacked(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    bomb = winzip(bytes(9_000_000), PASSWORD.encode())
    # It says that it is small.
    path.write_bytes(bomb.replace((9_000_000).to_bytes(4, "little"), (99).to_bytes(4, "little")))
    with pytest.raises(Unreadable, match="far more than it should"):
        sandbox.parse(path, "bomb.zip", password=PASSWORD)


@pytest.mark.parametrize(
    ("told", "name", "words"),
    [
        # Packed otherwise than WinZip packs.
        (winzip(b"x", PASSWORD.encode(), packing=14), "a.zip", "Unpack it with the program"),
        (agile(docx(p("x")), PASSWORD, turns=2_000), "a.docx", None),
        # So many turns that nobody would wait for it.
        (
            agile(docx(p("x")), PASSWORD, turns=1, told=9_999_999),
            "a.docx",
            "locked in a way that cannot be opened",
        ),
        (compound_file({"EncryptedPackage": b"e" * 5000}), "a.docx", "damaged"),
        (
            compound_file({"EncryptionInfo": bytes(5000), "EncryptedPackage": bytes(5000)}),
            "a.docx",
            "locked in a way that cannot be opened",
        ),
        (
            odt(
                "<text:p>x</text:p>",
                manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
            ),
            "a.odt",
            "OpenDocument text that is locked .* save it as PDF or without its password",
        ),
    ],
)
def test_what_cannot_be_opened_says_what_it_is_and_what_to_do(
    sandbox: Sandbox, tmp_path: Path, told: bytes, name: str, words: str | None
) -> None:
    path = tmp_path / "file"
    path.write_bytes(told)
    if words is None:
        assert sandbox.parse(path, name, password=PASSWORD)[0].text == "x"
        return
    with pytest.raises(Unreadable, match=words) as refused:
        sandbox.parse(path, name, password=PASSWORD)
    assert refused.value.need is None


@pytest.mark.parametrize("lock", [agile, standard])
def test_c06_a_locked_file_cut_off_or_changed_anywhere_is_refused_or_read(
    sandbox: Sandbox, tmp_path: Path, lock: Lock
) -> None:
    whole, rng = lock(docx(p(WORDS)), PASSWORD), random.Random(8)  # noqa: S311  no secret
    path = tmp_path / "brief"
    for _ in range(12):
        broken = bytearray(whole[: rng.randrange(len(whole) + 1)] or b"\0")
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
        path.write_bytes(broken)
        try:
            parsed, _ = sandbox.parse(path, "brief.docx", password=PASSWORD)
        except Unreadable:
            continue
        assert parsed.text
