"""Files that no reader should trust, several hundred of them from one seed, all harmless to hold.

Bombs are small here and large only where somebody unpacks them. `listener` is the address of a
server of the test's own: whatever fetches something asks there.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORDS = "The invented court finds for the invented party. "


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A file: what is wrong with it, its name as it was uploaded, and its bytes when asked."""

    about: str
    name: str
    made: Callable[[], bytes]


def hostile_files(*, seed: int, listener: str) -> list[Hostile]:
    """More than three hundred of them, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311  the same files every time
    return [
        *_truncated(),
        *_flipped(rng),
        *_misnamed(),
        *_polyglots(),
        *_of_pdf(listener),
        *_of_word(listener),
        *_of_archives(),
        *_of_pictures(),
        *_of_text(listener),
        *_of_mail(),
        *_headers(),
        *_named(),
        *_noise(rng),
    ]


def _file(about: str, name: str, made: Callable[[], bytes] | bytes) -> Hostile:
    return Hostile(about=about, name=name, made=made if callable(made) else lambda: made)


# What is made worse: a sound file of each kind.


def pdf(objects: list[bytes], *, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a true table of where they are."""
    out, at = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, start=1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % each for each in at)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        start,
    )
    return bytes(out)


def stream(told: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(told), told)


def one_page(content: bytes, page: bytes = b"", *more: bytes, catalog: bytes = b"") -> bytes:
    """A PDF of one page; `more` are the objects from 6 on."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>%s>>" % page,
            content,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def said(words: str) -> bytes:
    return stream(b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % words.encode("latin-1"))


def docx(body: str, *, head: str = "", **parts: str) -> bytes:
    """A DOCX with this body; `parts` are other members, with __ for / in their names."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    written = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{NS}"><w:body>{body}</w:body>'
        "</w:document>"
    )
    members = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations,
        "word/document.xml": written,
        **{name.replace("__", "/"): text for name, text in parts.items()},
    }
    return zipped({name: text.encode() for name, text in members.items()})


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def zipped(members: dict[str, bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    way = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, told in members.items():
            archive.writestr(zipfile.ZipInfo(name), told, way)
    return out.getvalue()


def picture(form: str, *, frames: int = 1) -> bytes:
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize((120, 160))
    more = {"save_all": True, "append_images": [image] * (frames - 1)} if frames > 1 else {}
    image.save(out, form, **more)
    return out.getvalue()


def odt(body: str) -> bytes:
    office, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in ("office", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{office}" '
        f'xmlns:text="{text}"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
        },
        stored=True,
    )


MAIL = (
    "From: A. Invented <a@example.com>\r\nTo: b@example.com\r\nSubject: Invented\r\n"
    "Date: Mon, 02 Mar 2020 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n'
    f"{WORDS * 9}\r\n--x\r\nContent-Type: text/plain; name=a.txt\r\n"
    "Content-Disposition: attachment; filename=a.txt\r\n\r\nattached\r\n--x--\r\n"
)


@cache
def sound() -> dict[str, bytes]:
    """A sound file of each kind, by its extension."""
    return {
        "pdf": one_page(said(WORDS * 3)),
        "docx": docx(paragraph(WORDS) * 20),
        "odt": odt(f"<text:p>{WORDS}</text:p>" * 20),
        "rtf": rb"{\rtf1\ansi{\fonttbl{\f0 Times;}}\f0 " + WORDS.encode() * 20 + b"}",
        "html": f"<!doctype html><html><body><p>{WORDS * 20}</p></body></html>".encode(),
        "txt": (WORDS * 40).encode(),
        "eml": MAIL.encode(),
        "zip": zipped({f"{n}.txt": (WORDS * n).encode() for n in range(1, 9)}),
        "png": picture("PNG"),
        "jpg": picture("JPEG"),
        "tif": picture("TIFF", frames=3),
    }


# Ways to be hostile.


def _truncated() -> Iterator[Hostile]:
    for kind, told in sound().items():
        for tenth in range(1, 10):
            yield _file(f"cut at {tenth}0 %", f"cut.{kind}", told[: len(told) * tenth // 10])


def _flipped(rng: random.Random) -> Iterator[Hostile]:
    for kind, told in sound().items():
        for variant in range(9):
            flipped = bytearray(told)
            for _ in range(1 + 4 * variant):
                flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
            yield _file(f"{1 + 4 * variant} bits flipped", f"flipped.{kind}", bytes(flipped))


def _misnamed() -> Iterator[Hostile]:
    kinds = list(sound())
    for at, kind in enumerate(kinds):
        for step in (1, 3, 5):
            other = kinds[(at + step) % len(kinds)]
            yield _file(f"{kind} named {other}", f"named.{other}", sound()[kind])
        yield _file(f"{kind} named as a program", "named.exe", sound()[kind])


def _polyglots() -> Iterator[Hostile]:
    page, script = sound()["pdf"], b"<html><script>alert(1)</script></html>"
    archive = sound()["zip"]
    program = b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0" + b"\0" * 200
    elf = b"\x7fELF\x02\x01\x01" + b"\0" * 200
    pairs = {
        "a page before a PDF": (script + page, "x.pdf"),
        "a page before a PDF, as a page": (script + page, "x.html"),
        "a PDF before a page": (page + script, "x.html"),
        "a PDF with an archive behind": (page + archive, "x.pdf"),
        "an archive with a PDF behind": (archive + page, "x.zip"),
        "a PDF named DOCX with an archive behind": (page + sound()["docx"], "x.docx"),
        "a picture with an archive behind": (sound()["png"] + archive, "x.png"),
        "a picture with a script behind": (sound()["jpg"] + script, "x.jpg"),
        "a GIF that is a script": (b"GIF89a/*" + script + b"*/=1;", "x.gif"),
        "a program for Windows": (program, "x.pdf"),
        "a program for Linux": (elf, "x.docx"),
        "a program with a PDF behind": (program + page, "x.pdf"),
        "a script for a shell": (b"#!/bin/sh\nrm -rf /tmp/invented\n", "x.txt"),
        "a shortcut of Windows": (b"L\0\0\0\x01\x14\x02\0" + b"\0" * 100, "x.pdf"),
        "a class of Java": (b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0" * 100, "x.txt"),
        "a drawing with a script": (b"<svg xmlns='x'><script>1</script></svg>", "x.png"),
    }
    for about, (told, name) in pairs.items():
        yield _file(about, name, told)


def _packed(byte: bytes, size: int) -> bytes:
    """So many of one byte, deflated; never held unpacked."""
    packing, out, part = zlib.compressobj(9), bytearray(), byte * (1 << 20)
    for _ in range(size >> 20):
        out += packing.compress(part)
    return bytes(out + packing.flush())


def _of_pdf(listener: str) -> Iterator[Hostile]:
    flate, twice = b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]"
    address = listener.encode()

    def many(count: int) -> bytes:
        kids = b" ".join(b"3 0 R" for _ in range(count))
        return one_page(said("x")).replace(
            b"/Kids[3 0 R]/Count 1", b"/Kids[%s]/Count %d" % (kids, count)
        )

    made: dict[str, Callable[[], bytes] | bytes] = {
        "1 GB of content": lambda: one_page(stream(_packed(b" ", 1 << 30), flate)),
        "1 GB of text": lambda: one_page(
            stream(zlib.compress(b"BT /F 1 Tf (") + _packed(b"a", 1 << 28), flate)
        ),
        "1 GB behind two filters": lambda: one_page(
            stream(zlib.compress(_packed(b" ", 1 << 30)), twice)
        ),
        "a million shown strings": lambda: one_page(
            stream(zlib.compress(b"BT /F 9 Tf " + b"(abcdefgh) Tj " * 1_000_000 + b"ET"), flate)
        ),
        "a million boxes": lambda: one_page(
            stream(zlib.compress(b"1 1 9 9 re f " * 1_000_000), flate)
        ),
        "a million saved states": lambda: one_page(stream(zlib.compress(b"q " * 1_000_000), flate)),
        "20,000 pages": lambda: many(20_000),
        "10,001 pages": lambda: many(10_001),
        "a tree of pages that holds itself": pdf(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999>>"]
        ),
        "a tree of pages that doubles": pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                *(
                    b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count %d>>" % (n, n, 1 << 40 - n)
                    for n in range(3, 40)
                ),
                b"<</Type/Page/MediaBox[0 0 9 9]>>",
            ]
        ),
        "a deep tree of pages": pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                *(b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % n for n in range(3, 5000)),
                b"<</Type/Page/MediaBox[0 0 9 9]>>",
            ]
        ),
        "a form that draws itself": one_page(
            stream(b"/X Do"),
            b"/Resources<</XObject<</X 6 0 R>>>>",
            stream(
                b"/X Do /X Do",
                b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>",
            ),
        ),
        "two forms that draw each other": one_page(
            stream(b"/X Do"),
            b"/Resources<</XObject<</X 6 0 R>>>>",
            stream(b"/Y Do", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Y 7 0 R>>>>"),
            stream(b"/X Do", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"),
        ),
        "forms that double thirty times": one_page(
            stream(b"/X Do"),
            b"/Resources<</XObject<</X 6 0 R>>>>",
            *(
                stream(
                    b"/X Do /X Do",
                    b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1),
                )
                for n in range(6, 36)
            ),
            stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]"),
        ),
        "a font that is its own descendant": one_page(
            said("x"),
            b"/Resources<</Font<</F 6 0 R>>>>",
            b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        ),
        "a length that is its own object": one_page(b"<</Length 4 0 R>>stream\nx\nendstream"),
        "a length of minus one": one_page(b"<</Length -1>>stream\nx\nendstream"),
        "a length of four billion": one_page(b"<</Length 4294967295>>stream\nx\nendstream"),
        "an earlier table that is this one": sound()["pdf"].replace(
            b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % sound()["pdf"].rfind(b"xref\n0")
        ),
        "a table of four billion": sound()["pdf"].replace(b"xref\n0 6", b"xref\n0 4294967295"),
        "no table": sound()["pdf"].split(b"xref")[0],
        "a table far outside": sound()["pdf"].replace(b"startxref\n", b"startxref\n99999"),
        "an outline that goes in a ring": one_page(
            said("x"),
            b"",
            b"<</First 7 0 R/Last 7 0 R/Count 1>>",
            b"<</Title(x)/Parent 6 0 R/Next 7 0 R/First 6 0 R>>",
            catalog=b"/Outlines 6 0 R",
        ),
        "names in a ring": one_page(
            said("x"), b"", b"<</Kids[6 0 R]>>", catalog=b"/Names<</EmbeddedFiles 6 0 R>>"
        ),
        "100,000 arrays in each other": one_page(b"[" * 100_000 + b"]" * 100_000),
        "100,000 dictionaries in each other": one_page(b"<</A" * 100_000 + b">>" * 100_000),
        "a page as wide as the sky": one_page(said("x"), b"/MediaBox[0 0 1e30 1e30]"),
        "a page without a size": one_page(said("x"), b"/MediaBox[0 0 0 0]"),
        "a page turned inside out": one_page(said("x"), b"/MediaBox[612 792 0 0]/Rotate 45"),
        "a letter a mile high": one_page(stream(b"BT /F 1e9 Tf 0 0 Td (x) Tj ET")),
        "a letter without a size": one_page(stream(b"BT /F 0 Tf 0 0 Td (hidden words) Tj ET")),
        "a picture of a terapixel": one_page(
            stream(b"1000000 0 0 1000000 0 0 cm /I Do"),
            b"/Resources<</XObject<</I 6 0 R>>>>",
            stream(
                _packed(b"\0", 1 << 20),
                flate + b"/Subtype/Image/Width 1000000"
                b"/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceGray",
            ),
        ),
        "a pattern of a billion cells": one_page(
            stream(b"/Pattern cs /P scn 0 0 612 792 re f"),
            b"/Resources<</Pattern<</P 6 0 R>>>>",
            stream(
                b"0 0 1 1 re f",
                b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]"
                b"/XStep 0.0001/YStep 0.0001/Resources<<>>",
            ),
        ),
        "a function of a million steps": one_page(
            stream(b"/S sh"),
            b"/Resources<</Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function 6 0 R>>>>>>",
            stream(
                b"{" + b"dup mul " * 100_000 + b"}", b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]"
            ),
        ),
        "a script on opening": one_page(
            said("x"), catalog=b"/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>"
        ),
        "a program to launch": one_page(said("x"), catalog=b"/OpenAction<</S/Launch/F(/bin/sh)>>"),
        "an address to fetch": one_page(
            said("x"), catalog=b"/OpenAction<</S/URI/URI(%s/uri)>>" % address
        ),
        "a form to send": one_page(
            said("x"), catalog=b"/OpenAction<</S/SubmitForm/F(%s/form)>>" % address
        ),
        "content in another place": one_page(
            b"<</Length 0/F<</FS/URL/F(%s/stream)>>>>stream\n\nendstream" % address
        ),
        "an attached program": one_page(
            said("x"),
            b"",
            b"<</Names[(../../run.sh)7 0 R]>>",
            b"<</Type/Filespec/F(../../run.sh)/EF<</F 8 0 R>>>>",
            stream(b"#!/bin/sh\n"),
            catalog=b"/Names<</EmbeddedFiles 6 0 R>>",
        ),
        "a cipher that is unknown": sound()["pdf"].replace(
            b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Standard/V 9/R 9/O(x)/U(x)/P -1>>"
        ),
        "an XFA form with entities": one_page(
            said("x"),
            b"",
            stream(b'<!DOCTYPE x [<!ENTITY a SYSTEM "%s/xfa">]><x>&a;</x>' % address),
            catalog=b"/AcroForm<</XFA 6 0 R>>",
        ),
    }
    for about, told in made.items():
        yield _file(about, "made.pdf", told)


