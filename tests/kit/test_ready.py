"""What is kept ready answers, changes and writes as Django does that composes anew."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from amends.customers.customer import Address, AddressKind, Customer
from amends.kit.ready import add, add_once, answer_to, at_hand, ready, ready_change
from amends.mailroom.letter import Direction, Letter, State
from amends.mailroom.mark import Grip, Mark
from amends.recovery.recovery import FoundBy, Part, Recovery
from amends.recovery.timeline import Entry, Verb
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
THEN = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@ready
def customers(names, since):
    found = Customer.objects.filter(name__in=names, known_since__gte=since)
    return found.order_by("name")


@ready
def marks_until(until):
    return Mark.objects.filter(until=until).order_by("address")


@ready
def addresses(kind):
    return Address.objects.filter(kind=kind).select_related("customer").order_by("key")


@ready
def keys(kind, start):
    found = Address.objects.filter(kind=kind, key__startswith=start)
    return found.values_list("key", flat=True)[:1]


@ready
def names_and_keys(name, key):
    named = Customer.objects.filter(name=name).order_by().values_list("name")
    return named.union(Address.objects.filter(key=key).order_by().values_list("key"), all=True)


@ready_change
def renamed(name, to):
    return Customer.objects.filter(name=name), {"known_as": to}


@ready_change
def once_more(address):
    return Mark.objects.filter(address=address), {"times": F("times") + 1}


def customer(name: str, **more) -> Customer:
    return Customer.objects.create(name=name, known_since=THEN, **more)


def mark(address: str, **more) -> Mark:
    return Mark.objects.create(
        address=address, grip=Grip.SOFT, at=THEN, why="It came back.", **more
    )


def test_other_values_have_other_answers():
    ana, ben, cleo = map(customer, ("Ana", "Ben", "Cleo"))
    assert customers(("Ana", "Ben"), THEN) == [ana, ben]
    assert customers(("Cleo", "Ben"), THEN) == [ben, cleo]
    assert customers(("Cleo", "Ben", "Ana"), THEN) == [ana, ben, cleo]
    assert customers(("Ana",), THEN + timedelta(seconds=1)) == []
    assert customers((), THEN) == []


def test_a_row_is_whole_as_django_reads_it():
    customer("Ana", away_until=THEN.date())
    (kept,), anew = customers(("Ana",), THEN), Customer.objects.get()
    assert vars(kept) | {"_state": None} == vars(anew) | {"_state": None}
    assert (kept._state.db, kept._state.adding) == (anew._state.db, anew._state.adding)


def test_nothing_is_asked_for_as_nothing():
    lasting, passing = mark("a@x.example"), mark("b@x.example", until=THEN)
    assert marks_until(None) == [lasting]
    assert marks_until(THEN) == [passing]
    assert marks_until(None) == [lasting]


def test_rows_bring_their_relations_along(django_assert_num_queries):
    ana = Customer.met(name="Ana", email="ana@guest.example", phone="0123")
    with django_assert_num_queries(1):
        (found,) = addresses(AddressKind.EMAIL)
        assert (found.customer, found.value) == (ana, "ana@guest.example")
    assert [found.key for found in addresses("phone")] == ["0123"]


def test_columns_and_joined_questions_are_answered_too():
    Customer.met(name="Ana", email="ana@guest.example")
    assert keys("email", "ana") == ["ana@guest.example"]
    assert keys.first("email", "ben") is None
    found = names_and_keys("Ana", "ana@guest.example")
    assert sorted(found) == [("Ana",), ("ana@guest.example",)]


def test_a_question_is_composed_once_for_each_shape():
    composed = []

    @ready
    def asked(names):
        composed.append(names)
        return Customer.objects.filter(name__in=names)

    for names in (("Ana",), ("Ben",), ("Ana", "Ben"), ("Ben", "Cleo"), ("Cleo",)):
        asked(names)
    assert [len(gaps) for gaps in composed] == [1, 2]


def test_a_hostile_value_is_a_value():
    name = "%s ? '; DROP TABLE customers_customer; --\\"
    ana = customer(name)
    assert customers((name, "%(x)s"), THEN) == [ana]


def test_only_plain_values_may_be_given():
    with pytest.raises(TypeError):
        customers((customer("Ana"),), THEN)


def test_a_change_says_how_many_it_changed():
    customer("Ana"), customer("Ana"), customer("Ben")
    assert renamed("Ana", "Table 7") == 2
    assert renamed("Cleo", "Table 8") == 0
    assert Customer.objects.filter(known_as="Table 7").count() == 2


def test_a_change_may_build_on_what_stands_there():
    mark("a@x.example", times=3)
    assert [once_more("a@x.example"), once_more("a@x.example")] == [1, 1]
    assert Mark.objects.get().times == 5


def test_a_new_row_knows_its_number_and_what_the_database_works_out():
    ana = customer("Ana")
    place = cast.place()
    recovery = Recovery(
        customer=ana, place=place, found_by=FoundBy.CUSTOMER, about="Cold", heard_at=THEN
    )
    assert add(recovery) is recovery
    assert recovery == Recovery.objects.get()
    assert recovery.part == Part.UNDERSTOOD
    recovery.about = "Cold eggs"
    recovery.save()
    assert Recovery.objects.get().about == "Cold eggs"


def test_every_kind_of_column_is_written_as_django_writes_it():
    letter = Letter(
        direction=Direction.IN,
        channel="email",
        state=State.RECEIVED,
        made_at=THEN,
        references=["<a@b>", "ü"],
        automatic=True,
    )
    add(letter)
    entry = add(
        Entry(
            recovery=cast.heard(), number=9, verb=Verb.HEARD, at=THEN, facts={"a": 1}, hash="0" * 64
        )
    )
    for made in (letter, entry):
        told = {name: value for name, value in vars(made).items() if name in columns(made)}
        kept = type(made).objects.get(pk=made.pk)
        assert told == {name: getattr(kept, name) for name in told}


def columns(row) -> set[str]:
    return {field.attname for field in row._meta.concrete_fields}


def test_what_is_there_already_is_not_written_again():
    ana = customer("Ana")
    given = {"customer": ana, "kind": "email", "key": "a@x.example", "value": "a@x.example"}
    assert [add_once(Address(**given)), add_once(Address(**given))] == [True, False]
    assert Address.objects.count() == 1


def test_a_row_that_cannot_be_written_spoils_its_transaction():
    add(Address(customer=customer("Ana"), kind="email", key="a", value="a"))
    twin = Address(customer=Customer.objects.get(), kind="email", key="a", value="a")
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            add(twin)
        with pytest.raises(TransactionManagementError):
            Customer.objects.exists()
        transaction.set_rollback(True)


def test_a_question_in_our_own_words_is_answered_too():
    question = "SELECT name FROM customers_customer WHERE name = %s OR known_as LIKE 'x%%'"
    assert answer_to(question, ["Ana"]) == []
    customer("Ana"), customer("Ben", known_as="xenia"), customer("Cleo", known_as="%")
    assert sorted(answer_to(question, ["Ana"])) == [("Ana",), ("Ben",)]


def test_who_looks_on_sees_what_is_kept_ready():
    with CaptureQueriesContext(connection) as asked:
        customers(("Ana",), THEN)
    (told,) = asked
    assert "customers_customer" in told["sql"]


def test_what_is_at_hand_is_not_asked_for(django_assert_num_queries):
    ana = customer("Ana")
    at_hand(ana, "addresses", [Address(customer=ana, kind="email", value="ana@guest.example")])
    with django_assert_num_queries(0):
        assert ana.email == "ana@guest.example"


def test_another_connection_composes_for_itself():
    kept = vars(connection._connections["default"])
    customers(("Ana",), THEN)
    kept.pop("kept_ready")
    assert customers(("Ana",), THEN) == []
    assert kept["kept_ready"]
