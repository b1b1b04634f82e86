"""Real courts' files, Word files and scans, all through the desk: each ends well or says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.ingest.parse.sandbox import Sandbox
from core.ingest.worker import drain
from core.model import UploadState
from tests.db.desks import open_desk, shop_of
from tests.db.office import matter_with

pytestmark = pytest.mark.slow
WELL = {UploadState.SEARCHABLE, UploadState.UNPACKED, UploadState.NEEDS_OCR}


def test_every_filing_of_the_corpus_ends_searchable(
    database_url: str, admin_url: str, tmp_path: Path, corpus: Path
) -> None:
    with (
        Sandbox(room=tmp_path / "reading") as sandbox,
        open_desk(database_url, admin_url, tmp_path, sandbox) as office,
    ):
        ann = office.hire("ann", "paralegal", "lawyer")
        matter = matter_with(ann, "1")
        for path in sorted((corpus / "filings").iterdir()):
            if path.suffix.lower() in {".pdf", ".docx"}:
                ann.filings.upload(matter, path.name, path)
        drain(shop_of(ann))
        found = ann.filings.uploads(matter)
        odd = [
            (each.name, each.state.value, each.reason) for each in found if each.state not in WELL
        ]
        assert odd == []
        for check in ("SELECT count(*) FROM jobs", "SELECT count(*) FROM upload_steps"):
            assert office.run(check) == [(0,)]
