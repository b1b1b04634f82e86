"""The one place where a language model is called, whoever provides it.

It streams, it ends by its deadline, it tries once more where that can help, and when it fails it
says so in words; the answer is then composed without it.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import closing
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

from core.ask.calls import Call, Piece, TookTooLong
from core.ask.overhearing import Listener, overheard
from core.ask.prompts import CHARACTERS_A_TOKEN, Message
from core.errors import ModelFailed
from core.model import ModelCall

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk


# An answer is a page at most; what comes after this many characters is not read, nor paid for.
LONGEST_ANSWER = 20_000
# Tokens a provider may spend on one answer, its thinking included, unless Settings say otherwise.
MOST_TOKENS = 4_096
ATTEMPTS = 2
PAUSE_BEFORE_RETRY = 0.5
_RETRIED_STATUS = frozenset({408, 409, 425, 429})
# An error that comes in the middle of a stream has a lower status, or none.
_REFUSED, _SERVER_ERROR = 400, 500
_TRACING = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
)
# Where providers say why a stream ended. A stream of these providers that ends without is cut.
_ENDINGS = ("finish_reason", "stop_reason", "done_reason")
_SAY_HOW_THEY_END = frozenset({"openai", "anthropic", "ollama", "azure_openai"})
# These take no key, and their clients no such word.
_KEYLESS = frozenset({"ollama"})
_DECLINED = frozenset({"content_filter", "refusal"})
_NO_ROOM = frozenset({"length", "max_tokens", "model_context_window_exceeded"})


class AnswerModel:
    """A chat model, named `provider:model` as LangChain names it. Safe for many threads."""

    def __init__(
        self,
        name: str,
        base_url: str | None = None,
        *,
        key: str | None = None,
        deadline: float = 60.0,
        most_tokens: int = MOST_TOKENS,
        inside: bool = False,
        refusal: str | None = None,
    ) -> None:
        self.name = name
        # Whether it runs on the firm's own machines.
        self.inside = inside
        self._base_url = base_url
        self._key = key
        # Seconds for the whole answer, second attempt included.
        self._deadline = deadline
        self._most_tokens = most_tokens
        # Why it may not be asked; None where it may.
        self._refusal = refusal
        # Characters read and written so far, every attempt counted: what is paid for.
        self._characters = 0
        # Called again and again while it writes what nobody sees before its end; what it raises
        # ends the call.
        self.while_writing: Callable[[], None] = _nothing
        # What it was asked and what it said, for the record of an answer.
        self.calls: list[ModelCall] = []
        self._listener = Listener(
            model=name, inside=inside, tokens=lambda: self.tokens, calls=self.calls
        )

    @property
    def tokens(self) -> int:
        """Tokens read and written so far, at four characters each."""
        return -(-self._characters // CHARACTERS_A_TOKEN)

    def stream(self, messages: Sequence[Message]) -> Generator[str]:
        """Yield what the model has written so far, whole each time.

        The last text is the answer. A text that does not begin with the one before it comes from
        a second attempt: forget the first. The same text may come again, so that a reader who
        stops is noticed. Closing the generator ends the call. Text is cut at `LONGEST_ANSWER`.
        Raises ModelFailed, in words, when there is no usable answer by the deadline.
        """
        return overheard(self._stream(messages), messages, self._listener)

    def _stream(self, messages: Sequence[Message]) -> Generator[str]:
        if self._refusal is not None:
            raise ModelFailed(self._refusal)
        refuse_tracing()
        client = self._client  # loading its package is ours, and not taken off the model's time
        ends_at = time.monotonic() + self._deadline
        for attempt in range(1, ATTEMPTS + 1):
            # The first attempt may use half the time when silent, so that a second is possible.
            silent_until = ends_at if attempt == ATTEMPTS else time.monotonic() + self._half
            self._characters += sum(len(message.text) for message in messages)
            try:
                call = Call(partial(_stream, client, messages))
                yield from self._attempt(call, silent_until, ends_at)
            except _Broken as broken:
                may_retry = broken.passing and attempt < ATTEMPTS
                if not may_retry or time.monotonic() + PAUSE_BEFORE_RETRY >= ends_at:
                    raise ModelFailed(f"{broken.says} ({self.name})") from broken.__cause__
                time.sleep(PAUSE_BEFORE_RETRY)
            else:
                return

    def write(self, messages: Sequence[Message]) -> str:
        """Return what the model writes, when it is complete. Raises as `stream`."""
        written = ""
        with closing(self.stream(messages)) as drafts:
            for draft in drafts:
                written = draft
                self.while_writing()
        return written

    @property
    def _half(self) -> float:
        return self._deadline / 2

    @property
    def _client(self) -> BaseChatModel:
        return _chat_model(
            self.name,
            self._base_url,
            self._key or _own_key(self.name, self._base_url),
            self._half,
            self._most_tokens,
        )

    def _attempt(self, call: Call, silent_until: float, ends_at: float) -> Generator[str]:
        written, ending = "", None
        try:
            for piece in call.pieces(silent_until, ends_at):
                written, ending = written + piece.text, piece.ending or ending
                self._characters += len(piece.text)
                if len(written) >= LONGEST_ANSWER:
                    yield written[:LONGEST_ANSWER]
                    return
                yield written
        except TookTooLong as late:
            raise _Broken(
                "The language model did not answer in time", passing=not late.began
            ) from late
        except _Broken:
            raise
        except Exception as error:  # every provider has an error tree of its own
            raise _broken(error) from error
        finally:
            call.stop()
        self._accept(written, ending)

    def _accept(self, written: str, ending: str | None) -> None:
        if ending in _DECLINED:
            raise _Broken("The language model declined to answer", passing=False)
        if ending in _NO_ROOM:
            raise _Broken("The language model ran out of room before its end", passing=False)
        if ending is None and self.name.partition(":")[0] in _SAY_HOW_THEY_END:
            raise _Broken("The language model's answer broke off in the middle", passing=True)
        if not written.strip():
            raise _Broken("The language model gave an empty answer", passing=True)


def _nothing() -> None:
    return


def refuse_tracing() -> None:
    """Raise ModelFailed while LangSmith tracing is on: it sends questions and text elsewhere."""
    for name in _TRACING:
        if os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}:
            raise ModelFailed(
                f"LangSmith tracing is switched on ({name}): it would send questions and sources "
                "to another firm. The language model is not used until that variable is removed."
            )


class _Broken(Exception):
    """An attempt that failed, in words, and whether trying again can help."""

    def __init__(self, says: str, *, passing: bool) -> None:
        super().__init__(says)
        self.says = says
        self.passing = passing


async def _stream(client: BaseChatModel, messages: Sequence[Message]) -> AsyncGenerator[Piece]:
    spoken = [(message.role, message.text) for message in messages]
    async for chunk in client.astream(spoken):
        yield _piece(chunk)


def _piece(chunk: AIMessageChunk) -> Piece:
    said = (chunk.response_metadata.get(name) for name in _ENDINGS)
    return Piece(str(chunk.text), next((str(ending) for ending in said if ending), None))


def _own_key(name: str, base_url: str | None) -> str | None:
    """Return a key for a server of one's own, which asks for none where the client insists."""
    openai = name.startswith("openai:") and not os.environ.get("OPENAI_API_KEY")
    return "none" if base_url and openai else None


