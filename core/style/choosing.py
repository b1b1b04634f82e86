"""Which voice one answer is to have: as the firm has set, as the person likes it, as they ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.access.settled import NO_ADAPTER
from core.errors import NotAllowed
from core.model import Person, Role, Voice, VoiceChoice, Voices
from core.settings import Settings

SWITCHED_OFF = "the style model is switched off in Settings"
ONLY_PROMPT = "in Settings the style model is set to prompt"

_WHO_MAY = {
    VoiceChoice.NOBODY: frozenset[Role](),
    VoiceChoice.ADMINS: frozenset({Role.ADMIN}),
    VoiceChoice.LAWYERS: frozenset({Role.LAWYER, Role.ADMIN}),
    VoiceChoice.EVERYONE: frozenset(Role),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The voice that an answer is to have, and why not another."""

    voice: Voice
    reason: str | None = None
    # Of the adapters' voices the one that speaks, by name.
    speaks: str | None = None


def may_choose(person: Person, now: Settings) -> bool:
    """Say whether a person may ask for another voice than the firm's usual one."""
    return bool(person.roles & _WHO_MAY[now.voice_choice])


def usual(person: Person, now: Settings, preferred: Voice | None = None) -> Voice:
    """Return the voice that an answer has when nobody asks for one.

    `preferred`: the person's own, which holds where they may choose and it can be had.
    """
    if preferred is not None and preferred in possible(now) and may_choose(person, now):
        return preferred
    return now.style if now.style_by_default else Voice.OFF


def possible(now: Settings) -> tuple[Voice, ...]:
    """Return the voices that can be had: with the style model switched off, none."""
    if now.style is Voice.OFF:
        return (Voice.OFF,)
    return (Voice.OFF, *dict.fromkeys((Voice.PROMPT, now.style)))


def voices(
    person: Person, now: Settings, preferred: Voice | None = None, speak: Sequence[str] = ()
) -> Voices:
    """Return the usual voice, and those that a person may ask for; `speak`: adapters by name."""
    known = usual(person, now, preferred)
    choices = possible(now) if may_choose(person, now) else (known,)
    names = tuple(speak) if Voice.ADAPTER in choices else ()
    return Voices(usual=known, choices=choices, preferred=preferred, names=names)


def choose(
    asked: Voice | None,
    person: Person,
    now: Settings,
    *,
    preferred: Voice | None = None,
    speaks: Callable[[], str | None] = lambda: None,
) -> Chosen:
    """Decide on the voice of one answer. Raises NotAllowed where it is not the person's to ask.

    `speaks`: which voice was promoted, of that name where one is wanted, and is not switched off.
    Asked where it matters.
    """
    known = usual(person, now, preferred)
    wanted = known if asked is None else asked
    if wanted != known and not may_choose(person, now):
        raise NotAllowed(
            "The voice of an answer is not yours to choose here: an administrator decides in "
            "Settings who may."
        )
    if wanted is Voice.OFF:
        return Chosen(voice=Voice.OFF)
    if now.style is Voice.OFF:
        return Chosen(voice=Voice.OFF, reason=SWITCHED_OFF)
    if wanted is Voice.ADAPTER and now.style is not Voice.ADAPTER:
        return Chosen(voice=Voice.OFF, reason=ONLY_PROMPT)
    if wanted is not Voice.ADAPTER:
        return Chosen(voice=wanted)
    name = speaks()
    if name is None:
        return Chosen(voice=Voice.OFF, reason=NO_ADAPTER)
    return Chosen(voice=wanted, speaks=name)
