"""The bench: five ways of answering one question, counted by nothing that made them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.app import Onpoint
from core.errors import ModelFailed, NotAllowed, UsageError
from core.evaluate.advisor import Known, advise
from core.evaluate.arms import CLOSED_BOOK
from core.model import Arm, BenchRun, Remedy, Role, Tried
from core.model.training import AdapterId
from core.search.encoder import Encoder
from tests import house_voice
from tests.as_measured import as_measured
from tests.firm_house import hired, opened
from tests.scripted_models import LIES, Prompt, Wire, honest, scripted_models

QUESTION = "When is a covenant not to compete enforceable?"
HELD = "61 Merr. 2d 412"


@pytest.fixture
def wire() -> Iterator[Wire]:
    with scripted_models() as heard:
        yield heard


@pytest.fixture
def app(demo_url: str, tmp_path: Path, encoder: Encoder) -> Iterator[Onpoint]:
    with opened(demo_url, tmp_path, encoder=encoder) as app:
        yield app


def speaks(prompt: Prompt) -> str:
    """Tell the truth of sources, word lines as they were, and lie with the books closed."""
    if "<lines>" in prompt:
        return prompt.split("<lines>\n")[1].split("\n</lines>")[0]
    return honest(prompt) if "<sources>" in prompt else f"{LIES} Orrin v. Castlebay, {HELD} (1971)."


def with_models(app: Onpoint, wire: Wire, *, style: bool = True) -> None:
    wire.script = speaks
    app.firm.set("answer_model", "openai:base")
    app.firm.set("answer_base_url", wire.url)
    if style:
        app.firm.set("style_model", "openai:voice")
        app.firm.set("style_base_url", wire.url)


def by_arm(run: BenchRun) -> dict[Arm, Tried]:
    return {each.arm: each for each in run.arms}


def test_without_any_model_the_library_answers_and_the_other_arms_say_why_not(
    app: Onpoint,
) -> None:
    run = app.bench.run(QUESTION)

    arms = by_arm(run)
    assert list(arms) == list(Arm)
    found = arms[Arm.RETRIEVAL]
    assert found.ran
    assert found.cited > 0
    assert found.supported == found.sentences > 0
    assert found.not_held == ()
    for arm in set(Arm) - {Arm.RETRIEVAL}:
        assert not arms[arm].ran
        assert arms[arm].reason


def test_what_a_model_cites_alone_is_looked_up_and_counted(app: Onpoint, wire: Wire) -> None:
    with_models(app, wire)

    arms = by_arm(app.bench.run(QUESTION))

    for arm in (Arm.MODEL_ALONE, Arm.STYLE_ALONE):
        alone = arms[arm]
        assert "925 F.3d 1339" in alone.not_held
        assert HELD not in alone.not_held
        assert alone.not_from_sources == 1
        assert (alone.supported, alone.cited) == (0, 0)
        assert alone.tokens > 0
    found = arms[Arm.RETRIEVAL]
    assert found.not_held == ()
    assert found.cited > 0
    assert found.supported == found.sentences


def test_a_voice_words_the_same_grounded_answer(app: Onpoint, wire: Wire) -> None:
    with_models(app, wire)

    arms = by_arm(app.bench.run(QUESTION))

    plain, voiced = arms[Arm.RETRIEVAL], arms[Arm.RETRIEVAL_PROMPT]
    assert voiced.ran
    assert voiced.cited == plain.cited
    assert voiced.seconds >= plain.seconds - 0.01
    asked_sources = [prompt for prompt in wire.prompts if "<sources>" in prompt]
    assert len(asked_sources) == 1
    assert voiced.tokens > plain.tokens > 0  # the voice goes on from the answer, and adds its own


def test_a_model_that_fails_is_said_to_and_the_rest_runs(app: Onpoint, wire: Wire) -> None:
    app.firm.set("answer_model", "openai:overloaded")
    app.firm.set("answer_base_url", wire.url)

    arms = by_arm(app.bench.run(QUESTION))

    assert not arms[Arm.MODEL_ALONE].ran
    assert arms[Arm.MODEL_ALONE].reason
    assert arms[Arm.RETRIEVAL].ran  # by extracts


def test_a_run_is_kept_for_whoever_made_it_and_for_nobody_else(app: Onpoint) -> None:
    ann, _ = hired(app, "ann", Role.LAWYER)
    bob, _ = hired(app, "bob", Role.LAWYER)
    run = ann.bench.run(QUESTION)

    assert ann.bench.get(run.bench_id) == run
    assert ann.bench.runs() == (run,)
    for other in (bob, app):
        assert other.bench.get(run.bench_id) is None
        assert other.bench.runs() == ()
        assert not other.bench.remove(run.bench_id)
    assert ann.bench.remove(run.bench_id)
    assert ann.bench.runs() == ()


def test_what_a_run_showed_stands_in_the_trail(app: Onpoint) -> None:
    run = app.bench.run(QUESTION)

    (entry,) = app.trail.entries(action="bench.run")
    cited = by_arm(run)[Arm.RETRIEVAL].cited
    assert cited > 0
    shown = re.search(r"was shown (\d+|one) passages?", entry.words)
    assert shown and (1 if shown[1] == "one" else int(shown[1])) >= cited


def test_switched_off_the_voices_are_an_administrators_alone_to_try(
    app: Onpoint, wire: Wire
) -> None:
    with_models(app, wire)
    ann, _ = hired(app, "ann", Role.LAWYER)
    assert by_arm(ann.bench.run(QUESTION))[Arm.RETRIEVAL_PROMPT].ran is False
    assert by_arm(app.bench.run(QUESTION))[Arm.RETRIEVAL_PROMPT].ran

    app.firm.set("style", "prompt")
    assert by_arm(ann.bench.run(QUESTION))[Arm.RETRIEVAL_PROMPT].ran


def test_books_closed_a_model_is_asked_without_the_library(app: Onpoint, wire: Wire) -> None:
    with_models(app, wire)

    found = app.bench.closed_book(["What is a stay?", "And a bond?"])

    assert found.model == "openai:voice"
    assert (found.questions, found.held) == (2, 2)
    assert found.cited == 4
    assert "925 F.3d 1339" in found.not_held
    assert not any("<sources>" in prompt for prompt in wire.prompts)


def test_books_closed_without_a_style_model_is_refused_in_words(app: Onpoint) -> None:
    with pytest.raises(ModelFailed, match="style model"):
        app.bench.closed_book()


def new_opinion(folder: Path) -> Path:
    line = {
        "id": "race-1",
        "court": "merr",
        "case_name": "Quill v. Harbor Ferry",
        "citations": ["990 Merr. 2d 12"],
        "date_filed": "2026-11-20",
        "opinions": [
            {
                "type": "majority",
                "text": "We hold that a ferry operator owes a passenger who boards with a bicycle "
                "a duty to warn of a wet ramp before the gate is opened.",
            }
        ],
    }
    path = folder / "new.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(line).encode()))
    return path


def test_a_new_opinion_is_raced_to_the_first_answer_that_cites_it(
    app: Onpoint, wire: Wire, tmp_path: Path
) -> None:
    question = "Must a ferry operator warn a passenger with a bicycle of a wet ramp?"
    with_models(app, wire)
    path = new_opinion(tmp_path)

    raced = app.bench.race(path, question, says="Quill v. Harbor Ferry")

    assert raced.case_name == "Quill v. Harbor Ferry"
    assert raced.by_retrieval is not None
    assert 0 < raced.by_retrieval < 60
    assert raced.known_to_model is False
    with pytest.raises(UsageError, match="holds this case already"):
        app.bench.race(path, question, says="wet ramp")


def test_a_file_that_may_not_race_brings_nothing_in(app: Onpoint, tmp_path: Path) -> None:
    line = gzip.decompress(new_opinion(tmp_path).read_bytes()).decode()
    cases = app.coverage().cases
    for content, why in (
        ("", "it is empty"),
        ("no case", "the line is no JSON"),
        ('{"court": "merr"}', "the record has no `id`"),
        (line + "\n" + line.replace("race-1", "race-2"), "more than one case"),
    ):
        path = tmp_path / "told.jsonl"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(UsageError, match=why):
            app.bench.race(path, "Must a ferry operator warn?", "warn")
    for question, says in ((" ", "warn"), ("Must it warn?", " ")):
        with pytest.raises(UsageError):
            app.bench.race(new_opinion(tmp_path), question, says)
    assert app.coverage().cases == cases


def test_a_style_model_that_fails_loses_the_race_and_does_not_end_it(
    app: Onpoint, wire: Wire, tmp_path: Path
) -> None:
    app.firm.set("style_model", "openai:overloaded")
    app.firm.set("style_base_url", wire.url)

    raced = app.bench.race(new_opinion(tmp_path), "Must a ferry operator warn?", "wet ramp")

    assert raced.known_to_model is None
    assert raced.model_failed


def test_a_promoted_adapter_that_is_served_is_the_style_model_alone(
    app: Onpoint, wire: Wire, tmp_path: Path
) -> None:
    with_models(app, wire)
    adapter_id = promoted(app, "openai:ours")

    assert by_arm(app.bench.run(QUESTION))[Arm.STYLE_ALONE].ran
    alone = [body["model"] for body in wire.bodies if CLOSED_BOOK in json.dumps(body)]
    assert alone == ["base", "ours"]
    assert app.bench.closed_book(["What is a stay?"]).model == "openai:ours"
    raced = app.bench.race(new_opinion(tmp_path), "Must a ferry operator warn?", "925 F.3d")
    assert raced.known_to_model is True

    app.style.retire(adapter_id)
    assert app.bench.closed_book(["What is a stay?"]).model == "openai:voice"


def promoted(app: Onpoint, served: str) -> AdapterId:
    """Take in a voice that was trained elsewhere, and let it speak."""
    house_voice.fill(app, matters=4, each=1)
    dataset = app.style.make_dataset("Appellate").dataset
    adapter_id = app.style.take_served(dataset.dataset_id, served).adapter_id
    as_measured(app, adapter_id)
    app.style.promote(adapter_id)
    return adapter_id


def test_only_administrators_race_and_empty_questions_are_refused(
    app: Onpoint, tmp_path: Path
) -> None:
    ann, _ = hired(app, "ann", Role.LAWYER)
    with pytest.raises(NotAllowed):
        ann.bench.race(new_opinion(tmp_path), "x", "x")
    for refused in (ann.bench.run, ann.bench.advise):
        with pytest.raises(UsageError, match="empty"):
            refused("  ")


@pytest.mark.parametrize(
    ("need", "remedy"),
    [
        ("always our caption form", Remedy.CARD),
        ("never use contractions", Remedy.CARD),
        ("know last week's opinion", Remedy.RETRIEVAL),
        ("cite our own briefs", Remedy.RETRIEVAL),
        ("what did the First Circuit hold in 2019", Remedy.RETRIEVAL),
        ("sound like our appellate partner", Remedy.ADAPTER),
        ("write like Justice Kagan", Remedy.ADAPTER),
        ("answer from our database in our house style", Remedy.BOTH),
        ("cite the latest cases and sound like us", Remedy.BOTH),
    ],
)
def test_the_advisor_takes_a_need_to_what_serves_it(need: str, remedy: Remedy) -> None:
    given = advise(need, Known())
    assert given.remedy is remedy
    assert given.reason
    assert given.runs == ("No run of the bench bears on it yet.",)


def test_advice_names_the_runs_behind_it(app: Onpoint, wire: Wire) -> None:
    with_models(app, wire)
    app.bench.run(QUESTION)

    given = app.bench.advise("know last week's opinion")

    assert any("not in the library" in said for said in given.runs)
    assert any("sources cited" in said for said in given.runs)
