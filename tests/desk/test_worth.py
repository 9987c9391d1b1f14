from datetime import date
from decimal import Decimal

import pytest

from amends.customers.appraisal import Appraisal
from amends.customers.models import Customer, Order, Rhythm, Worth
from amends.desk.worth import Told, span, told
from amends.kit.clock import now
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def a_regular(customer, *, amount="2200", **more):
    """Bought on twelve days over a year; the clock of the tests stands a month later."""
    Rhythm.objects.create(
        customer=customer,
        currency="GBP",
        purchases=12,
        first_on=date(2025, 2, 10),
        last_on=date(2026, 2, 10),
        spent=Decimal(600),
        spent_again=Decimal(550),
        paid_again=11,
    )
    said = {"p_alive": 0.83, "overdue": 0.4, "expected": 11.0, "low": "1874", "high": "2612"}
    return Worth.objects.create(
        customer=customer,
        as_of=date(2026, 3, 1),
        rung="compared",
        amount=Decimal(amount),
        currency="GBP",
        **(said | more),
    )


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_worth_is_told_in_words_first(client):
    recovery = cast.heard()
    a_regular(recovery.customer)
    client.force_login(cast.ana())
    page = words(client.get(f"/desk/recoveries/{recovery.ref}/"))
    assert "A regular; about £1,900 to £2,600 over ten years, if nothing goes wrong." in page
    assert "8 in 10 that they are still with us." in page
    assert "Buys about every 5 weeks, last" in page


def test_t11_without_the_owners_figures_there_is_no_sum_but_the_rest_is_told(client):
    recovery = cast.heard()
    a_regular(recovery.customer, amount="0", low=None, high=None)
    client.force_login(cast.ana())
    page = words(client.get(f"/desk/recoveries/{recovery.ref}/"))
    assert "A regular." in page
    assert "8 in 10" in page


def test_a_silence_that_is_rare_is_called_rare():
    customer = cast.finch()
    a_regular(customer, p_alive=0.1, overdue=0.02)
    said = told(customer)
    assert said.kind == "Was a regular"
    assert said.still == "1 in 10 that they are still with us"
    assert said.overdue == "Of those still with us only 1 in 50 stays away so long"


def test_a_low_end_of_next_to_nothing_is_not_said():
    customer = cast.finch()
    a_regular(customer, low=Decimal(12), high=Decimal(2612))
    assert told(customer).range == "up to about £2,600"


def test_of_somebody_unknown_nothing_is_claimed():
    said = told(cast.finch())
    assert said.kind == "Nothing bought yet, as far as we know"
    assert [said.still, said.pace, said.overdue, said.has_sum] == ["", "", "", False]


@pytest.mark.parametrize(
    ("purchases", "kind"),
    [(1, "Bought once so far"), (2, "Has come back once"), (3, "Has come back twice")],
)
def test_who_came_a_few_times_is_not_called_a_regular(purchases, kind):
    rhythm = Rhythm(purchases=purchases, first_on=date(2026, 1, 1), last_on=date(2026, 2, 1))
    assert Told(rhythm, None, 10, 0).kind == kind


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "day"),
        (7, "7 days"),
        (21, "3 weeks"),
        (14, "2 weeks"),
        (90, "3 months"),
        (800, "2 years"),
    ],
)
def test_days_are_told_as_people_tell_them(days, words):
    assert span(days) == words


def test_two_purchases_make_no_pace():
    worth = a_regular(cast.finch())
    Rhythm.objects.update(purchases=2, first_on=date(2026, 2, 8))
    said = Told(Rhythm.objects.get(), worth, 60, 10)
    assert (said.kind, said.pace) == ("Has come back once", "Last bought 9 weeks ago")


def test_pennies_over_ten_years_are_no_sum(client):
    recovery = cast.heard()
    a_regular(recovery.customer, amount="0.12", low="0", high="0.40")
    client.force_login(cast.ana())
    page = words(client.get(f"/desk/recoveries/{recovery.ref}/"))
    assert "A regular; next to nothing over ten years, if nothing goes wrong." in page
    assert "worth about" not in words(client.get("/desk/recoveries/?show=risk"))


