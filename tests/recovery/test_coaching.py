import pytest

from amends.recovery import coaching, journey
from amends.recovery.coaching import NoSuchRule, TooLong, look_at, seen_to
from amends.recovery.heeding import Heeded
from amends.recovery.journey.heard import WentWrong
from amends.recovery.letters import Wording
from tests import cast

SILENT = (
    "Robert, I am sorry about your visit. We have sent you a voucher for your next breakfast. Would "
    "that do? Ana"
)
CURT = "I am sorry about the bacon. Your money is back. Ana"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def categories(draft, recovery, **more):
    return {note.category for note in look_at(draft, about=recovery, **more).notes}


def test_s4_08_the_story_is_missed_until_it_was_told_back():
    recovery = cast.heard()
    assert "missing_restatement" in categories(SILENT, recovery)
    understood = cast.understood(customer=cast.finch(name="Ida Moss", email="ida@moss.example"))
    assert "missing_restatement" not in categories(SILENT, understood)


def test_s4_08_the_story_told_back_in_other_words_is_seen():
    recovery = cast.heard()
    draft = "Robert, the bacon was greasy and there was no grapefruit juice for you."
    assert "missing_restatement" not in categories(draft, recovery)


def test_s4_15_whoever_was_asked_already_is_not_asked_again():
    recovery = cast.sorry()
    assert "missing_ask" in categories(CURT, recovery)
    journey.ask(recovery, words="What would you think would be fair?", by=cast.ana())
    assert "missing_ask" not in categories(CURT, recovery)


def test_s0_14_something_extra_is_missed_until_an_offer_holds_it():
    assert "missing_extra" not in seen_to(cast.wished())
    assert "missing_extra" in seen_to(cast.offered("Refund", "A handwritten note").recovery)


def test_s4_09_the_frame_of_a_letter_calls_them_by_name_unless_the_business_words_it_otherwise():
    recovery = cast.heard()
    assert "missing_name" in categories(CURT, recovery)
    assert "missing_name" not in categories(CURT, recovery, letter="answer")
    Wording.objects.create(letter="answer", subject="Hello", body="{words}")
    assert "missing_name" in categories(CURT, recovery, letter="answer")


def test_s4_09_a_customer_without_a_name_is_not_missed_by_name():
    unknown = cast.heard(customer=cast.finch(name="", email="x@finch.example"))
    assert "missing_name" not in categories(CURT, unknown)


def test_s3_21_a_first_letter_to_somebody_quiet_has_no_story_and_must_say_their_name():
    def noted(letter=""):
        parts = ("missing_name",)
        told = coaching.look_at_first(CURT, to=cast.finch(), letter=letter, parts=parts)
        return {note.category for note in told.notes}

    assert noted() == {"missing_name"}
    assert noted("we_saw") == set()


def test_s3_21_words_for_many_are_missed_no_name_and_no_story():
    told = coaching.look_at_many("I am sorry about the oven, but it was not our fault.")
    found = {note.category for note in told.notes}
    assert found
    assert not {name for name in found if name.startswith("missing")}
    with pytest.raises(TooLong):
        coaching.look_at_many("x" * 20_001)


def test_parts_that_a_letter_is_not_held_to_are_not_missed():
    found = categories(CURT, cast.heard(), parts=())
    assert not {name for name in found if name.startswith("missing")}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Why was nobody there?", True),
        ("how come it took nine days??", True),
        ("I would like to know the reason.", True),
        ("Please explain to me why the bill is so high.", True),
        ("That is why I am leaving.", False),
        ("It was cold. Will you answer?", False),
    ],
)
def test_s0_04_a_reason_is_owed_only_to_whoever_asks_why(said, asked):
    assert bool(coaching.ASKS_WHY.search(said)) == asked


def test_s2_09_an_apology_that_was_given_is_known_to_the_coach():
    assert coaching.apologies_so_far(cast.understood()) == 0
    recovery = cast.sorry(customer=cast.finch(name="Ida Moss", email="ida@moss.example"))
    assert coaching.apologies_so_far(recovery) == 1
    assert "grovel" in categories("Robert, I am sorry about the bacon, once more.", recovery)
    assert "grovel" not in categories("Robert, I am sorry about the bacon.", cast.understood())


def test_s2_09_a_new_failure_is_owed_a_sorry_of_its_own():
    recovery = cast.sorry()
    journey.add_failure(recovery, WentWrong(words="Cold tea"), by=cast.ana())
    assert coaching.apologies_so_far(recovery) == 0


def test_s4_15_what_is_missing_comes_with_words_of_this_customers_own_story():
    recovery = cast.heard()
    curt, silent = (look_at(draft, about=recovery).notes for draft in (CURT, SILENT))
    found = {note.category: note for note in (*curt, *silent)}
    assert "fair" in found["missing_ask"].instead
    assert "Robert" in found["missing_name"].instead
    assert "bacon" in found["missing_restatement"].instead


def test_what_is_missing_belongs_inside_the_letter():
    recovery = cast.heard()
    curt, silent = (look_at(draft, about=recovery).notes for draft in (CURT, SILENT))
    places = {note.category: note.start for note in (*silent, *curt)}
    assert places["missing_name"] == places["missing_restatement"] == 0
    assert CURT[: places["missing_ask"]].endswith(".")


def test_a_draft_beyond_all_measure_is_refused():
    with pytest.raises(TooLong, match="20,000 characters"):
        look_at("a" * 20_001, about=cast.heard())


def test_what_becomes_of_a_note_is_counted_and_no_word_of_it_is_kept():
    ana = cast.ana()
    coaching.was_shown(["excuse", "grovel"], to=ana)
    coaching.was_accepted("excuse", by=ana)
    coaching.was_dismissed("grovel", by=ana)
    counts = Heeded.objects.values_list("category", "shown", "accepted", "dismissed")
    assert list(counts) == [("excuse", 1, 1, 0), ("grovel", 1, 0, 1)]


def test_a_rule_that_the_coach_does_not_have_is_refused():
    with pytest.raises(NoSuchRule):
        coaching.was_dismissed("tone", by=cast.ana())
    assert Heeded.objects.count() == 0


def test_looking_at_a_draft_writes_nothing(django_assert_max_num_queries):
    recovery = cast.sorry()
    with django_assert_max_num_queries(12) as asked:
        look_at("I am sorry, but we were busy.", about=recovery, letter="answer")
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_a_letter_in_spanish_is_read_in_spanish():
    draft = "Estimado Robert, lo siento, pero son las normas de la casa y no podemos hacer nada."
    found = {note.category for note in look_at(draft, about=cast.heard()).notes}
    assert "sorry_but" in found
