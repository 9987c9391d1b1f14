"""Which column holds what."""

import pytest

from amends.customers.importing.columns import Field, Kind, NotUnderstood, guess

OLIST = [
    "order_id",
    "customer_id",
    "order_status",
    "order_purchase_timestamp",
    "order_delivered_customer_date",
    "order_estimated_delivery_date",
    "customer_unique_id",
]
GIFTS = ["InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]


def read(kind, heads, *told):
    found = guess(Kind(kind), heads, told=told)
    return {str(name): source.told(heads) for name, source in found.sources.items()}


def test_columns_are_guessed_from_their_headings():
    assert read("orders", OLIST) == {
        "id": "order_id",
        "customer": "customer_unique_id",
        "ordered_at": "order_purchase_timestamp",
        "promised_on": "order_estimated_delivery_date",
        "delivered_at": "order_delivered_customer_date",
        "status": "order_status",
    }
    assert guess(Kind.ORDERS, OLIST).unread == ["customer_id"]


def test_quantity_and_price_make_the_sum_of_an_order():
    assert read("orders", GIFTS)["amount"] == (
        "the sum of Quantity × UnitPrice over the rows of each order"
    )
    assert "amount" not in read("orders", ["InvoiceNo", "Quantity"])


def test_a_first_name_and_a_surname_make_a_name():
    assert read("customers", ["Vorname", "Nachname", "E-Mail"]) == {
        "email": "E-Mail",
        "name": "Vorname + Nachname",
    }


@pytest.mark.parametrize(
    ("told", "field", "found"),
    [
        ("amount=Quantity*UnitPrice", "amount", "Quantity × UnitPrice"),
        ("amount=sum(UnitPrice)", "amount", "the sum of UnitPrice over the rows of each order"),
        ("currency==BRL", "currency", "“BRL” for every row"),
        ("name=country + customerid", "name", "Country + CustomerID"),
        ("customer=Country", "customer", "Country"),
        ("ordered_at=", "ordered_at", None),
    ],
)
def test_a_word_changes_the_guess(told, field, found):
    assert read("orders", GIFTS, told).get(field) == found


@pytest.mark.parametrize(
    "told", ["amount=Nothing", "colour=Country", "amount", "amount=a*b", "customer=sum(Country)"]
)
def test_what_is_not_understood_is_said_with_what_there_is(told):
    with pytest.raises(NotUnderstood, match="The (columns|fields)|only the amount"):
        guess(Kind.ORDERS, GIFTS, told=[told])


def test_a_column_is_read_once():
    found = guess(Kind.ORDERS, GIFTS, told=["email=CustomerID"])
    assert Field.CUSTOMER not in found
    assert Field.AMOUNT in found.without(Field.EMAIL)
