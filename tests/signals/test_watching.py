"""What is watched for: rows an owner edits, all switched off to begin with."""

from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.signals import watching
from amends.signals.models import Pace, Watch
from amends.signals.watching import NotComplete, OwnersOnly
from tests import cast
from tests.signals import shop

pytestmark = pytest.mark.django_db


def test_an_installation_starts_with_one_of_each_and_none_looks():
    watching.start_with()
    assert set(Watch.objects.values_list("sees", flat=True)) == set(
        ["late", "missing", "cancelled", "short", "rating", "refund", "quiet", "falling"]
    )
    assert not Watch.objects.filter(is_on=True).exists()
    assert not Watch.objects.filter(opens=True).exists()


def test_what_somebody_has_edited_is_left_alone():
    watching.start_with()
    watching.keep(Watch.objects.get(sees="late"), by=cast.olive(), days=7)
    watching.start_with()
    assert Watch.objects.get(sees="late").days == 7
    assert Watch.objects.count() == 8


def test_only_an_owner_changes_it_and_who_did_is_kept():
    watching.start_with()
    watch = Watch.objects.get(sees="late")
    for person in (cast.ana(), cast.mona(), cast.audrey()):
        for change in (
            lambda by: watching.keep(watch, by=by, days=0),
            lambda by: watching.switch(watch, on=True, by=by),
            lambda by: watching.set_pace(per_day=1, by=by),
        ):
            with pytest.raises(OwnersOnly):
                change(person)
    watching.switch(watch, on=True, by=cast.olive())
    watch.refresh_from_db()
    assert (watch.is_on, watch.changed_by) == (True, cast.olive())


def test_what_the_worker_notes_meanwhile_is_not_undone(clock):
    watch = shop.watch("late")
    Watch.objects.update(looked_at=now())
    watching.keep(watch, by=cast.olive(), days=5)
    found = Watch.objects.get(pk=watch.pk)
    assert (found.days, found.looked_at) == (5, now())


def test_an_owner_adds_another_of_the_same_sort():
    made = watching.keep(None, by=cast.olive(), sees="late", name="A week late", days=6)
    assert Watch.objects.get(pk=made.pk).within == 14


def test_money_names_its_sum():
    credit = cast.remedy("Credit")
    with pytest.raises(NotComplete, match="How much"):
        watching.keep(None, by=cast.olive(), sees="late", name="Late", remedy=credit)
    watching.keep(None, by=cast.olive(), sees="late", name="Late", remedy=credit, value=Decimal(5))


def test_an_apology_of_the_owners_says_something():
    with pytest.raises(NotComplete, match="sentence of your own"):
        watching.keep(None, by=cast.olive(), sees="late", name="Late", sorry="Sorry.")


def test_how_many_a_day_in_all_is_one_figure():
    assert Pace.set().per_day == 40
    watching.set_pace(per_day=12, by=cast.olive())
    watching.set_pace(per_day=15, by=cast.olive())
    assert (Pace.set().per_day, Pace.objects.count()) == (15, 1)
