"""The words with which courts treat cases, as patterns over sentences whose cases are numbered.

In such a sentence `⟦0⟧` stands for the case asked about and `⟦1⟧`, `⟦-1⟧` for others: "⟦1⟧,
overruling ⟦0⟧". Who treats whom is in the order of the words, and so in the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from core.model import Treatment

ONE = r"⟦-?\d+⟧"
# `⟦1⟧, ⟦0⟧, and ⟦2⟧` are treated alike.
MANY = rf"{ONE}(?:,?(?: and| or| as well as)?(?: the| in| of)? ?{ONE})*"
_LY = r"[a-z]{3,}ly"
# Words that stand between a case and what is done to it, and are no subject of their own.
_BETWEEN = (
    r"is|was|are|were|has|have|had|must|should|shall|will|would|may|might|can|could|cannot|ought"
    r"|to|be|been|being|stands?|now|hereby|therefore|thus|both|also|then|since|later|long|soon"
    r"|itself|in effect|in part|in turn|in substance|in (?:this|that) respect|for that reason"
    r"|to (?:this|that) extent|pro tanto|as|considered|regarded|treated|deemed|viewed|taken|not"
    r"|never|and|it|so|far|too|either|all but|sub silentio|nonetheless|however|accordingly"
    r"|at least|which|by implication|on (?:an)?other grounds?|the same|we (?:think|hold|conclude)"
)
_AUX = rf"(?:[\s,)]+(?:{_BETWEEN}|{_LY})\b)"
# Before the case: `overruled, in part, our decision in ⟦0⟧`, once the decision is a number too.
_HOW = rf"(?:[\s,(]+(?:{_BETWEEN}|the|our|own|any|of|{_LY})\b)"
# Between a subject and its verb: `⟦1⟧ expressly overruled`.
_WAY = rf"(?:,? (?:has|have|had|having|also|then|in part|in effect|in turn|{_LY}))"
# `⟦0⟧, so far as it holds that …, is` and `⟦0⟧ that …`: what the treated part says.
_CLAUSE = r"(?:,? (?:that|which|to the extent|insofar as|so far as|in so far as)\b[^;⟦⟧]{1,220}?)?"
# `⟦0⟧ is a source of confusion and must be …`: what else is said of it first.
_ALSO = r"(?: (?:is|are|was|were|has|have|goes?|proved)\b[^;⟦⟧]{1,160}?,? and(?= ))?"
_QUALIFIED = (
    r"(?:[\s,(]+(?:in (?:relevant |large )?part|on (?:an)?other grounds?|and remanded|en banc"
    r"|on (?:different|unrelated) grounds?|as to [^,⟦⟧]{1,60}|sub silentio|sub nom\.))*"
)
_BY = rf"{_QUALIFIED}[\s,(]*(?:by|in|as (?:stated|recognized|noted|explained) (?:in|by))?[\s,:]*"


class Way(Enum):
    """How a verb is put: what stands before it and behind it differs with each."""

    PASSIVE = 1
    HISTORY = 2
    OF_ANOTHER = 3
    IN_ANOTHER = 4
    ACTIVE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that treat a case.

    Groups of `pattern`: `t` the cases treated, `by` the one that treats them, `verb` the treating
    word, `be` or `how` what stands between. A sentence without `cue` has none of it.
    """

    treatment: Treatment
    pattern: re.Pattern[str]
    cue: str = ""
    # Said of a decision of its own court or one below it ends it; said by others it is a critique.
    ends: bool = False
    way: Way = Way.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verb:
    treatment: Treatment
    cue: str
    base: str
    ed: str
    ing: str
    ends: bool = False

    @property
    def s(self) -> str:
        return f"{self.base[:-1]}ies" if self.base.endswith("fy") else f"{self.base}s"


def _verb(treatment: Treatment, base: str, *, ends: bool = False) -> _Verb:
    stem = base.removesuffix("e")
    past = f"{base[:-1]}ied" if base.endswith("fy") else f"{stem}ed"
    return _Verb(
        treatment=treatment,
        cue=base[:-1],
        base=base,
        ed=past,
        ing=f"{stem}ing",
        ends=ends,
    )


