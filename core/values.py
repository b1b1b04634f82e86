"""Values of settings that have rules: each type refuses, in words, what may not be.

Pydantic reads them where the settings are read, and where an administrator types one.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

LARGEST_LOGO = 200_000  # bytes: it travels with every page
_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def model_name(name: str) -> str:
    """Return a model's name, `provider:model`. Raises ValueError, in words."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*:\S+", name):
        raise ValueError("write it as provider:model, such as openai:gpt-5 or ollama:llama3.3")
    return name


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("write a whole address, such as http://127.0.0.1:8000/v1")
    return url


def _hosts(written: str) -> str:
    names = [name.lower() for name in re.split(r"[\s,;]+", written) if name]
    if wrong := [name for name in names if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name)]:
        raise ValueError(f"write names of servers with commas between; {wrong[0]!r} is none")
    return ", ".join(names)


def _picture(url: str) -> str:
    form = re.fullmatch(r"data:(image/(?:png|jpeg));base64,(\S+)", url)
    try:
        data = base64.b64decode(form[2], validate=True) if form else b""
    except binascii.Error:
        data = b""
    if form is None or not data.startswith(_PICTURES[form[1]]):
        raise ValueError("a logo is a PNG or JPEG picture")
    if len(data) > LARGEST_LOGO:
        raise ValueError(f"a logo has at most {LARGEST_LOGO // 1000} kB")
    return url


ModelName = Annotated[str, AfterValidator(model_name)]
Address = Annotated[str, AfterValidator(_address)]
Hosts = Annotated[str, AfterValidator(_hosts)]
Picture = Annotated[str, AfterValidator(_picture)]
Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]
Line = Annotated[str, Field(min_length=1, max_length=80)]
Count = Annotated[int, Field(ge=0, le=10**12)]