def _laughs(count: int = 10) -> str:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, count))
    return f'<!DOCTYPE d [<!ENTITY l0 "ha">{rows}]>'


def _of_word(listener: str) -> Iterator[Hostile]:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/attachedTemplate" Target="{listener}/template.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    made: dict[str, Callable[[], bytes] | bytes] = {
        "entities that laugh": docx(paragraph("&l9;"), head=_laughs()),
        "one entity, quadratic": docx(
            paragraph("&a;" * 20_000), head=f'<!DOCTYPE d [<!ENTITY a "{"a" * 20_000}">]>'
        ),
        "an entity from a file": docx(
            paragraph("&a;"), head='<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        ),
        "an entity from the network": docx(
            paragraph("&a;"), head=f'<!DOCTYPE d [<!ENTITY a SYSTEM "{listener}/entity">]>'
        ),
        "a document type from the network": docx(
            paragraph("x"), head=f'<!DOCTYPE d SYSTEM "{listener}/dtd">'
        ),
        "a template from the network": docx(
            paragraph("x"), **{"word___rels__document.xml.rels": relation}
        ),
        "one run of 300 MB": lambda: docx(paragraph("a" * 300_000_000)),
        "100,000 tables in each other": docx(
            "<w:tbl><w:tr><w:tc>" * 100_000 + "</w:tc></w:tr></w:tbl>" * 100_000
        ),
        "2,000 tables in each other": docx(
            "<w:tbl><w:tr><w:tc>" * 2_000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 2_000
        ),
        "a million runs": lambda: docx(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 1_000_000}</w:p>"),
        "a part outside": docx(paragraph("x"), **{"..__..__..__evil.xml": "<x/>"}),
        "no document": zipped({"[Content_Types].xml": b"<Types/>"}),
        "a document of NUL": docx("\x00" * 1000),
    }
    for about, told in made.items():
        yield _file(about, "made.docx", told)
    yield _file("ODT: entities that laugh", "made.odt", odt("x" + _laughs()))
    yield _file(
        "ODT: deep", "made.odt", lambda: odt("<text:section>" * 50_000 + "</text:section>" * 50_000)
    )
    yield _file("ODT: 300 MB", "made.odt", lambda: odt(f"<text:p>{'a' * 300_000_000}</text:p>"))
    yield _file(
        "ODT: many spaces", "made.odt", odt('<text:p><text:s text:c="2000000000"/></text:p>')
    )


def _of_archives() -> Iterator[Hostile]:
    def bomb(size: int) -> bytes:
        return zipped({"zeros.txt": b"\0" * size})

    def nested(depth: int) -> bytes:
        told = sound()["zip"]
        for _ in range(depth):
            told = zipped({"a.zip": told, "b.zip": told})
        return told

    def linked(target: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            link = zipfile.ZipInfo("link.txt")
            link.create_system, link.external_attr = 3, 0o120777 << 16
            archive.writestr(link, target)
        return out.getvalue()

    made: dict[str, Callable[[], bytes] | bytes] = {
        "a bomb of 600 MB": lambda: bomb(600 << 20),
        "ten bombs of 100 MB": lambda: zipped({f"{n}.txt": b"\0" * (100 << 20) for n in range(10)}),
        "archives in each other, 3 deep": nested(3),
        "archives in each other, 12 deep": lambda: nested(12),
        "20,000 members": lambda: zipped({f"{n}.txt": b"x" for n in range(20_000)}),
        "a member outside": zipped({"../../../evil.txt": b"x"}),
        "a member from the root": zipped({"/etc/evil.txt": b"x"}),
        "a member of a drive": zipped({"C:\\evil.txt": b"x"}),
        "a link to a secret": linked("/etc/passwd"),
        "a link outside": linked("../../../../etc/passwd"),
        "a member without a name": zipped({"": b"x"}),
        "a member with a NUL": zipped({"a\0b.txt": b"x"}),
        "a member of 60,000 letters": zipped({"a" * 60_000: b"x"}),
        "members of one name": zipped({"a.txt": b"x", "A.TXT": b"y", "./a.txt": b"z"}),
        "a directory far outside": sound()["zip"][:-8] + b"\xff" * 8,
        "sizes that lie": sound()["zip"].replace(
            struct.pack("<I", len(WORDS)), struct.pack("<I", 0xFFFFFFF0)
        ),
        "nothing but an end": b"PK\5\6" + b"\0" * 18,
    }
    for about, told in made.items():
        yield _file(about, "made.zip", told)


def _chunk(kind: bytes, told: bytes) -> bytes:
    return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))


