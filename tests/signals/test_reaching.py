"""An incident reaches everybody it touched: one thread each, never twice, and seen to its end."""

from datetime import timedelta
from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.recovery import Recovery
from amends.signals import reaching
from amends.signals.incident import State
from amends.signals.models import Incident, Touched
from amends.signals.reaching import NotAllowed, NotComplete, NotStarted, TooLong
from tests import cast
from tests.signals import shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SAW = "We saw that the oven failed on Saturday, and that your table got no breakfast."
SORRY = "I am sorry. You had come a long way for it."


def incident(listed="", **more):
    told = {
        "name": "No breakfast on Saturday",
        "place": cast.place(),
        "we_saw": SAW,
        "sorry": SORRY,
        "signs": cast.ana(),
        "by": cast.mona(),
        "listed": listed,
        **more,
    }
    return reaching.note(**told)


def guests(how_many):
    return [shop.customer(f"Guest {n}") for n in range(how_many)]


def listed(people):
    return "\n".join(one.email for one in people)


def run_to_the_end(limit=50):
    ticks = 0
    while reaching.go_on() and ticks < limit:
        ticks += 1
    return ticks


def test_customers_are_found_by_number_e_mail_telephone_and_order():
    by_mail = shop.customer("By Mail")
    by_phone = shop.customer("By Phone", email="", phone="020 7946 0018")
    by_number = shop.customer("By Number", email="", outside_id="C-77")
    by_order = shop.order(of=shop.customer("By Order"))
    ours = shop.customer("Our Own", email="")
    lines = [
        "customer;note",
        "BY.MAIL@lane.example;",
        "+44 20 7946 0018;rang twice",
        "C-77;",
        f"x;{by_order.outside_id}",
        ours.ref,
        "nobody@nowhere.example;",
        "",
    ]
    made = incident("\ufeff" + "\r\n".join(lines))
    found = {touched.customer for touched in made.touched.all()}
    assert found == {by_mail, by_phone, by_number, by_order.customer, ours}
    assert made.touched.get(customer=by_order.customer).order == by_order
    unknown = [(line.number, line.words) for line in made.unknown.all()]
    assert unknown == [(1, "customer, note"), (7, "nobody@nowhere.example")]


def test_a_list_told_twice_adds_nobody_twice():
    people = guests(3)
    made = incident(listed(people))
    assert reaching.add_list(made, listed=listed(people), by=cast.mona()) == 0
    more = shop.customer("One More")
    assert reaching.add_list(made, listed=more.email, by=cast.mona()) == 1
    assert made.touched.count() == 4


def test_nobody_is_written_to_before_it_is_begun():
    incident(listed(guests(2)))
    assert reaching.go_on() == 0
    assert not Recovery.objects.exists()


def test_each_has_a_thread_of_their_own_with_our_apology_in_it():
    people = guests(3)
    made = incident(listed(people), remedy=cast.remedy("A handwritten note"))
    reaching.begin(made, by=cast.mona())
    run_to_the_end()
    recoveries = Recovery.objects.filter(customer__in=people)
    assert recoveries.count() == 3
    assert len({recovery.ref for recovery in recoveries}) == 3
    for recovery in recoveries:
        letter = Letter.objects.get(thread=recovery.ref)
        assert SAW in letter.text
        assert SORRY in letter.text
        assert letter.recipient == recovery.customer.email
        assert (recovery.owner, letter.by_name) == (cast.ana(), "Ana Reyes")
        assert recovery.sorry_at
    made.refresh_from_db()
    assert made.counts() == {"waiting": 0, "opened": 3, "left": 0}
    assert made.finished_at


def test_batches_go_on_where_they_stopped_and_nobody_is_written_to_twice():
    made = incident(listed(guests(45)))
    reaching.begin(made, by=cast.mona())
    assert reaching.go_on() == 20
    reaching.stop(made, by=cast.mona())
    assert reaching.go_on() == 0
    assert made.counts()["waiting"] == 25
    reaching.begin(made, by=cast.mona())
    run_to_the_end()
    assert Letter.objects.filter(kind="we_saw").count() == 45
    assert Recovery.objects.values("customer").distinct().count() == 45


