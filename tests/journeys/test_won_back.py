"""From a mail about greasy bacon to a customer who trusts us again."""

from email.utils import parsedate_to_datetime

import pytest

from amends.kit.clock import now
from amends.mailroom.addresses import letter_in, mark_of, thread_in
from amends.mailroom.letter import Letter
from amends.recovery.followup import FollowUp
from amends.recovery.recovery import Outcome, Part
from tests import cast
from tests.journeys.town import DAYS, HOURS, Screen, the_recovery, verbs, words_of

FAIR = "A proper breakfast next time would be fair."
ROBERT = ("Robert Finch", "robert@finch.example")


@pytest.fixture
def ana(town):
    return town.works(cast.ana)


@pytest.fixture
def robert(town, ana):
    robert = town.customer(*ROBERT)
    robert.writes(cast.STORY, subject="Breakfast on Sunday")
    return robert


def listen_and_say_back(ana, robert):
    """The first words from a person thank for telling, too (S4-02)."""
    ana.today()
    ana.shows("Robert Finch", "Read the story")
    ana.follow("Read it")
    ana.shows(cast.STORY)
    assert set(ana.buttons) == {"I know", "I have read this"}  # nothing can be said before (S4-22)
    ana.press("I have read this")
    ana.press("Send it to Robert", words=cast.RESTATED, hurt_most="My one treat of the year.")
    assert "Thank you for telling us." in words_of(robert.letter("Have we understood you?"))
    page = robert.opens("Have we understood you?")
    page.shows(cast.RESTATED, "My one treat of the year.")
    page.press("Yes, that is it")


def apologise_and_ask(town, ana, robert):
    town.later(2 * HOURS)
    ana.says_sorry(the_recovery(), cast.SORRY)
    ana.shows("Met: after 2 hours of opening hours")
    apology = robert.letter("I am sorry")
    assert cast.SORRY in words_of(apology)
    assert apology["From"].addresses[0].display_name == "Ana at The Larder"
    assert apology["Auto-Submitted"] is None
    ana.press("Ask Robert")
    page = robert.opens("What would you think would be fair?")
    page.press("Tell Ana", on="/wish/", words=FAIR, wants="treated")
    page.shows(FAIR)


def offer_and_agree(ana, robert):
    ana.today()
    ana.shows("Put an offer together")
    ana.offers(the_recovery(), "I have thought about it.", Refund="20", A_handwritten_note="")
    page = robert.opens("What I would like to do for you")
    page.shows("I have thought about it.", "Refund", "£20", "A handwritten note")
    page.press("Yes, please")
    page.shows("What we promised", "Refund", "A handwritten note")
    promised = words_of(robert.letter("What we promised you"))
    assert "by Thursday 4 June, 18:00" in promised


def keep_thank_and_learn(town, ana):
    recovery = the_recovery()
    town.later(DAYS)
    ana.keeps(recovery, "handwritten")
    assert the_recovery().stage is Part.PUT_RIGHT
    ana.keeps(recovery, "Your money back")
    assert the_recovery().put_right_at
    ana.press("Thank Robert", how="A note", words="Thank you for telling me about the bacon.")
    ana.press("Name it", cause="Bacon is fried ahead on Sundays")
    ana.press("Make it so", words="Bacon is fried to order")
    assert the_recovery().stage is Part.BACK


def follow_up_until_back(town, ana, robert):
    town.later(3 * DAYS + HOURS)
    ana.today()
    ana.shows("Ask whether it is really fixed")
    ana.follow("Be in touch")
    ana.press("Send to Robert", on="/followups/", words="Has the refund reached you?")
    assert "Has the refund reached you?" in words_of(robert.letter("How are things now?"))
    town.later(6 * DAYS)
    came = (now() - HOURS).isoformat()
    told = {"id": "V-7", "customer": {"email": robert.address}, "amount": "18.50"}
    till = town.till(ana.person)
    till.tells("visits", **told, arrived_at=came, left_at=now().isoformat())
    assert the_recovery().closed_at is None  # coming back is not yet trusting (S3-20)
    page = robert.opens("It was good to see you again")
    page.press("Tell Ana", on="/trust/", trust="yes", words="Much better.")
    page.shows("you trust us again")