_VERBS = (
    _verb(Treatment.OVERRULED, "overrule"),
    _Verb(
        treatment=Treatment.REVERSED,
        cue="rev",
        base="reverse",
        ed=r"(?:reversed|rev['’]d)",
        ing=r"(?:reversing|rev['’]g)",
    ),
    _Verb(
        treatment=Treatment.VACATED,
        cue="",
        base="vacate",
        ed=r"(?:(?:(?:judgment|opinion|order) )?(?:vacated|vac['’]d)|opinion withdrawn)",
        ing="vacating",
    ),
    _verb(Treatment.ABROGATED, "abrogate"),
    _verb(Treatment.SUPERSEDED, "supersede"),
    *(
        _verb(Treatment.OVERRULED, base, ends=True)
        for base in ("disapprove", "repudiate", "renounce", "abandon", "discard")
    ),
    *(_verb(Treatment.QUESTIONED, base) for base in ("question", "doubt", "undermine", "erode")),
    *(_verb(Treatment.CRITICIZED, base) for base in ("criticize", "reject")),
    *(_verb(Treatment.LIMITED, base) for base in ("limit", "confine", "narrow", "qualify")),
    _Verb(
        treatment=Treatment.DISTINGUISHED,
        cue="distinguish",
        base="distinguish",
        ed="(?:distinguished|distinguishable)",
        ing="distinguishing",
    ),
    *(_verb(Treatment.EXPLAINED, base) for base in ("clarify", "explain")),
    *(_verb(Treatment.FOLLOWED, base) for base in ("reaffirm", "follow")),
    _Verb(treatment=Treatment.FOLLOWED, cue="appl", base="apply", ed="applied", ing="applying"),
)


# After the verb in a history: `rev'd on other grounds,`, `overruled by`, and no object.
_NO_OBJECT = r"(?=\s*(?:[,.;)]|(?:by|in|on|as|sub|and remanded|and vacated|en banc)\b|$))"


def _of_verb(verb: _Verb) -> Iterator[Phrase]:
    """Yield the ways of a verb, those that say most of who treats whom first."""
    active = f"{verb.base}|{verb.s}|{verb.ed}|{verb.ing}"
    object_ = rf"(?:{_HOW}{{1,6}},?)?\s+(?P<t>{MANY})"
    ways = (
        # ⟦0⟧ was, in effect, overruled by ⟦1⟧
        (
            rf"(?P<t>{MANY})(?:,? and (?:the )?(?:cases|decisions|its progeny)\b[^,;⟦⟧]{{0,50}})?"
            rf"{_CLAUSE}{_ALSO}(?P<be>{_AUX}*[\s,]+(?:is|are|was|were|be|been|being|as|stands?){_AUX}*)[\s,)]+"
            rf"(?P<verb>{verb.ed})\b"
            rf"(?:{_QUALIFIED}(?:[^⟦⟧;]{{0,50}}? by|[\s,]+in) (?P<by>{ONE}|[^,;.⟦⟧]{{3,60}}))?"
        ),
        # ⟦0⟧, overruled on other grounds by ⟦1⟧; ⟦0⟧, rev'd, ⟦1⟧
        (
            rf"(?P<t>{ONE})(?:\s*[,;(\[]+\s*{_AUX}{{0,3}}(?:\s*(?:{_LY}|in part),?\s)?"
            rf"|\s+(?=\S+\sby\b))(?P<verb>{verb.ed})\b{_NO_OBJECT}{_BY}(?P<by>{ONE})?"
        ),
        # ⟦1⟧, which overruled ⟦0⟧; ⟦1⟧ (overruling ⟦0⟧); ⟦1⟧ overruled ⟦0⟧
        (
            rf"(?P<by>{ONE})(?P<how>(?:,? (?:which|that))?{_WAY}{{0,4}} "
            rf"(?P<verb>{verb.ed}|{verb.s})|[\s,;:(—-]*{_WAY}{{0,4}}\s*(?P<doing>{verb.ing}))\b{object_}"
        ),
        # In ⟦1⟧, we overruled ⟦0⟧
        (
            rf"\b[Ii]n (?P<by>{ONE}),?(?P<how>(?: [^⟦⟧;]{{0,80}})?\b(?:we|[Cc]ourt|it)\b"
            rf"{_WAY}{{0,5}})\s+(?P<verb>{verb.ed})\b{object_}"
        ),
        # we overrule ⟦0⟧; overruling ⟦0⟧; the Court overruled ⟦0⟧ in ⟦1⟧
        rf"\b(?P<verb>{active})\b{object_}(?:,? in (?P<by>{ONE}))?",
    )
    for way, text in zip(Way, ways, strict=True):
        yield Phrase(
            treatment=verb.treatment,
            pattern=re.compile(text),
            cue=verb.cue,
            ends=verb.ends,
            way=way,
        )


