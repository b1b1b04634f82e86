"""Language models as folders on this computer: opened here, and asked how surprised they are.

The extra `train` is imported in this one place, when it is first needed; nothing is fetched from
anywhere: a model is a folder, or it is not there.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, cast

from core.errors import TrainingUnavailable, UsageError

# Of what is named in an adapter's record: other releases, other numbers.
_PACKAGES = ("torch", "transformers", "peft", "accelerate", "tokenizers")
_LONGEST_WAIT = 30.0  # seconds for one line: what is cut short the content lock refuses
_NO_LABEL = -100  # what torch's cross entropy passes over


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a model is told, and the words it is to answer with. `prompt` empty: words alone."""

    prompt: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The libraries of the extra `train`; what comes from them is typed where it is used."""

    torch: Any
    transformers: Any
    peft: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A model in memory, with its tokenizer. `answers_apart`: a sequence-to-sequence model."""

    model: Any
    tokenizer: Any
    answers_apart: bool
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprise:
    """How a model takes a text: the sum of the negative logarithms, and over how many tokens."""

    nats: float
    tokens: int


@cache
def kit() -> Kit:
    """Import the libraries that train. Raises TrainingUnavailable, in words."""
    try:
        import peft
        import torch
        import transformers
    except ImportError as missing:
        raise TrainingUnavailable from missing
    # Their own progress bars and notes would stand between ours.
    cast("Any", transformers).logging.set_verbosity_error()
    cast("Any", transformers).logging.disable_progress_bar()
    return Kit(
        torch=cast("Any", torch), transformers=cast("Any", transformers), peft=cast("Any", peft)
    )


def versions() -> dict[str, str]:
    """Name the releases of what trains; those that are not installed are left out."""
    found: dict[str, str] = {}
    for name in _PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def open_base(folder: Path, *, four_bit: bool = False) -> Opened:
    """Open a model's folder. Raises UsageError where it holds none, TrainingUnavailable."""
    held = _require_folder(folder)
    lib = kit()
    try:
        config = lib.transformers.AutoConfig.from_pretrained(held, local_files_only=True)
        tokenizer = lib.transformers.AutoTokenizer.from_pretrained(held, local_files_only=True)
        model = _class(lib, config).from_pretrained(
            held, config=config, local_files_only=True, **_as_loaded(lib, four_bit=four_bit)
        )
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"{folder.name} cannot be opened as a model: {error}") from error
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    device = "cuda" if lib.torch.cuda.is_available() else "cpu"
    if not four_bit:
        model = model.to(device)
    return Opened(
        model=model,
        tokenizer=tokenizer,
        answers_apart=bool(config.is_encoder_decoder),
        device=device,
    )


def can_four_bit() -> bool:
    """Say whether weights can be held in four bits here: a GPU, and bitsandbytes."""
    from importlib.util import find_spec

    return bool(kit().torch.cuda.is_available()) and find_spec("bitsandbytes") is not None


def encoded(opened: Opened, lesson: Lesson, *, most: int) -> dict[str, list[int]]:
    """Write a lesson as numbers of tokens, its prompt without a label; at most so many tokens."""
    tokenizer = opened.tokenizer
    end: list[int] = [tokenizer.eos_token_id]
    told: list[int] = _told(tokenizer, lesson.prompt)
    answer: list[int] = tokenizer(lesson.answer, add_special_tokens=False)["input_ids"]
    answer = [*answer, *end][:most]
    if opened.answers_apart:
        return {"input_ids": (told or end)[-most:], "labels": answer}
    told = told[-max(0, most - len(answer)) :] if len(answer) < most else []
    # A causal model is not asked for its first token: without a prompt it begins with the mark.
    told = told or end[:1]
    return {"input_ids": told + answer, "labels": [_NO_LABEL] * len(told) + answer}


def padded(opened: Opened, rows: Sequence[dict[str, list[int]]]) -> dict[str, Any]:
    """Set lessons side by side as tensors, the shorter filled up."""
    torch = kit().torch
    filler: int = opened.tokenizer.pad_token_id
    longest = {name: max(len(row[name]) for row in rows) for name in ("input_ids", "labels")}

    def filled(name: str, fill: int) -> list[list[int]]:
        return [row[name] + [fill] * (longest[name] - len(row[name])) for row in rows]

    seen = [
        [1] * len(row["input_ids"]) + [0] * (longest["input_ids"] - len(row["input_ids"]))
        for row in rows
    ]
    return {
        "input_ids": torch.tensor(filled("input_ids", filler)),
        "attention_mask": torch.tensor(seen),
        "labels": torch.tensor(filled("labels", _NO_LABEL)),
    }


