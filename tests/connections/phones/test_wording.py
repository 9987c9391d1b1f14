import pytest

from amends.connections.phones.wording import RINGS, a_test, message
from amends.kit.clock import now
from amends.recovery.notice import About, Notice
from tests import cast

pytestmark = pytest.mark.django_db


def notice(about, words):
    recovery = cast.heard()
    return Notice.objects.create(
        person=cast.ana(), recovery=recovery, about=about, words=words, at=now()
    )


def test_a_name_and_what_is_owed_and_the_way_there():
    told = message(
        notice(About.ARRIVAL, "Robert Finch is here. Ask for me next time"), with_names=True
    )
    assert (told.title, told.body) == ("Robert Finch is here", "Ask for me next time")
    assert told.url == "/desk/arrivals/"
    assert told.address.endswith("/desk/arrivals/")


def test_with_names_left_out_nothing_is_said_of_anybody():
    for about in RINGS:
        told = message(notice(about, "Robert Finch: the bacon was greasy"), with_names=False)
        assert "Finch" not in told.title + told.body
        assert "bacon" not in told.title + told.body


@pytest.mark.parametrize("about", [About.PERSON, About.APPROVAL, About.NOT_FIXED])
def test_of_the_story_nothing_is_said_even_with_names(about):
    told = message(notice(about, "Robert Finch: the bacon was greasy"), with_names=True)
    assert told.body == "Robert Finch"
    assert "bacon" not in told.title


def test_a_test_looks_like_the_real_one_and_names_nobody_real():
    assert a_test(True).title != a_test(False).title
