"""What a voice changed, as a reader sees it."""

from __future__ import annotations

import re

from core.model import Wording
from pages.parts.wording_view import what_changed
from tests.pages.conftest import dangers

PLAIN = "A stay is no right. [1]"
ANEW = Wording(plain="The stay may issue.", spoken="In short: the stay may issue.")
KEPT = Wording(plain="It may end.", spoken="It may end.", refused="it changed “may” to “shall”")
SAME = Wording(plain="It is so.", spoken="It is so.")


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_each_changed_sentence_is_shown_word_by_word_and_no_fact_is_changed() -> None:
    shown = str(what_changed((ANEW, SAME)))

    assert "<del>The</del> <ins>In short: the</ins> stay may issue." in shown
    assert "What the voice changed: 1 of 2 sentences worded anew, 0 facts changed" in shown
    assert "kept plain" not in shown
    assert "It is so." not in shown


def test_a_refused_sentence_is_shown_plain_with_the_reason() -> None:
    shown = words(str(what_changed((ANEW, KEPT))))

    assert "1 of 2 sentences worded anew, 0 facts changed, 1 kept plain" in shown
    assert "△ kept plain It may end. The new wording was refused: it changed “may” to" in shown


def test_where_no_voice_was_asked_nothing_is_shown() -> None:
    assert what_changed(()) is None


def test_i01_hostile_words_of_a_model_are_only_text() -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    wordings = (
        Wording(plain=PLAIN, spoken=hostile),
        Wording(plain=hostile, spoken=hostile, refused=hostile),
    )

    shown = what_changed(wordings)

    assert shown is not None
    assert dangers(shown) == []
    assert "&lt;script&gt;" in shown
