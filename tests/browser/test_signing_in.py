"""Signing in with a real browser: by password, and with a passkey under the strict policy."""

import pytest

from tests.people.conftest import PASSWORD, harbour

__all__ = ["harbour"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_key(page):
    """The browser gets a key store of its own, as a phone or laptop has one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def sign_in(page, email="mo@harbour.test"):
    page.goto("/accounts/login/?next=/desk/settings/people/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_the_desk_opens_to_a_password_on_a_phone(open_page, harbour):
    page = open_page(width=390)
    sign_in(page)
    page.get_by_role("heading", name="People").wait_for()


def test_a_passkey_is_added_and_then_opens_the_desk_alone(open_page, harbour):
    page = open_page()
    with_a_key(page)
    sign_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What shall we call it?").fill("Mo's phone")
    page.get_by_label("It opens the desk alone").check()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_text("Mo's phone").wait_for()
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/desk/settings/people/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="People").wait_for()


def test_a_passkey_is_a_second_step_after_the_password(open_page, harbour):
    page = open_page()
    with_a_key(page)
    sign_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page)
    page.get_by_role("heading", name="And the second step").wait_for()
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.get_by_role("heading", name="People").wait_for()
