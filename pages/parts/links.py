"""The addresses of the screens, so that every place in the library can be linked to.

A link is the same whether clicked, bookmarked or sent to a colleague.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import streamlit as st

from core.model import CaseId, OpinionId, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.model import DraftId, FilingId, MatterId, Passage, TraceId


def case_address(case_id: CaseId, at: str | None = None) -> str:
    """Return the address of a case, opened at a place where one is given."""
    return _address("case", {"case": case_id, **({"at": at} if at else {})})


def passage_address(passage: Passage) -> str:
    """Return the address that opens a passage's case with the passage marked."""
    return case_address(passage.case_id, at=place(passage.opinion_id, passage.span))


def place(opinion_id: OpinionId, span: Span) -> str:
    """Write a place in an opinion as `at=` has it: `34.1200-1690`."""
    return f"{opinion_id}.{span.start}-{span.end}"


def read_case_id(written: str) -> CaseId | None:
    """Read the id of a case; None for what cannot be one."""
    if not (written.isascii() and written.isdigit() and len(written) < 11):
        return None
    # The database counts cases in 31 bits.
    return CaseId(int(written)) if int(written) < 2**31 else None


def read_place(at: str) -> tuple[OpinionId, Span] | None:
    """Read `34.1200-1690` or `34.1200`; None for anything else (a page label, or nonsense)."""
    opinion, dot, offsets = at.partition(".")
    start, _, end = offsets.partition("-")
    numbers = (opinion, start, end or start)
    # 18 digits is more than any text has, and fits every integer on the way.
    if not dot or not all(n.isascii() and n.isdigit() and len(n) < 18 for n in numbers):
        return None
    return OpinionId(int(opinion)), Span(int(start), int(end or start))


def search_address(**query: str | int | list[str] | None) -> str:
    return _address("", query)


def ask_address(question: str, *following: str, matter: object = None) -> str:
    """Return the address of a question, with those that follow it in a conversation."""
    then = {"then": list(following)} if following else {}
    return _address("ask", {"q": question, **then, "matter": _id(matter)})


def record_address(trace: object = None, *, matter: object = None) -> str:
    """Return the address of the record of an answer, or of a list of them."""
    return _address("record", {"trace": _id(trace), "matter": _id(matter)})


def record_file_address(trace: TraceId, kind: str, form: str) -> str:
    """Return the address of a record as a file."""
    return _address(f"record/{trace}/{kind}/file", {"form": form})


def draft_address(
    draft: object = None, *, matter: object = None, version: int | None = None
) -> str:
    """Return the address of a draft, or of a list of them."""
    asked = {"draft": _id(draft), "matter": _id(matter), "version": version}
    return _address("draft", asked)


def draft_file_address(draft: DraftId, form: str, **chosen: str | int | None) -> str:
    """Return the address of a draft as a file, in the way that was chosen."""
    return _address(f"draft/{draft}/file", {"form": form, **chosen})


def draft_statement_address(draft: DraftId, form: str) -> str:
    """Return the address of the statement on the use of AI in a draft."""
    return _address(f"draft/{draft}/statement/file", {"form": form})


def bench_address(run: object = None) -> str:
    """Return the address of the bench, or of one of its runs."""
    return _address("bench", {"run": _id(run)})


def library_address() -> str:
    return _address("library", {})


def filings_address(
    *,
    matter: object = None,
    filing: object = None,
    at: Span | None = None,
    **more: str | int | None,
) -> str:
    """Return the address of a matter's filings, or of one of them, opened at a passage."""
    place = f"{at.start}-{at.end}" if at else None
    asked = {"matter": _id(matter), "filing": _id(filing), "at": place}
    return _address("filings", asked | more)


def page_image_address(filing: FilingId, number: int, *, width: int) -> str:
    """Return the address of the picture of a filing's page, so many pixels wide."""
    return _address(f"filing/{filing}/page/{number}.png", {"width": width})


def file_address(filing: FilingId) -> str:
    """Return the address of the very file that was handed in."""
    return _address(f"filing/{filing}/file", {})


def upload_address(matter: MatterId) -> str:
    """Return the address that takes files for a matter."""
    return _address("filing/upload", {"matter": str(matter)})


def matters_address(matter: object = None) -> str:
    return _address("matters", {"matter": _id(matter)})


def people_address(person: object = None) -> str:
    return _address("people", {"person": _id(person)})


def style_address(card: object = None) -> str:
    """Return the address of the style cards, or of one of them."""
    return _address("style", {"card": _id(card)})


def account_address() -> str:
    return _address("account", {})


def invitation_address(token: str) -> str:
    """Return the whole address that an invited person opens, as this browser came here."""
    return _origin() + _address("invitation", {"token": token})


def same_address(page: str, **changed: str | None) -> str:
    """Return the address of the screen that is shown with something changed or, None, gone."""
    asked: dict[str, str | int | list[str] | None] = {
        name: st.query_params.get_all(name) for name in st.query_params
    }
    return _address(page, asked | changed)


def sign_in_address() -> str:
    return _address("sign-in", {})


def password_address() -> str:
    return _address("password", {})


def sign_out_address() -> str:
    return _address("sign-out", {})


def read_id(written: str) -> UUID | None:
    """Read the id of a person, a matter or a filing; None for what cannot be one."""
    try:
        return UUID(written)
    except ValueError:
        return None


def _origin() -> str:
    """Return the server's address as the reader's browser knows it: `https://onpoint.firm`."""
    here = urlsplit(str(st.context.url or ""))
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""


def _id(one: object) -> str | None:
    return None if one is None else str(one)


def _address(page: str, query: Mapping[str, str | int | list[str] | None]) -> str:
    root = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = "/".join(part for part in (root, page) if part)
    asked = urlencode({k: v for k, v in query.items() if v not in (None, "", [])}, doseq=True)
    return f"/{path}" + (f"?{asked}" if asked else "")
