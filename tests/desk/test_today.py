from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter, State
from amends.recovery import journey
from amends.recovery.intake import take_in
from tests import cast
from tests.desk.pressing import HTMX, plain, stranger
from tests.recovery.mailing import EVE, arrive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = "/desk/today/"
MAIL = (
    b"From: Noor Haddad <noor@haddad.example>\nTo: desk@amends.test\nSubject: Cold tea\n\nCold.\n"
)


def test_an_empty_day_is_calm_and_says_what_to_do(ana):
    page = ana.get(TODAY).content.decode()
    assert "Nobody is waiting for us" in page
    assert "Good morning, Ana" in page


def test_each_line_says_who_what_and_by_when(ana):
    cast.heard()
    page = ana.get(TODAY).content.decode()
    line = page[page.index('class="todo"') :]
    assert line.index("Robert Finch") < line.index("Say back what you understood")
    assert "by 9:05 today" not in line  # London is an hour ahead in June
    assert "by 10:05 today" in line


def test_s2_10_what_is_due_first_stands_first_and_then_what_waited_longest(ana, clock):
    def told(name):
        return cast.finch(name=name, email=f"{name.split()[0].lower()}@finch.example")

    for name in ("Oldest Moss", "Older Reed"):
        cast.put_right(customer=told(name), by=cast.ana())  # no clock runs: thanks are still owed
        clock.shift(timedelta(minutes=7))
    cast.heard(customer=told("Later Bell"), channel="e-mail")
    cast.heard(customer=told("Sooner Vane"), channel="in person")
    page = plain(ana.get(TODAY))
    order = [page.index(f">{name}<") for name in ("Sooner Vane", "Later Bell")]
    order += [page.index(f">{name}<") for name in ("Oldest Moss", "Older Reed")]
    assert order == sorted(order)


def test_s0_06_whoever_starts_today_finds_their_way(client):
    """Nothing learned yet: a calm page, somebody to hear out, and one thing to do next."""
    client.force_login(cast.person("Nell First"))
    assert "Nobody is waiting for us" in client.get(TODAY).content.decode()
    told = {"kinds": ["core"], "channel": "in person", "place": cast.place().ref}
    page = client.post("/desk/capture/", told, follow=True).content.decode()
    following = page[page.index('id="next"') : page.index('id="steps"')]
    assert following.count("<h2>") == 1
    assert following.count("<form") <= 3
    assert "broken" not in page


def test_a_mail_is_there_within_one_look(ana):
    before = ana.get(TODAY).context["token"]
    take_in(MAIL, way="smtp", recipients=["desk@amends.test"])
    answer = ana.get(TODAY, {"seen": before}, **HTMX)
    assert answer.status_code == 200
    assert "Noor Haddad" in answer.content.decode()


def test_when_nothing_changed_the_answer_is_empty_and_cheap(ana, django_assert_max_num_queries):
    cast.heard()
    seen = ana.get(TODAY).context["token"]
    with django_assert_max_num_queries(5):
        answer = ana.get(TODAY, {"seen": seen}, **HTMX)
    assert (answer.status_code, answer.content) == (204, b"")


def test_time_alone_changes_a_day(ana, clock):
    seen = ana.get(TODAY).context["token"]
    clock.shift(timedelta(minutes=1))
    assert ana.get(TODAY, {"seen": seen}, **HTMX).status_code == 200


def test_what_htmx_swaps_is_what_a_fresh_page_shows(ana):
    cast.heard()
    piece = plain(ana.get(TODAY, **HTMX))
    assert piece in plain(ana.get(TODAY))


def test_s3_14_who_is_here_is_greeted_with_one_press(ana):
    recovery, _ = cast.asked_for_ana()
    visit = journey.visit(
        customer=recovery.customer, place=recovery.place, arrived_at=now(), table="7"
    )
    page = ana.get(TODAY).content.decode()
    assert "Is here, table 7." in page
    assert f"/desk/visits/{visit.ref}/greeted/" in page


def test_an_approval_is_one_press_away(client):
    cast.mona()
    recovery = cast.wished()
    big = [cast.LineGiven(cast.remedy("Refund"), value=80)]
    journey.offer(recovery, lines=big, by=cast.ana(), no_extra_why="Asked for money only.")
    client.force_login(cast.mona())
    assert "Answer Ana" in client.get(TODAY).content.decode()


def test_what_nobody_owns_can_be_taken_from_here(client):
    recovery = journey.hear(
        customer=cast.finch(), place=cast.place(), words=cast.STORY, channel="e-mail"
    )
    client.force_login(cast.olive())
    assert recovery.owner is None
    assert f"/desk/recoveries/{recovery.ref}/owner/" in client.get(TODAY).content.decode()


def test_mine_my_place_everyone(client):
    cast.heard(by=cast.ana())
    client.force_login(cast.ben())
    assert "Robert Finch" in client.get(TODAY).content.decode()
    assert "Robert Finch" not in client.get(TODAY, {"for": "me"}).content.decode()
    assert "Robert Finch" in client.get(TODAY, {"for": "all"}).content.decode()
    assert client.get(TODAY, {"for": "'; drop table"}).status_code == 200


def test_a_screenful_and_a_way_to_the_rest(ana):
    for n in range(11):
        cast.heard(customer=cast.finch(name=f"Guest {n}", email=f"{n}@guest.example"))
    page = ana.get(TODAY).content.decode()
    assert page.count('class="todo"') == 8
    assert "The rest is in Recoveries" in page


def test_strangers_see_nothing_of_it(client):
    cast.heard()
    client.force_login(stranger())
    assert "Robert Finch" not in client.get(TODAY).content.decode()


def test_an_auditor_sees_everyone_and_presses_nothing(client):
    cast.heard()
    client.force_login(cast.audrey())
    page = client.get(TODAY).content.decode()
    assert "Robert Finch" in page
    assert "<form" not in page[page.index('id="today"') :]


def test_twenty_queries_however_full_the_day(ana, django_assert_max_num_queries):
    for n in range(6):
        cast.offered(customer=cast.finch(name=f"Guest {n}", email=f"{n}@guest.example"))
        recovery = cast.agreed(customer=cast.finch(name=f"Other {n}", email=f"{n}@other.example"))
        due = now() + timedelta(hours=1)
        journey.promise(recovery, words="Ring", by=cast.ana(), due=due)
        journey.visit(customer=recovery.customer, place=recovery.place, arrived_at=now())
    with django_assert_max_num_queries(20):
        ana.get(TODAY)


def test_letters_that_wait_for_somebody_to_decide_are_named(client, ana):
    """Nobody finds them by chance: who a stranger is, and what became of a letter of ours."""
    recovery = cast.understood()
    arrive(address_for(recovery.ref), sender=EVE, body="Send me her address.")
    assert "A letter about Robert Finch waits for somebody to say where it belongs." in plain(
        ana.get(TODAY)
    )
    letter = journey.write(recovery, words="I will ring you.", by=cast.ana())
    Letter.objects.filter(pk=letter.pk).update(state=State.FAILED)
    assert "did not arrive" not in plain(ana.get(TODAY))
    client.force_login(cast.mona())
    assert "1 letter of ours" in plain(client.get(TODAY))
    client.force_login(stranger())
    page = plain(client.get(TODAY))
    assert "where it belongs" not in page
    assert "of ours" not in page
