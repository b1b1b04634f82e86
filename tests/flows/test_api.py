"""The API for other programs over real HTTP: what it answers, what it refuses, and in which words.

The ids are those of the test plan.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import httpx
import pytest

from core import wire
from core.app import Onpoint
from core.errors import DatabaseUnavailable
from core.model import MatterId, TokenUse
from core.programs.openapi import ANSWERS, REFUSALS
from core.programs.requests import LONGEST_QUESTION, LONGEST_TEXT
from pages.parts.api_body import MOST_BYTES
from pages.parts.api_work import EACH
from tests.api_server import Api, api_on
from tests.db.office import DUTY, Office, matter_with, me, open_office
from tests.db.test_search import add, record
from tests.fix_db import TestServer, made
from tests.scripted_models import Wire, scripted_models

SECRET = "The canary fee was two million."
QUESTION = "Does a lessor owe a duty to warn of ice on the stairs?"
ASKED = {
    "search": {"query": "duty to warn"},
    "cite": {"text": "556 U.S. 418"},
    "ask": {"question": QUESTION},
}
INSIDE = re.compile(r'Traceback|File "|postgresql:|SELECT |core\.|pages\.|psycopg|password')


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """An office with the API on it, and Ada, who has a token and a matter."""

    office: Office
    api: Api
    ada: Onpoint
    token: str
    matter_id: MatterId

    def post(self, name: str, body: object, token: str | None = "") -> httpx.Response:
        with self.api.by(self.token if token == "" else token) as client:
            return client.post(f"/{name}", json=body)


@pytest.fixture(scope="module")
def firm(
    server: TestServer, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Firm]:
    with made(server, template) as url:
        home = tmp_path_factory.mktemp("api")
        office = open_office(url, server.as_admin(url), home, size=8)
        with closing(office.app), api_on(lambda: office.app) as api:
            add(
                office.app._db,
                office.app._house.encoder(),
                record("ice", DUTY, name="Ice v. Stairs", citations=("556 U.S. 418",)),
            )
            ada = office.hire("ada", "lawyer")
            token = ada.tokens.make("Brief bank").secret
            matter_id = matter_with(ada, "2024-7", f"{DUTY} {SECRET}")
            yield Firm(office=office, api=api, ada=ada, token=token, matter_id=matter_id)


@pytest.fixture
def set_to(firm: Firm) -> Iterator[Callable[..., None]]:
    """Change settings of the firm for one test."""
    done: list[str] = []

    def change(**settings: object) -> None:
        for name, value in settings.items():
            done.append(name)
            firm.office.app.firm.set(name, value)

    yield change
    for name in done:
        firm.office.app.firm.unset(name)


@pytest.fixture
def model(
    set_to: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Wire]]:
    """Let answers be written by a model that follows a script."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with scripted_models() as heard:

        def choose(name: str) -> Wire:
            set_to(answer_base_url=heard.url, answer_model=f"openai:{name}")
            return heard

        yield choose


# --- what it answers ---


def same(told: object) -> object:
    """Leave out what differs each time: how long it took, and the number of a trace."""
    return {k: v for k, v in dict(told).items() if k not in {"seconds", "trace_id"}}  # type: ignore[call-overload]


def test_search_answers_with_the_command_lines_own_json(firm: Firm) -> None:
    answer = firm.post("search", {"query": "duty to warn", "k": 3, "matter": "2024-7"})
    assert answer.status_code == 200
    found = firm.ada.search("duty to warn", k=3, matter=firm.matter_id)
    assert same(answer.json()) == same(json.loads(json.dumps(wire.search_json(found))))
    assert answer.json()["filings"][0]["matter"] == "2024-7"


def test_cite_answers_with_the_command_lines_own_json(firm: Firm) -> None:
    text = "See Ice v. Stairs, 556 U.S. 418 (2009); 1 F.3d 7."
    answer = firm.post("cite", {"text": text})
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(wire.cite_json(firm.ada.cite(text))))
    assert [one["source_id"] for one in answer.json()["citations"]] == ["ice", None]


def test_ask_answers_with_the_command_lines_own_json(firm: Firm) -> None:
    answer = firm.post("ask", {"question": QUESTION})
    assert answer.status_code == 200
    given = firm.ada.ask(QUESTION)
    assert same(answer.json()) == same(json.loads(json.dumps(wire.answer_json(given))))
    assert answer.json()["sources"][0]["source_id"] == "ice"


