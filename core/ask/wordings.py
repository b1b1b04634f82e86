"""The few ways of wording that leave the meaning of a sentence of law as it is.

Short on purpose: what is not here is not taken for the same. Each pair was asked whether a court
could read the two apart; `shall` and `must`, `may` and `can`, `held` and `said` are not here.
"""

from __future__ import annotations

import re

from core.ask.evidence import NUMBER_WORDS

# Left: a phrase, in lower case. Right: the one form that both ways of writing get.
_PHRASES = {
    r"can ?not|can't": "can not",
    r"won't": "will not",
    r"(\w+)n't": r"\1 not",
    r"prior to": "before",
    r"subsequent to": "after",
    r"upon": "on",
    r"in order to|so as to": "to",
    r"pursuant to": "under",
    r"(?:with|in) (?:respect|regard) to|regarding|concerning": "about",
    r"in the event that": "if",
    r"(?:due|owing) to the fact that|for the reason that": "because",
    r"notwithstanding|in spite of": "despite",
    r"in the absence of": "without",
    r"until such time as": "until",
    r"so long as": "as long as",
    r"is dependent on": "depends on",
    r"are dependent on": "depend on",
    r"(?<!not )(?:is|are) required to": "must",
    r"(?<!not )(?:is|are) able to": "can",
    r"(?:carries|has) the burden": "bears the burden",
    r"(?:carry|have) the burden": "bear the burden",
    r"each and every": "every",
    r"null and void": "void",
    r"judgement": "judgment",
    r"lawyer(s?)": r"attorney\1",
    r"permit(s|ted)?": r"allow\1",
    r"allowted": "allowed",
    r"prohibit(s|ed|ing)?": r"forbid\1",
    r"commences": "begins",
    r"commence": "begin",
    r"terminates": "ends",
    r"terminate": "end",
    r"utilize(s|d)?": r"use\1",
    r"demonstrates": "shows",
    r"demonstrated": "showed",
    r"demonstrate": "show",
    r"demonstrating": "showing",
    r"whilst": "while",
    r"amongst": "among",
    r"towards": "toward",
    r"per cent": "percent",
}
PHRASES = (
    (re.compile("%"), " percent "),
    *((re.compile(rf"(?<![\w'])(?:{key})(?!\w)"), put) for key, put in _PHRASES.items()),
)
# Whether any of them is there: most sentences have none.
ANY_PHRASE = re.compile("|".join(["%", *(rf"\b(?:{key})(?!\w)" for key in _PHRASES)]))

# A verb as a court wrote it, and as "the court said that" shifts it. One way only.
_PASTS = """
    is was are were has had have had does did do did may might can could will would
    requires required require required depends depended depend depended bears bore bear bore
    holds held applies applied apply applied allows allowed allow allowed forbids forbade
    means meant mean meant gives gave give gave lies lay rests rested rest rested governs governed
    provides provided provide provided permits permitted begins began ends ended runs ran
    arises arose turns turned extends extended extend extended binds bound bind bound
    protects protected protect protected needs needed need needed owes owed owe owed
    shows showed show showed makes made make made takes took take took exists existed exist existed
    serves served serve served remains remained remain remained follows followed
    establishes established establish established includes included include included
    becomes became become became comes came come came calls called call called
"""
_FORMS = _PASTS.split()
PAST: dict[str, str] = dict(zip(_FORMS[::2], _FORMS[1::2], strict=True))

# Words that carry a sentence along and say nothing.
CARRYING = frozenset(
    "therefore thus accordingly moreover furthermore consequently additionally indeed also the "
    "that".split()
)
# The same only where commas or the beginning set them off: "however slight" says something.
SET_OFF = (
    r"however|instead|nevertheless|nonetheless|in addition|of course|in fact|in short|in sum"
    r"|in other words|in particular|specifically|notably|put differently|in conclusion"
    r"|to begin with|likewise|similarly|further|finally|therefore|thus|accordingly|hence"
    r"|in brief|briefly|simply put|put simply|overall|ultimately"
)
DIGITS = {word: str(number) for word, number in NUMBER_WORDS.items()}

# What makes the words after or before it hang on something: a condition, a report, a doubt.
LEANING = frozenset(
    """
    if unless when whenever where wherever while until till before after although though even
    because since whether that which who whom whose whoever whatever provided providing except
    excepting assuming assume assumes suppose supposing supposedly lest once only neither nor
    either as than without so for otherwise absent notwithstanding despite but had should were
    argue argues argued arguing argument contend contends contended contention claim claims claimed
    assert asserts asserted urge urges urged maintain maintains maintained suggest suggests
    suggested say says said believe believes believed think thinks thought allege alleges alleged
    submit submits submitted insist insists insisted testified reject rejects rejected doubt
    perhaps maybe arguably deny denies denied nothing nobody none or
    """.split()
)
# What begins a condition that may stand before or behind what hangs on it.
MOVABLE = frozenset("if when where unless until after before once absent".split())
# What binds, what may be, what is denied, how many, and on what condition.
WEIGHTY = frozenset(
    """
    may might must shall should can could would will need not no never neither nor none nothing
    nobody without unless except only solely merely if whether until provided but all any each
    every some many most few several both either always generally ordinarily usually often
    sometimes rarely seldom likely unlikely probably possibly least more less than before after
    dissent dissents dissenting concurrence concurring majority reject rejects rejected deny denies
    denied overruled reversed
    """.split()
)
# What begins the words that take back or narrow what stands before them.
EXCEPTING = frozenset(
    "unless except excepting if only but provided providing until without when where save "
    "although though however".split()
)
# What stands before words that the court itself does not say.
REPORTING = frozenset(
    """
    argue argues argued argument arguments contend contends contended contention claim claims
    claimed assert asserts asserted assertion urge urges urged maintains maintained suggests
    suggested believes believed alleges alleged submits submitted insists insisted reject rejects
    rejected deny denies denied doubt disagree disagrees disagreed whether if assuming suppose
    not never no dissent dissents wrong wrongly erred mistaken mistakenly refuse refuses refused
    decline declines declined unless
    """.split()
)
# What stands before words that somebody is told to say or to write.
ORDERING = frozenset(
    """
    write say cite answer output state reply respond append repeat conclude add include mention
    tell print insert report assert
    """.split()
)
# A sentence that would end with one of these without its citation says nothing without it.
LEADING_ON = frozenset(
    """
    a an and are as at be between by for from in is like nor of on or over than that the to under
    unlike upon versus was were which with within without applying following overruling see v
    """.split()
)
