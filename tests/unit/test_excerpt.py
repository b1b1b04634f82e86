"""The sentence shown with a hit is the one that has the words asked for."""

from core.search.excerpt import excerpt

TEXT = (
    "The parties agree on the facts. A stay is not a matter of right. "
    "Removal is not categorically irreparable, as some courts have said. So ordered."
)


def test_the_run_of_sentences_with_most_of_the_words_is_chosen() -> None:
    chosen = excerpt(TEXT, "is removal irreparable", length=80)
    assert chosen.span.of(TEXT).startswith("Removal is not categorically irreparable")


def test_words_that_search_reads_alike_are_marked_and_lie_within_the_excerpt() -> None:
    chosen = excerpt(TEXT, "removals irreparable", length=80)
    assert [mark.of(TEXT) for mark in chosen.marks] == ["Removal", "irreparable"]


def test_a_query_without_words_shows_the_beginning() -> None:
    assert excerpt(TEXT, "", length=40).span.start == 0


def test_an_empty_text_has_an_empty_excerpt() -> None:
    assert excerpt("", "stay").span.of("") == ""
