"""Signing in to Microsoft and Google, against a real address for tokens on this machine."""

import base64
import hashlib
import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from amends.kit.clock import now
from amends.mailroom import oauth
from amends.mailroom.imap import conversation
from amends.mailroom.mailbox import Mailbox
from amends.mailroom.refusal import NotLetIn
from tests.mailroom import dovecot as imap_server
from tests.mailroom import provider as provider_page

pytestmark = pytest.mark.django_db
BACK = "https://amends.example/desk/settings/mailboxes/signed-in/"


@pytest.fixture
def provider(settings):
    with provider_page.running() as page:
        settings.AMENDS_SIGN_IN_APPS = {"microsoft": ("our-id", "our-secret"), "google": None}
        settings.AMENDS_SIGN_IN_AT = {"microsoft": page.at, "google": page.at}
        yield page


def box(**more) -> Mailbox:
    made = Mailbox()
    told = {"place": "bath", "address": "hello@larder.example", "host": "outlook.office365.com"}
    made.set_up(**{"login": "shared@larder.example", "auth": "microsoft", **told, **more})
    return made


def signed_in(**more) -> Mailbox:
    made = box(**more)
    oauth.finish(made, code="a-code", verifier="a-verifier", back_to=BACK)
    return made


def test_the_way_there_carries_state_and_a_challenge_and_no_secret(provider):
    journey = oauth.begin(box(), back_to=BACK)
    asked = {name: value for name, (value,) in parse_qs(urlsplit(journey.url).query).items()}
    digest = hashlib.sha256(journey.verifier.encode()).digest()
    assert asked["state"] == journey.state
    assert base64.urlsafe_b64decode(asked["code_challenge"] + "=") == digest
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == BACK
    assert "IMAP.AccessAsUser.All" in asked["scope"]
    assert "our-secret" not in journey.url
    assert journey.verifier not in journey.url
    assert oauth.begin(box(login="b"), back_to=BACK).state != journey.state


def test_the_code_becomes_tokens_that_are_sealed(provider):
    made = signed_in()
    assert provider.asked[0]["code_verifier"] == "a-verifier"
    assert provider.asked[0]["grant_type"] == "authorization_code"
    assert (made.access_token, made.refresh_token) == ("access-1", "refresh-1")
    assert "refresh-1" not in str(Mailbox.objects.values().get())


def test_a_token_is_used_until_half_its_life_is_over_and_then_renewed(provider, clock):
    made = signed_in()
    clock.shift(timedelta(minutes=29))
    assert oauth.fresh_token(made) == "access-1"
    clock.shift(timedelta(minutes=2))
    assert oauth.fresh_token(made) == "access-2"
    assert provider.asked[1]["refresh_token"] == "refresh-1"
    assert Mailbox.objects.get().refresh_token == "refresh-2"


def test_osticket_6455_a_dead_sign_in_is_told_while_mail_still_comes_in(provider, clock):
    """Guarantee 14: refused at half of the token's life, so the old one is good for a while."""
    made = signed_in()
    provider.refuse("invalid_grant", "AADSTS70008: The refresh token has expired.\r\nTrace ID: 1")
    clock.shift(timedelta(minutes=31))
    assert oauth.fresh_token(made) == "access-1"
    assert made.warning == (
        "Microsoft does not accept our sign-in: AADSTS70008: The refresh token has expired. "
        "Mail stops coming in soon."
    )
    clock.shift(timedelta(minutes=29))
    with pytest.raises(oauth.SignedOut, match="AADSTS70008"):
        oauth.fresh_token(made)


def test_osticket_6299_a_provider_that_is_not_well_is_no_dead_sign_in(provider, clock):
    """Guarantee 14: nobody is sent to sign in again because of an outage."""
    made = signed_in()
    provider.answer = 503, b"<html>busy</html>"
    clock.shift(timedelta(minutes=31))
    assert oauth.fresh_token(made) == "access-1"
    assert made.warning == ""
    clock.shift(timedelta(minutes=30))
    with pytest.raises(oauth.NotNow):
        oauth.fresh_token(made)
    provider.answer = None
    assert oauth.fresh_token(made).startswith("access-")


def test_sasl_xoauth2_30_the_end_of_a_sign_in_is_known_days_before(provider, clock):
    """Guarantee 14: where the provider says how long it lasts, we say it in time."""
    provider.answer = (
        200,
        b'{"access_token": "a", "refresh_token": "r", "refresh_token_expires_in": "864000"}',
    )
    made = signed_in()
    assert made.refresh_until == now() + timedelta(days=10)
    assert not oauth.runs_out(made)
    clock.shift(timedelta(days=4))
    assert oauth.runs_out(made)


def test_a_sign_in_that_does_not_last_is_none(provider):
    provider.answer = 200, b'{"access_token": "a", "expires_in": 3600}'
    with pytest.raises(oauth.SignedOut, match="agree to everything"):
        signed_in()


def test_secrets_go_nowhere_else_and_into_no_word_or_log(provider, caplog):
    """Guarantee 14: neither a redirect nor a fault makes us tell them."""
    caplog.set_level(logging.DEBUG)
    provider.answer = 302, b""
    with pytest.raises(oauth.NotNow) as no:
        signed_in()
    assert len(provider.asked) == 1
    provider.refuse("invalid_client", "AADSTS7000222: The client secret keys have expired.")
    with pytest.raises(oauth.SignedOut, match="client secret keys have expired") as refused:
        oauth.finish(Mailbox.objects.get(), code="a-code", verifier="a-verifier", back_to=BACK)
    told = f"{no.value} {refused.value} {caplog.text}"
    assert not any(secret in told for secret in ("our-secret", "a-code", "a-verifier"))


@pytest.mark.parametrize("answer", [b"", b"[]", b'"x"', b"{", b'{"access_token": ""}', b"\xff"])
def test_an_answer_that_makes_no_sense_is_no_token(provider, answer):
    provider.answer = 200, answer
    with pytest.raises(oauth.NotNow):
        signed_in()


def test_an_installation_unknown_to_the_provider_says_so(provider):
    with pytest.raises(oauth.SignedOut, match="Google does not know this installation"):
        oauth.begin(box(auth="google"), back_to=BACK)


def test_another_secret_key_asks_to_sign_in_again(provider, settings):
    made = signed_in()
    settings.SECRET_KEY = "another key altogether, as long as one"
    with pytest.raises(oauth.SignedOut, match="secret key has changed"):
        oauth.fresh_token(made)


def test_freescout_5051_a_token_opens_a_real_mailbox_whose_login_is_not_its_address(provider):
    """Guarantee 14: account name and address are two things; a dead token is told."""
    with imap_server.running(token_info=provider.token_info) as server:
        made = signed_in(host="127.0.0.1", port=server.port, security="none", login="shared")
        provider.owners["access-1"] = "shared"
        with conversation(made, secret=oauth.fresh_token(made)) as talk:
            assert talk.open("INBOX").uid_validity
        del provider.owners["access-1"]
        with pytest.raises(NotLetIn) as no, conversation(made, secret="dead-token"):
            pass
    assert "does not let shared in" in str(no.value)
    assert "dead-token" not in str(no.value)
