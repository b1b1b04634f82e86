"""Moments of the clock as the screens say them: in words, in UTC, never to the microsecond."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(when: datetime, *, seconds: bool = False) -> str:
    """Write `November 22, 2026, 14:05 UTC`, or with its seconds."""
    utc = when.astimezone(UTC)
    time = f"{utc:%H:%M:%S}" if seconds else f"{utc:%H:%M}"
    return f"{utc:%B} {utc.day}, {utc:%Y}, {time} UTC"


def clock(when: datetime) -> str:
    """Write `14:05:09`."""
    return f"{when.astimezone(UTC):%H:%M:%S}"


def short_moment(when: datetime) -> str:
    """Write `2026-11-22 14:05:09` for a column of moments, all of them in UTC."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def brief(when: datetime) -> str:
    """Write `Nov 22, 14:05:09`, for a column of moments of these days; in UTC."""
    utc = when.astimezone(UTC)
    return f"{utc:%b} {utc.day}, {utc:%H:%M:%S}"


def day(when: datetime) -> str:
    """Write `November 22, 2026`."""
    utc = when.astimezone(UTC)
    return f"{utc:%B} {utc.day}, {utc.year}"
