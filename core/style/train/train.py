"""A LoRA adapter is trained on a model's folder: really, here, and so that it can be gone on with.

What is learnt is style: lessons are plain statements and the firm's own wording of them. Every
few steps the work is put down on disk, so that a restart goes on from there.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from core.errors import UsageError
from core.style.train.weights import (
    Lesson,
    Opened,
    can_four_bit,
    encoded,
    kit,
    open_base,
    padded,
    versions,
)

STATED = "onpoint.json"  # in an adapter's folder: what it was made of, and how
_CHECKPOINTS = "checkpoints"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How an adapter is trained. The same recipe on the same lessons gives the same adapter."""

    seed: int = 20
    epochs: float = 3.0
    learning_rate: float = 2e-4
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    batch: int = 8
    # Tokens of one lesson.
    longest: int = 512
    # Steps between two states that are put down on disk.
    keep_every: int = 50
    # Whether the layer that chooses words learns too: of a small model much of the style is there.
    words_too: bool = False
    # Four bits where a GPU can: a large model then fits into a small card.
    four_bit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a loss curve."""

    step: int
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a training is. `seconds_left` None: too early to tell."""

    step: int
    steps: int
    seconds_left: float | None
    loss: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """An adapter that was made. `finished` False: it was told to stop, and can be gone on with."""

    folder: Path
    base: Path
    finished: bool
    steps: int
    curve: tuple[Point, ...]
    seconds: float
    versions: dict[str, str]
    recipe: Recipe


