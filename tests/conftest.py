"""What every test may ask for; the families of fixtures are in the files `fix_*.py`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

pytest_plugins = [
    "tests.fix_db",
    "tests.fix_demo",
    "tests.fix_encoder",
    "tests.fix_passwords",
]
_MEMORY = Path("/dev/shm")  # noqa: S108  Linux's file system in memory
_NEEDED = 4 << 30  # bytes free: the quick suite writes less than one

# Hundreds of databases are made and dropped; on a disk that costs more than all the tests.
if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _NEEDED:
    os.environ["TMPDIR"] = str(_MEMORY)
    tempfile.tempdir = None


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Folder of the real corpus, which stands beside the project and is no part of it."""
    given = os.environ.get("ONPOINT_CORPUS")
    folder = Path(given) if given else Path(__file__).parents[1].parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(f"the corpus is not here: {folder} is no folder (see ONPOINT_CORPUS)")
    return folder
