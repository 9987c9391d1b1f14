import pytest

from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.complaint import NotYetRead
from amends.recovery.recovery import Part
from amends.recovery.understanding import AlreadyAnswered, NoWords
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s4_08_the_customer_confirms_what_we_understood():
    recovery = cast.understood()
    assert recovery.stage == Part.SORRY
    assert Letter.objects.filter(thread=recovery.ref, kind="restatement").count() == 1


def test_a_correction_joins_the_story_and_we_say_it_again():
    recovery = cast.heard()
    said = journey.restate(recovery, words=cast.RESTATED, by=cast.ana())
    journey.correct(said, words="It was the toast, not the bacon.")
    recovery = cast.fresh(recovery)
    assert recovery.understood_at is None
    assert recovery.waiting_since
    again = journey.restate(recovery, words="The toast was burnt.", by=cast.ana())
    journey.confirm(again)
    assert cast.fresh(recovery).understood_at


def test_it_is_answered_once():
    said = journey.restate(cast.heard(), words=cast.RESTATED, by=cast.ana())
    journey.confirm(said)
    with pytest.raises(AlreadyAnswered):
        journey.correct(said, words="No, wait.")


def test_s4_22_nobody_answers_before_reading_the_story():
    cast.ana()
    recovery = journey.hear(
        customer=cast.finch(), place=cast.place(), words=cast.STORY, channel="e-mail"
    )
    with pytest.raises(NotYetRead):
        journey.restate(recovery, words=cast.RESTATED, by=cast.ana())


def test_saying_nothing_back_is_no_restatement():
    with pytest.raises(NoWords):
        journey.restate(cast.heard(), words=" ", by=cast.ana())


def test_face_to_face_needs_no_letter():
    recovery = cast.heard()
    before = Letter.objects.count()
    said = journey.restate(recovery, words=cast.RESTATED, by=cast.ana(), face_to_face=True)
    journey.confirm(said, by=cast.ana())
    assert Letter.objects.count() == before
    assert cast.fresh(recovery).understood_at


def test_s0_01_what_a_customer_values_is_kept_for_whoever_serves_them_next():
    recovery = cast.heard()
    told = {"name": "Robert Finch", "values": "A quiet table", "dislikes": "Red lollipops"}
    journey.describe_customer(recovery.customer, by=cast.ana(), preferred_channel="fax", **told)
    customer = cast.fresh(recovery).customer
    assert (customer.values, customer.preferred_channel) == ("A quiet table", "fax")
    assert recovery.timeline.last().facts["dislikes"] == "Red lollipops"


def test_another_way_to_reach_them_is_kept():
    recovery = cast.heard()
    journey.reach_customer_at(recovery.customer, kind="phone", value="01225 1", by=cast.ana())
    assert cast.fresh(recovery).customer.phone == "01225 1"
    assert "01225 1" in recovery.timeline.last().words
