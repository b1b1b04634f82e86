"""Blind ballots: two wordings, unlabelled, and what lawyers say of them, but not who said it.

A vote is secret: it is told as one of at least three, or to nobody but whoever cast it. What most
preferred is what a model may learn from next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.access.permits import permitted
from core.errors import UsageError
from core.library import style
from core.library.style import Tally, Votes
from core.model.training import AdapterId, Ballot, BallotId, StylePreference
from core.style.author.sure import interval
from core.style.gate.gate import FEWEST_VOTERS
from core.style.teach.dataset import told
from core.style.teach.formats import Preference
from core.style.teach.masking import readable
from core.style.voices import Voices, adapter_of


class Ballots(Voices):
    """What lawyers are asked about adapters, and what came of it."""

    @permitted
    def ballots(self, adapter_id: AdapterId | None = None) -> tuple[Ballot, ...]:
        """Pairs of wordings that you have not voted on, which is whose not told.

        Of one adapter, or of all that may come to speak; of what you may read. What was set aside
        in a line is named by what it is: `[citation]`. Raises NoSuchAdapter.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            if adapter_id is not None:
                adapter_of(tx, adapter_id)
            return tuple(_in_words(each) for each in style.ballots(tx, adapter_id))

    @permitted
    def vote(self, ballot_id: BallotId, *, first: bool) -> None:
        """Say which of two wordings sounds like us. Raises UsageError where you have, or cannot."""
        with self._db.transaction(scope=self.who.scope) as tx:
            if not style.vote(tx, ballot_id, first=first):
                raise UsageError("There is no such ballot, or you have voted on it already.")

    @permitted
    def preference(self, adapter_id: AdapterId) -> StylePreference | None:
        """How often an adapter's wording was taken for ours, with its interval over voters.

        None for whoever may not know of all that taught it. Raises NoSuchAdapter.
        """
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter_of(tx, adapter_id)
            if style.hidden(tx, adapter_id):
                return None
            return counted(adapter_id, style.votes(tx, adapter_id))


def counted(adapter_id: AdapterId, cast: Sequence[Votes]) -> StylePreference:
    """Count votes by voter, as far as that tells of nobody but whoever asks how they voted."""
    shares = [each.for_adapter / each.votes for each in cast]
    found = interval(shares) if len(shares) >= FEWEST_VOTERS else None
    alone = shares[0] if len(cast) == 1 and cast[0].own else None
    return StylePreference(
        adapter_id=adapter_id,
        voters=len(cast),
        votes=sum(each.votes for each in cast),
        share=found.value if found else alone,
        low=found.low if found else None,
        high=found.high if found else None,
    )


def in_words(found: StylePreference) -> str:
    """Say how the votes stand, in a sentence or two."""
    cast = f"Voters: {found.voters}, votes: {found.votes}."
    if found.share is None:
        return f"{cast} How they voted is told from three voters on: a vote stays secret."
    if found.low is None or found.high is None:
        return f"{found.share:.0%} of your votes took its wording for ours. Nobody else has voted."
    return (
        f"{found.share:.0%} took its wording for ours, between {found.low:.0%} and "
        f"{found.high:.0%}, each voter counting once. {cast}"
    )


def voted_for(tallies: Iterable[Tally]) -> list[Preference]:
    """Prefer of two wordings the one that most voted for; where none has more, neither."""
    return [
        _preferred(each, adapter=each.for_adapter > each.for_other)
        for each in tallies
        if each.for_adapter != each.for_other
    ]


def _preferred(each: Tally, *, adapter: bool) -> Preference:
    chosen, rejected = (
        (each.by_adapter, each.by_other) if adapter else (each.by_other, each.by_adapter)
    )
    return Preference(prompt=told(each.plain), chosen=chosen, rejected=rejected)


def _in_words(each: Ballot) -> Ballot:
    return replace(
        each,
        plain=None if each.plain is None else readable(each.plain),
        first=readable(each.first),
        second=readable(each.second),
    )
