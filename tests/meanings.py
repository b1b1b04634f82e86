"""Edits of a true sentence: those that change what it means, and those that do not.

Made by plain rules that know nothing of how the app decides; each returns None where it does not
apply to a sentence.
"""
# ruff: noqa: E501  a row of a table of edits stays on one line

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Edit = Callable[[str, Random], str | None]

PARTIES = (
    ("plaintiff", "defendant"), ("petitioner", "respondent"), ("appellant", "appellee"),
    ("lessor", "lessee"), ("landlord", "tenant"), ("buyer", "seller"), ("employer", "employee"),
    ("trial court", "jury"), ("state", "United States"), ("Government", "petitioner"),
    ("majority", "dissent"), ("Congress", "the court"), ("applicant", "court"),
    ("attorney", "client"), ("plaintiffs", "defendants"), ("parties", "courts"),
    ("statute", "regulation"), ("customer", "merchant"), ("covenant", "employer"),
)  # fmt: skip
_VERBS = r"is|are|was|were|may|must|shall|will|can|could|would|should|has|have|had|does|did|do"


def _once(text: str, pattern: str, put: str) -> str | None:
    new, count = re.subn(pattern, put, text, count=1)
    return new if count and new != text else None


def negated(text: str, _: Random) -> str | None:
    """Say the opposite: take a *not* away, or put one in."""
    without = _once(text, r"\s+not\b(?! only)", "")
    return without or _once(text, rf"\b({_VERBS})\b(?! not)", r"\1 not")


def not_put_in(text: str, random: Random) -> str | None:
    places = [match.end() for match in re.finditer(rf"\b(?:{_VERBS})\b", text)]
    if not places:
        return None
    at = random.choice(places)
    return f"{text[:at]} not{text[at:]}"


def never_put_in(text: str, _: Random) -> str | None:
    return _once(text, rf"\b({_VERBS})\b", r"\1 never")


def modal_made_stronger(text: str, _: Random) -> str | None:
    return _once(text, r"\b(?:may|might|can|could|should)\b", "must")


def modal_made_weaker(text: str, _: Random) -> str | None:
    return _once(text, r"\b(?:must|shall|will)\b", "may")


def all_made_some(text: str, _: Random) -> str | None:
    for one, other in (
        (r"\ball\b", "some"), (r"\bevery\b", "some"), (r"\beach\b", "one"), (r"\bany\b", "every"),
        (r"\bno\b", "any"), (r"\bsome\b", "all"), (r"\bboth\b", "neither"), (r"\bmost\b", "few"),
        (r"\bAll\b", "Some"), (r"\bEvery\b", "No"), (r"\bNo\b", "Every"),
    ):  # fmt: skip
        if (changed := _once(text, one, other)) is not None:
            return changed
    return None


def number_changed(text: str, random: Random) -> str | None:
    words = ("one", "two", "three", "four", "five", "six", "seven")
    found = list(re.finditer(rf"\b(?:{'|'.join(words)}|\d+)\b", text))
    if not found:
        return None
    match = random.choice(found)
    put = words[(words.index(match[0]) + 1) % 7] if match[0] in words else str(int(match[0]) + 1)
    return text[: match.start()] + put + text[match.end() :]


def swapped(text: str, random: Random) -> str | None:
    """Turn round who does what to whom."""
    for one, other in random.sample(PARTIES, len(PARTIES)):
        if re.search(rf"\b{one}\b", text) and re.search(rf"\b{other}\b", text):
            changed = re.sub(rf"\b{one}\b", "\0", text)
            return re.sub(rf"\b{other}\b", one, changed).replace("\0", other)
    nouns = list(re.finditer(r"\b(?:the|a|an) (\w{4,})\b", text))
    if len(nouns) < 2:
        return None
    first, second = sorted(random.sample(nouns, 2), key=lambda match: match.start())
    if first[1] == second[1]:
        return None
    return (
        text[: first.start(1)] + second[1] + text[first.end(1) : second.start(1)]
        + first[1] + text[second.end(1) :]
    )  # fmt: skip


