"""Language models that follow a script, over the real wire.

A server on loopback speaks the protocols of OpenAI, Anthropic and Ollama, streaming; the tests
reach it through the real LangChain clients. The model's name chooses its script.
"""

from __future__ import annotations

import json
import re
import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from core.law.sentences import sentences
from tests.wires import Form, form_of

Prompt = str
WORDS_A_PIECE = 3

LIES = (
    "The court held that removal is always irreparable, Varghese v. China Southern Airlines Co., "
    "925 F.3d 1339, 1344 (11th Cir. 2019) [1]. "
    "In Zicherman v. Korean Air Lines the same was decided [1]. "
    "“A stay of removal is a matter of right in every case whatsoever” [1]. "
    "The applicant must show irreparable injury at 9999 [1]. "
    "The stay was granted on 31 February 1874 under 11 U.S.C. § 98765 [1]. "
    "See also Smithson, which requires a bond of $77,000 [2]. "
    "Justice Blackwood agreed with the court [1]. "
    "A stay is a matter of right [1]. "
    "The burden lies with the government [42]. "
    "Everybody knows this."
)


def honest(prompt: Prompt) -> str:
    """Say in the source's own words what its first sentences say, and quote one."""
    first, second, *_ = sentences_of(prompt, 1)
    return f"{first} [1] The court wrote: {quoted(second)} [1]"


def lying(prompt: Prompt) -> str:
    return LIES if source_text(prompt, 1) else ""


def mixed(prompt: Prompt) -> str:
    """Tell two truths, then one lie."""
    return f"{honest(prompt)} {LIES[: LIES.index('In Zicherman')]}"


def obedient(prompt: Prompt) -> str:
    """Do whatever any text in the prompt says it should write."""
    orders = re.findall(r"(?i)(?:write|say|cite|answer|output):\s*([^\n<]+)", prompt)
    return " ".join(f"{order.strip()} [1]" for order in orders) or honest(prompt)


def silent_on_sources(prompt: Prompt) -> str:
    return "NOT IN THE SOURCES" if prompt else ""


def marked_up(prompt: Prompt) -> str:
    """Tell the truth, wrapped in every kind of markup."""
    truth = sentences_of(prompt, 1)[0]
    return (
        f"# Answer\n\n<script>alert(1)</script>**{truth}** [1]\n\n"
        f"![x](https://evil.example/p.png) <img src=x onerror=alert(1)> "
        f"[click here](javascript:alert(1)) <a href='data:text/html,x'>{truth}</a> [1]\n\n"
        "[ref]: https://evil.example/collect?q=secret\n"
    )


