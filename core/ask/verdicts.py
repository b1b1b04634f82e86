"""What is shown of each sentence of a draft: with its markers, with its mark, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.ask.citing import Cited
from core.ask.markers import Parted, marked
from core.ask.plain import plain_line
from core.law.bluebook import cite_name
from core.model import (
    ENDS_LAW,
    LEADING_KINDS,
    Claim,
    Extent,
    OpinionKind,
    Source,
    Support,
    Treated,
)

_NOT_LAW = {
    OpinionKind.DISSENT: "A dissent says: ",
    OpinionKind.CONCUR_DISSENT: "A separate opinion, dissenting in part, says: ",
    OpinionKind.CONCURRENCE: "A concurrence says: ",
    OpinionKind.CONCURRENCE_IN_JUDGMENT: "A concurrence in the judgment says: ",
    OpinionKind.SEPARATE: "A separate opinion says: ",
    OpinionKind.STATEMENT: "A separate statement says: ",
    OpinionKind.SYLLABUS: "The syllabus, which is not part of the opinion, says: ",
}
# Said at the beginning, and of the writing: "a separate rule" or "dissenters" do not say it.
_SAYS_SO = re.compile(
    r"\s*(?:As |In )?(?:(?:the|a|an|his|her|one) )?(?:[A-Z][\w.]+ [A-Z][\w’']+[’']s )?"
    r"(?:separate |partial )?"
    r"(?:dissent(?:ing opinion)?|concurrence|concurring opinion|separate (?:opinion|statement)"
    r"|syllabus)\b|\s*(?:Chief )?(?:Justice|Judge) [A-Z][\w’'-]+, (?:dissent|concurr)ing\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules say of a sentence. `doubt`: they leave it to a checker."""

    claim: Claim
    doubt: bool = False
    # Whether the model gave it source numbers that do not bear it out.
    pruned: bool = False
    # Whether a citation that nobody holds was taken out, or one marked as not from the sources.
    removed: bool = False
    outside: bool = False


def lead_in(kinds: Sequence[OpinionKind], text: str) -> str:
    """Return the words that go before a sentence which no leading opinion supports, or ''."""
    if not kinds or LEADING_KINDS.intersection(kinds) or _SAYS_SO.match(text):
        return ""
    return _NOT_LAW[kinds[0]]


def lead_of(sources: Sequence[Source], text: str) -> str:
    """Return the words that go before a sentence that none of its sources gives as the law.

    A dissent is said to be one; of a case that was overruled, reversed or the like, as a whole or
    in part, that is said.
    """
    lead = lead_in([source.passage.kind for source in sources], text)
    ended = [_ended(source) for source in sources]
    if lead or not sources or None in ended:
        return lead
    treated = ended[0]
    if treated is None or treated.treatment in text:
        return ""
    extent = "" if treated.extent is Extent.WHOLE else f" {treated.extent}"
    name = plain_line(cite_name(sources[0].case.case_name))
    return f"{name}, since {treated.treatment}{extent}, said: "


def _ended(source: Source) -> Treated | None:
    treated = source.treated
    return treated if treated is not None and treated.treatment in ENDS_LAW else None


def with_citations(verdict: Verdict, cited: Cited) -> Verdict:
    """Note what became of the citations that the model wrote by itself."""
    return replace(verdict, removed=cited.removed, outside=bool(cited.outside))


def settled(verdict: Verdict, checker: str, *, confirmed: bool) -> Verdict:
    """Return what the rules left open as a checker decided it."""
    claim = verdict.claim
    if confirmed:
        claim = replace(claim, support=Support.SUPPORTED, reason=None, checked_by=checker)
        return replace(verdict, claim=claim, doubt=False)
    refused = f"The checker ({checker}) does not say that the source bears it out."
    return replace(verdict, claim=replace(claim, reason=refused, checked_by=checker), doubt=False)


def with_mark(verdict: Verdict) -> Verdict:
    """Return a verdict so that what is unsupported is shown, with its mark."""
    if verdict.claim.support is not Support.UNSUPPORTED:
        return verdict
    return replace(verdict, claim=replace(verdict.claim, marked=True))


def joined(draft: Parted, verdicts: Sequence[Verdict]) -> str:
    """Write what may be shown of a draft, in its paragraphs."""
    paragraphs: dict[int, list[str]] = {}
    for sentence, verdict in zip(draft.sentences, verdicts, strict=True):
        if shown := _shown(verdict):
            paragraphs.setdefault(sentence.paragraph, []).append(shown)
    return "\n\n".join(" ".join(shown) for shown in paragraphs.values())


def _shown(verdict: Verdict) -> str:
    claim = verdict.claim
    if claim.marked:
        return f"{claim.text} [not supported: {claim.reason}]"
    if claim.support is Support.UNSUPPORTED:
        return ""
    return marked(claim.text, claim.sources)


def notices(verdicts: Sequence[Verdict], unknown: Sequence[int]) -> tuple[str, ...]:
    """Say what was left out, removed or marked."""
    said: list[str] = []
    unsupported = [verdict.claim for verdict in verdicts if not _stands(verdict)]
    if unsupported:
        one = len(unsupported) == 1
        some = "One sentence was" if one else f"{len(unsupported)} sentences were"
        what = "marked" if unsupported[0].marked else "left out"
        said.append(f"{some} {what}: no source supports {'it' if one else 'them'}.")
    if unknown:
        said.append("The model gave source numbers that do not exist; they were removed.")
    if any(verdict.pruned for verdict in verdicts):
        said.append(
            "The model gave source numbers that do not bear out their sentence; they were removed."
        )
    if any(verdict.removed for verdict in verdicts):
        said.append("A citation the model wrote that is not among the sources was removed.")
    if any(verdict.outside for verdict in verdicts):
        said.append(
            "The model cited a case of the library that is not among the sources: it is marked, "
            "and supports nothing."
        )
    return tuple(said)


def _stands(verdict: Verdict) -> bool:
    return verdict.claim.support is not Support.UNSUPPORTED
