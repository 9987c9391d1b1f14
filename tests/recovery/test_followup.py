from datetime import UTC, datetime

import pytest

from amends.kit.clock import now
from amends.recovery import journey, letters
from amends.recovery.followup import (
    Done,
    FollowUp,
    Kind,
    NextDoor,
    Return,
    Trust,
    is_back,
    kind_of,
)
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_follow_up_is_done_once():
    planned = cast.put_right().followups.get()
    planned.finish(words="Is it fixed?", by=cast.ana(), at=now())
    with pytest.raises(Done):
        planned.finish(words="Is it fixed?", by=cast.ana(), at=now())


def test_what_is_due_and_for_whom():
    planned = cast.put_right().followups.get()
    assert FollowUp.objects.due_by(planned.due_at).visible_to(cast.ana()).get() == planned
    assert not FollowUp.objects.due_by(now()).exists()


def test_s3_20_back_means_trusted_or_seen_twice():
    recovery = cast.put_right()
    assert not is_back(recovery)
    journey.seen_back(recovery, by=cast.ana())
    assert not is_back(cast.fresh(recovery))
    journey.answer_trust(recovery, trust=Trust.NOT_YET)
    assert not is_back(cast.fresh(recovery))
    journey.seen_back(recovery, by=cast.ana())
    assert is_back(cast.fresh(recovery))


@pytest.mark.parametrize("letter", ["follow_up", "thanks", "trust", "changed", "moved"])
def test_t6_what_follows_never_says_sorry_again(letter):
    subject, body = letters.as_it_stands(letter)
    assert "sorry" not in f"{subject} {body}".lower()
    assert "apolog" not in f"{subject} {body}".lower()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ([], Kind.UNKNOWN),
        ([{}, {}], Kind.UNKNOWN),
        ([{"trust": Trust.YES}], Kind.LOYAL),
        ([{"next_door": NextDoor.US}], Kind.LOYAL),
        ([{"trust": Trust.YES, "next_door": NextDoor.THEM}], Kind.CAPTIVE),
        ([{"trust": Trust.YES}, {"next_door": NextDoor.THEM}], Kind.CAPTIVE),
        ([{"next_door": NextDoor.THEM}, {"next_door": NextDoor.US}], Kind.LOYAL),
        ([{"next_door": NextDoor.THEM}, {}], Kind.CAPTIVE),
    ],
)
def test_s3_22_a_captive_return_is_told_from_a_loyal_one(said, kind):
    """By what they said last; a second return alone says nothing of why."""
    seen = [
        Return(pk=number, seen_at=datetime(2026, 3, number, tzinfo=UTC), **answers)
        for number, answers in enumerate(said, start=1)
    ]
    assert kind_of(seen) == kind
