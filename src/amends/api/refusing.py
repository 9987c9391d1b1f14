"""A call that is not taken, and the field that is to blame. Knows nothing of the API's library, which
the models of the API would otherwise load into every process."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """One field that cannot be taken as it is, and why."""

    field: str
    message: str


class Refused(Exception):
    """A call that is not taken. The words are for whoever wrote the calling programme."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        code: str,
        errors: tuple[Wrong, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.code = status, detail, code
        self.errors, self.headers = errors, headers


def wrong(field: str, message: str) -> Refused:
    """The 422 that names a field."""
    return Refused(422, f"{field}: {message}", code="invalid", errors=(Wrong(field, message),))
