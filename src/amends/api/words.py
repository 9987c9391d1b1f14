"""The kinds of fields that callers send and get: text without traps, moments, money, references."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from amends.api.refusing import wrong
from amends.kit.clock import now

FIRST_YEAR, LAST_YEAR = 1970, 2200
A_MOMENT = timedelta(minutes=5)  # clocks differ
MOST_AT_ONCE = 500


class Told(BaseModel):
    """What a caller sends: these fields, no others."""

    model_config = ConfigDict(extra="forbid")


class Shown(Schema):
    """What a caller gets."""


class Asked(BaseModel):
    """What may be asked of a list. A filter that does not exist is refused, not passed over."""

    after: Annotated[str, Field(max_length=500)] = Field(
        "", description="The cursor of the page before."
    )
    limit: int = Field(50, ge=1, le=100)

    @model_validator(mode="before")
    @classmethod
    def only_these(cls, asked: Any, info: ValidationInfo) -> Any:
        given = info.context["request"].GET if info.context else ()
        for name in given:
            if name not in cls.model_fields:
                raise wrong(name[:40], "There is no such filter here.")
        return asked


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not hold the character NUL")
    return text


def _written(value: object) -> object:
    """Numbers are no moments: 5 is not five seconds into 1970."""
    if not isinstance(value, str | datetime):
        raise ValueError("must be written like 2026-03-01T09:30:00+00:00")
    return value


def _with_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("must say its time zone, like +01:00 or Z")
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise ValueError(f"must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return moment.astimezone(UTC)


def _happened(moment: datetime) -> datetime:
    if moment > now() + A_MOMENT:
        raise ValueError("has not happened yet")
    return moment


def _address(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise ValueError("is not an e-mail address") from None
    return text


def _not_a_flag(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("must be an amount like 12.50")
    return value


def _to_the_penny(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _as_list(told: object) -> object:
    return told if isinstance(told, list) else [told]


Text = Annotated[str, Field(max_length=20_000), AfterValidator(_without_nul)]
Line = Annotated[str, Field(max_length=300), AfterValidator(_without_nul)]
Name = Annotated[str, Field(max_length=200), AfterValidator(_without_nul)]
Short = Annotated[str, Field(max_length=30), AfterValidator(_without_nul)]
OutsideId = Annotated[str, Field(max_length=100), AfterValidator(_without_nul)]
Ref = Annotated[str, Field(max_length=60), AfterValidator(_without_nul)]
PlaceRef = Annotated[
    Ref, Field(description="Slug or ref. Whoever sees only one place leaves it out.")
]
PersonRef = Annotated[Ref, Field(description="Ref, e-mail address, or `me`.")]
Email = Annotated[
    str, Field(max_length=254), AfterValidator(_without_nul), AfterValidator(_address)
]
Phone = Annotated[str, Field(max_length=40), AfterValidator(_without_nul)]
Currency = Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
Money = Annotated[
    Decimal, BeforeValidator(_not_a_flag), Field(ge=0, max_digits=12, decimal_places=2)
]
Amount = Annotated[Decimal, AfterValidator(_to_the_penny)]  # shown, as money is sent
Moment = Annotated[datetime, BeforeValidator(_written), AfterValidator(_with_zone)]
Past = Annotated[Moment, AfterValidator(_happened)]


class OrJustOne:
    """In the description: one of them will do as well."""

    def __get_pydantic_json_schema__(self, schema: Any, describe: Any) -> dict[str, Any]:
        many = describe(schema)
        return {"anyOf": [many["items"], many]}


One = TypeVar("One")
OneOrMany = Annotated[
    list[One],
    Field(min_length=1, max_length=MOST_AT_ONCE),
    BeforeValidator(_as_list),
    OrJustOne(),
]
