from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.mailroom.outbox import send_due
from amends.mailroom.road import Road
from amends.mailroom.route import WrongLogin
from amends.mailroom.sending import Sending
from amends.recovery import intake, journey
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Verb
from tests import cast
from tests.desk.pressing import HTMX, stranger
from tests.mailroom import reports
from tests.mailroom.test_outbox import KEEP
from tests.recovery.test_outgoing import account_letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OUTBOX = "/desk/letters/"


@pytest.fixture
def mona(client):
    client.force_login(cast.mona())
    return client


def written(state: State = State.FAILED, **more) -> Letter:
    letter = journey.write(cast.heard(), words="I will ring you.", by=cast.ana())
    told = {"state": state, "trouble": "The mail server said no: 550 5.1.1 nobody", **more}
    Letter.objects.filter(pk=letter.pk).update(**told)
    return Letter.objects.get(pk=letter.pk)


def listed(client, show: str = "") -> str:
    page = client.get(OUTBOX, {"show": show})
    return " ".join(page.content.decode().split())


def settle(client, letter, do, **more):
    return client.post(f"{OUTBOX}{letter.ref}/settled/", {"do": do}, **more)


def test_freescout_3327_what_did_not_go_is_seen_with_its_trouble_in_plain_words(mona):
    """Guarantee 11: the four states can be seen, and a person settles what a machine may not."""
    letter = written()
    page = listed(mona)
    assert "Robert Finch" in page
    assert "There is no such mailbox. The mail server said no: 550 5.1.1 nobody" in page
    settle(mona, letter, "again")
    assert "Robert Finch" not in listed(mona).split("Outbox</h1>")[1]
    assert "waiting to go" in listed(mona, "waiting")


@pytest.mark.parametrize(
    ("do", "state", "verb"),
    [
        ("again", State.QUEUED, Verb.WROTE),
        ("arrived", State.HANDED_OVER, Verb.NOTED),
        ("leave", State.CANCELLED, Verb.NOT_SENT),
    ],
)
def test_it_is_settled_by_a_person_and_written_down(mona, do, state, verb):
    letter = written(State.UNCERTAIN)
    assert settle(mona, letter, do).status_code == 303
    letter.refresh_from_db()
    assert letter.state == state
    last = Recovery.objects.get().timeline.last()
    assert (last.verb, last.by) == (verb, cast.mona())


def test_of_two_who_settle_it_the_second_is_told(mona):
    letter = written()
    settle(mona, letter, "again", **HTMX)
    assert settle(mona, letter, "arrived", **HTMX).status_code == 422


def test_by_htmx_the_list_comes_back(mona):
    answer = settle(mona, written(), "again", **HTMX)
    assert answer["HX-Retarget"] == "#outbox"
    assert "Nothing to look at" in answer.content.decode()


def test_another_way_is_offered_where_there_is_one(mona, settings):
    letter = written()
    assert 'value="another"' not in listed(mona)
    settings.AMENDS_MAIL_URL = settings.AMENDS_MAIL_URL_2 = KEEP
    Sending.objects.create(second_allowed=True)
    assert 'value="another"' in listed(mona)
    settle(mona, letter, "another")
    assert send_due(now() + timedelta(minutes=1)) == 1
    assert "by the second way out" in listed(mona, "gone")


def test_wp_proudcity_2937_taken_is_called_accepted_and_never_delivered(mona):
    written(State.HANDED_OVER, handed_over_at=now(), trouble="", taken_as="250 2.0.0 queued as 4XY")
    page = listed(mona, "gone")
    assert "handed over" in page
    assert "250 2.0.0 queued as 4XY" in page
    assert "delivered" not in page.lower()


def test_what_waits_for_its_hour_and_what_was_stopped_have_lists_of_their_own(mona):
    hour = now() + timedelta(hours=2)
    journey.write(cast.heard(), words="Later.", by=cast.ana(), send_at=hour)
    assert "waits for its hour" in listed(mona, "later")
    settle(mona, Letter.objects.get(), "leave")
    assert "Mona Hart decided not to send it." in listed(mona, "held")


def test_a_wrong_login_is_an_alarm_on_the_page_with_a_way_to_try_again(mona):
    Road.rest("first", WrongLogin("535 5.7.8 wrong"), at=now())
    page = listed(mona)
    assert "does not let us in" in page
    assert "535 5.7.8 wrong" in page
    mona.post(f"{OUTBOX}try/")
    assert Road.objects.get().resting_until is None


def test_letters_to_one_of_us_are_the_owners(client, mona):
    letter = account_letter()
    Letter.objects.update(state=State.FAILED)
    assert settle(mona, letter, "again").status_code == 404
    client.force_login(cast.olive())
    assert "An invitation" in listed(client)
    settle(client, letter, "again")
    letter.refresh_from_db()
    assert letter.state == State.QUEUED


def test_who_does_not_run_the_place_does_not_come_in(client):
    letter = written()
    client.force_login(cast.ana())
    assert client.get(OUTBOX).status_code == 403
    assert settle(client, letter, "again").status_code == 403
    assert client.post(f"{OUTBOX}try/").status_code == 403
    client.force_login(cast.audrey())
    assert client.get(OUTBOX).status_code == 200
    assert settle(client, letter, "again").status_code == 403


def test_nothing_of_other_places_is_seen(client):
    letter = written()
    elsewhere = stranger()
    elsewhere.role = "manager"
    elsewhere.save()
    client.force_login(elsewhere)
    assert "Robert Finch" not in listed(client)
    assert settle(client, letter, "again").status_code == 404


@pytest.mark.parametrize("do", ["", "delete", "__class__"])
def test_only_what_we_know_how_to_do_is_done(mona, do):
    assert settle(mona, written(), do).status_code == 404


def test_what_a_stranger_wrote_runs_nothing_here(mona):
    written(trouble="<script>alert(1)</script> 550", taken_as="<img src=x onerror=alert(1)>")
    page = listed(mona)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_long_list_costs_no_more_than_a_short_one(mona, django_assert_max_num_queries):
    for _ in range(5):
        written()
    with django_assert_max_num_queries(14):
        listed(mona)


def test_the_settings_count_what_is_to_be_looked_at(mona, client):
    written()
    assert "1 letter to look at" in client.get("/desk/settings/").content.decode()
    client.force_login(cast.ana())
    assert "to look at" not in client.get("/desk/settings/").content.decode()


def test_chatwoot_5131_a_report_about_no_letter_of_ours_is_kept_where_an_owner_finds_it(client):
    """Guarantee 1: nothing that came in is out of sight, even what means nothing."""
    cast.ana()
    raw = reports.delivery_status("<made@up.example>")
    intake.take_in(raw, way="smtp", sender="<>", recipients=["desk@amends.test"])
    letter = Letter.objects.get()
    client.force_login(cast.olive())
    assert "A delivery report. It is a delivery report." in listed(client, "strays")
    assert client.get(f"/desk/letters/{letter.ref}/original/").status_code == 200
    client.force_login(cast.mona())
    assert "MAILER-DAEMON" not in listed(client, "strays")
    assert client.get(f"/desk/letters/{letter.ref}/original/").status_code == 404
