"""An adapter as if a worker had measured it: what the gate is shown, by the way that work goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from core.app import Onpoint
from core.library import style_adapters
from core.model.training import AdapterId

GOOD: dict[str, object] = {
    "nearer": {
        "value": 0.2,
        "low": 0.1,
        "high": 0.3,
        "n": 20,
        "ours": 0.7,
        "other": 0.5,
        "by": "verifier",
        "right": {"value": 0.9, "low": 0.8, "high": 1.0, "n": 40},
        "beside": "other filings of the same matters",
    },
    "against": "the prompt voice",
    "voices": {},
    "lock": {"shown": 20, "kept": 20, "refused": 2},
    "canaries": {"planted": 5, "told": 0, "exposure": 1.0},
}


def as_measured(
    app: Onpoint,
    adapter_id: AdapterId,
    *,
    pairs: Sequence[Mapping[str, object]] = (),
    **other: object,
) -> None:
    """Write figures that pass the gate, but for the others that are given."""
    worker = uuid4()
    with app._db.transaction(scope=app.who.scope) as tx:
        assert style_adapters.ask_for_measuring(tx, adapter_id)
    taken = style_adapters.claim_measuring(app._db, worker, lease=60.0)
    assert taken is not None and str(taken.adapter_id) == str(adapter_id)
    with app._db.transaction() as tx:
        assert style_adapters.keep_measurement(tx, worker, GOOD | other, pairs)
