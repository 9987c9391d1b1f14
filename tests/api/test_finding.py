"""What a call means by a name, among what its caller sees."""

import pytest

from amends.api import finding
from amends.api.refusing import Refused
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_place_by_slug_by_ref_or_the_only_one():
    bath = cast.place()
    ana = cast.ana()
    assert {finding.place(ana, name) for name in (bath.slug, bath.ref, "")} == {bath}


def test_of_several_places_one_must_be_named():
    cast.place()
    cast.place("larder-wells")
    assert finding.place_if_any(cast.olive(), "") is None
    with pytest.raises(Refused, match="several places"):
        finding.place(cast.olive(), "")


def test_a_colleague_by_ref_address_or_me():
    ana, ben = cast.ana(), cast.ben()
    for name in (ben.ref, ben.email, ben.email.upper()):
        assert finding.person(ana, name, field="to") == ben
    assert finding.person(ana, "me", field="to") == ana
    assert finding.person_if_any(ana, "", field="to") is None


def test_whoever_works_elsewhere_is_not_found():
    cleo = cast.person("Cleo Dunn", at=cast.place("larder-wells"))
    with pytest.raises(Refused) as no:
        finding.person(cast.ana(), cleo.ref, field="to")
    assert (no.value.status, no.value.errors[0].field) == (422, "to")
