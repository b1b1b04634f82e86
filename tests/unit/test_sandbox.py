from __future__ import annotations

import copy
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.parse.child import FIRST, storable
from core.ingest.parse.errands import CRASHED, DAMAGED, DISK, ERRANDS, MEMORY, Errand, Task
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import (
    Attachment,
    Hidden,
    HiddenKind,
    Parsed,
    ParsedPage,
    Taken,
    TakenKind,
    Unreadable,
    dump,
    hear,
    load,
    tell,
)
from core.ingest.parse.room import Room, sweep
from core.ingest.parse.sandbox import Sandbox, _check_attachments
from core.model import FileKind, PageState, Span
from tests.hostile_files import WORDS, one_page, said, sound, stream, zipped
from tests.hostile_runs import zygote

ROOT = Path(__file__).parents[2]
LINUX = sys.platform.startswith("linux") and platform.machine() in {"x86_64", "aarch64"}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    letter = tmp_path_factory.mktemp("first") / "letter"
    letter.write_bytes(sound()["txt"])
    with Sandbox(room=tmp_path_factory.mktemp("reading")) as made:
        assert reads(made, letter)
        yield made


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter"
    path.write_bytes(sound()["txt"])
    return path


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A PDF that nobody finishes: forms that draw each other twice, thirty deep."""
    doubled = (
        stream(
            b"/X Do /X Do",
            b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (number + 1),
        )
        for number in range(6, 36)
    )
    page = one_page(
        stream(b"/X Do"),
        b"/Resources<</XObject<</X 6 0 R>>>>",
        *doubled,
        stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]"),
    )
    path = tmp_path / "slow"
    path.write_bytes(page)
    return path


def parsed_of(text: str) -> Parsed:
    half = len(text) // 2
    boxes = np.arange(4 * half, dtype=np.uint16).reshape(-1, 4)
    page = ParsedPage(
        number=1,
        label="iv",
        span=Span(0, half),
        notes=Span(half, half),
        width=612,
        height=792,
        state=PageState.TEXT,
        confidence=None,
        boxes=boxes,
    )
    bare = replace(
        page, number=2, label=None, span=Span(half, len(text)), boxes=np.zeros((0, 4), np.uint16)
    )
    return Parsed(
        kind=FileKind.PDF,
        text=text,
        pages=(page, bare),
        footnotes_start=None,
        properties={"title": text},
        taken=(Taken(kind=TakenKind.STAMP, page=1, at=half, words=text),),
        hidden=(Hidden(kind=HiddenKind.WHITE, page=None, span=Span(0, half)),),
        attachments=(Attachment(name=text, file="0"),),
        notices=(text,),
    )


def told_and_heard(parsed: Parsed) -> Parsed:
    return hear(memoryview(tell(parsed)))


def dumped_and_loaded(parsed: Parsed) -> Parsed:
    return load(dump(parsed))


BOTH_WAYS = pytest.mark.parametrize("carried", [told_and_heard, dumped_and_loaded])


@BOTH_WAYS
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_read_comes_out_of_its_packing_as_it_went_in(
    carried: Callable[[Parsed], Parsed], text: str
) -> None:
    told = parsed_of(text)
    held = carried(told)
    assert [page.boxes.tolist() for page in held.pages] == [
        page.boxes.tolist() for page in told.pages
    ]
    same = replace(held, pages=()), replace(told, pages=())
    assert repr(same[0]) == repr(same[1])


@given(st.binary(), st.integers(0, 10_000))
def test_anything_else_is_no_answer(noise: bytes, at: int) -> None:
    packed = dump(parsed_of(WORDS))
    spoilt = packed[: at % len(packed)] + noise
    if spoilt == packed:
        return
    with pytest.raises(ValueError, match=r"reader|validation|invalid|buffer|reshape"):
        load(spoilt)


@given(st.binary(), st.integers(0, 10_000))
def test_anything_else_is_not_heard(noise: bytes, at: int) -> None:
    told = tell(parsed_of(WORDS))
    spoilt = told[: at % len(told)] + noise
    if len(spoilt) == len(told):
        return  # as a box, any numbers will do
    with pytest.raises(ValueError, match=r"validation|buffer|boxes"):
        hear(memoryview(spoilt))


@BOTH_WAYS
def test_a_place_outside_the_text_is_no_answer(carried: Callable[[Parsed], Parsed]) -> None:
    told = parsed_of(WORDS)
    outside = replace(told, hidden=(replace(told.hidden[0], span=Span(0, len(WORDS) + 1)),))
    with pytest.raises(ValueError, match="outside"):
        carried(outside)


@BOTH_WAYS
def test_boxes_for_other_characters_are_no_answer(carried: Callable[[Parsed], Parsed]) -> None:
    told = parsed_of(WORDS)
    fewer = replace(told.pages[0], boxes=told.pages[0].boxes[1:])
    with pytest.raises(ValueError, match="Boxes"):
        carried(replace(told, pages=(fewer,)))


def test_what_a_database_refuses_is_replaced_in_its_place() -> None:
    told = storable(parsed_of("a\x00b\ud800c"))
    assert told.text == "a b\ufffdc"
    assert {told.properties["title"], told.notices[0], told.attachments[0].name} == {told.text}
    assert told.pages[0].label == "iv"


def confined(tmp_path: Path, *, starting: bool) -> dict[str, dict[str, str]]:
    """What comes of a program that tries to leave its bounds."""
    for name in ("folder", "scratch", "home"):
        (tmp_path / name).mkdir()
    secret, path = tmp_path / "home" / "secret", tmp_path / "file"
    secret.write_text("the firm's")
    path.write_text("a stranger's")
    errand = Errand(
        task=Task.PARSE,
        path=path,
        folder=tmp_path / "folder",
        scratch=tmp_path / "scratch",
        limits=Limits(),
    )
    told = [ERRANDS.dump_json(errand).decode(), str(secret), "starting" if starting else ""]
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "confined.py"), *told],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "DATABASE_URL": "the firm's"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert secret.read_text() == "the firm's"
    assert not (tmp_path / "home" / "outside").exists()
    return json.loads(done.stdout)


ALLOWED = {"python: own folder", "python: own scratch", "python: the file", "python: a thread"}
# Only Linux's filter and lock can refuse what goes by the C library.
REFUSED = {"EPERM", "EACCES", "PermissionError"}


@pytest.mark.skipif(not LINUX, reason="the kernel's guards are Linux's")
def test_c12_c21_a_child_that_reads_has_no_network_no_program_and_no_file_but_its_own(
    tmp_path: Path,
) -> None:
    told = confined(tmp_path, starting=False)
    done = {name for name, outcome in told["tried"].items() if outcome == "done"}
    assert done == ALLOWED
    assert {told["tried"][name] for name in told["tried"].keys() - ALLOWED} <= REFUSED
    assert "the firm's" not in told["environment"].values()
    assert told["environment"]["TMPDIR"] == str(tmp_path / "scratch")


@pytest.mark.skipif(not LINUX, reason="the kernel's guards are Linux's")
def test_a_child_that_may_start_its_program_may_nothing_else(tmp_path: Path) -> None:
    told = confined(tmp_path, starting=True)
    done = {name for name, outcome in told["tried"].items() if outcome == "done"}
    assert done == ALLOWED | {"python: start", "python: fork", "c: fork"}


def test_a_zygote_holds_nothing_of_the_servers_environment(sandbox: Sandbox) -> None:
    assert splitting(sandbox).environ().keys() <= set(
        "PATH SYSTEMROOT LANG LC_CTYPE OPENBLAS_NUM_THREADS OMP_NUM_THREADS".split()
    )


def within(sandbox: Sandbox, limits: Limits) -> Sandbox:
    """The same processes with other limits."""
    made = copy.copy(sandbox)
    made._limits = limits
    return made


def reads(sandbox: Sandbox, letter: Path) -> bool:
    parsed, folder = sandbox.parse(letter, "letter.txt")
    folder.rmdir()
    return bool(parsed.text)


def splitting(sandbox: Sandbox) -> psutil.Process:
    found = zygote(sandbox)
    assert found is not None
    return found


def test_a_file_is_read_in_a_child_and_leaves_an_empty_folder(
    sandbox: Sandbox, letter: Path
) -> None:
    parsed, folder = sandbox.parse(letter, "letter.txt")
    assert (parsed.kind, parsed.text.strip()) == (FileKind.TEXT, sound()["txt"].decode().strip())
    assert list(folder.iterdir()) == []
    folder.rmdir()
    assert left_in(sandbox) == []


# The lock on its room, and the page that children rehearse with.
ITS_OWN = {"held", FIRST}


def left_in(sandbox: Sandbox) -> list[str]:
    return [each.name for each in sandbox._room.path().iterdir() if each.name not in ITS_OWN]


def test_attachments_come_as_files_in_the_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "bundle"
    path.write_bytes(zipped({"one.txt": b"first", "two.txt": b"second"}))
    parsed, folder = sandbox.parse(path, "bundle.zip")
    held = {each.name: (folder / each.file).read_bytes() for each in parsed.attachments}
    shutil.rmtree(folder)
    assert held == {"one.txt": b"first", "two.txt": b"second"}


@pytest.mark.parametrize("file", ["../outside", "/etc/passwd", "link", "none", "", "sub/x", "a\0b"])
def test_an_attachment_is_a_plain_file_of_the_folder_or_nothing(tmp_path: Path, file: str) -> None:
    (tmp_path / "outside").write_text("the firm's")
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "x").write_text("x")
    (folder / "link").symlink_to(tmp_path / "outside")
    told = replace(parsed_of(WORDS), attachments=(Attachment(name="x", file=file),))
    with pytest.raises(Unreadable, match=DAMAGED[:20]):
        _check_attachments(told, folder)


def test_c18_a_child_that_takes_too_long_is_killed_and_the_next_file_is_read(
    sandbox: Sandbox, slow: Path, letter: Path
) -> None:
    with pytest.raises(Unreadable, match="longer than 0.5 seconds") as refused:
        within(sandbox, Limits(seconds=0.5)).parse(slow, "slow.pdf")
    assert refused.value.need is None
    assert reads(sandbox, letter)
    assert left_in(sandbox) == []


def test_c18_a_child_that_takes_too_much_memory_says_so_and_the_next_file_is_read(
    sandbox: Sandbox, slow: Path, letter: Path
) -> None:
    with pytest.raises(Unreadable, match=MEMORY):
        within(sandbox, Limits(memory=200 << 20)).parse(slow, "slow.pdf")
    assert reads(sandbox, letter)


def test_c18_a_child_that_writes_too_much_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "bundle"
    path.write_bytes(zipped({"noise.txt": os.urandom(2 << 20)}, stored=True))
    with pytest.raises(Unreadable, match=DISK):
        within(sandbox, Limits(file=1 << 20)).parse(path, "bundle.zip")
    assert left_in(sandbox) == []


def reading_child(sandbox: Sandbox) -> psutil.Process:
    """The process that is reading a file now: the older one, the next stands ready already."""
    for _ in range(200):
        found = sorted(splitting(sandbox).children(), key=psutil.Process.create_time)
        if len(found) > 1:
            return found[0]
        time.sleep(0.02)
    raise AssertionError("no child reads anything")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by a fork")
def test_c18_a_child_that_the_system_kills_is_a_reason_and_the_next_file_is_read(
    sandbox: Sandbox, slow: Path, letter: Path
) -> None:
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(sandbox.parse, slow, "slow.pdf")
        reading_child(sandbox).kill()
        with pytest.raises(Unreadable, match=CRASHED):
            reading.result(10)
    assert reads(sandbox, letter)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by a fork")
def test_a_child_that_is_killed_while_it_waits_costs_no_file(
    sandbox: Sandbox, letter: Path
) -> None:
    (waiting,) = splitting(sandbox).children()
    waiting.kill()
    waiting.wait(10)
    assert reads(sandbox, letter)
    assert splitting(sandbox).children() != [waiting]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by a fork")
def test_a_file_that_is_read_is_not_kept_waiting_by_one_that_came_after_it(
    sandbox: Sandbox, slow: Path, tmp_path: Path
) -> None:
    long = tmp_path / "long.txt"
    long.write_text(WORDS * 20_000)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(sandbox.parse, long, "long.txt")
        reading_child(sandbox)
        second = pool.submit(sandbox.parse, slow, "slow.pdf")
        _, folder = first.result(20)
        folder.rmdir()
        assert not second.done()
        reading_child(sandbox).kill()
        with pytest.raises(Unreadable, match=CRASHED):
            second.result(10)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system tells of no handles")
def test_a_child_holds_no_handle_of_anothers_answer(sandbox: Sandbox, slow: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(sandbox.parse, slow, "slow.pdf")
        one = reading_child(sandbox)
        (other,) = [each for each in splitting(sandbox).children() if each != one]
        assert pipes(other) & pipes(one) == set()
        one.kill()
        assert isinstance(reading.exception(10), Unreadable)


def pipes(process: psutil.Process) -> set[str]:
    """The pipes that a process holds, by the system's names."""
    held = (str(each.readlink()) for each in Path(f"/proc/{process.pid}/fd").iterdir())
    return {name for name in held if name.startswith("pipe:")}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by a fork")
