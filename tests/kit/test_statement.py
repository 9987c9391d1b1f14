"""What nobody asks the answer of leaves with the next question, and nothing else changes by that."""

from contextlib import suppress

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from amends.customers.customer import Address, Customer
from amends.kit.ready import (
    add,
    add_unnumbered,
    answer_to,
    ready,
    ready_change,
    reserve,
    say,
)
from amends.kit.statement import A_FEW, in_few_trips

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
needs_trips = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="only PostgreSQL lies behind a way to go"
)


@ready
def keys_of(customer):
    return Address.objects.filter(customer=customer).order_by("key").values_list("key", flat=True)


@ready_change
def known_as(pk, name):
    return Customer.objects.filter(pk=pk), {"known_as": name}


def address(customer, key):
    return Address(customer=customer, kind="email", key=key, value=key)


def on_the_way():
    return connection.on_the_way.said


def addresses(customer, keys):
    for key in keys:
        add_unnumbered(address(customer, key))


def test_what_was_said_is_there_when_somebody_asks():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        for key in ("a", "b", "c"):
            add_unnumbered(address(ana, key))
        known_as.say(ana.pk, "Annie")
        assert keys_of(ana.pk) == ["a", "b", "c"]
        assert answer_to("SELECT known_as FROM customers_customer") == [("Annie",)]


@needs_trips
def test_it_waits_for_a_question():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        add_unnumbered(address(ana, "a"))
        say("UPDATE customers_customer SET known_as = %s", ["Annie"])
        assert on_the_way() == 2
        keys_of(ana.pk)
        assert on_the_way() == 0


def test_django_s_own_statements_come_after_it():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        add_unnumbered(address(ana, "a"))
        assert Address.objects.count() == 1
        say("UPDATE customers_customer SET known_as = %s", ["Annie"])
        assert Customer.objects.filter(known_as="Annie").update(name="Anna") == 1


def test_what_nobody_asked_about_is_written_when_the_block_ends():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        add_unnumbered(address(ana, "a"))
    assert ana.addresses.get().key == "a"


def test_one_that_is_there_already_is_left_as_it_is():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        add_unnumbered(address(ana, "a"))
        add_unnumbered(address(ana, "a"), once=True)
    assert ana.addresses.count() == 1


def test_what_cannot_be_written_spoils_the_transaction():
    ana = add(Customer(name="Ana"))
    add(address(ana, "a"))
    with pytest.raises(IntegrityError), transaction.atomic(), in_few_trips():
        add_unnumbered(address(ana, "a"))
    with transaction.atomic():
        with in_few_trips(), suppress(IntegrityError):
            add_unnumbered(address(ana, "b"))
            add_unnumbered(address(ana, "a"))
            keys_of(ana.pk)
        with pytest.raises(TransactionManagementError):
            Customer.objects.exists()
        transaction.set_rollback(True)
    assert keys_of(ana.pk) == ["a"]


def test_what_is_taken_back_is_not_sent_later():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        add_unnumbered(address(ana, "a"))
        with suppress(RuntimeError), transaction.atomic():
            add_unnumbered(address(ana, "b"))
            raise RuntimeError
        with transaction.atomic():
            add_unnumbered(address(ana, "c"))
    assert keys_of(ana.pk) == ["a", "c"]


MANY = [str(number) for number in range(A_FEW + 1)]


@needs_trips
def test_a_few_leave_before_anybody_asks():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        addresses(ana, MANY[:-1])
        assert len(connection.road_kept.under_way) == A_FEW
        keys_of.ahead(ana.pk)
        assert keys_of(ana.pk) == MANY[:-1]
        assert connection.road_kept.under_way == []


def test_what_left_already_is_taken_back_too():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        with suppress(RuntimeError), transaction.atomic():
            addresses(ana, MANY)
            raise RuntimeError
        with suppress(IntegrityError), transaction.atomic():
            addresses(ana, [*MANY, "0"])
        addresses(ana, MANY[:2])
    assert keys_of(ana.pk) == MANY[:2]


def test_one_that_cannot_be_said_among_those_that_leave_spoils_the_transaction():
    ana = add(Customer(name="Ana"))
    with transaction.atomic():
        with in_few_trips(), suppress(DataError, ValueError, IntegrityError):
            addresses(ana, ["a", "b\0", *MANY, "a"])
        assert connection.needs_rollback
        transaction.set_rollback(True)
    assert keys_of(ana.pk) == []


@pytest.mark.parametrize("keys", [["a"], MANY])
def test_nothing_of_a_block_that_fails_is_left(keys):
    ana = add(Customer(name="Ana"))
    with suppress(RuntimeError), transaction.atomic(), in_few_trips():
        addresses(ana, keys)
        raise RuntimeError
    assert not ana.addresses.exists()


def test_one_block_within_another_is_the_same():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        with in_few_trips():
            add_unnumbered(address(ana, "a"))
        add_unnumbered(address(ana, "b"))
    assert keys_of(ana.pk) == ["a", "b"]


