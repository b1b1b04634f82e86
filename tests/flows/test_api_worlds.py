"""Non-interference over the wire: no byte that a program is sent tells of a hidden matter.

The worlds are those of tests/db/test_worlds.py: a firm before a matter is hidden from whoever
looks, and while it is there. Here they are looked at through the API, with the looker's own token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.api_server import Api, api_on
from tests.db import test_worlds as worlds
from tests.db.office import Office
from tests.db.test_worlds import World, hide, make

office = worlds.office

QUICK, LONG = range(1_000, 1_003), range(1_003, 1_040)
# What differs between two answers to the same question: how long it took, and a trace's number.
_EACH_TIME = re.compile(rb'"seconds":[\d.e-]+|"trace_id":"[0-9a-f-]+"')


@contextmanager
def a_program(world: World) -> Iterator[tuple[Api, str]]:
    """A program of the looker's, with every use, on the API."""
    # By somebody who may: in some worlds the looker has no role.
    world.office.run("UPDATE people SET roles = roles || '{lawyer}' WHERE login = 'looker'")
    token = world.looker.tokens.make(f"World {world.rng.random()}").secret
    world.office.run(
        "UPDATE people SET roles = roles[:cardinality(roles) - 1] WHERE login = 'looker'"
    )
    with api_on(lambda: world.office.app) as api:
        yield api, token


def told(world: World, api: Api, token: str) -> list[tuple[object, ...]]:
    """Ask everything that can be asked; return status, headers and bytes of each answer."""
    queries = [*world.queries, " ".join(world.texts[0].split()[:20]), "99", "Quarry"]
    # The hidden matter by its id, and by every number that it may have.
    matters = [str(world.matter_id), *map(str, world.own), "10-0", "10-1", "99"]
    asked = [
        *(("search", {"query": query, "k": 50}) for query in queries),
        *(("search", {"query": queries[0], "matter": matter}) for matter in matters),
        *(("search", {"query": queries[0], "mode": mode}) for mode in ("lexical", "semantic")),
        *(("cite", {"text": text}) for text in world.texts),
        ("ask", {"question": queries[0]}),
    ]
    with api.by(token) as client:
        answers = [client.post(f"/{name}", json=body) for name, body in asked]
        streamed = client.post(
            "/ask", json={"question": queries[0]}, headers={"accept": "text/event-stream"}
        )
    return [
        (
            answer.status_code,
            sorted(
                (n, v) for n, v in answer.headers.items() if n not in {"date", "content-length"}
            ),
            _EACH_TIME.sub(b"", answer.content.replace(b'": ', b'":')),
        )
        for answer in (*answers, streamed)
    ]


@pytest.mark.parametrize(
    "seed", [*QUICK, *(pytest.param(seed, marks=pytest.mark.slow) for seed in LONG)]
)
def test_b11_r3_a_hidden_matter_changes_no_byte_that_a_program_is_sent(
    office: Office, seed: int
) -> None:
    world = make(office, seed)
    with a_program(world) as (api, token):
        without = told(world, api, token)
        hide(world)
        assert told(world, api, token) == without
        office.run("DELETE FROM matters WHERE matter_id = %s", world.matter_id)
        assert told(world, api, token) == without


def test_the_comparison_sees_a_matter_that_is_not_hidden(office: Office) -> None:
    differing = 0
    for seed in (1_000, 1_002):
        world = make(office, seed)
        with a_program(world) as (api, token):
            without = told(world, api, token)
            hide(world)
            office.run("DELETE FROM walls")
            office.run(
                "INSERT INTO team_members (matter_id, person_id, added_by)"
                " SELECT matter_id, person_id, person_id FROM matters, people"
                " WHERE login = 'looker' ON CONFLICT DO NOTHING"
            )
            differing += told(world, api, token) != without
    assert differing >= 1  # of the lookers some have no role, and see nothing at all