def test_what_was_cut_off_in_the_middle_has_not_happened(monkeypatch):
    made = incident(listed(guests(2)))
    reaching.begin(made, by=cast.mona())

    def cut_off(*given, **told):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(journey, "own_up", cut_off)
        with pytest.raises(KeyboardInterrupt):
            reaching.go_on()
    assert made.counts()["waiting"] == 2
    assert not Recovery.objects.exists()
    run_to_the_end()
    assert Letter.objects.filter(kind="we_saw").count() == 2


def test_whoever_is_looked_after_already_or_wants_peace_is_left_out_and_that_is_said():
    busy, peace, free = guests(3)
    cast.heard(customer=busy)
    peace.leave_in_peace(at=now())
    made = incident(listed([busy, peace, free]))
    reaching.begin(made, by=cast.mona())
    run_to_the_end()
    left = {one.customer: one.why for one in made.touched.filter(state=State.LEFT)}
    assert left == {
        busy: "Guest 0 is being looked after already.",
        peace: "Guest 1 asked to be left in peace.",
    }
    assert not Letter.objects.filter(recipient=peace.email).exists()


def test_no_more_in_an_hour_than_the_post_lets_through(clock, monkeypatch):
    monkeypatch.setattr(reaching, "AN_HOUR", 5)
    made = incident(listed(guests(8)))
    reaching.begin(made, by=cast.mona())
    run_to_the_end()
    made.refresh_from_db()
    assert made.counts() == {"waiting": 3, "opened": 5, "left": 0}
    assert made.finished_at is None
    clock.shift(timedelta(hours=1, minutes=1))
    run_to_the_end()
    assert made.counts()["waiting"] == 0


def test_a_list_that_grows_afterwards_is_gone_on_with():
    made = incident(listed(guests(1)))
    reaching.begin(made, by=cast.mona())
    run_to_the_end()
    reaching.add_list(made, listed=shop.customer("Late Comer").email, by=cast.mona())
    run_to_the_end()
    assert made.counts()["opened"] == 2


def test_it_says_enough_or_is_not_made():
    for missing in ({"we_saw": " "}, {"name": ""}, {"sorry": "Sorry."}, {"signs": cast.olive()}):
        with pytest.raises(NotComplete):
            incident(**missing)
    with pytest.raises(NotComplete, match="How much"):
        incident(remedy=cast.remedy("Credit"))
    incident(remedy=cast.remedy("Credit"), value=Decimal(5))


def test_there_must_be_somebody_on_the_list_to_begin():
    made = incident()
    with pytest.raises(NotComplete, match="nobody on the list"):
        reaching.begin(made, by=cast.mona())
    with pytest.raises(NotStarted):
        reaching.stop(made, by=cast.mona())


def test_it_is_for_managers_of_the_place():
    with pytest.raises(NotAllowed):
        incident(by=cast.ana())
    made = incident(listed(guests(1)))
    for press in (reaching.begin, reaching.stop):
        with pytest.raises(NotAllowed):
            press(made, by=cast.ben())
    elsewhere = cast.person("Zoe Quinn", "manager", at=cast.place("larder-york"))
    with pytest.raises(NotAllowed):
        reaching.add_list(made, listed="x", by=elsewhere)
    assert not Incident.objects.visible_to(elsewhere).exists()


def test_a_list_has_an_end_and_what_is_no_list_is_said(monkeypatch):
    monkeypatch.setattr(reaching, "LONGEST", 3)
    with pytest.raises(TooLong):
        incident("a\nb\nc\nd")
    with pytest.raises(NotComplete, match="could not be read"):
        incident('"' + "x" * 200_000)
    assert not Touched.objects.exists()


def test_whoever_has_no_address_has_somebody_to_ring_them():
    ring = shop.customer("Ring Me", email="", phone="020 7946 0018")
    made = incident("020 7946 0018")
    reaching.begin(made, by=cast.mona())
    run_to_the_end()
    touched = made.touched.get(customer=ring)
    assert (touched.state, touched.why) == (State.OPENED, reaching.NO_ADDRESS)
    assert touched.recovery.owner == cast.ana()
    assert touched.recovery.sorry_at is None
    assert not Letter.objects.exists()
