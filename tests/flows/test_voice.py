"""The voice of an answer, from the toggle in Settings to the footer, over the real wire."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest

from core.access.settled import NO_ADAPTER
from core.app import Onpoint
from core.ask.models import EXTERNAL_OFF, is_inside
from core.errors import LimitReached, NotAllowed
from core.model import Answer, Role, TraceId, Voice
from core.search.encoder import Encoder
from core.settings import Settings
from core.style.choosing import SWITCHED_OFF
from core.style.lock.lock import broken_by
from core.style.voice import (
    EXTRACTS,
    NO_MODEL,
    NOT_GIVEN,
    NOT_PASSED,
    NOTHING_TO_WORD,
)
from core.wire import answer_json
from tests.firm_house import hired, opened
from tests.scripted_models import Prompt, Wire, honest, scripted_models

QUESTION = "When is a covenant not to compete enforceable?"
LINE = re.compile(r"^(S\d+: )(.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ONPOINT_{name}".upper(), raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def app(demo_url: str, tmp_path: Path, encoder: Encoder) -> Iterator[Onpoint]:
    with opened(demo_url, tmp_path, encoder=encoder) as app:
        yield app


@pytest.fixture
def wire() -> Iterator[Wire]:
    with scripted_models() as heard:
        yield heard


def styled(rewrite: Callable[[str], str]) -> Callable[[Prompt], str]:
    """Answer honestly when asked a question, and word each line anew when asked for a voice."""

    def script(prompt: Prompt) -> str:
        if "<lines>" not in prompt:
            return honest(prompt)
        lines = LINE.findall(prompt.split("<lines>", 1)[1])
        return "\n".join(f"{mark}{rewrite(line)}" for mark, line in lines)

    return script


def in_other_words(line: str) -> str:
    """Word a line anew without touching a fact: a lead of the house's style."""
    return f"In short: {line[0].lower()}{line[1:]}" if line.startswith(("A ", "The ")) else line


def with_model(app: Onpoint, wire: Wire, rewrite: Callable[[str], str] = in_other_words) -> None:
    wire.script = styled(rewrite)
    app.firm.set("answer_model", "openai:any")
    app.firm.set("answer_base_url", wire.url)


def asked_for_style(wire: Wire) -> int:
    return sum("<lines>" in prompt for prompt in wire.prompts)


# --- the toggle ---


def test_the_next_answer_of_a_lawyer_is_in_the_voice_that_an_admin_switched_on(
    app: Onpoint, wire: Wire
) -> None:
    with_model(app, wire)
    lawyer, _ = hired(app, "lawyer")
    before = lawyer.ask(QUESTION)
    assert (before.footer.voice, before.footer.lock) == (Voice.OFF, None)
    assert asked_for_style(wire) == 0

    app.firm.set("style", "prompt")
    after = lawyer.ask(QUESTION)

    assert (after.footer.voice, after.footer.lock) == (Voice.PROMPT, "passed")
    assert after.footer.voice_reason is None
    assert asked_for_style(wire) == 1
    assert after.text != before.text
    assert "In short: " in after.text
    assert [claim.sources for claim in after.claims] == [claim.sources for claim in before.claims]
    assert app.trail.entries(action="ask")[0].detail["voice"] == "prompt"
    app.firm.unset("style")
    assert lawyer.ask(QUESTION).footer.voice is Voice.OFF


def test_the_firms_own_words_on_style_reach_the_model(app: Onpoint, wire: Wire) -> None:
    with_model(app, wire)
    app.firm.set("style", "prompt")
    app.firm.set("style_words", "Write as Learned Hand wrote.")

    app.ask(QUESTION)

    assert "Write as Learned Hand wrote." in wire.prompts[-1]


def test_a_style_model_of_its_own_words_the_answer(app: Onpoint, wire: Wire) -> None:
    with_model(app, wire)
    app.firm.set("style", "prompt")
    with scripted_models() as other:
        other.script = styled(in_other_words)
        app.firm.set("style_model", "openai:style")
        app.firm.set("style_base_url", other.url)

        assert app.ask(QUESTION).footer.voice is Voice.PROMPT
        assert (asked_for_style(wire), asked_for_style(other)) == (0, 1)


