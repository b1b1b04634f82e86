"""Writes small PDFs for tests: print at a place, boxes, lines and pictures, page by page."""

from __future__ import annotations

from collections.abc import Iterable

WIDTH, HEIGHT = 612, 792


class Page:
    """What is drawn on one page, in order; points from the lower left corner."""

    def __init__(self, *, rotate: int = 0) -> None:
        self.rotate = rotate
        self.drawn: list[str] = []

    def text(
        self, x: float, y: float, words: str, *, size: float = 12, grey: float = 0, mode: int = 0
    ) -> Page:
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.drawn.append(f"BT /F1 {size} Tf {grey} g {mode} Tr {x} {y} Td ({escaped}) Tj ET 0 g")
        return self

    def lines(
        self,
        lines: Iterable[str],
        *,
        x: float = 72,
        y: float = 700,
        step: float = 14,
        size: float = 12,
    ) -> Page:
        for at, words in enumerate(lines):
            self.text(x, y - at * step, words, size=size)
        return self

    def box(self, x: float, y: float, wide: float, high: float, *, grey: float = 0) -> Page:
        self.drawn.append(f"{grey} g {x} {y} {wide} {high} re f 0 g")
        return self

    def rule(self, x: float, y: float, wide: float) -> Page:
        self.drawn.append(f"{x} {y} m {x + wide} {y} l S")
        return self

    def picture(self, x: float, y: float, wide: float, high: float, *, shade: str = "80") -> Page:
        self.drawn.append(
            f"q {wide} 0 0 {high} {x} {y} cm BI /W 1 /H 1 /BPC 8 /CS /G /F /AHx ID {shade}> EI Q"
        )
        return self


def pdf(*pages: Page, info: str = "") -> bytes:
    """Write pages as a PDF, in Times as every reader has it."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    sheet = f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
    fonts = "/Resources << /Font << /F1 3 0 R >> >>"
    for at, page in enumerate(pages):
        content = "\n".join(page.drawn)
        where = f"/Contents {5 + 2 * at} 0 R"
        parts += [
            f"<< /Type /Page /Parent 2 0 R {sheet} /Rotate {page.rotate} {fonts} {where} >>",
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream",
        ]
    parts.append(f"<< {info} >>")
    return _file(parts)


def _file(parts: list[str]) -> bytes:
    written = b"%PDF-1.7\n"
    places: list[int] = []
    for at, part in enumerate(parts, start=1):
        places.append(len(written))
        written += f"{at} 0 obj\n{part}\nendobj\n".encode("cp1252")
    start = len(written)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    trailer = f"<< /Size {size} /Root 1 0 R /Info {len(parts)} 0 R >>"
    head = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    return written + f"{head}trailer {trailer}\nstartxref\n{start}\n%%EOF".encode()
