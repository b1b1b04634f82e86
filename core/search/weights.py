"""How much each arm counts for each kind of query.

Chosen on the even half of the judged queries of the corpus, by hash of the query's id, and
reported on the odd half (docs/evaluation.md); what those queries cannot tell is said here.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.model import QueryKind

Weights = Mapping[str, float]

# The order in which arms are asked.
ARMS = ("words", "opinion", "dense")

# Of a query of a few words the meaning may be put otherwise: what a vector finds counts for more.
# Chosen on the first eight words of the same queries, and a little above the best there, since
# words cut off a quotation are nearer to its letters than what a person types.
_FEW: Weights = {"words": 1.0, "opinion": 0.15, "dense": 0.25}
_MANY: Weights = {"words": 1.0, "opinion": 0.15, "dense": 0.1}
# A citation, a docket number or a name has no sense that a vector could catch, and who quotes a
# phrase asks for those words.
_LETTERS: Weights = {"words": 1.0, "opinion": 0.15}
# A query of fewer terms is one of few words.
_FEW_TERMS = 8


def weights_for(kind: QueryKind, terms: int) -> Weights:
    """Return the weight of each arm; an arm that is not named does not count."""
    if kind is not QueryKind.WORDS:
        return _LETTERS
    return _FEW if terms < _FEW_TERMS else _MANY
