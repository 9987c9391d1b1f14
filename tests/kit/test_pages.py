"""A page answers browsers and htmx from one template, and keeps the words of a refused form."""

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import info
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.test import RequestFactory

from amends.kit.errors import Impossible
from amends.kit.pages import answer, find, lead, refusals_on, refuse

PAGE = """{% load partials %}<html><div id="story">
{% partialdef story inline %}told by {{ who }} {{ form.words.value }}
{% for errors in form.errors.values %}{{ errors.0 }}{% endfor %}{% endpartialdef %}
</div><div id="parts">{% partialdef parts inline %}seven parts{% endpartialdef %}</div></html>"""
FLASH = "{% for message in messages %}<p>{{ message }}</p>{% endfor %}"
TEMPLATES = {
    "page.html": PAGE,
    "kit/parts/flash.html": FLASH,
    "kit/parts/refusal.html": "<p>{{ refusal.message }}</p>",
    "kit/impossible.html": "<html>{{ refusal.message }}</html>",
}
ask = RequestFactory()
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/abc/?all=1#story"}


class Words(forms.Form):
    words = forms.CharField(min_length=3)


@pytest.fixture(autouse=True)
def _templates(settings):
    stored = [("django.template.loaders.locmem.Loader", TEMPLATES)]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("template_partials.loader.Loader", stored)],
                "context_processors": ["django.contrib.messages.context_processors.messages"],
            },
        }
    ]


def body(response):
    return response.content.decode()


def test_a_browser_gets_the_whole_page():
    response = answer(ask.get("/"), "page.html", "story", who="Ana")
    assert response.status_code == 200
    assert "<html>" in body(response)
    assert "told by Ana" in body(response)
    assert "HX-Request" in response["Vary"]


def test_htmx_gets_only_the_fragment():
    response = answer(ask.get("/", headers=HTMX), "page.html", "story", who="Ana")
    assert "<html>" not in body(response)
    assert "told by Ana" in body(response)
    assert response["HX-Retarget"] == "#story"
    assert "HX-Request" in response["Vary"]


def test_more_fragments_come_out_of_band():
    response = answer(ask.get("/", headers=HTMX), "page.html", ["story", "parts"], who="Ana")
    assert '<div id="parts" hx-swap-oob="innerHTML">seven parts</div>' in body(response)


def test_a_step_back_in_the_browser_gets_the_whole_page():
    headers = HTMX | {"HX-History-Restore-Request": "true"}
    assert "<html>" in body(answer(ask.get("/", headers=headers), "page.html", "story"))


def test_a_good_post_leads_on_with_303():
    form = Words({"words": "so sorry"})
    response = answer(ask.post("/desk/abc/"), "page.html", "story", form=form, to="/desk/abc/")
    assert (response.status_code, response["Location"]) == (303, "/desk/abc/")


def test_a_good_post_without_a_destination_returns_to_its_own_address():
    assert answer(ask.post("/desk/abc/"), "page.html")["Location"] == "/desk/abc/"


def test_a_good_post_by_htmx_shows_the_fragment_without_the_sent_words():
    form = Words({"words": "so sorry"})
    response = answer(
        ask.post("/", headers=HTMX), "page.html", "story", form=form, to="/desk/abc/", who="Ana"
    )
    assert response.status_code == 200
    assert "told by Ana" in body(response)
    assert "so sorry" not in body(response)


def test_a_good_post_by_htmx_without_a_fragment_leads_elsewhere():
    response = answer(ask.post("/", headers=HTMX), "page.html", to="/desk/today/")
    assert (response.status_code, response["HX-Redirect"]) == (200, "/desk/today/")


def test_a_good_post_by_htmx_that_leads_to_another_page_goes_there():
    response = answer(ask.post("/", headers=HTMX), "page.html", "story", to="/desk/today/")
    assert response["HX-Redirect"] == "/desk/today/"


def test_leading_to_the_page_already_open_reads_it_afresh():
    response = lead(ask.post("/", headers=HTMX), "/desk/abc/?all=1#apology")
    assert response["HX-Refresh"] == "true"
    assert "HX-Redirect" not in response


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_wrong_form_is_422_and_keeps_the_words(headers):
    request = ask.post("/", headers=headers)
    response = answer(request, "page.html", "story", form=Words({"words": "no"}), to="/elsewhere/")
    assert response.status_code == 422
    assert "told by  no" in body(response)
    assert "at least 3 characters" in body(response)


def test_a_step_that_says_no_says_so_on_the_form():
    form = Words({"words": "so sorry"})
    with refusals_on(form):
        raise Impossible("One apology was already given.")
    response = answer(ask.post("/"), "page.html", "story", form=form)
    assert response.status_code == 422
    assert "One apology was already given." in body(response)
    assert "so sorry" in body(response)


def test_flash_messages_travel_with_a_fragment():
    request = ask.get("/", headers=HTMX)
    request._messages = CookieStorage(request)
    info(request, "Noted, thank you.")
    response = answer(request, "page.html", "story")
    assert '<div id="flash" hx-swap-oob="innerHTML"><p>Noted, thank you.</p></div>' in body(
        response
    )


def test_a_refusal_outside_a_form_is_told_where_the_person_is():
    no = Impossible("Somebody was quicker.")
    page, fragment = refuse(ask.post("/"), no), refuse(ask.post("/", headers=HTMX), no)
    assert (page.status_code, fragment.status_code) == (422, 422)
    assert "<html>Somebody was quicker.</html>" in body(page)
    assert fragment["HX-Retarget"] == "#flash"
    assert body(fragment) == "<p>Somebody was quicker.</p>"


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", [{"model": "nothing"}, {"pk": "not a number"}])
def test_nothing_found_is_404(lookup):
    with pytest.raises(Http404):
        find(ContentType.objects.all(), **lookup)


@pytest.mark.django_db
def test_what_is_there_is_found():
    kind = ContentType.objects.get_for_model(ContentType)
    assert find(ContentType.objects.all(), pk=kind.pk) == kind


def test_a_post_that_changed_nothing_is_answered_with_the_page_itself():
    for headers in ({}, HTMX):
        told = answer(ask.post("/", headers=headers), "page.html", stays=True, who="Ana")
        assert (told.status_code, "told by Ana" in body(told)) == (200, True)
