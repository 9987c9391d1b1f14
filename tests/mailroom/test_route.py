import socket
import ssl
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from amends.mailroom import route as routes
from amends.mailroom.composing import Envelope
from amends.mailroom.route import (
    NotNow,
    Refused,
    ServerAway,
    Silence,
    WrongLogin,
    provider_id_in,
    route_to,
)
from tests.mailroom.certificates import make
from tests.mailroom.servers import server

LETTER = Envelope(
    "desk+a.b@amends.test",
    "desk@amends.test",
    ("ana@x.test",),
    b"Subject: s\r\n\r\nhi\r\n.\r\n..x\r\n",
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 0.3)


def at_once() -> None:
    """Nothing stands in the way of giving it away."""


def hand_over(to, envelope: Envelope = LETTER):
    route = route_to(to.url)
    try:
        return route.hand_over(envelope, at_once)
    finally:
        route.close()


def lowered(commands):
    """Pythons differ in how they write them."""
    return [each.lower() for each in commands]


def test_a_letter_arrives_dot_for_dot():
    with server() as post_office:
        hand_over(post_office)
        assert post_office.letters == [LETTER.content]
        assert "mail from:<desk+a.b@amends.test>" in lowered(post_office.commands)


def test_one_connection_carries_many_letters():
    with server() as post_office:
        route = route_to(post_office.url)
        for _ in range(5):
            route.hand_over(LETTER, at_once)
        route.close()
        assert len(post_office.letters) == 5
        assert post_office.connections == 1


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA", "END"])
def test_a_no_for_good_at_any_point_is_refused(word):
    with (
        server(**{word: "550 5.1.1 nobody"}) as post_office,
        pytest.raises(Refused, match=r"5\.1\.1"),
    ):
        hand_over(post_office)


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA", "END"])
def test_a_no_for_now_at_any_point_is_not_now(word):
    with server(**{word: "451 busy"}) as post_office, pytest.raises(NotNow, match="451 busy"):
        hand_over(post_office)


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("how", ["hang up", "silence"])
def test_silence_before_the_letter_went_is_not_now(word, how):
    with server(**{word: how}) as post_office, pytest.raises(NotNow):
        hand_over(post_office)


@pytest.mark.parametrize("how", ["hang up", "silence", "garbage", "354 what"])
def test_freescout_5457_silence_after_the_letter_went_is_silence(how):
    """Guarantee 11: an answer that did not come is no answer."""
    with server(END=how) as post_office:
        with pytest.raises(Silence):
            hand_over(post_office)
        assert len(post_office.letters) == 1


@pytest.mark.parametrize("greeting", ["hang up", "silence", "554 not you"])
def test_a_server_that_will_not_talk_is_away(greeting):
    with server(GREETING=greeting) as post_office, pytest.raises(ServerAway):
        hand_over(post_office)


def test_a_server_that_is_not_there_is_away():
    with server() as post_office:
        pass
    with pytest.raises(ServerAway):
        hand_over(post_office)


def test_a_server_that_closes_down_is_away():
    with server(MAIL="421 going home") as post_office, pytest.raises(ServerAway):
        hand_over(post_office)


def test_a_refused_letter_does_not_spoil_the_next():
    with server(RCPT="550 no") as post_office:
        route = route_to(post_office.url)
        with pytest.raises(Refused):
            route.hand_over(LETTER, at_once)
        post_office.answers.clear()
        route.hand_over(LETTER, at_once)
        route.close()
        assert post_office.connections == 1
        assert len(post_office.letters) == 1


def test_a_broken_connection_is_made_anew_for_the_next():
    with server(END="hang up") as post_office:
        route = route_to(post_office.url)
        with pytest.raises(Silence):
            route.hand_over(LETTER, at_once)
        post_office.answers.clear()
        route.hand_over(LETTER, at_once)
        route.close()
        assert post_office.connections == 2


def test_an_answer_by_machine_has_an_empty_sender_where_that_is_taken():
    with server() as post_office:
        hand_over(post_office, LETTER._replace(sender=""))
        said = [each for each in lowered(post_office.commands) if each.startswith("mail")]
        assert said == ["mail from:<>"]


def test_providers_that_take_no_empty_sender_are_given_the_author():
    with server(MAIL="501 empty") as post_office, pytest.raises(Refused):
        hand_over(post_office, LETTER._replace(sender=""))
    said = [each for each in lowered(post_office.commands) if each.startswith("mail")]
    assert said[-1].startswith("mail from:<desk@amends.test>")


def test_addresses_beyond_ascii_need_a_server_that_knows_them():
    envelope = LETTER._replace(recipients=("jörg@x.test",))
    with server() as post_office, pytest.raises(Refused, match="beyond plain letters"):
        hand_over(post_office, envelope)
    with server(EHLO="250-here\r\n250 SMTPUTF8") as post_office:
        hand_over(post_office, envelope)
        assert len(post_office.letters) == 1


