import json

import pytest

from amends.config.exporting import NobodyThere, customer
from amends.customers.merging import Merge
from amends.kit.clock import now
from amends.recovery.timeline import Verb
from tests import cast

pytestmark = pytest.mark.django_db


def test_by_reference_or_address_in_either_way_of_writing():
    recovery = cast.heard()
    finch = recovery.customer
    for whose in (finch.ref, "ROBERT@finch.example"):
        assert json.loads(customer(whose, how="json"))["who"]["name"] == "Robert Finch"
    assert customer(finch.ref, how="csv").startswith("part,record,what,words")


def test_that_it_was_taken_out_is_written_down():
    recovery = cast.heard()
    customer(recovery.customer.ref, how="json")
    assert recovery.timeline.get(verb=Verb.TAKEN_OUT).who == "Amends"


def test_who_was_merged_is_found_as_the_one_they_are():
    finch = cast.finch()
    other = cast.finch(name="Bob Finch", email="bob@finch.example")
    Merge.make(finch, other, by=cast.mona(), at=now())
    assert json.loads(customer(other.ref, how="json"))["who"]["reference"] == finch.ref


def test_nobody_of_that_name_is_said():
    with pytest.raises(NobodyThere, match=r"nobody@x\.example"):
        customer("nobody@x.example", how="json")
