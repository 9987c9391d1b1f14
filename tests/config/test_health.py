"""Does it run, and can it do its work."""

import pytest

from amends.config import checking, heartbeat
from amends.kit.clock import now
from tests.recovery.test_mailboxes import added

PARTS = (*checking.WORKER, *checking.listeners(), "mail")


def test_a_running_process_says_so(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_every_part_gave_a_sign_of_life(client):
    for part in PARTS:
        heartbeat.beat(part, at=now())
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "troubles": {}}


@pytest.mark.django_db
def test_not_ready_names_the_part_that_is_silent(client):
    for part in PARTS[:-1]:
        heartbeat.beat(part, at=now())
    response = client.get("/readyz")
    assert response.status_code == 503
    assert list(response.json()["troubles"]) == ["mail"]


@pytest.mark.django_db
def test_osticket_6455_a_mailbox_that_is_not_read_is_told_and_sends_nobody_away(client):
    """Guarantee 14."""
    for part in (*PARTS, "mailboxes"):
        heartbeat.beat(part, at=now())
    added().stumble("imap.larder.example did not answer in time.")
    response = client.get("/readyz")
    assert response.status_code == 200
    (words,) = response.json()["troubles"].values()
    assert "did not answer in time" in words
