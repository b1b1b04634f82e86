"""`onpoint style …` as another program calls it, and a voice by adapter, asked for and heard."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner, Result

from core.app import Onpoint
from core.ask.prompts import Message
from core.cli import cli
from core.errors import ModelFailed, UsageError
from core.library import style, style_adapters
from core.model import Voice
from core.model.training import AdapterId, AdapterState
from core.programs import requests
from core.settings import Settings
from core.style.gate.measure import keeps, worded
from core.style.gate.yardstick import BY_VERIFIER, Yardstick
from core.style.teach.plain_by_model import plainly_by
from tests import house_voice
from tests.as_measured import as_measured
from tests.house_voice import LEAD, house_model
from tests.scripted_models import Wire, honest, scripted_models
from tests.tiny_models import tiny_base

Run = Callable[..., Result]
QUESTION = "When is a covenant not to compete enforceable?"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_base(tmp_path_factory.mktemp("base"), ["The motion was late and is denied."] * 50)


@pytest.fixture
def run(demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ONPOINT_{name}".upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", demo_url)
    monkeypatch.setenv("ONPOINT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def invoke(*words: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], input=stdin)

    return invoke


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A firm with a voice of its own, and the models that it asks."""

    app: Onpoint
    wire: Wire


@pytest.fixture
def house(demo_url: str, tmp_path: Path) -> Iterator[House]:
    with (
        scripted_models() as wire,
        Onpoint.open(Settings(DATABASE_URL=demo_url, home=tmp_path / "home")) as app,
    ):
        wire.script = house_model
        for name in ("answer", "style"):
            app.firm.set(f"{name}_model", "openai:base")
            app.firm.set(f"{name}_base_url", wire.url)
        yield House(app=app, wire=wire)


