"""Every page of the desk, walked: who may look, who may press, and who finds nothing at all."""

import re
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from django.apps import apps
from django.urls import reverse

from amends.desk import urls
from amends.kit.clock import now
from amends.mailroom.attachment import Attachment
from amends.people import setting_up
from amends.recovery import heeding, journey, policy
from amends.recovery.authority import Approval, Authority
from amends.recovery.intake import take_in
from amends.recovery.learning import Cause
from amends.recovery.notice import Notice
from amends.recovery.offer import LineGiven
from amends.recovery.promise import Trigger
from amends.recovery.recovery import Recovery
from amends.recovery.standards import Step
from amends.remedies import catalogue
from tests import cast
from tests.desk.pressing import stranger
from tests.recovery.test_mailboxes import added
from tests.signals import shop
from tests.signals.test_reaching import incident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PART = re.compile(r"<\w+:(\w+)>")
# What belongs to a place: for people of another place it does not exist.
OF_A_PLACE = {
    "approvals",
    "attachments",
    "calls",
    "customers",
    "failures",
    "followups",
    "ideas",
    "incidents",
    "letters",
    "merges",
    "notices",
    "offers",
    "promises",
    "quiet",
    "recoveries",
    "restatements",
    "visits",
}
REFUSED = (403, 404, 405, 422)
ONLY_SHOWN = {"settings", "authority", "letters", "people", "places", "remedies", "standards"}
CHANGES_NOTHING = {"practice"}  # asked with a POST, and still only read
THERE_AND_BACK = {"sign_in_to_mailbox", "signed_in_to_mailbox"}  # by way of a provider's page
THEIRS_ALONE = {"writing_of"}  # until whom it concerns lets those over them see it
POLICY = ("people", "remedies")
POLICY_OF_RECOVERY = ("Authority", "Standard", "Wording")


def mail_with_a_photo():
    """As a customer sends it: words in two shapes, and a picture."""
    message = EmailMessage()
    message["From"] = "Robert Finch <robert@finch.example>"
    message["To"] = "desk@amends.test"
    message["Subject"] = "Breakfast on Sunday"
    message.set_content(cast.STORY)
    message.add_alternative(f"<p>{cast.STORY}</p>", subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="bacon.png")
    return message.as_bytes()


def lived():
    """A recovery by mail with something of everything, and a yes that is asked for."""
    take_in(mail_with_a_photo(), way="smtp", recipients=["desk@amends.test"])
    recovery, ana = Recovery.objects.with_people().get(), cast.ana()
    journey.listen(recovery, by=ana)
    journey.restate(recovery, words=cast.RESTATED, by=ana)
    journey.apologise(recovery, words=cast.SORRY, by=ana)
    journey.wish(recovery, words=cast.WISH)
    journey.give_idea(recovery, words="Fry it to order.")
    journey.promise(recovery, words="To keep you posted", by=ana, trigger=Trigger.NEXT_VISIT)
    journey.plan_follow_up(recovery, about="status", due=now() + timedelta(days=1), by=ana)
    given = [LineGiven(cast.remedy("Credit"), value=600)]
    journey.offer(recovery, lines=given, words="For you.", by=ana)
    journey.visit(customer=recovery.customer, place=recovery.place, expected_at=now())
    cause = Cause.called("Bacon fried ahead")
    journey.link_cause(recovery, cause=cause, by=ana)
    day = date(2026, 7, 1)
    journey.improve(cause, words="Fried to order", owner=ana, due=day, check=day, by=cast.mona())
    return cast.fresh(recovery)


def merged(customer):
    twin = cast.finch(name="Rob Finch", email="rob@finch.example")
    return journey.merge_customers(customer, merged=twin, by=cast.mona())


