"""Taking the words out of rows whose figures stay: every text column, but for those named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Collection


def blank(rows: models.QuerySet[Any], *, keep: Collection[str] = ()) -> int:
    """How many rows have no words any more."""
    empty = dict.fromkeys(columns_of_words(rows.model, keep=keep), "")
    empty |= {f.name: f.get_default() for f in _columns(rows.model, models.JSONField, keep)}
    return rows.order_by().update(**empty) if empty else 0


def columns_of_words(model: type[models.Model], *, keep: Collection[str] = ()) -> list[str]:
    """Not those that hold one of a few choices, and not those by which a row is known."""
    kinds = (models.CharField, models.TextField)
    return [f.name for f in _columns(model, kinds, keep) if not f.choices]


def _columns(model: type[models.Model], kinds: Any, keep: Collection[str]) -> list[Any]:
    by_which_known = {
        name
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint)
        for name in one.fields
    }
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and not (field.unique or field.name in keep or field.name in by_which_known)
    ]
