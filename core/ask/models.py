"""Which language model the settings name, where it stands, and whether it may be asked.

Nothing is loaded or called here: what is wrong with a model shows at the first question.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from pydantic import SecretStr

from core.ask.llm import AnswerModel
from core.settings import Settings

EXTERNAL_OFF = (
    "Models outside the firm are switched off in Settings, so the language model was not asked."
)
# Longer than this nobody waits for a question to be put better.
READING_SECONDS = 8.0
_INSIDE = tuple(
    map(
        ipaddress.ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"),
    )
)


def open_model(settings: Settings) -> AnswerModel | None:
    """Return the answer model the settings name, or None where they name none."""
    if not settings.answer_model:
        return None
    return _open(settings.answer_model, settings.answer_base_url, settings.answer_key, settings)


def open_reading_model(settings: Settings) -> AnswerModel | None:
    """Return the answer model as it reads questions: it may not take long; None where none does."""
    if not (settings.answer_model and settings.restate_questions):
        return None
    soon = settings.model_copy(
        update={"answer_deadline": min(settings.answer_deadline, READING_SECONDS)}
    )
    return _open(settings.answer_model, settings.answer_base_url, settings.answer_key, soon)


def open_checker(settings: Settings) -> AnswerModel | None:
    """Return the model that checks what rules leave undecided, or None where none is named."""
    if not settings.checker_model:
        return None
    return _open(settings.checker_model, settings.checker_base_url, settings.checker_key, settings)


def open_style_model(settings: Settings) -> AnswerModel | None:
    """Return the model that words answers: its own where one is named, else the answer model."""
    if not settings.style_model:
        return open_model(settings)
    return _open(settings.style_model, settings.style_base_url, settings.style_key, settings)


def open_served(settings: Settings, name: str) -> AnswerModel:
    """Return a trained style model by its name, at the style model's address or the provider's."""
    return _open(name, settings.style_base_url, settings.style_key, settings)


def _open(
    name: str, base_url: str | None, key: SecretStr | None, settings: Settings
) -> AnswerModel:
    inside = is_inside(base_url, settings.inside_hosts)
    return AnswerModel(
        name,
        base_url,
        key=key.get_secret_value() if key else None,
        deadline=settings.answer_deadline,
        most_tokens=settings.answer_tokens,
        inside=inside,
        refusal=None if inside or settings.external_models else EXTERNAL_OFF,
    )


def is_inside(base_url: str | None, inside_hosts: str) -> bool:
    """Say whether a model's server is the firm's own: this computer, a private address, or named.

    Without an address it is the provider's. A name is not looked up: that would be a connection.
    """
    host = (urlsplit(base_url).hostname or "") if base_url else ""
    if host == "localhost" or host in re.split(r"[\s,]+", inside_hosts):
        return bool(host)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _INSIDE if network.version == address.version)
