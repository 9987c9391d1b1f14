"""What other calls refer to: places, people, remedies."""

import pytest

from amends.remedies.remedy import Remedy
from tests import cast

pytestmark = pytest.mark.django_db


def shown(answer, field):
    return {one[field] for one in answer.json()["results"]}


def test_people_see_their_own_places(call):
    cast.place("larder-wells")
    told = call(cast.ana()).get("/places").json()["results"]
    assert [(one["slug"], one["currency"]) for one in told] == [("larder-bath", "GBP")]
    both = {"larder-bath", "larder-wells"}
    assert shown(call(cast.audrey()).get("/places"), "slug") == both


def test_people_see_those_who_work_with_them(call):
    ana = cast.ana()
    cast.ben()
    cleo = cast.person("Cleo Dunn", at=cast.place("larder-wells"))
    assert shown(call(ana).get("/people"), "name") == {"Ana Reyes", "Ben Okafor"}
    assert shown(call(cleo).get("/people"), "name") == {"Cleo Dunn"}


def test_remedies_are_those_of_ones_own_business(call):
    note = cast.remedy("A handwritten note")
    other = cast.business("The Other House")
    Remedy.objects.filter(name="A small gift").update(business=other)
    Remedy.objects.filter(name="Repair").update(is_active=False)
    told = shown(call(cast.ana()).get("/remedies"), "name")
    assert note.name in told
    assert not {"A small gift", "Repair"} & told
