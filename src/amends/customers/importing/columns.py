"""Which column of a table holds what: guessed from its heading, shown, and changed by a word."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from amends.kit.errors import Impossible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class NotUnderstood(Impossible):
    """What was asked for cannot be done with this file. The words are for who asked."""

    code = "not-understood"


class Kind(StrEnum):
    """What a row of the table is about."""

    CUSTOMERS = "customers"
    ORDERS = "orders"
    VISITS = "visits"
    RATINGS = "ratings"


class Sort(StrEnum):
    TEXT = "text"
    MOMENT = "moment"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"
    FLAG = "yes or no"


class Field(StrEnum):
    """What is asked for; also the name to use in --map."""

    ID = "id"
    CUSTOMER = "customer"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PLACE = "place"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    CURRENCY = "currency"
    ORDERED_AT = "ordered_at"
    PROMISED_ON = "promised_on"
    DELIVERED_AT = "delivered_at"
    CANCELLED_AT = "cancelled_at"
    STATUS = "status"
    REFUNDED = "refunded"
    SHORT = "short"
    AT = "at"
    EXPECTED_AT = "expected_at"
    ARRIVED_AT = "arrived_at"
    LEFT_AT = "left_at"
    TABLE = "table"
    ORDER = "order"
    SCORE = "score"
    BEST = "best"
    WORDS = "words"
    VALUES = "values"
    DISLIKES = "dislikes"


SORTS = {
    Field.AMOUNT: Sort.MONEY,
    Field.UNIT_PRICE: Sort.MONEY,
    Field.REFUNDED: Sort.MONEY,
    Field.QUANTITY: Sort.NUMBER,
    Field.SCORE: Sort.NUMBER,
    Field.BEST: Sort.NUMBER,
    Field.PROMISED_ON: Sort.DAY,
    Field.SHORT: Sort.FLAG,
    **dict.fromkeys(
        (
            Field.ORDERED_AT,
            Field.DELIVERED_AT,
            Field.CANCELLED_AT,
            Field.AT,
            Field.EXPECTED_AT,
            Field.ARRIVED_AT,
            Field.LEFT_AT,
        ),
        Sort.MOMENT,
    ),
}
WHO = {
    Field.CUSTOMER: "customeruniqueid customerid customernumber customerno custid clientid "
    "kundennummer kundennr clienteid idclient householdid memberid accountid accountnumber userid "
    "guestid customerref customer",
    Field.EMAIL: "customeremail emailaddress email mail emailadresse courriel correo contactemail "
    "billingemail buyeremail",
    Field.PHONE: "phone phonenumber telephone telephonenumber mobile mobilephone tel telefon "
    "telefono handy customerphone billingphone",
    Field.NAME: "customername fullname name buyername clientname kundenname guestname billingname",
    Field.FIRST_NAME: "firstname givenname vorname prenom nombre billingfirstname",
    Field.LAST_NAME: "lastname surname familyname nachname apellido billinglastname",
    Field.PLACE: "place branch shop store location outlet storeid shopid branchid filiale",
}
PAID = {
    Field.AMOUNT: "amount total ordertotal totalamount grandtotal totalprice paymentvalue "
    "salesvalue revenue ordervalue sum betrag summe gesamtbetrag gesamt montant importe value bill",
    Field.CURRENCY: "currency currencycode waehrung devise moneda",
}
NAMES: dict[Kind, dict[Field, str]] = {
    Kind.CUSTOMERS: {
        Field.ID: f"id {WHO[Field.CUSTOMER]}",
        **{field: names for field, names in WHO.items() if field != Field.CUSTOMER},
        Field.VALUES: "values likes notes preferences notizen",
        Field.DISLIKES: "dislikes avoid",
    },
    Kind.ORDERS: {
        Field.ID: "orderid ordernumber orderno order invoiceno invoicenumber invoiceid invoice "
        "basketid receiptid receiptno transactionid bestellnummer bestellnr rechnungsnummer "
        "pedidoid commandeid number reference id",
        **WHO,
        **PAID,
        Field.QUANTITY: "quantity qty menge units anzahl quantite cantidad",
        Field.UNIT_PRICE: "unitprice priceperunit price einzelpreis stueckpreis prixunitaire",
        Field.ORDERED_AT: "orderedat orderdate orderpurchasetimestamp purchasedate purchasedat "
        "invoicedate createdat created date datetime timestamp ts bestelldatum datum fecha "
        "transactiondate paidat time",
        Field.PROMISED_ON: "promisedon promiseddate orderestimateddeliverydate "
        "estimateddeliverydate estimateddelivery expecteddelivery deliveryby duedate lieferdatum",
        Field.DELIVERED_AT: "deliveredat orderdeliveredcustomerdate delivereddate deliverydate "
        "deliveredon delivered zugestelltam",
        Field.CANCELLED_AT: "cancelledat canceledat cancelledon cancellationdate storniertam",
        Field.STATUS: "orderstatus status state financialstatus fulfillmentstatus bestellstatus",
        Field.REFUNDED: "refunded refund refundamount refundedamount amountrefunded erstattet",
        Field.SHORT: "short incomplete missingitems partial unvollstaendig",
    },
    Kind.VISITS: {
        Field.ID: "visitid bookingid reservationid bookingnumber bookingno reservation booking "
        "buchungsnummer appointmentid receiptid reference id",
        **WHO,
        **PAID,
        Field.AT: "date datetime visitdate visitedat bookingdate reservationdate start starttime "
        "startsat when at timestamp datum fecha",
        Field.EXPECTED_AT: "expectedat expected bookedfor appointment arrivaltime",
        Field.ARRIVED_AT: "arrivedat arrived checkin checkedin checkinat seatedat",
        Field.LEFT_AT: "leftat left checkout checkedout checkoutat end endtime",
        Field.TABLE: "table tableno tablenumber room tisch mesa",
        Field.STATUS: "status state bookingstatus",
        Field.CANCELLED_AT: "cancelledat canceledat cancelledon",
    },
    Kind.RATINGS: {
        Field.ID: "ratingid reviewid feedbackid surveyid responseid id",
        Field.ORDER: "orderid ordernumber orderno order invoiceno",
        **WHO,
        Field.SCORE: "score rating reviewscore stars points note bewertung sterne nps csat",
        Field.BEST: "best outof maximum maxscore scale",
        Field.WORDS: "words comment reviewcommentmessage reviewtext review message text feedback "
        "kommentar",
        Field.AT: "at ratedat reviewcreationdate reviewdate createdat created date timestamp "
        "reviewanswertimestamp submittedat datum",
    },
}
NEEDED = {
    Kind.CUSTOMERS: (),
    Kind.ORDERS: (Field.ORDERED_AT,),
    Kind.VISITS: (),
    Kind.RATINGS: (Field.SCORE, Field.AT),
}


@dataclass(frozen=True)
class Source:
    """Where a field is read: of one column, of two multiplied, of several joined by a blank, or the
    same word for every row; `summed` over the rows of one order."""

    columns: tuple[int, ...] = ()
    joined_by: str = ""
    word: str | None = None
    summed: bool = False

    def told(self, heads: Sequence[str]) -> str:
        if self.word is not None:
            return f"“{self.word}” for every row"
        names = {"*": " × ", "+": " + "}.get(self.joined_by, "").join(
            heads[c] for c in self.columns
        )
        return f"the sum of {names} over the rows of each order" if self.summed else names


@dataclass(frozen=True)
class Mapping:
    """What is read from where, and the columns nobody reads."""

    kind: Kind
    heads: tuple[str, ...]
    sources: dict[Field, Source]

    def __contains__(self, field: object) -> bool:
        return field in self.sources

    def without(self, field: Field) -> Mapping:
        left = {name: source for name, source in self.sources.items() if name != field}
        return Mapping(self.kind, self.heads, left)

    @property
    def unread(self) -> list[str]:
        read = {column for source in self.sources.values() for column in source.columns}
        return [head for n, head in enumerate(self.heads) if n not in read]


def guess(kind: Kind, heads: Sequence[str], *, told: Iterable[str] = ()) -> Mapping:
    """What the headings say; `told` are the words of --map, like `amount=Quantity*Unit price`."""
    given = dict(_told(kind, one, heads) for one in told)
    taken = {column for source in given.values() if source for column in source.columns}
    spelt = {_key(head): n for n, head in reversed(list(enumerate(heads)))}
    sources: dict[Field, Source] = {}
    for field, names in NAMES[kind].items():
        if field in given:
            continue
        found = next((spelt[name] for name in names.split() if name in spelt), None)
        if found is not None and found not in taken:
            sources[field] = Source((found,))
            taken.add(found)
    sources |= {field: source for field, source in given.items() if source}
    return Mapping(kind, tuple(heads), _put_together(sources))


def _put_together(sources: dict[Field, Source]) -> dict[Field, Source]:
    """Quantity and price make an amount, a first name and a surname one name."""
    quantity, price = sources.pop(Field.QUANTITY, None), sources.pop(Field.UNIT_PRICE, None)
    if quantity and price and Field.AMOUNT not in sources:
        both = (*quantity.columns, *price.columns)
        sources[Field.AMOUNT] = Source(both, "*", summed=True)
    first, last = sources.pop(Field.FIRST_NAME, None), sources.pop(Field.LAST_NAME, None)
    if Field.NAME not in sources and (first or last):
        both = tuple(c for one in (first, last) if one for c in one.columns)
        sources[Field.NAME] = Source(both, "+")
    return sources


def _told(kind: Kind, words: str, heads: Sequence[str]) -> tuple[Field, Source | None]:
    name, sign, value = words.partition("=")
    field = next((one for one in NAMES[kind] if one == name.strip().lower()), None)
    if field is None or not sign:
        known = ", ".join(NAMES[kind])
        raise NotUnderstood(f"--map {words}: say FIELD=COLUMN. The fields of {kind} are: {known}.")
    value = value.strip()
    if not value:
        return field, None
    if value.startswith("="):
        return field, Source(word=value[1:].strip())
    is_summed = value.lower().startswith("sum(") and value.endswith(")")
    inside = value[4:-1] if is_summed else value
    if is_summed and (kind, field) != (Kind.ORDERS, Field.AMOUNT):
        raise NotUnderstood(f"--map {words}: only the amount of an order can be a sum.")
    return field, _source(inside, heads, words, is_summed)


def _source(value: str, heads: Sequence[str], words: str, is_summed: bool) -> Source:
    """A heading may itself hold a sign: the whole name comes first."""
    spelt = {_key(head): n for n, head in reversed(list(enumerate(heads)))}
    for sign in ("", "*", "+"):
        parts = value.split(sign) if sign else [value]
        columns = [_column(part, heads, spelt) for part in parts]
        if all(column is not None for column in columns) and (len(columns) > 1 or not sign):
            return Source(tuple(c for c in columns if c is not None), sign, summed=is_summed)
    known = ", ".join(heads)
    raise NotUnderstood(f"--map {words}: there is no such column. The columns are: {known}.")


def _column(name: str, heads: Sequence[str], spelt: dict[str, int]) -> int | None:
    name = name.strip()
    return heads.index(name) if name in heads else spelt.get(_key(name)) if _key(name) else None


def _key(head: str) -> str:
    """«E-Mail (Adresse)» is «emailadresse»."""
    plain = head.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in apart if c.isalnum())
