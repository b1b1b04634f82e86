"""Let a language model put a question by itself, as issue and rule, for the search.

What it writes is only looked for, and shown as a reading of the question: a name, a number or a
citation that nobody asked about makes it unfit, and the question stays as the rules read it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from core.ask.llm import AnswerModel
from core.ask.plain import plain_words
from core.ask.prompts import question_messages
from core.errors import ModelFailed
from core.law.citations import find_citations
from core.model import Restated
from core.search.terms import terms

# Characters of one thing a model says of a question.
LONGEST = 400
MOST_SEARCHED = 30  # words
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_NAME = re.compile(r"(?<![.?!:;] )(?<!^)\b[A-Z][\w\u2019'-]+|\d+")


def put_by(model: AnswerModel, read: Restated, before: Sequence[str]) -> Restated:
    """Return the question as a model puts it; as it was read where that fails or is unfit."""
    try:
        written = model.write(question_messages(read.question, before))
    except ModelFailed:
        return read
    known = " ".join([*before, read.question])
    said = {name: text for name, text in _said(written).items() if not brings_in(text, known)}
    if not {"question", "search"} <= said.keys():
        return read
    return replace(
        read,
        whole=said["question"],
        # Its words beside the asker's own, which are never lost.
        search=" ".join([read.search, *_new(said["search"], read.search)]),
        issue=said.get("issue", ""),
        rule=said.get("rule", ""),
    )


def brings_in(text: str, known: str) -> bool:
    """Say whether a text has a name, a number or a citation that is not among what is known."""
    folded = known.casefold()
    names = (match[0].casefold() for match in _NAME.finditer(text))
    return bool(find_citations(text)) or any(name not in folded for name in names)


def _said(written: str) -> Mapping[str, str]:
    found = _OBJECT.search(written)
    try:
        told: object = json.loads(found[0]) if found else None
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    pairs = cast("Mapping[object, object]", told).items()
    plain = ((str(name), plain_words(text)) for name, text in pairs if isinstance(text, str))
    return {name: text for name, text in plain if 0 < len(text) <= LONGEST and "\n" not in text}


def _new(words: str, searched: str) -> list[str]:
    """Return the words that are not searched yet, by what a search makes of them."""
    there = set(terms(searched))
    return [word for word in words.split() if not there.issuperset(terms(word))][:MOST_SEARCHED]
