"""Restylings of true sentences, of known kind: those that change what is said, and those that do not.

A vandal that knows nothing of how the lock decides. The same seed makes the same restylings.
"""
# ruff: noqa: E501  a row of a table of edits stays on one line

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from core.law.sentences import sentences
from core.style.lock.tokens import Locked, locked, relocked
from tests.meanings import CHANGES

Edit = Callable[[str, Random], str | None]
SHORTEST, LONGEST = 40, 320
NAMES = "Varghese Zicherman Smithson Blackwood Petrov Abernathy Okonkwo Delacroix".split()
_MODAL = r"may|must|shall|should|can|could|will|would|might"
_BE = r"is|are|was|were"
_KEPT = r"\[[A-Z]\d+\]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restyling:
    """A new wording of a sentence, and whether it says something else."""

    kind: str
    plain: str
    line: str
    harmful: bool
    known: Locked


def told(texts: Sequence[str], random: Random) -> Iterator[str]:
    """Yield the sentences of opinions as an answer tells them, each with the number of a source."""
    for text in texts:
        for span in sentences(text):
            said = " ".join(span.of(text).split())
            if not (SHORTEST <= len(said) <= LONGEST and said[0].isupper() and said[-1] == "."):
                continue
            if re.search(r"[\[\]⟦⟧]", said) or said.count("“") != said.count("”"):
                continue
            yield _as_an_answer(said, random)


def _as_an_answer(said: str, random: Random) -> str:
    bare, low = said.rstrip("."), lowered(said).rstrip(".")
    n = random.randint(1, 8)
    place = f"{random.randint(2, 590)} U.S. {random.randint(2, 900)}, {random.randint(901, 990)}"
    cited = f"{random.choice(NAMES)} v. {random.choice(NAMES)} Co., {place} ({random.randint(1950, 2020)})"
    plain = not re.search(r"[“”\"‘?]|^(?:But|And|Nor|Yet|So|Or|However|That)\b", said)
    ways = [
        f"{said} [{n}]",
        f"{said} [{n}][{n + 1}]",
        f"{bare}, {random.choice(('see ', 'but see ', 'cf. ', ''))}{cited}. [{n}]",
    ]
    if plain and len(said) < 200:
        ways += [
            f"The court {random.choice(('held', 'noted', 'said', 'assumed', 'explained'))} that {low}. [{n}]",
            f"The court wrote: “{said}” [{n}]",
            f"However, {low}. [{n}]",
            f"{bare}, and “{_some(bare, random)}” is the rule. [{n}]",
        ]
    return random.choice(ways)


def _some(bare: str, random: Random) -> str:
    words = bare.split()
    at = random.randrange(max(1, len(words) - 4))
    return " ".join(words[at : at + 4]).strip(",;:'’")