def test_who_looks_on_sees_every_statement_by_itself():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        add_unnumbered(address(ana, "a"))
        with CaptureQueriesContext(connection) as told:
            add_unnumbered(address(ana, "b"))
            known_as.say(ana.pk, "Annie")
    inserted, changed = (each["sql"] for each in told if "SAVEPOINT" not in each["sql"])
    assert "INSERT" in inserted
    assert "Annie" in changed
    assert keys_of(ana.pk) == ["a", "b"]


@needs_trips
def test_what_is_the_same_each_time_stands_in_the_words():
    """An index over a part of the rows is only taken where the part is named."""

    @ready
    def mails(key):
        return Address.objects.filter(kind="email", value="50 %", key=key)

    add(address(add(Customer(name="Ana")), "a"))
    assert mails("a") == []
    (sql,) = [sql.decode() for sql, _ in connection.road_kept.kept if b"50 %" in sql]
    assert "'email'" in sql
    assert "$1" in sql
    assert "$2" not in sql


@needs_trips
@pytest.mark.django_db(transaction=True)
def test_the_commit_goes_with_the_last():
    done = []
    with transaction.atomic(), in_few_trips(to_the_end=True):
        ana = add(Customer(name="Ana"))
        add_unnumbered(address(ana, "a"))
        transaction.on_commit(lambda: done.append(1))
    assert b"COMMIT" in {sql for sql, _ in connection.road_kept.kept}
    assert done == [1]
    assert keys_of(ana.pk) == ["a"]


@needs_trips
@pytest.mark.django_db(transaction=True)
def test_what_fails_only_at_the_commit_is_taken_back():
    with pytest.raises(IntegrityError), transaction.atomic(), in_few_trips(to_the_end=True):
        add_unnumbered(address(Customer(pk=12345), "a"))
    assert not Address.objects.exists()


def test_inside_another_transaction_nothing_is_committed_for_good():
    with suppress(RuntimeError), transaction.atomic():
        with transaction.atomic(), in_few_trips(to_the_end=True):
            add(Customer(name="Ana"))
        with transaction.atomic(savepoint=False), in_few_trips(to_the_end=True):
            add(Customer(name="Ben"))
        raise RuntimeError
    assert not Customer.objects.exists()


def test_what_is_asked_ahead_is_answered_later():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        add_unnumbered(address(ana, "a"))
        keys_of.ahead(ana.pk)
        known_as.ahead(ana.pk, "Annie")
        assert keys_of(ana.pk) == ["a"]
        assert known_as(ana.pk, "Annie") == 1
        assert known_as(ana.pk + 1, "Annie") == 0
    ana.refresh_from_db()
    assert ana.known_as == "Annie"


@needs_trips
def test_asked_ahead_it_comes_with_the_next_answer_and_once():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        keys_of.ahead(ana.pk)
        assert on_the_way() == 1
        answer_to("SELECT 1")
        assert on_the_way() == 0
        add_unnumbered(address(ana, "a"))
        assert keys_of(ana.pk) == []
        assert on_the_way() == 1
        assert keys_of(ana.pk) == ["a"]


@needs_trips
def test_asked_ahead_twice_it_goes_once():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        reserve(Customer, Address)
        keys_of.ahead(ana.pk)
        keys_of.ahead(ana.pk)
        reserve(Customer)
        assert on_the_way() == 2
        answer_to("SELECT 1")
        reserve(Address, Customer)
        assert on_the_way() == 0
        reserve(Customer, Customer)
        assert on_the_way() == 1, "more than are left"


def test_what_was_asked_ahead_is_forgotten_when_something_is_taken_back():
    ana = add(Customer(name="Ana"))
    with transaction.atomic(), in_few_trips():
        with suppress(RuntimeError), transaction.atomic():
            add_unnumbered(address(ana, "a"))
            keys_of.ahead(ana.pk)
            reserve(Customer)
            answer_to("SELECT 1")
            raise RuntimeError
        assert keys_of(ana.pk) == []
        ben = add(Customer(name="Ben"))
    assert Customer.objects.get(name="Ben") == ben


def test_rows_take_the_numbers_that_were_reserved():
    with transaction.atomic(), in_few_trips():
        reserve(Customer, Address, Customer)
        ana, ben = add(Customer(name="Ana")), add(Customer(name="Ben"))
        add(address(ben, "b"))
        cleo = add(Customer(name="Cleo"))
    assert ana.pk < ben.pk < cleo.pk
    assert list(Customer.objects.order_by("pk")) == [ana, ben, cleo]
    assert ben.addresses.get().key == "b"


@needs_trips
def test_nobody_waits_for_a_row_with_a_reserved_number():
    with transaction.atomic(), in_few_trips():
        reserve(Customer, Address)
        answer_to("SELECT 1")
        add(address(add(Customer(name="Ana")), "a"))
        assert on_the_way() == 2
