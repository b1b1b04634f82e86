"""An entry of the audit trail in one sentence for the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.access.settled import table
from core.library.audit import Written

LONGEST_VALUE = 60


def tell(entry: Written) -> str:
    """Say what was done, as one who looks over somebody's shoulder would."""
    teller = _TELLERS.get(entry.action)
    if teller is not None:
        return teller(entry)
    noun, _, verb = entry.action.partition(".")
    said = f"{noun.replace('_', ' ')}: {verb.replace('_', ' ')}" if verb else noun.replace("_", " ")
    return f"{said[:1].upper()}{said[1:]}" + (f" ({entry.subject})" if entry.subject else "")


def _setting(entry: Written) -> str:
    kept = table().get(entry.subject)
    label = f"{kept.group}, {kept.label.lower()}" if kept else entry.subject
    detail = entry.detail
    if kept is not None and kept.typed == "card":
        return f"{label}: {'taken away' if detail.get('to') is None else 'another was chosen'}"
    if detail.get("secret"):
        return f"{label}: {'taken away' if detail.get('to') is None else 'given anew'}"
    return f"{label}: from {_value(detail.get('from'))} to {_value(detail.get('to'))}"


def _value(value: object) -> str:
    if value is None:
        return "the default"
    if isinstance(value, bool):
        return "on" if value else "off"
    written = str(value)
    if written.startswith("data:"):
        return "a picture"
    return written if len(written) <= LONGEST_VALUE else f"{written[:LONGEST_VALUE]} …"


def _tried(entry: Written) -> str:
    kept = table().get(entry.subject)
    label = f"{kept.group}, {kept.label.lower()}" if kept else entry.subject
    return f"{label}: tried, {'it works' if entry.detail.get('passed') else 'it does not work'}"


def _searched(entry: Written) -> str:
    return f"Searched and was shown {_passages(entry.detail)}{_by_token(entry)}"


def _asked(entry: Written) -> str:
    standing = entry.detail.get("standing")
    words = f"Asked; the answer ({standing}) rests on {_passages(entry.detail)}"
    return f"{words}{_by_token(entry)}"


def _by_token(entry: Written) -> str:
    name = entry.detail.get("token")
    return f", by the API token {name}" if name else ""


def _read(entry: Written) -> str:
    return f"Read {entry.detail.get('name') or entry.subject}"


def _passages(detail: Mapping[str, object]) -> str:
    seen = detail.get("seen")
    n = len(seen) if isinstance(seen, list) else 0  # pyright: ignore[reportUnknownArgumentType]
    return "one passage" if n == 1 else f"{n} passages"


def _refused(entry: Written) -> str:
    whom = entry.subject or "a name that nobody has"
    return f"A sign-in as {whom} was refused, from {entry.detail.get('address')}"


def _uses(entry: Written) -> str:
    uses = entry.detail.get("for")
    given = map(str, uses) if isinstance(uses, list) else ()  # pyright: ignore[reportUnknownArgumentType]
    return f"to {' and '.join(given)}, for {entry.detail.get('days')} days"


def _as(entry: Written) -> str:
    roles = entry.detail.get("to")
    given = map(str, roles) if isinstance(roles, list) else ()  # pyright: ignore[reportUnknownArgumentType]
    return "as " + (" and ".join(given) or "somebody without rights")


def _confirmed(detail: Mapping[str, object], what: str) -> str:
    n = detail.get("n")
    return f"read source {n} of {what}" if n else f"reviewed {what}"


