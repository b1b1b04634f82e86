"""Try a setting for real: ask the model, load the encoder, look at the colour."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial

from core.access.firm import Trial
from core.ask.checker import Checker, Doubt, sample_source
from core.ask.llm import AnswerModel
from core.ask.models import EXTERNAL_OFF, open_checker, open_model, open_style_model
from core.ask.prompts import Message
from core.errors import ModelFailed, OnpointError
from core.house import House
from core.model import TestResult
from core.settings import Settings
from core.style.lock.lock import changed
from core.style.lock.tokens import locked, unlocked
from core.style.restyler import Prompted

SAMPLE = "The party who asks for a stay must show that the circumstances justify it. [1]"
CHECKED = "The party who asks for a stay must show that the circumstances justify it."
# WCAG 2.2, 1.4.11: what is no text must stand out from the paper by 3 to 1.
ENOUGH_CONTRAST = 3.0


class Failed(OnpointError):
    """The setting was tried, and does not work."""


def trials(house: House) -> Mapping[str, Trial]:
    """Return, by name of a setting, how to try it."""
    answer, style = partial(_timed, _answers), partial(_timed, _words)
    checker = partial(_timed, _checks)
    return {
        "answer_model": answer,
        "answer_base_url": answer,
        "answer_key": answer,
        "checker_model": checker,
        "checker_base_url": checker,
        "checker_key": checker,
        "style": style,
        "style_words": style,
        "style_model": style,
        "style_base_url": style,
        "style_key": style,
        "external_models": partial(_timed, _outside),
        "encoder": partial(_timed, partial(_encodes, house)),
        "firm_colour": partial(_timed, _stands_out),
    }


def _timed(trial: Callable[[Settings], str], settings: Settings) -> TestResult:
    began = time.monotonic()
    try:
        words, passed = trial(settings), True
    except OnpointError as failure:
        words, passed = str(failure), False
    return TestResult(passed=passed, words=words, seconds=time.monotonic() - began)


def _answers(settings: Settings) -> str:
    model = open_model(settings)
    if model is None:
        raise Failed("No answer model is set: answers are quoted from the opinions.")
    asked = Message(role="user", text="Answer with the one word: ready")
    return f"{model.name} answers: “{_short(model.write((asked,)))}”."


def _checks(settings: Settings) -> str:
    """Have a sentence judged that its source bears out, and one that it does not."""
    model = open_checker(settings)
    if model is None:
        raise Failed("No checker is set: sentences in other words than a source's are unsupported.")
    source = sample_source(CHECKED)
    true = Doubt(text="Whoever wants a stay has to show why it is justified.", sources=(source,))
    false = Doubt(text="Whoever opposes a stay has to show why.", sources=(source,))
    checked = Checker(model).check((true, false))
    if checked.failure is not None:
        raise Failed(f"{model.name}: {checked.failure}")
    if checked.confirmed != frozenset({0}):
        raise Failed(f"{model.name} does not tell what a sample source says from what it does not.")
    return f"{model.name} told what a sample source says from what it does not."


def _words(settings: Settings) -> str:
    model = open_style_model(settings)
    if model is None:
        raise Failed("No language model is set that could word an answer.")
    sample = locked(SAMPLE)
    line = Prompted(model, settings.style_words).restyle([sample.line]).get(1)
    broken = "it gave no line" if line is None else changed(sample, line)
    if line is None or broken is not None:
        raise Failed(
            f"{model.name} answers, but a sample sentence did not pass the content lock: {broken}."
        )
    said = _short(unlocked(line, sample.kept))
    return f"{model.name} worded a sample, and it passed the content lock: “{said}”"


def _outside(settings: Settings) -> str:
    outside = [model for model in _models(settings) if not model.inside]
    if not outside:
        return "No model outside the firm is set; none would be asked."
    names = " and ".join(dict.fromkeys(model.name for model in outside))
    if settings.external_models:
        return f"On: questions and sources go to {names}."
    for model in outside:
        try:
            model.write(())
        except ModelFailed as refused:
            if str(refused) == EXTERNAL_OFF:
                continue
        raise Failed(f"{model.name}, a model outside the firm, could still be asked.")
    return f"Off: {names} was refused before any connection."


def _models(settings: Settings) -> list[AnswerModel]:
    opened = (open_model(settings), open_checker(settings), open_style_model(settings))
    return [one for one in opened if one is not None]


def _encodes(house: House, settings: Settings) -> str:
    encoder = house.encoder()
    near, far = house.similarity(
        "Who bears the burden of proof?",
        ("The plaintiff must prove each element.", "The ship sailed at noon."),
    )
    if near <= far:
        raise Failed(f"{encoder.name} does not tell what is alike from what is not.")
    del settings
    return f"{encoder.name} understands a sample question."


def _stands_out(settings: Settings) -> str:
    colour = settings.firm_colour
    if colour is None:
        return "Our own colour, which stands out on light and dark."
    light, dark = (_contrast(colour, paper) for paper in ("#ffffff", "#14171a"))
    told = f"{light:.1f} to 1 on light paper and {dark:.1f} to 1 on dark"
    if min(light, dark) < ENOUGH_CONTRAST:
        raise Failed(f"{colour} is hard to see: {told}; it should be 3 to 1 or more.")
    return f"{colour} stands out by {told}."


def _contrast(one: str, other: str) -> float:
    """Return how two colours stand out from each other, as WCAG counts it: from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:120]} …"
