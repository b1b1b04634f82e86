"""Style models that run here: a base model in memory, and adapters over it by name.

An adapter that was deleted or switched off speaks no more: its folder is looked at each time.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.errors import ModelFailed, TrainingUnavailable, UsageError
from core.style.teach.dataset import told
from core.style.train.folder import is_adapter
from core.style.train.weights import Opened, continued, kit, open_base

GONE = "The style model's adapter is not there any more, so that the plain answer is shown."
_LONGER = 2.0  # times the tokens of a plain line: what is longer says more than it did
_SLACK = 24  # tokens


class Adapters:
    """One base model and the adapters that were loaded over it. Safe for many threads."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self._turn = threading.Lock()
        self._opened: Opened | None = None
        self._folders: dict[str, Path] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._folders)

    def load(self, name: str, folder: Path) -> None:
        """Load an adapter under a name, in place of one that had it. Raises ModelFailed."""
        if not is_adapter(folder):
            raise ModelFailed(GONE)
        with self._turn:
            self._unload(name)
            opened = self._opened or _base(self.base)
            model = _over(opened.model, name, folder)
            self._opened = Opened(
                model=model,
                tokenizer=opened.tokenizer,
                answers_apart=opened.answers_apart,
                device=opened.device,
            )
            self._folders[name] = folder

    def unload(self, name: str) -> None:
        """Take an adapter out of memory; with the last one the base goes too."""
        with self._turn:
            self._unload(name)

    def close(self) -> None:
        """Take everything out of memory."""
        for name in self.names:
            self.unload(name)

    def restyle(self, name: str, lines: Sequence[str]) -> tuple[str, ...]:
        """Word each plain line in an adapter's style. Raises ModelFailed where it is gone."""
        with self._turn:
            opened = self._speaking(name)
            return tuple(
                " ".join(continued(opened, [told(line)], tokens=_room(opened, line))[0].split())
                for line in lines
            )

    def using(self, name: str) -> Opened:
        """Return the model with an adapter in force, to be measured. Raises ModelFailed."""
        with self._turn:
            return self._speaking(name)

    def _speaking(self, name: str) -> Opened:
        folder = self._folders.get(name)
        if folder is None or not is_adapter(folder):
            self._unload(name)
            raise ModelFailed(GONE)
        assert self._opened is not None  # noqa: S101  there is one where a folder is
        self._opened.model.set_adapter(name)
        return self._opened

    def _unload(self, name: str) -> None:
        if self._folders.pop(name, None) is None:
            return
        if self._folders and self._opened is not None:
            self._opened.model.set_adapter(next(iter(self._folders)))
            self._opened.model.delete_adapter(name)
        else:
            self._opened = None


def _base(folder: Path) -> Opened:
    try:
        return open_base(folder)
    except (TrainingUnavailable, UsageError) as why:
        raise ModelFailed(str(why)) from why


def _over(model: Any, name: str, folder: Path) -> Any:  # noqa: ANN401  PEFT's own
    """Put an adapter over a base, or beside the adapters that are over it already."""
    peft = kit().peft
    try:
        if not isinstance(model, peft.PeftModel):
            return peft.PeftModel.from_pretrained(
                model, str(folder), adapter_name=name, local_files_only=True
            )
        model.load_adapter(str(folder), adapter_name=name, local_files_only=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelFailed(f"The style model's adapter does not fit its base: {error}") from error
    return model


def _room(opened: Opened, line: str) -> int:
    return int(len(opened.tokenizer(line)["input_ids"]) * _LONGER) + _SLACK
