"""How well the composer of extracts answers, and whether it keeps silent where it should.

    python benchmarks/answers.py questions CORPUS OUT         writes the question sets into OUT
    python benchmarks/answers.py measure CORPUS --home HOME   measures the held-out sets, or with
                                                              `--half even` those to choose on
    python benchmarks/answers.py fit CORPUS --home HOME       fits and prints what signs weigh

CORPUS has `retrieval/queries.jsonl.gz` and `qrels.tsv`; HOME is a library of the opinions they are
about. A holding of a syllabus is put as a question by rules. The even half of the holdings and of
the everyday questions, by hash of their ids, and `beyond_dev` are for choosing; the odd half and
`beyond_held_out` are for reporting.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from core import terminal
from core.app import Onpoint
from core.ask.deeper import read_on
from core.ask.extract import Means, evidence
from core.ask.fit import Signs
from core.ask.question import restate
from core.ask.sources import choose_sources, open_shelf
from core.evaluate.answers import Expects, Question, read_questions
from core.evaluate.retrieval import Half, Query, half_of, read_qrels, read_queries
from core.law.sentences import sentences
from core.settings import Settings

QUESTIONS = Path(__file__).with_name("questions")
HOLDINGS = 100  # measured, of each half those that a sample takes
FEWEST_WORDS, MOST_WORDS = 8, 60
# A weight's size costs this much: few questions must not make one sign decide alone.
RIDGE = 1.0
ROUNDS = 5

# A hole where a party's name or a citation stood.
_HOLE = re.compile(r"\[(?:PARTY|CASE)\]")
_CITED = re.compile(r",? (?:see(?:, e\. ?g\.,)?|cf\.) \[CASE\]\.?$|, \[CASE\]\.?$")
# What hangs on the sentence before, or tells how the case went and not what the law is.
_HANGS = re.compile(
    r"(?:This|That|These|Those|Such|It|He|She|They|Thus|Here|There|Nor|But|And|Moreover|First|"
    r"Second|Third|Finally|However|Also|Instead|Rather|Indeed|Under (?:this|these|that|such)|"
    r"In (?:this|these|that|such|light)|(?:For|By) (?:this|these|that|such)|CHIEF|JUSTICE)\b"
)
_OUTCOME = re.compile(
    r"judgments? (?:is|are|was|below)|(?:affirmed|reversed|remanded|vacated)\b|JUSTICE|"
    r"the parties (?:agree|debate|dispute)|\bargu|\bcontention|\bcontend|\bclaims? that|"
    r"\bthis (?:Court|case)|\bthe Court(?:’s|s)?\b|\bhere\b|petitioner|respondent|Circuit|"
    r"\b(?:District|Supreme|Bankruptcy|State) Court|Court of Appeals|court below|lower court|"
    r"\bthe question|need not (?:be )?(?:decide|resolve)|___|\bsuch an? |\bat issue\b|"
    r"\b(?:this|the) (?:provision|suit|action|right|clause|statute|Act|language|text)(?:’s)? ",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"(?P<subject>(?:[A-Z“§][^\s,;:]*)(?: [^\s,;:]+){0,9}?) "
    r"(?P<verb>may|must|can|cannot|could|should|shall|will|would|is|are|was|were|does|do|did|has|have)"
    r"(?: (?P<not>not))? (?P<rest>.+)"
)
_CLAUSE = re.compile(
    r"\b(?:that|which|who|whose|where|when|whether|if|because|since|while|and|but|as|unless|"
    r"although|though|even|given|in|by|for|under|like|both|neither|to)\b",
    re.IGNORECASE,
)
_STARTS = frozenset(
    "A All Although An Any As At Because Both By Even For Given If In It Like Neither No Nothing "
    "On One Since Some The Though To Under Unless When Where While".split()
)


def main() -> None:
    given = arguments()
    if given.what == "questions":
        write_sets(given.corpus, given.out)
        return
    with Onpoint.open(Settings(home=given.home)) as app:
        app.warm_up()
        if given.what == "fit":
            fit(app, given.corpus)
        else:
            measure(app, given.corpus, half=given.half)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="what", required=True)
    for name in ("questions", "measure", "fit"):
        command = commands.add_parser(name)
        command.add_argument("corpus", type=Path)
        if name == "questions":
            command.add_argument("out", type=Path)
        else:
            command.add_argument("--home", type=Path, default=Path(".onpoint"))
        if name == "measure":
            command.add_argument("--half", type=Half, choices=list(Half), default=Half.ODD)
    return parser.parse_args()


def write_sets(corpus: Path, out: Path) -> dict[str, Path]:
    """Write the sets to choose on and to report on, one file each."""
    everyday = (QUESTIONS / "everyday.jsonl").read_text(encoding="utf-8").splitlines()
    sets: dict[str, list[str]] = {
        "beyond_even": (QUESTIONS / "beyond_dev.jsonl").read_text(encoding="utf-8").splitlines(),
        "beyond_odd": (QUESTIONS / "beyond_held_out.jsonl")
        .read_text(encoding="utf-8")
        .splitlines(),
    }
    for half in Half:
        sets[f"everyday_{half}"] = [x for x in everyday if half_of(json.loads(x)["id"]) is half]
        asked = holdings(corpus, half)
        sets[f"holdings_{half}_all"] = asked
        sets[f"holdings_{half}"] = random.Random(7).sample(asked, HOLDINGS)  # noqa: S311  a sample
    out.mkdir(parents=True, exist_ok=True)
    paths = {name: out / f"{name}.jsonl" for name in sets}
    for name, lines in sets.items():
        paths[name].write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return paths


def measure(app: Onpoint, corpus: Path, *, half: Half) -> None:
    """Print the counts of each set of one half."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_sets(corpus, Path(folder))
        for name in ("holdings", "everyday", "beyond"):
            terminal.say(f"\n{name}_{half}")
            terminal.answers(app.evaluate_answers(paths[f"{name}_{half}"]))


