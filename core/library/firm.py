"""What the firm has settled, and what each person has used of what is limited."""

from __future__ import annotations

from core.library.db import Database, Reader, Transaction
from core.model import PersonId


def settled(db: Reader) -> dict[str, object]:
    """Return the settings made in the browser, by name, as JSON has them; secrets locked up."""
    return dict(db.rows("select_firm_settings", _pair))


def hold(transaction: Transaction) -> None:
    """Let nobody else change a setting until the transaction ends."""
    transaction.execute("lock_firm_settings")


def settled_now(db: Reader, name: str) -> object | None:
    """Return one setting; None where not made."""
    return db.value("select_firm_setting", name=name)


def settle(transaction: Transaction, name: str, value: str) -> None:
    """Make a setting; `value` is JSON."""
    transaction.execute("upsert_firm_setting", name=name, value=value)


def unsettle(transaction: Transaction, name: str) -> None:
    transaction.execute("delete_firm_setting", name=name)


def spend(
    db: Database, person_id: PersonId, what: str, amount: int, *, period: str, most: int
) -> bool:
    """Count what a person uses in this 'hour' or on this 'day', unless it would be over `most`.

    Counts are exact whoever else counts at the same time, and outlive every process.
    """
    given: dict[str, object] = {"person_id": person_id, "what": what, "period": period}
    used = db.value("spend_allowance", amount=amount, most=most, **given)
    if used == amount:
        with db.transaction() as transaction:
            transaction.execute("delete_old_allowances", person_id=person_id)
    return used is not None


def add_used(db: Database, person_id: PersonId, what: str, amount: int, *, period: str) -> None:
    """Count what a person has used already."""
    with db.transaction() as transaction:
        transaction.execute(
            "add_to_allowance", person_id=person_id, what=what, amount=amount, period=period
        )


def used(db: Reader, person_id: PersonId, what: str, *, period: str) -> int:
    """Return how much a person has used in this 'hour' or on this 'day'."""
    found = db.value("select_allowance", person_id=person_id, what=what, period=period)
    return found if isinstance(found, int) else 0


def _pair(*, name: str, value: object) -> tuple[str, object]:
    return name, value
