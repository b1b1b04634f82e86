"""CourtListener: its bulk files in every way they were ever quoted, and its API."""

from __future__ import annotations

import bz2
import csv
import http.server
import io
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from core.errors import ImportFailed, UsageError
from core.ingest.importers import fetch
from core.ingest.importers.courtlistener import read_api
from core.ingest.importers.courtlistener_bulk import read_bulk
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord, LegalDate, OpinionKind

XML = (
    '<opinion type="majority"><author>ROBERTS, C. J.</author><p>The stay <page-number'
    ' citation-index="1" label="419">*419</page-number>is "denied", \\ so.</p></opinion>'
)
TABLES: dict[str, list[dict[str, str]]] = {
    "courts": [{"id": "scotus", "full_name": "Supreme Court", "jurisdiction": "F"}],
    "dockets": [
        {"id": "7", "court_id": "scotus", "docket_number": "08-681", "date_argued": "2009-01-21"},
        {"id": "8", "court_id": "ca1", "docket_number": "1", "date_argued": ""},
        {"id": "99", "court_id": "ca1", "docket_number": "nobody's", "date_argued": ""},
    ],
    "opinion-clusters": [
        {"id": "20", "docket_id": "8", "case_name": "B v. C", "date_filed": "2013-08-01"},
        {"id": "10", "docket_id": "7", "case_name": 'Nken "X" v. Holder', "date_filed": "2009-04"},
        {"id": "30", "docket_id": "8", "case_name": "Empty v. Text", "date_filed": ""},
    ],
    "citations": [
        {"id": "1", "volume": "556", "reporter": "U.S.", "page": "418", "cluster_id": "10"},
        {"id": "2", "volume": "129", "reporter": "S. Ct.", "page": "1749", "cluster_id": "10"},
    ],
    "opinions": [
        {"id": "3", "type": "040dissent", "author_str": "Alito", "plain_text": "I dissent.\n\nNo.",
         "xml_harvard": "", "per_curiam": "f", "cluster_id": "10"},
        {"id": "1", "type": "010combined", "author_str": "", "plain_text": "All of it.",
         "xml_harvard": "", "per_curiam": "f", "cluster_id": "10"},
        {"id": "2", "type": "020lead", "author_str": "Roberts", "plain_text": "worse",
         "xml_harvard": XML, "per_curiam": "f", "cluster_id": "10"},
        {"id": "4", "type": "010combined", "author_str": "", "plain_text": "Line one,\nline two",
         "xml_harvard": "", "per_curiam": "t", "cluster_id": "20"},
        {"id": "5", "type": "010combined", "author_str": "", "plain_text": " ",
         "xml_harvard": "", "per_curiam": "f", "cluster_id": "30"},
    ],
}  # fmt: skip


def as_csv(rows: Sequence[Mapping[str, str]], quote: str, escape: str | None) -> str:
    """Write rows as Postgres does with FORCE_QUOTE *: nulls bare, the header unquoted."""
    text = io.StringIO()
    text.write(",".join(rows[0]) + "\n")
    mark = escape or quote
    for row in rows:
        values = []
        for value in row.values():
            escaped = value.replace(escape, escape * 2) if escape else value
            quoted = escaped.replace(quote, mark + quote)
            values.append(f"{quote}{quoted}{quote}" if value else "")
        text.write(",".join(values) + "\n")
    return text.getvalue()


def bulk(
    folder: Path, quote: str = '"', escape: str | None = "\\", *, packed: bool = False
) -> Path:
    for name, rows in TABLES.items():
        data = as_csv(rows, quote, escape).encode()
        path = folder / f"{name}-2024-12-31.csv{'.bz2' if packed else ''}"
        path.write_bytes(bz2.compress(data) if packed else data)
    return folder


def read(
    folder: Path,
    **how: Any,  # noqa: ANN401  whatever the reader takes
) -> tuple[list[CaseRecord], list[BadRecord]]:
    found = list(read_bulk(folder, scratch=folder / "scratch", meter=Meter(), **how))
    cases = [item for item in found if isinstance(item, CaseRecord)]
    return cases, [item for item in found if isinstance(item, BadRecord)]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("quote", "escape"), [('"', "\\"), ('"', None), ("`", "\\"), ("`", None)])