# --- a holding as a question ---


def holdings(corpus: Path, half: Half) -> list[str]:
    """Return the holdings of one half that state a law by themselves, as lines of a set."""
    judged = read_qrels(corpus / "retrieval/qrels.tsv")
    lines: list[str] = []
    for query in read_queries(corpus / "retrieval/queries.jsonl.gz"):
        if query.task != "syllabus_holding" or half_of(query.qid) is not half:
            continue
        if (asked := asked_of(query)) is not None:
            right = [case for case, grade in judged[query.qid].items() if grade > 1]
            row = {
                "id": query.qid,
                "question": asked,
                "expects": "answer",
                "source_ids": right,
                "group": "holdings",
            }
            lines.append(json.dumps(row, ensure_ascii=False))
    return lines


def asked_of(query: Query) -> str | None:
    """Put a holding as a question; None for one that states no law on its own.

    "A may not do B." becomes "May A do B?"; where that cannot be told, "Whether A does B?"
    """
    for span in sentences(query.text):
        said = " ".join(_CITED.sub(".", span.of(query.text)).split())
        if _states_law(said):
            return _question(said.rstrip("."))
    return None


def _states_law(said: str) -> bool:
    return (
        FEWEST_WORDS <= len(said.split()) <= MOST_WORDS
        and said[0].isupper()
        and said.endswith(".")
        and not _HANGS.match(said)
        and not _OUTCOME.search(said)
        and not _HOLE.search(said)
    )


def _question(said: str) -> str:
    found = _AUXILIARY.fullmatch(said)
    if found is None or _CLAUSE.search(found["subject"]):
        return f"Whether {_lower(said)}?"
    verb = "can" if found["verb"] == "cannot" else found["verb"]
    return f"{verb.capitalize()} {_lower(found['subject'])} {found['rest']}?"


def _lower(said: str) -> str:
    return said[0].lower() + said[1:] if said.split(maxsplit=1)[0] in _STARTS else said


# --- what the signs weigh ---


