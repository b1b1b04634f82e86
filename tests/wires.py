"""What three providers send over the wire: OpenAI's, Anthropic's and Ollama's streaming forms.

Only the forms: who says what, and what goes wrong, is in `scripted_models`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One provider's form: how a prompt is read from a body, and how pieces and endings look."""

    content_type: str
    prompt: Callable[[Body], str]
    opening: bytes
    piece: Callable[[str], bytes]
    # Why it ended: "stop", "length" or "refusal".
    ending: Callable[[str], bytes]
    error: Callable[[str], bytes]
    # What keeps a connection alive and says nothing.
    pause: bytes

    def failure(self, code: str) -> bytes:
        """Return an error that comes in the middle of a stream."""
        if self.content_type == "application/x-ndjson":
            return self.error(code) + b"\n"
        return b"event: error\ndata: " + self.error(code) + b"\n\n"


def form_of(path: str) -> Form:
    """Return the form that is spoken at an address."""
    return next(form for ending, form in _FORMS.items() if path.endswith(ending))


def _event(name: str | None, data: object) -> bytes:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(data)}\n\n".encode()


def _contents(messages: Iterable[Body]) -> list[str]:
    found: list[str] = []
    for message in messages:
        content = message["content"]
        parts = [content] if isinstance(content, str) else [part["text"] for part in content]
        found += cast("list[str]", parts)
    return found


# --- OpenAI: chat completions ---


def _openai_chunk(delta: Body, ending: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": ending}
    head = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
    }
    return _event(None, {**head, "choices": [choice]})


def _openai_ending(why: str) -> bytes:
    reasons = {"stop": "stop", "length": "length", "refusal": "content_filter"}
    return _openai_chunk({}, reasons[why]) + b"data: [DONE]\n\n"


# --- Anthropic: messages ---


def _anthropic_opening() -> bytes:
    message = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "scripted",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }
    block = {
        "type": "content_block_start",
        "index": 0,
        "content_block": {"type": "text", "text": ""},
    }
    return _event("message_start", {"type": "message_start", "message": message}) + _event(
        "content_block_start", block
    )


def _anthropic_piece(text: str) -> bytes:
    delta = {"type": "text_delta", "text": text}
    return _event(
        "content_block_delta", {"type": "content_block_delta", "index": 0, "delta": delta}
    )


def _anthropic_ending(why: str) -> bytes:
    reasons = {"stop": "end_turn", "length": "max_tokens", "refusal": "refusal"}
    delta = {
        "type": "message_delta",
        "delta": {"stop_reason": reasons[why], "stop_sequence": None},
        "usage": {"output_tokens": 2},
    }
    return (
        _event("content_block_stop", {"type": "content_block_stop", "index": 0})
        + _event("message_delta", delta)
        + _event("message_stop", {"type": "message_stop"})
    )


def _anthropic_prompt(body: Body) -> str:
    system = body.get("system", "")
    said = system if isinstance(system, str) else "\n".join(part["text"] for part in system)
    return "\n".join([said, *_contents(body["messages"])])


# --- Ollama: chat, one JSON object a line ---


def _ollama_line(text: str, **more: object) -> bytes:
    message = {"role": "assistant", "content": text}
    line = {"model": "scripted", "created_at": "2024-01-01T00:00:00Z", "message": message}
    return json.dumps({**line, "done": False, **more}).encode() + b"\n"


def _ollama_ending(why: str) -> bytes:
    return _ollama_line("", done=True, done_reason="length" if why == "length" else "stop")


_FORMS = {
    "/chat/completions": Form(
        content_type="text/event-stream",
        prompt=lambda body: "\n".join(_contents(body["messages"])),
        opening=b"",
        piece=lambda text: _openai_chunk({"content": text}, None),
        ending=_openai_ending,
        error=lambda code: json.dumps(
            {"error": {"message": code, "type": code, "code": code}}
        ).encode(),
        pause=b": still thinking\n\n",
    ),
    "/messages": Form(
        content_type="text/event-stream",
        prompt=_anthropic_prompt,
        opening=_anthropic_opening(),
        piece=_anthropic_piece,
        ending=_anthropic_ending,
        error=lambda code: json.dumps(
            {"type": "error", "error": {"type": code, "message": code}}
        ).encode(),
        pause=_event("ping", {"type": "ping"}),
    ),
    "/api/chat": Form(
        content_type="application/x-ndjson",
        prompt=lambda body: "\n".join(_contents(body["messages"])),
        opening=b"",
        piece=_ollama_line,
        ending=_ollama_ending,
        error=lambda code: json.dumps({"error": code}).encode(),
        pause=_ollama_line(""),
    ),
}
