import pytest

from amends.connections.phones.push import push
from amends.connections.phones.wording import a_test
from tests.connections.serving import Browser


def test_only_the_browser_can_open_it_and_it_knows_who_sent_it(site):
    browser = Browser(site)
    assert push(browser.subscription, a_test(True), seconds=900).is_taken
    (shown,) = browser.shown
    assert shown["title"] == "Robert Finch is here, table 7"
    asked = site.asked[0]
    assert (asked.headers["ttl"], asked.headers["urgency"], asked.headers["topic"]) == (
        "900",
        "high",
        "test",
    )
    assert b"Finch" not in asked.body


@pytest.mark.parametrize(
    ("status", "gone", "later"),
    [
        (410, True, False),
        (404, True, False),
        (429, False, True),
        (503, False, True),
        (403, False, False),
        (413, False, False),
    ],
)
def test_gone_is_gone_and_busy_is_busy(site, status, gone, later):
    browser = Browser(site)
    site.says = (status, {}, b"")
    sent = push(browser.subscription, a_test(True), seconds=60)
    assert (sent.is_taken, sent.is_gone, sent.may_try_again) == (False, gone, later)


def test_nobody_there_is_tried_again(site):
    browser = Browser(site)
    site.close()
    sent = push(browser.subscription, a_test(True), seconds=60)
    assert sent.may_try_again
    site.__init__()


def test_a_browser_cannot_make_us_knock_inside_our_network(site, settings):
    browser = Browser(site)
    settings.AMENDS_PRIVATE_ADDRESSES = False
    sent = push(browser.subscription, a_test(True), seconds=60)
    assert "private network" in sent.why
    assert not sent.may_try_again
    assert site.asked == []