def _of_pictures() -> Iterator[Hostile]:
    def png(width: int, height: int, *chunks: bytes) -> bytes:
        head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IEND", b"")

    def tiff(width: int, height: int, following: int) -> bytes:
        entries = [
            (256, 4, 1, width),
            (257, 4, 1, height),
            (258, 3, 1, 1),
            (259, 3, 1, 1),
            (262, 3, 1, 1),
            (273, 4, 1, 8),
            (278, 4, 1, height),
            (279, 4, 1, 100),
        ]
        rows = b"".join(struct.pack("<HHII", *each) for each in entries)
        return b"II*\0" + struct.pack("<IH", 8, len(entries)) + rows + struct.pack("<I", following)

    zeros = _packed(b"\0", 100 << 20)
    made: dict[str, tuple[Callable[[], bytes] | bytes, str]] = {
        "a gigapixel": (png(60_000, 60_000, _chunk(b"IDAT", zeros)), "x.png"),
        "a terapixel": (png(2**31 - 1, 2**31 - 1, _chunk(b"IDAT", zeros)), "x.png"),
        "no pixel": (png(0, 0, _chunk(b"IDAT", zlib.compress(b""))), "x.png"),
        "words of 100 MB": (png(9, 9, _chunk(b"zTXt", b"a\0\0" + zeros)), "x.png"),
        "a profile of 100 MB": (png(9, 9, _chunk(b"iCCP", b"a\0\0" + zeros)), "x.png"),
        "a ring of pages": (tiff(100, 100, 8), "x.tif"),
        "a vast sheet": (tiff(2**31 - 1, 2**31 - 1, 0), "x.tif"),
        "a sheet at 2,400 dots": (tiff(20_400, 26_400, 0), "x.tif"),
        "3,000 pages": (lambda: picture("TIFF", frames=3_000), "x.tif"),
        "a JPEG of 65,500 squared": (
            sound()["jpg"].replace(struct.pack(">HH", 160, 120), b"\xff\xdc\xff\xdc", 1),
            "x.jpg",
        ),
    }
    for about, (told, name) in made.items():
        yield _file(about, name, told)


