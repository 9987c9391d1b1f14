import pytest

from amends.desk.talk import Talk
from amends.kit.clock import now
from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter
from amends.recovery import intake, journey
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom import reports
from tests.mailroom.mails import mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def talk(recovery):
    return Talk(recovery, list(recovery.timeline.select_related("by")))


def test_the_story_is_not_told_twice():
    recovery = cast.heard()
    found = talk(recovery)
    assert [told.words for told, _ in found.story] == [cast.STORY]
    assert found.since == []


def test_letters_notes_and_spoken_words_in_their_order(clock):
    recovery = cast.understood()
    clock.shift(60)
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), channel="in person")
    clock.shift(60)
    journey.note(recovery, words="He likes tea.", by=cast.ana())
    said = [(one.letter.direction, one.by) for one in talk(recovery).since]
    assert said == [("out", "Ana Reyes"), ("out", "Ana Reyes"), ("note", "Ana Reyes")]


def test_a_call_written_down_is_no_note():
    recovery = cast.heard()
    journey.note(recovery, words="He rang.", by=cast.ana(), channel="telephone")
    [said] = talk(recovery).since
    assert (said.letter.direction, said.channel) == ("out", "on the telephone")


def test_what_came_before_is_folded_not_cut(clock):
    recovery = cast.heard()
    for n in range(5):
        clock.shift(60)
        journey.write(recovery, words=f"Letter {n}", by=cast.ana())
    found = talk(recovery)
    assert (len(found.earlier), len(found.latest)) == (2, 3)
    assert "Letter 4" in found.latest[-1].letter.text


def test_what_a_machine_wrote_is_folded_small_and_says_how_we_know(client):
    """Guarantee 7: kept and seen, and nobody waits for an answer to it."""
    recovery = cast.understood()
    raw = mail(
        "I am away until 12 June 2026.",
        sender="Robert Finch <robert@finch.example>",
        subject="Automatic reply: Breakfast",
        more="Auto-Submitted: auto-replied",
    )
    to = address_for(recovery.ref)
    intake.take_in(raw, way="smtp", sender="<>", recipients=[to])
    [said] = [one for one in talk(recovery).since if one.letter.direction == "in"]
    assert said.machine == "An out-of-office answer"
    client.force_login(cast.ana())
    page = " ".join(client.get(f"/desk/recoveries/{recovery.ref}/").content.decode().split())
    assert "An out-of-office answer: Automatic reply: Breakfast" in page
    assert "It says that it is an automatic answer." in page
    assert "Away until 12 June." in page


def test_osticket_pr_1529_what_was_held_back_says_why(client):
    """Guarantee 7."""
    cast.ana()
    raw = mail("My vase.", more="X-Auto-Response-Suppress: All")
    intake.take_in(raw, way="smtp", recipients=["desk@amends.test"])
    recovery = Recovery.objects.get()
    client.force_login(cast.ana())
    page = " ".join(client.get(f"/desk/recoveries/{recovery.ref}/").content.decode().split())
    assert "held back: It asks for no automatic answer." in page


def test_helpy_71_a_letter_that_came_back_says_so_and_what_to_do(client):
    """Guarantee 12: on the recovery, in plain words, with another way."""
    recovery = cast.understood()
    recovery.customer.reachable_at("phone", "01225 12345")
    letter = journey.write(recovery, words="We looked into it.", by=cast.ana())
    Letter.objects.filter(pk=letter.pk).update(state="handed_over", handed_over_at=now())
    raw = reports.delivery_status(letter.message_id, to="robert@finch.example")
    intake.take_in(raw, way="smtp", sender="<>", recipients=["desk@amends.test"])
    client.force_login(cast.ana())
    page = " ".join(client.get(f"/desk/recoveries/{recovery.ref}/").content.decode().split())
    assert "came back. There is no such mailbox (5.1.1). Another way: ring 01225 12345" in page
    assert "Send it once more" in page
    assert "Letters to it come back." in page


def test_what_was_not_sent_is_folded_with_its_original_at_hand():
    recovery = cast.heard()
    letter = Letter.objects.create(
        direction="in", channel="email", state="received", thread=recovery.ref, kind="refused",
        by_name="Ana Reyes", subject="Re: x", made_at=recovery.known_at,
    )  # fmt: skip
    [said] = talk(recovery).since
    assert (said.letter, said.folded_as) == (letter, "In the name of Ana Reyes, and not sent")
    Letter.objects.filter(pk=letter.pk).update(kind="staff")
    assert talk(recovery).since == []