def surprises(
    opened: Opened, lessons: Sequence[Lesson], *, most: int = 512, batch: int = 16
) -> list[Surprise]:
    """Measure how a model takes each lesson's answer, in the lessons' order."""
    rows = [encoded(opened, lesson, most=most) for lesson in lessons]
    order = sorted(range(len(rows)), key=lambda n: len(rows[n]["input_ids"]))
    found: dict[int, Surprise] = {}
    with at_rest(opened):
        for start in range(0, len(order), batch):
            numbers = order[start : start + batch]
            found |= zip(numbers, _measured(opened, [rows[n] for n in numbers]), strict=True)
    return [found[n] for n in range(len(rows))]


def continued(
    opened: Opened,
    prompts: Sequence[str],
    *,
    tokens: int,
    begun: Sequence[str] = (),
    by_lot: bool = False,
) -> list[str]:
    """Have the model answer each prompt with its likeliest words, `begun` for it or not.

    `by_lot`: with words drawn as they are likely, so that a long text does not go in a circle.
    """
    written: list[str] = []
    starts = list(begun) or [""] * len(prompts)
    with at_rest(opened):
        for prompt, start in zip(prompts, starts, strict=True):
            written.append(_continued(opened, prompt, start, tokens, by_lot=by_lot))
    return written


@contextmanager
def at_rest(opened: Opened) -> Generator[None]:
    """Have a model read and not learn."""
    was: bool = opened.model.training
    opened.model.eval()
    try:
        with kit().torch.no_grad():
            yield
    finally:
        opened.model.train(was)


def _require_folder(folder: Path) -> str:
    """Return the path of a model's folder. Raises UsageError: a name would be fetched."""
    if not (folder / "config.json").is_file():
        raise UsageError(
            f"There is no model in {folder}. Give the folder of a model on this computer, with "
            "its config.json, weights and tokenizer; nothing is fetched."
        )
    return str(folder)


def _class(lib: Kit, config: Any) -> Any:  # noqa: ANN401  transformers' own
    if config.is_encoder_decoder:
        return lib.transformers.AutoModelForSeq2SeqLM
    return lib.transformers.AutoModelForCausalLM


def _as_loaded(lib: Kit, *, four_bit: bool) -> dict[str, Any]:
    """Say in which numbers the weights are held: as small as the device can work with."""
    if not lib.torch.cuda.is_available():
        return {"dtype": lib.torch.float32}
    wide = {"dtype": lib.torch.bfloat16}
    if not four_bit:
        return wide
    held = lib.transformers.BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=lib.torch.bfloat16
    )
    return {**wide, "quantization_config": held}


def _told(tokenizer: Any, prompt: str) -> list[int]:  # noqa: ANN401  transformers' own
    if not prompt:
        return []
    if tokenizer.chat_template:
        text = tokenizer.apply_chat_template(
            [{"role": "user", "content": prompt}], tokenize=False, add_generation_prompt=True
        )
        return cast("list[int]", tokenizer(text, add_special_tokens=False)["input_ids"])
    return cast("list[int]", tokenizer(prompt, add_special_tokens=False)["input_ids"])


def _measured(opened: Opened, rows: list[dict[str, list[int]]]) -> list[Surprise]:
    torch = kit().torch
    sent = {name: held.to(opened.device) for name, held in padded(opened, rows).items()}
    logits = opened.model(**sent).logits.float()
    labels = sent["labels"]
    if not opened.answers_apart:
        logits, labels = logits[:, :-1], labels[:, 1:]
    lost = torch.nn.functional.cross_entropy(
        logits.transpose(1, 2), labels, ignore_index=_NO_LABEL, reduction="none"
    ).sum(dim=1)
    counted = (labels != _NO_LABEL).sum(dim=1)
    return [
        Surprise(nats=float(nats), tokens=int(tokens))
        for nats, tokens in zip(lost.tolist(), counted.tolist(), strict=True)
    ]


def _continued(opened: Opened, prompt: str, start: str, tokens: int, *, by_lot: bool) -> str:
    torch, tokenizer = kit().torch, opened.tokenizer
    told = _told(tokenizer, prompt) or [tokenizer.eos_token_id]
    begun: list[int] = tokenizer(start, add_special_tokens=False)["input_ids"] if start else []
    options: dict[str, Any] = {}
    if opened.answers_apart:
        first: int = opened.model.config.decoder_start_token_id
        options["decoder_input_ids"] = torch.tensor([[first, *begun]], device=opened.device)
        skipped = 1 + len(begun)
    else:
        told, skipped = told + begun, len(told) + len(begun)
    ids = torch.tensor([told], device=opened.device)
    made = opened.model.generate(
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        max_new_tokens=tokens,
        max_time=_LONGEST_WAIT,
        do_sample=by_lot,
        pad_token_id=tokenizer.pad_token_id,
        **options,
    )
    return str(tokenizer.decode(made[0][skipped:], skip_special_tokens=True))
