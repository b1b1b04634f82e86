"""Everything Onpoint may say went wrong, as one tree.

    OnpointError
    ├── UsageError              the request itself makes no sense
    ├── NotSignedIn
    ├── SignInRefused           the same words, whatever it was that did not fit
    │   ├── LinkSpent           used, or out of time
    │   └── Throttled           too many failures: wait, then try again
    ├── NotAllowed              signed in, but not for this
    ├── LimitReached            more than the firm allows one person
    ├── NoSuchPerson
    ├── NoSuchMatter            there is none, or none for this person: the two are told alike
    ├── NoSuchFiling            the same of a filing
    ├── NoSuchRecord            the same of the record of an answer
    ├── NoSuchCard              the same of a style card
    ├── NoSuchDraft             the same of a draft
    ├── NoSuchAdapter           there is no such adapter of a style model
    ├── LibraryError
    │   ├── DatabaseUnavailable
    │   ├── DatabaseUnfit       wrong extension, newer schema, wrong role
    │   └── EncoderMismatch
    ├── ImportFailed
    ├── EncoderUnavailable
    ├── TrainingUnavailable     the extra packages that train a style model are not installed
    └── ModelFailed             the language model: timeout, refusal, garbage

The message is fit for the screen: what happened, what is safe, what to do. `code` is stable.
"""


class OnpointError(Exception):
    """Something Onpoint can state plainly."""

    code = "onpoint"


class UsageError(OnpointError):
    """The request itself makes no sense."""

    code = "usage"


class NotSignedIn(OnpointError):
    """Please sign in."""

    code = "not_signed_in"

    def __init__(self, message: str = "Please sign in.") -> None:
        super().__init__(message)


class SignInRefused(OnpointError):
    """This name and this password do not fit. Mind capitals and spaces, and try again."""

    code = "sign_in_refused"

    def __init__(
        self,
        message: str = "This name and this password do not fit. Mind capitals and spaces, "
        "and try again.",
    ) -> None:
        super().__init__(message)


class LinkSpent(SignInRefused):
    """The link was used, or has run out."""

    code = "link_spent"

    def __init__(self) -> None:
        super().__init__(
            "This link does not work any more: it was used, or its time has run out. Ask an "
            "administrator for a new one."
        )


class Throttled(SignInRefused):
    """Too many sign-ins have failed. Wait a little, then try again."""

    code = "throttled"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many sign-ins have failed. Try again in {_waiting(seconds)}.")
        self.seconds = seconds


class NotAllowed(OnpointError):
    """You may not do this."""

    code = "not_allowed"


class LimitReached(OnpointError):
    """You have used what the firm allows one person."""

    code = "limit_reached"

    def __init__(self, message: str, *, seconds: int | None = None) -> None:
        super().__init__(message)
        # Until one may go on; None where waiting does not help.
        self.seconds = seconds


class NoSuchPerson(OnpointError):
    """There is no such person."""

    code = "no_such_person"

    def __init__(self, message: str = "There is no such person.") -> None:
        super().__init__(message)


class NoSuchMatter(OnpointError):
    """There is no such matter."""

    code = "no_such_matter"

    def __init__(self, message: str = "There is no such matter.") -> None:
        super().__init__(message)


class NoSuchFiling(OnpointError):
    """There is no such filing."""

    code = "no_such_filing"

    def __init__(self, message: str = "There is no such filing.") -> None:
        super().__init__(message)


class NoSuchRecord(OnpointError):
    """There is no such record, or it is not kept any more."""

    code = "no_such_record"

    def __init__(
        self, message: str = "There is no such record, or it is not kept any more."
    ) -> None:
        super().__init__(message)


class NoSuchCard(OnpointError):
    """There is no such style card."""

    code = "no_such_card"

    def __init__(self, message: str = "There is no such style card.") -> None:
        super().__init__(message)


class NoSuchDraft(OnpointError):
    """There is no such draft."""

    code = "no_such_draft"

    def __init__(self, message: str = "There is no such draft.") -> None:
        super().__init__(message)


class NoSuchAdapter(OnpointError):
    """There is no such adapter."""

    code = "no_such_adapter"

    def __init__(self, message: str = "There is no such adapter.") -> None:
        super().__init__(message)


class LibraryError(OnpointError):
    """The library cannot answer."""

    code = "library"


class DatabaseUnavailable(LibraryError):
    """The database does not answer. Nothing is lost; try again in a moment."""

    code = "database_unavailable"


class DatabaseUnfit(LibraryError):
    """The database answers but cannot be used as it is."""

    code = "database_unfit"


class EncoderMismatch(LibraryError):
    """The encoder on disk is not the one the library's vectors were made with."""

    code = "encoder_mismatch"


class ImportFailed(OnpointError):
    """An import could not go on; what was imported stays, run it again to go on."""

    code = "import_failed"


class EncoderUnavailable(OnpointError):
    """The encoder could not be loaded."""

    code = "encoder_unavailable"


class ModelFailed(OnpointError):
    """The language model did not give a usable answer."""

    code = "model_failed"


def _waiting(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'s' if minutes != 1 else ''}"


class TrainingUnavailable(OnpointError):
    """The packages that train a style model are not installed here."""

    code = "training_unavailable"

    def __init__(
        self,
        message: str = "The packages that train and run a style model are not installed here. "
        'Install them with: pip install "onpoint[train]"',
    ) -> None:
        super().__init__(message)
