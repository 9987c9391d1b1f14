from decimal import Decimal

import pytest

from amends.customers.customer import Address, AddressKind, Customer
from amends.customers.merging import Merge, NotTheSame
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.customers.vocabulary import Word
from amends.kit.blanking import columns_of_words
from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.recovery import journey
from amends.recovery.erasing import KEPT, NotAllowed, StillOpen, _leading_to, held
from amends.recovery.link import Link
from amends.recovery.offer import OfferLine
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry, Verb, first_broken
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NAME = "Featherstone"
SAID = ("Featherstone", "feather@", "greasy", "Tell my husband", "a window", "79460018")


@pytest.fixture
def lived():
    """A whole story with somebody, that has come to its end."""
    customer = Customer.met(
        name=f"Ida {NAME}", email="feather@moss.example", phone="020 7946 0018", place=cast.place()
    )
    customer.described(name=customer.name, values="a window seat", dislikes="", wants="treated")
    recovery = cast.agreed(customer=customer)
    journey.name_companion(recovery, name="Tell my husband", relation="Max", by=cast.ana())
    journey.give_idea(recovery, words="Featherstone says: fry it on a rack.")
    for number in range(2):
        journey.order(
            customer=customer,
            outside_id=f"A-{number}",
            place=recovery.place,
            amount=Decimal(20),
            currency="GBP",
        )
    Rating.told(customer=customer, outside_id="R", score=Decimal(2), at=now(), words="greasy")
    for promise in recovery.promises.open():
        journey.release(promise, why="Featherstone said so.", by=cast.ana())
    journey.let_go(cast.fresh(recovery), why="Featherstone moved.", by=cast.mona())
    Letter.objects.filter(state=State.QUEUED).update(state=State.HANDED_OVER, handed_over_at=now())
    return cast.fresh(recovery)


def erase(customer, *, by=None):
    journey.erase_customer(customer, by=by or cast.olive())


def everything():
    """Every word in every table."""
    from django.apps import apps

    for model in apps.get_models():
        if model.__module__.startswith("amends."):
            names = [f.name for f in model._meta.concrete_fields]
            for row in model._base_manager.values(*names):
                yield model.__name__, " ".join(str(value) for value in row.values())


def test_nothing_that_could_tell_who_it_was_is_left_anywhere(lived):
    erase(lived.customer)
    found = {
        (table, word)
        for table, told in everything()
        for word in SAID
        if word.lower() in told.lower()
    }
    assert found == set()


def test_the_figures_stay(lived):
    customer = lived.customer
    lines = list(OfferLine.objects.values_list("value", "side"))
    count = Entry.objects.count()
    erase(customer)
    assert customer.orders.count() == 2
    assert sum(Order.objects.values_list("amount", flat=True)) == 40
    assert customer.rhythm.purchases == 1
    assert Rating.objects.get().score == 2
    assert list(OfferLine.objects.values_list("value", "side")) == lines
    recovery = cast.fresh(lived)
    assert (recovery.outcome, recovery.agreed_at) == (lived.outcome, lived.agreed_at)
    assert Entry.objects.count() == count + 1
    assert recovery.failures.count() == 2


def test_the_timeline_says_so_and_its_chain_still_holds(lived):
    erase(lived.customer)
    last = lived.timeline.order_by("number").last()
    assert (last.verb, last.by) == (Verb.ERASED, cast.olive())
    assert first_broken(lived) is None
    Entry.objects.filter(pk=last.pk).update(words="Nothing happened.")
    assert first_broken(lived) == last.number


def test_nobody_hides_a_change_by_calling_it_erased(lived):
    Entry.objects.filter(recovery=lived, number=2).update(words="", erased_at=now())
    assert first_broken(lived) == 2


def test_they_are_not_found_written_to_or_let_in_any_more(lived):
    link = Link.objects.filter(recovery=lived).first()
    assert Word.knows("featherstone")
    erase(lived.customer)
    seen = Customer.objects.visible_to(cast.olive())
    for typed in ("featherstone", "feather@moss", "02079460018"):
        assert not seen.matching(typed).exists()
    assert not Word.knows("featherstone")
    assert Link.opened(link.token, at=now()) is None
    assert Customer.met(email="feather@moss.example") != lived.customer
    assert lived.customer.called == "Erased customer"
    assert lived.customer.left_in_peace_at


def test_only_an_owner_erases_and_only_when_nothing_is_open(lived):
    for by in (cast.mona(), cast.ana(), cast.audrey()):
        with pytest.raises(NotAllowed):
            erase(lived.customer, by=by)
    cast.heard(customer=lived.customer)
    with pytest.raises(StillOpen, match="still open"):
        erase(lived.customer)
    assert Customer.objects.get(pk=lived.customer_id).name == f"Ida {NAME}"
    assert Address.objects.filter(customer=lived.customer).count() == 2


def test_erased_once_is_enough(lived):
    erase(lived.customer)
    with pytest.raises(StillOpen, match="already"):
        erase(lived.customer)


def test_who_was_merged_into_them_goes_too_and_cannot_come_back(lived):
    other = Customer.met(name="Mrs Featherstone", email="mrs@moss.example", place=cast.place())
    made = Merge.make(lived.customer, other, by=cast.mona(), at=now())
    erase(lived.customer)
    other.refresh_from_db()
    assert (other.name, other.called) == ("", "Erased customer")
    with pytest.raises(NotTheSame):
        Merge.objects.get(pk=made.pk).undo(by=cast.mona(), at=now())


def test_nobody_else_is_touched(lived):
    other = cast.heard()
    shared = cast.finch()
    shared.reachable_at(AddressKind.EMAIL, "feather@moss.example")
    erase(lived.customer)
    assert cast.fresh(other).about == other.about
    assert other.complaints.get().words == cast.STORY
    assert shared.addresses.filter(value="feather@moss.example").exists()
    assert Word.knows("finch")


def test_what_would_go_is_counted_first(lived):
    told = held(lived.customer)
    assert (told.addresses, told.recoveries, told.orders) == (2, 1, 2)
    assert told.letters > 0
    assert told.still_open == 0


def test_every_table_that_leads_to_a_customer_is_known(lived):
    """A new table follows by itself; a column kept on purpose is named in KEPT."""
    tables = {rows.model.__name__ for rows in _leading_to([lived.customer])}
    assert tables >= {"Complaint", "Companion", "Idea", "OfferLine", "Promise", "Rating", "Return"}
    kept = {name for rows in _leading_to([lived.customer]) for name in rows.model().__dict__} & KEPT
    assert kept <= KEPT
    assert "words" in columns_of_words(Recovery._meta.get_field("complaints").related_model)
