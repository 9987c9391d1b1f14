import pytest

from amends.kit.clock import now
from amends.recovery.apology import AlreadySorry, Apology, TooShort
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def say(recovery, words=cast.SORRY):
    return Apology.say(recovery, words=words, channel="in person", by=cast.ana(), at=now())


def test_it_covers_every_failure_that_has_none():
    recovery = cast.heard()
    assert say(recovery).failures.count() == 2
    assert not recovery.failures.filter(sorry_at=None).exists()


def test_s2_09_there_is_no_second_one():
    recovery = cast.heard()
    say(recovery)
    with pytest.raises(AlreadySorry):
        say(recovery)


def test_one_word_owns_nothing():
    with pytest.raises(TooShort):
        say(cast.heard(), words="Sorry")