def test_a_zygote_that_is_killed_is_replaced(sandbox: Sandbox, letter: Path) -> None:
    before = splitting(sandbox)
    before.kill()
    assert reads(sandbox, letter)
    assert splitting(sandbox).pid != before.pid


def test_many_threads_read_at_once(sandbox: Sandbox, tmp_path: Path) -> None:
    told = {f"{number}": f"Number {number}. {WORDS * number}" for number in range(40)}
    for name, words in told.items():
        (tmp_path / name).write_text(words)
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda name: sandbox.parse(tmp_path / name, f"{name}.txt"), told))
    for _, folder in read:
        folder.rmdir()
    assert [parsed.text.strip() for parsed, _ in read] == [words.strip() for words in told.values()]


def test_a_sandbox_that_is_closed_leaves_no_process_and_no_folder(
    tmp_path: Path, slow: Path, letter: Path
) -> None:
    made = Sandbox(room=tmp_path / "room")
    made.parse(letter, "letter.txt")
    pids = [splitting(made).pid]
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(made.parse, slow, "slow.pdf")
        pids.append(reading_child(made).pid)
        made.close()
        assert isinstance(reading.exception(10), Unreadable | ChildProcessError)
        made.close()
    assert list((tmp_path / "room").iterdir()) == []
    assert not any(map(psutil.pid_exists, pids))


