"""Signing in, the second step, passkeys, a new password; and that nobody signs up."""

import re
from base64 import b64decode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail

from amends.people import setting_up
from tests.people.conftest import PASSWORD

LOGIN = "/accounts/login/"
NEW = "harbour-porridge-9"


def sign_in(client, email="mo@harbour.test", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def figures(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_desk_opens_to_the_right_password_however_the_address_is_written(client, harbour):
    answer = sign_in(client, "MO@Harbour.Test")
    assert answer["Location"] == "/desk/today/"
    assert client.session["_auth_user_id"] == str(harbour.mo.pk)


def test_a_wrong_password_and_a_stranger_get_the_same_words(client, harbour):
    wrong = sign_in(client, password="no-such-password")
    stranger = sign_in(client, "nobody@harbour.test")
    words = re.search(r'<ul class="errorlist nonfield".*?</ul>', wrong.content.decode(), re.DOTALL)
    assert words
    assert words[0] in stranger.content.decode()
    assert not signed_in(client)


def test_whoever_left_cannot_sign_in_and_is_signed_out_at_once(client, harbour):
    client.force_login(harbour.fay)
    setting_up.let_go(harbour.fay, by=harbour.olive)
    assert client.get("/accounts/2fa/").status_code == 302
    client.cookies.clear()
    sign_in(client, "fay@harbour.test")
    assert not signed_in(client)


def test_remembering_lasts_longer_than_the_browser(client, harbour):
    sign_in(client)
    assert client.session.get_expire_at_browser_close()
    client.post("/accounts/logout/")
    sign_in(client, remember="on")
    assert client.session.get_expiry_age() > 60 * 60 * 24 * 7


def test_too_many_wrong_passwords_are_stopped(client, harbour):
    for _ in range(6):
        answer = sign_in(client, password="guess")
    assert b"tried too often" in answer.content
    assert not signed_in(client)
    assert sign_in(client).status_code == 200


def test_signing_in_leads_on_to_where_one_was_going_and_never_elsewhere(client, harbour):
    assert sign_in(client, next="/desk/promises/")["Location"] == "/desk/promises/"
    client.post("/accounts/logout/")
    assert sign_in(client, next="https://elsewhere.test/")["Location"] == "/desk/today/"


def test_nobody_signs_up(client, db):
    assert b"By invitation" in client.get("/accounts/signup/").content
    answer = client.post(
        "/accounts/signup/", {"email": "x@y.test", "password1": NEW, "password2": NEW}
    )
    assert b"By invitation" in answer.content


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, harbour):
    client.post("/accounts/password/reset/", {"email": "Mo@harbour.test"})
    (letter,) = mail.outbox
    link = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", letter.body)[1]
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    done = client.post(form, {"password1": NEW, "password2": NEW}, follow=True)
    assert b"Your new password is kept" in done.content
    assert sign_in(client, password=NEW).status_code == 302
    assert b"has been used or is too old" in client.get(link, follow=True).content


def test_a_stranger_asking_for_a_password_gets_no_letter_and_no_hint(client, harbour):
    answer = client.post("/accounts/password/reset/", {"email": "nobody@x.test"}, follow=True)
    assert b"Look in your post" in answer.content
    assert mail.outbox == []


def test_a_new_password_is_told_by_letter(client, harbour):
    client.force_login(harbour.mo)
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    assert [letter.subject for letter in mail.outbox] == ["Your password was changed"]
    assert "!" not in mail.outbox[0].body


def test_with_an_authenticator_app_the_password_alone_does_not_open_the_desk(client, harbour):
    secret = generate_totp_secret()
    TOTP.activate(harbour.mo, secret)
    answer = sign_in(client)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not signed_in(client)
    assert client.post(answer["Location"], {"code": "000000"}).status_code == 200
    assert not signed_in(client)
    client.post(answer["Location"], {"code": figures(secret)})
    assert signed_in(client)


def test_a_recovery_code_opens_the_desk_once(client, harbour):
    TOTP.activate(harbour.mo, generate_totp_secret())
    code = RecoveryCodes.activate(harbour.mo).get_unused_codes()[0]
    for opens in (True, False):
        sign_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert signed_in(client) is opens
        client.post("/accounts/logout/")


def still_me(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_setting_up_an_app_asks_for_the_password_again_then_shows_recovery_codes(client, harbour):
    sign_in(client)
    assert b"Is it you?" in client.get("/accounts/2fa/totp/activate/", follow=True).content
    still_me(client)
    page = client.get("/accounts/2fa/totp/activate/")
    picture = re.search(rb'src="data:image/svg\+xml;base64,([^"]+)"', page.content)[1]
    assert b'xmlns="http://www.w3.org/2000/svg"' in b64decode(picture)
    secret = re.search(rb"<code>([A-Z2-7]+)</code>", page.content)[1].decode()
    answer = client.post("/accounts/2fa/totp/activate/", {"code": figures(secret)}, follow=True)
    assert len(re.findall(rb"<li><code>", answer.content)) == 10
    assert Authenticator.objects.filter(user=harbour.mo).count() == 2


def test_changing_the_door_a_while_later_asks_once_more_whether_it_is_you(client, harbour, clock):
    sign_in(client)
    still_me(client)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    clock.shift(60 * 60)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 302


def test_a_passkey_can_be_asked_for_at_the_door(client, db):
    page = client.get(LOGIN)
    assert b'form="mfa_login"' in page.content
    options = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert options.json()["request_options"]["publicKey"]["challenge"]


OUTSIDE = [
    "/accounts/login/",
    "/accounts/inactive/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/0-bad/",
    "/accounts/password/reset/key/done/",
]
INSIDE = [
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/webauthn/reauthenticate/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
]
ALLAUTHS_WORDS = r"Sign In|Sign Up|Two-Factor|[Ee]mail|Authenticator App|Security Key|Token"


def check_words(page):
    words = page.content.decode()
    assert page.status_code == 200
    assert 'class="plain-mark"' in words or 'class="frame-mark"' in words
    for script in re.findall(r"<script([^>]*)>", words):
        assert "src=" in script or "json" in script
    assert not re.search(r"\son\w+=|<style|\sstyle=", words)
    assert not re.search(ALLAUTHS_WORDS, re.sub(r"<script.*?</script>|<[^>]*>", "", words))


@pytest.mark.parametrize("path", OUTSIDE)
def test_every_page_at_the_door_is_in_our_words_without_inline_script(client, db, path):
    check_words(client.get(path, follow=True))


@pytest.mark.parametrize("path", INSIDE)
@pytest.mark.parametrize("second_step", [True, False])
def test_every_page_inside_is_in_our_words_without_inline_script(
    client, harbour, path, second_step
):
    sign_in(client)
    still_me(client)
    if second_step:
        TOTP.activate(harbour.mo, generate_totp_secret())
        RecoveryCodes.activate(harbour.mo)
    if second_step or not path.endswith(("deactivate/", "recovery-codes/", "generate/")):
        check_words(client.get(path, follow=True))


def test_the_page_of_the_second_step_is_in_our_words(client, harbour):
    TOTP.activate(harbour.mo, generate_totp_secret())
    sign_in(client)
    check_words(client.get("/accounts/2fa/authenticate/"))
