"""The content lock: what a style model may change of a sentence, and what it may not."""
# ruff: noqa: E501  a row of a table of sentences stays on one line

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest

from core.ask.wordings import CARRYING
from core.style.lock.lock import broken_by, changed
from core.style.lock.tokens import TOKEN, locked, unlocked
from tests import vandal, vandal_held_out
from tests.source_sets import corpus_records, demo_records
from tests.vandal import Restyling, restylings, told

# Opinions of each file of the corpus that are drawn from: enough for some thousand sentences.
OPINIONS_A_FILE = 60
HARMLESS_REFUSED = 0.02


# --- tokens ---

WHOLE = (
    "But the Court, in Roe, held on March 3, 2009, that “the [state] may  not act” under Rule "
    "12(b)(6), see Nken v. Holder, 556 U.S. 418, 433-34 (2009) (quoting it) (emphasis added), for "
    "Smith’s two claims of $1,000.50. [1][12]"
)


def test_citations_quotations_marks_numbers_dates_and_names_become_tokens() -> None:
    line = locked(WHOLE).line

    assert line == (
        "But the Court, in [N1], held on [D1], that [Q1] under [N2], [C1], for [N3]’s [F1] claims "
        "of [F2]. [S1]"
    )
    assert list(locked(WHOLE).kept.values()) == [
        "Roe",
        "March 3, 2009",
        "“the [state] may  not act”",
        "Rule 12(b)(6)",
        "see Nken v. Holder, 556 U.S. 418, 433-34 (2009) (quoting it) (emphasis added)",
        "Smith",
        "two",
        "$1,000.50",
        "[1][12]",
    ]


def test_what_is_locked_comes_back_to_the_byte() -> None:
    known = locked(WHOLE)

    assert unlocked(known.line, known.kept) == WHOLE


def test_a_text_that_has_tokens_of_its_own_confuses_nobody() -> None:
    plain = "The exhibit marked [C1] and ⟦N2⟧, not [the] other, was Roe’s. [1]"
    known = locked(plain)

    assert "[C1]" not in known.kept.values() or known.kept.get("[C1]") != "[C1]"
    assert unlocked(known.line, known.kept) == plain
    assert TOKEN.sub("", known.line).count("[") == 0


def test_the_first_word_of_a_sentence_is_a_name_where_the_sources_never_write_it_small() -> None:
    ordinary = frozenset({"courts"})

    assert locked("Courts may act. [1]", ordinary).line == "Courts may act. [S1]"
    assert locked("Roe may act. [1]", ordinary).line == "[N1] may act. [S1]"
    assert locked("A Delaware court may act. [1]", ordinary).line == "A [N1] court may act. [S1]"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[N1] applies, [C1]. [S1]", None),
        ("[C1] applies, [N1]. [S1]", "another order"),
        ("[N1] applies. [S1]", "it left out a citation"),
        ("[N1] applies, [C1], [C1]. [S1]", "it repeated a citation"),
        ("[N1] applies, [C1]; [C2]. [S1]", "it brought in a citation that is not of this sentence"),
        ("[N1] applies, [X1] [C1]. [S1]", "it brought in something"),
        ("[N1] applies, C1. [S1]", "it left out a citation"),
        ("[N1] applies, (C1) [C1]. [S1]", "it brought in a number"),
        ("[S1] [N1] applies, [C1].", "another order"),
    ],
)
def test_every_token_is_back_once_and_where_it_was(line: str, why: str | None) -> None:
    known = locked("Rule 12 applies, see Roe v. Wade, 410 U.S. 113 (1973). [1]")

    broken = changed(known, line)

    assert broken is None if why is None else why in str(broken)


# --- what is the same ---


@pytest.mark.parametrize(
    ("plain", "spoken"),
    [
        ("However, the court may hear it. [1]", "But the court may hear it. [1]"),
        ("The court, however, may hear it. [1]", "Nevertheless, the court may hear it. [1]"),
        ("The claim fails, but the stay stands. [1]", "The claim fails; however, the stay stands. [1]"),
        ("The claim therefore fails. [1]", "Accordingly, the claim fails. [1]"),
        ("A party must show harm. [1]", "A party is required to show harm. [1]"),
        ("The court denied the motion. [1]", "The motion was denied by the court. [1]"),
        ("A court may grant a stay. [1]", "A stay may be granted by a court. [1]"),
        ("If a party objects, it may be heard. [1]", "It may be heard if a party objects. [1]"),
        ("Because it is late, it fails. [1]", "It fails because it is late. [1]"),
        ("Since the claim is late, it fails. [1]", "Because the claim is late, it fails. [1]"),
        ("It doesn’t bind. [1]", "It does not bind. [1]"),
        ("It weighs harm, delay and cost. [1]", "It weighs harm, delay, and cost. [1]"),
        ("The Court held that a stay may issue. [1]", "It was held that a stay may issue. [1]"),
        ("The court held that it is late. [1]", "It is late, the court held. [1]"),
        ("The court wrote: “it is so.” [1]", "As the court wrote, “it is so.” [1]"),
        ("A stay may generally issue. [1]", "In short: a stay generally may issue. [1]"),
    ],
)  # fmt: skip
def test_a_habit_of_the_house_is_let_through(plain: str, spoken: str) -> None:
    assert broken_by(plain, spoken) is None