def test_without_a_model_the_extract_is_shown_and_the_footer_says_why_there_is_no_voice(
    app: Onpoint,
) -> None:
    app.firm.set("style", "prompt")

    footer = app.ask(QUESTION).footer

    assert (footer.voice, footer.voice_reason) == (Voice.OFF, NO_MODEL)


def test_a_persons_own_usual_voice_holds_where_they_may_choose_and_it_can_be_had(
    app: Onpoint, wire: Wire
) -> None:
    with_model(app, wire)
    app.firm.set("style", "prompt")
    app.firm.set("style_by_default", False)
    ann, _ = hired(app, "ann", Role.LAWYER)
    assert ann.ask(QUESTION).footer.voice is Voice.OFF

    ann.prefer_voice(Voice.PROMPT)
    assert (ann.voices().usual, ann.voices().preferred) == (Voice.PROMPT, Voice.PROMPT)
    assert ann.ask(QUESTION).footer.voice is Voice.PROMPT
    assert ann.ask(QUESTION, voice=Voice.OFF).footer.voice is Voice.OFF
    assert app.ask(QUESTION).footer.voice is Voice.OFF

    app.firm.set("voice_choice", "nobody")
    assert ann.ask(QUESTION).footer.voice is Voice.OFF
    app.firm.set("voice_choice", "everyone")
    app.firm.set("style", "off")
    assert ann.ask(QUESTION).footer.voice is Voice.OFF
    app.firm.set("style", "prompt")
    ann.prefer_voice(None)
    assert ann.voices().usual is Voice.OFF


def test_an_extract_is_never_reworded(app: Onpoint, wire: Wire) -> None:
    app.firm.set("style", "prompt")
    app.firm.set("style_model", "openai:any")
    app.firm.set("style_base_url", wire.url)

    footer = app.ask(QUESTION).footer

    assert (footer.voice, footer.voice_reason) == (Voice.OFF, EXTRACTS)
    assert wire.prompts == []


def test_an_abstention_is_not_reworded(app: Onpoint, wire: Wire) -> None:
    with_model(app, wire)
    app.firm.set("style", "prompt")
    wire.script = lambda _: "NOT IN THE SOURCES"

    footer = app.ask(QUESTION).footer

    assert (footer.voice, footer.voice_reason) == (Voice.OFF, NOTHING_TO_WORD)


def test_the_adapter_set_in_the_environment_is_not_used_before_its_gate_has_passed(
    demo_url: str, tmp_path: Path, encoder: Encoder, wire: Wire
) -> None:
    with opened(demo_url, tmp_path, encoder=encoder, style="adapter") as app:
        with_model(app, wire)

        footer = app.ask(QUESTION).footer

        assert (footer.voice, footer.voice_reason) == (Voice.OFF, NO_ADAPTER)
        assert asked_for_style(wire) == 0


# --- who may choose ---


def test_a_voice_asked_for_while_the_style_model_is_off_is_not_had_and_the_footer_says_so(
    app: Onpoint, wire: Wire
) -> None:
    with_model(app, wire)

    footer = app.ask(QUESTION, voice=Voice.PROMPT).footer

    assert (footer.voice, footer.voice_reason) == (Voice.OFF, SWITCHED_OFF)
    assert asked_for_style(wire) == 0


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("nobody", Role.ADMIN, False),
        ("admins", Role.ADMIN, True),
        ("admins", Role.LAWYER, False),
        ("lawyers", Role.LAWYER, True),
        ("lawyers", Role.ADMIN, True),
        ("lawyers", Role.PARALEGAL, False),
        ("everyone", Role.PARALEGAL, True),
    ],
)
def test_only_those_whom_the_firm_lets_choose_the_voice_of_one_answer(
    app: Onpoint, wire: Wire, who: str, role: Role, may: bool
) -> None:
    with_model(app, wire)
    app.firm.set("style", "prompt")
    app.firm.set("voice_choice", who)
    person, _ = hired(app, "person", role)
    assert person.voices().usual is Voice.PROMPT
    assert len(person.voices().choices) == (2 if may else 1)

    assert person.ask(QUESTION, voice=Voice.PROMPT).footer.voice is Voice.PROMPT
    if may:
        assert person.ask(QUESTION, voice=Voice.OFF).footer.voice is Voice.OFF
        return
    asked = len(wire.prompts)
    with pytest.raises(NotAllowed, match="not yours to choose"):
        person.ask(QUESTION, voice=Voice.OFF)
    assert len(wire.prompts) == asked


