from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from amends.kit.clock import now
from amends.kit.files import SMALL
from amends.mailroom.post import LEFT_LYING, Post, store
from tests.mailroom.mails import mail

SOON = LEFT_LYING + timedelta(seconds=1)


@pytest.mark.django_db
def test_what_is_stored_is_the_raw_bytes_whatever_they_are():
    post = store(b"\xff\0 no mail at all", way="pipe", sender="<>", recipients=["Desk@Amends.test"])
    assert post.raw() == b"\xff\0 no mail at all"
    assert post.size == 17
    assert post.recipients == ["desk@amends.test"]
    assert post.read_at is None


@pytest.mark.django_db
def test_f_revocrm_1651_the_same_delivery_again_is_the_same_post():
    first = store(mail(), way="smtp", recipients=["a@x.test", "b@x.test"])
    again = store(mail(), way="pipe", recipients=["B@x.test", "a@x.test"])
    assert first == again
    assert Post.objects.count() == 1


@pytest.mark.django_db
def test_zammad_1578_the_same_mail_to_another_of_our_addresses_is_another_post():
    store(mail(), way="smtp", recipients=["a@x.test"])
    store(mail(), way="smtp", recipients=["b@x.test"])
    store(mail(), way="smtp", recipients=["a@x.test"], mailbox="bath")
    assert Post.objects.count() == 3


@pytest.mark.django_db
def test_nextcloud_10682_one_message_id_on_two_messages_is_two_posts():
    store(mail("one"), way="smtp")
    store(mail("two"), way="smtp")
    assert Post.objects.count() == 2


@pytest.mark.django_db
def test_odd_envelopes_are_stored_too():
    post = store(b"x", way="smtp", sender="\udce9\0" + "x" * 999, recipients=["\ud800\0@x" * 400])
    post.refresh_from_db()
    assert len(post.sender) == 320


@pytest.mark.django_db
def test_unread_post_waits_until_somebody_looks():
    post = store(mail(), way="smtp")
    assert not Post.objects.waiting(now()).exists()  # whoever brought it opens it
    assert list(Post.objects.waiting(now() + SOON)) == [post]
    with post.opening() as is_mine:
        assert is_mine
    assert not Post.objects.waiting(now() + SOON).exists()
    with post.opening() as is_mine:
        assert not is_mine


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_an_opening_that_fails_leaves_the_post_unread():
    post = store(mail(), way="smtp")
    with pytest.raises(ZeroDivisionError), post.opening():
        raise ZeroDivisionError
    post.stumble("could not")
    post.refresh_from_db()
    assert post.read_at is None
    assert post.trouble == "could not"


@pytest.mark.django_db
def test_zammad_2591_each_further_try_waits_longer():
    post, at = store(mail(), way="smtp"), now() + SOON
    waits = []
    for tries in range(2, 8):
        assert post.take_up(at)
        post.refresh_from_db()
        assert post.tries == tries
        waits.append(post.look_at - at)
        assert not Post.objects.waiting(at).exists()
        at = post.look_at
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == timedelta(minutes=15)


@pytest.mark.django_db
def test_two_who_take_up_the_same_post_are_one():
    store(mail(), way="smtp")
    mine, yours = Post.objects.get(), Post.objects.get()
    assert mine.take_up(now())
    assert not yours.take_up(now())


def at_once(function, times=12):
    def alone(number):
        try:
            return function(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(alone, range(times)))


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_a_mail_delivered_twice_at_the_same_moment_is_one_post():
    posts = at_once(lambda _: store(mail(), way="smtp", recipients=["desk@amends.test"]).pk)
    assert len(set(posts)) == 1


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_a_post_opened_by_many_at_once_is_opened_by_one():
    post = store(mail(), way="smtp")

    def open_it(_: int) -> bool:
        with post.opening() as is_mine:
            return is_mine

    assert sum(at_once(open_it)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("size", [SMALL, SMALL + 1])
def test_small_bytes_stay_in_the_row_and_large_ones_become_a_file(size):
    raw = b"x" * size
    post = store(raw, way="smtp")
    assert (post.content is None) == (size > SMALL)
    assert Post.objects.get(pk=post.pk).raw() == raw


@pytest.mark.django_db
def test_what_is_read_is_not_held_for_longer_than_it_takes():
    stored = store(mail("A word.\r\n"), way="smtp")
    assert stored.parsed.text == "A word."
    stored.let_go()
    assert not {"parsed", "at_hand"} & {name for name, value in vars(stored).items() if value}
    assert stored.parsed.text == "A word."