def told(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def failed(result: Result) -> str:
    assert result.exit_code in {1, 2}, result.output
    return str(json.loads(result.stdout)["error"]["message"])


def argument(n: int) -> str:
    words = " ".join(f"ground{n}x{each}" for each in range(12))
    return f"Clearly, the record of {words} shows that the motion was late; and it must be denied."


def fill(url: str, home: Path) -> None:
    """Three matters that teach, with briefs in them."""
    with Onpoint.open(Settings(DATABASE_URL=url, home=home)) as app:
        for n in range(4):
            matter = app.matters.open(f"{n}", f"Matter {n}").matter_id
            app.matters.change(matter, teaches_style=True)
            text = "\n\n".join(argument(100 * n + each) for each in range(4))
            filing = app.filings.add_text(matter, "Brief in support", text)
            house_voice.known_as_brief(app, filing.filing_id, matter)


def test_a_voice_goes_from_filings_to_an_adapter_that_is_measured_and_refused(
    run: Run, demo_url: str, tmp_path: Path, base: Path
) -> None:
    assert "nothing to learn from" in failed(run("style", "dataset", "Appellate", "--json"))
    fill(demo_url, tmp_path / "home")
    made = told(run("style", "dataset", "Appellate", "--json"))
    assert made["sources"] == 4 and made["warnings"]
    out = tmp_path / "chat.jsonl"
    told(run("style", "dataset", "appellate", "--form", "chat", "--out", out, "--json"))
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["messages"]
    trained = told(
        run("style", "train", "--voice", "Appellate", "--base", base, "--epochs", 1, "--json")
    )
    assert trained["state"] == "trained" and trained["curve"]
    measured = told(run("style", "evaluate", "Appellate", "--json"))
    assert [each["name"] for each in measured["conditions"]] == [  # type: ignore[attr-defined]
        "style",
        "content lock",
        "canaries",
    ]
    assert measured["passes"] is False
    assert "may not speak yet" in failed(run("style", "promote", "Appellate", "--json"))
    rows = told(run("style", "ledger", "Appellate", "--json"))["ledger"]
    assert len(rows) == 4  # type: ignore[arg-type]
    assert "by leave of" in run("style", "ledger", "Appellate").output
    assert told(run("style", "ballot", "Appellate", "--json"))["ballots"] is not None
    folder = tmp_path / "home" / "style" / str(trained["adapter_id"])
    words = ("style", "train", "--voice", "Appellate", "--base", base, "--adapter")
    brought = told(run(*words, folder, "--json"))
    assert (brought["state"], brought["reason"]) == ("trained", "It was trained elsewhere.")
    assert "There is no adapter in" in failed(run(*words, tmp_path, "--json"))
    told(run("style", "retire", trained["adapter_id"], "--delete", "--json"))
    assert not folder.exists()
    assert "no adapter" in failed(run("style", "ledger", "nobody", "--json"))


def test_an_answer_is_put_in_the_adapters_voice_and_plain_once_it_is_off(
    run: Run, demo_url: str, tmp_path: Path, base: Path
) -> None:
    """The tiny model writes nothing of sense, so that its lines stay plain: the way is tried."""
    fill(demo_url, tmp_path / "home")
    told(run("style", "dataset", "Appellate", "--json"))
    made = told(run("style", "train", "--voice", "Appellate", "--base", base, "--json"))
    adapter_id = AdapterId(made["adapter_id"])  # type: ignore[arg-type]
    with scripted_models() as wire:
        wire.script = honest
        settings = Settings(DATABASE_URL=demo_url, home=tmp_path / "home")
        with Onpoint.open(settings) as app:
            app.firm.set("answer_model", "openai:any")
            app.firm.set("answer_base_url", wire.url)
            as_measured(app, adapter_id)
            assert app.ask(QUESTION, voice=Voice.OFF).footer.voice is Voice.OFF
            app.style.promote(adapter_id)
            app.firm.set("style", "adapter")
            given = app.ask(QUESTION)
            assert app._house._voices
            assert given.footer.voice is Voice.ADAPTER or given.footer.lock
            app.firm.set("style", "off")
            assert app.ask(QUESTION).footer.voice_reason is None
            app.firm.set("style", "adapter")
            app.style.remove(adapter_id)
            gone = app.ask(QUESTION).footer
            assert gone.voice is Voice.OFF and "passed its gate" in (gone.voice_reason or "")
            assert app._house.speaker(None) is None and not app._house._voices


def test_a_wording_that_changes_what_is_locked_stays_plain() -> None:
    plain = ("However, the motion was late, see ⟦C1⟧.", "It may be denied.")
    found = worded(plain, ("But the motion was late, see ⟦C1⟧.", "It must be denied."))
    assert found.shown == ("But the motion was late, see ⟦C1⟧.", "It may be denied.")
    assert found.refused == 1
    assert not keeps("See ⟦C1⟧.", "See.")


def test_a_served_adapter_is_measured_promoted_heard_and_switched_off(
    run: Run, house: House
) -> None:
    house_voice.fill(house.app)
    house.app.firm.set("checker_model", "openai:checker")
    house.app.firm.set("checker_base_url", house.wire.url)
    told(run("style", "dataset", "Appellate", "--json"))
    taken = told(run("style", "train", "--voice", "Appellate", "--served", "openai:ours", "--json"))
    assert (taken["state"], taken["served"]) == ("trained", "openai:ours")

    measured = told(run("style", "evaluate", "Appellate", "--json"))

    figures = cast("dict[str, dict[str, object]]", measured["figures"])
    assert measured["passes"] is True, measured["conditions"]
    assert figures["nearer"]["low"] > 0  # type: ignore[operator]
    assert figures["lock"]["kept"] == figures["lock"]["shown"]
    assert figures["canaries"]["told"] == 0 < figures["canaries"]["planted"]  # type: ignore[operator]
    assert figures["perplexity"] is None
    follows = figures["follows"]
    # Of what the checker is told to doubt, the first of each twelve, there or back.
    assert 0 < follows["value"] < 1 and follows["n"] == figures["nearer"]["n"]  # type: ignore[operator]
    delta = {name: each["delta"]["value"] for name, each in figures["voices"].items()}  # type: ignore[index]
    assert delta["adapter"] < delta["prompt"]
    assert delta["adapter"] < delta["plain"]

    told(run("style", "promote", "Appellate", "--json"))
    house.app.firm.set("style", "adapter")
    given = house.app.ask(QUESTION)
    assert given.footer.voice is Voice.ADAPTER
    assert given.footer.lock
    changed = [each for each in given.wordings if each.spoken != each.plain]
    assert changed
    assert all(LEAD in each.spoken or "upon" in each.spoken for each in changed)
    plain = house.app.ask(QUESTION, voice=Voice.OFF)
    assert re.findall(r"“[^”]+”|\[\d+\]", given.text) == re.findall(r"“[^”]+”|\[\d+\]", plain.text)
    told(run("style", "retire", "Appellate", "--json"))
    off = house.app.ask(QUESTION)
    assert off.footer.voice is Voice.OFF
    assert off.text == plain.text


def test_a_model_outside_the_firm_is_measured_on_nothing_that_it_may_not_read(
    run: Run, house: House
) -> None:
    closed = house_voice.fill(house.app)
    for matter in closed:
        house.app.matters.change(matter, external_models=False)
    told(run("style", "dataset", "Appellate", "--json"))
    run("style", "train", "--voice", "Appellate", "--served", "openai:ours", "--json")
    house.app.firm.set("answer_base_url", "https://models.example/v1")
    house.app.firm.set("style_base_url", "https://models.example/v1")
    with house.app._db.transaction(scope=house.app.who.scope) as tx:
        adapter = house.app.style.adapters()[0]
        assert style_adapters.ask_for_measuring(tx, adapter.adapter_id)
    taken = style_adapters.claim_measuring(house.app._db, uuid4(), lease=60.0)
    assert taken is not None
    assert style.outside(house.app._db, taken.worker) == frozenset()
    house.app.matters.change(closed[0], external_models=True)
    opened = {str(each.filing_id) for each in house.app.filings.all(closed[0])}
    assert style.outside(house.app._db, taken.worker) == opened
    house.app.matters.change(closed[0], external_models=False)
    with house.app._db.transaction() as tx:
        style_adapters.end_measuring(tx, taken, failed="given up")
    assert "let it read" in failed(run("style", "evaluate", "Appellate", "--json"))


def test_of_several_voices_that_speak_one_is_chosen_by_name(run: Run, house: House) -> None:
    house_voice.fill(house.app, matters=3, each=1)
    for voice in ("Appeals", "Letters"):
        told(run("style", "dataset", voice, "--json"))
        served = f"openai:{voice.lower()}"
        taken = told(run("style", "train", "--voice", voice, "--served", served, "--json"))
        adapter_id = AdapterId(UUID(str(taken["adapter_id"])))
        as_measured(house.app, adapter_id)
        house.app.style.promote(adapter_id)
    house.app.firm.set("style", "adapter")
    assert house.app.voices().names == ("Letters", "Appeals")

    for asked, spoke in ((None, "Letters"), ("Appeals", "Appeals"), ("Letters", "Letters")):
        house.wire.bodies.clear()
        footer = house.app.ask(QUESTION, speaks=asked).footer
        assert (footer.voice, footer.speaks) == (Voice.ADAPTER, spoke)
        models = [body["model"] for body in house.wire.bodies]
        assert spoke.lower() in models
        assert ({"appeals", "letters"} - {spoke.lower()}).isdisjoint(models)  # type: ignore[arg-type]
    nobody = house.app.ask(QUESTION, speaks="Contracts").footer
    assert (nobody.voice, nobody.speaks) == (Voice.OFF, None)
    spoken = told(run("ask", QUESTION, "--speaks", "Appeals", "--json"))["footer"]
    assert spoken["speaks"] == "Appeals"  # type: ignore[index]
    wish = json.dumps({"question": QUESTION, "speaks": "Appeals"}).encode()
    by_program = requests.ask(house.app, requests.read(requests.AskRequest, wish))["footer"]
    assert by_program["speaks"] == "Appeals"  # type: ignore[index]


def test_a_served_adapter_that_fails_leaves_the_plain_answer(run: Run, house: House) -> None:
    house_voice.fill(house.app)
    told(run("style", "dataset", "Appellate", "--json"))
    taken = told(run("style", "train", "--voice", "Appellate", "--served", "openai:ours", "--json"))
    adapter_id = AdapterId(UUID(str(taken["adapter_id"])))
    house.app.firm.set("style_base_url", "http://127.0.0.1:9/v1")  # nobody listens there
    assert "connection" in failed(run("style", "evaluate", "Appellate", "--json"))
    as_measured(house.app, adapter_id)
    house.app.style.promote(adapter_id)
    house.app.firm.set("style", "adapter")
    given = house.app.ask(QUESTION)
    assert given.footer.voice is Voice.OFF
    assert given.claims
    assert any("gave no wording" in notice for notice in given.notices)


def test_a_yardstick_tells_who_writes_as_we_do() -> None:
    ours = [house_voice.brief(n, 12) for n in range(8)]
    others = [house_voice.plain_brief(n, 12) for n in range(50, 58)]
    yard = Yardstick.of(ours, others, "others")
    assert yard.by == BY_VERIFIER
    mine, theirs = house_voice.brief(90), house_voice.plain_brief(91)
    assert yard.near(mine) > 0.5 > yard.near(theirs)
    one, other = yard.figures([mine] * 3), yard.figures([theirs] * 3)
    assert one["delta"]["value"] < other["delta"]["value"]  # type: ignore[index]
    assert one["delta_to_others"]["value"] > other["delta_to_others"]["value"]  # type: ignore[index]
    assert one["card_hits"]["value"] > other["card_hits"]["value"]  # type: ignore[index]
    few = Yardstick.of(ours[:2], others[:2], "others")
    assert few.verifier is None
    assert few.near(mine) > few.near(theirs)


def test_a_model_words_plainly_what_it_may_read_and_rules_the_rest() -> None:
    asked: list[str] = []

    class Scribe:
        def write(self, messages: Sequence[Message], /) -> str:
            asked.append(messages[-1].text)
            return "It is so ⟦C1⟧." if len(asked) < 3 else _fails()

    plain = plainly_by(Scribe(), {"open"}.__contains__)
    assert plain("open", "Clearly, it is so ⟦C1⟧.") == "It is so ⟦C1⟧."
    assert plain("closed", "Clearly, it was so ⟦C1⟧.") == "It was so ⟦C1⟧."
    assert plain("open", "Clearly, it was so ⟦C2⟧.") == "It was so ⟦C2⟧."  # a token was lost
    assert plain("open", "Clearly, it is ours.") == "It is ours."
    assert plain("open", "Clearly, it is theirs.") == "It is theirs."
    assert len(asked) == 3


def _fails() -> str:
    raise ModelFailed("The model did not answer.")


def test_drafts_and_others_papers_teach_nothing(run: Run, demo_url: str, tmp_path: Path) -> None:
    fill(demo_url, tmp_path / "home")
    with Onpoint.open(Settings(DATABASE_URL=demo_url, home=tmp_path / "home")) as app:
        app.firm.set("firm_name", "Grey and Lark")
        assert "nothing to learn from" in failed(run("style", "dataset", "Ours", "--json"))
        (matter, *_) = app.matters.all()
        (filing,) = app.filings.all(matter.matter_id)
        made = app.style.make_dataset("Ours", filings=[filing.filing_id])
        assert made.dataset.sources == 1
        with pytest.raises(UsageError, match="No answer model"):
            app.style.make_dataset("Ours", filings=[filing.filing_id], by_model=True)


def test_ballots_are_voted_on_at_the_terminal_by_id_and_counted(
    run: Run, demo_url: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    fill(demo_url, home)
    told(run("style", "dataset", "Appellate", "--json"))
    with Onpoint.open(Settings(DATABASE_URL=demo_url, home=home)) as app:
        (tmp_path / "config.json").write_text("{}", encoding="utf-8")
        asked = app.style.train(app.style.datasets()[0].dataset_id, tmp_path)
        with app._db.transaction(scope=app.who.scope) as tx:
            style_adapters.move(
                tx, asked.adapter_id, AdapterState.TRAINED, out_of=[AdapterState.WAITING]
            )
            source = style.ledger(tx, adapter_id=asked.adapter_id)[0].source
            rows = [
                {
                    "source": source,
                    "plain": f"p{n}",
                    "by_adapter": f"ours {n}",
                    "by_other": f"o {n}",
                }
                for n in range(4)
            ]
        as_measured(app, asked.adapter_id, pairs=rows)

    def ballots() -> list[dict[str, str]]:
        return told(run("style", "ballot", "Appellate", "--json"))["ballots"]  # type: ignore[return-value]

    def ours(ballot: dict[str, str]) -> str:
        return "1" if ballot["first"].startswith("ours") else "2"

    one, two, three, four = ballots()
    assert {one["first"], one["second"]} == {"ours 0", "o 0"}
    shown = run("style", "ballot", "Appellate", stdin=f"x\n{ours(one)}\ns\nq\n")
    assert shown.exit_code == 0 and "1 voted, 3 left." in shown.stdout
    assert shown.stdout.index(f"1  {one['first']}") < shown.stdout.index(f"2  {one['second']}")
    assert three["first"] in shown.stdout and four["first"] not in shown.stdout
    assert ballots() == [two, three, four]
    by_id = ("style", "ballot", "Appellate", "--vote", two["ballot_id"])
    assert "--first or --second" in failed(run(*by_id, "--json"))
    at = "--first" if ours(two) == "1" else "--second"
    assert told(run(*by_id, at, "--json"))["ballots"] == [three, four]
    assert "voted on it already" in failed(run(*by_id, "--first", "--json"))
    # An end of what is typed is a stop.
    assert "0 voted, 2 left." in run("style", "ballot", "Appellate", stdin="").stdout
    run("style", "ballot", "Appellate", stdin=f"{ours(three)}\n{ours(four)}\n")
    assert "There is nothing to vote on." in run("style", "ballot", "Appellate").stdout

    said = told(run("style", "ballot", "--result", "Appellate", "--json"))
    assert said == {
        "adapter_id": str(asked.adapter_id),
        "hidden": False,
        "voters": 1,
        "votes": 4,
        "share": 1.0,
        "low": None,
        "high": None,
    }
    assert "Nobody else has voted." in run("style", "ballot", "--result", "Appellate").stdout