# --- what is not the same, and why ---


@pytest.mark.parametrize(
    ("plain", "spoken", "why"),
    [
        ("A stay may issue. [1]", "A stay shall issue. [1]", "it changed “may” to “shall”"),
        ("A stay shall issue. [1]", "A stay must issue. [1]", "it changed “shall” to “must”"),
        ("A stay may not issue. [1]", "A stay cannot issue. [1]", "it changed “may” to “can”"),
        ("A stay is no right. [1]", "A stay is a right. [1]", "it changed “no” to “a”"),
        ("The court noted that it is late. [1]", "The court held that it is late. [1]", "it changed “noted” to “held”"),
        ("The plaintiff argued that it is late. [1]", "The court held that it is late. [1]", "it changed “argued” to “held”"),
        ("The plaintiff argued that it is late. [1]", "It is late. [1]", "it left out “argued”"),
        ("It was held that it is late. [1]", "The court held that it is late. [1]", "court"),
        ("It issues unless they agree. [1]", "It issues if they agree. [1]", "it changed “unless” to “if”"),
        ("It issues unless they agree. [1]", "It issues. [1]", "it left out “unless”"),
        ("It generally issues. [1]", "It issues. [1]", "it left out “generally”"),
        ("Every court agrees. [1]", "Some courts agree. [1]", "it changed “every” to “some"),
        ("The tenant sued the owner. [1]", "The owner sued the tenant. [1]", "another order"),
        ("The tenant sued the owner. [1]", "The tenant was sued by the owner. [1]", "it put in “was”"),
        ("The plaintiff bears it. [1]", "The defendant bears it. [1]", "it changed “plaintiff” to “defendant”"),
        ("The order was affirmed. [1]", "The order was reversed. [1]", "“reversed”"),
        ("A stay may issue. [1]", "It is settled that a stay may issue. [1]", "it put in"),
        ("A stay may issue. [1]", "A stay may issue. It is a right. [1]", "it split the sentence"),
        ("A stay may issue. It is no right. [1]", "A stay may issue and it is no right. [1]", "it joined sentences"),
        ("A stay may issue. [1]", "May a stay issue? [1]", "a question"),
        ("A stay may issue. [1]", "Therefore, a stay may issue. [1]", "how the sentence follows"),
        ("However, a stay may issue. [1]", "Thus, a stay may issue. [1]", "how the sentence follows"),
        ("No damages are due. [1]", "No, damages are due. [1]", "a comma"),
        ("It shows only that she left. [1]", "It shows that only she left. [1]", "another order"),
        ("Few courts agree. [1]", "The few courts agree. [1]", "it put in “the”"),
        ("The court believes the party that lied. [1]", "The court believes that the party lied. [1]", "that"),
        ("Claims that are late fail. [1]", "Claims are late that fail. [1]", "another order"),
        ("The plaintiff said the tenant is liable. [1]", "The plaintiff, said the tenant, is liable. [1]", "a comma"),
        ("Officers who left were paid. [1]", "Officers, who left, were paid. [1]", "a comma"),
        ("It was denied by the court in March. [1]", "The court in March denied it. [1]", "“was”"),
        ("Every court denied some claim. [1]", "Some claim was denied by every court. [1]", "it put in"),
        ("The rule changed since the hearing was held. [1]", "The rule changed because the hearing was held. [1]", "“since” to “because”"),
        ("It did not err because it was late. [1]", "Because it was late, it did not err. [1]", "another order"),
        ("It fails. [1]", "It fails., [1]", "marks or words"),
        ("A stay may issue. [1]", "A stay m\u0430y issue. [1]", "look like others"),
        ("A stay may issue. [1]", "A stay may\u200b issue. [1]", "not seen"),
        ("A stay may issue. [1]", "A “stay” may issue. [1]", "quotation marks"),
        ("It fails, but see Roe v. Wade, 410 U.S. 113 (1973). [1]", "It fails, Roe v. Wade, 410 U.S. 113 (1973). [1]", "a citation"),
        ("He wrote “It is so.” [1]", "He wrote “it is so.” [1]", "a quotation"),
        ("It fails. [1]", "", "it left the sentence out"),
    ],
)  # fmt: skip
def test_what_changes_a_fact_is_refused_and_said_why(plain: str, spoken: str, why: str) -> None:
    assert why in str(broken_by(plain, spoken))


def test_a_name_or_number_that_a_model_made_up_is_not_repeated_in_the_reason() -> None:
    spoken = "A stay may issue, as Blackwood held in 1999, 12 F.3d 34. [1]"

    assert broken_by("A stay may issue. [1]", spoken) == "it brought in a number"
    assert broken_by("A stay may issue. [1]", "A stay may issue, says Roe. [1]") == (
        "it brought in a name"
    )


# --- the vandal ---