def party_replaced(text: str, random: Random) -> str | None:
    for one, other in random.sample(PARTIES, len(PARTIES)):
        for a, b in ((one, other), (other, one)):
            if (changed := _once(text, rf"\b{a}\b", b)) is not None and f" {b} " not in text:
                return changed
    return None


def holding_made_dissent(text: str, _: Random) -> str | None:
    return f"The dissent said that {text[0].lower()}{text[1:]}"


def said_to_be_held(text: str, _: Random) -> str | None:
    """Make a holding of what is only said: unless the court says that it holds it."""
    if re.match(r"(?:Accordingly, |Therefore, |Thus, )?[Ww]e ", text):
        return None
    return f"The court held that {text[0].lower()}{text[1:]}"


def exception_left_out(text: str, _: Random) -> str | None:
    return _once(text, r",? (?:unless|except|if|but only|provided|only if|when|until) .+$", "")


def exception_put_in(text: str, _: Random) -> str | None:
    return f"{text}, unless the parties agree otherwise"


def condition_turned(text: str, _: Random) -> str | None:
    return _once(text, r"\bif\b", "unless") or _once(text, r"\bunless\b", "if")


def only_left_out(text: str, _: Random) -> str | None:
    return _once(text, r"\b(?:only|solely|merely) ", "")


def only_put_in(text: str, _: Random) -> str | None:
    return _once(text, rf"\b({_VERBS})\b", r"\1 only")


def hedge_left_out(text: str, _: Random) -> str | None:
    return _once(text, r"\b(?:generally|ordinarily|usually|often|normally|sometimes|likely) ", "")


def report_left_out(text: str, _: Random) -> str | None:
    """Make the court's own what it says that somebody argues, or that it rejects."""
    pattern = r"^.{0,120}\b(?:argues?|argued|contends?|contended|claims?|asserts?|rejects?) that "
    if (changed := _once(text, pattern, "")) is None:
        return None
    return f"{changed[:1].upper()}{changed[1:]}"


def and_made_or(text: str, _: Random) -> str | None:
    return _once(text, r"\band\b", "or") or _once(text, r"\bor\b", "and")


def opposite_word(text: str, _: Random) -> str | None:
    for one, other in (
        ("reasonable", "unreasonable"), ("valid", "invalid"), ("lawful", "unlawful"),
        ("affirmed", "reversed"), ("granted", "denied"), ("sufficient", "insufficient"),
        ("before", "after"), ("more", "less"), ("liable", "immune"), ("constitutional",
        "unconstitutional"), ("proper", "improper"), ("with", "without"), ("guilty", "innocent"),
        ("allow", "forbid"), ("required", "forbidden"), ("failed", "managed"), ("least", "most"),
    ):  # fmt: skip
        for a, b in ((one, other), (other, one)):
            if (changed := _once(text, rf"\b{a}\b", b)) is not None:
                return changed
    return None


def tense_changed(text: str, _: Random) -> str | None:
    """What the law was is not what it is."""
    return _once(text, r"\brequires\b", "required") or _once(text, r"\bis\b", "was")


def words_shuffled(text: str, random: Random) -> str | None:
    words = text.split()
    if len(words) < 6:
        return None
    at = random.randrange(3, len(words) - 2)
    return " ".join([*words[at:], *words[:at]])


CHANGES: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        negated, not_put_in, never_put_in, modal_made_stronger, modal_made_weaker, all_made_some,
        number_changed, swapped, party_replaced, holding_made_dissent, said_to_be_held,
        exception_left_out, exception_put_in, condition_turned, only_left_out, only_put_in,
        hedge_left_out, report_left_out, and_made_or, opposite_word, tense_changed, words_shuffled,
    )
}  # fmt: skip


# --- what changes nothing ---


