import pytest

from amends.recovery import journey
from amends.recovery.complaint import Complaint, NotYetRead, must_have_listened
from amends.recovery.journey.heard import WentWrong
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s2_12_s4_22_their_words_come_before_any_answer():
    cast.ana()
    recovery = journey.hear(
        customer=cast.finch(), place=cast.place(), words=cast.STORY, channel="letter"
    )
    with pytest.raises(NotYetRead):
        must_have_listened(recovery)
    journey.listen(recovery, by=cast.ana())
    must_have_listened(recovery)


def test_what_we_saw_ourselves_has_no_story_to_read():
    recovery = journey.spot(
        customer=cast.finch(), place=cast.place(), by=cast.ana(), failures=[WentWrong()]
    )
    must_have_listened(recovery)


def test_s2_13_any_channel_is_kept_as_it_was_told():
    recovery = cast.heard(channel="pigeon")
    assert Complaint.objects.get(recovery=recovery).channel == "pigeon"
