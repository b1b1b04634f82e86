"""Volumes of the Caselaw Access Project: folder, zip and site, whole and broken."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import UsageError
from core.ingest.importers.cap import read_cap
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord, LegalDate, OpinionKind

HTML = """
<section class="casebody" data-firstpage="701" data-lastpage="709">
  <section class="head-matter">
    <h4 class="parties">Drew PEARSON <em>v. </em>Thomas J. DODD.</h4>
    <p class="attorneys"><a id="p702" class="page-label" data-label="702">*702</a>Mr. X.</p>
  </section>
  <article class="opinion" data-type="majority">
    <p class="author">WRIGHT, Circuit Judge:</p>
    <p>This case arises out of the expo<a class="page-label" data-label="703">*703</a>sure.<a
      class="footnotemark" href="#footnote_1_1" id="ref_footnote_1_1">1</a></p>
    <aside class="footnote" data-label="1" id="footnote_1_1">
      <a href="#ref_footnote_1_1">1</a>
      <p>. The operative part.</p>
    </aside>
  </article>
  <article class="opinion" data-type="concurrence"><p>I concur.</p></article>
</section>
"""


def a_case(number: int = 1, **changes: object) -> dict[str, object]:
    return {
        "id": number,
        "name": "Drew PEARSON v. Thomas J. DODD",
        "name_abbreviation": "Pearson v. Dodd",
        "decision_date": "1969-02",
        "docket_number": "No. 21910",
        "first_page": "701",
        "citations": [
            {"type": "parallel", "cite": "133 U.S. App. D.C. 279"},
            {"type": "official", "cite": "410 F.2d 701"},
        ],
        "court": {"name": "United States Court of Appeals for the District of Columbia Circuit"},
        "jurisdiction": {"name": "U.S.", "name_long": "United States"},
        "file_name": f"{number:04d}-01",
        "casebody": {
            "head_matter": "Drew PEARSON\nMr. X.",
            "opinions": [
                {"type": "majority", "author": "WRIGHT, Circuit Judge:", "text": "One.\nTwo."},
                {"type": "concurrence", "author": None, "text": "I concur."},
            ],
        },
        **changes,
    }


def volume(folder: Path, *cases: dict[str, object], html: str | None = HTML) -> Path:
    """Write a volume folder as the project's site has it."""
    for name in ("cases", "html"):
        (folder / name).mkdir(parents=True)
    listed = [{k: v for k, v in case.items() if k != "casebody"} for case in cases]
    (folder / "CasesMetadata.json").write_text(json.dumps(listed), encoding="utf-8")
    for case in cases:
        name = str(case["file_name"])
        (folder / f"cases/{name}.json").write_text(json.dumps(case), encoding="utf-8")
        if html:
            (folder / f"html/{name}.html").write_text(html, encoding="utf-8")
    return folder


