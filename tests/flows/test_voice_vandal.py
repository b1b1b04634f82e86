"""G12: in a vandal's voice, over the real wire, answers keep every fact to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from core.app import Onpoint
from core.law.citations import find_citations
from core.law.quotations import quotations
from core.model import Answer, Voice, Wording
from core.search.encoder import Encoder
from core.settings import Settings
from core.wire import answer_json
from pages.parts.wording_view import what_changed
from tests.firm_house import opened
from tests.scripted_models import Prompt, Wire, quoted, scripted_models, sentences_of
from tests.vandal import HARM, HARMLESS, parted

QUESTIONS = (
    "When is a covenant not to compete enforceable?",
    "What must a customer prove who slips on a merchant's floor?",
    "May a tenant withhold rent when the premises are not habitable?",
    "When may a court stay an order pending appeal?",
)
LINE = re.compile(r"^S(\d+): (.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ONPOINT_{name}".upper(), raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def app(demo_url: str, tmp_path: Path, encoder: Encoder) -> Iterator[Onpoint]:
    with opened(demo_url, tmp_path, encoder=encoder) as app:
        yield app


@pytest.fixture
def wire() -> Iterator[Wire]:
    with scripted_models() as heard:
        yield heard


class Vandal:
    """Answers in the sources' words, and words each line anew: one in two does harm."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        # Lines as they were given back, and whether that does harm; None where they were copied.
        self.made: list[tuple[str, bool | None]] = []

    def __call__(self, prompt: Prompt) -> str:
        if "<lines>" not in prompt:
            return answered(prompt)
        lines = LINE.findall(prompt.split("<lines>", 1)[1])
        return "\n".join(f"S{n}: {self.worded(line)}" for n, line in lines)

    def worded(self, line: str) -> str:
        body, tail = parted(line)
        harmful = self.random.random() < 0.5
        table = list((HARM if harmful else HARMLESS).values())
        for edit in self.random.sample(table, len(table)):
            new = edit(body, self.random)
            if new is not None and f"{new}{tail}" != line:
                self.made.append((f"{new}{tail}", harmful))
                return f"{new}{tail}"
        self.made.append((line, None))
        return line


def answered(prompt: Prompt) -> str:
    """Say what the first two sources say, in their words and in quotations, with a citation."""
    said: list[str] = []
    for n in (1, 2):
        first, second, *more = [s for s in sentences_of(prompt, n) if not re.search('[“”"]', s)]
        said += [f"{first} [{n}]", f"The court wrote: {quoted(second)} [{n}]"]
        said += [f"{each} [{n}]" for each in more[:2]]
    return " ".join(said)


def facts(answer: Answer) -> tuple[list[str], list[str], list[str]]:
    """Return an answer's marks and numbers, quotations and citations, as they are written."""
    text = answer.text
    return (
        re.findall(r"\[\d+\]|\d+", text),
        [span.of(text) for span in quotations(text)],
        [found.text for found in find_citations(text)],
    )


def test_g12_a_vandals_voice_changes_no_citation_quotation_number_or_mark(
    app: Onpoint, wire: Wire
) -> None:
    vandal = Vandal(seed=4)
    wire.script = vandal
    app.firm.set("answer_model", "openai:any")
    app.firm.set("answer_base_url", wire.url)
    app.firm.set("style", "prompt")
    wordings: list[Wording] = []
    for question in QUESTIONS:
        plain = app.ask(question, voice=Voice.OFF)
        voiced = app.ask(question, voice=Voice.PROMPT)

        assert facts(voiced) == facts(plain)
        assert voiced.sources == plain.sources
        assert [one.sources for one in voiced.claims] == [one.sources for one in plain.claims]
        assert [one.plain for one in voiced.wordings] == [one.text for one in plain.claims]
        assert [one.spoken for one in voiced.wordings] == [one.text for one in voiced.claims]
        assert len(list(answer_json(voiced)["wordings"])) == len(plain.claims)  # type: ignore[call-overload]
        assert "0 facts changed" in str(what_changed(voiced.wordings))
        wordings += voiced.wordings

    made = vandal.made
    assert len(made) == len(wordings) >= 16
    assert sum(harmful is True for _, harmful in made) >= 6
    for (line, harmful), one in zip(made, wordings, strict=True):
        assert not (harmful and one.refused is None), line
        assert (one.refused is None) or one.spoken == one.plain
    let_through = [
        one
        for (_, harmful), one in zip(made, wordings, strict=True)
        if harmful is False and one.refused is None
    ]
    assert let_through