def ruled():
    """What an owner has set, one of each."""
    olive, place, ana = cast.olive(), cast.place(), cast.ana()
    standard = policy.set_standard(step=Step.ANSWER, minutes=60, in_opening_hours=True, by=olive)
    setting_up.set_special_day(place, date(2026, 12, 25), stretches=[], name="", by=olive)
    heeding.share(by=cast.ben())
    weekend = {"from_at": now(), "until_at": now() + timedelta(days=2)}
    setting_up.mark_away(cast.ben(), **weekend, by=olive)
    return {
        ("authority", "pk"): Authority.objects.get(role="front_line").pk,
        ("standards", "step"): standard.step,
        (standard.step, "pk"): standard.pk,
        ("standards", "pk"): standard.pk,
        ("remedies", "ref"): cast.remedy("Refund").ref,
        ("rules", "ref"): catalogue.keep_rule(None, name="Ninety days", by=olive).ref,
        ("letters", "name"): "apology",
        ("coach", "step"): "write",
        ("businesses", "ref"): cast.business().ref,
        ("places", "ref"): place.ref,
        ("days", "on"): "2026-12-25",
        ("people", "person"): ana.ref,
        ("people", "ref"): cast.ben().ref,
        ("away", "pk"): cast.ben().away.get().pk,
        ("tokens", "pk"): setting_up.make_token(cast.ben(), name="Till", by=olive)[0].pk,
        ("mailboxes", "ref"): added().ref,
        ("watches", "ref"): shop.watch("late").ref,
        ("watches", "sees"): "late",
        ("new", "sees"): "late",
        ("invitations", "pk"): setting_up.invite(
            "new@larder.example", role="front_line", places=[place], by=olive
        ).pk,
    }


# What is held of a customer, taken out or erased: whoever is no owner hears that before anything.
OWNERS_ALONE = {"erasure", "take_out"}
REFUSED_OF = dict.fromkeys(OWNERS_ALONE, (403,))


@pytest.fixture
def addresses():
    """Every address of the desk that leads to something, by the name of its page."""
    for one in (cast.ana, cast.ben, cast.mona, cast.olive):
        one()
    recovery, known = lived(), ruled()
    letter = recovery.complaints.get().letter
    known |= {
        ("recoveries", "ref"): recovery.ref,
        ("customers", "ref"): recovery.customer.ref,
        ("failures", "ref"): recovery.failures.get().ref,
        ("restatements", "ref"): recovery.restatements.get().ref,
        ("offers", "ref"): recovery.offers.get().ref,
        ("approvals", "ref"): Approval.objects.get().ref,
        ("promises", "ref"): recovery.promises.first().ref,
        ("letters", "ref"): letter.ref,
        ("attachments", "ref"): Attachment.objects.get().ref,
        ("ideas", "ref"): recovery.ideas.get().ref,
        ("followups", "ref"): recovery.followups.first().ref,
        ("visits", "ref"): recovery.customer.visits.get().ref,
        ("alike", "other"): cast.finch(name="Ada Moss", email="ada@moss.example").ref,
        ("calls", "ref"): journey.call(recovery.customer, place=recovery.place).ref,
        ("causes", "ref"): Cause.objects.get().ref,
        ("improvements", "ref"): Cause.objects.get().improvements.get().ref,
        ("quiet", "ref"): shop.signal(of=shop.customer("Quentin Still")).ref,
        ("incidents", "ref"): incident("Robert").ref,
        ("merges", "ref"): merged(recovery.customer).ref,
        ("notices", "pk"): Notice.objects.filter(person=cast.mona()).first().pk,
    }
    found = {pattern.name: address_of(pattern, known) for pattern in urls.urlpatterns}
    return leaving_out(found, THERE_AND_BACK)


def address_of(pattern, known):
    parts, words = str(pattern.pattern).split("/"), {}
    for before, part in zip(["", *parts], parts, strict=False):
        if found := PART.fullmatch(part):
            words[found[1]] = known[before if "<" not in before else parts[1], found[1]]
    return reverse(f"desk:{pattern.name}", kwargs=words or None)


def rows(*labels, only=()):
    """How many rows of each kind there are, and what is in them."""
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    models += [apps.get_model("recovery", name) for name in only]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def looked_at(client, addresses):
    return {name: told_by(client.get(address)) for name, address in addresses.items()}


def pressed(client, addresses):
    return {name: told_by(client.post(address)) for name, address in addresses.items()}


def leaving_out(addresses, names):
    return {name: url for name, url in addresses.items() if name not in names}


