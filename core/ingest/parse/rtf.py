"""Reads RTF: its text in order, footnotes apart, heads and feet taken out, hidden words marked."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.ingest.parse.colours import Colour
from core.ingest.parse.limits import Limits
from core.ingest.parse.parsed import Parsed, TakenKind, Unreadable
from core.ingest.parse.rtf_look import Look, hidden
from core.ingest.parse.rtf_words import (
    CHARACTERS,
    CODE_PAGES,
    FEET,
    GAPS,
    HEADS,
    PROPERTIES,
    READ_THOUGH_STARRED,
    SIGNS,
    TIMES,
    UNREAD,
    tokens,
)
from core.ingest.parse.writing import Stream, Writing
from core.model import FileKind

_MOST_GROUPS = 5_000  # one in another
_HEAD = 20_000  # characters of a running head, or of a property
_MOST_SPARE = 8  # characters


def read(path: Path, *, password: str | None, folder: Path, limits: Limits) -> Parsed:  # noqa: ARG001
    """Read an RTF file. Raises Unreadable."""
    writing = Writing(limits)
    _Reader(writing).read(path.read_bytes())
    return writing.parsed(FileKind.RTF)


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What holds within a group."""

    # None: what is in the group is no text.
    into: Stream | None
    # Of the group that this one is in, or its own.
    group: str = ""
    # How many characters follow a Unicode one for readers that know none.
    spare: int = 1
    codec: str = "cp1252"
    look: Look = field(default_factory=Look)


