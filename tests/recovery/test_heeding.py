from functools import partial

import pytest

from amends.recovery import heeding, journey
from amends.recovery.heeding import Figure, Heeded
from tests import cast
from tests.engines.presses import at_once, linger_before

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def count(person, *, shown=1, dismissed=0, accepted=0, category="excuse"):
    for what, times in {"shown": shown, "accepted": accepted, "dismissed": dismissed}.items():
        for _ in range(times):
            Heeded.count(category, person=person, what=what)


def test_counts_are_kept_for_each_person_and_rule():
    count(cast.ana(), shown=3, dismissed=2)
    count(cast.ana(), category="grovel")
    assert heeding.figures_of(cast.ana()) == [
        Figure("excuse", 3, 0, 2),
        Figure("grovel", 1, 0, 0),
    ]
    assert heeding.figures_of(cast.ben()) == []


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_two_letters_of_one_person_at_the_same_moment_are_both_counted(monkeypatch):
    ana = cast.ana()
    linger_before(monkeypatch, Heeded.objects, "create")
    step = partial(Heeded.count, "excuse", person=ana, what="shown")
    assert at_once(step, step) == ["done", "done"]
    assert heeding.figures_of(ana) == [Figure("excuse", 2, 0, 0)]


def test_no_word_of_a_draft_has_a_place_in_the_counts():
    kinds = {field.get_internal_type() for field in Heeded._meta.get_fields()}
    assert "TextField" not in kinds
    assert str(Heeded(category="excuse", shown=2)) == "excuse: 2 shown"


def test_a_rule_that_annoys_comes_first_in_the_sum_of_everybody():
    for person in (cast.ana(), cast.ben(), cast.mona()):
        count(person, shown=2, accepted=1)
        count(person, shown=3, dismissed=3, category="boilerplate")
    assert heeding.figures_of_all() == [
        Figure("boilerplate", 9, 0, 9),
        Figure("excuse", 6, 3, 0),
    ]


def test_s4_16_the_sum_of_a_few_is_told_to_nobody():
    count(cast.ana())
    count(cast.ben())
    assert heeding.figures_of_all() is None


def test_s4_16_figures_are_their_own_until_they_share_them():
    ana, mona, olive = cast.ana(), cast.mona(), cast.olive()
    assert heeding.may_see_figures_of(ana, ana)
    assert not heeding.may_see_figures_of(ana, mona)
    assert not heeding.may_see_figures_of(ana, olive)
    heeding.share(by=ana)
    heeding.share(by=ana)
    assert heeding.may_see_figures_of(ana, mona)
    assert heeding.may_see_figures_of(ana, olive)
    assert not heeding.may_see_figures_of(ana, cast.ben())
    assert str(ana.sharing).startswith("Ana Reyes since")
    heeding.keep_private(by=ana)
    assert not heeding.may_see_figures_of(ana, mona)


def test_s4_16_offers_made_before_asking_are_counted_for_whoever_made_them():
    recovery = cast.sorry()
    journey.offer(
        recovery, lines=[cast.line("A handwritten note")], by=cast.ana(), is_first_move=True
    )
    assert heeding.offered_first(cast.ana()) == (1, 1)
    assert heeding.offered_first(cast.ben()) == (0, 0)