def told_by(answer):
    answer.getvalue()  # a file that is sent to its end is closed
    return answer.status_code


def test_an_auditor_reads_every_page_and_sends_nothing(client, addresses):
    client.force_login(cast.audrey())
    seen = looked_at(client, leaving_out(addresses, THEIRS_ALONE))
    closed = {name: status for name, status in seen.items() if status not in (200, 405)}
    # 405: nothing to look at, only to press. Mailboxes are the owners' alone.
    assert {name for name in closed if "mailbox" not in name} <= OWNERS_ALONE
    assert list(seen.values()).count(200) > 40
    before = rows("recovery", "customers", *POLICY)
    assert set(pressed(client, leaving_out(addresses, CHANGES_NOTHING)).values()) == {403}
    assert pressed(client, leaving_out(addresses, set(addresses) - CHANGES_NOTHING))
    assert rows("recovery", "customers", *POLICY) == before


@pytest.mark.parametrize("who", [cast.ana, cast.mona, cast.olive])
def test_every_page_opens_to_whoever_works_there(client, addresses, who):
    client.force_login(who())
    seen = looked_at(client, addresses)
    assert set(seen.values()) <= {200, 403, 404, 405}
    hidden = {name for name, status in seen.items() if status in (403, 404)}
    assert all(
        "settings" in addresses[name] for name in hidden - {"see_notice", "outbox"} - OWNERS_ALONE
    )
    assert not hidden or who is not cast.olive


def test_every_page_is_titled_alike(client, addresses):
    client.force_login(cast.olive())
    pages = {name: client.get(url) for name, url in addresses.items()}
    titles = {
        name: told[1]
        for name, page in pages.items()
        if (told := re.search(r"<title>(.*?)</title>", page.getvalue().decode(errors="replace")))
        and page.status_code == 200
    }
    assert len(titles) > 50
    assert {n: t for n, t in titles.items() if not re.fullmatch(r"[^·]+ · Amends", t)} == {}


def test_what_belongs_to_another_place_is_not_there(client, addresses):
    client.force_login(stranger())
    of_bath = {
        pattern.name: addresses[pattern.name]
        for pattern in urls.urlpatterns
        if PART.search(str(pattern.pattern)) and str(pattern.pattern).split("/")[0] in OF_A_PLACE
    }
    assert len(of_bath) > 50
    before = rows("recovery", "customers")
    looked, sent = looked_at(client, of_bath), pressed(client, of_bath)
    shown = {
        name: (looked[name], sent[name])
        for name in of_bath
        if not {looked[name], sent[name]} <= {404, 405, *REFUSED_OF.get(name, ())}
        or looked[name] == sent[name] == 405
    }
    assert shown == {}
    assert rows("recovery", "customers") == before


def test_lists_of_another_place_are_empty(client, addresses):
    client.force_login(stranger())
    lists = {name: url for name, url in addresses.items() if url.count("/") == 3}
    assert {"today", "recoveries", "promises", "customers", "arrivals", "ideas"} <= set(lists)
    told = {
        name
        for name, url in lists.items()
        if "Finch" in client.get(url).content.decode(errors="replace")
    }
    assert told == set()


def test_front_line_changes_nothing_that_is_the_owners_to_decide(client, addresses):
    client.force_login(cast.ana())
    of_owners = {
        name: url
        for name, url in addresses.items()
        if "/settings/" in url and name not in ONLY_SHOWN
    }
    before = rows(*POLICY, only=POLICY_OF_RECOVERY)
    answers = pressed(client, of_owners)
    assert {name: status for name, status in answers.items() if status not in REFUSED} == {}
    assert rows(*POLICY, only=POLICY_OF_RECOVERY) == before


@pytest.mark.parametrize("who", [cast.ana, cast.mona, cast.olive, cast.audrey])
def test_every_way_round_the_desk_leads_somewhere(client, who):
    client.force_login(who())
    page = client.get("/desk/today/").content.decode()
    links = set(re.findall(r'<a class="nav-link" href="([^"]+)"', page))
    assert len(links) >= 12
    assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200)