@cache
def told_by_the_demo() -> tuple[str, ...]:
    texts = [opinion["text"] for record in demo_records() for opinion in record["opinions"]]
    return tuple(told(texts, Random(1)))  # noqa: S311


def told_by_the_corpus(corpus: Path) -> list[str]:
    records = [
        record
        for path in sorted((corpus / "opinions").glob("*.jsonl.gz"))
        for record in corpus_records(path)[:OPINIONS_A_FILE]
    ]
    texts = [opinion["text"] for record in records for opinion in record["opinions"]]
    plains = [*told_by_the_demo(), *told(texts, Random(2))]  # noqa: S311
    return Random(3).sample(plains, 4_000)  # noqa: S311


def held(made: Iterable[Restyling]) -> tuple[list[Restyling], list[Restyling], int]:
    """Return the harm that passed, the harmless that was refused, and how much was harmless."""
    all_made = list(made)
    passed = [one for one in all_made if one.harmful and changed(one.known, one.line) is None]
    harmless = [one for one in all_made if not one.harmful]
    refused = [one for one in harmless if changed(one.known, one.line) is not None]
    return passed, refused, len(harmless)


def seen(made: Sequence[Restyling]) -> str:
    return "\n".join(f"{one.kind}: {one.known.line}\n -> {one.line}" for one in made[:8])


@pytest.mark.parametrize("of", [vandal, vandal_held_out], ids=["vandal", "held out"])
def test_of_three_hundred_restylings_every_change_is_caught_and_few_others_are(of: object) -> None:
    which = vandal if of is vandal else vandal_held_out
    plains = [*told_by_the_demo(), *which.SHORT]
    made = restylings(plains, 300, seed=7, edits=which.EDITS)

    passed, refused, harmless = held(made)

    assert len(made) >= 250
    assert len({one.kind for one in made if one.harmful}) >= 30
    assert passed == [], seen(passed)
    assert len(refused) <= HARMLESS_REFUSED * harmless, seen(refused)


def test_the_same_seed_makes_the_same_restylings() -> None:
    one, other = (restylings(told_by_the_demo(), 30, seed=5, edits=vandal.EDITS) for _ in range(2))

    assert one == other != restylings(told_by_the_demo(), 30, seed=6, edits=vandal.EDITS)


def test_a_word_changed_at_random_is_let_through_only_where_it_says_nothing() -> None:
    """No list of harm: whatever happens to any word but those that only carry a sentence along."""
    random = Random(11)  # noqa: S311
    plains = random.sample(told_by_the_demo(), 50)
    known = [locked(plain) for plain in plains]
    words = sorted({word for each in known for word in each.line.split() if word.isalpha()})

    let_through = [
        (each.line, line)
        for each in known
        for line in edited_at_random(each.line, words, random)
        if line != each.line and changed(each, line) is None
    ]

    assert [pair for pair in let_through if saying(pair[0]) != saying(pair[1])] == []


def edited_at_random(line: str, words: Sequence[str], random: Random) -> Iterable[str]:
    there = line.split()
    for _ in range(3):
        at, to = random.randrange(len(there) - 1), random.randrange(len(there) - 1)
        rest = [*there[:at], *there[at + 1 :]]
        yield " ".join(rest)
        yield " ".join([*rest[:to], there[at], *rest[to:]])
        yield " ".join([*there[:at], there[at + 1], there[at], *there[at + 2 :]])
        yield " ".join([*there[:at], random.choice(words), *there[at:]])
        yield " ".join([*there[:at], random.choice(words), *there[at + 1 :]])


def saying(line: str) -> list[str]:
    """Return the words of a line but for those that only carry it along."""
    bare = re.findall(r"[\w’'-]+", line.lower())
    return [word for word in bare if word not in CARRYING]


@pytest.mark.slow
@pytest.mark.parametrize("of", [vandal, vandal_held_out], ids=["vandal", "held out"])
def test_of_thousands_of_restylings_every_change_is_caught_and_at_most_two_in_a_hundred_others(
    of: object, corpus: Path
) -> None:
    which = vandal if of is vandal else vandal_held_out
    plains = [*told_by_the_corpus(corpus), *which.SHORT]
    made = restylings(plains, 4_000, seed=2026, edits=which.EDITS)

    passed, refused, harmless = held(made)
    counted = Counter(one.harmful for one in made)
    print(  # noqa: T201  the figures of docs/evaluation.md
        f"\n{counted[True]} harmful, {len(passed)} passed; {harmless} not, {len(refused)} refused"
    )

    assert counted[True] >= 1_800
    assert counted[True] + harmless >= 2_000
    assert passed == [], seen(passed)
    assert len(refused) <= HARMLESS_REFUSED * harmless, seen(refused)


def test_words_of_no_list_are_refused_for_want_of_a_proof() -> None:
    """What the lock costs: a rewording that no list knows stays out, however harmless it is."""
    edits = ({}, {}, vandal_held_out.UNLISTED)
    made = restylings(told_by_the_demo(), 60, seed=9, edits=edits)

    _, refused, harmless = held(made)

    assert harmless >= 20
    assert len(refused) == harmless
