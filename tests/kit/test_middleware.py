"""Addresses, refusals, redirects and the content security policy are the same on every page."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from amends.kit.errors import Impossible
from amends.kit.middleware import Impossibilities, client_address, content_security, leading

ask = RequestFactory(headers={"HX-Request": "true"})


def quietly(request):
    return HttpResponse(request.META["REMOTE_ADDR"])


def signed_out(request):
    response = HttpResponseRedirect("/accounts/login/")
    response.set_cookie("seen", "1")
    return response


def test_a_refusal_becomes_a_422_where_the_person_is():
    request = ask.post("/")
    request._messages = CookieStorage(request)
    middleware = Impossibilities(quietly)
    response = middleware.process_exception(request, Impossible("Already agreed."))
    assert response.status_code == 422
    assert "Already agreed." in response.content.decode()
    assert middleware.process_exception(request, ValueError()) is None


def test_htmx_is_led_to_sign_in_with_the_whole_page():
    response = leading(signed_out)(ask.get("/desk/today/"))
    assert response["HX-Redirect"] == "/accounts/login/"
    assert response.cookies["seen"].value == "1"


def test_a_browser_follows_the_redirect_itself():
    response = leading(signed_out)(RequestFactory().get("/desk/today/"))
    assert response["Location"] == "/accounts/login/"


@pytest.mark.parametrize("word", ["unsafe-inline", "unsafe-eval", "http:", "https:", "*"])
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(word):
    response = content_security(quietly)(ask.get("/"))
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert word not in response["Content-Security-Policy"]


def test_a_page_may_set_a_stricter_policy():
    strict = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    response = content_security(lambda request: strict)(ask.get("/"))
    assert response["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "6.6.6.6", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_our_own_proxies_saw(settings, proxies, forwarded, address):
    settings.AMENDS_PROXIES = proxies
    request = ask.get("/", headers={"X-Forwarded-For": forwarded})
    assert client_address(quietly)(request).content.decode() == address