def fit(app: Onpoint, corpus: Path) -> None:
    """Fit the weights on the sets to choose on, and print them with how they do there."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_sets(corpus, Path(folder))
        names = ("holdings_even_all", "everyday_even", "beyond_even")
        asked = [each for name in names for each in read_questions(paths[name])]
    signs = [[astuple(one) for one in signs_of(app, each)] for each in asked]
    known = [(each, cases) for each, cases in zip(asked, signs, strict=True) if cases]
    weights = fitted(known)
    odds = np.array([max(np.array(cases) @ weights[1:] + weights[0]) for _, cases in known])
    answerable = np.array([each.expects is Expects.ANSWER for each, _ in known])
    middle = threshold(odds, answerable)
    print(f"# {', '.join(each.name for each in fields(Signs))}")
    print(f"WEIGHTS = ({', '.join(f'{weight:.3f}' for weight in weights[1:])})")
    print(f"INTERCEPT = {weights[0] - middle:.3f}")
    print(f"refused of the answerable: {np.mean(odds[answerable] < middle):.3f}")
    print(f"answered of the others: {np.mean(odds[~answerable] >= middle):.3f}")


def signs_of(app: Onpoint, question: Question) -> Sequence[Signs]:
    """Read the signs of each case found for a question, as an answer would."""
    house = app._house  # noqa: SLF001  a benchmark looks inside
    read = restate(question.question, (), question.filters)
    result = house.searcher().search(read.search, filters=read.filters, k=10)
    shelf = open_shelf(result, app.opinions)
    sources = choose_sources(result, shelf)
    depth = house.depth()
    deeper = read_on(read.whole, sources, shelf, app.opinions, depth.places)
    means = Means(similarity=house.similarity, rarity=depth.rarity, near=deeper.near)
    return evidence(read.whole, deeper.sources, means)


def fitted(
    known: Sequence[tuple[Question, Sequence[tuple[float, ...]]]],
) -> NDArray[np.float64]:
    """Fit by logistic regression which case of each question is the best, and what it weighs.

    Every set counts alike, however many questions it has. Returns the intercept and the weights.
    """
    groups = [each.group if each.expects is Expects.ANSWER else "beyond" for each, _ in known]
    counts = np.array([1 / groups.count(group) for group in groups])
    counts *= np.array([2.0 if group == "beyond" else 1.0 for group in groups]) * 100
    wanted = np.array([each.expects is Expects.ANSWER for each, _ in known], dtype=np.float64)
    every = np.array([case for _, cases in known for case in cases])
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-9
    cases = [(np.array(mine) - mean) / spread for _, mine in known]
    best = [mine[int(np.argmax(mine[:, :3].sum(axis=1)))] for mine in cases]
    weights = np.zeros(every.shape[1] + 1)
    for _ in range(ROUNDS):
        weights = _regression(np.array(best), wanted, counts)
        best = [mine[int(np.argmax(mine @ weights[1:]))] for mine in cases]
    scaled = weights[1:] / spread
    return np.array([weights[0] - scaled @ mean, *scaled])


def _regression(
    signs: NDArray[np.float64], wanted: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    def loss(weights: NDArray[np.float64]) -> float:
        odds = signs @ weights[1:] + weights[0]
        missed = np.logaddexp(0, -odds) * wanted + np.logaddexp(0, odds) * (1 - wanted)
        return float(counts @ missed + RIDGE * weights[1:] @ weights[1:] / 2)

    return minimize(loss, np.zeros(signs.shape[1] + 1), method="L-BFGS-B").x


def threshold(odds: NDArray[np.float64], answerable: NDArray[np.bool_]) -> float:
    """Return where as large a share is refused wrongly as is answered wrongly."""

    def worse(at: float) -> float:
        return float(max(np.mean(odds[answerable] < at), np.mean(odds[~answerable] >= at)))

    tried: Iterable[float] = sorted(map(float, odds))
    return min(tried, key=worse)


if __name__ == "__main__":
    main()
