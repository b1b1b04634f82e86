"""What a question asks by: its telling words, how rare they are, and what it names.

An answer must speak of what is asked. A place, a case, a section or a year that the question
names and a passage does not is the best sign that the passage is about something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from core.ask.everyday import kin
from core.search.terms import terms

# How rare terms are in the library, each from 0 (in nearly every passage) to 1 (in none).
Rarity = Callable[[Sequence[str]], Mapping[str, float]]

# Words that ask, in the form `terms` gives them: they say nothing of what is asked for.
ASKING = frozenset(
    terms(
        "what when where who whom whose why how does do did can could should would will shall must "
        "under say said says about mean means any there case cases law court courts hold held "
        "whether"
    )
)
# No word is so common that it counts for nothing.
_LEAST = 0.02
# A name: a capital that no sentence begins with, or anything with a figure or a section mark.
_NAME = re.compile(r"(?<![.?!:] )(?<!^)\b[A-Z][\w’'&-]*|\S*\d\S*|§\S+")
_VERSUS = re.compile(r"([\w’'-]+)\.?\s+v(?:s?\.|s)?\s+([\w’'-]+)", re.IGNORECASE)
# The whole of a case's name, with its citation; who asks of it asks what its court said.
_CAPTION = re.compile(
    r"(?<![\w’'-])(?!(?:Did|Does|Do|Is|Was|Were|Has|Have|Had|Can|Could|May|Must|Should|Would|Will|"
    r"What|When|Why|How|In|Under|Since|After|Before|Given|Because|And|But|If)\b)"
    r"(?:[A-Z][\w.’'&-]* (?:(?:of|the|and|&|ex rel\.) )*)*[\w.’'-]+ vs?\.? [\w’'-]+"
    r"(?:,? (?:of |the |and |& )*[A-Z][\w.’'&-]*)*(?:, \d+ [A-Z][\w. ]+ \d+)?(?: \([^()]*\d{4}\))?"
)
_DECIDING = frozenset(terms("decide decision rule ruling conclude opinion establish"))
_ASKS_FOR_TEST = re.compile(
    r"\b(?:tests?|standards?|elements?|factors?|requirements?|showing|burden)\b|\bwhat must\b|"
    r"\bmust \w+(?: \w+){0,4} (?:show|prove|establish|demonstrate)\b|"
    r"^(?:and )?(?:when|how (?:do|does|can))\b",
    re.IGNORECASE,
)
# Places whose law is its own. Of two words, the one that no other place has.
_PLACES = frozenset(
    terms(
        "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia "
        "Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts "
        "Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Hampshire Jersey Mexico "
        "York Carolina Dakota Ohio Oklahoma Oregon Pennsylvania Rhode Tennessee Texas Utah Vermont "
        "Virginia Washington Wisconsin Wyoming Rico Guam "
        "Germany German France French Italy Italian Spain Spanish Portugal Portuguese Switzerland "
        "Swiss Austria Austrian Belgium Belgian Netherlands Dutch Poland Polish Ireland Irish "
        "Scotland Scottish Scots England English Wales Welsh Britain British UK EU European Europe "
        "Sweden Swedish Norway Norwegian Denmark Danish Finland Finnish Greece Greek Turkey "
        "Turkish Canada Canadian Ontario Quebec Australia Australian Zealand India Indian Japan "
        "Japanese Korea Korean China Chinese Singapore Brazil Brazilian Argentina Argentine Chile "
        "Chilean Colombia Colombian Russia Russian Ukraine Ukrainian Israel Israeli Egypt Egyptian "
        "Kenya Kenyan Nigeria Nigerian Africa African"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question in words that can be looked for."""

    question: str
    # How much each telling word counts; together 1.
    weights: Mapping[str, float]
    # How rare each of them is in the library.
    rare: Mapping[str, float]
    # Those of them that are names, and that are places.
    names: frozenset[str]
    places: frozenset[str]
    # The two sides of each case that is named, by the terms next to the "v."
    captions: tuple[tuple[frozenset[str], frozenset[str]], ...]
    # The question as it is put to the case it names, which is all about that case anyway.
    put: Wanted | None

    def covered(self, words: AbstractSet[str]) -> float:
        """Return the share of the question that these words, or others for the same, speak of."""
        return sum(weight for word, weight in self.weights.items() if _spoken_of(word, words))

    def missing(self, words: AbstractSet[str]) -> float:
        """Return how rare the rarest word is that these words do not speak of; 0 for none."""
        unsaid = (rare for word, rare in self.rare.items() if not _spoken_of(word, words))
        return max(unsaid, default=0.0)

    def unnamed(self, words: AbstractSet[str]) -> float:
        """Return the share of the question's words that are names and not among these."""
        return len(self.names - words) / max(1, len(self.weights))

    def elsewhere(self, words: AbstractSet[str]) -> bool:
        """Say whether the question names a place that these words do not."""
        return not self.places <= words

    def other_case(self, words: AbstractSet[str]) -> bool:
        """Say whether the question names a case that these words do not."""
        return any(not (one & words and other & words) for one, other in self.captions)

    @property
    def only_named(self) -> bool:
        """Say whether the question asks of a case no more than what was held in it."""
        return self.put is not None and self.put.weights.keys() <= ASKING | _DECIDING

    @property
    def asks_for_test(self) -> bool:
        """Say whether the question asks what must be shown, or when something is so."""
        return _ASKS_FOR_TEST.search(self.question) is not None

    def names_case(self, name: str) -> bool:
        """Say whether the question names the case of this name."""
        return _is_one_of(name, self.captions)


def captions(question: str) -> list[str]:
    """Return the names of cases that a question gives, each with its citation."""
    return [match[0] for match in _CAPTION.finditer(question)]


def names_case(question: str, name: str) -> bool:
    """Say whether a question names the case of this name."""
    return _is_one_of(name, _sides(question))


def equally_rare(words: Sequence[str]) -> dict[str, float]:
    """Take all words for equally telling: what is known of them without a library."""
    return dict.fromkeys(words, 0.5)


def wanted(question: str, rarity: Rarity) -> Wanted:
    """Read a question; where nothing in it tells, all its words count."""
    found = set(terms(question))
    words = sorted(found - ASKING) or sorted(found)
    rare = _rarest_of_kin(words, rarity)
    total = sum(max(rare[word], _LEAST) for word in words)
    named = {term for match in _NAME.finditer(question) for term in terms(match[0])}
    bare = _CAPTION.sub("the court", question)
    return Wanted(
        question=question,
        weights={word: max(rare[word], _LEAST) / total for word in words},
        rare=rare,
        names=frozenset(named.intersection(words)),
        places=frozenset(_PLACES & named),
        captions=_sides(question),
        put=wanted(bare, rarity) if bare != question else None,
    )


def _sides(question: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    found = (
        (frozenset(terms(match[1])), frozenset(terms(match[2])))
        for match in _VERSUS.finditer(question)
    )
    return tuple(pair for pair in found if all(pair))


def _is_one_of(name: str, sides: Iterable[tuple[frozenset[str], frozenset[str]]]) -> bool:
    words = frozenset(terms(name))
    return any(one & words and other & words for one, other in sides)


def _rarest_of_kin(words: Sequence[str], rarity: Rarity) -> dict[str, float]:
    """Return how rare each word is: as its commonest kin, any of which speaks of it."""
    known = rarity(sorted({other for word in words for other in kin(word)}))
    return {word: min(known.get(other, 1.0) for other in kin(word)) for word in words}


def _spoken_of(word: str, words: AbstractSet[str]) -> bool:
    return word in words or not kin(word).isdisjoint(words)
