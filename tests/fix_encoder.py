"""The real encoder for tests, loaded once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from core.search.encoder import Encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """Load the encoder that is packaged with Onpoint."""
    from core.search.encoder import load_encoder  # slow to import: only where it is asked for

    return load_encoder("packaged")
