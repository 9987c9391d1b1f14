from pathlib import Path

import pytest

from amends.customers.order import Order
from amends.demo import real
from amends.recovery.recovery import FoundBy, Recovery

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def a_little(tmp_path):
    """The first rows of each file, in the same layout."""
    import gzip
    from itertools import islice

    if not FOLDER.exists():
        pytest.skip("the folder of real data is not on this machine")
    for name in ("olist/orders", "olist/reviews", "olist/order_items", "cfpb/complaints"):
        source, target = (f / f"{name}.csv.gz" for f in (FOLDER, tmp_path))
        target.parent.mkdir(exist_ok=True)
        with gzip.open(source, "rt") as rows, gzip.open(target, "wt") as few:
            few.writelines(islice(rows, 60))
    return tmp_path


def test_real_orders_and_complaints_are_loaded_once(a_little):
    for _ in range(2):
        list(real.load(a_little))
        counts = (Order.objects.count(), Recovery.objects.count())
    assert counts[0] >= 50
    assert counts == (Order.objects.count(), Recovery.objects.count())
    assert Recovery.objects.filter(found_by=FoundBy.SYSTEM).exists()