def test_a_domain_in_other_letters_is_named_in_plain_ones():
    with server() as post_office:
        receipt = hand_over(post_office, LETTER._replace(recipients=("ana@müller.test",)))
        assert "rcpt to:<ana@xn--mller-kva.test>" in lowered(post_office.commands)
    assert (receipt.refused, receipt.later) == ({}, {})


def test_a_login_that_is_refused_is_the_servers_matter_not_the_letters():
    with server(EHLO="250-here\r\n250 AUTH PLAIN", AUTH="535 wrong") as post_office:
        url = SimpleNamespace(**{**vars(post_office.url), "user": "desk", "password": "x"})
        with pytest.raises(ServerAway):
            route_to(url).hand_over(LETTER, at_once)


def test_starttls_that_is_asked_for_is_not_gone_without():
    with server() as post_office:
        url = SimpleNamespace(**{**vars(post_office.url), "scheme": "smtp+starttls"})
        with pytest.raises(ServerAway):
            route_to(url).hand_over(LETTER, at_once)
        assert post_office.letters == []


def test_the_demo_keeps_its_letters(capsys):
    route_to(SimpleNamespace(scheme="keep")).hand_over(LETTER, at_once)
    assert capsys.readouterr().out == ""
    route_to(SimpleNamespace(scheme="console")).hand_over(LETTER, at_once)
    assert "Subject: s" in capsys.readouterr().out


class Guarded:
    """A mail server that takes nothing without encryption and a login."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.letters.append(envelope.original_content)
        return "250 taken"


@pytest.fixture
def guarded(tmp_path):
    """`guarded.url(...)` is the way to it; only who trusts its certificate gets in."""
    make(tmp_path / "cert.pem", tmp_path / "key.pem")
    safe = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    safe.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    box = Guarded()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def letting_in(server, session, envelope, mechanism, given) -> AuthResult:
        return AuthResult(success=given == LoginPassword(b"desk", b"secret"), handled=False)

    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=port,
        tls_context=safe,
        require_starttls=True,
        auth_required=True,
        authenticator=letting_in,
    )
    controller.start()

    def url(**more) -> SimpleNamespace:
        usual = {"scheme": "smtp+starttls", "host": "127.0.0.1", "port": port}
        return SimpleNamespace(**{**usual, "user": "desk", "password": "secret", **more})

    yield SimpleNamespace(url=url, box=box, certificate=str(tmp_path / "cert.pem"))
    controller.stop()


def handed_over(url):
    route = route_to(url)
    try:
        return route.hand_over(LETTER, at_once)
    finally:
        route.close()


def test_a_server_that_asks_for_encryption_and_a_login_gets_both(guarded, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", guarded.certificate)
    monkeypatch.setattr(routes, "PATIENCE", 5)
    assert handed_over(guarded.url()).taken_as == "250 taken"
    assert guarded.box.letters == [LETTER.content]


def test_a_certificate_nobody_vouches_for_is_not_believed(guarded, monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 5)
    with pytest.raises(ServerAway, match="certificate verify failed"):
        handed_over(guarded.url())
    assert guarded.box.letters == []


def test_a_wrong_password_is_told_as_such(guarded, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", guarded.certificate)
    monkeypatch.setattr(routes, "PATIENCE", 5)
    with pytest.raises(WrongLogin, match="535"):
        handed_over(guarded.url(password="forgotten"))


def test_without_the_encryption_it_asks_for_nothing_is_given_away(guarded, monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 5)
    with pytest.raises(ServerAway):
        handed_over(guarded.url(scheme="smtp"))
    assert guarded.box.letters == []


@pytest.mark.parametrize(
    ("said", "host", "known_as"),
    [
        (
            "250 Ok 0102019a5b-1c2d3e4f-5a6b-000000",
            "email-smtp.eu-west-1.amazonaws.com",
            "<0102019a5b-1c2d3e4f-5a6b-000000@eu-west-1.amazonses.com>",
        ),
        (
            "250 Ok 0100019a5b1c2d3e-4f5a-000000",
            "email-smtp.us-east-1.amazonaws.com",
            "<0100019a5b1c2d3e-4f5a-000000@email.amazonses.com>",
        ),
        ("250 Ok 0102019a5b-1c2d3e4f-5a6b-000000", "mail.example.com", ""),
        (
            "250 2.0.0 OK <DB9PR04@eurprd04.prod.outlook.test> [Hostname=DB9]",
            "smtp.office365.com",
            "<DB9PR04@eurprd04.prod.outlook.test>",
        ),
        ("250 2.0.0 Ok: queued as 4XY12", "mail.example.com", ""),
        ("250 <>", "mail.example.com", ""),
    ],
)
def test_freescout_123_the_id_a_provider_gives_is_read_from_its_answer(said, host, known_as):
    """Guarantee 3: the provider's id, with the domain of its region."""
    assert provider_id_in(said, host) == known_as