def test_answers_may_be_plain_unless_the_voice_is_asked_for(app: Onpoint, wire: Wire) -> None:
    with_model(app, wire)
    app.firm.set("style", "prompt")
    app.firm.set("style_by_default", False)

    assert app.ask(QUESTION).footer.voice is Voice.OFF
    assert app.ask(QUESTION, voice=Voice.PROMPT).footer.voice is Voice.PROMPT


# --- numbers changed, facts never ---

BREACHES: dict[str, Callable[[str], str]] = {
    "a marker dropped": lambda line: re.sub(r"\s*\[S\d+\]", "", line),
    "a marker changed": lambda line: re.sub(r"\[S\d+\]", "[S2]", line),
    "a marker written out": lambda line: re.sub(r"\[S\d+\]", "[2]", line),
    "a marker added": lambda line: f"{line}[3]",
    "a marker twice": lambda line: f"{line} [S1]",
    "a quotation of its own": lambda line: line.replace(" [S1]", ", “as is well known” [S1]"),
    "a number brought in": lambda line: line.replace(" [S1]", " in 1999 [S1]"),
    "a number in words": lambda line: line.replace(" [S1]", " in two cases [S1]"),
    "a name brought in": lambda line: line.replace(" [S1]", ", as Blackwood said [S1]"),
    "a denial": lambda line: line.replace(" [S1]", ", or not [S1]"),
    "a limit put on": lambda line: f"Only {line}",
    "a second sentence": lambda line: line.replace(" [S1]", ". It is always so. [S1]"),
    "nothing": lambda _: "",
    "an essay": lambda line: f"{line} " * 5,
    "markup": lambda line: f"<script>{line}</script>",
    "a letter of another script": lambda line: line.replace("e", "е", 1) + "\u200b",
    "a citation invented": lambda line: line.replace(
        " [S1]", ", Varghese v. China S. Airlines, 925 F.3d 1339 (11th Cir. 2019) [S1]"
    ),
}


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES.keys())
def test_g12_what_changes_a_fact_is_not_shown_and_the_footer_says_the_lock_did_not_pass(
    app: Onpoint, wire: Wire, breach: Callable[[str], str]
) -> None:
    with_model(app, wire)
    plain = app.ask(QUESTION)
    wire.script = styled(breach)
    app.firm.set("style", "prompt")

    found = app.ask(QUESTION)

    assert (found.text, found.claims) == (plain.text, plain.claims)
    assert all(one.refused for one in found.wordings)
    assert found.footer.voice is Voice.OFF
    assert found.footer.voice_reason == NOT_PASSED
    assert found.footer.lock is not None
    assert found.footer.lock.startswith("not passed: ")


def test_g12_in_any_voice_markers_quotations_and_citations_stay_to_the_byte(
    app: Onpoint, wire: Wire
) -> None:
    with_model(app, wire)
    plain = app.ask(QUESTION)
    app.firm.set("style", "prompt")

    voiced = app.ask(QUESTION)

    def facts(answer: Answer) -> list[str]:
        return re.findall(r"\[\d+\]|“[^”]+”|\d+", answer.text)

    assert facts(voiced) == facts(plain)
    assert voiced.sources == plain.sources


def test_a_sentence_that_breaks_the_lock_stays_plain_and_the_others_are_worded_anew(
    app: Onpoint, wire: Wire
) -> None:
    with_model(app, wire)
    plain = app.ask(QUESTION)
    first, second = plain.claims
    wire.script = styled(lambda line: in_other_words(line).replace("delivered", "opposed"))
    app.firm.set("style", "prompt")

    found = app.ask(QUESTION)

    assert found.claims[0] == first
    assert found.claims[1].text == f"In short: the{second.text.removeprefix('The')}"
    assert (found.footer.voice, found.footer.lock) == (
        Voice.PROMPT,
        "1 of 2 sentences kept plain",
    )
    assert [(one.plain, one.spoken, one.refused) for one in found.wordings] == [
        (first.text, first.text, "it changed “delivered” to “opposed”"),
        (second.text, found.claims[1].text, None),
    ]
    assert answer_json(found)["wordings"] == [asdict(one) for one in found.wordings]
    record = app.traces.get(TraceId(UUID(found.trace_id)))
    assert record is not None
    assert record.answer.wordings == found.wordings
    assert answer_json(plain)["wordings"] == []