class _Reader:
    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._state: _State = _State(into=writing.body)
        self._outer: list[_State] = []
        self._colours: list[Colour | None] = []
        self._mixing: dict[str, int] = {}
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._usual = "cp1252"
        # Characters not yet written: bytes of one code page, or UTF-16 units.
        self._bytes = bytearray()
        self._units: list[int] = []
        self._to_skip: int = 0
        self._starred = False
        self._aside: list[tuple[str, Stream, dict[str, int]]] = []
        self._notes = 0
        self._struck = self._comments = self._embedded = 0

    def read(self, data: bytes) -> None:
        for word, number, code, sign, brace, plain in tokens(data):
            if word:
                self._word(word, number)
            elif code is not None:
                self._characters(bytes((code,)))
            elif sign:
                self._sign(sign)
            elif brace:
                self._brace(brace)
            else:
                self._characters(plain)
        self._flush()
        while self._outer:
            self._close()
        self._notice()

    def _brace(self, brace: str) -> None:
        self._flush()
        self._to_skip = 0
        if brace == "}":
            self._close()
            return
        if len(self._outer) > _MOST_GROUPS:
            raise Unreadable("This file is damaged: it is nested deeper than any document.")
        self._outer.append(self._state)

    def _close(self) -> None:
        if not self._outer:
            return
        ended, self._state = self._state, self._outer.pop()
        if self._aside and self._state.into is not self._aside[-1][1] is ended.into:
            self._put_aside(*self._aside.pop())

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in SIGNS:
            self._flush()
            if SIGNS[sign] == "\n\n":
                self._gap("\n\n")
            else:
                self._write(SIGNS[sign])

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        if word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word in GAPS:
            self._gap(GAPS[word])
            if word == "row":
                self._gap("\n")
        elif not self._group(word, starred=starred):
            self._setting(word, number)

    def _group(self, word: str, *, starred: bool) -> bool:
        """Begin a group of another kind; False where the word begins none."""
        if word in {"annotation", "object"}:
            self._comments += word == "annotation"
            self._embedded += word == "object"
            starred = starred or word == "annotation"
        if word == "footnote":
            self._note()
        elif word in HEADS or word in FEET or word in PROPERTIES or word in TIMES:
            stream = Stream(most=_HEAD)
            self._aside.append((word, stream, {}))
            self._state = replace(self._state, into=stream, group=word)
        elif word in UNREAD or (starred and word not in READ_THOUGH_STARRED):
            self._state = replace(self._state, into=None, group=word)
        elif word == "info":
            self._state = replace(self._state, into=None)
        elif word == "result":
            return True
        else:
            return word in READ_THOUGH_STARRED
        return True

    def _note(self) -> None:
        if self._state.into is not self._writing.body:
            return
        self._notes += 1
        self._write(f"[{self._notes}]")
        notes = self._writing.notes
        notes.gap("\n\n")
        notes.write(f"[{self._notes}] ")
        notes.hold()
        self._state = replace(self._state, into=notes, group="footnote")

    def _put_aside(self, word: str, stream: Stream, time: dict[str, int]) -> None:
        words = "".join(stream.parts)
        if word in PROPERTIES:
            self._writing.tell(PROPERTIES[word], words)
        elif word in TIMES:
            parts = [time.get(name, 0) for name in ("yr", "mo", "dy", "hr", "min")]
            if parts[0]:
                date = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}"
                self._writing.tell(TIMES[word], f"{date}T{parts[3]:02}:{parts[4]:02}:00")
        else:
            self._writing.take(
                TakenKind.RUNNING_HEAD if word in HEADS else TakenKind.RUNNING_FOOT, words
            )

    def _setting(self, word: str, number: int | None) -> None:
        state = self._state
        if self._aside and self._aside[-1][0] in TIMES and number is not None:
            self._aside[-1][2][word] = number
        elif state.group in {"fonttbl", "colortbl"}:
            self._table(word, number or 0)
        elif word == "f":
            self._state = replace(state, codec=self._fonts.get(number or 0, self._usual))
        elif word in {"ansicpg", "mac"}:
            self._usual = _codec("mac_roman" if word == "mac" else f"cp{number}")
            self._state = replace(state, codec=self._usual)
        elif word == "uc":
            self._state = replace(state, spare=min(max(number or 0, 0), _MOST_SPARE))
        else:
            self._state = replace(state, look=state.look.with_word(word, number))
            self._struck += word == "deleted" and self._state.look.struck

    def _table(self, word: str, number: int) -> None:
        if word == "f":
            self._font = number
        elif word == "fcharset":
            page = self._usual if number in {0, 1, 2} else CODE_PAGES.get(number, self._usual)
            self._fonts[self._font] = page
        elif word in {"red", "green", "blue"}:
            self._mixing[word] = min(max(number, 0), 255)

    def _characters(self, data: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if self._state.group == "colortbl":
            for _ in range(data.count(b";")):
                mixed = self._mixing
                parts = mixed.get("red", 0), mixed.get("green", 0), mixed.get("blue", 0)
                self._colours.append(parts if mixed else None)
                self._mixing = {}
        elif data:
            self._write_units()
            self._bytes += data

    def _unicode(self, number: int) -> None:
        self._write_bytes()
        self._units.append(number & 0xFFFF)
        self._to_skip = self._state.spare

    def _flush(self) -> None:
        self._write_bytes()
        self._write_units()

    def _write_bytes(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._write(data.decode(self._state.codec, "replace"))

    def _write_units(self) -> None:
        if self._units:
            units, self._units = self._units, []
            packed = b"".join(unit.to_bytes(2, "little") for unit in units)
            self._write(packed.decode("utf-16-le", "replace"))

    def _write(self, words: str) -> None:
        state = self._state
        if state.into is not None and not state.look.struck:
            state.into.write(words, hidden(state.look, self._colours))

    def _gap(self, gap: str) -> None:
        if self._state.into is not None:
            self._state.into.gap(gap)

    def _notice(self) -> None:
        notice = self._writing.notice
        if self._struck:
            notice(f"Words struck out under track changes are left out ({self._struck:,} places).")
        if self._comments:
            notice(f"Comments in the margin are left out ({self._comments:,}).")
        if self._embedded:
            notice("Files embedded in this one are left out.")


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