@lru_cache(maxsize=8)  # to make one takes longer than to ask a quick model
def _chat_model(
    name: str, base_url: str | None, key: str | None, silence: float, most_tokens: int
) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    provider = name.partition(":")[0]
    options: dict[str, Any] = {  # each provider takes its own
        "max_retries": 0,
        "timeout": silence,
        "max_tokens": most_tokens,
    }
    if base_url:
        options["base_url"] = base_url
    if key and provider not in _KEYLESS:
        options["api_key"] = key
    try:
        return cast("BaseChatModel", init_chat_model(name, **options))
    except ImportError as cause:
        raise ModelFailed(
            f"The package for the language model {name} is not installed: "
            f"pip install langchain-{provider}"
        ) from cause
    except Exception as cause:  # a missing key or a bad name is each provider's own error
        raise ModelFailed(
            f"The language model {name} could not be set up: is its name right "
            f"(`provider:model`), and its key in the environment? ({_first_line(cause)})"
        ) from cause


def _broken(error: Exception) -> _Broken:
    """Say what a provider's error means, by its status where there is one."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= _REFUSED:
        return _Broken(
            f"The language model's server refused with status {status}",
            passing=status in _RETRIED_STATUS or status >= _SERVER_ERROR,
        )
    kind = " ".join(base.__name__ for base in type(error).__mro__)
    if "Timeout" in kind:
        return _Broken("The language model did not answer in time", passing=True)
    if any(word in kind for word in ("Connect", "Transport", "Protocol", "Network")):
        return _Broken("The connection to the language model broke", passing=True)
    if isinstance(error, ModelFailed):
        return _Broken(str(error), passing=False)
    return _Broken("The language model's server sent what cannot be read", passing=True)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
