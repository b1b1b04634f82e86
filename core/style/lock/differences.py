"""Why a new wording is refused, in words a lawyer follows: which word was changed, and into what.

Only ordinary words are named; a name or a number that a model made up is not repeated to anybody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from core.ask.wordings import EXCEPTING, REPORTING, WEIGHTY

ORDER = "it put the words in another order, so that another may have done it"

_TOKEN = re.compile(r"[a-z]\d+")
# What is written apart only to be compared.
_SPELLED = {"courtx": "Court", "zopened": "(", "zclosed": ")"}
_DENYING = frozenset("not no never neither nor none nothing nobody without".split())
_MODAL = frozenset("may might must shall should can could would will need".split())
_HEDGING = frozenset(
    "generally ordinarily often sometimes rarely seldom likely unlikely probably possibly perhaps "
    "arguably usually apparently presumably appears seems largely".split()
)
_QUANTITY = frozenset(
    "all any each every some many most few several both either one only solely merely always least "
    "more less whole".split()
)
_SAYING = REPORTING | frozenset(
    "held holds hold said says say noted notes assumed assumes explained explains concluded "
    "concludes ruled reasoned found finds dictum dicta holding dissent concurrence suggested "
    "decided determined recognized".split()
)
_ROLES = frozenset(
    "plaintiff plaintiffs defendant defendants appellant appellee petitioner respondent movant "
    "claimant prosecution government state employer employee landlord tenant buyer seller lessor "
    "lessee creditor debtor majority".split()
)
_SIGNALS = frozenset("see cf accord contra compare".split())
# The kinds of words on which meaning turns, weightiest first.
_KINDS = (
    _DENYING,
    _MODAL,
    _SAYING,
    EXCEPTING,
    _HEDGING,
    _QUANTITY,
    _ROLES,
    _SIGNALS,
    WEIGHTY,
)


def difference(plain: Sequence[str], spoken: Sequence[str]) -> str:
    """Say the weightiest thing that was changed between two rows of words."""
    if Counter(plain) == Counter(spoken):
        return ORDER
    lost, gained = Counter(plain) - Counter(spoken), Counter(spoken) - Counter(plain)
    for kind in _KINDS:
        if said := _of_kind(kind, plain, spoken, lost, gained):
            return said
    return _replaced(plain, spoken) or _put_in(gained) or _left_out(lost) or ORDER


def _of_kind(
    kind: frozenset[str],
    plain: Sequence[str],
    spoken: Sequence[str],
    lost: Counter[str],
    gained: Counter[str],
) -> str | None:
    went = [word for word in plain if word in kind and lost[word]]
    came = [word for word in spoken if word in kind and gained[word]]
    if went and came:
        return f"it changed “{went[0]}” to “{came[0]}”"
    if came:
        return _swap(plain, spoken, came[0], backwards=True) or f"it put in “{came[0]}”"
    if went:
        return _swap(plain, spoken, went[0], backwards=False) or f"it left out “{went[0]}”"
    return None


def _swap(plain: Sequence[str], spoken: Sequence[str], word: str, *, backwards: bool) -> str | None:
    """Say what stands where the word stood, where one word was put for one."""
    for kind, a, b, c, d in SequenceMatcher(None, plain, spoken, autojunk=False).get_opcodes():
        if kind != "replace" or (b - a, d - c) != (1, 1):
            continue
        if word == (spoken[c] if backwards else plain[a]) and _plain((plain[a], spoken[c])):
            return f"it changed “{plain[a]}” to “{spoken[c]}”"
    return None


def _replaced(plain: Sequence[str], spoken: Sequence[str]) -> str | None:
    edits = SequenceMatcher(None, plain, spoken, autojunk=False).get_opcodes()
    one = [edit for edit in edits if edit[0] != "equal"]
    if len(one) != 1 or one[0][0] != "replace":
        return None
    _, a, b, c, d = one[0]
    was, now = plain[a:b], spoken[c:d]
    return f"it changed “{_shown(was)}” to “{_shown(now)}”" if _plain((*was, *now)) else None


def _put_in(gained: Counter[str]) -> str | None:
    words = [word for word in gained if _plain((word,))]
    return f"it put in “{words[0]}”" if words else None


def _left_out(lost: Counter[str]) -> str | None:
    words = [word for word in lost if _plain((word,))]
    return f"it left out “{words[0]}”" if words else None


def _plain(words: Iterable[str]) -> bool:
    return not any(_TOKEN.fullmatch(word) or any(map(str.isdigit, word)) for word in words)


def _shown(words: Sequence[str]) -> str:
    return " ".join(_SPELLED.get(word, word) for word in words)
