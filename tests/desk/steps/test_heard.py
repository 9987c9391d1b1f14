import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.heard import AddFailure, HandOver, Listen, NameCompanion, Take
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(recovery):
    return RecoveryPage(cast.fresh(recovery), cast.ana())


def test_the_story_asks_to_be_read_until_it_is():
    cast.ana()
    told = {"customer": cast.finch(), "place": cast.place(), "words": cast.STORY}
    recovery = journey.hear(**told, channel="e-mail")
    assert Listen.is_open_to(page(recovery))
    journey.listen(recovery, by=cast.ana())
    assert not Listen.is_open_to(page(recovery))


def test_nobody_takes_what_is_theirs():
    assert not Take.is_open_to(page(cast.heard(by=cast.ana())))
    assert Take.is_open_to(page(cast.heard(by=cast.ben())))


def test_it_is_handed_to_somebody_else_who_may_change_things():
    cast.audrey()
    recovery, ben = cast.heard(), cast.ben()
    assert [ref for ref, _ in HandOver(page(recovery)).fields["to"].choices] == ["", ben.ref]


def test_a_broken_promise_is_noted_by_the_clock_and_never_by_hand():
    kinds = [kind for kind, _ in AddFailure(page(cast.heard())).fields["kind"].choices]
    assert "broken_promise" not in kinds


def test_how_bad_it_was_is_a_number():
    form = AddFailure(page(cast.heard()), {"kind": "core"})
    assert form.is_valid()
    assert form.cleaned_data["severity"] == 2


def test_a_companion_is_handed_on_under_their_name():
    form = NameCompanion(page(cast.heard()), {"name_": "Aunt Ida", "relation": "gave it"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Aunt Ida", "relation": "gave it", "email": ""}
