import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.conversation import Join, PartAgain
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_joining_is_offered_where_the_customer_has_another_open_recovery():
    first = cast.heard()
    assert not Join.is_open_to(RecoveryPage(first, cast.ana()))
    second = cast.heard()
    page = RecoveryPage(second, cast.ana())
    assert Join.is_open_to(page)
    assert [ref for ref, _ in Join(page).fields["to"].choices if ref] == [first.ref]


def test_parting_is_offered_where_it_was_joined():
    first, second = cast.heard(), cast.heard()
    assert not PartAgain.is_open_to(RecoveryPage(second, cast.ana()))
    journey.join(second, to=first, by=cast.ana())
    assert PartAgain.is_open_to(RecoveryPage(cast.fresh(second), cast.ana()))
