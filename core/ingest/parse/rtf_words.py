"""The words of RTF: where they end, which groups are text, which characters they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

CHARACTERS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "tab": " ",
}
SIGNS = {"~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", "\n": "\n\n", "\r": "\n\n"}
GAPS = {
    "par": "\n\n",
    "sect": "\n\n",
    "page": "\n\n",
    "line": "\n",
    "column": "\n",
    "cell": "\t",
    "nestcell": "\t",
    "row": "\n",
    "nestrow": "\n",
}
# Groups that are no text, in a file that does not mark them with \*.
UNREAD = frozenset(
    "fonttbl colortbl stylesheet listtable listoverridetable pict themedata datastore filetbl "
    "xe tc tcn rxe txe bxe sp shprslt nonshppict pgdsctbl revtbl objdata fldinst private "
    "do mmath pntxta pntxtb template generator xmlnstbl keycode rsidtbl latentstyles "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn mhtmltag htmltag".split()
)
# Groups marked with \*, which a reader that does not know them must leave out, that are text.
READ_THOUGH_STARRED = frozenset("shpinst shptxt".split())
HEADS = frozenset("header headerl headerr headerf".split())
FEET = frozenset("footer footerl footerr footerf".split())
PROPERTIES = {"title": "title", "author": "author", "subject": "subject", "operator": "changed_by"}
TIMES = {"creatim": "created", "revtim": "changed"}
CODE_PAGES = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|([^\\{}\r\n]+)"
)

Token = tuple[str, int | None, int | None, str, str, bytes]


def tokens(data: bytes) -> Iterator[Token]:
    """Yield command and its number, a character's code, a sign, a brace, or plain characters."""
    at = 0
    while (found := _TOKEN.search(data, at)) is not None:
        word, number, code, sign, brace, plain = found.groups()
        at = found.end()
        value = None if number is None else int(number)
        if word == b"bin":
            # So many bytes of anything follow, braces among them.
            at += max(value or 0, 0)
            continue
        yield (
            (word or b"").decode("ascii"),
            value,
            None if code is None else int(code, 16),
            (sign or b"").decode("latin-1"),
            (brace or b"").decode("ascii"),
            plain or b"",
        )
