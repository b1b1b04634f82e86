"""The firm's voice: an answer that is grounded already, worded as the firm words things.

Ground first, voice second. Each sentence worded anew goes through the content lock and is held
against its sources again; where one fails, the plain one stays and the footer says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from core.ask.answer import EXTRACTIVE
from core.ask.ground import UNCHECKED, Checks, Grounder
from core.ask.markers import marked
from core.ask.restating import same_meaning
from core.errors import ModelFailed
from core.model import (
    Answer,
    Claim,
    Standing,
    Support,
    Unsupported,
    Voice,
    Wording,
)
from core.style.card.manner import card_told
from core.style.choosing import Chosen
from core.style.lock.lock import changed
from core.style.lock.tokens import Locked, locked, unlocked
from core.style.restyler import Restyler

NO_MODEL = "no language model is set"
EXTRACTS = "the answer is quoted from the opinions, and quotations are not reworded"
NOTHING_TO_WORD = "there was no answer to word"
NOT_PASSED = "the reworded answer did not pass the content lock, so the plain one is shown"
PASSED = "passed"
FELL_BACK = "The style model gave no wording, so the plain answer is shown. {}."
NO_LONGER = "in the new words it no longer rests on its source"
NOT_GIVEN = "the style model gave no line for it"
HOW_MANY = "it changed how many sentences there are"
SHOWN_OTHERWISE = "in the new words it could not be shown as it was worded"

_SMALL = re.compile(r"\b[a-z]+\b")
# With a capital in the middle of a sentence a word may be a name, however often it is none.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")


def speak(
    answer: Answer,
    chosen: Chosen,
    speaker: Callable[[], Restyler | None],
    checks: Checks | None = None,
) -> Answer:
    """Return the answer in the chosen voice, or as it was, its footer saying which and why.

    `checks` are those that the answer was grounded with. A sentence whose new wording does not
    pass stays as it was; where the restyler fails, all do, and a notice says so.
    """
    if chosen.voice is Voice.OFF:
        return _plain(answer, chosen.reason)
    try:
        restyler = speaker()
        if (why := _unworded(answer, restyler)) is not None or restyler is None:
            return _plain(answer, why)
        shown = [claim for claim in answer.claims if claim.support is not Support.UNSUPPORTED]
        ordinary = _ordinary(answer)
        known = [locked(marked(claim.text, claim.sources), ordinary) for claim in shown]
        lines = restyler.restyle([each.line for each in known])
    except ModelFailed as failure:
        fallen = _plain(answer, str(failure))
        return replace(fallen, notices=(*fallen.notices, FELL_BACK.format(f"{failure}.")))
    worded = _worded(shown, known, lines, answer, checks or Checks())
    spoken = _spoken(answer, chosen.voice, worded, card_told(restyler))
    if spoken.footer.voice is Voice.OFF:
        return spoken
    return replace(spoken, footer=replace(spoken.footer, speaks=chosen.speaks))


def _unworded(answer: Answer, restyler: Restyler | None) -> str | None:
    """Say why an answer is not to be worded anew; None where it is."""
    if restyler is None:
        return NO_MODEL
    if answer.standing is Standing.ABSTAINED:
        return NOTHING_TO_WORD
    return EXTRACTS if answer.footer.answer_model == EXTRACTIVE else None


def _plain(answer: Answer, reason: str | None, lock: str | None = None) -> Answer:
    return replace(
        answer,
        footer=replace(answer.footer, voice=Voice.OFF, voice_reason=reason, lock=lock),
    )


def _ordinary(answer: Answer) -> frozenset[str]:
    """Return the words that the sources write in small letters: they are nobody's names."""
    text = "\n".join(source.passage.text for source in answer.sources)
    names = {name.lower() for name in _NAME.findall(text)}
    return frozenset(word for word in _SMALL.findall(text) if word not in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worded:
    """A sentence that is shown: as it was, and as it is to be; why it stays, where it does."""

    plain: Claim
    claim: Claim
    refused: str | None = None


def _spoken(answer: Answer, voice: Voice, worded: list[_Worded], card: str | None) -> Answer:
    """Put the sentences that passed into the answer."""
    refused = [one.refused for one in worded if one.refused is not None]
    told = replace(
        answer,
        wordings=tuple(
            Wording(plain=one.plain.text, spoken=one.claim.text, refused=one.refused)
            for one in worded
        ),
    )
    if len(refused) == len(worded):
        return _plain(told, NOT_PASSED, f"not passed: {refused[0]}" if refused else None)
    lock = f"{len(refused)} of {len(worded)} sentences kept plain" if refused else PASSED
    new = [one.claim for one in worded]
    return replace(
        told,
        text=_put(answer.text, [one.plain for one in worded], new),
        claims=_merged(answer.claims, new),
        footer=replace(answer.footer, voice=voice, voice_reason=None, lock=lock, card=card),
    )


def _worded(
    shown: list[Claim],
    known: list[Locked],
    lines: Mapping[int, str],
    answer: Answer,
    checks: Checks,
) -> list[_Worded]:
    rules = replace(checks, checker=None, unsupported=Unsupported.DROP)
    grounder = Grounder(answer.sources, rules)
    worded = [
        _held(claim, each, lines.get(n), grounder)
        for n, (claim, each) in enumerate(zip(shown, known, strict=True), start=1)
    ]
    return _decided(worded, answer, replace(rules, checker=checks.checker))


def _held(claim: Claim, known: Locked, line: str | None, grounder: Grounder) -> _Worded:
    """Return the sentence worded anew (unsupported: a checker decides), or as it was and why."""
    if line is None:
        return _Worded(plain=claim, claim=claim, refused=NOT_GIVEN)
    line = " ".join(line.split())
    if line == known.line:
        return _Worded(plain=claim, claim=claim)
    new = _grounded(claim, known, line, grounder)
    if isinstance(new, str):
        return _Worded(plain=claim, claim=claim, refused=new)
    return _Worded(plain=claim, claim=new)


def _grounded(claim: Claim, known: Locked, line: str, grounder: Grounder) -> Claim | str:
    """Hold a new wording against the plain one and its sources, or say why it may not be shown."""
    if (broken := changed(known, line)) is not None:
        return broken
    spoken = unlocked(line, known.kept)
    claims = grounder.ground(spoken).claims
    if len(claims) != 1 or claims[0].sources != claim.sources:
        return HOW_MANY
    if marked(claims[0].text, claim.sources) != spoken:
        return SHOWN_OTHERWISE
    if claims[0].support is not Support.UNSUPPORTED:
        return claims[0]
    if claims[0].reason != UNCHECKED:
        return NO_LONGER
    # What was supported stays so in words that mean the same.
    same = same_meaning(claims[0].text, claim.text)
    return replace(claim, text=claims[0].text) if same else claims[0]


def _decided(worded: list[_Worded], answer: Answer, checks: Checks) -> list[_Worded]:
    """Have the checker decide, all at once, what the rules leave open; what falls stays plain."""
    doubts = [one for one in worded if one.claim.support is Support.UNSUPPORTED]
    if not doubts:
        return worded
    lines = "\n\n".join(marked(one.claim.text, one.claim.sources) for one in doubts)
    decided = Grounder(answer.sources, checks).ground(lines).claims
    # Where they are not one for one, nobody can say which was decided.
    settled = iter(decided if len(decided) == len(doubts) else [one.claim for one in doubts])
    return [
        _settled(one, next(settled)) if one.claim.support is Support.UNSUPPORTED else one
        for one in worded
    ]


def _settled(one: _Worded, decided: Claim) -> _Worded:
    if decided.support is Support.UNSUPPORTED:
        return replace(one, claim=one.plain, refused=NO_LONGER)
    return replace(one, claim=decided)


def _put(text: str, plain: list[Claim], new: list[Claim]) -> str:
    """Return the answer's text with each sentence in its new words, paragraphs as they were."""
    pieces: list[str] = []
    at = 0
    for old, worded in zip(plain, new, strict=True):
        written = marked(old.text, old.sources)
        start = text.index(written, at)
        pieces += [text[at:start], marked(worded.text, worded.sources)]
        at = start + len(written)
    return "".join([*pieces, text[at:]])


def _merged(claims: tuple[Claim, ...], new: list[Claim]) -> tuple[Claim, ...]:
    """Return the claims in their order, those that are shown in their new words."""
    worded = iter(new)
    return tuple(
        claim if claim.support is Support.UNSUPPORTED else next(worded) for claim in claims
    )
