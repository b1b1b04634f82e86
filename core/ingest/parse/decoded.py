"""Finds out how a text's characters are written as bytes, which files hardly ever say.

UTF-8 proves itself; a byte order mark says it; what is left is guessed, and said to be a guess.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16  # bytes that a guess looks at
# Of all bytes: more than that are not accents and quotation marks in a Western text.
_WESTERN = 0.15
# Windows-1252, or Latin-1 where that has no character: no byte is without one.
_MAC_APOSTROPHE = re.compile(rb"[A-Za-z]\xd5[a-z]")
_MAC_QUOTES = re.compile(rb"\xd2[A-Za-z][^\xd2\xd3]{0,400}\xd3")
_DOS_SECTION = re.compile(rb"(?:^|\s)\x15+ ?\d")
_HIGH = bytes(range(128, 256))
# Others that are worth a guess.
_ALPHABETS = (
    "cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 koi8_r cp866 shift_jis euc_jp gb18030 big5 euc_kr"
).split()


def decoded(data: bytes, *, whole: bool = True) -> tuple[str, str | None]:
    """Return a text, and the encoding where it was guessed; `whole`: not the head of a file.

    What cannot be read becomes U+FFFD. Nothing raises.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), None
    wide = _wide(data)
    if wide is not None:
        return data.decode(wide, "replace"), None
    try:
        return (data if whole else data[: _whole_characters(data)]).decode(), None
    except UnicodeDecodeError:
        encoding = _guess(data)
    if encoding == "utf-8":
        return data.decode("utf-8", "replace"), "UTF-8 with bytes that are none"
    if encoding == "cp1252":
        return _western(data), "Windows-1252"
    return data.decode(encoding, "replace"), encoding


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of a text in Latin letters is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _whole_characters(data: bytes) -> int:
    """Where the last character that is there to its end ends."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80:
            break
        if byte >= 0xC0:
            return len(data) - back
    return len(data)


def _guess(data: bytes) -> str:
    high = len(data) - len(data.translate(None, _HIGH))
    if b"\xed\xa0" in data or _is_nearly_utf_8(data):
        return "utf-8"
    if _MAC_APOSTROPHE.search(data) or _MAC_QUOTES.search(data):
        return "mac_roman"
    if _DOS_SECTION.search(data) and not re.search(rb"[\x91-\x97]", data):
        return "cp437"
    if high <= _WESTERN * len(data):
        return "cp1252"
    best = from_bytes(data[:_SAMPLE], cp_isolation=[*_ALPHABETS, "cp1252"]).best()
    return best.encoding if best is not None else "cp1252"


def _is_nearly_utf_8(data: bytes) -> bool:
    """Half of a surrogate, or a byte here and there, among characters that are written well."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - bad > 3 * bad


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        table = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
        return "".join(
            table[byte] if byte in table else bytes((byte,)).decode("cp1252") for byte in data
        )
