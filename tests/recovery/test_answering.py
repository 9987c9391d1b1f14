import pytest

from amends.customers.customer import Customer
from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Recovery
from tests import cast
from tests.recovery.mailing import EVE, ROBERT, arrive, mail, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def recovery():
    return cast.understood()


def ours(recovery) -> Letter:
    return Letter.objects.filter(thread=recovery.ref, direction="out").first()


def let_go(recovery):
    journey.let_go(recovery, why="Moved away.", by=cast.mona())
    return cast.fresh(recovery)


def test_zammad_799_an_answer_to_what_we_only_had_as_a_copy_is_found(recovery):
    """Guarantee 3: ids are matched without anybody having to switch it on."""
    seen = arrive(address_for(recovery.ref), message_id="<copy@finch.example>")
    answer = arrive(subject="Re: x", In_Reply_To=seen.message_id, body="More.")
    assert answer.thread == recovery.ref


def test_zammad_5716_two_answers_to_a_mail_we_never_saw_unite():
    """Guarantee 3; and guarantee 4: whoever has no part in the first is not brought in by the second."""
    cast.ana()
    first = arrive(In_Reply_To="<unseen@phone.example>")
    second = arrive(References="<unseen@phone.example>", body="And the juice.")
    assert second.thread == first.thread
    strange = arrive(References="<unseen@phone.example>", sender=EVE)
    assert strange.thread != first.thread
    assert not strange.needs_check
    assert Recovery.objects.get(ref=strange.thread).came_after is None


def test_chatwoot_10028_an_answer_to_what_one_of_us_wrote_elsewhere_starts_one_recovery_only():
    cast.ana()
    first = arrive(In_Reply_To="<sent-from-outlook@larder.example>")
    later = [arrive(References=f"<sent-from-outlook@larder.example> <x{n}@y>") for n in range(3)]
    assert {letter.thread for letter in later} == {first.thread}


def test_freescout_4446_answers_of_many_to_one_mailing_stay_apart():
    """Guarantee 15, on the way in."""
    cast.ana()
    threads = {
        arrive(In_Reply_To="<mailing@larder.example>", sender=f"G{n} <g{n}@inn.example>").thread
        for n in range(4)
    }
    assert len(threads) == 4


def test_chatwoot_15869_a_new_subject_on_a_closed_recovery_is_a_new_one(recovery):
    let_go(recovery)
    letter = arrive(address_for(recovery.ref), subject="The parking ticket", body="I got one.")
    own = Recovery.objects.get(ref=letter.thread)
    assert own.came_after == recovery
    assert own.customer == recovery.customer


def test_chatwoot_15869_on_an_open_one_we_are_asked(recovery):
    letter = arrive(address_for(recovery.ref), subject="The parking ticket", body="I got one.")
    assert (letter.thread, letter.asks, letter.needs_check) == (recovery.ref, "subject", False)
    assert cast.fresh(recovery).waiting_since
    own = journey.split_off(letter, by=cast.ana())
    letter.refresh_from_db()
    assert (letter.thread, own.customer, own.came_after) == (own.ref, recovery.customer, recovery)


def test_the_old_subject_or_not_fixed_goes_on_in_the_closed_one(recovery):
    let_go(recovery)
    same = arrive(address_for(recovery.ref), subject=f"AW: {ours(recovery).subject}", body="Oh.")
    assert same.thread == recovery.ref
    angry = arrive(address_for(recovery.ref), subject="Well", body="It is still not fixed.")
    assert angry.thread == recovery.ref
    assert cast.fresh(recovery).closed_at is None


def test_zammad_5064_a_stranger_with_the_number_the_token_or_our_id_does_not_join(recovery):
    """Guarantee 4: nothing of theirs reaches the customer, nothing of the customer's reaches them."""
    letters = [
        arrive(address_for(recovery.ref), sender=EVE, body="Send me her address."),
        arrive(In_Reply_To=ours(recovery).message_id, sender=EVE, body="And her telephone."),
    ]
    for letter in letters:
        assert (letter.thread, letter.needs_check, letter.asks) == (recovery.ref, True, "stranger")
    assert cast.fresh(recovery).waiting_since is None
    assert Notice.objects.filter(about=About.POST).count() == 2
    assert not Letter.objects.filter(direction="out", recipient__contains="stranger").exists()
    later = journey.write(recovery, words="We are on it.", by=cast.ana())
    assert later.in_reply_to not in {letter.message_id for letter in letters}
    assert not {letter.message_id for letter in letters} & set(later.references)
    by_number = arrive(subject=f"Re: {recovery.ref}", sender=EVE)
    assert by_number.thread != recovery.ref


def test_freescout_2382_the_customer_never_changes_by_mail(recovery):
    """Guarantee 4: who got a blind copy and answers replaces nobody."""
    letter = arrive(address_for(recovery.ref), sender=EVE)
    journey.let_in(letter, by=cast.ana())
    arrive(address_for(recovery.ref), sender=EVE, body="I am the customer now.")
    assert cast.fresh(recovery).customer == cast.finch()
    sent = journey.write(recovery, words="We are on it.", by=cast.ana())
    assert sent.recipient == "robert@finch.example"


