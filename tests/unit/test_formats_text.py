"""Plain text, in whatever encoding it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.ingest.parse import text
from core.ingest.parse.decoded import decoded
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable

SENTENCE = "Plaintiff’s motion — “to compel” — under § 12 is granted. Señor Núñez objects."
RUSSIAN = "Суд удовлетворил ходатайство истца о представлении доказательств по делу. "
JAPANESE = "裁判所は原告の申立てを認め、被告に対し文書の提出を命じた。"


def _read(data: bytes, tmp_path: Path, limits: Limits | None = None) -> Parsed:
    path = tmp_path / "file"
    path.write_bytes(data)
    return text.read(path, password=None, folder=tmp_path, limits=limits or Limits())


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        (SENTENCE, "utf-8"),
        (SENTENCE, "utf-8-sig"),
        (SENTENCE, "utf-16"),
        (SENTENCE, "utf-16-le"),  # without a mark
        (SENTENCE, "utf-16-be"),
        (SENTENCE, "utf-32"),
        (SENTENCE, "cp1252"),
        (SENTENCE, "mac_roman"),
        ("Caf\xe9", "latin-1"),
        (RUSSIAN * 5, "cp1251"),
        (RUSSIAN * 5, "koi8_r"),
        (JAPANESE * 5, "shift_jis"),
        (JAPANESE * 5, "euc_jp"),
        ("Motion", "ascii"),
    ],
)
def test_c11_a_text_reads_the_same_in_every_encoding(
    written: str, encoding: str, tmp_path: Path
) -> None:
    assert written.strip() == _read(written.encode(encoding), tmp_path).text


def test_an_encoding_that_was_guessed_is_said_to_be_a_guess(tmp_path: Path) -> None:
    assert "guessed (Windows-1252)" in _read(SENTENCE.encode("cp1252"), tmp_path).notices[0]
    assert _read(SENTENCE.encode(), tmp_path).notices == ()


def test_c11_bytes_that_are_no_text_are_replaced_and_the_rest_is_read(tmp_path: Path) -> None:
    lone_surrogate = _read("Señor ".encode() + b"\xed\xa0\x80 moves \xff.", tmp_path)
    assert lone_surrogate.text.startswith("Señor �")
    assert lone_surrogate.text.endswith("moves �.")


def test_c11_what_cannot_be_seen_or_stored_is_taken_out_and_said(tmp_path: Path) -> None:
    read = _read("a\x00b \u202etxet\u202c z\u200bero \x07bell".encode(), tmp_path)
    assert read.text == "ab txet zero bell"
    assert read.notices == ("Characters that cannot be seen were taken out.",)


def test_c11_an_accent_written_apart_becomes_one_character(tmp_path: Path) -> None:
    assert _read("cafe\u0301".encode(), tmp_path).text == "café"


def test_lines_keep_and_pages_and_spaces_do_not(tmp_path: Path) -> None:
    read = _read(b"ORDER  \r\n\r\n\r\n\r\n  1. Granted.\rSo\x0cordered.\n", tmp_path)
    assert read.text == "ORDER\n\n  1. Granted.\nSo\n\nordered."


def test_a_section_sign_of_dos_is_one(tmp_path: Path) -> None:
    assert _read(b"See \x15 12 of Code, \x82tat", tmp_path).text == "See § 12 of Code, état"


def test_a_text_of_more_characters_than_a_filing_may_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="more than 10 characters"):
        _read(b"a" * 41, tmp_path, Limits(characters=10))


def test_the_head_of_a_text_may_end_within_a_character() -> None:
    whole = SENTENCE.encode()
    assert {decoded(whole[:n], whole=False)[1] for n in range(1, len(whole))} == {None}


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xff\xfe\x00", b"\x00", b"\xed\xa0\x80"])
def test_no_bytes_break_the_decoder(data: bytes) -> None:
    decoded(data)[0].encode("utf-8")