def as_it_is(text: str, _: Random) -> str | None:
    return text


def said_by_the_court(text: str, random: Random) -> str | None:
    low = text if re.match(r"[A-Z]\w*[A-Z]|I\b", text) else f"{text[0].lower()}{text[1:]}"
    return random.choice(
        (
            f"The court said that {low}",
            f"As the court explained, {low}",
            f"The court wrote: “{text}.”",
        )
    )


def carried_on(text: str, random: Random) -> str | None:
    low = f"{text[0].lower()}{text[1:]}"
    return random.choice((f"Therefore, {low}", f"In short, {low}", f"Moreover, {low}"))


def in_plainer_phrases(text: str, _: Random) -> str | None:
    for one, other in (
        (r"\bprior to\b", "before"), (r"\bbefore\b", "prior to"), (r"\bpursuant to\b", "under"),
        (r"\bin order to\b", "to"), (r"\bupon\b", "on"), (r"\bwith respect to\b", "regarding"),
        (r"\bcannot\b", "can not"), (r"\bnotwithstanding\b", "despite"), (r"\bshows\b", "demonstrates"),
        (r"\bis required to\b", "must"), (r"\ballows\b", "permits"),
    ):  # fmt: skip
        if (changed := _once(text, one, other)) is not None:
            return changed
    return None


def condition_moved(text: str, _: Random) -> str | None:
    match = re.fullmatch(r"((?:If|When|Where|Unless|Until|After) [^,;:]+), ([^,;:]+)", text)
    if match is None or re.search(r"\b(?:and|or|but|that|which|who)\b", match[2]):
        return None
    return f"{match[2][0].upper()}{match[2][1:]} {match[1][0].lower()}{match[1][1:]}"


def citation_left_off(text: str, _: Random) -> str | None:
    new = re.sub(
        r",? (?:[A-Z][\w.]+ v\. [A-Z][\w.]+, )?\d+ [A-Z][\w. ]{1,14} \d+[^,;]*\)$", "", text
    )
    return new if new != text else None


def other_synonyms(text: str, _: Random) -> str | None:
    """Put words that mean the same here, of which no rule knows."""
    for one, other in (
        ("significant", "substantial"), ("movant", "moving party"), ("errs", "makes an error"),
        ("sufficient", "enough"), ("begin", "start"), ("whether", "if"), ("evidence", "proof"),
        ("purchase", "buy"), ("therefore", "for that reason"), ("shows", "establishes"),
        ("injury", "harm"), ("entire", "whole"), ("concerning", "as regards"), ("purpose", "aim"),
        ("requires", "calls for"), ("however", "though"), ("suit", "lawsuit"), ("decide", "determine"),
    ):  # fmt: skip
        if (changed := _once(text, rf"\b{one}\b", other)) is not None:
            return changed
    return None


def made_passive(text: str, _: Random) -> str | None:
    match = re.fullmatch(
        r"((?:The|A|An) [\w ]{3,30}?) (may|must|shall) (\w+) (the|a|an) ([\w ]+)", text
    )
    if match is None:
        return None
    who, modal, verb, article, what = match.groups()
    return f"{article.title()} {what} {modal} be {verb.rstrip('e')}ed by {who[0].lower()}{who[1:]}"


def marks_as_typed(text: str, _: Random) -> str | None:
    new = text.replace("’", "'").replace("“", '"').replace("”", '"').replace("—", " - ")
    return new if new != text else None


def we_made_the_court(text: str, _: Random) -> str | None:
    new, count = re.subn(r"^We (hold|conclude) that ", lambda m: {"hold": "The court held that ",
                         "conclude": "The court concluded that "}[m[1]], text)  # fmt: skip
    return new if count else None


REWORDINGS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        as_it_is, said_by_the_court, carried_on, in_plainer_phrases, condition_moved,
        citation_left_off, marks_as_typed, we_made_the_court, other_synonyms, made_passive,
    )
}  # fmt: skip