KILLED = """
import sys, threading
from pathlib import Path
from core.ingest.parse.sandbox import Sandbox
made = Sandbox(room=Path(sys.argv[1]))
made.parse(Path(sys.argv[2]), "letter.txt")
print("ready", flush=True)
made.parse(Path(sys.argv[3]), "slow.pdf")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by a fork")
def test_where_the_server_is_killed_no_child_and_no_folder_stays(
    tmp_path: Path, slow: Path, letter: Path
) -> None:
    room = tmp_path / "room"
    server = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(room), str(letter), str(slow)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        family = psutil.Process(server.pid).children(recursive=True)
        server.kill()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
    assert list(room.iterdir()) == []


def test_what_a_killed_server_left_is_swept_and_what_is_in_use_stays(tmp_path: Path) -> None:
    left, room = tmp_path / "onpoint-reading-left", Room(tmp_path)
    left.mkdir()
    (left / "page.png").write_bytes(b"x")
    in_use = room.path()
    sweep(tmp_path)
    assert left.exists()  # it may be somebody's who has just begun
    for each in (left, in_use):
        os.utime(each, (0, 0))
    sweep(tmp_path)
    assert (left.exists(), in_use.exists()) == (False, True)
    room.close()
    assert list(tmp_path.iterdir()) == []


def test_without_forks_each_file_has_a_process_of_its_own(tmp_path: Path, letter: Path) -> None:
    with Sandbox(room=tmp_path / "room", forks=False) as made:
        alone, folder = made.parse(letter, "x.txt")
        folder.rmdir()
        assert (alone.text, left_in(made)) == (sound()["txt"].decode().strip(), [])


@pytest.mark.slow
def test_without_forks_time_and_memory_are_watched_too(
    tmp_path: Path, slow: Path, letter: Path
) -> None:
    # So much memory that a fast machine runs out of time before it.
    with Sandbox(Limits(seconds=1, memory=4 << 30), room=tmp_path / "one", forks=False) as made:
        with pytest.raises(Unreadable, match="longer than 1 seconds"):
            made.parse(slow, "slow.pdf")
        assert made.parse(letter, "letter.txt")[0].text
    with (
        Sandbox(Limits(memory=200 << 20), room=tmp_path / "two", forks=False) as made,
        pytest.raises(Unreadable, match=MEMORY),
    ):
        made.parse(slow, "slow.pdf")


def test_a_name_that_is_no_text_is_as_good_as_any(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(one_page(said(WORDS)))
    parsed, folder = sandbox.parse(path, "\udcff.pdf")
    folder.rmdir()
    assert parsed.kind is FileKind.PDF
