from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.timeline import Entry
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger, swapped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def by_letter(**more):
    """A complaint that came by e-mail, which Ana sees to."""
    cast.ana()
    told = {"customer": cast.finch(), "place": cast.place(), "words": cast.STORY, **more}
    return journey.hear(channel="e-mail", **told)


def test_s4_09_the_name_leads_and_the_number_comes_last(ana):
    page = page_of(ana, cast.heard()).content.decode()
    head = page[page.index('id="head"') : page.index('id="parts"')]
    assert "<h1>Robert Finch</h1>" in head
    assert head.index("Robert Finch") < head.index("Ref ")


def test_s4_22_before_the_story_is_read_there_is_one_button(ana):
    recovery = by_letter()
    page = page_of(ana, recovery).content.decode()
    assert cast.STORY in page
    assert "I have read this" in page
    assert "step-apologise" not in page
    assert "Anything else" not in page


def test_s4_22_the_reply_opens_after_it_was_read(ana):
    recovery = by_letter()
    assert press(ana, "listen", recovery).status_code == 303
    page = page_of(ana, recovery).content.decode()
    assert "Next: Say back to Robert what you understood" in page
    assert cast.fresh(recovery).listened_at


def test_s0_06_one_step_is_open_and_the_others_are_folded(ana):
    page = page_of(ana, cast.understood()).content.decode()
    following = page[page.index('id="next"') : page.index('id="steps"')]
    assert following.count("<form") == 1
    assert 'details class="fold fold-step" id="step-apologise" open' not in page


def test_the_parts_say_who_and_when_and_how_the_clock_went(ana):
    page = page_of(ana, cast.sorry()).content.decode()
    parts = page[page.index('id="parts"') : page.index('id="talk"')]
    assert "Ana Reyes" in parts
    assert "Met: " in parts


def test_notes_stand_apart_from_letters(ana):
    recovery = cast.heard()
    journey.note(recovery, words="He comes every Sunday.", by=cast.ana())
    page = page_of(ana, recovery).content.decode()
    note = page[page.index('data-direction="note"') :]
    assert "only we see this" in note
    assert "He comes every Sunday." in note


def test_what_was_said_aloud_is_part_of_the_talk(ana):
    recovery = cast.understood()
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), channel="in person")
    assert cast.SORRY in page_of(ana, recovery).content.decode()


def test_s4_12_a_companion_is_not_to_be_written_to(ana):
    recovery = cast.heard()
    journey.name_companion(recovery, name="Aunt Ida", relation="gave it", by=cast.ana())
    page = page_of(ana, recovery).content.decode()
    assert "Aunt Ida" in page
    assert "not to be written to" in page


def test_s0_16_what_they_dislike_is_there_the_next_time(ana):
    recovery = cast.heard()
    recovery.customer.dislikes_also("Red lollipops")
    assert "Red lollipops" in page_of(ana, cast.heard()).content.decode()


def test_what_was_before_and_what_is_owed_besides_is_in_sight(ana):
    before = cast.agreed()
    page = page_of(ana, cast.heard()).content.decode()
    assert before.ref in page
    assert "Owed besides this" in page


def test_an_answer_that_crosses_a_newer_message_is_stopped_and_the_message_shown(ana):
    recovery = cast.heard()
    seen = page_of(ana, recovery).context["page"].last_heard
    journey.customer_wrote(recovery, words="Please ring my wife instead.", channel="page")
    answer = press(ana, "write", recovery, words="We could send a voucher.", heard=seen)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Please ring my wife instead." in page
    assert "Robert wrote again while you were writing" in page
    assert "We could send a voucher." in page


def test_a_yes_of_theirs_stops_nothing(ana):
    recovery = cast.heard()
    said = journey.restate(recovery, words=cast.RESTATED, by=cast.ana())
    seen = page_of(ana, recovery).context["page"].last_heard
    journey.confirm(said)
    answer = press(ana, "apologise", recovery, words=cast.SORRY, channel="e-mail", heard=seen)
    assert answer.status_code == 303


def test_and_goes_when_it_is_sent_once_more(ana):
    recovery = cast.heard()
    journey.customer_wrote(recovery, words="Please ring my wife instead.", channel="page")
    stopped = press(ana, "write", recovery, words="I will ring her.", heard=0)
    seen = stopped.context["page"].last_heard
    again = press(ana, "write", recovery, words="I will ring her.", heard=seen)
    assert again.status_code == 303


def test_s2_02_the_history_says_that_it_is_whole(ana):
    page = page_of(ana, cast.sorry()).content.decode()
    assert "Nothing is missing and nothing was changed." in page


def test_s2_02_and_where_it_is_not(ana):
    recovery = cast.sorry()
    Entry.objects.filter(recovery=recovery, number=2).update(words="Nothing happened.")
    page = page_of(ana, recovery).content.decode()
    assert "Entry 2 does not follow from the one before" in page


def test_what_htmx_swaps_is_what_a_fresh_page_shows(ana):
    recovery = cast.understood()
    answer = press_quietly(ana, "apologise", recovery, words=cast.SORRY, channel="e-mail")
    assert answer.status_code == 200
    assert {"next", "head", "parts", "talk", "steps", "side", "timeline"} <= set(swapped(answer))
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_a_refused_step_comes_back_where_it_stands(ana):
    recovery = cast.understood()
    answer = press_quietly(ana, "apologise", recovery, words="Sorry.", channel="e-mail")
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#next"
    assert "Sorry." in swapped(answer)["next"]


def test_an_auditor_reads_and_finds_no_button(client):
    recovery = cast.understood()
    client.force_login(cast.audrey())
    page = page_of(client, recovery).content.decode()
    main = page[page.index('id="head"') :]
    assert cast.STORY in main
    assert "<form" not in main


def test_an_auditor_changes_nothing(client):
    recovery = cast.understood()
    client.force_login(cast.audrey())
    answer = press(client, "apologise", recovery, words=cast.SORRY, channel="e-mail")
    assert answer.status_code == 403
    assert not recovery.apologies.exists()


def test_for_a_stranger_there_is_no_such_page(client):
    recovery = cast.heard()
    client.force_login(stranger())
    assert page_of(client, recovery).status_code == 404
    assert press(client, "listen", recovery).status_code == 404


def test_signed_out_people_are_asked_to_sign_in(client):
    answer = page_of(client, cast.heard())
    assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


def test_the_page_asks_the_same_few_queries_however_long_the_story(
    ana, django_assert_max_num_queries
):
    recovery = cast.agreed()
    for n in range(8):
        journey.write(recovery, words=f"Letter {n}", by=cast.ana())
        journey.customer_wrote(recovery, words=f"Answer {n}", channel="page")
        due = now() + timedelta(days=1 + n)
        journey.promise(recovery, words=f"Promise {n}", by=cast.ana(), due=due)
    with django_assert_max_num_queries(47):
        page_of(ana, recovery)