def _of_text(listener: str) -> Iterator[Hostile]:
    made: dict[str, tuple[Callable[[], bytes] | bytes, str]] = {
        "NUL bytes": (b"before\0after\0" * 100, "x.txt"),
        "nothing but NUL": (b"\0" * 10_000, "x.txt"),
        "lone surrogates": (b"before \xed\xa0\x80 after", "x.txt"),
        "half a character": ("é".encode()[:1] * 999, "x.txt"),
        "UTF-16 of odd length": ("before".encode("utf-16") + b"x", "x.txt"),
        "UTF-32": ("before".encode("utf-32"), "x.txt"),
        "UTF-7": (b"+ADw-script+AD4-", "x.txt"),
        "a mark of order and nothing": (b"\xff\xfe", "x.txt"),
        "one line of 30 MB": (lambda: b"word " * 6_000_000, "x.txt"),
        "30 million letters": (lambda: b"a" * 30_000_000, "x.txt"),
        "marks upon marks": (("a" + "\u0301" * 100_000).encode(), "x.txt"),
        "written backwards": ("\u202egnp.exe\u202c \u2066x\u2069".encode(), "x.txt"),
        "escapes for a terminal": (b"\x1b]0;evil\x07\x1b[2J" * 100, "x.txt"),
        "a page 100,000 deep": (lambda: b"<html>" + b"<div>" * 100_000, "x.html"),
        "a page of a million tags": (lambda: b"<html>" + b"<b>x</b>" * 1_000_000, "x.html"),
        "a page that fetches": (
            f'<html><img src="{listener}/i.png"><link rel=stylesheet href="{listener}/c.css">'
            f'<iframe src="{listener}/f"></iframe><script src="{listener}/s.js"></script>'
            f'<meta http-equiv=refresh content="0;{listener}/r"></html>'.encode(),
            "x.html",
        ),
        "an attribute of 10 MB": (lambda: b"<html><p a='" + b"a" * 10_000_000, "x.html"),
        "RTF: groups 200,000 deep": (lambda: rb"{\rtf1 " + b"{" * 200_000, "x.rtf"),
        "RTF: a million groups": (lambda: rb"{\rtf1 " + b"{a}" * 1_000_000 + b"}", "x.rtf"),
        "RTF: four billion bytes to come": (rb"{\rtf1 \bin4294967295 x}", "x.rtf"),
        "RTF: a number without end": (rb"{\rtf1 \fs" + b"9" * 100_000 + b" x}", "x.rtf"),
        "RTF: a letter that is none": (rb"{\rtf1 \u-99999999 x \u55296 y\'zz}", "x.rtf"),
        "RTF: an object to load": (
            rb"{\rtf1 {\object\objautlink\objupdate{\*\objdata 0105}}"
            rb"{\field{\*\fldinst INCLUDETEXT " + listener.encode() + b"/rtf}}}",
            "x.rtf",
        ),
    }
    for about, (told, name) in made.items():
        yield _file(about, name, told)


