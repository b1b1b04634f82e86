"""What was taken out of a text, or stands in it unseen, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.model import Span


class TakenKind(StrEnum):
    """What is printed on a page but is no part of its text."""

    RUNNING_HEAD = "running_head"
    RUNNING_FOOT = "running_foot"
    PAGE_NUMBER = "page_number"
    LINE_NUMBER = "line_number"
    # A court's mark on filing, such as `Case 1:20-cv-00123 Document 12 Filed 01/02/21`.
    STAMP = "stamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Words that were taken out of the text, and where in it they had stood."""

    kind: TakenKind
    page: int | None
    at: int
    words: str


class HiddenKind(StrEnum):
    """Why a reader of the page would not see words that are in its text."""

    UNDER_BOX = "under_box"
    WHITE = "white"
    TINY = "tiny"
    OFF_PAGE = "off_page"
    INVISIBLE = "invisible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Words of the text that cannot be seen where they stand."""

    kind: HiddenKind
    page: int | None
    span: Span
