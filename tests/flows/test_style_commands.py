"""`onpoint style …` as another program calls it, and a voice by adapter, asked for and heard."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from core.app import Onpoint
from core.ask.prompts import Message
from core.cli import cli
from core.errors import ModelFailed, UsageError
from core.library import style_adapters
from core.model import Voice
from core.model.training import AdapterId, AdapterState
from core.settings import Settings
from core.style.measure import function_words, keeps, worded
from core.style.plain_by_model import plainly_by
from tests.scripted_models import honest, scripted_models
from tests.tiny_models import tiny_base

Run = Callable[..., Result]
QUESTION = "When is a covenant not to compete enforceable?"
GOOD = {
    "nearer": {"value": 0.2, "low": 0.1, "high": 0.3, "n": 20},
    "against": "the prompt voice",
    "lock": {"shown": 20, "kept": 20, "refused": 2},
    "canaries": {"planted": 5, "told": 0, "exposure": 1.0},
}


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

    def invoke(*words: object) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words])

    return invoke


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
            with app._db.transaction(scope=app.who.scope) as tx:
                tx._connection.execute(  # no upload stands behind a text that was added
                    "INSERT INTO uploads (filing_id, matter_id, name, kind, bytes, sha256,"
                    " added_by, state) VALUES (%s, %s, 'x', 'text', 1, %s, %s, 'searchable')",
                    (filing.filing_id, matter, b"x", app.who.person().person_id),
                )
                tx._connection.execute(
                    "INSERT INTO filing_descriptions (filing_id, matter_id, field, value,"
                    " confidence) VALUES (%s, %s, 'kind', 'brief', 0.9)",
                    (filing.filing_id, matter),
                )


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
            with app._db.transaction(scope=app.who.scope) as tx:
                style_adapters.keep_figures(tx, adapter_id, GOOD)
                style_adapters.move(
                    tx, adapter_id, AdapterState.EVALUATED, out_of=[AdapterState.TRAINED]
                )
            assert app.ask(QUESTION, voice=Voice.OFF).footer.voice is Voice.OFF
            app.style.promote(adapter_id)
            app.firm.set("style", "adapter")
            given = app.ask(QUESTION)
            assert app._house._voice is not None
            assert given.footer.voice is Voice.ADAPTER or given.footer.lock
            app.firm.set("style", "off")
            assert app.ask(QUESTION).footer.voice_reason is None
            app.firm.set("style", "adapter")
            app.style.remove(adapter_id)
            gone = app.ask(QUESTION).footer
            assert gone.voice is Voice.OFF and "passed its gate" in (gone.voice_reason or "")
            assert app._house.speaker() is None and app._house._voice is None


def test_a_wording_that_changes_what_is_locked_stays_plain() -> None:
    plain = ("However, the motion was late, see ⟦C1⟧.", "It may be denied.")
    found = worded(plain, ("But the motion was late, see ⟦C1⟧.", "It must be denied."))
    assert found.shown == ("But the motion was late, see ⟦C1⟧.", "It may be denied.")
    assert found.refused == 1
    assert not keeps("See ⟦C1⟧.", "See.")


def test_function_words_tell_who_writes_as_we_do() -> None:
    ours = [f"It is for the court, and for the court alone, to say so in case {n}." for n in "abc"]
    distance = function_words([*ours, "The rule of the court is that of the law."])
    assert distance(ours[0]) < distance(re.sub("the|and", "which", ours[0]))


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
