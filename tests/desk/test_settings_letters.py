import pytest

from amends.desk.settings_letters import MEANS, WHAT
from amends.mailroom.letter import Letter
from amends.recovery import letters
from tests import cast

pytestmark = pytest.mark.django_db
LETTERS = "/desk/settings/letters/"
OURS = {"subject": "We heard you, {name}", "body": "Dear {name},\n\n{words}\n\n{link}\n{signed}"}


def words(response):
    return " ".join(response.content.decode().split())


def test_every_letter_we_write_is_on_the_page_and_every_name_in_it_explained(client):
    assert set(WHAT) == set(letters.names())
    assert set(MEANS) == set(letters.PLACEHOLDERS)
    client.force_login(cast.ana())
    page = words(client.get(LETTERS))
    assert all(title.split("?")[0] in page for title, _ in WHAT.values())
    for name in WHAT:
        assert client.get(f"{LETTERS}{name}/").status_code == 200


def test_an_owner_writes_it_their_way_and_it_goes_out_so(client):
    client.force_login(cast.olive())
    assert client.post(f"{LETTERS}apology/", OURS).status_code == 303
    cast.sorry()
    sent = Letter.objects.get(kind="apology")
    assert sent.subject == "We heard you, Robert"
    assert sent.text.startswith(f"Dear Robert,\n\n{cast.SORRY}")
    assert "yours" in words(client.get(LETTERS))
    assert client.post(f"{LETTERS}apology/ours/").status_code == 303
    assert "yours" not in words(client.get(LETTERS))


def test_it_can_be_looked_at_before_it_is_kept(client):
    client.force_login(cast.olive())
    page = client.post(f"{LETTERS}apology/look/", OURS)
    assert page.status_code == 200
    assert "We heard you, Robert" in words(page)
    assert "nothing is kept yet" in words(page)
    assert letters.reworded() == set()


def test_a_name_that_nothing_is_known_of_is_refused_and_the_words_stay(client):
    client.force_login(cast.olive())
    for page in [f"{LETTERS}apology/", f"{LETTERS}apology/look/"]:
        answer = client.post(page, {**OURS, "body": "Dear {nmae}, it was our fault."})
        assert answer.status_code == 422
        assert "Nothing is known of the name {nmae}." in words(answer)
        assert "it was our fault" in words(answer)


def test_others_read_and_do_not_change(client):
    for person in [cast.ana(), cast.mona(), cast.audrey()]:
        client.force_login(person)
        page = words(client.get(f"{LETTERS}apology/"))
        assert "Robert" in page
        assert "Keep these words" not in page
        for what in ["", "look/", "ours/"]:
            assert client.post(f"{LETTERS}apology/{what}", OURS).status_code == 403


def test_there_is_no_letter_of_another_name(client):
    client.force_login(cast.olive())
    assert client.get(f"{LETTERS}poem/").status_code == 404
    assert client.post(f"{LETTERS}poem/look/", OURS).status_code == 404


def test_the_page_asks_little(client, django_assert_max_num_queries):
    client.force_login(cast.olive())
    with django_assert_max_num_queries(6):
        client.get(LETTERS)
