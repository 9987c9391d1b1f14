"""Pages of a list by cursor: each knows where the next begins, whatever is added meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

from amends.api.refusing import wrong
from amends.api.words import Asked, Shown

SALT = "amends.api.cursor"
Row = TypeVar("Row", bound=Model)
Shape = TypeVar("Shape")


class Page(Shown, Generic[Shape]):
    """Some of a list, and the cursor with which to ask for more."""

    results: list[Shape]
    after: str | None


@dataclass(frozen=True)
class Cut:
    """The rows of one page."""

    results: list[Any]
    after: str | None


def page(rows: QuerySet[Row], asked: Asked, *, by: str) -> Cut:
    """In the order of one field (`-field`: backwards), rows of equal value by their key."""
    field, down = by.removeprefix("-"), by.startswith("-")
    rows = rows.order_by(by, "-pk" if down else "pk")
    if asked.after:
        rows = rows.filter(_beyond(asked.after, field, by=by, word="lt" if down else "gt"))
    found = list(rows[: asked.limit + 1])
    last = found[asked.limit - 1] if len(found) > asked.limit else None
    after = signing.dumps([by, _plain(getattr(last, field)), last.pk], salt=SALT) if last else None
    return Cut(found[: asked.limit], after)


def sealed(place: str, salt: str) -> str:
    """A place in a list that is no table's: nobody else can make one up."""
    return signing.dumps(place, salt=salt)


def opened(cursor: str, salt: str) -> str:
    try:
        return str(signing.loads(cursor, salt=salt))
    except signing.BadSignature:
        raise wrong("after", "This cursor does not belong to this list.") from None


def _beyond(cursor: str, field: str, *, by: str, word: str) -> Q:
    try:
        order, value, pk = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        order = None
    if order != by:
        raise wrong("after", "This cursor does not belong to this list.")
    return Q(**{f"{field}__{word}": value}) | Q(**{field: value, f"pk__{word}": pk})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