def test_filters_narrow_as_the_commands_options_do(firm: Firm) -> None:
    for narrowed, expected in (
        ({"from": "2009"}, 1),
        ({"from": "2009-05"}, 0),
        ({"to": "2009-04"}, 1),
        ({"to": "2009-04-21"}, 0),
        ({"as_of": "2008"}, 0),
        ({"court": ["scotus"]}, 1),
        ({"court": ["ca1"]}, 0),
        ({"offset": 1}, 0),
        ({"mode": "lexical"}, 1),
    ):
        found = firm.post("search", {"query": "duty to warn", **narrowed}).json()
        assert len(found["hits"]) == expected, narrowed
    assert (
        firm.post("ask", {"question": QUESTION, "as_of": "2008"}).json()["standing"] == "abstained"
    )


@pytest.mark.parametrize("name", list(ASKED))
def test_the_description_names_what_is_answered_and_nothing_else(firm: Firm, name: str) -> None:
    told = firm.post(name, ASKED[name]).json()
    kinds = {"string": str, "object": dict, "array": list, "integer": int, "number": float}
    assert {field: kinds[kind] for field, kind in ANSWERS[name].items()} == {
        field: type(value) for field, value in told.items()
    }


def test_the_description_is_told_to_anybody_and_holds_nothing_of_the_firm(firm: Firm) -> None:
    with firm.api.by(None) as client:
        answer = client.get("/openapi.json")
    assert answer.status_code == 200
    described = answer.json()
    assert sorted(described["paths"]) == ["/ask", "/cite", "/search"]
    statuses = set(described["paths"]["/ask"]["post"]["responses"])
    assert statuses == {"200", *map(str, REFUSALS)}
    schemas = described["components"]["schemas"]
    for reference in re.findall(r'"#/components/schemas/(\w+)"', answer.text):
        assert reference in schemas


def test_i12_nothing_is_kept_in_a_cache_and_no_other_site_is_told_anything(firm: Firm) -> None:
    for answer in (
        firm.post("search", ASKED["search"]),
        firm.post("search", {}),
        firm.post("x", {}),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "set-cookie" not in answer.headers


# --- what it refuses ---


def refused(answer: httpx.Response, status: int, code: str) -> str:
    """Check a refusal in every respect, and return its words."""
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "message"}
    assert answer.headers["content-type"] == "application/json"
    assert not INSIDE.search(answer.text)
    return str(answer.json()["error"]["message"])


@pytest.mark.parametrize(
    "token", [None, "onp_" + "x" * 43, "made up", "onp_", "onp_ x", "x" * 5_000]
)
def test_a06_without_a_token_that_works_nobody_is_let_in(firm: Firm, token: str | None) -> None:
    for name, body in ASKED.items():
        answer = firm.post(name, body, token)
        refused(answer, 401, "not_signed_in")
        assert answer.headers["www-authenticate"] == 'Bearer realm="Onpoint"'


@pytest.mark.parametrize("scheme", ["Basic", "Token", "", "Bearer,"])
def test_only_a_bearer_is_let_in(firm: Firm, scheme: str) -> None:
    headers = {"authorization": f"{scheme} {firm.token}".strip()}
    with httpx.Client(base_url=firm.api.address, headers=headers) as client:
        refused(client.post("/api/v1/cite", json=ASKED["cite"]), 401, "not_signed_in")


def test_a_token_in_the_address_or_in_a_cookie_counts_for_nothing(firm: Firm) -> None:
    with httpx.Client(base_url=firm.api.address) as client:
        for name in ("token", "access_token", "authorization"):
            answer = client.post("/api/v1/cite", params={name: firm.token}, json=ASKED["cite"])
            refused(answer, 401, "not_signed_in")
        client.cookies.set("onpoint_session", firm.token)
        refused(client.post("/api/v1/cite", json=ASKED["cite"]), 401, "not_signed_in")


def test_no_cookie_is_honoured_even_a_readers_own(firm: Firm) -> None:
    link = firm.office.app.people.invite("cookie", "Cookie", [*firm.ada.who.person().roles])
    signed_in = firm.office.app.accounts.accept(link.token, "orchard ferry stay 12")
    with httpx.Client(base_url=firm.api.address) as client:
        client.cookies.set("onpoint_session", signed_in.token)
        refused(client.post("/api/v1/cite", json=ASKED["cite"]), 401, "not_signed_in")