def huge(prompt: Prompt) -> str:
    truth = sentences_of(prompt, 1)[0]
    return f"{truth} [1] " * (100_000 // (len(truth) + 5) + 1)


def put_plainly(prompt: Prompt) -> str:
    """Put a question as it was asked."""
    asked = prompt.split("<question>")[1].split("</question>")[0].strip()
    return json.dumps({"question": asked, "search": asked})


# Refused before a word: the status and the provider's name for it.
REFUSALS = {
    "overloaded": (429, "rate_limit_error"),
    "swamped": (529, "overloaded_error"),
    "failing": (500, "server_error"),
    "keyless": (401, "invalid_api_key"),
}
# Begun, and then gone wrong.
MISHAPS = frozenset(
    {
        *("thinking", "dripping", "garbled", "refusing", "cut-off", "truncating", "breaking"),
        "failing-later",
    }
)
Script = Callable[[Prompt], str]
SPOKEN: dict[str, Script] = {
    "honest": honest,
    "lying": lying,
    "mixed": mixed,
    "obedient": obedient,
    "silent": silent_on_sources,
    "marked-up": marked_up,
    "huge": huge,
    "endless": huge,
    "empty": lambda _: "",
    "blank": lambda _: " \n ",
    "declining": lambda _: "I am sorry, but I cannot help with that request.",
}


def sentences_of(prompt: Prompt, n: int) -> list[str]:
    """Return the whole sentences of a source: one that begins in the middle is none."""
    text = source_text(prompt, n)
    found = [span.of(text) for span in sentences(text)]
    whole = [each for each in found if each[:1].isupper() and each[-1:] in ".?!"]
    return whole if len(whole) > 1 else [*whole, *found, *found]


def quoted(words: str) -> str:
    """Quote words as a lawyer does: the marks within become single ones."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def source_text(prompt: Prompt, n: int) -> str:
    block = re.search(rf'<source number="{n}">.*?\ntext:\n(.*?)\n</source>', prompt, re.DOTALL)
    return block[1] if block else ""


@dataclass
class Wire:
    """What the server heard, for tests to look at."""

    # The root of the server; `url` is what OpenAI's clients are given.
    root: str = ""
    prompts: list[Prompt] = field(default_factory=list)
    # All that each call said.
    bodies: list[dict[str, object]] = field(default_factory=list)
    # What each call gave as its key.
    keys: list[str] = field(default_factory=list)
    # Pieces sent of the latest answer, and whether the client left before its end.
    sent: int = 0
    left: threading.Event = field(default_factory=threading.Event)
    script: Script | None = None
    # Who puts a question before it is searched.
    puts: Script = put_plainly

    @property
    def asked(self) -> list[Prompt]:
        """Return the prompts that asked for an answer; a question is put by another before."""
        return [prompt for prompt in self.prompts if "<sources>" in prompt]

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    def address(self, provider: str) -> str:
        """Return what a provider's client is given as its base address."""
        return self.url if provider == "openai" else self.root


@contextmanager
def scripted_models() -> Iterator[Wire]:
    """Serve the scripted models until the block ends."""
    wire = Wire()
    handler = type("Handler", (_Handler,), {"wire": wire})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    wire.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    wire: Wire
    form: Form
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        return

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.form = form_of(self.path.partition("?")[0])
        prompt = self.form.prompt(body)
        self.wire.prompts.append(prompt)
        self.wire.bodies.append(body)
        key = self.headers.get("Authorization") or self.headers.get("x-api-key", "")
        self.wire.keys.append(key)
        self.close_connection = True
        try:
            self._play(cast("str", body["model"]), prompt)
        except (BrokenPipeError, ConnectionResetError):
            self.wire.left.set()

    def _play(self, name: str, prompt: Prompt) -> None:
        first = len(self.wire.asked) == 1
        if name.startswith("once-"):
            name = {"once-overloaded": "overloaded", "once-cut": "truncating"}[name]
            name = name if first else "honest"
        if name in REFUSALS:
            self._refuse(*REFUSALS[name])
        elif name == "slow":
            self._keep_silent(5)
        elif name in MISHAPS:
            self._start()
            self._go_wrong(name, prompt)
        else:
            script = self.wire.script or SPOKEN[name]
            script = self.wire.puts if "<earlier>" in prompt else script
            self._start()
            self._speak(script(prompt).split(" "), pause=0.02 if name == "endless" else 0)
            self._finish("stop")

    def _go_wrong(self, name: str, prompt: Prompt) -> None:
        if name in {"cut-off", "truncating", "breaking", "failing-later"}:
            self._speak(honest(prompt).split()[:6], pause=0)
        if name == "thinking":
            self._keep_silent(20)
        elif name == "dripping":
            self._drip()
        elif name == "garbled":
            self._send(b"data: {this is not JSON at all\n\n")
        elif name == "breaking":
            self.wfile.write(b"ff\r\ncut")  # a chunk that promises more than it holds
        elif name == "failing-later":
            self._send(self.form.failure("overloaded_error"))
        elif name in {"refusing", "cut-off"}:
            self._finish("refusal" if name == "refusing" else "length")

    def _refuse(self, status: int, code: str) -> None:
        body = self.form.error(code)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _start(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", self.form.content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if self.form.opening:
            self._send(self.form.opening)

    def _send(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _speak(self, words: list[str], *, pause: float) -> None:
        self.wire.sent = 0
        for at in range(0, len(words), WORDS_A_PIECE):
            self._send(self.form.piece(" ".join(words[at : at + WORDS_A_PIECE]) + " "))
            self.wire.sent += 1
            time.sleep(pause)

    def _finish(self, why: str) -> None:
        self._send(self.form.ending(why))
        self.wfile.write(b"0\r\n\r\n")

    def _keep_silent(self, seconds: float) -> None:
        """Say nothing, and notice when the client leaves."""
        readable, _, _ = select.select([self.connection], [], [], seconds)
        if readable and not self.connection.recv(1):
            self.wire.left.set()

    def _drip(self) -> None:
        """Keep the connection alive for ever and say nothing."""
        for _ in range(300):
            self._send(self.form.pause)
            time.sleep(0.05)
