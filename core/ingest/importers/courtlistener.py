"""Reads cases from CourtListener: its bulk files from disk, or its REST API (v4) with a token.

A cluster there is a case here. Fields and codes: freelawproject/courtlistener, `cl/search`.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast
from urllib.parse import urlencode, urlsplit

from core.errors import ImportFailed, UsageError
from core.ingest.importers.cleaning import clean, clean_json, clean_line
from core.ingest.importers.fetch import Web, opened, require_web_address
from core.ingest.importers.kinds import kind_of
from core.ingest.importers.markup import MarkedText, read_markup
from core.ingest.meter import Meter
from core.model import BadRecord, CaseRecord, LegalDate, OpinionKind, OpinionRecord

API = "https://www.courtlistener.com/api/rest/v4"
SOURCE = "CourtListener"
# Where the text is, best first: Harvard's XML has the printed pages and the notes apart, the
# links of the last were made from one of those before it.
TEXT_FIELDS = (
    *("xml_harvard", "html_columbia", "html_lawbox", "html_anon_2020", "html"),
    *("plain_text", "html_with_citations"),
)
_LEAD = frozenset({OpinionKind.MAJORITY, OpinionKind.PLURALITY, OpinionKind.PER_CURIAM})
_KEPT = ("precedential_status", "judges", "attorneys", "disposition", "posture", "scdb_id", "slug")

Json = Mapping[str, object]


def read_api(
    token: str,
    *,
    court: str | None = None,
    filed_after: str | None = None,
    place: Path,
    meter: Meter,
    api: str = API,
    held: Callable[[Sequence[str]], frozenset[str]] = lambda _: frozenset(),
) -> Iterator[CaseRecord | BadRecord]:
    """Read clusters in the order of their ids, and go on where an earlier import stood.

    `place` is the file that remembers where that was: it moves on only with what `meter` says
    is settled, so that nothing is left out however an import ends. `held` says which source ids
    the library has: they are not asked for again. Raises UsageError and ImportFailed.
    """
    if not token.strip():
        raise UsageError("CourtListener's API wants a token: courtlistener.com/profile/api-token/")
    query = _query(court, filed_after)
    start = _remembered(place, query) or f"{require_web_address(api)}/clusters/?{query}"
    with opened({"Authorization": f"Token {token.strip()}"}) as web:
        yield from _Reading(web, api, query, place, meter, held).run(start)


def case_from_parts(
    cluster: Json, docket: Json, court: Json, citations: Sequence[str], opinions: Sequence[Json]
) -> CaseRecord | BadRecord:
    """Make a case of CourtListener's rows, in the form that its files and its API share."""
    source_id = f"cl/{cluster['id']}"
    writings = _without_copies(list(filter(None, map(_opinion, opinions))))
    if not writings:
        return BadRecord(item=source_id, reason="CourtListener has no text of it")
    filed, argued = _date(cluster, "date_filed"), _date(docket, "date_argued")
    extra: dict[str, object] = {k: clean_json(cluster[k]) for k in _KEPT if cluster.get(k)}
    if filed is None and cluster.get("date_filed"):
        extra["date_filed"] = clean_json(cluster["date_filed"])
    return CaseRecord(
        source_id=source_id,
        court=_line(docket.get("court_id")) or "unknown",
        court_name=_line(court.get("full_name")),
        jurisdiction=_line(court.get("jurisdiction")),
        case_name=_name(cluster) or _name(docket),
        docket_number=_line(docket.get("docket_number")),
        date_filed=filed,
        date_argued=argued,
        citations=tuple(dict.fromkeys(citations)),
        opinions=(*_syllabus(cluster), *writings),
        source=SOURCE,
        license="Public domain",
        extra=extra,
    )


def citation_text(row: Json) -> str | None:
    """Write a citation of the API or the files as it is printed."""
    parts = [_line(row.get(part)) for part in ("volume", "reporter", "page")]
    return " ".join(filter(None, parts)) if all(parts) else None


def _opinion(row: Json) -> OpinionRecord | None:
    read = _text(row)
    if not read.text.strip():
        return None
    word = _line(row.get("type")) or "010combined"
    kind = kind_of(word) or OpinionKind.SEPARATE
    if str(row.get("per_curiam")).lower() in {"t", "true"} and kind in _LEAD:
        kind = OpinionKind.PER_CURIAM
    return OpinionRecord(
        kind=kind,
        author=_line(row.get("author_str")),
        text=read.text,
        footnotes_start=read.footnotes_start,
        pages=read.pages,
    )


def _text(row: Json) -> MarkedText:
    for name in TEXT_FIELDS:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            if name == "plain_text":
                text = clean(value)[0].strip("\n\f ")
                return MarkedText(text=text, footnotes_start=None, pages=())
            read = read_markup(value)
            if read.text.strip():
                return read
    return MarkedText(text="", footnotes_start=None, pages=())


def _without_copies(opinions: list[OpinionRecord]) -> tuple[OpinionRecord, ...]:
    """Leave out the combined text where its parts are there one by one, and order the parts."""
    if any(opinion.kind in _LEAD for opinion in opinions):
        opinions = [o for o in opinions if o.kind is not OpinionKind.COMBINED]
    return tuple(sorted(opinions, key=lambda opinion: opinion.kind not in _LEAD))


