"""What JSON lines a person may hand in, and what Onpoint says to each."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.ingest.importers import lines
from core.ingest.importers.jsonl import read_jsonl
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord, LegalDate, OpinionKind, PageLabel

Read = tuple[list[CaseRecord], list[BadRecord]]


def record(**changes: object) -> dict[str, object]:
    """A small case as JSON; a key changed to `...` is left out."""
    whole: dict[str, object] = {
        "id": "a/1",
        "court": "scotus",
        "case_name": "Nken v. Holder",
        "date_filed": "2009-04-22",
        "citations": ["556 U.S. 418"],
        "opinions": [{"type": "majority", "author": "Roberts", "text": "We vacate."}],
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not ...}


def read(path: Path) -> Read:
    found = list(read_jsonl([path], meter=Meter()))
    cases = [item for item in found if isinstance(item, CaseRecord)]
    return cases, [item for item in found if isinstance(item, BadRecord)]


def write(folder: Path, *records: Mapping[str, object] | str) -> Path:
    path = folder / "cases.jsonl"
    text = "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_a_whole_case_is_read_as_it_stands(tmp_path: Path) -> None:
    cases, bad = read(write(tmp_path, record()))
    (case,) = cases
    assert not bad
    assert (case.source_id, case.court, case.case_name) == ("a/1", "scotus", "Nken v. Holder")
    assert case.date_filed == LegalDate(year=2009, month=4, day=22)
    assert case.citations == ("556 U.S. 418",)
    assert [(o.kind, o.author, o.text) for o in case.opinions] == [
        (OpinionKind.MAJORITY, "Roberts", "We vacate.")
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2009", LegalDate(year=2009)),
        ("2009-04", LegalDate(year=2009, month=4)),
        ("2009-04-22T00:00:00Z", LegalDate(year=2009, month=4, day=22)),
        (2009, LegalDate(year=2009)),
        (None, None),
        ("", None),
    ],
)
def test_a_date_is_kept_for_what_is_known_of_it(
    tmp_path: Path, written: object, expected: LegalDate | None
) -> None:
    cases, bad = read(write(tmp_path, record(date_filed=written)))
    assert (expected, []) == (cases[0].date_filed, bad)


@pytest.mark.parametrize(
    "written", ["soon", "2009-02-31", "0000", 20090422, {"y": 1}, "April 2009"]
)
def test_a_date_that_is_none_is_kept_aside_and_the_case_is_taken(
    tmp_path: Path, written: object
) -> None:
    cases, bad = read(write(tmp_path, record(date_filed=written)))
    assert cases[0].date_filed is None
    assert cases[0].extra == {"date_filed": written}
    assert bad[0].taken
    assert "`date_filed` is no date" in bad[0].reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "the line is no JSON"),
        ("case one", "the line is no JSON"),
        ("[1, 2]", "the line is a list, not an object"),
        ('"text"', "the line is a text, not an object"),
        ("[" * 100_000, "nested too deep"),
        (json.dumps(record(id=...)), "the record has no `id`"),
        (json.dumps(record(id="")), "the record has no `id`"),
        (json.dumps(record(id="  ")), "`id` is blank"),
        (json.dumps(record(id=["a"])), "`id` is a list, not a text"),
        (json.dumps(record(id="x" * 1001)), "`id` is too long"),
        (json.dumps(record(opinions=...)), "no text of any opinion"),
        (json.dumps(record(opinions=[])), "no text of any opinion"),
        (json.dumps(record(opinions={"text": "x"})), "`opinions` is an object, not a list"),
        (json.dumps(record(opinions="x")), "`opinions` is a text, not a list"),
        (json.dumps(record(opinions=["x"])), "opinion 1 is a text, not an object"),
        (json.dumps(record(opinions=[{"text": 5}])), "`text` of opinion 1 is a number"),
        (json.dumps(record(opinions=[{"text": " \x00\n"}])), "`text` of opinion 1 is blank"),
    ],
)
def test_what_is_no_case_gets_one_sentence_and_the_rest_goes_on(
    tmp_path: Path, line: str, reason: str
) -> None:
    cases, bad = read(write(tmp_path, record(id="before"), line, record(id="after")))
    assert [case.source_id for case in cases] == ["before", "after"]
    assert len(bad) == 1
    assert bad[0].item.startswith("cases.jsonl, line 2")
    assert reason in bad[0].reason
    assert not bad[0].taken


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"citations": "556 U.S. 418"}, "`citations` is a text, not a list"),
        ({"citations": [5]}, "`citations` holds what is no text"),
        ({"case_name": ["Nken"]}, "`case_name` is a list, not a text"),
        ({"syllabus": {"a": 1}}, "`syllabus` is an object, not a text"),
    ],
)
def test_a_detail_of_the_wrong_type_is_kept_aside(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    cases, bad = read(write(tmp_path, record(**changes)))
    assert reason in bad[0].reason
    assert bad[0].taken
    assert cases[0].extra == changes


def test_unknown_keys_are_kept_as_they_are(tmp_path: Path) -> None:
    opinion = {"type": "majority", "text": "x", "joined_by": ["Scalia"]}
    cases, _ = read(write(tmp_path, record(slip=1, nan=float("nan"), opinions=[opinion])))
    assert cases[0].extra == {"slip": 1, "nan": None, "opinion 1": {"joined_by": ["Scalia"]}}


@pytest.mark.parametrize(
    ("word", "kind", "kept"),
    [
        ("on-the-merits", OpinionKind.MAJORITY, True),
        ("Concurring", OpinionKind.CONCURRENCE, True),
        ("per_curiam", OpinionKind.PER_CURIAM, False),
        ("remittitur", OpinionKind.SEPARATE, True),
        (None, OpinionKind.COMBINED, False),
    ],
)
def test_the_sources_word_for_a_part_is_understood_or_kept(
    tmp_path: Path, word: str | None, kind: OpinionKind, kept: bool
) -> None:
    cases, _ = read(write(tmp_path, record(opinions=[{"type": word, "text": "x"}])))
    assert cases[0].opinions[0].kind is kind
    assert cases[0].extra == ({"type of opinion 1": word} if kept else {})


def test_a_syllabus_is_front_matter_and_footnotes_follow_the_body(tmp_path: Path) -> None:
    opinion = {"type": "majority", "text": "Body.", "footnotes": "1 Note."}
    cases, _ = read(write(tmp_path, record(syllabus="Held: no.", opinions=[opinion])))
    front, lead = cases[0].opinions
    assert (front.kind, front.text) == (OpinionKind.SYLLABUS, "Held: no.")
    assert (lead.text, lead.footnotes_start) == ("Body.\n\n1 Note.", 7)


def test_page_labels_move_with_the_text_when_nul_bytes_and_line_ends_are_cleaned(
    tmp_path: Path,
) -> None:
    text = "ab\x00c\r\nPage two\udc80 here"
    pages = [{"label": 419, "start": 6}, {"label": "418", "start": 0}, {"start": 3}]
    opinion = {"type": "majority", "text": text, "pages": pages}
    cases, bad = read(write(tmp_path, record(opinions=[opinion])))
    (lead,) = cases[0].opinions
    assert lead.text == "abc\nPage two\ufffd here"
    assert lead.pages == (PageLabel(start=0, label="418"), PageLabel(start=4, label="419"))
    assert "some `pages`" in bad[0].reason


def test_a_truncated_gzip_gives_what_was_whole_and_says_so(tmp_path: Path) -> None:
    lines_ = "".join(json.dumps(record(id=f"r{n}", pad="x" * n)) + "\n" for n in range(2000))
    path = tmp_path / "cut.jsonl.gz"
    data = gzip.compress(lines_.encode())
    path.write_bytes(data[: len(data) // 2])
    cases, bad = read(path)
    assert 100 < len(cases) < 2000
    assert [b.reason for b in bad] == [lines._CUT_OFF]


def test_a_damaged_gzip_gives_what_came_before_the_damage(tmp_path: Path) -> None:
    data = bytearray(gzip.compress((json.dumps(record()) + "\n").encode() * 5000))
    data[len(data) // 2] ^= 0xFF
    path = tmp_path / "damaged.jsonl.gz"
    path.write_bytes(data)
    _, bad = read(path)
    assert len([b for b in bad if not b.taken]) >= 1


def test_a_gzip_is_known_by_its_first_bytes_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(gzip.compress(json.dumps(record()).encode()))
    assert len(read(path)[0]) == 1
    misnamed = tmp_path / "plain.jsonl.gz"
    misnamed.write_text(json.dumps(record()), encoding="utf-8")
    assert len(read(misnamed)[0]) == 1


def test_eight_megabytes_on_one_line_are_taken(tmp_path: Path) -> None:
    text = "The court. " * 800_000
    cases, bad = read(write(tmp_path, record(opinions=[{"type": "majority", "text": text}])))
    assert (len(cases[0].opinions[0].text), bad) == (len(text), [])


def test_a_line_without_end_is_left_out_in_bounded_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 1 << 20)
    path = write(tmp_path, record(id="before"), "x" * (3 << 20), record(id="after"))
    cases, bad = read(path)
    assert [case.source_id for case in cases] == ["before", "after"]
    assert [(b.item, b.taken) for b in bad] == [("cases.jsonl, line 2", False)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_encodings_are_read_and_named(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes((json.dumps(record(case_name="Ñandú"), ensure_ascii=False)).encode(encoding))
    cases, bad = read(path)
    assert cases[0].case_name == "Ñandú"
    assert "not UTF-8: read as such" in bad[0].reason


def test_latin_1_is_read_and_named_once_a_file(tmp_path: Path) -> None:
    line = json.dumps(record(case_name="Señor v. Peña"), ensure_ascii=False)
    path = tmp_path / "cases.jsonl"
    path.write_bytes(f"{line}\n{line}\n".encode("latin-1"))
    cases, bad = read(path)
    assert {case.case_name for case in cases} == {"Señor v. Peña"}
    assert len(bad) == 1
    assert "line 1 and 1 more of the file is not UTF-8" in bad[0].reason


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    line = json.dumps(record()).encode()
    path.write_bytes(b"\xef\xbb\xbf" + line + b"\r\n\r\n" + line + b"\r\n")
    cases, bad = read(path)
    assert (len(cases), bad) == (2, [])


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    cases, bad = read(tmp_path / "none.jsonl")
    assert (cases, len(bad)) == ([], 1)
    assert "No such file" in bad[0].reason


def test_the_meter_counts_the_bytes_of_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(record()).encode() * 1))
    meter = Meter(total=path.stat().st_size)
    list(read_jsonl([path], meter=meter))
    assert meter.total == meter.read
