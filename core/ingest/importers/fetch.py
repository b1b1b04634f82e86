"""Fetches what a public site gives, politely: it waits when it is told to, and tries again.

Only http and https addresses are asked, and no answer is taken beyond a stated size.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO
from urllib.parse import urlsplit

import httpx

from core.errors import ImportFailed, UsageError

AGENT = "Onpoint (legal research; httpx)"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
LARGEST_PAGE = 64 << 20  # bytes
TRIES = 5
_NOT_FOUND = 404
_TOO_MANY = 429
# Waiting longer than this is for another day: the import says so and can be gone on with.
LONGEST_WAIT = 600.0

Sleep = Callable[[float], None]


def require_web_address(url: str) -> str:
    """Return the address; raises UsageError where it is not http or https."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"Only http and https addresses can be imported from, not {url[:80]!r}.")
    return url


class Web:
    """A client for one site; close it, or use it in a `with` by `opened`."""

    def __init__(self, headers: Mapping[str, str], *, sleep: Sleep = time.sleep) -> None:
        self._client = httpx.Client(
            headers={"User-Agent": AGENT, **headers},
            timeout=TIMEOUT,
            follow_redirects=True,
            max_redirects=5,
            event_hooks={"request": [_stay_on_the_web]},
        )
        self._sleep = sleep

    def get(self, url: str, params: Mapping[str, str] | None = None) -> bytes | None:
        """Return what is at the address, None where there is nothing (404).

        Raises ImportFailed where the site refuses, cannot be reached or gives no end.
        """
        require_web_address(url)
        for attempt in range(TRIES):
            try:
                with self._client.stream("GET", url, params=params) as answer:
                    if answer.status_code == _NOT_FOUND:
                        return None
                    wait = _asked_to_wait(answer, attempt)
                    if wait is None:
                        return _body(answer)
            except httpx.TransportError as error:
                wait = 2.0**attempt
                if attempt + 1 == TRIES:
                    raise ImportFailed(
                        f"{urlsplit(url).hostname} cannot be reached ({error}). What was imported "
                        "stays; run it again to go on."
                    ) from error
            self._sleep(wait)
        raise ImportFailed(
            f"{urlsplit(url).hostname} asked to be left alone for now. What was imported stays; "
            "run it again later to go on."
        )

    def download(self, url: str, into: IO[bytes], *, most: int) -> bool:
        """Write what is at the address to a file; False where there is nothing (404)."""
        require_web_address(url)
        try:
            with self._client.stream("GET", url) as answer:
                if answer.status_code == _NOT_FOUND:
                    return False
                _require_success(answer)
                size = 0
                for chunk in answer.iter_bytes():
                    size += len(chunk)
                    if size > most:
                        raise ImportFailed(f"{url} is larger than {most >> 20} MB: not taken.")
                    into.write(chunk)
        except httpx.TransportError as error:
            raise ImportFailed(
                f"{url} could not be read to its end ({error}). Run it again to go on."
            ) from error
        return True

    def close(self) -> None:
        self._client.close()


@contextmanager
def opened(
    headers: Mapping[str, str] | None = None, *, sleep: Sleep = time.sleep
) -> Generator[Web]:
    """Lend a client, closed at the end of the block."""
    web = Web(headers or {}, sleep=sleep)
    try:
        yield web
    finally:
        web.close()


def _stay_on_the_web(request: httpx.Request) -> None:
    require_web_address(str(request.url))


def _asked_to_wait(answer: httpx.Response, attempt: int) -> float | None:
    """Return the seconds the site wants us to wait; None where it does not."""
    if answer.status_code != _TOO_MANY and not answer.is_server_error:
        return None
    wait = _retry_after(answer.headers.get("Retry-After"))
    if wait is not None and wait > LONGEST_WAIT:
        raise ImportFailed(
            f"{answer.url.host} lets us ask again only in {round(wait / 60)} minutes. What was "
            "imported stays; run it again then to go on."
        )
    return 2.0**attempt if wait is None else wait


def _retry_after(written: str | None) -> float | None:
    """Read a Retry-After header: seconds, or a date (RFC 9110, 10.2.3)."""
    if written is None:
        return None
    try:
        return max(float(written), 0.0)
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return None
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)


def _require_success(answer: httpx.Response) -> None:
    if answer.status_code in {401, 403}:
        raise ImportFailed(f"{answer.url.host} refuses us: is the token right?")
    if not answer.is_success:
        raise ImportFailed(
            f"{answer.url.host} answered {answer.status_code} for {answer.url.path}."
        )


def _body(answer: httpx.Response) -> bytes:
    _require_success(answer)
    parts: list[bytes] = []
    size = 0
    for chunk in answer.iter_bytes():
        size += len(chunk)
        if size > LARGEST_PAGE:
            raise ImportFailed(f"{answer.url.host} gave more than {LARGEST_PAGE >> 20} MB at once.")
        parts.append(chunk)
    return b"".join(parts)
