"""An adapter's folder: whether it holds a whole one, copied, deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

_FILES = ("adapter_config.json", "adapter_model.safetensors")


def is_adapter(folder: Path) -> bool:
    """Say whether a folder holds a whole adapter."""
    return all((folder / name).is_file() for name in _FILES)


def copy_adapter(folder: Path, into: Path) -> None:
    """Copy an adapter's weights and configuration, and nothing else that is beside them."""
    into.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copyfile(folder / name, into / name)


def discard(folder: Path) -> None:
    """Delete an adapter with all that was put down of it."""
    shutil.rmtree(folder, ignore_errors=True)