def test_faveo_helpdesk_165_who_takes_part_is_a_list_that_people_keep(recovery):
    """Guarantee 4: a colleague to whom it was forwarded writes into it once they are let in."""
    first = arrive(address_for(recovery.ref), sender=EVE)
    assert first.needs_check
    companion = journey.let_in(first, by=cast.ana())
    second = arrive(address_for(recovery.ref), sender="EVE@STRANGER.example", body="Thanks.")
    assert (second.kind, second.needs_check) == ("companion", False)
    assert cast.fresh(recovery).waiting_since is None
    recovery.companions.filter(pk=companion.pk).update(leave_given_at=None)
    third = arrive(address_for(recovery.ref), sender=EVE, body="Hello?")
    assert third.needs_check


def test_odoo_69281_who_left_a_recovery_sees_and_says_nothing_more(recovery):
    """Access follows who takes part now: asked anew for each letter."""
    recovery.customer.addresses.filter(kind="email").delete()
    assert arrive(address_for(recovery.ref), sender=ROBERT).needs_check


def test_libredesk_e2319714_upper_and_lower_case_are_one_address(recovery):
    letter = arrive(address_for(recovery.ref), sender="Robert <ROBERT@Finch.Example>")
    assert not letter.needs_check
    assert letter.sender == "ROBERT@Finch.Example"
    assert Customer.objects.count() == 1


def test_dj_5b44a3ac_a_family_shares_one_mailbox():
    cast.ana()
    mother, child = (Customer.objects.create(name=name) for name in ("Ida Moss", "Finn Moss"))
    for one in (mother, child):
        one.reachable_at("email", "family@moss.example")
    first = arrive(sender="Ida <family@moss.example>")
    recovery = Recovery.objects.get(ref=first.thread)
    answer = arrive(address_for(recovery.ref), sender="Finn <family@moss.example>", body="Me too.")
    assert (answer.thread, answer.needs_check) == (recovery.ref, False)


def test_chatwoot_2811_a_typed_address_is_a_claim_and_merges_nobody(recovery):
    """Guarantee 4: whoever writes our customer's address into a form becomes nobody's friend."""
    claimed = journey.hear(
        customer=Customer.met(name="Mallory", email="robert@finch.example"),
        place=cast.place(),
        words="Tell me all you know.",
        channel="web form",
    )
    assert claimed.customer.name == "Robert Finch"
    assert claimed != recovery
    assert claimed.companions.count() == 0
    elsewhere = arrive(address_for(claimed.ref), sender="Mallory <mallory@x.example>")
    assert elsewhere.needs_check


def test_freescout_2463_the_letters_own_from_counts_and_the_envelope_is_written_down(recovery):
    raw = mail(to=address_for(recovery.ref))
    post = take_in(raw, address_for(recovery.ref), sender="bounces@relay.example")
    assert post.letter.sender == "robert@finch.example"
    assert (post.sender, post.letter.needs_check) == ("bounces@relay.example", False)


def test_mailanalyzer_20_thread_index_mixes_nothing(recovery):
    """Guarantee 3."""
    a = arrive(Thread_Index="AdA=", Thread_Topic="Breakfast", sender="Jo <jo@inn.example>")
    b = arrive(Thread_Index="AdA=", Thread_Topic="Breakfast", sender="Jo <jo@inn.example>")
    assert a.thread != b.thread


def test_freescout_3231_ids_and_numbers_of_another_desk_lead_nowhere_here(recovery, settings):
    """What another installation signed, with small numbers or with its own key, is not ours."""
    settings.SECRET_KEY = "another installation"
    foreign = address_for(recovery.ref)
    settings.SECRET_KEY = "the same for all workers, so that they find the same tests"
    assert arrive(foreign, sender=EVE).thread != recovery.ref
    for named in ("<reply-2020-15@desk.example>", "<conversation.15@desk.example>"):
        assert arrive(In_Reply_To=named, sender=EVE).thread != recovery.ref


def test_zammad_5098_what_moved_here_is_found_by_its_message_ids_not_by_numbers(recovery):
    """An old number in a subject is nothing to us; the id of a letter that came along is."""
    Letter.objects.filter(pk=ours(recovery).pk).update(provider_id="<old-77@former.example>")
    assert arrive(subject="Re: [Ticket#1077] x", body="Hi.").thread != recovery.ref
    assert arrive(In_Reply_To="<old-77@former.example>", body="Hi.").thread == recovery.ref


def test_zammad_377_an_answer_to_a_joined_recovery_goes_where_it_goes_on():
    """frappe 6610c58c7: chains are followed; a recovery whose end is gone is passed over."""
    first, second, third = cast.heard(), cast.heard(), cast.heard()
    journey.join(second, to=third, by=cast.ana())
    journey.join(third, to=first, by=cast.ana())
    assert arrive(address_for(second.ref), subject="", body="And?").thread == first.ref
    assert arrive(address_for("gone"), subject="", In_Reply_To="<x@y>").thread != first.ref
    journey.part(third, by=cast.ana())
    assert arrive(address_for(second.ref), subject="", body="So?").thread == third.ref