BROKEN = (
    "overloaded swamped failing keyless garbled empty blank truncating breaking cut-off refusing"
)


@pytest.mark.parametrize("models", [BROKEN, "slow thinking dripping"], ids=["broken", "late"])
def test_g08_a_style_model_that_fails_leaves_the_plain_answer_with_a_notice_in_its_time(
    app: Onpoint, wire: Wire, models: str
) -> None:
    with_model(app, wire)
    plain = app.ask(QUESTION)
    app.firm.set("answer_deadline", 1)
    app.firm.set("style", "prompt")
    for model in models.split():
        with scripted_models() as other:
            app.firm.set("style_model", f"openai:{model}")
            app.firm.set("style_base_url", other.url)
            began = time.monotonic()

            found = app.ask(QUESTION)

            took = time.monotonic() - began
            asked = sum(map(len, other.prompts)) // 4
        assert (found.text, found.claims, found.wordings) == (plain.text, plain.claims, ()), model
        assert found.footer.answer_model == "openai:any"
        assert (found.footer.voice, found.footer.lock) == (Voice.OFF, None), model
        assert "language model" in str(found.footer.voice_reason), model
        assert "the plain answer is shown" in found.notices[-1], model
        assert took < 15, model
        # One call of the style model in the record, and what it was given counted for each attempt.
        assert found.working is not None
        calls = [call for call in found.working.calls if call.model == f"openai:{model}"]
        assert len(calls) == 1, model
        assert calls[0].tokens >= asked > 0, model


def test_a_style_model_that_is_not_there_leaves_the_plain_answer_with_a_notice(
    app: Onpoint, wire: Wire
) -> None:
    with_model(app, wire)
    app.firm.set("style", "prompt")
    with scripted_models() as gone:
        app.firm.set("style_base_url", gone.url)
    app.firm.set("style_model", "openai:any")

    found = app.ask(QUESTION)

    assert found.footer.voice is Voice.OFF
    assert "the plain answer is shown" in found.notices[-1]


@pytest.mark.parametrize("broken", ["declining", "huge"])
def test_g08_a_style_model_that_gives_no_lines_leaves_every_sentence_plain(
    app: Onpoint, wire: Wire, broken: str
) -> None:
    with_model(app, wire)
    plain = app.ask(QUESTION)
    app.firm.set("style", "prompt")
    with scripted_models() as other:
        other.script = lambda _: "I am sorry. " * (9_000 if broken == "huge" else 1)
        app.firm.set("style_model", "openai:any")
        app.firm.set("style_base_url", other.url)

        found = app.ask(QUESTION)

    assert found.text == plain.text
    assert found.footer.voice_reason == NOT_PASSED
    assert [one.refused for one in found.wordings] == [NOT_GIVEN] * len(plain.claims)


@pytest.mark.parametrize(
    ("plain", "reworded", "what"),
    [
        ("A stay may issue [1].", "A stay must issue [1].", "it changed “may” to “must”"),
        ("A stay cannot issue [1].", "A stay can issue [1].", "it left out “not”"),
        ("It doesn't bind [1].", "It does not bind [1].", None),
        ("Two factors weigh [1].", "2 factors weigh [1].", "a number"),
        ("Costs were $1,000 [1].", "Costs were $10,00 [1].", "a number"),
        ("The court, Roberts wrote, may act [1].", "The court may act [1].", "a name"),
        ("The rule of Roe is clear enough [1].", "The rule is clear enough now [1].", "a name"),
        ("It said “a, b” [1].", "It said “a b” [1].", "a quotation"),
        ("See 556 U.S. 418 for this [1].", "See 556 U.S. 419 for this [1].", "a citation"),
        ("The tenant may sue the owner [1].", "The owner may sue the tenant [1].", "another order"),
        ("No damages are due [1].", "No, damages are due [1].", "a comma"),
    ],
)
def test_the_lock_names_what_was_changed(plain: str, reworded: str, what: str | None) -> None:
    broken = broken_by(plain, reworded)

    assert broken is None if what is None else what in str(broken)


