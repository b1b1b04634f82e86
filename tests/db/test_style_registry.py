"""The firm's voices on a real database: walls, consent, work that survives, gate and switch."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from core.app import Onpoint
from core.errors import NoSuchAdapter, UsageError
from core.library import style, style_adapters
from core.model import FilingId, MatterId, Voice
from core.model.training import AdapterId, AdapterState, DatasetId, StyleAdapter, VoiceId
from core.style.gate.measuring import measure_once
from core.style.teach.formats import Format, faults
from core.style.teach.teachings import Made
from core.style.train.folder import is_adapter
from core.style.train.train import Recipe
from core.style.train.workshop import MOST_ATTEMPTS, train_once
from tests.as_measured import GOOD, as_measured
from tests.db.office import Office, matter_with, me, open_office
from tests.tiny_models import tiny_base

NEVER = threading.Event()
QUICK = Recipe(
    epochs=1, learning_rate=5e-3, rank=2, alpha=4, dropout=0.0, batch=8, longest=48, keep_every=2
)
WORDS = "lease ship patent water road tax farm school bank bridge mine court jail train".split()


def argument(n: int) -> str:
    draw = random.Random(n)  # noqa: S311  words, no secrets
    own = " ".join(f"{draw.choice(WORDS)}{draw.randrange(900)}" for _ in range(40))
    return f"Clearly, the record of {own} shows that the motion was late; it must be denied."


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_base(tmp_path_factory.mktemp("base"), [argument(n) for n in range(40)])


@pytest.fixture
def office(database_url: str, admin_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = open_office(database_url, admin_url, tmp_path)
    with closing(opened.app):
        yield opened


@pytest.fixture
def ann(office: Office) -> Onpoint:
    return office.hire("ann", "lawyer", "admin")


def teaching(app: Onpoint, number: str, *ns: int) -> MatterId:
    """A matter that lets its filings teach, each one argument of some paragraphs."""
    texts = ["\n\n".join(argument(100 * n + each) for each in range(3)) for n in ns]
    matter = matter_with(app, number, *texts)
    app.matters.change(matter, teaches_style=True)
    return matter


def taught(app: Onpoint, *matters: MatterId) -> Made:
    filings = [each.filing_id for matter in matters for each in app.filings.all(matter)]
    return app.style.make_dataset("Appellate", filings=filings)


def trained(office: Office, app: Onpoint, made: Made, base: Path) -> StyleAdapter:
    asked = app.style.train(made.dataset.dataset_id, base, QUICK)
    assert asked.state is AdapterState.WAITING
    assert train_once(office.app._house.workshop, NEVER)
    return now(app, asked.adapter_id)


def now(app: Onpoint, adapter_id: AdapterId) -> StyleAdapter:
    (found,) = [each for each in app.style.adapters() if each.adapter_id == adapter_id]
    return found


def put(office: Office, app: Onpoint, made: Made, state: str = "trained") -> AdapterId:
    """An adapter as if it had been trained."""
    (row,) = office.run(
        "INSERT INTO style_adapters (voice_id, dataset_id, base, recipe, asked_by, state)"
        " VALUES (%s, %s, 'base', '{}', %s, %s) RETURNING adapter_id",
        *(made.dataset.voice_id, made.dataset.dataset_id, me(app), state),
    )
    return AdapterId(row[0])  # type: ignore[arg-type]


# --- what teaches ----------------------------------------------------------------------------


def test_only_matters_that_consent_teach(office: Office, ann: Onpoint) -> None:
    consents, silent = teaching(ann, "1", 1, 2), matter_with(ann, "2", argument(7))
    made = taught(ann, consents, silent)
    assert made.dataset.sources == 2
    (row, *_) = ann.style.ledger(put(office, ann, made))
    assert row.matter == "1 Matter 1" and row.consented_by == "Ann" and row.consented_at
    with pytest.raises(UsageError, match="nothing to learn from"):
        taught(ann, silent)


def test_whoever_may_not_read_a_matter_teaches_nothing_from_it(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    ids = [each.filing_id for each in ann.filings.all(matter)]
    with pytest.raises(UsageError, match="nothing to learn from"):
        office.hire("bob", "lawyer", "admin").style.make_dataset("Ours", filings=ids)


def test_an_export_keeps_its_formats_rules_and_enters_the_trail(ann: Onpoint) -> None:
    made = taught(ann, teaching(ann, "1", 1, 2, 3, 4))
    for form in Format:
        lines = ann.style.export(made.dataset.dataset_id, form)
        assert faults(form, lines) == []
    assert [each.action for each in ann.trail.entries(action="style.export")] == [
        "style.export"
    ] * 3


# --- walls -----------------------------------------------------------------------------------


def test_a_walled_person_is_told_nothing_of_what_taught_a_voice_in_numbers_either(
    office: Office, ann: Onpoint
) -> None:
    open_to_all, walled = teaching(ann, "1", 1), teaching(ann, "2", 2, 3)
    cy = office.hire("cy", "lawyer", "admin")
    ann.matters.add(open_to_all, me(cy))
    ann.walls.raise_wall(walled, me(cy), "He acted for the other side.")
    made = taught(ann, open_to_all, walled)
    adapter_id = put(office, ann, made)
    office.run("UPDATE style_adapters SET step = 7, steps = 9, curve = '[[1, 2.5]]'")
    as_measured(ann, adapter_id)
    (theirs,) = cy.style.datasets()
    assert (theirs.sources, theirs.sha256) == (1, None)
    assert theirs.words < made.dataset.words
    (adapter,) = cy.style.adapters()
    assert (adapter.step, adapter.steps, adapter.curve) == (0, 0, ())
    assert {each.matter_id for each in cy.style.ledger(adapter_id)} == {open_to_all}
    seen = cy.style.evaluation(adapter_id)
    assert seen.figures == {} and all(each.seen == "It holds." for each in seen.conditions)
    assert ann.style.adapters()[0].steps == 9
    assert len(ann.style.ledger(adapter_id)) == 3
    with pytest.raises(UsageError, match="that you may read the whole of"):
        cy.style.export(made.dataset.dataset_id, Format.CHAT)


def test_an_admin_outside_a_team_reads_no_passage_of_it(office: Office, ann: Onpoint) -> None:
    made = taught(ann, teaching(ann, "1", 1))
    admin = office.hire("dee", "admin")
    with admin._db.transaction(scope=admin.who.scope) as tx:
        assert style.passages(tx, made.dataset.dataset_id) == []
        assert style.datasets(tx)[0].sources == 1


# --- consent withdrawn, filings removed -------------------------------------------------------


def examples(office: Office, dataset_id: DatasetId) -> int:
    (row,) = office.run("SELECT count(*) FROM style_examples WHERE dataset_id = %s", dataset_id)
    return int(row[0])  # type: ignore[call-overload]


@pytest.mark.parametrize("how", ["consent withdrawn", "filing removed", "matter removed"])
def test_what_may_teach_no_more_goes_and_what_saw_it_is_off_and_in_line_to_be_trained_anew(
    office: Office, ann: Onpoint, how: str
) -> None:
    stays, goes = teaching(ann, "1", 1), teaching(ann, "2", 2)
    made = taught(ann, stays, goes)
    adapter_id = put(office, ann, made)
    as_measured(ann, adapter_id)
    ann.style.promote(adapter_id)
    before = examples(office, made.dataset.dataset_id)
    if how == "consent withdrawn":
        ann.matters.change(goes, teaches_style=False)
    elif how == "filing removed":
        ann.filings.remove(ann.filings.all(goes)[0].filing_id)
    else:
        ann.matters.remove(goes)
    old, new = now(ann, adapter_id), ann.style.adapters()[0]
    assert old.state is AdapterState.WITHDRAWN and how in (old.reason or "")
    assert (new.state, new.instead_of) == (AdapterState.WAITING, adapter_id)
    assert not ann._house.rules.adapter_speaks()
    left = examples(office, made.dataset.dataset_id)
    assert 0 < left < before and left == examples(office, new.dataset_id)
    rows = ann.style.ledger(adapter_id)
    assert {each.withdrawn_because for each in rows} == {None, how}
    assert [each.matter_id for each in ann.style.ledger(new.adapter_id)] == [stays]
    with pytest.raises(UsageError, match="may teach no more"):
        ann.style.train(made.dataset.dataset_id, a_model(ann), QUICK)


def a_model(app: Onpoint) -> Path:
    folder = app.settings.home / "model"
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    return folder


def test_nothing_is_withdrawn_where_the_change_is_undone(office: Office, ann: Onpoint) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = put(office, ann, taught(ann, matter))

    class Broken(Exception):
        pass

    def change() -> None:
        with ann._db.transaction(scope=ann.who.scope) as tx:
            tx.execute("delete_matter", matter_id=matter)
            assert (
                style_adapters.adapters(tx, adapter_id=adapter_id)[0].state
                is AdapterState.WITHDRAWN
            )
            raise Broken

    with pytest.raises(Broken):
        change()
    assert now(ann, adapter_id).state is AdapterState.TRAINED


def test_a_dataset_of_which_nothing_is_left_is_not_trained_anew(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = put(office, ann, taught(ann, matter))
    ann.matters.change(matter, teaches_style=False)
    assert [each.state for each in ann.style.adapters()] == [AdapterState.WITHDRAWN]
    with pytest.raises(UsageError, match="may not speak|cannot speak"):
        ann.style.promote(adapter_id)


def test_weights_of_what_was_withdrawn_leave_the_disk(office: Office, ann: Onpoint) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = put(office, ann, taught(ann, matter))
    shop = office.app._house.workshop
    shop.of(adapter_id).mkdir(parents=True)
    (shop.of(adapter_id) / "adapter_model.safetensors").write_bytes(b"x")
    ann.matters.change(matter, teaches_style=False)
    assert not train_once(shop, NEVER)
    assert not shop.of(adapter_id).exists()


# --- work ------------------------------------------------------------------------------------


def test_a_training_is_done_by_a_worker_and_said_of_what_it_was_made(
    office: Office, ann: Onpoint, base: Path
) -> None:
    made = taught(ann, teaching(ann, "1", 1, 2, 3), teaching(ann, "2", 4, 5))
    adapter = trained(office, ann, made, base)
    assert adapter.state is AdapterState.TRAINED and adapter.step == adapter.steps > 0
    assert adapter.curve and {"torch", "peft"} <= adapter.versions.keys()
    assert adapter.recipe["seed"] == QUICK.seed
    assert is_adapter(office.app._house.workshop.of(adapter.adapter_id))


def test_a_training_that_a_stop_cut_short_goes_on(office: Office, ann: Onpoint, base: Path) -> None:
    made = taught(ann, teaching(ann, "1", *range(8)))
    asked = ann.style.train(made.dataset.dataset_id, base, QUICK)
    stop = threading.Event()
    stop.set()
    shop = office.app._house.workshop
    assert train_once(shop, stop)
    assert now(ann, asked.adapter_id).state is AdapterState.WAITING
    assert list((shop.of(asked.adapter_id) / "checkpoints").glob("checkpoint-1"))
    assert train_once(shop, NEVER)
    done = now(ann, asked.adapter_id)
    assert done.state is AdapterState.TRAINED and done.curve[0][0] == 1


def test_a_training_whose_worker_died_is_taken_up_once_its_lease_is_out(
    office: Office, ann: Onpoint, base: Path
) -> None:
    made = taught(ann, teaching(ann, "1", 1, 2))
    asked = ann.style.train(made.dataset.dataset_id, base, QUICK)
    shop = office.app._house.workshop
    assert style_adapters.claim(shop.db, me(ann), lease=60.0) is not None
    assert not train_once(shop, NEVER)
    office.run("UPDATE style_adapters SET leased_until = now() - interval '1 second'")
    assert train_once(shop, NEVER)
    assert now(ann, asked.adapter_id).state is AdapterState.TRAINED
    office.run("UPDATE style_adapters SET state = 'waiting', attempts = %s", MOST_ATTEMPTS)
    assert train_once(shop, NEVER)
    assert now(ann, asked.adapter_id).state is AdapterState.FAILED


def test_a_cancelled_training_ends_and_leaves_nothing(
    office: Office, ann: Onpoint, base: Path
) -> None:
    made = taught(ann, teaching(ann, "1", 1, 2))
    asked = ann.style.train(made.dataset.dataset_id, base, QUICK)
    ann.style.cancel(asked.adapter_id)
    assert not train_once(office.app._house.workshop, NEVER)
    assert now(ann, asked.adapter_id).state is AdapterState.CANCELLED
    with pytest.raises(UsageError, match="nothing to stop"):
        ann.style.cancel(asked.adapter_id)


def test_a_model_that_is_not_there_is_a_failure_in_words(
    office: Office, ann: Onpoint, tmp_path: Path, base: Path
) -> None:
    gone = tmp_path / "gone"
    shutil.copytree(base, gone)
    made = taught(ann, teaching(ann, "1", 1))
    asked = ann.style.train(made.dataset.dataset_id, gone, QUICK)
    shutil.rmtree(gone)
    assert train_once(office.app._house.workshop, NEVER)
    failed = now(ann, asked.adapter_id)
    assert failed.state is AdapterState.FAILED and "There is no model in" in (failed.reason or "")


# --- measured as work, and served by name ---


def test_measuring_is_work_that_survives_whoever_did_it(office: Office, ann: Onpoint) -> None:
    adapter_id = put(office, ann, taught(ann, teaching(ann, "1", 1)))
    ann.style.evaluate(adapter_id, wait=False)
    ann.style.evaluate(adapter_id, wait=False)  # it waits once, however often it is asked for
    gone = style_adapters.claim_measuring(ann._db, uuid4(), lease=0.0)
    assert gone is not None and now(ann, adapter_id).measuring
    again = style_adapters.claim_measuring(ann._db, uuid4(), lease=60.0)
    assert again is not None and again.attempts == 2
    assert style_adapters.claim_measuring(ann._db, uuid4(), lease=60.0) is None
    with ann._db.transaction() as tx:
        assert not style_adapters.keep_measurement(tx, gone.worker, GOOD)
        assert style_adapters.keep_measurement(tx, again.worker, GOOD)
    assert now(ann, adapter_id).state is AdapterState.EVALUATED
    assert not now(ann, adapter_id).measuring


def test_measuring_that_fails_says_why_and_can_be_asked_for_again(
    office: Office, ann: Onpoint
) -> None:
    adapter_id = put(office, ann, taught(ann, teaching(ann, "1", 1)))
    with pytest.raises(UsageError, match="Too little was held back|adapter is not there"):
        ann.style.evaluate(adapter_id)
    failed = now(ann, adapter_id)
    assert failed.state is AdapterState.TRAINED and failed.measure_failed and not failed.measuring
    ann.style.evaluate(adapter_id, wait=False)
    assert now(ann, adapter_id).measure_failed is None
    for _ in range(MOST_ATTEMPTS):
        assert style_adapters.claim_measuring(ann._db, uuid4(), lease=0.0)
    assert measure_once(office.app._house.workshop, NEVER)
    assert "never ended" in (now(ann, adapter_id).measure_failed or "")


def test_what_was_withdrawn_while_it_was_measured_is_not_measured(
    office: Office, ann: Onpoint
) -> None:
    matter = teaching(ann, "1", 1)
    adapter_id = put(office, ann, taught(ann, matter))
    ann.style.evaluate(adapter_id, wait=False)
    taken = style_adapters.claim_measuring(ann._db, uuid4(), lease=60.0)
    assert taken is not None
    ann.matters.change(matter, teaches_style=False)
    with ann._db.transaction() as tx:
        assert not style_adapters.keep_measurement(tx, taken.worker, GOOD)
    assert now(ann, adapter_id).state is AdapterState.WITHDRAWN


def test_an_adapter_is_held_beside_what_others_wrote_in_its_matters(
    office: Office, ann: Onpoint
) -> None:
    ours, silent = teaching(ann, "1", 1, 2), matter_with(ann, "2", argument(7))
    (first, *_) = ann.filings.all(ours)
    made = ann.style.make_dataset("Appellate", filings=[first.filing_id])
    adapter_id = put(office, ann, made)
    ann.style.evaluate(adapter_id, wait=False)
    taken = style_adapters.claim_measuring(ann._db, uuid4(), lease=60.0)
    assert taken is not None

    found = style.background(ann._db, taken.worker, characters=10, most=9)
    theirs = [each for each in ann.filings.all(ours) if each.filing_id != first.filing_id]
    assert len(theirs) == 1
    (text,) = office.run("SELECT text FROM filings WHERE filing_id = %s", theirs[0].filing_id)
    assert tuple(found) == text
    assert len(ann.filings.all(silent)) == 1
    assert style.background(ann._db, uuid4(), characters=10, most=9) == []


def test_a_name_under_which_an_adapter_is_served_takes_its_measure_away(
    office: Office, ann: Onpoint
) -> None:
    adapter_id = put(office, ann, taught(ann, teaching(ann, "1", 1)))
    with ann._db.transaction(scope=ann.who.scope) as tx:
        (row,) = style.ledger(tx, adapter_id=adapter_id)
    pair = {"source": row.source, "plain": "p", "by_adapter": "ours", "by_other": "theirs"}
    as_measured(ann, adapter_id, pairs=[pair])
    assert ann.style.ballots(adapter_id)
    for wrong in ("firm-voice", "openai:", ": x", "openai:two words"):
        with pytest.raises(UsageError, match="provider:model"):
            ann.style.serve(adapter_id, wrong)
    served = ann.style.serve(adapter_id, "openai:firm-voice")
    assert (served.state, served.served) == (AdapterState.TRAINED, "openai:firm-voice")
    assert ann.style.ballots(adapter_id) == ()
    with pytest.raises(UsageError, match="cannot speak"):
        ann.style.promote(adapter_id)
    as_measured(ann, adapter_id)
    ann.style.promote(adapter_id)
    with pytest.raises(UsageError, match="It speaks"):
        ann.style.serve(adapter_id, None)


def test_a_vendors_model_is_in_the_ledger_like_any_other(office: Office, ann: Onpoint) -> None:
    matter = teaching(ann, "1", 1, 2)
    made = taught(ann, matter)
    taken = ann.style.take_served(made.dataset.dataset_id, "openai:ft:base:firm::7")
    assert (taken.state, taken.base) == (AdapterState.TRAINED, "")
    assert len(ann.style.ledger(taken.adapter_id)) == 2
    with pytest.raises(UsageError, match="not here"):
        ann.style.serve(taken.adapter_id, None)
    (gone, _) = ann.filings.all(matter)
    ann.filings.remove(gone.filing_id)
    assert now(ann, taken.adapter_id).state is AdapterState.WITHDRAWN
    assert train_once(office.app._house.workshop, NEVER)
    (anew,) = [e for e in ann.style.adapters() if e.instead_of == taken.adapter_id]
    assert anew.state is AdapterState.FAILED and "train it there anew" in (anew.reason or "")


# --- the gate and the switch -----------------------------------------------------------------


def test_an_adapter_is_measured_and_told_what_it_wants(
    office: Office, ann: Onpoint, base: Path
) -> None:
    made = taught(ann, *(teaching(ann, str(n), 2 * n, 2 * n + 1) for n in range(1, 5)))
    adapter = trained(office, ann, made, base)
    found = ann.style.evaluate(adapter.adapter_id)
    assert now(ann, adapter.adapter_id).state is AdapterState.EVALUATED
    names = [each.name for each in found.conditions]
    assert names == ["style", "content lock", "canaries"]
    assert set(found.figures) == {
        *("nearer", "against", "voices", "lock", "follows", "perplexity", "canaries"),
        "longest_run",
    }
    if not found.passes:
        with pytest.raises(UsageError, match="may not speak yet"):
            ann.style.promote(adapter.adapter_id)


@pytest.mark.parametrize(
    ("figures", "wants"),
    [
        ({"nearer": {"value": 0.1, "low": -0.01, "high": 0.2, "n": 20}}, "clear of zero"),
        ({"nearer": None}, "was not measured"),
        ({"lock": {"shown": 20, "kept": 19, "refused": 0}}, "19 kept"),
        ({"canaries": {"planted": 5, "told": 1}}, "gives away 1"),
        ({"canaries": {"planted": 0, "told": 0}}, "Of 0 sentences"),
    ],
)
def test_an_adapter_that_fails_one_condition_does_not_speak(
    office: Office, ann: Onpoint, figures: dict[str, object], wants: str
) -> None:
    adapter_id = put(office, ann, taught(ann, teaching(ann, "1", 1)))
    as_measured(ann, adapter_id, **figures)
    with pytest.raises(UsageError, match=wants):
        ann.style.promote(adapter_id)
    with pytest.raises(UsageError, match="has passed its gate yet"):
        ann.firm.set("style", "adapter")


def test_where_votes_are_wanted_they_are_counted_by_voter(office: Office, ann: Onpoint) -> None:
    adapter_id = put(office, ann, taught(ann, teaching(ann, "1", 1)))
    as_measured(ann, adapter_id)
    ann.firm.set("style_voters", 1)
    with pytest.raises(UsageError, match="0 of at least 1 lawyers"):
        ann.style.promote(adapter_id)
    with ann._db.transaction(scope=ann.who.scope) as tx:
        (row,) = style.ledger(tx, adapter_id=adapter_id)
    one = {"source": row.source, "plain": "p", "by_adapter": "ours", "by_other": "theirs"}
    as_measured(ann, adapter_id, pairs=[one | {"by_other": f"theirs {n}"} for n in range(3)])
    assert len(ann.style.ballots(adapter_id)) == 3
    for ballot in ann.style.ballots(adapter_id):
        ann.style.vote(ballot.ballot_id, first=ballot.first == "ours")
        with pytest.raises(UsageError, match="voted on it already"):
            ann.style.vote(ballot.ballot_id, first=True)
    assert ann.style.ballots(adapter_id) == ()
    ann.style.promote(adapter_id)


def test_the_switch_the_evidence_the_way_back_and_the_kill_switch(
    office: Office, ann: Onpoint
) -> None:
    made = taught(ann, teaching(ann, "1", 1))
    first, second = put(office, ann, made), put(office, ann, made)
    for adapter_id in (first, second):
        as_measured(ann, adapter_id)
    ann.style.promote(first)
    entry_id = ann.style.promote(second)
    (entry,) = [e for e in ann.trail.entries(action="style.promote") if e.entry_id == entry_id]
    assert entry.detail["holds"] == {"style": True, "content lock": True, "canaries": True}
    assert len(entry.detail["evidence"]["sha256"]) == 64  # type: ignore[index, call-overload]
    assert [now(ann, each).state for each in (first, second)] == ["retired", "promoted"]
    ann.firm.set("style", "adapter")
    other_session = office.hire("eve", "lawyer")
    assert other_session.voices().choices == (Voice.OFF, Voice.PROMPT, Voice.ADAPTER)
    assert ann.style.roll_back(made.dataset.voice_id) == first
    assert [now(ann, each).state for each in (first, second)] == ["promoted", "retired"]
    ann.firm.set("style", "off")
    assert other_session.voices().choices == (Voice.OFF,)
    ann.style.retire(first)
    with pytest.raises(UsageError, match="has passed its gate yet"):
        ann.firm.set("style", "adapter")


def test_a_deleted_adapter_is_off_and_stays_in_the_ledger(
    office: Office, ann: Onpoint, base: Path
) -> None:
    made = taught(ann, teaching(ann, "1", 1, 2))
    adapter = trained(office, ann, made, base)
    as_measured(ann, adapter.adapter_id)
    ann.style.promote(adapter.adapter_id)
    ann.style.remove(adapter.adapter_id)
    assert not ann._house.rules.adapter_speaks()
    assert not office.app._house.workshop.of(adapter.adapter_id).exists()
    assert len(ann.style.ledger(adapter.adapter_id)) == 2


def test_what_is_not_there_is_said_so(ann: Onpoint) -> None:
    nobody = AdapterId(me(ann))
    for act in (ann.style.retire, ann.style.ledger, ann.style.evaluation, ann.style.promote):
        with pytest.raises(NoSuchAdapter):
            act(nobody)
    with pytest.raises(UsageError, match="No adapter speaks"):
        ann.style.roll_back(VoiceId(me(ann)))
    with pytest.raises(UsageError):
        ann.style.make_dataset(" ", filings=[FilingId(me(ann))])
