"""Reads documents by any LangChain document loader, named by its class.

A loader is a program that whoever runs the command chooses to run, as they would any other. The
widest choice of them comes with the extra `loaders` (langchain-community).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import PurePath
from typing import Protocol, cast

from core.errors import ImportFailed, UsageError

_NAMES = ("title", "file_name", "filename", "source", "file_path", "url")


class Document(Protocol):
    """What a loader yields: a text, or a page of one, and what is known of it."""

    page_content: str
    metadata: Mapping[str, object]


class Loader(Protocol):
    def lazy_load(self) -> Iterable[Document]: ...


def read_loader(path: str, arguments: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each document that a loader finds, its pages joined.

    `path` is `package.module.Class`. Raises UsageError where there is no such loader or it takes
    no such arguments, ImportFailed where it fails.
    """
    loader = _made(path, arguments)
    try:
        yield from _joined(loader.lazy_load())
    except Exception as error:
        raise ImportFailed(f"{path} failed: {error}. What was read before is kept.") from error


def _made(path: str, arguments: Mapping[str, str]) -> Loader:
    module, _, name = path.rpartition(".")
    try:
        made = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(
            f"There is no loader {path} here: {error}. Those of langchain-community come with "
            "the extra: pip install 'onpoint[loaders]'."
        ) from error
    if not callable(getattr(made, "lazy_load", None)):
        raise UsageError(f"{path} is no document loader: it has no lazy_load.")
    try:
        return cast("Loader", made(**arguments))
    except Exception as error:
        raise UsageError(f"{path} does not take these arguments: {error}") from error


def _joined(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Join what follows each other and has one source: a loader may yield a page at a time."""
    for name, pages in groupby(documents, key=_name):
        yield name, "\n\n".join(page.page_content for page in pages)


def _name(document: Document) -> str:
    for key in _NAMES:
        given = document.metadata.get(key)
        if isinstance(given, str) and given.strip():
            return PurePath(given).name or given
    return "Document"
