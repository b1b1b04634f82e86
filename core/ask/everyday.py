"""Words that a person asks in, and the words that opinions use for the same thing.

Not a dictionary of the law: only words that a question about it is commonly asked in.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from core.search.terms import terms

# Each line: words any of which may stand for another.
_ALIKE = """
abroad foreign overseas
accident collision crash
accidental accidentally inadvertent inadvertently mistaken unintended
agreement contract promise
alien immigrant noncitizen
allow authorize let permit
dog canine
apartment dwelling home house property residence
arrestee handcuff restrain secure
ask invoke request
attorney counsel lawyer
automobile car truck vehicle
ban bar forbid prohibit prohibition restrict restriction
beat hit strike
begin accrue commence run start
black race racial
boss employer manager supervisor
boy child girl juvenile kid minor teenager
break enter entry intrude
burden evidence proof prove
business company corporate corporation firm
buccal dna swab
bought buy purchase
book copy textbook
canceled expired old outdated stale
cannabis contraband drug marijuana narcotic
cell cellphone phone telephone
cheat defraud fraud
church ecclesiastical religion religious
clergy minister pastor
claim lawsuit litigation sue suit
constitutional lawful legal permissible valid
convey give hand transfer
cop officer police trooper
court judge judicial magistrate
crime criminal offense
custody detention facility jail prison
dead death die kill
deadline limit limitation period time
demonstrate establish show
demote demotion downgrade
deport deportation removal
detain detention seizure stop
detail fact factual
developer development private
disclose disclosure forward
discharge dismiss fire sack terminate termination
discipline punish punishment sanction
disease ill sick
doctor physician
draw extract sample test
drunk alcohol impaired intoxicated
electronic email
employee staff worker
employment job work
enough adequate sufficient
error mistake mistaken
excessive grossly high
exclude exclusion suppress suppression
false falsehood lie misrepresent misrepresentation misstatement
father mother parent
force ram shoot
forensic analyst lab laboratory
fund money payment sum
get obtain receive
gun firearm handgun weapon
harm hurt injure injury
husband marital spouse wife
illegal invalid unconstitutional unlawful
informant snitch tipster
infringe infringement
inmate detainee prisoner
internet online web website
juror jury
keep retain retention withhold
landlord lessor owner
late untimely
lessee renter tenant
must need require requirement
cotenant occupant resident roommate tenant
odor smell sniff
object objection refusal refuse
pay compensation salary wage
pupil student
quiet silence silent
quit resign resignation
record recording tape
resale resell sale sell sold
robbery steal theft
rule standard test
seize seizure take taking
speak speech talk
interrogate interrogation question
"""


@cache
def _kin() -> dict[str, frozenset[str]]:
    kin: defaultdict[str, set[str]] = defaultdict(set)
    for line in _ALIKE.strip().splitlines():
        alike = set(terms(line))
        for word in alike:
            kin[word] |= alike
    return {word: frozenset(alike) for word, alike in kin.items()}


def kin(word: str) -> frozenset[str]:
    """Return the words, in the form of `terms`, that say the same as this one, itself included."""
    return _kin().get(word, frozenset({word}))
