"""How fast PDFs are read, beside pypdf, and what the sandbox costs on top.

    python benchmarks/pdf.py FOLDER [ROUNDS]

Of the folder's PDFs those count that have text on all their pages. Each is read in turns by
pypdf, by our reader in this process, and through the sandbox, and what each took of the processor
and by the clock is added up; then all of them by the clock, some at a time: through the sandbox two
files at once, and by pypdf, which is one thread. In turns, so that other work on the machine weighs
on all alike. By the clock the sandbox has the next child ready while a file is read; what that
takes of the other processor is in what it took of both.
Text is compared by words: how many of those that pypdf finds, and how often, are in ours too, and
the other way round.
"""

from __future__ import annotations

import logging
import re
import shutil
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
import pypdf

from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable
from core.ingest.parse.pdf import read
from core.ingest.parse.sandbox import Sandbox
from core.model import PageState

_CORES = 2
_AT_A_TIME = 8  # files by the clock, before it is the other's turn


@dataclass(slots=True, kw_only=True)
class _Spent:
    """Seconds, over all files and rounds."""

    # Of the processor, one file after the other.
    pypdf: float = 0.0
    ours: float = 0.0
    sandbox: float = 0.0
    # By the clock, one file after the other.
    ours_clock: float = 0.0
    sandbox_clock: float = 0.0
    # By the clock, two files at once; pypdf one after the other.
    pypdf_beside: float = 0.0
    sandbox_beside: float = 0.0


def main() -> None:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    found = {path: _text_pdf(path) for path in sorted(folder.glob("*.pdf"))}
    files = {path: parsed for path, parsed in found.items() if parsed is not None}
    shares = [_shared(parsed, _pypdf(path)) for path, parsed in files.items()]
    pages = rounds * sum(len(parsed.pages) for parsed in files.values())
    spent = _Spent()
    with Sandbox() as sandbox:
        _sandboxed(sandbox, next(iter(files)))  # it is started once, not for each file
        for _ in range(rounds):
            _by_processor(spent, sandbox, list(files))
            _by_clock(spent, sandbox, list(files))
    _tell(spent, pages, len(files), shares)


def _by_processor(spent: _Spent, sandbox: Sandbox, files: list[Path]) -> None:
    for path in files:
        spent.pypdf += _timed(partial(_pypdf, path), time.process_time)
        began = time.perf_counter()
        spent.ours += _timed(partial(_read, path), time.process_time)
        spent.ours_clock += time.perf_counter() - began
        began = time.perf_counter()
        spent.sandbox += _timed(partial(_sandboxed, sandbox, path), _with_children)
        spent.sandbox_clock += time.perf_counter() - began


def _by_clock(spent: _Spent, sandbox: Sandbox, files: list[Path]) -> None:
    with ThreadPoolExecutor(_CORES) as threads:

        def two_at_once(some: list[Path]) -> None:
            deque(threads.map(partial(_sandboxed, sandbox), some), 0)

        def one_by_one(some: list[Path]) -> None:
            deque(map(_pypdf, some), 0)

        for low in range(0, len(files), _AT_A_TIME):
            some = files[low : low + _AT_A_TIME]
            spent.sandbox_beside += _timed(partial(two_at_once, some), time.perf_counter)
            spent.pypdf_beside += _timed(partial(one_by_one, some), time.perf_counter)


def _tell(spent: _Spent, pages: int, files: int, shares: list[tuple[float, float]]) -> None:
    print(f"{files} files, {pages} pages over all rounds; pages a second:")
    print(f"  by processor  ours {pages / spent.ours:6.0f}  pypdf {pages / spent.pypdf:6.0f}")
    print(
        f"  by the clock  sandbox, {_CORES} at once {pages / spent.sandbox_beside:6.0f}"
        f"  pypdf {pages / spent.pypdf_beside:6.0f}"
    )
    print(f"ours in one process {spent.pypdf / spent.ours:.1f} x pypdf, by processor")
    print(f"through the sandbox {spent.pypdf / spent.sandbox:.1f} x pypdf, by processor")
    print(
        f"through the sandbox on {_CORES} cores"
        f" {spent.pypdf_beside / spent.sandbox_beside:.1f} x pypdf, by the clock"
    )
    print(
        f"the sandbox adds {_more(spent.sandbox, spent.ours)} of processor time,"
        f" {_more(spent.sandbox_clock, spent.ours_clock)} by the clock, file by file"
    )
    print(f"of pypdf's words ours has {_mean(shares, 0):.4f}, of ours pypdf {_mean(shares, 1):.4f}")


def _more(this: float, than: float) -> str:
    return f"{100 * (this / than - 1):.1f} %"


def _timed(act: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    act()
    return clock() - start


def _with_children() -> float:
    """Seconds of the processor that this process, its sandbox and their children have taken."""
    children = (child.cpu_times() for child in psutil.Process().children())
    theirs = (t.user + t.system + t.children_user + t.children_system for t in children)
    return time.process_time() + sum(theirs)


def _mean(shares: list[tuple[float, float]], at: int) -> float:
    return sum(share[at] for share in shares) / len(shares)


def _read(path: Path) -> Parsed:
    with tempfile.TemporaryDirectory() as folder:
        return read(path, password=None, folder=Path(folder), limits=Limits())


def _sandboxed(sandbox: Sandbox, path: Path) -> None:
    _, within = sandbox.parse(path, path.name)
    shutil.rmtree(within, ignore_errors=True)


def _text_pdf(path: Path) -> Parsed | None:
    try:
        parsed = _read(path)
    except Unreadable:
        return None
    return parsed if all(page.state is PageState.TEXT for page in parsed.pages) else None


def _pypdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


_WORD = re.compile(r"[^\W\d_]{3,}")


def _shared(parsed: Parsed, theirs: str) -> tuple[float, float]:
    whole = " ".join([parsed.text, *(each.words for each in parsed.taken)])
    here, there = _counted(whole), _counted(theirs)
    both = sum((here & there).values())
    return both / max(sum(there.values()), 1), both / max(sum(here.values()), 1)


def _counted(text: str) -> Counter[str]:
    """Count the words of a text; broken ones are whole, and hyphens do not count."""
    return Counter(_WORD.findall(re.sub(r"-\s*\n|[-\u00ad\u2010\u0002]", "", text)))


if __name__ == "__main__":
    main()