# --- models outside the firm ---


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse every socket that Python opens, and list who asked; Postgres is reached by libpq."""
    tried: list[str] = []

    def refuse(*asked: object, **_: object) -> NoReturn:
        tried.append(str(asked[1:]))
        raise OSError("sockets are blocked")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


def outside(app: Onpoint) -> None:
    """Name models of another firm's for everything that may name one."""
    app.firm.set("answer_model", "openai:gpt")
    app.firm.set("answer_base_url", "https://models.example.com/v1")
    app.firm.set("style", "prompt")
    app.firm.set("style_model", "anthropic:claude")
    app.firm.set("style_key", "sk-1")
    app.firm.set("answer_deadline", 2)


def test_h11_with_external_models_off_no_socket_is_opened(
    app: Onpoint, no_sockets: list[str]
) -> None:
    outside(app)
    app.firm.set("external_models", "off")

    found = app.ask(QUESTION)
    voiced = app.ask(QUESTION, voice=Voice.PROMPT)
    tried = [app.firm.test(name) for name in ("answer_model", "style_model", "external_models")]

    assert no_sockets == []
    assert EXTERNAL_OFF in found.notices
    assert found.footer.answer_model == "none (extracts)"
    assert voiced.footer.voice is Voice.OFF
    assert [result.passed for result in tried] == [False, False, True]
    assert EXTERNAL_OFF in tried[0].words


def test_h11_the_same_question_opens_one_when_external_models_are_on(
    app: Onpoint, no_sockets: list[str]
) -> None:
    outside(app)

    found = app.ask(QUESTION)

    assert no_sockets != []
    assert "connection to the language model broke" in found.notices[0]


def test_h11_a_model_on_this_computer_is_still_asked_when_external_models_are_off(
    app: Onpoint, wire: Wire
) -> None:
    with_model(app, wire)
    app.firm.set("external_models", False)

    assert app.ask(QUESTION).footer.answer_model == "openai:any"


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        (None, False),
        ("http://127.0.0.1:8000/v1", True),
        ("http://localhost:11434", True),
        ("http://[::1]:8000/v1", True),
        ("http://10.1.2.3/v1", True),
        ("http://192.168.1.9/v1", True),
        ("http://172.31.0.1/v1", True),
        ("http://172.32.0.1/v1", False),
        ("http://169.254.169.254/v1", False),
        ("https://api.openai.com/v1", False),
        ("https://llm.firm.example/v1", True),
        ("https://llm.firm.example.evil.com/v1", False),
        ("https://127.0.0.1.evil.com/v1", False),
        ("https://127.0.0.1@evil.com/v1", False),
        ("http://2130706433/v1", False),
        ("http://0x7f.1/v1", False),
    ],
)
def test_h11_what_counts_as_inside_the_firm(url: str | None, inside: bool) -> None:
    assert is_inside(url, "llm.firm.example, other") is inside
    assert not is_inside("http:///v1", "")


# --- cost ---


def test_i14_what_models_read_and_wrote_is_counted_for_whoever_asked(
    app: Onpoint, wire: Wire
) -> None:
    with_model(app, wire)
    lawyer, _ = hired(app, "lawyer")
    app.firm.set("model_tokens_per_day", 100)

    lawyer.ask(QUESTION)

    # The question put, and answered.
    assert len(wire.prompts) == 2
    assert sum(map(len, wire.prompts)) // 4 > 100
    with pytest.raises(LimitReached, match="tokens of language models"):
        lawyer.ask(QUESTION)
    assert len(wire.prompts) == 2
    assert app.ask(QUESTION).footer.answer_model == "openai:any"


def test_i14_answers_are_counted_by_the_hour(app: Onpoint) -> None:
    app.firm.set("answers_per_hour", 1)

    app.ask(QUESTION)

    with pytest.raises(LimitReached, match="1 answers an hour"):
        app.ask(QUESTION)
