"""A second vandal, written when the lock was done: other kinds, other words, other templates.

What the lock was made against is in `tests.vandal`; what it does here it was not fitted to.
"""
# ruff: noqa: E501  a row of a table of edits stays on one line

from __future__ import annotations

import re
from random import Random

from tests.vandal import Edit, lowered, once

_BE = r"is|are|was|were"


def _one_of(line: str, pairs: tuple[tuple[str, str], ...], random: Random) -> str | None:
    for one, other in random.sample(pairs, len(pairs)):
        if (new := once(line, rf"\b{one}\b", other)) is not None:
            return new
    return None


# --- harm ---


def pronoun_swapped(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("his", "her"),
            ("he", "she"),
            ("their", "its"),
            ("its", "their"),
            ("they", "it"),
            ("it", "they"),
            ("this", "that"),
            ("these", "those"),
            ("our", "their"),
            ("we", "they"),
        ),
        random,
    )


def one_made_many(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("a plaintiff", "plaintiffs"),
            ("defendant", "defendants"),
            ("claim", "claims"),
            ("court", "courts"),
            ("party", "parties"),
            ("statute", "statutes"),
            ("question", "questions"),
            ("the rule", "a rule"),
            ("the evidence", "some evidence"),
            ("a party", "one party"),
        ),
        random,
    )


def term_of_art(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("reasonable", "rational"),
            ("negligence", "recklessness"),
            ("preponderance", "weight"),
            ("reversed", "vacated"),
            ("affirm", "remand"),
            ("evidence", "proof"),
            ("motion", "petition"),
            ("jury", "factfinder"),
            ("judgment", "order"),
            ("statute", "regulation"),
            ("law", "equity"),
            ("contract", "covenant"),
            ("damages", "restitution"),
            ("claim", "defense"),
            ("error", "prejudice"),
            ("appeal", "trial"),
            ("testified", "admitted"),
            ("officer", "agent"),
            ("rule", "standard"),
            ("state", "federal"),
        ),
        random,
    )


def unit_changed(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("days", "months"),
            ("years", "months"),
            ("year", "month"),
            ("day", "week"),
            ("million", "billion"),
            ("first", "second"),
            ("second", "third"),
            ("half", "all"),
            ("twice", "once"),
            ("hours", "days"),
            ("feet", "yards"),
        ),
        random,
    )


def cause_and_effect(line: str, _: Random) -> str | None:
    match = re.fullmatch(r"([^,;:]{12,}?),? because ([^,;:\[\]]{12,})", line)
    return f"{match[2][0].upper()}{match[2][1:]} because {lowered(match[1])}" if match else None


def condition_for_result(line: str, _: Random) -> str | None:
    match = re.fullmatch(r"(If|When|Where) ([^,;:]{8,}), ([^,;:\[\]]{8,})", line)
    return f"{match[1]} {match[3]}, {match[2]}" if match else None


def more_than_turned(line: str, _: Random) -> str | None:
    return once(line, r"\b(more|less|rather|other) (\w+) than (?:the |a )?(\w+)", r"\1 \3 than \2")


def denial_moved(line: str, _: Random) -> str | None:
    return once(line, r"\bnot (\w+) (\w+)", r"\1 not \2") or once(line, r"\b(\w+) not\b", r"not \1")


def only_moved(line: str, _: Random) -> str | None:
    return once(line, r"\bonly (\w+)", r"\1 only") or once(line, r"(\w+) only\b", r"only \1")


def denying_prefix(line: str, random: Random) -> str | None:
    prefix = random.choice(("un", "non", "in", "dis"))
    return once(line, r"\b([a-z]{5,}(?:able|ible|ful|al|ive|ant|ent|ed))\b", rf"{prefix}\1")


def of_lesser_force(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("shall not", "need not"),
            ("may only", "may"),
            ("must not", "may not"),
            ("cannot", "may not"),
            ("did not", "could not"),
            ("does not", "may not"),
            ("will not", "may not"),
            ("is", "seems"),
            ("are", "appear"),
            ("was", "may have been"),
            ("requires", "suggests"),
            ("proves", "indicates"),
            ("shows", "hints"),
            ("must", "ought to"),
            ("may", "is entitled to"),
            ("had", "claimed"),
        ),
        random,
    )


def other_verb_of_saying(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("held", "hinted"),
            ("said", "conceded"),
            ("noted", "complained"),
            ("assumed", "proved"),
            ("explained", "believed"),
            ("wrote", "alleged"),
            ("testified", "speculated"),
            ("found", "feared"),
            ("argued", "showed"),
            ("concluded", "wondered"),
            ("argues", "knows"),
            ("agreed", "conceded"),
        ),
        random,
    )


