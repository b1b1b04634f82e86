"""The demonstration library: eighteen opinions of Merrow, a State that does not exist.

Written for Onpoint so that a first look needs no network; every case is marked as invented. The
file is the JSON lines form that `onpoint import jsonl` reads from anybody.
"""

from __future__ import annotations

from pathlib import Path


def demo_path() -> Path:
    """Return where the demonstration library's file lies in the installed package."""
    return Path(__file__).with_name("demo.jsonl")
