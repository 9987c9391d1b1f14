"""A commit that need not wait for the disk: written all the same, and the next one waits again."""

from contextlib import suppress

import pytest
from django.db import connection, transaction

from amends.kit.durability import made_again_if_lost
from amends.people.business import Business


def waits():
    question = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit"
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_it_does_not_wait_inside_and_waits_afterwards():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = full")
    before = waits()
    with made_again_if_lost():
        inside = waits()
        Business.objects.create(name="The Larder")
    quickly = {"sqlite": 1, "postgresql": "off"}[connection.vendor]
    assert (inside, waits()) == (quickly, before)
    assert Business.objects.filter(name="The Larder").exists()


@pytest.mark.django_db(transaction=True)
def test_what_fails_inside_leaves_nothing_and_waits_afterwards():
    with suppress(RuntimeError), made_again_if_lost():
        Business.objects.create(name="The Larder")
        raise RuntimeError
    assert not Business.objects.filter(name="The Larder").exists()
    assert waits() in (2, "on", "off")


@pytest.mark.django_db(transaction=True)
def test_within_another_transaction_it_is_a_part_of_that():
    with suppress(RuntimeError), transaction.atomic():
        with made_again_if_lost():
            Business.objects.create(name="The Larder")
        raise RuntimeError
    assert not Business.objects.filter(name="The Larder").exists()
