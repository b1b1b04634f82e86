"""Ways of wording that a house may choose between: what the content lock takes for the same.

On top of what grounding takes for the same (`core.ask.wordings`). Each row was asked whether a
court could read its members apart: *shall* and *must*, *said* and *held*, *may not* and *cannot*
are in none.
"""

from __future__ import annotations

import re

# Rows of words that mean the same, form by form: the first member is what all become.
_ROWS = """
begin begins began beginning / start starts started starting
begin begins began beginning / commence commences commenced commencing
use uses used using / utilize utilizes utilized utilizing
help helps helped helping / assist assists assisted assisting
buy buys bought buying / purchase purchases purchased purchasing
get gets got getting / obtain obtains obtained obtaining
enough / sufficient
entire / whole
try_to tries_to tried_to trying_to / attempt_to attempts_to attempted_to attempting_to
movant / moving_party
suit suits / lawsuit lawsuits
said says said / wrote writes wrote / stated states stated
noted_that notes_that / observed_that observes_that / remarked_that remarks_that
argued argues arguing / contended contends contending
because / inasmuch_as / given_that
although / though / even_though / despite_the_fact_that
because_of / due_to / on_account_of / owing_to
in_light_of / in_view_of
for_purposes_of / for_the_purpose_of
in_accordance_with / in_conformity_with
this_case / the_instant_case / the_case_at_bar / the_present_case / the_case_at_hand
generally / in_general / as_a_general_rule / as_a_general_matter
ordinarily / normally / usually / typically
nobody / no_one
anyone / anybody
everyone / everybody
someone / somebody
need_not / is_not_required_to / are_not_required_to / does_not_have_to / do_not_have_to
need_not / does_not_need_to / do_not_need_to / is_not_obliged_to / are_not_obliged_to
must / is_obligated_to / are_obligated_to / is_obliged_to / are_obliged_to
can_not / is_unable_to / are_unable_to / is_not_able_to / are_not_able_to
depends_on depend_on / hinges_on hinge_on / turns_on turn_on
determine determines determined / make_a_determination makes_a_determination made_a_determination
consider considers considered / give_consideration_to gives_consideration_to gave_consideration_to
consider considers considered / take_into_account takes_into_account took_into_account
conclude concludes concluded / reach_the_conclusion reaches_the_conclusion reached_the_conclusion
review reviews reviewed / conduct_a_review_of conducts_a_review_of conducted_a_review_of
move_for moves_for moved_for / file_a_motion_for files_a_motion_for filed_a_motion_for
sue sues sued / bring_suit brings_suit brought_suit
violate violates violated / are_in_violation_of is_in_violation_of was_in_violation_of
applies_to applied_to / is_applicable_to was_applicable_to
applies applied / is_applicable was_applicable
binds / is_binding_on
whether / whether_or_not
"""

# Words set off at the beginning or in the middle, by what they tell of the sentence before.
CONTRAST = (
    "however|but|yet|nevertheless|nonetheless|still|even so|by contrast|in contrast"
    "|on the other hand|conversely"
)
INFERENCE = (
    "therefore|thus|accordingly|hence|consequently|as a result|for that reason|it follows that|so"
)
EXAMPLE = "for example|for instance"
REPLACING = "instead|rather"
# These say no more than that there is more.
ADDITION = (
    "moreover|furthermore|in addition|additionally|also|further|likewise|similarly|besides|indeed"
    "|in short|in sum|in other words|put differently|in particular|specifically|notably|of course"
    "|overall|simply put|put simply|to begin with|in conclusion|finally|ultimately|in brief|briefly"
    "|in fact"
)
KINDS = {
    "a contrast": CONTRAST,
    "a conclusion": INFERENCE,
    "an example": EXAMPLE,
    "a replacement": REPLACING,
}

# Adverbs that may stand on either side of the first auxiliary.
ADVERBS = (
    "generally|ordinarily|often|sometimes|rarely|seldom|always|already|expressly|specifically"
    "|necessarily|frequently|commonly"
)
AUXILIARIES = (
    "may|might|must|shall|should|can|could|will|would|is|are|was|were|has|have|had|does|do|did"
)
# A clause that may stand before or behind the one that hangs on it, commas apart.
# Behind these a clause may hang on what is done, or on what is to be done.
LEAVING_OPEN = frozenset(
    "asked ask ordered order told tell directed promised promise agreed agree refused refuse "
    "threatened intended intend wanted want decided instructed advised".split()
)
TURNABLE = "if|when|where|unless|until|after|before|once|absent|because|although|as long as"


def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    found: list[tuple[str, str]] = []
    for row in _ROWS.strip().splitlines():
        members = [member.split() for member in row.split(" / ")]
        for member in members[1:]:
            found += [
                (form.replace("_", " "), first.replace("_", " "))
                for form, first in zip(member, members[0], strict=False)
                if form != first
            ]
    longest = sorted(found, key=lambda pair: -len(pair[0]))
    return tuple((re.compile(rf"(?<![\w'])(?:{form})(?!\w)"), first) for form, first in longest)


PHRASES = (
    (re.compile(r"\b(it|that|there|he|she|what|who|here)'s (?!been\b)"), r"\1 is "),
    (re.compile(r"\b(it|that|there|he|she|who)'s been\b"), r"\1 has been"),
    (re.compile(r"\b(they|we|you)'re\b"), r"\1 are"),
    (re.compile(r"\b(they|we|you|i)'ve\b"), r"\1 have"),
    (re.compile(r"\b(it|they|we|he|she|you|i)'ll\b"), r"\1 will"),
    *_phrases(),
    (re.compile(r"(?<!not )(?<!to )\b(?:has|have) to\b(?! do\b)"), "must"),
    # `in which` is another thing than `which`.
    (
        re.compile(
            r"(?<!,)(?<!\b(?:in|of|to|by|on|at))(?<!\b(?:for))(?<!\b(?:with|from|upon)) which "
        ),
        " that ",
    ),
)
