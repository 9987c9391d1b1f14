import csv
import io
import json
from decimal import Decimal

import pytest

from amends.customers.merging import Merge
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.held import as_csv, as_json, held_of, known_of
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lived():
    recovery = cast.agreed()
    customer = recovery.customer
    journey.order(
        customer=customer,
        outside_id="A-7",
        place=recovery.place,
        amount=Decimal("42.50"),
        currency="GBP",
    )
    journey.note(recovery, words="She is trouble, says Ben.", by=cast.ana())
    journey.give_idea(recovery, words="Fry it on a rack.")
    return recovery


def test_everything_they_told_us_and_we_told_them_is_in_it(lived):
    written = as_json(held_of(lived.customer))
    for told in (
        "Robert Finch",
        "robert@finch.example",
        "A-7",
        "42.50",
        cast.STORY,
        cast.RESTATED,
        cast.SORRY,
        cast.WISH,
        "Fry it on a rack.",
        "Refund",
    ):
        assert told in written
    told = json.loads(written)
    assert told["who"]["name"] == "Robert Finch"
    assert len(told["what went wrong"]) == 1


def test_s0_13_what_people_here_wrote_for_one_another_is_not_in_it(lived):
    assert "trouble" not in as_json(held_of(lived.customer))


def test_as_a_table_there_is_one_line_for_each_fact(lived):
    rows = list(csv.reader(io.StringIO(as_csv(held_of(lived.customer)))))
    assert rows[0] == ["part", "record", "what", "words"]
    assert ["who", "1", "name", "Robert Finch"] in rows
    assert ["orders", "1", "amount", "42.50"] in rows
    assert all(len(row) == 4 for row in rows)


def test_cve_2014_3524_no_cell_is_a_formula(lived):
    lived.customer.described(name="=HYPERLINK(1)", values="+44", dislikes="@cmd")
    rows = list(csv.reader(io.StringIO(as_csv(held_of(lived.customer)))))
    assert not any(row[3][:1] in ("=", "+", "@", "-") for row in rows)


def test_whoever_was_merged_is_in_it_with_their_name(lived):
    other = cast.finch(name="Bob Finch", email="bob@finch.example")
    Merge.make(lived.customer, other, by=cast.mona(), at=now())
    told = known_of(lived.customer)
    assert told["who"]["other names"] == ["Bob Finch"]
    assert "bob@finch.example" in [way["value"] for way in told["how we reach you"]]


def test_of_a_stranger_there_is_little(lived):
    told = held_of(cast.finch(name="Jo Lane", email="jo@lane.example"))
    assert told["orders"] == told["what went wrong"] == []
