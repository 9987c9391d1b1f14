import pytest

from amends.remedies import catalogue
from amends.remedies.rule import Rule
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_rule_is_kept_and_can_be_retired():
    rule = catalogue.keep_rule(None, by=cast.olive(), name="Returns within 90 days")
    catalogue.keep_rule(rule, by=cast.olive(), is_active=False)
    assert str(Rule.objects.get(is_active=False)) == "Returns within 90 days"
