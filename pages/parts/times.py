"""Moments of the clock as the screens say them: in words, in UTC, never to the microsecond."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(when: datetime) -> str:
    """Write `November 22, 2026, 14:05 UTC`."""
    utc = when.astimezone(UTC)
    return f"{utc:%B} {utc.day}, {utc:%Y, %H:%M} UTC"


def short_moment(when: datetime) -> str:
    """Write `2026-11-22 14:05:09` for a column of moments, all of them in UTC."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def day(when: datetime) -> str:
    """Write `November 22, 2026`."""
    utc = when.astimezone(UTC)
    return f"{utc:%B} {utc.day}, {utc.year}"