def train(
    base: Path,
    lessons: Sequence[Lesson],
    into: Path,
    recipe: Recipe,
    *,
    on_step: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Trained:
    """Train an adapter of the model in `base` into a folder, or go on with what is begun there.

    `stopped` is asked at each step; what was reached is then put down. Raises UsageError where
    there is no model or nothing to learn, TrainingUnavailable without the extra packages.
    """
    if not lessons:
        raise UsageError("There is nothing to train on: this dataset has no examples.")
    recipe = replace(recipe, four_bit=recipe.four_bit and can_four_bit())
    kit().transformers.set_seed(recipe.seed)
    opened = open_base(base, four_bit=recipe.four_bit)
    learner = replace(opened, model=_with_lora(opened, recipe))
    started = time.monotonic()
    with _half_the_processors():
        state = _run(learner, lessons, into, recipe, _Watch(on_step, stopped))
    trained = Trained(
        folder=into,
        base=base,
        finished=state.global_step >= state.max_steps,
        steps=state.global_step,
        curve=_curve(state.log_history),
        seconds=time.monotonic() - started,
        versions=versions(),
        recipe=recipe,
    )
    if trained.finished:
        _finish(learner, trained)
    return trained


class _Watch:
    """Looks on at each step: says how far it is, and whether to go on."""

    def __init__(self, on_step: Callable[[Progress], None], stopped: Callable[[], bool]) -> None:
        self.on_step = on_step
        self.stopped = stopped
        self._loss: float | None = None
        self._began: tuple[int, float] | None = None

    def at_log(self, logs: dict[str, float]) -> None:
        self._loss = logs.get("loss", self._loss)

    def at_step(self, step: int, steps: int) -> None:
        now = time.monotonic()
        if self._began is None:
            self._began = (step, now)
        first, since = self._began
        pace = (now - since) / (step - first) if step > first else None
        self.on_step(
            Progress(
                step=step,
                steps=steps,
                seconds_left=None if pace is None else pace * (steps - step),
                loss=self._loss,
            )
        )


def _with_lora(opened: Opened, recipe: Recipe) -> Any:  # noqa: ANN401  PEFT's own
    """Put an adapter over a model: only the adapter learns."""
    peft = kit().peft
    model = opened.model
    if recipe.four_bit:
        model = peft.prepare_model_for_kbit_training(model)
    kind = "SEQ_2_SEQ_LM" if opened.answers_apart else "CAUSAL_LM"
    return peft.get_peft_model(
        model,
        peft.LoraConfig(
            r=recipe.rank,
            lora_alpha=recipe.alpha,
            lora_dropout=recipe.dropout,
            target_modules=_layers(model) if recipe.words_too else "all-linear",
            task_type=kind,
        ),
    )


def _layers(model: Any) -> list[str]:  # noqa: ANN401  transformers' own
    """Name every layer that is a matrix, the last among them."""
    linear = kit().torch.nn.Linear
    return sorted(
        {
            name.rpartition(".")[2]
            for name, part in model.named_modules()
            if isinstance(part, linear)
        }
    )


def _run(
    opened: Opened, lessons: Sequence[Lesson], into: Path, recipe: Recipe, watch: _Watch
) -> Any:  # noqa: ANN401  transformers' own
    """Learn, from the last state that was put down where there is one."""
    kept = into / _CHECKPOINTS
    trainer = kit().transformers.Trainer(
        model=opened.model,
        args=_arguments(kept, recipe, opened),
        train_dataset=[encoded(opened, lesson, most=recipe.longest) for lesson in lessons],
        data_collator=lambda rows: padded(opened, rows),  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
        callbacks=[_callback(watch)],
    )
    with warnings.catch_warnings():
        # PEFT says that it keeps what `words_too` asks for.
        warnings.filterwarnings("ignore", message="Setting `save_embedding_layers`")
        return _trained(trainer, kept)


def _trained(trainer: Any, kept: Path) -> Any:  # noqa: ANN401  transformers' own
    # It would print onto standard output, which is the command's own.
    trainer.remove_callback(kit().transformers.PrinterCallback)
    trainer.train(resume_from_checkpoint=_last(kept))
    return trainer.state


def _arguments(kept: Path, recipe: Recipe, opened: Opened) -> Any:  # noqa: ANN401  transformers' own
    return kit().transformers.TrainingArguments(
        output_dir=str(kept),
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=10,
        seed=recipe.seed,
        data_seed=recipe.seed,
        logging_steps=5,
        logging_first_step=True,
        save_strategy="steps",
        save_steps=recipe.keep_every,
        save_total_limit=2,
        bf16=opened.device == "cuda",
        use_cpu=opened.device == "cpu",
        dataloader_pin_memory=opened.device == "cuda",
        remove_unused_columns=False,
        report_to=[],
        disable_tqdm=True,
    )


def _callback(watch: _Watch) -> Any:  # noqa: ANN401  transformers' own
    """Make of a watch what transformers calls at each step."""

    class Callback(kit().transformers.TrainerCallback):
        def on_log(self, args: Any, state: Any, control: Any, **rest: Any) -> None:  # noqa: ANN401, ARG002
            watch.at_log(rest.get("logs") or {})

        def on_step_end(self, args: Any, state: Any, control: Any, **rest: Any) -> None:  # noqa: ANN401, ARG002
            watch.at_step(state.global_step, state.max_steps)
            if watch.stopped():
                control.should_save = control.should_training_stop = True

    return Callback()


def _last(kept: Path) -> str | None:
    """Return the last whole state that was put down; one that a crash cut short is passed over."""
    states = sorted(
        (each for each in kept.glob("checkpoint-*") if (each / "trainer_state.json").is_file()),
        key=lambda each: int(each.name.rpartition("-")[2]),
    )
    return str(states[-1]) if states else None


def _curve(log: Sequence[dict[str, Any]]) -> tuple[Point, ...]:
    return tuple(
        Point(step=int(row["step"]), loss=float(row["loss"])) for row in log if "loss" in row
    )


def _finish(opened: Opened, trained: Trained) -> None:
    """Write the adapter and what it was made of; then what was put down on the way can go."""
    opened.model.save_pretrained(str(trained.folder), save_embedding_layers=False)
    stated = {
        "base": str(trained.base),
        "steps": trained.steps,
        "seconds": round(trained.seconds, 3),
        "versions": trained.versions,
        "recipe": asdict(trained.recipe),
        "curve": [asdict(point) for point in trained.curve],
    }
    (trained.folder / STATED).write_text(json.dumps(stated, indent=1), encoding="utf-8")
    shutil.rmtree(trained.folder / _CHECKPOINTS, ignore_errors=True)


@contextmanager
def _half_the_processors() -> Generator[None]:
    """Learn on half the processors: threads that wait for each other cost more than they bring."""
    torch = kit().torch
    before = cast("int", torch.get_num_threads())
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // 2))
    try:
        yield
    finally:
        torch.set_num_threads(before)
