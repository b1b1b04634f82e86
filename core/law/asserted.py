"""Whether a sentence says that something is done: not denied, not asked for, not supposed.

"We overrule Austin" does it; "we decline to overrule Austin", "petitioner asks us to overrule
Austin" and "whether Austin should be overruled" do not.
"""

from __future__ import annotations

import re
from enum import Enum

_DENIED = re.compile(
    r"(?:\b(?:not|never|nor|neither|without|cannot|hardly|far from|short of|rather than|instead of"
    r"|avoid|no (?:need|reason|occasion|intention|intent|basis|cause|warrant|more than)|nothing"
    r"|declin\w*|refus\w*|reluctan\w*|unwilling\w*|hesitat\w*|unnecessary|resist\w*)\b|n['’]t\b)"
    r"[^;.⟦⟧]{0,50}$",
    re.IGNORECASE,
)
_DENIED_THAT = re.compile(
    r"(?:\b(?:not|never|hardly|cannot|den(?:y|ied|ies))\b|n['’]t\b)[^;.⟦⟧]{0,40}\bthat(?: \w+)?\s$"
    r"|\b(?:[Nn]either|nor|no)\s$"
)
# Asked for, argued, supposed: by a party, a dissent, or the court for argument's sake.
_SUPPOSED = re.compile(
    r"\b(?:whether|if|unless|asks?|asked|asking|urg(?:es?|ed|ing)|invit\w+|requests?|requested"
    r"|seeks?|sought|argu\w+|conten[dt]\w*|insist\w*|claim(?:s|ed|ing)?|assert\w*|suggest\w*"
    r"|maintains?|submits?|propos\w+|says? (?:that|we|should)|said that|absent|intend(?:s|ed)?"
    r"|intent(?:ion)?|power to|authority to|free to|could|might|may|can|calls? (?:on|upon) us"
    r"|accus\w+|warn\w*|assum(?:e|es|ed|ing)|fear\w*|have us|in addition to|to decide"
    r"|(?:case|argument|ground|reason|justification|basis|effort|attempt|bid)s? (?:for|to))\b"
    r"[^;]{0,220}$",
    re.IGNORECASE,
)
# The court itself: `we hold that …`, or the verb's own subject.
_BUT_WE = re.compile(
    r"\b[Ww]e (?:now |therefore |thus |accordingly |also )?(?:accept|hold|conclude|agree|think"
    r"|believe|find|are of (?:the )?opinion|must|are (?:now )?constrained)\b"
    r"|\b(?:[Ww]e|[Cc]ourt)(?: \w+ly| now| today| also| therefore| thus)?\s$|\bhereby\b"
)
_WOULD = re.compile(r"\b(?:would|should|ought to)\b(?! be and (?:now|hereby) )")
_MODAL = re.compile(r"\b(?:may|might|can|could|cannot)\b(?! no longer)")
_AND_NOW_IS = re.compile(r"\band (?:now |hereby )?(?:is|are)\b")
_NOT = re.compile(r"\b(?:not|never|nor)\b|n['’]t\b")
_SAID_NOW = re.compile(r"\b(?:is|are|must|should be and|hereby|now|today|stands?|as)\b")
_DONE_BEFORE = re.compile(r"\b(?:been|was|were|had|has)\b")
_OUR_VOICE = re.compile(r"\b(?:we|I|hereby|today|now)\b[^;⟦⟧]{0,60}$")
# The subject of a verb in the past: without one, `overruled ⟦0⟧` is no sentence.
_SUBJECT = re.compile(
    r"\b(?:we|[Cc]ourt|it|which|Congress|[Ll]egislature|[Cc]ircuit|[Pp]anel|decision|opinion|Act"
    r"|amendment|Amendment|statute)\b[^;⟦⟧]{0,80}$"
)
_TODAY = re.compile(
    r"\b(?:(?:our|the|this|today['’]s|present|instant) (?:present |instant )?"
    r"(?:decision|opinion|holding|case)(?: in this case| today| herein)?"
    r"|what (?:is|we) (?:here )?(?:said|say|decide|hold)|today)\b"
)
_MUST = re.compile(r"\b(?:must|regard)\b")
_NEAR_VERB = 30  # letters: `I would therefore overrule`


class Said(Enum):
    """How a thing is said: as done, as what should be done, or not at all."""

    DONE = 1
    SHOULD_BE = 2
    NOT_SAID = 3


def said(clause: str, between: str, *, after_case: bool) -> Said:
    """Judge a treating verb by its clause up to it, and by what stands between it and the case.

    `after_case`: the case stands before the verb, `⟦0⟧ is overruled`, and the clause ends there.
    """
    if (_DENIED_THAT if after_case else _DENIED).search(clause) or _NOT.search(between):
        return Said.NOT_SAID
    if _BUT_WE.search(clause) or _AND_NOW_IS.search(between):
        return Said.DONE
    if _SUPPOSED.search(clause) or _MODAL.search(between):
        return Said.NOT_SAID
    if not _WOULD.search(f"{clause} {between}"):
        return Said.DONE
    near = _WOULD.search(f"{clause[-_NEAR_VERB:]} {between}")
    return Said.SHOULD_BE if near else Said.NOT_SAID


def is_denied(clause: str) -> bool:
    """Say whether a clause denies what the words after it say."""
    return _DENIED_THAT.search(clause) is not None


def has_subject(clause: str) -> bool:
    """Say whether a verb in the past has a court or a legislature before it."""
    return _SUBJECT.search(clause) is not None


def is_our_voice(clause: str) -> bool:
    """Say whether the court that writes is the subject: `we now join …, overruling`."""
    return _OUR_VOICE.search(clause) is not None


def is_today(words: str) -> bool:
    """Say whether a doer is the decision in hand: `the decision in this case`."""
    return _TODAY.search(words) is not None


def is_done_now(clause: str, between: str, *, by_verb: bool) -> bool:
    """Say of a passive whether this court does it, or tells that it was done."""
    if _MUST.search(f"{clause} {between}"):
        return True
    now = not by_verb or _SAID_NOW.search(between) or _BUT_WE.search(clause)
    return bool(now) and not _DONE_BEFORE.search(between)
