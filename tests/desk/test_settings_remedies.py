import pytest

from amends.recovery import journey
from amends.remedies import catalogue
from amends.remedies.models import Remedy, Rule
from tests import cast

pytestmark = pytest.mark.django_db
REMEDIES, RULES = "/desk/settings/remedies/", "/desk/settings/rules/"
DOVES = {
    "name": "The plate with doves",
    "words": "The gravy plate, found and wrapped.",
    "kind": "gift",
    "side": "extra",
    "value": "40",
    "cost": "11.50",
    "days": "100",
    "is_active": "on",
}


def words(response):
    return " ".join(response.content.decode().split())


def test_s1_07_a_fresh_menu_shows_what_is_not_money(client):
    client.force_login(cast.ana())
    page = words(client.get(REMEDIES))
    for kind in ["Time with our expert", "An upgrade", "First in line", "A handwritten note"]:
        assert kind in page


def test_an_owner_adds_a_remedy_and_takes_it_off_the_menu(client):
    client.force_login(cast.olive())
    assert client.post(f"{REMEDIES}new/", DOVES).status_code == 303
    doves = Remedy.objects.get(name="The plate with doves")
    page = f"{REMEDIES}{doves.ref}/"
    assert 'value="11.50"' in words(client.get(page))
    off = {name: value for name, value in DOVES.items() if name != "is_active"}
    assert client.post(page, off).status_code == 303
    assert not Remedy.objects.offered_at(cast.place()).filter(pk=doves.pk).exists()
    assert "off the menu" in words(client.get(REMEDIES))


def test_s2_11_what_it_costs_us_is_for_managers_and_owners(client):
    olive = cast.olive()
    catalogue.keep_remedy(
        None, by=olive, name="Doves", kind="gift", side="extra", value=40, cost="11.50"
    )
    for person, sees in [(cast.ana(), False), (cast.audrey(), False), (cast.mona(), True)]:
        client.force_login(person)
        page = words(client.get(REMEDIES))
        assert ("£11.50" in page) is sees
        assert ("Cost to us" in page) is sees


def test_what_is_wrong_is_said_and_what_was_written_stays(client):
    client.force_login(cast.olive())
    answer = client.post(f"{REMEDIES}new/", {**DOVES, "days": "-1"})
    assert answer.status_code == 422
    assert "The gravy plate, found and wrapped." in words(answer)


def test_s4_11_a_rule_bent_three_times_wants_changing(client):
    olive, recovery = cast.olive(), cast.heard()
    often = catalogue.keep_rule(None, by=olive, name="No returns after 30 days")
    rarely = catalogue.keep_rule(None, by=olive, name="No dogs")
    for _ in range(3):
        journey.bend(recovery, rule=often, why="Her mother was in hospital.", by=cast.ana())
    journey.bend(recovery, rule=rarely, why="A very small dog.", by=cast.ana())
    client.force_login(cast.mona())
    assert words(client.get(REMEDIES)).count("bent often: change the rule?") == 1
    page = words(client.get(f"{RULES}{often.ref}/"))
    assert "Her mother was in hospital." in page
    assert "A rule bent so often wants changing." in page


def test_an_owner_adds_and_changes_a_rule(client):
    client.force_login(cast.olive())
    assert client.post(f"{RULES}new/", {"name": "No dogs", "is_active": "on"}).status_code == 303
    rule = Rule.objects.get()
    changed = client.post(f"{RULES}{rule.ref}/", {"name": "No dogs", "words": "Guide dogs may."})
    assert changed.status_code == 303
    rule.refresh_from_db()
    assert (rule.words, rule.is_active) == ("Guide dogs may.", False)
    assert client.post(f"{RULES}new/", {"name": ""}).status_code == 422


def test_others_read_and_do_not_change(client):
    refund, rule = cast.remedy("Refund"), Rule.objects.create(name="No dogs")
    for person in [cast.ana(), cast.mona(), cast.audrey()]:
        client.force_login(person)
        assert "Add a remedy" not in words(client.get(REMEDIES))
        for page in [f"{REMEDIES}new/", f"{REMEDIES}{refund.ref}/", f"{RULES}{rule.ref}/"]:
            assert client.post(page, DOVES).status_code == 403
        assert client.post(f"{RULES}new/", DOVES).status_code == 403


def test_there_is_no_remedy_of_another_name(client):
    client.force_login(cast.olive())
    assert client.get(f"{REMEDIES}nothing/").status_code == 404
    assert client.get(f"{RULES}nothing/").status_code == 404


def test_the_page_asks_little(client, django_assert_max_num_queries):
    client.force_login(cast.olive())
    with django_assert_max_num_queries(8):
        client.get(REMEDIES)
