"""Public references: random, so that nobody can count or guess them, and easy to read aloud."""

import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LETTERS = ALPHABET.encode() * 8  # one for each byte, each as likely as the next


def new_ref(length: int = 10) -> str:
    """A fresh reference in lower-case Crockford base32: no i, l, o or u to be misread."""
    return next(new_refs(1, length))


def new_refs(count: int, length: int = 10) -> Iterator[str]:
    """So many at once: the system is asked for chance once."""
    letters = secrets.token_bytes(count * length).translate(LETTERS).decode("ascii")
    for start in range(0, len(letters), length):
        yield letters[start : start + length]


class RefField(Text):
    """What a row goes by outside. Nobody asks for it by how it begins, for which PostgreSQL would
    otherwise keep a second index."""

    def __init__(self, *given: Any, **named: Any) -> None:
        usual: Any = {"max_length": 16, "unique": True, "default": new_ref, "editable": False}
        super().__init__(*given, **(usual | named))

    def db_type(self, connection: Any) -> str | None:
        """Django looks for «varchar» before it makes that index; this is the same by its long name."""
        spelt = super().db_type(connection)
        return spelt and spelt.replace("varchar(", "character varying(")
