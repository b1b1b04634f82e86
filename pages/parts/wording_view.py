"""What a voice changed of an answer, word by word; and which sentences it was not let change."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pages.parts.html import Html, el, joined
from pages.parts.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.model import Wording


def what_changed(wordings: Sequence[Wording]) -> Html | None:
    """Return the sentences that were worded anew or kept plain; None where no voice was asked."""
    if not wordings:
        return None
    told = [one for one in wordings if one.refused or one.spoken != one.plain]
    rows = [el("li", _kept(one) if one.refused else _changed(one)) for one in told]
    listed = el("ul", *rows, class_="claims wordings") if rows else None
    return el("details", el("summary", _said(wordings)), listed)


def _said(wordings: Sequence[Wording]) -> str:
    refused = sum(one.refused is not None for one in wordings)
    anew = sum(one.refused is None and one.spoken != one.plain for one in wordings)
    parts = [f"{anew} of {counted(len(wordings), 'sentence')} worded anew", "0 facts changed"]
    if refused:
        parts.append(f"{refused} kept plain")
    return f"What the voice changed: {', '.join(parts)}"


def _kept(one: Wording) -> Html:
    tag = el("span", "△ kept plain", class_="tag warn")
    why = el("span", f"The new wording was refused: {one.refused}.", class_="meta")
    return joined([tag, one.plain, " ", why])


def _changed(one: Wording) -> Html:
    return joined(_words(one.plain.split(), one.spoken.split()), " ")


def _words(plain: Sequence[str], spoken: Sequence[str]) -> Iterator[Html | str]:
    """Yield what stayed, what went and what came, in reading order."""
    for _, a, b, c, d in SequenceMatcher(None, plain, spoken, autojunk=False).get_opcodes():
        if plain[a:b] == spoken[c:d]:
            yield " ".join(plain[a:b])
            continue
        if b > a:
            yield el("del", " ".join(plain[a:b]))
        if d > c:
            yield el("ins", " ".join(spoken[c:d]))
