"""The desk for ethical walls: raised, lowered, and tried out.

A wall keeps a person out of a matter whatever else is true: a place on its team, an admin's
rights. It holds from the next query on, in every open window.
"""

from __future__ import annotations

import time

from core.access.matters import arranged, known
from core.access.permits import Who, permitted
from core.access.probe import Plant, Ways, try_walls
from core.access.trail import record
from core.errors import UsageError
from core.library import matters
from core.library.db import Database
from core.model import MatterId, PersonId, ProbeReport, Wall

LONGEST_REASON = 500


class Walls:
    """Walls around the matters that one person may arrange."""

    desk = "walls"

    def __init__(self, db: Database, who: Who, *, ways: Ways, plant: Plant) -> None:
        self.who = who
        self._db = db
        self._ways = ways
        self._plant = plant

    @permitted
    def on(self, matter_id: MatterId) -> tuple[Wall, ...]:
        """The walls around a matter, by name of the person; none where you may not arrange it."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return matters.walls(tx, matter_id)

    @permitted
    def raise_wall(self, matter_id: MatterId, person_id: PersonId, reason: str) -> None:
        """Keep a person out of a matter. Raises NoSuchMatter and UsageError."""
        scope, reason = self.who.scope, _checked(reason)
        with self._db.transaction(scope=scope) as tx:
            arranged(tx, matter_id)
            person = known(tx, person_id)
            # Before it stands: whoever raises one against himself sees no more of the matter.
            record(
                tx,
                "wall.raise",
                subject=person.login,
                matter_id=matter_id,
                detail={"reason": reason},
            )
            matters.raise_wall(tx, scope, matter_id, person_id, reason)

    @permitted
    def lower(self, matter_id: MatterId, person_id: PersonId) -> None:
        """Let a person in again, who then has what the team gives. Raises NoSuchMatter."""
        with self._db.transaction(scope=self.who.scope) as tx:
            arranged(tx, matter_id)
            walls = {wall.person.person_id: wall for wall in matters.walls(tx, matter_id)}
            if matters.lower_wall(tx, matter_id, person_id):
                subject = walls[person_id].person.login
                record(tx, "wall.lower", subject=subject, matter_id=matter_id)

    @permitted
    def probe(self, person_id: PersonId) -> ProbeReport:
        """Try whether a wall holds a person: a matter made up for it is looked for as them.

        Everything they can ask is asked without the matter, then with it; every byte must be the
        same. It is there for some seconds and nobody else is shown it. Raises UsageError.
        """
        if person_id == self.who.person().person_id:
            raise UsageError("Have another admin try your own walls.")
        started, scope = time.perf_counter(), self.who.scope
        with self._db.transaction(scope=scope) as tx:
            person, walls = known(tx, person_id), matters.count_walls(tx, person_id)
        checks = try_walls(self._db, scope, person, self._ways(person_id), self._plant)
        report = ProbeReport(
            person=person,
            walls=walls,
            checks=checks,
            seconds=time.perf_counter() - started,
        )
        with self._db.transaction(scope=scope) as tx:
            record(tx, "wall.probe", subject=person.login, detail={"holds": report.holds})
        return report


def _checked(reason: str) -> str:
    clean = " ".join(reason.split())
    if not clean:
        raise UsageError("Say why the wall is raised: it is read by whoever wants to lower it.")
    if len(clean) > LONGEST_REASON:
        raise UsageError(f"The reason for a wall has at most {LONGEST_REASON} characters.")
    return clean