def _said(treatment: Treatment, *ways: str, ends: bool = False) -> Iterator[Phrase]:
    for way in ways:
        whole = way.replace("{T}", rf"(?P<t>{MANY})").replace("{AUX}", f"{_CLAUSE}(?P<be>{_AUX}*)")
        kind = Way.PASSIVE if way.startswith("{T}") else Way.ACTIVE
        yield Phrase(treatment=treatment, pattern=re.compile(whole), ends=ends, way=kind)


PHRASES: tuple[Phrase, ...] = (
    *(phrase for verb in _VERBS for phrase in _of_verb(verb)),
    *_said(
        Treatment.OVERRULED,
        r"{T}{AUX}[\s,]+(?:can ?not|can no longer|no longer)"
        r" (?:survives?|stands?|be sustained|be followed|be regarded as (?:good|sound) law)",
        r"{T}{AUX}[\s,]+no longer(?: (?:be|deemed|considered|regarded as|treated as|viewed as|to be"
        r"|an?|the))* (?:(?:valid|sound|binding|controlling|viable) )?"
        r"(?:good law|law|authority|precedent|controlling|authoritative|tenable)",
        r"(?:can ?not|do not|decline to|unable to|no longer) (?:approve|follow|adhere to|abide by)"
        r"(?: the| contrary| rule| holding| doctrine| view| of| in)* ?{T}",
        r"do not agree with (?:the )?{T}",
        r"(?:regard|consider|treat|deem|view) {T},? as (?:having been )?overruled",
        r"(?:do not|cannot) (?:consider|regard|think|feel) ourselves bound by[^;⟦⟧]{0,60} ?{T}",
        r"depart(?:ing)? from (?:the )?(?:rule |holding |doctrine )?(?:of |in )?{T}",
        ends=True,
    ),
    *_said(
        Treatment.QUESTIONED,
        r"(?:casts?|casting|throws?|raises?) (?:some |serious |grave |considerable |substantial )?"
        r"doubts? (?:up)?on (?:the )?(?:[a-z]+ ){0,6}(?:of |in )?{T}",
        r"{T}{AUX}[\s,]+(?:called|drawn|thrown|brought) into (?:serious |some )?(?:question|doubt)",
        r"(?:calls?|called|calling|draws?|drew) into (?:serious |some )?(?:question|doubt) ?{T}",
        r"(?:calls?|called|calling) {T} into (?:serious |some )?(?:question|doubt)",
        r"(?:continuing|continued) (?:vitality|validity|viability|force) of {T}[^.;⟦⟧]{0,40}"
        r"(?:doubt|question|open)",
        r"{T}[^.;⟦⟧]{0,40}\b(?:is|was|were) (?:wrongly|incorrectly|erroneously) decided",
        r"(?:reconsider|reexamine|revisit)(?:ing|ed)? (?:our )?{T}",
    ),
    *_said(
        Treatment.CRITICIZED,
        r"(?:disagree|disagreed|disagreeing) with (?:the )?(?:[a-z]+ ){0,5}(?:of |in )?{T}",
        r"(?:declin(?:e|ed|ing)|refus(?:e|ed|ing)) to (?:follow|adopt|apply)"
        r"(?: the| rule| holding| approach| reasoning| test| of| in)* ?{T}",
    ),
    *_said(
        Treatment.LIMITED,
        r"(?:declin(?:e|ed|ing)|refus(?:e|ed|ing)) to extend {T}",
        r"(?:limit(?:s|ed|ing)?|confin(?:e|es|ed|ing)) {T} to (?:its|their) (?:own )?facts",
    ),
    *_said(
        Treatment.DISTINGUISHED,
        r"{T}{AUX}[\s,]+(?:inapposite|inapplicable|unavailing|distinguishable|not controlling"
        r"|not to the contrary|not in point|of no help)",
        r"{T}[\s,]+(?:can|could|may|does|do|will) ?not (?:control|govern|apply|compel|resolve)",
        r"[Rr]eliance (?:up)?on {T}[^.;⟦⟧]{0,30}(?:misplaced|unavailing)",
        r"\b[Uu]nlike (?:in )?{T}",
    ),
    *_said(
        Treatment.FOLLOWED,
        r"(?:adher(?:e|es|ed|ing) to|controlled by|governed by|bound by|foreclosed by) {T}",
        r"{T}[\s,]+(?:directly )?(?:controls|governs|forecloses|compels|is controlling"
        r"|is dispositive)",
    ),
)
# Nouns that are overruled, sustained and followed in every trial, and are no case.
OF_A_TRIAL = re.compile(
    r"\b(?:objections?|motions?|demurrers?|exceptions?|pleas?|challenges?|verdict)\b[^⟦⟧]{0,60}$",
    re.IGNORECASE,
)