def _of_mail() -> Iterator[Hostile]:
    head = "From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n"

    def parts(depth: int) -> bytes:
        told = "".join(
            f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n'
            for n in range(depth)
        )
        return (head + told).encode()

    def attached(count: int) -> bytes:
        part = "--x\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n"
        return (f"{head}Content-Type: multipart/mixed; boundary=x\r\n\r\n{part * count}").encode()

    made: dict[str, Callable[[], bytes] | bytes] = {
        "parts 5,000 deep": parts(5_000),
        "100,000 attachments": attached(100_000),
        "100,000 head lines": (head + "X-A: b\r\n" * 100_000 + "\r\nx").encode,
        "a head line of 10 MB": (head + "X-A: " + "b" * 10_000_000 + "\r\n\r\nx").encode,
        "an attachment outside": MAIL.replace("filename=a.txt", "filename=../../evil.sh").encode(),
        "an attachment without end": (
            head + "Content-Transfer-Encoding: base64\r\n\r\n===="
        ).encode(),
        "a charset that is none": MAIL.replace("text/plain", "text/plain; charset=evil").encode(),
        "a message of the old kind, cut": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1000,
        "a date that is none": MAIL.replace("02 Mar 2020", "99 Foo 999999").encode(),
    }
    for about, told in made.items():
        yield _file(about, "made.msg" if "old kind" in about else "made.eml", told)