def member_dropped(line: str, _: Random) -> str | None:
    return once(line, r"(\b[a-z]+), [a-z]+,? (and|or) ([a-z]+)", r"\1 \2 \3") or once(
        line, r"\b([a-z]{4,}) (?:and|or) [a-z]{4,}\b", r"\1"
    )


def member_added(line: str, random: Random) -> str | None:
    put = random.choice(("costs", "interest", "officers", "injunctions", "notice", "delay"))
    return once(line, r"\b([a-z]{4,}) (and|or) ([a-z]{4,})", rf"\1, {put} \2 \3")


def adjective_put_in(line: str, random: Random) -> str | None:
    put = random.choice(
        (
            "valid",
            "federal",
            "written",
            "unlawful",
            "mere",
            "substantial",
            "competent",
            "local",
            "so-called",
        )
    )
    return once(line, r"\b(the|a) ([a-z]{4,})", rf"\1 {put} \2")


def agent_left_out(line: str, _: Random) -> str | None:
    return once(line, rf"\b((?:{_BE}|been|be) \w+ed) by (?:the|a|an) \w+", r"\1")


def agent_put_in(line: str, random: Random) -> str | None:
    put = random.choice(("by the jury", "by the plaintiff", "by counsel", "by the agency"))
    return once(line, rf"\b((?:{_BE}|been|be) \w{{3,}}ed)\b(?! by)", rf"\1 {put}")


def commas_about_which(line: str, _: Random) -> str | None:
    return once(line, r"(\w+) (who|which|that) ([a-z]+ [a-z]+ [a-z]+)", r"\1, \2 \3,") or once(
        line, r", (who|which) ([^,]+),", r" \1 \2"
    )


def token_in_another_form(line: str, random: Random) -> str | None:
    form = random.choice(("({})", "{}", "【{}】", "[{} ]", "{{{}}}", "<{}>", "[ {}]", "⟦{}⟧"))
    new = re.sub(r"\[([A-Z]\d+)\]", lambda match: form.format(match[1]), line, count=1)
    return new if new != line else None


def token_in_small_letters(line: str, _: Random) -> str | None:
    return once(line, r"\[([A-Z]\d+)\]", lambda match: match[0].lower())


def token_with_a_nought(line: str, _: Random) -> str | None:
    return once(line, r"\[([A-Z])(\d+)\]", r"[\g<1>0\2]")


def token_possessive(line: str, _: Random) -> str | None:
    return once(line, r"(\[[NC]\d+\])(?!['’])", r"\1’s")


def letters_combined(line: str, random: Random) -> str:
    at = random.randrange(2, len(line))
    return (
        line[:at]
        + random.choice("\u0301\u0338\u2028\u200f\u00a0\u034f\u115f")
        + random.choice(("", " "))
        + line[at:]
        if at
        else line
    )


def entity(line: str, random: Random) -> str:
    return random.choice(
        (
            f"{line}&#46; It is so&#46;",
            f"{line}&nbsp;always",
            f"{line} &amp; more",
            line.replace(" ", "&#32;", 1),
        )
    )


def speaker_changed(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("The court", "This court"),
            ("The court", "The jury"),
            ("The court", "A court"),
            ("the court", "our court"),
            ("the Court", "the court"),
            ("The court", "The Court"),
            ("the court", "the dissent"),
            ("[Ww]e", "they"),
            ("the plaintiff", "a witness"),
            ("the trial court", "the appellate court"),
        ),
        random,
    )


def aside_put_in(line: str, random: Random) -> str | None:
    words = line.split()
    at = random.randrange(2, max(3, len(words) - 1))
    put = random.choice(
        (
            "(rightly)",
            "(in part)",
            ", it seems,",
            "— wrongly —",
            ", at most,",
            "(emphasis added)",
            ", as a rule,",
            ", by a divided vote,",
        )
    )
    return " ".join([*words[:at], put, *words[at:]])


def degree_changed(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("substantial", "slight"),
            ("clear", "very clear"),
            ("nearly", "quite"),
            ("almost", "fully"),
            ("fully", "partly"),
            ("significant", "decisive"),
            ("serious", "grave"),
            ("large", "huge"),
            ("small", "tiny"),
            ("rare", "unknown"),
            ("strong", "weak"),
            ("long", "short"),
            ("new", "old"),
            ("high", "low"),
            ("some", "much"),
            ("often", "always"),
            ("same", "similar"),
        ),
        random,
    )