def test_a_revoked_token_is_dead_at_the_next_request_of_the_same_connection(firm: Firm) -> None:
    made = firm.ada.tokens.make("Short-lived")
    with firm.api.by(made.secret) as client:
        assert client.post("/cite", json=ASKED["cite"]).status_code == 200
        firm.ada.tokens.revoke(made.token.token_id)
        refused(client.post("/cite", json=ASKED["cite"]), 401, "not_signed_in")


def test_a08_a_disabled_persons_token_is_dead_at_the_next_request(firm: Firm) -> None:
    dan = firm.office.hire("dan", "lawyer")
    token = dan.tokens.make("Any").secret
    assert firm.post("cite", ASKED["cite"], token).status_code == 200
    firm.office.app.people.disable(me(dan))
    refused(firm.post("cite", ASKED["cite"], token), 401, "not_signed_in")


@pytest.mark.parametrize("use", list(TokenUse))
def test_a_narrowed_token_is_refused_what_it_was_not_made_for(firm: Firm, use: TokenUse) -> None:
    made = firm.ada.tokens.make(f"Only {use}", uses=[use])
    for name, body in ASKED.items():
        answer = firm.post(name, body, made.secret)
        if name == use:
            assert answer.status_code == 200
        else:
            assert refused(answer, 403, "not_allowed") == "This token was not made for that."
    firm.ada.tokens.revoke(made.token.token_id)


def test_somebody_without_a_role_is_refused(firm: Firm) -> None:
    eve = firm.office.hire("eve", "lawyer")
    token = eve.tokens.make("Any").secret
    firm.office.app.people.set_roles(me(eve), [])
    refused(firm.post("search", ASKED["search"], token), 403, "not_allowed")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_another_method_than_post_is_refused(firm: Firm, method: str) -> None:
    with firm.api.by(firm.token) as client:
        answer = client.request(method, "/search")
        refused(answer, 405, "not_a_post")
        assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/search", "/api/v1/searches"]
)
def test_an_address_that_is_none_is_said_to_be_none(firm: Firm, path: str) -> None:
    with httpx.Client(base_url=firm.api.address, headers={"accept": "text/html"}) as client:
        for method in ("GET", "POST"):
            refused(client.request(method, path), 404, "nothing_here")


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"content-type": ""},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ],
)
def test_what_is_no_json_is_refused(firm: Firm, headers: dict[str, str]) -> None:
    with firm.api.by(firm.token) as client:
        answer = client.post("/cite", content=b'{"text": "x"}', headers=headers)
        refused(answer, 415, "not_json")


# A body, and what is said of it.
WRONG = [
    (b"", "no JSON"),
    (b"{", "no JSON"),
    (b"\xff\xfe", "no JSON"),
    (b'{"query": "\\ud800"}', "no JSON"),
    (b"[" * 100_000, "no JSON"),
    (b'{"query": ' + b"[" * 100_000, "no JSON"),
    (b'{"query": "x", "k": ' + b"9" * 5_000 + b"}", "no JSON"),
    (b"[]", "one JSON object"),
    (b'"x"', "one JSON object"),
    (b"{}", "query: it has to be there"),
    (b'{"query": 7}', "query: input should be a valid string"),
    (b'{"query": "\\u0000"}', "query: no text"),
    (b'{"query": "x", "kk": 1}', "kk: there is no such field"),
    (b'{"query": "x", "person_id": "1"}', "person_id: there is no such field"),
    (b'{"query": "x", "k": 0}', "k: input should be greater"),
    (b'{"query": "x", "k": 101}', "k: input should be less"),
    (b'{"query": "x", "k": "1"}', "k: input should be a valid integer"),
    (b'{"query": "x", "k": true}', "k: input should be a valid integer"),
    (b'{"query": "x", "offset": -1}', "offset"),
    (b'{"query": "x", "from": "yesterday"}', "from: no date; write 2009"),
    (b'{"query": "x", "from": "2009-02-30"}', "from: no date"),
    (b'{"query": "x", "to": 2009}', "to: no date"),
    (b'{"query": "x", "court": "ca1"}', "court: input should be a valid"),
    (b'{"query": "x", "mode": "psychic"}', "mode: input should be 'auto'"),
    (json.dumps({"query": "x" * (LONGEST_QUESTION + 1)}).encode(), "at most 4000 characters"),
    (json.dumps({"query": "x", "y" * 9_000: 1}).encode(), "there is no such field"),
]


