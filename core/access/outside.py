"""Whether a model outside the firm may read a matter: not unless both firm and matter say so."""

from __future__ import annotations

from core.errors import NoSuchMatter, NotAllowed
from core.model import Matter
from core.settings import Settings

FIRM_CLOSED = "Models outside the firm are switched off in Settings: no filing is given to one."
MATTER_CLOSED = (
    "This matter does not let models outside the firm read its papers. Whoever arranges it can "
    "change that."
)


def is_open(matter: Matter, now: Settings) -> bool:
    """Say whether a matter's papers may be read by a model outside the firm."""
    return now.external_models and matter.external_models


def require_open(matter: Matter | None, now: Settings) -> None:
    """Raise NotAllowed where no model outside may read a matter, NoSuchMatter for none."""
    if matter is None:
        raise NoSuchMatter
    if not is_open(matter, now):
        raise NotAllowed(FIRM_CLOSED if not now.external_models else MATTER_CLOSED)