_TELLERS: dict[str, Callable[[Written], str]] = {
    "setting.set": _setting,
    "setting.unset": _setting,
    "setting.test": _tried,
    "search": _searched,
    "search.filings": lambda entry: (
        f"Was shown {_passages(entry.detail)} of filings{_by_token(entry)}"
    ),
    "case.filings": lambda entry: f"Was shown {_passages(entry.detail)} of filings on a case",
    "ask.filings": lambda entry: f"Was shown {_passages(entry.detail)} of filings on a question",
    "filing.read": lambda entry: f"Read the filing {entry.subject}",
    "filing.add": lambda entry: f"Added the filing {entry.subject}",
    "filing.take": lambda entry: f"Took a copy of the file {entry.subject}",
    "filing.remove": lambda entry: f"Removed the filing {entry.subject}",
    "filing.describe": lambda entry: f"Said what the filing {entry.subject} is",
    "filing.replace": lambda entry: (
        f"Let {entry.detail.get('name')} take the place of the filing {entry.subject}"
    ),
    "filing.reread": lambda entry: f"Had the file {entry.subject} read again",
    "filing.reinstate": lambda entry: f"Let the filing {entry.subject} be found again",
    "opinion.publish": lambda entry: f"Put the opinion {entry.subject} on the public shelf",
    "matter.open": lambda entry: f"Opened matter {entry.subject}",
    "matter.change": lambda entry: f"Changed matter {entry.subject}",
    "matter.remove": lambda entry: f"Removed matter {entry.subject}",
    "team.add": lambda entry: f"Added {entry.subject} to the team",
    "team.leave": lambda entry: f"Took {entry.subject} off the team",
    "wall.raise": lambda entry: f"Raised a wall: {entry.subject} is kept out",
    "wall.lower": lambda entry: f"Lowered the wall for {entry.subject}",
    "wall.probe": lambda entry: f"Tried the walls of {entry.subject}",
    "account.sign_in": lambda entry: f"Signed in from {entry.detail.get('address')}",
    "account.sign_out": lambda _: "Signed out",
    "account.join": lambda entry: f"Chose a password by a link, from {entry.detail.get('address')}",
    "account.password": lambda _: "Changed the password",
    "account.voice": lambda entry: (
        f"Chose a usual voice: {entry.detail.get('voice') or 'as the firm does'}"
    ),
    "account.refused": _refused,
    "token.make": lambda entry: f"Made the API token {entry.subject}, {_uses(entry)}",
    "token.revoke": lambda entry: (
        f"Revoked the API token {entry.subject} of {entry.detail.get('of')}"
    ),
    "person.invite": lambda entry: f"Invited {entry.subject} {_as(entry)}",
    "person.roles": lambda entry: f"{entry.subject} may act from now on {_as(entry)}",
    "person.reset": lambda entry: f"Took the password of {entry.subject} away, for a new one",
    "person.disable": lambda entry: f"Shut {entry.subject} out",
    "person.enable": lambda entry: f"Let {entry.subject} in again",
    "person.sign_out": lambda entry: f"Signed {entry.subject} out everywhere",
    "ask": _asked,
    "bench.run": lambda entry: f"Tried ways of answering and was shown {_passages(entry.detail)}",
    "draft.begin": lambda _: "Saved an answer to a matter as a draft",
    "draft.save": lambda entry: f"Saved version {entry.detail.get('version')} of a draft",
    "draft.rename": lambda _: "Gave a draft another title",
    "draft.remove": lambda _: "Removed a draft",
    "draft.confirm": lambda entry: f"Confirmed having {_confirmed(entry.detail, 'a draft')}",
    "draft.withdraw": lambda entry: f"Took back having {_confirmed(entry.detail, 'a draft')}",
    "draft.export": lambda entry: (
        f"Took a copy of version {entry.detail.get('version')} of a draft"
    ),
    "draft.statement": lambda _: "Took a copy of the statement on the use of AI in a draft",
    "trace.confirm": lambda entry: f"Confirmed having {_confirmed(entry.detail, 'an answer')}",
    "trace.withdraw": lambda entry: f"Took back having {_confirmed(entry.detail, 'an answer')}",
    "trace.put": lambda _: "Put the record of an answer with a matter",
    "trace.export": lambda entry: (
        "Took a copy of the record of an answer as a "
        + ("diligence log" if entry.detail.get("kind") == "log" else "statement on the use of AI")
    ),
    "trace.forget": lambda entry: (
        f"{entry.detail.get('records')} records of answers were forgotten, as retention says"
    ),
    "read": _read,
    "limit": lambda entry: f"Stopped at the limit of {entry.subject}",
    "trail.export": lambda entry: f"Took a copy of the trail as {entry.subject}",
    "trail.forget": lambda _: "The words of old questions were forgotten, as retention says",
}