@pytest.mark.parametrize(("body", "words"), WRONG, ids=[body[:30] for body, _ in WRONG])
def test_i03_a_request_that_makes_no_sense_is_told_which_field_and_why(
    firm: Firm, body: bytes, words: str
) -> None:
    with firm.api.by(firm.token) as client:
        answer = client.post("/search", content=body, headers={"content-type": "application/json"})
    said = refused(answer, 422, "usage")
    assert words in said
    assert len(said) < 200


def test_an_empty_question_is_refused_and_a_text_too_long(firm: Firm) -> None:
    assert "empty" in refused(firm.post("ask", {"question": " "}), 422, "usage")
    refused(firm.post("cite", {"text": "x" * (LONGEST_TEXT + 1)}), 422, "usage")
    assert firm.post("cite", {"text": "x" * LONGEST_TEXT}).status_code == 200


def test_i04_a_body_too_large_is_refused_however_it_is_sent_and_the_server_stays_up(
    firm: Firm,
) -> None:
    body = b'{"text": "' + b"x" * MOST_BYTES + b'"}'
    with firm.api.by(firm.token) as client:
        for content in (body, iter([body[:500_000], body[500_000:]])):
            answer = client.post(
                "/cite", content=content, headers={"content-type": "application/json"}
            )
            refused(answer, 413, "too_large")
        assert client.post("/cite", json=ASKED["cite"]).status_code == 200


def test_i04_a_body_without_end_is_hung_up_on(firm: Firm) -> None:
    with socket.create_connection(("127.0.0.1", firm.api.port), timeout=30) as plain:
        head = (
            "POST /api/v1/cite HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {firm.token}\r\nContent-Length: 10000000000\r\n\r\n"
        )
        plain.sendall(head.encode())
        sent, piece = 0, b" " * 1_000_000
        with pytest.raises(OSError, match=r"reset|[Bb]roken pipe"):
            while sent < 200 * len(piece):
                plain.sendall(piece)
                sent += len(piece)
                time.sleep(0.001)
    assert firm.post("cite", ASKED["cite"]).status_code == 200


def test_i04_without_a_token_no_body_is_waited_for(firm: Firm) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", firm.api.port, timeout=10)
    connection.putrequest("POST", "/api/v1/ask")
    connection.putheader("Content-Length", "1000000")
    connection.endheaders()
    assert connection.getresponse().status == 401
    connection.close()


def test_a12_a_page_of_another_site_is_refused_and_told_nothing(firm: Firm) -> None:
    with firm.api.by(firm.token) as client:
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
            refused(client.post("/cite", json=ASKED["cite"], headers=headers), 403, "other_site")
        answer = client.post("/cite", json=ASKED["cite"], headers={"host": "evil.example"})
        refused(answer, 400, "unknown_name")


# What somebody might write to be taken for a piece of SQL.
SQL = (
    "'; DROP TABLE matters; --",
    "' OR '1'='1",
    "%(query)s %s %% {}",
    "x\\'; SELECT pg_sleep(10); --",
    "$1 $$ UNION SELECT secret FROM people $$",
    "'||(SELECT version())||'",
)


@pytest.mark.parametrize("text", SQL)
def test_i02_sql_in_any_field_is_text_like_any_other(firm: Firm, text: str) -> None:
    before = firm.office.run("SELECT count(*) FROM matters")
    for name, body in (
        ("search", {"query": text}),
        ("search", {"query": f'"{text}"'}),
        ("search", {"query": "ice", "court": [text]}),
        ("cite", {"text": text}),
        ("ask", {"question": text}),
    ):
        assert firm.post(name, body).status_code == 200, body
    refused(firm.post("search", {"query": "ice", "matter": text}), 404, "no_such_matter")
    for field in ("from", "to", "as_of", "mode", "k", "offset"):
        refused(firm.post("search", {"query": "ice", field: text}), 422, "usage")
    refused(firm.post("ask", {"question": "ice", "voice": text}), 422, "usage")
    refused(firm.post("cite", ASKED["cite"], f"onp_{text}"), 401, "not_signed_in")
    assert firm.office.run("SELECT count(*) FROM matters") == before


def broken(error: Exception) -> Callable[[], Onpoint]:
    def open_it() -> Onpoint:
        raise error

    return open_it


def test_i10_what_was_not_expected_is_told_by_a_reference_that_the_log_has(
    caplog: pytest.LogCaptureFixture, firm: Firm
) -> None:
    secret = RuntimeError('File "/srv/app.py", SELECT * FROM people: postgresql://x:password@h')
    with api_on(broken(secret)) as api, api.by(firm.token) as client:
        answer = client.post("/search", json=ASKED["search"])
    said = refused(answer, 500, "internal")
    (reference,) = re.findall(r"reference (\w+)", said)
    assert reference in caplog.text


