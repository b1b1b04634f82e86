"""Who wrote it: told by habit, not by subject; and how sure that is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.style.author.authorship import Namer, Profile, counts, distance
from core.style.author.prose import own_prose
from core.style.author.shapes import flat, runs, shape, spelled
from core.style.author.sure import difference, gap, interval, share
from core.style.author.verifier import Verifier
from tests.writers import BLUNT, WORDY, written


def signs(text: str) -> list[str]:
    return flat(shape(own_prose(text)))


# --- shapes ---


def test_a_shape_keeps_little_words_and_marks_and_nothing_of_the_subject() -> None:
    found = signs("Because the lessor of Ms. Doe quickly moved 12 crates, it is “liable.”")
    assert found == ("¶ ^ because the * of N . N *ly *ed # *es , it is Q".split())


def test_two_subjects_in_the_same_words_have_the_same_shape() -> None:
    one = "But the ferry passed the harbor, which is all that Smith could say of it."
    other = "But the taxes pained the debtor, which is all that Jones could say of it."
    assert signs(one)[4] != signs(other)[4]  # an ending tells what kind of word it is
    assert [s for s in signs(one) if s[0] != "*"] == [s for s in signs(other) if s[0] != "*"]


def test_how_a_page_is_set_does_not_tell_who_wrote_it() -> None:
    slip = "The rule—as we’ve said—is plain. . . . It isn’t new."
    bound = "The rule -- as we've said -- is plain. . . . It isn't new."
    assert signs(slip) == signs(bound)


def test_runs_are_counted_and_can_be_spelled_again() -> None:
    found = runs(["the", "*", "of", "the", "*"])
    known = {spelled(int(code)): int(n) for code, n in zip(found.codes, found.times, strict=True)}
    assert known == {
        "the": 2, "*": 2, "of": 1, "the *": 2, "* of": 1, "of the": 1,
        "the * of": 1, "* of the": 1, "of the *": 1,
    }  # fmt: skip


# --- naming ---


def test_two_writers_on_the_same_subjects_are_told_apart() -> None:
    texts = [*written(BLUNT, 6), *written(WORDY, 6)]
    namer = Namer.train([counts(text) for text in texts], ["blunt"] * 6 + ["wordy"] * 6)
    unseen = [*written(BLUNT, 3, seed=8), *written(WORDY, 3, seed=8)]
    assert namer.name([counts(text) for text in unseen]) == ("blunt",) * 3 + ("wordy",) * 3


def test_what_decides_is_named() -> None:
    texts = [*written(BLUNT, 6), *written(WORDY, 6)]
    namer = Namer.train([counts(text) for text in texts], ["blunt"] * 6 + ["wordy"] * 6)
    against = {name for name, weight in namer.deciding("blunt", 30) if weight < 0}
    assert against & {"which", ", which", "Which", "Words in a sentence", ";"}


# --- distance ---


def test_delta_is_shorter_to_ones_own_profile_than_to_anothers() -> None:
    blunt, wordy = written(BLUNT, 6), written(WORDY, 6)
    profile = Profile.of(blunt, wordy)
    own = distance(written(BLUNT, 4, seed=7), profile)
    other = distance(written(WORDY, 4, seed=7), profile)
    assert own.high < other.low
    assert (own.n, other.n) == (4, 4)


# --- the verifier ---


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier.train(written(BLUNT, 6), written(WORDY, 6))


def test_it_takes_ours_for_ours_and_others_for_others(verifier: Verifier) -> None:
    assert min(verifier.score(text) for text in written(BLUNT, 3, seed=8)) > 0.8
    assert max(verifier.score(text) for text in written(WORDY, 3, seed=8)) < 0.2
    assert verifier.held_out.n == 12
    assert verifier.held_out.value >= 0.9


def test_where_both_sides_write_alike_it_is_not_sure_of_anything() -> None:
    unsure = Verifier.train(written(BLUNT, 10), written(BLUNT, 10, seed=2))
    odds = [unsure.score(text) for text in written(BLUNT, 6, seed=3)]
    assert 0.3 < float(np.mean(odds)) < 0.7
    # Fourteen of twenty are right by luck one time in seventeen; sixteen would be no luck.
    assert unsure.held_out.low < 0.6


def test_a_text_without_prose_is_neither(verifier: Verifier) -> None:
    assert verifier.score("II") == 0.5


def test_it_learns_the_same_each_time(verifier: Verifier) -> None:
    again = Verifier.train(written(BLUNT, 6), written(WORDY, 6))
    text = written(WORDY, 1, seed=4)[0]
    assert again.score(text) == verifier.score(text)


def test_too_few_documents_teach_nothing() -> None:
    with pytest.raises(ValueError, match="at least 5"):
        Verifier.train(written(BLUNT, 4), written(WORDY, 9))


# --- how sure ---


def test_a_difference_that_each_pair_shows_is_clear_of_zero_and_one_by_luck_is_not() -> None:
    assert difference([3, 4, 5, 6], [1, 2, 3, 4]).clear_of_zero
    assert not difference([1, -1, 2, -2], [0, 0, 0, 0]).clear_of_zero


def test_an_interval_holds_its_mean_and_its_number_of_documents() -> None:
    found = interval([1.0, 2.0, 3.0, 4.0])
    assert (found.value, found.n) == (2.5, 4)
    assert 1.0 <= found.low < 2.5 < found.high <= 4.0
    assert interval([1.0, 2.0, 3.0, 4.0]) == found


def test_of_like_documents_there_is_no_gap() -> None:
    assert not gap([1, 2, 3, 4, 5], [1, 2, 3, 4, 6]).clear_of_zero
    assert gap([1, 2, 3], [8, 9, 10]).clear_of_zero


def test_all_right_is_one() -> None:
    assert share([True, True]).value == 1.0


# --- real authors ---


def opinions(corpus: Path, authors: set[str], most: int) -> Iterator[tuple[str, bool, str]]:
    """Yield author, whether held out, and text, of some long opinions of each author."""
    index = corpus / "style" / "justice_index.jsonl.gz"
    wanted: dict[str, list[tuple[int, str, bool]]] = {}
    many: dict[tuple[str, bool], int] = {}
    with gzip.open(index, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            place = (row["author"], row["split"] != "train")
            fits = row["opinion_id"].startswith("scotus-slip") and row["chars"] > 9_000
            if fits and row["author"] in authors and many.get(place, 0) < most:
                many[place] = many.get(place, 0) + 1
                wanted.setdefault(row["opinion_id"], []).append((row["part"], *place))
    with gzip.open(corpus / "opinions" / "scotus_slip.jsonl.gz", "rt", encoding="utf-8") as cases:
        for line in cases:
            if not wanted:
                return
            case = json.loads(line)
            for part, author, held_out in wanted.pop(case["id"], []):
                yield author, held_out, case["opinions"][part]["text"][:12_000]


def test_real_authors_are_told_apart_by_what_is_counted(corpus: Path) -> None:
    found = list(opinions(corpus, {"Breyer", "Scalia", "Thomas"}, 12))
    known = [(counts(text), author) for author, held_out, text in found if not held_out]
    unseen = [(counts(text), author) for author, held_out, text in found if held_out]
    assert len(known) == 36
    namer = Namer.train([each for each, _ in known], [author for _, author in known])
    named = namer.name([each for each, _ in unseen])
    right = [one == author for one, (_, author) in zip(named, unseen, strict=True)]
    # A guess is right in a third of cases; twelve opinions of each teach this much.
    assert sum(right) >= len(right) * 2 / 3, list(zip(named, unseen, strict=True))
