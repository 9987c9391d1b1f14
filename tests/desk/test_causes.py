from decimal import Decimal

import pytest

from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.learning import Cause, Improvement
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CAUSES = "/desk/causes/"
RACK = {"words": "Drain the bacon on a rack", "due": "2026-06-14", "check": "2026-07-14"}


def words(response):
    return " ".join(response.content.decode().split())


def linked(name="Bacon fried too early", amounts=(), **more):
    cause = Cause.called(name)
    recovery = cast.heard(**more)
    for amount in amounts:
        journey.wish(recovery, words="That would be fair.", amount=Decimal(amount), by=cast.ana())
    journey.link_cause(recovery, cause=cause, by=cast.ana())
    return cause


def test_s0_12_three_with_one_cause_show_three(client):
    for _ in range(3):
        linked()
    linked("Juice ran out")
    client.force_login(cast.mona())
    page = words(client.get(CAUSES))
    assert page.index("Bacon fried too early") < page.index("Juice ran out")
    assert ">3</td>" in page


def test_s2_17_an_improvement_has_an_owner_a_date_and_a_day_to_look_again(client):
    cause, mona = linked(), cast.mona()
    client.force_login(mona)
    page = f"{CAUSES}{cause.ref}/"
    answer = client.post(f"{page}improvements/", {**RACK, "owner": mona.pk})
    assert answer.status_code == 303
    raised = Improvement.objects.get()
    assert (raised.owner, str(raised.check_on)) == (mona, "2026-07-14")
    assert "Mona Hart sees to it by 14 June" in words(client.get(page))
    too_soon = {**RACK, "owner": mona.pk, "check": "2026-06-01"}
    refused = client.post(f"{page}improvements/", too_soon)
    assert refused.status_code == 422
    assert "Look whether it worked after it is made" in words(refused)
    assert "Drain the bacon on a rack" in words(refused)


def test_s2_18_it_is_made_and_everyone_it_hurt_is_told_once(client):
    cause, mona = linked(), cast.mona()
    linked(customer=cast.finch(name="Joan Wren", email="joan@wren.example"))
    client.force_login(mona)
    client.post(f"{CAUSES}{cause.ref}/improvements/", {**RACK, "owner": mona.pk})
    made = f"/desk/improvements/{Improvement.objects.get().ref}/made/"
    assert client.post(made, {"words": ""}).status_code == 422
    answer = client.post(made, {"words": "We drain it now."}, follow=True)
    assert "Made, and 2 customers are told." in words(answer)
    assert Letter.objects.filter(kind="changed").count() == 2
    twice = client.post(made, {"words": "Once more."})
    assert twice.status_code == 422
    assert "This was already made." in words(twice)


def test_s4_17_the_spread_of_wishes_is_shown_not_their_average(client):
    cause = linked(amounts=[5, 12, 15])
    linked(amounts=[400])
    client.force_login(cast.mona())
    spread = client.get(f"{CAUSES}{cause.ref}/").context["spread"]
    told = [(step.least, step.below, step.times) for step in spread.sums]
    assert spread.wishes == 4
    assert told[0] == (0, 10, 1)
    assert told[1] == (10, 25, 2)
    assert told[-1] == (250, 500, 1)
    assert sum(times for _, _, times in told) == 4
    page = words(client.get(f"{CAUSES}{cause.ref}/"))
    assert "£10 to £25" in page
    assert "4 wishes for the same cause" in page


def test_a_stranger_sees_no_customer_behind_a_cause(client):
    cause = linked(amounts=[5])
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    page = words(client.get(f"{CAUSES}{cause.ref}/"))
    assert "Robert Finch" not in page
    assert "Nobody was asked yet." in page
    assert client.get(f"{CAUSES}nothing/").status_code == 404
    assert client.post("/desk/improvements/nothing/made/").status_code == 404


def test_the_pages_ask_little_however_many(client, django_assert_max_num_queries):
    for number in range(6):
        cause = linked(f"Cause {number}", amounts=[number])
        linked(f"Cause {number}")
    client.force_login(cast.mona())
    with django_assert_max_num_queries(6):
        client.get(CAUSES)
    with django_assert_max_num_queries(12):
        client.get(f"{CAUSES}{cause.ref}/")
