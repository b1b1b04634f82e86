"""Print the processor time of an import beside that of the encoder and eyecite by themselves.

    python benchmarks/import.py [--cases N] [--workers N] [--stages] FILE…

The three are taken in one run on the same text: (a) the encoder on the same passages, (b) eyecite
on the same opinions, (c) the whole import, from the files to the finished library: this process,
the workers and the database. The target is (c) ≤ 1.15 × ((a) + (b)). The most memory that the
import's processes hold together, the database's aside, is printed beside what the encoder takes.
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from eyecite import get_citations

from core.ingest.importers.jsonl import read_jsonl
from core.ingest.meter import Meter
from core.ingest.pipeline import BATCH_CHARACTERS, import_cases
from core.ingest.prepare import count_terms
from core.ingest.report import ImportReport
from core.ingest.split import split
from core.ingest.store import content_sha256
from core.law.citations import find_citations
from core.law.sentences import sentences
from core.library import cluster, embedded
from core.library.db import Database
from core.library.migrations import migrate
from core.model import BadRecord, CaseRecord, OpinionKind
from core.search.encoder import Encoder, load_encoder
from core.search.terms import terms

TARGET = 1.15
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Read the arguments, measure, print."""
    arguments = _arguments()
    records = list(_records(arguments.files, arguments.cases))
    texts = [o.text for r in records for o in r.opinions if o.kind is not OpinionKind.SYLLABUS]
    print(f"{len(records)} cases, {sum(map(len, texts)):,} characters")
    bare = _resident(os.getpid())
    encoder = load_encoder("packaged", 1)
    logging.getLogger("eyecite").setLevel(logging.ERROR)
    # What is built once, whatever the size of an import, is not counted.
    encoder.encode([text[:1000] for text in texts[:50]])
    print(f"the encoder takes {_resident(os.getpid()) - bare:,} MB")
    get_citations("Nken v. Holder, 556 U.S. 418 (2009)")
    a = _show("(a) encoder alone", lambda: _encode(records, encoder))
    b = _show("(b) eyecite alone", lambda: _eyecite(texts))
    if arguments.stages:
        _stages(records, texts)
    c = _import(records, workers=arguments.workers)
    print(f"(c) / ((a) + (b)) = {c / (a + b):.3f}, target {TARGET}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--cases", type=int, default=0, help="how many in all, 0 for every one")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--stages", action="store_true", help="and what each step costs")
    return parser.parse_args()


def _records(files: list[Path], most: int) -> Iterator[CaseRecord]:
    """Give as many cases of each file as of the others."""
    each = -(-most // len(files)) if most else None
    for path in files:
        cases = (r for r in read_jsonl([path], meter=Meter()) if isinstance(r, CaseRecord))
        yield from islice(cases, each)


def _show(name: str, work: Callable[[], object]) -> float:
    start, since = time.process_time(), time.monotonic()
    work()
    used = time.process_time() - start
    print(f"{name}: {used:.1f} s of processor time in {time.monotonic() - since:.1f} s")
    return used


def _encode(records: list[CaseRecord], encoder: Encoder) -> None:
    for batch in _batches(records):
        passages = [
            span.of(opinion.text)
            for record in batch
            for opinion in record.opinions
            if opinion.kind is not OpinionKind.SYLLABUS
            for span in split(opinion.text, opinion.footnotes_start)
        ]
        encoder.encode(passages)


def _eyecite(texts: list[str]) -> None:
    for text in texts:
        get_citations(text)


def _batches(records: list[CaseRecord]) -> Iterator[list[CaseRecord]]:
    """Cut the records as the import does, so that the encoder meets the same batches."""
    batch: list[CaseRecord] = []
    size = 0
    for record in records:
        batch.append(record)
        size += sum(len(opinion.text) for opinion in record.opinions)
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _import(records: list[CaseRecord], *, workers: int) -> float:
    """Import into a fresh library; return the processor seconds of all who had a part in it."""
    home = Path(tempfile.mkdtemp(prefix="onpoint-benchmark-"))
    home.chmod(0o755)
    try:
        with embedded.start(home) as server:
            migrate(server.url)
            with Database.open(server.url) as db:
                before, served = _own(), _served(server)
                with _watched() as seen:
                    report = import_cases(
                        db, partial(load_encoder, "packaged", 1), _alike(records), workers=workers
                    )
                own, database = _own() - before, _served(server) - served
    finally:
        shutil.rmtree(home, ignore_errors=True)
    _describe(report, own, database)
    most = max(seen, key=sum)
    print(f"    most memory: {sum(most):,} MB, by process {', '.join(f'{mb:,}' for mb in most)}")
    return own + database


@contextmanager
def _watched() -> Iterator[list[list[int]]]:
    """Note, twice a second, the memory of this process and of each of its workers, in MB."""
    seen: list[list[int]] = [[_resident(os.getpid())]]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            workers = [pid for pid in _children(os.getpid()) if b"spawn_main" in _command(pid)]
            seen.append([_resident(pid) for pid in (os.getpid(), *workers)])

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _command(pid: int) -> bytes:
    return _read(Path(f"/proc/{pid}/cmdline"))


def _resident(pid: int) -> int:
    """MB of memory a process holds, what it shares with others included."""
    pages = _read(Path(f"/proc/{pid}/statm")).split()
    return int(pages[1]) * resource.getpagesize() // 2**20 if pages else 0


def _alike(records: list[CaseRecord]) -> Iterator[CaseRecord | BadRecord]:
    yield from records


def _describe(report: ImportReport, own: float, database: float) -> None:
    print(
        f"(c) import: {own + database:.1f} s of processor time in {report.seconds:.1f} s "
        f"({own:.1f} Python, {database:.1f} database); {report.cases} cases, "
        f"{report.passages} passages, {report.citations} citations, {len(report.failed)} failed"
    )


def _own() -> float:
    """Processor seconds of this process and of the children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _served(server: embedded.Server) -> float:
    """Processor seconds of the server, its ended backends included."""
    postmaster = cluster.server_process(server.place)
    family = [postmaster, *_children(postmaster)] if postmaster else []
    return sum(map(_ticks, family)) / TICKS


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _children(pid: int) -> list[int]:
    return [int(child) for child in _read(Path(f"/proc/{pid}/task/{pid}/children")).split()]


def _ticks(pid: int) -> int:
    """User and system ticks of a process and of its children that have ended (proc(5))."""
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(b")")[2].split()
    return sum(map(int, fields[11:15])) if fields else 0


def _stages(records: list[CaseRecord], texts: list[str]) -> None:
    """Print what each step costs that is neither the encoder nor eyecite."""
    content = [content_sha256(record) for record in records]
    _show("    hashing", lambda: content.extend(map(content_sha256, records)))
    spans = [sentences(text) for text in texts]
    _show("    sentences", lambda: spans.extend(map(sentences, texts)))
    passages = [s.of(t) for t, w in zip(texts, spans, strict=False) for s in split(t, within=w)]
    _show("    split", lambda: [split(t, within=w) for t, w in zip(texts, spans, strict=False)])
    counted = [terms(passage) for passage in passages]
    _show("    terms", lambda: [terms(passage) for passage in passages])
    _show("    postings", lambda: count_terms(counted))
    _show("    find_citations, eyecite in it", lambda: [find_citations(text) for text in texts])


if __name__ == "__main__":
    main()