def tail_of_another(line: str, random: Random) -> str:
    return line + random.choice(
        (
            ", while the tenant may leave at will",
            "; the buyer bears the loss",
            ": the burden stays with the carrier",
            " and so the appeal fails",
            ", a point nobody disputed",
            ", subject to review for abuse of discretion",
        )
    )


def adverb_across_the_denial(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("not generally", "generally not"),
            ("not always", "always not"),
            ("not necessarily", "necessarily not"),
            ("never", "not ever always"),
            ("did not", "did not fully"),
            ("cannot", "cannot always"),
            ("does not", "does not often"),
            ("is not", "is not yet"),
            ("not", "hardly"),
        ),
        random,
    )


def time_changed(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("has", "had"),
            ("have", "had"),
            ("was", "is"),
            ("were", "are"),
            ("had", "has"),
            ("will", "would"),
            ("can", "could"),
            ("does", "did"),
            ("do", "did"),
            ("may", "might"),
            ("holds", "held"),
        ),
        random,
    )


HARM: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        pronoun_swapped, one_made_many, term_of_art, unit_changed, cause_and_effect, condition_for_result,
        more_than_turned, denial_moved, only_moved, denying_prefix, of_lesser_force, other_verb_of_saying,
        member_dropped, member_added, adjective_put_in, agent_left_out, agent_put_in, commas_about_which,
        token_in_another_form, token_in_small_letters, token_with_a_nought, token_possessive, letters_combined,
        entity, speaker_changed, aside_put_in, degree_changed, tail_of_another, adverb_across_the_denial,
        time_changed,
    )
}  # fmt: skip


def citation_string_reordered(text: str, _: Random) -> str | None:
    return once(text, r"(\d+) U\.S\. (\d+), (\d+)", r"\3 U.S. \1, \2")


def parenthetical_added(text: str, random: Random) -> str | None:
    return once(
        text,
        r"\((\d{4})\)",
        random.choice(
            (
                r"(\1) (dictum)",
                r"(\1) (per curiam)",
                r"(\1), overruled on other grounds",
                r"(2d Cir. \1)",
            )
        ),
    )


def quotation_bracketed(text: str, _: Random) -> str | None:
    return once(text, r"“(\w)(\w*)", r"“[\1]\2")


def quotation_cut(text: str, _: Random) -> str | None:
    return once(text, r"“(\w+ \w+) \w+ ", r"“\1 . . . ")


def quotation_stretched(text: str, _: Random) -> str | None:
    return once(text, r" (\w+):? “", r" “\1 ")


def mark_before_the_sentence(text: str, _: Random) -> str | None:
    match = re.fullmatch(r"(.+?) (\[\d+\])(?:\[\d+\])*", text)
    return f"{match[2]} {match[1]}" if match else None


def mark_of_two(text: str, _: Random) -> str | None:
    return once(text, r"\[(\d)\]", r"[1\1]") or None


HARM_WRITTEN: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        citation_string_reordered, parenthetical_added, quotation_bracketed, quotation_cut, quotation_stretched,
        mark_before_the_sentence, mark_of_two,
    )
}  # fmt: skip


# --- no harm: words that the first vandal does not use, in ways that the lists of the house allow ---


def other_leads(line: str, random: Random) -> str | None:
    if re.match(
        r"(?:But|However|And|So|Yet|Nor|Thus|Therefore|Hence|Then)\b|\[|[A-Z]\b(?! [a-z])", line
    ):
        return None
    return f"{random.choice(('To begin with,', 'Likewise,', 'Of course,', 'Notably,', 'In conclusion,', 'Simply put,', 'Besides,', 'Additionally,', 'Similarly,', 'Overall,', 'Finally,'))} {lowered(line)}"


def other_phrases(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("despite", "in spite of"),
            ("because", "for the reason that"),
            ("without", "in the absence of"),
            ("about the", "with regard to the"),
            ("until", "until such time as"),
            ("every", "each and every"),
            ("void", "null and void"),
            ("depends on", "is dependent on"),
            ("bears the burden", "carries the burden"),
            ("ends", "terminates"),
            ("while", "whilst"),
            ("used", "utilized"),
            ("because", "inasmuch as"),
            ("lawyers", "attorneys"),
            ("shows that", "demonstrates that"),
            ("forbids", "prohibits"),
            ("allowed", "permitted"),
            ("begins", "starts"),
            ("helped", "assisted"),
            ("tried to", "attempted to"),
            ("bought", "purchased"),
            ("enough evidence", "sufficient evidence"),
            ("suit", "lawsuit"),
            ("because of", "on account of"),
            ("usually", "normally"),
            ("depends on", "hinges on"),
            ("in this case", "in the instant case"),
            ("if", "in the event that"),
            ("after", "subsequent to"),
            ("before", "prior to"),
        ),
        random,
    )