def volume_zip(path: Path, *cases: dict[str, object]) -> Path:
    """Write a volume's zip as the project publishes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata/CasesMetadata.json", "[]")
        for case in cases:
            archive.writestr(f"json/{case['file_name']}.json", json.dumps(case))
            archive.writestr(f"html/{case['file_name']}.html", HTML)
    return path


def read(place: object) -> tuple[list[CaseRecord], list[BadRecord]]:
    found = list(read_cap(str(place), meter=Meter()))
    cases = [item for item in found if isinstance(item, CaseRecord)]
    return cases, [item for item in found if isinstance(item, BadRecord)]


def test_a_case_has_its_parts_authors_pages_and_notes(tmp_path: Path) -> None:
    (case,), bad = read(volume(tmp_path / "f2d/410", a_case()))
    assert bad == []
    assert (case.source_id, case.case_name, case.court) == ("cap/1", "Pearson v. Dodd", "cadc")
    assert case.citations == ("410 F.2d 701", "133 U.S. App. D.C. 279")
    assert case.date_filed == LegalDate(year=1969, month=2)
    front, lead, other = case.opinions
    assert (front.kind, front.text) == (
        OpinionKind.SYLLABUS,
        "Drew PEARSON v. Thomas J. DODD.\n\nMr. X.",
    )
    assert [(p.label, front.text[p.start :]) for p in front.pages] == [("702", "Mr. X.")]
    assert (lead.kind, lead.author) == (OpinionKind.MAJORITY, "WRIGHT, Circuit Judge")
    assert lead.text == (
        "WRIGHT, Circuit Judge:\n\nThis case arises out of the exposure.1\n\n1. The operative part."
    )
    assert [(p.label, lead.text[p.start : p.start + 4]) for p in lead.pages] == [("703", "sure")]
    assert lead.footnotes_start == lead.text.index("1. The")
    assert (other.kind, other.text) == (OpinionKind.CONCURRENCE, "I concur.")


def test_without_html_the_json_has_the_text(tmp_path: Path) -> None:
    (case,), _ = read(volume(tmp_path / "410", a_case(), html=None))
    assert [(o.kind, o.text) for o in case.opinions] == [
        (OpinionKind.SYLLABUS, "Drew PEARSON\n\nMr. X."),
        (OpinionKind.MAJORITY, "One.\n\nTwo."),
        (OpinionKind.CONCURRENCE, "I concur."),
    ]


def test_a_case_of_head_matter_alone_is_searched_by_it(tmp_path: Path) -> None:
    case = a_case(casebody={"head_matter": "Order.", "opinions": []})
    (found,), _ = read(volume(tmp_path / "410", case, html=None))
    assert [(o.kind, o.text) for o in found.opinions] == [(OpinionKind.COMBINED, "Order.")]


def test_volumes_of_a_reporter_are_read_in_order_zips_and_folders_alike(tmp_path: Path) -> None:
    volume(tmp_path / "f2d/2", a_case(2))
    volume_zip(tmp_path / "f2d/10.zip", a_case(10))
    volume_zip(tmp_path / "f2d/2.zip", a_case(2))  # the same volume once more
    cases, bad = read(tmp_path)
    assert ([case.source_id for case in cases], bad) == (["cap/2", "cap/10"], [])
    assert cases[1].opinions[1].pages[0].label == "703"


def test_what_is_broken_is_reported_and_the_rest_is_taken(tmp_path: Path) -> None:
    folder = volume(tmp_path / "410", a_case(1), a_case(2), a_case(3), html=None)
    (folder / "cases/0002-01.json").write_text("{", encoding="utf-8")
    (folder / "cases/0004-01.json").write_text("[]", encoding="utf-8")
    (folder / "cases/0005-01.json").write_text('{"id": 5}', encoding="utf-8")
    cases, bad = read(folder)
    assert [case.source_id for case in cases] == ["cap/1", "cap/3"]
    assert [b.reason.split(" (")[0] for b in bad] == [
        "is no JSON",
        "is no object with a case in it",
        "has no text of any opinion",
    ]


def test_a_date_that_is_none_leaves_the_case_undated(tmp_path: Path) -> None:
    (case,), _ = read(volume(tmp_path / "410", a_case(decision_date="1969-02-31")))
    assert (case.date_filed, case.extra["decision_date"]) == (None, "1969-02-31")


def test_a_zip_that_climbs_out_or_bursts_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "410.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("json/../../../0001-01.json", json.dumps(a_case()))
        archive.writestr("/json/0002-01.json", json.dumps(a_case()))
        archive.writestr("json/0003-01.json", b" " * (40 << 20))
        archive.writestr("json/0004-01.json", json.dumps(a_case(4)))
    cases, bad = read(path)
    assert [case.source_id for case in cases] == ["cap/4"]
    assert [(b.item, b.reason) for b in bad] == [
        (f"{tmp_path.name}/410/json/0003-01.json", "is packed as no text is: left alone")
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["410.zip"]


def test_a_damaged_zip_is_reported(tmp_path: Path) -> None:
    path = volume_zip(tmp_path / "1.zip", a_case(1), a_case(2))
    data = bytearray(path.read_bytes())
    at = data.index(b"json/0001-01.json") + 60
    data[at : at + 20] = b"x" * 20
    path.write_bytes(data)
    cases, bad = read(path)
    assert [case.source_id for case in cases] == ["cap/2"]
    assert "cannot be unpacked" in bad[0].reason


@pytest.mark.parametrize(
    "place",
    ["ftp://static.case.law/us/1/", "file:///etc/passwd", "https://", "gopher://x/", "/no/where"],
)
def test_other_addresses_and_missing_places_are_refused(place: str) -> None:
    with pytest.raises(UsageError):
        read(place)


def test_a_folder_without_volumes_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no volume"):
        read(tmp_path)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The project's site in small, on loopback."""
    root = tmp_path / "site"
    root.mkdir()
    handler = functools.partial(_Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_reporter_is_read_from_a_site_by_zip_and_by_file(tmp_path: Path, site: str) -> None:
    root = tmp_path / "site"
    volume(root / "f2d/410", a_case(1), a_case(2))
    volume_zip(root / "f2d/9.zip", a_case(9))
    listed = [{"volume_number": "410"}, {"volume_number": "9", "volume_folder": "9"}]
    listed.append({"volume_number": "../../etc"})
    (root / "f2d/VolumesMetadata.json").write_text(json.dumps(listed), encoding="utf-8")
    cases, bad = read(f"{site}/f2d/")
    assert ([case.source_id for case in cases], bad) == (["cap/9", "cap/1", "cap/2"], [])
    one, _ = read(f"{site}/f2d/410")
    assert [case.source_id for case in one] == ["cap/1", "cap/2"]
    with pytest.raises(UsageError, match="no volume"):
        read(f"{site}/us/1")
