"""Asking a machine outside: nothing inside our network, so many bytes, so many seconds."""

import socket
import threading
import time

import pytest

from amends.kit import outside
from amends.kit.outside import Refused, Unreachable, ask, fetch, is_public, parsed
from tests.connections.serving import Site


@pytest.fixture
def site(settings):
    settings.AMENDS_PRIVATE_ADDRESSES = True
    opened = Site()
    yield opened
    opened.close()


def test_a_question_and_its_answer(site):
    site.says = (200, {"ETag": '"1"'}, b"hello")
    answer = ask(f"{site.url}/feed?x=1", headers={"If-None-Match": '"0"'})
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"1"')
    (asked,) = site.asked
    assert (asked.path, asked.headers["if-none-match"]) == ("/feed?x=1", '"0"')
    assert asked.headers["host"] == f"127.0.0.1:{site.port}"


def test_a_name_and_password_in_the_address_go_as_such(site):
    ask(site.url.replace("http://", "http://ana:se%3Acret@"))
    assert site.asked[0].headers["authorization"] == "Basic YW5hOnNlOmNyZXQ="


def test_nothing_inside_our_own_network_is_asked(site, settings):
    settings.AMENDS_PRIVATE_ADDRESSES = False
    for url in [
        site.url,
        "http://localhost:1/",
        "http://[::1]/",
        "http://0/",
        "http://2130706433/",
    ]:
        with pytest.raises(Refused, match="private network"):
            ask(url)
    assert site.asked == []


def test_nor_when_a_public_address_sends_us_there(site, settings, monkeypatch):
    looked_at = []

    def looks(host, port=443):
        looked_at.append(host)
        if host == "localhost":
            raise Refused("localhost lies in a private network.")
        return ["127.0.0.1"]

    monkeypatch.setattr(outside, "must_be_outside", looks)
    site.says = (302, {"Location": f"http://localhost:{site.port}/inside"}, b"")
    with pytest.raises(Refused, match="private network"):
        fetch(site.url)
    assert looked_at == ["127.0.0.1", "localhost"]
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "ff02::1",
    ],
)
def test_these_numbers_are_ours_alone(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9"])
def test_these_numbers_are_the_worlds(number):
    assert is_public(number)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "hello",
        "ftp://x.example/",
        "file:///etc/passwd",
        "http://",
        "http://x:0/",
        "http://x:99999/",
        "http://[",
        "http://x/\r\nHost: y",
        "http://x/ y",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(wrong):
    with pytest.raises(Refused):
        parsed(wrong)


def test_too_large_is_refused_and_not_cut(site):
    site.says = (200, {}, b"x" * (1024 * 1024 + 1))
    with pytest.raises(Refused, match="larger than 1 MB"):
        ask(site.url, limit=1024 * 1024)


def test_what_breaks_off_is_no_answer(site):
    site.says = (200, {"Content-Length": "100"}, b"half")
    with pytest.raises(Unreachable):
        ask(site.url, patience=0.5)


def test_who_says_one_letter_a_minute_is_hung_up_on(site):
    listener = socket.create_server(("127.0.0.1", 0))

    def drips():
        talk, _ = listener.accept()
        with talk:
            for letter in b"HTTP/1.1 200 OK":
                try:
                    talk.send(bytes([letter]))
                except OSError:
                    return
                time.sleep(0.1)

    thread = threading.Thread(target=drips)
    thread.start()
    began = time.monotonic()
    with pytest.raises(Unreachable):
        ask(f"http://127.0.0.1:{listener.getsockname()[1]}/", patience=0.3)
    assert time.monotonic() - began < 1.5
    thread.join()
    listener.close()


def test_sent_on_and_on_is_too_far(site):
    site.says = (302, {"Location": "/again"}, b"")
    with pytest.raises(Refused, match="on and on"):
        fetch(site.url)
    assert len(site.asked) == outside.FARTHEST + 1


def test_from_protected_to_unprotected_nobody_sends_us():
    import amends.kit.outside as module

    answers = iter([module.Answer(302, b"", {"location": "http://plain.example/"})])
    original = module.ask
    module.ask = lambda *_, **__: next(answers)
    try:
        with pytest.raises(Refused, match="protected"):
            fetch("https://safe.example/")
    finally:
        module.ask = original


def test_nobody_at_home(site):
    port = site.port
    site.close()
    with pytest.raises(Unreachable):
        ask(f"http://127.0.0.1:{port}/")
    site.__init__()
