import pytest

from amends.kit.countries import country_of


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/London", "GB"),
        ("Europe/Berlin", "DE"),
        ("America/Los_Angeles", "US"),
        ("Asia/Calcutta", "IN"),  # an old name
        ("UTC", ""),
        ("Nowhere/At_All", ""),
    ],
)
def test_a_time_zone_tells_the_country(zone, country):
    assert country_of(zone) == country
