import copy
from datetime import UTC, date, datetime, timedelta

import pytest

from amends.config import reckoning
from amends.customers.appraisal import Appraisal
from amends.customers.models import Customer, Order
from amends.customers.rhythm import retell
from amends.desk import came_back
from amends.kit.clock import now
from amends.recovery.models import Recovery
from amends.worth.evidence import Verdict
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/desk/measures/came-back/"
WEIGHED = {
    "evidence": {
        "repaired": 120,
        "repaired_back": 96,
        "controls": 80,
        "controls_back": 40,
        "z": 3.1,
        "p_value": 0.001,
        "e_value": None,
        "still_needed": 0,
        "verdict": "more",
    },
    "picture": [[0, 0.0, 0.0], [15, 0.3, 0.2], [30, 0.6, 0.35]],
    "coin": {
        "alone": 0.34,
        "repaired": 0.13,
        "errors": [0.04, 0.04],
        "p_value": 0.001,
        "kept": 0.21,
        "low": 0.1,
        "high": 0.31,
        "complaints": [80, 120],
    },
    "kinds": {"loyal": 40, "captive": 3, "unknown": 0},
}


def weighed(**evidence) -> None:
    told = copy.deepcopy(WEIGHED)
    told["evidence"] |= evidence
    Appraisal.objects.create(
        made_at=now(),
        as_of=date(2026, 5, 30),
        customers=900,
        rung="compared",
        figures={"came_back": told},
    )


FAILED = datetime(2026, 2, 1, 12, tzinfo=UTC)


def let_down(number: int, *, back: int, put_right: bool) -> None:
    """So many with two purchases and a failure, put right or not; the first `back` of them bought again,
    at their usual pace."""
    mended = FAILED + timedelta(days=3) if put_right else None
    told = [Customer(name=f"Buyer {n}") for n in range(number)]
    customers = Customer.objects.bulk_create(told)
    orders = []
    for n, customer in enumerate(customers):
        days = [-100 - n % 40, -20 - n % 30, *([20 + n * 7 % 70] if n < back else [])]
        orders += [order(customer, on=FAILED + timedelta(days=day)) for day in days]
    Order.objects.bulk_create(orders)
    Recovery.objects.bulk_create(
        Recovery(
            customer=customer,
            place=cast.place(),
            found_by="customer",
            about="Cold soup",
            known_at=FAILED,
            put_right_at=mended,
        )
        for customer in customers
    )
    retell(customers)


def order(customer: Customer, *, on: datetime) -> Order:
    return Order(
        customer=customer,
        outside_id=f"{customer.pk}-{on:%j}",
        ordered_at=on,
        ordered_on=on.date(),
        amount=20,
        currency="GBP",
    )


def words(client) -> str:
    client.force_login(cast.mona())
    return " ".join(client.get(PAGE).content.decode().split())


def test_before_the_first_night_it_says_when_it_will_be_weighed(client):
    assert "Nothing has been weighed yet" in words(client)


def test_the_two_groups_stand_side_by_side_with_how_sure_that_is(client):
    weighed()
    said = words(client)
    assert "More of those came back whose failure was put right." in said
    assert "chance alone would show as much one time in twenty" in said
    assert "of a hundred who are let down, about" in said
    assert "somewhere between 10 and 31" in said
    assert "<drawn-table>" in said


@pytest.mark.parametrize(
    ("put_right", "not_put_right", "verdict", "said"),
    [
        ((6, 6), (2, 0), Verdict.TOO_FEW, "Too few to know yet."),
        ((60, 52), (60, 52), Verdict.NO_DIFFERENCE, "No difference was seen."),
        ((30, 25), (30, 15), Verdict.MORE, "do not lean on it yet."),
        ((90, 86), (90, 40), Verdict.SHOWN, "that chance is no longer an answer."),
        ((60, 20), (60, 52), Verdict.FEWER, "Fewer of those came back"),
    ],
)
def test_s2_19_whatever_may_be_said_is_reached_by_what_they_bought(
    client, put_right, not_put_right, verdict, said
):
    let_down(put_right[0], back=put_right[1], put_right=True)
    let_down(not_put_right[0], back=not_put_right[1], put_right=False)
    appraisal = reckoning.refresh()
    assert appraisal is not None
    assert appraisal.figures["came_back"]["evidence"]["verdict"] == verdict
    assert said in words(client)


def test_every_verdict_has_its_words():
    assert set(came_back.SAID) == set(Verdict)


def test_t10_too_few_is_said_with_how_many_more_are_needed(client):
    weighed(verdict="too few", still_needed=93, repaired=8, controls=4)
    said = words(client)
    assert "Too few to know yet." in said
    assert '<b class="number">93</b> more' in said


def test_never_recovered_because_of_us(client):
    """Whatever came out, no customer is counted as won by us."""
    for verdict in ("more", "shown", "no difference", "fewer"):
        weighed(verdict=verdict)
        assert "because of us" not in words(client).lower()


def test_s3_22_captive_returns_are_told_apart(client):
    weighed()
    said = words(client)
    assert '<span class="number">3</span> for want of another' in said
    assert "without having said why" not in said