def _headers() -> Iterator[Hostile]:
    for name, told in {
        "x.pdf": b"",
        "y.docx": b"",
        "z.txt": b"",
        "header.pdf": b"%PDF-1.7",
        "header.docx": b"PK\3\4",
        "header.rtf": rb"{\rtf",
        "header.png": b"\x89PNG\r\n\x1a\n",
        "header.jpg": b"\xff\xd8\xff",
        "header.tif": b"II*\0",
        "header.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "header.wpd": b"\xffWPC",
        "byte.txt": b"\xff",
        "header.7z": b"7z\xbc\xaf\x27\x1c",
        "header.gz": b"\x1f\x8b\x08",
        "junk.pdf": b"junk " * 64 + b"%PDF-1.7\n",
    }.items():
        yield _file("a header and nothing else", name, told)


def _named() -> Iterator[Hostile]:
    for name in (
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "a\0.pdf",
        "\u202efdp.exe",
        "CON",
        "a" * 300,
        ".htaccess",
        "x.pdf.exe",
        "x;rm -rf.pdf",
        "$(id).pdf",
        "a\nb.pdf",
        "",
        "\ud800.pdf",
    ):
        yield _file("a name that means something", name, sound()["pdf"])


def _noise(rng: random.Random) -> Iterator[Hostile]:
    for size in (10, 1_000, 100_000):
        for kind in ("pdf", "docx", "txt", "eml"):
            told = rng.randbytes(size)
            yield _file(f"{size} bytes of noise", f"noise.{kind}", told)
