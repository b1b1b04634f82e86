"""Everything Onpoint may say went wrong, as one tree.

    OnpointError
    ├── UsageError              the request itself makes no sense
    ├── LibraryError
    │   ├── DatabaseUnavailable
    │   ├── DatabaseUnfit       wrong extension, newer schema, wrong role
    │   └── EncoderMismatch
    ├── ImportFailed
    ├── EncoderUnavailable
    └── ModelFailed             the language model: timeout, refusal, garbage

The message is fit for the screen: what happened, what is safe, what to do. `code` is stable.
"""


class OnpointError(Exception):
    """Something Onpoint can state plainly."""

    code = "onpoint"


class UsageError(OnpointError):
    """The request itself makes no sense."""

    code = "usage"


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
