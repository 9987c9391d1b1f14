"""Words and photos at any time; «it is not fixed» and «a person, please» always (S2-02)."""

import pytest

from amends.mailroom.attachment import Attachment
from amends.mailroom.letter import Letter
from amends.recovery.notice import About, Notice
from amends.recovery.timeline import Verb
from tests import cast
from tests.portal.pictures import picture, script

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_words_and_photos_reach_the_owner(holder):
    page = holder(cast.sorry())
    page.press("words/", words="The juice too.", photos=[picture("juice.png")])
    letter = Letter.objects.latest("pk")
    assert (letter.text, letter.channel) == ("The juice too.", "page")
    assert Attachment.objects.get().name == "juice.png"
    assert page.fresh.waiting_since
    assert "juice.png" in page.reads()


def test_a_photo_says_enough(holder):
    page = holder(cast.sorry())
    page.press("words/", photos=[picture()])
    assert Letter.objects.latest("pk").text == "A photo."


def test_nothing_at_all_is_asked_for_again(holder):
    page = holder(cast.sorry())
    assert page.press("words/").status_code == 422


def test_a_file_that_is_no_photo_is_refused_and_the_words_stay(holder):
    page = holder(cast.sorry())
    response = page.press("words/", words="The juice too.", photos=[script("menu.png")])
    assert response.status_code == 422
    assert "menu.png is not a photo" in response.content.decode()
    assert "The juice too." in response.content.decode()
    assert not Attachment.objects.exists()


def test_it_is_not_fixed_opens_again_and_tells_a_person(holder):
    page = holder(cast.put_right())
    page.press("not-fixed/", words="Cold again.")
    recovery = page.fresh
    assert recovery.put_right_at is None
    assert Notice.objects.filter(person=recovery.owner, about=About.NOT_FIXED).exists()
    assert Letter.objects.latest("pk").text == "It is not fixed. Cold again."


def test_it_is_not_fixed_needs_no_words(holder):
    page = holder(cast.put_right())
    assert page.press("not-fixed/").status_code == 303
    assert page.fresh.put_right_at is None


def test_it_is_put_right_reopens_nothing(holder):
    page = holder(cast.put_right())
    page.press("put-right/")
    recovery = page.fresh
    assert recovery.put_right_at
    assert recovery.waiting_since is None
    assert recovery.timeline.filter(verb=Verb.THANKED_US).count() == 1


def test_a_person_please_is_told_at_once(holder):
    page = holder(cast.sorry())
    response = page.press("person/", words="Ring me on 555 after six.")
    assert response["Location"] == f"{page.address}?said=person#person"
    told = Notice.objects.filter(about=About.PERSON, words__contains="asks for a person")
    assert told.exists()
    assert "A person knows" in page.reads("?said=person")
    assert "555 after six" in page.reads()


def test_words_beyond_all_bounds_are_refused_kindly(holder):
    page = holder(cast.sorry())
    assert page.press("person/", words="x" * 20_001).status_code == 422