def test_bulk_files_are_joined_however_they_are_quoted(
    tmp_path: Path, quote: str, escape: str | None, packed: bool
) -> None:
    cases, bad = read(bulk(tmp_path, quote, escape, packed=packed))
    nken, other = cases
    assert (nken.source_id, nken.court, nken.court_name) == ("cl/10", "scotus", "Supreme Court")
    assert (nken.case_name, nken.docket_number) == ('Nken "X" v. Holder', "08-681")
    assert (nken.date_filed, nken.date_argued) == (
        LegalDate(year=2009, month=4),
        LegalDate(year=2009, month=1, day=21),
    )
    assert nken.citations == ("556 U.S. 418", "129 S. Ct. 1749")
    assert [(o.kind, o.author, o.text) for o in nken.opinions] == [
        (OpinionKind.MAJORITY, "Roberts", 'ROBERTS, C. J.\n\nThe stay is "denied", \\ so.'),
        (OpinionKind.DISSENT, "Alito", "I dissent.\n\nNo."),
    ]
    assert [page.label for page in nken.opinions[0].pages] == ["419"]
    assert other.opinions[0].text == "Line one,\nline two"
    assert [(b.item, b.reason) for b in bad] == [("cl/30", "CourtListener has no text of it")]
    assert list((tmp_path / "scratch").iterdir()) == []


def test_bulk_files_can_be_narrowed_to_courts(tmp_path: Path) -> None:
    cases, _ = read(bulk(tmp_path), courts=frozenset({"scotus"}))
    assert [case.source_id for case in cases] == ["cl/10"]


def test_a_missing_file_is_named_and_a_damaged_one_is_read_as_far_as_it_goes(
    tmp_path: Path,
) -> None:
    bulk(tmp_path, packed=True)
    opinions = tmp_path / "opinions-2024-12-31.csv.bz2"
    opinions.write_bytes(opinions.read_bytes()[:-30])
    _, bad = read(tmp_path)
    assert bad[0].item == opinions.name
    assert "damaged" in bad[0].reason
    opinions.unlink()
    with pytest.raises(UsageError, match="lacks CourtListener's opinions"):
        read(tmp_path)


def test_a_row_that_is_broken_is_counted_and_left_out(tmp_path: Path) -> None:
    bulk(tmp_path)
    path = tmp_path / "dockets-2024-12-31.csv"
    path.write_text(path.read_text(encoding="utf-8") + '"x"\n"a","b"\n', encoding="utf-8")
    cases, bad = read(tmp_path)
    assert len(cases) == 2
    assert "2 rows have not the fields" in bad[0].reason


def test_an_opinion_longer_than_csv_allows_by_default_is_taken(tmp_path: Path) -> None:
    bulk(tmp_path)
    rows = [{**row} for row in TABLES["opinions"]]
    rows[3]["plain_text"] = "word " * 100_000
    (tmp_path / "opinions-2024-12-31.csv").write_text(as_csv(rows, '"', "\\"), encoding="utf-8")
    cases, _ = read(tmp_path)
    assert len(cases[1].opinions[0].text) > csv.field_size_limit(1 << 28) - (1 << 29)
    assert len(cases[1].opinions[0].text) == 499_999


