import pytest

from amends.mailroom.post import Post
from amends.recovery.written_to import NoPlace, place_of
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_box_then_the_address_then_the_first():
    bath = cast.place()
    york = cast.place("larder-york", mail_address="york@larder.example")
    assert place_of(Post(recipients=[])) == bath
    assert place_of(Post(recipients=["york@larder.example"])) == york
    assert place_of(Post(recipients=["york@larder.example"], mailbox=bath.ref)) == bath


def test_before_there_is_a_place_nothing_is_heard():
    with pytest.raises(NoPlace):
        place_of(Post(recipients=[]))
