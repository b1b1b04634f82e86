"""Ten thousand answers of a model that lies, judged by somebody who does not know how they were
checked; and edits that change what a true sentence means.

The quick suite tells a few hundred; `-m slow` tells all and prints the figures (`-s`).
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pytest

from core.ask.answer import answer
from core.ask.checker import Checked, Checker, Doubt
from core.ask.ground import UNCHECKED, Checks, Grounded, Grounder
from core.ask.llm import AnswerModel
from core.law.bluebook import cite_case, cite_name
from core.law.captions import names_agree
from core.law.citations import find_citations
from core.model import (
    LEADING_KINDS,
    Answer,
    Case,
    Claim,
    Hit,
    Reason,
    SearchResult,
    Source,
    Support,
    Unsupported,
)
from tests.factories_ask import make_result
from tests.judge import altered_quotations, foreign_authorities, letters
from tests.lies import Liar, Sentence, Told
from tests.meanings import CHANGES, REWORDINGS
from tests.scripted_models import Prompt, Wire, scripted_models
from tests.source_sets import case_of, corpus_records, demo_records, source_sets

ALL = 10_000
ONLY_OF_THE_COURT = {"said_by_the_court", "we_made_the_court", "holding_made_dissent"}


class SaysYes(Checker):
    """A checker that lies: it finds everything supported."""

    def __init__(self) -> None:
        super().__init__(AnswerModel("scripted:says-yes"))

    def check(self, doubts: Sequence[Doubt]) -> Checked:
        return Checked(confirmed=frozenset(range(len(doubts))))


@dataclass
class Tally:
    """What was shown of many answers."""

    answers: int = 0
    claims: Counter[Support] = field(default_factory=Counter)
    # Of each kind of offence, what was shown.
    foreign: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    lies: list[str] = field(default_factory=list)
    true: int = 0
    true_shown: int = 0

    def add(self, told: Sequence[Sentence], grounded: Grounded | Answer, held: Library) -> None:
        sources = held.sources
        shown = [c for c in grounded.claims if c.support is not Support.UNSUPPORTED]
        verified = [c for c in shown if c.support is Support.VERIFIED]
        self.answers += 1
        self.claims.update(claim.support for claim in grounded.claims)
        self.foreign += foreign_authorities(grounded.text, sources, held.citations)
        # What was left out is listed on the page, and has no authority in it either.
        listed = " | ".join(claim.text for claim in grounded.claims)
        self.foreign += foreign_authorities(listed, sources, held.citations)
        self.altered += altered_quotations(shown, sources)
        truths, untruths = _known(told, true=True), _known(told, true=False)
        said = {_said(claim.text, claim.sources) for claim in verified}
        self.lies += sorted(str(each) for each in said & (untruths - truths))
        self.true += len(truths)
        self.true_shown += len(truths & said)


@dataclass(frozen=True)
class Library:
    """The sources of one question, and cases that are held and are none of them."""

    sources: tuple[Source, ...]
    others: tuple[Case, ...]

    @property
    def citations(self) -> list[str]:
        return [
            said for case in self.others for said in (cite_case(case), cite_name(case.case_name))
        ]

    def held(self, written: str) -> Case | None:
        cited = {found.citation for found in find_citations(written)} - {None}
        for case in self.others:
            if cited.intersection(case.citations):
                return case
            if not cited and case.case_name and names_agree(written, case.case_name):
                return case
        return None

    def told(self) -> list[Told]:
        return [
            Told(s.n, s.citation, s.passage.text, dissent="dissent" in s.passage.kind)
            for s in self.sources
        ]


def _known(told: Sequence[Sentence], *, true: bool) -> set[tuple[str, tuple[int, ...]]]:
    return {
        _said(re.sub(r"\[[^\]]*\]", "", each.text), map(int, re.findall(r"\[(\d+)\]", each.text)))
        for each in told
        if each.true is true
    }


def _said(text: str, numbers: Sequence[int] | Iterator[int]) -> tuple[str, tuple[int, ...]]:
    return letters(text), tuple(numbers)


def libraries(corpus: Path | None, sets: int) -> list[Library]:
    """Return sets of sources of the demonstration library, and of real opinions where they are."""
    invented = [case_of(record) for record in demo_records()]
    found = [*source_sets(demo_records(), sets, seed=1)]
    if corpus is not None:
        records = corpus_records(corpus / "small/opinions.jsonl.gz")
        found += source_sets(records, sets, seed=2)
    return [_library(sources, invented) for sources in found]


def _library(sources: tuple[Source, ...], cases: Sequence[Case]) -> Library:
    of_sources = {source.case.source_id for source in sources}
    others = tuple(case for case in cases if case.source_id not in of_sources)[:6]
    return Library(sources=sources, others=others)


def lied_to(held: Sequence[Library], answers: int, **how: object) -> Tally:
    """Ground the answers of a liar over some libraries, and tell what was shown."""
    tally = Tally()
    grounders = [Grounder(each.sources, Checks(held=each.held, **how)) for each in held]  # type: ignore[arg-type]
    told_to = [each.told() for each in held]
    for seed in range(answers):
        n = seed % len(held)
        elsewhere = [cite_case(case) for case in held[n].others]
        told = Liar(told_to[n], seed, elsewhere=elsewhere).answer()
        draft = " ".join(sentence.text for sentence in told)
        tally.add(told, grounders[n].ground(draft), held[n])
        if seed % 500 == 0:  # a sentence is judged once: forget, so that memory stays small
            grounders[n] = Grounder(held[n].sources, Checks(held=held[n].held, **how))  # type: ignore[arg-type]
    return tally


def clean(tally: Tally) -> bool:
    return (tally.foreign, tally.altered, tally.lies) == ([], [], [])


def report(what: str, tally: Tally) -> None:
    print(
        f"\n{what}: {tally.answers} answers, {dict(tally.claims)}; fabricated authorities "
        f"{len(tally.foreign)}, altered quotations {len(tally.altered)}, lies verified "
        f"{len(tally.lies)}; true sentences shown {tally.true_shown} of {tally.true}"
    )


# --- lies ---


@pytest.mark.parametrize(
    "how",
    [{}, {"checker": SaysYes()}, {"unsupported": Unsupported.MARK}],
    ids=["by rules", "with a checker that lies", "marked"],
)
def test_g01_g02_nothing_of_a_liar_is_shown_as_an_authority_or_a_quotation(
    how: dict[str, object],
) -> None:
    tally = lied_to(libraries(None, 4), 100, **how)

    assert clean(tally), tally
    assert tally.answers == 100
    assert tally.claims[Support.UNSUPPORTED] > 200
    # The rest is not thrown away with the lies.
    assert tally.true_shown > 0.7 * tally.true


@pytest.mark.slow
@pytest.mark.parametrize("checker", [None, SaysYes()], ids=["by rules", "with a checker that lies"])
def test_g01_g02_ten_thousand_lying_answers_show_no_invented_authority_and_no_altered_quotation(
    corpus: Path, checker: Checker | None
) -> None:
    tally = lied_to(libraries(corpus, 6), ALL, checker=checker)

    report("lying, the checker lying too" if checker else "lying", tally)
    assert clean(tally), tally
    assert tally.answers == ALL


def test_the_judge_sees_what_is_foreign_and_what_is_altered() -> None:
    """A judge who finds nothing proves nothing: every offence is found when it is there."""
    held = libraries(None, 1)[0]
    lies = [
        sentence.text
        for seed in range(60)
        for sentence in Liar(held.told(), seed).answer()
        if not sentence.true
    ]
    for offence in (
        "Varghese v. China Southern Airlines Co., 925 F.3d 1339 (11th Cir. 2019)",
        "Under Smithson v. Jones it is so",
        "123 F.3d 456",
        "１２３ U.S. ４５６",
        "8 U.S.C. § 9999",
        "No. 99-1234",
        "Id. at 435",
        "Justice Blackwood",
        "volume nine of the Merrow Reports",
        "The Ninth Circuit",
    ):
        assert foreign_authorities(offence, held.sources), offence
    assert sum(bool(foreign_authorities(lie, held.sources)) for lie in lies) > len(lies) / 3
    source = held.sources[0]
    words = " ".join(source.passage.text.split()[5:15])
    for quote, wrong in ((words, False), (words.replace("e", "x", 1), True), ("not so", True)):
        claim = Claim(text=f"It said “{quote}”.", support=Support.VERIFIED, sources=(1,))
        assert bool(altered_quotations([claim], [source])) is wrong


# --- over the wire ---


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    with scripted_models() as heard:
        yield heard


def asked(held: Library, model: AnswerModel, checks: Checks, question: str) -> Answer:
    """Ask over sources that were found, by the whole path but the search."""
    cases = list({source.case.source_id: source.case for source in held.sources}.values())
    hits = [
        Hit(
            rank=rank,
            case=case,
            passages=tuple(s.passage for s in held.sources if s.case.source_id == case.source_id),
            why=(Reason(arm="lexical", rank=rank),),
            cited_by=0,
        )
        for rank, case in enumerate(cases, start=1)
    ]

    def search(query: str) -> SearchResult:
        return make_result(query, hits)

    return answer(
        question,
        search=search,
        opinions=lambda _: (),
        similarity=lambda _, texts: [0.5] * len(texts),
        encoder="none",
        model=model,
        checks=checks,
    )


def lie_over_the_wire(wire: Wire, held: Sequence[Library], answers: int, provider: str) -> Tally:
    tally, told = Tally(), list[Sentence]()
    lock = threading.Lock()

    def script(prompt: Prompt, seed: int) -> str:
        if "<sentences>" in prompt:  # the checker is asked: it says yes to everything
            found = re.findall(r"^(\d+)\. \(sources", prompt, re.MULTILINE)
            rows = ", ".join(f'{{"sentence": {n}, "supported": true}}' for n in found)
            return f'{{"verdicts": [{rows}]}}'
        seen = re.findall(
            r'<source number="(\d+)">\npart: (.*?)\n.*?case: (.*?)\ntext:\n(.*?)\n</source>',
            prompt,
            re.DOTALL,
        )
        with lock:
            sources = [Told(int(n), of, text, "dissent" in part) for n, part, of, text in seen]
            told[:] = Liar(sources, seed).answer()
        return " ".join(sentence.text for sentence in told)

    model = AnswerModel(f"{provider}:lying", wire.address(provider), deadline=30)
    checker = Checker(AnswerModel(f"{provider}:checker", wire.address(provider), deadline=30))
    for seed in range(answers):
        each = held[seed % len(held)]
        wire.script = partial(script, seed=seed)
        found = asked(each, model, Checks(held=each.held, checker=checker), "What is the rule?")
        if found.footer.answer_model.startswith("none"):
            tally.answers += 1  # an extract was shown instead
            tally.foreign += foreign_authorities(found.text, found.sources)
        else:
            tally.add(told, found, Library(sources=found.sources, others=each.others))
    return tally


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
def test_g01_g02_a_liar_and_a_lying_checker_over_the_wire(wire: Wire, provider: str) -> None:
    pytest.importorskip(f"langchain_{provider}")

    tally = lie_over_the_wire(wire, libraries(None, 4), 20, provider)

    assert clean(tally), tally
    assert tally.answers == 20
    assert tally.claims[Support.SUPPORTED] > 0


@pytest.mark.slow
@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_g01_g02_hundreds_of_lying_answers_over_the_wire(
    wire: Wire, corpus: Path, provider: str
) -> None:
    tally = lie_over_the_wire(wire, libraries(corpus, 6), 150, provider)

    report(f"over the wire, {provider}", tally)
    assert clean(tally), tally
    assert tally.answers == 150


# --- what changes the meaning, and what does not ---


@dataclass
class Edits:
    """What became of edited sentences: by name of the edit, how many were ruled how."""

    ruled: dict[str, Counter[str]] = field(default_factory=dict)
    shown: list[tuple[str, str]] = field(default_factory=list)

    def total(self, names: Sequence[str]) -> Counter[str]:
        return sum((self.ruled.get(name, Counter()) for name in names), Counter())


def edited(held: Sequence[Library], table: dict[str, object], most: int) -> Edits:
    """Edit true sentences, and have each ruled on by the rules alone."""
    found, random = Edits(), Random(3)  # noqa: S311  drawn to be drawn again
    for library in held:
        grounder = Grounder(library.sources)
        for source in library.sources:
            told = Told(source.n, source.citation, source.passage.text).sentences()
            for said in random.sample(told, min(most, len(told))):
                for name, edit in table.items():
                    if name in ONLY_OF_THE_COURT and source.passage.kind not in LEADING_KINDS:
                        continue
                    new = edit(said.rstrip("."), random)  # type: ignore[operator]
                    if new is None or (table is CHANGES and new == said.rstrip(".")):
                        continue
                    ruled = _ruled(grounder.ground(f"{new}. [{source.n}]").claims)
                    found.ruled.setdefault(name, Counter())[ruled] += 1
                    if ruled == "verified":
                        found.shown.append((name, new))
    return found


def _ruled(claims: Sequence[Claim]) -> str:
    if all(claim.support is Support.VERIFIED for claim in claims):
        return "verified"
    undecided = all(c.support is Support.VERIFIED or c.reason == UNCHECKED for c in claims)
    return "left to a checker" if undecided else "refused"


def test_g03_a_changed_meaning_is_never_verified_and_the_sources_words_are() -> None:
    held = libraries(None, 2)

    changed = edited(held, CHANGES, 3)
    same = edited(held, REWORDINGS, 3)

    assert changed.shown == []
    assert len(changed.ruled) > 15
    plain = same.total(["as_it_is", "said_by_the_court", "carried_on", "in_plainer_phrases"])
    assert plain["verified"] >= 0.97 * plain.total()


@pytest.mark.slow
def test_g03_over_real_opinions_no_changed_meaning_is_verified(corpus: Path) -> None:
    held = libraries(corpus, 20)

    changed, same = edited(held, CHANGES, 99), edited(held, REWORDINGS, 99)

    for title, found in (("changes the meaning", changed), ("changes nothing", same)):
        print(f"\n{title}")
        for name, ruled in found.ruled.items():
            print(f"  {name}: {dict(ruled)}")
        print(f"  all: {dict(found.total(list(found.ruled)))}")
    assert changed.shown == []
