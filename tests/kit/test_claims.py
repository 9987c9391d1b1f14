from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from amends.kit.claims import claim, share_turn, take_turns
from amends.kit.clock import now


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_one_wins():
    Session.objects.create(session_key="row", session_data="free", expire_date=now())

    def reach(number: int) -> bool:
        try:
            free = Session.objects.filter(session_key="row", session_data="free")
            return claim(free, session_data=f"won by {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        won = [number for number, mine in enumerate(pool.map(reach, range(24))) if mine]
    assert len(won) == 1
    assert Session.objects.get().session_data == f"won by {won[0]}"


@pytest.mark.django_db
def test_a_row_that_is_gone_is_not_won():
    assert not claim(Session.objects.filter(session_key="nobody"), session_data="mine")


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_whoever_comes_for_the_same_name_sees_what_the_first_one_did():
    def count_up(_: int) -> None:
        try:
            with transaction.atomic():
                take_turns("the visitors' book", "another name")
                pages = Session.objects.count()
                Session.objects.create(session_key=f"page {pages}", expire_date=now())
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count_up, range(12)))
    assert Session.objects.count() == 12


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_turns_are_taken_inside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        take_turns("anything")


@pytest.mark.django_db
def test_a_turn_is_shared_inside_a_transaction():
    with transaction.atomic():
        share_turn("the visitors' book")
