"""Datasets as other programs' files, each held against the rules of its format before it leaves.

So that an adapter can be trained elsewhere: TRL, axolotl, Unsloth, LLaMA-Factory and OpenAI read
chat JSONL, Amazon Bedrock has a form of its own, and preference pairs are what DPO learns from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from core.style.train.weights import Lesson

BEDROCK_SCHEMA = "bedrock-conversation-2024"
# OpenAI refuses a file of fewer.
FEWEST = 10
_ROLES = ("system", "user", "assistant")
# One line each: where it is trained elsewhere, and how the adapter comes back.
ELSEWHERE = {
    "trl": "trl sft --model_name_or_path BASE --dataset_name FOLDER --use_peft "
    "--output_dir ADAPTER",
    "axolotl": "axolotl train config.yml  # datasets: [{path: train.jsonl, type: chat_template}]",
    "llama-factory": "llamafactory-cli train --stage sft --do_train --finetuning_type lora "
    "--dataset onpoint --dataset_dir FOLDER --model_name_or_path BASE --output_dir ADAPTER",
}
BACK = "onpoint style train --voice VOICE --adapter ADAPTER --base BASE"


class Format(StrEnum):
    """The form of a dataset's file."""

    CHAT = "chat"
    BEDROCK = "bedrock"
    PREFERENCES = "preferences"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Two wordings of one plain line, and which of them sounds like the firm."""

    prompt: str
    chosen: str
    rejected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a line of a file breaks. `line` 0: the file as a whole."""

    line: int
    what: str


def chat(lessons: Iterable[Lesson]) -> Iterator[str]:
    """Write lessons as chat JSONL: `messages` of user and assistant."""
    for lesson in lessons:
        yield _line(
            messages=[
                {"role": "user", "content": lesson.prompt},
                {"role": "assistant", "content": lesson.answer},
            ]
        )


def bedrock(lessons: Iterable[Lesson]) -> Iterator[str]:
    """Write lessons in the form that Amazon Bedrock's customization reads."""
    for lesson in lessons:
        yield _line(
            schemaVersion=BEDROCK_SCHEMA,
            messages=[
                {"role": "user", "content": [{"text": lesson.prompt}]},
                {"role": "assistant", "content": [{"text": lesson.answer}]},
            ],
        )


def preferences(pairs: Iterable[Preference]) -> Iterator[str]:
    """Write preference pairs as TRL's DPO reads them, the prompt a conversation."""
    for pair in pairs:
        yield _line(
            prompt=[{"role": "user", "content": pair.prompt}],
            chosen=[{"role": "assistant", "content": pair.chosen}],
            rejected=[{"role": "assistant", "content": pair.rejected}],
        )


def faults(form: Format, lines: Sequence[str]) -> list[Fault]:
    """Hold a file's lines against its format's rules; an empty list where all are kept."""
    found: list[Fault] = []
    if form is Format.CHAT and len(lines) < FEWEST:
        found.append(Fault(line=0, what=f"fewer than {FEWEST} examples: OpenAI refuses the file"))
    check = _CHECKS[form]
    for n, line in enumerate(lines, start=1):
        found += [Fault(line=n, what=what) for what in _broken(line, check)]
    return found


def _line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def _broken(line: str, check: Callable[[Mapping[str, object]], Iterator[str]]) -> Iterator[str]:
    if "\n" in line or "\r" in line:
        yield "more than one line"
        return
    try:
        read: object = json.loads(line)
    except ValueError:
        yield "no JSON"
        return
    if isinstance(read, dict):
        yield from check(cast("Mapping[str, object]", read))
    else:
        yield "no JSON object"


def _chat(row: Mapping[str, object]) -> Iterator[str]:
    if set(row) != {"messages"}:
        yield f"other keys than messages: {', '.join(sorted(row))}"
    yield from _conversation(row.get("messages"), _string, ends="assistant")


def _bedrock(row: Mapping[str, object]) -> Iterator[str]:
    if row.get("schemaVersion") != BEDROCK_SCHEMA:
        yield f"schemaVersion is not {BEDROCK_SCHEMA}"
    if "system" in row and not _blocks(row["system"]):
        yield "system is no list of texts"
    yield from _conversation(row.get("messages"), _blocks, ends="assistant", system=False)


def _preferences(row: Mapping[str, object]) -> Iterator[str]:
    if set(row) != {"prompt", "chosen", "rejected"}:
        yield "a pair has prompt, chosen and rejected, and nothing else"
    yield from _conversation(row.get("prompt"), _string, ends="user")
    for side in ("chosen", "rejected"):
        yield from _answer(row.get(side), side)
    if row.get("chosen") == row.get("rejected"):
        yield "chosen and rejected are the same"


def _answer(messages: object, side: str) -> Iterator[str]:
    rows = _messages(messages)
    if rows is None or len(rows) != 1 or rows[0].get("role") != "assistant":
        yield f"{side} is not one answer of the assistant's"
    elif not _string(rows[0].get("content")):
        yield f"{side} is empty"


def _conversation(
    messages: object, holds: Callable[[object], bool], *, ends: str, system: bool = True
) -> Iterator[str]:
    rows = _messages(messages)
    if not rows:
        yield "no messages"
        return
    roles = [row.get("role") for row in rows]
    if any(role not in _ROLES for role in roles):
        yield "a role that is none of system, user and assistant"
    if "system" in roles[1:] or (roles[0] == "system" and not system):
        yield "a system message out of place"
    turns = [role for role in roles if role != "system"]
    if any(role != ("user", "assistant")[n % 2] for n, role in enumerate(turns)):
        yield "user and assistant do not take turns, the user first"
    if roles[-1] != ends:
        yield f"the last message is not the {ends}'s"
    if not all(holds(row.get("content")) for row in rows):
        yield "a message without content in the form wanted"


def _messages(held: object) -> list[Mapping[str, object]] | None:
    if not isinstance(held, list):
        return None
    rows = cast("list[object]", held)
    if not all(isinstance(row, dict) for row in rows):
        return None
    return cast("list[Mapping[str, object]]", rows)


def _string(content: object) -> bool:
    return isinstance(content, str) and bool(content.strip())


def _blocks(content: object) -> bool:
    if not isinstance(content, list) or not content:
        return False
    return all(
        isinstance(block, dict) and _string(cast("Mapping[str, object]", block).get("text"))
        for block in cast("list[object]", content)
    )


_CHECKS = {Format.CHAT: _chat, Format.BEDROCK: _bedrock, Format.PREFERENCES: _preferences}
