"""The worker is killed at random moments while phones are told: nobody is forgotten, and what goes
twice has the name by which a phone shows it once."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from amends.connections.phones.ringing import SIDE_BY_SIDE
from tests.connections.serving import Browser, Site
from tests.engines.installation import installed

pytestmark = pytest.mark.engines
KILLS = min(10, int(os.environ.get("AMENDS_TEST_KILLS", "2")))
NOTICES, PATIENCE = 20 * KILLS, 60
WRITE = """
import json
from amends.config.start import start
start()
from django.test import Client
from amends.connections.phones.phone import Phone, Subscription
from amends.kit.clock import now
from amends.people.models import Person, Place
from amends.customers.customer import Customer
from amends.recovery import journey
from amends.recovery.notice import About, Notice
olive, client = Person.objects.get(), Client()
client.force_login(olive)
told = Subscription(**json.loads(%r))
Phone.keep(told, person=olive, session=client.session.session_key, browser="")
guest = Customer.met(name="Robert Finch", email="robert@finch.example")
here = journey.hear(customer=guest, place=Place.objects.get(), words="Cold", channel="letter")
Notice.objects.update(told_at=now())
for number in range(%d):
    Notice.tell(olive, here, About.BROKEN, f"A promise to Robert Finch was broken: {number}", at=now())
"""
RING = """
import time
from datetime import timedelta
from amends.config.start import start
start()
from amends.connections.phones import ringing, telling
telling.LEASE = timedelta(seconds=1)
while True:
    ringing.ring()
    time.sleep(0.02)
"""


def until(is_so) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    assert is_so()


def ringing_of(here):
    return subprocess.Popen([sys.executable, "-c", RING], env=here.surroundings)


def test_killed_at_any_moment_every_phone_is_told_and_shows_it_once(tmp_path):
    site = Site()
    browser = Browser(site)
    with installed(tmp_path, mail="keep://") as here:
        here.surroundings["AMENDS_PRIVATE_ADDRESSES"] = "on"
        here.run("-c", WRITE % (json.dumps(browser.subscription._asdict()), NOTICES))
        for _ in range(KILLS):
            wanted = len(site.asked) + random.randrange(1, NOTICES // KILLS - 2)
            worker = ringing_of(here)
            until(lambda wanted=wanted: len(site.asked) >= wanted)
            worker.kill()
            worker.wait()
        worker = ringing_of(here)
        waiting = "SELECT 1 FROM connections_telling WHERE done_at IS NULL"
        until(lambda: len(site.asked) >= NOTICES and not here.rows(waiting))
        worker.kill()
        worker.wait()
        rows = here.rows("SELECT why FROM connections_telling")
    site.close()
    told = Counter(message["tag"] for message in browser.shown)
    assert len(rows) == len(told) == NOTICES
    assert {why for (why,) in rows} == {""}
    assert sum(told.values()) - NOTICES <= KILLS * SIDE_BY_SIDE
