from datetime import timedelta
from decimal import Decimal

import pytest

from amends.recovery import clockwork, journey
from amends.recovery.authority import Approval
from amends.recovery.offer import LineGiven, Offer, State
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
APPROVALS = "/desk/approvals/"


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def asked():
    """Ana may give fifty; she asks to give a hundred and twenty."""
    cast.mona(), cast.olive()
    recovery = cast.wished()
    lines = [
        LineGiven(cast.remedy("Refund"), value=Decimal(20)),
        LineGiven(cast.remedy("An upgrade"), words="The big room", value=Decimal(100)),
    ]
    journey.offer(recovery, lines=lines, by=cast.ana(), words="I would like to give you more.")
    return Approval.objects.get()


def test_a_manager_finds_what_is_asked_with_all_that_is_needed_and_says_yes(client, asked):
    client.force_login(cast.mona())
    page = words(client.get(APPROVALS))
    for told in ["Robert Finch", "The big room", "£100", "Ana Reyes asks", cast.WISH]:
        assert told in page
    assert client.post(f"{APPROVALS}{asked.ref}/yes/", {"words": "Of course."}).status_code == 303
    assert Offer.objects.get().state == State.OPEN
    asked.refresh_from_db()
    assert (asked.answered_by, asked.words) == (cast.mona(), "Of course.")
    assert "Answered lately" in words(client.get(APPROVALS))


def test_s2_11_the_page_tells_worth_and_not_cost(client, asked):
    remedy = cast.remedy("An upgrade")
    remedy.cost = Decimal("77.77")
    remedy.save()
    client.force_login(cast.mona())
    page = words(client.get(f"{APPROVALS}{asked.ref}/"))
    assert "£120" in page
    assert "77.77" not in page


def test_s0_09_never_a_bare_no_but_something_else(client, asked):
    client.force_login(cast.mona())
    bare = client.post(f"{APPROVALS}{asked.ref}/instead/", {"words": "Too much for us."})
    assert bare.status_code == 422
    assert "Choose at least one thing to offer." in words(bare)
    assert "Too much for us." in words(bare)
    expert = cast.remedy("Time with our expert")
    given = {"lines": [expert.ref], "words": "An hour with the chef, just you."}
    assert client.post(f"{APPROVALS}{asked.ref}/instead/", given).status_code == 303
    offer = Offer.objects.get(state=State.OPEN)
    assert offer.by == cast.mona()
    assert [line.remedy for line in offer.lines.all()] == [expert]


def test_s2_16_what_is_not_answered_in_time_is_passed_on_and_counted(client, asked, clock):
    clock.shift(timedelta(minutes=31))
    clockwork.what_is_due()
    client.force_login(cast.olive())
    page = words(client.get(APPROVALS))
    assert "For you" in page
    assert "passed on once" in page


def test_answered_by_two_the_second_is_told(client, asked):
    client.force_login(cast.mona())
    client.post(f"{APPROVALS}{asked.ref}/yes/")
    client.force_login(cast.olive())
    answer = client.post(f"{APPROVALS}{asked.ref}/yes/", {"words": "Yes from me."})
    assert answer.status_code == 422
    assert "Mona Hart has already answered this." in words(answer)


def test_whoever_asked_sees_it_wait_and_cannot_answer(client, asked):
    client.force_login(cast.ana())
    page = words(client.get(APPROVALS))
    assert "You asked" in page
    assert "Yes, do it" not in page
    assert "This waits for Mona Hart." in words(client.get(f"{APPROVALS}{asked.ref}/"))
    answer = client.post(f"{APPROVALS}{asked.ref}/yes/")
    assert answer.status_code == 422
    assert "for a manager of the place" in words(answer)


def test_a_stranger_sees_nothing(client, asked):
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    assert "Nobody waits for a yes" in words(client.get(APPROVALS))
    assert client.get(f"{APPROVALS}{asked.ref}/").status_code == 404
    for what in ["yes", "instead"]:
        assert client.post(f"{APPROVALS}{asked.ref}/{what}/").status_code == 404


def test_an_auditor_reads_and_does_not_answer(client, asked):
    client.force_login(cast.audrey())
    assert client.get(f"{APPROVALS}{asked.ref}/").status_code == 200
    assert client.post(f"{APPROVALS}{asked.ref}/yes/").status_code == 403


def test_the_page_asks_as_little_for_many_as_for_one(client, asked, django_assert_max_num_queries):
    for number in range(6):
        guest = cast.finch(name=f"Guest {number}", email=f"guest{number}@finch.example")
        recovery = cast.wished(customer=guest)
        lines = [LineGiven(cast.remedy("An upgrade"), value=Decimal(100))]
        journey.offer(recovery, lines=lines, by=cast.ana())
    client.force_login(cast.mona())
    with django_assert_max_num_queries(14):
        client.get(APPROVALS)
