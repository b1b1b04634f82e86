"""A paper as a file to be taken away."""

from __future__ import annotations

import re

from core.model import PaperFile, PaperForm
from core.paper.markdown import markdown
from core.paper.paper import Paper
from core.paper.word import MEDIA_TYPE, word

_LONGEST_NAME = 80
_NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)


def written(paper: Paper, form: PaperForm) -> PaperFile:
    """Write a paper to a file, whose name is safe on every system."""
    called = _NOT_IN_NAMES.sub("-", paper.called)[:_LONGEST_NAME].strip("-.") or "paper"
    if form is PaperForm.DOCX:
        return PaperFile(name=f"{called}.docx", media_type=MEDIA_TYPE, content=word(paper))
    content = markdown(paper).encode("utf-8", "replace")
    return PaperFile(name=f"{called}.md", media_type="text/markdown", content=content)