def test_a_mail_becomes_a_customer_who_trusts_us_again(town, ana, robert):
    listen_and_say_back(ana, robert)
    apologise_and_ask(town, ana, robert)
    offer_and_agree(ana, robert)
    keep_thank_and_learn(town, ana)
    follow_up_until_back(town, ana, robert)
    recovery = the_recovery()
    assert recovery.outcome == Outcome.WON_BACK
    assert all(recovery.done(part) for part in Part)
    assert not FollowUp.objects.open().exists()
    order = ["heard", "listened", "restated", "confirmed", "apologised", "asked", "wished"]
    order += ["offered", "accepted", "promised", "agreed", "kept", "put_right"]
    order += ["thanked", "cause", "improved", "followed_up", "returned", "trust", "back"]
    assert [verb for verb in dict.fromkeys(verbs(recovery)) if verb in order] == order
    check_every_letter(robert, recovery)
    thanks_change_nothing(town, robert)
    not_fixed_opens_it_again(town, ana, robert)


def check_every_letter(robert, recovery):
    """One person to one person: named, threaded, answerable, in two shapes."""
    ids = [letter["Message-ID"] for letter in robert.letters]
    assert len(ids) == len(set(ids)) == 9
    for letter in robert.letters:
        assert letter["To"].addresses[0].addr_spec == robert.address
        assert letter["From"].addresses[0].addr_spec == "desk@amends.test"
        assert thread_in(letter["Reply-To"].addresses[0].addr_spec) == recovery.ref
        assert Letter.objects.get(ref=letter_in(letter["Message-ID"])).thread == recovery.ref
        assert mark_of(recovery.ref) in letter["References"]
        assert parsedate_to_datetime(letter["Date"]) <= now()
        assert letter.get_body(("html",)) is not None


def thanks_change_nothing(town, robert):
    robert.answers(robert.letter("Thank you"), "Thank you, that was kind.")
    recovery = the_recovery()
    assert recovery.closed_at
    assert verbs(recovery)[-1] == "thanked_us"


def not_fixed_opens_it_again(town, ana, robert):
    robert.answers(robert.letter("How are things now?"), "Sorry, but it is still not fixed.")
    recovery = the_recovery()
    assert recovery.closed_at is None
    assert recovery.waiting_since == now()
    assert "Robert Finch says that it is not fixed." in ana.told
    ana.today()
    ana.shows("Robert Finch", "Answer")
    assert verbs(recovery)[-2:] == ["reopened", "not_fixed"]


def test_s4_02_the_first_answer_thanks_for_telling_and_says_that_it_is_by_machine(
    town, ana, robert
):
    letter = robert.letter("We have your message")
    assert "Thank you for telling us." in words_of(letter)
    assert letter["Auto-Submitted"] == "auto-replied"
    assert town.sink.box.envelopes[0].mail_from == "<>"
    assert "sorry" not in words_of(letter).lower()  # that is for a person to say (S2-08)
    assert "by Monday 14:00" in words_of(letter)
    assert the_recovery().clocks.running().filter(step="apology").exists()


def test_a_thank_you_half_way_stops_nothing(town, ana, robert):
    listen_and_say_back(ana, robert)
    robert.answers(robert.letter("Have we understood you?"), "Thank you for asking.")
    recovery = the_recovery()
    assert recovery.stage is Part.SORRY
    assert recovery.clocks.running().filter(step="apology").exists()


def test_a_link_opens_in_any_browser_and_only_its_own_page(town, ana, robert):
    page = Screen(robert.opens("We have your message").url)
    page.shows("Robert, this is what happens next")
    page.open("/desk/today/")
    assert page.url == "/accounts/login/"
