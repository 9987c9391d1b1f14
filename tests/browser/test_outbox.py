"""A letter called back with the seconds running, one for a later hour, and the outbox as axe sees it."""

from datetime import timedelta

import pytest

from amends.kit.clock import lived_at, now
from amends.mailroom.letter import Letter, State
from amends.mailroom.road import Road
from amends.mailroom.route import WrongLogin
from amends.mailroom.sending import Sending
from amends.recovery import journey
from tests import cast
from tests.browser.conftest import troubles
from tests.browser.test_looks import seen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "I will ring you tomorrow at nin."


@pytest.fixture
def read():
    """A story that Ana has read, so that she can write; her apology can be called back no more."""
    cast.place(hours=False)
    with lived_at(now() - timedelta(minutes=5)):
        recovery = cast.sorry()
    journey.customer_wrote(recovery, words="And what about the coffee?", channel="e-mail")
    return recovery


def written(page, recovery):
    page.goto(f"/desk/recoveries/{recovery.ref}/")
    page.locator("summary", has_text="Words").first.click()
    page.locator("summary", has_text="Write to Robert").click()
    page.locator("#step-write textarea").fill(WORDS)
    page.locator("#step-write").get_by_role("button", name="Send to Robert").click()
    leaves = page.get_by_text("Your letter to Robert leaves")
    anyway = page.get_by_role("button", name="Send anyway")
    leaves.or_(anyway).first.wait_for()
    if anyway.is_visible():  # the coach had something to say
        anyway.click()
    leaves.wait_for()


def test_freescout_3856_the_seconds_run_and_the_words_come_back(desk, read):
    page = desk(cast.ana())
    written(page, read)
    assert "in " in page.locator("undo-time").inner_text()
    assert page.evaluate("document.querySelector('undo-time').getBoundingClientRect().bottom") < 900
    assert troubles(page) == []
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**again=**")
    page.get_by_text("Called back. Your words are in the letter below.").wait_for()
    assert page.locator("#step-write textarea").input_value() == WORDS
    assert Letter.objects.get(kind="answer").state == State.CANCELLED


def test_when_the_seconds_are_over_the_undo_goes_away_by_itself(desk, read):
    Sending.objects.create(undo_seconds=2)
    page = desk(cast.ana())
    written(page, read)
    page.locator("undo-time").wait_for(state="detached", timeout=5_000)


def test_freescout_3856_it_can_be_called_back_without_javascript(desk, read):
    page = desk(cast.ana(), java_script_enabled=False)
    written(page, read)
    page.get_by_role("button", name="Undo").click()
    assert page.locator("#step-write textarea").input_value() == WORDS


def test_everybody_can_use_the_outbox_and_the_settings_of_sending(desk, read):
    for state in (State.FAILED, State.UNCERTAIN, State.CAME_BACK):
        letter = journey.write(read, words=WORDS, by=cast.ana())
        told = {
            "state": state,
            "trouble": "The mail server said no: 550 5.1.1 <robert@finch.example>",
        }
        Letter.objects.filter(pk=letter.pk).update(**told)
    Road.rest("first", WrongLogin("535 5.7.8 Error: authentication failed"), at=now())
    page = desk(cast.olive())
    assert seen(page, "/desk/letters/") == []
    assert page.get_by_role("heading", name="Outbox").is_visible()
    assert seen(page, "/desk/letters/?show=later") == []
    assert seen(page, "/desk/settings/sending/?look=1") == []