def test_i10_a_library_that_cannot_answer_says_so_and_when_to_come_back(firm: Firm) -> None:
    gone = broken(DatabaseUnavailable("The database does not answer."))
    with api_on(gone) as api, api.by(firm.token) as client:
        answer = client.post("/search", json=ASKED["search"])
    assert refused(answer, 503, "database_unavailable") == "The database does not answer."
    assert int(answer.headers["retry-after"]) > 0


# --- I14: limits ---


def test_i14_who_has_used_their_limit_is_told_when_to_come_back_after_a_restart_too(
    firm: Firm, set_to: Callable[..., None]
) -> None:
    lim = firm.office.hire("lim", "lawyer")
    token = lim.tokens.make("Any").secret
    set_to(searches_per_hour=2, answers_per_hour=1)
    lim.search("ice")
    assert firm.post("search", ASKED["search"], token).status_code == 200
    assert firm.post("ask", ASKED["ask"], token).status_code == 200
    with api_on(lambda: firm.office.app) as restarted, restarted.by(token) as client:
        for name in ("search", "ask"):
            answer = client.post(f"/{name}", json=ASKED[name])
            refused(answer, 429, "limit_reached")
            assert 0 < int(answer.headers["retry-after"]) <= 3600
        streamed = client.post("/ask", json=ASKED["ask"], headers={"accept": "text/event-stream"})
        refused(streamed, 429, "limit_reached")
    other = firm.office.hire("other", "lawyer").tokens.make("Any").secret
    assert firm.post("search", ASKED["search"], other).status_code == 200


def test_i14_one_person_has_a_few_requests_under_way_and_others_are_not_held_up(
    firm: Firm, model: Callable[[str], Wire]
) -> None:
    heard = model("slow")
    answers: list[httpx.Response] = []
    asking = [
        threading.Thread(target=lambda: answers.append(firm.post("ask", ASKED["ask"])))
        for _ in range(EACH)
    ]
    for each in asking:
        each.start()
    wait_until(lambda: len(heard.prompts) == EACH)
    answer = firm.post("search", ASKED["search"])
    refused(answer, 429, "limit_reached")
    assert answer.headers["retry-after"] == "1"
    bob = firm.office.hire("bob", "lawyer").tokens.make("Any").secret
    assert firm.post("search", ASKED["search"], bob).status_code == 200
    heard.left.set()
    for each in asking:
        each.join()
    assert [one.status_code for one in answers] == [200] * EACH
    assert firm.post("search", ASKED["search"]).status_code == 200


