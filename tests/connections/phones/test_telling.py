from datetime import timedelta

import pytest

from amends.connections.phones.telling import KEEPS, LEASE, PASSES, Telling
from amends.kit.clock import now
from amends.recovery.notice import About, Notice
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def telling(phone):
    kept, _ = phone(cast.ana())
    notice = Notice.objects.create(
        person=cast.ana(), recovery=cast.heard(), about=About.ARRIVAL, words="Here.", at=now()
    )
    return Telling.objects.create(notice=notice, phone=kept, next_at=now())


def test_of_two_workers_one_wins_it(telling):
    other = Telling.objects.get()
    assert telling.claim(at=now())
    assert not other.claim(at=now())


def test_whoever_died_on_the_way_is_waited_for_and_then_followed(telling):
    telling.claim(at=now())
    assert not Telling.objects.due(at=now()).exists()
    later = now() + LEASE
    (left,) = Telling.objects.due(at=later)
    assert left.perhaps_told
    assert left.claim(at=later)


def test_it_is_tried_again_after_pauses_as_long_as_it_is_news(telling, clock):
    tries = 0
    while Telling.objects.filter(done_at=None).exists():
        clock.shift(timedelta(seconds=1))
        for due in Telling.objects.due(at=now()):
            assert due.claim(at=now())
            due.again(at=now(), why="busy")
            tries += 1
    assert 4 <= tries <= 8
    assert now() < telling.notice.at + PASSES


def test_who_stands_at_the_door_is_news_for_a_quarter_of_an_hour(telling):
    assert telling.until == telling.notice.at + PASSES
    telling.notice.about = About.BROKEN
    assert telling.until == telling.notice.at + KEEPS