class Api:
    """CourtListener's API in small, on loopback; it refuses whom it should."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.elsewhere = False

    def answer(  # noqa: PLR0911  one return for each kind of address
        self, path: str, token: str | None
    ) -> tuple[int, dict[str, str], object]:
        self.asked.append(path)
        if token != "Token secret":
            return 401, {}, {"detail": "Invalid token."}
        if self.answers:
            status, headers = self.answers.pop(0)
            return status, headers, {"detail": "wait"}
        parts = urlsplit(path)
        *_, kind, last = parts.path.strip("/").split("/")
        if kind == "v4":
            return 200, {}, self.page("cursor=2" in parts.query)
        if kind == "opinions":
            lead = last == "2"
            return (
                200,
                {},
                {
                    "id": int(last),
                    "type": "020lead" if lead else "010combined",
                    "author_str": "Roberts" if lead else "",
                    "html_with_citations": '<pre class="inline">One\n\nTwo</pre>',
                },
            )
        if kind == "dockets":
            return 200, {}, {"id": 7, "court_id": "scotus", "docket_number": "08-681"}
        if kind == "courts":
            return 200, {}, {"id": "scotus", "full_name": "Supreme Court", "jurisdiction": "F"}
        return 404, {}, {}

    def page(self, second: bool) -> object:
        clusters = [self.cluster(20)] if second else [self.cluster(10), self.cluster(11)]
        following = None if second else f"{self.url}/api/rest/v4/clusters/?cursor=2"
        if self.elsewhere:
            following = "http://127.0.0.2/api/rest/v4/clusters/?cursor=2"
        return {"next": following, "previous": None, "results": clusters}

    def cluster(self, number: int) -> object:
        return {
            "id": number,
            "docket_id": 7,
            "case_name": f"Case {number}",
            "date_filed": "2009-04-22",
            "citations": [{"volume": 556, "reporter": "U.S.", "page": "418", "type": 1}],
            "sub_opinions": [f"https://elsewhere.invalid/api/rest/v4/opinions/{number + 1}/"],
        }

    url = ""


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    state = Api()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = state.answer(self.path, self.headers["Authorization"])
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        state.url = f"http://127.0.0.1:{server.server_port}"
        yield state
        server.shutdown()


def ask(
    api: Api,
    place: Path,
    meter: Meter | None = None,
    **how: Any,  # noqa: ANN401  whatever the reader takes
) -> list[str]:
    """Read all there is, settling every record as soon as it is given."""
    meter = meter or Meter()
    found = []
    base = f"{api.url}/api/rest/v4"
    token = how.pop("token", "secret")
    for record in read_api(token, place=place, meter=meter, api=base, **how):
        assert isinstance(record, CaseRecord)
        found.append(record.source_id)
        meter.settled += 1
    return found


def test_the_api_is_read_page_by_page_with_everything_a_case_has(api: Api, tmp_path: Path) -> None:
    meter = Meter()
    base = f"{api.url}/api/rest/v4"
    cases = list(read_api("secret", court="scotus", place=tmp_path / "p", meter=meter, api=base))
    case = cases[0]
    assert isinstance(case, CaseRecord)
    assert [c.source_id for c in cases if isinstance(c, CaseRecord)] == ["cl/10", "cl/11", "cl/20"]
    assert (case.court_name, case.docket_number, case.citations) == (
        "Supreme Court",
        "08-681",
        ("556 U.S. 418",),
    )
    assert [o.text for o in case.opinions] == ["One\n\nTwo"]
    assert "docket__court=scotus" in api.asked[0]
    assert not [path for path in api.asked if "elsewhere" in path]
    assert len([path for path in api.asked if "/courts/" in path]) == 1


def test_an_api_import_goes_on_where_the_last_one_was_settled(api: Api, tmp_path: Path) -> None:
    place = tmp_path / "places.json"
    assert ask(api, place) == ["cl/10", "cl/11", "cl/20"]
    assert ask(api, place) == ["cl/20"]
    # Given out, but never settled: the next import gives it again.
    unsettled = tmp_path / "other.json"
    base = f"{api.url}/api/rest/v4"
    list(read_api("secret", place=unsettled, meter=Meter(), api=base))
    assert ask(api, unsettled) == ["cl/10", "cl/11", "cl/20"]


def test_cases_that_the_library_holds_are_not_asked_for_again(api: Api, tmp_path: Path) -> None:
    held = frozenset({"cl/10"})
    assert ask(api, tmp_path / "p", held=lambda ids: held & set(ids)) == ["cl/11", "cl/20"]
    assert not [path for path in api.asked if path.endswith("/opinions/11/")]


def test_the_api_is_left_alone_for_as_long_as_it_asks(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(fetch.Web.__init__, "__kwdefaults__", {"sleep": slept.append})
    monkeypatch.setattr(fetch.opened.__wrapped__, "__kwdefaults__", {"sleep": slept.append})
    api.answers = [(429, {"Retry-After": "17"}), (503, {}), (429, {})]
    assert len(ask(api, tmp_path / "p")) == 3
    assert slept == [17.0, 2.0, 4.0]
    api.answers = [(429, {"Retry-After": "85774"})]
    with pytest.raises(ImportFailed, match="again only in 1430 minutes"):
        ask(api, tmp_path / "q")


def test_a_wrong_token_none_and_a_list_that_leads_away_are_refused(
    api: Api, tmp_path: Path
) -> None:
    with pytest.raises(ImportFailed, match="is the token right"):
        ask(api, tmp_path / "p", token="wrong")
    with pytest.raises(UsageError, match="wants a token"):
        ask(api, tmp_path / "p", token=" ")
    api.elsewhere = True
    with pytest.raises(ImportFailed, match="another site"):
        ask(api, tmp_path / "p")
