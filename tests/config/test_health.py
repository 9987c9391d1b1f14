"""Does it run, and can it do its work."""

import pytest

from amends.config import heartbeat
from amends.kit.clock import now

PARTS = ("letters", "clock", "post", "mail")


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