def also_left_out(line: str, _: Random) -> str | None:
    return once(line, r"(?<=[a-z] )also (?=[a-z])", "")


def other_contractions(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("there is", "there’s"),
            ("he is", "he's"),
            ("we are", "we’re"),
            ("we have", "we’ve"),
            ("they have", "they've"),
            ("must not", "mustn’t"),
            ("need not", "needn’t"),
            ("it will", "it’ll"),
            ("would not", "wouldn't"),
            ("she is", "she’s"),
            ("they are", "they're"),
            ("do not", "don’t"),
            ("has not", "hasn't"),
        ),
        random,
    )


def passive_of_the_past(line: str, _: Random) -> str | None:
    match = re.fullmatch(r"The (court|jury|agency|judge) ([a-z]{4,}ed) (the|a) ([a-z]+)", line)
    return f"{match[3].title()} {match[4]} was {match[2]} by the {match[1]}" if match else None


def active_of_the_passive(line: str, _: Random) -> str | None:
    match = re.fullmatch(r"The ([a-z]+) was ([a-z]{4,}ed) by the (court|jury|agency|judge)", line)
    return f"The {match[3]} {match[2]} the {match[1]}" if match else None


def clause_put_first(line: str, _: Random) -> str | None:
    match = re.fullmatch(
        r"(The [a-z ]{5,30}) (if|when|unless|until) ((?:the|a|it|he) [a-z ]+)", line
    )
    if match is None or re.search(r"\b(?:and|or|that|who|which|whether|if|when|as)\b", match[1]):
        return None
    return f"{match[2].title()} {match[3]}, {lowered(match[1])}"


def contrast_moved(line: str, _: Random) -> str | None:
    match = re.fullmatch(r"However, (the [a-z]+) ((?:is|was|may|must|has|did) .+)", line)
    return f"{match[1][0].upper()}{match[1][1:]}, however, {match[2]}" if match else None


HARMLESS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        other_leads, other_phrases, also_left_out, other_contractions, passive_of_the_past,
        active_of_the_passive, clause_put_first, contrast_moved,
    )
}  # fmt: skip


# --- no harm, and no list of the house allows it: what the lock refuses for want of a proof ---


def possessive_made_of(line: str, _: Random) -> str | None:
    return once(
        line,
        r"\bthe (court|jury|plaintiff|defendant|statute|state|tenant)[’']s ([a-z]+)\b",
        r"the \2 of the \1",
    )


def phrase_put_first(line: str, _: Random) -> str | None:
    match = re.fullmatch(r"(The [a-z ]{8,40}) (in this case|on appeal|at trial|below)", line)
    return f"{match[2][0].upper()}{match[2][1:]}, {lowered(match[1])}" if match else None


def words_of_no_list(line: str, random: Random) -> str | None:
    return _one_of(
        line,
        (
            ("show", "establish"),
            ("purpose", "aim"),
            ("reason", "ground"),
            ("issue", "question"),
            ("decide", "resolve"),
            ("important", "weighty"),
            ("concerns", "relates to"),
            ("requires", "calls for"),
            ("result", "outcome"),
            ("given", "provided"),
            ("different", "distinct"),
            ("again", "once more"),
        ),
        random,
    )


UNLISTED: dict[str, Edit] = {
    edit.__name__: edit for edit in (possessive_made_of, phrase_put_first, words_of_no_list)
}
EDITS = (HARM, HARM_WRITTEN, HARMLESS)
SHORT = tuple(
    f"{sentence}. [{n % 7 + 1}]"
    for n, sentence in enumerate(
        [f"The {who} {verb} {what}" for who in ("court", "jury", "agency", "judge") for verb in ("rejected", "reviewed", "affirmed", "accepted") for what in ("the claim", "a plea", "the award")]
        + [f"The {what} was {verb} by the {who}" for who in ("court", "jury", "agency", "judge") for verb in ("denied", "adopted", "rejected") for what in ("motion", "claim")]
        + [f"The {what} {how} {joint} the tenant gives notice" for what in ("lease ends", "rule applies", "duty lapses", "claim fails") for how in ("at once", "as before") for joint in ("if", "when", "unless")]
        + [f"However, the {what} may be late" for what in ("claim", "motion", "plea", "answer")]
    )
)  # fmt: skip