def _syllabus(cluster: Json) -> tuple[OpinionRecord, ...]:
    texts = (cluster.get("headmatter"), cluster.get("syllabus"))
    front = next((t for t in texts if isinstance(t, str) and t.strip()), None)
    read = read_markup(front) if front else None
    if read is None or not read.text.strip():
        return ()
    return (
        OpinionRecord(kind=OpinionKind.SYLLABUS, author=None, text=read.text, pages=read.pages),
    )


def _name(row: Json) -> str | None:
    names = (_line(row.get(k)) for k in ("case_name", "case_name_full", "case_name_short"))
    return next(filter(None, names), None)


def _line(value: object) -> str | None:
    return None if value is None else clean_line(str(value)) or None


def _date(row: Json, key: str) -> LegalDate | None:
    try:
        return LegalDate.parse(str(row.get(key) or ""))
    except ValueError:
        return None


def _query(court: str | None, filed_after: str | None) -> str:
    asked = {"order_by": "id", "docket__court": court, "date_filed__gte": filed_after}
    return urlencode({key: value for key, value in asked.items() if value})


def _remembered(place: Path, query: str) -> str | None:
    try:
        places = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    found = cast("Json", places).get(query) if isinstance(places, dict) else None
    return found if isinstance(found, str) else None


def _remember(place: Path, query: str, url: str) -> None:
    try:
        places = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        places = {}
    new = place.with_suffix(".new")
    new.write_text(json.dumps({**places, query: url}), encoding="utf-8")
    new.replace(place)


class _Reading:
    """One pass over the API's pages of clusters."""

    def __init__(
        self,
        web: Web,
        api: str,
        query: str,
        place: Path,
        meter: Meter,
        held: Callable[[Sequence[str]], frozenset[str]],
    ) -> None:
        self._web = web
        self._api = api.rstrip("/")
        self._query = query
        self._place = place
        self._meter = meter
        self._held = held
        self._given = 0
        self._courts: dict[str, Json] = {}
        # Pages given out whole: the records given by then, and the page's address.
        self._pages: deque[tuple[int, str]] = deque()

    def run(self, start: str) -> Iterator[CaseRecord | BadRecord]:
        url: str | None = start
        while url is not None:
            page = self._get(url)
            if page is None:
                raise ImportFailed("CourtListener has no such list: is the court's id right?")
            self._keep_place()
            for record in self._page(page):
                self._given += 1
                yield record
            following = page.get("next")
            url = self._same_site(following) if isinstance(following, str) else None
            if url is not None:
                self._pages.append((self._given, url))
        self._keep_place()

    def _keep_place(self) -> None:
        """Remember the last page before which everything is settled."""
        reached: str | None = None
        while self._pages and self._pages[0][0] <= self._meter.settled:
            reached = self._pages.popleft()[1]
        if reached is not None:
            _remember(self._place, self._query, reached)

    def _page(self, page: Json) -> Iterator[CaseRecord | BadRecord]:
        results = page.get("results")
        clusters = cast("list[Json]", results) if isinstance(results, list) else []
        held = self._held([f"cl/{cluster.get('id')}" for cluster in clusters])
        for cluster in clusters:
            if f"cl/{cluster.get('id')}" not in held:
                yield self._case(cluster)

    def _case(self, cluster: Json) -> CaseRecord | BadRecord:
        if not isinstance(cluster.get("id"), int):
            return BadRecord(item="a cluster of CourtListener", reason="has no id")
        docket = self._object("dockets", cluster.get("docket_id"))
        court = self._court(_line(docket.get("court_id")))
        listed = cast("list[Json]", cluster.get("citations") or [])
        opinions = [
            self._object("opinions", _id_in(url))
            for url in cast("list[object]", cluster.get("sub_opinions") or [])
        ]
        cites = filter(None, map(citation_text, listed))
        return case_from_parts(cluster, docket, court, list(cites), opinions)

    def _court(self, court: str | None) -> Json:
        if court is None:
            return {}
        if court not in self._courts:
            self._courts[court] = self._object("courts", court)
        return self._courts[court]

    def _object(self, kind: str, number: object) -> Json:
        known = str(number)
        if not known.replace("-", "").isalnum():
            return {}
        return self._get(f"{self._api}/{kind}/{known}/") or {}

    def _get(self, url: str) -> Json | None:
        data = self._web.get(url)
        if data is None:
            return None
        self._meter.read += len(data)
        try:
            value: object = json.loads(data)
        except ValueError as error:
            raise ImportFailed("CourtListener gave an answer that is no JSON.") from error
        return cast("Json", value) if isinstance(value, dict) else {}

    def _same_site(self, url: str) -> str:
        """Follow the list on its own site only: the token goes nowhere else."""
        if urlsplit(url)[:2] != urlsplit(self._api)[:2]:
            raise ImportFailed("CourtListener's list leads to another site: not followed.")
        return url


def _id_in(url: object) -> str:
    """Return the id at the end of an address such as `…/opinions/123/`."""
    return urlsplit(str(url)).path.rstrip("/").rpartition("/")[2]