def wait_until(so: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


# --- an answer as it comes ---


def events(client: httpx.Client, question: str = QUESTION) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the events of an answer as they come: each its kind and its data."""
    headers = {"accept": "text/event-stream"}
    with client.stream("POST", "/ask", json={"question": question}, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        kind = ""
        for line in answer.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield kind, json.loads(line.removeprefix("data: "))


def test_an_answer_streams_each_event_replacing_the_text_and_ends_with_the_whole(
    firm: Firm, model: Callable[[str], Wire]
) -> None:
    heard = model("honest")
    with firm.api.by(firm.token) as client:
        told = list(events(client))
        heard.prompts.clear()
        plain = client.post("/ask", json=ASKED["ask"]).json()
    kinds = [kind for kind, _ in told]
    assert kinds == ["text"] * (len(told) - 1) + ["answer"]
    answer = told[-1][1]
    assert same(answer) == same(plain)
    assert answer["footer"]["answer_model"] == "openai:honest"  # type: ignore[index]


def test_a_long_answer_is_heard_while_it_is_written(
    firm: Firm, model: Callable[[str], Wire]
) -> None:
    heard = model("endless")
    with firm.api.by(firm.token) as client, closing(events(client)) as coming:
        texts = [next(coming) for _ in range(3)]
        assert not heard.left.is_set()
    assert [kind for kind, _ in texts] == ["text"] * 3
    said = [data["text"] for _, data in texts]
    assert said[1].startswith(said[0])
    assert len(said[2]) > len(said[0])


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_g09_hanging_up_ends_the_models_call_and_what_was_written_is_counted(
    firm: Firm, model: Callable[[str], Wire], accept: str
) -> None:
    heard = model("endless")
    gone = firm.office.hire(f"gone-{accept}", "lawyer")
    token = gone.tokens.make("Any").secret
    connection = http.client.HTTPConnection("127.0.0.1", firm.api.port, timeout=30)
    connection.request(
        "POST",
        "/api/v1/ask",
        body=json.dumps(ASKED["ask"]),
        headers={
            "content-type": "application/json",
            "accept": accept,
            "authorization": f"Bearer {token}",
        },
    )
    wait_until(lambda: bool(heard.asked) and heard.sent > 3)
    connection.close()
    assert heard.left.wait(10)
    sent = heard.sent

    wait_until(lambda: paid(firm, gone) > 0)
    assert paid(firm, gone) > sent
    assert [entry.action for entry in gone.trail.mine()] == ["token.make"], "no answer was given"
    wait_until(lambda: firm.post("search", ASKED["search"], token).status_code == 200)


def paid(firm: Firm, app: Onpoint) -> int:
    """Return the tokens of language models that are counted for a person."""
    rows = firm.office.run(
        "SELECT used FROM allowances WHERE person_id = %s AND what LIKE 'tokens%%'", me(app)
    )
    return sum(int(str(used)) for (used,) in rows)


def test_g09_hanging_up_while_a_model_is_silent_ends_the_answer_at_once(
    firm: Firm, model: Callable[[str], Wire]
) -> None:
    heard = model("dripping")  # for fifteen seconds
    gone = firm.office.hire("gone-in-silence", "lawyer")
    with firm.api.by(gone.tokens.make("Any").secret) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.post("/ask", json=ASKED["ask"], timeout=1)
        # It was left in the middle: one that had been read to its end is not, however slow it is.
        assert heard.left.wait(20)
        wait_until(lambda: paid(firm, gone) > 0)
    assert len(heard.prompts) == 1


@pytest.mark.parametrize("name", list(ASKED))
def test_h12_no_answer_and_no_description_of_one_has_a_vector_in_it(firm: Firm, name: str) -> None:
    told = firm.post(name, ASKED[name]).json()
    with firm.api.by(None) as client:
        described = client.get("/openapi.json").json()

    assert longest_run_of_numbers(told) < 10
    for said in (told, described):
        assert not re.search(r"embedding|vector", json.dumps(said), re.IGNORECASE)
    assert longest_run_of_numbers({"hits": [{"why": [0.1] * 768}]}) == 768


def longest_run_of_numbers(said: object) -> int:
    """Return how many numbers stand side by side, at most, in what was answered."""
    inside = list(said.values()) if isinstance(said, dict) else said
    if not isinstance(inside, list):
        return 0
    here = sum(isinstance(each, int | float) for each in inside) if said is inside else 0
    return max([here, *map(longest_run_of_numbers, inside)])


def test_a_model_that_fails_in_the_middle_leaves_an_answer_of_quotations(
    firm: Firm, model: Callable[[str], Wire]
) -> None:
    model("truncating")
    with firm.api.by(firm.token) as client:
        kind, answer = list(events(client))[-1]
    assert kind == "answer"
    assert answer["footer"]["answer_model"].startswith("none")  # type: ignore[index]
    assert "broke" in answer["notices"][-2]  # type: ignore[operator]


# --- walls ---


def test_b10_a_wall_holds_at_the_next_request_and_the_matter_is_not_there(firm: Firm) -> None:
    wes = firm.office.hire("wes", "lawyer")
    firm.ada.matters.add(firm.matter_id, me(wes))
    token = wes.tokens.make("Any").secret
    asked = {"query": "canary fee"}
    assert SECRET in firm.post("search", asked, token).text
    firm.ada.walls.raise_wall(firm.matter_id, me(wes), "conflict")
    for body in (asked, {"query": "canary fee", "k": 100}):
        answer = firm.post("search", body, token)
        assert answer.status_code == 200
        assert "canary fee was" not in answer.text
        assert "2024-7" not in answer.text
    hidden = firm.post("search", asked | {"matter": str(firm.matter_id)}, token)
    nothing = firm.post("search", asked | {"matter": str(me(wes))}, token)
    by_number = firm.post("search", asked | {"matter": "2024-7"}, token)
    assert hidden.content == nothing.content == by_number.content
    refused(hidden, 404, "no_such_matter")


def test_i01_what_is_hostile_in_a_question_comes_back_as_json_and_nothing_else(firm: Firm) -> None:
    text = "<script>alert(1)</script>\u202e\u2028 " + "ice"
    answer = firm.post("search", {"query": text})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["query"] == text
