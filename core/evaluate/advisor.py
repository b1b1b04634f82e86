"""What serves a need: documents looked up, habits told to a model, weights trained, or both.

Weights are right for how a thing is said; what is known changes, and is looked up. The advice
follows from what the need asks for, by rules that can be read here, and names the runs that bear
on it in this firm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.model import Advice, Arm, BenchRun, Remedy

_KNOWING = re.compile(
    r"\b(?:know|knows|cite|cites|citing|quote|quotes|find|look up|looks up|search|answer from|"
    r"rely on|up to date|current|latest|recent|newest|new opinion|last (?:week|month|year)|"
    r"yesterday|today|overruled|database|library|docket|cases?|opinions?|briefs?|filings?|"
    r"precedents?|facts?|who|when|which)\b",
    re.IGNORECASE,
)
_FIXED_FORM = re.compile(
    r"\b(?:caption|heading|format|formatting|template|layout|signature block|certificate|"
    r"salutation|letterhead|citation form|bluebook|defined terms?|boilerplate|oxford comma|"
    r"contractions?|footnotes?|spell(?:ing)?|abbreviat\w+|always (?:use|begin|end|write|call)|"
    r"never (?:use|begin|end|write))\b",
    re.IGNORECASE,
)
_SOUNDING = re.compile(
    r"\b(?:sounds?|sounding|voice|tone|style|prose|rhythm|writes? like|reads? like|"
    r"as (?:our|my|the) \w+ (?:partner|would)|in the manner of|house style|plainer|crisper|"
    r"persuasive|eloquent)\b",
    re.IGNORECASE,
)
_OF_FORM = re.compile(r"\b(?:style|voice|tone|sound\w*|form(?:at)?|caption)\b", re.IGNORECASE)
# Facts asked of the firm's own papers are facts all the same.
_OWN = re.compile(r"\b(?:cite|quote|find|reuse|rely on) (?:\w+ ){0,2}(?:our|my)\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:know|cite|quote|find|answer)s?\b", re.IGNORECASE)

_WHY = {
    Remedy.RETRIEVAL: (
        "This asks for something that is known, and what is known changes. A document that is "
        "looked up is there seconds after its upload, is cited with its page, and is gone when it "
        "is deleted; what is trained into weights is none of these."
    ),
    Remedy.CARD: (
        "This asks for a form that can be said in a rule. A line of the style card says it "
        "to any model at once, can be read and changed by hand, and needs no training."
    ),
    Remedy.ADAPTER: (
        "This asks how prose sounds, which nobody can write down as rules. With enough text of "
        "the author an adapter learns it; until its evaluation passes the gate, the style card "
        "with the nearest examples does what a prompt can."
    ),
    Remedy.BOTH: (
        "This asks for two things. What is said comes from documents that are looked up; how it is "
        "said, from a voice that words the grounded answer anew and may change no fact."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What this firm has seen so far."""

    runs: Sequence[BenchRun] = ()
    # What the last evaluation of an adapter said, in words; None where there was none.
    evaluation: str | None = None


def advise(need: str, known: Known) -> Advice:
    """Say what serves a need in plain words, why, and which runs bear on it."""
    remedy = _remedy(need)
    return Advice(
        need=" ".join(need.split()), remedy=remedy, reason=_WHY[remedy], runs=_seen(remedy, known)
    )


def _remedy(need: str) -> Remedy:
    form, sound = bool(_FIXED_FORM.search(need)), bool(_SOUNDING.search(need))
    knows = bool(_OWN.search(need)) or bool(_KNOWING.search(_OF_FORM.sub("", need)))
    if sound and _asks_to_know(need):
        return Remedy.BOTH
    if sound:
        return Remedy.ADAPTER
    if form and not _asks_to_know(need):
        return Remedy.CARD
    if form and knows:
        return Remedy.BOTH
    return Remedy.RETRIEVAL


def _asks_to_know(need: str) -> bool:
    """Say whether a need that has to do with form asks for knowledge besides."""
    return bool(_OWN.search(need) or _ASKS.search(need))


def _seen(remedy: Remedy, known: Known) -> tuple[str, ...]:
    told: list[str] = []
    if remedy in {Remedy.RETRIEVAL, Remedy.BOTH}:
        told += _of_facts(known.runs)
    if remedy is not Remedy.RETRIEVAL:
        told += _of_voice(known.runs)
        told += [f"Last evaluation of an adapter: {known.evaluation}"] if known.evaluation else []
    return tuple(told) or ("No run of the bench bears on it yet.",)


def _of_facts(runs: Sequence[BenchRun]) -> list[str]:
    """Say what models cited alone, and what the library's answers did, over all runs."""
    alone = [t for run in runs for t in run.arms if t.arm is Arm.MODEL_ALONE and t.ran]
    found = [t for run in runs for t in run.arms if t.arm is Arm.RETRIEVAL and t.ran]
    told: list[str] = []
    if alone:
        made = sum(len(t.not_held) for t in alone)
        all_of = made + sum(t.not_from_sources for t in alone)
        told.append(
            f"A model alone, {len(alone)} runs: {made} of the {all_of} citations it wrote are not "
            "in the library."
        )
    if found:
        made = sum(len(t.not_held) for t in found)
        told.append(
            f"With retrieval, {len(found)} runs: {sum(t.cited for t in found)} sources cited, "
            f"{made} citations not in the library."
        )
    return told


def _of_voice(runs: Sequence[BenchRun]) -> list[str]:
    told: list[str] = []
    for arm in (Arm.RETRIEVAL, Arm.RETRIEVAL_PROMPT, Arm.RETRIEVAL_STYLE):
        scores = [t.voice for run in runs for t in run.arms if t.arm is arm and t.voice is not None]
        if scores:
            mean = sum(scores) / len(scores)
            told.append(f"{arm.capitalize()}, {len(scores)} runs: sounds like us {mean:.0%}.")
    return told
