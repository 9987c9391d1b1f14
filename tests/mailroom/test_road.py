from datetime import timedelta
from types import SimpleNamespace

import pytest

from amends.kit.clock import now
from amends.mailroom.road import FIRST, SECOND, Road, configured, may_send_another_way, ways_out
from amends.mailroom.route import ServerAway, Slower, WrongLogin
from amends.mailroom.sending import Sending

pytestmark = pytest.mark.django_db


def rest_for(why: ServerAway, times: int = 1) -> float:
    at = now()
    for _ in range(times):
        Road.rest(FIRST, why, at=at)
    return (Road.called(FIRST).resting_until - at).total_seconds()


@pytest.mark.parametrize(
    ("why", "first", "longest"),
    [(ServerAway, 30, 300), (Slower, 60, 1_800), (WrongLogin, 900, 900)],
)
def test_it_rests_ever_longer_and_never_for_ever(why, first, longest):
    assert first * 0.8 < rest_for(why("no")) < first * 1.2
    assert longest * 0.8 < rest_for(why("no"), times=120) < longest * 1.2


def test_one_success_ends_it_all():
    rest_for(WrongLogin("535 no"), times=3)
    Road.is_well(FIRST)
    road = Road.called(FIRST)
    assert (road.rests, road.trouble, road.away_since, road.is_locked_out) == (0, "", None, False)
    assert not road.is_worth_saying(now())


def test_a_short_absence_is_no_news_and_a_wrong_login_is():
    at = now()
    Road.rest(FIRST, ServerAway("gone"), at=at)
    assert not Road.called(FIRST).is_worth_saying(at + timedelta(minutes=4))
    assert Road.called(FIRST).is_worth_saying(at + timedelta(minutes=6))
    Road.rest(SECOND, WrongLogin("535"), at=at)
    assert Road.called(SECOND).is_worth_saying(at)
    Road.is_well(FIRST)
    Road.rest(FIRST, Slower("450"), at=at)
    assert not Road.called(FIRST).is_worth_saying(at + timedelta(hours=6))


def test_somebody_who_mended_it_need_not_wait(settings):
    settings.AMENDS_MAIL_URL = SimpleNamespace(scheme="keep")
    rest_for(WrongLogin("535 no"))
    assert ways_out(now()) == {}
    Road.try_now()
    assert list(ways_out(now())) == [FIRST]


def test_there_is_a_second_way_only_when_the_owner_allows_it(settings):
    settings.AMENDS_MAIL_URL = settings.AMENDS_MAIL_URL_2 = SimpleNamespace(scheme="keep")
    assert list(configured()) == [FIRST]
    assert not may_send_another_way()
    Sending.objects.create(second_allowed=True)
    assert list(configured()) == [FIRST, SECOND]
    assert may_send_another_way()


def test_without_any_mail_server_there_is_no_way_out(settings):
    settings.AMENDS_MAIL_URL = None
    settings.AMENDS_MAIL_URL_2 = SimpleNamespace(scheme="keep")
    Sending.objects.create(second_allowed=True)
    assert ways_out(now()) == {}
