"""How fast PDFs are read, beside pypdf, and what the sandbox costs on top.

    python benchmarks/pdf.py FOLDER [ROUNDS]

Each PDF of the folder that has text on all its pages is read by both in turn; the best of all
rounds counts. The two readers are compared by time of the processor, which other work on the
machine hardly changes; the sandbox by the clock, for much of its time is another process's. Text
is compared by words: how many of those that pypdf finds, and how often, are in ours too, and the
other way round.
"""

from __future__ import annotations

import logging
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdf

from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, Unreadable
from core.ingest.parse.pdf import read
from core.ingest.parse.sandbox import Sandbox
from core.model import PageState


def main() -> None:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    sandbox = Sandbox()

    def sandboxed(path: Path) -> None:
        _, within = sandbox.parse(path, path.name)
        shutil.rmtree(within, ignore_errors=True)

    totals = [0.0] * 4
    pages = 0
    shares: list[tuple[float, float]] = []
    try:
        for path in sorted(folder.glob("*.pdf")):
            parsed = _text_pdf(path)
            if parsed is None:
                continue
            best = [1e9] * 4
            for _ in range(rounds):
                best[0] = min(best[0], _timed(_read, path, time.process_time))
                best[1] = min(best[1], _timed(_pypdf, path, time.process_time))
                best[2] = min(best[2], _timed(_read, path, time.perf_counter))
                best[3] = min(best[3], _timed(sandboxed, path, time.perf_counter))
            totals = [total + each for total, each in zip(totals, best, strict=True)]
            pages += len(parsed.pages)
            shares.append(_shared(parsed, _pypdf(path)))
            print(
                f"{path.name[:44]:44} {len(parsed.pages):3} pages {best[1] / best[0]:5.1f} x pypdf"
                f"  sandbox {best[3] / best[2]:5.2f}"
                f"  words {shares[-1][0]:.3f} {shares[-1][1]:.3f}",
                flush=True,
            )
    finally:
        sandbox.close()
    print(f"{pages} pages: {pages / totals[0]:.0f} a second, pypdf {pages / totals[1]:.0f}")
    print(f"{totals[1] / totals[0]:.1f} x pypdf; sandbox {totals[3] / totals[2]:.3f} x without")
    print(f"of pypdf's words ours has {_mean(shares, 0):.4f}, of ours pypdf {_mean(shares, 1):.4f}")


def _timed(act: Callable[[Path], object], path: Path, clock: Callable[[], float]) -> float:
    start = clock()
    act(path)
    return clock() - start


def _mean(shares: list[tuple[float, float]], at: int) -> float:
    return sum(share[at] for share in shares) / len(shares)


def _read(path: Path) -> Parsed:
    with tempfile.TemporaryDirectory() as folder:
        return read(path, password=None, folder=Path(folder), limits=Limits())


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
