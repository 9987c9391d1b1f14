import pytest

from amends.connections.phones.messenger import MOST, Messenger, NoMessenger, understood
from tests import cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.imghdr:DeprecationWarning"),  # of Apprise's own imports
]


def test_it_is_kept_sealed_and_named_by_its_kind():
    kept = Messenger.keep(
        "pover://userkey000000000000000000000@token00000000000000000000000000", person=cast.ana()
    )
    assert str(kept) == "Pushover"
    assert "token" not in kept.sealed
    assert kept.url.startswith("pover://")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "hello",
        "mailto://user:pass@mail.example",
        "dbus://",
        "syslog://",
        "exec://rm",
        "file:///etc/passwd",
        "pover://x",
        "http://[",
        "json://[::1",
    ],
)
def test_what_is_no_messenger_is_refused_and_never_repeated(wrong):
    with pytest.raises(NoMessenger) as no:
        understood(wrong)
    assert not wrong or wrong not in no.value.message


@pytest.mark.parametrize(
    "inside",
    [
        "json://127.0.0.1:8000/",
        "gotify://localhost/token12345",
        "ntfy://10.0.0.7/topic",
        "matrix://user:pass@192.168.1.1/#room",
    ],
)
def test_nobody_makes_us_knock_inside_our_own_network(inside):
    with pytest.raises(NoMessenger, match="private network|no machine"):
        understood(inside)


def test_with_leave_of_the_installation_it_may_lie_inside(settings):
    settings.AMENDS_PRIVATE_ADDRESSES = True
    assert understood("json://127.0.0.1:8000/") == "A program of yours"


def test_enough_is_enough(settings):
    settings.AMENDS_PRIVATE_ADDRESSES = True
    for number in range(MOST):
        Messenger.keep(f"json://127.0.0.1:{8000 + number}/", person=cast.ana())
    with pytest.raises(NoMessenger, match="enough"):
        Messenger.keep("json://127.0.0.1:9000/", person=cast.ana())