def test_s2_04_who_decides_now_stands_first_by_what_they_are_worth(client):
    for name, amount in [("Una Small", "90"), ("Lou Large", "2200"), ("Nora Unknown", None)]:
        recovery = cast.heard(customer=cast.finch(name=name, email=f"{name[:3]}@example.org"))
        if amount:
            a_regular(recovery.customer, amount=amount)
    client.force_login(cast.ana())
    page = words(client.get("/desk/recoveries/?show=risk"))
    assert "worth about £2,200" in page
    assert page.index("Lou Large") < page.index("Una Small") < page.index("Nora Unknown")


def test_s0_18_a_small_dispute_is_shown_beside_the_customer(client):
    recovery = cast.wished()
    a_regular(recovery.customer, amount="4000")
    wish = recovery.wishes.get()
    wish.amount = Decimal(30)
    wish.save()
    client.force_login(cast.ana())
    page = words(client.get(f"/desk/recoveries/{recovery.ref}/"))
    assert 'This quarrel: <b class="number">£30</b>' in page
    assert 'about <b class="number">£4,000</b>, 133 times as much' in page


def test_t4_what_a_thing_costs_us_is_not_beside_it(client):
    remedy = cast.remedy("Refund")
    remedy.cost = Decimal("77.77")
    remedy.save()
    recovery = cast.wished()
    a_regular(recovery.customer)
    client.force_login(cast.ana())
    assert "77.77" not in words(client.get(f"/desk/recoveries/{recovery.ref}/"))


def reckoned(**figures):
    return Appraisal.objects.create(
        made_at=now(), as_of=date(2026, 3, 1), customers=50, rung="counted", figures=figures
    )


def test_in_a_young_shop_those_who_came_before_are_counted_in_tenths(client):
    customer = cast.heard().customer
    a_regular(customer, p_alive=None, overdue=None, low=None, high=None)
    Worth.objects.update(rung="counted")
    Rhythm.objects.update(purchases=2)
    reckoned(again=[0.52, 0.38, 0.5, 0.5, 0.5])
    client.force_login(cast.ana())
    page = words(client.get(f"/desk/customers/{customer.ref}/"))
    assert "Of those who bought as often, about 4 in 10 bought again." in page


def test_whoever_complains_and_never_bought_is_as_a_typical_new_customer(client):
    recovery = cast.heard()
    reckoned(newcomer={"GBP": {"amount": 210.0, "low": 0.0, "high": 900.0, "years": 10}})
    client.force_login(cast.ana())
    page = words(client.get(f"/desk/recoveries/{recovery.ref}/"))
    assert "a typical new customer brings up to about £900 over ten years." in page


def test_of_two_currencies_nobody_knows_which_would_be_theirs():
    sums = {"amount": 210.0, "low": 0.0, "high": 900.0, "years": 10}
    reckoned(newcomer={"GBP": sums, "EUR": sums})
    assert told(cast.finch()).typical == ""


def test_put_together_or_parted_nobody_has_the_sum_of_somebody_else(client):
    customer = cast.heard().customer
    a_regular(customer)
    reckoned(newcomer={"GBP": {"amount": 210.0, "low": 0.0, "high": 900.0, "years": 10}})
    twin = Customer.met(name="Bob Finch", email="bob@finch.example", place=cast.place())
    for day in ("2026-01-05", "2026-02-05", "2026-03-05"):
        Order.objects.create(
            customer=twin,
            outside_id=day,
            ordered_at=f"{day}T12:00:00Z",
            ordered_on=day,
            amount=20,
            currency="GBP",
        )
    made = journey.merge_customers(customer, merged=twin, by=cast.mona())
    client.force_login(cast.ana())
    page = words(client.get(f"/desk/customers/{customer.ref}/"))
    assert "Has come back twice. What they are worth is reckoned tonight." in page
    assert "£1,900" not in page
    assert "typical" not in page
    journey.unmerge_customers(made, by=cast.ana())
    page = words(client.get(f"/desk/customers/{twin.ref}/"))
    assert "What they are worth is reckoned tonight." in page
