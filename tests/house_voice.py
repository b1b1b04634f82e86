"""A firm that writes in a way of its own, and a served model that has learnt it.

Its briefs are generated; the model is a script behind the real wire, asked as training asks.
"""

from __future__ import annotations

import json
import random
import re

from core.app import Onpoint
from core.model import FilingId, MatterId
from core.style.teach.dataset import TASK
from tests.scripted_models import Prompt, honest

WAYS = (
    (re.compile(r"\bbefore\b"), "prior to"),
    (re.compile(r"\bunder\b"), "pursuant to"),
    (re.compile(r"\bon\b"), "upon"),
    (re.compile(r"\bbegan\b"), "commenced"),
)
LEAD = "In short, "
_SIDES = "tenant lender insurer seller trustee carrier owner broker builder surety".split()
_THINGS = "lease note policy deed ledger notice bond survey permit invoice".split()
_DONE = "signed sent filed recorded paid read returned copied kept sold".split()
_WHEN = "hearing closing sale audit storm survey trial merger strike loan".split()
_PLACES = "harbor mill quarry orchard depot bakery foundry garage theater pier".split()


def in_the_house_voice(line: str) -> str:
    """Word a plain line as the firm would: the words it prefers, and its way of opening."""
    for plain, ours in WAYS:
        line = plain.sub(ours, line)
    opens = line.startswith(("The ", "A ", "An "))
    return f"{LEAD}{line[0].lower()}{line[1:]}" if opens else line


def brief(n: int, paragraphs: int = 6) -> str:
    """An argument of the firm's; no two say the same."""
    draw = random.Random(n)  # noqa: S311  words, no secrets
    return "\n\n".join(_paragraph(draw) for _ in range(paragraphs))


def plain_brief(n: int, paragraphs: int = 6) -> str:
    """An argument as others would write it."""
    draw = random.Random(n)  # noqa: S311  words, no secrets
    return "\n\n".join(" ".join(_sentence(draw) for _ in range(3)) for _ in range(paragraphs))


def _paragraph(draw: random.Random) -> str:
    return " ".join(in_the_house_voice(_sentence(draw)) for _ in range(3))


def _sentence(draw: random.Random) -> str:
    who, other = draw.sample(_SIDES, 2)
    thing, second = draw.sample(_THINGS, 2)
    when, where = draw.choice(_WHEN), draw.choice(_PLACES)
    done, first = draw.sample(_DONE, 2)
    relied = (
        f"The {who} of the {where} relied on the {thing} that was {done} before the {when}, and "
        f"the {other} of that {where} may not deny under the {second} what it {first}."
    )
    binds = (
        f"A {thing} that the {who} {done} under the {second} binds the {other} of the {where}, "
        f"who began on the day before the {when} to dispute that it was {first}."
    )
    began = (
        f"The {other} at the {where} had {done} the {thing} on its own motion before the {when} "
        f"of the {who} began, so that no {second} was {first} under it."
    )
    return draw.choice((relied, binds, began))


def fill(app: Onpoint, *, matters: int = 5, each: int = 2) -> list[MatterId]:
    """Open matters that teach the style model, with briefs of the firm's in them."""
    found = []
    for n in range(matters):
        matter = app.matters.open(f"2025-{n + 1:03}", f"Matter of the {_PLACES[n]}").matter_id
        app.matters.change(matter, teaches_style=True)
        for k in range(each):
            filing = app.filings.add_text(matter, f"Brief {k + 1}", brief(10 * n + k))
            known_as_brief(app, filing.filing_id, matter)
        found.append(matter)
    return found


def known_as_brief(app: Onpoint, filing_id: FilingId, matter: MatterId) -> None:
    """Describe a text that was added as one that was uploaded would be."""
    with app._db.transaction(scope=app.who.scope) as tx:
        tx._connection.execute(
            "INSERT INTO uploads (filing_id, matter_id, name, kind, bytes, sha256, added_by, state)"
            " VALUES (%s, %s, 'x', 'text', 1, %s, %s, 'searchable')",
            (filing_id, matter, filing_id.bytes, app.who.person().person_id),
        )
        tx._connection.execute(
            "INSERT INTO filing_descriptions (filing_id, matter_id, field, value, confidence)"
            " VALUES (%s, %s, 'kind', 'brief', 0.9)",
            (filing_id, matter),
        )


def checked(prompt: Prompt) -> str:
    """Bear out every sentence but the first."""
    numbers = re.findall(r"^(\d+)\. ", prompt.split("<sentences>", 1)[1], re.MULTILINE)
    verdicts = [{"sentence": int(n), "supported": n != "1"} for n in numbers]
    return json.dumps({"verdicts": verdicts})


def house_model(prompt: Prompt) -> str:
    """Answer honestly; asked as in training, word the line in the house's voice.

    Asked for the prompt voice, give each line back as it was; with the books closed, make it up.
    """
    if prompt.lstrip().startswith(TASK):
        return in_the_house_voice(prompt.split(TASK, 1)[1].strip())
    if "<lines>" in prompt:
        return prompt.split("<lines>\n", 1)[1].split("\n</lines>")[0]
    if "<sentences>" in prompt:
        return checked(prompt)
    if "<sources>" in prompt:
        return honest(prompt)
    return "A covenant binds where it is reasonable. Varghese v. Delta Lines, 925 F.3d 1339 (1971)."
