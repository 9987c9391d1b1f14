from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery.link import LASTS, Link
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_link_opens_its_own_recovery_in_any_spelling():
    recovery = cast.heard()
    token = Link.to(recovery, at=now()).token
    assert Link.opened(token.upper(), at=now()).recovery == recovery


def test_osticket_forum_87660_a_guessed_link_opens_nothing():
    recovery = cast.heard()
    link = Link.to(recovery, at=now())
    wrong = link.token[:-1] + ("0" if link.token[-1] != "0" else "1")
    for token in (wrong, link.ref, "", "x.y", link.ref + "."):
        assert Link.opened(token, at=now()) is None


def test_osticket_forum_87660_a_link_grows_old_and_each_letter_renews_it(clock):
    recovery = cast.heard()
    token = Link.to(recovery, at=now()).token
    clock.shift(LASTS - timedelta(days=1))
    assert Link.to(recovery, at=now()).token == token
    clock.shift(LASTS)
    assert Link.opened(token, at=now()) is None


def test_a_link_shown_on_the_screen_proves_no_address():
    recovery = cast.heard()
    link = Link.to(recovery, at=now())
    shown = Link.opened(link.shown_token, at=now())
    assert shown == link
    assert not shown.is_proven
    assert Link.opened(link.token, at=now()).is_proven


def test_osticket_forum_87660_a_revoked_link_opens_nothing_and_is_known_as_ours():
    recovery = cast.heard()
    link = Link.to(recovery, at=now())
    Link.revoke(recovery, at=now())
    assert Link.opened(link.token, at=now()) is None
    assert Link.was_ours(link.token)
    assert not Link.was_ours(link.token[:-1])
