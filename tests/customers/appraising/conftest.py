import pytest

from amends.customers.models import Terms


@pytest.fixture
def terms() -> Terms:
    return Terms.objects.create(margin_percent=40, rate_percent=8, years=10)
