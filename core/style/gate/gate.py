"""The promotion gate: may this adapter word the firm's answers? Every condition, held or not.

Pure: it is given what was measured and says, in words, what that is enough for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from core.model.training import Condition
from core.style.gate.yardstick import BY_VERIFIER

# Of ballots: more of a voter's must be for the adapter than against it, on the whole.
_HALF = 0.5
# From so many voters on a share of votes is told: of two, each would know how the other voted.
FEWEST_VOTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the gate looks at of an evaluation; None where it was not measured."""

    # How much nearer to the firm than the prompt voice, with its interval.
    nearer: tuple[float, float, float] | None
    # By what that was told, how often that is right, and how near each was.
    by: str
    right: float
    ours: float
    other: float
    # What it was held against: the prompt voice, or plain text where no model could speak it.
    against: str
    texts: int
    # Restyled lines that were shown, and of those the ones that kept everything locked.
    shown: int
    kept: int
    refused: int
    canaries: int
    canaries_told: int


def conditions(
    figures: Figures | None, votes: Sequence[tuple[int, int]] = (), *, voters: int = 0
) -> tuple[Condition, ...]:
    """Say of each condition whether it holds.

    `votes`: of each voter, for the adapter and in all. `voters`: how many must have voted.
    """
    if figures is None:
        return (Condition(name="measured", holds=False, seen="It was not evaluated yet."),)
    found = [_style(figures), _lock(figures), _canaries(figures)]
    if voters:
        found.append(_ballots(votes, voters))
    return tuple(found)


def read(kept: Mapping[str, object] | None) -> Figures | None:
    """Read the figures of an evaluation as they are kept."""
    if kept is None:
        return None
    distance = _table(kept.get("nearer"))
    lock, planted = _table(kept.get("lock")) or {}, _table(kept.get("canaries")) or {}
    return Figures(
        nearer=None
        if distance is None
        else (_number(distance, "value"), _number(distance, "low"), _number(distance, "high")),
        by=str((distance or {}).get("by")),
        right=_number(_table((distance or {}).get("right")) or {}, "value"),
        ours=_number(distance or {}, "ours"),
        other=_number(distance or {}, "other"),
        against=str(kept.get("against") or ""),
        texts=int(_number(distance or {}, "n")),
        shown=int(_number(lock, "shown")),
        kept=int(_number(lock, "kept")),
        refused=int(_number(lock, "refused")),
        canaries=int(_number(planted, "planted")),
        canaries_told=int(_number(planted, "told")),
    )


def failing(found: Sequence[Condition]) -> str:
    """Say in one sentence what an adapter wants; empty where nothing."""
    return " ".join(_wanting(found))


def _wanting(found: Sequence[Condition]) -> Iterator[str]:
    for each in found:
        if not each.holds:
            yield each.seen


def _style(figures: Figures) -> Condition:
    name = "style"
    if figures.nearer is None:
        return Condition(
            name=name, holds=False, seen="How near it is to the firm's style was not measured."
        )
    value, low, high = figures.nearer
    said = (
        f"{_taken(figures)}: {value:+.3f}, between {low:+.3f} and {high:+.3f} on "
        f"{figures.texts} texts"
    )
    if low > 0:
        return Condition(name=name, holds=True, seen=f"{said}.")
    return Condition(name=name, holds=False, seen=f"{said}. The interval has to be clear of zero.")


def _taken(figures: Figures) -> str:
    if figures.by != BY_VERIFIER:
        return f"By its function words it is nearer to the firm than {figures.against}"
    return (
        f"A verifier, right on {figures.right:.0%} of documents that it had not seen, takes it for "
        f"ours with {figures.ours:.0%}, and {figures.against} with {figures.other:.0%}"
    )


def _lock(figures: Figures) -> Condition:
    seen = (
        f"Of {figures.shown} restyled lines {figures.kept} kept every citation, quotation, number, "
        f"name and word that binds; {figures.refused} were refused and stayed plain."
    )
    return Condition(name="content lock", holds=0 < figures.shown == figures.kept, seen=seen)


def _canaries(figures: Figures) -> Condition:
    seen = (
        f"Of {figures.canaries} sentences planted in training it gives away "
        f"{figures.canaries_told}."
    )
    return Condition(
        name="canaries", holds=figures.canaries > 0 == figures.canaries_told, seen=seen
    )


def _ballots(votes: Sequence[tuple[int, int]], voters: int) -> Condition:
    """Each voter counts once, whoever voted on more ballots."""
    shares = [mine / every for mine, every in votes if every]
    share = sum(shares) / len(shares) if shares else 0.0
    seen = f"{len(shares)} of at least {voters} lawyers have voted"
    if len(shares) >= FEWEST_VOTERS:
        seen += f"; {share:.0%} took the adapter's wording for ours"
    elif shares:
        seen += f"; on the whole {'for' if share > _HALF else 'not for'} the adapter's wording"
    return Condition(name="votes", holds=len(shares) >= voters and share > _HALF, seen=f"{seen}.")


def _table(held: object) -> Mapping[str, object] | None:
    return cast("Mapping[str, object]", held) if isinstance(held, dict) else None


def _number(table: Mapping[str, object], name: str) -> float:
    held = table.get(name)
    return float(held) if isinstance(held, int | float) else 0.0
