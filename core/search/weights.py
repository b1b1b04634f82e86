"""How much each arm counts for each kind of query.

Chosen on the even half of the judged queries of the corpus, by hash of the query's id, and
reported on the odd half (docs/evaluation.md); what those queries cannot tell is said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.model import QueryKind
from core.search.arms import Ranking
from core.search.lexical import FEW_TERMS

Weights = Mapping[str, float]

# The order in which arms are asked.
ARMS = ("words", "opinion", "dense")

# Of a query of a few words the meaning may be put otherwise. The judged queries are nearly all
# longer: that meaning counts for more here is a judgement, no measure.
# With the packaged encoder meaning hardly helps a long query: its words say what it means.
_FEW: Weights = {"words": 1.0, "opinion": 0.5, "dense": 0.5}
_MANY: Weights = {"words": 1.0, "opinion": 0.2, "dense": 0.02}
# A citation, a docket number or a name has no sense that a vector could catch, and who quotes a
# phrase asks for those words.
_LETTERS: Weights = {"words": 1.0, "opinion": 0.5}
# What the other arms keep of their weight where one leads: they break ties and add at the end.
_LED = 0.01


def weights_for(kind: QueryKind, terms: int) -> Weights:
    """Return the weight of each arm; an arm that is not named does not count."""
    if kind is not QueryKind.WORDS:
        return _LETTERS
    return _FEW if terms < FEW_TERMS else _MANY


def led(weights: Weights, rankings: Iterable[Ranking]) -> Weights:
    """Return the weights where one arm found what was asked nearly outright: it leads."""
    leader = next((ranking.arm for ranking in rankings if ranking.leads), None)
    if leader is None:
        return weights
    return {arm: each if arm == leader else _LED * each for arm, each in weights.items()}
