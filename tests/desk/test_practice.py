"""Practice on the desk: everybody may, and nothing at all remembers it."""

import pytest
from django.apps import apps
from django.urls import reverse

from tests import cast
from tests.desk.pressing import HTMX

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HARSH = "Dear customer, sorry if you were upset. Returns are not permitted under company policy."


def address(story="broken-vase"):
    return f"{reverse('desk:practice')}?story={story}"


def everything():
    """Every row there is, but what Django itself needs to know who is signed in."""
    models = [model for model in apps.get_models() if model._meta.app_label not in ("sessions",)]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("who", [cast.ana, cast.mona, cast.olive, cast.audrey])
def test_s2_01_everybody_may_practise_and_no_trace_is_left(client, who):
    client.force_login(who())
    before = everything()
    page = client.get(address()).content.decode()
    assert "Ida Moss" in page
    told = client.post(address(), {"words": HARSH})
    html = told.content.decode()
    assert told.status_code == 200
    assert HARSH in html
    assert html.count('class="coach-note"') > 2
    assert everything() == before


def test_s4_05_while_one_writes_there_are_two_notes_and_when_one_looks_all_of_them(ana):
    writing = ana.post(address(), {"words": HARSH, "coach": "writing"}, **HTMX).content.decode()
    looking = ana.post(address(), {"words": HARSH}, **HTMX).content.decode()
    assert writing.count('class="coach-note"') <= 2 < looking.count('class="coach-note"')
    assert "<html" not in looking


def test_a_good_answer_is_praised(ana):
    words = (
        "Ida, your vase came in three pieces, and your sister's birthday is on Friday. I am sorry, I "
        "packed it badly. A new one is on the 14:00 van. What would you think would be fair?"
    )
    assert "Good: their name" in ana.post(address(), {"words": words}).content.decode()


def test_one_may_try_again_and_go_on_to_another_story(ana):
    page = ana.get(address()).content.decode()
    assert "?story=broken-vase" in page
    assert "?story=cold-room" in page
    assert "Amara Boateng" in ana.get(reverse("desk:practice")).content.decode()
    assert "Amara Boateng" in ana.get(address("nothing")).content.decode()


def test_it_is_on_the_way_round_the_desk(ana):
    assert reverse("desk:practice") in ana.get("/desk/today/").content.decode()
