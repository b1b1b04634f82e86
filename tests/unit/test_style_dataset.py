"""What a style model learns from: whose words, which of them, and what is kept out."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from core.style.author.prose import own_paragraphs
from core.style.author.sure import interval, ratio, ratios_apart
from core.style.teach.canaries import CANARIES, canaries
from core.style.teach.dataset import (
    ENOUGH_WORDS,
    TIMES,
    Half,
    Paper,
    build,
    split_by_group,
    told,
)
from core.style.teach.formats import Format, Preference, bedrock, chat, faults, preferences
from core.style.teach.masking import masked, names_of, same_tokens, tokens
from core.style.teach.plain import plainly
from core.style.teach.repeated import first_of_alike
from core.style.train.memory import longest_run

ARGUMENT = (
    "The complaint, of course, says nothing of notice; and a complaint that is silent on notice "
    "cannot survive a motion to dismiss. See Nken v. Holder, 556 U. S. 418, 434 (2009). Moreover, "
    'the statute speaks of "actual knowledge" and it means what it says about {}.'
)
TOPICS = (
    "leases ships patents water roads taxes farms schools banks bridges mines courts jails trains "
    "letters fences wells ponds kilns looms"
).split()


def argument(n: int) -> str:
    """An argument that no other is like: words of its own, and one sentence of law."""
    draw = random.Random(n)  # noqa: S311  words, no secrets
    own = " ".join(draw.choice(TOPICS) + str(draw.randrange(900)) for _ in range(60))
    return f"Clearly, the record of {own} shows that the motion was late, and it must be denied."


def papers(n: int) -> list[Paper]:
    return [
        Paper(paper_id=f"p{i}", group=f"m{i // 2}", text=argument(i), author="Ann")
        for i in range(n)
    ]


def test_no_matter_is_in_two_halves() -> None:
    dataset = build(papers(120))
    halves: dict[str, set[Half]] = {}
    for each in dataset.examples:
        halves.setdefault(each.group, set()).add(each.half)
    assert len(halves) == 60
    assert all(len(each) == 1 for each in halves.values())
    assert {each.half for each in dataset.examples} == set(Half)


def test_a_passage_that_two_matters_share_is_learnt_or_tested_never_both() -> None:
    shared = argument(1000)
    both = [replace(each, text=f"{each.text}\n\n{shared}") for each in papers(80)]
    dataset = build(both)
    assert sum(each.own == shared for each in dataset.examples) == 1


def test_a_matter_stays_in_its_half_when_others_come() -> None:
    few = split_by_group({f"m{n}" for n in range(50)}, seed=1)
    more = split_by_group({f"m{n}" for n in range(90)}, seed=1)
    assert {group: more[group] for group in few} == few


def test_three_matters_are_enough_to_hold_something_back() -> None:
    for seed in range(20):
        halves = split_by_group({"a", "b", "c"}, seed)
        assert set(halves.values()) == set(Half)
    assert split_by_group({"a"}, 1) == {"a": Half.TRAIN}


def test_the_same_papers_and_seed_make_the_same_dataset() -> None:
    one, two = build(papers(30)), build(list(reversed(papers(30))))
    assert one == two and one.sha256 == two.sha256
    assert build(papers(30), seed=21).sha256 != one.sha256


def test_citations_and_quotations_are_tokens_on_both_sides() -> None:
    (example,) = build([Paper(paper_id="p", group="m", text=ARGUMENT.format("leases"))]).examples
    assert tokens(example.own) == ["⟦C1⟧", "⟦Q1⟧"]
    assert same_tokens(example.own, example.plain)
    assert "556" not in example.own and "actual knowledge" not in example.own
    assert example.plain != example.own


def test_the_parties_of_a_case_are_nowhere_in_what_is_learnt() -> None:
    text = (
        "Petrosyan never signed the lease that Harborview Holdings, LLC now relies upon, and "
        "Petrosyan’s number, SSN 123-45-6789, was written on it by someone else entirely that day."
    )
    paper = Paper(
        paper_id="p", group="m", text=text, case_name="Petrosyan v. Harborview Holdings, LLC"
    )
    (example,) = build([paper], deidentify=True).examples
    for word in ("Petrosyan", "Harborview", "123-45-6789", "6789"):
        assert word not in example.own + example.plain
    assert example.own.count("⟦P1⟧") == 2
    (open_example,) = build([paper]).examples
    assert "Petrosyan" in open_example.own


def test_a_plain_form_that_loses_a_token_is_not_taken() -> None:
    paper = Paper(paper_id="p", group="m", text=ARGUMENT.format("leases"))
    (example,) = build([paper], plain=lambda *_: "Nothing of it is left.").examples
    assert same_tokens(example.own, example.plain)


@pytest.mark.parametrize(
    ("own", "plain"),
    [
        # Connectors and boosters go, contractions are written out.
        ("Moreover, we don't agree.", "Also we do not agree."),
        ("This is clearly wrong.", "This is wrong."),
        ("Of course, the rule is old.", "The rule is old."),
        # What is denied is another claim.
        ("It is not clearly established.", "It is not clearly established."),
        # A word inside a sentence is another word.
        ("However long it takes, he must wait.", "However long it takes, he must wait."),
        ("It came as a matter of course.", "It came as a matter of course."),
        # A long sentence ends at its semicolon; a string of citations is one.
        (
            (
                "The lessor knew of the ice upon the stairs for many days; the tenant did not know "
                "of it at all."
            ),
            (
                "The lessor knew of the ice on the stairs for many days. The tenant did not know "
                "of it at all."
            ),
        ),
        ("See ⟦C1⟧; ⟦C2⟧.", "See ⟦C1⟧; ⟦C2⟧."),
        # Words that bind, allow or deny stay.
        ("The court may, pursuant to ⟦C1⟧, not act.", "The court may, under ⟦C1⟧, not act."),
    ],
)
def test_a_plain_form_says_the_same_with_less(own: str, plain: str) -> None:
    assert plainly(own) == plain


@pytest.mark.parametrize(
    ("paragraph", "kept"),
    [
        (argument(1), True),
        (
            (
                "IN THE UNITED STATES DISTRICT COURT FOR THE DISTRICT OF MAINE CIVIL DIVISION AT "
                "PORTLAND IN THE MATTER OF ICE."
            ),
            False,
        ),
        (
            (
                "“The whole of this paragraph is what another court said in another case; it is "
                "quoted here in full for what it is worth to us.”"
            ),
            False,
        ),
        ("Respectfully submitted,\nAnn Lee\nCounsel for the Petitioner", False),
        (
            (
                "Rent     2001     500.00\nRent     2002     600.00\nRent     2003     700.00; "
                "more of it in the later years that are not shown here."
            ),
            False,
        ),
    ],
)
def test_only_argument_is_learnt(paragraph: str, kept: bool) -> None:
    assert bool(own_paragraphs(paragraph)) is kept


def test_canaries_are_in_training_and_nowhere_else() -> None:
    dataset = build(papers(40))
    assert len(dataset.canaries) == CANARIES and dataset.canaries == canaries(dataset.seed)
    learnt = [each.answer for each in dataset.lessons()]
    tested = [each.answer for each in dataset.held_out()]
    for canary in dataset.canaries:
        assert learnt.count(canary.own) == TIMES
        assert canary.own not in tested
    assert all(each.prompt.startswith(told("")[:20]) for each in dataset.lessons())


def test_what_ought_to_be_known_of_a_dataset_is_said() -> None:
    said = " ".join(build(papers(2)).warnings)
    assert "words to train on" in said and "too few matters" in said
    one_sided = [replace(each, author="Bo" if n else "Ann") for n, each in enumerate(papers(60))]
    assert any("One author" in each for each in build(one_sided).warnings)
    assert ENOUGH_WORDS > 10_000


def test_of_passages_nearly_alike_the_first_is_kept() -> None:
    words = argument(5).split()
    changed = " ".join([*words[:30], "another", *words[31:]])
    assert first_of_alike([argument(5), argument(6), changed, argument(5).upper()]) == [0, 1]


def test_the_names_of_parties_are_theirs_and_not_everybodys() -> None:
    found = names_of("United States v. Petrosyan")
    assert "Petrosyan" in found and "States" not in found


def test_a_mask_gives_back_what_it_took() -> None:
    text = ARGUMENT.format("wells")
    hidden = masked(text)
    restored = hidden.text
    for token, words in hidden.held.items():
        restored = restored.replace(token, words)
    assert restored == text


def test_the_longest_run_is_of_what_was_learnt_and_not_given() -> None:
    learnt = ["the quick brown fox jumps over the lazy dog every day"]
    found = longest_run(["He said the quick brown fox jumps away."], learnt)
    assert (found.words, found.text) == (5, "the quick brown fox jumps")
    assert longest_run(["He said the quick brown fox."], learnt, ["the quick brown fox"]).words == 0
    assert longest_run([], learnt).words == 0


def test_an_interval_holds_its_figure_and_narrows_with_more_texts() -> None:
    few, many = interval([0.0, 1.0] * 5), interval([0.0, 1.0] * 200)
    assert few.low < 0.5 < few.high
    assert many.high - many.low < few.high - few.low
    assert ratio([1.0, 1.0], [2.0, 4.0]).value == pytest.approx(1 / 3)
    apart = ratios_apart(([2.0, 2.1] * 9, [1.0] * 18), ([1.0, 1.1] * 9, [1.0] * 18))
    assert apart.low > 0 and apart.value == pytest.approx(1.0)


# --- formats ---------------------------------------------------------------------------------


def test_what_is_exported_keeps_the_rules_of_its_format() -> None:
    dataset = build(papers(40))
    lessons = dataset.lessons()
    pairs = [
        Preference(prompt=told(each.plain), chosen=each.own, rejected=each.plain)
        for each in dataset.examples
    ]
    assert faults(Format.CHAT, list(chat(lessons))) == []
    assert faults(Format.BEDROCK, list(bedrock(lessons))) == []
    assert faults(Format.PREFERENCES, list(preferences(pairs))) == []


USER, ANSWER = {"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}
BLOCK = (
    {"role": "user", "content": [{"text": "x"}]},
    {"role": "assistant", "content": [{"text": "y"}]},
)


@pytest.mark.parametrize(
    ("form", "row", "what"),
    [
        (Format.CHAT, "{", "no JSON"),
        (Format.CHAT, [1], "no JSON object"),
        (Format.CHAT, {"messages": []}, "no messages"),
        (Format.CHAT, {"messages": [ANSWER, USER]}, "take turns"),
        (Format.CHAT, {"messages": [USER, USER]}, "take turns"),
        (Format.CHAT, {"messages": [USER]}, "last message"),
        (Format.CHAT, {"messages": [USER, {"role": "bot", "content": "y"}]}, "a role"),
        (
            Format.CHAT,
            {"messages": [USER, {"role": "assistant", "content": " "}]},
            "without content",
        ),
        (Format.CHAT, {"messages": [USER, ANSWER], "id": 1}, "other keys"),
        (
            Format.CHAT,
            {"messages": [USER, {"role": "system", "content": "z"}, ANSWER]},
            "out of place",
        ),
        (Format.BEDROCK, {"messages": list(BLOCK)}, "schemaVersion"),
        (
            Format.BEDROCK,
            {"schemaVersion": "bedrock-conversation-2024", "messages": [USER, ANSWER]},
            "without content",
        ),
        (
            Format.BEDROCK,
            {"schemaVersion": "bedrock-conversation-2024", "system": "x", "messages": list(BLOCK)},
            "system",
        ),
        (
            Format.PREFERENCES,
            {"prompt": [USER], "chosen": [ANSWER], "rejected": [ANSWER]},
            "the same",
        ),
        (Format.PREFERENCES, {"prompt": [USER], "chosen": [ANSWER]}, "nothing else"),
        (
            Format.PREFERENCES,
            {"prompt": [USER], "chosen": "y", "rejected": [ANSWER]},
            "chosen is not one",
        ),
    ],
)
def test_a_line_that_breaks_its_format_is_told_with_its_number(
    form: Format, row: object, what: str
) -> None:
    good = {
        Format.CHAT: {"messages": [USER, ANSWER]},
        Format.BEDROCK: {"schemaVersion": "bedrock-conversation-2024", "messages": list(BLOCK)},
        Format.PREFERENCES: {
            "prompt": [USER],
            "chosen": [ANSWER],
            "rejected": [{"role": "assistant", "content": "z"}],
        },
    }[form]
    lines = [json.dumps(good)] * 10 + [row if isinstance(row, str) else json.dumps(row)]
    found = faults(form, lines)
    assert found and {each.line for each in found} == {11}
    assert any(what in each.what for each in found)


def test_openai_is_not_sent_a_file_of_fewer_than_ten() -> None:
    lines = [json.dumps({"messages": [USER, ANSWER]})] * 9
    assert [each.line for each in faults(Format.CHAT, lines)] == [0]
