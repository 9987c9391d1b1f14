import pytest

from amends.kit.clock import now
from amends.recovery.understanding import AlreadyAnswered, NoWords, Restatement
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def said() -> Restatement:
    return Restatement.say(
        cast.heard(), words=cast.RESTATED, hurt_most="My treat", by=cast.ana(), at=now()
    )


def test_s1_05_what_hurt_most_is_kept_in_their_words():
    assert said().hurt_most == "My treat"


def test_confirmed_or_corrected_and_only_once():
    one = said()
    one.correct(words="It was the toast.", at=now())
    with pytest.raises(AlreadyAnswered):
        one.confirm(at=now())
    assert (one.confirmed_at, one.correction) == (None, "It was the toast.")


def test_a_correction_has_words():
    with pytest.raises(NoWords):
        said().correct(words="  ", at=now())
