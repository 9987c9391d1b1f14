"""Alarms reach somebody by a road other than e-mail, and stand on every page of who can act."""

import json
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from amends.config import alarming, checking, heartbeat
from amends.kit.clock import now
from amends.mailroom.road import Road
from amends.mailroom.route import WrongLogin
from tests import cast
from tests.recovery.test_mailboxes import added

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.imghdr:DeprecationWarning"),  # of Apprise's own imports
]


@contextmanager
def doorbell():
    """A real address that Apprise rings."""
    rung, status = [], [200]

    class Bell(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            rung.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bell)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_address[1]}/", rung, status
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def all_well():
    for name in (*checking.PARTS, "mailboxes"):
        heartbeat.beat(name, at=now())


def looked(clock, **later):
    clock.shift(timedelta(**later))
    all_well()
    alarming.look()


def test_osticket_6299_somebody_is_told_once_and_again_when_it_is_over(clock, settings):
    """Guarantee 14: ten days without mail are noticed in a quarter of an hour, not by e-mail."""
    box = added()
    box.hold("reader")
    box.stumble("imap.larder.example does not let larder in.")
    with doorbell() as (url, rung, _):
        settings.AMENDS_ALARM_URLS = (url,)
        looked(clock, minutes=14)
        assert rung == []
        looked(clock, minutes=2)
        looked(clock, seconds=61)
        looked(clock, hours=3)
        assert len(rung) == 1
        assert "hello@larder.example is not read since" in rung[0]["message"]
        assert "does not let larder in" in rung[0]["message"]
        box.refresh_from_db()
        box.went_well()
        looked(clock, seconds=15)
        looked(clock, seconds=61)
        assert len(rung) == 2
        assert rung[1]["title"] == "It is over"


def test_an_alarm_that_nobody_heard_is_told_later_and_names_no_secret(clock, settings, caplog):
    added().stumble("Nobody there.")
    with doorbell() as (url, rung, status):
        settings.AMENDS_ALARM_URLS = (url.replace("json://", "json://user:secret@"),)
        status[0] = 500
        looked(clock, minutes=16)
        looked(clock, seconds=61)
        assert "an alarm could not be told" in caplog.text
        assert "secret" not in caplog.text
        status[0] = 200
        looked(clock, minutes=6)
        looked(clock, minutes=6)
    assert len([one for one in rung if one["title"] == "Amends needs a look"]) == 2


def test_freescout_3026_a_dead_worker_stands_on_every_page(client, clock):
    """Guarantee 14: seen by whoever can act, on any page, with since when."""
    all_well()
    client.force_login(cast.mona())
    assert "Letters do not leave" not in client.get("/desk/customers/").content.decode()
    clock.shift(timedelta(minutes=5))
    for page in ("/desk/today/", "/desk/customers/", "/desk/settings/"):
        told = client.get(page).content.decode()
        assert "Letters do not leave, promises are not watched since 10:00 on 1 June." in told
        assert "Mail does not come in since" in told
    client.force_login(cast.ana())
    assert "Letters do not leave" not in client.get("/desk/today/").content.decode()


def test_a_part_that_was_never_heard_of_is_not_missed_yet(client):
    client.force_login(cast.olive())
    assert "do not leave" not in client.get("/desk/today/").content.decode()


def test_a_mailbox_in_trouble_stands_there_too_with_the_way_to_it(client, clock):
    added().stumble("imap.larder.example did not answer in time.")
    looked(clock, minutes=16)
    client.force_login(cast.olive())
    page = client.get("/desk/today/").content.decode()
    assert "did not answer in time" in page
    assert 'href="/desk/settings/mailboxes/"' in page


def test_zammad_182_a_way_out_that_lets_nobody_in_stands_on_every_page_with_the_way_to_it(
    client, clock
):
    Road.rest("first", WrongLogin("535 5.7.8 wrong"), at=now())
    alarming.look()
    client.force_login(cast.mona())
    page = client.get("/desk/today/").content.decode()
    assert "The first way out does not let us in: 535 5.7.8 wrong" in page
    assert page.count('href="/desk/letters/"') == 2


def test_the_banner_costs_one_question(client, rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = cast.mona()
    asked = alarming.banners(request)["standing_troubles"]
    with django_assert_num_queries(1):
        asked()
    request.user = cast.ana()
    with django_assert_num_queries(0):
        asked()


def test_the_alarm_can_be_tried(settings):
    with doorbell() as (url, rung, _):
        settings.AMENDS_ALARM_URLS = (url, "json://127.0.0.1:1/")
        assert alarming.ring() == [("json://…", True), ("json://…", False)]
    assert rung[0]["title"] == "Amends tries its alarm"
