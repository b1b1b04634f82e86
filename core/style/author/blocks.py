"""What each block of a document is: argument, or the form around it.

A block is what blank lines part. Captions, bylines, headings, tables, quotations set apart and
signatures are told by how they look, and where that is not enough, by what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from core.model import Span

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_BYLINE = re.compile(
    r"(?:MR\.\s+|Mr\.\s+)?(?:CHIEF\s+|Chief\s+)?(?:JUSTICE|Justice)\s+[A-Z][\w'’-]+[^.]{0,400}"
    r"(?:delivered|announced|concur|dissent|with whom|took no part|filed|respecting|joins?)"
    r"|(?:PER CURIAM|Per Curiam)\b|[A-Z][\w'’-]+,\s+(?:Senior\s+|Chief\s+)?"
    r"(?:Circuit|District|Presiding)\s+Judges?\b|(?:Opinion|Order)\s+by\b",
)
_MARK = r"(?:\d{1,3}|[IVXL]{1,6}|[ivxl]{1,6}|[A-Za-z])"
_ENUMERATED = re.compile(rf"[(\[]?{_MARK}[.)\]]?(?:[-–—][A-Z0-9])?(?:\s+(?=\S)|$)")
_CAPTION = re.compile(r"\bcourt\b|\bv\.|\bvs\.|\bin re\b|\bno\.|\bdear\b|\bre:", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:respectfully(?: submitted)?|(?:yours )?sincerely(?: yours)?|very truly yours"
    r"|yours (?:very )?(?:truly|faithfully|sincerely)|(?:best |kind )?regards"
    r"|dated:?[^\n]{0,60}|/s/[^\n]{0,80}|certificate of (?:service|compliance))[\s,.:]*(?:\n|\Z)",
    re.IGNORECASE,
)
_CELL = re.compile(r"\t|\|| {4,}|\.{4,}|(?:\. ){4,}")
_LAST = 0.6  # before this part of a document nobody signs it
_TITLE_WORDS = 30
_LONGEST_BLOCK = 40  # lines of a quotation whose every line became a paragraph


class Kind(StrEnum):
    """What a part of a document is that is not its author's own argument."""

    CAPTION = "caption"
    HEADING = "heading"
    TABLE = "table"
    BLOCK_QUOTATION = "block_quotation"
    QUOTATION = "quotation"
    CITATION = "citation"
    NOTE_MARK = "note_mark"
    SIGNATURE = "signature"


def kinds_of(text: str, blocks: Sequence[Span]) -> list[Kind | None]:
    """Say of each block what it is, None for argument."""
    kinds: list[Kind | None] = [_kind(block.of(text)) for block in blocks]
    _mark_caption(text, blocks, kinds)
    _mark_signature(text, blocks, kinds)
    _mark_open_quotations(text, blocks, kinds)
    return kinds


def _kind(block: str) -> Kind | None:
    if _BYLINE.match(block) and len(block) < 700:
        return Kind.CAPTION
    if _is_table(block):
        return Kind.TABLE
    if _is_heading(block):
        return Kind.HEADING
    return Kind.BLOCK_QUOTATION if _is_quoted(block) else None


def _is_table(block: str) -> bool:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    cells = sum(1 for line in lines if _CELL.search(line))
    letters = sum(map(str.isalpha, block))
    return cells * 2 > len(lines) or letters * 3 < len("".join(block.split()))


def _is_heading(block: str) -> bool:
    if _ENUMERATED.fullmatch(block):
        return True
    words = _WORD.findall(_ENUMERATED.sub("", block, count=1))
    if not words or len(words) > _TITLE_WORDS:
        return False
    if block.isupper():
        return True
    long = [word for word in words if len(word) > 3]
    titled = bool(long) and all(word[0].isupper() for word in long)
    ends = block.rstrip().endswith((".", "?", "!", ":", ";", ",", "”", '"', "—"))
    return titled and (not ends or bool(_ENUMERATED.match(block))) and len(words) > 0


def _is_quoted(block: str) -> bool:
    return block[0] in '“"' and block.rstrip("0123456789 *")[-1:] in '”"'


def _mark_caption(text: str, blocks: Sequence[Span], kinds: list[Kind | None]) -> None:
    """Take what stands above the first plain prose for the caption, where it looks like one."""
    first = next((n for n, b in enumerate(blocks) if kinds[n] is None and _is_prose(b.of(text))), 0)
    head = text[: blocks[first].start] if first else ""
    if _CAPTION.search(head):
        titled = kinds[first - 1] is Kind.HEADING and _ENUMERATED.match(blocks[first - 1].of(text))
        for n in range(first - 1 if titled else first):
            kinds[n] = Kind.CAPTION


def _is_prose(block: str) -> bool:
    words = _WORD.findall(block)
    small = sum(1 for word in words if word.islower())
    return (
        len(words) >= 12 and small * 3 >= len(words) * 2 and re.search(r"[.?!:]", block) is not None
    )


def _mark_signature(text: str, blocks: Sequence[Span], kinds: list[Kind | None]) -> None:
    for n, block in enumerate(blocks):
        if block.start > len(text) * _LAST and _SIGNED.match(block.of(text)):
            kinds[n:] = [Kind.SIGNATURE] * (len(blocks) - n)
            return


def _mark_open_quotations(text: str, blocks: Sequence[Span], kinds: list[Kind | None]) -> None:
    """A block quotation set line by line opens in one paragraph and closes in a later one."""
    n = 0
    while n < len(blocks):
        block = blocks[n].of(text)
        if kinds[n] is None and block[0] == "“" and "”" not in block:
            ends = range(n + 1, min(n + _LONGEST_BLOCK, len(blocks)))
            close = next((m for m in ends if "”" in blocks[m].of(text)), None)
            last = n if close is None else close
            kinds[n : last + 1] = [Kind.BLOCK_QUOTATION] * (last + 1 - n)
            n = last
        n += 1
