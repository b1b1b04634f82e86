"""What python-docx does not know of a Word file: footnotes, fields, marks of authorities.

All of it as the markup of Office Open XML (ECMA-376, part 1), in the namespace `w`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from core.paper.paper import Authority, Note, Text

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CASES = 1  # the category of cases in Word's tables of authorities
# Word keeps these two for the rule above the notes; a note's own number begins at 1.
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
# What no XML may hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(words: str) -> str:
    """Return words as XML can hold them."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", words)


def run(text: Text, *, instruction: bool = False) -> str:
    """Write a run of words; `instruction`: they tell a field what to do, and nobody sees them."""
    told = (("b", text.bold), ("i", text.italic), ("vanish", instruction))
    how = "".join(f"<w:{name}/>" for name, on in told if on)
    tag = "instrText" if instruction else "t"
    words = escape(writable(text.words))
    how = f"<w:rPr>{how}</w:rPr>" if how else ""
    return f'<w:r>{how}<w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def border(kind: str, *, stale: bool = False) -> str:
    """Write where a field begins, shows what it found, or ends; `stale`: it is to be found anew."""
    dirty = ' w:dirty="true"' if stale else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"{dirty}/></w:r>'


def mark(authority: Authority) -> str:
    """Write the field TA that marks a citation for the table of authorities; nobody sees it.

    The case's name is set in italics within the instruction, which is how Word's table has it.
    """
    whole = _quotable(f"{authority.name}{authority.rest}")
    said = (
        Text(words=' TA \\l "'),
        Text(words=_quotable(authority.name), italic=True),
        Text(words=f'{_quotable(authority.rest)}" \\s "{whole}" \\c {CASES} '),
    )
    told = "".join(run(each, instruction=True) for each in said)
    return f"{border('begin')}{told}{border('end')}"


def field(instruction: str, shown: str) -> str:
    """Write a field that shows something until the program finds it anew."""
    return f"{opened(instruction)}{run(Text(words=shown))}{border('end')}"


def opened(instruction: str, *, stale: bool = False) -> str:
    """Write the beginning of a field, up to what it shows."""
    told = run(Text(words=f" {instruction} "), instruction=True)
    return f"{border('begin', stale=stale)}{told}{border('separate')}"


def call(number: int, style: str) -> str:
    """Write the mark in the text at which footnote `number` is hung."""
    return f"<w:r>{_look(style)}<w:footnoteReference w:id={quoteattr(str(number))}/></w:r>"


def footnotes(notes: Sequence[Note], *, text_style: str, mark_style: str) -> bytes:
    """Write the part of a file that holds its footnotes, numbered from 1."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in _SEPARATORS
    )
    written = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val={quoteattr(text_style)}/></w:pPr>'
        f"<w:r>{_look(mark_style)}<w:footnoteRef/></w:r>{run(Text(words=' '))}"
        f"{''.join(_in_note(piece) for piece in note.pieces)}</w:p></w:footnote>"
        for number, note in enumerate(notes, start=1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    whole = f'{head}<w:footnotes xmlns:w="{SPACE}">{separators}{written}</w:footnotes>'
    return whole.encode("utf-8")


def footnote_settings() -> str:
    """Write what the settings of a file with footnotes say of them."""
    named = "".join(f'<w:footnote w:id="{number}"/>' for number, _ in _SEPARATORS)
    return f"<w:footnotePr>{named}</w:footnotePr>"


def _in_note(piece: Text | Authority) -> str:
    return mark(piece) if isinstance(piece, Authority) else run(piece)


def _look(style: str) -> str:
    return f"<w:rPr><w:rStyle w:val={quoteattr(style)}/></w:rPr>"


def _quotable(words: str) -> str:
    """Return words that can stand between the quotation marks of an instruction."""
    return words.replace("\\", "\\\\").replace('"', '\\"')
