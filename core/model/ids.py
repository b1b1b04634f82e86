"""Ids. They mean nothing: a case is known by its citations, a matter by its number."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", UUID)

SessionId = NewType("SessionId", UUID)

TokenId = NewType("TokenId", UUID)

MatterId = NewType("MatterId", UUID)

FilingId = NewType("FilingId", UUID)

NoteId = NewType("NoteId", UUID)

AnswerId = NewType("AnswerId", UUID)

TraceId = NewType("TraceId", UUID)

DraftId = NewType("DraftId", UUID)

CaseId = NewType("CaseId", int)

OpinionId = NewType("OpinionId", int)

PassageId = NewType("PassageId", int)
