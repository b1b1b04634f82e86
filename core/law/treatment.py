"""What a court does to an earlier case, read from its own sentence: overrules, limits, follows it.

Rules, and no more: each finding keeps the sentence it was derived from, for whoever judges it. What
is denied, asked for, supposed, or said by a dissent of its own court is not derived as done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.law.asserted import (
    Said,
    has_subject,
    is_denied,
    is_done_now,
    is_our_voice,
    is_today,
    said,
)
from core.law.mentions import TARGET, Mention
from core.law.numbered import numbered
from core.law.treatment_words import OF_A_TRIAL, ONE, PHRASES, Phrase, Way
from core.model import LEADING_KINDS, Extent, OpinionKind, Span, Treatment

# Who treats: the writer of the text, or a court that the words do not name.
WRITER, UNNAMED = -1_000_001, -1_000_002

_TARGET = f"⟦{TARGET}⟧"
_ORDER = list(Treatment)
# What ends a clause: what is said before it is not said of what comes after.
_CLAUSES = re.compile(r"[;:]|\bbut\b|\balthough\b|\bwhile\b")
_PARTLY = re.compile(
    r"\bin part\b|\bpartially\b|\bto (?:that|the|this) extent\b|\b(?:in)?sofar as\b|\bso far as\b"
    r"|\bparts? of\b|\bportions? of\b|\bin (?:that|this) (?:respect|particular)\b|\bpro tanto\b"
    r"|\bin the particular\b|\bin respect\b",
    re.IGNORECASE,
)
_OTHER_GROUNDS = re.compile(r"\bon (?:an)?other grounds?\b|\bon (?:different|unrelated) grounds?\b")
_NEARBY = 110  # letters around the treating words in which its extent is said
_BY_WHOM = re.compile(
    r"(?:[^⟦⟧;.]{0,60}\bby\s+)(?P<whom>statute|rule|regulation|constitutional amendment|Congress"
    r"|(?:the )?[A-Z][^,;()⟦⟧]{2,80})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A treatment of the case asked about, and the sentence that says so."""

    treatment: Treatment
    extent: Extent
    # Over the text: the sentence, with the one before where "that case" points back to it.
    sentence: Span
    # Number of the authority that treats, as the mentions have it, or WRITER or UNNAMED.
    by: int
    # What treats it, in the sentence's words, where that is no numbered case: `statute`.
    by_words: str = ""
    # True where only a court that may overrule the case can say so to that effect.
    in_effect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A phrase found in a numbered sentence, and the words around it that decide what it says."""

    phrase: Phrase
    match: re.Match[str]
    # Where the verb stands, and the words of its clause before it, or before the case.
    verb_at: int
    clause: str
    # What stands between the case and the verb.
    between: str
    sentence: Span

    def group(self, name: str) -> str:
        return self.match.groupdict().get(name) or ""

    @property
    def after_case(self) -> bool:
        return self.phrase.way in {Way.PASSIVE, Way.HISTORY}

    @property
    def is_past(self) -> bool:
        return self.group("verb").endswith("d") and not self.group("verb").endswith("eed")


def derive(
    text: str, named: Sequence[Mention], kind: OpinionKind = OpinionKind.MAJORITY
) -> tuple[Sign, ...]:
    """Derive what a text says is done to the case asked about, sentence by sentence.

    `named` are the mentions in it, as `mentions` gives them; `kind` is the writing it is from.
    What a dissent or concurrence would do to a case only questions it.
    """
    signs = (
        _as_written_by(sign, kind)
        for one in numbered(text, named, TARGET)
        if not one.written.endswith("?")
        for reading in _readings(one.written, one.span)
        if (sign := _sign(reading)) is not None
    )
    return tuple(sign for sign in signs if sign is not None)


def strongest(signs: Sequence[Sign]) -> Sign | None:
    """Return the worst of the signs for the case, the first of the like; None without any."""
    return min(signs, key=lambda sign: _ORDER.index(sign.treatment), default=None)


def _as_written_by(sign: Sign, kind: OpinionKind) -> Sign | None:
    """A separate writing treats nothing by itself; it may report what another court did."""
    if kind in LEADING_KINDS or sign.by not in {WRITER, UNNAMED}:
        return sign
    if sign.by == UNNAMED and sign.treatment is not Treatment.OVERRULED:
        return None
    if sign.treatment is Treatment.CRITICIZED:
        return sign
    if _ORDER.index(sign.treatment) > _ORDER.index(Treatment.CRITICIZED):
        return None
    return replace(sign, treatment=Treatment.QUESTIONED, in_effect=False)


def _readings(written: str, sentence: Span) -> Iterator[_Reading]:
    low = written.lower()
    told: set[int] = set()
    for phrase in PHRASES:
        if phrase.cue not in low:
            continue
        for match in phrase.pattern.finditer(written):
            at = _verb_at(match)
            # The ways of a verb go from those that say most of who treats whom to the others.
            if at in told:
                continue
            told.add(at)
            if _TARGET in match["t"] and match.groupdict().get("by") != _TARGET:
                yield _reading(phrase, match, at, sentence)


def _reading(phrase: Phrase, match: re.Match[str], at: int, sentence: Span) -> _Reading:
    after_case = phrase.way in {Way.PASSIVE, Way.HISTORY}
    before = match.string[: match.start("t") if after_case else at]
    return _Reading(
        phrase=phrase,
        match=match,
        verb_at=at,
        clause=_CLAUSES.split(before)[-1],
        between=_between(match),
        sentence=sentence,
    )


def _verb_at(match: re.Match[str]) -> int:
    groups = match.groupdict()
    named = next((name for name in ("verb", "doing") if groups.get(name)), None)
    return match.start(named) if named else match.end()


def _between(match: re.Match[str]) -> str:
    """Return the words between case and verb; `can` is not without its `no longer`."""
    groups = match.groupdict()
    if groups.get("be") is None:
        return groups.get("how") or ""
    longer = match.string.startswith(" no longer", match.end("be"))
    return f"{groups['be']} no longer" if longer else str(groups["be"])


def _sign(reading: _Reading) -> Sign | None:
    if _is_of_a_trial(reading) or _lacks_subject(reading):
        return None
    if reading.phrase.way is Way.HISTORY:
        how = Said.NOT_SAID if is_denied(reading.clause) else Said.DONE
    else:
        how = said(reading.clause, reading.between, after_case=reading.after_case)
    if how is Said.DONE:
        return _done(reading)
    overrules = reading.phrase.treatment is Treatment.OVERRULED and not reading.phrase.ends
    if how is Said.SHOULD_BE and overrules:
        # What a judge would do to a case, or says should be done, questions it.
        return Sign(
            treatment=Treatment.QUESTIONED,
            extent=Extent.WHOLE,
            sentence=reading.sentence,
            by=WRITER,
        )
    return None


def _done(reading: _Reading) -> Sign:
    return Sign(
        treatment=reading.phrase.treatment,
        extent=_extent(reading.match),
        sentence=reading.sentence,
        by=_by(reading),
        by_words=_by_words(reading),
        in_effect=reading.phrase.ends,
    )


def _is_of_a_trial(reading: _Reading) -> bool:
    """Objections are overruled and motions followed up in every trial."""
    match = reading.match
    words = match.string[match.start("t") : reading.verb_at]
    return OF_A_TRIAL.search(words if reading.after_case else reading.clause) is not None


def _lacks_subject(reading: _Reading) -> bool:
    active = reading.phrase.way is Way.ACTIVE and reading.is_past
    return active and not has_subject(reading.clause)


def _by(reading: _Reading) -> int:
    """Return who treats: a numbered case, the court that writes, or one that is not named."""
    by, verb = reading.group("by"), reading.group("verb")
    if re.fullmatch(ONE, by):
        return int(by.strip("⟦⟧"))
    if reading.phrase.way is Way.HISTORY:
        return UNNAMED
    if reading.phrase.way is Way.PASSIVE:
        now = is_done_now(reading.clause, reading.between, by_verb=bool(verb))
        told = now and (not by or is_today(by) or "must" in reading.between)
        return WRITER if told else UNNAMED
    reports = reading.is_past or (verb.endswith("ing") and not is_our_voice(reading.clause))
    return UNNAMED if reports else WRITER


def _by_words(reading: _Reading) -> str:
    """What treats it, where that is no numbered case: `statute`, `the Mountain Producers case`."""
    found = _BY_WHOM.match(reading.match.string, reading.verb_at)
    return found["whom"].strip() if found else ""


def _extent(match: re.Match[str]) -> Extent:
    before = match.string[max(0, match.start() - _NEARBY) : match.start()].rpartition(";")[2]
    after = re.match(rf"[^;⟦⟧]{{0,{_NEARBY}}}", match.string[match.end() :])
    around = before + match[0] + (after[0] if after else "")
    if _OTHER_GROUNDS.search(around):
        return Extent.OTHER_GROUNDS
    return Extent.IN_PART if _PARTLY.search(around) else Extent.WHOLE
