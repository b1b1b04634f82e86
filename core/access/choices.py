"""What settings with a closed list of values may be, in words."""

from __future__ import annotations

from enum import StrEnum

from core.access.settled import Rules
from core.model import Choice, Mode, Unsupported, Voice, VoiceChoice
from core.settings import Settings

_WORDS: dict[str, str] = {
    Voice.OFF: "Off: answers stay plain",
    Voice.PROMPT: "Prompt: a model told how we write",
    Voice.ADAPTER: "Adapter: a model trained on our filings",
    VoiceChoice.NOBODY: "Nobody",
    VoiceChoice.ADMINS: "Admins",
    VoiceChoice.LAWYERS: "Lawyers and admins",
    VoiceChoice.EVERYONE: "Everyone",
    Unsupported.DROP: "Leave them out",
    Unsupported.MARK: "Show them, marked, with the reason",
    Mode.AUTO: "By words and sense",
    Mode.LEXICAL: "By words only",
    Mode.SEMANTIC: "By sense only",
    Mode.CONNECTORS: "With connectors",
}


def members(name: str) -> tuple[StrEnum, ...]:
    """Return the values that a setting may have; none where they are not listed."""
    default: object = Settings.model_fields[name].default
    return tuple(type(default)) if isinstance(default, StrEnum) else ()


def choices(rules: Rules, name: str) -> tuple[Choice, ...]:
    """Return the same in words, each with why it cannot be chosen yet."""
    return tuple(
        Choice(value=value, label=_WORDS[value], refused=rules.refusal(name, value))
        for value in members(name)
    )
