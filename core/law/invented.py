"""The reporters of Merrow, the invented State of the demonstration library.

They stand beside the real ones, so that an invented citation is read by the same rules as a real
one; no real reporter is called so.
"""

from __future__ import annotations

from datetime import datetime

from reporters_db import REPORTERS  # pyright: ignore[reportMissingTypeStubs]

_BEGAN = datetime(1900, 1, 1)  # noqa: DTZ001  reporters-db's own dates are without a zone
_YEAR_FIRST = r"(?P<volume>(19|20)\d{2}) $reporter $page"
_SERIES = {
    "Merr.": ("Merrow Reports", "state", ("Merr.", "Merr. 2d")),
    "Merr. App.": ("Merrow Appeals Reports", "state", ("Merr. App.",)),
    "Merrow": ("Supreme Court of Merrow", "neutral", ("Merrow",)),
    "Merrow App": ("Merrow Court of Appeals", "neutral", ("Merrow App",)),
}


def add_invented_reporters() -> None:
    """Add Merrow's reporters to reporters-db's table, from which eyecite makes its patterns.

    Must run before eyecite is loaded: it reads the table once.
    """
    for series, (name, kind, editions) in _SERIES.items():
        edition: dict[str, object] = {"start": _BEGAN, "end": None}
        if kind == "neutral":
            edition["regexes"] = [_YEAR_FIRST]
        REPORTERS[series] = [
            {
                "name": name,
                "cite_type": kind,
                "editions": dict.fromkeys(editions, edition),
                "mlz_jurisdiction": [],
                "variations": {each.replace(". ", "."): each for each in editions if ". " in each},
            }
        ]
