"""ZIP archives: what is in them, and what they may not do."""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZipInfo

import pytest

from core.ingest.parse import archive as reader
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable
from core.model import UploadState
from tests.office_files import archive, docx, p

Read = Callable[..., tuple[Parsed, dict[str, bytes]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(
        data: bytes, limits: Limits | None = None, password: str | None = None
    ) -> tuple[Parsed, dict[str, bytes]]:
        path, folder = tmp_path / "file", tmp_path / "place" / "folder"
        path.write_bytes(data)
        folder.mkdir(parents=True, exist_ok=True)
        parsed = reader.read(path, password=password, folder=folder, limits=limits or Limits())
        files = {each.name: (folder / each.file).read_bytes() for each in parsed.attachments}
        assert {file.name for file in folder.iterdir()} == {a.file for a in parsed.attachments}
        assert [folder] == list(folder.parent.iterdir())
        return parsed, files

    return read


def test_members_become_files_with_their_names(read: Read) -> None:
    word = docx(p("Motion"))
    parsed, files = read(archive({"a/": "", "a/Brief.docx": word, "b.txt": "text", "Ä.txt": "x"}))
    assert files == {"a/Brief.docx": word, "b.txt": b"text", "Ä.txt": b"x"}
    assert parsed.text == "a/Brief.docx\nb.txt\nÄ.txt"
    assert parsed.notices == ()


def test_an_archive_in_an_archive_is_opened_three_deep(read: Read) -> None:
    fourth = archive({"4.txt": "four"})
    third = archive({"3.txt": "three", "fourth.zip": fourth})
    second = archive({"2.txt": "two", "third.zip": third})
    parsed, files = read(archive({"1.txt": "one", "second.zip": second}))
    assert files == {
        "1.txt": b"one",
        "second.zip/2.txt": b"two",
        "second.zip/third.zip/3.txt": b"three",
    }
    assert parsed.notices == ("Archives in archives are opened 3 deep; deeper ones are left out.",)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../evil.txt", "a/../../evil.txt", "C:\\evil.txt", "..\\evil.txt"]
)
def test_c04_a_member_that_wants_to_be_elsewhere_is_left_out(read: Read, name: str) -> None:
    parsed, files = read(archive({"a.txt": "a", name: "evil"}))
    assert files == {"a.txt": b"a"}
    assert parsed.notices == ("Files that the archive wants to put elsewhere are left out.",)


def test_c04_links_and_clutter_are_left_out(read: Read) -> None:
    link = ZipInfo("link")
    link.external_attr = 0o120777 << 16
    parsed, files = read(
        archive({link: "/etc/passwd", "a.txt": "a", "__MACOSX/._a.txt": "", ".DS_Store": ""})
    )
    assert files == {"a.txt": b"a"}
    assert parsed.notices == ("Links in the archive are left out.",)


def test_c02_a_members_name_is_shown_without_what_cannot_be_seen(read: Read) -> None:
    _, files = read(archive({"a\u202ecod.exe\n" + "b" * 300 + ".txt": "x"}))
    (name,) = files
    assert len(name) == 200
    assert name.isprintable()
    assert name.endswith("bbb.txt")


def test_c04_a_bomb_is_refused(read: Read) -> None:
    with pytest.raises(Unreadable, match="far more than it should"):
        read(archive({"a.txt": "a" * 3_000_000}))
    with pytest.raises(Unreadable, match="far more than it should"):
        read(archive({"a.txt": "a" * 2000}, stored=True), Limits(unpacked=1000))


def test_c04_a_member_that_lies_about_its_size_is_refused(read: Read) -> None:
    data = bytearray(archive({"a.txt": "a" * 900_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    try:
        _, files = read(bytes(data))
    except Unreadable:
        return
    assert sum(map(len, files.values())) <= 10


def test_c04_more_members_than_an_archive_may_have_are_refused_also_in_nested_ones(
    read: Read,
) -> None:
    inner = archive({f"{n}.txt": "x" for n in range(3)})
    limits = Limits(members=6)
    read(archive({"a.zip": inner, "b.txt": "x"}), limits)
    with pytest.raises(Unreadable, match="more than 6 files"):
        read(archive({"a.zip": inner, "b.zip": inner}), limits)


def test_c08_an_archive_with_a_password_asks_for_it(read: Read) -> None:
    for password, words in ((None, "locked with a password"), ("wrong", "does not open")):
        with pytest.raises(Unreadable, match=words) as refused:
            read(LOCKED, password=password)
        assert refused.value.need is UploadState.NEEDS_PASSWORD
    assert read(LOCKED, password="letmein")[1] == {"a.txt": b"A motion to compel."}


def test_an_archive_of_nothing_is_refused(read: Read) -> None:
    with pytest.raises(Unreadable, match="no file in this archive"):
        read(archive({"__MACOSX/x": "x"}))


def test_c06_an_archive_cut_off_or_changed_anywhere_is_refused_or_read(read: Read) -> None:
    whole = archive({"a.txt": "A motion to compel.", "b.txt": "An answer."})
    for n in range(0, len(whole), 7):
        with pytest.raises(Unreadable):
            read(whole[:n])
        changed = bytearray(whole)
        changed[n] ^= 0x10
        with suppress(Unreadable):
            read(bytes(changed))


def _locked(plain: bytes, password: bytes) -> bytes:
    """An archive of one member under the old cipher of PKWARE's, APPNOTE 6.1."""
    import zlib

    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(key: int, byte: int) -> int:
        return zlib.crc32(bytes((byte,)), key ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def turn(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in password:
        turn(byte)
    check = zlib.crc32(plain)
    out = bytearray()
    for byte in bytes(11) + bytes((check >> 24,)) + plain:
        key = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ (key * (key ^ 1) >> 8 & 0xFF))
        turn(byte)
    name = b"a.txt"
    middle = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0, 33, check, len(out), len(plain), len(name), 0)
    local = b"PK\x03\x04" + middle + name + bytes(out)
    central = b"PK\x01\x02\x14\x00" + middle + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


LOCKED = _locked(b"A motion to compel.", b"letmein")