def restylings(
    plains: Sequence[str], most: int, seed: int, *, edits: Sequence[dict[str, Edit]]
) -> list[Restyling]:
    """Make restylings of sentences, every kind as often as it can be, up to so many in all.

    `edits`: harmful ones on lines, harmful ones on the written sentence, harmless ones on lines.
    """
    random = Random(seed)  # noqa: S311  drawn to be drawn again
    counted: Counter[str] = Counter()
    kinds = [(harmful, raw, name, edit) for (harmful, raw), table in zip(((True, False), (True, True), (False, False)), edits, strict=True) for name, edit in table.items()]  # fmt: skip
    each = -(-most // len(kinds))
    found: list[Restyling] = []
    for plain in random.sample(list(plains), len(plains)):
        known = locked(plain)
        for harmful, raw, name, edit in random.sample(kinds, len(kinds)):
            if counted[name] >= each * (3 if harmful else 4):
                continue
            line = _edited(known, edit, random, raw=raw)
            if line is None or line == known.line:
                continue
            counted[name] += 1
            found.append(Restyling(kind=name, plain=plain, line=line, harmful=harmful, known=known))
        if len(found) >= 12 * most:
            break
    return _even(found, most, random)


def _even(found: list[Restyling], most: int, random: Random) -> list[Restyling]:
    """Take of every kind in turn, until there are enough: half and half of harm and none."""
    chosen: list[Restyling] = []
    for harmful in (True, False):
        piles: dict[str, list[Restyling]] = {}
        for one in random.sample(found, len(found)):
            if one.harmful is harmful:
                piles.setdefault(one.kind, []).append(one)
        taken: list[Restyling] = []
        while len(taken) < most // 2 and any(piles.values()):
            taken += [pile.pop() for pile in piles.values() if pile]
        chosen += taken[: most // 2]
    return chosen


def _edited(known: Locked, edit: Edit, random: Random, *, raw: bool) -> str | None:
    if raw:
        new = edit(known.plain, random)
        return None if new is None or new == known.plain else relocked(new, known)
    body, tail = parted(known.line)
    new = edit(body, random)
    return None if new is None else f"{new}{tail}"


def parted(line: str) -> tuple[str, str]:
    """Part a line from its full stop and the numbers of its sources."""
    match = re.search(r"\.?(?: \[S\d+\])+$", line)
    return (line[: match.start()], match[0]) if match else (line, "")


def once(text: str, pattern: str, put: str | Callable[[re.Match[str]], str]) -> str | None:
    new, count = re.subn(pattern, put, text, count=1)
    return new if count and new != text else None


def lowered(text: str) -> str:
    return (
        f"{text[0].lower()}{text[1:]}"
        if text.split(maxsplit=1)[0][1:].islower() or text[1:2] == " "
        else text
    )


def _swap_all(text: str, one: str, other: str) -> str:
    return re.sub(rf"\b{other}\b", one, re.sub(rf"\b{one}\b", "\0", text)).replace("\0", other)


# --- harm done to a line ---


def token_dropped(line: str, random: Random) -> str | None:
    found = list(re.finditer(rf" ?{_KEPT}", line))
    if not found:
        return None
    match = random.choice(found)
    return line[: match.start()] + line[match.end() :]


def token_twice(line: str, random: Random) -> str | None:
    found = re.findall(_KEPT, line)
    return f"{line}, as {random.choice(found)} has it" if found else f"{line} [S1]"


def token_of_another_sentence(line: str, random: Random) -> str | None:
    return f"{line}, {random.choice(('[C7]', '[Q7]', '[N9]', '[F8]', '[S4]', '[X1]'))}"


def tokens_swapped(line: str, random: Random) -> str | None:
    found = list(dict.fromkeys(re.findall(_KEPT, line)))
    if len(found) < 2:
        return None
    one, other = random.sample(found, 2)
    return line.replace(one, "\0").replace(other, one).replace("\0", other)


def token_moved(line: str, random: Random) -> str | None:
    words = line.split()
    at = next((n for n, word in enumerate(words) if re.fullmatch(rf"{_KEPT}[,.;]?", word)), None)
    if at is None or len(words) < 8:
        return None
    word = words.pop(at)
    to = random.choice([n for n in range(len(words)) if abs(n - at) > 2])
    return " ".join([*words[:to], word, *words[to:]])


def citation_invented(line: str, random: Random) -> str:
    one, other = random.sample(NAMES, 2)
    return f"{line}, {one} v. {other}, {random.randint(2, 990)} F.3d {random.randint(2, 1990)} (9th Cir. {random.randint(1990, 2020)})"


def name_invented(line: str, random: Random) -> str:
    who = random.choice(NAMES)
    return random.choice(
        (
            f"{line}, as {who} shows",
            f"Under {who}, {lowered(line)}",
            f"Justice {who} wrote that {lowered(line)}",
            f"{line}, as {who.lower()} shows",
        )
    )


def number_invented(line: str, random: Random) -> str:
    return random.choice(
        (
            f"{line} within {random.randint(2, 90)} days",
            f"{line} in seven cases",
            f"{line} since {random.randint(1900, 2000)}",
            f"{line} under a bond of $5,000",
            f"{line} for xii years",
        )
    )


def fact_invented(line: str, random: Random) -> str:
    return line + random.choice(
        (
            ", which the legislature intended",
            ", and costs follow",
            " in every state",
            ", as is well settled",
            " at the hearing below",
            " as a matter of law",
            ", the record being clear",
            " to the prejudice of the moving party",
        )
    )


def authority_invented(line: str, random: Random) -> str:
    return random.choice(
        (
            "It is settled that {}",
            "The statute provides that {}",
            "As the legislature has said, {}",
            "Precedent requires that {}",
            "It is black-letter law that {}",
            "The restatement agrees that {}",
        )
    ).format(lowered(line))


def sentence_added(line: str, random: Random) -> str:
    return f"{line}. {random.choice(('It is always so', 'That is the law', 'The rule has no exception', 'Costs are awarded'))}"


def sentence_split(line: str, _: Random) -> str | None:
    return once(
        line, r",? (?:and|but|because|which|when|if) (\w)", lambda match: f". {match[1].upper()}"
    )


def sentence_merged(line: str, _: Random) -> str:
    return f"{line}, and the motion for a new trial was properly refused"


def boosted(line: str, random: Random) -> str | None:
    word = random.choice(
        ("clearly", "plainly", "undoubtedly", "certainly", "invariably", "necessarily")
    )
    return once(line, rf"\b({_MODAL}|{_BE})\b", rf"\1 {word}")


def hedge_put_in(line: str, random: Random) -> str | None:
    word = random.choice(("generally", "arguably", "perhaps", "probably", "usually", "sometimes"))
    return once(line, rf"\b({_MODAL}|{_BE})\b", rf"\1 {word}")


def modal_changed(line: str, random: Random) -> str | None:
    match = re.search(rf"\b({_MODAL})\b(?! not\b)", line)
    if match is None:
        return None
    other = random.choice([each for each in _MODAL.split("|") if each != match[1]])
    return line[: match.start()] + other + line[match.end() :]


def modal_put_in(line: str, random: Random) -> str | None:
    return once(line, r"\b(?:is|are)\b", f"{random.choice(('may', 'must', 'should'))} be")


def dictum_made_holding(line: str, random: Random) -> str | None:
    return once(
        line,
        r"\b(?:noted|said|assumed|explained|observed|suggested|argued|wrote|thought)\b",
        random.choice(("held", "ruled", "decided")),
    )


def holding_made_dictum(line: str, random: Random) -> str | None:
    return once(
        line,
        r"\b(?:held|ruled|concluded)\b",
        random.choice(("noted", "assumed", "suggested", "said")),
    )


def argument_made_holding(line: str, random: Random) -> str:
    return f"{random.choice(('The court held that', 'The plaintiff argued that', 'The dissent would say that', 'It was argued that', 'We assume that', 'The defendant contends that'))} {lowered(line)}"


def parties_swapped(line: str, random: Random) -> str | None:
    for one, other in random.sample(PARTIES, len(PARTIES)):
        if re.search(rf"\b{one}\b", line):
            return _swap_all(line, one, other)
    return None


def subject_and_object(line: str, random: Random) -> str | None:
    nouns = list(re.finditer(r"\b(?:the|a|an|his|its|her|their) ([a-z]{4,})\b", line))
    if len(nouns) < 2:
        return None
    one, other = sorted(random.sample(nouns, 2), key=lambda match: match.start())
    if one[1] == other[1]:
        return None
    return (
        line[: one.start(1)]
        + other[1]
        + line[one.end(1) : other.start(1)]
        + one[1]
        + line[other.end(1) :]
    )


def doer_turned(line: str, _: Random) -> str | None:
    """Put the one to whom it is done for the one who does it, as a wrong passive does."""
    match = re.fullmatch(r"(The [a-z]+) ([a-z]+ed) (the [a-z ]+)", line)
    return f"{match[1]} was {match[2]} by {match[3]}" if match else None


def quantity_changed(line: str, random: Random) -> str | None:
    match = re.search(r"\b(all|any|each|every|some|most|many|few|several|both|no|a)\b", line)
    if match is None:
        return None
    others = [word for word in ("all", "some", "every", "no", "few", "most") if word != match[1]]
    return line[: match.start()] + random.choice(others) + line[match.end() :]


def words_dropped(line: str, random: Random) -> str | None:
    words = line.split()
    places = [
        n
        for n in range(2, len(words) - 2)
        if len(words[n]) > 3 and words[n].isalpha() and words[n].lower() not in FREE
    ]
    if not places:
        return None
    at = random.choice(places)
    return " ".join([*words[:at], *words[at + 1 :]])


def clause_dropped(line: str, _: Random) -> str | None:
    return once(
        line, r",? (?:unless|except|if|when|until|where|because|although|provided) [^\[\]]+$", ""
    )


def condition_added(line: str, random: Random) -> str:
    return line + random.choice(
        (
            " unless the parties agree",
            " if notice was given",
            " only on request",
            ", except on appeal",
            " where justice requires",
        )
    )


def condition_changed(line: str, random: Random) -> str | None:
    match = re.search(r"\b(if|unless|when|until|where|before|after|only if|even if)\b", line)
    if match is None:
        return None
    others = [word for word in ("if", "unless", "only if", "even if", "until") if word != match[1]]
    return line[: match.start()] + random.choice(others) + line[match.end() :]


def compared_otherwise(line: str, random: Random) -> str | None:
    for one, other in random.sample(COMPARED, len(COMPARED)):
        if re.search(rf"\b{one}\b", line):
            return re.sub(rf"\b{one}\b", other, line, count=1)
    return None


def opposite(line: str, random: Random) -> str | None:
    for one, other in random.sample(OPPOSITES, len(OPPOSITES)):
        for a, b in ((one, other), (other, one)):
            if re.search(rf"\b{a}\b", line):
                return re.sub(rf"\b{a}\b", b, line, count=1)
    return None


def preposition_changed(line: str, random: Random) -> str | None:
    found = list(re.finditer(r"\b(to|from|by|of|for|against|with|in|on|under|over)\b", line))
    if not found:
        return None
    match = random.choice(found)
    others = [word for word in ("to", "from", "by", "against", "without") if word != match[1]]
    return line[: match.start()] + random.choice(others) + line[match.end() :]


def letters_of_another_script(line: str, random: Random) -> str | None:
    found = [n for n, letter in enumerate(line) if letter in "aeopcxAEOPC"]
    at = random.choice(found) if found else 0
    return (
        line[:at] + line[at].translate(str.maketrans("aeopcxAEOPC", "аеорсхАЕОРС")) + line[at + 1 :]
    )


def unseen_characters(line: str, random: Random) -> str:
    at = random.randrange(1, len(line))
    return line[:at] + random.choice("\u200b\u200d\u2060\ufeff\u00ad\u202e\u0301") + line[at:]


def put_in_quotation_marks(line: str, random: Random) -> str | None:
    words = line.split()
    if len(words) < 6 or "[" in "".join(words[2:5]):
        return None
    a, b = random.choice((("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("``", "''")))
    return " ".join([*words[:2], f"{a}{words[2]}", words[3], f"{words[4]}{b}", *words[5:]])


def made_a_question(line: str, _: Random) -> str:
    return f"{line}?"


def comma_that_denies(line: str, _: Random) -> str | None:
    return once(line, r"^No ", "No, ")


def one_who_says(line: str, random: Random) -> str:
    return f"{line}, {random.choice(('the plaintiff says', 'it is said', 'one court has held', 'in dictum', 'according to the dissent'))}"


def markup(line: str, random: Random) -> str:
    return random.choice(
        (
            f"**{line}**",
            f"<b>{line}</b>",
            f"{line} (https://law.example)",
            f"# {line}",
            f"{line} [see](x)",
        )
    )


def consequence_put_in(line: str, random: Random) -> str:
    return f"{random.choice(('Therefore,', 'It follows that', 'As a result,', 'Hence,'))} {lowered(line)}"


PARTIES = (
    ("plaintiff", "defendant"), ("petitioner", "respondent"), ("appellant", "appellee"), ("landlord", "tenant"),
    ("buyer", "seller"), ("employer", "employee"), ("jury", "judge"), ("customer", "merchant"),
    ("lessor", "lessee"), ("creditor", "debtor"), ("court", "jury"), ("government", "defendant"),
    ("plaintiffs", "defendants"), ("majority", "dissent"), ("insurer", "insured"), ("client", "lawyer"),
)  # fmt: skip
COMPARED = (
    ("more", "less"), ("less", "more"), ("greater", "lesser"), ("at least", "at most"), ("higher", "lower"),
    ("before", "after"), ("after", "before"), ("only", "also"), ("first", "last"), ("and", "or"), ("or", "and"),
    ("not", "not only"), ("must", "need not"), ("than", "as"), ("same", "different"),
)  # fmt: skip
OPPOSITES = (
    ("affirmed", "reversed"), ("granted", "denied"), ("admissible", "inadmissible"), ("sustained", "overruled"),
    ("valid", "void"), ("lawful", "unlawful"), ("reasonable", "unreasonable"), ("guilty", "innocent"),
    ("liable", "immune"), ("proper", "improper"), ("with", "without"), ("sufficient", "insufficient"),
    ("allow", "forbid"), ("required", "forbidden"), ("knew", "ignored"), ("true", "false"), ("won", "lost"),
    ("enough", "little"), ("public", "private"), ("right", "wrong"), ("failed", "managed"), ("rejected", "accepted"),
)  # fmt: skip
# Words that may come and go: no harm is done by dropping one.
FREE = frozenset("that also thus therefore indeed moreover".split())

HARM: dict[str, Edit] = {
    **{name: edit for name, edit in CHANGES.items() if name != "words_shuffled"},
    **{edit.__name__: edit for edit in (
        token_dropped, token_twice, token_of_another_sentence, tokens_swapped, token_moved,
        citation_invented, name_invented, number_invented, fact_invented, authority_invented,
        sentence_added, sentence_split, sentence_merged, boosted, hedge_put_in, modal_changed,
        modal_put_in, dictum_made_holding, holding_made_dictum, argument_made_holding, parties_swapped,
        subject_and_object, doer_turned, quantity_changed, words_dropped, clause_dropped, condition_added,
        condition_changed, compared_otherwise, opposite, preposition_changed, letters_of_another_script,
        unseen_characters, put_in_quotation_marks, made_a_question, comma_that_denies, one_who_says,
        markup, consequence_put_in,
    )},
}  # fmt: skip


# --- harm done to the sentence as it is written ---


def mark_renumbered(text: str, random: Random) -> str | None:
    return once(text, r"\[(\d+)\]", lambda match: f"[{int(match[1]) + random.randint(1, 5)}]")


def citation_renumbered(text: str, random: Random) -> str | None:
    return once(
        text,
        r"(\d+) U\.S\. (\d+)",
        lambda match: random.choice(
            (
                f"{int(match[1]) + 1} U.S. {match[2]}",
                f"{match[1]} U.S. {int(match[2]) + 1}",
                f"{match[1]} F.2d {match[2]}",
            )
        ),
    )


def pincite_changed(text: str, random: Random) -> str | None:
    return once(
        text,
        r"(U\.S\. \d+, )(\d+)",
        lambda match: random.choice((f"{match[1]}{int(match[2]) + 1}", match[1][:-2])),
    )


def year_changed(text: str, _: Random) -> str | None:
    return once(text, r"\((\d{4})\)", lambda match: f"({int(match[1]) + 1})")


def signal_dropped(text: str, _: Random) -> str | None:
    return once(text, r"\b(?:but see|see|cf\.) (?=[A-Z])", "")


def signal_changed(text: str, random: Random) -> str | None:
    return once(
        text,
        r"\b(?:but see|see|cf\.) (?=[A-Z])",
        lambda match: random.choice(
            [
                f"{each} "
                for each in ("see", "but see", "cf.", "accord", "contra")
                if f"{each} " != match[0]
            ]
        ),
    )


def party_of_a_case(text: str, random: Random) -> str | None:
    return once(
        text,
        r"\b(\w+) v\. (\w+)",
        lambda match: random.choice(
            (
                f"{match[2]} v. {match[1]}" if match[1] != match[2] else "A v. B",
                f"{match[1]} v. Greenlaw",
            )
        ),
    )


def quotation_recased(text: str, random: Random) -> str | None:
    return once(
        text,
        r"“([^”]+)”",
        lambda match: (
            f"“{random.choice((match[1].upper(), match[1].swapcase(), match[1].title()))}”"
        ),
    )


def quotation_altered(text: str, random: Random) -> str | None:
    def put(match: re.Match[str]) -> str:
        words = match[1].split()
        at = random.randrange(len(words))
        return f"“{' '.join(random.choice(([*words[:at], *words[at + 1 :]], [*words[:at], 'not', *words[at:]], [*words[:at], words[at] + 's', *words[at + 1 :]])))}”"

    return once(text, r"“([^”]+)”", put)


def quotation_paraphrased(text: str, _: Random) -> str | None:
    return once(text, r"“([^”]+)”", lambda match: match[1])


def quotation_marks_turned(text: str, _: Random) -> str | None:
    return once(text, r"“([^”]+)”", lambda match: f"‘{match[1]}’")


def figures_full_width(text: str, _: Random) -> str | None:
    new = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return new if new != text else None


def number_written_otherwise(text: str, _: Random) -> str | None:
    return once(text, r"(?<![\[\w,.])(\d{1,3})(?![\w\]])", lambda match: f"{match[1]}0")


def name_changed(text: str, random: Random) -> str | None:
    return once(text, r"(?<=[a-z,] )[A-Z][a-z]{3,}\b(?! v\.)", random.choice(NAMES))


def name_small(text: str, _: Random) -> str | None:
    return once(text, r"(?<=[a-z] )[A-Z][a-z]{3,}\b", lambda match: match[0].lower())


HARM_WRITTEN: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        mark_renumbered, citation_renumbered, pincite_changed, year_changed, signal_dropped, signal_changed,
        party_of_a_case, quotation_recased, quotation_altered, quotation_paraphrased, quotation_marks_turned,
        figures_full_width, number_written_otherwise, name_changed, name_small,
    )
}  # fmt: skip


# --- what does no harm ---


def same_word(line: str, random: Random) -> str | None:
    for one, other in random.sample(SAME, len(SAME)):
        for a, b in ((one, other), (other, one)) if other not in ONE_WAY else ((one, other),):
            if re.search(rf"\b{a}\b(?!['’])", line):
                return re.sub(rf"\b{a}\b(?!['’])", b, line, count=1)
    return None


def contracted(line: str, random: Random) -> str | None:
    for one, other in random.sample(CONTRACTED, len(CONTRACTED)):
        for a, b in ((one, other), (other, one)):
            if re.search(rf"\b{a}\b", line):
                return re.sub(rf"\b{a}\b", b, line, count=1)
    return None


def lead_put_before(line: str, random: Random) -> str | None:
    if re.match(
        r"(?:But|However|And|So|Yet|Nor|[A-Z])\b(?! [a-z])|(?:But|However|And|So|Yet|Nor)\b|\[",
        line,
    ):
        return None
    return f"{random.choice(('In short,', 'In sum,', 'Moreover,', 'In addition,', 'Furthermore,', 'In other words,', 'Put differently,', 'In short:', 'In particular,'))} {lowered(line)}"


def contrast_in_other_words(line: str, random: Random) -> str | None:
    match = re.match(r"(?:But,?|However,|Nevertheless,) (\w)", line)
    if match is None:
        return None
    put = [
        each
        for each in ("But", "However,", "Nevertheless,", "Nonetheless,", "Yet")
        if not line.startswith(each)
    ]
    return f"{random.choice(put)} {line[match.start(1) :]}"


def but_in_the_middle(line: str, random: Random) -> str | None:
    return once(
        line,
        r", but (?=the |it |he |they |we |a )",
        random.choice(("; however, ", ", yet ", "; but ")),
    )


def serial_comma(line: str, _: Random) -> str | None:
    """Put the comma before the last of a series, or take it away: a series has three."""
    off = once(line, r"(\b[a-z]+, [a-z]+), (and|or) ([a-z]+)$", r"\1 \2 \3")
    return off or once(line, r"(\b[a-z]+, (?!whether)[a-z]+) (and|or) (?=[a-z]+)", r"\1, \2 ")


def since_made_because(line: str, _: Random) -> str | None:
    if re.search(r"\b(?:has|have|had|ever|been|long)\b", line):
        return None
    return once(line, r"\bbecause (?!of\b)(?=\w)", "since ") or once(
        line, r"^Because (?!of\b)(?=\w)", "Since "
    )


def must_made_required(line: str, _: Random) -> str | None:
    return once(
        line, r"\b(?<!that )(\w+(?<!s)) must (?!not\b|be\b|have\b)", r"\1 is required to "
    ) or once(line, r"\b(?:is|are) required to\b", "must")


def passive(line: str, _: Random) -> str | None:
    match = re.fullmatch(
        r"((?:The|A|An) [a-z]{3,12}) (may|must|shall|can|should) ([a-z]{3,10}[^s\W]) (the|a|an) ([a-z]{3,12}(?: [a-z]{3,12})?)",
        line,
    )
    if match is None:
        return None
    who, modal, verb, article, what = match.groups()
    done = (
        verb[:-1] + "ied"
        if verb.endswith("y") and verb[-2] not in "aeo"
        else verb.rstrip("e") + "ed"
    )
    return f"{article.title()} {what} {modal} be {done} by {lowered(who)}"


def clause_moved_back(line: str, _: Random) -> str | None:
    match = re.fullmatch(
        r"((?:If|When|Where|Unless|Until|After|Before|Once) [^,;:—()]+), ([^,;:—()]+)", line
    )
    if match is None or not re.match(r"(?:the|a|an|it|he|she|they|we|courts|no|any) ", match[2]):
        return None
    if not HANGING.isdisjoint(match[2].split()):
        return None
    return f"{match[2][0].upper()}{match[2][1:]} {lowered(match[1])}"


def adverb_moved(line: str, _: Random) -> str | None:
    adverbs = "generally|ordinarily|often|sometimes|always|already|expressly|necessarily"
    auxiliaries = "may|must|shall|should|can|could|will|would|is|are|was|were|has|have|had"
    return once(line, rf"\b({auxiliaries}) ({adverbs}) (?!not\b)", r"\2 \1 ") or once(
        line, rf"\b({adverbs}) ({auxiliaries}) (?!not\b)", r"\2 \1 "
    )


def it_was_held(line: str, _: Random) -> str | None:
    return once(line, r"^The court (held|noted|said|explained) that ", r"It was \1 that ")


def said_behind(line: str, _: Random) -> str | None:
    match = re.fullmatch(r"The court (held|noted|said|explained) that ([^,;:]+)", line)
    return f"{match[2][0].upper()}{match[2][1:]}, the court {match[1]}" if match else None


def as_the_court_wrote(line: str, random: Random) -> str | None:
    return once(
        line,
        r"^The court wrote: (?=\[Q\d+\])",
        random.choice(
            (
                "As the court wrote, ",
                "The court said, ",
                "The court stated: ",
                "As the court said: ",
            )
        ),
    )


def dash_made_comma(line: str, _: Random) -> str | None:
    return once(line, r"\s*—\s*", ", ") if line.count("—") == 1 else None


def carrying_word(line: str, _: Random) -> str | None:
    return once(
        line,
        r"\b(held|found|said|noted|concluded|showed|knew|argued) that (?=the |a |an |it |he |they )",
        r"\1 ",
    )


def verb_for_its_noun(line: str, random: Random) -> str | None:
    for one, other in random.sample(NOUNS, len(NOUNS)):
        for a, b in ((one, other), (other, one)):
            if re.search(rf"\b{a}\b", line):
                return re.sub(rf"\b{a}\b", b, line, count=1)
    return None


SAME = (
    ("begin", "start"), ("began", "started"), ("begins", "commences"), ("uses", "utilizes"), ("purchase a", "buy a"),
    ("obtained", "got"), ("obtain", "get"), ("sufficient", "enough"), ("entire", "whole"), ("attempted to", "tried to"),
    ("prior to", "before"), ("pursuant to", "under"), ("in order to", "to"), ("upon", "on"),
    ("regarding", "concerning"), ("with respect to", "regarding"), ("notwithstanding", "despite"),
    ("permits", "allows"), ("permit", "allow"), ("permitted", "allowed"), ("prohibits", "forbids"),
    ("lawyer", "attorney"), ("lawyers", "attorneys"), ("shows", "demonstrates"), ("showed", "demonstrated"),
    ("ordinarily", "usually"), ("generally", "in general"), ("nobody", "no one"), ("no one", "nobody"),
    ("Although", "Though"), ("because of", "owing to"), ("is able to", "can"), ("are able to", "can"),
    ("need not", "is not required to"), ("subsequent to", "after"), ("so long as", "as long as"),
    ("depends on", "turns on"), ("everyone", "everybody"), ("anyone", "anybody"),
    ("in light of", "in view of"), ("for purposes of", "for the purpose of"), ("towards", "toward"), ("judgment", "judgement"),
    ("percent", "per cent"), ("amongst", "among"), ("in the event that", "if"),
)  # fmt: skip
# Where one of these is in the clause, another may hang on it than hung before.
HANGING = frozenset(
    """
    and or but nor that which who whom whose than as while since whether because though although so
    if when where unless until after before once only either neither nothing none argued said says
    claimed suggested think asked ordered told agreed refused promised decided
    """.split()
)
# What these stand for stands for more.
ONE_WAY = frozenset({"to", "on", "if", "whether or not", "under"})
CONTRACTED = (
    ("does not", "doesn’t"), ("did not", "didn’t"), ("do not", "don't"), ("is not", "isn’t"), ("was not", "wasn’t"),
    ("cannot", "can’t"), ("cannot", "can not"), ("are not", "aren't"), ("would not", "wouldn’t"), ("could not", "couldn't"),
    ("has not", "hasn’t"), ("it is", "it’s"), ("will not", "won’t"), ("had not", "hadn’t"), ("have not", "haven’t"),
    ("that is the", "that’s the"), ("were not", "weren’t"), ("they are", "they’re"), ("It is", "It’s"), ("should not", "shouldn’t"),
)  # fmt: skip
NOUNS = (
    ("determine", "make a determination"), ("determined", "made a determination"), ("considered", "took into account"),
    ("violates", "is in violation of"), ("applies to", "is applicable to"), ("moved for", "filed a motion for"),
    ("review", "conduct a review of"), ("consider", "give consideration to"), ("concluded", "reached the conclusion"),
    ("sued", "brought suit"), ("considers", "gives consideration to"), ("conclude", "reach the conclusion"),
)  # fmt: skip

HARMLESS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        same_word, contracted, lead_put_before, contrast_in_other_words, but_in_the_middle, serial_comma,
        since_made_because, must_made_required, passive, clause_moved_back, adverb_moved, it_was_held,
        said_behind, as_the_court_wrote, dash_made_comma, carrying_word, verb_for_its_noun,
    )
}  # fmt: skip
EDITS = (HARM, HARM_WRITTEN, HARMLESS)

# Made by hand, because opinions seldom say things so shortly; real ones come beside them.
SHORT = tuple(
    f"{sentence}. [{n % 7 + 1}]"
    for n, sentence in enumerate(
        f"{who} {modal} {verb} {what}"
        for who in ("The court", "A party", "The trial judge", "A tenant", "The agency")
        for modal in ("may", "must", "shall", "can", "should")
        for verb, what in (("reject", "the motion"), ("deny", "a stay"), ("consider", "the claim"), ("review", "the record"), ("examine", "a witness"), ("approve", "the plan"))
    )
)  # fmt: skip
