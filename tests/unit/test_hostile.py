"""Strangers' files end read, or refused with a reason, and nothing else happens (goal R5)."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from core.ingest.parse.child import FIRST
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Unreadable
from core.model import FileKind
from tests.hostile_files import Hostile, hostile_files, sound
from tests.hostile_runs import Counting, Listener, Outcome, listening, read, zygote

SEED = 20_260_301
# Bombs and endless files: each takes seconds until it is stopped.
TAKES_LONG = (
    "million",
    "GB",
    "MB",
    "thirty times",
    "draws itself",
    "100,000",
    "200,000",
    "20,000 members",
    "5,000",
    "3,000 pages",
    "100 MB",
    "terapixel",
    "gigapixel",
)
DRAWN = {FileKind.PDF, FileKind.PNG, FileKind.JPEG, FileKind.TIFF}


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with listening() as heard:
        yield heard


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counting]:
    with Counting(room=tmp_path_factory.mktemp("reading")) as made:
        yield made


@pytest.fixture(scope="module")
def files(listener: Listener) -> list[Hostile]:
    return hostile_files(seed=SEED, listener=listener.address)


def is_quick(hostile: Hostile) -> bool:
    return not any(word in hostile.about for word in TAKES_LONG)


def all_read(sandbox: Counting, folder: Path, files: Iterable[Hostile]) -> list[Outcome]:
    path, outcomes = folder / "file", []
    for each in files:
        path.write_bytes(each.made())
        outcomes.append(read(sandbox, path, each.name, f"{each.name[:40]!r}: {each.about}"))
    return outcomes


def expect_bounds(sandbox: Counting, outcomes: list[Outcome]) -> None:
    """Each ended in time, in memory, with a text or a reason; nothing is left of any."""
    limits = Limits()
    assert [each.what for each in outcomes if each.seconds > 30] == []
    assert [each.what for each in outcomes if each.peak > limits.memory] == []
    assert [each.what for each in outcomes if each.parsed is None and not each.reason] == []
    # A reason is a sentence for a paralegal: no name of an error, no place in a program.
    told = [each.reason for each in outcomes if each.parsed is None]
    assert [words for words in told if "Error" in words or not words.endswith(".")] == []
    for each in outcomes:
        if each.parsed is not None:
            assert "\x00" not in each.parsed.text
            each.parsed.text.encode()
    assert {each.name for each in sandbox._room.path().iterdir()} == {"held", FIRST}
    splitting = zygote(sandbox)
    # None reads any more; the next stands ready.
    assert splitting is None or len(splitting.children(recursive=True)) <= 1


def by_what(outcomes: list[Outcome], about: str) -> Outcome:
    (found,) = (each for each in outcomes if each.what.endswith(f": {about}"))
    return found


def test_there_are_more_than_three_hundred_hostile_files(files: list[Hostile]) -> None:
    assert len(files) > 300
    again = {each.made() for each in hostile_files(seed=SEED, listener="x")[100:140]}
    assert {each.made() for each in files[100:140]} == again


def test_one_in_sixteen_hostile_files_ends_read_or_refused(
    sandbox: Counting, tmp_path: Path, files: list[Hostile], listener: Listener
) -> None:
    before = zygote(sandbox)
    outcomes = all_read(sandbox, tmp_path, list(filter(is_quick, files))[::16])
    expect_bounds(sandbox, outcomes)
    assert len(outcomes) > 20
    assert before is None or zygote(sandbox) == before
    assert listener.came == []


@pytest.mark.slow
def test_every_hostile_file_ends_read_or_refused(
    sandbox: Counting, tmp_path: Path, files: list[Hostile], listener: Listener
) -> None:
    outcomes = all_read(sandbox, tmp_path, files)
    expect_bounds(sandbox, outcomes)
    assert listener.came == []


@pytest.mark.slow
def test_every_hostile_file_of_the_corpus_ends_read_or_refused(
    sandbox: Counting, corpus: Path
) -> None:
    paths = sorted((corpus / "hostile" / "files").iterdir())
    outcomes = [read(sandbox, path, path.name, path.name) for path in paths]
    expect_bounds(sandbox, outcomes)


@pytest.mark.slow
def test_every_page_of_a_hostile_file_that_was_read_is_drawn_or_refused(
    sandbox: Counting, tmp_path: Path, files: list[Hostile], corpus: Path
) -> None:
    paths = sorted((corpus / "hostile" / "files").glob("*.pdf"))
    for number, each in enumerate(files):
        paths.append(tmp_path / str(number))
        paths[-1].write_bytes(each.made())
    drawn = [drawn_or_refused(sandbox, path) for path in paths]
    assert drawn.count("drawn") > 100
    assert {each.name for each in sandbox._room.path().iterdir()} == {"held", FIRST}


def drawn_or_refused(sandbox: Counting, path: Path) -> str:
    outcome = read(sandbox, path, "", path.name)
    if outcome.parsed is None or outcome.parsed.kind not in DRAWN:
        return "no pages"
    try:
        picture = sandbox.render(path, outcome.parsed.kind, 1, width=600)
    except Unreadable:
        return "refused"
    assert picture.startswith(b"\x89PNG")
    assert sandbox.peak <= Limits().memory
    return "drawn"


def test_c05_a_file_that_goes_in_a_ring_ends(
    sandbox: Counting, tmp_path: Path, files: list[Hostile]
) -> None:
    rings = (
        "a tree of pages that holds itself",
        "a tree of pages that doubles",
        "two forms that draw each other",
        "an earlier table that is this one",
        "a length that is its own object",
        "an outline that goes in a ring",
        "names in a ring",
        "a ring of pages",
    )
    held = [each for each in files if each.about in rings]
    assert len(held) == len(rings)
    expect_bounds(sandbox, all_read(sandbox, tmp_path, held))


@pytest.mark.slow
def test_c05_a_file_that_unpacks_to_a_gigabyte_is_stopped(
    sandbox: Counting, tmp_path: Path, files: list[Hostile]
) -> None:
    outcomes = all_read(sandbox, tmp_path, [each for each in files if "GB" in each.about])
    expect_bounds(sandbox, outcomes)
    assert {bool(each.parsed and each.parsed.text) for each in outcomes} == {False}


def test_c06_a_file_cut_at_each_tenth_of_its_length_is_no_empty_success(
    sandbox: Counting, tmp_path: Path, files: list[Hostile]
) -> None:
    cut = [each for each in files if each.name in {"cut.pdf", "cut.docx"}]
    outcomes = all_read(sandbox, tmp_path, cut)
    expect_bounds(sandbox, outcomes)
    assert len(outcomes) == 18
    assert [each.what for each in outcomes if each.parsed and not each.parsed.text.strip()] == []


def flips(count: int, kinds: Iterable[str]) -> Iterator[Hostile]:
    rng = random.Random(SEED)  # noqa: S311  the same files every time
    for number in range(count):
        for kind in kinds:
            told = bytearray(sound()[kind])
            for _ in range(rng.choice((1, 2, 8, 64))):
                told[rng.randrange(len(told))] ^= 1 << rng.randrange(8)
            flipped = bytes(told)
            yield Hostile(about=f"{number}", name=f"x.{kind}", made=lambda flipped=flipped: flipped)


def test_c07_flipped_bits_never_break_the_reader(sandbox: Counting, tmp_path: Path) -> None:
    expect_bounds(sandbox, all_read(sandbox, tmp_path, flips(4, ("pdf", "docx", "tif", "eml"))))


@pytest.mark.slow
def test_c07_a_thousand_variants_of_flipped_bits_never_break_the_reader(
    sandbox: Counting, tmp_path: Path
) -> None:
    before = zygote(sandbox)
    expect_bounds(sandbox, all_read(sandbox, tmp_path, flips(91, sound())))
    assert before is None or zygote(sandbox) == before


def test_c10_ten_thousand_pages_and_a_sheet_of_half_a_gigapixel_meet_their_limits(
    sandbox: Counting, tmp_path: Path, files: list[Hostile]
) -> None:
    wanted = ("10,001 pages", "20,000 pages", "a sheet at 2,400 dots")
    outcomes = all_read(sandbox, tmp_path, [each for each in files if each.about in wanted])
    expect_bounds(sandbox, outcomes)
    assert "10,000" in by_what(outcomes, "20,000 pages").reason
    assert "10,000" in by_what(outcomes, "10,001 pages").reason
    assert "pixels" in by_what(outcomes, "a sheet at 2,400 dots").reason


def test_c12_c21_nothing_in_a_file_is_run_or_fetched(
    sandbox: Counting, tmp_path: Path, files: list[Hostile], listener: Listener
) -> None:
    told = [each for each in files if is_quick(each) and fetches(each, listener)]
    outcomes = all_read(sandbox, tmp_path, told)
    expect_bounds(sandbox, outcomes)
    assert len(outcomes) > 10
    assert not any("root:" in each.parsed.text for each in outcomes if each.parsed)
    drawn = [drawn_or_refused(sandbox, written(tmp_path, each)) for each in told]
    assert "drawn" in drawn
    assert listener.came == []


def fetches(hostile: Hostile, listener: Listener) -> bool:
    return hostile.about in FETCHING or listener.address.encode() in hostile.made()


# Their addresses are packed, so that they cannot be seen in their bytes.
FETCHING = (
    "an entity from a file",
    "an entity from the network",
    "a document type from the network",
    "a template from the network",
    "a script on opening",
    "a program to launch",
)


def written(folder: Path, hostile: Hostile) -> Path:
    path = folder / "written"
    path.write_bytes(hostile.made())
    return path


def test_c21_entities_and_bombs_in_a_word_file_are_refused(
    sandbox: Counting, tmp_path: Path, files: list[Hostile]
) -> None:
    wanted = ("entities that laugh", "one entity, quadratic", "an entity from a file")
    outcomes = all_read(sandbox, tmp_path, [each for each in files if each.about in wanted])
    expect_bounds(sandbox, outcomes)
    assert [each.parsed for each in outcomes] == [None, None, None]


def test_the_disk_is_as_it_was_after_a_hostile_archive(
    sandbox: Counting, tmp_path: Path, files: list[Hostile]
) -> None:
    held = tmp_path / "held"
    held.mkdir()
    outside = [each for each in files if "outside" in each.about or "link" in each.about]
    before = {each.name for each in tmp_path.iterdir()}
    expect_bounds(sandbox, all_read(sandbox, held, outside))
    assert {each.name for each in tmp_path.iterdir()} == before
    shutil.rmtree(held)
