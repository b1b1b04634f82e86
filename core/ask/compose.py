"""Put the sentences picked in order: the conclusion first, by point, by weight, what is against it.

Nothing is worded here but the few words that say whose a sentence is, or that it speaks against
the rest; every sentence is an opinion's own, and the whole is never more than a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.ask.authority import weight_of
from core.ask.evidence import denies
from core.ask.extract import Scored
from core.ask.markers import marked
from core.ask.sources import is_law
from core.ask.verdicts import lead_of
from core.ask.wanted import Wanted
from core.ask.whole import sets_apart
from core.model import CaseId, Claim, Source, Support

MOST_SENTENCES = 6
MOST_CASES = 3
MOST_OF_ONE_CASE = 3
# Of those that speak against the rest.
MOST_AGAINST = 2
# A page of a brief holds some 3,000 characters; an extract stays under it.
LONGEST_EXTRACT = 2_600
# Two sentences that share this much of their words say the same; so much of their words beyond
# the question's, and they are on the same point.
SAME, SAME_POINT = 0.7, 0.25
# So much, and one that denies what the other says speaks against it.
OPPOSED = 0.5


class Role(StrEnum):
    """What a sentence does in an answer."""

    # What the answer rests on: the law, or the words of the very case that was asked about.
    LAW = "law"
    # From a dissent or another separate writing, or from a case that is good law no more.
    ASIDE = "aside"
    # A leading opinion of another case, which says what this one denies, or denies what it says.
    CONTRARY = "contrary"
    # A leading opinion that finds the rule not to reach its case.
    APART = "apart"


_LEADS = {
    Role.CONTRARY: "Compare, which may point the other way: ",
    Role.APART: "Compare, where a case was set apart: ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A sentence chosen, and what it does."""

    scored: Scored
    role: Role


# Sentences on one point, in the order they are shown.
Point = tuple[Quoted, ...]


def arrange(
    scored: Sequence[Scored],
    sources: Sequence[Source],
    wanted: Wanted,
    cited_by: Mapping[CaseId, int],
) -> tuple[Point, ...]:
    """Choose among sentences, the best first, and group them by point.

    A case that the question names opens, whatever became of it, and else the best of a leading
    opinion; on each point the weightier authority goes first. What speaks against the rest comes
    last. Without a leading opinion others speak, marked as such.
    """
    law = [each for each in scored if each.named or is_law(sources[each.sentence.source])]
    if not law:
        chosen = _chosen(scored, sources, MOST_OF_ONE_CASE)
        return _points([Quoted(scored=each, role=Role.ASIDE) for each in chosen], wanted, {})
    first = law[0]
    roles = {each.sentence: _role(each, first, sources) for each in scored}
    plain = [each for each in law if roles[each.sentence] is Role.LAW]
    against = [each for each in scored if roles[each.sentence] is not Role.LAW]
    main = _chosen(plain, sources, MOST_SENTENCES)
    room = LONGEST_EXTRACT - sum(len(each.sentence.text) for each in main)
    last = _against(against, room)
    weights = {
        each.sentence.source: weight_of(
            sources[each.sentence.source].case,
            cited_by.get(sources[each.sentence.source].case.case_id, 0),
        )
        for each in main
    }
    points = _points([Quoted(scored=each, role=Role.LAW) for each in main], wanted, weights)
    return (*points, *((Quoted(scored=each, role=roles[each.sentence]),) for each in last))


def written(points: Sequence[Point], sources: Sequence[Source], numbers: Mapping[int, int]) -> str:
    """Write one paragraph for each point; `numbers` are those of the sources, by index."""
    paragraphs: list[str] = []
    for point in points:
        pieces: list[str] = []
        before = ""
        for quoted in point:
            sentence = quoted.scored.sentence
            lead = lead_of([sources[sentence.source]], "") or _LEADS.get(quoted.role, "")
            said = marked(sentence.text, (numbers[sentence.source],))
            pieces.append(said if lead == before else lead + said)
            before = lead
        paragraphs.append(" ".join(pieces))
    return "\n\n".join(paragraphs)


def claims(points: Iterable[Point], numbers: Mapping[int, int]) -> tuple[Claim, ...]:
    """Return each sentence as a claim that is verified, being the opinion's own words."""
    return tuple(
        Claim(
            text=quoted.scored.sentence.text,
            support=Support.VERIFIED,
            sources=(numbers[quoted.scored.sentence.source],),
        )
        for point in points
        for quoted in point
    )


def _role(each: Scored, first: Scored, sources: Sequence[Source]) -> Role:
    source, leading = sources[each.sentence.source], sources[first.sentence.source]
    if each.named:
        return Role.LAW
    if not is_law(source):
        return Role.ASIDE
    if each is first or source.case.case_id == leading.case.case_id:
        return Role.LAW
    if sets_apart(each.sentence.text):
        return Role.APART
    shared = _shared(each.sentence.words, first.sentence.words)
    opposed = denies(each.sentence.text) != denies(first.sentence.text)
    return Role.CONTRARY if opposed and shared >= OPPOSED else Role.LAW


def _chosen(scored: Sequence[Scored], sources: Sequence[Source], most: int) -> list[Scored]:
    chosen: list[Scored] = []
    for each in scored:
        if len(chosen) < most and _has_room(chosen, each, sources):
            chosen.append(each)
    return chosen


def _has_room(chosen: Sequence[Scored], each: Scored, sources: Sequence[Source]) -> bool:
    case_ids = [sources[one.sentence.source].case.case_id for one in chosen]
    mine = sources[each.sentence.source].case.case_id
    length = sum(len(one.sentence.text) for one in chosen)
    return (
        case_ids.count(mine) < MOST_OF_ONE_CASE
        and len({*case_ids, mine}) <= MOST_CASES
        and length + len(each.sentence.text) <= LONGEST_EXTRACT
        and not any(_says_the_same(each, one) for one in chosen)
    )


def _against(against: Sequence[Scored], room: int) -> list[Scored]:
    """Choose what speaks against the rest; that it has the same words is in its nature."""
    chosen: list[Scored] = []
    for each in against:
        if len(each.sentence.text) <= room and not any(_says_the_same(each, one) for one in chosen):
            chosen.append(each)
            room -= len(each.sentence.text)
    return chosen[:MOST_AGAINST]


def _says_the_same(one: Scored, other: Scored) -> bool:
    return _shared(one.sentence.words, other.sentence.words) >= SAME


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _points(
    chosen: Sequence[Quoted], wanted: Wanted, weights: Mapping[int, float]
) -> tuple[Point, ...]:
    """Group sentences by what they say beyond the question's own words."""
    points: list[list[Quoted]] = []
    asked = frozenset(wanted.weights)
    for quoted in chosen:
        mine = quoted.scored.sentence.words - asked
        on = (
            point
            for point in points
            if any(_shared(mine, q.scored.sentence.words - asked) >= SAME_POINT for q in point)
        )
        point = next(on, None)
        if point is None:
            points.append([quoted])
        else:
            point.append(quoted)
    return tuple(_by_weight(point, weights, opens=n == 0) for n, point in enumerate(points))


def _by_weight(point: list[Quoted], weights: Mapping[int, float], *, opens: bool) -> Point:
    """Order a point by the weight of authority; the conclusion stays before all else."""
    kept = point[: 1 if opens else 0]
    rest = sorted(
        point[len(kept) :],
        key=lambda quoted: (
            -weights.get(quoted.scored.sentence.source, 0.0),
            quoted.scored.sentence.source,
            quoted.scored.sentence.span,
        ),
    )
    return (*kept, *rest)
